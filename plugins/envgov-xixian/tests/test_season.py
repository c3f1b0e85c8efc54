"""The season agrees with the report on the day of the report, is what its generator writes, and says that it is made up."""

import csv
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

import envgov as eg
import envgov_xixian as xixian

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "xixian"
FACTS = eg.read_season(EXAMPLE)
REPORT = date(2021, 12, 28)
DAY = eg.assess(xixian.DAILY, eg.day().round_of(REPORT), FACTS)
MONTHS = eg.assess_season(xixian.MONTHLY, FACTS)
THEN = [issue for issue in (issue.as_of(REPORT) for issue in FACTS.issues) if issue is not None]
STREETS = [unit.code for unit in FACTS.grid.at_levels(("街道",))]
FOUND, DISPATCHED, WHISTLED, ATTENDED, CLAIMED, RECTIFIED = map(
    eg.EventKind, ("found", "dispatched", "whistled", "attended", "claimed", "rectified")
)


def having(kind: eg.EventKind) -> list[eg.Issue]:
    """The problems to which that had happened by the day of the report."""
    return [issue for issue in THEN if issue.count(kind)]


def figure(name: str = "score") -> str:
    standing = DAY.record.standing("城区", name)
    assert standing is not None
    return str(standing.score)


def holders(tier: str) -> dict[str, str]:
    placements = (p for a in MONTHS for p in a.record.placements)
    return {p.round.label: p.unit for p in placements if p.tier == tier}


# -- 截至报道日


def test_1188_problems_were_handed_over_and_1057_rectified_which_is_89_per_cent() -> None:
    handed = having(DISPATCHED)
    assert (len(handed), sum(issue.count(RECTIFIED) for issue in handed)) == (1188, 1057)
    assert (figure("交办"), figure()) == ("1188", "88.97")


def tally() -> eg.Tally:
    [why] = [r for r in DAY.explain("城区").because if isinstance(r, eg.Reason) and r.rule == xixian.DAILY.scoring]
    [found] = [fact for fact in why.because if isinstance(fact, eg.Tally)]
    return found


def test_the_rate_has_its_numerator_and_denominator_named() -> None:
    assert tally() == eg.Tally(1057, 1188, REPORT)


def test_the_report_words_the_rate_rounded() -> None:
    assert eg.word_rate(tally(), "rounded") == "89%"


def test_five_streets_whistled_for_over_260_problems_to_over_20_units() -> None:
    calls = [event for issue in THEN for event in issue.events if event.what is WHISTLED]
    assert 260 < len(calls) < 270
    assert 20 < len({unit for call in calls for unit in call.to}) < 30
    assert {call.by for call in calls} == set(STREETS)
    assert figure("吹哨") == str(len(calls))


def test_all_of_them_are_claimed_and_over_140_rectified() -> None:
    whistled = having(WHISTLED)
    assert all(issue.count(CLAIMED) and issue.count(ATTENDED) for issue in whistled)
    assert 140 < sum(issue.count(RECTIFIED) for issue in whistled) < 150
    assert figure("吹哨认领率") == "100.00"


def test_no_whistled_problem_is_among_those_handed_over() -> None:
    assert not set(having(DISPATCHED)) & set(having(WHISTLED))


def test_every_whistle_has_its_five_fields_and_is_claimed_by_the_unit_that_reported() -> None:
    for issue in having(WHISTLED):
        by = {event.what: event for event in issue.events}
        assert by[WHISTLED].whistle is not None
        assert by[WHISTLED].to == (by[ATTENDED].by,) == (by[CLAIMED].by,)


