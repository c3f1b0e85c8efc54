"""Single facts: inspections, issues with whole lives, and what stands in the other books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import Any

from hypothesis import strategies as st

from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.duty import Duty, Submission
from envgov.facts.inspection import Finding, Inspection, Item, Mode, Rubric
from envgov.facts.issue import Event, EventKind as K, Issue, Whistle
from envgov.facts.output import Output
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.facts.task import Task
from envgov.testing.dates import CALENDAR, days
from envgov.testing.fields import marks
from envgov.testing.words import (
    BREAKERS,
    CALL_BACK,
    CATEGORY,
    CHANNELS,
    CODES,
    DRONE,
    ITEMS,
    OFFICE,
    RETURN,
    SLIPS,
    SOURCE,
    TEAM,
    WORK,
)

ZONE = timezone(timedelta(hours=8))
LIVES: tuple[tuple[tuple[K, int], ...], ...] = (
    (),
    ((K.SUSPENDED, -1),),
    ((K.RECTIFIED, 0),),
    ((K.RECTIFIED, -1), (K.ACCEPTED, -1)),
    ((K.RECTIFIED, -1), (K.ACCEPTED, 0)),
    ((K.RECTIFIED, 0), (K.ACCEPTED, 1)),
    ((K.RECTIFIED, 1), (K.ACCEPTED, 1)),
    ((K.FIXED_ON_THE_SPOT, -99),),
    ((K.SUSPENDED, -1), (K.RESUMED, 1), (K.RECTIFIED, 2), (K.ACCEPTED, 3)),
    ((K.RECTIFIED, -1), (K.REJECTED, 0), (K.RECTIFIED, 1), (K.REJECTED, 2)),
    ((K.RECTIFIED, 0), (K.ACCEPTED, 0), (K.RECHECKED, 20), (K.RELAPSED, 20)),
    ((K.EXTENDED, 0), (K.SLIPPED, 1), (K.RECTIFIED, 30), (K.ACCEPTED, 31)),
    ((K.SLIPPED, 1), (K.LISTED, 2), (K.WITHDRAWN, 3)),
    ((K.WHISTLED, -2), (K.ATTENDED, -1), (K.DECLINED, -1), (K.REASSIGNED, 0), (K.MERGED, 1)),
)
"""What happens to issues, each event so many days after the date that was given: at that date, and beside it."""


@cache
def rubrics() -> st.SearchStrategy[Rubric]:
    items = st.lists(st.sampled_from(ITEMS[:2]), unique=True).flatmap(
        lambda names: st.tuples(*(st.builds(Item, st.just(name), marks(0, 20)) for name in names))
    )
    return st.builds(Rubric, marks(0, 100), items)


@cache
def findings() -> st.SearchStrategy[Finding]:
    return st.builds(Finding, st.sampled_from(ITEMS), marks(0, 40), st.sampled_from(("", "村口")))


@cache
def inspections(unit: str, when: st.SearchStrategy[date]) -> st.SearchStrategy[Inspection]:
    """Visits to the unit, with findings or with a stated score."""
    channel = st.sampled_from((*CHANNELS, *BREAKERS))
    found = st.lists(findings(), max_size=3).map(tuple)
    mode = st.sampled_from([None, *Mode])
    of = st.just(unit)
    return st.one_of(
        st.builds(Inspection, of, when, channel, findings=found, mode=mode),
        st.builds(Inspection, of, when, channel, stated=marks(0, 100), mode=mode),
    )


@st.composite
def issues(
    draw: st.DrawFn,
    id_: str = "1",
    places: Sequence[str] = CODES,
    when: st.SearchStrategy[date] | None = None,
) -> Issue:
    """An issue with a whole life: closed at the date given or beside it, suspended, rejected, relapsed, open still."""
    found = draw(days(*CALENDAR) if when is None else when)
    place = draw(st.sampled_from(places))
    due = draw(st.sampled_from((None, 0, 1, 14, 30)))
    given = None if due is None else found + timedelta(due)
    events = [Event(K.FOUND, found), Event(K.DISPATCHED, found, due=given)]
    for what, after in draw(st.sampled_from(LIVES)):
        day = max((given or found) + timedelta(after), events[-1].day)
        moved = what in (K.EXTENDED, K.REASSIGNED)
        later = day + timedelta(30) if moved and given else None
        slip = draw(st.sampled_from(SLIPS)) if what is K.SLIPPED else ""
        whistle = _whistle(day) if what is K.WHISTLED and draw(st.booleans()) else None
        by, to = OFFICE if what is K.RECTIFIED else TEAM, (OFFICE,) if whistle else ()
        events.append(Event(what, day, by=by, to=to, due=later, slip=slip, whistle=whistle))
    return Issue(
        id_,
        place,
        tuple(events),
        draw(st.sampled_from(((), (place,), (places[0], OFFICE)))),
        category=draw(st.sampled_from(("", CATEGORY))),
        source=draw(st.sampled_from(("", SOURCE))),
    )


def _whistle(day: date) -> Whistle:
    """One that asks to report the next morning."""
    return Whistle(datetime.combine(day + timedelta(1), time(9), ZONE), "村口", "2人", "王五", "清理河道")


def surveys(unit: str, when: st.SearchStrategy[date]) -> st.SearchStrategy[Survey]:
    """Call-backs, some that nobody answered, some of nobody."""
    counts = st.sampled_from(((0, 0, 0), (5, 0, 0), (5, 4, 0), (5, 4, 4), (30, 20, 10), (7, 3, 2)))
    return st.builds(lambda day, n: Survey(unit, day, CALL_BACK, *n), when, counts)


def stated_ranks(unit: str, when: st.SearchStrategy[date]) -> st.SearchStrategy[StatedRank]:
    places = st.sampled_from(((1, 11), (11, 11), (117, 151), (1, 1), (3, 11)))
    return st.builds(lambda day, place: StatedRank(unit, day, DRONE, *place), when, places)


def outputs(unit: str, when: st.SearchStrategy[date]) -> st.SearchStrategy[Output]:
    return st.builds(Output, st.just(unit), when, st.sampled_from((WORK, "修路")), marks(0, 300), st.just("吨"))


def tasks(unit: str, when: st.SearchStrategy[date]) -> st.SearchStrategy[Task]:
    name = st.sampled_from(("改厕", "绿化"))
    return st.builds(Task, name, st.just(unit), st.just("张三"), st.just(""), marks(), when, st.none() | when)


def acceptances(unit: str, when: st.SearchStrategy[date]) -> st.SearchStrategy[UnitAcceptance]:
    return st.builds(UnitAcceptance, st.just(unit), when, st.booleans(), st.sampled_from(("", TEAM)))


@st.composite
def duties(draw: st.DrawFn, unit: str, when: st.SearchStrategy[date]) -> Duty:
    """A return that is in time to the minute, late by one, missing when its day ends, or missing altogether."""
    due = datetime.combine(draw(when), time(17), ZONE)
    late = draw(st.sampled_from((None, timedelta(0), timedelta(minutes=1), timedelta(hours=7), timedelta(-1))))
    what = draw(st.sampled_from((RETURN, "周报")))
    zone = draw(st.sampled_from((ZONE, UTC)))
    came = None if late is None else Submission(what, unit, (due + late).astimezone(zone))
    return Duty(what, unit, due, came)


OTHERS = (surveys, stated_ranks, outputs, tasks, acceptances, duties)
"""The strategies of what is neither inspection nor issue."""


@cache
def facts(unit: str = "甲", when: st.SearchStrategy[date] | None = None) -> st.SearchStrategy[Any]:
    """One fact of any kind about the unit; rulings apart, which name a condition."""
    on = days(*CALENDAR) if when is None else when
    return st.one_of(inspections(unit, on), issues(places=(unit,), when=on), *(other(unit, on) for other in OTHERS))
