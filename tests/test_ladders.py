"""Ladders: which rungs are called for, of units and of issues, and which are proposed."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
import towns
from places import event, issue

LAST = eg.bottom(1, ties="include")


def rung(name: str, when: eg.Condition = LAST, **more: Any) -> eg.Rung:
    return eg.Rung(name, when, ("村主要负责人",), **more)


def ladder(*rungs: eg.Rung, publish: Any = "every rung") -> eg.Ladder:
    return eg.Ladder(rungs, publish=publish)


def test_a_ladder_that_would_name_everybody_is_refused() -> None:
    with pytest.raises(eg.SchemeError, match="the ladder to '约谈' needs a group of 4 units, and the field has 2"):
        towns.assess({"甲": "90", "乙": "80"}, ladders=(ladder(rung("约谈", eg.bottom(3, ties="include"))),))


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


def test_a_rung_may_carry_money_and_time() -> None:
    fined = ladder(rung("罚扣", LAST, amount="-5000", within=eg.calendar_days(7), cite="末位罚扣5000元"))
    [measure] = towns.assess({"甲": "90", "乙": "60"}, ladders=(fined,)).measures
    assert (measure.subject, measure.owed_by, measure.amount, measure.about) == ("乙", ("乙",), Decimal(-5000), "unit")


def test_money_is_no_float_and_time_is_a_deadline() -> None:
    with pytest.raises(TypeError, match="is a float"):
        rung("罚扣", LAST, amount=0.1)
    with pytest.raises(eg.SchemeError, match=r"within: 7 does not answer dues\(\)"):
        rung("约谈", LAST, within=7)


# ---- issues
TOWN = (
    eg.Unit("镇", "示例镇", "镇"),
    eg.Unit("甲", "甲村", "村", parent="镇"),
    eg.Unit("甲一", "甲村一组", "组", parent="甲"),
    eg.Unit("乙", "乙村", "村", parent="镇"),
)
DUE = event("dispatched", "2024-05-02", due="2024-05-10")
LATE = issue("1", "甲", DUE, responsible=("环卫办", "甲"), description="河道垃圾")
SLIPPED = issue("2", "乙", DUE, event("slip issued", "2024-05-12", slip="红单"))
REWORKED = issue(
    "3",
    "乙",
    *(event(w, f"2024-05-0{d}") for w, d in (("rectified", 3), ("rejected", 4), ("rectified", 5), ("rejected", 6))),
)
SUPERVISE = eg.Ladder(
    (
        eg.Rung("提醒函", eg.overdue(), ("责任人",), by="督查办"),
        eg.Rung("通报批评", eg.overdue(21), ("单位负责人",), by="督查办", amount=-200),
        eg.Rung("约谈", eg.any_of(eg.slipped("红单", during="ever"), eg.rejected(2)), ("单位负责人",), by="纪工委"),
    ),
    subject="issue",
    publish="every rung",
)


def supervised(*issues: eg.Issue, levels: tuple[str, ...] = ("村",), **changes: Any) -> eg.Assessment:
    scheme = towns.scheme(**{"scoring": None, "ranking": None, "levels": levels, "ladders": (SUPERVISE,)} | changes)
    seen = towns.stated("2024-05", {"甲": "90", "乙": "80"})
    return eg.assess(scheme, towns.month_of("2024-05"), eg.Facts(eg.Grid(TOWN), issues=issues, inspections=seen))


def test_each_issue_climbs_by_itself() -> None:
    assert towns.proposed(supervised(LATE, SLIPPED, REWORKED)) == [
        ("2", "提醒函"),
        ("2", "通报批评"),
        ("2", "约谈"),
        ("3", "约谈"),
        ("1", "提醒函"),
        ("1", "通报批评"),
    ]  # 乙 (U+4E59) before 甲 (U+7532)


@pytest.mark.parametrize("exempt", [None, eg.designated("免评")])
def test_an_issue_at_a_unit_without_a_score_climbs_all_the_same(exempt: eg.Condition | None) -> None:
    units = eg.Unit("甲", "甲村", "村", designations=frozenset({"免评"})), eg.Unit("乙", "乙村", "村")
    facts = eg.Facts(eg.Grid(units), issues=(LATE,), inspections=towns.stated("2024-05", {"乙": "80"}))
    assessment = eg.assess(towns.scheme(ladders=(SUPERVISE,), exempt=exempt), towns.month_of("2024-05"), facts)
    assert [absence.unit for absence in assessment.record.absences] == ["甲"]
    assert towns.proposed(assessment) == [("1", "提醒函"), ("1", "通报批评")]


def test_a_measure_about_an_issue_is_owed_by_the_responsible_or_by_the_place() -> None:
    first = {m.subject: m for m in supervised(LATE, SLIPPED).measures if m.rung == "通报批评"}
    assert (first["1"].owed_by, first["1"].about, first["1"].amount) == (("环卫办", "甲"), "issue", Decimal(-200))
    assert first["2"].owed_by == ("乙",)


def test_an_issue_ladder_asks_how_the_issue_stood_when_the_round_ended() -> None:
    closed_in_june = issue("1", "甲", DUE, event("rectified", "2024-06-02"), event("accepted", "2024-06-03"))
    assert towns.proposed(supervised(closed_in_june)) == [("1", "提醒函"), ("1", "通报批评")]


@pytest.mark.parametrize(("levels", "subjects"), [(("村",), ["甲"]), (("镇", "村", "组"), ["甲一"]), (("镇",), ["镇"])])
def test_an_issue_is_asked_about_at_the_nearest_unit_of_the_field_and_once(
    levels: tuple[str, ...], subjects: list[str]
) -> None:
    named = eg.Ladder((eg.Rung("提醒函", eg.overdue(), ("责任人",)),), subject="issue", publish="every rung")
    assessment = supervised(issue("1", "甲一", DUE), levels=levels, ladders=(named,))
    assert len(assessment.measures) == 1
    having = [
        unit.code
        for unit in assessment.units
        if any(
            isinstance(part, eg.Reason) and isinstance(part.rule, eg.Rung)
            for part in assessment.explain(unit.code).because
        )
    ]
    assert having == subjects


def test_an_issue_outside_the_field_is_asked_about_nowhere() -> None:
    assert supervised(issue("1", "镇", DUE)).measures == ()


def test_an_issue_of_a_unit_that_was_not_assessed_is_asked_about_all_the_same() -> None:
    ranked = {"scoring": towns.BASE["scoring"], "ranking": towns.BASE["ranking"], "levels": ("村", "组")}
    assert towns.proposed(supervised(issue("1", "甲一", DUE), **ranked))[0] == ("1", "提醒函")


def test_an_issue_ladder_may_ask_about_the_unit_where_it_lies() -> None:
    both = eg.Ladder(
        (eg.Rung("约谈", eg.all_of(eg.overdue(), eg.bottom(1, ties="include")), ("村主要负责人",)),),
        subject="issue",
        publish="every rung",
    )
    ranked = {"scoring": towns.BASE["scoring"], "ranking": towns.BASE["ranking"]}
    assert towns.proposed(supervised(LATE, SLIPPED, ladders=(both,), **ranked)) == [("2", "约谈")]


def test_measures_about_issues_stand_below_the_table_and_in_the_explanation() -> None:
    assessment = supervised(LATE)
    assert assessment.remarks() == (
        "问题1（甲村，河道垃圾，逾期21天，责任单位：环卫办、甲村）：拟提醒函（责任人）",
        "问题1（甲村，河道垃圾，逾期21天，责任单位：环卫办、甲村）：拟通报批评（单位负责人）",
    )
    assert assessment.remarks("en") == (
        "issue 1 (甲村, 河道垃圾, days overdue: 21, owed by: 环卫办, 甲村): 提醒函 proposed (责任人)",
        "issue 1 (甲村, 河道垃圾, days overdue: 21, owed by: 环卫办, 甲村): 通报批评 proposed (单位负责人)",
    )
    assert [row.measures for row in assessment.rows()] == [(), ()]
    why = assessment.explain("甲")
    rungs = [part for part in why.because if isinstance(part, eg.Reason) and isinstance(part.rule, eg.Rung)]
    assert [(part.rule.measure, part.value, part.because[0]) for part in rungs] == [  # type: ignore[attr-defined]
        ("提醒函", True, LATE),
        ("通报批评", True, LATE),
    ]
    assert "河道垃圾" in eg.narrate(why)


def test_a_measure_that_rests_on_no_issue_names_the_unit_and_who_owes_it_alone() -> None:
    all_of_them = eg.Ladder(
        (eg.Rung("回头看", eg.designated("示范"), ("网格员",)),), subject="issue", publish="every rung"
    )
    town = (eg.Unit("甲", "甲村", "村", designations=frozenset({"示范"})),)
    season = eg.Facts(eg.Grid(town), issues=(LATE,), inspections=towns.stated("2024-05", {"甲": "90"}))
    assessment = eg.assess(towns.scheme(ladders=(all_of_them,)), towns.month_of("2024-05"), season)
    assert assessment.remarks() == ("问题1（甲村，责任单位：环卫办、甲村）：拟回头看（网格员）",)


def test_the_remark_on_an_issue_in_time_tells_no_days() -> None:
    found = eg.Ladder((eg.Rung("交办", eg.in_state("open"), ("甲",)),), subject="issue", publish="every rung")
    given = issue("7", "甲", event("dispatched", "2024-05-02", due="2024-06-10"))
    assert supervised(given, issue("8", "甲"), ladders=(found,)).remarks() == (
        "问题7（甲村）：拟交办（甲）",
        "问题8（甲村）：拟交办（甲）",
    )


def test_the_explanation_names_the_place_of_an_issue_below_the_unit() -> None:
    grid = eg.Grid((eg.Unit("甲", "甲村", "村"), eg.Unit("甲/3", "三组", "组", "甲")))
    late = issue("1", "甲/3", DUE)
    scheme = towns.scheme(scoring=None, ranking=None, ladders=(SUPERVISE,))
    assessment = eg.assess(scheme, towns.month_of("2024-05"), eg.Facts(grid, issues=(late,)))
    assert "问题1（三组，" in eg.narrate(assessment.explain("甲"))


def test_to_ask_for_an_issue_is_answered_with_its_unit() -> None:
    with pytest.raises(eg.UnknownUnitError, match="'1' is an issue in 甲村: explain that unit, 甲"):
        supervised(LATE).explain("1")


def test_a_slip_that_calls_for_a_measure_is_told_with_its_day_and_who_issued_it() -> None:
    by_office = event("slip issued", "2024-05-12", slip="红单", by="督查办")
    assessment = supervised(issue("2", "乙", DUE, by_office, event("slip issued", "2024-05-13", slip="白单")))
    said = eg.narrate(assessment.explain("乙"))
    assert "2024-05-12，发“红单”，督查办" in said
    assert "白单" not in said
    assert "2024-05-12, slip “红单” issued, 督查办" in eg.narrate(assessment.explain("乙"), "en")
    assert eg.from_dict(eg.to_dict(assessment)) == assessment


def test_an_issue_is_told_with_the_whistles_that_were_blown_for_it_and_who_turned_up() -> None:
    at = datetime(2024, 5, 13, 9, tzinfo=timezone(timedelta(hours=8)))
    asked = eg.Whistle(at, "村口", "各2人", "王局长", "清理河道")
    whistled = event("whistled", "2024-05-12", to=("住建局", "城管局"), by="示例镇", whistle=asked)
    unnamed = evolve(whistled, by="")
    attended = event("attended", "2024-05-13", by="住建局")
    known = (event("whistled", "2024-05-14"), event("attended", "2024-05-14"))  # no more than that
    assessment = supervised(issue("1", "甲", DUE, whistled, unnamed, attended, *known))
    lines = eg.narrate(assessment.explain("甲")).splitlines()
    told = lines.index("        问题1（甲村，2024-05-02发现）：未整改，时限2024-05-10")
    asks = "住建局、城管局于2024-05-13 09:00到村口报到，人员：各2人，责任领导：王局长，任务：清理河道"
    assert lines[told + 1 : told + 5] == [
        f"          2024-05-12，吹哨，示例镇：{asks}",
        f"          2024-05-12，吹哨：{asks}",
        "          2024-05-13，报到，住建局",
        "  问题1：通报批评 → 单位负责人（由督查办执行），-200元（未引原文）",
    ]
    english = eg.narrate(assessment.explain("甲"), "en")
    asks = "住建局, 城管局 to report at 2024-05-13 09:00 at 村口, people: 各2人, led by 王局长, task: 清理河道"
    assert f"2024-05-12, whistled, 示例镇: {asks}\n" in english
    assert "2024-05-13, attended, 住建局\n" in english
    assert eg.from_dict(eg.to_dict(assessment)) == assessment


def test_a_slip_whose_issuer_is_not_known_names_none() -> None:
    assert "2024-05-12，发“红单”\n" in eg.narrate(supervised(SLIPPED).explain("乙"))


def test_a_pending_measure_about_an_issue_says_so() -> None:
    open_cut = eg.Ladder(
        (eg.Rung("约谈", eg.all_of(eg.overdue(), eg.bottom(1, ties="decide")), ("村主要负责人",)),),
        subject="issue",
        publish="every rung",
    )
    units = (*TOWN, eg.Unit("丙", "丙村", "村"))
    seen = towns.stated("2024-05", {"甲": "80", "乙": "80", "丙": "90"})
    facts = eg.Facts(eg.Grid(units), issues=(LATE,), inspections=seen)
    assessment = eg.assess(towns.scheme(ladders=(open_cut,)), towns.month_of("2024-05"), facts)
    assert towns.proposed(assessment) == [("1", "约谈?")]
    assert assessment.remarks() == (
        "问题1（甲村，河道垃圾，逾期21天，责任单位：环卫办、甲村）：拟约谈（待定）（村主要负责人）",
        "“约谈”：名额1个，界线上并列：乙村、甲村",
    )


def test_a_ladders_subject_is_units_or_issues() -> None:
    with pytest.raises(eg.SchemeError, match="choose one of 'unit', 'issue'"):
        eg.Ladder((rung("约谈"),), subject="village", publish="highest")  # type: ignore[arg-type]


def test_the_same_issue_in_a_later_round_is_another_measure() -> None:
    scheme = towns.scheme(scoring=None, ranking=None, ladders=(SUPERVISE,))
    facts = eg.Facts(eg.Grid(TOWN), issues=(LATE,), inspections=towns.stated("2024-06", {"甲": "90"}))
    may, june = eg.assess_season(scheme, facts)
    assert may.measures[0].identity == ("town", "提醒函", "1", towns.month_of("2024-05"))
    assert june.measures[0].identity == ("town", "提醒函", "1", towns.month_of("2024-06"))
    assert may.record.round.start == date(2024, 5, 1)


GRAVE = eg.ruled("情节严重", "督查室")


def called_to_account(when: eg.Condition, *rulings: tuple[str, bool]) -> list[str]:
    """The issues of 甲 for which 问责 is proposed, once it was ruled about these whether the case is grave."""
    ladder = eg.Ladder((eg.Rung("问责", when, ("责任人",)),), subject="issue", publish="highest")
    given = [
        eg.Ruling("甲", date(2024, 5, 9), GRAVE, holds, "督查室", "群众反映强烈", "town", about)
        for about, holds in rulings
    ]
    facts = eg.Facts(eg.Grid(TOWN), issues=tuple(issue(id_, "甲", DUE) for id_ in "12"), rulings=given)
    scheme = towns.scheme(scoring=None, ranking=None, ladders=(ladder,))
    assessment = eg.assess(scheme, towns.month_of("2024-05"), facts)
    assert assessment.notes == ()
    return [measure.subject for measure in assessment.measures]


def test_a_ruling_is_about_each_issue_of_the_unit_or_about_one_alone() -> None:
    both = eg.all_of(eg.overdue(), GRAVE)
    assert called_to_account(both) == []
    assert called_to_account(both, ("", True)) == ["1", "2"]
    assert called_to_account(both, ("2", True)) == ["2"]


def test_a_ruling_about_one_issue_goes_before_that_about_all_of_the_unit() -> None:
    assert called_to_account(GRAVE, ("", True), ("2", False)) == ["1"]
