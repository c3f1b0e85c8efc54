"""Scoring rules: what each answers, from which facts, and what an absent part means."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Literal

import pytest
from attrs import frozen

import envgov as eg
import towns

STREAK: dict[str, Any] = {
    "unheld": "break",
    "absent": "skip",
    "repeat": "once",
    "editions": "carry",
    "heads": "restart",
}
wrong: Any = lambda value: value  # a value that a type checker would refuse
MAY = towns.month_of("2024-05")


def visit(unit: str, day: int, score: str | None = None, channel: str = "督导", *lost: str) -> eg.Inspection:
    findings = tuple(eg.Finding("垃圾", eg.points(x)) for x in lost)
    stated = None if score is None else eg.points(score)
    return eg.Inspection(unit, date(2024, 5, day), channel, findings=findings, stated=stated)


def values(rule: eg.ScoringRule, *visits: eg.Inspection, units: str = "甲乙") -> Mapping[str, Any]:
    grid = eg.Grid(
        (
            eg.Unit("镇", "镇", "镇"),
            eg.Unit("空镇", "空镇", "镇"),
            *(eg.Unit(u, u, "村", parent="镇") for u in "甲乙丙"),
        )
    )
    evidence = eg.Facts(grid, inspections=visits).during(MAY)
    return {unit: reason.value for unit, reason in rule.scores(tuple(units), evidence).items()}


@pytest.mark.parametrize(
    ("several", "higher", "lower"),
    [("mean", Fraction(170, 2), Fraction(85)), ("latest", 90, 90), ("worst", 80, 90), ("best", 90, 80)],
)
def test_of_several_stated_scores_the_declared_one_counts(several: Any, higher: object, lower: object) -> None:
    visits = visit("甲", 2, "80"), visit("甲", 9, "90")
    assert values(eg.stated("督导", several=several), *visits)["甲"] == higher
    assert values(eg.stated("督导", several=several, better="lower"), *visits)["甲"] == lower


def test_the_latest_of_a_day_with_several_visits_is_their_mean() -> None:
    visits = visit("甲", 2, "10"), visit("甲", 9, "80"), visit("甲", 9, "91")
    assert values(eg.stated("督导", several="latest"), *visits)["甲"] == Fraction(171, 2)


def test_a_unit_without_a_visit_in_the_round_and_channel_is_not_assessed() -> None:
    other_channel = visit("甲", 2, "80", "无人机")
    other_month = eg.Inspection("甲", date(2024, 6, 1), "督导", stated=eg.points("80"))
    for rule in (eg.stated("督导", several="mean"), eg.deductions(100, "督导", several="mean")):
        assert values(rule, other_channel, other_month)["甲"] is eg.Absent.NOT_ASSESSED


def test_deductions_are_taken_from_full_marks_and_never_below_zero() -> None:
    rule = eg.deductions(40, "督导", several="mean")
    visits = visit("甲", 2, None, "督导", "3.47", "0.5"), visit("乙", 2, None, "督导", "25", "20")
    assert values(rule, *visits) == {"甲": Fraction("36.03"), "乙": 0}


def test_a_patrol_without_findings_gives_full_marks() -> None:
    assert values(eg.deductions(40, several="mean"), visit("甲", 2))["甲"] == 40


def test_deductions_do_not_read_stated_scores_nor_stated_the_findings() -> None:
    with_findings, with_score = visit("甲", 2, None, "督导", "1"), visit("甲", 3, "55")
    assert values(eg.deductions(100, several="mean"), with_findings, with_score)["甲"] == 99
    assert values(eg.stated("督导", several="mean"), with_findings, with_score)["甲"] == 55


def test_without_a_channel_every_channel_counts() -> None:
    visits = visit("甲", 2, None, "督导", "1"), visit("甲", 2, None, "无人机", "4")
    assert values(eg.deductions(100, several="worst"), *visits)["甲"] == 96


def test_a_cap_stops_the_deductions_of_its_item() -> None:
    sheet = eg.Rubric(100, items=(eg.Item("垃圾", Decimal(5)),))
    findings = (eg.Finding("垃圾", Decimal(4)), eg.Finding("垃圾", Decimal(4)), eg.Finding("污水", Decimal(7)))
    seen = eg.Inspection("甲", date(2024, 5, 2), "督导", findings=findings)
    assert values(eg.deductions(sheet, several="mean"), seen)["甲"] == 100 - 5 - 7


@pytest.mark.parametrize(("absent", "expected"), [("not assessed", eg.Absent.NOT_ASSESSED), ("zero", Fraction(80))])
def test_a_missing_part_of_a_total_means_what_is_declared(absent: Any, expected: object) -> None:
    rule = eg.total(eg.stated("督导", several="mean"), eg.stated("无人机", several="mean"), absent=absent)
    assert values(rule, visit("甲", 2, "80")) == {"甲": expected, "乙": eg.Absent.NOT_ASSESSED}


def test_a_total_adds_exactly_what_floats_would_not() -> None:
    rule = eg.total(eg.stated("督导", several="mean"), eg.stated("无人机", several="mean"), absent="zero")
    assert values(rule, visit("甲", 2, "0.1"), visit("甲", 2, "0.2", "无人机"))["甲"] == Fraction(3, 10)


def test_a_parent_has_the_mean_of_its_assessed_children_unrounded() -> None:
    rule = eg.mean_of_children(eg.stated("督导", several="mean"))
    visits = visit("甲", 2, "86.2"), visit("乙", 2, "86.3"), visit("丙", 2, "87.4")
    assert values(rule, *visits[:2], units=["镇"])["镇"] == Fraction("86.25")  # type: ignore[arg-type]
    assert values(rule, *visits, units=["镇"])["镇"] == Fraction("259.9") / 3  # type: ignore[arg-type]


def test_a_parent_without_assessed_children_is_not_assessed() -> None:
    rule = eg.mean_of_children(eg.stated("督导", several="mean"))
    found = values(rule, visit("甲", 2, "86.2"), units=["空镇"])  # type: ignore[arg-type]
    assert found == {"空镇": eg.Absent.NOT_ASSESSED}


def test_a_stated_score_takes_the_place_of_the_rule_and_only_there() -> None:
    rule = eg.stated_else("通报", eg.stated("督导", several="mean"))
    visits = visit("甲", 2, "80"), visit("甲", 9, "85", "通报"), visit("乙", 2, "70")
    assert values(rule, *visits) == {"甲": 85, "乙": 70}


def test_two_different_published_scores_of_one_unit_are_refused() -> None:
    rule = eg.stated_else("通报", eg.stated("督导", several="mean"))
    same = visit("甲", 2, "85", "通报"), visit("甲", 9, "85", "通报")
    assert values(rule, *same)["甲"] == 85
    with pytest.raises(eg.InputError, match=r"2 different stated scores in '通报' in 2024-05.*found '甲'"):
        values(rule, visit("甲", 2, "85", "通报"), visit("甲", 9, "86", "通报"))


def test_parts_that_disagree_on_what_is_better_are_refused() -> None:
    up, down = eg.stated("督导", several="mean"), eg.stated("投诉", several="mean", better="lower")
    with pytest.raises(eg.SchemeError, match="agree on whether higher or lower is better"):
        eg.total(up, down, absent="zero")
    with pytest.raises(ValueError, match="parts"):
        eg.total(absent="zero")


def test_a_rule_that_answers_what_none_may_is_refused_by_unit() -> None:
    @eg.term("town.wrong")
    @frozen(repr=False)
    class wrong:
        answers: Any
        better: ClassVar[Literal["higher"]] = "higher"

        def scores(self, _: Any, __: eg.Evidence) -> Any:
            return self.answers

    for answers in ({}, {"甲": Fraction(1)}, {"甲": eg.Reason(None, Decimal(85), ())}):
        with pytest.raises(eg.SchemeError, match=r"answered .* for 甲: a Reason of a Fraction or an Absent is wanted"):
            towns.assess({"甲": "90"}, scoring=wrong(answers))


def test_a_unit_that_is_exempt_from_every_part_is_exempt() -> None:
    @eg.term("town.exempt")
    @frozen(repr=False)
    class exempt:
        better: ClassVar[Literal["higher"]] = "higher"

        def scores(self, units: Any, _: eg.Evidence) -> Any:
            return {unit: eg.Reason(self, eg.Absent.EXEMPT, ()) for unit in units}

    part = eg.stated("督导", several="mean")
    assert values(eg.total(exempt(), exempt(), absent="zero"))["甲"] is eg.Absent.EXEMPT
    assert values(eg.total(exempt(), part, absent="zero"))["甲"] is eg.Absent.NOT_ASSESSED
    assert values(eg.mean_of_children(exempt()), units=["镇"])["镇"] is eg.Absent.EXEMPT  # type: ignore[arg-type]


def test_combinators_take_their_direction_from_their_parts() -> None:
    down = eg.stated("投诉", several="mean", better="lower")
    assert eg.total(down, absent="zero").better == "lower"
    assert eg.mean_of_children(down).better == "lower"
    assert eg.stated_else("通报", down).better == "lower"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: eg.stated("督导", several=wrong("average")),
            "stated: several='average': choose one of 'mean', 'latest'",
        ),
        (lambda: eg.total(eg.stated("x", several="mean"), absent=wrong("skip")), "total: absent='skip': choose one of"),
        (lambda: eg.deductions(wrong(40.5), several="mean"), "is a float"),
    ],
)
def test_a_choice_that_is_none_is_refused_and_the_choices_named(make: Any, message: str) -> None:
    with pytest.raises((eg.SchemeError, TypeError), match=message):
        make()


def test_a_term_shows_itself_as_the_call_that_makes_it() -> None:
    rule = eg.total(
        eg.deductions(40, "物业", several="mean"), eg.stated("城管", several="mean"), absent="zero", name="合计"
    )
    shown = repr(rule)
    names = {name: getattr(eg, name) for name in ("total", "deductions", "stated", "Rubric")} | {"Decimal": Decimal}
    assert eval(shown, names) == rule  # noqa: S307 - the repr is Python by promise
    assert repr(eg.streak(eg.bottom(3, ties="decide"), 2, **STREAK)) == (
        "streak(bottom(3, ties='decide'), 2, unheld='break', absent='skip', repeat='once', "
        "editions='carry', heads='restart')"
    )
