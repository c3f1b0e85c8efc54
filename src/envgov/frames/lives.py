"""The lives of issues as spans of rounds, at whose ends an issue stands as the same event left it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence

import narwhals.stable.v2 as nw
from attrs import define, field, frozen

from envgov.facts.issue import HANDED
from envgov.frames.days import DAYS, Course
from envgov.frames.engine import INT, Expr, Frame, days_of, gather, one, whole, without_last
from envgov.frames.kleene import NO
from envgov.frames.plainness import is_plain, plain_events, sound_event
from envgov.frames.sheet import Plan
from envgov.frames.tables import Tables

Answer = Callable[[Expr], Expr]
"""Whether a condition holds at the end of the round of that place in the course."""
FEW = 8
"""Up to so many events of an issue are looked at side by side."""
PLAIN = 16
"""Issues of more events are not plainly sound."""
BITS = 53
"""Numbers of so many bits are exact as doubles."""


@frozen
class Newest:
    """What the `nth` newest event of some sort tells, a number from 0 up to `most`; 0 while there was none.

    `of_days`: the number is 1 or 0, and what is told the day of the event, or 0. `is_read`: answers read it, and not
    turns and marks alone.
    """

    name: str
    of: Hashable
    where: Expr = field(eq=False)
    value: Expr = field(eq=False)
    most: int
    nth: int
    is_read: bool
    of_days: bool = False

    @property
    def number(self) -> Expr:
        """1 more than the value of an event of the sort, else 0."""
        return nw.when(self.where).then(self.value + whole(1)).otherwise(whole(0))

    @property
    def told(self) -> Expr:
        """What an event of the sort tells."""
        return self.value * nw.col("day") if self.of_days else self.value


@define
class Reading:
    """What is to be known of issues: it grows while conditions are read, and each column is made once.

    The columns of `turns` are rounds in which an answer may turn though nothing happens to the issue; those of `marks`
    tell whether something holds whatever the round. Answers that read these, rather than days, are the same of many
    issues, and given to all of them at once.
    """

    course: Course
    events: dict[Hashable, Newest] = field(factory=dict)
    turns: dict[Hashable, tuple[str, Expr]] = field(factory=dict)
    marks: dict[Hashable, tuple[str, Expr]] = field(factory=dict)
    columns: dict[str, None] = field(factory=dict)
    """Those of the table of issues."""

    def newest(self, key: Hashable, where: Expr, value: Expr, most: int, nth: int = 1, *, is_read: bool = True) -> Expr:
        return self._newest(Newest(f"newest_{len(self.events)}", key, where, value, most, nth, is_read))

    def newest_day(self, key: Hashable, where: Expr, is_told: Expr) -> Expr:
        """The day of the newest event of the sort where that is told, else 0; answers do not read it."""
        name = f"newest_{len(self.events)}"
        return self._newest(Newest(name, key, where, one(is_told), 1, 1, is_read=False, of_days=True))

    def _newest(self, made: Newest) -> Expr:
        return nw.col(self.events.setdefault((made.of, made.nth), made).name)

    def turn(self, key: Hashable, round: Expr) -> Expr:
        name, _ = self.turns.setdefault(key, (f"turn_{len(self.turns)}", round))
        return nw.col(name)

    def mark(self, key: Hashable, holds: Expr) -> Expr:
        name, _ = self.marks.setdefault(key, (f"mark_{len(self.marks)}", one(holds)))
        return nw.col(name) == whole(1)

    @property
    def derived(self) -> dict[str, Expr]:
        """The columns that are made of what events tell."""
        return dict([*self.turns.values(), *self.marks.values()])

    @property
    def answered_by(self) -> dict[str, int]:
        """The columns that answers read, and the most that each may be; none is below -1."""
        never = len(self.course)
        newest = {e.name: e.most for e in self.events.values() if e.is_read}
        turns = {name: never for name, _ in self.turns.values()}
        return newest | turns | {name: 1 for name, _ in self.marks.values()}

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
        spans = _one_after_another(_numbered(events), reading)
        if columns:
            spans = spans.join(plan.tables["issues"].select(*columns, issue="id"), on="issue", how="inner")
    return plan.shallow(_with(spans.filter(nw.col("first") < nw.col("stop")), reading.derived))


def are_plain(tables: Tables) -> bool:
    """Whether no issue needs a second look, by one at the events of each side by side."""
    plan = Plan(tables, unseen=frozenset({"events"}))
    if plan.last_position >= PLAIN:
        return False
    lives = _lives(plan, tables["events"], Reading(Course((), ())), ["place"])
    return is_plain(lives.frame.select(**lives.soundness), tables)


def sums_at_ends(plan: Plan, reading: Reading, asked: Sequence[Answer], key: str) -> Frame:
    """By a column of the issues, of how many each holds at the end of each round: sum_0_0 of the first, and so on.

    Issues that are alike in all that answers read are answered once.
    """
    lives = _lives(plan, plan.tables["events"], reading, [key, *reading.columns])
    rows, words = lives.likeness()
    packed = {f"like_{n}": word.column for n, word in enumerate(words)}
    rows = lives.looked_through(plan.settle(rows.select(key, *reading.columns, **packed, **lives.soundness)))
    like = [*reading.columns, *packed]
    answered = lives.with_answers(_unpacked(rows.select(*like).unique(), words, "like"), asked)
    names = [f"sum_{n}_{at}" for at in range(len(reading.course)) for n in range(len(asked))]
    words = _packed_in([(name, nw.col(name), plan.most_issues) for name in names])
    sums = {f"sums_{n}": word.column for n, word in enumerate(words)}
    answered = plan.settle(answered.select(*like, **sums))
    summed = gather(rows.join(answered, on=like, how="inner"), (key,), dict.fromkeys(sums, "sum"))
    return _unpacked(summed, words, "sums")


def _unpacked(rows: Frame, words: Sequence[Word], named: str) -> Frame:
    """The numbers in words, each in a column of its own."""
    read = {name: word.read(name, nw.col(f"{named}_{n}")) for n, word in enumerate(words) for name in word.names}
    return rows.with_columns(**read)


def _numbered(events: Frame) -> Frame:
    """The events with their days as numbers: those that no calendar of ours has, which would not fit, as its ends."""
    numbers = {name: days_of(nw.col(name), events) for name in ("day", "due")}
    first, last = whole(1), whole(DAYS - 2)
    return events.with_columns(
        **{name: nw.when(n > last).then(last).when(n < first).then(first).otherwise(n) for name, n in numbers.items()}
    )


def _lives(plan: Plan, events: Frame, reading: Reading, columns: Sequence[str]) -> Lives:
    """By one look at the events: all of an issue in one row, with columns of the issues or of events alone."""
    columns = list(dict.fromkeys(("place", *columns))) if columns else []
    told_of = [("day", nw.col("day"), DAYS - 1), *((e.name, e.number, e.most + 1) for e in _kinds(reading))]
    is_looked_through = bool(columns) and plan.is_unseen("events")
    if is_looked_through:
        told_of.insert(1, ("sound", nw.col("sound"), 1))
        events = events.with_columns(sound=sound_event(plan.tables))
    words = _packed_in([(name, number.fill_null(whole(0)), most) for name, number, most in told_of])
    positions = range(plan.last_position + 1)
    told = {
        f"word_{n}_{at}": nw.when(nw.col("position") == whole(at)).then(nw.col(f"word_{n}")).otherwise(whole(0))
        for n, word in enumerate(words)
        for at in positions
    }
    rows = _numbered(events).with_columns(**{f"word_{n}": word.column for n, word in enumerate(words)})
    rows = rows.select("issue", **told)
    gathered = {name: nw.col(name).max().cast(INT) for name in told}
    if columns and events.implementation.is_polars():  # it gathers rows of both kinds sooner than it joins them
        issues = plan.tables["issues"]
        kinds, its = issues.collect_schema(), {column: nw.col(column) for column in columns}
        found = issues.select(issue="id", **dict.fromkeys(told, whole(0)), **its)
        rows = rows.with_columns(**{column: nw.lit(None, dtype=kinds[column]) for column in columns})
        of_both = {"rows": nw.len().cast(INT) - whole(1), **{column: nw.col(column).max() for column in columns}}
        frame = nw.concat([rows, found]).group_by("issue").agg(**gathered, **of_both)
    else:
        frame = rows.group_by("issue").agg(**gathered, rows=nw.len().cast(INT))
        if columns:
            issues = plan.tables["issues"].select(*columns, issue="id")
            frame = frame.join(issues, on="issue", how="left")
    return Lives(reading, frame, tuple(columns), tuple(words), tuple(positions), plan, is_looked_through)


@frozen(eq=False)
class Lives:
    """A row for each issue: what each of its events tells, by its position, in words."""

    reading: Reading
    frame: Frame
    columns: tuple[str, ...]
    words: tuple[Word, ...]
    positions: tuple[int, ...]
    plan: Plan
    is_looked_through: bool
    """Whether its words tell which issues are plainly sound."""

    def spans(self) -> Frame:
        """The span after each event, those of one position after those of another."""
        never, parts = whole(len(self.reading.course)), []
        rows = self.looked_through(self.plan.settle(_with(self.frame, self.soundness)))
        rows = self._read(rows.filter(~nw.col("place").is_null()) if self.columns else rows)
        rows = self.plan.shallow(rows)
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

    @property
    def soundness(self) -> dict[str, Expr]:
        """How many events each issue has that is plainly sound, if they are looked through."""
        if not self.is_looked_through:
            return {}
        sound, days = ([self._first_word(name, at) for at in self.positions] for name in ("sound", "day"))
        n = nw.when(~nw.col("place").is_null()).then(nw.col("rows")).otherwise(whole(0))
        return {"plain_events": plain_events(n, sound, days)}

    def looked_through(self, rows: Frame) -> Frame:
        """The rows of all issues, worked out with what tells their soundness."""
        if self.is_looked_through:
            self.plan.looks["events"] = is_plain(rows, self.plan.tables)
        return rows

    def likeness(self) -> tuple[Frame, list[Word]]:
        """The rows with all that answers read, after each event, and how it is packed."""
        rows, most = self._read(self.frame), {"first": len(self.reading.course), **self.reading.answered_by}
        for at in self.positions:
            rows = _with(_with(rows, self._newest(at)), self.reading.derived)
            rows = _with(rows, {f"{name}_{at}": nw.col(name) + whole(1) for name in self.reading.answered_by})
        numbers = ((f"{name}_{at}", most_) for at in self.positions for name, most_ in most.items())
        return rows, _packed_in([(name, nw.col(name), most_ + 1) for name, most_ in numbers])

    def with_answers(self, rows: Frame, asked: Sequence[Answer]) -> Frame:
        """Whether each holds at the end of each round, of rows that are alike."""
        rounds = range(len(self.reading.course))
        for at in self.positions:
            rows = _with(rows, {name: nw.col(f"{name}_{at}") - whole(1) for name in self.reading.answered_by})
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
            rows = rows.with_columns(**{f"{name}_{at}": number for name, number in told.items()})
            day = nw.col(f"day_{at}")
            first = nw.when(day > whole(0)).then(self.reading.course.past(day)).otherwise(never)
            rows = rows.with_columns(**{f"first_{at}": first})
            columns = {}
            for kind in _kinds(self.reading):
                new = nw.col(f"{kind.name}_{at}")
                for nth in range(1, 1 + max(e.nth for e in self.reading.events.values() if e.of == kind.of)):
                    older = nw.col(f"{kind.name}_{nth}_{at - 1}") if at else whole(0)
                    newer = nw.col(f"{kind.name}_{nth - 1}_{at - 1}") if at else whole(0)
                    if nth == 1:
                        newer = (new - whole(1)) * nw.col(f"day_{at}") if kind.of_days else new - whole(1)
                    columns[f"{kind.name}_{nth}_{at}"] = nw.when(new > whole(0)).then(newer).otherwise(older)
            rows = _with(rows, columns)
        return rows

    def _first_word(self, name: str, at: int) -> Expr:
        """What the first word tells of the event at the position; 0 where there is none."""
        return self.words[0].read(name, nw.col(f"word_0_{at}"))

    def _told_in(self, word: Word, n: int, at: int) -> list[tuple[str, Expr]]:
        column = nw.col(f"word_{n}_{at}")
        return [(name, word.read(name, column)) for name in word.names]


def _kinds(reading: Reading) -> list[Newest]:
    """The sorts of events, each once."""
    return list({e.of: e for e in reversed(reading.events.values())}.values())


@frozen
class Word:
    """Several small numbers in one: each from 0 to its most."""

    column: Expr
    shifts: Mapping[str, tuple[int, int]]
    """At which bit each begins, and how many it takes."""

    @property
    def names(self) -> Collection[str]:
        return self.shifts.keys()

    def read(self, name: str, word: Expr) -> Expr:
        at, bits = self.shifts[name]
        from_there, end = without_last(word, at), at + bits
        is_last = end == max(sum(place) for place in self.shifts.values())
        return from_there if is_last else from_there - without_last(word, end) * whole(1 << bits)


def _packed_in(numbers: Iterable[tuple[str, Expr, int]]) -> list[Word]:
    """As few words as hold them, in their order, each with the most that it may be."""
    words: list[Word] = []
    used = BITS
    for name, number, most in numbers:
        bits = max(1, most.bit_length())
        if used + bits > BITS:
            words.append(Word(number, {name: (0, bits)}))
            used = bits
        else:
            last = words[-1]
            words[-1] = Word(last.column + number * whole(1 << used), {**last.shifts, name: (used, bits)})
            used += bits
    return words


def _one_after_another(events: Frame, reading: Reading) -> Frame:
    """By windows over the events of each issue, which may be many."""
    course, asked = reading.course, tuple(reading.events.values())
    out = events.with_columns(first=course.past(nw.col("day"))).filter(nw.col("first") < whole(len(course)))
    out = _with(out, {f"is_{e.name}": e.where for e in asked} | {e.name: e.told for e in asked})
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
