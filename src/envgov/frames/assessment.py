"""Assess in columns: from tables and a scheme to standings, placements and proposed measures, by one plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw

from envgov.errors import SchemeError
from envgov.facts.round import Round
from envgov.frames.decisions import decide, shown
from envgov.frames.engine import Expr, one, whole
from envgov.frames.figures import Figures, figures_of
from envgov.frames.issue_ladders import issue_calls
from envgov.frames.kleene import NO, YES, holds
from envgov.frames.number import KNOWN
from envgov.frames.places import Places, Ruled
from envgov.frames.register import Register
from envgov.frames.results import Result, Work
from envgov.frames.rounds import Rounds
from envgov.frames.sheet import KEYS, Plan, Sheet, sheet_of
from envgov.frames.store import Store
from envgov.frames.tables import Tables
from envgov.policy.term import terms_in
from envgov.scheme import Scheme


def assess(scheme: Scheme, rounds: Iterable[Round], tables: Tables) -> Result:
    """Decide rounds of one scheme, oldest first, exactly as `assess_season` does with those rounds and no history.

    Nothing is computed before the result is asked for but what is small: rulings, and who heads units where a counter
    asks for it. A round of a ranking scheme in which no unit of the field was assessed was not held.

    Raises:
        FramesError: a tolerance, a possible overflow, a kind without a columnar form.
        SchemeError: the scheme is not in force for one of the rounds.
    """
    given, plan = _in_order(scheme, rounds), Plan(tables)
    rulings, heads = _rulings(scheme, tables), _heads(scheme, tables)
    nothing = tables.without_rows()
    proof = Plan(nothing, Store(nothing.units), spark=plan.spark)
    _worked_out(scheme, given, proof, rulings, heads)

    def work() -> Work:
        return _worked_out(scheme, given, Plan(tables, Store(tables.units), proof.asked), rulings, heads)

    return Result(scheme, given, work)


def _worked_out(
    scheme: Scheme, given: tuple[Round, ...], plan: Plan, rulings: tuple[Ruled, ...], heads: Sequence[Headed]
) -> Work:
    """All that is decided, as columns."""
    tables = plan.tables
    field = sheet_of(scheme, Rounds(given), plan)
    excused = _excused(scheme, field, rulings)
    figures = figures_of(scheme, field, excused)
    register, inside = _held(scheme, figures, plan)
    state = register.keep(figures.state.fill_null(whole(KNOWN)))
    assessed = inside & (state == whole(KNOWN)) if scheme.ranked else state == whole(KNOWN)
    places = Places(
        register,
        given,
        tables["designations"],
        tables["slips"],
        rulings,
        inside=inside,
        assessed=assessed,
        judged=inside & assessed,
        maxima=tables.maxima,
        heads=_headed(heads, given, register, inside) if _asks_for_heads(scheme) else None,
    )
    decisions = decide(scheme, places, figures.columns)
    of_issues = [ladder for ladder in scheme.ladders if ladder.subject == "issue"]
    calls = tuple(issue_calls(scheme, ladder, decisions.places, plan) for ladder in of_issues)
    state, decisions = shown(register, state, decisions)
    return Work(plan, register, state, decisions, calls)


def _in_order(scheme: Scheme, rounds: Iterable[Round]) -> tuple[Round, ...]:
    given = tuple(sorted(rounds, key=lambda round: round.start))
    early = [round.label for round in given if not scheme.judges(round)]
    if early or not given:
        raise SchemeError(
            f"scheme {scheme.id} applies since {scheme.since}, and not to {', '.join(early)}"
            if early
            else f"scheme {scheme.id}: give one round at least"
        )
    return given


def _rulings(scheme: Scheme, tables: Tables) -> tuple[Ruled, ...]:
    """What was ruled on this scheme; rulings are few."""
    own = tables["rulings"].filter(nw.col("scheme") == nw.lit(scheme.id))
    rows = own.select("unit", "concerns", "condition", "holds", "issue").collect("polars").rows()
    return tuple(Ruled(*row) for row in rows)


def _excused(scheme: Scheme, field: Sheet, rulings: tuple[Ruled, ...]) -> Expr:
    """Who is exempt, asked before anything is ranked."""
    if scheme.exempt is None:
        return NO
    register = Register(field.frame)
    tables = field.tables
    places = Places(register, field.rounds.spans, tables["designations"], tables["slips"], rulings, YES, YES, NO)
    excused = holds(places.ask(scheme.exempt))
    columns, name = field.frame.columns, field.plan.name("excused")
    field.frame = register.frame.with_columns(excused.alias(name))
    field.settle(*columns, name)
    return nw.col(name)


def _held(scheme: Scheme, figures: Figures, plan: Plan) -> tuple[Register, Expr]:
    """The register of the rounds that were held, and who is in the field of each.

    Counters look back on rounds in which a unit was not in the field too.
    """
    frame = figures.frame
    if scheme.ranked:
        known = one(figures.state == whole(KNOWN))
        frame = frame.with_columns(is_held=known.max().over("round")).filter(nw.col("is_held") == whole(1))
    if any(hasattr(term, "editions") for term in terms_in((scheme.boards, scheme.ladders))):
        everywhere = frame.select("round").unique().join(frame.select("unit").unique(), how="cross")
        frame = everywhere.join(frame, on=list(KEYS), how="left")
    register = Register(plan.settle(frame), plan)
    return register, register.keep(~nw.col("group").is_null())


class Headed(NamedTuple):
    """Who heads which unit, from the day `since` up to the day before `until`."""

    unit: Any
    who: str
    since: date | None
    until: date | None

    def on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


def _asks_for_heads(scheme: Scheme) -> bool:
    return any(getattr(term, "heads", "") == "restart" for term in terms_in((scheme.boards, scheme.ladders)))


def _heads(scheme: Scheme, tables: Tables) -> Sequence[Headed]:
    """Who heads units; they are few."""
    if not _asks_for_heads(scheme):
        return ()
    own = tables["assignments"].filter(nw.col("role") == nw.lit(scheme.head))
    return [Headed(*row) for row in own.select("place", "who", "since", "until").collect("polars").rows()]


def _headed(heads: Sequence[Headed], rounds: Sequence[Round], register: Register, inside: Expr) -> Expr:
    """A number for those who head a unit on the last day of each round; null where nobody is on record, or outside."""
    who: dict[tuple[int, Any], set[str]] = {}
    for n, round in enumerate(rounds):
        for head in heads:
            if head.on(round.last_day):
                who.setdefault((n, head.unit), set()).add(head.who)
    numbers: dict[frozenset[str], int] = {}
    rows = [(*key, numbers.setdefault(frozenset(heads), len(numbers))) for key, heads in who.items()]
    (column,) = register.note({"round": int, "unit": str, "head": int}, rows)
    return register.keep(nw.when(inside).then(column))
