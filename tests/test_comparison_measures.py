"""Comparisons: which measures are kept, withdrawn or new, and which of them have moved."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
import towns


def test_a_measure_about_an_issue_is_that_of_the_unit_where_it_lies_whatever_its_id() -> None:
    """The issue bears the code of another village: nothing of it concerns that village."""
    slip = eg.Ladder((eg.Rung("白单", eg.in_state("open"), ("责任人",)),), subject="issue", publish="highest")
    found = eg.Issue("甲", "乙", (eg.Event(eg.EventKind.FOUND, date(2024, 5, 2)),))
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "80"}}, issues=(found,))
    [compared] = eg.compare(
        eg.assess_season(towns.scheme(), facts), eg.assess_season(towns.scheme(id="b", ladders=(slip,)), facts)
    )
    assert {move.unit: [m.subject for m in move.added] for move in compared.moves} == {"甲": [], "乙": ["甲"]}
    assert [move.unit for move in compared.movers] == ["乙"]
    assert "白单（甲）" in compared.table()[1][-1]


@pytest.mark.parametrize(
    ("changed", "zh", "en"),
    [
        ({"amount": -5000}, "罚款（金额：-100元 → -5000元）", "罚款 (amount: -100 yuan -> -5000 yuan)"),
        ({"amount": None}, "罚款（金额：-100元 → -）", "罚款 (amount: -100 yuan -> -)"),
        ({"to": ("镇长", "书记")}, "罚款（对象：村主任 → 镇长、书记）", "罚款 (to: 村主任 -> 镇长, 书记)"),
        ({"by": "县纪委"}, "罚款（执行：- → 县纪委）", "罚款 (by: - -> 县纪委)"),
        (
            {"to": ("镇长",), "amount": -200},
            "罚款（对象：村主任 → 镇长；金额：-100元 → -200元）",
            "罚款 (to: 村主任 -> 镇长; amount: -100 yuan -> -200 yuan)",
        ),
    ],
)
def test_a_measure_of_another_amount_addressee_or_body_has_moved_and_says_so(
    changed: dict[str, Any], zh: str, en: str
) -> None:
    rung = eg.Rung("罚款", eg.bottom(1, ties="include"), ("村主任",), amount=-100)
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "80"}})
    one, other = (
        eg.assess_season(towns.scheme(ladders=(eg.Ladder((r,), publish="highest"),)), facts)
        for r in (rung, evolve(rung, **changed))
    )
    [compared] = eg.compare(one, other)
    assert [move.unit for move in compared.movers] == ["乙"]
    assert compared.table()[1][-1] == zh
    assert compared.table("en")[1][-1] == en
    assert f"措施（拟）：{zh}" in eg.narrate(compared.explain("乙")).splitlines()


def test_a_measure_about_an_issue_that_others_owe_has_moved() -> None:
    late = eg.Event(eg.EventKind.DISPATCHED, date(2024, 5, 2), due=date(2024, 5, 10))
    ladder = eg.Ladder((eg.Rung("督办", eg.overdue(), ("责任单位",)),), subject="issue", publish="highest")
    one, other = (
        eg.assess_season(
            towns.scheme(ladders=(ladder,)),
            towns.facts(
                {"2024-05": {"甲": "90", "乙": "80"}},
                issues=(
                    eg.Issue("W1", "乙", (eg.Event(eg.EventKind.FOUND, date(2024, 5, 2)), late), responsible=owed),
                ),
                bodies=(eg.Body("住建", "住建局"),),
                units=(eg.Unit("01", "城关镇", "镇"),),
            ),
        )
        for owed in (("住建",), ("01", "住建"))
    )
    [compared] = eg.compare(one, other)
    assert [move.unit for move in compared.movers] == ["乙"]
    assert compared.table()[1][-1] == "督办（W1）（责任单位：住建局 → 城关镇、住建局）"
    [again] = eg.compare(one, one)
    assert again.movers == ()


def test_of_whom_a_unit_is_the_name_is_shown() -> None:
    late = eg.Event(eg.EventKind.DISPATCHED, date(2024, 5, 2), due=date(2024, 5, 10))
    ladder = eg.Ladder((eg.Rung("督办", eg.overdue(), ("责任单位",)),), subject="issue", publish="highest")
    units = tuple(eg.Unit(code, name, "村") for code, name in (("01", "甲村"), ("02", "乙村")))
    seen = towns.stated("2024-05", {"01": "90", "02": "80"})
    one, other = (
        eg.assess_season(
            towns.scheme(ladders=(ladder,)),
            eg.Facts(
                eg.Grid(units),
                inspections=seen,
                issues=(
                    eg.Issue("W1", "02", (eg.Event(eg.EventKind.FOUND, date(2024, 5, 2)), late), responsible=owed),
                ),
            ),
        )
        for owed in (("01",), ("02",))
    )
    [compared] = eg.compare(one, other)
    assert compared.table()[1][-1] == "督办（W1）（责任单位：甲村 → 乙村）"
