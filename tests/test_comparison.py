"""Comparisons: who moves between two schemes, two editions, or before and after a correction, and why."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
import towns

LAST_TWICE = eg.Ladder(
    (
        eg.Rung("通报", eg.bottom(1, ties="decide"), ("村主要负责人",)),
        eg.Rung(
            "约谈",
            eg.streak(
                eg.bottom(1, ties="decide"),
                2,
                unheld="break",
                absent="break",
                repeat="each",
                editions="carry",
                heads="carry",
            ),
            ("村主要负责人",),
        ),
    ),
    publish="every rung",
)


def may(scores: dict[str, Any], **changes: Any) -> eg.Assessment:
    return towns.assess(scores, **changes)


def board(id_: str, *tiers: eg.Tier, rest: str = "其他") -> tuple[eg.Board, ...]:
    return (eg.Board(id_, tiers, rest),)


def moves(comparison: eg.Comparison) -> dict[str, eg.Move]:
    return {move.unit: move for move in comparison.latest.moves}


def movers(comparison: eg.Comparison) -> list[str]:
    return [move.unit for move in comparison.movers]


def rungs(measures: tuple[eg.Measure, ...]) -> list[str]:
    return [measure.rung for measure in measures]


# --- ranks and scores ---


def test_the_same_season_twice_moves_nobody() -> None:
    facts = towns.facts({"2024-04": {"甲": "90", "乙": "70"}, "2024-05": {"甲": "95", "乙": None}})
    season = eg.assess_season(towns.scheme(ladders=(LAST_TWICE,)), facts)
    compared = eg.compare(season, season)
    assert [len(round.moves) for round in compared] == [2, 2]
    assert compared.movers == ()


def test_a_better_place_is_positive_and_the_score_changes_by_b_less_a() -> None:
    compared = eg.compare(
        may({"甲": "90", "乙": "85.5", "丙": "80"}),
        may({"甲": "80.1", "乙": "85.5", "丙": "90.3"}),
    )
    assert {unit: move.rank_change for unit, move in moves(compared).items()} == {"甲": -2, "乙": 0, "丙": 2}
    assert moves(compared)["甲"].score_change == Fraction("-9.9")


def test_decided_numbers_are_subtracted_and_not_the_scores_behind_them() -> None:
    compared = eg.compare(may({"甲": "85.05"}), may({"甲": "85.14"}))
    assert moves(compared)["甲"].score_change == 0
    exact = eg.RankBy(places=1, rank_on="exact")
    compared = eg.compare(may({"甲": "85.05"}, ranking=exact), may({"甲": "85.14"}, ranking=exact))
    assert moves(compared)["甲"].score_change == Fraction("0.09")


def test_the_difference_is_shown_with_the_decimals_of_the_finer_number() -> None:
    compared = eg.compare(may({"甲": "85.3"}), may({"甲": "85.3"}, ranking=eg.RankBy(places=0)))
    assert compared.latest.row(moves(compared)["甲"])[3:5] == ("85.3 → 85", "-0.3")


def test_another_score_with_the_same_rank_tier_and_measures_moves_nobody() -> None:
    assert movers(eg.compare(may({"甲": "90", "乙": "80"}), may({"甲": "99", "乙": "70"}))) == []


def test_the_biggest_change_of_rank_comes_first_and_equal_ones_in_code_order() -> None:
    a = may({"戊": "90", "丁": "80", "丙": "70", "乙": "60", "甲": "50"})
    b = may({"戊": "50", "丁": "70", "丙": "80", "乙": "90", "甲": "85"})
    # 戊 1 to 5; 乙 4 to 1; 甲 5 to 2; 丁 2 to 4; 丙 stays third
    assert movers(eg.compare(a, b)) == ["戊", "乙", "甲", "丁"]


def test_a_unit_in_only_one_field_has_no_place_in_the_other_and_has_moved() -> None:
    compared = eg.compare(may({"甲": "90", "乙": "80"}), may({"甲": "90", "丙": "80"}))
    gone, come = moves(compared)["乙"], moves(compared)["丙"]
    assert (gone.b, gone.rank_change, gone.score_change) == (None, None, None)
    assert (come.a, come.rank_change, come.score_change) == (None, None, None)
    assert movers(compared) == ["丙", "乙"]
    assert [row[:5] for row in compared.latest.table("en")[1:]] == [
        ("丙", "not in the field -> 2", "-", "- -> 80.0", "-"),
        ("乙", "2 -> not in the field", "-", "80.0 -> -", "-"),
    ]


def test_a_unit_that_was_absent_in_one_has_its_absence_there_and_has_moved() -> None:
    compared = eg.compare(may({"甲": "90", "乙": "80"}), may({"甲": "90", "乙": None}))
    move = moves(compared)["乙"]
    assert isinstance(move.b, eg.Absence)
    assert move.b.why is eg.Absent.NOT_ASSESSED
    assert (move.rank_change, move.score_change, move.moved) == (None, None, True)
    assert compared.latest.table()[1][1] == "2 → 未参评"


def test_who_has_no_rank_in_either_has_not_moved() -> None:
    compared = eg.compare(may({"甲": "90", "乙": None}), may({"甲": "90"}))
    assert movers(compared) == []
    assert isinstance(moves(compared)["乙"].a, eg.Absence)
    assert moves(compared)["乙"].b is None


def grouped(group: str, score: str) -> eg.Assessment:
    """甲 in its group with this score, against a village of 90 in each group."""
    names = {"甲": group, "乙": "山区", "丙": "平原"}
    units = [eg.Unit(code, code, "村", designations=frozenset({name})) for code, name in names.items()]
    seen = towns.stated("2024-05", {"甲": score, "乙": "90", "丙": "90"})
    scheme = towns.scheme(groups=("山区", "平原"))
    return eg.assess(scheme, towns.month_of("2024-05"), eg.Facts(eg.Grid(units), inspections=seen))


def test_ranks_in_different_groups_are_not_compared_and_scores_are() -> None:
    compared = eg.compare(grouped("山区", "95"), grouped("平原", "80"))
    assert moves(compared)["甲"].rank_change is None
    assert moves(compared)["甲"].score_change == -15
    assert not moves(compared)["甲"].moved
    assert compared.latest.row(moves(compared)["甲"])[:3] == ("甲（山区 → 平原）", "1 → 2", "-")


def test_ranks_within_a_group_are_compared() -> None:
    compared = eg.compare(grouped("山区", "95"), grouped("山区", "80"))
    assert moves(compared)["甲"].rank_change == -1
    assert compared.latest.row(moves(compared)["甲"])[0] == "甲（山区）"


def test_a_locality_that_does_not_rank_has_no_places() -> None:
    silent = {"scoring": None, "ranking": None}
    compared = eg.compare(may({"甲": "90"}), may({"甲": "90"}, **silent))
    assert compared.latest.table("en")[1][:4] == ("甲", "1 -> not ranked", "-", "90.0 -> -")
    assert movers(eg.compare(may({"甲": "90"}, **silent), may({"甲": "80"}, **silent))) == []


# --- tiers ---

GOOD, BAD = eg.at_least(90), eg.below(60)
RED_BLACK = board("红黑榜", eg.Tier("红榜", GOOD, "praise"), eg.Tier("黑榜", BAD, "sanction"))
COLOURS = board("四色榜", eg.Tier("绿", GOOD, "praise"), eg.Tier("黄", BAD, "sanction"))


def test_tiers_of_the_same_side_have_not_moved_whatever_their_names() -> None:
    scores = {"甲": "95", "乙": "70", "丙": "50"}
    compared = eg.compare(may(scores, boards=RED_BLACK), may(scores, boards=COLOURS))
    assert movers(compared) == []
    (red, nothing), (nothing_either, green) = moves(compared)["甲"].tiers
    assert red is not None
    assert green is not None
    assert (red.tier, nothing, nothing_either, green.tier) == ("红榜", None, None, "绿")


def test_from_a_tier_of_praise_to_one_of_sanction_is_a_move_whatever_the_board_is_called() -> None:
    strict = board("四色榜", eg.Tier("绿", eg.at_least(100), "praise"), eg.Tier("黄", eg.below(100), "sanction"))
    compared = eg.compare(may({"甲": "95"}, boards=RED_BLACK), may({"甲": "95"}, boards=strict))
    assert movers(compared) == ["甲"]
    assert compared.latest.table()[1][5] == "红榜 → 黄"


def test_from_praise_to_neither_side_is_a_move() -> None:
    strict = board("四色榜", eg.Tier("绿", eg.at_least(100), "praise"))
    assert movers(eg.compare(may({"甲": "95"}, boards=RED_BLACK), may({"甲": "95"}, boards=strict))) == ["甲"]


def test_on_a_board_that_both_have_another_name_is_a_move_though_the_side_is_the_same() -> None:
    stars = board("星级", eg.Tier("五星", eg.at_least(90), "praise"), eg.Tier("四星", eg.at_least(80), "praise"))
    compared = eg.compare(may({"甲": "95"}, boards=stars), may({"甲": "85"}, boards=stars))
    assert movers(compared) == ["甲"]
    ((five, four),) = moves(compared)["甲"].tiers
    assert five is not None
    assert four is not None
    assert (five.tier, four.tier) == ("五星", "四星")


def test_a_board_with_nothing_to_match_moves_nobody() -> None:
    both = RED_BLACK + COLOURS
    assert movers(eg.compare(may({"甲": "95"}, boards=RED_BLACK), may({"甲": "95"}, boards=both))) == []
    assert movers(eg.compare(may({"甲": "95"}, boards=RED_BLACK), may({"甲": "95"}))) == []


def test_a_pending_tier_is_on_neither_side_and_is_no_tier_without_a_side_either() -> None:
    scores = {"甲": "90", "乙": "80", "丙": "80"}
    open_ = board("末位榜", eg.Tier("末位", eg.bottom(1, ties="decide"), "sanction"))
    none = board("平榜", eg.Tier("合格", eg.at_least(0)))
    compared = eg.compare(may(scores, boards=open_), may(scores, boards=none))
    assert movers(compared) == ["丙", "乙"]
    assert compared.latest.table()[1][5] == "待定 → 合格"


def ningbo(since: date, green: int, blue: int, yellow: int) -> eg.Season:
    """The four-colour list of household waste sorting, by the cut-offs of one edition; one month of 2022."""
    colours = eg.Board(
        "四色榜",
        (
            eg.Tier("绿色", eg.at_least(green), "praise"),
            eg.Tier("蓝色", eg.at_least(blue)),
            eg.Tier("黄色", eg.at_least(yellow)),
            eg.Tier("红色", eg.below(yellow), "sanction"),
        ),
        rest="-",
    )
    source = eg.Source("宁波市生活垃圾源头分类“四色榜”", url="http://studyofnet.com/848251439.html")
    scheme = towns.scheme(id="ningbo", title="四色榜", since=since, source=source, boards=(colours,))
    scores = {"甲": "85", "乙": "96", "丙": "79", "丁": "92"}
    return eg.assess_season(scheme, towns.facts({"2022-01": scores}))


def test_two_editions_of_ningbos_list_give_the_same_score_another_colour() -> None:
    """From 80 green, 60 blue, 30 yellow in 2020; from 95 green, 90 blue, 80 yellow in 2022."""
    compared = eg.compare(ningbo(date(2020, 1, 1), 80, 60, 30), ningbo(date(2022, 1, 1), 95, 90, 80))
    assert repr(compared) == (
        "a：四色榜（自2020-01-01起施行）\n"
        "b：四色榜（自2022-01-01起施行）\n"
        "\n"
        "2022-01：4个单位中3个有变动\n"
        "单位  名次  升降  得分  分差  档次         措施（拟）\n"
        "丁    2     =     92.0  =     绿色 → 蓝色\n"
        "丙    4     =     79.0  =     蓝色 → 红色\n"
        "甲    3     =     85.0  =     绿色 → 黄色"
    )
    assert not compared.latest.corrects


# --- corrections ---


def corrected(april: str) -> eg.Season:
    """乙 is last in April and May as published; April's number for 丙 is corrected afterwards."""
    months = {
        "2024-04": {"甲": "90", "乙": "70", "丙": april},
        "2024-05": {"甲": "95", "乙": "60", "丙": "61.5"},
    }
    return eg.assess_season(towns.scheme(ladders=(LAST_TWICE,)), towns.facts(months))


