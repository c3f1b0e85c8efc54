"""The notes below a table: what the reader of a list must know, and what needs no saying."""

from datetime import date
from typing import Any

import pytest

import envgov as eg
import towns
from places import DECLARED, event, issue

TIED = {"甲": "90", "乙": "80", "丙": "80", "丁": "70"}
MAY = towns.month_of("2024-05")


def board(*tiers: eg.Tier, **more: Any) -> eg.Board:
    return eg.Board("红黑榜", tiers, rest="其他", **more)


def red(when: eg.Condition) -> eg.Tier:
    return eg.Tier("红榜", when)


def remarks(scores: dict[str, Any], *tiers: eg.Tier, language: Any = "zh", **more: Any) -> tuple[str, ...]:
    return towns.assess(scores, boards=(board(*tiers, **more),)).remarks(language)


@pytest.mark.parametrize(
    ("when", "zh", "en"),
    [
        (
            eg.top(2, ties="include"),
            "“红黑榜”的“红榜”：名额2个，界线上并列者全部列入：丙、乙",
            '"红榜" on "红黑榜": 2 seats, and all who are level across the cut are in: 丙, 乙',
        ),
        (
            eg.top(2, ties="exclude"),
            "“红黑榜”的“红榜”：名额2个，界线上并列者全不列入：丙、乙",
            '"红榜" on "红黑榜": 2 seats, and none who is level across the cut is in: 丙, 乙',
        ),
        (
            eg.top(2, ties="decide"),
            "“红黑榜”的“红榜”：名额2个，界线上并列：丙、乙",
            '"红榜" on "红黑榜": 2 seats, and level across the cut are 丙, 乙',
        ),
        (
            eg.bottom_share(50, rounding="down", ties="include"),
            "“红黑榜”的“红榜”：名额2个，界线上并列者全部列入：丙、乙",
            '"红榜" on "红黑榜": 2 seats, and all who are level across the cut are in: 丙, 乙',
        ),
    ],
)
def test_a_tie_across_the_cut_is_told_with_the_seats_and_the_units(when: eg.Condition, zh: str, en: str) -> None:
    assert remarks(TIED, red(when)) == (zh,)
    assert remarks(TIED, red(when), language="en") == (en,)


def test_the_note_itself_has_the_codes_the_seats_and_the_size() -> None:
    [note] = towns.assess(TIED, boards=(board(red(eg.top(2, ties="include"))),)).notes
    assert note == eg.Note("tie included", "红黑榜", "红榜", "", ("丙", "乙"), 2, 4)


def test_a_tie_that_ends_at_the_cut_needs_no_note() -> None:
    for when in (eg.top(1, ties="include"), eg.top(3, ties="decide"), eg.bottom(1, ties="exclude")):
        assert remarks(TIED, red(when)) == ()


def test_a_list_that_names_nobody_says_why() -> None:
    scores = {"甲": "90", "乙": "70", "丙": "70", "丁": "70"}
    last = eg.Tier("黑榜", eg.bottom(2, ties="exclude"))
    assert remarks(scores, last) == (
        "“红黑榜”的“黑榜”：端点上并列的多于名额2个，并列者全不列入，没有单位上榜：丁、丙、乙",
    )
    assert remarks(scores, last, language="en") == (
        '"黑榜" on "红黑榜": more than 2 share the end of the list, none of them is in, so nobody is: 丁, 丙, 乙',
    )


def test_a_field_that_is_all_level_is_told() -> None:
    scores = dict.fromkeys("甲乙丙", "80")
    assert remarks(scores, red(eg.top(1, ties="include"))) == (
        "“红黑榜”的“红榜”：全部并列，没有首末之分，没有单位上榜",
    )
    assert remarks(scores, red(eg.top(1, ties="include")), language="en") == (
        '"红榜" on "红黑榜": all are level, there is neither first nor last, and nobody is on the list',
    )


def test_a_field_of_one_unit_needs_no_note() -> None:
    assert remarks({"甲": "80"}, red(eg.top(1, ties="include"))) == ()


