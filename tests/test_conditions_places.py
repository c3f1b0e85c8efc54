"""Conditions at a place: cuts with ties under each rule, shares, thresholds, means, tiers, classes, rulings."""

from datetime import date
from typing import Any

import pytest
from attrs import frozen

import envgov as eg
import towns
from places import answers, holding, last, season

# 乙, 丙, 丁 tie across both the second place from the top and the second from the bottom
TIED = {"甲": "90", "乙": "85", "丙": "85", "丁": "85", "戊": "80"}


@pytest.mark.parametrize(
    ("ties", "first_two", "last_two"),
    [("include", "甲乙丙丁", "乙丙丁戊"), ("exclude", "甲", "戊"), ("decide", "甲乙?丙?丁?", "乙?丙?丁?戊")],
)
def test_a_tie_across_the_cut_is_in_or_out_or_pending_as_declared(ties: Any, first_two: str, last_two: str) -> None:
    assert answers(eg.top(2, ties=ties), TIED) == first_two
    assert answers(eg.bottom(2, ties=ties), TIED) == last_two


def test_a_tie_that_ends_at_the_cut_is_no_question() -> None:
    for ties in ("include", "exclude", "break", "decide"):
        assert answers(eg.top(4, ties=ties), TIED) == "甲乙丙丁"


@pytest.mark.parametrize(
    ("second", "first_two", "last_two"),
    [
        ({"乙": "3", "丙": "2", "丁": "1"}, "甲乙", "丁戊"),
        ({"乙": "3", "丙": "3", "丁": "1"}, "甲乙?丙?", "丁戊"),
        ({"乙": "3", "丙": "1", "丁": "1"}, "甲乙", "丙?丁?戊"),
        ({"乙": "3", "丙": "2", "丁": None}, "甲乙?丙?丁?", "乙?丙?丁?戊"),
    ],
)
def test_breakers_settle_the_cut_and_leave_what_stays_level_pending(
    second: dict[str, Any], first_two: str, last_two: str
) -> None:
    scheme = towns.scheme(ranking=eg.RankBy(places=1, breakers=(eg.stated("现场", several="mean"),)))
    facts = towns.facts({"2024-05": TIED}, inspections=towns.stated("2024-05", second, "现场"))
    record = eg.assess(scheme, towns.month_of("2024-05"), facts).record
    for condition, expected in (
        (eg.top(2, ties="break"), first_two),
        (eg.bottom(2, ties="break"), last_two),
    ):
        found = {unit: condition.at(eg.Place(unit, record, ())).value for unit in TIED}
        assert "".join(u + ("?" if v is None else "") for u, v in found.items() if v is not False) == expected


def test_exclude_names_nobody_when_more_than_n_share_the_worst_score() -> None:
    scores = {"甲": "90", "乙": "80", "丙": "80", "丁": "80"}
    assert answers(eg.bottom(2, ties="exclude"), scores) == ""


@pytest.mark.parametrize("ties", ["include", "exclude", "break", "decide"])
@pytest.mark.parametrize("units", ["甲", "甲乙丙"])
def test_a_group_that_is_all_one_tie_has_neither_first_nor_last(ties: Any, units: str) -> None:
    scores = dict.fromkeys(units, "80")
    assert answers(eg.top(1, ties=ties), scores) == answers(eg.bottom(1, ties=ties), scores) == ""


def test_at_least_includes_its_number_and_below_does_not() -> None:
    scores = {"甲": "80.1", "乙": "80", "丙": "79.9", "丁": None}
    assert answers(eg.at_least(80), scores) == "甲乙"
    assert answers(eg.below("80"), scores) == "丙"


def test_thresholds_judge_the_published_number() -> None:
    assert answers(eg.below(80), {"甲": "79.95", "乙": "79.94"}) == "乙"


def test_a_unit_that_was_not_assessed_meets_no_condition_of_place() -> None:
    scores = {"甲": "90", "乙": None, "丙": "70"}
    for condition in (eg.top(9, ties="include"), eg.bottom(9, ties="include"), eg.at_least(0), eg.below(100)):
        assert "乙" not in answers(condition, scores)


def test_a_further_figure_is_asked_by_its_name() -> None:
    figure = eg.Figure("满意度", eg.stated("回访", several="mean"), eg.RankBy(places=0))
    facts = towns.facts(
        {"2024-05": {"甲": "90", "乙": "80"}}, inspections=towns.stated("2024-05", {"甲": "60", "乙": "95"}, "回访")
    )
    record = eg.assess(towns.scheme(figures=(figure,)), towns.month_of("2024-05"), facts).record
    place = eg.Place("甲", record, ())
    assert eg.bottom(1, of="满意度", ties="include").at(place).value is True
    assert eg.bottom(1, ties="include").at(place).value is False


