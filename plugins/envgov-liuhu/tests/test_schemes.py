"""What Liuhu's schemes say, from the sentences of its report: both readings, to whom, and what is assumed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

import envgov as eg
import envgov_liuhu as liuhu
from envgov_liuhu import MONTHLY, MONTHLY_WITH_SLIP, SLIPS, SLIPS_BY_SEVERITY

VILLAGES = [f"{n:02}村" for n in range(1, 19)]
COMMUNITIES = [f"第{n}社区" for n in range(1, 9)]
UNITS = VILLAGES + COMMUNITIES
GRID = eg.Grid(
    [
        *(eg.Unit(name, name, "行政村") for name in VILLAGES),
        *(eg.Unit(name, name, "社区") for name in COMMUNITIES),
        *(eg.Unit(f"01村{n}组", f"01村{n}组", "居民组", "01村") for n in (1, 2)),
        eg.Unit("01村四级网格1", "01村四级网格1", "四级网格", "01村"),
    ]
)
E = eg.EventKind
TEAM, COMMITTEE = "人居环境整治督导小组", "街道党工委"


def scored(order: Iterable[str], day: date = date(2022, 9, 25)) -> list[eg.Inspection]:
    """The units from 99 points down, one point apart."""
    return [eg.Inspection(unit, day, "量化", stated=eg.points(99 - n)) for n, unit in enumerate(order)]


def september(scheme: eg.Scheme = MONTHLY, order: Iterable[str] = UNITS) -> eg.Assessment:
    return eg.assess_season(scheme, eg.Facts(GRID, inspections=scored(order)))["2022-09"]


def on(assessment: eg.Assessment, tier: str) -> set[str]:
    return {placement.unit for placement in assessment.record.placements if placement.tier == tier}


def proposed(assessment: eg.Assessment, rung: str) -> set[str]:
    return {measure.subject for measure in assessment.measures if measure.rung == rung}


def ledger(*events: eg.Event, due: date = date(2022, 9, 2), place: str = "01村1组") -> eg.Facts:
    """One problem of a residents' group, found and handed to its village on 1 September; and what happened to it."""
    start = (eg.Event(E.FOUND, date(2022, 9, 1)), eg.Event(E.DISPATCHED, date(2022, 9, 1), to=("01村",), due=due))
    return eg.Facts(GRID, issues=[eg.Issue("W1", place, (*start, *events), responsible=("01村",))])


def slip(level: str, day: int) -> eg.Event:
    return eg.Event(E.SLIPPED, date(2022, 9, day), slip=level)


WEEK_1, WEEK_2, WEEK_3 = (
    eg.Round(date(2022, 8, 29), date(2022, 9, 5), "2022-08-29~09-04"),
    eg.Round(date(2022, 9, 5), date(2022, 9, 12), "2022-09-05~11"),
    eg.Round(date(2022, 9, 12), date(2022, 9, 19), "2022-09-12~18"),
)


def rungs(scheme: eg.Scheme, round: eg.Round, facts: eg.Facts, about: str = "issue") -> list[str]:
    season = eg.assess_season(scheme, facts, rounds=[WEEK_1, WEEK_2, WEEK_3])
    return [measure.rung for measure in season[round.label].measures if measure.about == about]


def ruling(condition: eg.Condition, day: int, by: str = TEAM, scheme: str = "liuhu-slips") -> eg.Ruling:
    return eg.Ruling("02村", date(2022, 9, day), condition, holds=True, by=by, why="经研究", scheme=scheme)


# -- the locality
def test_the_locality_has_the_board_and_the_slips_and_no_other_reading_of_them() -> None:
    locality = eg.load_registry(only=(), files=[liuhu.__file__], strict=True)["liuhu"]
    assert locality.name == "柳湖街道"
    assert locality.schemes == {"liuhu-monthly": (MONTHLY,), "liuhu-slips": (SLIPS,)}