def test_a_corrected_inspection_moves_ranks_then_and_withdraws_measures_then_and_later() -> None:
    compared = eg.compare(corrected("80"), corrected("65"))
    april, may = compared
    assert april.corrects
    assert [(m.unit, m.rank_change, rungs(m.dropped), rungs(m.added)) for m in april.movers] == [
        ("丙", -1, [], ["通报"]),
        ("乙", 1, ["通报"], []),
    ]
    assert [(m.unit, m.rank_change, rungs(m.dropped), rungs(m.added)) for m in may.movers] == [
        ("乙", 0, ["约谈"], []),
    ]
    ((kept_a, kept_b),) = may.movers[0].kept
    assert (kept_a.rung, kept_b.rung) == ("通报", "通报")
    assert compared.movers == (*april.movers, *may.movers)


def test_the_table_of_a_correction_says_what_is_withdrawn_and_what_is_new() -> None:
    compared = eg.compare(corrected("80"), corrected("65"))
    assert compared["2024-04"].table() == (
        ("单位", "名次", "升降", "得分", "分差", "档次", "措施（拟）"),
        ("丙", "2 → 3", "降1", "80.0 → 65.0", "-15.0", "", "通报（新增）"),
        ("乙", "3 → 2", "升1", "70.0", "=", "", "通报（撤销）"),
    )
    assert compared["2024-05"].table("en")[1][-1] == "通报, 约谈 (withdrawn)"


