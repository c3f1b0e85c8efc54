"""Ranks, ties and cuts over random fields: invariants 3 to 6 and 9, and a reference of its own for top and bottom."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import fields
from hypothesis import given, settings, strategies as st

import envgov as eg
from envgov.testing import strategies as own, words
from envgov.testing.fields import FEBRUARY
from envgov.testing.strategies import Field
from references import asked, decided, negated, opposed, ranks, reference

PLUS = st.integers(1, 3000).map(lambda hundredths: Decimal(hundredths) / 100)

MANY = settings(max_examples=max(300, settings().max_examples))  # cheap, and wrong in rare corners only


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


@MANY
@given(
    own.fields(min_assessed=1), PLUS, st.sampled_from(("competition", "dense")), st.just(0) | own.marks(0, 9), st.data()
)
def test_3_a_better_score_never_gives_a_worse_rank(
    field: Field, plus: Decimal, method: str, tolerance: Decimal, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(sorted(field.assessed)))
    raised = field.mapped({**field.scores, unit: field.assessed[unit] + plus})
    how: Any = {"method": method, "tolerance": tolerance}
    assert ranks(raised.assess(**how))[unit] <= ranks(field.assess(**how))[unit]
    assert ranks(raised.assess("lower", **how))[unit] >= ranks(field.assess("lower", **how))[unit]


@MANY
@given(own.fields(), st.integers(1, 4), st.sampled_from(words.TIES))
def test_5_negated_scores_swap_top_and_bottom(field: Field, n: int, ties: Any) -> None:
    assessment, mirror = field.assess(), negated(field).assess()
    assert asked(assessment, eg.top(n, ties=ties)) == asked(mirror, eg.bottom(n, ties=ties))
    assert asked(assessment, eg.bottom(n, ties=ties)) == asked(mirror, eg.top(n, ties=ties))


@given(own.fields(), st.integers(1, 4), st.sampled_from(words.TIES))
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
    held = {ties: list(asked(assessment, end(n, ties=ties)).values()) for ties in words.TIES}
    if len(set(decided(field).values())) > 1:
        assert held["include"].count(True) >= min(n, size)
    assert held["exclude"].count(True) <= n
    for ties in ("break", "decide"):
        assert held[ties].count(True) <= n
        assert held[ties].count(None) == 0 or held[ties].count(True) + held[ties].count(None) > n


@pytest.mark.parametrize("ties", words.TIES)
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
    ruling = eg.Ruling(unit, FEBRUARY.start, condition, holds, "领导小组", "研究决定", scheme=field.scheme().id)
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
    collections = {a.name: getattr(case.facts, a.name) for a in fields(eg.Facts) if a.name not in ("grid", "synthetic")}
    backwards = eg.Facts(
        eg.Grid(reversed(case.facts.grid.units)), **{name: reversed(given) for name, given in collections.items()}
    )
    assert case._replace(facts=backwards).season == case.season