def test_the_schemes_name_the_report_and_its_day() -> None:
    for scheme in (MONTHLY, SLIPS):
        assert "“四心”工作法" in scheme.source.title
        assert scheme.source.published == date(2022, 10, 9)


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        (MONTHLY, "《柳湖街道人居环境整治工作实施方案》原文未见"),
        (MONTHLY, "“量化”的办法、由谁量化未说明"),
        (MONTHLY, "第5、6名之间或第23、24名之间并列的，未说明：由街道裁定"),
        (MONTHLY, "行政村与社区合并还是分开排名未说明"),
        (MONTHLY, "参评单位不足8个，前5名与后3名重叠的，未说明"),
        (MONTHLY, "列入黑榜是否另发督办单未说明"),
        (MONTHLY, "督办单不计入得分"),
        (MONTHLY, "当月未考评的，当月不发榜，上月的榜不顺延"),
        (MONTHLY, "“及时通报”的期限未说明"),
        (SLIPS, "白、黄、红三单是逐级还是各自独立未说明：按逐级"),
        (SLIPS_BY_SEVERITY, "白、黄、红三单是逐级还是各自独立未说明：此处按各自独立"),
        (SLIPS, "三色督办单发给问题、单位还是个人未说明"),
        (SLIPS, "督办单的间隔、次数、整改期限未说明"),
        (SLIPS, "“红单”追责问责须经调查和集体研究，此处只拟提请"),
        (SLIPS, "“每日”督导是否含休息日未说明：按每个自然日"),
        (SLIPS, "“三级网格长”是三个层级的网格长还是第三级的网格长未说明"),
    ],
)
def test_what_the_report_leaves_open_is_said_with_the_reading_chosen(scheme: eg.Scheme, words: str) -> None:
    assert any(words in sentence for sentence in scheme.source.assumed)


# -- the red and black board
def test_of_26_five_are_praised_three_criticised_and_18_on_no_board() -> None:
    assessment = september()
    assert on(assessment, "红榜") == {"01村", "02村", "03村", "04村", "05村"}
    assert on(assessment, "黑榜") == {"第6社区", "第7社区", "第8社区"}
    assert len(on(assessment, "未上榜")) == 18


def test_the_red_board_is_praised_and_the_black_one_criticised_and_shown_as_a_bad_example() -> None:
    assessment = september()
    assert proposed(assessment, "通报表扬") == on(assessment, "红榜")
    assert proposed(assessment, "通报批评") == proposed(assessment, "反面典型警示教育") == on(assessment, "黑榜")


def test_the_boards_measures_go_to_the_villages_and_communities_themselves() -> None:
    assert {(measure.to, measure.by) for measure in september().measures} == {(("单位",), "街道")}


def test_the_clauses_of_the_board_are_quoted() -> None:
    [board] = MONTHLY.boards
    assert [tier.cite for tier in board.tiers] == [
        "对量化排后3名的行政村、社区进行“黑榜”通报批评",
        "每月对量化排前5名的行政村、社区进行“红榜”通报表扬",
    ]


def test_two_scores_of_a_month_are_averaged() -> None:
    twice = [*scored(UNITS), *scored(["01村"], date(2022, 9, 10)), *scored(["02村"], date(2022, 9, 10))]
    season = eg.assess_season(MONTHLY, eg.Facts(GRID, inspections=twice))
    scores = {standing.unit: standing.score for standing in season["2022-09"].record.standings}
    assert scores["02村"] == eg.points("98.5")  # (98 + 99) / 2


def test_a_month_without_assessment_has_no_board_and_the_next_one_takes_nothing_from_the_last() -> None:
    visits = [*scored(UNITS, date(2022, 7, 25)), *scored(reversed(UNITS), date(2022, 9, 25))]
    season = eg.assess_season(MONTHLY, eg.Facts(GRID, inspections=visits))
    assert [assessment.record.round.label for assessment in season] == ["2022-07", "2022-09"]
    assert on(season["2022-09"], "黑榜") == {"01村", "02村", "03村"}


def test_read_apart_the_eight_communities_have_five_praised_and_three_criticised_and_nobody_between() -> None:
    assessment = september(liuhu.COMMUNITIES_APART)
    assert on(assessment, "红榜") == {f"第{n}社区" for n in range(1, 6)}
    assert on(assessment, "黑榜") == {f"第{n}社区" for n in range(6, 9)}
    assert on(assessment, "未上榜") == set()


