"""Days as whole numbers that keep their order, and the rounds between which they lie."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import narwhals.stable.v2 as nw
from attrs import frozen

from envgov.facts.round import Round

DAYS = 1 << 23
"""More than any day's number."""


def number_of(day: date) -> int:
    return day.year * 512 + day.month * 32 + day.day


def numbers_of(day: nw.Expr) -> nw.Expr:
    """No engine tells the days between two dates as the others do, but the parts of a date are the same everywhere."""
    year, month = day.dt.year().cast(nw.Int64), day.dt.month().cast(nw.Int64)
    return year * 512 + month * 32 + day.dt.day().cast(nw.Int64)


@frozen
class Calendar:
    """The rounds that are looked at, by their index. Each ends later than the one before, and begins no earlier."""

    rounds: tuple[Round, ...]

    def __len__(self) -> int:
        return len(self.rounds)

    def known(self, day: nw.Expr, after: int = 0) -> nw.Expr:
        """The first round at whose end that day is past, or so many days `after` it; as many as there are: none."""
        return _count_before(day, [_back(round.last_day, after) for round in self.rounds])

    def gone(self, day: nw.Expr) -> nw.Expr:
        """The first round that begins after the day."""
        return _count_before(day, [_back(round.start, 1) for round in self.rounds])

    def begun(self, day: nw.Expr) -> nw.Expr:
        """The first round that begins on the day or after it."""
        return _count_before(day, [number_of(round.start) for round in self.rounds])


def _back(day: date, days: int) -> int:
    earlier = day.toordinal() - days
    return number_of(date.fromordinal(earlier)) if earlier > 0 else 0


def _count_before(day: nw.Expr, bounds: Sequence[int], counted: int = 0) -> nw.Expr:
    """How many of the bounds, in their order, are before the day; all of them where there is none."""
    if not bounds:
        return nw.lit(counted).cast(nw.Int64)
    half = len(bounds) // 2
    until, later = bounds[:half], bounds[half + 1 :]
    return (
        nw.when(day <= bounds[half])
        .then(_count_before(day, until, counted))
        .otherwise(_count_before(day, later, counted + half + 1))
    )
