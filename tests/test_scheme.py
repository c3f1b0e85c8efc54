"""Schemes: what they check about themselves, and the field that they judge."""

from collections.abc import Mapping
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
COLOURLESS = eg.Board("分档", (eg.Tier("优", eg.at_least(90)),), rest="良")


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
        ({"scoring": None, "ranking": None, "boards": (RED_BLACK,)}, "nothing is ranked there"),
        ({"boards": (RED_BLACK, RED_BLACK)}, "board '红黑榜' is defined 2 times"),
        ({"ladders": (ladder(rung("约谈")), ladder(rung("约谈")))}, "rung '约谈' is defined 2 times"),
        (
            {"ladders": (ladder(rung("约谈", supersedes=("通报",))),)},
            "'通报' is superseded by '约谈' and is no lighter rung: there is none",
        ),
        (
            {"ladders": (ladder(rung("约谈", eg.bottom(1, of="满意度", ties="include"))),)},
            "no figure is named '满意度'",
        ),
        (
            {"ladders": (ladder(rung("约谈", eg.placed("红黑榜", "黑榜"))),)},
            "no such tier on a board that stands before; there is no board",
        ),
        (
            {"boards": (RED_BLACK,), "ladders": (ladder(rung("约谈", eg.placed("红黑榜", "黄榜"))),)},
            "no such tier on a board that stands before; there is 红黑榜: ",
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


def test_the_edition_is_the_day_since_which_a_scheme_applies() -> None:
    assert towns.scheme(since=date(2022, 10, 9)).edition == "2022-10-09"


def test_the_direction_of_a_scheme_is_that_of_its_scoring() -> None:
    assert towns.scheme().better == "higher"
    assert towns.scheme(scoring=None, ranking=None).better is None


# ---- what stands where it cannot be answered
COUNTED: dict[str, Any] = {"within": eg.year(), "repeat": "each", "editions": "carry", "heads": "carry"}


def of_issues(when: eg.Condition) -> eg.Ladder:
    return eg.Ladder((eg.Rung("督办", when, ("责任人",)),), subject="issue", publish="every rung")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"exempt": LAST}, r"bottom\(1, ties='include'\): who is exempt is asked before anything is ranked"),
        ({"exempt": eg.not_(eg.at_least(60))}, r"at_least\(60\): who is exempt is asked before anything is ranked"),
        (
            {"boards": (eg.Board("榜", (eg.Tier("黑榜", eg.overdue()),), rest="其他"),)},
            r"overdue\(\) asks about an issue",
        ),
        (
            {"ladders": (ladder(rung("约谈", eg.all_of(LAST, eg.slipped("红单", during="ever")))),)},
            r"slipped\('红单', during='ever'\) asks about an issue",
        ),
        (
            {"ladders": (of_issues(eg.cumulative(eg.overdue(), 2, **COUNTED)),)},
            r"overdue\(\) asks about an issue, and rounds leave no record of issues that cumulative could count",
        ),
        (
            {"boards": (COLOURLESS, eg.Board("榜", (eg.Tier("表扬", eg.praised("分档")),), rest="其他"))},
            "no tier with side='praise'",
        ),
        (
            {"boards": (RED_BLACK, eg.Board("榜", (eg.Tier("表扬", eg.sanctioned()),), rest="其他"))},
            r"sanctioned\(\): name the board: a board knows the tiers of those before it",
        ),
        (
            {"ladders": (ladder(rung("约谈", eg.cumulative(LAST, 2, **COUNTED | {"within": eg.month()}))),)},
            r"no month\(\) holds more than one round, so nothing is met 2 times in it",
        ),
        (
            {"scoring": eg.to_date(eg.year(), eg.count_repeats(eg.month())), "figures": ()},
            r"count_repeats\(month\(\)\): looks back on rounds of another cadence than what has grown up to date",
        ),
        (
            {"ranking": eg.RankBy(places=1, breakers=(eg.change(eg.year(), towns.BASE["scoring"]),))},
            r"change\(.*\): looks back on rounds of another cadence than month\(\)",
        ),
        (
            {"ladders": (ladder(rung("约谈", eg.sanctioned())),)},
            "no tier with side='sanction' on a board that stands before",
        ),
        (
            {"boards": (RED_BLACK, COLOURLESS), "ladders": (ladder(rung("约谈", eg.sanctioned("分档"))),)},
            r"sanctioned\(board='分档'\): no tier with side='sanction'",
        ),
        (
            {"boards": (RED_BLACK,), "ladders": (ladder(rung("约谈", eg.praised("三色"))),)},
            r"praised\(board='三色'\): no tier",
        ),
    ],
)
def test_a_condition_that_cannot_be_answered_where_it_stands_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(eg.SchemeError, match=message):
        towns.scheme(**changes)


