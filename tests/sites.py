"""A town for everybody to look at: two months, lists, measures, a trial, and persons whom nobody may see."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from attrs import evolve

import envgov as eg
import towns
from envgov.site import Site, pages_of

PERSON = "张三"
"""Every person, and whatever was typed freely, has this in it."""

RED = eg.Tier("红榜", eg.top(1, ties="include"), "praise", cite="第一名列入红榜")
BLACK = eg.Tier("黑榜", eg.bottom(1, ties="decide"), "sanction", cite="末位列入黑榜")
BOARD = eg.Board("红黑榜", (BLACK, RED), rest="其他")
TALK = eg.Ladder((eg.Rung("约谈", eg.placed("红黑榜", "黑榜"), ("村支书",), by="镇纪委"),), publish="every rung")
CHASE = eg.Ladder((eg.Rung("督办", eg.overdue(), ("村支书",)),), subject="issue", publish="every rung")
EXEMPT = eg.ruled("受灾", by="镇整治办")
SCHEME = towns.scheme(
    title="柳湖镇村级考评",
    scoring=eg.deductions(100, several="mean"),
    figures=(eg.Figure("满意率", eg.satisfaction(among="answered", empty="exempt"), eg.RankBy(places=1)),),
    boards=(BOARD,),
    ladders=(TALK, CHASE),
    exempt=EXEMPT,
)
LOST = {
    "2024-04": {"甲": "3", "乙": "5", "丙": "7", "丁": "9"},
    "2024-05": {"甲": "5", "乙": "2", "丙": "8", "丁": "8", "己": "1"},
}
"""What each village lost; in May two are level at the end, which waits for a ruling."""


def visit(label: str, unit: str, points: str) -> eg.Inspection:
    finding = eg.Finding("垃圾", eg.points(points), f"{PERSON}家门口", (f"{PERSON}.jpg",))
    return eg.Inspection(
        unit,
        towns.first_of(label),
        "督导",
        (finding,),
        inspector=f"督导员{PERSON}",
        note=f"{PERSON}在场",
        id=f"{PERSON}{label}{unit}",
    )


def issue() -> eg.Issue:
    day = date(2024, 5, 2)
    whistle = eg.Whistle(datetime(2024, 5, 3, 9, tzinfo=UTC), f"{PERSON}家", "3人", PERSON, f"清{PERSON}家柴堆")
    events = (
        eg.Event(eg.EventKind.FOUND, day, PERSON, note=PERSON, evidence=(f"{PERSON}.jpg",)),
        eg.Event(eg.EventKind.DISPATCHED, day, PERSON, (f"户主{PERSON}",), due=date(2024, 5, 9), approved_by=PERSON),
        eg.Event(eg.EventKind.WHISTLED, day, PERSON, ("环境所",), whistle=whistle),
        eg.Event(eg.EventKind.ATTENDED, day, PERSON),
        eg.Event(eg.EventKind.ATTENDED, day, "环境所"),
    )
    return eg.Issue("W1", "乙", events, (PERSON,), (PERSON,), description=f"{PERSON}家柴堆", source=f"{PERSON}来电")


@cache
def facts() -> eg.Facts:
    names = sorted({unit for lost in LOST.values() for unit in lost} | {"戊"})
    town = eg.Unit("镇", "柳湖镇", "镇")
    ruling = eg.Ruling("己", date(2024, 5, 9), EXEMPT, True, "镇整治办", f"{PERSON}家受灾", "town")
    return eg.Facts(
        eg.Grid((town, *(eg.Unit(name, f"{name}村", "村", "镇") for name in names))),
        inspections=tuple(visit(label, unit, p) for label, lost in LOST.items() for unit, p in lost.items()),
        issues=(issue(),),
        surveys=(eg.Survey("甲", date(2024, 5, 20), "回访", 40, 40, 38),),
        bodies=(eg.Body("环境所", "镇环境所"),),
        assignments=(eg.Assignment(f"督导员{PERSON}", "包村干部", "甲"),),
        rulings=(ruling,),
        synthetic="村庄和人员均为虚构",
    )


def season(scheme: eg.Scheme = SCHEME, given: eg.Facts | None = None) -> eg.Season:
    return eg.assess_season(scheme, given or facts())


@cache
def town() -> Site:
    other = evolve(
        SCHEME, id="other", title="试行办法", boards=(), ladders=(), scoring=eg.deductions(50, several="mean")
    )
    trial = eg.compare(season(), season(evolve(other, ranking=eg.RankBy(method="dense", places=1))))
    return Site(
        "柳湖镇公示", facts().grid, (season(),), (trial.latest,), inputs="ab" * 32, ledger_head="7-0123456789ab"
    )


@cache
def pages() -> Mapping[str, str]:
    return texts_of(town())


def texts_of(site: Site) -> dict[str, str]:
    return {name: content.decode() for name, content in pages_of(site)}


def field(n: int, **changes: Any) -> Site:
    """A field of n villages, all on one score but the first."""
    given = towns.facts({"2024-05": {f"v{i}": 90 if i else 95 for i in range(n)}})
    return Site("大镇", given.grid, (eg.assess_season(towns.scheme(**changes), given),))
