"""Cadences (周期): which round a day belongs to."""

from __future__ import annotations

from datetime import date
from typing import Literal, Protocol

from attrs import field, frozen

from envgov.facts.round import Round
from envgov.policy.calendar.steps import step
from envgov.policy.term import one_of, term

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Cadence(Protocol):
    def round_of(self, day: date) -> Round:
        """The one round that the day lies in.

        Raises:
            InputError: the round begins before the year 1, or ends with the year 9999: no date says where.
        """
        ...


@term("day")
@frozen(repr=False)
class day:
    """Single days; the label is "2017-05-03"."""

    def round_of(self, day: date) -> Round:
        return Round(day, step(day, days=1), day.isoformat())


@term("week")
@frozen(repr=False)
class week:
    """Seven days, of which the last is the weekday `ends`: a town that counts on Fridays has weeks from Saturday on.

    The label is the first day ~ the last: "2017-05-06~12", "2020-02-29~03-06", "2019-12-28~2020-01-03".
    """

    ends: Weekday = field(kw_only=True, validator=one_of(*WEEKDAYS))

    def round_of(self, day: date) -> Round:
        left = (WEEKDAYS.index(self.ends) - day.weekday()) % 7
        return _span(step(day, days=left - 6), step(day, days=left + 1))


@term("ten_days")
@frozen(repr=False)
class ten_days:
    """Thirds of a month (旬): from the 1st, the 11th and the 21st, the last up to the month's end.

    The label is "2017-05-01~10".
    """

    def round_of(self, day: date) -> Round:
        return _part_of_month(day, (1, 11, 21))


@term("half_month")
@frozen(repr=False)
class half_month:
    """Halves of a month: from the 1st and from the 16th; the label is "2017-05-01~15"."""

    def round_of(self, day: date) -> Round:
        return _part_of_month(day, (1, 16))


@term("month")
@frozen(repr=False)
class month:
    """Calendar months; the label is "2017-05"."""

    def round_of(self, day: date) -> Round:
        first, end = _months(day, 1)
        return Round(first, end, first.isoformat()[:7])


@term("two_months")
@frozen(repr=False)
class two_months:
    """January and February, March and April, and so on; the label is "2017-01~02"."""

    def round_of(self, day: date) -> Round:
        first, end = _months(day, 2)
        return Round(first, end, f"{first.isoformat()[:7]}~{first.month + 1:02}")


@term("quarter")
@frozen(repr=False)
class quarter:
    """Quarters of the calendar year; the label is "2017-Q2"."""

    def round_of(self, day: date) -> Round:
        first, end = _months(day, 3)
        return Round(first, end, f"{first.isoformat()[:4]}-Q{first.month // 3 + 1}")


@term("half_year")
@frozen(repr=False)
class half_year:
    """January to June, July to December; the label is "2017-H1"."""

    def round_of(self, day: date) -> Round:
        first, end = _months(day, 6)
        return Round(first, end, f"{first.isoformat()[:4]}-H{first.month // 6 + 1}")


@term("year")
@frozen(repr=False)
class year:
    """Calendar years; the label is "2017"."""

    def round_of(self, day: date) -> Round:
        first, end = _months(day, 12)
        return Round(first, end, first.isoformat()[:4])


def _months(day: date, size: int) -> tuple[date, date]:
    """The first day of the run of `size` months that the day lies in, and the first after it."""
    past = (day.month - 1) % size
    return day.replace(month=day.month - past, day=1), step(day, months=size - past).replace(day=1)


def _part_of_month(day: date, firsts: tuple[int, ...]) -> Round:
    """The part of the month that the day lies in, of those that begin on these days."""
    begun = sum(first <= day.day for first in firsts)
    start = day.replace(day=firsts[begun - 1])
    return _span(start, day.replace(day=firsts[begun]) if begun < len(firsts) else _months(day, 1)[1])


def _span(start: date, end: date) -> Round:
    """A round whose label says its first and last day, and of the last no more than differs."""
    last = step(end, days=-1)
    same = 8 if (start.year, start.month) == (last.year, last.month) else 5 if start.year == last.year else 0
    return Round(start, end, f"{start.isoformat()}~{last.isoformat()[same:]}")


def rounds_within(cadence: Cadence, round: Round) -> tuple[Round, ...]:
    """The rounds of a finer cadence whose last day lies in `round`, oldest first.

    A week that straddles the border of two months belongs to the month in which it ends, because only then is
    its result known. So each finer round belongs to one coarser round. Empty where none ends in it.
    """
    found, day = [], round.start
    while day < round.end:
        finer = cadence.round_of(day)
        if finer.end <= round.end:
            found.append(finer)
        day = finer.end
    return tuple(found)


def previous(cadence: Cadence, round: Round, steps: int = 1) -> Round:
    """The round of the cadence so many steps before the one that `round.start` lies in; with 0, that one.

    Raises:
        InputError: it lies before the year 1.
    """
    earlier = cadence.round_of(round.start)
    for _ in range(steps):
        earlier = cadence.round_of(step(earlier.start, days=-1))
    return earlier