def test_sides_are_found_on_boards_that_stand_before() -> None:
    calls = ladder(rung("表扬", eg.praised()), rung("约谈", eg.sanctioned("红黑榜")))
    found = towns.proposed(towns.assess({"甲": "90", "乙": "80", "丙": "70"}, boards=(RED_BLACK,), ladders=(calls,)))
    assert found == [("甲", "表扬"), ("丙", "约谈")]  # best first


# ---- who is exempt
def exempted(exempt: eg.Condition, *rulings: eg.Ruling, **changes: Any) -> eg.Assessment:
    units = (
        eg.Unit("甲", "甲村", "村", designations=frozenset({"搬迁"})),
        eg.Unit("乙", "乙村", "村", designations=frozenset({"搬迁", "试点"})),
        eg.Unit("丙", "丙村", "村"),
        eg.Unit("丁", "丁村", "村"),
    )
    seen = towns.stated("2024-05", {"甲": "60", "乙": "70", "丙": "80", "丁": "90"})
    facts = eg.Facts(eg.Grid(units), inspections=seen, rulings=rulings)
    return eg.assess(towns.scheme(exempt=exempt, **changes), towns.month_of("2024-05"), facts)


def excused(assessment: eg.Assessment) -> Mapping[str, eg.Absent]:
    return {absence.unit: absence.why for absence in assessment.record.absences}


MOVING = eg.designated("搬迁")
DISASTER = eg.ruled("受灾免评", "县整治办")


def test_who_is_exempt_by_class_has_no_rank_and_takes_no_place() -> None:
    assessment = exempted(MOVING, boards=(RED_BLACK,))
    assert excused(assessment) == {"甲": eg.Absent.EXEMPT, "乙": eg.Absent.EXEMPT}
    assert towns.tiers(assessment) == {"丁": "红榜", "丙": "黑榜"}
    assert [row.absent for row in assessment.rows()] == [None, None, eg.Absent.EXEMPT, eg.Absent.EXEMPT]


def test_who_is_exempt_by_ruling() -> None:
    ruling = eg.Ruling("甲", date(2024, 5, 9), DISASTER, holds=True, by="县整治办", why="洪涝", scheme="town")
    assessment = exempted(DISASTER, ruling)
    assert excused(assessment) == {"甲": eg.Absent.EXEMPT}
    assert [(note.what, note.where, note.units) for note in assessment.notes] == [("exempt", "洪涝", ("甲",))]
    assert ruling in assessment.explain("甲").because[1].because  # type: ignore[attr-defined]


def test_an_exemption_by_class_and_ruling_together() -> None:
    ruling = eg.Ruling("乙", date(2024, 5, 9), DISASTER, holds=True, by="县整治办", why="洪涝", scheme="town")
    assert excused(exempted(eg.all_of(MOVING, DISASTER), ruling)) == {"乙": eg.Absent.EXEMPT}
    assert excused(exempted(eg.any_of(MOVING, DISASTER), ruling)).keys() == {"甲", "乙"}
    assert excused(exempted(eg.all_of(MOVING, eg.not_(eg.designated("试点"))))).keys() == {"甲"}


def test_an_exemption_by_what_a_unit_is_not_is_explained_as_it_was_decided() -> None:
    assessment = exempted(eg.not_(MOVING))
    assert excused(assessment) == {"丙": eg.Absent.EXEMPT, "丁": eg.Absent.EXEMPT}
    why = assessment.explain("丙")
    assert why.because[1].value is eg.Absent.EXEMPT  # type: ignore[attr-defined]
    assert eg.narrate(why).splitlines()[:5] == [
        "town 2024-05：丙村",
        "免评",
        "",
        "得分 免评",
        "  不符合：属于‘搬迁’：免评",
    ]


def test_who_is_exempt_has_no_further_figure_either() -> None:
    figure = eg.Figure("次数", eg.count_inspections(), eg.RankBy(places=0))
    record = exempted(MOVING, figures=(figure,)).record
    assert {s.unit for s in record.ranking("次数").standings} == {"丙", "丁"}


