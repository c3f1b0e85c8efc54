"""Scores and counts from inspections: several of a round, items, repeats, how often somebody came."""

from fractions import Fraction
from typing import Any

import pytest

import envgov as eg
import towns
from books import reasons, values, visit

NOT_ASSESSED = eg.Absent.NOT_ASSESSED
wrong: Any = lambda value: value  # a value that a type checker would refuse
APRIL, MAY = towns.month_of("2024-04"), towns.month_of("2024-05")


@pytest.mark.parametrize(
    ("several", "expected"),
    [
        ("mean", Fraction(281, 3)),
        ("latest", Fraction(92)),
        ("worst", Fraction(90)),
        ("best", Fraction(99)),
        ("sum", Fraction(281)),
    ],
)
def test_of_several_inspections_the_declared_one_counts(several: Any, expected: object) -> None:
    seen = [visit("甲", "05-02", 垃圾=1), visit("甲", "05-09", 垃圾=10), visit("甲", "05-31", 垃圾=5, 污水=3)]
    rule = eg.deductions(100, several=several)
    assert reasons(rule, inspections=seen)["甲"] == eg.Reason(rule, expected, tuple(seen))


def test_stated_scores_may_be_added_up_and_one_alone_is_its_own_sum() -> None:
    seen = [visit("甲", "05-02", "30.1"), visit("甲", "05-03", "40.2"), visit("乙", "05-02", 50)]
    rule = eg.stated("督导", several="sum")
    assert values(rule, inspections=seen) == {"甲": Fraction(703, 10), "乙": 50}
    assert reasons(rule, inspections=seen)["甲"].because == tuple(seen[:2])


def test_stated_scores_have_the_direction_that_is_declared() -> None:
    assert eg.stated("督导", several="mean").better == "higher"
    assert eg.stated("投诉", several="mean", better="lower").better == "lower"


SEEN = [
    visit("甲", "05-01", 垃圾=1, 污水=2),
    visit("甲", "05-31", None, "无人机", 垃圾=1),
    visit("甲", "05-31", 60),
    visit("乙", "05-02"),
    visit("丙", "05-02", 60),
    visit("丙", "06-01", 垃圾=1),
]


@pytest.mark.parametrize(
    ("item", "channel", "expected"),
    [
        (None, None, 3),
        ("垃圾", None, 2),
        (None, "督导", 2),
        ("垃圾", "无人机", 1),
        ("污水", "无人机", 0),
        ("乱搭乱建", None, 0),
    ],
)
def test_findings_are_counted_by_item_and_channel(item: Any, channel: Any, expected: int) -> None:
    assert values(eg.count_findings(item, channel), "甲", inspections=SEEN) == {"甲": expected}


def test_nothing_found_is_none_and_where_nobody_looked_nothing_is_known() -> None:
    rule = eg.count_findings()
    answer = reasons(rule, "乙丙新", inspections=SEEN)
    assert answer["乙"] == eg.Reason(rule, Fraction(0), (SEEN[3],))
    assert answer["丙"] == eg.Reason(rule, NOT_ASSESSED, ())
    assert answer["新"] == eg.Reason(rule, NOT_ASSESSED, ())
    assert rule.better == "lower"


def test_items_found_in_two_rounds_running_are_repeats_however_often() -> None:
    then = [visit("甲", "04-01", 垃圾=1), visit("甲", "04-30", 污水=1, 堆物=1), visit("乙", "03-31", 垃圾=1)]
    now = [
        visit("甲", "05-01", 垃圾=1, 新问题=1),
        visit("甲", "05-31", 垃圾=2, 污水=1),
        visit("乙", "05-02", 垃圾=1),
        visit("丙", "05-02", 60),
    ]
    rule = eg.count_repeats(eg.month())
    answer = reasons(rule, "甲乙丙", inspections=[*then, *now])
    assert answer["甲"] == eg.Reason(rule, Fraction(2), (*then[:2], *now[:2]))
    assert answer["乙"] == eg.Reason(rule, Fraction(0), (now[2],))
    assert answer["丙"] == eg.Reason(rule, NOT_ASSESSED, ())
    assert rule.better == "lower"


def test_repeats_of_one_channel_are_those_that_it_found_both_times() -> None:
    seen = [visit("甲", "04-02", None, "无人机", 垃圾=1), visit("甲", "05-02", 垃圾=1), visit("甲", "04-02", 污水=1)]
    assert values(eg.count_repeats(eg.month(), "督导"), "甲", inspections=seen) == {"甲": 0}
    assert values(eg.count_repeats(eg.month()), "甲", inspections=seen) == {"甲": 1}


def test_a_unit_that_was_not_there_before_repeats_nothing() -> None:
    assert values(eg.count_repeats(eg.month()), "新", inspections=[visit("新", "05-02", 垃圾=1)]) == {"新": 0}


def test_a_stated_score_in_the_round_before_repeats_nothing() -> None:
    seen = [visit("甲", "04-02", 60), visit("甲", "05-02", 垃圾=1)]
    rule = eg.count_repeats(eg.month())
    assert reasons(rule, "甲", inspections=seen)["甲"] == eg.Reason(rule, Fraction(0), (seen[1],))


def test_inspections_are_counted_at_a_unit_and_below_it() -> None:
    rule = eg.count_inspections()
    assert values(rule, ["镇", "空镇", "甲"], inspections=SEEN) == {"镇": 5, "空镇": 0, "甲": 3}
    assert values(eg.count_inspections("无人机"), ["镇", "乙"], inspections=SEEN) == {"镇": 1, "乙": 0}
    assert reasons(rule, "甲", inspections=SEEN)["甲"] == eg.Reason(rule, Fraction(3), tuple(SEEN[:3]))
    assert rule.better == "higher"


@pytest.mark.parametrize(
    "make",
    [
        lambda: eg.count_findings(""),
        lambda: eg.count_findings("垃圾", wrong(1)),
        lambda: eg.count_repeats(eg.month(), ""),
        lambda: eg.count_inspections(" "),
        lambda: eg.stated("", several="mean"),
        lambda: eg.deductions(100, "", several="mean"),
    ],
)
def test_items_and_channels_are_texts(make: Any) -> None:
    with pytest.raises(TypeError, match="give a text that is not empty"):
        make()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: eg.count_repeats(wrong("month")),
            r"count_repeats: cadence='month': this is a text: write the call, month\(...\)",
        ),
        (lambda: eg.deductions(100, several=wrong("total")), "deductions: several='total': choose one of 'mean'"),
        (lambda: eg.stated("督导", several="mean", better=wrong("up")), "stated: better='up': choose one of 'higher'"),
    ],
)
def test_a_rule_of_inspections_that_cannot_be_asked_is_refused(make: Any, message: str) -> None:
    with pytest.raises(eg.SchemeError, match=message):
        make()
