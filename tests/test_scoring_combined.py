"""Scores made of scores: what each combination gives, and what an absent part means to it."""

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
from books import GRID, issue, reasons, values, visit

NOT_ASSESSED, EXEMPT = eg.Absent.NOT_ASSESSED, eg.Absent.EXEMPT
wrong: Any = lambda value: value  # a value that a type checker would refuse
FIELD, DRONE = eg.stated("督导", several="mean"), eg.stated("无人机", several="mean")
DOWN = eg.stated("投诉", several="mean", better="lower")
EXCUSED = eg.rate(eg.in_state("closed"), eg.happened("found", during="round"), by="place", empty="exempt")
"""A unit without an issue is exempt from it."""


def test_a_constant_is_the_same_for_everybody_and_rests_on_nothing() -> None:
    rule = eg.constant("99.9")
    assert reasons(rule) == {unit: eg.Reason(rule, Fraction(999, 10), ()) for unit in "甲乙"}
    assert rule.better == "higher"
    assert eg.constant(0, better="lower").better == "lower"


def test_a_total_shows_its_parts_and_counts_zero_for_an_exempt_one_only_if_so_declared() -> None:
    seen = [visit("甲", "05-02", 80)]
    zero, strict = (eg.total(FIELD, EXCUSED, absent=absent) for absent in ("zero", "not assessed"))
    answer = reasons(zero, inspections=seen)
    assert answer["甲"].value == 80
    assert [part.value for part in answer["甲"].because if isinstance(part, eg.Reason)] == [80, EXEMPT]
    assert values(strict, inspections=seen)["甲"] is NOT_ASSESSED


@pytest.mark.parametrize(
    ("absent", "expected"), [("renormalise", Fraction(82)), ("zero", Fraction(82 * 70, 100)), ("not assessed", None)]
)
def test_a_missing_part_of_a_weighted_mean_means_what_is_declared(absent: Any, expected: object) -> None:
    """(40 * 80 + 30 * 84 2/3) / 70 is 82; of the weights 70 are there, of 100."""
    rule = eg.weighted(
        eg.Part(40, FIELD), eg.Part(30, DRONE), eg.Part(30, eg.stated("测评", several="mean")), absent=absent
    )
    seen = [visit("甲", "05-02", 80), *(visit("甲", "05-02", x, "无人机") for x in (84, 84, 86))]
    assert values(rule, inspections=seen) == {"甲": expected or NOT_ASSESSED, "乙": NOT_ASSESSED}


def test_weights_need_not_add_up_to_100_and_are_exact() -> None:
    rule = eg.weighted(eg.Part("0.1", FIELD), eg.Part("0.2", DRONE), absent="not assessed")
    seen = [visit("甲", "05-02", 80), visit("甲", "05-02", 90, "无人机")]
    assert values(rule, "甲", inspections=seen) == {"甲": Fraction(260, 3)}


@pytest.mark.parametrize(("absent", "expected"), [("renormalise", 80), ("zero", 48), ("not assessed", NOT_ASSESSED)])
def test_an_exempt_part_means_what_is_declared_of_every_part_without_a_score(absent: Any, expected: object) -> None:
    """60 per cent of 80 is 48."""
    rule = eg.weighted(eg.Part(60, FIELD), eg.Part(40, EXCUSED), absent=absent)
    assert values(rule, "甲", inspections=[visit("甲", "05-02", 80)]) == {"甲": expected}


def test_an_exemption_costs_nothing_and_a_missed_check_is_a_zero_where_the_parts_say_so() -> None:
    """甲 owes nothing and was not flown over, with 80: 60 * 80 of the weights 60 + 10."""
    parts = eg.Part(60, FIELD), eg.Part(30, EXCUSED), eg.Part(10, eg.or_else(DRONE, eg.constant(0)))
    rule = eg.weighted(*parts, absent="renormalise")
    assert values(rule, "甲", inspections=[visit("甲", "05-02", 80)]) == {"甲": Fraction(480, 7)}


