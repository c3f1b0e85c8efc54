"""The working days of China from where they are kept, and a locality's own days over them.

The days are those of the State Council's notices, as holiday-cn (github.com/NateScarlet/holiday-cn) transcribes them.
"""

import csv
import os
import sys
from datetime import date, time
from pathlib import Path

import chinese_calendar
import pytest
from attrs import evolve

import envgov as eg
from envgov.readers import china_workdays, read_local_days

DATA = Path(__file__).parents[1].parent / "shared" / "data" / "cn_workdays"
CHINA = china_workdays()
FLOOD = """\
日期,上班或放假,原因
2024-07-03,放假,洪水，县应急〔2024〕7号
2024/7/6,上班,补班，同上
"""


def written(folder: Path, text: str, name: str = "local.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(folder: Path, text: str) -> list[tuple[int | None, str, str, str | None]]:
    with pytest.raises(eg.InputError) as refused:
        read_local_days(written(folder, text), CHINA)
    assert all(fault.remedy and fault.file == "local.csv" for fault in refused.value.faults)
    return [(fault.row, fault.column, fault.problem, fault.value) for fault in refused.value.faults]


@pytest.mark.parametrize("day", [date(2022, 10, 8), date(2023, 4, 23), date(2018, 12, 29), date(2026, 2, 28)])
def test_a_weekend_day_that_a_notice_moved_is_worked(day: date) -> None:
    assert day.weekday() >= 5
    assert CHINA.is_workday(day)


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2020, 1, 31), date(2024, 2, 12), date(2026, 10, 7)])
def test_a_weekday_of_a_festival_is_not_worked(day: date) -> None:
    assert day.weekday() < 5
    assert not CHINA.is_workday(day)


def test_each_day_is_as_the_notices_say() -> None:
    if not DATA.is_dir():
        assert not os.environ.get("CI"), f"{DATA} is missing on the build machine"
        pytest.skip("the working days of China are not beside the checkout (../shared/data/cn_workdays)")
    with (DATA / "workday_by_source.csv").open(encoding="utf-8") as file:
        told = {date.fromisoformat(row["date"]): row["holiday_cn_2026_08"] for row in csv.DictReader(file)}
    until = min(CHINA.end, date(2026, 12, 28))
    days = {day: worked == "1" for day, worked in told.items() if CHINA.start <= day <= until}
    assert len(days) == 7302
    assert [day for day, worked in days.items() if CHINA.is_workday(day) != worked] == []


def test_what_the_state_council_has_not_announced_is_refused_and_not_guessed() -> None:
    beyond = date(max(chinese_calendar.holidays).year + 1, 1, 4)
    with pytest.raises(eg.SchemeError, match="is outside the work calendar 国务院节假日安排"):
        CHINA.is_workday(beyond)


def test_the_last_days_of_december_wait_for_the_notice_of_the_next_year() -> None:
    last = max(chinese_calendar.holidays).year
    assert CHINA.end == date(last, 12, 28)
    with pytest.raises(eg.SchemeError, match=f"{last}-12-29 is outside"):
        CHINA.is_workday(date(last, 12, 29))
    assert not CHINA.covers(date(2006, 12, 31), date(2006, 12, 31))


def test_a_due_date_names_the_source_and_its_version() -> None:
    (due,) = eg.working_days(5).dues(date(2024, 9, 27), CHINA)
    assert due.day == date(2024, 10, 10)  # Sunday 29 September is worked; 1 to 7 October are off
    assert (
        due.calendar == f"国务院节假日安排（2007-01-01 至 {CHINA.end}，chinesecalendar {chinese_calendar.__version__}）"
    )
    assert not due.estimated


def test_an_estimate_beyond_the_span_is_a_choice_and_marked() -> None:
    guess = evolve(CHINA, beyond="estimate", hours=((time(9), time(17)),))
    (due,) = eg.working_days(5).dues(CHINA.end, guess)
    assert due.estimated


def test_without_chinesecalendar_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    with pytest.raises(ModuleNotFoundError, match=r"python3 -m pip install 'envgov\[workdays\]'"):
        china_workdays()


def test_a_days_of_a_flood_are_off_and_their_saturday_is_worked(tmp_path: Path) -> None:
    local = read_local_days(written(tmp_path, FLOOD), CHINA)
    assert CHINA.is_workday(date(2024, 7, 3))
    assert not local.is_workday(date(2024, 7, 3))
    assert local.is_workday(date(2024, 7, 6))
    assert local.is_workday(date(2024, 7, 4))


def test_a_local_day_goes_before_the_notice(tmp_path: Path) -> None:
    text = "day,work,why\n2024-02-12,worked,值守\n2024-02-18,OFF,大雪\n"
    local = read_local_days(written(tmp_path, text), CHINA)
    assert local.is_workday(date(2024, 2, 12))
    assert not local.is_workday(date(2024, 2, 18))
    assert local.off & local.worked == frozenset()


def test_the_edition_tells_which_local_days_they_were(tmp_path: Path) -> None:
    first = read_local_days(written(tmp_path, FLOOD), CHINA).edition
    lines = FLOOD.splitlines()
    turned = read_local_days(written(tmp_path, "\n".join([lines[0], lines[2], lines[1]])), CHINA).edition
    fewer = read_local_days(written(tmp_path, "\n".join(lines[:2])), CHINA).edition
    assert first.startswith(f"{CHINA.edition} + local.csv ")
    assert first == turned != fewer


def test_every_fault_of_the_local_days_is_told_at_once(tmp_path: Path) -> None:
    text = "日期,work,why\n2024-7-35,worked,县\n2024-07-03,perhaps,\n2024-07-03,off,县\n1999-01-01,off,县\n2024-07-08,off\n"
    assert faults_of(tmp_path, text) == [
        (2, "日期", "there is no such day", "2024-7-35"),
        (3, "work", "this is neither worked nor off", "perhaps"),
        (3, "why", "the cell is empty", None),
        (4, "日期", "this day is there already", "2024-07-03"),
        (
            5,
            "日期",
            f"the day is outside the work calendar {CHINA.edition} ({CHINA.start} to {CHINA.end})",
            "1999-01-01",
        ),
        (6, "", "2 cells under 3 headers", None),
    ]
