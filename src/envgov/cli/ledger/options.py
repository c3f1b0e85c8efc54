"""The options that commands of the ledger share, and how a day or a moment is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from typing import Any, TypeVar
from uuid import uuid4

import click

from envgov.cli.ledger.clock import now
from envgov.cli.output import json_option, language_option
from envgov.season_csv.cells import moment_reader, read_day
from envgov.texts import UnreadableError

F = TypeVar("F", bound=Callable[..., Any])
_HERE = timezone(timedelta(0), "here")
"""Stands for the zone of this machine, whose distance from UTC depends on the day."""
_read_moment = moment_reader(_HERE)


def a_day(written: str) -> date:
    try:
        return read_day(written)
    except UnreadableError as error:
        raise click.BadParameter(f"{written!r}: {error.problem}; {error.remedy}") from None


def a_moment(written: str) -> datetime:
    """A moment; without a zone it is one of this machine's."""
    try:
        moment = _read_moment(written)
    except UnreadableError as error:
        raise click.BadParameter(f"{written!r}: {error.problem}; {error.remedy}") from None
    return moment.replace(tzinfo=None).astimezone() if moment.tzinfo is _HERE else moment


def when_happened(given: date | None, at: datetime) -> tuple[date, datetime | None]:
    """The day on which it happened, and the moment where that was told; without either, the day of its entry."""
    happened = given or at.date()
    return (happened.date(), happened) if isinstance(happened, datetime) else (happened, None)


def a_day_or_moment(written: str) -> date:
    """A day, or a moment where the hour is known."""
    return a_moment(written) if ":" in written else a_day(written)


def a_key(written: str) -> str:
    if not written.strip():
        raise click.BadParameter("a key is not empty")
    return written


@contextmanager
def understood() -> Iterator[None]:
    """What cannot be made of the options is bad usage, and no refusal."""
    try:
        yield
    except (TypeError, ValueError) as error:
        raise click.UsageError(str(error)) from None


def many(name: str, metavar: str, help: str, *, required: bool = False) -> Callable[[F], F]:
    told = f"{help}; may be given several times."
    return click.option(name, metavar=metavar, multiple=True, required=required, help=told)


at_option = click.option(
    "--at",
    type=a_moment,
    metavar="MOMENT",
    default=now,
    help="When it is entered, such as '2024-05-02 17:00'; without it, now.",
)
made_option = click.option(
    "--at",
    type=a_moment,
    metavar="MOMENT",
    default=now,
    help="The moment that the file says it was made; without it, now.",
)
key_option = click.option(
    "--key",
    type=a_key,
    metavar="KEY",
    default=lambda: uuid4().hex,
    help="A name for this command: given again under it, it is entered once. Without it, a fresh one.",
)
expected_option = click.option(
    "--expected",
    type=click.IntRange(min=0),
    metavar="VERSION",
    help="Refuse it if it is not at this version any more, which `show` tells.",
)
day_option = click.option(
    "--day",
    type=a_day_or_moment,
    metavar="DAY",
    help="When it happened, such as 2024-05-02 or '2024-05-02 14:30'; without it, on the day on which it is entered.",
)
who_option = click.option(
    "--who", metavar="WHO", help="Who did it: a unit, a department or a person; without it, who enters it."
)
named_option = click.option("--who", metavar="WHO", required=True, help="Who did it: a unit, a department or a person.")
note_option = click.option("--note", metavar="TEXT", default="", help="The reason, or what else is to be said.")
evidence_option = many("--evidence", "NAME", "A photograph or a paper")
on_option = click.option(
    "--on", type=a_day, metavar="DAY", default=lambda: now()[:10], help="At the end of DAY; without it, of today."
)


def writing(command: F) -> F:
    """What every command takes that enters something."""
    for option in (json_option, language_option, key_option, at_option):
        command = option(command)
    return command


def happening(*, named: bool) -> Callable[[F], F]:
    """What every command takes that enters what happened to an issue; `named`: it must be said who did it."""

    def with_options(command: F) -> F:
        for option in (
            expected_option,
            evidence_option,
            note_option,
            day_option,
            named_option if named else who_option,
        ):
            command = option(command)
        return command

    return with_options
