"""Scores over time: finer rounds, since the year began, against an earlier round; units that come and go."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

import envgov as eg
import towns
from books import GRID, day, issue, reasons, values, visit

NOT_ASSESSED, EXEMPT = eg.Absent.NOT_ASSESSED, eg.Absent.EXEMPT
wrong: Any = lambda value: value  # a value that a type checker would refuse
FIELD = eg.stated("督导", several="mean")
DOWN = eg.stated("投诉", several="mean", better="lower")
EXCUSED = eg.rate(eg.in_state("closed"), eg.happened("found", during="round"), by="place", empty="exempt")
SPRING = eg.quarter().round_of(day("04-01"))
APRIL, MAY, JUNE = map(towns.month_of, ("2024-04", "2024-05", "2024-06"))
VISITS = (
    visit("甲", "03-31", 1),
    visit("甲", "04-01", 80),
    visit("甲", "04-30", 81),
    visit("甲", "05-31", 90),
    visit("乙", "05-01", 70),
    visit("旧", "04-02", 60),
)
"""Of the second quarter: 甲 80.5 and 90, 乙 nothing and 70, 旧 60 until it was dissolved; nobody in June."""


def mean_over(of: eg.ScoringRule = FIELD, *, absent: Any = "skip", unheld: Any = "skip") -> eg.mean_over:
    return eg.mean_over(eg.month(), of, absent=absent, unheld=unheld)


@pytest.mark.parametrize(
    ("absent", "first", "second"),
    [
        ("skip", Fraction(341, 4), 70),
        ("zero", Fraction(341, 4), 35),
        ("not assessed", Fraction(341, 4), NOT_ASSESSED),
    ],
)
def test_a_month_without_a_score_means_what_is_declared(absent: Any, first: object, second: object) -> None:
    """Two months of the quarter were held: (80.5 + 90) / 2 is 85.25, a mean of means."""
    rule = mean_over(absent=absent)
    assert values(rule, "甲乙丙", SPRING, inspections=VISITS) == {"甲": first, "乙": second, "丙": NOT_ASSESSED}


def test_a_month_that_was_not_held_is_left_out_or_leaves_everybody_without_a_score() -> None:
    assert values(mean_over(unheld="not assessed"), "甲乙", SPRING, inspections=VISITS) == {
        "甲": NOT_ASSESSED,
        "乙": NOT_ASSESSED,
    }
    in_june = visit("丙", "06-30", 50)
    assert values(mean_over(unheld="not assessed"), "甲乙丙", SPRING, inspections=[*VISITS, in_june]) == {
        "甲": Fraction(341, 4),
        "乙": 70,
        "丙": 50,
    }
    assert values(mean_over(unheld="skip"), "甲", SPRING) == {"甲": NOT_ASSESSED}


def test_an_unheld_month_is_no_month_without_a_score() -> None:
    """甲 was assessed in both months that were held: June counts neither as a zero nor as a gap."""
    for absent in ("zero", "not assessed"):
        assert values(mean_over(absent=absent), "甲乙", SPRING, inspections=VISITS)["甲"] == Fraction(341, 4)


@pytest.mark.parametrize(("absent", "expected"), [("skip", 60), ("zero", 30), ("not assessed", NOT_ASSESSED)])
def test_a_unit_that_is_gone_has_no_score_in_later_months(absent: Any, expected: object) -> None:
    assert values(mean_over(absent=absent), "甲旧", SPRING, inspections=VISITS)["旧"] == expected


def test_a_mean_over_months_shows_each_month_that_was_held() -> None:
    rule = mean_over()
    answer = reasons(rule, "甲乙旧", SPRING, inspections=VISITS)
    assert answer["甲"].because == (
        eg.Reason(FIELD, Fraction(161, 2), VISITS[1:3]),
        eg.Reason(FIELD, Fraction(90), VISITS[3:4]),
    )
    assert answer["乙"].because == (eg.Reason(FIELD, NOT_ASSESSED, ()), eg.Reason(FIELD, Fraction(70), VISITS[4:5]))
    assert answer["旧"].because == (eg.Reason(FIELD, Fraction(60), VISITS[5:6]),)


def test_who_was_exempt_in_every_month_that_was_held_is_exempt() -> None:
    closed = issue("1", "甲", "found 04-02", "rectified 04-03", "accepted 04-04")
    assert values(mean_over(EXCUSED), "甲乙", SPRING, issues=[closed]) == {"甲": 100, "乙": EXEMPT}
    still_open = issue("2", "甲", "found 05-02")
    assert values(mean_over(EXCUSED), "甲", SPRING, issues=[closed, still_open]) == {"甲": 50}


def test_a_week_belongs_to_the_month_in_which_it_ends() -> None:
    """The week from 29 April ends on 5 May; that of 3 June is June's. 新 is on the grid from 1 May on."""
    seen = [visit("甲", "04-30", 60), visit("甲", "05-06", 90), visit("甲", "06-01", 0), visit("新", "05-02", 50)]
    rule = eg.mean_over(eg.week(ends="sunday"), FIELD, absent="skip", unheld="skip")
    assert values(rule, "甲新", MAY, inspections=seen) == {"甲": 75, "新": NOT_ASSESSED}


