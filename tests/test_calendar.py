"""Cadences: which round a day belongs to, at the ends of months, years and of the calendar."""

from datetime import date
from typing import Any

import pytest
import tomli_w

import envgov as eg
import towns
from envgov.policy.calendar.cadences import previous

FRIDAY = eg.week(ends="friday")
CADENCES: tuple[eg.Cadence, ...] = (
    eg.day(),
    FRIDAY,
    eg.ten_days(),
    eg.half_month(),
    eg.month(),
    eg.two_months(),
    eg.quarter(),
    eg.half_year(),
    eg.year(),
)
SOME_DAY = date(2024, 2, 29)


def day_of(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("cadence", "day", "start", "end", "label"),
    [
        (eg.day(), "2017-05-03", "2017-05-03", "2017-05-04", "2017-05-03"),
        (eg.day(), "2023-12-31", "2023-12-31", "2024-01-01", "2023-12-31"),
        (FRIDAY, "2017-05-06", "2017-05-06", "2017-05-13", "2017-05-06~12"),
        (FRIDAY, "2017-05-12", "2017-05-06", "2017-05-13", "2017-05-06~12"),
        (FRIDAY, "2017-05-03", "2017-04-29", "2017-05-06", "2017-04-29~05-05"),
        (FRIDAY, "2020-02-29", "2020-02-29", "2020-03-07", "2020-02-29~03-06"),
        (FRIDAY, "2020-01-01", "2019-12-28", "2020-01-04", "2019-12-28~2020-01-03"),
        (eg.week(ends="sunday"), "2024-02-29", "2024-02-26", "2024-03-04", "2024-02-26~03-03"),
        (eg.week(ends="monday"), "2024-02-26", "2024-02-20", "2024-02-27", "2024-02-20~26"),
        (eg.ten_days(), "2017-05-10", "2017-05-01", "2017-05-11", "2017-05-01~10"),
        (eg.ten_days(), "2017-05-11", "2017-05-11", "2017-05-21", "2017-05-11~20"),
        (eg.ten_days(), "2017-05-20", "2017-05-11", "2017-05-21", "2017-05-11~20"),
        (eg.ten_days(), "2017-05-31", "2017-05-21", "2017-06-01", "2017-05-21~31"),
        (eg.ten_days(), "2023-02-28", "2023-02-21", "2023-03-01", "2023-02-21~28"),
        (eg.ten_days(), "2023-12-21", "2023-12-21", "2024-01-01", "2023-12-21~31"),
        (eg.half_month(), "2024-02-15", "2024-02-01", "2024-02-16", "2024-02-01~15"),
        (eg.half_month(), "2024-02-16", "2024-02-16", "2024-03-01", "2024-02-16~29"),
        (eg.month(), "2024-02-29", "2024-02-01", "2024-03-01", "2024-02"),
        (eg.month(), "0001-01-31", "0001-01-01", "0001-02-01", "0001-01"),
        (eg.two_months(), "2017-02-28", "2017-01-01", "2017-03-01", "2017-01~02"),
        (eg.two_months(), "2017-12-31", "2017-11-01", "2018-01-01", "2017-11~12"),
        (eg.quarter(), "2017-04-01", "2017-04-01", "2017-07-01", "2017-Q2"),
        (eg.quarter(), "2017-12-31", "2017-10-01", "2018-01-01", "2017-Q4"),
        (eg.half_year(), "2017-06-30", "2017-01-01", "2017-07-01", "2017-H1"),
        (eg.half_year(), "2017-07-01", "2017-07-01", "2018-01-01", "2017-H2"),
        (eg.year(), "2024-12-31", "2024-01-01", "2025-01-01", "2024"),
        (eg.year(), "0999-05-31", "0999-01-01", "1000-01-01", "0999"),
    ],
)
def test_a_day_lies_in_its_round(cadence: eg.Cadence, day: str, start: str, end: str, label: str) -> None:
    round = cadence.round_of(day_of(day))
    assert (round.start, round.end, round.label) == (day_of(start), day_of(end), label)


def test_a_week_says_on_which_weekday_it_ends() -> None:
    assert repr(FRIDAY) == "week(ends='friday')"
    with pytest.raises(TypeError, match="ends"):
        eg.week()  # type: ignore[call-arg]
    for wrong in ("Friday", "fri", "周五", 5):
        with pytest.raises(eg.SchemeError, match="choose one of 'monday', 'tuesday'"):
            eg.week(ends=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cadence", "day"),
    [
        (eg.day(), "9999-12-31"),
        (FRIDAY, "9999-12-31"),
        (FRIDAY, "0001-01-01"),
        (eg.ten_days(), "9999-12-21"),
        (eg.half_month(), "9999-12-16"),
        (eg.month(), "9999-12-01"),
        (eg.two_months(), "9999-11-01"),
        (eg.quarter(), "9999-10-01"),
        (eg.half_year(), "9999-07-01"),
        (eg.year(), "9999-01-01"),
    ],
)
def test_a_round_that_no_dates_can_bound_is_refused_with_the_day(cadence: eg.Cadence, day: str) -> None:
    with pytest.raises(eg.InputError, match=f"outside the years 1 to 9999 .found '{day}'.; correct the day"):
        cadence.round_of(day_of(day))