def test_read_apart_the_villages_have_a_black_board_of_their_own() -> None:
    assert on(september(liuhu.VILLAGES_APART), "黑榜") == {"16村", "17村", "18村"}


def test_the_black_board_brings_no_slip() -> None:
    assert not any("单（" in measure.rung for measure in september().measures)


def test_in_the_other_reading_it_brings_a_white_slip() -> None:
    assessment = september(MONTHLY_WITH_SLIP)
    assert proposed(assessment, "黑榜单位白单（督促提醒）") == on(assessment, "黑榜")


def test_a_slip_takes_nothing_off_the_score() -> None:
    visits = scored(UNITS)
    facts = eg.Facts(GRID, inspections=visits, issues=ledger(slip("白单", 6)).issues)
    [scores, with_slip] = (
        [s.score for s in eg.assess_season(MONTHLY, given)["2022-09"].record.ranking().standings]
        for given in (eg.Facts(GRID, inspections=visits), facts)
    )
    assert scores == with_slip


def test_each_of_the_26_owes_the_publication_of_the_board_by_the_end_of_the_month() -> None:
    september_2022 = eg.Round(date(2022, 9, 1), date(2022, 10, 1), "2022-09")
    owed = eg.owed(MONTHLY, eg.Facts(GRID), september_2022)
    assert sorted(duty.owed_by for duty in owed) == sorted(UNITS)
    assert {(duty.what, duty.due.date()) for duty in owed} == {("公开栏公布红黑榜", date(2022, 9, 30))}


# -- the ledger
def settled(facts: eg.Facts, figure: str = "销号率") -> Mapping[str, object]:
    with_scores = eg.Facts(GRID, inspections=scored(UNITS), issues=facts.issues, acceptances=facts.acceptances)
    ranking = eg.assess_season(MONTHLY, with_scores)["2022-09"].record.ranking(figure)
    return {standing.unit: standing.score for standing in ranking.standings}


RECTIFIED = eg.Event(E.RECTIFIED, date(2022, 9, 2), by="01村")
CLOSED = eg.Event(E.ACCEPTED, date(2022, 9, 3), by="人居环境整治工作专班")


def test_a_problem_of_a_residents_group_stands_in_the_account_of_its_village_alone() -> None:
    assert settled(ledger()) == {"01村": 0}


def test_what_is_rectified_is_not_cleared_and_waits_for_acceptance() -> None:
    assert settled(ledger(RECTIFIED)) == {"01村": 0}
    assert rungs(SLIPS, WEEK_1, ledger(RECTIFIED)) == ["提请对账验收"]


def test_what_somebody_else_accepted_is_cleared() -> None:
    assert settled(ledger(RECTIFIED, CLOSED)) == {"01村": 100}
    assert rungs(SLIPS, WEEK_1, ledger(RECTIFIED, CLOSED)) == []


def test_whoever_rectified_cannot_accept() -> None:
    with pytest.raises(ValueError, match="01村 accepted on 2022-09-03 what they rectified themselves"):
        ledger(RECTIFIED, eg.Event(E.ACCEPTED, date(2022, 9, 3), by="01村"))


def test_an_account_is_accepted_group_by_group_whatever_its_problems() -> None:
    accepted = [
        eg.UnitAcceptance("01村1组", date(2022, 9, 30), True),
        eg.UnitAcceptance("01村2组", date(2022, 9, 30), False),
    ]
    facts = eg.Facts(GRID, acceptances=accepted)
    assert settled(facts, "居民组验收率") == {"01村": 50}


def test_an_account_that_was_accepted_in_an_earlier_month_is_not_counted_in_this_one() -> None:
    accepted = [
        eg.UnitAcceptance("01村1组", date(2022, 8, 31), True),
        eg.UnitAcceptance("01村2组", date(2022, 9, 30), False),
    ]
    assert settled(eg.Facts(GRID, acceptances=accepted), "居民组验收率") == {"01村": 0}
    assert settled(eg.Facts(GRID, acceptances=accepted[:1]), "居民组验收率") == {}


