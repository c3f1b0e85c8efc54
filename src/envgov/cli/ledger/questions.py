"""What a day asks: what is due, what is overdue, how the rates stand."""

from __future__ import annotations

from datetime import date
from typing import get_args

import attrs
import click

from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.desk import open_desk
from envgov.cli.ledger.issues import print_issues
from envgov.cli.ledger.options import on_option
from envgov.cli.output import json_option, language_option, print_json, print_table
from envgov.ledger import Rates, RatesBy
from envgov.reason import Tally
from envgov.results.table import Language
from envgov.wording.ledger import SAY
from envgov.wording.rates import word_rate


@click.command(epilog="Example: envgov ledger due --on 2024-05-08")
@on_option
@language_option
@json_option
@pass_clerk
def due(clerk: Clerk, /, on: date, language: Language, as_json: bool) -> None:
    """List what is due on a day and still open (当日到期)."""
    with open_desk(clerk) as desk:
        print_issues(desk, desk.stood(desk.ledger.due(on), on), on, language, as_json=as_json)


@click.command(epilog="Example: envgov ledger overdue --on 2024-05-10")
@on_option
@language_option
@json_option
@pass_clerk
def overdue(clerk: Clerk, /, on: date, language: Language, as_json: bool) -> None:
    """List what is overdue at the end of a day (逾期)."""
    with open_desk(clerk) as desk:
        print_issues(desk, desk.stood(desk.ledger.overdue(on), on), on, language, as_json=as_json)


@click.command(
    short_help="Show the rates at the end of a day (整改率 ...).",
    epilog="Example: envgov ledger rates --on 2024-05-31 --each place",
)
@on_option
@click.option(
    "--each",
    "each",
    type=click.Choice(get_args(RatesBy)),
    default="all",
    show_default=True,
    help="One row for each place, responsible, category or source.",
)
@language_option
@json_option
@pass_clerk
def rates(clerk: Clerk, /, on: date, each: RatesBy, language: Language, as_json: bool) -> None:
    """Show the rates at the end of a day: rectified (整改率), closed (办结率), overdue, rejected, on time."""
    with open_desk(clerk) as desk:
        found = desk.ledger.rates(on, each)
        if as_json:
            print_json({"on": on.isoformat(), "each": each, "rates": {of: _data(of_it) for of, of_it in found.items()}})
            return
        say = SAY[language]
        names = [field.name for field in attrs.fields(Rates)]
        heads = [say[f"each {each}"], *(say[f"rate {name}"] for name in names)]
        rows = [
            (desk.name(of) or say["none given"], *(_cell(getattr(of_it, name), language) for name in names))
            for of, of_it in found.items()
        ]
        print_table(heads, [row if each != "all" else (str(on), *row[1:]) for row in rows])


def _data(rates: Rates) -> dict[str, dict[str, int | None]]:
    tallies: dict[str, Tally] = {field.name: getattr(rates, field.name) for field in attrs.fields(Rates)}
    return {name: {"counted": tally.counted, "among": tally.among} for name, tally in tallies.items()}


def _cell(tally: Tally, language: Language) -> str:
    return (
        f"{word_rate(tally, 'exact', language)} ({tally.counted}/{tally.among})"
        if tally.among
        else word_rate(tally, "exact", language)
    )
