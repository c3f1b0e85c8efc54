"""The season agrees with every figure that the report prints, is what its generator writes, and is marked as made up."""

import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

import envgov as eg
from envgov_shashi import COMPLAINTS, SOLVED, SUPERVISION, SUPERVISION_RULED

FOLDER = Path(__file__).parents[3] / "docs" / "examples" / "shashi"
FACTS = eg.read_season(FOLDER)
SEASON = eg.assess_season(SUPERVISION, FACTS)
HALF_YEAR = FACTS.during(eg.half_year().round_of(date(2009, 6, 30)))
PARTS = [unit.code for unit in FACTS.grid.at_levels(("街道", "乡"))]


def holders(role: str) -> list[eg.Assignment]:
    return [assignment for assignment in FACTS.assignments if re.fullmatch(role, assignment.role)]


def done(what: str, measure: str) -> Decimal:
    """All that was done of it in the half year, wherever."""
    assert {output.measure for output in FACTS.outputs if output.what == what} == {measure}
    return sum((output.amount for output in FACTS.outputs if output.what == what), Decimal())


# ---- what it is
def test_the_generator_writes_the_very_tables(tmp_path: Path) -> None:
    subprocess.run([sys.executable, FOLDER / "season.py", tmp_path], check=True)
    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert written == {file.name: file.read_bytes() for file in FOLDER.glob("*.csv")}


def test_it_is_marked_as_made_up_wherever_it_is_shown() -> None:
    assert "编造" in FACTS.synthetic
    assert f"虚构数据：{FACTS.synthetic}" in SEASON.latest.remarks()


def test_its_places_bear_numbers_and_no_names() -> None:
    codes = {unit.code for unit in FACTS.grid.units} - {"全区"}
    assert all(re.fullmatch(r"第\d+(街道|乡|社区|村|路段)", code) for code in codes)


def test_it_has_six_rounds_the_last_of_which_is_that_of_the_figures() -> None:
    assert [assessment.record.round.label for assessment in SEASON] == [f"2009-0{n}" for n in range(1, 7)]


def test_nothing_in_it_is_spelt_otherwise_than_the_schemes_ask() -> None:
    assert eg.unread([SUPERVISION, SUPERVISION_RULED], FACTS) == ()


def test_the_newest_round_tells_of_the_three_complaints_whose_date_has_passed_and_not_of_the_fourth() -> None:
    assert {measure.subject for measure in SEASON.latest.measures} == {"T38", "T39", "T40"}
    assert {measure.rung for measure in SEASON.latest.measures} == {"通报", "限期整改"}


def test_whoever_was_told_of_and_has_not_rectified_since_is_given_another_date() -> None:
    issues = {issue.id: issue for issue in FACTS.issues}
    orders = {
        (id, event.day): event.due
        for id, issue in issues.items()
        for event in issue.events[2:]
        if event.what is eg.EventKind.DISPATCHED
    }
    told = {(m.subject, m.round.end + timedelta(1)) for a in SEASON.assessments[:-1] for m in a.measures}
    open_then = {(id, day) for id, day in told if (then := issues[id].as_of(day)) and then.state is eg.State.OPEN}
    assert orders.keys() == open_then
    assert all(due == day + timedelta(10) for (_, day), due in orders.items())


# ---- organisation
def test_the_network_has_three_levels() -> None:
    assert [FACTS.grid[code].level for code in FACTS.grid.ancestors("第01社区")] == ["街道", "区"]
    assert [FACTS.grid[code].level for code in FACTS.grid.ancestors("第1村")] == ["乡", "区"]


def test_76_communities_of_which_4_are_demonstration_and_24_key_communities() -> None:
    classes = Counter(tuple(unit.designations) for unit in FACTS.grid.at_levels(("社区",)))
    assert classes == {("示范社区",): 4, ("重点社区",): 24, (): 48}


def test_the_district_head_and_four_deputies_are_in_charge_and_the_office_has_its_head() -> None:
    assert len(holders("主抓领导")) == 5
    assert [assignment.who for assignment in holders("区创卫办主任")] == ["区政府办主任"]


def test_every_street_township_community_and_village_has_a_group_led_by_its_first_in_command() -> None:
    led = {assignment.place for assignment in holders("创建领导小组组长")}
    assert led == {unit.code for unit in FACTS.grid.at_levels(("街道", "乡", "社区", "村"))}
    assert len(holders("部门创建领导小组组长")) == 20


