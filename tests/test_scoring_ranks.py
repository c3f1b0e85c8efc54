"""Places turned into numbers: ranks within the field, ranks received, distance from the mean."""

from fractions import Fraction
from typing import Any

import pytest

import envgov as eg
from books import day, reasons, values, visit

NOT_ASSESSED, EXEMPT = eg.Absent.NOT_ASSESSED, eg.Absent.EXEMPT
wrong: Any = lambda value: value  # a value that a type checker would refuse
UP = eg.stated("督导", several="mean")
DOWN = eg.stated("督导", several="mean", better="lower")
EXCUSED = eg.rate(eg.in_state("closed"), eg.happened("found", during="round"), by="place", empty="exempt")
UNITS = "甲乙丙新"
SEEN = [visit("甲", "05-02", "80.04"), visit("乙", "05-02", "79.96"), visit("丙", "05-02", 90)]


def test_units_strictly_better_are_counted_and_who_has_no_number_has_no_rank() -> None:
    assert values(eg.rank_in(UP, places=2), UNITS, inspections=SEEN) == {"甲": 2, "乙": 3, "丙": 1, "新": NOT_ASSESSED}
    assert values(eg.rank_in(DOWN, places=2), UNITS, inspections=SEEN) == {
        "甲": 2,
        "乙": 1,
        "丙": 3,
        "新": NOT_ASSESSED,
    }


def test_numbers_that_are_equal_as_rounded_share_a_rank() -> None:
    """80.04 and 79.96 are both 80.0; with two ahead of it, the third of three is rank 3."""
    assert values(eg.rank_in(UP, places=1), "甲乙丙", inspections=SEEN) == {"甲": 2, "乙": 2, "丙": 1}
    assert values(eg.rank_in(DOWN, places=1), "甲乙丙", inspections=SEEN) == {"甲": 1, "乙": 1, "丙": 3}


def test_halves_are_rounded_up_before_they_are_compared() -> None:
    seen = [visit("甲", "05-02", "84.5"), visit("乙", "05-02", 85), visit("丙", "05-02", "84.4")]
    assert values(eg.rank_in(UP, places=0), "甲乙丙", inspections=seen) == {"甲": 1, "乙": 1, "丙": 3}


def test_a_rank_is_shared_out_over_those_who_have_one() -> None:
    assert values(eg.rank_share(UP, places=2), UNITS, inspections=SEEN) == {
        "甲": Fraction(2, 3),
        "乙": 1,
        "丙": Fraction(1, 3),
        "新": NOT_ASSESSED,
    }


@pytest.mark.parametrize("make", [eg.rank_in, eg.rank_share])
def test_a_rank_shows_the_number_that_was_ranked_and_lower_is_better(make: Any) -> None:
    rule = make(UP, places=2)
    assert reasons(rule, UNITS, inspections=SEEN)["丙"].because == (eg.Reason(UP, Fraction(90), (SEEN[2],)),)
    assert (rule.better, make(DOWN, places=0).better) == ("lower", "lower")
    assert values(make(EXCUSED, places=0)) == {"甲": EXEMPT, "乙": EXEMPT}


def received(unit: str, on: str, rank: int, of: int, channel: str = "无人机") -> eg.StatedRank:
    return eg.StatedRank(unit, day(on), channel, rank, of)


RANKS = (
    received("甲", "04-30", 1, 1),
    received("甲", "05-01", 117, 151),
    received("甲", "05-31", 3, 11),
    received("甲", "05-31", 1, 2),
    received("甲", "05-31", 9, 9, "督导"),
    received("乙", "05-31", 3, 11),
)


