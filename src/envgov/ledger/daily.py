"""The daily table (日报): what is new, closed, open and overdue, against the day before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from attrs import evolve, frozen
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from envgov.facts.grid import Grid
from envgov.facts.issue import CLOSINGS, EventKind, Issue, State
from envgov.ledger.books import ISSUE, by_subject, replay
from envgov.ledger.entry import moment
from envgov.ledger.rates import COUNTED, Rates, RatesBy, all_but, conditions, count_in, counted, groups_of, rates_of
from envgov.ledger.statements import portions, statements_of
from envgov.ledger.tables import ENTRIES, ISSUES

OF_ISSUES = f"{ISSUE}:"
"""What the names of subjects that are issues begin with."""


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
    connection: Connection,
    by: RatesBy,
    over: Callable[[str], Iterable[str]],
    always: Iterable[str],
    day: date,
    cut_off: time | None,
) -> Mapping[str, Daily]:
    """The numbers of each group that has an issue, and of those that are listed `always`, in the order of their names.

    A group is what a name of `by` counts for: itself, or the units that it lies `over`. What stands as it stood two
    days ago is counted in the table; what went on since is read from its entries.
    """
    days = [day - timedelta(days=back) for back in range(3)]
    changed = _changed_since(days[2], cut_off)
    counts: dict[str, tuple[Counter[str], Counter[str]]] = defaultdict(lambda: (Counter(), Counter()))
    for n, each in enumerate(days[:2]):
        for name, count in _unchanged(connection, by, each, all_but(changed)):
            for group in over(name):
                counts[group][n].update(count)
    for issue, entered in _lives(connection, changed):
        stood = [_stood(issue, entered, each, cut_off) for each in days]
        for n, (then, before) in enumerate(pairwise(stood)):
            if then is None:
                continue
            for name in groups_of(then, by):
                for group in over(name):
                    counts[group][n].update(_count(then, before, days[n]))
    return {group: Daily(*map(_day_count, counts[group], days[:2])) for group in sorted({*counts, *always})}


def itself(name: str) -> Iterable[str]:
    return (name,)


def units_over(grid: Grid, units: frozenset[str], place: str) -> Iterable[str]:
    """Of these units, the one that is this place, or above it."""
    if place not in grid:
        return ()
    return units.intersection((place, *grid.ancestors(place)))


_ZONES = timedelta(days=2)
"""At one moment the days of two time zones lie as far apart at most."""


def _changed_since(day: date, cut_off: time | None) -> ColumnElement[bool]:
    """Issues of the table that went on after the end of that day; with a cut-off a few others too."""
    if cut_off is None:
        return ISSUES.c.last > day
    until = moment(datetime.combine(day, cut_off))
    subject = ENTRIES.c.subject
    late = select(func.substr(subject, len(OF_ISSUES) + 1)).where(subject.startswith(OF_ISSUES), ENTRIES.c.at > until)
    return or_(ISSUES.c.last >= day - _ZONES, ISSUES.c.id.in_(late))


def _unchanged(
    connection: Connection, by: RatesBy, day: date, which: ColumnElement[bool]
) -> Iterator[tuple[str, Mapping[str, int]]]:
    state = ISSUES.c.state
    counting = {**conditions(day), "open": state == State.OPEN.value}
    there = {"total": state != State.ENDED.value, "there": true()}
    for name, count in (
        *counted(connection, by, counting, and_(COUNTED, which)),
        *counted(connection, by, there, which),
    ):
        if any(count.values()):
            yield name, count


def _lives(connection: Connection, which: ColumnElement[bool]) -> Iterator[tuple[Issue, Sequence[datetime]]]:
    """The issues, and when each of their events was entered."""
    statements = statements_of(connection.dialect.name)
    for ids in portions(connection.execute(select(ISSUES.c.id).where(which)).scalars().all()):
        rows = statements.of_subjects(connection, [f"{OF_ISSUES}{id}" for id in ids])
        for of in by_subject(rows).values():
            yield replay(row[3] for row in of), [datetime.fromisoformat(row[2]) for row in of]


def _stood(issue: Issue, entered: Sequence[datetime], day: date, cut_off: time | None) -> Issue | None:
    """The issue as it was known when the day ended; None where it was not yet found."""
    if cut_off is None:
        return issue.as_of(day)
    until = datetime.combine(day, cut_off)
    known = 0
    for event, moment_of_entry in zip(issue.events, entered, strict=True):
        if (event.at or moment_of_entry) > until:
            break
        known += 1
    return evolve(issue, events=issue.events[:known]) if known else None


def _count(then: Issue, before: Issue | None, day: date) -> Mapping[str, int]:
    closed = then.state is State.CLOSED and (before is None or before.state is not State.CLOSED)
    return {
        **count_in(then, day),
        "new": int(before is None),
        "closed anew": int(closed),
        "fixed": int(closed and _closing(then) is EventKind.FIXED_ON_THE_SPOT),
        "total": int(then.state is not State.ENDED),
        "open": int(then.state is State.OPEN),
    }


def _day_count(count: Counter[str], day: date) -> DayCount:
    return DayCount(
        new=count["new"],
        closed=count["closed anew"],
        fixed=count["fixed"],
        total=count["total"],
        open=count["open"],
        overdue=count["overdue"],
        rates=rates_of(count, day),
    )


def _closing(issue: Issue) -> EventKind:
    return next(event.what for event in reversed(issue.events) if event.what in CLOSINGS)
