"""What happened in several months of a town of two townships."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from attrs import evolve
from hypothesis import strategies as st

from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.duty import Duty
from envgov.facts.evidence import Facts
from envgov.facts.grid import Assignment, Body, Grid, Unit
from envgov.facts.inspection import Finding, Inspection
from envgov.facts.issue import Event, EventKind, Issue
from envgov.facts.output import Output
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.facts.task import Task
from envgov.testing.dates import CALENDAR, days
from envgov.testing.fields import marks
from envgov.testing.ledger import OTHERS, inspections, issues
from envgov.testing.words import BULLETIN, CHANNELS, GROUPS, HEAD, MODEL, MOVED, NUMBERED, OFFICE, TOWNSHIP

T = TypeVar("T")
TOWNSHIPS = ("东镇", "西镇")
STEADY = dict.fromkeys("甲乙丙", GROUPS[0]) | dict.fromkeys("丁戊己", GROUPS[1])
"""Seen in every channel in every month that is held."""
GUESTS = {"庚": GROUPS[0], "壬": GROUPS[1]}
"""Seen now and then, until they merge."""
HEIR = {"辛": GROUPS[0]}
"""The village that they become."""
VILLAGES = STEADY | GUESTS | HEIR
BOOKED = ("甲", "乙", "丁", "庚")
"""The villages of which the other books tell."""


@st.composite
def seasons(draw: st.DrawFn) -> Facts:
    """The held months out of six, of a town where villages come, go and merge, with changing heads."""
    held = [month for month in CALENDAR if draw(st.booleans())]
    merged = draw(st.sampled_from((None, None, date(2024, 2, 1), date(2024, 2, 29))))
    grid = draw(_grids(merged))
    told = draw(st.sampled_from((None, *STEADY)))
    seen: list[Inspection] = []
    books: list[Any] = []
    for month in held:
        seen += draw(_visits(month, told))
        books += draw(_books(month))
    seen = [i for i in seen if i.unit in grid and grid[i.unit].exists_on(i.day)]
    books = [fact for fact in books if isinstance(fact, Duty) or grid[fact.unit].exists_on(fact.day)]
    found = draw(_found(tuple(held)))
    change = draw(days(*CALENDAR))
    heads = [Assignment("张三", HEAD, code, until=change) for code in STEADY]
    heads += [Assignment(draw(st.sampled_from(("张三", "李四"))), HEAD, code, since=change) for code in STEADY]
    return Facts(
        grid,
        inspections=seen,
        issues=[*found, *_numbers()],
        surveys=_of(books, Survey),
        stated_ranks=_of(books, StatedRank),
        outputs=_of(books, Output),
        bodies=[Body(OFFICE, OFFICE)],
        assignments=heads,
        duties=_of(books, Duty),
        tasks={(t.day, t.unit, t.name): t for t in _of(books, Task)}.values(),
        acceptances={(a.day, a.unit): a for a in _of(books, UnitAcceptance)}.values(),
    )


@cache
def _books(month: tuple[int, int]) -> st.SearchStrategy[list[Any]]:
    """Up to five facts of a month."""
    return st.lists(st.one_of(*(other(unit, days(month)) for other in OTHERS for unit in BOOKED)), max_size=5)


@cache
def _guests(month: tuple[int, int]) -> st.SearchStrategy[list[Inspection]]:
    """Up to three visits to the villages that merge, and to the one that they become."""
    return st.lists(st.one_of(*(inspections(unit, days(month)) for unit in (*GUESTS, *HEIR))), max_size=3)


@cache
def _found(held: tuple[tuple[int, int], ...]) -> st.SearchStrategy[list[Issue]]:
    """Up to four issues of the held months."""
    if not held:
        return st.just([])
    one = issues("1", ("甲", "甲组", "丁组", "庚"), days(*held))
    return st.lists(one, max_size=4).map(lambda found: [evolve(issue, id=str(n)) for n, issue in enumerate(found)])


def _of(facts: list[Any], cls: type[T]) -> list[T]:
    return [fact for fact in facts if isinstance(fact, cls)]


@st.composite
def _grids(draw: st.DrawFn, merged: date | None) -> Grid:
    """Two townships; on the day of a merger two villages end, and one begins."""
    units = [Unit("县", "某县", "县"), *(Unit(town, town, TOWNSHIP, "县") for town in TOWNSHIPS)]
    for n, (code, group) in enumerate(VILLAGES.items()):
        if code in HEIR and merged is None:
            continue
        span: dict[str, Any] = {
            "until": merged if code in GUESTS else None,
            "since": merged if code in HEIR else None,
        }
        level = "社区" if code in "己庚" else "村"
        own = draw(_CLASSES) | {group, "村级"}
        units.append(Unit(code, f"{code}村", level, TOWNSHIPS[n % 2], own, **span))
        units.append(Unit(f"{code}组", f"{code}村一组", "组", code, own, **span))
    return Grid(units)


def _numbers() -> list[Issue]:
    """One issue for each village and group, that it and all after it are responsible for: no two have as many."""
    day = CALENDAR[0]
    event = Event(EventKind.FOUND, date(*day, 1) - timedelta(1))
    codes = tuple(f"{village}{below}" for village in VILLAGES for below in ("", "组"))
    return [Issue(f"{NUMBERED}{n}", "县", (event,), codes[n:], category=NUMBERED) for n in range(len(codes))]


_BETTER = st.frozensets(st.sampled_from(sorted(STEADY)))
_POOL = st.lists(marks(40, 100), min_size=1, max_size=2)
_CLASSES = st.frozensets(st.sampled_from((MODEL, MOVED)))


@st.composite
def _visits(draw: st.DrawFn, month: tuple[int, int], told: str | None) -> list[Inspection]:
    """Each steady village and its group of residents, once with a stated score and once with findings."""
    pool = draw(_POOL)
    seen: list[Inspection] = []
    for channel in CHANNELS:
        day, better, lost = draw(days(month)), draw(_BETTER), draw(st.sampled_from((None, *pool)))
        for code in STEADY:
            score = pool[-1] if code in better else pool[0]
            found = () if lost is None or score == pool[0] else (Finding("垃圾", lost),)
            for place in (code, f"{code}组"):
                seen.append(Inspection(place, day, channel, stated=score))
                seen.append(Inspection(place, date(*month, 15), channel, found))
    seen += draw(_guests(month))
    if told is not None:  # three visits in one channel: their mean is a fraction that no decimal holds
        seen += [
            Inspection(told, date(*month, day), CHANNELS[0], stated=score)
            for day, score in ((2, pool[0]), (3, pool[0] + Decimal("0.01")))
        ]
        seen.append(Inspection(told, date(*month, 1), BULLETIN, stated=Decimal(88)))
    return seen
