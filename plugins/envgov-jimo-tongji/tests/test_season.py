"""The season agrees with the report's figures, is what its generator writes, and has the cases that the rules are for."""

import csv
import subprocess
import sys
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import envgov as eg
import envgov_jimo_tongji as tongji

FOLDER = Path(__file__).parents[3] / "docs" / "examples" / "jimo-tongji"
FACTS = eg.read_season(FOLDER)
VILLAGES = eg.assess_season(tongji.VILLAGES, FACTS)
DISTRICT = eg.assess_season(tongji.DISTRICT, FACTS)
CITY = eg.assess_season(tongji.CITY, FACTS)
UP_TO_THE_REPORT = eg.Round(date(2023, 1, 1), date(2023, 7, 11), "截至7月10日")


def rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measures(assessment: eg.Assessment, unit: str) -> set[str]:
    return {m.rung for m in assessment.measures if m.subject == unit}


def on(assessment: eg.Assessment, tier: str) -> set[str]:
    return {p.unit for p in assessment.record.placements if p.tier == tier}


# As reported


def test_1104_problems_were_found_and_1017_of_them_rectified_by_10_july() -> None:
    reason = tongji.RECTIFIED.scores(("通济新区",), FACTS.during(UP_TO_THE_REPORT))["通济新区"]
    assert reason.because[0] == eg.Tally(1017, 1104, date(2023, 7, 10))


def test_the_rectification_rate_is_worded_as_the_report_words_it() -> None:
    tally = eg.Tally(1017, 1104, date(2023, 7, 10))
    assert eg.word_rate(tally, "at least") == "92%以上"
    assert eg.word_rate(tally, "exact") == "92.12%"


def test_no_problem_lies_outside_the_new_area_and_none_is_of_a_later_day() -> None:
    villages = {unit.code for unit in FACTS.grid.at_levels(("村", "社区"))}
    assert {issue.place for issue in FACTS.issues} <= villages
    assert max(event.day for issue in FACTS.issues for event in issue.events) <= date(2023, 7, 10)


def test_more_than_2000_people_50_machines_2000_tons_and_200_sheds_and_hardly_more() -> None:
    done: dict[str, Decimal] = defaultdict(Decimal)
    for output in FACTS.outputs:
        done[output.what] += output.amount
    assert 2000 < done["发动党员、干部、群众、环卫工人"] < 2100
    assert 50 < done["出动机械"] < 60
    assert 2000 < done["清理生活建筑垃圾"] < 2100
    assert 200 < done["清理私搭乱建"] < 210


def test_the_eight_key_tasks_stand_on_the_task_chart() -> None:
    tasks = FACTS.during(UP_TO_THE_REPORT).tasks("通济新区")
    assert len(tasks) == 8
    assert "村容村貌“基础薄弱村”集中攻坚整治" in {task.name for task in tasks}
    assert all(task.leader and task.department and task.due for task in tasks)


def test_the_spring_action_is_a_task_of_the_district() -> None:
    assert [task.name for task in FACTS.tasks if task.unit == "即墨区"] == ["农村人居环境整治提升“春季行动”"]


def test_each_problem_was_sent_to_its_village_with_a_date_the_day_after_it_was_found() -> None:
    for issue in FACTS.issues:
        sent = issue.events[1]
        assert (sent.what, sent.to) == (eg.EventKind.DISPATCHED, (issue.place,))
        assert sent.day == issue.found + timedelta(days=1)
        assert sent.due is not None


def test_each_problem_has_its_photograph_and_no_two_the_same() -> None:
    photographs = [row["照片"] for row in rows("issues")]
    assert all(photographs)
    assert len(set(photographs)) == len(photographs) == 1104


def test_bodies_zones_heads_secretaries_and_sponsors_are_on_record() -> None:
    assert {body.code for body in FACTS.bodies} == {"党工委", "测评组", "环卫办", "纪工委"}
    villages = {unit.code for unit in FACTS.grid.at_levels(("村", "社区"))}
    zones = {unit.code for unit in FACTS.grid.at_levels(("管区",))}
    of_role: dict[str, set[str]] = defaultdict(set)
    for assignment in FACTS.assignments:
        of_role[assignment.role].add(assignment.place)
    assert of_role["村庄主要负责人"] == of_role["村庄支部书记"] == of_role["包村干部"] == villages
    assert of_role["管区主要负责人"] == zones
    assert {FACTS.grid[village].parent for village in villages} == zones
    assert of_role["检查"] == of_role["验收"] == of_role["约谈"] == {"通济新区"}


