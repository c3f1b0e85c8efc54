"""What everybody may read of a reason: numbers and grounds, and no person."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

import envgov as eg
import sites
import towns
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.slip import Slip
from envgov.facts.task import Task
from envgov.results.note import Note, disclosed_notes
from envgov.site.disclosure import disclosed
from sites import PERSON

DAY = date(2024, 5, 2)
MOMENT = datetime(2024, 5, 2, 9, tzinfo=UTC)
KNOWN = (eg.Unit("甲", "甲村", "村"), eg.Body("环境所", "镇环境所"))


def kept(*grounds: object) -> tuple[object, ...]:
    """What is left of grounds that stand below a reason about 甲村, who knows 镇环境所."""
    reason = eg.Reason("规则", True, (*KNOWN, eg.Reason("条件", True, grounds)))
    *_, inner = disclosed(reason, "zh").because
    assert isinstance(inner, eg.Reason)
    return inner.because


@pytest.mark.parametrize(
    "ground",
    [
        sites.visit("2024-05", "甲", "2"),
        sites.issue(),
        sites.issue().events[0],
        eg.Ruling("甲", DAY, sites.BLACK.when, True, PERSON, f"{PERSON}说的", "town"),
        Slip("甲", "白单", DAY, PERSON),
        UnitAcceptance("甲", DAY, True, PERSON, PERSON),
        Task("清河", "甲", PERSON, PERSON, eg.points("40"), DAY),
        eg.Duty("日报", PERSON, MOMENT, eg.Submission("日报", PERSON, MOMENT)),
        eg.Duty("日报", PERSON, MOMENT),
    ],
    ids=lambda ground: type(ground).__name__,
)
def test_no_fact_keeps_a_person_or_what_was_typed_freely(ground: object) -> None:
    [left] = kept(ground)
    assert type(left) is type(ground)
    assert PERSON in repr(ground)
    assert PERSON not in repr(left)


def test_a_body_that_the_reason_names_stays() -> None:
    visit = eg.Inspection("甲", DAY, "督导", inspector="环境所")
    slip, ruling = Slip("甲", "白单", DAY, "环境所"), eg.Ruling("甲", DAY, sites.RED.when, True, "环境所", "因", "town")
    left: Any = kept(visit, slip, ruling)
    assert (left[0].inspector, left[1].by, left[2].by) == ("环境所", "环境所", "环境所")


def test_the_body_to_which_the_scheme_leaves_it_stays_and_its_why_does_not() -> None:
    [left] = kept(eg.Ruling("甲", DAY, sites.EXEMPT, True, "镇整治办", "因", "town"))
    assert isinstance(left, eg.Ruling)
    assert (left.by, left.why) == ("镇整治办", "（不公开）")


def test_whoever_else_ruled_is_the_body_in_charge() -> None:
    [left] = kept(eg.Ruling("甲", DAY, sites.RED.when, True, "李四", "因", "town"))
    assert isinstance(left, eg.Ruling)
    assert left.by == "有权机关"


def test_an_issue_keeps_its_days_its_state_and_whose_name_is_withheld() -> None:
    given = sites.issue()
    [left] = kept(given)
    assert isinstance(left, eg.Issue)
    assert (left.id, left.found, left.due, left.state) == (given.id, given.found, given.due, given.state)
    assert left.owed_by == ("（不公开）",)
    assert [event.by for event in left.events] == ["", "", "", "", "环境所"]


@pytest.mark.parametrize(
    "ground", [eg.Survey("甲", DAY, "回访", 4, 3, 2), eg.StatedRank("甲", DAY, "镇", 1, 9), KNOWN[0]], ids=repr
)
def test_what_names_nobody_stays_as_it_is(ground: object) -> None:
    assert kept(ground) == (ground,)


@pytest.mark.parametrize("ground", [PERSON, eg.Assignment(PERSON, "村支书", "甲"), {"who": PERSON}], ids=repr)
def test_a_ground_of_a_kind_that_is_not_known_is_left_out(ground: object) -> None:
    assert kept(ground) == ()


def test_neighbours_are_told_as_long_as_they_are_few() -> None:
    few = towns.assess({"甲": 90, "乙": 80, "丙": 70}).explain("乙")
    many = towns.assess({f"v{n}": 80 for n in range(9)}).explain("v1")  # of eight others the unit and the standing
    assert [any(isinstance(p, eg.Reason) and isinstance(p.rule, eg.RankBy) for p in disclosed(r, "zh").because)
            for r in (few, many)] == [True, False]  # fmt: skip


def test_notes_that_may_name_persons_are_left_out() -> None:
    notes = sites.season().latest.notes
    assert {"exempt", "role there"} <= {note.what for note in notes}
    assert [note.what for note in disclosed_notes(notes)] == ["tie at the cut"]
    shortened = Note("shortened", "榜", "", "", (), 1, 2)
    assert list(disclosed_notes([shortened])) == [shortened]