def test_a_shortened_list_is_told_with_the_seats_that_are_left() -> None:
    tiers = red(eg.top(3, ties="include")), eg.Tier("黑榜", eg.bottom(3, ties="include"))
    scores = {"甲": "90", "乙": "80", "丙": "70", "丁": "60"}
    assert remarks(scores, *tiers, small_field="fewer") == (
        "“红黑榜”的“红榜”：本组只有4个单位参评，名额减为2个",
        "“红黑榜”的“黑榜”：本组只有4个单位参评，名额减为2个",
    )
    assert remarks(scores, *tiers, small_field="none", language="en")[0] == (
        '"红榜" on "红黑榜": only 4 units of the group were assessed, and the list has 0 seats'
    )


def test_a_tie_across_the_cut_of_a_shortened_list_is_told_with_the_shortened_seats() -> None:
    scores = {"甲": "90", "乙": "80", "丙": "80", "丁": "60"}
    tiers = red(eg.top(3, ties="include")), eg.Tier("黑榜", eg.bottom(3, ties="include"))
    notes = towns.assess(scores, boards=(board(*tiers, small_field="fewer"),)).notes
    assert eg.Note("tie included", "红黑榜", "红榜", "", ("丙", "乙"), 2, 4) in notes


def test_lists_that_overlap_by_ties_are_told_and_the_first_tier_counts() -> None:
    tiers = red(eg.top(1, ties="include")), eg.Tier("黑榜", eg.bottom(2, ties="include"))
    assessment = towns.assess({"甲": "90", "乙": "90", "丙": "90", "丁": "80"}, boards=(board(*tiers),))
    assert towns.tiers(assessment) == {"甲": "红榜", "乙": "红榜", "丙": "红榜", "丁": "黑榜"}
    assert assessment.remarks()[-1] == "“红黑榜”的“红榜”：也符合后列档次的条件，按先列的档次：丙、乙、甲"
    assert assessment.remarks("en")[-1] == (
        '"红榜" on "红黑榜": these meet the condition of a later tier too, and the first tier counts: 丙, 乙, 甲'
    )


def test_lists_that_were_shortened_apart_do_not_overlap() -> None:
    tiers = red(eg.top(5, ties="include")), eg.Tier("黑榜", eg.bottom(3, ties="include"))
    assessment = towns.assess({"甲": "90", "乙": "80"}, boards=(board(*tiers, small_field="fewer"),))
    assert towns.tiers(assessment) == {"甲": "红榜", "乙": "其他"}
    assert [note.what for note in assessment.notes] == ["shortened", "shortened"]


def test_thresholds_that_lie_inside_each_other_are_no_overlap() -> None:
    tiers = red(eg.at_least(90)), eg.Tier("良", eg.at_least(80))
    assert remarks({"甲": "95", "乙": "85"}, *tiers) == ()


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"甲": "90", "乙": "85", "丙": "75", "丁": "75"}, ()),  # nobody at the cut is as low as 69
        ({"甲": "90", "乙": "85", "丙": "65", "丁": "65"}, ("丁、丙",)),
    ],
)
def test_a_tie_at_the_cut_is_told_only_of_those_whom_the_list_concerns(
    scores: dict[str, str], expected: tuple[str, ...]
) -> None:
    """The last one, and below 69."""
    both = eg.Tier("黄牌", eg.all_of(eg.bottom(1, ties="include"), eg.not_(eg.at_least(69))))
    told = tuple(f"“红黑榜”的“黄牌”：名额1个，界线上并列者全部列入：{units}" for units in expected)
    assert remarks(scores, both) == told


def test_lists_inside_other_conditions_are_told_too_and_those_of_counters_are_not() -> None:
    either = red(eg.any_of(eg.at_least(95), eg.top(2, ties="include")))
    counted = eg.Tier("黑榜", eg.streak(eg.top(2, ties="include"), 2, **DECLARED))
    assert len(remarks(TIED, either)) == 1
    assert remarks(TIED, counted) == ()


def test_the_cut_of_a_rung_is_told_under_the_name_of_its_measure() -> None:
    rung = eg.Rung("约谈", eg.all_of(eg.bottom(2, ties="decide"), eg.below(85)), ("村主要负责人",))
    assessment = towns.assess(TIED, ladders=(eg.Ladder((rung,), publish="highest"),))
    assert assessment.remarks() == ("“约谈”：名额2个，界线上并列：丙、乙",)
    assert assessment.remarks("en") == ('"约谈": 2 seats, and level across the cut are 丙, 乙',)