def test_each_month_has_two_checks_in_its_first_and_in_its_last_ten_days() -> None:
    seen: dict[tuple[int, str], list[int]] = defaultdict(list)
    for visit in FACTS.inspections:
        if visit.channel == "测评组":
            seen[visit.day.month, visit.unit].append(visit.day.day)
    assert len(seen) == 6 * 52
    assert all(first <= 10 and last >= 21 for first, last in seen.values())


# Made up, and said so


def test_the_season_says_that_it_is_made_up() -> None:
    assert "编造" in FACTS.synthetic
    assert "1104" in FACTS.synthetic


def test_the_generator_writes_what_is_in_the_folder(tmp_path: Path) -> None:
    subprocess.run([sys.executable, FOLDER / "season.py", tmp_path], check=True)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in FOLDER.glob("*.csv")}


def test_villages_and_towns_with_results_are_numbered_and_none_bears_a_real_name() -> None:
    ranked = [unit.name for unit in FACTS.grid.at_levels(("村", "社区", "镇", "街道")) if unit.code != "通济新区"]
    assert all(any(digit in name for digit in "0123456789") for name in ranked)
    assert not {"通济新区", "仇家沟岔", "云桥村"} & {visit.unit for visit in FACTS.inspections}


# Decided without a fault


def test_six_months_and_two_quarters_were_held() -> None:
    assert [a.record.round.label for a in VILLAGES] == [f"2023-0{month}" for month in range(1, 7)]
    assert [a.record.round.label for a in DISTRICT] == ["2023-Q1", "2023-Q2"]
    assert [a.record.round.label for a in CITY] == ["2023-Q1", "2023-Q2"]


def test_nothing_is_unread_and_nothing_waits_for_a_ruling() -> None:
    assert eg.unread((tongji.VILLAGES, tongji.DISTRICT, tongji.CITY), FACTS) == ()
    assert [a.questions for season in (VILLAGES, DISTRICT, CITY) for a in season if a.questions] == []


def test_each_month_has_five_on_the_red_board_and_five_on_the_black_one() -> None:
    assert {(len(on(a, "红榜")), len(on(a, "黑榜"))) for a in VILLAGES} == {(5, 5)}


def test_one_village_is_on_the_black_board_for_the_third_month_in_june() -> None:
    assert measures(VILLAGES["2023-04"], "31村") == {"黑榜通报"}
    assert measures(VILLAGES["2023-05"], "31村") == {"黑榜通报", "约谈", "向党工委作书面检查"}
    assert measures(VILLAGES["2023-06"], "31村") == {"黑榜通报", "约谈", "向党工委作书面检查", "提请组织处理"}


def test_four_villages_of_one_head_are_on_the_black_board_and_there_is_one_talk_with_him() -> None:
    talks = {a.who: sorted(a.units) for a in eg.addressees(VILLAGES["2023-04"], FACTS) if a.rung == "约谈"}
    four = ["13村", "14村", "15村", "16村"]
    assert talks == {"联建村负责人": four, "第2管区负责人": four}


def test_a_new_head_in_june_is_not_judged_for_may() -> None:
    assert on(VILLAGES["2023-05"], "黑榜") & on(VILLAGES["2023-06"], "黑榜") == {"17村", "31村", "48村"}
    assert measures(VILLAGES["2023-06"], "17村") == {"黑榜通报", "约谈", "向党工委作书面检查"}
    assert measures(VILLAGES["2023-06"], "48村") == {"黑榜通报"}


def test_a_tie_at_the_black_boards_cut_in_may_was_ruled_on() -> None:
    assert "17村" in on(VILLAGES["2023-05"], "黑榜")
    assert "29村" in on(VILLAGES["2023-05"], "其他")


