"""The strategies do draw the hard cases: each is found, so that no property above holds for want of trying."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import Phase, given, seed, settings, strategies as st

import envgov as eg
import strategies as own
from envgov.codec.kinds import TERMS
from envgov.policy.term import terms_in
from strategies import Case, Field, Month

T = TypeVar("T")
TRIED = 400


@cache
def examples_of(strategy: Callable[[], st.SearchStrategy[T]]) -> Sequence[T]:
    """So many examples, the same ones every time."""
    seen: list[T] = []

    @seed(20240229)
    @settings(max_examples=TRIED, database=None, derandomize=False, deadline=None, phases=(Phase.generate,))
    @given(strategy())
    def collect(example: T) -> None:
        seen.append(example)

    collect()
    return seen


def published(field: Field) -> list[Decimal | Fraction]:
    return [s.score for s in field.assess().record.standings]


def ties_at_the_cut(field: Field) -> bool:
    record = field.assess().record
    return any(eg.bottom(2, ties="decide").at(eg.Place(s.unit, record, ())).value is None for s in record.standings)


def broken_ties(field: Field) -> bool:
    standings = field.assess().record.standings
    return any(1 < s.tied < s.size and s.level < s.tied for s in standings)


def breakers_missing_for_one_of_the_tied(field: Field) -> bool:
    groups = [{s.unit for s in field.assess().record.standings if s.ahead == n} for n in range(6)]
    return any(
        len(tied) > 1 and {column[unit] is None for unit in tied} == {True, False}
        for _, column in field.breakers
        for tied in groups
    )


FIELDS: dict[str, Callable[[Field], bool]] = {
    "one village": lambda f: len(f.scores) == 1,
    "nobody assessed": lambda f: not f.assessed,
    "one assessed among others": lambda f: len(f.assessed) == 1 < len(f.scores),
    "a list longer than what is left": lambda f: len(f.assessed) < 4 < len(f.scores),
    "all equal": lambda f: len(f.assessed) > 2 and len(set(f.assessed.values())) == 1,
    "equal only once rounded": lambda f: len(set(published(f))) < len(set(f.assessed.values())),
    "a half to be rounded": lambda f: any(x * 100 % 10 == 5 for x in f.assessed.values()),
    "a tie at the cut": ties_at_the_cut,
    "a tie that breakers settle in part": broken_ties,
    "a breaker missing for one of the tied": breakers_missing_for_one_of_the_tied,
    "breakers of both directions": lambda f: {better for better, _ in f.breakers} == {"higher", "lower"},
    "both groups": lambda f: set(f.groups.values()) == set(own.GROUPS),
}


@pytest.mark.parametrize("name", FIELDS)
def test_fields_hold(name: str) -> None:
    assert any(map(FIELDS[name], examples_of(own.fields)))


MONTHS: dict[str, Callable[[list[Month]], bool]] = {
    "a history without earlier rounds": lambda m: len(m) == 1,
    "a round not held inside a run": lambda m: len(m) > 1 and m[0].missed and {x.outcome for x in m[:2]} == {"yes"},
    "an absence inside a run": lambda m: [x.outcome for x in m[:3]] == ["yes", "absent", "yes"],
    "an absence and a round not held together": lambda m: any(
        x.missed and y.outcome == "absent" for x, y in pairwise(m)
    ),
    "two open rounds": lambda m: sum(x.outcome == "open" for x in m) > 1,
    "another edition inside a run": lambda m: len({x.edition for x in m}) == 2 and {x.outcome for x in m} == {"yes"},
    "another head inside a run": lambda m: len({x.head for x in m}) == 2 and {x.outcome for x in m} == {"yes"},
    "a run longer than any k": lambda m: len(m) == 5 and {x.outcome for x in m} == {"yes"},
}


@pytest.mark.parametrize("name", MONTHS)
def test_histories_hold(name: str) -> None:
    assert any(map(MONTHS[name], examples_of(own.months)))


def months_held(facts: eg.Facts) -> list[eg.Round]:
    return sorted({eg.month().round_of(day) for day in facts.days()}, key=lambda round: round.start)


def gap(facts: eg.Facts) -> bool:
    return any(later.start > earlier.end for earlier, later in pairwise(months_held(facts)))


SEASONS: dict[str, Callable[[eg.Facts], bool]] = {
    "an empty history": lambda f: not f.inspections,
    "several months": lambda f: len(months_held(f)) >= 3,
    "a month not held between two": gap,
    "a leap day": lambda f: any((day.month, day.day) == (2, 29) for day in f.days()),
    "the last day of a month": lambda f: any((day + timedelta(days=1)).day == 1 for day in f.days()),
    "the turn of a year": lambda f: {12, 1} <= {round.start.month for round in months_held(f)},
    "a village missing in one of two months": lambda f: (
        0 < len({i.day.month for i in f.inspections if i.unit == own.GUEST}) < len(months_held(f))
    ),
    "a village that ends": lambda f: any(unit.until is not None for unit in f.grid.units),
    "a head that changes": lambda f: any(
        a.who != b.who for a, b in pairwise(f.assignments) if a.place == b.place and a.until == b.since
    ),
    "stated and found in one month": lambda f: len({i.stated is None for i in f.inspections if i.unit == "甲"}) == 2,
}


@pytest.mark.parametrize("name", SEASONS)
def test_seasons_hold(name: str) -> None:
    assert any(map(SEASONS[name], examples_of(own.seasons)))


def kinds(case: Case) -> set[str]:
    return {type(term).__name__ for term in terms_in(case.scheme)}


def placements(case: Case) -> set[str]:
    return {p.tier for assessment in case.season for p in assessment.record.placements}


def settled(case: Case) -> bool:
    return any(isinstance(ground, eg.Ruling) for a in case.season for m in a.measures for ground in m.reason.because)


def bridged(case: Case) -> bool:
    """A streak that held over several rounds, all of them told in its reason."""
    reasons = [m.reason for a in case.season for m in a.measures if m.reason.value]
    return any(isinstance(reason.rule, eg.streak) and len(reason.because) >= 2 for reason in reasons)


def broken_fraction(case: Case) -> bool:
    scores = [s.score for a in case.season for s in a.record.standings]
    return any(isinstance(x, Fraction) and x.denominator % 3 == 0 for x in scores)


CASES: dict[str, Callable[[Case], bool]] = {
    "no round at all": lambda case: not len(case.season),
    "a pending placement": lambda case: eg.PENDING in placements(case),
    "a pending measure": lambda case: any(m.pending for a in case.season for m in a.measures),
    "a measure by a ruling": settled,
    "a streak over two rounds": bridged,
    "an absent village": lambda case: any(a.record.absences for a in case.season),
    "a further figure": lambda case: bool(case.scheme.figures and len(case.season)),
    "groups": lambda case: bool(case.scheme.groups and len(case.season)),
    "lower is better": lambda case: case.scheme.better == "lower" and len(case.season) > 0,
    "neither boards nor ladders": lambda case: not case.scheme.boards and not case.scheme.ladders,
    "a score that no decimal holds": broken_fraction,
    "dense ranks on exact scores": lambda case: "'dense', rank_on='exact'" in repr(case.scheme.ranking),
}


@pytest.mark.parametrize("name", CASES)
def test_cases_hold(name: str) -> None:
    assert any(map(CASES[name], examples_of(own.cases)))


@pytest.mark.parametrize("term", [cls.__name__ for cls in TERMS])
def test_cases_hold_every_term_of_the_vocabulary(term: str) -> None:
    assert term in set().union(*map(kinds, examples_of(own.cases)))
