"""The lives of issues as spans of rounds, at whose ends an issue stands as the same event left it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

import narwhals.stable.v2 as nw
from attrs import define, field, frozen

from envgov.facts.issue import HANDED
from envgov.frames.days import DAYS, Course, numbers_of
from envgov.frames.engine import INT, Expr, Frame, floor_div, whole
from envgov.frames.sheet import Plan

FEW = 8
"""Up to so many events of an issue are looked at side by side."""
BITS = 53
"""Numbers of so many bits are divided exactly, in doubles too."""


@frozen
class Newest:
    """What the `nth` newest event of some sort tells, a number from 0 up to `most`; 0 while there was none."""

    name: str
    of: Hashable
    where: Expr = field(eq=False)
    value: Expr = field(eq=False)
    most: int
    nth: int

    @property
    def told(self) -> Expr:
        """What an event tells if it is of the sort, else null."""
        return nw.when(self.where).then(self.value)


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

    def newest(self, key: Hashable, where: Expr, value: Expr, most: int, nth: int = 1) -> Expr:
        made = Newest(f"newest_{len(self.events)}", key, where, value, most, nth)
        event = self.events.setdefault((key, nth), made)
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
    return reading.newest("given", handed, nw.col("position") + whole(1), DAYS - 2)


def spans_of(plan: Plan, events: Frame, reading: Reading, columns: Sequence[str] = ()) -> Frame:
    """Each issue's spans, from the round `first` up to, and without, `stop`, with what the reading asks of events.

    With `columns` of the issues, and then only of those that have a row there.
    """
    course, asked = reading.course, list(dict.fromkeys(("place", *columns))) if columns else []
    out = events.with_columns(day=numbers_of(nw.col("day")), due=numbers_of(nw.col("due")))
    out = out.with_columns(first=course.past(nw.col("day"))).filter(nw.col("first") < whole(len(course)))
    if (last := plan.last_position) < FEW:
        spans = _side_by_side(plan, out, reading, asked, last + 1)
    else:
        spans = _one_after_another(out, reading)
        if asked:
            spans = spans.join(plan.tables["issues"].select(*asked, issue="id"), on="issue", how="inner")
    return _with(spans.filter(nw.col("first") < nw.col("stop")), dict(reading.turns.values()))


def _side_by_side(plan: Plan, events: Frame, reading: Reading, columns: Sequence[str], positions: int) -> Frame:
    """By one look at the events: all of an issue in one row, and from there a span after each."""
    issues, kinds = plan.tables["issues"], plan.tables["issues"].collect_schema()
    words = _packed_in(
        [("first", nw.col("first"), len(reading.course)), *((e.name, e.told, e.most) for e in _kinds(reading))]
    )
    there = nw.col("position")
    told = {
        f"word_{n}_{at}": nw.when(there == whole(at)).then(word.column).otherwise(whole(0))
        for n, word in enumerate(words)
        for at in range(positions)
    }
    nothing = {column: nw.lit(None, dtype=kinds[column]) for column in columns}
    rows = [events.select("issue", **nothing, **told)]
    if columns:
        rows.append(issues.select(*columns, issue="id", **dict.fromkeys(told, whole(0))))
    most = {name: nw.col(name).max() for name in (*columns, *told)}
    lives = nw.concat([row.select("issue", *most) for row in rows]).group_by("issue").agg(**most)
    if columns:
        lives = lives.filter(~nw.col("place").is_null())
    lives = plan.settle(lives.with_columns(*(nw.col(name).cast(INT) for name in told)))
    parts = [_span(plan, lives, reading, columns, words, at, positions) for at in range(positions)]
    return nw.concat(parts)


def _span(
    plan: Plan, lives: Frame, reading: Reading, columns: Sequence[str], words: Sequence[Word], at: int, positions: int
) -> Frame:
    """The span after the event at one position."""

    def read(name: str, position: int) -> Expr:
        """What the event there tells, and 1; 0: nothing."""
        return next(
            word.read(name, nw.col(f"word_{n}_{position}"), spark=plan.spark)
            for n, word in enumerate(words)
            if name in word.names
        )

    stop = whole(len(reading.course) + 1)
    for later in reversed(range(at + 1, positions)):
        begun = read("first", later)
        stop = nw.when(begun > whole(0)).then(begun).otherwise(stop)
    newest: dict[str, Expr] = {}
    for kind in _kinds(reading):
        told = [whole(0)] * max(e.nth for e in reading.events.values() if e.of == kind.of)
        for position in range(at + 1):
            found = read(kind.name, position)
            seen = found > whole(0)
            told = [
                nw.when(seen).then(new).otherwise(old)
                for new, old in zip((found - whole(1), *told), told, strict=False)
            ]
        newest |= {e.name: told[e.nth - 1] for e in reading.events.values() if e.of == kind.of}
    rows = lives.filter(nw.col(f"word_0_{at}") > whole(0))
    return rows.select("issue", *columns, first=read("first", at) - whole(1), stop=stop - whole(1), **newest)


def _kinds(reading: Reading) -> list[Newest]:
    """The sorts of events, each once."""
    return list({e.of: e for e in reversed(reading.events.values())}.values())


@frozen
class Word:
    """Several small numbers in one: each from 0 to its most, and 1 added; 0 where it is null."""

    column: Expr
    shifts: Mapping[str, tuple[int, int]]
    """At which bit each begins, and how many it takes."""

    @property
    def names(self) -> Collection[str]:
        return self.shifts.keys()

    def read(self, name: str, word: Expr, *, spark: bool) -> Expr:
        at, bits = self.shifts[name]
        from_there = floor_div(word, whole(1 << at), spark=spark) if at else word
        return from_there % whole(1 << bits)


def _packed_in(numbers: Iterable[tuple[str, Expr, int]]) -> list[Word]:
    """As few words as hold them, in their order."""
    words: list[Word] = []
    used = BITS
    for name, number, most in numbers:
        bits = (most + 1).bit_length()
        column = nw.when(number.is_null()).then(whole(0)).otherwise(number + whole(1))
        if used + bits > BITS:
            words.append(Word(column, {name: (0, bits)}))
            used = bits
        else:
            last = words[-1]
            words[-1] = Word(last.column + column * whole(1 << used), {**last.shifts, name: (used, bits)})
            used += bits
    return words


def _one_after_another(out: Frame, reading: Reading) -> Frame:
    """By windows over the events of each issue, which may be many."""
    course, asked = reading.course, tuple(reading.events.values())
    out = _with(out, {f"is_{e.name}": e.where for e in asked} | {e.name: e.value for e in asked})
    out = _with(out, {e.name: _nth(e) for e in asked if e.nth > 1})
    out = _with(out, {e.name: _packed(e) for e in asked})
    out = out.with_columns(
        stop=nw.col("first").shift(-1).over("issue", order_by="position"),
        **{e.name: nw.col(e.name).cum_max().over("issue", order_by="position").cast(INT) for e in asked},
    )
    unpacked = {e.name: (nw.col(e.name) % whole(DAYS)).cast(INT) for e in asked}
    return out.select("issue", "first", stop=nw.col("stop").fill_null(whole(len(course))).cast(INT), **unpacked)


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
