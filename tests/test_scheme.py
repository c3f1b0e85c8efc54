"""Schemes: what they check about themselves, boards and ladders, and the field that they judge."""

from datetime import date
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


def rung(name: str, when: eg.Condition = LAST, **more: Any) -> eg.Rung:
    return eg.Rung(name, when, ("村主要负责人",), **more)


def ladder(*rungs: eg.Rung, publish: Any = "every rung") -> eg.Ladder:
    return eg.Ladder(rungs, publish=publish)


STREAK: dict[str, Any] = {"unheld": "break", "absent": "break", "repeat": "each", "editions": "carry"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ranking": None}, "scoring and ranking come together"),
        ({"scoring": None}, "scoring and ranking come together"),
        ({"scoring": None, "ranking": None, "boards": (RED_BLACK,)}, "boards and ladders need scoring and ranking"),
        ({"boards": (RED_BLACK, RED_BLACK)}, "board '红黑榜' is defined 2 times"),
        ({"ladders": (ladder(rung("约谈")), ladder(rung("约谈")))}, "rung '约谈' is defined 2 times"),
        (
            {"ladders": (ladder(rung("约谈", supersedes=("通报",))),)},
            "'通报' is superseded by '约谈' and is no lighter rung",
        ),
        (
            {"ladders": (ladder(rung("约谈", eg.bottom(1, of="满意度", ties="include"))),)},
            "no figure is named '满意度'",
        ),
        (
            {"ladders": (ladder(rung("约谈", eg.placed("红黑榜", "黑榜"))),)},
            "no such tier on a board that stands before",
        ),
        (
            {"boards": (RED_BLACK,), "ladders": (ladder(rung("约谈", eg.placed("红黑榜", "黄榜"))),)},
            "no such tier on a board that stands before",
        ),
        (
            {"ladders": (ladder(rung("约谈", eg.all_of(eg.streak(LAST, 2, heads="restart", **STREAK)))),)},
            "say in head= which role heads a unit",
        ),
        (
            {"ladders": (ladder(rung("约谈", supersedes=("约谈",))),)},
            "'约谈' is superseded by '约谈' and is no lighter rung",
        ),
        ({"ladders": (ladder(rung("约谈", eg.top(1, ties="break"))),)}, "the ranking of 'score' has no breakers"),
        ({"figures": (eg.Figure("score", towns.BASE["scoring"], eg.RankBy(places=1)),)}, "figure 'score' is defined 2"),
    ],
)
def test_a_scheme_that_contradicts_itself_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(eg.SchemeError, match=message):
        towns.scheme(**changes)


def test_all_contradictions_are_told_at_once() -> None:
    with pytest.raises(eg.SchemeError) as caught:
        towns.scheme(boards=(RED_BLACK, RED_BLACK), ladders=(ladder(rung("约谈", supersedes=("通报",))),))
    assert "红黑榜" in str(caught.value)
    assert "通报" in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"levels": "街道"},
        {"levels": ["村"]},
        {"levels": ()},
        {"id": ""},
        {"since": "2024-01-01"},
        {"cadence": "month"},
        {"scoring": eg.bottom(1, ties="include")},
        {"ranking": 2},
    ],
)
def test_a_field_of_the_wrong_sort_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError), match=next(iter(wrong))):
        towns.scheme(**wrong)


def test_the_field_are_the_units_of_the_levels_with_the_designation() -> None:
    units = (
        eg.Unit("1", "甲", "村", designations=frozenset({"涉农"})),
        eg.Unit("2", "乙", "社区", designations=frozenset({"涉农"})),
        eg.Unit("3", "丙", "村"),
        eg.Unit("4", "丁", "镇", designations=frozenset({"涉农"})),
    )
    scheme = towns.scheme(levels=("村", "社区"), among="涉农")
    assert scheme.field_on(eg.Grid(units)) == {"1": "", "2": ""}


def test_a_unit_in_none_or_several_of_the_groups_is_refused_by_name() -> None:
    units = (
        eg.Unit("1", "甲", "村", designations=frozenset({"A"})),
        eg.Unit("2", "乙", "村", designations=frozenset({"A", "B"})),
        eg.Unit("3", "丙", "村"),
    )
    with pytest.raises(eg.SchemeError, match="2 has A, B; 3 has no designation"):
        towns.scheme(groups=("A", "B")).field_on(eg.Grid(units))


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


