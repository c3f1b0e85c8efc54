"""The measures of a round by whom they go to: one talk about several villages is held once."""

from datetime import date
from typing import Any

import pytest

import envgov as eg
import towns
from books import issue

MAY = towns.month_of("2024-05")
VILLAGES = {"东": ("东1", "东2", "东3"), "西": ("西1", "西2")}
GRID = eg.Grid(
    [eg.Unit(zone, f"{zone}片", "片区") for zone in VILLAGES]
    + [eg.Unit(code, f"{code}村", "村", zone) for zone, codes in VILLAGES.items() for code in codes]
)
RED = eg.below(60)
NAMES = {unit.code: unit.name for unit in GRID.units}


def at(who: str, role: str, place: str, **span: date) -> eg.Assignment:
    return eg.Assignment(who, role, place, **span)


def told(
    *assignments: eg.Assignment,
    red: str = "东1 东2 东3 西1",
    rungs: tuple[eg.Rung, ...] = (eg.Rung("约谈", RED, ("包村领导",)),),
    **changes: Any,
) -> list[tuple[str, str | None, tuple[str, ...], tuple[str, ...]]]:
    scores = {code: 50 if code in red.split() else 90 for codes in VILLAGES.values() for code in codes}
    facts = eg.Facts(GRID, inspections=towns.stated("2024-05", scores), assignments=assignments)
    ladders = changes.pop("ladders", (eg.Ladder(rungs, publish="every rung"),))
    assessment = eg.assess(towns.scheme(ladders=ladders, **changes), MAY, facts)
    return [(a.rung, a.who, a.roles, a.units) for a in eg.addressees(assessment, facts)]


def test_one_leader_of_four_red_villages_is_talked_to_once_about_all_of_them() -> None:
    four = [at("张三", "包村领导", code) for code in ("东1", "东2", "东3", "西1", "西2")]
    assert told(*four) == [("约谈", "张三", ("包村领导",), ("东1", "东2", "东3", "西1"))]


def test_each_village_has_its_own_leader_unless_one_has_several() -> None:
    assert told(
        at("张三", "包村领导", "东1"), at("张三", "包村领导", "西1"), at("李四", "包村领导", "东2"), red="东1 东2 西1"
    ) == [
        ("约谈", "张三", ("包村领导",), ("东1", "西1")),
        ("约谈", "李四", ("包村领导",), ("东2",)),
    ]


def test_the_role_is_looked_for_at_the_unit_and_then_at_the_nearest_above() -> None:
    assignments = at("片长", "包村领导", "东"), at("张三", "包村领导", "东1"), at("村长", "村主任", "东2")
    assert told(*assignments, red="东1 东2 东3") == [
        ("约谈", "张三", ("包村领导",), ("东1",)),
        ("约谈", "片长", ("包村领导",), ("东2", "东3")),
    ]


def test_a_role_that_nobody_holds_leaves_each_unit_to_itself() -> None:
    assert told(at("张三", "包村领导", "东"), red="东1 西1 西2") == [
        ("约谈", "张三", ("包村领导",), ("东1",)),
        ("约谈", None, ("包村领导",), ("西1",)),
        ("约谈", None, ("包村领导",), ("西2",)),
    ]


def test_who_holds_it_on_the_last_day_of_the_round_is_meant() -> None:
    change = date(2024, 5, 31)
    assert told(
        at("张三", "包村领导", "东1", until=change), at("李四", "包村领导", "东1", since=change), red="东1"
    ) == [("约谈", "李四", ("包村领导",), ("东1",))]


def test_all_who_hold_the_role_are_meant() -> None:
    assert told(at("张三", "包村领导", "东1"), at("李四", "包村领导", "东1"), red="东1") == [
        ("约谈", who, ("包村领导",), ("东1",)) for who in ("张三", "李四")
    ]


def test_who_holds_two_of_the_roles_is_talked_to_once_and_a_body_is_meant_like_a_person() -> None:
    rungs = (eg.Rung("约谈", RED, ("包村领导", "村主任", "帮扶单位")),)
    assignments = (
        at("张三", "包村领导", "东1"),
        at("张三", "村主任", "东1"),
        at("张三", "村主任", "东2"),
        at("环卫办", "帮扶单位", "东"),
    )
    assert told(*assignments, red="东1 东2", rungs=rungs) == [
        ("约谈", "张三", ("包村领导", "村主任"), ("东1", "东2")),
        ("约谈", "环卫办", ("帮扶单位",), ("东1", "东2")),
        ("约谈", None, ("包村领导",), ("东2",)),
    ]


