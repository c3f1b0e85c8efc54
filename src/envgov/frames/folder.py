"""Folders of Parquet: the tables that are assessed, and those that come of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from envgov.errors import Fault, InputError
from envgov.frames.engine import is_spark
from envgov.frames.intake import read_tables
from envgov.frames.table import Table
from envgov.frames.tables import COLUMNS, Maxima, Tables

SUFFIX = ".parquet"


def read_parquet(
    folder: str | Path, *, places: int, maxima: Maxima | None = None, session: Any | None = None
) -> Tables:
    """The tables of a folder: `units.parquet`, `inspections.parquet` and so on, each a file or a folder of files alike.

    `session`: a connection of DuckDB or a session of Spark that reads them, and runs what is assessed; without one,
    Polars does. Nothing is read yet but what `read_tables` reads.

    Raises:
        InputError: what `read_tables` raises, or the folder or a file cannot be read, or the files of a table differ.
        TypeError: the session is neither of DuckDB nor of Spark.
    """
    return read_tables(scan_folder(folder, session), places=places, maxima=maxima)


def scan_folder(folder: str | Path, session: Any | None) -> dict[str, Any]:
    """The tables of a folder by name, lazily, in the engine of the session.

    Raises:
        InputError: there is no such folder, a file is no Parquet, or the files of one table differ.
        TypeError: the session is neither of DuckDB nor of Spark.
    """
    if not (session is None or hasattr(session, "read_parquet") or hasattr(session, "read")):
        raise TypeError(f"session is a connection of DuckDB or a session of Spark, and this is {session!r}")
    if not Path(folder).is_dir():
        raise InputError([Fault("there is no such folder", "name the one in which the tables are", str(folder))])
    given, faults = {}, []
    for path in sorted(Path(folder).glob(f"*{SUFFIX}")):
        files = sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]
        if differing := list(_differing(path.stem, files)):
            faults += differing
        else:
            given[path.stem] = _scanned(files, session)
    if faults:
        raise InputError(faults)
    return given


def _differing(table: str, files: Sequence[Path]) -> Iterator[Fault]:
    """What is wrong with the files of a table, before any row is read: each engine takes the types of one for those of all.

    Columns that are not read may differ.
    """
    from polars.exceptions import PolarsError

    if not files:
        yield Fault("no Parquet lies in this folder", f"put the files *{SUFFIX} right into it", f"{table}{SUFFIX}")
    first: tuple[str, Mapping[str, str]] | None = None
    for file in files:
        name = file.name if file.stem == table else f"{table}{SUFFIX}/{file.name}"
        try:
            found = _types_in(table, file)
        except (OSError, PolarsError) as error:
            reason = str(error).partition("\n")[0]
            yield Fault(f"this is not read as Parquet: {reason}", "write it anew as Parquet", name)
            continue
        first = first or (file.name, found)
        for column in sorted(found.keys() | first[1].keys()):
            its, of_first = (types.get(column, "missing") for types in (found, first[1]))
            if its != of_first:
                problem = f"the column is {its}, and in {first[0]} {of_first}"
                yield Fault(problem, "write the files of a table with the same columns and types", name, column=column)


def _types_in(table: str, file: Path) -> dict[str, str]:
    """The columns of a file that are read, each with its type."""
    import polars as pl

    types = pl.scan_parquet(file, glob=False).collect_schema()
    return {name: str(kind) for name, kind in types.items() if name in COLUMNS.get(table, types)}


def _scanned(files: Sequence[Path], session: Any | None) -> Any:
    if session is None:
        import polars as pl

        return pl.scan_parquet(list(files), glob=False, extra_columns="ignore", missing_columns="insert")
    names = [re.sub(r"[*?\[{]", r"[\g<0>]", str(file)) for file in files]  # they are patterns to both
    if hasattr(session, "read_parquet"):
        return session.read_parquet(names)
    return session.read.parquet(*names)


def write_parquet(tables: Mapping[str, Table], folder: str | Path) -> None:
    """Write each table to a file of its own (Spark: a folder of files) in a new folder: all of them, or nothing.

    A name may have a folder before it: `monthly/standings`.

    Raises:
        FileExistsError: there is something of that name.
    """
    with new_folder(folder) as beside:
        write_into(beside, tables)


def write_into(folder: Path, tables: Mapping[str, Table]) -> None:
    """Write each table to a file of its own."""
    for name, table in tables.items():
        path = folder / f"{name}{SUFFIX}"
        path.parent.mkdir(exist_ok=True)
        _write(table, path)


@contextmanager
def new_folder(folder: str | Path) -> Iterator[Path]:
    """A folder beside, to be written into; it has its name once all is written, and is gone if not all is.

    Raises:
        FileExistsError: there is something of that name.
    """
    target = Path(folder)
    if target.exists():
        raise FileExistsError(f"{target} is there already: remove it, or name another folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}-{uuid4().hex}")
    beside.mkdir()
    try:
        yield beside
        beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(table: Table, path: Path) -> None:
    if is_spark(table.frame):
        table.frame.to_native().write.parquet(str(path))
    else:
        table.frame.sink_parquet(path)
