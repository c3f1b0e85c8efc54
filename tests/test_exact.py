"""Exact numbers: what comes in, what is refused, sums and rounding under any caller's decimal context."""

import decimal
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, getcontext, setcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from envgov.exact import add_up, mean_of, points, round_half_up, total_of
from envgov.facts.inspection import Finding, Inspection, Item, Rubric

AFTER_THE_POINT = "0.123456789"
BOUNDS = "at most 12 digits before and 9 after the decimal point"
CONTEXTS = {
    "three digits": decimal.Context(prec=3),
    "one digit, down": decimal.Context(prec=1, rounding=decimal.ROUND_DOWN),
    "every rounding trapped": decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded]),
    "small exponents, floats trapped": decimal.Context(prec=3, Emin=-1, Emax=1, traps=[decimal.FloatOperation]),
}


class Celsius(float):
    """As numpy.float64: a float with a spelling of its own."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Celsius({float(self)})"


@pytest.fixture(params=CONTEXTS)
def callers_context(request: pytest.FixtureRequest) -> Iterator[None]:
    before = getcontext()
    setcontext(CONTEXTS[request.param].copy())
    yield
    setcontext(before)


@pytest.mark.parametrize(
    ("given_", "spelt"),
    [
        (85, "85"),
        ("85.50", "85.5"),
        (Decimal("85.50"), "85.5"),
        ("085.0", "85"),
        ("+7", "7"),
        ("-0.250", "-0.25"),
        (Decimal("1E+3"), "1000"),
        (Decimal("2.50E+1"), "25"),
        ("0.00", "0"),
        ("-0", "0"),
        (Decimal("-0E+7"), "0"),
        (0, "0"),
        (100, "100"),
        (-12, "-12"),
        ("999999999999.999999999", "999999999999.999999999"),
        (-999_999_999_999, "-999999999999"),
        (AFTER_THE_POINT, AFTER_THE_POINT),
        ("0.1234567890000", AFTER_THE_POINT),
    ],
)
def test_one_number_has_one_spelling(given_: int | str | Decimal, spelt: str) -> None:
    assert str(points(given_)) == spelt


@pytest.mark.parametrize(
    ("x", "places", "spelt"),
    [
        (0.15, 1, "0.2"),  # the binary value lies below 0.15
        (2.675, 2, "2.68"),
        (0.25, 1, "0.3"),
        (-0.15, 1, "-0.2"),
        (-0.25, 1, "-0.3"),
        (-0.04, 1, "0"),
        (0.0, 1, "0"),
        (-0.0, 1, "0"),
        (85.5, 3, "85.5"),
        (85.5, 0, "86"),
        (1e-300, 9, "0"),
        (1e11, 2, "100000000000"),
        ("84.449", 2, "84.45"),
        (Decimal("-2.5"), 0, "-3"),
        (7, 2, "7"),
    ],
)
def test_places_round_the_typed_number_half_away_from_zero(x: float | str | Decimal, places: int, spelt: str) -> None:
    assert str(points(x, places=places)) == spelt


def test_a_subclass_of_float_with_its_own_repr_is_read_as_the_float_it_is() -> None:
    assert points(Celsius(0.15), places=1) == Decimal("0.2")


@pytest.mark.parametrize("x", [85.5, 85.0, -0.1, float("nan"), float("inf")])
def test_a_float_is_refused_with_the_two_ways_out(x: float) -> None:
    with pytest.raises(TypeError) as refused:
        points(x)
    assert f"{x} is a float: give a string or a Decimal, or say points({x}, places=...)" in str(refused.value)


@pytest.mark.parametrize("x", [True, False, None, 3j, Fraction(1, 2), b"85", ["85"], date(2024, 5, 1)])
@pytest.mark.parametrize("places", [None, 1])
def test_what_is_no_number_is_refused_and_told_what_is_wanted(x: Any, places: int | None) -> None:
    with pytest.raises(TypeError) as refused:
        points(x, places=places)
    assert f"{x!r} is not a number of points: give an int, a Decimal or a string such as '85.5'" in str(refused.value)


@pytest.mark.parametrize(
    "x",
    [float("nan"), float("inf"), float("-inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-Inf")],
)
def test_what_is_not_finite_is_refused(x: float | Decimal) -> None:
    with pytest.raises(ValueError, match=r"(?i)(nan|inf)\w* is not a number of points"):
        points(x, places=1)


@pytest.mark.parametrize(
    "x",
    [
        *("", " ", "85 ", " 85", "85\n", "1e5", "1E5", "８５", "85，5", "85,5", ".5", "5.", "1_000", "0x10"),
        *("--5", "+-5", "85分", "NaN", "Infinity", "½", "८५", "−5"),
    ],
)
def test_a_text_is_a_plain_number_in_ascii_digits_or_refused(x: str) -> None:
    with pytest.raises(ValueError, match=r"is not a number written like 85 or 85\.5") as refused:
        points(x)
    assert repr(x) in str(refused.value)


@pytest.mark.parametrize(
    "x",
    [
        10**12,
        -(10**12),
        "1000000000000",
        "0.1234567891",
        Decimal("1E+12"),
        Decimal("1E-10"),
        Decimal("1E-999999"),
        Decimal("1E+999999"),
        pytest.param(10**5000, id="5,001 digits"),
        "0" * 61,
        "9" * 5000,
        "0." + "1" * 5000,
    ],
)
def test_a_number_out_of_bounds_is_refused_in_a_short_message(x: int | str | Decimal) -> None:
    with pytest.raises(ValueError, match=BOUNDS) as refused:
        points(x)
    assert len(str(refused.value)) < 150


@pytest.mark.parametrize(("x", "places"), [("999999999999.5", 0), (-999_999_999_999.96, 1)])
def test_what_rounds_out_of_bounds_is_out_of_bounds(x: float | str, places: int) -> None:
    with pytest.raises(ValueError, match=BOUNDS):
        points(x, places=places)


def test_negative_places_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="places"):
        points("85", places=-1)


@given(st.decimals(-(10**12) + 1, 10**12 - 1, places=9))
def test_points_keep_the_value_and_reading_them_again_changes_nothing(x: Decimal) -> None:
    once = points(x)
    assert once == x
    assert str(points(once)) == str(once)


@pytest.mark.parametrize(
    ("x", "places", "spelt"),
    [
        (Fraction(5, 100), 1, "0.1"),
        (Fraction(-5, 100), 1, "-0.1"),
        (Fraction(-4, 100), 1, "0.0"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(-2, 3), 2, "-0.67"),
        (Fraction(171, 2), 0, "86"),
        (Fraction(-171, 2), 0, "-86"),
        (Fraction(85), 2, "85.00"),
        (Fraction(0), 1, "0.0"),
        (Fraction(10**40 * 2 + 1, 2), 0, "1" + "0" * 39 + "1"),
    ],
)
def test_rounding_is_half_away_from_zero_to_exactly_the_places(x: Fraction, places: int, spelt: str) -> None:
    assert str(round_half_up(x, places)) == spelt


@given(st.decimals(-(10**6), 10**6, places=4), st.integers(0, 4))
def test_rounding_is_what_decimal_calls_round_half_up(x: Decimal, places: int) -> None:
    exponent = Decimal(1).scaleb(-places)
    assert round_half_up(Fraction(x), places) == x.quantize(exponent, rounding=ROUND_HALF_UP)


@pytest.mark.usefixtures("callers_context")
def test_the_callers_context_does_not_change_what_is_read() -> None:
    assert str(points("123456.789")) == "123456.789"
    assert str(points(-123456789)) == "-123456789"
    assert str(points(Decimal("123456.7890"))) == "123456.789"
    assert str(points(1234.56785, places=4)) == "1234.5679"


@pytest.mark.usefixtures("callers_context")
def test_the_callers_context_does_not_change_sums_means_and_rounding() -> None:
    values = [points("999.99"), points("0.001"), points("-0.0005")]
    assert str(add_up(values)) == "999.9905"
    assert total_of([*values, Fraction(1, 3)]) == Fraction(999_9905, 10_000) + Fraction(1, 3)
    assert mean_of(values) == Fraction(999_9905, 30_000)
    assert str(round_half_up(Fraction(123_456_785, 1000), 2)) == "123456.79"
    assert str(round_half_up(Fraction(-2, 3), 5)) == "-0.66667"


@pytest.mark.usefixtures("callers_context")
def test_the_callers_context_does_not_change_deductions_caps_and_marks() -> None:
    findings = (Finding("路面", points("1.2345")), Finding("路面", points("2.3456")), Finding("河道", points("0.0001")))
    visit = Inspection("v1", date(2024, 5, 1), "督导", findings)
    assert str(visit.deducted) == "3.5802"
    assert str(Rubric(100).marks(visit)) == "96.4198"
    assert str(Rubric(100, (Item("路面", points("3.1234")),)).marks(visit)) == "96.8765"


def test_a_sum_that_could_not_be_exact_raises_instead_of_rounding() -> None:
    with pytest.raises(decimal.Inexact):
        add_up([Decimal("1E+40"), Decimal("1E-40")])


def test_sums_are_exact_where_floats_are_not() -> None:
    assert add_up([points("0.1")] * 3) == points("0.3")
    assert total_of([points("0.1")] * 10) == 1
    assert mean_of([points("0.1"), points("0.2"), points("0.3")]) == Fraction(1, 5)


def test_a_sum_of_nothing_is_zero() -> None:
    assert add_up([]) == total_of([]) == 0


@given(st.lists(st.one_of(st.fractions(), st.decimals(-(10**12), 10**12, places=9)), min_size=1, max_size=9))
def test_totals_and_means_are_those_of_fractions(values: list[Decimal | Fraction]) -> None:
    total = sum((Fraction(value) for value in values), start=Fraction(0))
    assert total_of(values) == total
    assert mean_of(values) == total / len(values)
