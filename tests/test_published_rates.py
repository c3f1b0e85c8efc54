"""Rates in published tables: with a sign or without, of rounded amounts, in words."""

from fractions import Fraction

import pytest

from envgov.published.formula import Formula, Operand, weighted
from envgov.published.numerals import Interval
from printed import counted, found


@pytest.mark.parametrize("printed", ["99.5%", "99.5％", "99.5", "0.995"])
def test_a_rate_is_read_with_its_sign_or_without(printed: str) -> None:
    assert found(f"率|n|m\n{printed}|591|594", "率 = n / m") == []


@pytest.mark.parametrize(("printed", "right"), [("99.6%", "99.5%"), ("99.6", "99.5"), ("0.996", "0.995")])
def test_a_wrong_rate_is_found_for_counts_are_exact(printed: str, right: str) -> None:
    assert found(f"率|n|m\n{printed}|591|594", "率 = n / m") == [(2, "率", printed, right, "wrong")]


def test_nothing_done_tells_no_percentage_from_a_fraction() -> None:
    # of 10, 10 and 14 nothing was done again, of 10 one and two: 10 % and 20 %
    table = "村|整改数|返工数|率\n甲|10|0|0\n乙|10|0|0\n丙|14|0|0\n丁|10|1|{}\n戊|10|2|20"
    assert found(table.format(10), "率 = 返工数 / 整改数") == []
    assert found(table.format(11), "率 = 返工数 / 整改数") == [(5, "率", "11", "10", "wrong")]


@pytest.mark.parametrize("heading", ["率（%）", "率(％)", "率%", "率（单位：%）"])
def test_a_sign_in_the_heading_makes_percentages(heading: str) -> None:
    # 0.4 % is far from 5 %, but near 0.05
    table = f"{heading}|n|m\n0.4|5|100"
    assert found(table, f'"{heading}" = n / m') == [(2, heading, "0.4", "5.0", "wrong")]
    assert found(table.replace("0.4", "5.0"), f'"{heading}" = n / m') == []
    assert found(f"{heading}|n|m\n0.95|19|20\n0.5|1|2", f'"{heading}" = n / m') == []


def test_a_number_in_a_heading_is_no_sign_of_a_rate() -> None:
    assert found("指数(10%)|n|m\n0.4|5|100", '"指数(10%)" = n / m') == [(2, "指数(10%)", "0.4", "0.1", "wrong")]


def test_a_number_that_is_right_in_the_other_reading_of_its_column_is_undecidable() -> None:
    claim = "率 = n / m"
    assert found("率|n|m\n0.9|9|10\n80|8|10", claim) == [(3, "率", "80", "0.8", "undecidable")]
    assert found("率|n|m\n90|9|10\n0.8|8|10\n70|7|10", claim) == [(3, "率", "0.8", "80.0", "undecidable")]
    assert found("率|n|m\n90%|9|10\n0.8|8|10\n70%|7|10", claim) == []
    assert found("率|n|m\n90|9|10\n1|10|10\n70|7|10", claim) == [(3, "率", "1", "100", "undecidable")]


def test_a_fraction_without_decimals_is_none() -> None:
    # 0.3 would be printed as 0
    assert found("率|n|m\n90|9|10\n0|3|10\n70|7|10", "率 = n / m") == [(3, "率", "0", "30", "wrong")]


def test_a_rate_above_one_is_no_percentage() -> None:
    assert found("比|n|m\n1.2|6|5\n0.5|1|2", "比 = n / m") == []


def test_a_rate_may_be_what_is_left_of_the_whole() -> None:
    assert found("率|剩|总\n75%|1|4", "率 = 1 - 剩 / 总") == []
    assert found("率|剩|总\n-75%|1|4", "率 = 剩 / 总 - 1") == []
    assert found("率|剩|总\n75%|1|4", "率 = (总 - 剩) / 总 * 100%") == []


def test_whole_numbers_in_a_percentage_are_exact_and_amounts_with_decimals_are_not() -> None:
    assert found("占比|n\n8%|44", "占比 = n / 594") == [(2, "占比", "8%", "7%", "wrong")]
    # 4.45 / 59.4 is 7.49 %
    assert found("占比|n\n7.5%|4.4", "占比 = n / 59.4") == [(2, "占比", "7.5%", "7.4%", "undecidable")]


def test_a_fixed_number_may_divide() -> None:
    assert found("占比|n\n7.4|44\n10.5|62", "占比 = n / 594") == [(3, "占比", "10.5", "10.4", "wrong")]


