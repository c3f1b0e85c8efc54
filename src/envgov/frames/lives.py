"""The lives of issues as spans of rounds, at whose ends an issue stands as the same event left it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import narwhals.stable.v2 as nw
from attrs import define, field, frozen

from envgov.facts.issue import HANDED
from envgov.frames.days import DAYS, Course, numbers_of
from envgov.frames.engine import INT, Expr, Frame, whole


@frozen
class Newest:
    """What the `nth` newest event of some sort tells, a number from 1 up; 0 while there was none."""

    name: str
    where: Expr = field(eq=False)
    value: Expr = field(eq=False)
    nth: int


@define
class Reading:
    """What is to be known of issues: it grows while conditions are read, and each column is made once.

    The columns of `turns` are rounds in which an answer may turn though nothing happens to the issue.
    """

    course: Course
    events: dict[Hashable, Newest] = field(factory=dict)
    turns: dict[Hashable, tuple[str, Expr]] = field(factory=dict)
    columns: dict[str, None] = field(factory=dict)
    """Those of the table of issues."""

    def newest(self, key: Hashable, where: Expr, value: Expr, nth: int = 1) -> Expr:
        event = self.events.setdefault((key, nth), Newest(f"newest_{len(self.events)}", where, value, nth))
        return nw.col(event.name)

    def turn(self, key: Hashable, round: Expr) -> Expr:
        name, _ = self.turns.setdefault(key, (f"turn_{len(self.turns)}", round))
        return nw.col(name)

    def column(self, name: str) -> Expr:
        self.columns[name] = None
        return nw.col(name)


def with_givings(events: Frame, handed: Frame) -> Frame:
    """The events, with `is_given` where somebody is named to whom it went."""
    given = handed.select("issue", "position").unique().with_columns(is_given=whole(1))
    return events.join(given, on=["issue", "position"], how="left")


def given_since(reading: Reading) -> Expr:
    """Since which event, from 1 up, those owe the issue who owe it; 0: since it was found."""
    handed = nw.col("what").is_in([kind.value for kind in HANDED]) & ~nw.col("is_given").is_null()
    return reading.newest("given", handed, nw.col("position") + whole(1))


def spans_of(events: Frame, reading: Reading) -> Frame:
    """Each issue's spans, from the round `first` up to, and without, `stop`, with what the reading asks of events."""
    course, asked = reading.course, tuple(reading.events.values())
    out = events.with_columns(day=numbers_of(nw.col("day")), due=numbers_of(nw.col("due")))
    out = out.with_columns(first=course.past(nw.col("day"))).filter(nw.col("first") < whole(len(course)))
    out = _with(out, {f"is_{e.name}": e.where for e in asked} | {e.name: e.value for e in asked})
    out = _with(out, {e.name: _nth(e) for e in asked if e.nth > 1})
    out = _with(out, {e.name: _packed(e) for e in asked})
    out = out.with_columns(
        stop=nw.col("first").shift(-1).over("issue", order_by="position"),
        **{e.name: nw.col(e.name).cum_max().over("issue", order_by="position").cast(INT) for e in asked},
    )
    unpacked = {e.name: (nw.col(e.name) % whole(DAYS)).cast(INT) for e in asked}
    out = out.select("issue", "first", stop=nw.col("stop").fill_null(whole(len(course))).cast(INT), **unpacked)
    return _with(out.filter(nw.col("first") < nw.col("stop")), dict(reading.turns.values()))


def _with(frame: Frame, columns: Mapping[str, Expr]) -> Frame:
    return frame.with_columns(**columns) if columns else frame


def _nth(event: Newest) -> Expr:
    """At each event of the sort, what the one so many before it tells."""
    return nw.col(event.name).shift(event.nth - 1).over("issue", f"is_{event.name}", order_by="position")


def _packed(event: Newest) -> Expr:
    """A number that rises from event to event of the sort, and ends in what it tells."""
    told = nw.col(f"is_{event.name}") & ~nw.col(event.name).is_null()
    number = (nw.col("position") + whole(1)) * whole(DAYS) + nw.col(event.name)
    return nw.when(told).then(number).otherwise(whole(0))