@pytest.mark.parametrize("field", ["报到时间", "地点", "人员", "责任领导", "任务"])
def test_each_row_of_the_whistles_has_the_field_filled_in(field: str) -> None:
    with (EXAMPLE / "whistles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 260
    assert [row["问题编号"] for row in rows if not row[field].strip()] == []


def test_two_assessments_were_held() -> None:
    held = [a.record.round for a in MONTHS if a.record.round.end <= REPORT]
    assert [round.label for round in held] == ["2021-10", "2021-11"]


def test_the_last_of_both_spoke_at_the_meeting_and_on_television() -> None:
    spoke = {(duty.what, duty.owed_by) for duty in FACTS.duties if duty.what in ("调度会表态发言", "电视表态")}
    for label in ("2021-10", "2021-11"):
        last = holders("流动黑旗")[label]
        assert {("调度会表态发言", last), ("电视表态", last)} <= spoke


def test_the_work_done_is_what_the_report_counts() -> None:
    assert {(output.what, int(output.amount), output.measure) for output in FACTS.outputs} == {
        ("出动宣传车辆", 1500, "台次"),
        ("引导发动干部群众", 28600, "人次"),
        ("发放宣传单", 50000, "份"),
        ("制作宣传条幅", 300, "条"),
        ("拆除违建", 430, "处"),
        ("拆除违建面积", 31641, "平方米"),
        ("拆除大型施工项目围挡", 22, "处"),
        ("拆除围挡长度", 5490, "米"),
        ("拆除旱厕", 265, "座"),
        ("拆除围挡棚亭", 360, "处"),
        ("平整土地、清理小菜园", 2039, "块"),
        ("清扫垃圾", 4500, "吨"),
        ("查处机动车乱停乱放", 946, "起"),
        ("纠正机动车及行人其它违法行为", 5038, "起"),
        ("签订门前五保责任书", 9800, "份"),
        ("整治门前堆放杂物", 641, "家"),
        ("整治飞线充电", 647, "家"),
        ("清除广告", 931, "处"),
        ("整治“空中蜘蛛网”街巷", 28, "条"),
    }


# -- 组织


def test_five_streets_have_one_supervision_group_each() -> None:
    groups = [a for a in FACTS.assignments if a.role == "督导组"]
    assert len(STREETS) == 5
    assert sorted(a.place for a in groups) == STREETS
    assert len({a.who for a in groups}) == 5


def test_a_problem_is_accepted_by_the_group_of_its_street() -> None:
    of_street = {a.place: a.who for a in FACTS.assignments if a.role == "督导组"}
    accepted = eg.EventKind.ACCEPTED
    for issue in FACTS.issues:
        assert {event.by for event in issue.events if event.what is accepted} <= {of_street[issue.place[:2]]}


def test_whistled_problems_are_accepted_by_the_groups_of_all_five_streets() -> None:
    of_street = {a.place: a.who for a in FACTS.assignments if a.role == "督导组"}
    whistled = [issue for issue in FACTS.issues if issue.count(WHISTLED)]
    accepted = {
        (issue.place[:2], event.by)
        for issue in whistled
        for event in issue.events
        if event.what is eg.EventKind.ACCEPTED
    }
    assert accepted == set(of_street.items())


def test_the_command_has_two_squads_one_office_and_four_groups() -> None:
    roles = Counter(a.role for a in FACTS.assignments)
    assert [roles[role] for role in ("指挥部", "工作专班", "一办四组")] == [1, 2, 5]


def test_every_cell_of_the_grid_lies_in_one_of_the_four_areas() -> None:
    cells = FACTS.grid.at_levels(("网格",))
    assert Counter(area for cell in cells for area in cell.designations) == {
        "主次干道": 15,
        "背街小巷": 15,
        "城区出入口": 15,
        "城乡结合部": 15,
    }


def test_no_group_scores_the_street_to_which_it_is_assigned() -> None:
    assigned = {(a.who, a.place) for a in FACTS.assignments}
    assert not {(visit.inspector, visit.unit) for visit in FACTS.inspections} & assigned


def test_each_community_has_its_party_branch() -> None:
    branches = [a.place for a in FACTS.assignments if a.role == "党支部"]
    assert sorted(branches) == [unit.code for unit in FACTS.grid.at_levels(("社区",))]


def test_two_meetings_are_on_record_for_each_assessed_month_but_the_last() -> None:
    assert Counter(duty.what for duty in FACTS.duties if duty.owed_by == "指挥部办公室") == {
        "每日通报": 212,
        "人居环境调度会": 5,
        "领导小组办公室工作例会": 5,
    }


# -- 台账


def test_every_problem_names_who_must_fix_it() -> None:
    streets = set(STREETS)
    assert all(len(issue.responsible) == 1 for issue in FACTS.issues)
    assert {issue.responsible[0] in streets for issue in FACTS.issues if issue.count(DISPATCHED)} == {True}


def test_the_problems_are_of_the_sorts_that_the_report_names() -> None:
    sorts = {"两违建筑", "钢架棚", "六乱", "疏堵保畅", "清洁家园", "拆墙透绿"}
    assert {issue.category for issue in FACTS.issues} == sorts


def test_every_problem_handed_over_is_due_when_13710_says() -> None:
    for issue in FACTS.issues:
        for event in issue.events:
            if event.what is DISPATCHED:
                deadline = eg.deadline_for(xixian.DAILY.deadlines, issue)
                assert deadline is not None
                assert [due.day for due in deadline.dues(event.day) if due.stage == "办结"] == [event.due]


def test_problems_come_from_the_first_survey_the_groups_snapshots_and_rewarded_reports() -> None:
    sources = {issue.source for issue in FACTS.issues}
    assert sources == {"前期摸排", "督导组", "随手拍", "有奖举报", "街道吹哨"}


def test_whoever_reported_for_a_reward_has_it_once_the_problem_is_closed() -> None:
    rewarded = {issue.id for issue in FACTS.issues if issue.count(eg.EventKind.REWARDED)}
    closed = {i.id for i in FACTS.issues if i.source == "有奖举报" and i.count(eg.EventKind.ACCEPTED)}
    assert rewarded
    assert rewarded == closed


# -- 六个月评比


def test_six_months_were_assessed_and_february_was_not() -> None:
    labels = [a.record.round.label for a in MONTHS]
    assert labels == ["2021-10", "2021-11", "2021-12", "2022-01", "2022-03", "2022-04"]


def test_each_assessed_month_has_three_comparisons_of_five_streets() -> None:
    rounds = Counter(eg.ten_days().round_of(visit.day).label for visit in FACTS.inspections)
    assert (len(rounds), set(rounds.values())) == (18, {5})


def test_the_black_flag_goes_from_street_to_street() -> None:
    assert holders("流动黑旗") == {
        "2021-10": "J3",
        "2021-11": "J5",
        "2021-12": "J5",
        "2022-01": "J2",
        "2022-03": "J2",
        "2022-04": "J3",
    }


def test_the_street_that_was_last_in_two_months_running_is_talked_to() -> None:
    talks = {(m.round.label, m.subject) for a in MONTHS for m in a.measures if m.rung == "约谈"}
    assert talks == {("2021-12", "J5")}


def test_the_street_that_improved_is_praised_as_the_command_ruled() -> None:
    praised = {(m.round.label, m.subject) for a in MONTHS for m in a.measures if m.rung == "全县通报表扬"}
    assert praised == {("2022-04", "J2")}


def test_no_measure_waits_for_a_ruling() -> None:
    assert [question for a in MONTHS for question in a.questions] == []


# -- 每日


def test_every_day_of_the_season_has_its_three_flows() -> None:
    owed = Counter((duty.what, duty.due.date()) for duty in FACTS.duties)
    days = [date(2021, 10, 1) + timedelta(days=n) for n in range(212)]
    assert days[-1] == date(2022, 4, 30)
    assert {owed[what, day] for what in ("工作日报", "督导问题清单") for day in days} == {5}
    assert {owed["每日通报", day] for day in days} == {1}


def test_every_flow_of_the_day_of_the_report_came() -> None:
    owed = eg.owed(xixian.DAILY, FACTS, eg.day().round_of(REPORT))
    assert len(owed) == 11
    assert all(duty.submission is not None for duty in owed)


# -- 编造


def test_the_season_is_what_its_generator_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, EXAMPLE / "season.py", tmp_path], check=True)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in EXAMPLE.iterdir() if path.suffix in (".csv", ".txt")}


def test_it_says_that_it_is_made_up() -> None:
    assert "编造" in FACTS.synthetic
    assert "2021年12月28日的累计数与报道一致" in FACTS.synthetic


def test_no_unit_bears_the_name_of_a_place() -> None:
    assert {unit.name for unit in FACTS.grid.at_levels(("街道",))} == {f"第{n}街道" for n in range(1, 6)}


def test_nothing_in_it_is_unread() -> None:
    [locality] = xixian.envgov_localities()
    assert eg.unread([edition for editions in locality.schemes.values() for edition in editions], FACTS) == ()
