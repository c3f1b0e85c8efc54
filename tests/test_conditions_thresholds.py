"""Thresholds: strictness is in the word."""

import pytest

import envgov as eg
import towns


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (eg.at_least(80), {"甲", "乙"}),
        (eg.above(80), {"甲"}),
        (eg.at_most(80), {"乙", "丙"}),
        (eg.below(80), {"丙"}),
    ],
)
def test_80_itself_is_where_the_word_says(condition: eg.Condition, holds: set[str]) -> None:
    board = eg.Board("榜", (eg.Tier("是", condition),), rest="否")
    tiers = towns.tiers(towns.assess({"甲": "81", "乙": "80", "丙": "79", "丁": None}, boards=(board,)))
    assert {unit for unit, tier in tiers.items() if tier == "是"} == holds


@pytest.mark.parametrize("kind", [eg.at_most, eg.above])
def test_a_threshold_of_a_figure_that_a_unit_lacks_does_not_hold(kind: type) -> None:
    condition = kind(50, of="满意度")
    figure = eg.Figure("满意度", eg.stated("回访", several="mean"), eg.RankBy(0))
    board = eg.Board("榜", (eg.Tier("是", condition),), rest="否")
    assessment = towns.assess({"甲": "81", "乙": "80"}, boards=(board,), figures=(figure,))
    assert towns.tiers(assessment) == {"甲": "否", "乙": "否"}