def test_nine_inspection_groups_have_forty_cadres() -> None:
    members = holders("指导检查.组成员")
    assert len({assignment.role for assignment in members}) == 9
    assert len({assignment.who for assignment in members}) == 40


def test_the_office_and_all_groups_and_teams_are_bodies() -> None:
    bodies = {body.code for body in FACTS.bodies}
    groups = {f"指导检查{n}组" for n in "一二三四五六七八九"} | {f"专项整治{n}组" for n in "一二三四五"}
    assert bodies >= {"区创卫办", "五小行业整治专班"} | groups
    assert {inspection.inspector for inspection in FACTS.inspections} <= bodies


def test_each_group_makes_open_checks_and_covert_visits_at_irregular_times() -> None:
    seen = {(inspection.inspector, inspection.mode) for inspection in FACTS.inspections}
    assert len(seen) == 18
    for group in {inspection.inspector for inspection in FACTS.inspections}:
        days = sorted({i.day for i in FACTS.inspections if i.inspector == group})
        assert len({(later - day).days for day, later in pairwise(days)}) > 5, group


def test_each_of_the_five_special_groups_is_led_by_a_leader_of_the_district() -> None:
    led = holders("专项整治.组组长")
    assert len({assignment.role for assignment in led}) == 5
    assert all(assignment.who.startswith("区领导") for assignment in led)


def test_lead_and_responsible_departments_are_two_roles() -> None:
    leads, responsible = holders("专项整治.组牵头部门"), holders("专项整治.组责任单位")
    assert (len(leads), len(responsible)) == (5, 15)
    assert not {a.who for a in leads} & {a.who for a in responsible}


def test_the_joint_team_is_of_six_departments() -> None:
    members = {assignment.who for assignment in holders("五小行业整治专班成员")}
    assert members == {f"{name}部门" for name in ("卫生", "工商", "环保", "文化", "公安", "城管")}


def test_leaders_of_the_city_have_13_roads_and_those_of_the_district_11_others() -> None:
    by_city, by_district = ({a.place for a in holders(role)} for role in ("市包路领导", "区包路领导"))
    assert (len(by_city), len(by_district)) == (13, 11)
    assert not by_city & by_district


@pytest.mark.parametrize("role", ["市包路领导", "区包路领导", "包社区领导"])
def test_a_place_may_have_two_leaders_and_a_leader_several_places(role: str) -> None:
    assert max(Counter(assignment.place for assignment in holders(role)).values()) == 2
    assert max(Counter(assignment.who for assignment in holders(role)).values()) > 1


def test_leaders_have_areas_roads_and_communities_at_once() -> None:
    charges = [{a.who for a in holders(role)} for role in ("包片领导", "区包路领导", "包社区领导")]
    assert set.intersection(*charges)


def test_heads_of_departments_are_posted_to_streets_communities_and_roads() -> None:
    levels = {FACTS.grid[assignment.place].level for assignment in holders("蹲点")}
    assert len(holders("蹲点")) == 20
    assert levels <= {"街道", "乡", "社区", "路段"}


def test_teams_of_the_city_help_47_communities() -> None:
    helped = {assignment.place for assignment in holders("党建工作队")}
    assert len(helped) == 47
    assert {FACTS.grid[place].level for place in helped} == {"社区"}


def test_each_task_has_its_leader_department_progress_and_date() -> None:
    assert {task.name for task in FACTS.tasks} >= {f"专项整治{n}" for n in "一二三四五"}
    assert all(task.leader and task.department and task.due for task in FACTS.tasks)
    assert {task.day for task in FACTS.tasks} == {a.record.round.last_day for a in SEASON}


# ---- inspection and complaints
def test_push_meetings_were_held_twice_in_each_month_and_in_time() -> None:
    held = Counter(duty.due.month for duty in FACTS.duties if duty.submission and not duty.is_late())
    assert held == dict.fromkeys(range(1, 7), 2)


def test_of_more_than_40_complaints_37_are_solved() -> None:
    tally = SOLVED.scores(("全区",), HALF_YEAR)["全区"].because[0]
    assert isinstance(tally, eg.Tally)
    assert tally.among == COMPLAINTS.scores(("全区",), HALF_YEAR)["全区"].value
    assert (tally.counted, tally.among) == (37, 41)  # 40余


