"""Ranks, ties and counts, worked out by hand."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import envgov as eg
import towns
from places import holding

FLAG = eg.Board("榜", (eg.Tier("红旗", eg.top(1, ties="break")),), rest="其他")
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
        ({"places": 1, "method": "tied"}, "method='tied': choose one of 'competition', 'dense', 'ordinal'"),
        ({"places": 1, "method": "ordinal"}, "ordinal ranks need breakers that settle every tie"),
        ({"places": 1, "tolerance": "-0.1"}, "a tolerance of -0.1: give 0 or more"),
        ({"places": 1, "rank_on": "float"}, "rank_on='float': choose one of"),
    ],
)
def test_a_ranking_that_cannot_be_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(eg.SchemeError, match=message):
        eg.RankBy(**wrong)


# ---- ordinal
def ordinal(*breakers: eg.ScoringRule) -> eg.RankBy:
    return eg.RankBy(places=1, method="ordinal", breakers=breakers or (BREAKER,))


def by_order(scores: dict[str, Any], second: dict[str, Any], *breakers: eg.ScoringRule) -> dict[str, eg.Standing]:
    facts = towns.facts({"2024-05": scores}, inspections=towns.stated("2024-05", second, "现场"))
    record = eg.assess(towns.scheme(ranking=ordinal(*breakers)), towns.month_of("2024-05"), facts).record
    return {s.unit: s for s in record.standings}


def test_ordinal_ranks_share_none_and_the_breakers_are_part_of_the_place() -> None:
    found = by_order({"甲": "90", "乙": "85", "丙": "85", "丁": "80"}, {"乙": "5", "丙": "9"})
    assert {unit: s.rank for unit, s in found.items()} == {"甲": 1, "丙": 2, "乙": 3, "丁": 4}
    counts = {unit: (s.ahead, s.tied, s.behind, s.before, s.level) for unit, s in found.items()}
    assert counts == {"甲": (0, 1, 3, 0, 1), "丙": (1, 1, 2, 0, 1), "乙": (2, 1, 1, 0, 1), "丁": (3, 1, 0, 0, 1)}
    assert found["乙"].score == found["丙"].score == Decimal(85)


@pytest.mark.parametrize("second", [{"乙": "5", "丙": "5"}, {"乙": "5"}, {}])
def test_an_ordinal_tie_that_nothing_decides_is_refused_by_its_pair(second: dict[str, Any]) -> None:
    with pytest.raises(eg.SchemeError, match="丙 and 乙 are level after every breaker, and ordinal ranks share none"):
        by_order({"甲": "90", "乙": "85", "丙": "85"}, second)


def test_of_three_tied_the_pair_that_stays_level_is_named() -> None:
    with pytest.raises(eg.SchemeError, match="丙 and 乙 are level"):
        by_order({"甲": "85", "乙": "85", "丙": "85"}, {"甲": "9", "乙": "5", "丙": "5"})


def test_no_cut_can_straddle_a_tie_of_ordinal_ranks() -> None:
    scores = {"甲": "90", "乙": "85", "丙": "85"}
    scheme = towns.scheme(ranking=ordinal())
    facts = towns.facts({"2024-05": scores}, inspections=towns.stated("2024-05", {"乙": "5", "丙": "9"}, "现场"))
    record = eg.assess(scheme, towns.month_of("2024-05"), facts).record
    assert holding(eg.top(2, ties="decide"), record, units="甲乙丙") == "甲丙"


# ---- tolerance
@pytest.mark.parametrize(
    ("scores", "ranks"),
    [
        ({"甲": "9500", "乙": "9499.9", "丙": "9499.8"}, [1, 1, 3]),  # 丙 is level with 乙, and not with the best
        ({"甲": "9500", "乙": "9499.9", "丙": "9499.8", "丁": "9499.7"}, [1, 1, 3, 3]),
        ({"甲": "9500", "乙": "9499.89"}, [1, 2]),
        ({"甲": "9500", "乙": "9500", "丙": "9499.9"}, [1, 1, 1]),
    ],
)
def test_scores_within_the_tolerance_of_the_best_of_the_tie_share_a_rank(
    scores: dict[str, Any], ranks: list[int]
) -> None:
    """Joint first, and the next is third: 0.10 points of 9500 (SS23)."""
    found = standings(scores, ranking=eg.RankBy(places=2, tolerance="0.10"))
    assert [found[unit].rank for unit in scores] == ranks


def test_who_is_level_within_a_tolerance_keeps_the_own_number() -> None:
    found = standings({"甲": "95", "乙": "94.9", "丙": "90"}, ranking=eg.RankBy(places=1, tolerance="0.1"))
    assert {unit: (s.score, s.ahead, s.tied, s.behind) for unit, s in found.items()} == {
        "甲": (Decimal(95), 0, 2, 1),
        "乙": (Decimal("94.9"), 0, 2, 1),
        "丙": (Decimal(90), 2, 1, 0),
    }


@pytest.mark.parametrize(
    ("better", "scores", "listed"),
    [
        ("higher", {"丁": "94.9", "甲": "95", "乙": "95", "丙": "90"}, "乙甲丁丙"),
        ("lower", {"丁": "90.1", "甲": "90", "乙": "90", "丙": "95"}, "乙甲丁丙"),
    ],
)
@pytest.mark.parametrize("rank_on", ["rounded", "exact"])
def test_those_level_within_a_tolerance_are_listed_by_number_and_then_by_code(
    better: Any, scores: dict[str, Any], listed: str, rank_on: Any
) -> None:
    """In code order it would be 丁, 乙, 甲."""
    assessment = towns.assess(
        scores,
        scoring=eg.stated(towns.CHANNEL, several="mean", better=better),
        ranking=eg.RankBy(places=1, tolerance="0.1", rank_on=rank_on),
    )
    assert "".join(s.unit for s in assessment.record.standings) == listed
    assert eg.from_dict(eg.to_dict(assessment)) == assessment


def test_breakers_come_before_the_number_where_a_tolerance_makes_a_tie() -> None:
    facts = towns.facts(
        {"2024-05": {"甲": "94.9", "乙": "95", "丙": "95"}},
        inspections=towns.stated("2024-05", {"甲": "9", "乙": "8", "丙": "8"}, "现场"),
    )
    ranking = eg.RankBy(places=1, tolerance="0.1", breakers=(eg.stated("现场", several="mean"),))
    record = eg.assess(towns.scheme(ranking=ranking), towns.month_of("2024-05"), facts).record
    assert [s.unit for s in record.standings] == ["甲", "丙", "乙"]


def test_a_tolerance_goes_with_dense_ranks_and_with_numbers_of_which_the_lower_is_better() -> None:
    lower = eg.stated(towns.CHANNEL, several="mean", better="lower")
    ranking = eg.RankBy(places=1, method="dense", tolerance=1)
    found = standings({"甲": "3", "乙": "4", "丙": "5"}, scoring=lower, ranking=ranking)
    assert [found[unit].rank for unit in "甲乙丙"] == [1, 1, 2]


def test_a_tolerance_makes_ties_at_a_cut() -> None:
    board = eg.Board("榜", (eg.Tier("红榜", eg.top(1, ties="include")),), rest="其他")
    found = towns.assess(
        {"甲": "95", "乙": "94.9", "丙": "90"}, ranking=eg.RankBy(places=1, tolerance="0.1"), boards=(board,)
    )
    assert towns.tiers(found) == {"甲": "红榜", "乙": "红榜", "丙": "其他"}


def test_ordinal_ranks_have_no_tolerance() -> None:
    with pytest.raises(eg.SchemeError, match="ordinal ranks need breakers that settle every tie, and no tolerance"):
        eg.RankBy(places=1, method="ordinal", breakers=(BREAKER,), tolerance="0.1")


# ---- within
def county(*towns_: tuple[str, str], **more: Any) -> eg.Facts:
    """Two towns of that code and name with their villages: 甲乙丙 in the first, 丁戊 in the second."""
    villages = zip("甲乙丙丁戊", (towns_[0][0],) * 3 + (towns_[1][0],) * 2, strict=True)
    units = [eg.Unit(code, name, "镇") for code, name in towns_]
    units += [eg.Unit(v, v, "村", parent=parent, designations=frozenset({"村"})) for v, parent in villages]
    seen = towns.stated("2024-05", dict(zip("甲乙丙丁戊", ("95", "90", "85", "60", "50"), strict=True)))
    return eg.Facts(eg.Grid([*units, *more.pop("units", ())]), inspections=seen)


ONE_EACH = eg.Board(
    "红黑榜", (eg.Tier("红榜", eg.top(1, ties="include")), eg.Tier("黑榜", eg.bottom(1, ties="include"))), rest="其他"
)
WITHIN = eg.RankBy(places=1, within="镇")


def test_lists_have_their_quota_for_each_township() -> None:
    scheme = towns.scheme(ranking=WITHIN, boards=(ONE_EACH,))
    assessment = eg.assess(scheme, towns.month_of("2024-05"), county(("A", "城关镇"), ("B", "新田镇")))
    assert towns.tiers(assessment) == {"甲": "红榜", "乙": "其他", "丙": "黑榜", "丁": "红榜", "戊": "黑榜"}
    assert [(s.unit, s.group, s.rank) for s in assessment.record.standings] == [
        ("甲", "城关镇", 1),
        ("乙", "城关镇", 2),
        ("丙", "城关镇", 3),
        ("丁", "新田镇", 1),
        ("戊", "新田镇", 2),
    ]


def test_townships_of_one_name_are_told_apart_by_their_codes() -> None:
    facts = county(("A", "城关镇"), ("B", "城关镇"))
    record = eg.assess(towns.scheme(ranking=WITHIN), towns.month_of("2024-05"), facts).record
    assert {s.group: s.size for s in record.standings} == {"城关镇 A": 3, "城关镇 B": 2}


def test_within_narrows_the_groups_of_the_scheme() -> None:
    facts = county(("A", "城关镇"), ("B", "新田镇"))
    record = eg.assess(towns.scheme(groups=("村",), ranking=WITHIN), towns.month_of("2024-05"), facts).record
    assert {s.group for s in record.standings} == {"村 / 城关镇", "村 / 新田镇"}


def test_a_unit_below_none_is_refused_by_its_code() -> None:
    lone = (eg.Unit("己", "己", "村"), eg.Unit("庚", "庚", "村"))
    facts = county(("A", "城关镇"), ("B", "新田镇"), units=lone)
    with pytest.raises(eg.SchemeError, match="units are ranked within their 镇, and 己, 庚 lie below none"):
        eg.assess(towns.scheme(ranking=WITHIN), towns.month_of("2024-05"), facts)


def test_a_township_too_small_for_its_lists_is_refused_by_name() -> None:
    board = eg.Board("黑榜", (eg.Tier("黑榜", eg.bottom(2, ties="include")),), rest="其他")
    with pytest.raises(eg.SchemeError, match="group '新田镇' has 2 units"):
        eg.assess(
            towns.scheme(ranking=WITHIN, boards=(board,)),
            towns.month_of("2024-05"),
            county(("A", "城关镇"), ("B", "新田镇")),
        )


def test_a_further_figure_may_be_ranked_within_while_the_score_is_ranked_over_all() -> None:
    figure = eg.Figure("镇内", eg.stated(towns.CHANNEL, several="mean"), WITHIN)
    black = eg.Board("黑榜", (eg.Tier("黑榜", eg.bottom(1, of="镇内", ties="include")),), rest="其他")
    scheme = towns.scheme(figures=(figure,), boards=(black,))
    assessment = eg.assess(scheme, towns.month_of("2024-05"), county(("A", "城关镇"), ("B", "新田镇")))
    assert {unit for unit, tier in towns.tiers(assessment).items() if tier == "黑榜"} == {"丙", "戊"}
    assert [s.rank for s in assessment.record.standings] == [1, 2, 3, 4, 5]


def test_who_is_exempt_breaks_no_tie_of_others() -> None:
    """Among three by the mean of their ranks 甲 would be first; of the two that are ranked neither is."""
    breaker = eg.mean_rank(
        eg.rank_share(eg.stated("一", several="mean"), places=0),
        eg.rank_share(eg.stated("二", several="mean"), places=0),
        absent="not assessed",
    )
    ranking = eg.RankBy(places=1, breakers=(breaker,))
    first = {"甲": "90", "乙": "80", "丙": "85"}
    second = {"甲": "80", "乙": "90", "丙": "70"}
    inspections = (*towns.stated("2024-05", first, "一"), *towns.stated("2024-05", second, "二"))
    marks = {"甲": "80", "乙": "80", "丙": "80", "丁": "70"}
    exempt = eg.Unit("丙", "丙", "村", designations=frozenset({"免评"}))
    grid = eg.Grid((*(eg.Unit(name, name, "村") for name in "甲乙丁"), exempt))
    given = eg.Facts(grid, inspections=(*towns.stated("2024-05", marks), *inspections))
    scheme = towns.scheme(ranking=ranking, exempt=eg.designated("免评"), boards=(FLAG,))
    assessment = eg.assess(scheme, towns.month_of("2024-05"), given)
    assert towns.tiers(assessment) == {"甲": "pending", "乙": "pending", "丁": "其他"}
