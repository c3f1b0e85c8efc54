"""Assess in columns: a folder of tables in, a folder of tables out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import track

from envgov.cli.notes import nothing_to_rank, tell_unknown_schemes, tell_unread
from envgov.cli.output import status
from envgov.errors import EnvGovError
from envgov.facts.round import Round
from envgov.results.table import Language
from envgov.scheme import Scheme
from envgov.season import rounds_of, rounds_on
from envgov.season_csv import read_season

if TYPE_CHECKING:
    from envgov.frames import Table, Tables


def write_frames(
    editions: Sequence[Sequence[Scheme]],
    folder: Path,
    places: int | None,
    label: str | None,
    out: Path,
    kinds: Any,
    language: Language,
    *,
    of_folder: bool,
) -> None:
    """Decide every round up to the one of that label, scheme by scheme, and write the tables: all, or nothing.

    `of_folder`: the schemes are all of the season's folder, so that a ruling on another one is misspelt.
    """
    from envgov import frames
    from envgov.frames.folder import new_folder, write_into
    from envgov.frames.soundness import refuse_unsound

    _refuse_ids_that_are_no_folders(editions)
    console = Console(stderr=True)
    rows: dict[str, int] = {}
    with new_folder(out) as beside, _damage_told(folder):
        tables, rounds = _read(editions, folder, places, kinds, language)
        if of_folder:
            tell_unknown_schemes([own[0] for own in editions], _counts(tables, "rulings", "scheme"))
        shown = track(editions, "assess", console=console, transient=True) if console.is_terminal else editions
        for of_scheme in shown:
            id_ = of_scheme[0].id
            if asked := _up_to(label, rounds[id_]):
                result = frames.assess(of_scheme, asked, tables)
                write_into(beside, {f"{id_}/{name}": table for name, table in result.tables.items()})
                rows |= {f"{id_}/{name}": _count(table) for name, table in result.tables.items()}
        if not rows:
            refuse_unsound(tables)
            known = sorted({round.label for its in rounds.values() for round in its})
            raise EnvGovError(f"{folder}: no round to assess; there is {', '.join(known) or 'none'}")
        if not any(n for name, n in rows.items() if not name.endswith("/rounds")):
            _refuse_nothing_to_rank(folder, [scheme for own in editions for scheme in own], tables)
    for name, n in rows.items():
        click.echo(f"{out / name}.parquet  {n}")


@contextmanager
def _damage_told(folder: Path) -> Iterator[None]:
    """Files of Parquet are read while the plan runs, and may be damaged anywhere."""
    from narwhals.exceptions import ComputeError
    from polars.exceptions import ComputeError as OfPolars

    try:
        yield
    except (ComputeError, OfPolars) as error:
        reason = str(error).partition("\n")[0]
        raise EnvGovError(f"{folder}: a table is not read to its end: {reason}; write its file anew") from error


def _count(table: Table) -> int:
    return int(table.frame.select("round").collect("polars").shape[0])


def _refuse_nothing_to_rank(folder: Path, schemes: Sequence[Scheme], tables: Tables) -> None:
    """Unless one of them ranks nothing: it may have nothing to say either."""
    if all(scheme.ranked for scheme in schemes):
        levels = tables.units.select("level").unique().collect("polars")["level"].to_list()
        raise EnvGovError(nothing_to_rank(folder, schemes, sorted(levels), _counts(tables, "inspections", "channel")))


def _counts(tables: Tables, table: str, column: str) -> dict[str, int]:
    """In how many rows each text stands."""
    from envgov.frames.engine import gather, whole

    rows = gather(tables[table].select(column, n=whole(1)), (column,), {"n": "sum"})
    return dict(rows.collect("polars").rows())


def _refuse_ids_that_are_no_folders(editions: Sequence[Sequence[Scheme]]) -> None:
    """The tables of each scheme go to a folder with its id."""
    if wrong := [repr(own[0].id) for own in editions if own[0].id in (".", "..") or set(own[0].id) & set("/\\")]:
        raise EnvGovError(
            f"a folder of tables cannot be called {', '.join(wrong)}: give the scheme an id without / and \\, other "
            "than . and .."
        )


def _read(
    editions: Sequence[Sequence[Scheme]], folder: Path, places: int | None, kinds: Any, language: Language
) -> tuple[Tables, dict[str, Sequence[Round]]]:
    """The tables of Parquet or the season of CSV, and the rounds of each scheme."""
    from envgov import frames
    from envgov.frames.happenings import days_on_record

    if not is_parquet(folder):
        if places is not None:
            raise click.UsageError(f"--places is for Parquet, and {folder} is a season of CSV: leave it out")
        with status(f"{folder} ..."):
            facts = read_season(folder, kinds=kinds)
        tell_unread([scheme for own in editions for scheme in own], facts, language)
        return frames.tables_of(facts), {own[0].id: rounds_of(own, facts) for own in editions}
    if places is None:
        raise click.UsageError(
            "of Parquet, say with --places how many decimals points have: 8550 of --places 2 is 85.5"
        )
    with status(f"{folder} ..."):
        tables = frames.read_parquet(folder, places=places)
        days = days_on_record(tables)
    return tables, {own[0].id: rounds_on(own, days) for own in editions}


def is_parquet(folder: Path) -> bool:
    """Whether a season is tables of Parquet, which `--frames` alone reads."""
    return (folder / "units.parquet").exists()


def _up_to(label: str | None, rounds: Sequence[Round]) -> Sequence[Round]:
    if label is None:
        return rounds
    last = next((n for n, round in enumerate(rounds) if round.label == label), -1)
    return rounds[: last + 1]
