"""Papers and issues of 青石镇 as forms are written from them: one problem, two slips, a whistle, an acceptance."""

from datetime import UTC, date, datetime
from typing import Any

from attrs import evolve

import envgov as eg
from envgov.documents.forms import Basis, Form, Office

E, S, P = eg.EventKind, eg.PaperState, eg.PaperEvent
GRID = eg.Grid((eg.Unit("t", "青石镇", "镇"), eg.Unit("v1", "甲村", "村", "t"), eg.Unit("v2", "乙村", "村", "t")))
EVERYTHING = eg.Scope(everything=True)
ROSTER = eg.Roster(
    (eg.Role("分管领导", eg.ACTS), eg.Role("镇", eg.ACTS)),
    (
        eg.Post("王某", "分管领导", EVERYTHING),
        eg.Post("张会计", "镇", EVERYTHING),
        eg.Post("李某", "镇", EVERYTHING, until=date(2024, 1, 1)),
    ),
    frozenset({"王某", "张会计", "李某"}),
)
OFFICE = Office("青石镇整治办", GRID, ROSTER)
RULES = eg.LifeRules(
    accepting=("村监委会", "镇"), evidence_of=frozenset(), decline_within=2, extend_before_due=True, undated=frozenset()
)
OVERDUE = eg.Rung("黄单", eg.overdue(), ("村支书",), cite="逾期未整改的，发黄单")
REJECTED = eg.Rung("白单", eg.rejected(2), ("村支书",), cite="返工两次的，发白单")
SCHEME = eg.Scheme(
    id="town",
    title="青石镇问题台账",
    levels=("村",),
    cadence=eg.month(),
    since=date(2024, 1, 1),
    source=eg.Source("青石镇台账管理办法", document_number="青政〔2024〕1号"),
    ladders=(eg.Ladder((REJECTED, OVERDUE), subject="issue", publish="every rung"),),
)


def april(day: int) -> date:
    return date(2024, 4, day)


def may(day: int) -> date:
    return date(2024, 5, day)


def event(what: eg.EventKind, day: date, **fields: Any) -> eg.Event:
    return eg.Event(what, day, **fields)


FOUND = event(E.FOUND, april(1), by="群众孙某", note="村委会东侧", evidence=("整改前.jpg",))
DISPATCHED = event(E.DISPATCHED, april(1), by="张会计", to=("v1",), due=april(8))


def issue(*events: eg.Event, id: str = "W1", **fields: Any) -> eg.Issue:
    given = {"category": "垃圾堆放", "description": "路边垃圾未清", "responsible": ("v1",), "source": "举报", **fields}
    return eg.Issue(id, "v1", (FOUND, DISPATCHED, *events), **given)


def paper(id: str, *events: eg.PaperEvent, **fields: Any) -> eg.Paper:
    given = {"about": "issue", "personnel": False, "scheme": "town", "round": "2024-04", **fields}
    return eg.Paper(id, given.pop("measure", "黄单"), given.pop("subject", "W1"), (PROPOSED, *events), **given)


PROPOSED = P(S.PROPOSED, april(30), by="张会计")
SIGNED = P(S.SIGNED, may(6), by="王某", number="督办〔2024〕2号")
NOTIFIED = P(S.NOTIFIED, may(6), by="张会计", to=("v1", "王某"), due=may(10))
BEFORE = eg.Paper(
    "town/03",
    "白单",
    "W1",
    (
        P(S.PROPOSED, april(9), by="张会计"),
        P(S.SIGNED, april(10), by="王某", number="督办〔2024〕1号"),
        P(S.NOTIFIED, april(10), by="张会计", to=("v1",), due=april(20)),
    ),
    about="issue",
    personnel=False,
)
WHISTLE = eg.Whistle(datetime(2024, 5, 4, 9, tzinfo=UTC), "甲村村委会", "各2人", "李局长", "拆除")


def basis(**changes: Any) -> Basis:
    [measure] = eg.assess_season(SCHEME, eg.Facts(GRID, issues=(issue(),))).latest.measures
    return Basis(evolve(SCHEME, **changes), measure)


def boxes(form: Form) -> dict[str, str]:
    """What stands in each box, the return parts apart."""
    return {box.label: box.text for part in form.parts for row in part.rows for box in row}


def labels(form: Form) -> list[list[str]]:
    """The labels of each return part."""
    return [[box.label for row in part.rows for box in row] for part in form.returns]