def test_a_rate_of_rounded_amounts_may_be_undecidable() -> None:
    # at most 1.05 / 1.95 = 53.8 %, at least 0.95 / 2.05 = 46.3 %
    table = "率|a|b\n53%|1.0|2.0\n55%|1.0|2.0\n46%|1.0|2.0\n45%|1.0|2.0"
    assert [verdict for *_, verdict in found(table, "率 = a / b")] == ["undecidable", "wrong", "undecidable", "wrong"]


def test_a_rate_whose_divisor_may_be_zero_is_undecidable_and_by_zero_not_checked() -> None:
    table = "率|a|b\n53%|1.0|0.01\n53%|1.0|0.00\n50%|1.0|2.00"
    assert found(table, "率 = a / b, rounded") == [(2, "率", "53%", "10000%", "wrong")]
    assert counted(table, "率 = a / b, rounded") == {"率 = a / b, rounded": (2, 1)}
    assert found("率|a|b\n53%|1.0|0.1\n50%|1.0|-2", "率 = a / b, rounded")[0] == (2, "率", "53%", "1000%", "wrong")
    # 0.3 less 0.2 may be nothing
    assert found("率|a|b|c\n50%|1.0|0.3|0.2\n", "率 = a / (b - c), rounded") == [
        (2, "率", "50%", "1000%", "undecidable")
    ]


def test_a_quotient_of_a_negative_divisor_can_be_what_lies_all_around_it() -> None:
    formula = Formula(weighted((Operand("a"), Fraction(1))), weighted((Operand("b"), Fraction(1))))
    spans = {
        Operand("a"): Interval.at(Fraction(1)),
        Operand("b"): Interval(Fraction(-3), Fraction(-2), low_in=True, high_in=True),
    }
    for low, high, can in ((-1, 0, True), (-2, -1, False), (0, 1, False)):
        target = Interval(Fraction(low), Fraction(high), low_in=True, high_in=False)
        assert formula.can_be(spans, target) is can


def test_a_negative_divisor_changes_no_verdict() -> None:
    table = "率|a|b\n-53%|1.0|-2.0\n-55%|1.0|-2.0"
    assert [verdict for *_, verdict in found(table, "率 = a / b")] == ["undecidable", "wrong"]


@pytest.mark.parametrize(
    ("printed", "n"),
    [
        ("92%以上", 1017),  # of 1104: 92.12 %
        ("超过92%", 1017),
        ("92%以上", 1104),
        ("近93%", 1017),
        ("约92%", 1017),
        ("92%左右", 1017),
        ("不足93%", 1017),
        ("92.12%以下", 1017),
        ("达92.12%", 1017),
    ],
)
def test_words_around_a_number_say_how_it_is_meant(printed: str, n: int) -> None:
    assert found(f"率|n|m\n{printed}|{n}|1104\n92.12%|1017|1104", "率 = n / m") == []


@pytest.mark.parametrize("printed", ["93%以上", "超过93%", "近92%", "近95%", "约93%", "不足92%", "92%以下"])
def test_words_around_a_number_can_be_wrong(printed: str) -> None:
    assert found(f"率|n|m\n{printed}|1017|1104", "率 = n / m")[0][2:] == (printed, "92%", "wrong")


def test_words_around_a_number_can_be_undecidable() -> None:
    # 1.0 / 2.0 is 50 %, and from below 53.8 % down to above 46.3 %
    table = "率|a|b\n53%以上|1.0|2.0\n54%以上|1.0|2.0\n47%以下|1.0|2.0\n46%以下|1.0|2.0"
    assert [verdict for *_, verdict in found(table, "率 = a / b")] == ["undecidable", "wrong", "undecidable", "wrong"]


def test_at_least_includes_the_number_and_more_than_does_not() -> None:
    assert found("率|n|m\n50%以上|1|2\n50%以下|1|2", "率 = n / m") == []
    assert [row for row, *_ in found("率|n|m\n超50%|1|2\n低于50%|1|2", "率 = n / m")] == [2, 3]


def test_some_more_is_up_to_the_next_round_number() -> None:
    # 140多 of 260多: more than 140 / 270 = 51.9 %, less than 150 / 260 = 57.7 %
    table = "率|n|m\n54%|140多件|260余件\n52%|140多件|260余件\n58%|140多件|260余件\n51%|140多件|260余件"
    assert [(row, verdict) for row, *_, verdict in found(table, "率 = n / m")] == [
        (3, "undecidable"),
        (4, "undecidable"),
        (5, "wrong"),
    ]


def test_an_input_without_an_end_cannot_be_checked() -> None:
    assert counted("率|n|m\n60%|140以上|260\n60%|9|15", "率 = n / m") == {"率 = n / m": (1, 1)}
    assert counted("率|n|m\n60%|140以下|260\n60%|9|15", "率 = n / m") == {"率 = n / m": (1, 1)}
