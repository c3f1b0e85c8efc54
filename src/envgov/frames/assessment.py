"""Assess in columns: from tables and a scheme to standings, placements and proposed measures, by one plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import narwhals.stable.v2 as nw

from envgov.errors import SchemeError
from envgov.facts.round import Round
from envgov.frames.closed import ClosedRounds
from envgov.frames.decisions import ask_counters, decide
from envgov.frames.engine import Expr, one, whole
from envgov.frames.figures import Figures, figures_of
from envgov.frames.issue_ladders import issue_calls
from envgov.frames.kleene import NO, YES, holds
from envgov.frames.number import KNOWN
from envgov.frames.part import Part
from envgov.frames.past import Past
from envgov.frames.places import Places, Ruled
from envgov.frames.register import Register
from envgov.frames.results import Result
from envgov.frames.rounds import Rounds
from envgov.frames.sheet import KEYS, Sheet, sheet_of
from envgov.frames.tables import Tables
from envgov.policy.term import terms_in
from envgov.scheme import Scheme, in_force
from envgov.season import editions_of


def assess(
    scheme: Scheme | Sequence[Scheme], rounds: Iterable[Round], tables: Tables, *, state: ClosedRounds | None = None
) -> Result:
    """Decide rounds of one scheme, oldest first, exactly as `assess_season` does with those rounds and no history.

    Several editions of the scheme may be given: each round is judged by the one that is in force for it. With the
    `state` of closed rounds, counters look back on these, and issues that were open then are still known: the tables
    are decided that one assessment of all rounds would give. The tables then need no inspections and events of closed
    rounds, but where a scoring rule reads earlier days.

    Nothing is computed before the result is asked for but what is small: rulings, and who heads units where a counter
    asks for it. A round of a ranking scheme in which no unit of the field was assessed was not held.

    Raises:
        FramesError: a tolerance, a possible overflow, a kind without a columnar form.
        SchemeError: the scheme is not in force for one of the rounds, the editions are not of one scheme, or the state
            does not tell what a counter asks.
        InputError: the state is of another scheme, of these rounds or later ones, or of another engine.
    """
    editions = editions_of(scheme)
    given = _in_order(editions, rounds)
    past = None
    if state is not None:
        past, tables = state.before(editions[0].id, given[0], tables)
    parts: list[Part] = []
    for edition, its_rounds in groupby(given, key=lambda round: in_force(editions, round)):
        assert edition is not None
        later = [other for other in editions if other.since > edition.since]
        first = sum(len(part.rounds) for part in parts)
        parts.append(_part(edition, later, tuple(its_rounds), first, tables, past))
        if later:
            past = parts[-1].left_to(past, parts[-1].register.frame)
    return Result(editions, given, tables, tuple(parts), state)


def _in_order(editions: Sequence[Scheme], rounds: Iterable[Round]) -> tuple[Round, ...]:
    given = tuple(sorted(rounds, key=lambda round: round.start))
    scheme, *_ = editions
    early = [round.label for round in given if in_force(editions, round) is None]
    if early or not given:
        raise SchemeError(
            f"scheme {scheme.id} applies since {scheme.since}, and not to {', '.join(early)}"
            if early
            else f"scheme {scheme.id}: give one round at least"
        )
    return given


def _part(
    scheme: Scheme, later: Sequence[Scheme], rounds: tuple[Round, ...], first: int, tables: Tables, past: Past | None
) -> Part:
    """The rounds that one edition judges, with what the later ones will count of them."""
    field = sheet_of(scheme, Rounds(rounds), tables)
    rulings = _rulings(scheme, tables)
    excused = _excused(scheme, field, rulings)
    figures = figures_of(scheme, field, excused)
    asking = [term for edition in (scheme, *later) for term in terms_in((edition.boards, edition.ladders))]
    register, inside = _held(scheme, figures, tables, is_counted=any(hasattr(term, "editions") for term in asking))
    state = register.keep(figures.state.fill_null(whole(KNOWN)))
    assessed = inside & (state == whole(KNOWN)) if scheme.ranked else state == whole(KNOWN)
    goes_by_heads = any(getattr(term, "heads", "") == "restart" for term in asking)
    places = Places(
        register,
        rounds,
        tables["designations"],
        tables["slips"],
        rulings,
        inside=inside,
        assessed=assessed,
        judged=inside & assessed,
        maxima=tables.maxima,
        heads=_heads(scheme, rounds, register, tables, inside) if goes_by_heads else None,
        of=scheme.edition,
        past=past,
    )
    decisions = decide(scheme, places, figures.columns)
    of_issues = [ladder for ladder in scheme.ladders if ladder.subject == "issue"]
    calls = tuple(issue_calls(scheme, ladder, decisions.places, tables) for ladder in of_issues)
    for edition in later:
        ask_counters(edition, decisions.places)
    asked = dict(sorted(places.counted.items()))
    return Part(scheme, rounds, first, field.plan, register, state, decisions, calls, asked)


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
    name = field.plan.name("excused")
    field.frame = register.frame.with_columns(excused.alias(name)).select(*field.frame.columns, name)
    return nw.col(name)


def _held(scheme: Scheme, figures: Figures, tables: Tables, *, is_counted: bool) -> tuple[Register, Expr]:
    """The register of the rounds that were held, and who is in the field of each.

    Where something `is_counted`, each unit has a row in each of them: counters look back on rounds in which it was not
    in the field too. Where nothing is ranked, whoever is not absent was assessed: so is a unit that is yet to come.
    """
    frame = figures.frame
    if scheme.ranked:
        known = one(figures.state == whole(KNOWN))
        frame = frame.with_columns(is_held=known.max().over("round")).filter(nw.col("is_held") == whole(1))
    if is_counted:
        units = frame if scheme.ranked else tables.units.filter(nw.col("level").is_in(scheme.levels))
        everywhere = frame.select("round").unique().join(units.select("unit").unique(), how="cross")
        frame = everywhere.join(frame, on=list(KEYS), how="left")
    register = Register(frame)
    return register, register.keep(~nw.col("group").is_null())


def _heads(scheme: Scheme, rounds: Sequence[Round], register: Register, tables: Tables, inside: Expr) -> Expr:
    """Those who head a unit on the last day of each round, a line each; null where nobody is on record, or outside."""
    own = tables["assignments"].filter(nw.col("role") == nw.lit(scheme.head))
    terms = own.select("place", "who", "since", "until").collect("polars").rows()
    who: dict[tuple[int, Any], set[str]] = {}
    for n, round in enumerate(rounds):
        for place, head, since, until in terms:
            if (since is None or since <= round.last_day) and (until is None or round.last_day < until):
                who.setdefault((n, place), set()).add(str(head))
    rows = [(*key, "\n".join(sorted(heads))) for key, heads in who.items()]
    (column,) = register.note({"round": int, "unit": str, "head": str}, rows)
    return register.keep(nw.when(inside).then(column))
