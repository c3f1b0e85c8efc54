"""Cadences, deadlines and work calendars over random days, against counting one by one."""

from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

import envgov as eg
from envgov.codec.kinds import TERMS
from envgov.policy.calendar.cadences import WEEKDAYS, previous
from test_calendar import CADENCES as ONE_EACH

DAY = timedelta(1)
WEEKS = tuple(eg.week(ends=weekday) for weekday in WEEKDAYS)  # type: ignore[arg-type]
CADENCES = (*ONE_EACH, *WEEKS)
ZONE = timezone(timedelta(hours=8))
BORDERS = [date(2024, 2, 29), date(2023, 2, 28), date(2023, 12, 31), date(2024, 1, 1), date(2020, 1, 3)]


@cache
def days() -> st.SearchStrategy[date]:
    """Any day whose rounds have dates, those around borders often."""
    near = st.builds(lambda day, n: day + n * DAY, st.sampled_from(BORDERS), st.integers(-3, 3))
    return near | st.dates(date(2, 1, 1), date(9998, 12, 31))


def test_every_cadence_of_the_vocabulary_is_tried() -> None:
    assert {type(cadence) for cadence in CADENCES} == {cls for cls in TERMS if hasattr(cls, "round_of")}


@pytest.mark.parametrize("cadence", CADENCES, ids=repr)
@given(day=days())
def test_every_day_lies_in_one_round_and_the_rounds_touch(cadence: eg.Cadence, day: date) -> None:
    round = cadence.round_of(day)
    assert day in round
    for same in (round.start, round.end - DAY):
        assert (cadence.round_of(same), cadence.round_of(same).label) == (round, round.label)
    after, before = cadence.round_of(round.end), previous(cadence, round)
    assert (before.end, after.start) == (round.start, round.end)
    assert previous(cadence, after, 2) == before
    assert len({before.label, round.label, after.label}) == 3
    assert before.label < round.label < after.label


@given(st.sampled_from(CADENCES), st.sampled_from(CADENCES), days())
def test_every_finer_round_lies_within_the_coarser_one_in_which_it_ends(
    finer: eg.Cadence, coarser: eg.Cadence, day: date
) -> None:
    last = finer.round_of(day)
    round = coarser.round_of(last.end - DAY)
    within = eg.rounds_within(finer, round)
    assert last in within
    for neighbour in (coarser.round_of(round.start - DAY), coarser.round_of(round.end)):
        assert last not in eg.rounds_within(finer, neighbour)
    assert all(one.end == next_.start for one, next_ in pairwise(within))
    assert all(round.start <= one.end - DAY < round.end for one in within)


START, END = date(2024, 1, 1), date(2024, 4, 30)
DAYS = [START + n * DAY for n in range((END - START).days + 1)]
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from((0, 0, 0, 30, 59)))
"""Mostly the full hours, so that a count often ends when the office closes."""


@st.composite
def calendars(draw: st.DrawFn) -> eg.WorkCalendar:
    """Four months with some days off and some worked, mostly around one festival, and up to three office spans."""
    festival = st.sampled_from(DAYS[30:60])
    off = draw(st.frozensets(festival | st.sampled_from(DAYS), max_size=20))
    worked = draw(st.frozensets(festival | st.sampled_from(DAYS), max_size=6)) - off
    bounds = sorted(draw(st.sets(TIMES, min_size=2, max_size=6)))
    hours = tuple(zip(bounds[::2], bounds[1::2], strict=False))
    return eg.WorkCalendar("随机", START, END, off, worked, hours, draw(st.sampled_from(("refuse", "estimate"))))


def is_worked(work: eg.WorkCalendar, day: date) -> bool:
    if day in work.off:
        return False
    return day in work.worked or day.isoweekday() <= 5


@given(calendars(), st.sampled_from(DAYS), st.integers(1, 90))
def test_the_nth_working_day_is_found_by_counting_days_one_by_one(work: eg.WorkCalendar, day: date, n: int) -> None:
    last, left = day, n
    while left:
        last += DAY
        left -= is_worked(work, last)
    if last <= END or work.beyond == "estimate":
        assert eg.working_days(n).dues(day, work) == (eg.Due(last, calendar="随机", estimated=last > END),)
    else:
        with pytest.raises(eg.SchemeError, match="is outside the work calendar"):
            eg.working_days(n).dues(day, work)


@given(calendars(), st.sampled_from(DAYS[:90]), TIMES, st.integers(1, 12))
def test_working_hours_are_over_by_counting_minutes_one_by_one(
    work: eg.WorkCalendar, day: date, clock: time, n: int
) -> None:
    given_at = datetime.combine(day, clock, ZONE)
    now, left = given_at, n * 60
    limit = datetime.combine(END + DAY, time(0), ZONE)
    while left and now < limit:
        open_now = any(opens <= now.time() < closes for opens, closes in work.hours)
        if not open_now and now.time() >= work.hours[-1][1]:
            now = datetime.combine(now.date() + DAY, time(0), ZONE)
            continue
        left -= open_now and is_worked(work, now.date())
        now += timedelta(minutes=1)
    if not left:
        due = eg.Due(now.date(), now, calendar="随机")
        assert eg.working_hours(n).dues(given_at, work) == (due,)
    elif work.beyond == "refuse":
        with pytest.raises(eg.SchemeError, match="is outside the work calendar"):
            eg.working_hours(n).dues(given_at, work)
    else:
        assert eg.working_hours(n).dues(given_at, work)[0].estimated


@given(days(), st.integers(1, 400))
def test_more_time_never_ends_earlier(day: date, n: int) -> None:
    for one, more in (
        (eg.calendar_days(n), eg.calendar_days(n + 1)),
        (eg.months(n), eg.months(n + 1)),
        (eg.same_day(), eg.calendar_days(n)),
    ):
        assert _end(one, day) < _end(more, day)


def _end(deadline: eg.Deadline, given_on: date) -> date:
    (due,) = deadline.dues(min(given_on, date(9900, 1, 1)))
    return due.day
