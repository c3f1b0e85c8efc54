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


@pytest.mark.parametrize("changed", [{"amount": -5000}, {"to": ("镇长",)}, {"by": "县纪委"}])
def test_a_measure_of_another_amount_addressee_or_body_has_moved(changed: dict[str, Any]) -> None:
    rung = eg.Rung("罚款", eg.bottom(1, ties="include"), ("村主任",), amount=-100)
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "80"}})
    one, other = (
        eg.assess_season(towns.scheme(ladders=(eg.Ladder((r,), publish="highest"),)), facts)
        for r in (rung, evolve(rung, **changed))
    )
    [compared] = eg.compare(one, other)
    assert [move.unit for move in compared.movers] == ["乙"]