@pytest.mark.parametrize("absent", ["renormalise", "zero", "not assessed"])
def test_who_is_exempt_from_every_part_of_a_weighted_mean_is_exempt(absent: Any) -> None:
    both, one = (eg.weighted(eg.Part(1, EXCUSED), eg.Part(2, other), absent=absent) for other in (EXCUSED, FIELD))
    assert values(both)["甲"] is EXEMPT
    assert values(one)["甲"] is NOT_ASSESSED


def test_a_mean_of_children_shows_each_assessed_child_and_leaves_out_the_others() -> None:
    rule = eg.mean_of_children(FIELD)
    seen = [visit("甲", "05-02", 80), visit("新", "05-02", 85), visit("旧", "04-02", 10)]
    answer = reasons(rule, ["镇"], inspections=seen)["镇"]
    assert answer.value == Fraction(165, 2)
    assert answer.because == (
        eg.Reason(FIELD, Fraction(85), (GRID["新"], seen[1])),
        eg.Reason(FIELD, Fraction(80), (GRID["甲"], seen[0])),
    )


def test_children_that_are_all_exempt_make_their_parent_exempt_and_no_child_leaves_it_unassessed() -> None:
    assert values(eg.mean_of_children(EXCUSED), ["镇", "空镇"]) == {"镇": EXEMPT, "空镇": NOT_ASSESSED}


def test_the_second_rule_stands_in_for_a_missing_score_and_not_for_an_exemption() -> None:
    seen = [visit("甲", "05-02", 80)]
    rule = eg.or_else(FIELD, eg.constant(100))
    answer = reasons(rule, inspections=seen)
    assert answer["甲"] == eg.Reason(rule, Fraction(80), (eg.Reason(FIELD, Fraction(80), (seen[0],)),))
    assert answer["乙"] == eg.Reason(rule, Fraction(100), (eg.Reason(eg.constant(100), Fraction(100), ()),))
    assert values(eg.or_else(EXCUSED, eg.constant(100)))["甲"] is EXEMPT
    assert values(eg.or_else(FIELD, EXCUSED))["甲"] is EXEMPT


def test_a_published_score_is_shown_beside_what_the_facts_give() -> None:
    seen = [visit("甲", "05-02", 80), visit("甲", "05-03", 85, "通报")]
    rule = eg.stated_else("通报", FIELD)
    own = eg.Reason(FIELD, Fraction(80), (seen[0],))
    assert reasons(rule, inspections=seen)["甲"] == eg.Reason(rule, Fraction(85), (seen[1], own))
    assert reasons(rule, inspections=seen[:1])["甲"] == eg.Reason(rule, Fraction(80), (own,))


def test_findings_in_the_channel_of_published_scores_are_none() -> None:
    rule = eg.stated_else("通报", FIELD)
    assert values(rule, inspections=[visit("甲", "05-03", None, "通报", 垃圾=1)])["甲"] is NOT_ASSESSED
    assert values(eg.stated_else("通报", EXCUSED)) == {"甲": EXEMPT, "乙": EXEMPT}


def test_the_different_published_scores_are_counted_in_the_refusal() -> None:
    seen = [visit("甲", "05-02", 85, "通报"), visit("甲", "05-03", 85, "通报"), visit("甲", "05-04", 86, "通报")]
    with pytest.raises(eg.InputError, match="2 different stated scores in '通报' in 2024-05"):
        values(eg.stated_else("通报", FIELD), inspections=seen)


def test_a_sample_that_is_too_small_gives_no_score() -> None:
    rule = eg.requires(FIELD, eg.count_inspections(), at_least=2)
    seen = [visit("甲", "05-02", 80), visit("甲", "05-03", 90), visit("乙", "05-02", 80)]
    answer = reasons(rule, inspections=seen)
    assert {unit: reason.value for unit, reason in answer.items()} == {"甲": 85, "乙": NOT_ASSESSED}
    by, of = answer["甲"].because
    assert by == eg.Reason(eg.count_inspections(), Fraction(2), tuple(seen[:2]))
    assert of == eg.Reason(FIELD, Fraction(85), tuple(seen[:2]))


