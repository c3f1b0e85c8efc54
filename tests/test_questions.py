"""What a round leaves to a person: each question is the one that a ruling has to answer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

import envgov as eg
import towns
from places import DECLARED, event, issue

OPEN = eg.bottom(1, ties="decide")
TIED = {"甲": "90", "乙": "70", "丙": "70"}
CLEAR = {"甲": "90", "乙": "70", "丙": "80"}
APRIL, MAY = towns.month_of("2024-04"), towns.month_of("2024-05")


def board(when: eg.Condition, id: str = "红黑榜", side: Any = "sanction") -> eg.Board:
    return eg.Board(id, (eg.Tier("黑榜", when, side),), rest="其他")


def talk(when: eg.Condition, **changes: Any) -> eg.Ladder:
    return eg.Ladder((eg.Rung("约谈", when, ("村支书",)),), publish="highest", **changes)


def asked(*months: Mapping[str, object], more: dict[str, Any] | None = None, **changes: Any) -> list[tuple[Any, ...]]:
    """The questions of May, the last of these months: unit, round, condition."""
    labels = ("2024-04", "2024-05")[-len(months) :]
    facts = towns.facts(dict(zip(labels, months, strict=True)), **(more or {}))
    latest = eg.assess_season(towns.scheme(**changes), facts).latest
    assert {question.scheme for question in latest.questions} <= {"town"}
    return [question[1:] for question in latest.questions]


def running(when: eg.Condition, **declared: Any) -> eg.Condition:
    return eg.streak(when, 2, **(DECLARED | declared))


def test_a_tie_across_a_cut_is_one_question_for_each_of_the_tied_however_often_it_is_asked() -> None:
    expected = [("丙", MAY, OPEN), ("乙", MAY, OPEN)]
    assert asked(TIED, boards=(board(OPEN),)) == expected
    assert asked(TIED, ladders=(talk(OPEN),)) == expected
    assert asked(TIED, boards=(board(OPEN), board(OPEN, "三色")), ladders=(talk(OPEN),)) == expected


def test_what_the_rules_decide_is_no_question() -> None:
    assert asked(CLEAR, boards=(board(OPEN),), ladders=(talk(OPEN),)) == []
    assert asked(TIED, boards=(board(eg.all_of(OPEN, eg.below(60))),)) == []


def test_what_was_ruled_on_is_no_question_any_more() -> None:
    ruling = eg.Ruling("乙", date(2024, 5, 9), OPEN, holds=False, by="指挥部", why="复查", scheme="town")
    assert asked(TIED, more={"rulings": (ruling,)}, boards=(board(OPEN),)) == [("丙", MAY, OPEN)]


def test_the_question_is_the_innermost_condition_that_is_open() -> None:
    both = eg.all_of(eg.not_(OPEN), eg.at_least(60))
    assert asked(TIED, boards=(board(both),)) == [("丙", MAY, OPEN), ("乙", MAY, OPEN)]
    either = eg.any_of(OPEN, eg.top(2, ties="decide"))
    assert [(unit, when) for unit, _, when in asked(TIED, ladders=(talk(either),))] == [
        *(("丙", OPEN), ("丙", eg.top(2, ties="decide"))),
        *(("乙", OPEN), ("乙", eg.top(2, ties="decide"))),
    ]


def test_the_cut_of_a_shortened_list_is_a_question() -> None:
    three = eg.bottom(3, ties="decide")
    short = eg.Board("榜", (eg.Tier("黑榜", eg.any_of(three)),), rest="其他", small_field="share", share=34)
    assert asked(TIED, boards=(short,)) == [("丙", MAY, three), ("乙", MAY, three)]


def test_a_count_that_rests_on_an_earlier_tie_asks_about_that_round() -> None:
    assert asked(TIED, CLEAR, ladders=(talk(running(OPEN)),)) == [("乙", APRIL, OPEN)]
    for counter in (
        eg.cumulative(OPEN, 2, within=eg.year(), repeat="each", editions="carry", heads="carry"),
        eg.k_of_last(OPEN, 2, 3, **DECLARED),
    ):
        assert asked(TIED, CLEAR, ladders=(talk(counter),)) == [("乙", APRIL, OPEN)]


def test_a_count_of_two_open_rounds_asks_about_both() -> None:
    assert asked(TIED, TIED, ladders=(talk(running(OPEN)),)) == [
        *(("丙", MAY, OPEN), ("丙", APRIL, OPEN)),
        *(("乙", MAY, OPEN), ("乙", APRIL, OPEN)),
    ]


def test_a_count_over_a_gap_that_is_left_to_a_person_is_the_question_itself() -> None:
    counter = running(OPEN, absent="decide")
    march = towns.stated("2024-03", CLEAR)
    gap = CLEAR | {"甲": "60", "乙": None}
    assert asked(gap, CLEAR, more={"inspections": march}, ladders=(talk(counter),)) == [("乙", MAY, counter)]


@pytest.mark.parametrize("when", [eg.placed("红黑榜", "黑榜"), eg.sanctioned("红黑榜")])
def test_what_rests_on_a_tier_asks_for_the_condition_of_the_tier(when: eg.Condition) -> None:
    may = [("丙", MAY, OPEN), ("乙", MAY, OPEN)]
    assert asked(TIED, boards=(board(OPEN),), ladders=(talk(when),)) == may
    assert asked(TIED, boards=(board(OPEN), board(when, "通报榜"))) == may
    assert asked(TIED, CLEAR, boards=(board(OPEN),), ladders=(talk(running(when)),)) == [("乙", APRIL, OPEN)]


def test_only_the_tier_that_is_pending_is_asked_for() -> None:
    tiers = eg.Tier("差", eg.all_of(OPEN, eg.below(60))), eg.Tier("黑榜", OPEN, "sanction")
    two = eg.any_of(eg.at_least(95), eg.bottom(1, ties="decide"))
    boards = (board(eg.below(60)), eg.Board("三色", tiers, rest="其他"), board(two, "榜"))
    assert asked(TIED, boards=boards, ladders=(talk(eg.sanctioned()),)) == [("丙", MAY, OPEN), ("乙", MAY, OPEN)]


def test_a_board_is_asked_in_its_own_way_where_another_one_fits_small_fields() -> None:
    """With three units the second board leaves no seat to the last one; the first has its one seat."""
    tiers = eg.Tier("红榜", eg.top(3, ties="include")), eg.Tier("黑榜", running(eg.placed("红黑榜", "黑榜")))
    second = eg.Board("通报榜", tiers, rest="其他", small_field="fewer")
    assert asked(TIED, CLEAR, boards=(board(OPEN), second)) == [("乙", APRIL, OPEN)]


def test_a_tier_of_an_edition_that_is_no_more_is_asked_for_in_its_own_round_only() -> None:
    old = towns.scheme(boards=(board(OPEN),))
    new = towns.scheme(
        since=MAY.start, boards=(board(OPEN, "新榜"),), ladders=(talk(running(eg.sanctioned(), repeat="each")),)
    )
    season = eg.assess_season((old, new), towns.facts({"2024-04": TIED, "2024-05": CLEAR}))
    assert towns.proposed(season.latest) == [("乙", "约谈?")]
    assert [[question[1:] for question in a.questions] for a in season] == [
        [("丙", APRIL, OPEN), ("乙", APRIL, OPEN)],
        [],
    ]


def test_a_measure_about_an_issue_asks_about_the_unit_where_it_lies() -> None:
    late = issue("1", "乙", event("dispatched", "2024-05-02", due="2024-05-10"))
    ladder = talk(eg.all_of(eg.overdue(), OPEN), subject="issue")
    assert asked(TIED, more={"issues": (late,)}, ladders=(ladder,)) == [("乙", MAY, OPEN)]


def test_an_assessment_is_stored_with_its_questions() -> None:
    assessment = towns.assess(TIED, boards=(board(OPEN),))
    assert len(assessment.questions) == 2
    assert eg.from_dict(eg.to_dict(assessment)).questions == assessment.questions
