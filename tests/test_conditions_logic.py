"""And, or, not: pending parts follow Kleene's logic, and a ruling settles what they leave open."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
import towns
from places import answers, holding, issue

YES, NO, OPEN = eg.at_least(0), eg.below(0), eg.top(1, ties="decide")


@pytest.mark.parametrize(
    ("parts", "every", "some"),
    [
        ((YES, YES), True, True),
        ((YES, NO), False, True),
        ((NO, NO), False, False),
        ((YES, OPEN), None, True),
        ((NO, OPEN), False, None),
        ((OPEN, OPEN), None, None),
    ],
)
def test_pending_parts_follow_kleene(parts: tuple[eg.Condition, ...], every: object, some: object) -> None:
    record = towns.assess({"甲": "90", "乙": "90", "丙": "80"}).record
    place = eg.Place("甲", record, ())
    assert OPEN.at(place).value is None
    assert eg.all_of(*parts).at(place).value is every
    assert eg.any_of(*parts).at(place).value is some


@pytest.mark.parametrize("combine", [eg.all_of, eg.any_of])
def test_a_combination_of_nothing_is_refused_and_so_is_what_is_no_condition(combine: Any) -> None:
    with pytest.raises(ValueError, match="parts"):
        combine()
    with pytest.raises(eg.SchemeError, match=r"parts: 5 does not answer at\(\)"):
        combine(5)


def test_a_combination_may_be_varied_and_ruled_on() -> None:
    varied = evolve(eg.all_of(YES, OPEN), parts=(OPEN, OPEN))
    assert varied == eg.all_of(OPEN, OPEN)
    ruling = eg.Ruling("甲", date(2024, 5, 3), varied, holds=True, by="指挥部", why="?", scheme="town")
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "90", "丙": "80"}}, rulings=(ruling,))
    record = eg.assess(towns.scheme(), towns.month_of("2024-05"), facts).record
    assert varied.at(eg.Place("甲", record, ())).value is True


def test_a_ruling_for_another_scheme_settles_nothing() -> None:
    for scheme, expected in (("town", True), ("county", None)):
        ruling = eg.Ruling("甲", date(2024, 5, 3), OPEN, holds=True, by="指挥部", why="?", scheme=scheme)
        facts = towns.facts({"2024-05": {"甲": "90", "乙": "90", "丙": "80"}}, rulings=(ruling,))
        record = eg.assess(towns.scheme(), towns.month_of("2024-05"), facts).record
        assert OPEN.at(eg.Place("甲", record, ())).value is expected


# ---- rulings
def test_a_ruling_settles_the_very_condition_that_was_open_and_is_among_the_grounds() -> None:
    open_cut = eg.bottom(1, ties="decide")
    scores = {"甲": "90", "乙": "80", "丙": "80"}
    ruling = eg.Ruling("乙", date(2024, 5, 20), open_cut, holds=True, by="指挥部", why="现场复查", scheme="town")
    other = eg.Ruling("丙", date(2024, 4, 30), open_cut, holds=True, by="指挥部", why="上月", scheme="town")
    facts = towns.facts({"2024-05": scores}, rulings=(ruling, other))
    record = eg.assess(towns.scheme(), towns.month_of("2024-05"), facts).record
    assert open_cut.at(eg.Place("乙", record, ())) == eg.Reason(open_cut, True, (record.standings[2], ruling))
    assert open_cut.at(eg.Place("丙", record, ())).value is None
    assert eg.bottom(1, ties="break").at(eg.Place("乙", record, ())).value is None


def test_a_ruling_does_not_overturn_what_the_rules_decide() -> None:
    cut = eg.bottom(1, ties="decide")
    ruling = eg.Ruling("甲", date(2024, 5, 20), cut, holds=True, by="指挥部", why="?", scheme="town")
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "80"}}, rulings=(ruling,))
    record = eg.assess(towns.scheme(), towns.month_of("2024-05"), facts).record
    assert cut.at(eg.Place("甲", record, ())).value is False


# ---- not
def test_not_turns_the_answer_and_leaves_what_is_pending_pending() -> None:
    record = towns.assess({"甲": "90", "乙": "90", "丙": "80"}).record
    place = eg.Place("甲", record, ())
    assert [eg.not_(part).at(place).value for part in (YES, NO, OPEN)] == [False, True, None]


def test_who_was_not_assessed_has_not_missed_a_threshold() -> None:
    assert answers(eg.not_(eg.at_least(80)), {"甲": "90", "乙": "70", "丙": None}) == "乙"


def test_who_has_no_such_figure_has_not_missed_it() -> None:
    figure = eg.Figure("满意率", eg.stated("回访", several="mean"), eg.RankBy(places=0))
    seen = towns.stated("2024-05", {"甲": "95", "乙": "60"}, "回访")
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "80", "丙": "70"}}, inspections=seen)
    record = eg.assess(towns.scheme(figures=(figure,)), towns.month_of("2024-05"), facts).record
    missed = eg.not_(eg.at_least(90, of="满意率"))
    assert holding(missed, record, units="甲乙丙") == "乙"


def test_who_has_no_such_board_is_not_off_it() -> None:
    record = towns.assess({"甲": "90", "乙": "80"}).record
    assert holding(eg.not_(eg.placed("红黑榜", "黑榜")), record, units="甲乙") == ""


def test_a_ruling_on_the_opposite_settles_the_opposite() -> None:
    opposite = eg.not_(OPEN)
    ruling = eg.Ruling("甲", date(2024, 5, 3), opposite, holds=True, by="指挥部", why="?", scheme="town")
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "90", "丙": "80"}}, rulings=(ruling,))
    record = eg.assess(towns.scheme(), towns.month_of("2024-05"), facts).record
    assert opposite.at(eg.Place("甲", record, ())).value is True
    assert OPEN.at(eg.Place("甲", record, ())).value is None


def test_of_an_issue_not_asks_whatever_became_of_the_unit() -> None:
    record = towns.assess({"甲": "90", "丙": None}).record
    place = eg.Place("丙", record, (), issue("1", "丙"))
    assert eg.not_(eg.in_state("closed")).at(place).value is True
    assert eg.not_(eg.at_least(80)).at(place).value is False
    assert eg.not_(eg.at_least(95)).at(eg.Place("甲", record, (), issue("1", "甲"))).value is True


def test_not_of_what_is_no_condition_is_refused() -> None:
    with pytest.raises(eg.SchemeError, match=r"not_: when: 5 does not answer at\(\)"):
        eg.not_(5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "around",
    [
        eg.all_of,
        eg.any_of,
        eg.not_,
        lambda own: eg.streak(own, 1, unheld="skip", absent="skip", repeat="each", editions="carry", heads="carry"),
        lambda own: eg.cumulative(own, 1, within=eg.year(), repeat="each", editions="carry", heads="carry"),
        lambda own: eg.k_of_last(
            own, 1, 1, unheld="skip", absent="skip", repeat="each", editions="carry", heads="carry"
        ),
    ],
)
@pytest.mark.parametrize("answer", ["no", 0])
def test_a_kind_of_ones_own_that_answers_neither_yes_nor_no_is_refused_inside_others_too(
    around: Any, answer: object
) -> None:
    class Own:
        def at(self, _: eg.Place) -> eg.Reason:
            return eg.Reason(self, answer, ())

    board = eg.Board("榜", (eg.Tier("是", around(Own())),), rest="否")
    with pytest.raises(eg.SchemeError, match="a Reason of True, False or None is wanted"):
        towns.assess({"甲": "90", "乙": "80"}, boards=(board,))
