"""Work calendars from where they are kept: the working days of China, and a locality's own days over them."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from attrs import evolve

from envgov.errors import InputError
from envgov.policy.calendar.workdays import WorkCalendar
from envgov.readers.sheet import Sheet
from envgov.season_csv.cells import read_day
from envgov.texts import UnreadableError

FIRST_DAY = date(2007, 1, 1)
"""From here on three independent sources agree on every day; before it, chinesecalendar lacks the work of 2005-12-31."""
SETTLED_UNTIL = (12, 28)
"""A notice may move days of the December before: those of 2008 and 2019 took its 29th for work, and none an earlier one."""
_HEADS = {"day": ("day", "日期"), "work": ("work", "上班或放假"), "why": ("why", "原因")}
_WORKED = {"worked": True, "上班": True, "off": False, "放假": False}


def china_workdays() -> WorkCalendar:
    """The working days that the State Council announced (国务院节假日安排), from the distribution chinesecalendar.

    It covers 1 January 2007 to 28 December of the last year that was announced: what comes after may still be moved by
    the notice of the next year. It refuses what lies beyond, and has no office hours; `attrs.evolve` gives it
    `beyond="estimate"` or `hours`. Its edition names the span and the version of chinesecalendar.

    Raises:
        ModuleNotFoundError: chinesecalendar is not installed.
    """
    try:
        source: Any = import_module("chinese_calendar")
    except ModuleNotFoundError:
        message = "the working days of China need their extra: python3 -m pip install 'envgov[workdays]'"
        raise ModuleNotFoundError(message, name="chinese_calendar") from None
    end = date(max(source.holidays).year, *SETTLED_UNTIL)
    edition = f"国务院节假日安排（{FIRST_DAY} 至 {end}，chinesecalendar {source.__version__}）"
    off, worked = (
        frozenset(day for day in days if FIRST_DAY <= day <= end) for days in (source.holidays, source.workdays)
    )
    return WorkCalendar(edition, FIRST_DAY, end, off, worked)


def read_local_days(file: str | Path, over: WorkCalendar) -> WorkCalendar:
    """The calendar with a locality's own days over it: local holidays, days of a flood, working Saturdays.

    The file is CSV with three columns: `day` (日期), `work` (上班或放假: worked, off, 上班, 放假) and `why` (原因), which
    each row fills: a day changes by a notice that can be named. The edition goes on with the name of the file and eight
    digits of a digest of its days, so that a due date says with which of them it was counted.

    Raises:
        InputError: every fault of the file, with its row: a day that cannot be read, stands twice, or lies outside the
            calendar's span.
        OSError: it cannot be opened.
    """
    sheet = Sheet(file, _HEADS)
    told: dict[date, bool] = {}
    for number, row in sheet.rows():
        worked = _WORKED.get(row["work"].lower())
        if worked is None:
            sheet.note(
                "this is neither worked nor off", f"write one of {', '.join(_WORKED)}", number, "work", row["work"]
            )
        if not row["why"]:
            sheet.note("the cell is empty", "name the notice that says so", number, "why")
        try:
            day = read_day(row["day"])
        except UnreadableError as error:
            sheet.note(error.problem, error.remedy, number, "day", row["day"])
            continue
        if day in told:
            sheet.note("this day is there already", "keep one of its rows", number, "day", row["day"])
        if not over.covers(day, day):
            problem = f"the day is outside the work calendar {over.edition} ({over.start} to {over.end})"
            sheet.note(problem, "leave it out, or correct it", number, "day", row["day"])
        told[day] = worked is True
    if sheet.faults:
        raise InputError(sheet.faults)
    worked_here = frozenset(day for day, worked in told.items() if worked)
    off_here = frozenset(told) - worked_here
    digest = sha256(str(sorted((str(day), worked) for day, worked in told.items())).encode()).hexdigest()[:8]
    return evolve(
        over,
        edition=f"{over.edition} + {Path(file).name} {digest}",
        off=over.off - worked_here | off_here,
        worked=over.worked - off_here | worked_here,
    )