def test_a_measure_of_another_scheme_is_not_withdrawn_but_in_one_of_them_alone() -> None:
    scores = {"甲": "90", "乙": "80"}
    a = may(scores, ladders=(LAST_TWICE,))
    for other in ({"id": "other"}, {"since": date(2024, 2, 1)}):
        assert eg.compare(a, may(scores, **other)).latest.table()[1][-1] == "通报（仅a）"
        assert eg.compare(may(scores, **other), a).latest.table("en")[1][-1] == "通报 (only in b)"


def test_a_measure_that_is_pending_in_one_alone_is_kept_and_has_moved() -> None:
    a = may({"甲": "90", "乙": "80", "丙": "80"}, ladders=(LAST_TWICE,))
    b = may({"甲": "90", "乙": "80", "丙": "81"}, ladders=(LAST_TWICE,))
    row = eg.compare(a, b).latest.row(moves(eg.compare(a, b))["乙"])
    assert row[-1] == "通报（待定） → 通报"
    assert movers(eg.compare(a, may({"甲": "90", "乙": "80", "丙": "80"}, ladders=(LAST_TWICE,)))) == []
    ladder = evolve(LAST_TWICE, rungs=(eg.Rung("通报", eg.bottom(1, ties="include"), ("村主要负责人",)),))
    firm = may({"甲": "90", "乙": "80", "丙": "80"}, ladders=(ladder,))
    assert movers(eg.compare(a, firm)) == ["丙", "乙"]