def test_a_note_says_of_which_group_it_is() -> None:
    units = tuple(
        eg.Unit(u, f"{u}村", "村", designations=frozenset({g})) for u, g in zip("甲乙丙丁", "AAAB", strict=True)
    )
    seen = towns.stated("2024-05", {"甲": "90", "乙": "80", "丙": "80", "丁": "70"})
    scheme = towns.scheme(groups=("A", "B"), boards=(board(red(eg.top(2, ties="include"))),))
    assessment = eg.assess(scheme, MAY, eg.Facts(eg.Grid(units), inspections=seen))
    assert assessment.remarks() == ("“红黑榜”的“红榜”：名额2个，界线上并列者全部列入：丙村、乙村（A）",)
    assert assessment.remarks("en")[0].endswith("are in: 丙村, 乙村 (A)")


# ---- issues of places that are gone
ON_ISSUES = eg.Ladder((eg.Rung("督办", eg.overdue(), ("村主要负责人",)),), subject="issue", publish="highest")
GONE = eg.Unit("戊", "戊村", "村", until=MAY.start), eg.Unit("己", "己村", "村", until=MAY.start)
RECTIFIED = event("rectified", "2024-04-09")
AT_GONE = (
    issue("1", "戊", found="2024-04-02"),
    issue("2", "戊", RECTIFIED, found="2024-04-02"),
    issue("3", "己", event("suspended", "2024-04-09"), found="2024-04-02"),
    issue("4", "己", RECTIFIED, event("accepted", "2024-04-20"), found="2024-04-02"),
    issue("5", "己", event("withdrawn", "2024-04-20"), found="2024-04-02"),
    issue("6", "甲"),
)


@pytest.mark.parametrize(
    "reads_issues",
    [
        {"ladders": (ON_ISSUES,)},
        {"scoring": eg.count_issues(eg.in_state("open"), by="place")},
    ],
)
def test_issues_that_are_not_closed_at_places_that_are_gone_are_told(reads_issues: dict[str, Any]) -> None:
    facts = towns.facts({"2024-05": TIED}, units=GONE, issues=AT_GONE)
    assessment = eg.assess(towns.scheme(**reads_issues), MAY, facts)
    assert eg.Note("off the grid", "", "", "", ("己", "戊"), 0, 3) in assessment.notes
    assert assessment.remarks()[-1] == "本期网格上没有的地点有未销号问题3个，按地点不计入任何单位：己、戊"
    assert assessment.remarks("en")[-1] == (
        "issues not closed at places that the round's grid does not have, which count by place for no unit: 3, at 己, 戊"
    )


def test_a_scheme_that_asks_nothing_of_issues_needs_no_note_of_them() -> None:
    facts = towns.facts({"2024-05": TIED}, units=GONE, issues=AT_GONE)
    assert eg.assess(towns.scheme(), MAY, facts).notes == ()


def test_while_the_places_are_on_the_grid_their_issues_need_no_note() -> None:
    facts = towns.facts({"2024-04": TIED}, units=GONE, issues=AT_GONE)
    assert eg.assess(towns.scheme(ladders=(ON_ISSUES,)), towns.month_of("2024-04"), facts).notes == ()


# ---- rulings
CUT = eg.top(2, ties="decide")


def ruled(condition: object, unit: str = "乙", **changes: Any) -> eg.Assessment:
    ruling = eg.Ruling(unit, date(2024, 5, 9), condition, holds=True, by="指挥部", why="复查", scheme="town")
    facts = towns.facts({"2024-05": changes.pop("scores", TIED)}, rulings=(ruling,), **changes.pop("more", {}))
    return eg.assess(towns.scheme(**changes), MAY, facts)


def unused(assessment: eg.Assessment) -> list[str]:
    return [note.where for note in assessment.notes if note.what == "ruling unused"]


def test_a_ruling_that_settled_a_tie_is_not_told() -> None:
    assessment = ruled(CUT, boards=(board(red(CUT)),))
    assert towns.tiers(assessment)["乙"] == "红榜"
    assert unused(assessment) == []


