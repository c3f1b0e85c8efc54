"""Folders of Parquet: the tables that are assessed, and those that come of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from envgov.errors import Fault, InputError
from envgov.frames.engine import is_spark
from envgov.frames.intake import read_tables
from envgov.frames.table import Table
from envgov.frames.tables import Maxima, Tables

SUFFIX = ".parquet"


def read_parquet(
    folder: str | Path, *, places: int, maxima: Maxima | None = None, session: Any | None = None
) -> Tables:
    """The tables of a folder: `units.parquet`, `inspections.parquet` and so on, each a file or a folder of files.

    `session`: a connection of DuckDB or a session of Spark that reads them, and runs what is assessed; without one,
    Polars does. Nothing is read yet but what `read_tables` reads.

    Raises:
        InputError: what `read_tables` raises, or a file is no Parquet.
    """
    return read_tables(scan_folder(folder, session), places=places, maxima=maxima)


def scan_folder(folder: str | Path, session: Any | None) -> dict[str, Any]:
    """The tables of a folder by name, lazily, in the engine of the session.

    Raises:
        InputError: a file is no Parquet.
    """
    given, faults = {}, []
    for path in sorted(Path(folder).glob(f"*{SUFFIX}")):
        try:
            given[path.stem] = _scanned(path, session)
        except Exception as error:  # noqa: BLE001 - each engine has errors of its own
            reason = str(error).partition("\n")[0]
            faults.append(Fault(f"this is not read as Parquet: {reason}", "write it anew as Parquet", path.name))
    if faults:
        raise InputError(faults)
    return given


def _scanned(path: Path, session: Any | None) -> Any:
    files = path / f"*{SUFFIX}" if path.is_dir() else path
    if session is None:
        import polars as pl

        frame = pl.scan_parquet(files)
        frame.collect_schema()  # read here, where the file can be named
        return frame
    if hasattr(session, "read_parquet"):
        return session.read_parquet(str(files))
    return session.read.parquet(str(path))


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