def test_where_no_finer_round_ends_nobody_is_assessed() -> None:
    rule = eg.mean_over(eg.quarter(), FIELD, absent="zero", unheld="not assessed")
    assert values(rule, "甲", MAY, inspections=VISITS) == {"甲": NOT_ASSESSED}


def test_a_quarter_counts_in_the_month_in_which_it_ends() -> None:
    """The visits of April and May: 80, 81 and 90. A part of a monthly whole may be quarterly, and others stand in."""
    quarterly = eg.mean_over(eg.quarter(), FIELD, absent="zero", unheld="not assessed")
    months = {
        label: values(quarterly, "甲", month, inspections=VISITS)["甲"]
        for label, month in (("April", APRIL), ("May", MAY), ("June", JUNE))
    }
    assert months == {"April": NOT_ASSESSED, "May": NOT_ASSESSED, "June": Fraction(251, 3)}
    whole = eg.weighted(eg.Part(1, eg.constant(50)), eg.Part(1, quarterly), absent="renormalise")
    assert eg.assess(towns.scheme(scoring=whole), MAY, eg.Facts(GRID)).record.standings[0].score == 50


def test_a_rule_to_date_looks_at_everything_since_the_year_began() -> None:
    cases = eg.count_issues(eg.happened("found", during="round"), by="place")
    ledger = [issue(on, "甲", f"found {on}") for on in ("2023-12-31", "01-01", "04-30", "05-31", "06-01")]
    rule = eg.to_date(eg.year(), cases)
    answer = reasons(rule, "甲乙", MAY, issues=ledger)["甲"]
    assert answer.value == 3
    [inner] = answer.because
    assert isinstance(inner, eg.Reason)
    assert inner.because == (eg.Tally(3, None, date(2024, 5, 31)), *sorted(ledger[1:4], key=lambda i: i.id))
    assert values(eg.to_date(eg.quarter(), cases), "甲", MAY, issues=ledger) == {"甲": 2}


def test_the_year_of_a_round_across_new_year_is_that_of_its_last_day() -> None:
    """So each week counts in one year: the Saturday of 30 December is the first day of the first week of 2024."""
    cases = eg.to_date(eg.year(), eg.count_issues(eg.happened("found", during="round"), by="place"))
    days = (
        "2023-12-23",
        "2023-12-29",
        "2023-12-30",
        "2024-01-01",
        "2024-01-05",
        "2024-01-06",
        "2024-12-27",
        "2024-12-28",
    )
    ledger = [issue(on, "甲", f"found {on}") for on in days]
    weeks = map(eg.week(ends="friday").round_of, (date(2023, 12, 29), *map(day, ("01-01", "01-12", "12-27", "12-28"))))
    counted = [values(cases, "甲", week, issues=ledger)["甲"] for week in weeks]
    assert counted == [2, 3, 4, 5, 1]


def test_a_quarter_to_date_begins_with_the_first_week_that_ends_in_it() -> None:
    """30 March 2024 was a Saturday."""
    april = eg.week(ends="friday").round_of(day("04-10"))
    seen = [visit("甲", "03-29", 10), visit("甲", "03-30", 50), visit("甲", "04-12", 90)]
    assert values(eg.to_date(eg.quarter(), FIELD), "甲", april, inspections=seen) == {"甲": 70}


@pytest.mark.parametrize("cadence", [eg.day(), eg.ten_days(), eg.half_month(), eg.month(), eg.quarter()])
def test_rounds_that_begin_with_the_year_count_from_its_first_day(cadence: eg.Cadence) -> None:
    seen = [visit("甲", "2023-12-31", 10), visit("甲", "01-01", 50), visit("甲", "02-29", 90)]
    round = cadence.round_of(day("02-29"))
    assert values(eg.to_date(eg.year(), FIELD), "甲", round, inspections=seen) == {"甲": 70}


def test_a_unit_that_was_not_there_when_the_year_began_has_no_number_to_date() -> None:
    rule = eg.to_date(eg.year(), FIELD)
    seen = [visit("新", "05-02", 50), visit("甲", "05-02", 80)]
    answer = reasons(rule, "新甲", MAY, inspections=seen)
    assert answer["新"] == eg.Reason(rule, NOT_ASSESSED, ())
    assert answer["甲"].value == 80
    assert values(eg.to_date(eg.month(), FIELD), "新", MAY, inspections=seen) == {"新": 50}