def test_some_villages_passed_as_a_whole_three_failed_and_others_did_not_ask() -> None:
    june = VILLAGES["2023-06"]
    assert len(on(june, "未过关")) == 3
    assert on(june, "已过关")
    assert on(june, "未验收")
    assert on(VILLAGES["2023-05"], "未验收") == {unit.code for unit in june.units}


def test_whoever_passed_had_nothing_left_on_that_day() -> None:
    for acceptance in FACTS.acceptances:
        left = [
            issue
            for issue in FACTS.issues
            if issue.place == acceptance.unit
            and (then := issue.as_of(acceptance.day)) is not None
            and then.state is eg.State.OPEN
        ]
        assert bool(left) is not acceptance.passed


def test_items_that_were_not_cleared_in_time_bring_talks_in_june() -> None:
    june = [m for m in VILLAGES["2023-06"].measures if m.about == "issue"]
    assert {m.rung for m in june} == {"纪工委约谈"}
    late = [r for r in rows("issues") if "2023-06-01" <= r["整改时限"] <= "2023-06-30"]
    uncleared = [r["问题编号"] for r in late if not r["销号日期"] or r["销号日期"] > r["整改时限"]]
    assert sorted(m.subject for m in june) == sorted(uncleared)


def test_a_town_without_the_survey_is_not_ranked_in_the_first_quarter_of_the_district() -> None:
    assert [absence.unit for absence in DISTRICT["2023-Q1"].record.absences] == ["示例07街道"]
    assert len(DISTRICT["2023-Q2"].record.standings) == 8


def test_four_towns_are_twice_among_the_last_ten_and_one_of_them_with_80_points_is_not_criticised() -> None:
    second = CITY["2023-Q2"]
    assert {m.unit for m in second.measures if m.rung == "约谈"} == {"示例12镇", "示例33镇", "示例40镇", "示例18镇"}
    assert measures(second, "示例18镇") == {"约谈"}


def test_the_two_readings_differ_by_the_towns_below_80_that_are_not_last_and_those_last_that_are_not_below_80() -> None:
    either = eg.assess_season(tongji.CITY_EITHER, FACTS)
    first, second = (on(either[q], "通报批评") - on(CITY[q], "通报批评") for q in ("2023-Q1", "2023-Q2"))
    assert first == {"示例13镇", "示例22镇"}
    assert second == {"示例18镇", "示例35街道"}


def test_a_tie_at_place_twenty_of_the_city_was_ruled_on() -> None:
    first = CITY["2023-Q1"]
    assert "示例19街道" in on(first, "通报表扬")
    assert "示例26镇" in on(first, "其他")
    assert len(on(first, "通报表扬")) == 20


def test_the_spot_checks_of_each_month_count_for_nothing() -> None:
    spots = [visit for visit in FACTS.inspections if visit.channel == "随机抽查"]
    assert {visit.day.month for visit in spots} == set(range(1, 7))
    assert {visit.stated for visit in spots} == {None}


def test_what_was_owed_is_on_record_and_nothing_else_is_missing() -> None:
    missing = [
        (duty.what, duty.due.date())
        for season, scheme in ((VILLAGES, tongji.VILLAGES), (DISTRICT, tongji.DISTRICT), (CITY, tongji.CITY))
        for assessment in season
        for duty in eg.owed(scheme, FACTS, assessment.record.round)
        if duty.submission is None
    ]
    assert missing == [("检查结果和整改率通报", date(2023, 5, 7))]


def test_the_days_work_the_meetings_and_the_visits_are_on_record() -> None:
    done = {(output.unit, output.what) for output in FACTS.outputs}
    assert {("青岛市", "全市动员部署会"), ("即墨区", "现场观摩"), ("通济新区", "党工委专题会议")} <= done


def test_one_weekly_bulletin_was_late_and_one_is_missing() -> None:
    owed = [duty for duty in FACTS.duties if duty.what == "检查结果和整改率通报"]
    assert len(owed) == 28
    assert sum(duty.is_late() for duty in owed) == 1
    assert sum(duty.submission is None for duty in owed) == 1
