"""The days on which something happened: told by tables as `Facts.days` tells them by objects."""

from __future__ import annotations

from datetime import date, timedelta

import narwhals.stable.v2 as nw

from envgov.facts.issue import MOVES, EventKind, State
from envgov.frames.days import DAYS
from envgov.frames.doubts import in_years
from envgov.frames.engine import Expr, Frame, days_of, gather, one, whole
from envgov.frames.tables import Tables

HAPPENED = ("inspections", "surveys", "stated_ranks", "outputs", "tasks", "acceptances", "slips", "events")
OPENING = [EventKind.FOUND.value, *(kind.value for kind, (_, state) in MOVES.items() if state is State.OPEN)]
MOVING = [EventKind.FOUND.value, *(kind.value for kind in MOVES)]
ONE_DAY = timedelta(1)


def days_on_record(tables: Tables) -> frozenset[date]:
    """The days on which something happened that can be scored, what was missed by the last of them included.

    Of a return the tables tell the day after which it came, and not the moment: one that came at midnight counts for
    the day that ended then.
    """
    happened = {day for name in HAPPENED for day in _days_in(tables[name], "day")}
    duties = tables["duties"]
    last = max((*happened, *(day - ONE_DAY for day in _days_in(duties, "came"))), default=date.max)
    owed = _days_in(duties, "due")
    missed = {due + ONE_DAY for due in _missed(tables, {day - ONE_DAY for day in happened})}
    return frozenset((*happened, *(day for day in owed | missed if day <= last)))


def _days_in(rows: Frame, column: str) -> set[date]:
    """Each day that stands in the column; what no table may have is refused once these are looked through."""
    days = rows.select(column).filter(in_years(nw.col(column))).unique()
    return {day for (day,) in days.collect("polars").rows()}


def _missed(tables: Tables, told: set[date]) -> set[date]:
    """The dues at the end of the day after which the issue was overdue, without those that are `told` by other facts."""
    events = tables["events"]
    events = events.select("issue", "position", "what", "due", on=days_of(nw.col("day"), events))
    given = events.filter(~nw.col("due").is_null(), ~nw.col("due").is_in(sorted(told)))
    given = given.select("issue", asked="due").unique()
    given = given.with_columns(limit=days_of(nw.col("asked"), given))
    by_then = given.join(events, on="issue", how="inner").filter(nw.col("on") <= nw.col("limit") + whole(1))
    due = days_of(nw.col("due"), by_then)
    dated = _newest(
        due.fill_null(whole(0)), ~nw.col("due").is_null() | nw.col("what").is_in([EventKind.RELAPSED.value])
    )
    stands = _newest(one(nw.col("what").is_in(OPENING)), nw.col("what").is_in(MOVING))
    by_then = by_then.select("issue", "asked", "limit", dated=dated, stands=stands)
    left = gather(by_then, ("issue", "asked", "limit"), {"dated": "max", "stands": "max"})
    due = nw.col("dated") % whole(DAYS)
    overdue = (nw.col("stands") % whole(DAYS) == whole(1)) & (due > whole(0)) & (due <= nw.col("limit"))
    return _days_in(left.filter(overdue), "asked")


def _newest(told: Expr, where: Expr) -> Expr:
    """What the newest event of some sort tells, once the greatest of all is taken: it ends in it."""
    return nw.when(where).then(nw.col("position") * whole(DAYS) + told).otherwise(whole(0))