def test_a_ruling_on_what_the_rules_decide_or_do_not_ask_is_told() -> None:
    boards = (board(red(CUT)),)
    ladders = (eg.Ladder((eg.Rung("表扬", CUT, ("村主要负责人",)),), publish="highest"),)
    assert unused(ruled(CUT, unit="甲", boards=boards, ladders=ladders)) == ["前2名"]
    assessment = ruled(eg.top(3, ties="decide"), boards=boards)
    assert assessment.remarks()[-1] == "裁定未用到，规则没有把这一条留待裁定：“前3名”，乙"
    assert assessment.remarks("en")[-1] == (
        'a ruling settles nothing, for the rules do not leave this open: "among the first 3", 乙'
    )


def test_a_ruling_is_used_within_a_combination_a_counter_a_ladder_or_an_exemption() -> None:
    both = eg.all_of(CUT, eg.at_least(60))
    run = eg.streak(CUT, 1, **DECLARED)
    ladders = (eg.Ladder((eg.Rung("表扬", run, ("村主要负责人",)),), publish="highest"),)
    clause = eg.ruled("受灾", "指挥部")
    assert unused(ruled(CUT, boards=(board(red(both)),))) == []
    assert unused(ruled(CUT, ladders=ladders)) == []
    assert unused(ruled(clause, exempt=eg.any_of(eg.designated("搬迁"), clause))) == []


def test_a_ruling_on_the_cut_of_a_shortened_list_is_used() -> None:
    three = eg.top(3, ties="decide")
    tiers = red(three), eg.Tier("黑榜", eg.bottom(3, ties="include"))
    assessment = ruled(three, boards=(board(*tiers, small_field="fewer"),))
    assert towns.tiers(assessment)["乙"] == "红榜"
    assert unused(assessment) == []


def over(assessment: eg.Assessment) -> list[eg.Note]:
    return [note for note in assessment.notes if note.what == "too many ruled in"]


def yes(condition: object, *units: str) -> tuple[eg.Ruling, ...]:
    return tuple(
        eg.Ruling(unit, date(2024, 5, 9), condition, holds=True, by="指挥部", why="复查", scheme="town")
        for unit in units
    )


def level(condition: eg.Condition, rulings: tuple[eg.Ruling, ...], **changes: Any) -> eg.Assessment:
    """May of four villages of which 乙, 丙 and 丁 are level."""
    scores = {"甲": "90", "乙": "80", "丙": "80", "丁": "80"}
    facts = towns.facts({"2024-05": scores}, rulings=rulings, inspections=changes.pop("seen", ()))
    return eg.assess(towns.scheme(boards=(board(red(condition)),), **changes), MAY, facts)


def test_more_units_ruled_in_than_there_are_seats_are_told() -> None:
    assessment = level(CUT, yes(CUT, "乙", "丁"))
    assert over(assessment) == [eg.Note("too many ruled in", "红黑榜", "红榜", "", ("丁", "乙"), 2, 4)]
    assert assessment.remarks()[1] == "“红黑榜”的“红榜”：名额2个，界线上并列者经裁定列入的超出名额：丁、乙"
    assert assessment.remarks("en")[1] == (
        '"红榜" on "红黑榜": 2 seats, and more of those level across the cut were ruled in: 丁, 乙'
    )


def test_as_many_units_ruled_in_as_there_are_seats_left_are_not_told() -> None:
    three = eg.top(3, ties="decide")
    assert over(level(three, yes(three, "乙", "丁"))) == []
    last = eg.bottom(2, ties="decide")
    assert over(level(last, yes(last, "乙", "丁"))) == []


def test_too_many_are_told_by_the_seats_that_a_shortened_list_has() -> None:
    three = eg.bottom(3, ties="decide")
    scores = {"甲": "90", "乙": "80", "丙": "80"}
    for rulings, expected in ((yes(three, "乙"), []), (yes(three, "乙", "丙"), [("丙", "乙")])):
        facts = towns.facts({"2024-05": scores}, rulings=rulings)
        short = eg.assess(towns.scheme(boards=(board(red(three), small_field="share", share=34),)), MAY, facts)
        assert [note.units for note in over(short)] == expected


