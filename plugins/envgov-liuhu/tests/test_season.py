"""The season agrees with what the report of 2022-10-09 counts, is what its generator writes, and is known as made up."""

import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

import envgov as eg
from envgov_liuhu import MONTHLY, SLIPS

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "liuhu"
FACTS = eg.read_season(EXAMPLE)
LEVELS = Counter(unit.level for unit in FACTS.grid.units)
REPORTED = date(2022, 10, 9)


def total(*what: str) -> Decimal:
    return sum((output.amount for output in FACTS.outputs if output.what in what), Decimal(0))


def test_the_generator_writes_these_tables_to_the_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(EXAMPLE / "season.py"), str(tmp_path)], check=True)
    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert written == {file.name: file.read_bytes() for file in EXAMPLE.iterdir() if file.name in written}
    assert {file.name for file in EXAMPLE.glob("*.csv")} <= set(written)


def test_the_season_is_known_as_made_up_wherever_it_is_read() -> None:
    assert "虚构" in FACTS.synthetic
    assert any("虚构" in remark for remark in eg.assess_season(MONTHLY, FACTS).latest.remarks("zh"))


def test_the_tables_are_small() -> None:
    assert sum(file.stat().st_size for file in EXAMPLE.glob("*.csv")) < 1_500_000


# -- 将18个行政村、8个社区划分为6个片区，设置299个四级网格、650个五级网格，确定各级网格长和网格联络员
@pytest.mark.parametrize(
    ("level", "printed"), [("行政村", 18), ("社区", 8), ("片区", 6), ("四级网格", 299), ("五级网格", 650)]
)
def test_the_grid_has_as_many_units_of_each_level_as_is_printed(level: str, printed: int) -> None:
    assert LEVELS[level] == printed


def test_the_street_lies_in_its_district_which_has_no_name() -> None:
    assert (FACTS.grid["LH"].name, FACTS.grid["LH"].parent, FACTS.grid["区"].name) == ("柳湖街道", "区", "所属区")


def test_no_village_of_the_report_is_named() -> None:
    named = ("小孟楼", "大宋", "卢关")
    assert not any(name in unit.name for unit in FACTS.grid.units for name in named)


def test_each_village_and_community_lies_in_an_area_and_has_grids_of_both_levels() -> None:
    for unit in FACTS.grid.at_levels(("行政村", "社区")):
        assert unit.parent is not None
        assert FACTS.grid[unit.parent].level == "片区"
        below = {FACTS.grid[code].level for code in FACTS.grid.subtree(unit.code)}
        assert {"四级网格", "五级网格", "居民组"} <= below


@pytest.mark.parametrize("role", ["网格长", "网格联络员"])
def test_each_unit_of_the_three_levels_has_one_head_and_one_liaison(role: str) -> None:
    places = [assignment.place for assignment in FACTS.assignments if assignment.role == role]
    assert len(places) == len(set(places)) == 18 + 8 + 299 + 650


def test_three_teams_supervise_the_six_areas() -> None:
    assert Counter(a.who for a in FACTS.assignments if a.role == "督导") == {
        "督导一组": 2,
        "督导二组": 2,
        "督导三组": 2,
    }


def test_a_special_person_a_special_post_and_a_special_team_push_the_work() -> None:
    at_the_street = {assignment.role for assignment in FACTS.assignments if assignment.place == "LH"}
    assert at_the_street == {"专人牵头", "专职统筹协调", "专班推进"}


def test_each_ledger_of_a_residents_group_has_somebody_responsible() -> None:
    responsible = {a.place for a in FACTS.assignments if a.role == "台账责任人"}
    assert responsible == {unit.code for unit in FACTS.grid.units if unit.level == "居民组"}


def test_eight_demonstration_sites_are_marked() -> None:
    assert sum("示范点位" in unit.designations for unit in FACTS.grid.units) == 8


# -- what is counted without 余
@pytest.mark.parametrize(
    ("what", "printed"),
    [
        ("周例会、党工委（扩大）会专题调度", 34),
        ("工作调度会、现场推进会", 18),
        ("观摩评比", 12),
        ("志愿服务", 3000),  # 0.3万场次
        ("节约村级开支", 600000),  # 60万元
        ("配备保洁人员", 119),
    ],
)
def test_what_is_printed_as_a_number_comes_to_that_number(what: str, printed: int) -> None:
    assert total(what) == printed


@pytest.mark.parametrize(
    ("what", "printed", "step"),
    [
        ("出动整治人力", 7000, 1000),  # 0.7万余人次
        ("带动群众参与整治", 10000, 1000),  # 1万余人次
        ("志愿服务带动群众", 10000, 1000),  # 1万余名
        ("清理垃圾、废弃物", 300, 100),
        ("清理河塘沟渠", 200, 100),
        ("清理乱搭乱建", 150, 10),
        ("投放垃圾桶", 1200, 100),
        ("栽植桂花", 600, 100),
        ("栽植红叶石楠", 2000, 100),
        ("栽植楸树", 1000, 100),
        ("栽植香樟", 1000, 100),
    ],
)
def test_what_is_printed_as_more_than_a_number_is_more_by_less_than_its_last_digit(
    what: str, printed: int, step: int
) -> None:
    assert printed < total(what) < printed + step


