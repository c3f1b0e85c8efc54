"""Rounds in their course: at the end of which a day is past, and when it no longer belongs to the round."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw
from attrs import frozen

from envgov.facts.round import Round
from envgov.frames.engine import Expr, whole
from envgov.frames.rounds import Rounds

DAYS = 1 << 22
"""More than the number of any day, counted as `date.toordinal` does."""


@frozen
class Course:
    """Rounds each of which ends after the one before, and begins no earlier; told by their place in the course.

    What is asked of days, by their numbers (`days_of`), is the first of these rounds of which it holds, or how many there are.
    """

    rounds: tuple[Round, ...]
    positions: tuple[tuple[int, int], ...]
    """Each place in the course with a position among the rounds of a sheet; several may be of the same days."""

    def __len__(self) -> int:
        return len(self.rounds)

    def past(self, day: Expr, after: int = 0) -> Expr:
        """At whose end that day is past, or the day so many days `after` it."""
        return _count_before(day, [round.last_day.toordinal() - after for round in self.rounds])

    def gone(self, day: Expr) -> Expr:
        """Which begins after the day."""
        return _count_before(day, [round.start.toordinal() - 1 for round in self.rounds])

    def begun(self, day: Expr) -> Expr:
        """Which begins on the day or after it."""
        return _count_before(day, [round.start.toordinal() for round in self.rounds])


def courses_of(rounds: Rounds) -> tuple[Course, ...]:
    """The rounds of a sheet in as few courses as it takes; mostly in one."""
    positions: dict[Round, list[int]] = {}
    for position, round in enumerate(rounds.spans):
        positions.setdefault(round, []).append(position)
    runs: list[list[Round]] = []
    for round in sorted(positions, key=lambda round: (round.end, round.start)):
        fitting = (run for run in runs if run[-1].end < round.end and run[-1].start <= round.start)
        run = next(fitting, None)
        if run is None:
            runs.append(run := [])
        run.append(round)
    return tuple(
        Course(tuple(run), tuple((at, position) for at, round in enumerate(run) for position in positions[round]))
        for run in runs
    )


def _count_before(day: Expr, bounds: Sequence[int], counted: int = 0) -> Expr:
    """How many of the bounds, which are in order, lie before the day; all of them where there is no day."""
    if not bounds:
        return whole(counted)
    half = len(bounds) // 2
    sooner = _count_before(day, bounds[:half], counted)
    later = _count_before(day, bounds[half + 1 :], counted + half + 1)
    return nw.when(day <= whole(bounds[half])).then(sooner).otherwise(later)
