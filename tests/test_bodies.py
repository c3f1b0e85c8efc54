"""Bodies: where the facts know the name behind a code, people read the name."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

import envgov as eg
import towns
from places import event, issue

MAY = towns.month_of("2024-05")
BODIES = (
    eg.Body("D1", "住建局"),
    eg.Body("D2", "城管局"),
    eg.Body("D3", "督查办"),
    eg.Body("D4", "水利局"),
    eg.Body("D5", "与此无关的局"),
)
MORNING = datetime(2024, 5, 13, 9, tzinfo=timezone(timedelta(hours=8)))
ASKED = eg.Whistle(MORNING, "村口", "2人", "王局长", "清理河道")
WHISTLED = event("whistled", "2024-05-12", by="D4", to=("D1", "D9"), whistle=ASKED)
ISSUE = issue(
    "W1",
    "甲",
    event("dispatched", "2024-05-02", due="2024-05-10"),
    WHISTLED,
    event("attended", "2024-05-13", by="D1"),
    event("slip issued", "2024-05-14", by="D3", slip="红单"),
    responsible=("D1", "D9", "甲"),
)
SUPERVISE = eg.Ladder(
    (eg.Rung("督办", eg.all_of(eg.overdue(), eg.slipped("红单", during="ever")), ("责任单位",)),),
    subject="issue",
    publish="highest",
)


def town(**more: Any) -> eg.Facts:
    return eg.Facts(eg.Grid([eg.Unit("甲", "甲村", "村")]), bodies=BODIES, **more)


def supervised(found: eg.Issue = ISSUE) -> eg.Assessment:
    scheme = towns.scheme(ladders=(SUPERVISE,), scoring=None, ranking=None)
    return eg.assess(scheme, MAY, town(issues=[found]))


def test_who_took_part_in_the_life_of_an_issue_is_told_by_name() -> None:
    said = eg.narrate(supervised().explain("甲"))
    assert "2024-05-12，吹哨，水利局：住建局、D9于2024-05-13 09:00到村口报到" in said
    assert "2024-05-13，报到，住建局" in said
    assert "2024-05-14，发“红单”，督查办" in said


def test_a_reason_rests_on_the_bodies_that_took_part_and_on_no_others() -> None:
    because = supervised().explain("甲").because
    assert [fact.code for fact in because if isinstance(fact, eg.Body)] == ["D1", "D3", "D4"]


def test_who_inspected_accepted_or_ruled_is_told_by_name() -> None:
    day = date(2024, 5, 3)
    tie = eg.ruled("成效显著", "D3")
    facts = town(
        inspections=[eg.Inspection("甲", day, "督导", stated=Decimal(90), inspector="D1")],
        acceptances=[eg.UnitAcceptance("甲", day, passed=True, by="D2")],
        rulings=[eg.Ruling("甲", day, tie, holds=True, by="D3", why="复查", scheme="town")],
    )
    tier = eg.Tier("红榜", tie, side="praise")
    figures = (eg.Figure("验收", eg.accepted(), eg.RankBy(places=0)),)
    scheme = towns.scheme(boards=(eg.Board("榜", (tier,), rest="其他"),), figures=figures)
    said = eg.narrate(eg.assess(scheme, MAY, facts).explain("甲"))
    assert "2024-05-03，督导，住建局：公布得分90" in said
    assert "2024-05-03，整村验收：通过，城管局" in said
    assert "裁定：督查办认为符合，理由：复查" in said


def test_a_comparison_names_the_bodies_that_owe_a_measure() -> None:
    assessment = supervised()
    assert assessment.bodies == (eg.Body("D1", "住建局"),)
    other = supervised(issue("W1", "甲", *ISSUE.events[1:], responsible=("D2", "甲")))
    assert (
        eg.compare(assessment, other).latest.table()[1][-1] == "督办（W1）（责任单位：住建局、D9、甲村 → 城管局、甲村）"
    )
    assert eg.from_dict(eg.to_dict(assessment)) == assessment


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_bodies_codes_are_told_as_they_are(language: Any) -> None:
    facts = eg.Facts(eg.Grid([eg.Unit("甲", "甲村", "村")]), issues=[ISSUE])
    assessment = eg.assess(towns.scheme(ladders=(SUPERVISE,), scoring=None, ranking=None), MAY, facts)
    assert assessment.bodies == ()
    assert "D3" in eg.narrate(assessment.explain("甲"), language)


# -- who owes an issue that a measure is about
OWED = (
    eg.Unit("镇", "一镇", "镇"),
    eg.Unit("甲", "甲村", "村", "镇"),
    eg.Unit("z1", "甲村一组", "组", "甲"),
    eg.Unit("z2", "甲村二组", "组", "甲"),
)


def owed(*responsible: str, place: str = "甲") -> eg.Assessment:
    found = issue("W1", place, event("dispatched", "2024-05-02", due="2024-05-10"), responsible=responsible)
    ladder = eg.Ladder((eg.Rung("督办", eg.overdue(), ("责任单位",)),), subject="issue", publish="highest")
    facts = eg.Facts(eg.Grid(OWED), bodies=BODIES, issues=[found])
    return eg.assess(towns.scheme(ladders=(ladder,), scoring=None, ranking=None), MAY, facts)


@pytest.mark.parametrize(
    ("responsible", "place", "zh", "en"),
    [
        (("D1",), "甲", "，责任单位：住建局", ", owed by: 住建局"),
        (("甲", "D9"), "甲", "，责任单位：甲村、D9", ", owed by: 甲村, D9"),
        (("z2",), "z1", "，责任单位：甲村二组", ", owed by: 甲村二组"),
        ((), "z1", "，责任单位：甲村一组", ", owed by: 甲村一组"),
        (("甲",), "z1", "", ""),
        ((), "甲", "", ""),
    ],
)
def test_a_remark_says_who_owes_the_issue_where_that_is_not_the_unit_that_it_names(
    responsible: tuple[str, ...], place: str, zh: str, en: str
) -> None:
    assessment = owed(*responsible, place=place)
    assert assessment.remarks("zh") == (f"问题W1（甲村，逾期21天{zh}）：拟督办（责任单位）",)
    assert assessment.remarks("en") == (f"issue W1 (甲村, days overdue: 21{en}): 督办 proposed (责任单位)",)
    assert eg.from_dict(eg.to_dict(assessment)).remarks() == assessment.remarks()


@pytest.mark.parametrize(
    ("responsible", "place", "said"),
    [
        (("D1",), "甲", ["责任单位：住建局"]),
        ((), "z1", ["责任单位：甲村一组"]),
        (("z2", "甲"), "z1", ["责任单位：甲村二组、甲村"]),
        ((), "甲", []),
    ],
)
def test_an_explanation_says_who_owes_the_issue_too(responsible: tuple[str, ...], place: str, said: list[str]) -> None:
    lines = eg.narrate(owed(*responsible, place=place).explain("甲")).splitlines()
    assert [line.strip() for line in lines if "责任单位：" in line] == said


def test_a_unit_that_owes_a_measure_and_is_not_of_the_field_is_kept_with_its_name() -> None:
    assert owed("z2", "D1", "甲", place="z1").owing == (OWED[3],)
