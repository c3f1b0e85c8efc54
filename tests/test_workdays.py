"""Work calendars: what is worked around the Spring Festival of 2024, and what a calendar refuses.

State Council notice on the holidays of 2024: off from 10 to 17 February, make-up work on Sunday
4 and Sunday 18 February.
"""

import csv
import os
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import envgov as eg

DATA = Path(__file__).parents[1].parent / "shared" / "data" / "cn_workdays"
CHINA = timezone(timedelta(hours=8))
NOTICE = "国务院2024年节假日安排"
OFFICE = ((time(8, 30), time(12)), (time(14, 30), time(17, 30)))


def february(*days: int) -> frozenset[date]:
    return frozenset(date(2024, 2, day) for day in days)


def calendar(**changes: Any) -> eg.WorkCalendar:
    """January and February of 2024."""
    fields: dict[str, Any] = {
        "edition": NOTICE,
        "start": date(2024, 1, 1),
        "end": date(2024, 2, 29),
        "off": february(*range(10, 18)) | {date(2024, 1, 1)},
        "worked": february(4, 18),
        "hours": OFFICE,
    }
    return eg.WorkCalendar(**fields | changes)


SPRING = calendar()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 2, day, hour, minute, tzinfo=CHINA)


def faults_of(**changes: Any) -> list[tuple[str, str, str | None]]:
    with pytest.raises(eg.InputError) as refused:
        calendar(**changes)
    assert all(NOTICE in fault.problem and fault.remedy for fault in refused.value.faults)
    return [(f.column, f.problem.split(" in the work")[0], f.value) for f in refused.value.faults]


def test_the_spring_festival_is_off_and_the_two_sundays_around_it_are_worked() -> None:
    worked = [day for day in range(1, 30) if SPRING.is_workday(date(2024, 2, day))]
    assert worked == [1, 2, 4, 5, 6, 7, 8, 9, 18, 19, 20, 21, 22, 23, 26, 27, 28, 29]


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [(8, 1, 9), (8, 2, 18), (8, 5, 21), (9, 1, 18), (3, 1, 4), (2, 13, 26), (10, 1, 18), (28, 1, 29)],
)
def test_the_nth_working_day_comes_after_the_day_and_leaps_over_the_festival(day: int, n: int, expected: int) -> None:
    assert SPRING.nth_workday(date(2024, 2, day), n) == date(2024, 2, expected)


@pytest.mark.parametrize(
    ("moment", "n", "expected"),
    [
        (at(9, 10), 1, at(9, 11)),
        (at(9, 10), 2, at(9, 12)),
        (at(9, 10), 3, at(9, 15, 30)),
        (at(9, 13), 1, at(9, 15, 30)),
        (at(9, 6), 1, at(9, 9, 30)),
        (at(9, 16, 30), 1, at(9, 17, 30)),
        (at(9, 16, 30), 8, at(19, 9)),
        (at(9, 17, 30), 1, at(18, 9, 30)),
        (at(12, 10), 1, at(18, 9, 30)),
    ],
)
def test_working_hours_run_in_the_office_alone(moment: datetime, n: int, expected: datetime) -> None:
    assert SPRING.working_hours_after(moment, n) == expected


def test_the_hour_is_told_in_the_zone_in_which_it_was_asked() -> None:
    assert SPRING.working_hours_after(at(9, 10), 1).isoformat() == "2024-02-09T11:00:00+08:00"


def test_hours_without_office_hours_are_refused() -> None:
    with pytest.raises(eg.SchemeError, match="has no office hours: add hours="):
        calendar(hours=()).working_hours_after(at(9, 10), 1)


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2024, 3, 1)])
def test_a_day_outside_the_span_is_refused_with_the_span_and_what_to_do(day: date) -> None:
    with pytest.raises(eg.SchemeError) as refused:
        SPRING.is_workday(day)
    assert str(refused.value) == (
        f"{day} is outside the work calendar 国务院2024年节假日安排 (2024-01-01 to 2024-02-29): extend it by the days "
        "off and the make-up days up to there, or declare beyond='estimate'"
    )


def test_a_count_that_leaves_the_span_is_refused_and_one_that_ends_with_it_is_not() -> None:
    assert SPRING.nth_workday(date(2024, 2, 27), 2) == date(2024, 2, 29)
    with pytest.raises(eg.SchemeError, match="2024-03-01 is outside"):
        SPRING.nth_workday(date(2024, 2, 27), 3)
    with pytest.raises(eg.SchemeError, match="2024-03-01 is outside"):
        SPRING.working_hours_after(at(29, 17), 1)


def test_an_estimate_goes_by_the_weekday_beyond_the_span() -> None:
    guess = calendar(beyond="estimate")
    assert guess.nth_workday(date(2024, 2, 29), 2) == date(2024, 3, 4)
    assert guess.is_workday(date(2023, 12, 29))
    assert not guess.is_workday(date(2023, 12, 31))


def test_a_span_is_covered_with_both_its_ends() -> None:
    assert SPRING.covers(SPRING.start, SPRING.end)
    assert not SPRING.covers(SPRING.start - timedelta(1), SPRING.end)
    assert not SPRING.covers(SPRING.start, SPRING.end + timedelta(1))