def test_what_lies_at_a_unit_of_later_than_the_year_began_counts_for_nobody_to_date() -> None:
    cases = eg.count_issues(eg.happened("found", during="round"), by="place")
    ledger = [issue("1", "甲", "found 05-02"), issue("2", "新", "found 05-02"), issue("3", "旧", "found 04-02")]
    assert values(eg.to_date(eg.year(), cases), ["镇"], MAY, issues=ledger) == {"镇": 2}
    assert values(eg.to_date(eg.month(), cases), ["镇"], MAY, issues=ledger) == {"镇": 2}


@pytest.mark.parametrize(("steps", "expected"), [(1, Fraction(19, 2)), (2, 89), (12, Fraction(1, 3))])
def test_a_change_is_against_the_month_so_many_before(steps: int, expected: object) -> None:
    last_year = [visit("甲", "2023-05-01", 89), visit("甲", "2023-05-31", 90), visit("甲", "2023-05-31", 90)]
    rule = eg.change(eg.month(), FIELD, steps=steps)
    assert values(rule, "甲", MAY, inspections=[*VISITS, *last_year]) == {"甲": expected}


def test_a_change_shows_both_numbers_and_is_none_without_one() -> None:
    rule = eg.change(eg.month(), FIELD)
    answer = reasons(rule, "甲乙丙", MAY, inspections=VISITS)
    assert answer["甲"].because == (
        eg.Reason(FIELD, Fraction(90), VISITS[3:4]),
        eg.Reason(FIELD, Fraction(161, 2), VISITS[1:3]),
    )
    assert (answer["乙"].value, answer["丙"].value) == (NOT_ASSESSED, NOT_ASSESSED)
    assert len(answer["乙"].because) == 2
    assert values(eg.change(eg.month(), EXCUSED), "甲", MAY) == {"甲": EXEMPT}


def test_a_unit_that_was_not_there_in_the_earlier_round_has_not_changed() -> None:
    rule = eg.change(eg.month(), FIELD)
    seen = [visit("新", "05-02", 50), visit("甲", "05-02", 80), visit("甲", "04-02", 80)]
    answer = reasons(rule, "甲新", MAY, inspections=seen)
    assert answer["甲"].value == 0
    assert answer["新"] == eg.Reason(rule, NOT_ASSESSED, (eg.Reason(FIELD, Fraction(50), (seen[0],)),))


def test_the_children_of_an_earlier_round_are_those_of_its_own_grid() -> None:
    """April: 甲 80.5 and 旧 60; May: 甲 90 and 乙 70."""
    assert [u.code for u in map(GRID.on(APRIL.start).__getitem__, "甲旧")] == ["甲", "旧"]
    rule = eg.change(eg.month(), eg.mean_of_children(FIELD))
    assert values(rule, ["镇"], MAY, inspections=VISITS) == {"镇": 80 - Fraction(281, 4)}


def test_the_earlier_round_of_a_thirty_first_is_a_whole_month_however_short() -> None:
    seen = [visit("甲", "2024-02-29", 60), visit("甲", "2024-03-31", 90)]
    march = towns.month_of("2024-03")
    assert values(eg.change(eg.month(), FIELD), "甲", march, inspections=seen) == {"甲": 30}


@pytest.mark.parametrize(
    "make", [mean_over, lambda of: eg.to_date(eg.year(), of), lambda of: eg.change(eg.month(), of)]
)
def test_a_rule_over_time_has_the_direction_of_the_rule_inside(make: Any) -> None:
    assert (make(FIELD).better, make(DOWN).better) == ("higher", "lower")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: mean_over(absent="full"), "mean_over: absent='full': choose one of 'skip', 'zero', 'not assessed'"),
        (lambda: mean_over(unheld="zero"), "mean_over: unheld='zero': choose one of 'skip', 'not assessed'"),
        (lambda: mean_over(wrong(5)), r"mean_over: of: 5 does not answer scores\(\)"),
        (
            lambda: eg.to_date(wrong("year"), FIELD),
            r"to_date: cadence='year': this is a text: write the call, year\(...\)",
        ),
        (lambda: eg.change(FIELD, eg.month()), "change: cadence: stated.* does not answer round_of"),  # type: ignore[arg-type]
        (lambda: eg.change(eg.month(), FIELD, steps=0), "change: steps=0: give a whole number from 1 up"),
        (lambda: eg.change(eg.month(), FIELD, steps=wrong(True)), "change: steps=True: give a whole number"),
    ],
)
def test_a_rule_over_time_that_cannot_be_asked_is_refused(make: Any, message: str) -> None:
    with pytest.raises(eg.SchemeError, match=message):
        make()