def test_placed_holds_of_the_tier_and_is_pending_while_the_placement_is() -> None:
    board = eg.Board("榜", (eg.Tier("红榜", eg.top(1, ties="decide")),), rest="其他")
    record = towns.assess({"甲": "90", "乙": "90", "丙": "80", "丁": None}, boards=(board,)).record
    found = {unit: eg.placed("榜", "其他").at(eg.Place(unit, record, ())).value for unit in "甲丙丁"}
    assert found == {"甲": None, "丙": True, "丁": False}


@pytest.mark.parametrize("answer", [True, eg.Reason(None, "yes", ()), None])
def test_a_condition_that_answers_what_none_may_is_refused(answer: object) -> None:
    @eg.term("town.wrong")
    @frozen(repr=False)
    class wrong:
        def at(self, _: eg.Place) -> Any:
            return answer

    board = eg.Board("榜", (eg.Tier("黑榜", wrong()),), rest="其他")
    with pytest.raises(eg.SchemeError, match=r"town.wrong\(\) answered .* for 甲: a Reason of True, False or None"):
        towns.assess({"甲": "90", "乙": "80"}, boards=(board,))


@pytest.mark.parametrize("make", [eg.top, eg.bottom])
def test_the_tie_rule_has_no_default_and_its_choices_are_named(make: Any) -> None:
    with pytest.raises(TypeError, match="ties"):
        make(3)
    with pytest.raises(eg.SchemeError, match="choose one of 'include', 'exclude', 'break', 'decide'"):
        make(3, ties="random")
    with pytest.raises(eg.SchemeError, match=r"n=0: give a whole number from 1 up"):
        make(0, ties="include")


LAST = eg.bottom(1, ties="include")
TEN = {f"{n:02}村": str(100 - n) for n in range(10)}  # 00村 is the best, 09村 the worst


def names(*numbers: int) -> str:
    return "".join(f"{n:02}村" for n in numbers)


# ---- shares
@pytest.mark.parametrize(("rounding", "first"), [("down", 2), ("up", 3), ("half up", 3)])
def test_a_share_of_ten_units_is_made_whole_as_declared(rounding: Any, first: int) -> None:
    share = eg.top_share("25", rounding=rounding, ties="include")
    assert holding(share, towns.assess(TEN).record, units=TEN) == names(*range(first))
    worst = eg.bottom_share("25", rounding=rounding, ties="include")
    expected = names(*range(10 - first, 10))
    assert holding(worst, towns.assess(TEN).record, units=TEN) == expected


@pytest.mark.parametrize(
    ("percent", "rounding", "expected"), [("24", "half up", 2), ("26", "half up", 3), ("5", "half up", 1)]
)
def test_half_a_unit_and_more_is_a_whole_one_where_it_is_rounded_half_up(
    percent: str, rounding: Any, expected: int
) -> None:
    assert eg.top_share(percent, rounding=rounding, ties="include").seats(10) == expected


def test_a_share_is_never_the_whole_group_and_may_be_nobody() -> None:
    assert answers(eg.bottom_share(99, rounding="up", ties="include"), {"甲": "90", "乙": "80", "丙": "70"}) == "乙丙"
    assert answers(eg.top_share(99, rounding="up", ties="include"), {"甲": "90", "乙": "80"}) == "甲"
    assert answers(eg.bottom_share(10, rounding="down", ties="include"), {"甲": "90", "乙": "80", "丙": "70"}) == ""


@pytest.mark.parametrize("ties", ["include", "exclude", "break", "decide"])
def test_a_share_is_cut_like_a_number(ties: Any) -> None:
    for share, number in (
        (eg.top_share(40, rounding="down", ties=ties), eg.top(2, ties=ties)),
        (eg.bottom_share(40, rounding="down", ties=ties), eg.bottom(2, ties=ties)),
    ):
        assert answers(share, TIED) == answers(number, TIED)


def test_a_share_counts_those_who_were_assessed() -> None:
    scores = {"甲": "90", "乙": "80", "丙": "70", "丁": "60", "戊": None, "己": None}
    assert answers(eg.bottom_share(50, rounding="down", ties="include"), scores) == "丙丁"


@pytest.mark.parametrize("percent", [0, 100, -5, "100.5"])
@pytest.mark.parametrize("make", [eg.top_share, eg.bottom_share])
def test_a_share_is_a_part(make: Any, percent: Any) -> None:
    with pytest.raises(eg.SchemeError, match="per cent: give more than 0 and less than 100"):
        make(percent, rounding="down", ties="include")


