"""Boards: one tier for each assessed unit, room for the lists, and what happens in a group without it."""

from typing import Any

import pytest

import envgov as eg
import towns

LAST = eg.bottom(1, ties="include")
RED_BLACK = eg.Board(
    "红黑榜",
    (eg.Tier("红榜", eg.top(1, ties="include"), "praise"), eg.Tier("黑榜", LAST, "sanction")),
    rest="未上榜",
)

THREE_TWO = eg.Board(
    "三二榜",
    (eg.Tier("红榜", eg.top(3, ties="include")), eg.Tier("黑榜", eg.bottom(2, ties="include"))),
    rest="未上榜",
)


# ---- boards
def test_a_board_gives_each_assessed_unit_one_tier_and_its_side() -> None:
    assessment = towns.assess({"甲": "90", "乙": "80", "丙": "70", "丁": None}, boards=(RED_BLACK,))
    assert [(p.unit, p.tier, p.side) for p in assessment.record.placements] == [
        ("甲", "红榜", "praise"),
        ("乙", "未上榜", None),
        ("丙", "黑榜", "sanction"),
    ]


def test_the_first_tier_that_holds_takes_the_unit() -> None:
    board = eg.Board("档", (eg.Tier("优", eg.at_least(90)), eg.Tier("良", eg.at_least(80))), rest="差")
    assert towns.tiers(towns.assess({"甲": "95", "乙": "80", "丙": "79.9"}, boards=(board,))) == {
        "甲": "优",
        "乙": "良",
        "丙": "差",
    }


def test_a_tier_that_is_pending_leaves_the_unit_pending_unless_one_before_holds() -> None:
    open_cut = eg.Tier("黑榜", eg.bottom(1, ties="decide"))
    scores = {"甲": "90", "乙": "70", "丙": "70"}
    board = eg.Board("榜", (open_cut, eg.Tier("差", eg.below(80))), rest="好")
    assert towns.tiers(towns.assess(scores, boards=(board,))) == {"甲": "好", "乙": "pending", "丙": "pending"}
    turned = eg.Board("榜", (eg.Tier("差", eg.below(80)), open_cut), rest="好")
    assert towns.tiers(towns.assess(scores, boards=(turned,))) == {"甲": "好", "乙": "差", "丙": "差"}


def test_a_board_may_ask_for_the_tiers_of_the_one_before() -> None:
    flags = eg.Board("流动红旗", (eg.Tier("红旗", eg.placed("红黑榜", "红榜")),), rest="无")
    placed = towns.assess({"甲": "90", "乙": "80", "丙": "70"}, boards=(RED_BLACK, flags)).record
    assert {p.unit: p.tier for p in placed.placements if p.board == "流动红旗"} == {
        "甲": "红旗",
        "乙": "无",
        "丙": "无",
    }


@pytest.mark.parametrize("names", [("红榜", "红榜", "其他"), ("红榜", "黑榜", "红榜"), ("pending", "黑榜", "其他")])
def test_tiers_have_names_of_their_own(names: tuple[str, str, str]) -> None:
    first, second, rest = names
    with pytest.raises(eg.SchemeError, match="tiers have names of their own"):
        eg.Board("榜", (eg.Tier(first, LAST), eg.Tier(second, LAST)), rest=rest)


# ---- room for the lists
def test_lists_that_do_not_fit_the_grid_are_refused_with_list_and_size() -> None:
    with pytest.raises(eg.SchemeError, match="board '三二榜' needs a group of 5 units, and the field has 4 units"):
        towns.assess(dict(zip("甲乙丙丁", "9876", strict=True)), boards=(THREE_TWO,))


def test_lists_that_do_not_fit_those_who_were_assessed_are_refused() -> None:
    with pytest.raises(eg.SchemeError, match="needs a group of 5 units, and the field has 4 assessed"):
        towns.assess(dict(zip("甲乙丙丁", "9876", strict=True)) | {"戊": None}, boards=(THREE_TWO,))


def test_lists_must_fit_each_group() -> None:
    grouped = zip("甲乙丙丁戊己庚", "AAAAABB", strict=True)
    units = tuple(eg.Unit(u, u, "村", designations=frozenset({g})) for u, g in grouped)
    scheme = towns.scheme(groups=("A", "B"), boards=(THREE_TWO,))
    facts = eg.Facts(
        eg.Grid(units), inspections=towns.stated("2024-05", dict(zip("甲乙丙丁戊己庚", "9876543", strict=True)))
    )
    with pytest.raises(eg.SchemeError, match="group 'B' has 2 units"):
        eg.assess(scheme, towns.month_of("2024-05"), facts)


def test_in_a_group_of_one_unit_nobody_is_named_and_nothing_refused() -> None:
    assert towns.tiers(towns.assess({"甲": "90"}, boards=(THREE_TWO,))) == {"甲": "未上榜"}


