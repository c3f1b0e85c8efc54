"""Issues that closed rounds leave to later ones: all of which anything may still be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals.stable.v2 as nw

from envgov.facts.issue import State
from envgov.facts.round import Round
from envgov.frames.asked import read
from envgov.frames.days import courses_of
from envgov.frames.engine import Expr, Frame, whole
from envgov.frames.kleene import NO, YES
from envgov.frames.lives import Reading, spans_of
from envgov.frames.rounds import Rounds
from envgov.frames.sheet import Plan
from envgov.frames.tables import Tables
from envgov.policy.conditions.issues import in_state
from envgov.policy.conditions.logic import all_of, any_of, not_
from envgov.policy.scoring.ledger import count_issues, rate
from envgov.policy.term import terms_in
from envgov.scheme import Scheme

OF_ISSUES: Mapping[str, str] = {"issues": "id", "responsible": "issue", "events": "issue", "handed": "issue"}
"""The tables of issues, and the column in which each has their ids."""
DAY = timedelta(days=1)
Bounds = Callable[[Expr], tuple[Expr, Expr]]
"""Whether a condition certainly holds at the end of a round, and whether it may."""


def open_issues(editions: Sequence[Scheme], tables: Tables, last: Round) -> dict[str, Frame]:
    """The tables of issues as they stood at the end of the last round, without those that are done with.

    An issue is done with when it is closed or ended, and no count and no ladder of the editions may take it in: not in
    the first round to come, nor ever after, and no day on which one might is still to come.
    """
    (course,) = courses_of(Rounds((Round(last.end, last.end + DAY, "first"), Round(date.max - DAY, date.max, "last"))))
    reading = Reading(course)
    asked = [_bounds(condition, reading) for condition in _conditions(editions)]
    done_with = [read(in_state(state.value), reading) for state in (State.CLOSED, State.ENDED)]
    events = tables["events"].filter(nw.col("day") < nw.lit(last.end))
    spans = spans_of(Plan(tables), events, reading, list(reading.columns))
    first, ever_after = whole(0), whole(1)
    matters = ~reduce(or_, (done(first) for done in done_with))
    for bounds in asked:
        matters = matters | bounds(first)[1] | bounds(ever_after)[1]
    for turn, _ in reading.turns.values():
        matters = matters | (nw.col(turn) == ever_after)
    # what a locality's own rule asks of issues is not known
    is_own = any(hasattr(term, "column") for term in terms_in(tuple(editions)))
    stands = (spans if is_own else spans.filter(matters)).select("issue").unique()
    kept = {**tables.frames, "events": events}
    events_by_then = events.select("issue", "position")
    kept["handed"] = tables["handed"].join(events_by_then, on=["issue", "position"], how="semi")
    return {
        name: kept[name].join(stands.rename({"issue": id_} if id_ != "issue" else {}), on=id_, how="semi")
        for name, id_ in OF_ISSUES.items()
    }


def _conditions(editions: Sequence[Scheme]) -> Iterator[Any]:
    """Whatever is asked of issues: by counts, and by the rungs of ladders about them."""
    for term in terms_in(tuple(editions)):
        if isinstance(term, count_issues):
            yield term.when
        elif isinstance(term, rate):
            yield term.among
        elif getattr(term, "subject", "") == "issue" and hasattr(term, "rungs"):
            yield from (rung.when for rung in term.rungs)


def _bounds(condition: Any, reading: Reading) -> Bounds:
    """What is asked of units is not known yet."""
    match condition:
        case all_of(parts=parts) | any_of(parts=parts):
            given = [_bounds(part, reading) for part in parts]
            both = and_ if isinstance(condition, all_of) else or_
            return lambda at: (
                reduce(both, (one(at)[0] for one in given)),
                reduce(both, (one(at)[1] for one in given)),
            )
        case not_(when=when):
            other = _bounds(when, reading)
            return lambda at: (~other(at)[1], ~other(at)[0])
        case _ if getattr(condition, "subject", "") == "issue":
            answer = read(condition, reading)
            return lambda at: (answer(at), answer(at))
        case _:
            return lambda _: (NO, YES)
