"""How clerks write days and deadlines: what is read, and what is refused."""

from datetime import date, datetime
from typing import Any

import pytest

from envgov.workbooks.days import Read, Unreadable, read_day, read_due
from envgov.workbooks.row import Term

OCT9 = date(2022, 10, 9)
SEP1 = date(2022, 9, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2022.10.9",
        "2022.10.9前",
        "2022-10-09",
        "2022/10/9",
        "2022年10月9日",
        "2022年10月9日前",
        "2022年10月9号之前",
        "２０２２.１０.９",
        " 2022 . 10 . 9 ",
        "20221009",
        "2022-10-09 00:00:00",
        OCT9,
        datetime(2022, 10, 9, 14, 30),  # noqa: DTZ001 - a cell has no zone
    ],
)
def test_a_day_that_says_all_of_itself_is_read(written: object) -> None:
    assert read_day(written) == Read(OCT9)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("22.10.9", OCT9),
        ("10月9日", OCT9),
        ("10月9日前", OCT9),
        ("10.9", OCT9),
        ("8月3日", date(2023, 8, 3)),
        ("2月29日", date(2024, 2, 29)),
        ("10月底", date(2022, 10, 31)),
        ("10月底前", date(2022, 10, 31)),
        ("2月底", date(2023, 2, 28)),
        ("2022年11月底前", date(2022, 11, 30)),
        ("7日内", date(2022, 9, 8)),
        ("3天以内", date(2022, 9, 4)),
        ("44843", OCT9),
        (44843.0, OCT9),
    ],
)
def test_what_a_cell_does_not_say_is_guessed_and_told(written: object, read: date) -> None:
    assert read_day(written, after=SEP1) == Read(read, guessed=True)


@pytest.mark.parametrize("number", [4.1, 10.9, 44843.5])
def test_a_number_with_a_fraction_is_no_day(number: float) -> None:
    assert read_day(number, after=SEP1) == Unreadable("no day")
    assert read_due(number, after=SEP1) == Unreadable("no term")


def test_a_workbook_may_count_its_days_from_1904() -> None:
    assert read_day(43381.0, since_1904=True) == Read(OCT9, guessed=True)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("等村里通知", "no day"),
        ("十月九日", "no day"),
        ("7日内", "no day"),
        ("2022.13.9", "no such day"),
        ("2022年13月底", "no such day"),
        ("2022-02-30", "no such day"),
        ("20221309", "no such day"),
        (date(1899, 12, 31), "no such day"),
        (datetime(9999, 1, 1), "no such day"),  # noqa: DTZ001
        ("10月9日", "no year"),
        ("10月底", "no year"),
        ("13月9日", "no year"),
        (True, "no day"),
    ],
)
def test_what_is_no_day_is_refused(written: object, what: str) -> None:
    assert read_day(written) == Unreadable(what)


def test_a_day_that_no_year_has_is_refused() -> None:
    assert read_day("2月30日", after=SEP1) == Unreadable("no such day")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("立行立改", Term.AT_ONCE),
        ("即知即改。", Term.AT_ONCE),
        ("立即整改", Term.AT_ONCE),
        ("长期坚持", Term.STANDING),
        ("长期 坚持", Term.STANDING),
        ("常态化", Term.STANDING),
        ("2022.10.9前", Read(OCT9)),
        ("尽快", Unreadable("no term")),
        ("2022.2.30", Unreadable("no such day")),
    ],
)
def test_a_deadline_is_a_day_or_a_word_for_none(written: str, read: Any) -> None:
    assert read_due(written) == read