@pytest.mark.parametrize("make", [eg.top_share, eg.bottom_share])
def test_how_a_share_is_rounded_is_declared(make: Any) -> None:
    with pytest.raises(TypeError, match="rounding"):
        make(10, ties="include")
    with pytest.raises(eg.SchemeError, match="choose one of 'down', 'up', 'half up'"):
        make(10, rounding="even", ties="include")


# ---- means
def test_who_has_the_mean_itself_is_neither_above_nor_below_it() -> None:
    scores = {"甲": "90", "乙": "80", "丙": "70", "丁": None}
    assert answers(eg.above_mean(), scores) == "甲"
    assert answers(eg.below_mean(), scores) == "丙"


def test_the_mean_is_exact_and_not_the_one_that_would_be_printed() -> None:
    scores = {"甲": "80.1", "乙": "80", "丙": "80"}  # 80.0333..., printed 80.0
    assert answers(eg.below_mean(), scores) == "乙丙"
    assert answers(eg.above_mean(), scores) == "甲"


def test_the_mean_is_that_of_the_own_group() -> None:
    units = tuple(eg.Unit(u, u, "村", designations=frozenset({g})) for u, g in zip("甲乙丙丁", "AABB", strict=True))
    seen = towns.stated("2024-05", {"甲": "90", "乙": "80", "丙": "60", "丁": "50"})
    scheme = towns.scheme(groups=("A", "B"))
    record = eg.assess(scheme, towns.month_of("2024-05"), eg.Facts(eg.Grid(units), inspections=seen)).record
    assert holding(eg.above_mean(), record, units="甲乙丙丁") == "甲丙"


# ---- classes
def test_a_class_is_asked_of_the_rounds_first_day() -> None:
    units = (
        eg.Unit("旧", "甲村", "村", designations=frozenset({"整治中"}), until=date(2024, 5, 15)),
        eg.Unit("新", "甲村", "村", since=date(2024, 5, 15)),
        eg.Unit("乙", "乙村", "村"),
    )
    board = eg.Board("档", (eg.Tier("观察", eg.designated("整治中")),), rest="其他")
    seen = towns.stated("2024-05", {"旧": "60", "乙": "70"}) + towns.stated("2024-06", {"新": "60", "乙": "70"})
    may, june = eg.assess_season(towns.scheme(boards=(board,)), eg.Facts(eg.Grid(units), inspections=seen))
    assert towns.tiers(may) == {"旧": "观察", "乙": "其他"}
    assert towns.tiers(june) == {"新": "其他", "乙": "其他"}
    assert may.record.designations == (eg.Designation("旧", "整治中"),)


# ---- tiers and sides
RED_BLACK = eg.Board(
    "红黑榜", (eg.Tier("红榜", eg.top(1, ties="include"), "praise"), eg.Tier("黑榜", LAST, "sanction")), rest="其他"
)
COLOURS = eg.Board(
    "三色", (eg.Tier("红", eg.below(60), "sanction"), eg.Tier("绿", eg.at_least(85), "praise")), rest="黄"
)


def test_sides_are_asked_without_naming_a_board_or_a_tier() -> None:
    scores = {"甲": "95", "乙": "86", "丙": "55", "丁": "50"}
    boards = (RED_BLACK, COLOURS)
    assert answers(eg.praised(), scores, boards=boards) == "甲乙"
    assert answers(eg.praised("红黑榜"), scores, boards=boards) == "甲"
    assert answers(eg.sanctioned(), scores, boards=boards) == "丙丁"
    assert answers(eg.sanctioned("红黑榜"), scores, boards=boards) == "丁"


def test_a_pending_placement_leaves_the_side_open_unless_another_board_settles_it() -> None:
    open_list = eg.Board("榜", (eg.Tier("黑榜", eg.bottom(1, ties="decide"), "sanction"),), rest="其他")
    scores = {"甲": "95", "乙": "55", "丙": "55", "丁": "70"}
    assert answers(eg.sanctioned(), {**scores, "丁": "95"}, boards=(open_list,)) == "乙?丙?"
    assert answers(eg.sanctioned(), scores, boards=(open_list, COLOURS)) == "乙丙"
    assert answers(eg.praised("榜"), scores, boards=(open_list,)) == ""  # neither end of the cut is praise


def test_whoever_ties_at_the_lower_cut_cannot_be_on_the_upper_list() -> None:
    tiers = (
        eg.Tier("红榜", eg.top(1, ties="include"), "praise"),
        eg.Tier("黑榜", eg.bottom(1, ties="decide"), "sanction"),
    )
    red_black = (eg.Board("榜", tiers, rest="其他"),)
    scores = {"甲": "95", "乙": "90", "丙": "55", "丁": "55"}
    [third] = [p for p in towns.assess(scores, boards=red_black).record.placements if p.unit == "丙"]
    assert third.outcomes == (eg.Outcome("黑榜", "sanction"), eg.Outcome("其他", None))
    assert answers(eg.placed("榜", "红榜"), scores, boards=red_black) == "甲"
    assert answers(eg.praised(), scores, boards=red_black) == "甲"
    assert answers(eg.placed("榜", "黑榜"), scores, boards=red_black) == "丙?丁?"
    assert answers(eg.placed("榜", "其他"), scores, boards=red_black) == "乙丙?丁?"


