"""The deadlines of a ledger, for telephones and desks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.desk import open_desk
from envgov.cli.ledger.options import made_option
from envgov.cli.output import file_option, language_option, write_file
from envgov.ledger.chain import origin_of
from envgov.results.table import Language


@click.command(
    short_help="Write the deadlines as a calendar (日历).",
    epilog="Example: envgov ledger calendar --remind 2 -o town.ics",
)
@click.option(
    "--remind",
    type=click.IntRange(min=0),
    metavar="DAYS",
    help="Ring so many days before, at 9:00; without it, nothing rings.",
)
@file_option
@made_option
@language_option
@pass_clerk
def calendar(clerk: Clerk, /, remind: int | None, file: Path | None, at: datetime, language: Language) -> None:
    """Write the deadlines of issues, and of answers to papers, as a calendar (iCalendar, RFC 5545).

    Written again later, it corrects what a calendar took in before. Whoever has to fix an issue is named if they are
    a unit, or a department or body of the roster. Who told of an issue has no place in it, but descriptions are as they
    were entered.
    """
    from envgov.exchange.ical import calendar_of_deadlines

    with open_desk(clerk) as desk:
        with desk.ledger.database.reading() as connection:
            origin = origin_of(connection)
        written = calendar_of_deadlines(
            desk.ledger.issues(),
            desk.ledger.papers(),
            desk.grid,
            origin=origin[:16],
            at=at,
            agencies=desk.agencies,
            remind=remind,
            language=language,
        )
    write_file(written, file)
