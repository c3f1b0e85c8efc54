"""The daily table (日报): what is new, closed, open and overdue, against the day before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from attrs import evolve, frozen

from envgov.facts.grid import Grid
from envgov.facts.issue import CLOSINGS, EventKind, Issue, State
from envgov.ledger.rates import Rates, rates_of


class Life(NamedTuple):
    """An issue, and when each of its events was entered."""

    issue: Issue
    entered: Sequence[datetime]


@frozen
class DayCount:
    """What a group of issues came to on one day.

    `new` were found, `closed` stand closed and did not the day before; `fixed` are those of them that were fixed on
    the spot (即知即改). `total` (累计) is all that were found so far, without those withdrawn or merged; `open` and
    `overdue` of them stand open, and are late.
    """

    new: int
    closed: int
    fixed: int
    total: int
    open: int
    overdue: int
    rates: Rates


@frozen
class Daily:
    """The numbers of a day, and of the day before."""

    today: DayCount
    yesterday: DayCount


def daily_of(
    lives: Iterable[Life],
    groups: Callable[[Issue], Iterable[str]],
    always: Iterable[str],
    day: date,
    cut_off: time | None,
) -> Mapping[str, Daily]:
    """The numbers of each group that has an issue, and of those that are listed `always`, in the order of their names."""
    days = [day - timedelta(days=back) for back in range(3)]
    pairs: dict[str, tuple[list[_Pair], list[_Pair]]] = defaultdict(lambda: ([], []))
    for life in lives:
        stood = [_stood(life, each, cut_off) for each in days]
        for n, (then, before) in enumerate(pairwise(stood)):
            if then is not None:
                for group in groups(then):
                    pairs[group][n].append((then, before))
    return {group: Daily(*map(_count, pairs[group], days[:2])) for group in sorted({*pairs, *always})}


def units_over(grid: Grid, units: frozenset[str], issue: Issue) -> Iterable[str]:
    """Of these units, the one at which it lies, or below which."""
    if issue.place not in grid:
        return ()
    return units.intersection((issue.place, *grid.ancestors(issue.place)))


_Pair = tuple[Issue, Issue | None]
"""An issue as it stood on a day, and on the day before."""


def _stood(life: Life, day: date, cut_off: time | None) -> Issue | None:
    """The issue as it was known when the day ended; None where it was not yet found."""
    if cut_off is None:
        return life.issue.as_of(day)
    until = datetime.combine(day, cut_off)
    known = 0
    for event, entered in zip(life.issue.events, life.entered, strict=True):
        if (event.at or entered) > until:
            break
        known += 1
    return evolve(life.issue, events=life.issue.events[:known]) if known else None


def _count(pairs: Sequence[_Pair], day: date) -> DayCount:
    count: Counter[str] = Counter()
    for then, before in pairs:
        closed = then.state is State.CLOSED and (before is None or before.state is not State.CLOSED)
        count["new"] += before is None
        count["closed"] += closed
        count["fixed"] += closed and _closing(then) is EventKind.FIXED_ON_THE_SPOT
        count["total"] += then.state is not State.ENDED
        count["open"] += then.state is State.OPEN
        count["overdue"] += then.is_overdue(day)
    numbers = {name: count[name] for name in ("new", "closed", "fixed", "total", "open", "overdue")}
    return DayCount(**numbers, rates=rates_of((then for then, _ in pairs), day))


def _closing(issue: Issue) -> EventKind:
    return next(event.what for event in reversed(issue.events) if event.what in CLOSINGS)
