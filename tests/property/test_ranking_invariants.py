"""Ranks, ties and cuts over random fields: invariants 3 to 6 and 9, and a reference of its own for top and bottom."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import envgov as eg
import strategies as own
from strategies import FEBRUARY, Field

TENTH = Decimal("0.1")
PLUS = st.integers(1, 3000).map(lambda hundredths: Decimal(hundredths) / 100)

MANY = settings(max_examples=max(300, settings().max_examples))  # cheap, and wrong in rare corners only


def ranks(assessment: eg.Assessment) -> dict[str, int]:
    return {s.unit: s.rank for s in assessment.record.standings}


def asked(assessment: eg.Assessment, condition: eg.Condition) -> dict[str, object]:
    """The condition's answer for every ranked unit."""
    record = assessment.record
    return {s.unit: condition.at(eg.Place(s.unit, record, ())).value for s in record.standings}


def decided(field: Field, better: str = "higher") -> dict[str, Decimal]:
    """The published numbers, larger is better."""
    sign = 1 if better == "higher" else -1
    return {unit: score.quantize(TENTH, ROUND_HALF_UP) * sign for unit, score in field.assessed.items()}


def negated(field: Field) -> Field:
    def flip(column: own.Scores) -> own.Scores:
        return {unit: None if score is None else -score for unit, score in column.items()}

    return field._replace(
        scores=flip(field.scores), breakers=tuple((better, flip(column)) for better, column in field.breakers)
    )


def opposed(field: Field) -> Field:
    """The same numbers, read the other way round by every breaker."""
    turned: dict[own.Better, own.Better] = {"higher": "lower", "lower": "higher"}
    return field._replace(breakers=tuple((turned[better], column) for better, column in field.breakers))


@given(own.fields(), st.sampled_from(("higher", "lower")))
def test_4_a_competition_rank_is_one_more_than_the_units_strictly_better(field: Field, better: Any) -> None:
    numbers = decided(field, better)
    expected = {unit: 1 + sum(other > number for other in numbers.values()) for unit, number in numbers.items()}
    assert ranks(field.assess(better)) == expected


@given(own.fields(), st.sampled_from(("higher", "lower")))
def test_4_a_dense_rank_is_one_more_than_the_better_numbers(field: Field, better: Any) -> None:
    numbers = decided(field, better)
    expected = {unit: 1 + len({other for other in numbers.values() if other > n}) for unit, n in numbers.items()}
    assert ranks(field.assess(better, method="dense")) == expected


@given(own.fields())
def test_4_exact_ranks_use_the_unrounded_scores(field: Field) -> None:
    scores = field.assessed
    expected = {unit: 1 + sum(other > score for other in scores.values()) for unit, score in scores.items()}
    assessment = field.assess(rank_on="exact")
    assert ranks(assessment) == expected
    assert {s.unit: s.score for s in assessment.record.standings} == {u: Fraction(x) for u, x in scores.items()}


@given(own.fields())
def test_who_has_no_score_is_listed_apart_and_changes_nobodys_place(field: Field) -> None:
    assessment = field.assess()
    assert {a.unit for a in assessment.record.absences} == set(field.scores) - set(field.assessed)
    alone = field.mapped(dict(field.assessed))
    assert alone.assess().record.standings == assessment.record.standings


@given(own.fields())
def test_the_counts_of_a_standing_are_those_of_its_field(field: Field) -> None:
    numbers = decided(field)
    for s in field.assess().record.standings:
        mine = numbers[s.unit]
        counted = [sum(test(other) for other in numbers.values()) for test in (mine.__lt__, mine.__eq__, mine.__gt__)]
        assert [s.ahead, s.tied, s.behind] == counted
        assert s.score == mine


@given(own.fields(min_assessed=1), PLUS, st.sampled_from(("competition", "dense")), st.data())
def test_3_a_better_score_never_gives_a_worse_rank(
    field: Field, plus: Decimal, method: str, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(sorted(field.assessed)))
    raised = field.mapped({**field.scores, unit: field.assessed[unit] + plus})
    assert ranks(raised.assess(method=method))[unit] <= ranks(field.assess(method=method))[unit]
    assert ranks(raised.assess("lower", method=method))[unit] >= ranks(field.assess("lower", method=method))[unit]