def test_a_list_as_long_as_its_group_is_refused() -> None:
    board = eg.Board("榜", (eg.Tier("黑榜", eg.bottom(2, ties="include"), "sanction"),), rest="其他")
    with pytest.raises(eg.SchemeError, match="needs a group of 3 units"):
        towns.assess({"甲": "90", "乙": "80"}, boards=(board,))


def test_lists_by_a_further_figure_need_room_among_those_who_have_it() -> None:
    figure = eg.Figure("回访", eg.stated("回访", several="mean"), eg.RankBy(places=0))
    board = eg.Board("榜", (eg.Tier("差", eg.bottom(2, of="回访", ties="include")),), rest="其他")
    seen = towns.stated("2024-05", {"甲": "50", "乙": "60"}, "回访")
    facts = towns.facts({"2024-05": dict(zip("甲乙丙丁", "9876", strict=True))}, inspections=seen)
    with pytest.raises(eg.SchemeError, match="needs a group of 3 units, and the field has 2 assessed"):
        eg.assess(towns.scheme(figures=(figure,), boards=(board,)), towns.month_of("2024-05"), facts)


def test_lists_from_the_same_end_lie_inside_each_other() -> None:
    board = eg.Board(
        "档",
        (
            eg.Tier("一等", eg.top(1, ties="include")),
            eg.Tier("二等", eg.top(2, ties="include")),
            eg.Tier("黑榜", eg.all_of(eg.bottom(1, ties="include"), eg.below(60))),
        ),
        rest="其他",
    )
    assert towns.tiers(towns.assess({"甲": "90", "乙": "80", "丙": "50"}, boards=(board,))) == {
        "甲": "一等",
        "乙": "二等",
        "丙": "黑榜",
    }
    with pytest.raises(eg.SchemeError, match="needs a group of 3 units"):
        towns.assess({"甲": "90", "乙": "80"}, boards=(board,))


# ---- what happens without room
def listed(size: int, small_field: Any, share: Any = None) -> tuple[str, str]:
    """The numbers of those on the red and on the black list, of units 01, 02 ... from the best on."""
    board = eg.Board(
        "红黑榜",
        (eg.Tier("红榜", eg.top(5, ties="include")), eg.Tier("黑榜", eg.bottom(3, ties="include"))),
        rest="其他",
        small_field=small_field,
        share=share,
    )
    found = towns.tiers(towns.assess({f"{n:02}": str(100 - n) for n in range(1, size + 1)}, boards=(board,)))
    red, black = ([unit for unit in found if found[unit] == tier] for tier in ("红榜", "黑榜"))
    return " ".join(sorted(red)), " ".join(sorted(black))


@pytest.mark.parametrize(
    ("size", "small_field", "share", "red", "black"),
    [
        (26, "refuse", None, "01 02 03 04 05", "24 25 26"),
        (26, "none", None, "01 02 03 04 05", "24 25 26"),
        (26, "fewer", None, "01 02 03 04 05", "24 25 26"),
        (26, "share", 10, "01 02 03 04 05", "24 25 26"),
        (8, "fewer", None, "01 02 03 04 05", "06 07 08"),
        (7, "none", None, "", ""),
        (7, "fewer", None, "01 02 03 04", "06 07"),  # 5 x 7/8 = 4.375, 3 x 7/8 = 2.625
        (7, "share", 20, "01", "07"),  # 1.4 of 7
        (7, "share", 50, "01 02 03", "05 06 07"),  # 3.5 of 7
        (2, "none", None, "", ""),
        (2, "fewer", None, "01", ""),  # 5 x 2/8 = 1.25, 3 x 2/8 = 0.75
        (2, "share", 20, "", ""),  # 0.4 of 2
        (2, "share", 50, "01", "02"),
        (1, "refuse", None, "", ""),
        (1, "none", None, "", ""),
        (1, "fewer", None, "", ""),
        (1, "share", 50, "", ""),
    ],
)
def test_five_first_and_three_last_of_a_field(size: int, small_field: Any, share: Any, red: str, black: str) -> None:
    assert listed(size, small_field, share) == (red, black)


@pytest.mark.parametrize("size", [2, 7])
def test_a_field_without_room_is_refused_unless_the_board_says_what_happens(size: int) -> None:
    with pytest.raises(eg.SchemeError, match=f"needs a group of 8 units, and the field has {size} units"):
        listed(size, "refuse")


