"""The daily table (日报), and the returns that came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, get_args

import attrs
import click

from envgov.cli.commands import registry
from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.desk import Desk, open_desk
from envgov.cli.ledger.options import a_day, a_moment, on_option, writing
from envgov.cli.ledger.receipt import entry_data
from envgov.cli.output import json_option, language_option, print_json, print_table, untagged
from envgov.cli.schemes import editions_of
from envgov.errors import EnvGovError
from envgov.facts.duty import Duty, DutyState, Submission
from envgov.facts.evidence import Facts
from envgov.facts.round import Round
from envgov.ledger import Command, Daily, DayCount, RatesBy, Return
from envgov.ledger.returns import duties_of, subject_of_return
from envgov.results.table import Language
from envgov.scheme import Scheme
from envgov.season.duties import owed, state_on
from envgov.wording.grounds import moment_text
from envgov.wording.rates import word_rate
from envgov.wording.tables import TABLES

_NUMBERS = ("new", "closed", "fixed", "total", "open", "overdue")
_RATES = (("rectified", "rectified"), ("closed rate", "closed"), ("on time", "on_time"))


def an_hour(written: str) -> time:
    try:
        return time.fromisoformat(written)
    except ValueError:
        raise click.BadParameter(f"{written!r}: this is no hour; write it as 17:00") from None


@click.command(
    short_help="Show the daily table, and who has not submitted (日报).",
    epilog="Example: envgov ledger daily --on 2024-05-08 --level 村 --cut-off 17:00",
)
@on_option
@click.option(
    "--cut-off",
    type=an_hour,
    metavar="HOUR",
    help="When the day ends, such as 17:00: what is entered later belongs to the next. Without it, at midnight, and what "
    "happened counts for its day, whenever it was entered.",
)
@click.option(
    "--each", type=click.Choice(get_args(RatesBy)), default="all", show_default=True, help="One row for each of these."
)
@click.option("--level", metavar="LEVEL", default="", help="One row for each unit of a level, such as 村.")
@click.option(
    "--scheme",
    metavar="SCHEME",
    help="Tell who has not submitted what the routines of a scheme ask for on that day: LOCALITY:SCHEME, a LOCALITY that "
    "has one, or a file.",
)
@language_option
@json_option
@pass_clerk
def daily(
    clerk: Clerk,
    /,
    on: date,
    cut_off: time | None,
    each: RatesBy,
    level: str,
    scheme: str | None,
    language: Language,
    as_json: bool,
) -> None:
    """Show what is new, closed, open and overdue on a day, against the day before; and who has not submitted (日报)."""
    if level and each != "all":
        raise click.UsageError("rows are of a level or of --each: give one of the two")
    editions = () if scheme is None else editions_of(registry(), scheme)
    until = None if cut_off is None else datetime.combine(on, cut_off).astimezone()
    with open_desk(clerk) as desk:
        try:
            found = desk.ledger.daily(on, each, level=level, cut_off=until.timetz() if until else None)
        except LookupError as error:
            raise click.UsageError(str(error)) from None
        duties = list(_owed(desk, editions, on, until))
        if as_json:
            print_json(
                {
                    "on": on.isoformat(),
                    "until": None if until is None else until.isoformat(),
                    "each": level or each,
                    "daily": {
                        of: {"today": _data(d.today), "yesterday": _data(d.yesterday)} for of, d in found.items()
                    },
                    "returns": [{"state": state, "duty": untagged(duty)} for duty, state in duties],
                }
            )
            return
        say = TABLES[language]
        told = say["until"].format(f"{until:%H:%M}") if until else ""
        click.echo(say["daily"].format(day=on, until=told))
        if found:
            head = say["unit"] if level else say["day"] if each == "all" else say[f"each {each}"]
            heads = [head, *(say[name] for name in _NUMBERS), *(say[name] for name, _ in _RATES)]
            names = {of: str(on) if of == "" and each == "all" and not level else desk.name(of) for of in found}
            print_table(heads, [(names[of] or "-", *_cells(one, language)) for of, one in found.items()], whole=(0,))
        else:
            click.echo(say["nothing"])
        if editions:
            for line in _returns(desk, duties, language):
                click.echo(line)


def _cells(one: Daily, language: Language) -> Iterator[str]:
    say = TABLES[language]
    for name in _NUMBERS:
        now, before = getattr(one.today, name), getattr(one.yesterday, name)
        yield say["change"].format(now, now - before) if now != before else str(now)
    for _, name in _RATES:
        tally, was = getattr(one.today.rates, name), getattr(one.yesterday.rates, name)
        told, before = (word_rate(each, "exact", language) if each.among else say["no rate"] for each in (tally, was))
        change = say["rate before"].format(before) if told != before else ""
        yield say["rate"].format(told, tally.counted, tally.among, change) if tally.among else told


def _data(count: DayCount) -> dict[str, Any]:
    rates = {
        field.name: {"counted": tally.counted, "among": tally.among}
        for field in attrs.fields(type(count.rates))
        for tally in (getattr(count.rates, field.name),)
    }
    return {**{name: getattr(count, name) for name in _NUMBERS}, "rates": rates}


def _owed(desk: Desk, editions: Sequence[Scheme], on: date, until: datetime | None) -> Iterator[tuple[Duty, DutyState]]:
    """What is owed on the day, and what had become of it at its end."""
    edition = max((e for e in editions if e.since <= on), key=lambda e: e.since, default=None)
    if edition is None:
        if editions:
            raise EnvGovError(f"{editions[-1].id} does not apply on {on} yet")
        return
    if not edition.duties:
        raise EnvGovError(f"{edition.id} does not say what is owed by routine: add duties to it")
    facts = Facts(desk.grid, duties=tuple(duties_of(edition, desk.ledger.returns())))
    for duty in owed(edition, facts, Round(on, on + timedelta(days=1), str(on))):
        yield duty, state_on(duty, on) if until is None else duty.state(until)


def _returns(desk: Desk, duties: Sequence[tuple[Duty, DutyState]], language: Language) -> Iterator[str]:
    """Of each return how many were owed and came, and who is missing or late."""
    say = TABLES[language]
    if not duties:
        yield say["no return"]
    for what, due in dict.fromkeys((duty.what, duty.due) for duty, _ in duties):
        states = [(duty.owed_by, state) for duty, state in duties if (duty.what, duty.due) == (what, due)]
        came = [who for who, state in states if state in ("on time", "late")]
        line = say["returns"].format(what=what, due=moment_text(due), owed=len(states), came=len(came))
        for told, wanted in (("missing", ("missing", "not due")), ("late", ("late",))):
            if who := [desk.name(who) for who, state in states if state in wanted]:
                line += say[told].format(n=len(who), who=say["comma"].join(who))
        yield line


@click.command(
    short_help="Enter that a return came in (报送).",
    epilog="Example: envgov ledger submit 日报 --who 甲村 --came '2024-05-08 16:40'",
)
@click.argument("what", metavar="RETURN")
@click.option("--who", metavar="WHO", required=True, help="Who submitted it: a unit, a body or a person.")
@click.option("--came", type=a_moment, metavar="MOMENT", help="When it came; without it, when it is entered.")
@click.option(
    "--for",
    "day",
    type=a_day,
    metavar="DAY",
    help="For which day it came, if it is late; without it, the day on which it came.",
)
@writing
@pass_clerk
def submit(
    clerk: Clerk,
    /,
    what: str,
    who: str,
    came: datetime | None,
    day: date | None,
    at: datetime,
    key: str,
    language: Language,
    as_json: bool,
) -> None:
    """Enter that a RETURN (日报、周排名 ...) was submitted, under the name that the scheme's routine gives it.

    Entered again for the same day, it is corrected.
    """
    by, moment = clerk.by, came or at
    with open_desk(clerk) as desk:
        one = Return(day or moment.date(), Submission(what, desk.code(who, moment.date()), moment))
        [entry] = desk.ledger.record_all([Command(subject_of_return(one), one.submission, by, at, key)])
        if as_json:
            print_json({"entries": [entry_data(entry) | {"submission": untagged(one.submission)}]})
            return
        told = {"who": desk.name(one.submission.by), "what": what, "day": one.day, "at": moment_text(moment)}
        click.echo(TABLES[language]["submitted"].format(seq=entry.seq, **told))
