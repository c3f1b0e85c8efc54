"""Scores over random inspections: invariant 7, rounding, and references written from the docstrings' words."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given, settings, strategies as st

import envgov as eg
from envgov.policy.term import terms_in
from envgov.testing import strategies as own, words
from envgov.testing.fields import FEBRUARY

DAYS = own.days((2024, 2))
VISITS = st.lists(own.inspections("甲", DAYS), max_size=4)
TREE = (eg.Unit("甲", "甲村", "村"), *(eg.Unit(f"{n}组", f"{n}组", "组", "甲") for n in "一二三"))
"""A village and its three groups of residents."""


def evidence_of(visits: Iterable[eg.Inspection]) -> eg.Evidence:
    return eg.Facts(eg.Grid(TREE), inspections=visits).during(FEBRUARY)


def score(rule: eg.ScoringRule, visits: Iterable[eg.Inspection], unit: str = "甲") -> object:
    return rule.scores([unit], evidence_of(visits))[unit].value


def gather(several: str, better: str, marks: list[tuple[Any, Fraction]]) -> object:
    """What counts of the marks of a round, each with its day."""
    if not marks:
        return eg.Absent.NOT_ASSESSED
    last = max(day for day, _ in marks)
    counted = [mark for day, mark in marks if several != "latest" or day == last]
    if several in ("mean", "latest"):
        return sum(counted, Fraction(0)) / len(counted)
    return max(counted) if (several, better) in (("best", "higher"), ("worst", "lower")) else min(counted)


@given(VISITS, st.sampled_from(words.SEVERAL), st.sampled_from(("higher", "lower")))
def test_stated_counts_the_stated_scores_of_its_channel(visits: list[eg.Inspection], several: Any, better: Any) -> None:
    marks = [(i.day, Fraction(i.stated)) for i in visits if i.stated is not None and i.channel == words.CHANNEL]
    assert score(eg.stated(words.CHANNEL, several=several, better=better), visits) == gather(several, better, marks)


def marks_of(rubric: eg.Rubric, visit: eg.Inspection) -> Fraction:
    """Item by item up to its cap, the others in full, and never below zero."""
    caps = {item.name: Fraction(item.cap) for item in rubric.items}
    left = Fraction(rubric.full)
    for name in {f.item for f in visit.findings}:
        lost = sum((Fraction(f.deduction) for f in visit.findings if f.item == name), Fraction(0))
        left -= min(lost, caps[name]) if name in caps else lost
    return max(left, Fraction(0))


BEYOND_ITS_CAP = eg.Inspection("甲", FEBRUARY.start, words.CHANNEL, (eg.Finding("垃圾", 4), eg.Finding("垃圾", 3)))


@given(VISITS, own.rubrics(), st.sampled_from(words.SEVERAL), st.sampled_from((None, words.CHANNEL)))
@example([BEYOND_ITS_CAP], eg.Rubric(100, (eg.Item("垃圾", 5),)), "mean", None)
def test_deductions_come_off_full_marks_up_to_their_caps(
    visits: list[eg.Inspection], rubric: eg.Rubric, several: Any, channel: str | None
) -> None:
    read = [i for i in visits if i.stated is None and channel in (None, i.channel)]
    expected = gather(several, "higher", [(i.day, marks_of(rubric, i)) for i in read])
    assert score(eg.deductions(rubric, channel=channel, several=several), visits) == expected


@settings(max_examples=max(200, settings().max_examples))
@given(VISITS, st.sampled_from(("higher", "lower")), st.data())
def test_7_an_added_deduction_never_betters_a_score(
    visits: list[eg.Inspection], better: Any, data: st.DataObject
) -> None:
    inspected = [i for i, visit in enumerate(visits) if visit.stated is None]
    rule = data.draw(own.rules(better))
    before = score(rule, visits)
    for i in inspected:
        worse = evolve(visits[i], findings=(*visits[i].findings, data.draw(own.findings())))
        after = score(rule, [*visits[:i], worse, *visits[i + 1 :]])
        if isinstance(before, Fraction):
            assert isinstance(after, Fraction)
            assert after <= before if better == "higher" else after >= before
        else:
            assert after is before


def test_7_exception_a_further_inspection_may_raise_a_mean_though_it_deducts() -> None:
    day = FEBRUARY.start
    bad, better = (eg.Inspection("甲", day, words.CHANNEL, (eg.Finding("垃圾", lost),)) for lost in (30, 10))
    assert score(eg.deductions(100, several="mean"), [bad]) == 70
    assert score(eg.deductions(100, several="mean"), [bad, better]) == 80


@given(VISITS, own.rules("higher"), own.marks(0, 20))
def test_7_a_bonus_never_lowers_a_score(visits: list[eg.Inspection], rule: eg.ScoringRule, bonus: Decimal) -> None:
    whole = eg.total(rule, eg.stated("加分", several="best"), absent="zero")
    before = score(whole, visits)
    after = score(whole, [*visits, eg.Inspection("甲", FEBRUARY.start, "加分", stated=bonus)])
    assert isinstance(after, Fraction)
    assert after == bonus if isinstance(before, eg.Absent) else after >= before  # type: ignore[operator]


def nothing_of(values: list[object]) -> eg.Absent:
    """Exempt is who is exempt from everything."""
    return eg.Absent.EXEMPT if set(values) == {eg.Absent.EXEMPT} else eg.Absent.NOT_ASSESSED


def columns(draw_from: list[eg.ScoringRule], visits: list[eg.Inspection]) -> list[object]:
    return [score(rule, visits) for rule in draw_from]


@given(VISITS, st.lists(own.rules("higher", 1), min_size=1, max_size=3), st.sampled_from(("not assessed", "zero")))
def test_a_total_is_the_sum_of_its_parts_and_absent_as_it_declares(
    visits: list[eg.Inspection], parts: list[eg.ScoringRule], absent: Any
) -> None:
    values = columns(parts, visits)
    known = [value for value in values if isinstance(value, Fraction)]
    whole = bool(known) and (absent == "zero" or len(known) == len(values))
    assert score(eg.total(*parts, absent=absent), visits) == (sum(known) if whole else nothing_of(values))


CHILDREN = st.lists(st.sampled_from("一二三").flatmap(lambda n: own.inspections(f"{n}组", DAYS)), max_size=5)


@given(CHILDREN, VISITS, own.rules("higher", 1))
def test_the_mean_of_children_is_exact_and_over_those_assessed(
    visits: list[eg.Inspection], own_visits: list[eg.Inspection], rule: eg.ScoringRule
) -> None:
    values = [score(rule, visits, f"{n}组") for n in "一二三"]
    known = [value for value in values if isinstance(value, Fraction)]
    expected = sum(known, Fraction(0)) / len(known) if known else nothing_of(values)
    assert score(eg.mean_of_children(rule), [*visits, *own_visits]) == expected


@given(VISITS, own.rules("higher", 1), st.none() | own.marks())
def test_a_stated_score_counts_and_else_the_rule(
    visits: list[eg.Inspection], rule: eg.ScoringRule, told: Decimal | None
) -> None:
    bulletin = [] if told is None else [eg.Inspection("甲", FEBRUARY.start, "公告", stated=told)]
    expected = score(rule, [*visits, *bulletin]) if told is None else told
    assert score(eg.stated_else("公告", rule), [*visits, *bulletin]) == expected


LOOKING_BACK = (eg.change, eg.count_repeats, eg.mean_over, eg.to_date)
"""What reads the rounds before this one too, or weeks that began in them."""


@given(VISITS, own.rules("higher") | own.rules("lower"))
def test_a_score_is_a_fraction_or_absent_and_only_the_round_counts(
    visits: list[eg.Inspection], rule: eg.ScoringRule
) -> None:
    value = score(rule, visits)
    assert type(value) in (Fraction, eg.Absent)
    looks_back = any(isinstance(term, LOOKING_BACK) for term in terms_in(rule))
    before_and_after = [
        eg.Inspection("甲", day, channel, stated=Decimal(1))
        for day in ((FEBRUARY.end,) if looks_back else (FEBRUARY.start.replace(month=1, day=31), FEBRUARY.end))
        for channel in (words.CHANNEL, words.PATROL, words.BULLETIN)
    ]
    assert score(rule, [*visits, *before_and_after]) == value


def decided(scores: Mapping[str, list[Decimal]], **ranking: Any) -> dict[str, Any]:
    """The decided number of the mean of these stated scores."""
    facts = eg.Facts(
        eg.Grid([eg.Unit(u, u, "村") for u in scores]),
        inspections=[eg.Inspection(u, FEBRUARY.start, words.CHANNEL, stated=x) for u, xs in scores.items() for x in xs],
    )
    scheme = own.Field({}, (), {}).scheme(**ranking)
    return {s.unit: s.score for s in eg.assess(scheme, FEBRUARY, facts).record.standings}


@given(st.lists(own.marks(-50, 50), min_size=1, max_size=7), st.integers(0, 3))
def test_the_decided_number_is_the_nearest_and_a_half_goes_away_from_zero(scores: list[Decimal], places: int) -> None:
    exact = sum(map(Fraction, scores), Fraction(0)) / len(scores)
    number = Fraction(decided({"甲": scores}, places=places)["甲"])
    step = Fraction(1, 10**places)
    assert number / step == int(number / step)
    assert abs(number - exact) <= step / 2
    if abs(number - exact) == step / 2:
        assert abs(number) > abs(exact)


@pytest.mark.parametrize(("exact", "shown"), [("85.25", "85.3"), ("85.35", "85.4"), ("-0.25", "-0.3"), ("-0.04", "0")])
def test_halves_are_not_rounded_to_even(exact: str, shown: str) -> None:
    assert decided({"甲": [Decimal(exact)]}, places=1) == {"甲": Decimal(shown)}
