"""The lives of issues as spans of rounds at whose ends an issue stands as the same event left it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import narwhals.stable.v2 as nw
from attrs import define, field, frozen

from envgov.facts.issue import HANDED
from envgov.frames.days import DAYS, Calendar, numbers_of

Frame = nw.LazyFrame[Any]


@frozen
class Track:
    """What the `nth` newest event of some sort tells, from 1 up; 0 while there was none."""

    name: str
    where: nw.Expr = field(eq=False)
    value: nw.Expr = field(eq=False)
    nth: int = 1


@define
class Reading:
    """What is to be known of issues: grows while conditions are read, each column once, whoever asks for it.

    The columns of `turns` are rounds in which an answer may turn though nothing happens to the issue.
    """

    calendar: Calendar
    tracks: dict[Hashable, Track] = field(factory=dict)
    derived: dict[Hashable, tuple[str, nw.Expr]] = field(factory=dict)
    turns: dict[str, None] = field(factory=dict)
    of_issues: dict[str, None] = field(factory=dict)
    """Columns of the table of issues."""

    def newest(self, key: Hashable, where: nw.Expr, value: nw.Expr, nth: int = 1) -> nw.Expr:
        track = self.tracks.setdefault((key, nth), Track(f"newest_{len(self.tracks)}", where, value, nth))
        return nw.col(track.name)

    def turn(self, key: Hashable, round: nw.Expr) -> nw.Expr:
        name, _ = self.derived.setdefault(key, (f"turn_{len(self.derived)}", round))
        self.turns[name] = None
        return nw.col(name)

    def column(self, name: str) -> nw.Expr:
        self.of_issues[name] = None
        return nw.col(name)


def with_givings(events: Frame, handed: Frame) -> Frame:
    """The events with `is_given`: 1 where somebody is named to whom the event handed something."""
    given = handed.select("issue", "position").unique().with_columns(is_given=nw.lit(1).cast(nw.Int64))
    return events.join(given, on=["issue", "position"], how="left")


def given_since(reading: Reading) -> nw.Expr:
    """Since which event, from 1 up, those owe the issue who owe it; 0: since it was found."""
    handed = nw.col("what").is_in([kind.value for kind in HANDED]) & ~nw.col("is_given").is_null()
    return reading.newest("given", handed, nw.col("position") + 1)


def spans_of(events: Frame, reading: Reading) -> Frame:
    """Each issue's spans of rounds, from `first` up to, and without, `stop`, with what the reading asks of events."""
    tracks, rounds = reading.tracks.values(), reading.calendar
    out = events.with_columns(day=numbers_of(nw.col("day")), due=numbers_of(nw.col("due")))
    out = out.with_columns(first=rounds.known(nw.col("day"))).filter(nw.col("first") < len(rounds))
    out = out.with_columns(**{f"is_{t.name}": t.where for t in tracks}, **{t.name: t.value for t in tracks})
    if several := [t for t in tracks if t.nth > 1]:
        before = {t.name: nw.col(t.name).shift(t.nth - 1).over("issue", f"is_{t.name}", order_by="position") for t in several}
        out = out.with_columns(**before)
    packed = {
        t.name: nw.when(nw.col(f"is_{t.name}") & ~nw.col(t.name).is_null())
        .then((nw.col("position") + 1) * DAYS + nw.col(t.name))
        .otherwise(nw.lit(0))
        .cast(nw.Int64)
        for t in tracks
    }
    out = out.with_columns(**packed)
    newest = {t.name: nw.col(t.name).cum_max().over("issue", order_by="position").cast(nw.Int64) for t in tracks}
    out = out.with_columns(stop=nw.col("first").shift(-1).over("issue", order_by="position"), **newest)
    out = out.select(
        "issue",
        "first",
        nw.col("stop").fill_null(len(rounds)).cast(nw.Int64),
        *((nw.col(t.name) % DAYS).cast(nw.Int64) for t in tracks),
    )
    out = out.filter(nw.col("first") < nw.col("stop"))
    return out.with_columns(**dict(reading.derived.values())) if reading.derived else out