def test_a_sample_of_unknown_size_is_too_small_and_an_exemption_of_a_large_one_stays() -> None:
    seen = [visit("甲", "05-02", 80)]
    assert values(eg.requires(FIELD, EXCUSED, at_least=0), inspections=seen)["甲"] is NOT_ASSESSED
    assert values(eg.requires(EXCUSED, FIELD, at_least=1), inspections=seen)["甲"] is EXEMPT


def test_a_veto_takes_the_score_of_whoever_has_one_and_a_case() -> None:
    cases = eg.count_issues(eg.category_is("焚烧"), by="place")
    rule = eg.veto(FIELD, cases, to="-33")
    seen = [visit("甲", "05-02", 80), visit("乙", "05-02", 90)]
    burnt = [issue(unit, unit, "found 05-02", category="焚烧") for unit in "甲丙"]
    answer = reasons(rule, "甲乙丙", inspections=seen, issues=burnt)
    assert {unit: reason.value for unit, reason in answer.items()} == {"甲": -33, "乙": 90, "丙": NOT_ASSESSED}
    by, of = answer["甲"].because
    assert by == eg.Reason(cases, Fraction(1), (eg.Tally(1, None, eg.month().round_of(seen[0].day).last_day), burnt[0]))
    assert of == eg.Reason(FIELD, Fraction(80), (seen[0],))


def test_a_veto_by_what_nobody_looked_at_is_none() -> None:
    rule = eg.veto(FIELD, eg.count_findings("焚烧"), to=0)
    assert values(rule, inspections=[visit("甲", "05-02", 80)])["甲"] == 80


def test_a_veto_where_lower_is_better_is_to_a_number_above_zero() -> None:
    """Of penalty points 0 is the best that there is."""
    rule = eg.veto(DOWN, eg.count_findings("焚烧"), to="0.5")
    seen = [visit("甲", "05-02", "0.1", "投诉"), visit("甲", "05-02", None, 焚烧=1)]
    assert values(rule, "甲", inspections=seen) == {"甲": Fraction(1, 2)}
    for to in ("0", "-33"):
        told = f"veto: to={to}: of stated.* the lower number is better, and that would put the vetoed first"
        with pytest.raises(eg.SchemeError, match=told):
            eg.veto(DOWN, eg.count_findings("焚烧"), to=to)


@pytest.mark.parametrize(
    "make",
    [
        lambda of: eg.total(of, absent="zero"),
        lambda of: eg.weighted(eg.Part(1, of), absent="zero"),
        eg.mean_of_children,
        lambda of: eg.or_else(of, of),
        lambda of: eg.stated_else("通报", of),
        lambda of: eg.requires(of, eg.count_inspections(), at_least=1),
        lambda of: eg.veto(of, eg.count_findings(), to=100 if of is DOWN else 0),
    ],
)
def test_a_combination_has_the_direction_of_its_parts(make: Any) -> None:
    assert (make(FIELD).better, make(DOWN).better) == ("higher", "lower")