# --- reasons ---


def test_both_reasons_are_given_with_the_move_between_them() -> None:
    a, b = may({"甲": "90", "乙": "80"}), may({"甲": "70", "乙": "80"}, id="other")
    compared = eg.compare(a, b)
    why = compared.explain("甲")
    assert why == eg.Reason(compared.latest, moves(compared)["甲"], (a.explain("甲"), b.explain("甲")))


def test_a_comparison_of_seasons_names_every_edition_that_decided_a_round() -> None:
    facts = towns.facts({"2024-04": {"甲": "90"}, "2024-05": {"甲": "95"}})
    old, new = towns.scheme(title="办法"), towns.scheme(title="办法", since=date(2024, 5, 1))
    compared = eg.compare(eg.assess_season(old, facts), eg.assess_season((old, new), facts))
    assert compared.heading() == ("a：办法（自2024-01-01起施行）", "b：办法（自2024-01-01、2024-05-01起施行）")
    assert compared.heading("en")[1] == "b: 办法 (in force since 2024-01-01, 2024-05-01)"
    assert repr(compared).splitlines()[:2] == list(compared.heading())


def test_two_schemes_of_one_title_are_told_apart_by_their_ids() -> None:
    compared = eg.compare(may({"甲": "90"}, title="办法"), may({"甲": "90"}, title="办法", id="variant"))
    headings = ("a：办法（town）（自2024-01-01起施行）", "b：办法（variant）（自2024-01-01起施行）")
    assert compared.heading() == compared.latest.heading() == headings