def test_what_is_cleared_and_accepted_moves_nobody_on_the_board() -> None:
    facts = eg.Facts(GRID, inspections=scored(UNITS), issues=ledger(RECTIFIED, CLOSED).issues)
    assert eg.assess_season(MONTHLY, facts)["2022-09"].record.placements == september().record.placements


# -- the teams
def test_three_teams_owe_their_rounds_each_day_of_the_week_and_what_nobody_recorded_shows() -> None:
    owed = eg.owed(SLIPS, eg.Facts(GRID), WEEK_1)
    assert Counter(duty.due.date() for duty in owed) == {date(2022, 8, 29) + timedelta(n): 3 for n in range(7)}
    assert {duty.owed_by for duty in owed} == {"督导一组", "督导二组", "督导三组"}
    assert {duty.state(datetime(2022, 9, 5, tzinfo=UTC)) for duty in owed} == {"missing"}


# -- the slips, step by step
def test_a_problem_within_its_date_brings_no_slip() -> None:
    assert rungs(SLIPS, WEEK_1, ledger(due=date(2022, 9, 4))) == []


def test_a_problem_past_its_date_brings_a_white_slip() -> None:
    assert rungs(SLIPS, WEEK_1, ledger()) == ["白单（督促提醒）"]


def test_a_problem_of_a_grid_cell_does_too() -> None:
    assert rungs(SLIPS, WEEK_1, ledger(place="01村四级网格1")) == ["白单（督促提醒）"]


def test_in_the_week_of_the_white_slip_no_other_is_proposed() -> None:
    assert rungs(SLIPS, WEEK_2, ledger(slip("白单", 6))) == []


def test_in_a_later_week_a_problem_still_overdue_brings_a_yellow_slip() -> None:
    assert rungs(SLIPS, WEEK_3, ledger(slip("白单", 6))) == ["黄单（警示约谈）"]


def test_after_the_yellow_slip_comes_the_red() -> None:
    assert rungs(SLIPS, WEEK_3, ledger(slip("白单", 3), slip("黄单", 6))) == ["红单（提请追责问责）"]


def test_a_colour_that_was_not_issued_is_not_passed_over() -> None:
    assert rungs(SLIPS, WEEK_3, ledger()) == ["白单（督促提醒）"]


def test_after_the_red_slip_there_is_none() -> None:
    assert rungs(SLIPS, WEEK_3, ledger(slip("白单", 3), slip("黄单", 6), slip("红单", 7))) == []


@pytest.mark.parametrize(("issued", "then"), [("黄单", "红单（提请追责问责）"), ("红单", None)])
def test_a_heavier_slip_that_was_issued_at_once_is_not_followed_by_a_lighter_one(issued: str, then: str | None) -> None:
    assert rungs(SLIPS, WEEK_3, ledger(slip(issued, 6))) == ([then] if then else [])


def test_what_was_rectified_since_brings_no_further_slip() -> None:
    facts = ledger(slip("白单", 6), eg.Event(E.RECTIFIED, date(2022, 9, 7), by="01村"))
    assert rungs(SLIPS, WEEK_3, facts) == ["提请对账验收"]


def test_a_slip_goes_to_whoever_owes_the_problem() -> None:
    [measure] = eg.assess_season(SLIPS, ledger(), rounds=[WEEK_1]).latest.measures
    assert (measure.subject, measure.unit, measure.owed_by) == ("W1", "01村", ("01村",))


@pytest.mark.parametrize("scheme", [SLIPS, SLIPS_BY_SEVERITY])
def test_white_reminds_the_unit_yellow_and_red_call_its_principal_and_only_the_committee_asks_for_red(
    scheme: eg.Scheme,
) -> None:
    for ladder in scheme.ladders[1:]:
        assert [(rung.to, rung.by) for rung in ladder.rungs] == [
            (("责任单位",), TEAM),
            (("责任单位主要负责人",), TEAM),
            (("责任单位主要负责人",), COMMITTEE),
        ]


def test_holding_to_account_is_asked_for_and_not_decided() -> None:
    red = [rung.measure for ladder in SLIPS.ladders for rung in ladder.rungs if "红单" in rung.measure]
    assert red == ["红单（提请追责问责）", "责任单位红单（提请追责问责）"]


