"""Numbers turned into points: factors, bounds, targets, lines and steps, for either direction."""

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
from books import reasons, values, visit

NOT_ASSESSED, EXEMPT = eg.Absent.NOT_ASSESSED, eg.Absent.EXEMPT
wrong: Any = lambda value: value  # a value that a type checker would refuse
UP = eg.stated("督导", several="mean")
DOWN = eg.stated("督导", several="mean", better="lower")
EXCUSED = eg.rate(eg.in_state("closed"), eg.happened("found", during="round"), by="place", empty="exempt")


def points(rule: eg.ScoringRule, x: object) -> Any:
    """What a rule gives for the stated number x."""
    return values(rule, "甲", inspections=[visit("甲", "05-02", x)])["甲"]


CURVES = [
    lambda of: eg.scaled(of, 2),
    lambda of: eg.bounded(of, low=0),
    lambda of: eg.to_target(of, 70, full=50, slope=1, floor=0),
    lambda of: eg.piecewise(of, eg.Knot(0, 0), eg.Knot(1, 1)),
    lambda of: eg.bands(of, eg.Band(1, 1), rest=0),
]


@pytest.mark.parametrize("make", CURVES)
def test_who_has_no_number_gets_no_points_and_a_number_is_shown(make: Any) -> None:
    seen = visit("甲", "05-02", 1)
    rule = make(UP)
    answer = reasons(rule, inspections=[seen])
    assert answer["甲"].rule == rule
    assert answer["甲"].because == (eg.Reason(UP, Fraction(1), (seen,)),)
    assert answer["乙"] == eg.Reason(rule, NOT_ASSESSED, (eg.Reason(UP, NOT_ASSESSED, ()),))
    assert values(make(EXCUSED)) == {"甲": EXEMPT, "乙": EXEMPT}


def test_a_factor_is_exact_and_a_negative_one_turns_the_direction() -> None:
    assert points(eg.scaled(UP, "0.6"), "33.3") == Fraction("19.98")
    assert points(eg.scaled(UP, "-0.3"), 3) == Fraction(-9, 10)
    assert [eg.scaled(of, factor).better for of in (UP, DOWN) for factor in ("0.1", "-0.1")] == [
        *("higher", "lower"),
        *("lower", "higher"),
    ]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"low": 0}, {"-0.1": 0, "0": 0, "200": 200}),
        ({"high": 5}, {"-1": -1, "5": 5, "5.1": 5}),
        ({"low": 1, "high": "1.5"}, {"0": 1, "1.25": Fraction(5, 4), "2": Fraction(3, 2)}),
        ({"low": 7, "high": 7}, {"0": 7, "9": 7}),
    ],
)
def test_a_number_stays_within_its_bounds(bounds: Any, expected: dict[str, object]) -> None:
    rule = eg.bounded(UP, **bounds)
    assert {x: points(rule, x) for x in expected} == expected
    assert (rule.better, eg.bounded(DOWN, **bounds).better) == ("higher", "lower")


@pytest.mark.parametrize(
    ("x", "expected"), [(100, 50), (70, 50), ("69.5", Fraction(99, 2)), (69, 49), (20, 0), (0, 0), (-1, 0)]
)
def test_points_fall_with_what_is_missing_to_the_target(x: object, expected: object) -> None:
    assert points(eg.to_target(UP, 70, full=50, slope=1, floor=0), x) == expected


@pytest.mark.parametrize(("x", "expected"), [(0, 10), (5, 10), (6, 8), (10, 0), (11, -2), (12, -2)])
def test_where_lower_is_better_the_target_is_missed_from_above(x: object, expected: object) -> None:
    rule = eg.to_target(DOWN, 5, full=10, slope=2, floor=-2)
    assert points(rule, x) == expected
    assert rule.better == "higher"


def test_a_target_that_is_missed_by_a_third_of_a_point_costs_exactly_a_third() -> None:
    seen = [visit("甲", "05-02", x) for x in (69, 70, 70)]
    rule = eg.to_target(UP, 70, full=50, slope=1, floor=0)
    assert values(rule, "甲", inspections=seen) == {"甲": Fraction(149, 3)}


@pytest.mark.parametrize(
    ("x", "expected"), [(-1, 30), (0, 30), (3, 28), (5, Fraction(80, 3)), (6, 26), (8, 13), (10, 0), (99, 0)]
)
def test_points_lie_on_straight_lines_between_knots(x: object, expected: object) -> None:
    assert points(eg.piecewise(UP, eg.Knot(0, 30), eg.Knot(6, 26), eg.Knot(10, 0)), x) == expected


def test_a_line_turns_the_direction_where_it_falls() -> None:
    rising, falling, level = (
        (eg.Knot(0, 0), eg.Knot(1, 0), eg.Knot(2, 5)),
        (eg.Knot(0, 5), eg.Knot(1, 5), eg.Knot(2, 0)),
        (eg.Knot(0, 1), eg.Knot(2, 1)),
    )
    assert [eg.piecewise(UP, *knots).better for knots in (rising, falling, level)] == ["higher", "lower", "higher"]
    assert [eg.piecewise(DOWN, *knots).better for knots in (rising, falling, level)] == ["lower", "higher", "lower"]