def test_a_comparison_is_narrated_with_both_schemes_their_editions_and_reasons() -> None:
    a = may({"甲": "90", "乙": "80"}, title="旧办法")
    b = may({"甲": "70", "乙": "80"}, since=date(2024, 5, 1), ladders=(LAST_TWICE,))
    assert eg.narrate(eg.compare(a, b).explain("甲"), "en").splitlines() == [
        "2024-05: 甲",
        "Rank: 1 -> 2",
        "Places: 1 down",
        "Score: 90.0 -> 70.0",
        "Difference: -20.0",
        "Measures (proposed): 通报 (only in b)",
        "",
        "a: 旧办法 (in force since 2024-01-01)",
        "  旧办法 2024-05: 甲",
        "  rank 1 of 2, score 90.0",
        "  Next behind: 乙 80.0 (10 apart)",
        "",
        "  Score 90.0",
        "    2024-05-01, 督导: stated score 90",
        "",
        "  Source: 办法",
        "",
        "b: town (in force since 2024-05-01)",
        "  town 2024-05: 甲",
        "  rank 2 of 2, last, score 70.0",
        "  Next ahead: 乙 80.0 (10 apart)",
        "",
        "  Score 70.0",
        "    2024-05-01, 督导: stated score 70",
        "",
        "  Measures (proposed only; people sign):",
        "    通报 -> 村主要负责人 (no clause quoted)",
        "      because: 2024-05: rank 2 of 2, score 70.0 - last: holds",
        "",
        "  Measures that are not proposed:",
        "    约谈 -> 村主要负责人 (no clause quoted)",
        "      because: 2 times running: last: does not hold",
        "          2024-05: rank 2 of 2, score 70.0 - last: holds",
        "",
        "  Source: 办法",
    ]


def test_a_unit_of_one_field_alone_has_one_reason_and_the_other_says_so() -> None:
    compared = eg.compare(may({"甲": "90"}), may({"甲": "90", "乙": "80"}))
    assert len(compared.explain("乙").because) == 1
    lines = eg.narrate(compared.explain("乙")).splitlines()
    assert lines[:7] == [
        "2024-05：乙",
        "名次：不在参评范围 → 2",
        "得分：- → 80.0",
        "",
        "a：town（自2024-01-01起施行）",
        "  不在参评范围",
        "",
    ]
    assert lines[7:9] == ["b：town（自2024-01-01起施行）", "  town 2024-05：乙"]


def named(**names: str) -> eg.Assessment:
    units = [eg.Unit(code, name, "村") for code, name in names.items()]
    facts = eg.Facts(eg.Grid(units), inspections=towns.stated("2024-05", dict.fromkeys(names, "80")))
    return eg.assess(towns.scheme(), towns.month_of("2024-05"), facts)


def test_a_unit_is_asked_for_by_its_code_or_by_a_name_unique_in_both_fields() -> None:
    compared = eg.compare(named(v1="新村", v2="张庄"), named(v1="张湾", v3="张庄"))
    assert compared.explain("张湾") == compared.explain("新村") == compared.explain("v1")
    with pytest.raises(eg.UnknownUnitError, match="'张庄' is the name of 2 units: say which code, v2, v3"):
        compared.explain("张庄")
    with pytest.raises(eg.UnknownUnitError, match="no unit '李庄' in the field of town in 2024-05"):
        compared.explain("李庄")


def test_the_newer_name_of_a_unit_is_shown() -> None:
    compared = eg.compare(named(v1="新村"), named(v1="张湾"))
    assert compared.latest.row(compared.latest.moves[0])[0] == "张湾"


def test_a_round_by_itself_shows_its_schemes_too() -> None:
    compared = eg.compare(may({"甲": "90"}), may({"甲": "80"}))
    assert repr(compared.latest) == (
        "a：town（自2024-01-01起施行）\nb：town（自2024-01-01起施行）\n2024-05：1个单位中0个有变动"
    )
