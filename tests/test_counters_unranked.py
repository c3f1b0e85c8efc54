"""Counters of a scheme that ranks nobody."""

from datetime import date
from typing import Any

import pytest

import envgov as eg
import towns

FAILED, EXCUSED = eg.ruled("未达标", "县整治办"), eg.ruled("受灾免评", "县整治办")


def ruled(month: int, condition: eg.Condition) -> eg.Ruling:
    return eg.Ruling("乙", date(2024, month, 9), condition, holds=True, by="县整治办", why="?", scheme="town")


@pytest.mark.parametrize(
    ("absent", "expected"), [("skip", [("乙", "约谈")]), ("break", []), ("decide", [("乙", "约谈?")])]
)
def test_a_round_in_which_a_unit_was_exempt_is_an_absence_where_nobody_is_ranked(
    absent: Any, expected: list[tuple[str, str]]
) -> None:
    """乙 failed in March and in May; in April it was exempt."""
    declared: dict[str, Any] = {"unheld": "break", "repeat": "each", "editions": "carry", "heads": "carry"}
    twice = eg.streak(FAILED, 2, absent=absent, **declared)
    ladder = eg.Ladder((eg.Rung("约谈", twice, ("村主任",)),), publish="every rung")
    scheme = towns.scheme(scoring=None, ranking=None, exempt=EXCUSED, ladders=(ladder,))
    months = {f"2024-0{month}": {"甲": "80", "乙": "80"} for month in (3, 4, 5)}
    facts = towns.facts(months, rulings=(ruled(3, FAILED), ruled(4, EXCUSED), ruled(5, FAILED)))
    assert towns.proposed(eg.assess_season(scheme, facts)["2024-05"]) == expected


def test_a_table_without_a_ranking_has_neither_rank_nor_score() -> None:
    scheme = towns.scheme(scoring=None, ranking=None)
    facts = towns.facts({"2024-05": {"甲": "90"}})
    assessment = eg.assess(scheme, towns.month_of("2024-05"), facts)
    assert assessment.table() == (("单位", "档次", "措施（拟）", "备注"), ("甲", "", "", ""))
