"""Slips that address a unit as a whole, and the condition that asks for them."""

from datetime import date
from typing import Any

import pytest

import envgov as eg
import towns
from places import event, issue

WEEK = eg.week(ends="sunday")
GRID = eg.Grid([eg.Unit(code, f"{code}村", "村") for code in "甲乙"])
WHITE_IN_YEAR = eg.unit_slipped("白单", within=eg.year())
SUMMONED = eg.Ladder((eg.Rung("约谈", WHITE_IN_YEAR, ("单位",)),), publish="every rung")


def slip(unit: str, day: str, level: str = "白单", by: str = "") -> eg.Slip:
    return eg.Slip(unit, level, date.fromisoformat(day), by)


def scheme(**changes: Any) -> eg.Scheme:
    return towns.scheme(**{"scoring": None, "ranking": None, "cadence": WEEK, "ladders": (SUMMONED,), **changes})


def summoned(day: str, *slips: eg.Slip, when: eg.Condition = WHITE_IN_YEAR) -> list[str]:
    """Who is summoned in the week of that day, of which no earlier round is known."""
    ladder = eg.Ladder((eg.Rung("约谈", when, ("单位",)),), publish="every rung")
    round = WEEK.round_of(date.fromisoformat(day))
    assessment = eg.assess(scheme(ladders=(ladder,)), round, eg.Facts(GRID, slips=slips))
    return [measure.subject for measure in assessment.measures if not measure.pending]


@pytest.mark.parametrize(
    ("issued", "week", "holds"),
    [
        ("2024-05-13", "2024-05-13", True),  # Monday, of its own week
        ("2024-05-19", "2024-05-13", True),  # Sunday
        ("2024-05-20", "2024-05-13", False),  # after the round
        ("2024-01-01", "2024-12-23", True),  # to the last week that ends in the year
        ("2023-12-31", "2024-01-01", False),  # of the year before
    ],
)
def test_it_holds_from_the_round_of_the_slip_to_the_end_of_the_span(issued: str, week: str, *, holds: bool) -> None:
    assert summoned(week, slip("甲", issued)) == (["甲"] if holds else [])


@pytest.mark.parametrize(("week", "holds"), [("2024-12-30", True), ("2025-01-06", False)])
def test_in_a_week_across_the_new_year_it_holds_in_its_own_round_alone(week: str, *, holds: bool) -> None:
    assert summoned(week, slip("甲", "2024-12-30")) == (["甲"] if holds else [])


def test_a_slip_of_the_week_before_the_new_year_does_not_hold_in_the_week_across_it() -> None:
    assert summoned("2024-12-30", slip("甲", "2024-12-29")) == []
    assert summoned("2024-12-23", slip("甲", "2024-12-29")) == ["甲"]


@pytest.mark.parametrize(("week", "holds"), [("2024-05-13", True), ("2024-05-20", False)])
def test_within_the_schemes_own_cadence_it_holds_in_the_round_alone(week: str, *, holds: bool) -> None:
    this_week = eg.unit_slipped("白单", within=WEEK)
    assert summoned(week, slip("甲", "2024-05-15"), when=this_week) == (["甲"] if holds else [])


def test_the_colour_before_was_issued_in_an_earlier_week() -> None:
    earlier = eg.all_of(WHITE_IN_YEAR, eg.not_(eg.unit_slipped("白单", within=WEEK)))
    slips = slip("甲", "2024-05-06"), slip("乙", "2024-05-13")
    assert summoned("2024-05-13", *slips, when=earlier) == ["甲"]


def test_another_level_another_unit_and_a_slip_for_an_issue_are_not_meant() -> None:
    found = issue("W1", "乙", event("slip issued", "2024-05-14", slip="白单"))
    facts = eg.Facts(GRID, issues=[found], slips=[slip("甲", "2024-05-13", "黄单")])
    assert eg.assess(scheme(), WEEK.round_of(date(2024, 5, 13)), facts).measures == ()


def test_nothing_but_a_slip_makes_a_round() -> None:
    season = eg.assess_season(scheme(), eg.Facts(GRID, slips=[slip("甲", "2024-05-13")]))
    assert [assessment.record.round.last_day for assessment in season] == [date(2024, 5, 19)]


def test_rounds_that_were_not_held_between_change_nothing() -> None:
    """A slip of a week in which nobody was assessed: the round leaves no record, and the slip stays."""
    ranked = scheme(scoring=eg.stated("督导", several="mean"), ranking=eg.RankBy(places=0))
    visits = [eg.Inspection(code, date(2024, 5, 22), "督导", stated=eg.points(90)) for code in "甲乙"]
    season = eg.assess_season(ranked, eg.Facts(GRID, inspections=visits, slips=[slip("甲", "2024-05-13")]))
    assert [measure.subject for measure in season.latest.measures] == ["甲"]
    assert len(season) == 1


def test_a_record_keeps_the_slips_to_its_field_alone_and_is_stored_with_them() -> None:
    grid = eg.Grid([*GRID.units, eg.Unit("组", "一组", "组", "甲")])
    slips = [slip("甲", "2024-05-13"), slip("组", "2024-05-13"), slip("甲", "2024-05-20")]
    assessment = eg.assess(scheme(), WEEK.round_of(date(2024, 5, 13)), eg.Facts(grid, slips=slips))
    assert assessment.record.slips == (slips[0],)
    assert eg.from_dict(eg.to_dict(assessment)) == assessment


def test_the_explanation_tells_the_slip_and_who_issued_it() -> None:
    facts = eg.Facts(GRID, slips=[slip("甲", "2024-05-13", by="D3")], bodies=[eg.Body("D3", "督查办")])
    why = eg.assess(scheme(), WEEK.round_of(date(2024, 5, 20)), facts).explain("甲")
    chinese, english = (eg.narrate(why, language).splitlines() for language in ("zh", "en"))
    assert "因为：年度内已对单位发“白单”：符合" in [line.strip() for line in chinese]
    assert "2024-05-13，发“白单”，督查办" in [line.strip() for line in chinese]
    assert "2024-05-13, slip “白单” issued, 督查办" in [line.strip() for line in english]
    assert "because: a slip “白单” was issued to the unit (counted every year): holds" in [x.strip() for x in english]


def test_a_counter_asks_it_of_the_earlier_rounds_too() -> None:
    twice = eg.cumulative(
        eg.unit_slipped("白单", within=WEEK), 2, within=eg.year(), repeat="each", editions="carry", heads="carry"
    )
    ladder = eg.Ladder((eg.Rung("约谈", twice, ("单位",)),), publish="every rung")
    slips = [slip("甲", "2024-05-13"), slip("乙", "2024-05-14"), slip("甲", "2024-05-20")]
    season = eg.assess_season(scheme(ladders=(ladder,)), eg.Facts(GRID, slips=slips))
    assert [[measure.subject for measure in assessment.measures] for assessment in season] == [[], ["甲"]]


def test_a_level_is_a_text_and_the_span_a_cadence() -> None:
    with pytest.raises(TypeError, match="level"):
        eg.unit_slipped(" ", within=eg.year())
    with pytest.raises(eg.SchemeError, match="within"):
        eg.unit_slipped("白单", within="year")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="slip"):
        eg.Slip("甲", "", date(2024, 5, 13))