def test_who_is_exempt_stands_on_no_board_of_a_locality_without_scores() -> None:
    watched = eg.Board("重点村", (eg.Tier("重点", eg.designated("试点"), "sanction"),), rest="一般")
    calls = ladder(rung("督办", eg.sanctioned()))
    assessment = exempted(
        eg.all_of(MOVING, eg.not_(eg.designated("试点"))),
        scoring=None,
        ranking=None,
        boards=(watched,),
        ladders=(calls,),
    )
    assert excused(assessment) == {"甲": eg.Absent.EXEMPT}
    assert towns.tiers(assessment) == {"乙": "重点", "丙": "一般", "丁": "一般"}
    assert towns.proposed(assessment) == [("乙", "督办")]
    rows = {row.unit.code: (row.absent, row.tiers) for row in assessment.rows()}
    assert rows == {
        "甲": (eg.Absent.EXEMPT, ()),
        "乙": (None, ("重点",)),
        "丙": (None, ("一般",)),
        "丁": (None, ("一般",)),
    }
    why = assessment.explain("甲")
    assert [part.value for part in why.because if isinstance(part, eg.Reason)] == [eg.Absent.EXEMPT]
    assert "免评" in eg.narrate(why)


# ---- which edition judges
@pytest.mark.parametrize(("judged_on", "labels"), [("first day", ["2024-06"]), ("last day", ["2024-05", "2024-06"])])
def test_an_edition_judges_by_the_first_or_the_last_day_of_a_round(judged_on: Any, labels: list[str]) -> None:
    scheme = towns.scheme(since=date(2024, 5, 15), judged_on=judged_on)
    facts = towns.facts({label: {"甲": "90"} for label in ("2024-04", "2024-05", "2024-06")})
    assert [a.record.round.label for a in eg.assess_season(scheme, facts)] == labels


def test_the_last_day_of_a_round_is_the_last_on_which_an_edition_may_begin_to_judge_it() -> None:
    may = towns.month_of("2024-05")
    assert towns.scheme(since=date(2024, 5, 31), judged_on="last day").judges(may)
    assert not towns.scheme(since=date(2024, 6, 1), judged_on="last day").judges(may)
    assert towns.scheme(since=date(2024, 5, 1)).judges(may)
    assert not towns.scheme(since=date(2024, 5, 2)).judges(may)


# ---- without scoring
def test_a_locality_without_scores_has_boards_and_ladders_by_class_and_ruling() -> None:
    """A town that ranks nobody: the watched and the commended are named by its office."""
    watched = eg.Board(
        "重点村",
        (
            eg.Tier("重点整治", eg.any_of(eg.designated("薄弱村"), eg.ruled("列为重点", "整治办")), "sanction"),
            eg.Tier("示范", eg.ruled("成效显著", "整治办"), "praise"),
        ),
        rest="一般",
    )
    again = eg.cumulative(eg.sanctioned(), 2, within=eg.year(), repeat="once", editions="carry", heads="carry")
    calls = ladder(rung("挂牌督办", eg.sanctioned()), rung("约谈", again), publish="highest")
    scheme = towns.scheme(scoring=None, ranking=None, boards=(watched,), ladders=(calls,))
    units = (
        eg.Unit("甲", "甲村", "村", designations=frozenset({"薄弱村"})),
        eg.Unit("乙", "乙村", "村"),
        eg.Unit("丙", "丙村", "村"),
    )
    rulings = (
        eg.Ruling(
            "乙", date(2024, 5, 9), eg.ruled("列为重点", "整治办"), holds=True, by="整治办", why="反弹", scheme="town"
        ),
        eg.Ruling(
            "丙",
            date(2024, 5, 9),
            eg.ruled("成效显著", "整治办"),
            holds=True,
            by="整治办",
            why="整村完成",
            scheme="town",
        ),
    )
    seen = tuple(eg.Inspection("甲", date(2024, m, 3), "巡查") for m in (4, 5))
    april, may = eg.assess_season(scheme, eg.Facts(eg.Grid(units), inspections=seen, rulings=rulings))
    assert towns.tiers(april) == {"甲": "重点整治", "乙": "一般", "丙": "一般"}
    assert towns.tiers(may) == {"甲": "重点整治", "乙": "重点整治", "丙": "示范"}
    assert towns.proposed(april) == [("甲", "挂牌督办")]
    assert towns.proposed(may) == [("乙", "挂牌督办"), ("甲", "约谈")]
    assert may.record.standings == ()
    assert "None" not in eg.narrate(may.explain("甲"))
