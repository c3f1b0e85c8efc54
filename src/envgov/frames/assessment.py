"""Assess in columns: from tables and a scheme to standings, placements and proposed measures, by one plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw
from attrs import frozen

from envgov.errors import SchemeError
from envgov.facts.round import Round
from envgov.frames.closed import ClosedRounds
from envgov.frames.decisions import ask_counters, decide, shown
from envgov.frames.doubts import may_be
from envgov.frames.engine import Expr, is_spark, one, whole
from envgov.frames.figures import Figures, figures_of
from envgov.frames.issue_ladders import issue_calls
from envgov.frames.kleene import NO, YES, holds
from envgov.frames.number import KNOWN
from envgov.frames.part import Part
from envgov.frames.past import Past
from envgov.frames.places import Places
from envgov.frames.register import Register
from envgov.frames.results import Result
from envgov.frames.rounds import Rounds
from envgov.frames.rulings import Ruled, rulings_on
from envgov.frames.sheet import KEYS, Plan, Sheet, sheet_of
from envgov.frames.soundness import refuse_checked, refuse_doubtful, refuse_unsound
from envgov.frames.store import Store
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
    rounds, but where a scoring rule reads earlier days (`mean_over`, `to_date`, `change`, `count_repeats`), of issues
    too; and an issue that relapses is given anew, with all its events, since issues that were done with are not in the
    state.

    Nothing is computed before the result is asked for but what is small: rulings, and who heads units where a counter
    asks for it. A round of a ranking scheme in which no unit of the field was assessed was not held.

    Raises:
        FramesError: a tolerance, a possible overflow, a kind without a columnar form.
        SchemeError: the scheme is not in force for one of the rounds, the editions are not of one scheme, or the state
            does not tell what a counter asks.
        ValueError: a round is given twice, or rounds overlap.
        InputError: the state is of another scheme or other rules, of these rounds or later ones, or of another engine; a
            ruling lacks what it says, or two of them contradict each other.
    """
    editions = editions_of(scheme)
    given = _in_order(editions, rounds)
    past, earlier = (None, {}) if state is None else state.before(editions, given[0], tables)
    judged = tuple(_judged(editions, given, tables))
    nothing = tables.without_rows()
    unseen = frozenset() if tables.sound else frozenset({"events", "findings", "issues"})
    proof = Plan(nothing, Store(nothing.units), spark=is_spark(tables.units), unseen=unseen)
    _parts(judged, proof, None if past is None else past.without_rows())

    def work() -> tuple[Part, ...]:
        store = Store(tables.units)
        try:
            known = tables.after({name: store.keep(rows) for name, rows in earlier.items()})
            plan = Plan(known, store, proof.asked, unseen=frozenset(proof.looks))
            parts = _looked_through(judged, plan, past)
            refuse_checked(plan)
        except BaseException:
            store.give_up()
            raise
        plan.let_go()
        return parts

    return Result(editions, given, tables.after(earlier), state, work)


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
    if shared := [f"{one.label} and {other.label}" for one, other in pairwise(given) if other.start < one.end]:
        raise ValueError(f"rounds have no day in common: {', '.join(shared)} do; give each once")
    return given


@frozen
class Judged:
    """Rounds that one edition judges, with what is known at the edge; `first` is the position of the first of them.

    Counters of `later` editions look back on them too.
    """

    scheme: Scheme
    later: tuple[Scheme, ...]
    rounds: tuple[Round, ...]
    first: int
    rulings: tuple[Ruled, ...]
    heads: tuple[Headed, ...] | None
    """None: nobody asks."""

    @property
    def is_counted(self) -> bool:
        return any(hasattr(term, "editions") for term in _asking(self.scheme, *self.later))


class Headed(NamedTuple):
    """Who heads which unit, from the day `since` up to the day before `until`."""

    unit: Any
    who: str
    since: date | None
    until: date | None

    def on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


def _judged(editions: Sequence[Scheme], given: Sequence[Round], tables: Tables) -> Iterator[Judged]:
    first, rulings = 0, rulings_on(editions, given, tables)
    for edition, its_rounds in groupby(given, key=lambda round: in_force(editions, round)):
        assert edition is not None
        later = tuple(other for other in editions if other.since > edition.since)
        rounds = tuple(its_rounds)
        yield Judged(edition, later, rounds, first, rulings, _heads(edition, later, tables))
        first += len(rounds)


def _asking(*editions: Scheme) -> Iterator[Any]:
    """The terms that may look back on rounds."""
    return terms_in(tuple((edition.boards, edition.ladders) for edition in editions))