@MANY
@given(own.fields(), st.integers(1, 4), st.sampled_from(own.TIES))
def test_5_negated_scores_swap_top_and_bottom(field: Field, n: int, ties: Any) -> None:
    assessment, mirror = field.assess(), negated(field).assess()
    assert asked(assessment, eg.top(n, ties=ties)) == asked(mirror, eg.bottom(n, ties=ties))
    assert asked(assessment, eg.bottom(n, ties=ties)) == asked(mirror, eg.top(n, ties=ties))


@given(own.fields(), st.integers(1, 4), st.sampled_from(own.TIES))
def test_5_the_other_direction_swaps_top_and_bottom(field: Field, n: int, ties: Any) -> None:
    assessment, mirror = field.assess("higher"), opposed(field).assess("lower")
    assert asked(assessment, eg.top(n, ties=ties)) == asked(mirror, eg.bottom(n, ties=ties))
    assert asked(assessment, eg.bottom(n, ties=ties)) == asked(mirror, eg.top(n, ties=ties))


@given(own.fields(), own.lists(st.integers(1, 4)))
def test_5_negated_scores_in_the_other_direction_change_nothing(field: Field, condition: eg.top | eg.bottom) -> None:
    assessment, twice = field.assess("higher"), opposed(negated(field)).assess("lower")
    assert asked(assessment, condition) == asked(twice, condition)
    assert ranks(assessment) == ranks(twice)


@given(own.fields(), st.integers(1, 8), st.sampled_from((eg.top, eg.bottom)))
def test_6_a_list_has_room_for_what_its_ties_rule_says(field: Field, n: int, end: Any) -> None:
    assessment = field.assess()
    size = len(field.assessed)
    held = {ties: list(asked(assessment, end(n, ties=ties)).values()) for ties in own.TIES}
    if len(set(decided(field).values())) > 1:
        assert held["include"].count(True) >= min(n, size)
    assert held["exclude"].count(True) <= n
    for ties in ("break", "decide"):
        assert held[ties].count(True) <= n
        assert held[ties].count(None) == 0 or held[ties].count(True) + held[ties].count(None) > n


@pytest.mark.parametrize("ties", own.TIES)
@pytest.mark.parametrize("villages", ["甲", "甲乙", "甲乙丙"])
def test_6_exception_in_a_field_that_is_all_one_tie_lists_name_nobody(villages: str, ties: Any) -> None:
    level = Field(dict.fromkeys(villages, Decimal(80)), (), dict.fromkeys(villages, "涉农"))
    for n in (1, 2, 3):
        assert not any(asked(level.assess(), eg.top(n, ties=ties)).values())
        assert not any(asked(level.assess(), eg.bottom(n, ties=ties)).values())


@given(own.fields(), own.lists(st.integers(1, 4)))
def test_include_is_decide_with_every_yes_and_exclude_with_every_no(field: Field, condition: Any) -> None:
    end, n, assessment = type(condition), condition.n, field.assess()
    open_ = asked(assessment, end(n, ties="decide"))
    assert asked(assessment, end(n, ties="include")) == {u: held is not False for u, held in open_.items()}
    assert asked(assessment, end(n, ties="exclude")) == {u: held is True for u, held in open_.items()}


@given(own.fields(min_assessed=1), own.marks(0, 50), st.sampled_from(("competition", "dense")))
def test_9_a_unit_strictly_below_everybody_changes_no_rank_above_it(field: Field, last: Decimal, method: str) -> None:
    before = ranks(field.assess(method=method))
    after = ranks(field.mapped({**field.scores, "末": last}).assess(method=method))
    assert {unit: rank for unit, rank in after.items() if unit != "末"} == before
    assert after["末"] == max(after.values())


# --- the reference: every order of the field that the scores and the breakers allow ---