@pytest.mark.parametrize(("x", "expected"), [(101, 3), (90, 3), ("89.99", 2), (80, 2), ("79.99", 2), (70, 2), (69, -1)])
def test_a_band_includes_its_number(x: object, expected: object) -> None:
    assert points(eg.bands(UP, eg.Band(90, 3), eg.Band(80, 2), eg.Band(70, 2), rest=-1), x) == expected


@pytest.mark.parametrize(("x", "expected"), [(0, 10), (50, 10), (51, 9), (100, 9), (101, 0)])
def test_where_lower_is_better_a_band_reaches_down_from_its_number(x: object, expected: object) -> None:
    rule = eg.bands(DOWN, eg.Band(50, 10), eg.Band(100, 9), rest=0)
    assert points(rule, x) == expected
    assert rule.better == "higher"


KNOTS = "knots go from low to high numbers, and their points all rise or all fall"
BANDS = "bands go from the best number to the worst, and their points never rise"
TARGET = "the slope is more than 0, and the floor is full at most"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: eg.scaled(UP, 0), "scaled: a factor of 0 makes every unit equal"),
        (lambda: eg.scaled(wrong(5), 1), r"scaled: of: 5 does not answer scores\(\)"),
        (lambda: eg.bounded(UP), "bounded: give low=, high=, or both"),
        (lambda: eg.bounded(UP, low=5, high=4), "bounded: low=5 is above high=4"),
        (lambda: eg.to_target(UP, 70, full=50, slope=0, floor=0), TARGET),
        (lambda: eg.to_target(UP, 70, full=50, slope=-1, floor=0), TARGET),
        (lambda: eg.to_target(UP, 70, full=50, slope=1, floor=51), TARGET),
        (lambda: eg.piecewise(UP, eg.Knot(1, 0), eg.Knot(1, 1)), KNOTS),
        (lambda: eg.piecewise(UP, eg.Knot(2, 0), eg.Knot(1, 1)), KNOTS),
        (lambda: eg.piecewise(UP, eg.Knot(0, 0), eg.Knot(1, 2), eg.Knot(2, 1)), KNOTS),
        (lambda: eg.bands(UP, eg.Band(80, 2), eg.Band(90, 3), rest=0), BANDS),
        (lambda: eg.bands(UP, eg.Band(90, 3), eg.Band(90, 2), rest=0), BANDS),
        (lambda: eg.bands(UP, eg.Band(90, 2), eg.Band(80, 3), rest=0), BANDS),
        (lambda: eg.bands(UP, eg.Band(90, 2), rest=3), BANDS),
        (lambda: eg.bands(DOWN, eg.Band(100, 9), eg.Band(50, 10), rest=0), BANDS),
        (lambda: eg.bands(wrong(None), eg.Band(100, 9), rest=0), "bands: of: None does not answer"),
    ],
)
def test_a_curve_that_would_be_read_wrongly_is_refused_when_it_is_made(make: Any, message: str) -> None:
    with pytest.raises(eg.SchemeError, match=message):
        make()


def test_a_floor_may_be_the_full_points_and_a_line_may_be_level() -> None:
    assert points(eg.to_target(UP, 70, full=50, slope=1, floor=50), 0) == 50
    assert points(eg.piecewise(UP, eg.Knot(0, 1), eg.Knot(1, 1)), 9) == 1


def test_a_line_has_two_knots_and_steps_have_a_band() -> None:
    for make in (lambda: eg.piecewise(UP, eg.Knot(0, 0)), lambda: eg.bands(UP, rest=0)):
        with pytest.raises(ValueError, match="parts"):
            make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: eg.scaled(UP, wrong(0.3)),
        lambda: eg.bounded(UP, low=wrong(0.0)),
        lambda: eg.bounded(UP, high=wrong(0.5)),
        lambda: eg.to_target(UP, wrong(0.7), full=1, slope=1, floor=0),
        lambda: eg.Knot(wrong(0.1), 1),
        lambda: eg.Band(1, wrong(0.1)),
        lambda: eg.bands(UP, eg.Band(1, 1), rest=wrong(0.1)),
    ],
)
def test_numbers_of_a_curve_are_no_floats(make: Any) -> None:
    with pytest.raises(TypeError, match="is a float"):
        make()


def test_knots_and_bands_can_be_exchanged_in_a_copy() -> None:
    line = eg.piecewise(UP, eg.Knot(0, 0), eg.Knot(1, 1), cite="第二条")
    assert evolve(line, of=DOWN) == eg.piecewise(DOWN, eg.Knot(0, 0), eg.Knot(1, 1), cite="第二条")
    steps = eg.bands(UP, eg.Band(90, 3), rest=0, cite="第三条")
    assert evolve(steps, parts=(eg.Band(80, 2),)) == eg.bands(UP, eg.Band(80, 2), rest=0, cite="第三条")