def to_unit(colour: str, day: int) -> eg.Slip:
    return eg.Slip("02村", colour, date(2022, 9, day), TEAM)


def test_units_get_slips_step_by_step_where_the_team_rules_so() -> None:
    facts = eg.Facts(
        GRID,
        rulings=[ruling(liuhu.LAX, 1), ruling(liuhu.LAX_AFTER_WHITE, 6), ruling(liuhu.LAX_AFTER_YELLOW, 13, COMMITTEE)],
        slips=[to_unit("白单", 2), to_unit("黄单", 7)],
    )
    weeks = [rungs(SLIPS, week, facts, about="unit") for week in (WEEK_1, WEEK_2, WEEK_3)]
    assert weeks == [["责任单位白单（督促提醒）"], ["责任单位黄单（警示约谈）"], ["责任单位红单（提请追责问责）"]]


def test_a_unit_ruled_lax_twice_in_a_week_gets_the_heavier_slip_alone() -> None:
    rulings = [ruling(liuhu.LAX, 6), ruling(liuhu.LAX_AFTER_WHITE, 7)]
    facts = eg.Facts(GRID, rulings=rulings, slips=[to_unit("白单", 2)])
    assert rungs(SLIPS, WEEK_2, facts, about="unit") == ["责任单位黄单（警示约谈）"]


@pytest.mark.parametrize("issued", [None, date(2021, 12, 31), date(2022, 9, 5), date(2022, 9, 12)])
def test_a_unit_without_a_white_slip_in_an_earlier_week_of_this_year_gets_no_yellow_one(issued: date | None) -> None:
    slips = [] if issued is None else [eg.Slip("02村", "白单", issued)]
    facts = eg.Facts(GRID, rulings=[ruling(liuhu.LAX_AFTER_WHITE, 6)], slips=slips)
    assert rungs(SLIPS, WEEK_2, facts, about="unit") == []


def test_without_a_ruling_no_unit_gets_a_slip() -> None:
    assert rungs(SLIPS, WEEK_2, ledger(), about="unit") == []


# -- the slips, by severity
EACH_COLOUR = pytest.mark.parametrize(
    ("severity", "by", "colour"),
    [
        (liuhu.SEVERITY[0], TEAM, "白单（督促提醒）"),
        (liuhu.SEVERITY[1], TEAM, "黄单（警示约谈）"),
        (liuhu.SEVERITY[2], COMMITTEE, "红单（提请追责问责）"),
    ],
)


def test_by_severity_a_problem_past_its_date_brings_no_slip_by_itself() -> None:
    assert rungs(SLIPS_BY_SEVERITY, WEEK_1, ledger()) == []


@EACH_COLOUR
def test_by_severity_a_colour_is_issued_at_once(severity: eg.ruled, by: str, colour: str) -> None:
    facts = eg.Facts(GRID, rulings=[ruling(severity, 6, by, "liuhu-slips-severity")])
    assert rungs(SLIPS_BY_SEVERITY, WEEK_2, facts, about="unit") == [f"责任单位{colour}"]


@EACH_COLOUR
def test_by_severity_so_it_is_for_a_single_problem(severity: eg.ruled, by: str, colour: str) -> None:
    of_issue = eg.Ruling(
        "01村", date(2022, 9, 6), severity, holds=True, by=by, why="经研究", scheme="liuhu-slips-severity", issue="W1"
    )
    facts = eg.Facts(GRID, issues=ledger().issues, rulings=[of_issue])
    assert rungs(SLIPS_BY_SEVERITY, WEEK_2, facts) == [colour]


def test_by_severity_a_problem_that_was_ruled_graver_gets_the_heavier_slip_alone() -> None:
    light, heavy, _ = liuhu.SEVERITY
    rulings = [
        eg.Ruling(
            "01村",
            date(2022, 9, 6),
            severity,
            holds=True,
            by=TEAM,
            why="经研究",
            scheme="liuhu-slips-severity",
            issue="W1",
        )
        for severity in (light, heavy)
    ]
    facts = eg.Facts(GRID, issues=ledger().issues, rulings=rulings)
    assert rungs(SLIPS_BY_SEVERITY, WEEK_2, facts) == ["黄单（警示约谈）"]
