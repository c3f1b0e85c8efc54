"""Counters look back: on the rounds of the plan, and on those that were closed before."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve

from envgov.frames.engine import Expr, Frame, whole
from envgov.frames.kleene import NO, YES, choose, fails
from envgov.frames.logic import sees
from envgov.frames.past import KEYS, NOT_SETTLED, Asked, Past, moved
from envgov.frames.places import Places
from envgov.policy.conditions.counters import LASTING

NO_HEAD = nw.lit(None, dtype=nw.String)
Form = Callable[[Any, Places], Expr]


def looks_back(form: Form) -> Form:
    """The columnar form of a counter, by the form over rounds that are all on one register."""

    @wraps(form)
    def answered(counter: Any, places: Places) -> Expr:
        answer, seen = places.ask(counter.when), seen_at(counter, places)
        alone = _alone(counter, places, answer, seen)
        register, n = alone.register, len(alone.rounds) - len(places.rounds)
        columns = {"said": register.name(form(counter, alone))}
        if (name := _name("settled", counter, alone)) in alone.asked:
            columns["settled"] = register.name(alone.asked[name])
        register.settle()
        rows = register.frame.filter(nw.col("round") >= whole(n))
        told = {what: nw.col(column) for what, column in columns.items()}
        rows = rows.select("unit", round=nw.col("round") - whole(n), is_asked=YES, **told)
        is_asked, said, *settled = places.register.join(rows, "is_asked", *columns)
        said, *settled = (choose((is_asked.is_null(), NO), otherwise=column) for column in (said, *settled))
        places.counted[places.counts(counter)] = Asked(answer, seen, *(settled or [NOT_SETTLED]))
        return said

    return answered


def seen_at(counter: Any, places: Places) -> Expr:
    """Whether the round gave the unit what the answer rests on."""
    return places.once(_name("seen", counter.when, places), lambda: sees(counter.when, places))


def settled_at(counter: Any, places: Places, column: Expr) -> Expr:
    """What a counter said at each place, where later rounds ask for it; in closed rounds, as it was settled then."""
    was = places.asked.get(_name("was", counter, places))
    if was is not None:
        column = choose((nw.col("is_past"), was), otherwise=column)
    return places.once(_name("settled", counter, places), lambda: column)


def _name(what: str, term: Any, places: Places) -> tuple[str, Any, str]:
    return (what, term, places.board)


def _alone(counter: Any, places: Places, answer: Expr, seen: Expr) -> Places:
    """As a counter sees the places: of the units, in all rounds, for which what it counts may hold in one of these.

    It holds of no other unit; but what lasts may hold since a closed round.
    """
    past = places.past
    is_of_all = past is not None and counter.repeat == LASTING
    name = (*_name("alone", counter.when, places), is_of_all)
    if name not in places.asked:
        places.register.hold()
        head = NO_HEAD if places.heads is None else places.heads
        now = places.register.frame.select(*KEYS, head=head, answer=answer, seen=seen)
        if not is_of_all:
            possible = now.filter(nw.col("seen") & ~fails(nw.col("answer"))).select("unit").unique()
            now = now.join(possible, on="unit", how="semi")
        alone = _by_themselves(counter, places, now) if past is None else _with_past(counter, places, past, now)
        places.asked[name] = alone
    known: Places = places.asked[name]
    if past is not None:
        *_, settled = past.of(places.counts(counter))
        known.asked[_name("was", counter, places)] = nw.col(settled)
    return known


def _by_themselves(counter: Any, places: Places, now: Frame) -> Places:
    return evolve(
        places,
        register=places.register.beside(now),
        heads=None if places.heads is None else nw.col("head"),
        asked={(counter.when, places.board): nw.col("answer"), _name("seen", counter.when, places): nw.col("seen")},
    )


def _with_past(counter: Any, places: Places, past: Past, now: Frame) -> Places:
    """With the places of closed rounds before these, and what each counter said there."""
    n, (answer, seen, _) = len(past.rounds), past.of(places.counts(counter))
    now = moved(now, n).with_columns(is_past=NO, **dict.fromkeys(past.settled, NOT_SETTLED))
    units = now.select("unit").unique()
    known = past.frame.join(units, on="unit", how="semi")  # mostly fewer than all
    told = known.select(*KEYS, "head", *past.settled, answer=nw.col(answer), seen=nw.col(seen))
    then = past.held.join(units, how="cross").join(told, on=list(KEYS), how="left")
    then = then.with_columns(nw.col("seen").fill_null(value=False), is_past=YES)
    editions = (*past.editions, *(places.of for _ in places.rounds))
    numbers = {edition: n for n, edition in enumerate(dict.fromkeys(editions))}
    alone = _by_themselves(counter, places, nw.concat([then.select(now.columns), now]))
    return evolve(
        alone,
        rounds=(*past.rounds, *places.rounds),
        edition=alone.register.per_round([numbers[edition] for edition in editions]) if len(numbers) > 1 else None,
        past=None,
    )