@pytest.mark.parametrize(
    "make",
    [
        lambda: eg.total(FIELD, DOWN, absent="zero"),
        lambda: eg.total(eg.constant(100), eg.count_findings(), absent="zero"),
        lambda: eg.weighted(eg.Part(1, FIELD), eg.Part(1, DOWN), absent="zero"),
        lambda: eg.or_else(FIELD, DOWN),
        lambda: eg.or_else(DOWN, eg.constant(0)),
    ],
)
def test_parts_of_both_directions_make_no_score(make: Any) -> None:
    with pytest.raises(eg.SchemeError, match="agree on whether higher or lower is better"):
        make()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: eg.Part(0, FIELD), "Part: a weight of 0: give more than 0"),
        (lambda: eg.Part(-1, FIELD), "Part: a weight of -1: give more than 0"),
        (lambda: eg.Part(1, wrong("督导")), r"Part: rule: '督导' does not answer scores\(\)"),
        (
            lambda: eg.weighted(eg.Part(1, FIELD), absent=wrong("skip")),
            "weighted: absent='skip': choose one of 'renorm",
        ),
        (lambda: eg.total(wrong(60), absent="zero"), r"total: parts: 60 does not answer scores\(\)"),
        (lambda: eg.constant(60, better=wrong("up")), "constant: better='up': choose one of"),
        (lambda: eg.mean_of_children(wrong(eg.below(60))), r"mean_of_children: of: below\(60\) does not answer"),
        (lambda: eg.or_else(FIELD, wrong(0)), "or_else: other: 0 does not answer"),
        (lambda: eg.stated_else("通报", wrong(0)), "stated_else: of: 0 does not answer"),
        (lambda: eg.requires(FIELD, wrong(3), at_least=3), "requires: by: 3 does not answer"),
        (lambda: eg.veto(FIELD, wrong("焚烧"), to=0), "veto: by: '焚烧' does not answer"),
    ],
)
def test_a_combination_that_cannot_be_asked_is_refused_when_it_is_made(make: Any, message: str) -> None:
    with pytest.raises(eg.SchemeError, match=message):
        make()


def test_weights_and_points_are_no_floats_and_a_weighted_mean_has_parts() -> None:
    for make in (
        lambda: eg.Part(wrong(0.4), FIELD),
        lambda: eg.constant(wrong(0.1)),
        lambda: eg.veto(FIELD, FIELD, to=wrong(0.0)),
        lambda: eg.requires(FIELD, FIELD, at_least=wrong(1.0)),
    ):
        with pytest.raises(TypeError, match="is a float"):
            make()
    with pytest.raises(ValueError, match="parts"):
        eg.weighted(absent="zero")


def test_parts_can_be_exchanged_in_a_copy() -> None:
    weighed = eg.weighted(eg.Part(1, FIELD), absent="zero", name="总分")
    assert evolve(weighed, absent="renormalise") == eg.weighted(eg.Part(1, FIELD), absent="renormalise", name="总分")
    added = eg.total(FIELD, absent="zero", name="合计", cite="第三条")
    assert evolve(added, parts=(DRONE,)) == eg.total(DRONE, absent="zero", name="合计", cite="第三条")


@pytest.mark.parametrize(
    "around",
    [
        lambda own: eg.total(own, FIELD, absent="zero"),
        lambda own: eg.weighted(eg.Part(1, own), eg.Part(1, FIELD), absent="zero"),
        lambda own: eg.or_else(own, FIELD),
        lambda own: eg.requires(own, FIELD, at_least=0),
        lambda own: eg.requires(FIELD, own, at_least=0),
        lambda own: eg.veto(FIELD, own, to=0),
        eg.mean_of_children,
        lambda own: eg.stated_else("通报", own),
        lambda own: eg.scaled(own, 2),
        eg.from_mean,
        lambda own: eg.rank_in(own, places=0),
        lambda own: eg.to_date(eg.year(), own),
        lambda own: eg.mean_over(eg.ten_days(), own, absent="skip", unheld="skip"),
    ],
)
def test_a_rule_of_ones_own_that_answers_no_fraction_is_refused_inside_others_too(around: Any) -> None:
    class Own:
        better = "higher"

        def scores(self, units: Any, evidence: eg.Evidence) -> Any:  # noqa: ARG002 - the protocol's
            return {unit: eg.Reason(self, 50, ()) for unit in units}

    with pytest.raises(eg.SchemeError, match="a Reason of a Fraction or an Absent is wanted"):
        reasons(around(Own()), ("镇",))