def test_facades_and_the_small_trades_are_categories_of_issues() -> None:
    categories = {issue.category for issue in FACTS.issues}
    assert categories == {"占道经营", "违章建筑", "五小行业", "楼面污损", "清扫保洁"}


# ---- figures
@pytest.mark.parametrize(
    ("what", "measure", "printed"),
    [
        ("拆除违章建筑面积", "平方米", 113_000),  # 11.3万平方米
        ("清扫面积", "平方米", 2_040_000),  # 204万平方米
        ("街巷道路改造投资", "万元", 180),
        ("绿化社区示范点", "个", 5),
        ("印制环境整治通告", "份", 20_000),  # 两万份
        ("老姨妈义务宣传队", "支", 83),
        ("洁城行动", "人次", 30_000),  # 3万人次
        ("关闭非法农贸市场", "处", 1),  # 职工宿舍区的
        ("主干道路刷黑", "条", 3),  # 北京路、红门路、白云路等
        ("印发《湖北省卫生城市检查标准评分细则》", "次", 1),
        ("开辟《创卫工作社区行》系列报道", "个", 1),
    ],
)
def test_what_is_printed_exactly_comes_out_to_the_digit(what: str, measure: str, printed: int) -> None:
    assert done(what, measure) == printed


@pytest.mark.parametrize(
    ("what", "measure", "printed", "next_round"),
    [
        ("创卫资金投入", "万元", 1000, 1100),  # 1000多万元
        ("金点子征集", "条", 140, 150),  # 140多条
        ("金点子采纳", "条", 10, 20),  # 10多条
        ("印发致市民、中小学生、经营业主的一封信", "份", 100_000, 110_000),  # 十余万份
        ("设立宣传点", "处", 100, 110),  # 近100多处
        ("拉横幅标语", "条", 800, 900),
        ("竖宣传牌", "块", 600, 700),
        ("中小学生创卫志愿者", "人", 5000, 6000),
        ("拆除违章建筑", "处", 4000, 5000),
        ("取缔违章建筑路段", "条", 10, 20),
        ("整治占道、出店经营", "家", 1800, 1900),
        ("拆除招牌", "块", 1000, 1100),
    ],
)
def test_what_is_printed_as_more_than_is_two_per_cent_more(
    what: str, measure: str, printed: int, next_round: int
) -> None:
    amount = done(what, measure)
    assert printed < amount < next_round
    assert amount - 1 < printed * Decimal("1.02") <= amount


def test_what_is_printed_as_nearly_is_two_per_cent_less() -> None:
    assert done("市直工作队筹集资金", "万元") == 98  # 近100万元


def test_of_the_places_demolished_at_least_92_per_cent_were_so_by_the_people_themselves() -> None:
    by_themselves, all_of_them = (int(done(what, "处")) for what in ("群众自拆违章建筑", "拆除违章建筑"))
    assert Decimal("0.92") <= Decimal(by_themselves) / all_of_them < Decimal("0.93")
    assert eg.word_rate(eg.Tally(by_themselves, all_of_them, date(2009, 6, 30)), "at least") == "92%以上"


def test_in_each_month_and_street_at_least_95_per_cent_of_what_was_checked_was_clean() -> None:
    amounts = {(o.unit, o.day, o.what): o.amount for o in FACTS.outputs if o.what.startswith("清扫保洁")}
    rates = [
        amounts[part, a.record.round.last_day, "清扫保洁合格"] / amounts[part, a.record.round.last_day, "清扫保洁检查"]
        for part in PARTS
        for a in SEASON
    ]
    assert len(amounts) == 2 * len(rates) == 72
    assert Decimal("0.95") <= min(rates) < max(rates) <= 1


def test_every_street_has_signed_door_front_pledges() -> None:
    assert {output.unit for output in FACTS.outputs if output.what == "签订门前三包责任书"} == set(PARTS)


@pytest.mark.parametrize("garbled", ["简报", "期", "拆违总任务", "任务占比"])
def test_the_numbers_that_are_garbled_in_the_report_are_not_made_up(garbled: str) -> None:
    assert not [output.what for output in FACTS.outputs if garbled in output.what]
