"""Who holds a flag that goes from hand to hand, and since when."""

from collections.abc import Mapping

import pytest
from attrs import evolve

import envgov as eg
import towns

FLAGS = eg.Board(
    "流动红旗",
    (
        eg.Tier("红旗", eg.top(1, ties="include"), "praise"),
        eg.Tier("黑旗", eg.bottom(1, ties="decide"), "sanction"),
    ),
    rest="无旗",
)
SCHEME = towns.scheme(boards=(FLAGS,))
Months = Mapping[str, Mapping[str, object]]
SCORES: Months = {
    "2024-01": {"甲": 90, "乙": 80, "丙": 70},
    "2024-02": {"甲": 70, "乙": 90, "丙": 60},
    "2024-03": {"甲": 80, "乙": 90, "丙": 70},
}


def season(months: Months, scheme: eg.Scheme = SCHEME, **more: object) -> eg.Season:
    return eg.assess_season(scheme, towns.facts(months), **more)  # type: ignore[arg-type]


def held(season: eg.Season, tier: str = "红旗") -> list[tuple[str, str, int]]:
    return [(h.unit, h.since.label, h.rounds) for h in season.holders("流动红旗", tier)]


def test_a_flag_is_held_since_the_first_of_the_rounds_running() -> None:
    assert held(season(SCORES)) == [("乙", "2024-02", 2)]
    assert held(season(SCORES), "黑旗") == [("丙", "2024-01", 3)]


def test_who_lost_it_in_between_holds_it_since_it_came_back() -> None:
    again: Months = {**SCORES, "2024-04": {"甲": 95, "乙": 90, "丙": 70}}
    assert held(season(again)) == [("甲", "2024-04", 1)]


def test_a_round_that_was_not_held_leaves_the_flag_where_it_is() -> None:
    skipped: Months = {label: scores for label, scores in SCORES.items() if label != "2024-02"} | {
        "2024-05": {"甲": 80, "乙": 95, "丙": 70}
    }
    assert held(season(skipped)) == [("乙", "2024-03", 2)]
    assert held(season(skipped), "黑旗") == [("丙", "2024-01", 3)]


def test_all_who_share_the_tier_hold_it_each_since_its_own_round() -> None:
    shared: Months = {**SCORES, "2024-04": {"甲": 90, "乙": 90, "丙": 70}}
    assert held(season(shared)) == [("乙", "2024-02", 3), ("甲", "2024-04", 1)]


def test_who_was_not_assessed_in_a_round_did_not_hold_it_then() -> None:
    away: Months = {**SCORES, "2024-03": {"甲": 80, "丙": 70, "丁": 75}, "2024-04": {"甲": 80, "乙": 90, "丙": 70}}
    assert held(season(away)) == [("乙", "2024-04", 1)]


def test_pending_holds_nothing_neither_now_nor_in_between() -> None:
    tied: Months = {**SCORES, "2024-03": {"甲": 70, "乙": 90, "丙": 70}}
    assert held(season(tied), "黑旗") == []
    assert held(season({**tied, "2024-04": SCORES["2024-03"]}), "黑旗") == [("丙", "2024-04", 1)]


def test_a_tier_without_a_unit_in_the_newest_round_is_held_by_nobody() -> None:
    alone = evolve(FLAGS, tiers=(evolve(FLAGS.tiers[0], when=eg.at_least(90)), FLAGS.tiers[1]))
    months: Months = {"2024-01": SCORES["2024-01"], "2024-02": {"甲": 80, "乙": 70, "丙": 60}}
    assert held(season(months, towns.scheme(boards=(alone,)))) == []


def test_a_round_in_which_the_board_placed_nobody_leaves_the_flag_where_it_is() -> None:
    """An edition without the board: nothing was given, and nothing was taken."""
    without = towns.scheme(since=towns.first_of("2024-03"))
    assert held(eg.assess_season((SCHEME, without), towns.facts(SCORES))) == [("乙", "2024-02", 1)]
    back = towns.scheme(since=towns.first_of("2024-04"), boards=(FLAGS,))
    months: Months = {**SCORES, "2024-04": SCORES["2024-03"]}
    assert held(eg.assess_season((SCHEME, without, back), towns.facts(months))) == [("乙", "2024-02", 2)]


def test_the_rounds_of_the_history_count() -> None:
    earlier = season({label: SCORES[label] for label in ("2024-01", "2024-02")})
    later = season({"2024-03": SCORES["2024-03"]}, history=earlier.history)
    assert held(later) == [("乙", "2024-02", 2)]


def test_on_a_board_that_placed_nobody_yet_nobody_holds_anything() -> None:
    unranked = towns.scheme(
        scoring=None,
        ranking=None,
        exempt=eg.designated("搬迁"),
        boards=(eg.Board("流动红旗", (eg.Tier("红旗", eg.designated("示范"), "praise"),), rest="无旗"),),
    )
    moved = eg.Unit("甲", "甲", "村", designations=frozenset({"搬迁"}))
    facts = eg.Facts(eg.Grid((moved,)), inspections=towns.stated("2024-05", {"甲": 90}))
    assert eg.assess_season(unranked, facts).holders("流动红旗", "红旗") == ()


@pytest.mark.parametrize(("board", "tier"), [("红旗榜", "红旗"), ("流动红旗", "红"), ("流动红旗", eg.PENDING)])
def test_a_board_or_a_tier_that_there_is_not_is_an_error_that_names_those_that_there_are(board: str, tier: str) -> None:
    with pytest.raises(eg.EnvGovError, match=rf"no tier '{tier}' on a board '{board}'.*流动红旗: 红旗, 黑旗, 无旗$"):
        season(SCORES).holders(board, tier)


def test_a_season_without_rounds_has_no_board() -> None:
    with pytest.raises(eg.EnvGovError, match=r"in this season; there is no board$"):
        season({"2023-12": SCORES["2024-01"]}).holders("流动红旗", "红旗")
