"""Days, cadences and deadlines."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, time
from functools import cache

from hypothesis import strategies as st

from envgov.policy.calendar import cadences as c
from envgov.policy.calendar.deadlines import (
    Deadline,
    Limit,
    Stage,
    calendar_days,
    hours,
    months,
    same_day,
    staged,
    standing,
    working_days,
    working_hours,
)
from envgov.policy.routines import Routine
from envgov.testing.words import CATEGORY, RETURN, SOURCE, TEAM

CALENDAR = ((2023, 11), (2023, 12), (2024, 1), (2024, 2), (2024, 3), (2024, 4))
"""The months of every season: the turn of a year, and a leap day."""
FINER: tuple[c.Cadence, ...] = (c.ten_days(), c.half_month(), c.week(ends="sunday"), c.month())
COARSER: tuple[c.Cadence, ...] = (c.month(), c.two_months(), c.quarter(), c.half_year(), c.year())


@cache
def days(*calendar: tuple[int, int]) -> st.SearchStrategy[date]:
    """First, middle and last days of these months."""
    return st.sampled_from([date(y, m, day) for y, m in calendar for day in (1, 15, monthrange(y, m)[1])])


@cache
def cadences() -> st.SearchStrategy[c.Cadence]:
    """Every cadence; months as often as all others together."""
    weeks = st.sampled_from(c.WEEKDAYS).map(lambda ends: c.week(ends=ends))  # type: ignore[arg-type]
    others = st.sampled_from((c.day(), c.ten_days(), c.half_month(), *COARSER[1:]))
    return st.one_of(st.just(c.month()), st.just(c.month()), weeks, others)


@cache
def deadlines() -> st.SearchStrategy[Deadline]:
    """Every deadline, in stages too."""
    n = st.integers(1, 15)
    whole = st.one_of(*(st.builds(cls, n) for cls in (calendar_days, working_days, months)), st.builds(same_day))
    hourly = st.builds(hours, n) | st.builds(working_hours, n)
    stages = st.tuples(whole, whole | st.builds(standing)).map(
        lambda pair: staged(Stage("反馈", pair[0]), Stage("办结", pair[1]), counted="from the stage before")
    )
    from_the_start = hourly.map(lambda one: staged(Stage("部署", one), counted="from the start"))
    return st.one_of(whole, hourly, st.builds(standing), stages, from_the_start)


@cache
def limits() -> st.SearchStrategy[tuple[Limit, ...]]:
    """Deadlines of issues, the special one first."""
    special = st.builds(Limit, deadlines(), st.sampled_from(((), (CATEGORY,))), st.sampled_from(((), (SOURCE,))))
    return st.lists(special, max_size=2).map(tuple)


@cache
def routines() -> st.SearchStrategy[tuple[Routine, ...]]:
    """Returns owed by every village or group, and by a team or a village, finer and coarser than any cadence."""
    more = {"at": st.sampled_from((None, time(17))), "times": st.sampled_from((1, 1, 2, 3))}
    of_units = st.builds(Routine, st.just(RETURN), cadences(), of_level=st.sampled_from(("村", "组")), **more)
    of_others = st.builds(
        Routine, st.just("周报"), cadences(), owed_by=st.sampled_from((("庚", TEAM), ("甲",))), **more
    )
    return st.tuples(of_units, of_others)