def test_each_measure_is_grouped_apart_in_the_order_of_the_measures() -> None:
    rungs = (eg.Rung("通报", RED, ("村主任",)), eg.Rung("约谈", RED, ("包村领导",)))
    assignments = [at("张三", role, "东") for role in ("村主任", "包村领导")]
    assert told(*assignments, red="东1 东2", rungs=rungs) == [
        ("通报", "张三", ("村主任",), ("东1", "东2")),
        ("约谈", "张三", ("包村领导",), ("东1", "东2")),
    ]


def assessed(*issues: eg.Issue, ladder: eg.Ladder, scores: dict[str, object]) -> tuple[eg.Assessment, eg.Facts]:
    facts = eg.Facts(
        GRID,
        inspections=towns.stated("2024-05", scores),
        issues=issues,
        bodies=(eg.Body("b1", "环卫办"),),
        assignments=(at("b1", "帮扶单位", "东"),),
    )
    return eg.assess(towns.scheme(ladders=(ladder,)), MAY, facts), facts


def test_a_group_is_said_in_words_with_what_is_pending() -> None:
    """Two of three villages are level at the cut, and the third is red for certain."""
    rungs = (eg.Rung("约谈", eg.bottom(2, ties="decide"), ("帮扶单位",)),)
    scores: dict[str, object] = {"东1": 60, "东2": 60, "东3": 50}
    assessment, facts = assessed(ladder=eg.Ladder(rungs, publish="every rung"), scores=scores)
    (group,) = eg.addressees(assessment, facts)
    names = NAMES | {"b1": "环卫办"}
    assert group.text("zh", names) == "约谈：环卫办 — 东1村（待定）、东2村（待定）、东3村"
    assert group.text("en", names) == "约谈: 环卫办 - 东1村 (pending), 东2村 (pending), 东3村"


def test_issues_are_told_by_unit_and_number_and_one_unit_may_have_several() -> None:
    ladder = eg.Ladder((eg.Rung("提醒", eg.overdue(), ("帮扶单位", "村主任")),), subject="issue", publish="every rung")
    late = [issue(n, "东1", "found 05-02", "dispatched 05-03 due 05-06") for n in ("W1", "W2")]
    assessment, facts = assessed(*late, ladder=ladder, scores={"东1": 90})
    body, nobody = eg.addressees(assessment, facts)
    assert (body.who, body.units, len(body.measures)) == ("b1", ("东1",), 2)
    assert body.text("zh", NAMES) == "提醒：b1 — 东1村（W1）、东1村（W2）"
    assert nobody.text("zh", NAMES) == "提醒：无人任村主任 — 东1村（W1）、东1村（W2）"
    assert nobody.text("en", NAMES) == "提醒: nobody is 村主任 - 东1村 (W1), 东1村 (W2)"


def test_facts_of_another_town_are_refused() -> None:
    with_a_red = towns.assess({"甲": 50}, ladders=(eg.Ladder((eg.Rung("约谈", RED, ("村主任",)),), publish="highest"),))
    with pytest.raises(eg.UnknownUnitError, match="the grid has no unit '甲'"):
        eg.addressees(with_a_red, eg.Facts(GRID))


# -- the unit itself
@pytest.mark.parametrize("itself", ["单位", "责任单位", "村"])
def test_a_measure_to_the_unit_itself_goes_to_it_and_to_nobody_who_holds_a_role(itself: str) -> None:
    rungs = (eg.Rung("通报", RED, (itself,)),)
    assert told(at("张三", "包村领导", "东1"), red="东1 西1", rungs=rungs) == [
        ("通报", "东1", (itself,), ("东1",)),
        ("通报", "西1", (itself,), ("西1",)),
    ]


def test_another_level_is_a_role_that_nobody_holds() -> None:
    assert told(red="东1", rungs=(eg.Rung("通报", RED, ("社区",)),)) == [("通报", None, ("社区",), ("东1",))]


def test_a_measure_about_an_issue_goes_to_all_who_owe_it_and_to_the_unit_if_its_level_is_named() -> None:
    overdue = issue("W1", "东1", "found 05-02", "dispatched 05-02 due 05-10", responsible=("住建局", "西1"))
    ladder = eg.Ladder((eg.Rung("通报", eg.overdue(), ("责任单位", "村")),), subject="issue", publish="every rung")
    facts = eg.Facts(GRID, issues=[overdue])
    assessment = eg.assess(towns.scheme(ladders=(ladder,), scoring=None, ranking=None), MAY, facts)
    assert [(a.who, a.roles, a.units) for a in eg.addressees(assessment, facts)] == [
        ("住建局", ("责任单位",), ("东1",)),
        ("西1", ("责任单位",), ("东1",)),
        ("东1", ("村",), ("东1",)),
    ]
