"""Deadlines (时限): how long somebody has, and until when that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Literal, Protocol

from attrs import evolve, field, frozen
from attrs.validators import deep_iterable, min_len

from envgov.checks import is_a, is_day, is_moment_or_none, is_text, is_tuple
from envgov.errors import Fault, InputError, SchemeError
from envgov.facts.issue import Event, Issue, StageDue
from envgov.policy.calendar.steps import step
from envgov.policy.calendar.workdays import WorkCalendar
from envgov.policy.term import PARTS, answers, at_least_one, one_of, term


@frozen
class Due:
    """Until when: the last day, itself included, and the moment where it is known to the hour.

    `stage` names the stage of a staged deadline. `calendar` is the edition of the work calendar that was counted
    with, "" where none was; `estimated` says that it did not cover every day that was counted.
    """

    day: date = field(validator=is_day)
    at: datetime | None = field(default=None, validator=is_moment_or_none)
    stage: str = ""
    calendar: str = ""
    estimated: bool = False

    def __attrs_post_init__(self) -> None:
        if self.at is not None and self.at.date() != self.day:
            raise ValueError(f"the moment {self.at.isoformat()} is not on the day {self.day}")


class Deadline(Protocol):
    """How long somebody has, counted from when it was given to them."""

    def dues(self, given: date, calendar: WorkCalendar | None = None) -> tuple[Due, ...]:
        """Until when, for something given on a day, or at a moment: one Due, one for each stage, or none at all.

        None is a deadline without an end: it is never overdue.

        Raises:
            SchemeError: it counts working days or hours, and there is no work calendar, or one that does not
                reach so far.
            InputError: it counts hours, and only the day is known; or it ends after the year 9999.
        """
        ...


@term("calendar_days")
@frozen(repr=False)
class calendar_days:
    """The n-th day after the day it was given, which itself does not count; days off count like any other."""

    n: int = field(validator=at_least_one)

    def dues(self, given: date, calendar: WorkCalendar | None = None) -> tuple[Due, ...]:  # noqa: ARG002 - the protocol's
        return (Due(step(_day_of(given), days=self.n)),)


@term("working_days")
@frozen(repr=False)
class working_days:
    """The n-th working day after the day it was given, which itself does not count (13个工作日，自次日起).

    The work calendar says which days are worked, make-up days (调休) among them.
    """

    n: int = field(validator=at_least_one)

    def dues(self, given: date, calendar: WorkCalendar | None = None) -> tuple[Due, ...]:
        work, day = _calendar_for(self, calendar), _day_of(given)
        last = work.nth_workday(day, self.n)
        return (Due(last, calendar=work.edition, estimated=not work.covers(step(day, days=1), last)),)


@term("working_hours")
@frozen(repr=False)
class working_hours:
    """n office hours from the moment it was given; the work calendar says which they are."""

    n: int = field(validator=at_least_one)

    def dues(self, given: date, calendar: WorkCalendar | None = None) -> tuple[Due, ...]:
        work, moment = _calendar_for(self, calendar), _moment_of(self, given)
        at = work.working_hours_after(moment, self.n)
        return (Due(at.date(), at, calendar=work.edition, estimated=not work.covers(moment.date(), at.date())),)


@term("hours")
@frozen(repr=False)
class hours:
    """n hours from the moment it was given, around the clock, nights and days off included."""

    n: int = field(validator=at_least_one)

    def dues(self, given: date, calendar: WorkCalendar | None = None) -> tuple[Due, ...]:  # noqa: ARG002 - the protocol's
        at = step(_moment_of(self, given), hours=self.n)
        return (Due(at.date(), at),)


@term("same_day")
@frozen(repr=False)
class same_day:
    """The day it was given (当日), whatever the hour."""

    def dues(self, given: date, calendar: WorkCalendar | None = None) -> tuple[Due, ...]:  # noqa: ARG002 - the protocol's
        return (Due(_day_of(given)),)


@term("months")
@frozen(repr=False)
class months:
    """The same day of the n-th month after; where that month has no such day, its last."""

    n: int = field(validator=at_least_one)

    def dues(self, given: date, calendar: WorkCalendar | None = None) -> tuple[Due, ...]:  # noqa: ARG002 - the protocol's
        return (Due(step(_day_of(given), months=self.n)),)


@term("standing")
@frozen(repr=False)
class standing:
    """Without an end (长期坚持): checked again and again, and never overdue."""

    def dues(self, given: date, calendar: WorkCalendar | None = None) -> tuple[Due, ...]:  # noqa: ARG002 - the protocol's
        return ()


@frozen
class Stage:
    """A named part of a staged deadline, and how long it has. It has no stages of its own."""

    name: str = field(validator=is_text)
    deadline: Deadline = field(validator=answers("dues"))

    def __attrs_post_init__(self) -> None:
        if isinstance(self.deadline, staged):
            raise SchemeError(f"stage {self.name!r}: a stage has no stages: write them side by side")


@term("staged")
@frozen(repr=False, init=False)
class staged:
    """Stages, each with a due of its own (13710：当日部署、3日反馈 ...).

    `counted`: each stage has its time "from the start", or "from the stage before": from when that was due, not from
    when it was done, so that a guess about the one is a guess about the other. A standing stage has no due, so "from the stage before" only the last may be one; and nothing
    counts hours from a stage that is due on a day.
    """

    stages: tuple[Stage, ...] = field(
        metadata={PARTS: True}, validator=(deep_iterable(is_a(Stage), is_tuple), min_len(1))
    )
    counted: Literal["from the start", "from the stage before"] = field(
        kw_only=True, validator=one_of("from the start", "from the stage before")
    )

    def __init__(
        self,
        *given: Stage,
        counted: Literal["from the start", "from the stage before"],
        stages: tuple[Stage, ...] = (),  # for attrs.evolve
    ) -> None:
        self.__attrs_init__((*given, *stages), counted=counted)

    def __attrs_post_init__(self) -> None:
        names = [stage.name for stage in self.stages]
        if len(set(names)) < len(names):
            raise SchemeError(f"staged: stages have names of their own: {names}")
        if self.counted == "from the stage before":
            for before, stage in pairwise(self.stages):
                if isinstance(before.deadline, standing):
                    raise SchemeError(f"staged: stage {stage.name!r} comes after {before.name!r}, which has no end")
                if _to_the_hour(stage.deadline) and not _to_the_hour(before.deadline):
                    raise SchemeError(
                        f"staged: stage {stage.name!r} counts hours from {before.name!r}, which is due on a day: "
                        "count both in hours, or both in days"
                    )

    def dues(self, given: date, calendar: WorkCalendar | None = None) -> tuple[Due, ...]:
        return tuple(self._dues(given, calendar))

    def _dues(self, given: date, calendar: WorkCalendar | None) -> Iterator[Due]:
        since: date = given
        edition, estimated = "", False
        for stage in self.stages:
            for due in stage.deadline.dues(since, calendar):
                named = Due(due.day, due.at, stage.name, due.calendar or edition, due.estimated or estimated)
                if self.counted == "from the stage before":
                    since, edition, estimated = named.at or named.day, named.calendar, named.estimated
                yield named


@frozen
class Limit:
    """The deadline of issues of these categories, from these sources; empty means of any. `cite` is the clause."""

    deadline: Deadline = field(validator=answers("dues"))
    categories: tuple[str, ...] = field(default=(), validator=is_tuple)
    sources: tuple[str, ...] = field(default=(), validator=is_tuple)
    cite: str = ""

    def applies(self, issue: Issue) -> bool:
        return (not self.categories or issue.category in self.categories) and (
            not self.sources or issue.source in self.sources
        )


def deadline_for(limits: Sequence[Limit], issue: Issue) -> Deadline | None:
    """The deadline of the first limit that applies to the issue, so the special ones stand first; None where none does.

    What is urgent or grave is a category.
    """
    return next((limit.deadline for limit in limits if limit.applies(issue)), None)


def stamp(event: Event, dues: Sequence[Due]) -> Event:
    """The hand-over or extension with the date that was counted, its stages, and the calendar's edition.

    The date is the latest of the dues, which are those of one deadline; without any the event stays without a date.
    """
    if not dues:
        return event
    stages = tuple(StageDue(due.stage, due.day, due.at) for due in dues if due.stage)
    editions = (due.calendar for due in dues if due.calendar)
    return evolve(event, due=max(due.day for due in dues), dues=stages, calendar=next(editions, ""))


def _to_the_hour(deadline: Deadline) -> bool:
    return isinstance(deadline, hours | working_hours)


def _day_of(given: date) -> date:
    return given.date() if isinstance(given, datetime) else given


def _moment_of(deadline: Deadline, given: date) -> datetime:
    if isinstance(given, datetime) and given.utcoffset() is not None:
        return given
    remedy = "give the moment, with its time zone, at which it was handed over"
    raise InputError([Fault(f"{deadline!r} counts from an hour", remedy, value=given.isoformat())])


def _calendar_for(deadline: Any, calendar: WorkCalendar | None) -> WorkCalendar:
    if calendar is None:
        raise SchemeError(f"{deadline!r} counts the working days of a calendar: give a WorkCalendar")
    return calendar
