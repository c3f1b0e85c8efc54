"""The date that a hand-over gives: as it is said, or as the deadlines of a scheme count it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from envgov.cli.commands import registry
from envgov.cli.schemes import editions_of
from envgov.facts.issue import Event, Issue
from envgov.policy.calendar.deadlines import deadline_for, stamp, working_days, working_hours
from envgov.policy.calendar.workdays import WorkCalendar
from envgov.policy.term import terms_in
from envgov.readers import china_workdays, read_local_days
from envgov.scheme import Scheme


@frozen
class Deadlines:
    """What counts the date: the editions of a scheme, and days of its own over the working days of China."""

    named: str
    editions: tuple[Scheme, ...]
    days: Path | None

    def stamped(self, event: Event, issue: Issue) -> Event:
        """The hand-over of the issue with the date that the scheme in force on that day counts.

        Raises:
            UsageError: no edition is in force that day, or none of its deadlines is for the issue.
        """
        given = event.at or event.day
        edition = max((e for e in self.editions if e.since <= event.day), key=lambda e: e.since, default=None)
        deadline = None if edition is None else deadline_for(edition.deadlines, issue)
        if deadline is None:
            told = f"{self.named} has no deadline of {event.day} for issue {issue.id} (category {issue.category or 'none'})"
            raise click.UsageError(f"{told}: give the date with --due")
        return stamp(event, deadline.dues(given, self._calendar_for(deadline)))

    def _calendar_for(self, deadline: Any) -> WorkCalendar | None:
        counts_work = any(isinstance(each, working_days | working_hours) for each in terms_in(deadline))
        if not counts_work and self.days is None:
            return None
        china = china_workdays()
        return china if self.days is None else read_local_days(self.days, china)


def read_deadlines(named: str | None, days: Path | None, due: date | None) -> Deadlines | None:
    """The deadlines that count the date; None where it is said, or nothing was.

    Raises:
        UsageError: both were given, or days without a scheme.
    """
    if named is None:
        if days is not None:
            raise click.UsageError("--days are for the deadlines of a scheme: name it with --scheme")
        return None
    if due is not None:
        raise click.UsageError("the date is given with --due, or counted by --scheme: give one of the two")
    return Deadlines(named, editions_of(registry(), named), days)