def _parts(judged: Iterable[Judged], plan: Plan, past: Past | None) -> tuple[Part, ...]:
    """What each edition decides of its rounds, each after those before it."""
    parts: list[Part] = []
    for rounds in judged:
        parts.append(_part(rounds, plan, past))
        if rounds.later:
            past = parts[-1].left_to(past)
    return tuple(parts)


def _looked_through(judged: Iterable[Judged], plan: Plan, past: Past | None) -> tuple[Part, ...]:
    """What is decided of tables that contain what facts could; the largest are looked through on the way."""
    if plan.tables.sound:
        return _parts(judged, plan, past)
    refuse_unsound(plan.tables, but=plan.unseen)
    try:
        parts = _parts(judged, plan, past)
    except Exception:
        refuse_unsound(plan.tables)  # no number of facts stops an engine: it may have been one that is none
        raise
    refuse_doubtful(plan)
    return parts


def _part(judged: Judged, plan: Plan, past: Past | None) -> Part:
    """All that one edition decides, as columns, with what the later ones will count of it."""
    scheme, tables = judged.scheme, plan.tables
    field = sheet_of(scheme, Rounds(judged.rounds), plan)
    excused = _excused(scheme, field, judged.rulings)
    figures = figures_of(scheme, field, excused)
    register, inside = _held(scheme, figures, plan, is_counted=judged.is_counted)
    state = register.keep(figures.state.fill_null(whole(KNOWN)))
    assessed = inside & (state == whole(KNOWN)) if scheme.ranked else state == whole(KNOWN)
    places = Places(
        register,
        judged.rounds,
        tables["designations"],
        tables["slips"],
        judged.rulings,
        inside=inside,
        assessed=assessed,
        judged=inside & assessed,
        maxima=tables.maxima,
        heads=None if judged.heads is None else _headed(judged.heads, judged.rounds, register, inside),
        of=scheme.edition,
        past=past,
    )
    decisions = decide(scheme, places, figures.columns)
    of_issues = [ladder for ladder in scheme.ladders if ladder.subject == "issue"]
    calls = [issue_calls(scheme, ladder, decisions.places, plan) for ladder in of_issues]
    for edition in judged.later:
        ask_counters(edition, decisions.places)
    state, decisions, asked = shown(register, state, decisions)
    register.frame = plan.last(register.frame)
    calls = [plan.last(frame) for frame in calls]
    standings = register.frame if register.held is None else register.held
    return Part(scheme, judged.rounds, judged.first, register.frame, standings, state, decisions, tuple(calls), asked)


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


def _held(scheme: Scheme, figures: Figures, plan: Plan, *, is_counted: bool) -> tuple[Register, Expr]:
    """The register of the rounds that were held, and who is in the field of each.

    Where something `is_counted`, each unit has a row in each of them: counters look back on rounds in which it was not
    in the field too; if no unit begins or ends, it has one already. Where nothing is ranked, whoever is not absent was
    assessed: so is a unit that is yet to come.
    """
    frame = figures.frame
    if scheme.ranked:
        known = one(figures.state == whole(KNOWN))
        frame = frame.with_columns(is_held=known.max().over("round")).filter(nw.col("is_held") == whole(1))
    if is_counted and (plan.is_dated or not scheme.ranked):
        units = frame if scheme.ranked else plan.tables.units.filter(nw.col("level").is_in(scheme.levels))
        everywhere = frame.select("round").unique().join(units.select("unit").unique(), how="cross")
        frame = everywhere.join(frame, on=list(KEYS), how="left")
    register = Register(plan.settle(frame), plan)
    return register, register.keep(~nw.col("group").is_null())


def _heads(scheme: Scheme, later: Sequence[Scheme], tables: Tables) -> tuple[Headed, ...] | None:
    """Who heads units, where a counter asks for it; they are few."""
    if not any(getattr(term, "heads", "") == "restart" for term in _asking(scheme, *later)):
        return None
    own = tables["assignments"].filter(nw.col("role") == nw.lit(scheme.head))
    own = own.filter(may_be(nw.col("since")), may_be(nw.col("until")))
    return tuple(Headed(*row) for row in own.select("place", "who", "since", "until").collect("polars").rows())


def _headed(heads: Sequence[Headed], rounds: Sequence[Round], register: Register, inside: Expr) -> Expr:
    """Those who head a unit on the last day of each round, a line each; null where nobody is on record, or outside."""
    who: dict[tuple[int, Any], set[str]] = {}
    for n, round in enumerate(rounds):
        for head in heads:
            if head.on(round.last_day):
                who.setdefault((n, head.unit), set()).add(str(head.who))
    rows = [(*key, "\n".join(sorted(heads))) for key, heads in who.items()]
    (column,) = register.note({"round": int, "unit": str, "head": str}, rows)
    return register.keep(nw.when(inside).then(column))
