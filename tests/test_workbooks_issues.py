"""Rows that meet a ledger: what is new of them, what is behind it, and what is against it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
from clerks import at, opened
from clerks_workbooks import D1, D3, D8, D9, FULL, GRID, make, read, said
from envgov.ledger import Ledger
from envgov.workbooks import Row, Term, read_workbook, rows_of, write_workbook
from envgov.workbooks.issues import Intake, key_of
from envgov.workbooks.row import Progress

K, P = eg.EventKind, Progress
HANDED = eg.Event(K.DISPATCHED, D1, by="镇", to=("v1",), due=D8)
OPEN = eg.Issue(
    "W1",
    "v1",
    (eg.Event(K.FOUND, D1, by="督导组", note="村口"), HANDED),
    ("v1",),
    category="垃圾",
    description="未清运",
    source="暗访",
)
RECTIFIED = evolve(OPEN, events=(*OPEN.events, eg.Event(K.RECTIFIED, D3, by="v1")))
CLOSED = evolve(RECTIFIED, events=(*RECTIFIED.events, eg.Event(K.ACCEPTED, D9, by="镇")))
REJECTED = evolve(RECTIFIED, events=(*RECTIFIED.events, eg.Event(K.REJECTED, D3, by="镇", note="未清净")))
REOPENED = evolve(CLOSED, events=(*CLOSED.events, eg.Event(K.RELAPSED, D9, by="镇")))
WITHDRAWN = evolve(OPEN, events=(*OPEN.events, eg.Event(K.WITHDRAWN, D3, by="镇", note="重复")))
SUSPENDED = evolve(OPEN, events=(*OPEN.events, eg.Event(K.SUSPENDED, D3, by="镇", note="无资金", approved_by="县")))


def row(issue: eg.Issue, **changed: Any) -> Row:
    [made] = rows_of([issue], GRID)
    return evolve(made, **changed)


def meet(given: Row, there: eg.Issue) -> tuple[eg.Issue | None, list[tuple[str, str, str]]]:
    issue, doubts = Intake(GRID, {"W1": there}.get).issue(given, "W1")
    return issue, [(doubt.column, doubt.what, *doubt.given[:1]) for doubt in doubts]  # type: ignore[misc]


@pytest.mark.parametrize("there", [OPEN, RECTIFIED, CLOSED, WITHDRAWN, SUSPENDED])
def test_a_row_that_says_what_the_ledger_has_brings_nothing(there: eg.Issue) -> None:
    assert meet(row(there), there) == (there, [])


@pytest.mark.parametrize("there", [OPEN, CLOSED])
def test_cells_that_are_empty_say_nothing_against_the_ledger(there: eg.Issue) -> None:
    assert meet(Row("W1", D1, place="甲村"), there)[0] == there


@pytest.mark.parametrize(
    ("there", "changed", "new"),
    [
        (OPEN, {"progress": P.RECTIFIED, "rectified": D3, "after": ("b.jpg",)}, [(K.RECTIFIED, D3, "")]),
        (OPEN, {"progress": P.CLOSED, "closed": D9}, [(K.RECTIFIED, D9, ""), (K.ACCEPTED, D9, "")]),
        (OPEN, {"progress": None, "closed": D9}, [(K.RECTIFIED, D9, ""), (K.ACCEPTED, D9, "")]),
        (RECTIFIED, {"progress": P.CLOSED, "closed": D9, "accepted_by": "青石镇"}, [(K.ACCEPTED, D9, "t")]),
        (OPEN, {"progress": P.WITHDRAWN, "closed": D9, "note": "重复"}, [(K.WITHDRAWN, D9, "")]),
        (OPEN, {"progress": P.GOING_ON}, []),
        (OPEN, {"progress": P.EXTENSION_ASKED}, []),
    ],
)
def test_what_is_new_is_added(there: eg.Issue, changed: dict[str, Any], new: list[Any]) -> None:
    issue, doubts = meet(row(there, **changed), there)
    assert issue is not None
    assert doubts == []
    assert issue.events[: len(there.events)] == there.events
    assert [(event.what, event.day, event.by) for event in issue.events[len(there.events) :]] == new


@pytest.mark.parametrize(
    ("stale", "there", "now"),
    [
        (RECTIFIED, REJECTED, "未整改"),
        (CLOSED, REOPENED, "未整改"),
        (RECTIFIED, evolve(REJECTED, events=(*REJECTED.events, eg.Event(K.RECTIFIED, D8, by="v1"))), "已整改"),
    ],
)
def test_work_that_the_ledger_took_back_is_not_done_again_by_the_old_row(
    stale: eg.Issue, there: eg.Issue, now: str
) -> None:
    issue, doubts = meet(row(stale), there)
    assert issue == there
    assert doubts[0] == ("progress", "ahead", now)
    assert {what for _, what, _ in doubts} == {"ahead"}, "a problem that came back has no date either"


def test_work_done_again_on_another_day_is_new() -> None:
    issue, doubts = meet(row(REJECTED, progress=P.RECTIFIED, rectified=D8), REJECTED)
    assert issue is not None
    assert ([event.what for event in issue.events[-2:]], doubts) == ([K.REJECTED, K.RECTIFIED], [])


def test_photographs_of_the_work_come_with_it() -> None:
    issue, _ = meet(row(OPEN, progress=P.RECTIFIED, rectified=D3, after=("b.jpg",)), OPEN)
    assert issue is not None
    assert issue.events[-1].evidence == ("b.jpg",)


@pytest.mark.parametrize(
    ("given", "there", "told"),
    [
        (row(OPEN), RECTIFIED, [("progress", "ahead", "已整改")]),
        (row(RECTIFIED), CLOSED, [("progress", "ahead", "已销号")]),
        (row(OPEN, progress=P.SUSPENDED), CLOSED, [("progress", "ahead", "已销号")]),
        (
            row(OPEN),
            evolve(OPEN, events=(*OPEN.events, eg.Event(K.EXTENDED, D3, due=D9, note="雨", approved_by="县"))),
            [("due", "ahead", "2022-10-09")],
        ),
        (
            row(evolve(OPEN, responsible=())),
            evolve(OPEN, responsible=(), events=(*OPEN.events, eg.Event(K.REASSIGNED, D3, to=("v2",), due=D8))),
            [("responsible", "ahead", "乙村")],
        ),
    ],
)
def test_a_row_that_is_behind_the_ledger_is_told_and_changes_nothing(
    given: Row, there: eg.Issue, told: list[tuple[str, str, str]]
) -> None:
    assert meet(given, there) == (there, told)


@pytest.mark.parametrize(
    ("there", "changed", "told"),
    [
        (OPEN, {"place": "乙村"}, ("place", "甲村")),
        (OPEN, {"responsible": ("住建局",)}, ("responsible", "甲村")),
        (OPEN, {"found": D3}, ("found", "2022-10-01")),
        (OPEN, {"source": "热线"}, ("source", "暗访")),
        (OPEN, {"category": "污水"}, ("category", "垃圾")),
        (OPEN, {"description": "已清运"}, ("description", "未清运")),
        (OPEN, {"location": "村尾"}, ("location", "村口")),
        (OPEN, {"due": D9}, ("due", "2022-10-08")),
        (OPEN, {"due": Term.STANDING}, ("due", "2022-10-08")),
        (CLOSED, {"closed": D8}, ("closed", "2022-10-09")),
        (CLOSED, {"rectified": D1}, ("rectified", "2022-10-03")),
        (CLOSED, {"progress": P.WITHDRAWN}, ("progress", "已销号")),
    ],
)
def test_what_a_row_says_against_the_ledger_is_a_fault_of_its_cell(
    there: eg.Issue, changed: dict[str, Any], told: tuple[str, str]
) -> None:
    _, doubts = meet(row(there, **changed), there)
    assert doubts == [(told[0], "differs", told[1])]


def test_a_cell_that_differs_is_told_with_what_it_shows(tmp_path: Path) -> None:
    head = ("问题编号", "发现日期", "所属村", "责任单位", "整改时限", "完成情况")
    row = ("W1", D1, "甲村", "住建局、环卫办", "长期坚持", "未整改")
    reading = read(make(tmp_path, head, row), known={"W1": CLOSED}.get)
    told = [(each.cell, each.value, each.what) for each in reading.problems]
    assert told == [
        ("D2", "住建局、环卫办", "differs"),
        ("E2", "长期坚持", "differs"),
        ("F2", "未整改", "ahead"),
    ]


def test_a_date_where_the_ledger_has_none_or_a_word_is_a_fault() -> None:
    undated = evolve(OPEN, events=OPEN.events[:1])
    standing = evolve(OPEN, events=(OPEN.events[0], eg.Event(K.DISPATCHED, D1, to=("v1",), note="长期坚持")))
    assert meet(row(undated, due=D9), undated)[1] == [("due", "differs", "无")]
    assert meet(row(standing, due=D9), standing)[1] == [("due", "differs", "长期坚持")]


def test_what_cannot_follow_is_refused() -> None:
    issue, doubts = meet(row(SUSPENDED, progress=P.RECTIFIED, rectified=D9), SUSPENDED)
    assert issue is None
    assert doubts[0][:2] == ("progress", "refused")
    assert "cannot follow" in doubts[0][2]


def test_without_a_number_the_key_is_what_the_row_says_of_the_problem() -> None:
    bare = Row(found=D1, place="甲村", description="垃圾")
    assert key_of(bare) == key_of(evolve(bare, progress=P.CLOSED, closed=D9, note="改", due=D8))
    others = [
        evolve(bare, **{name: "别的"})  # type: ignore[arg-type]
        for name in ("source", "category", "description", "location", "district", "place")
    ]
    assert len({key_of(each) for each in (bare, evolve(bare, found=D3), *others)}) == 8
    assert key_of(evolve(bare, id="W1")) == "W1"


# -- a ledger
def test_a_workbook_taken_in_twice_enters_nothing_and_one_that_was_filled_in_what_is_new(tmp_path: Path) -> None:
    first = ("W1", date(2024, 3, 1), "甲村", "垃圾", "甲村", "3月8日", "未整改")
    second = ("", date(2024, 3, 1), "乙村", "污水", "乙村", "立行立改", "已整改", date(2024, 3, 1))
    done = (*first[:6], "已销号", date(2024, 3, 5), date(2024, 3, 6), "镇环卫办")
    with opened(tmp_path / "town.db") as ledger:

        def take(*rows: tuple[Any, ...]) -> tuple[int, int]:
            reading = read(make(tmp_path, FULL, *rows), known=lambda id: _known(ledger, id))
            assert reading.grave == ()
            taken = ledger.take_in(reading.issues, by="张会计", at=at(20), unnamed="镇整治办")
            assert taken.refused == ()
            return len(taken.entries), len(taken.known)

        assert take(first, second) == (5, 0)
        assert take(first, second) == (0, 2)
        assert take(second, done) == (2, 1)
        assert take(second, done) == (0, 2)
        assert ledger.issue("W1").state is eg.State.CLOSED

        out = tmp_path / "出.xlsx"
        write_workbook(rows_of(ledger.facts(GRID).issues, GRID), out, GRID, on=date(2024, 3, 20))
        again = read_workbook(out, GRID, lambda id: _known(ledger, id))
        assert said(again) == [("A6", "aside")]
        taken = ledger.take_in(again.issues, by="张会计", at=at(20), unnamed="镇整治办")
        assert (len(taken.entries), len(taken.known), taken.refused) == (0, 2, ())


def _known(ledger: Ledger, id: str) -> eg.Issue | None:
    found = ledger.value(f"issue:{id}")
    return found if isinstance(found, eg.Issue) else None
