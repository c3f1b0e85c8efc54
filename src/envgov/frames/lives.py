"""The lives of issues as spans of rounds, at whose ends an issue stands as the same event left it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence

import narwhals.stable.v2 as nw
from attrs import define, field, frozen

from envgov.facts.issue import HANDED
from envgov.frames.days import DAYS, Course, numbers_of
from envgov.frames.engine import INT, Expr, Frame, floor_div, gather, one, whole
from envgov.frames.kleene import NO
from envgov.frames.sheet import Plan

Answer = Callable[[Expr], Expr]
"""Whether a condition holds at the end of the round of that place in the course."""
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
    if plan.last_position < FEW:
        spans = _lives(plan, events, reading, columns).spans()
    else:
        spans = _one_after_another(_told(events, reading), reading)
        if columns:
            spans = spans.join(plan.tables["issues"].select(*columns, issue="id"), on="issue", how="inner")
    return _with(spans.filter(nw.col("first") < nw.col("stop")), dict(reading.turns.values()))


def sums_at_ends(plan: Plan, reading: Reading, asked: Sequence[Answer], key: str) -> Frame:
    """By a column of the issues, of how many each holds at the end of each round: sum_0_0 of the first, and so on."""
    lives = _lives(plan, plan.tables["events"], reading, [key, *reading.columns])
    rows = lives.with_answers(asked)
    sums = {f"sum_{n}_{at}": "sum" for at in range(len(reading.course)) for n in range(len(asked))}
    return gather(rows.select(key, *sums), (key,), sums)


def _told(events: Frame, reading: Reading) -> Frame:
    """The events up to the end of the course, each with the round at whose end it is `first` past."""
    out = events.with_columns(day=numbers_of(nw.col("day")), due=numbers_of(nw.col("due")))
    return out.with_columns(first=reading.course.past(nw.col("day"))).filter(
        nw.col("first") < whole(len(reading.course))
    )


def _lives(plan: Plan, events: Frame, reading: Reading, columns: Sequence[str]) -> Lives:
    """By one look at the events: all of an issue in one row."""
    issues, kinds = plan.tables["issues"], plan.tables["issues"].collect_schema()
    columns = list(dict.fromkeys(("place", *columns))) if columns else []
    first = ("first", nw.col("first"), len(reading.course))
    words = _packed_in([first, *((e.name, e.told, e.most) for e in _kinds(reading))])
    positions = range(plan.last_position + 1)
    told = {
        f"word_{n}_{at}": nw.when(nw.col("position") == whole(at)).then(word.column).otherwise(whole(0))
        for n, word in enumerate(words)
        for at in positions
    }
    nothing = {column: nw.lit(None, dtype=kinds[column]) for column in columns}
    rows = [_told(events, reading).select("issue", **nothing, **told)]
    if columns:
        rows.append(issues.select(*columns, issue="id", **dict.fromkeys(told, whole(0))))
    most = {name: nw.col(name).max() for name in (*columns, *told)}
    frame = nw.concat([row.select("issue", *most) for row in rows]).group_by("issue").agg(**most)
    if columns:
        frame = frame.filter(~nw.col("place").is_null())
    frame = frame.with_columns(*(nw.col(name).cast(INT) for name in told))
    return Lives(reading, frame, tuple(columns), tuple(words), tuple(positions), plan)


@frozen(eq=False)
class Lives:
    """A row for each issue: what each of its events tells, by its position, in words."""

    reading: Reading
    frame: Frame
    columns: tuple[str, ...]
    words: tuple[Word, ...]
    positions: tuple[int, ...]
    plan: Plan

    def spans(self) -> Frame:
        """The span after each event, those of one position after those of another."""
        never, parts = whole(len(self.reading.course)), []
        rows = self._read(self.plan.settle(self.frame))
        for at in self.positions:
            stop = never
            for later in reversed(self.positions[at + 1 :]):
                first = nw.col(f"first_{later}")
                stop = nw.when(first < never).then(first).otherwise(stop)
            there = rows.filter(nw.col(f"first_{at}") < never)
            parts.append(
                there.select("issue", *self.columns, first=nw.col(f"first_{at}"), stop=stop, **self._newest(at))
            )
        return nw.concat(parts)

    def with_answers(self, asked: Sequence[Answer]) -> Frame:
        """Whether each holds at the end of each round."""
        rows, rounds = self._read(self.frame), range(len(self.reading.course))
        turns = dict(self.reading.turns.values())
        for at in self.positions:
            rows = _with(_with(rows, self._newest(at)), turns)
            rows = rows.with_columns(
                **{f"met_{n}_{round}_{at}": met(whole(round)) for n, met in enumerate(asked) for round in rounds}
            )
        return rows.with_columns(
            **{f"sum_{n}_{round}": one(self._met(n, round)) for n in range(len(asked)) for round in rounds}
        )

    def _met(self, n: int, round: int) -> Expr:
        """The answer after the last event that is past at the end of the round."""
        met = NO
        for at in self.positions:
            met = nw.when(nw.col(f"first_{at}") <= whole(round)).then(nw.col(f"met_{n}_{round}_{at}")).otherwise(met)
        return met

    def _newest(self, at: int) -> dict[str, Expr]:
        """What the reading asks, after the event at that position."""
        named = {kind.of: kind.name for kind in _kinds(self.reading)}
        return {e.name: nw.col(f"{named[e.of]}_{e.nth}_{at}") for e in self.reading.events.values()}

    def _read(self, rows: Frame) -> Frame:
        """The words, read: in which round each event is past, and what of each sort is the newest then."""
        never = whole(len(self.reading.course))
        for at in self.positions:
            told = {name: read for n, word in enumerate(self.words) for name, read in self._told_in(word, n, at)}
            first = told.pop("first")
            rows = rows.with_columns(
                **{f"first_{at}": nw.when(first > whole(0)).then(first - whole(1)).otherwise(never)},
                **{f"{name}_{at}": number for name, number in told.items()},
            )
            columns = {}
            for kind in _kinds(self.reading):
                new = nw.col(f"{kind.name}_{at}")
                for nth in range(1, 1 + max(e.nth for e in self.reading.events.values() if e.of == kind.of)):
                    older = nw.col(f"{kind.name}_{nth}_{at - 1}") if at else whole(0)
                    newer = (
                        new - whole(1) if nth == 1 else nw.col(f"{kind.name}_{nth - 1}_{at - 1}") if at else whole(0)
                    )
                    columns[f"{kind.name}_{nth}_{at}"] = nw.when(new > whole(0)).then(newer).otherwise(older)
            rows = _with(rows, columns)
        return rows

    def _told_in(self, word: Word, n: int, at: int) -> list[tuple[str, Expr]]:
        column = nw.col(f"word_{n}_{at}")
        return [(name, word.read(name, column, spark=self.plan.spark)) for name in word.names]


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
