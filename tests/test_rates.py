"""Rates in the words of bulletins."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import envgov as eg

DAY = date(2023, 7, 10)


def tally(counted: int, among: int | None) -> eg.Tally:
    return eg.Tally(counted, among, DAY)


# 息县 2021-12-30: 1057 of 1188, 89%. 通济新区 2023-07-10: 1017 of 1104, 92%以上.
@pytest.mark.parametrize(
    ("counted", "among", "rounded", "at_least", "exact"),
    [
        (1057, 1188, "89%", "88%以上", "88.97%"),
        (1017, 1104, "92%", "92%以上", "92.12%"),
        (92, 100, "92%", "92%以上", "92.00%"),
        (1, 8, "13%", "12%以上", "12.50%"),
        (1, 3200, "0%", "0%以上", "0.03%"),
        (0, 7, "0%", "0%以上", "0.00%"),
        (7, 7, "100%", "100%以上", "100.00%"),
        (0, 0, "无", "无", "无"),
    ],
)
def test_a_rate_is_rounded_or_at_least_or_exact(
    counted: int, among: int, rounded: str, at_least: str, exact: str
) -> None:
    given = tally(counted, among)
    assert eg.word_rate(given, "rounded") == rounded
    assert eg.word_rate(given, "at least") == at_least
    assert eg.word_rate(given, "exact") == exact


def test_a_rate_in_english() -> None:
    reached = tally(1017, 1104)
    assert [eg.word_rate(reached, how, "en") for how in ("rounded", "at least", "exact")] == [
        "92%",
        "at least 92%",
        "92.12%",
    ]
    assert eg.word_rate(tally(0, 0), "at least", "en") == "none"


def test_a_count_is_no_rate() -> None:
    with pytest.raises(ValueError, match="is a count"):
        eg.word_rate(tally(37, None), "rounded")


def test_a_rate_is_worded_in_one_of_three_ways() -> None:
    with pytest.raises(ValueError, match="how='about': choose one of 'rounded', 'at least', 'exact'"):
        eg.word_rate(tally(1, 2), "about")  # type: ignore[arg-type]


@given(st.integers(1, 10**6).flatmap(lambda among: st.tuples(st.integers(0, among), st.just(among))))
def test_what_is_rounded_is_within_half_a_per_cent_and_at_least_never_says_more_than_is(pair: tuple[int, int]) -> None:
    rate = Fraction(100 * pair[0], pair[1])
    rounded, reached = (int(eg.word_rate(tally(*pair), how).split("%")[0]) for how in ("rounded", "at least"))
    assert abs(rounded - rate) <= Fraction(1, 2)
    assert reached <= rate < reached + 1
