"""Begin a ledger, and change what it decides by: the grid, the rules of life, the duty roster, hearings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.desk import Desk
from envgov.cli.ledger.options import writing
from envgov.cli.ledger.receipt import enter
from envgov.ledger import Command, Hearing, Ledger, Units
from envgov.ledger.settings import GRID, HEARING, ROSTER, RULES
from envgov.readers.settings import Settings, read_settings
from envgov.results.table import Language


def _file(name: str, help: str, *, required: bool) -> Callable[[Any], Any]:
    given = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.option(name, type=given, required=required, help=help)


def _files(*, required: bool) -> Callable[[Any], Any]:
    def with_files(command: Any) -> Any:
        for option in (
            click.option(
                "--heard/--not-heard",
                "heard",
                default=None,
                required=required,
                help="Whether units hear of a draft, and may object, before an assessment is signed (核实反馈).",
            ),
            _file("--roster", "The duty roster (职责分工表), CSV. Without one, everybody may enter.", required=False),
            _file("--rules", 'The rules of an issue\'s life, TOML: kind = "LifeRules".', required=required),
            _file("--grid", "The units, as grid.csv of a season has them.", required=required),
        ):
            command = option(command)
        return command

    return with_files


@click.command(
    epilog="Example: envgov ledger --ledger town.db --by 张会计 init --grid grid.csv --rules rules.toml --not-heard"
)
@_files(required=True)
@writing
@pass_clerk
def init(
    clerk: Clerk,
    /,
    grid: Path,
    rules: Path,
    roster: Path | None,
    heard: bool,
    at: datetime,
    key: str,
    language: Language,
    as_json: bool,
) -> None:
    """Begin a ledger, with its units, its rules and its duty roster: all of it, or nothing."""
    place, by = clerk.where, clerk.by
    read = read_settings(grid=grid, rules=rules, roster=roster)
    commands = [Command(subject, value, by, at, f"{key} {subject}") for subject, value in _values(read, heard)]
    with Ledger.create(place) as ledger:
        enter(Desk(ledger), commands, language, as_json=as_json)


def _values(read: Settings, heard: bool | None) -> Iterator[tuple[str, object]]:
    if read.grid is not None:
        yield GRID, Units(read.grid.units)
    if read.rules is not None:
        yield RULES, read.rules
    if read.roster is not None:
        yield ROSTER, read.roster
    if heard is not None:
        yield HEARING, Hearing(heard)