def orders(field: Field, tied: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The orders of the tied, best first, in which nobody stands behind one that a breaker puts behind him."""
    columns = [
        (1 if better == "higher" else -1, column)
        for better, column in field.breakers
        if all(column[unit] is not None for unit in tied)
    ]

    def beats(a: str, b: str) -> bool:
        for sign, column in columns:
            x, y = column[a], column[b]
            assert x is not None
            assert y is not None
            if x != y:
                return sign * x > sign * y
        return False

    return [
        order
        for order in permutations(tied)
        if not any(beats(order[j], order[i]) for i in range(len(order)) for j in range(i + 1, len(order)))
    ]


def reference(field: Field, numbers: Mapping[str, Decimal], condition: eg.top | eg.bottom) -> dict[str, bool | None]:
    """What the docstrings of top and bottom say, unit by unit."""
    out: dict[str, bool | None] = {}
    top = isinstance(condition, eg.top)
    for unit, mine in numbers.items():
        tied = tuple(u for u, number in numbers.items() if number == mine)
        nearer = sum((number > mine) if top else (number < mine) for number in numbers.values())
        if len(tied) == len(numbers) or nearer >= condition.n:
            out[unit] = False
        elif nearer + len(tied) <= condition.n:
            out[unit] = True
        elif condition.ties == "break":
            left = condition.n - nearer
            answers = {unit in (order[:left] if top else order[-left:]) for order in orders(field, tied)}
            out[unit] = answers.pop() if len(answers) == 1 else None
        else:
            out[unit] = {"include": True, "exclude": False, "decide": None}[condition.ties]
    return out


@MANY
@given(own.fields(), own.lists(st.integers(1, 5)))
def test_top_and_bottom_answer_as_their_words_say(field: Field, condition: eg.top | eg.bottom) -> None:
    assert asked(field.assess(), condition) == reference(field, decided(field), condition)


@given(own.fields(min_assessed=3), st.sampled_from((eg.top, eg.bottom)), st.integers(1, 3))
def test_breakers_put_those_of_one_tie_in_the_order_of_their_words(field: Field, end: Any, n: int) -> None:
    *tied, other = sorted(field.assessed)
    level = field.mapped({**dict.fromkeys(tied, Decimal(80)), other: Decimal(70 if end is eg.top else 90)})
    condition = end(n, ties="break")
    assert asked(level.assess(), condition) == reference(level, decided(level), condition)


@given(own.fields(min_assessed=1), own.lists(st.integers(1, 4)), st.data())
def test_a_ruling_settles_what_is_open_and_nothing_else(
    field: Field, condition: eg.top | eg.bottom, data: st.DataObject
) -> None:
    unit, holds = data.draw(st.sampled_from(sorted(field.assessed))), data.draw(st.booleans())
    ruling = eg.Ruling(unit, FEBRUARY.start, condition, holds, "领导小组", "研究决定")
    facts = eg.Facts(field.facts.grid, inspections=field.facts.inspections, rulings=(ruling,))
    before = asked(field.assess(), condition)
    after = asked(eg.assess(field.scheme(), FEBRUARY, facts), condition)
    assert after == {**before, unit: holds if before[unit] is None else before[unit]}


@given(own.fields(), own.marks(60, 100))
def test_at_least_includes_the_number_itself_and_below_is_the_rest(field: Field, x: Decimal) -> None:
    for limit in (x, *decided(field).values()):
        assessment = field.assess()
        assert asked(assessment, eg.at_least(limit)) == {u: number >= limit for u, number in decided(field).items()}
        assert asked(assessment, eg.below(limit)) == {u: number < limit for u, number in decided(field).items()}


@given(own.cases())
def test_2_the_order_of_the_facts_changes_nothing(case: own.Case) -> None:
    facts = case.facts
    backwards = eg.Facts(
        eg.Grid(reversed(facts.grid.units)),
        inspections=reversed(facts.inspections),
        assignments=reversed(facts.assignments),
        rulings=reversed(facts.rulings),
    )
    assert own.Case(case.scheme, backwards).season == case.season