@pytest.mark.parametrize(("ruled_in", "expected"), [(("丁",), []), (("丁", "丙"), [("丁", "丙")])])
def test_units_that_the_breakers_put_on_a_list_take_seats_too(
    ruled_in: tuple[str, ...], expected: list[tuple[str, ...]]
) -> None:
    """Of three seats 甲 has one, and 乙 by its score on the spot another."""
    when = eg.top(3, ties="break")
    on_the_spot = towns.stated("2024-05", {"乙": "9", "丙": "8", "丁": "8"}, "现场")
    ranking = eg.RankBy(places=1, breakers=(eg.stated("现场", several="mean"),))
    assessment = level(when, yes(when, *ruled_in), seen=on_the_spot, ranking=ranking)
    assert [note.units for note in over(assessment)] == expected


@pytest.mark.parametrize(("found", "expected"), [("乙", []), ("甲", ["同时符合：逾期1天以上；后2名"])])
def test_a_ruling_is_used_by_a_ladder_of_issues_where_there_is_one(found: str, expected: list[str]) -> None:
    both = eg.all_of(eg.overdue(), eg.bottom(2, ties="decide"))
    ladder = eg.Ladder((eg.Rung("约谈", both, ("村主要负责人",)),), subject="issue", publish="highest")
    late = issue("1", found, event("dispatched", "2024-05-02", due="2024-05-10"))
    assessment = ruled(both, ladders=(ladder,), more={"issues": (late,)})
    assert unused(assessment) == expected


def test_a_ruling_on_a_unit_outside_the_field_is_another_schemes_business() -> None:
    town = eg.Unit("镇", "镇", "镇")
    assert unused(ruled(CUT, unit="镇", boards=(board(red(CUT)),), more={"units": (town,)})) == []


# ---- inspectors with a role at the unit
STREETS = (
    eg.Unit("区", "示例区", "区"),
    *(eg.Unit(code, f"{code}街道", "街道", parent="区") for code in "甲乙丙"),
    eg.Unit("甲一", "甲一社区", "社区", parent="甲"),
)
TEAM = eg.Assignment("一组", "督导", "甲", since=date(2024, 5, 10), until=date(2024, 5, 20))


def inspected(
    *visits: tuple[str, int, str], roles: tuple[eg.Assignment, ...] = (TEAM,), bodies: tuple[eg.Body, ...] = ()
) -> eg.Assessment:
    """Each street with a score of the first of May, and visits without one: where, on which day, by whom."""
    seen = towns.stated("2024-05", {"甲": "90", "乙": "80", "丙": "70"})
    seen += tuple(eg.Inspection(unit, date(2024, 5, day), "巡查", inspector=by) for unit, day, by in visits)
    facts = eg.Facts(eg.Grid(STREETS), inspections=seen, assignments=roles, bodies=bodies)
    return eg.assess(towns.scheme(levels=("街道",)), MAY, facts)


@pytest.mark.parametrize("day", [10, 19])
def test_an_inspector_who_holds_a_role_at_the_unit_that_day_is_told(day: int) -> None:
    assessment = inspected(("甲", day, "一组"), ("甲", day, "一组"), ("乙", day, "一组"))
    assert assessment.remarks() == ("检查人在受检单位有职责：“一组（甲街道督导）”",)
    assert assessment.remarks("en") == (
        'inspectors who hold a role at the unit that they inspected: "一组 (督导, 甲街道)"',
    )
    assert [note.units for note in assessment.notes] == [("甲",)]
    assert eg.from_dict(eg.to_dict(assessment)) == assessment


@pytest.mark.parametrize(
    "visit",
    [
        ("甲", 9, "一组"),
        ("甲", 20, "一组"),
        ("甲", 12, "二组"),
        ("乙", 12, "一组"),
        ("甲", 12, ""),
        ("甲一", 12, "一组"),
    ],
)
def test_an_inspector_without_a_role_at_the_very_unit_that_day_is_not_told(visit: tuple[str, int, str]) -> None:
    assert inspected(visit).remarks() == ()