def test_a_tier_that_holds_whatever_is_ruled_ends_what_a_pending_placement_may_come_to() -> None:
    tiers = (eg.Tier("黑榜", eg.bottom(1, ties="decide"), "sanction"), eg.Tier("黄牌", eg.below(60)))
    board = (eg.Board("榜", tiers, rest="其他"),)
    scores = {"甲": "95", "丙": "55", "丁": "55"}
    assert answers(eg.placed("榜", "黄牌"), scores, boards=board) == "丙?丁?"
    assert answers(eg.placed("榜", "其他"), scores, boards=board) == "甲"


def test_a_record_that_does_not_tell_how_it_may_end_leaves_every_tier_open() -> None:
    [placement] = towns.assess({"甲": "90"}, boards=(COLOURS,)).record.placements
    old = placement._replace(tier=eg.PENDING, side=None)
    assert old.may_be_in("红榜")
    assert old.may_be_on("praise")


def test_a_unit_without_a_placement_is_on_no_side() -> None:
    assert answers(eg.sanctioned(), {"甲": "90", "乙": "50", "丙": None}, boards=(COLOURS,)) == "乙"


def test_a_placement_without_a_score_stands_on_the_placement_alone() -> None:
    board = eg.Board("观察", (eg.Tier("观察", eg.ruled("重点整治", "镇党委"), "sanction"),), rest="其他")
    record = towns.assess({"甲": "1"}, scoring=None, ranking=None, boards=(board,)).record
    [placement] = record.placements
    assert eg.placed("观察", "其他").at(eg.Place("甲", record, ())).because == (placement,)


# ---- rulings
EXCELLENT = eg.ruled("成效显著", "指挥部")


def ruling(unit: str, condition: object, holds: bool, by: str = "指挥部", day: int = 20) -> eg.Ruling:
    return eg.Ruling(unit, date(2024, 5, day), condition, holds=holds, by=by, why="现场复查", scheme="town")


def ruled_on(*rulings: eg.Ruling, **changes: Any) -> eg.Assessment:
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "80", "丙": "70"}}, rulings=rulings)
    return eg.assess(towns.scheme(**changes), towns.month_of("2024-05"), facts)


def test_discretion_holds_where_the_body_says_so_and_is_never_pending() -> None:
    record = ruled_on(ruling("甲", EXCELLENT, holds=True), ruling("乙", EXCELLENT, holds=False)).record
    assert holding(EXCELLENT, record, units="甲乙丙") == "甲"


def test_a_ruling_by_another_body_than_the_scheme_names_is_refused_with_both() -> None:
    with pytest.raises(eg.InputError, match="环卫办 ruled in 2024-05 on what the scheme leaves to 指挥部") as caught:
        ruled_on(ruling("甲", EXCELLENT, holds=True, by="环卫办"))
    [fault] = caught.value.faults
    assert (fault.file, fault.column, fault.value) == ("rulings", "unit", "甲")
    assert fault.problem.endswith("to 指挥部: '成效显著', concerning 2024-05-20")
    assert fault.remedy == "if 指挥部 decided, name it in by (裁定单位), or drop the ruling"


def test_a_ruling_of_another_month_is_not_of_this_one() -> None:
    other = eg.Ruling("甲", date(2024, 4, 30), EXCELLENT, holds=True, by="指挥部", why="?", scheme="town")
    assert holding(EXCELLENT, ruled_on(other).record, units="甲") == ""


def test_a_counter_counts_the_rulings_of_each_round() -> None:
    seen = {f"2024-0{m}": {"甲": "90", "乙": "80"} for m in (4, 5)}
    rulings = tuple(
        eg.Ruling("甲", date(2024, m, 9), EXCELLENT, holds=True, by="指挥部", why="?", scheme="town") for m in (4, 5)
    )
    records = tuple(a.record for a in eg.assess_season(towns.scheme(), towns.facts(seen, rulings=rulings)))
    twice = eg.cumulative(EXCELLENT, 2, within=eg.year(), repeat="once", editions="carry", heads="carry")
    assert twice.at(last("甲", records)).value is True
    assert twice.at(last("乙", records)).value is False
    assert season({"2024-05": {"甲": "90"}})[0].rulings == ()