def test_a_ladder_that_would_name_everybody_is_refused() -> None:
    with pytest.raises(eg.SchemeError, match="the ladder to '约谈' needs a group of 4 units, and the field has 2"):
        towns.assess({"甲": "90", "乙": "80"}, ladders=(ladder(rung("约谈", eg.bottom(3, ties="include"))),))


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


# ---- ladders
LOW = eg.below(80)
VERY_LOW = eg.below(70)


@pytest.mark.parametrize(
    ("publish", "expected"),
    [
        ("every rung", [("乙", "通报"), ("丙", "通报"), ("丙", "约谈")]),
        ("highest", [("乙", "通报"), ("丙", "约谈")]),
    ],
)
def test_a_ladder_proposes_every_rung_or_the_highest(publish: Any, expected: list[tuple[str, str]]) -> None:
    climbing = ladder(rung("通报", LOW), rung("约谈", VERY_LOW), publish=publish)
    assert towns.proposed(towns.assess({"甲": "90", "乙": "75", "丙": "60"}, ladders=(climbing,))) == expected


def test_a_rung_silences_those_that_it_supersedes_and_no_others() -> None:
    climbing = ladder(rung("提醒", LOW), rung("通报", LOW), rung("约谈", VERY_LOW, supersedes=("通报",)))
    assert towns.proposed(towns.assess({"甲": "75", "乙": "60"}, ladders=(climbing,))) == [
        ("甲", "提醒"),
        ("甲", "通报"),
        ("乙", "提醒"),
        ("乙", "约谈"),
    ]


def test_a_pending_rung_is_proposed_as_pending_and_supersedes_nothing_yet() -> None:
    open_cut = eg.bottom(1, ties="decide")
    climbing = ladder(rung("通报", LOW), rung("约谈", open_cut, supersedes=("通报",)))
    scores = {"甲": "90", "乙": "60", "丙": "60"}
    expected = [("丙", "通报"), ("丙", "约谈?"), ("乙", "通报"), ("乙", "约谈?")]
    assert towns.proposed(towns.assess(scores, ladders=(climbing,))) == expected
    highest = ladder(rung("通报", LOW), rung("约谈", open_cut), publish="highest")
    assert towns.proposed(towns.assess(scores, ladders=(highest,))) == expected


def test_under_the_highest_rung_a_pending_lighter_one_is_not_proposed() -> None:
    climbing = ladder(rung("通报", eg.bottom(1, ties="decide")), rung("约谈", LOW), publish="highest")
    assert towns.proposed(towns.assess({"甲": "90", "乙": "60", "丙": "60"}, ladders=(climbing,))) == [
        ("丙", "约谈"),
        ("乙", "约谈"),
    ]


def test_a_measure_says_who_proposes_what_to_whom_and_its_identity_does_not_change() -> None:
    climbing = ladder(rung("约谈", LAST, by="纪工委"))
    first, again = (towns.assess({"甲": "90", "乙": "60"}, ladders=(climbing,)).measures[0] for _ in range(2))
    assert (first.to, first.by, first.pending, first.edition) == (("村主要负责人",), "纪工委", False, "2024-01-01")
    assert first.identity == again.identity == ("town", "约谈", "乙", towns.month_of("2024-05"))


def test_how_a_ladder_publishes_is_declared() -> None:
    with pytest.raises(TypeError, match="publish"):
        eg.Ladder((rung("约谈"),))  # type: ignore[call-arg]
    with pytest.raises(eg.SchemeError, match="choose one of 'every rung', 'highest'"):
        ladder(rung("约谈"), publish="all")
    with pytest.raises(ValueError, match="rungs"):
        ladder()


def test_the_edition_is_the_day_since_which_a_scheme_applies() -> None:
    assert towns.scheme(since=date(2022, 10, 9)).edition == "2022-10-09"


def test_the_direction_of_a_scheme_is_that_of_its_scoring() -> None:
    assert towns.scheme().better == "higher"
    assert towns.scheme(scoring=None, ranking=None).better is None
