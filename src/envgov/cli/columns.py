"""Assess in columns: a folder of tables in, a folder of tables out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import track

from envgov.cli.output import status
from envgov.errors import EnvGovError
from envgov.facts.round import Round
from envgov.scheme import Scheme
from envgov.season import rounds_of, rounds_on
from envgov.season_csv import read_season

if TYPE_CHECKING:
    from envgov.frames import Table, Tables


def write_frames(
    editions: Sequence[Sequence[Scheme]], folder: Path, places: int | None, label: str | None, out: Path, kinds: Any
) -> None:
    """Decide every round up to the one of that label, scheme by scheme, and write the tables: all, or nothing."""
    from envgov import frames
    from envgov.frames.folder import new_folder, write_into

    _refuse_ids_that_are_no_folders(editions)
    console = Console(stderr=True)
    found: dict[str, Table] = {}
    with new_folder(out) as beside:
        with status(f"{folder} ..."):
            tables, rounds = _read(editions, folder, places, kinds)
        shown = track(editions, "assess", console=console, transient=True) if console.is_terminal else editions
        for of_scheme in shown:
            id_ = of_scheme[0].id
            if asked := _up_to(label, rounds[id_]):
                result = frames.assess(of_scheme, asked, tables)
                decided = {f"{id_}/{name}": table for name, table in result.tables.items()}
                write_into(beside, decided)
                found |= decided
        if not found:
            known = sorted({round.label for its in rounds.values() for round in its})
            raise EnvGovError(f"{folder}: no round to assess; there is {', '.join(known) or 'none'}")
    for name, table in found.items():
        click.echo(f"{out / name}.parquet  {table.frame.select('round').collect('polars').shape[0]}")


def _refuse_ids_that_are_no_folders(editions: Sequence[Sequence[Scheme]]) -> None:
    """The tables of each scheme go to a folder with its id."""
    if wrong := [repr(own[0].id) for own in editions if own[0].id in (".", "..") or set(own[0].id) & set("/\\")]:
        raise EnvGovError(
            f"a folder of tables cannot be called {', '.join(wrong)}: give the scheme an id without / and \\, other "
            "than . and .."
        )


def _read(
    editions: Sequence[Sequence[Scheme]], folder: Path, places: int | None, kinds: Any
) -> tuple[Tables, dict[str, Sequence[Round]]]:
    """The tables of Parquet or the season of CSV, and the rounds of each scheme."""
    from envgov import frames
    from envgov.frames.happenings import days_on_record

    if not (folder / "units.parquet").exists():
        facts = read_season(folder, kinds=kinds)
        return frames.tables_of(facts), {own[0].id: rounds_of(own, facts) for own in editions}
    if places is None:
        raise click.UsageError(
            "of Parquet, say with --places how many decimals points have: 8550 of --places 2 is 85.5"
        )
    tables = frames.read_parquet(folder, places=places)
    days = days_on_record(tables)
    return tables, {own[0].id: rounds_on(own, days) for own in editions}


def _up_to(label: str | None, rounds: Sequence[Round]) -> Sequence[Round]:
    if label is None:
        return rounds
    last = next((n for n, round in enumerate(rounds) if round.label == label), -1)
    return rounds[: last + 1]