def test_trees_are_counted_in_the_words_of_the_report() -> None:
    assert {(o.what, o.measure) for o in FACTS.outputs if o.what.startswith("栽植")} == {
        ("栽植桂花", "颗"),
        ("栽植红叶石楠", "株"),
        ("栽植楸树", "颗"),
        ("栽植香樟", "颗"),
    }


def test_four_cities_were_visited() -> None:
    trips = {output.what for output in FACTS.outputs if output.what.endswith("考察学习")}
    assert trips == {f"赴{place}考察学习" for place in ("商丘", "许昌", "漯河", "郑州")}


def test_the_directors_meetings_the_vanguard_and_the_publicity_are_on_record_too() -> None:
    on_record = {output.what for output in FACTS.outputs}
    assert {"主任办公会专题研究", "“党员先锋行”活动", "微信群、宣传条幅、广播宣传发动"} <= on_record


def test_the_three_actions_are_lines_of_the_task_chart() -> None:
    assert len({task.name for task in FACTS.tasks}) == 5  # 村庄清洁, 三治 (three), 国土绿化
    assert {task.department for task in FACTS.tasks} == {"人居环境整治工作专班"}


def test_nothing_is_on_record_after_the_report() -> None:
    assert max(FACTS.days()) <= REPORTED
    assert max(duty.submission.at.date() for duty in FACTS.duties if duty.submission) <= REPORTED


# -- the ledger, the boards, the slips
def test_problems_stand_in_the_ledgers_of_residents_groups_with_measure_and_deadline() -> None:
    assert {FACTS.grid[issue.place].level for issue in FACTS.issues} == {"居民组"}
    assert all("整改措施：" in issue.description and issue.due for issue in FACTS.issues)


def test_each_residents_group_was_surveyed_road_by_road_and_house_by_house() -> None:
    surveyed = {inspection.unit for inspection in FACTS.inspections if inspection.channel == "排查"}
    assert surveyed == {unit.code for unit in FACTS.grid.units if unit.level == "居民组"}


def test_the_problems_are_of_the_sorts_that_the_report_names() -> None:
    assert {issue.category for issue in FACTS.issues} == {
        "生活垃圾清运慢",
        "建筑废料清运慢",
        "杂草秸秆清理难",
        "枯枝落叶清理难",
        "乱搭乱建",
    }


def test_three_teams_owe_their_rounds_each_day_days_off_included() -> None:
    owed = Counter(duty.due.date() for duty in FACTS.duties if duty.what == "每日督导")
    assert len(owed) == 282  # 1 January to 9 October
    assert set(owed.values()) == {3}


def test_each_of_the_26_publishes_the_board_each_month() -> None:
    owed = Counter(duty.due.month for duty in FACTS.duties if duty.what == "公开栏公布红黑榜")
    assert owed == dict.fromkeys(range(1, 10), 26)


def test_every_return_that_is_owed_stands_on_record_whether_it_came_or_not() -> None:
    for scheme in (MONTHLY, SLIPS):
        rounds = [assessment.record.round for assessment in eg.assess_season(scheme, FACTS)]
        owed = {duty for round in rounds for duty in eg.owed(scheme, FACTS, round)}
        assert owed <= set(FACTS.duties)


def test_in_each_of_nine_months_five_are_on_the_red_board_and_three_on_the_black() -> None:
    season = eg.assess_season(MONTHLY, FACTS)
    boards = {a.record.round.label: Counter(p.tier for p in a.record.placements) for a in season}
    assert boards == {
        f"2022-{month:02}": {"红榜": 5, "黑榜": 3, "未上榜": 17 if month == 4 else 18} for month in range(1, 10)
    }


def test_two_ties_at_a_cut_wait_for_the_street_without_its_rulings() -> None:
    season = eg.assess_season(MONTHLY, evolve(FACTS, rulings=()))
    asked = {(q.round.label, str(q.condition), q.unit) for a in season for q in a.questions}
    assert {(label, condition[:3]) for label, condition, _ in asked} == {("2022-06", "top"), ("2022-08", "bot")}
    assert len(asked) == 4


def test_no_question_is_left_open_on_the_day_of_the_report() -> None:
    for scheme in (MONTHLY, SLIPS):
        assert [assessment.questions for assessment in eg.assess_season(scheme, FACTS) if assessment.questions] == []


def test_each_yellow_slip_follows_a_white_one_and_each_red_one_a_yellow() -> None:
    for issue in FACTS.issues:
        levels = [event.slip for event in issue.events if event.slip]
        assert levels == ["白单", "黄单", "红单"][: len(levels)]


def test_one_place_was_lax_as_a_whole_and_its_second_slip_is_yellow() -> None:
    season = eg.assess_season(SLIPS, FACTS)
    units = [(a.record.round.label, m.rung, m.subject) for a in season for m in a.measures if m.about == "unit"]
    assert units == [
        ("2022-09-12~18", "责任单位白单（督促提醒）", "C16"),
        ("2022-10-03~09", "责任单位黄单（警示约谈）", "C16"),
    ]


def test_the_slip_to_that_place_is_on_record_and_names_no_problem() -> None:
    assert FACTS.slips == (eg.Slip("C16", "白单", date(2022, 9, 19), "人居环境整治督导小组"),)