def test_what_is_not_reached_by_the_year_9999_is_refused() -> None:
    guess = calendar(beyond="estimate")
    last = datetime(9999, 12, 31, 17, tzinfo=CHINA)
    with pytest.raises(eg.InputError, match=r"working day 1 from here is not reached .* .found '9999-12-31'"):
        guess.nth_workday(date.max, 1)
    with pytest.raises(eg.InputError, match="working hour 1 from here is not reached"):
        guess.working_hours_after(last, 1)


def test_all_that_is_wrong_with_a_calendar_is_told_at_once() -> None:
    assert faults_of(
        off=february(10, 18) | {date(2024, 3, 1)},
        worked=february(18) | {date(2023, 12, 30)},
        hours=((time(8), time(12)), (time(11), time(17)), (time(20), time(19))),
    ) == [
        ("worked", "a day is both off and worked", "2024-02-18"),
        ("off", "a day is outside the span", "2024-03-01"),
        ("worked", "a day is outside the span", "2023-12-30"),
        ("hours", "hours end before they begin", "20:00:00 to 19:00:00"),
        ("hours", "hours overlap or are out of order", "11:00:00 after 12:00:00"),
    ]


def test_an_end_before_the_start_is_the_fault_and_not_each_day_outside() -> None:
    assert faults_of(end=date(2023, 12, 31)) == [("end", "the end is before the start 2024-01-01", "2023-12-31")]


def test_spans_that_touch_do_not_overlap_and_a_calendar_may_have_one_day() -> None:
    one = calendar(
        start=date(2024, 1, 1),
        end=date(2024, 1, 1),
        off=frozenset(),
        worked=frozenset(),
        hours=((time(8), time(12)), (time(12), time(16))),
    )
    assert one.working_hours_after(datetime(2024, 1, 1, 8, tzinfo=CHINA), 8).hour == 16


def test_hours_of_no_length_are_refused() -> None:
    assert faults_of(hours=((time(8), time(8)),)) == [("hours", "hours end before they begin", "08:00:00 to 08:00:00")]


@pytest.mark.parametrize(
    "changes",
    [
        {"edition": " "},
        {"start": datetime(2024, 1, 1, tzinfo=CHINA)},
        {"off": [date(2024, 2, 10)]},
        {"off": frozenset({"2024-02-10"})},
        {"worked": frozenset({datetime(2024, 2, 4, tzinfo=CHINA)})},
        {"hours": [(time(8), time(12))]},
        {"hours": (time(8), time(12))},
        {"hours": ((time(8), time(10), time(12)),)},
        {"hours": (("08:00", "12:00"),)},
        {"hours": ((time(8, tzinfo=CHINA), time(12, tzinfo=CHINA)),)},
    ],
)
def test_values_of_the_wrong_type_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=next(iter(changes))):
        calendar(**changes)


def test_beyond_is_one_of_two_choices() -> None:
    with pytest.raises(eg.SchemeError, match="choose one of 'refuse', 'estimate'"):
        calendar(beyond="guess")


def test_a_calendar_is_stored_and_comes_back_equal() -> None:
    written = eg.to_dict(SPRING)
    assert written["hours"] == [["08:30:00", "12:00:00"], ["14:30:00", "17:30:00"]]
    assert written["worked"] == ["2024-02-04", "2024-02-18"]
    assert eg.from_dict(written) == SPRING
    native = {**written, "hours": [[time(8, 30), time(12)], ["14:30", "17:30"]], "worked": sorted(SPRING.worked)}
    assert eg.from_dict(native) == SPRING


def test_a_stored_time_that_is_none_is_a_fault_at_its_place() -> None:
    with pytest.raises(eg.InputError) as refused:
        eg.from_dict(eg.to_dict(SPRING) | {"hours": [["8.30", "12:00"]], "beyond": "never"})
    assert [(f.column, f.value) for f in refused.value.faults] == [("hours[1][1]", "8.30"), ("beyond", "never")]


def test_a_published_year_counts_as_many_working_days_as_three_sources_say() -> None:
    if not DATA.is_dir():
        assert not os.environ.get("CI"), f"{DATA} is missing on the build machine"
        pytest.skip("the working days of China are not beside the checkout (../shared/data/cn_workdays)")
    with (DATA / "holiday_cn_days.csv").open(encoding="utf-8") as file:
        named = {date.fromisoformat(row["date"]): row["is_off_day"] == "1" for row in csv.DictReader(file)}
    start, end = date(2007, 1, 1), date(2026, 12, 31)
    inside = {day: off for day, off in named.items() if start <= day <= end}
    published = eg.WorkCalendar(
        "holiday-cn",
        start,
        end,
        frozenset(day for day, off in inside.items() if off),
        frozenset(day for day, off in inside.items() if not off),
    )
    with (DATA / "workday_by_source.csv").open(encoding="utf-8") as file:
        worked = {date.fromisoformat(row["date"]): row["chinesecalendar_1_11_0"] == "1" for row in csv.DictReader(file)}
    days = [day for day in worked if start <= day <= end]
    assert len(days) == 7305
    assert [day for day in days if published.is_workday(day) != worked[day]] == []
    assert sum(worked[day] for day in days if day.year == 2024) == 251
