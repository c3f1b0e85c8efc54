"""Counters look back: on the rounds of the plan, and on those that were closed before."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve

from envgov.frames.engine import Expr, whole
from envgov.frames.kleene import NO, YES, choose
from envgov.frames.logic import sees
from envgov.frames.past import KEYS, NOT_SETTLED, Asked, Past
from envgov.frames.places import Places

NO_HEAD = nw.lit(None, dtype=nw.String)
Form = Callable[[Any, Places], Expr]


def looks_back(form: Form) -> Form:
    """The columnar form of a counter, by the form over rounds that are all on one register."""

    @wraps(form)
    def answered(counter: Any, places: Places) -> Expr:
        answer, seen = places.ask(counter.when), seen_at(counter, places)
        if places.past is None:
            said = form(counter, places)
            settled = places.asked.get(_name("settled", counter, places), NOT_SETTLED)
        else:
            longer = _with_past(counter, places, places.past, answer, seen)
            said = form(counter, longer)
            then = {"said": said, "settled": longer.asked.get(_name("settled", counter, longer), NOT_SETTLED)}
            n = len(places.past.rounds)
            rows = longer.register.frame.with_columns(**then).filter(nw.col("round") >= whole(n))
            rows = rows.select("unit", *then, round=nw.col("round") - whole(n))
            said, settled = places.register.join(rows, *then)
        places.counted[places.counts(counter)] = Asked(answer, seen, settled)
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


def _with_past(counter: Any, places: Places, past: Past, answer: Expr, seen: Expr) -> Places:
    """The places of closed rounds before these, as the counter sees them."""
    n, names = len(past.rounds), ["answer", "seen", "was"]
    head = NO_HEAD if places.heads is None else places.heads
    places.register.settle()
    now = places.register.frame.select(
        "unit", round=nw.col("round") + whole(n), head=head, answer=answer, seen=seen, was=NOT_SETTLED, is_past=NO
    )
    told = {new: nw.col(old) for new, old in zip(names, past.of(places.counts(counter)), strict=True)}
    every = past.held.join(now.select("unit").unique(), how="cross")
    then = every.join(past.frame.select(*KEYS, "head", **told), on=list(KEYS), how="left")
    then = then.with_columns(nw.col("seen").fill_null(value=False), is_past=YES)
    columns = [*KEYS, "head", *names, "is_past"]
    register = places.register.beside(nw.concat([then.select(columns), now.select(columns)]))
    editions = (*past.editions, *(places.of for _ in places.rounds))
    numbers = {edition: n for n, edition in enumerate(dict.fromkeys(editions))}
    asked: dict[object, Expr] = {
        (counter.when, places.board): nw.col("answer"),
        _name("seen", counter.when, places): nw.col("seen"),
        _name("was", counter, places): nw.col("was"),
    }
    return evolve(
        places,
        register=register,
        rounds=(*past.rounds, *places.rounds),
        heads=None if places.heads is None else nw.col("head"),
        edition=register.per_round([numbers[edition] for edition in editions]) if len(numbers) > 1 else None,
        past=None,
        asked=asked,
    )
