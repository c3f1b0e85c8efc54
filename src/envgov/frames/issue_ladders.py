"""Ladders about issues in columns: a row for each issue in each round in which a measure may be called for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals.stable.v2 as nw
from attrs import define, evolve, field

from envgov.frames.asked import read
from envgov.frames.boards import called
from envgov.frames.days import courses_of
from envgov.frames.engine import Expr, Frame, kind_of_codes, least, small_table
from envgov.frames.kleene import NO, OPEN, YES, choose
from envgov.frames.lives import Answer, Reading, spans_of
from envgov.frames.logic import are_met
from envgov.frames.places import Places
from envgov.frames.reach import lines_of, on_the_grid
from envgov.frames.refusal import FramesError
from envgov.frames.rounds import Rounds
from envgov.frames.rulings import Ruled
from envgov.frames.sheet import Plan
from envgov.policy.conditions.condition import needs_of
from envgov.policy.conditions.counters import cumulative, k_of_last, streak
from envgov.policy.conditions.logic import all_of, any_of, not_
from envgov.policy.conditions.places import ruled
from envgov.policy.ladders import Ladder
from envgov.policy.term import terms_in
from envgov.scheme import Scheme

Asked = Callable[[Expr, bool], Expr]
"""The answer at the end of a round; where nothing is known of the unit yet, null if that may decide it."""
AT_ISSUES = ("round", "unit", "issue")


def issue_calls(scheme: Scheme, ladder: Ladder, places: Places, plan: Plan) -> Frame:
    """What a ladder proposes about issues: `round`, `unit` (of the field, the nearest), `issue`, `rung`, `pending`.

    Raises:
        FramesError: a kind has no columnar form, or a ruling about an issue answers what a counter asks.
    """
    rounds = Rounds(tuple(places.rounds))
    (course,) = courses_of(rounds)
    asking = _Asking(places, Reading(course))
    _refuse_nested_rulings(ladder, asking.rulings)
    answers = [asking.read(rung.when) for rung in ladder.rungs]
    spans = spans_of(plan, plan.tables["events"], asking.reading, ["place", *asking.reading.columns])
    spans = on_the_grid(spans, plan, course)
    spans = plan.settle(spans.join(_nearest(scheme, plan), on="place", how="inner"))
    rows = asking.joined(_in_rounds(spans, asking.reading, answers))
    named = {f"rung_{n}": answer(nw.col("round"), True) for n, answer in enumerate(answers)}
    rows = plan.settle(rows.select(*AT_ISSUES, **named))
    calls = called(ladder, [nw.col(name) for name in named], YES)
    return nw.concat(
        [
            rows.filter(call.proposed).select(*AT_ISSUES, rung=nw.lit(call.rung.measure), pending=call.pending)
            for call in calls
        ]
    )


def _nearest(scheme: Scheme, plan: Plan) -> Frame:
    """Each place with the unit of the field at which it lies, or below which it lies nearest."""
    tables = plan.tables
    units = tables.units.filter(nw.col("level").is_in(scheme.levels)).select("unit")
    if scheme.among is not None:
        among = tables["designations"].filter(nw.col("designation") == nw.lit(scheme.among))
        units = units.join(among.select("unit").unique(), on="unit", how="semi")
    pairs = lines_of(plan).join(units, on="unit", how="inner")
    pairs = pairs.with_columns(nearest=nw.col("steps").min().over("place"))
    return pairs.filter(nw.col("steps") == nw.col("nearest")).select("place", "unit")


def _in_rounds(spans: Frame, reading: Reading, answers: Sequence[Asked]) -> Frame:
    """The spans in each of their rounds in which a rung may be called for."""
    first, stop = nw.col("first"), nw.col("stop")
    turns = [nw.col(name) for name, _ in reading.turns.values()]
    parts, seen = [], list[Expr]()
    for start in (first, *turns):
        inside = (first <= start) & (start < stop)
        for other in seen:
            inside = inside & (start != other)
        seen.append(start)
        later = [nw.when(turn > start).then(turn).otherwise(stop) for turn in turns]
        may = reduce(or_, (answer(start, False).fill_null(value=True) for answer in answers))
        until = least(stop, *later)
        parts.append(spans.filter(inside & may).with_columns(since=start, until=until))
    every = small_table(spans, {"round": int}, [(n,) for n in range(len(reading.course))])
    rows = nw.concat(parts).join(every, how="cross")
    return rows.filter(nw.col("since") <= nw.col("round"), nw.col("round") < nw.col("until")).drop("since", "until")


@define(eq=False)
class _Asking:
    """Conditions on an issue and on the unit where it lies, with the columns of units that they read."""

    places: Places
    reading: Reading
    columns: list[str] = field(factory=list)
    rows_ruled: dict[str, list[tuple[Any, ...]]] = field(factory=dict)

    @property
    def rulings(self) -> list[Ruled]:
        return [ruling for ruling in self.places.rulings if ruling.issue]

    def read(self, condition: Any) -> Asked:
        match condition:
            case all_of(parts=parts):
                given = [self.read(part) for part in parts]
                return self.settled(condition, lambda at, known: reduce(and_, (one(at, known) for one in given)))
            case any_of(parts=parts):
                given = [self.read(part) for part in parts]
                return self.settled(condition, lambda at, known: reduce(or_, (one(at, known) for one in given)))
            case not_(when=when):
                return self.negated(condition, self.read(when))
            case _ if getattr(condition, "subject", "") == "issue":
                return _of_the_issue(read(condition, self.reading))
            case _:
                return self.of_the_unit(condition)

    def negated(self, condition: not_, given: Asked) -> Asked:
        answer = self.settled(condition, lambda at, known: ~given(at, known))
        needs = needs_of(condition.when)
        if not (needs.figures or needs.boards or needs.any_board):
            return answer
        met = self.kept(are_met(condition.when, evolve(self.places, assessed=YES)))
        return lambda at, known: choose((met, answer(at, known)), otherwise=NO) if known else OPEN & answer(at, known)

    def of_the_unit(self, condition: Any) -> Asked:
        """As of the unit; but what was ruled about the issue goes before what was ruled about the unit."""
        answer = self.kept(self.places.ask(condition))
        if (found := self.ruling(condition)) is None:
            return lambda _, known: answer if known else OPEN
        if isinstance(condition, ruled):
            decided = nw.coalesce(found, answer)
            return lambda _, known: decided if known else OPEN
        others = tuple(ruling for ruling in self.places.rulings if ruling.condition != repr(condition))
        unruled = self.kept(evolve(self.places, rulings=others, asked={}, counted={}).ask(condition))
        settled = choose((unruled.is_null() & ~found.is_null(), found), otherwise=answer)
        return lambda _, known: settled if known else OPEN

    def settled(self, condition: Any, held: Asked) -> Asked:
        """The answer; where it is open, that of a ruling about the issue, or else about the unit."""
        of_issue, of_unit = self.ruling(condition), self.places.ruling(condition)
        rulings = [] if of_issue is None else [of_issue]
        rulings += [] if of_unit is None else [self.kept(of_unit)]
        if not rulings:
            return held

        def answer(at: Expr, known: bool) -> Expr:
            given = held(at, known)
            return choose((given.is_null(), nw.coalesce(*rulings)), otherwise=given) if known else given

        return answer

    def kept(self, column: Expr) -> Expr:
        """A column of units, to be joined."""
        self.columns.append(self.places.register.name(column))
        return nw.col(self.columns[-1])

    def ruling(self, condition: Any) -> Expr | None:
        """What was ruled on it about the issue, null where nothing was; None: about no issue."""
        text = repr(condition)
        found = {
            (position, ruling.unit, ruling.issue): ruling.holds
            for ruling in self.rulings
            if ruling.condition == text
            for position, round in enumerate(self.places.rounds)
            if ruling.concerns in round
        }
        if not found:
            return None
        self.rows_ruled[text] = [(*key, holds) for key, holds in found.items()]
        return nw.col(f"ruled_{list(self.rows_ruled).index(text)}")

    def joined(self, rows: Frame) -> Frame:
        """The rows of issues with the columns of their units, where these are in the field, and with rulings."""
        register = self.places.register
        inside = register.frame.filter(self.places.inside).select("round", "unit", *dict.fromkeys(self.columns))
        rows = rows.join(inside, on=["round", "unit"], how="inner")
        unit, issue = (kind_of_codes(rows, name) for name in ("unit", "issue"))
        for n, given in enumerate(self.rows_ruled.values()):
            kinds: dict[str, type] = {"round": int, "unit": unit, "issue": issue, f"ruled_{n}": bool}
            told = [(at, its, issue(id_), holds) for at, its, id_, holds in given if issue is str or id_.isdecimal()]
            rows = rows.join(small_table(rows, kinds, told), on=list(AT_ISSUES), how="left")
        return rows


def _of_the_issue(answer: Answer) -> Asked:
    return lambda at, _: answer(at)


def _refuse_nested_rulings(ladder: Ladder, rulings: Sequence[Ruled]) -> None:
    """A counter is asked of units: what was ruled about an issue on a part of it reaches no column."""
    answered = {ruling.condition for ruling in rulings}
    for counter in terms_in(ladder):
        if isinstance(counter, streak | cumulative | k_of_last):
            for part in terms_in(counter.when):
                if repr(part) in answered:
                    raise FramesError(f"{part!r} is ruled on about an issue, inside {counter!r}: assess by objects")