def test_each_of_several_inspectors_is_told_with_each_role_and_unit() -> None:
    roles = (TEAM, eg.Assignment("张三", "包社区干部", "甲一"), eg.Assignment("张三", "网格员", "甲一"))
    visits = (("甲", 12, "李四、一组"), ("甲一", 12, "张三；李四"), ("甲一", 13, "李四 , 张三"))
    said = "检查人在受检单位有职责：“一组（甲街道督导）；张三（甲一社区包社区干部）；张三（甲一社区网格员）”"
    assert inspected(*visits, roles=roles[::-1]).remarks() == (said,)


@pytest.mark.parametrize(("inspector", "who"), [("D1", "一组"), ("一组", "D1"), ("D1", "D1")])
def test_a_team_is_known_by_its_code_and_by_its_name(inspector: str, who: str) -> None:
    role = eg.Assignment(who, "督导", "甲")
    told = inspected(("甲", 12, inspector), roles=(role,), bodies=(eg.Body("D1", "一组"),))
    assert told.remarks() == ("检查人在受检单位有职责：“一组（甲街道督导）”",)


def test_who_inspects_outside_the_field_is_another_schemes_business() -> None:
    assert inspected(("区", 12, "一组"), roles=(eg.Assignment("一组", "督导", "区"),)).remarks() == ()


def test_a_role_at_a_unit_that_the_rounds_grid_does_not_have_needs_no_note() -> None:
    units = (*STREETS, eg.Unit("丁", "丁街道", "街道", since=date(2024, 5, 10)))
    seen = (*towns.stated("2024-05", {"甲": "90"}), eg.Inspection("丁", date(2024, 5, 12), "巡查", inspector="一组"))
    facts = eg.Facts(eg.Grid(units), inspections=seen, assignments=(eg.Assignment("一组", "督导", "丁"),))
    assert eg.assess(towns.scheme(levels=("街道",)), MAY, facts).remarks() == ()


def test_notes_are_told_once_each_and_in_the_order_of_boards_and_ladders() -> None:
    rung = eg.Rung("表扬", eg.top(2, ties="include"), ("村主要负责人",))
    assessment = towns.assess(
        TIED,
        boards=(board(red(eg.any_of(eg.top(2, ties="include"), eg.top(2, ties="include")))),),
        ladders=(eg.Ladder((rung,), publish="highest"),),
    )
    assert [(note.where, note.tier) for note in assessment.notes] == [("红黑榜", "红榜"), ("表扬", "")]


LOW, OPEN = eg.below(85), eg.bottom(1, ties="decide")
BOTH_LAST = {"甲": "90", "乙": "80", "丙": "80"}


@pytest.mark.parametrize(
    "ladder",
    [
        eg.Ladder((eg.Rung("通报", LOW, ("村",)), eg.Rung("约谈", OPEN, ("村",))), publish="highest"),
        eg.Ladder(
            (eg.Rung("通报", LOW, ("村",)), eg.Rung("约谈", OPEN, ("村",), supersedes=("通报",))), publish="every rung"
        ),
    ],
    ids=["highest", "supersedes"],
)
def test_a_measure_that_falls_away_where_a_pending_one_is_ruled_to_hold_is_told(ladder: eg.Ladder) -> None:
    assessment = towns.assess(BOTH_LAST, ladders=(ladder,))
    assert "“约谈”待定：裁定成立的，不再提“通报”：丙、乙" in assessment.remarks()
    assert '"约谈" is pending: where it is ruled to hold, "通报" is not proposed: 丙, 乙' in assessment.remarks("en")


@pytest.mark.parametrize(
    "rungs",
    [
        (eg.Rung("通报", LOW, ("村",)), eg.Rung("约谈", OPEN, ("村",))),  # both go on
        (eg.Rung("通报", LOW, ("村",)), eg.Rung("约谈", eg.bottom(1, ties="include"), ("村",), supersedes=("通报",))),
        (eg.Rung("通报", OPEN, ("村",)), eg.Rung("约谈", OPEN, ("村",), supersedes=("通报",))),  # nothing stands yet
    ],
)
def test_nothing_falls_away_where_no_firm_measure_stands_below_a_pending_one(rungs: tuple[eg.Rung, ...]) -> None:
    assessment = towns.assess(BOTH_LAST, ladders=(eg.Ladder(rungs, publish="every rung"),))
    assert [note for note in assessment.notes if note.what == "superseded if ruled"] == []