def test_a_round_that_begins_or_ends_with_the_calendar_is_told() -> None:
    assert eg.week(ends="sunday").round_of(date.min).label == "0001-01-01~07"
    assert eg.day().round_of(date(9999, 12, 30)).end == date.max
    assert eg.rounds_within(eg.day(), eg.Round(date(9999, 12, 29), date.max, "last"))[-1].label == "9999-12-30"


def test_a_week_belongs_to_the_month_in_which_it_ends() -> None:
    february, march = (eg.month().round_of(date(2024, m, 1)) for m in (2, 3))
    assert [week.label for week in eg.rounds_within(FRIDAY, february)] == [
        "2024-01-27~02-02",
        "2024-02-03~09",
        "2024-02-10~16",
        "2024-02-17~23",
    ]
    assert eg.rounds_within(FRIDAY, march)[0].label == "2024-02-24~03-01"
    assert eg.rounds_within(FRIDAY, eg.year().round_of(date(2020, 1, 1)))[0].label == "2019-12-28~2020-01-03"


def test_a_finer_round_that_ends_with_the_coarser_one_belongs_to_it() -> None:
    may = eg.month().round_of(date(2024, 5, 15))
    assert [r.label for r in eg.rounds_within(eg.ten_days(), may)] == [
        "2024-05-01~10",
        "2024-05-11~20",
        "2024-05-21~31",
    ]
    assert eg.rounds_within(eg.month(), may) == (may,)
    assert len(eg.rounds_within(eg.day(), eg.year().round_of(SOME_DAY))) == 366


def test_no_quarter_ends_in_its_first_months() -> None:
    may, june = (eg.month().round_of(date(2024, m, 1)) for m in (5, 6))
    assert eg.rounds_within(eg.quarter(), may) == ()
    assert [r.label for r in eg.rounds_within(eg.quarter(), june)] == ["2024-Q2"]


def test_the_previous_round_is_so_many_steps_before() -> None:
    march = eg.month().round_of(date(2024, 3, 31))
    labels = [previous(eg.month(), march, steps).label for steps in (0, 1, 3)]
    assert labels == ["2024-03", "2024-02", "2023-12"]
    assert previous(eg.month(), march).label == "2024-02"


def test_the_previous_round_of_another_cadence_counts_from_the_first_day() -> None:
    straddling = FRIDAY.round_of(date(2024, 3, 1))
    assert previous(eg.month(), straddling).label == "2024-01"


def test_nothing_is_before_the_first_day() -> None:
    first = eg.day().round_of(date.min)
    with pytest.raises(eg.InputError, match="outside the years 1 to 9999"):
        previous(eg.day(), first)


@pytest.mark.parametrize("cadence", CADENCES, ids=repr)
def test_a_scheme_with_the_cadence_is_stored_and_decided(cadence: eg.Cadence) -> None:
    scheme = towns.scheme(cadence=cadence)
    assert eg.scheme_from_toml(tomli_w.dumps(eg.to_dict(scheme))) == scheme
    facts = towns.facts({"2024-02": {"甲": "90", "乙": "80"}, "2024-09": {"甲": "90", "乙": "80"}})
    labels = list(dict.fromkeys(cadence.round_of(date(2024, m, 1)).label for m in (2, 9)))
    assert [a.record.round.label for a in eg.assess_season(scheme, facts)] == labels[-2:]


@pytest.mark.parametrize(
    ("cadence", "chinese", "english"),
    [
        (eg.day(), "每日", "every day"),
        (FRIDAY, "每周（周五截止）", "every week, up to Friday"),
        (eg.ten_days(), "每旬", "every ten days, up to the 10th, the 20th and the end of the month"),
        (eg.half_month(), "每半月", "every half month, up to the 15th and the end of the month"),
        (eg.month(), "每月", "every month"),
        (eg.two_months(), "每两个月", "every two months"),
        (eg.quarter(), "每季度", "every quarter"),
        (eg.half_year(), "每半年", "every half year"),
        (eg.year(), "每年", "every year"),
    ],
)
def test_a_scheme_says_its_cadence(cadence: Any, chinese: str, english: str) -> None:
    scheme = towns.scheme(cadence=cadence)
    assert f"周期：{chinese}" in eg.describe(scheme).splitlines()
    assert f"Rounds: {english}" in eg.describe(scheme, "en").splitlines()
