"""The acceptance of a whole unit (整村验收)."""

from __future__ import annotations

from datetime import date, datetime

import click

from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.desk import open_desk
from envgov.cli.ledger.options import a_day, named_option, note_option, writing
from envgov.cli.ledger.receipt import print_entry
from envgov.facts.acceptance import UnitAcceptance
from envgov.ledger import Command
from envgov.ledger.acceptances import subject_of_acceptance
from envgov.results.table import Language
from envgov.wording.ledger import SAY


@click.command(
    short_help="A whole unit passed, or failed (整村验收).",
    epilog="Example: envgov ledger accept-unit 甲村 --passed --who 镇整治办 --day 2024-05-20",
)
@click.argument("unit")
@click.option("--passed/--failed", required=True, help="What was found.")
@named_option
@click.option("--day", type=a_day, metavar="DAY", help="When it was; without it, on the day on which it is entered.")
@note_option
@writing
@pass_clerk
def accept_unit(
    clerk: Clerk,
    /,
    unit: str,
    passed: bool,
    who: str,
    day: date | None,
    note: str,
    at: datetime,
    key: str,
    language: Language,
    as_json: bool,
) -> None:
    """Enter that a UNIT as a whole passed, or failed (整村验收). Entered again for the same day, it is corrected."""
    by, on = clerk.by, day or at.date()
    with open_desk(clerk) as desk:
        given = UnitAcceptance(desk.place(unit, on), on, passed, desk.code(who, on), note)
        [entry] = desk.ledger.record_all([Command(subject_of_acceptance(given), given, by, at, key)])
        told = SAY[language]["unit passed" if passed else "unit failed"]
        told = told.format(unit=desk.name(given.unit), day=on, who=desk.name(given.by))
        print_entry(entry, told, language, as_json=as_json)
