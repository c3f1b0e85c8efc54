"""Ranks, ties and counts, worked out by hand."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import envgov as eg
import towns

SCORES = {"甲": "90", "乙": "85", "丙": "85", "丁": "80", "戊": None}


def standings(scores: dict[str, Any], **changes: Any) -> dict[str, eg.Standing]:
    return {s.unit: s for s in towns.assess(scores, **changes).record.standings}


@pytest.mark.parametrize(("method", "ranks"), [("competition", "1224"), ("dense", "1223")])
def test_equal_scores_share_a_rank(method: Any, ranks: str) -> None:
    found = standings(SCORES, ranking=eg.RankBy(places=1, method=method))
    assert [found[unit].rank for unit in "甲乙丙丁"] == [int(rank) for rank in ranks]


def test_a_standing_counts_who_is_better_level_and_worse() -> None:
    s = standings(SCORES)["乙"]
    assert (s.ahead, s.tied, s.behind, s.size) == (1, 2, 1, 4)
    assert (s.before, s.level) == (0, 2)


def test_a_unit_that_was_not_assessed_has_no_rank_and_is_listed_apart() -> None:
    assessment = towns.assess(SCORES)
    assert "戊" not in {s.unit for s in assessment.record.standings}
    assert [(a.unit, a.why) for a in assessment.record.absences] == [("戊", eg.Absent.NOT_ASSESSED)]
    assert [row.unit.code for row in assessment.rows()] == [
        "甲",
        "丙",
        "乙",
        "丁",
        "戊",
    ]  # 丙 (U+4E19) before 乙 (U+4E59)


def test_the_published_number_decides_rounded_half_up() -> None:
    found = standings({"甲": "85.05", "乙": "85.14", "丙": "85.15"})
    assert {unit: (s.score, s.rank) for unit, s in found.items()} == {
        "甲": (Decimal("85.1"), 2),
        "乙": (Decimal("85.1"), 2),
        "丙": (Decimal("85.2"), 1),
    }


def test_exact_ranks_tell_apart_what_is_published_alike() -> None:
    ranking = eg.RankBy(places=1, rank_on="exact")
    assessment = towns.assess({"甲": "85.11", "乙": "85.14"}, ranking=ranking)
    assert [(s.unit, s.score, s.rank) for s in assessment.record.standings] == [
        ("乙", Fraction("85.14"), 1),
        ("甲", Fraction("85.11"), 2),
    ]
    assert [assessment.record.ranking().shown(s) for s in assessment.record.standings] == [Decimal("85.1")] * 2


def test_where_lower_is_better_the_lowest_is_first() -> None:
    found = standings({"甲": "3", "乙": "7"}, scoring=eg.stated(towns.CHANNEL, several="mean", better="lower"))
    assert (found["甲"].rank, found["乙"].rank) == (1, 2)


def test_each_group_is_ranked_by_itself() -> None:
    units = tuple(eg.Unit(u, u, "村", designations=frozenset({g})) for u, g in zip("甲乙丙丁", "AABB", strict=True))
    seen = towns.stated("2024-05", {"甲": "90", "乙": "70", "丙": "80", "丁": "60"})
    scheme = towns.scheme(groups=("A", "B"))
    record = eg.assess(scheme, towns.month_of("2024-05"), eg.Facts(eg.Grid(units), inspections=seen)).record
    assert [(s.unit, s.group, s.rank, s.size) for s in record.standings] == [
        ("甲", "A", 1, 2),
        ("乙", "A", 2, 2),
        ("丙", "B", 1, 2),
        ("丁", "B", 2, 2),
    ]
    assert (record.ranking().mean("A"), record.ranking().mean("B")) == (Fraction(80), Fraction(70))


BREAKER = eg.stated("现场", several="mean")
TIED = {"甲": "80", "乙": "80", "丙": "80", "丁": "70"}


def broken(second: dict[str, Any], *breakers: eg.ScoringRule) -> dict[str, tuple[int, int, int]]:
    facts = towns.facts({"2024-05": TIED}, inspections=towns.stated("2024-05", second, "现场"))
    scheme = towns.scheme(ranking=eg.RankBy(places=1, breakers=breakers or (BREAKER,)))
    record = eg.assess(scheme, towns.month_of("2024-05"), facts).record
    return {s.unit: (s.rank, s.before, s.level) for s in record.standings}


def test_breakers_order_the_tied_and_change_no_rank() -> None:
    assert broken({"甲": "5", "乙": "9", "丙": "5"}) == {
        "乙": (1, 0, 1),
        "甲": (1, 1, 2),
        "丙": (1, 1, 2),
        "丁": (4, 0, 1),
    }


def test_a_breaker_missing_for_one_of_the_tied_breaks_nothing() -> None:
    assert {unit: found[1:] for unit, found in broken({"甲": "5", "乙": "9"}).items()} == {
        "甲": (0, 3),
        "乙": (0, 3),
        "丙": (0, 3),
        "丁": (0, 1),
    }


def test_a_breaker_where_lower_is_better_puts_the_lowest_first() -> None:
    found = broken({"甲": "5", "乙": "9", "丙": "7"}, eg.stated("现场", several="mean", better="lower"))
    assert [found[unit][1] for unit in "甲丙乙"] == [0, 1, 2]


def test_a_great_tie_is_broken_in_no_more_than_sorting_time() -> None:
    scores = dict.fromkeys((f"v{i:05}" for i in range(20_000)), "80")
    facts = towns.facts({"2024-05": scores})
    assert {s.level for s in eg.assess(towns.scheme(), towns.month_of("2024-05"), facts).record.standings} == {20_000}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"places": -1}, "places=-1: give a whole number from 0 to 9"),
        ({"places": True}, "places=True"),
        ({"places": 1, "method": "ordinal"}, "method='ordinal': choose one of 'competition', 'dense'"),
        ({"places": 1, "rank_on": "float"}, "rank_on='float': choose one of"),
    ],
)
def test_a_ranking_that_cannot_be_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(eg.SchemeError, match=message):
        eg.RankBy(**wrong)