@pytest.mark.parametrize(
    ("ties", "red", "black"),
    [("include", "1 2 3 4 5", "6 7"), ("exclude", "1 2 3", "6 7"), ("decide", "1 2 3", "6 7")],
)
def test_a_tie_across_the_cut_of_a_shortened_list_follows_the_same_rule(ties: Any, red: str, black: str) -> None:
    board = eg.Board(
        "红黑榜",
        (eg.Tier("红榜", eg.top(5, ties=ties)), eg.Tier("黑榜", eg.bottom(3, ties=ties))),
        rest="其他",
        small_field="fewer",
    )
    scores = dict(zip("1234567", ("90", "80", "70", "60", "60", "50", "40"), strict=True))  # 4 and 2 seats
    assessment = towns.assess(scores, boards=(board,))
    found = towns.tiers(assessment)
    assert " ".join(u for u in scores if found[u] == "红榜") == red
    assert " ".join(u for u in scores if found[u] == "黑榜") == black
    assert {found[u] for u in "45"} == {{"include": "红榜", "exclude": "其他", "decide": "pending"}[ties]}
    assert assessment.explain("4").because[3].because[0].because[-1] == eg.Shortened(4, 7)  # type: ignore[attr-defined]


def test_a_field_that_is_short_of_assessed_units_follows_the_same_declaration() -> None:
    board = eg.Board("黑榜", (eg.Tier("黑榜", eg.bottom(2, ties="include")),), rest="其他", small_field="fewer")
    assessment = towns.assess({"甲": "90", "乙": "80", "丙": None, "丁": None}, boards=(board,))
    assert towns.tiers(assessment) == {"甲": "其他", "乙": "黑榜"}  # 2 x 2/3 = 1.33


def test_the_lists_of_each_figure_have_room_of_their_own() -> None:
    figure = eg.Figure("回访", eg.stated("回访", several="mean"), eg.RankBy(places=0))
    board = eg.Board(
        "红黑榜",
        (eg.Tier("红榜", eg.top(2, of="回访", ties="include")), eg.Tier("黑榜", eg.bottom(2, ties="include"))),
        rest="其他",
    )
    seen = towns.stated("2024-05", {"甲": "90", "乙": "80", "丙": "70"}, "回访")
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "80", "丙": "70"}}, inspections=seen)
    found = towns.tiers(eg.assess(towns.scheme(figures=(figure,), boards=(board,)), towns.month_of("2024-05"), facts))
    assert found == {"甲": "红榜", "乙": "红榜", "丙": "黑榜"}  # three units: each list leaves one


def test_shares_of_both_ends_always_have_room() -> None:
    board = eg.Board(
        "红黑榜",
        (
            eg.Tier("红榜", eg.top_share(50, rounding="down", ties="include")),
            eg.Tier("黑榜", eg.bottom_share(50, rounding="down", ties="include")),
        ),
        rest="其他",
    )
    assert towns.tiers(towns.assess({"甲": "9", "乙": "8", "丙": "7"}, boards=(board,))) == {
        "甲": "红榜",
        "乙": "其他",
        "丙": "黑榜",
    }


def test_shares_that_would_overlap_are_refused() -> None:
    board = eg.Board(
        "红黑榜",
        (
            eg.Tier("红榜", eg.top_share(50, rounding="up", ties="include")),
            eg.Tier("黑榜", eg.bottom_share(50, rounding="up", ties="include")),
        ),
        rest="其他",
    )
    with pytest.raises(eg.SchemeError, match="needs a group of 4 units, and the field has 3 units"):
        towns.assess({"甲": "9", "乙": "8", "丙": "7"}, boards=(board,))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"small_field": "share"}, "small_field='share' and share= come together"),
        ({"share": 20}, "small_field='share' and share= come together"),
        ({"small_field": "share", "share": 0}, "a share of 0 per cent: give more than 0, at most 50"),
        ({"small_field": "share", "share": 51}, "a share of 51 per cent"),
        ({"small_field": "merge"}, "choose one of 'refuse', 'none', 'fewer', 'share'"),
    ],
)
def test_a_small_field_is_declared_whole(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(eg.SchemeError, match=message):
        eg.Board("榜", (eg.Tier("黑榜", LAST),), rest="其他", **wrong)


def test_a_tier_praises_or_sanctions_or_neither() -> None:
    with pytest.raises(eg.SchemeError, match="choose one of 'praise', 'sanction'"):
        eg.Tier("黑榜", LAST, "black")  # type: ignore[arg-type]


def test_a_board_is_explained_by_the_tiers_before_it_and_not_by_its_own() -> None:
    """乙 was in no tier of sanction when the second board asked for one; it is since."""
    first = eg.Board("红", (eg.Tier("黄", eg.below(60), "sanction"),), rest="其他")
    second = eg.Board("榜", (eg.Tier("差", eg.sanctioned()), eg.Tier("末", eg.below(75), "sanction")), rest="其他")
    assessment = towns.assess({"甲": "90", "乙": "70"}, boards=(first, second))
    grounds = assessment.explain("乙").because
    explained = [r.value for r in grounds if isinstance(r, eg.Reason) and isinstance(r.rule, eg.Board)]
    assert explained == [p.tier for p in assessment.record.placements_of("乙")] == ["其他", "末"]
