"""Conditions on issues, read into what must be known of each and the answer at the end of a round."""

from __future__ import annotations

from functools import reduce, singledispatch
from operator import and_, or_
from typing import Any

import narwhals.stable.v2 as nw

from envgov.facts.issue import MOVES, EventKind, State
from envgov.frames.days import DAYS
from envgov.frames.engine import Expr, whole
from envgov.frames.lives import Answer, Reading
from envgov.frames.refusal import refuse_kind
from envgov.policy.conditions.issues import (
    DONE,
    During,
    category_is,
    due,
    happened,
    in_state,
    not_closed_on_time,
    on_time,
    overdue,
    slipped,
    source_is,
)
from envgov.policy.conditions.logic import all_of, any_of, not_

_STATES = {state: number for number, state in enumerate(State, 1)}
_UNDONE = (EventKind.REJECTED, EventKind.RELAPSED)


@singledispatch
def read(condition: Any, reading: Reading) -> Answer:
    """What the condition answers of an issue, and in `reading` what it must know for it.

    A kind that is not the core's has a method `read(reading)`, which answers it.

    Raises:
        FramesError: the kind has no columnar form.
    """
    if not hasattr(condition, "read"):
        refuse_kind(condition, "a method read(reading)")
    answer: Answer = condition.read(reading)
    return answer


@read.register
def _(condition: all_of, reading: Reading) -> Answer:
    given = [read(part, reading) for part in condition.parts]
    return lambda at: reduce(and_, (answer(at) for answer in given))


@read.register
def _(condition: any_of, reading: Reading) -> Answer:
    given = [read(part, reading) for part in condition.parts]
    return lambda at: reduce(or_, (answer(at) for answer in given))


@read.register
def _(condition: not_, reading: Reading) -> Answer:
    given = read(condition.when, reading)
    return lambda at: ~given(at)


@read.register
def _(condition: happened, reading: Reading) -> Answer:
    seen = _newest_event(reading, condition.what, nw.col("what") == condition.what, condition.times)
    return _seen(reading, (condition.what, condition.times), seen, condition.during)


@read.register
def _(condition: slipped, reading: Reading) -> Answer:
    issued = (nw.col("what") == EventKind.SLIPPED.value) & (nw.col("slip") == condition.level)
    seen = _newest_event(reading, ("slip", condition.level), issued.fill_null(False), 1)
    return _seen(reading, ("slip", condition.level), seen, condition.during)


def _newest_event(reading: Reading, key: Any, where: Expr, times: int) -> Expr:
    """One more than the round in which that event is no longer of the round."""
    return reading.newest(
        ("event", key), where, reading.course.gone(nw.col("day")) + whole(1), len(reading.course) + 1, times
    )


def _seen(reading: Reading, key: Any, seen: Expr, during: During) -> Answer:
    if during == "ever":
        return lambda _: seen > whole(0)
    gone = reading.turn(("gone", key), seen - whole(1))
    return lambda at: at < gone


@read.register
def _(condition: in_state, reading: Reading) -> Answer:
    return _is_in(reading, State(condition.state))


def _is_in(reading: Reading, *states: State) -> Answer:
    reached = {EventKind.FOUND: State.OPEN} | {kind: following for kind, (_, following) in MOVES.items()}
    value = whole(0)
    for state, number in _STATES.items():
        kinds = [kind.value for kind, following in reached.items() if following is state]
        value = nw.when(nw.col("what").is_in(kinds)).then(whole(number)).otherwise(value)
    state_then = reading.newest("state", value > whole(0), value, len(_STATES))
    meant = reduce(or_, (state_then == whole(_STATES[state]) for state in states))
    return lambda _: meant


def _due(reading: Reading) -> Expr:
    """The day given last, 0 without one."""
    given = nw.col("due").fill_null(whole(0))
    is_set = (given > whole(0)) | (nw.col("what") == EventKind.RELAPSED.value)
    return reading.newest("due", is_set, given, DAYS - 2, is_read=False)


def _due_by(reading: Reading, after: int = 0) -> Expr:
    """The round at whose end that day, or so many days after it, is reached."""
    day, course = _due(reading), reading.course
    reached = nw.when(day > whole(0)).then(course.past(day, after)).otherwise(whole(len(course)))
    return reading.turn(("due", after), reached)


def _is_due(reading: Reading, during: During) -> Answer:
    reached = _due_by(reading)
    if during == "ever":
        return lambda at: at >= reached
    gone = reading.turn("due gone", reading.course.gone(_due(reading)))
    return lambda at: (at >= reached) & (at < gone)


@read.register
def _(condition: due, reading: Reading) -> Answer:
    given, ended = _is_due(reading, condition.during), _is_in(reading, State.ENDED)
    return lambda at: given(at) & ~ended(at)


def _is_on_time(reading: Reading, what: str) -> Answer:
    done, undone = [kind.value for kind in DONE[what]], [kind.value for kind in _UNDONE]
    last = reading.newest_day(("done", what), nw.col("what").is_in([*done, *undone]), nw.col("what").is_in(done))
    in_time = reading.mark(("done", what), (last > whole(0)) & (last <= _due(reading)))
    ended = _is_in(reading, State.ENDED)
    return lambda at: in_time & ~ended(at)


@read.register
def _(condition: on_time, reading: Reading) -> Answer:
    return _is_on_time(reading, condition.what)


@read.register
def _(condition: not_closed_on_time, reading: Reading) -> Answer:
    passed, kept = _is_due(reading, condition.during), _is_on_time(reading, "closed")
    uncounted = _is_in(reading, State.SUSPENDED, State.ENDED)
    return lambda at: passed(at) & ~uncounted(at) & ~kept(at)


@read.register
def _(condition: overdue, reading: Reading) -> Answer:
    late, is_open = _due_by(reading, condition.days), _is_in(reading, State.OPEN)
    return lambda at: (at >= late) & is_open(at)


@read.register
def _(condition: source_is, reading: Reading) -> Answer:
    source = reading.column("source")
    return lambda _: source == nw.lit(condition.source)


@read.register
def _(condition: category_is, reading: Reading) -> Answer:
    category = reading.column("category")
    return lambda _: category == nw.lit(condition.category)