@pytest.mark.parametrize(
    ("several", "expected"),
    [
        ("mean", (Fraction(117, 151) + Fraction(3, 11) + Fraction(1, 2)) / 3),
        ("latest", Fraction(17, 44)),
        ("worst", Fraction(117, 151)),
        ("best", Fraction(3, 11)),
    ],
)
def test_of_several_ranks_received_the_declared_one_counts_by_the_length_of_its_list(
    several: Any, expected: object
) -> None:
    """The latest day has 3/11 and 1/2: their mean is 17/44."""
    rule = eg.stated_rank("无人机", several=several)
    answer = reasons(rule, "甲乙丙", stated_ranks=RANKS)
    assert answer["甲"].value == expected
    assert answer["甲"].because == (RANKS[1], RANKS[3], RANKS[2])  # of a day the better rank first
    assert answer["乙"] == eg.Reason(rule, Fraction(3, 11), (RANKS[5],))
    assert answer["丙"] == eg.Reason(rule, NOT_ASSESSED, ())
    assert rule.better == "lower"


@pytest.mark.parametrize(
    ("absent", "expected"),
    [("renormalise", Fraction(3, 11)), ("not assessed", NOT_ASSESSED)],
)
def test_a_mean_rank_is_the_mean_of_shares_of_lists_of_different_lengths(absent: Any, expected: object) -> None:
    rule = eg.mean_rank(eg.stated_rank("无人机", several="best"), eg.stated_rank("督导", several="best"), absent=absent)
    assert values(rule, "甲乙", stated_ranks=RANKS) == {"甲": (Fraction(3, 11) + 1) / 2, "乙": expected}
    assert rule.better == "lower"


def test_distances_from_the_mean_of_the_field_are_exact_and_add_up_to_zero() -> None:
    """The mean of 80.04, 79.96 and 90 is 250/3."""
    answer = values(eg.from_mean(UP), UNITS, inspections=SEEN)
    assert answer == {
        "甲": Fraction("80.04") - Fraction(250, 3),
        "乙": Fraction("79.96") - Fraction(250, 3),
        "丙": Fraction(20, 3),
        "新": NOT_ASSESSED,
    }
    assert answer["甲"] + answer["乙"] + answer["丙"] == 0


def test_a_distance_shows_the_number_and_keeps_its_direction() -> None:
    rule = eg.from_mean(UP)
    assert reasons(rule, UNITS, inspections=SEEN)["丙"].because == (eg.Reason(UP, Fraction(90), (SEEN[2],)),)
    assert (rule.better, eg.from_mean(DOWN).better) == ("higher", "lower")


def test_a_field_without_numbers_has_no_mean_and_no_rank() -> None:
    for rule in (eg.from_mean(UP), eg.rank_in(UP, places=0), eg.rank_share(UP, places=0)):
        assert values(rule) == {"甲": NOT_ASSESSED, "乙": NOT_ASSESSED}
    assert values(eg.from_mean(EXCUSED)) == {"甲": EXEMPT, "乙": EXEMPT}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: eg.rank_in(UP, places=-1), "rank_in: places=-1: give a whole number from 0 to 9"),
        (lambda: eg.rank_share(UP, places=10), "rank_share: places=10: give a whole number from 0 to 9"),
        (lambda: eg.rank_in(wrong(5), places=0), r"rank_in: of: 5 does not answer scores\(\)"),
        (lambda: eg.from_mean(wrong(None)), "from_mean: of: None does not answer"),
        (lambda: eg.stated_rank("无人机", several=wrong("sum")), "stated_rank: several='sum': choose one of 'mean'"),
    ],
)
def test_a_rule_of_ranks_that_cannot_be_asked_is_refused(make: Any, message: str) -> None:
    with pytest.raises(eg.SchemeError, match=message):
        make()


def test_ranks_are_no_points_and_both_make_no_score() -> None:
    with pytest.raises(eg.SchemeError, match="agree on whether higher or lower is better"):
        eg.mean_rank(eg.rank_share(UP, places=0), UP, absent="renormalise")
    with pytest.raises(eg.SchemeError, match="ranks are lower where they are better"):
        eg.mean_rank(UP, absent="renormalise")
    with pytest.raises(TypeError, match="give a text"):
        eg.stated_rank("", several="mean")
