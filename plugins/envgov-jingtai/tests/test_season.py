"""The made-up season of Jingtai: what its generator writes, marked as made up, and with the figures of the report."""

import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from attrs import evolve

import envgov as eg
import envgov_jingtai as jingtai

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "jingtai"
FACTS = eg.read_season(EXAMPLE)
SEASON = eg.assess_season(jingtai.WEEKLY, FACTS)
REPORT = date(2020, 3, 5)
WITHOUT_RULINGS = eg.assess_season(jingtai.WEEKLY, evolve(FACTS, rulings=()))


def week(friday: date) -> eg.Assessment:
    return SEASON[jingtai.FRIDAYS.round_of(friday).label]


def received(friday: date, channel: str) -> list[eg.StatedRank]:
    return [rank for rank in FACTS.stated_ranks if (rank.day, rank.channel) == (friday, channel)]


def rungs(assessment: eg.Assessment, unit: str) -> list[str]:
    return [measure.rung for measure in assessment.measures if measure.subject == unit]


# -- made up, and says so
def test_the_season_is_what_its_generator_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, EXAMPLE / "season.py", tmp_path], check=True)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in EXAMPLE.iterdir() if path.suffix in {".csv", ".txt"}}
    assert written == kept


def test_every_table_says_that_it_is_made_up() -> None:
    assert "均为虚构" in FACTS.synthetic
    assert "均为虚构" in "".join(SEASON.latest.remarks())


def test_units_and_persons_have_numbers_and_no_names() -> None:
    named = [unit.name for unit in FACTS.grid.units if unit.name != "景泰县"]
    assert [name for name in named if not any(character.isdigit() for character in name)] == []
    people = [a.who for a in FACTS.assignments if a.who != "领导小组办公室"]
    assert [who for who in people if not any(character.isdigit() for character in who)] == []


# -- the figures of the report
def test_the_county_has_135_villages_and_16_communities_in_eleven_townships() -> None:
    levels = Counter(unit.level for unit in FACTS.grid.units)
    assert levels == {"行政村": 135, "社区": 16, "乡镇": 11, "县": 1}


@pytest.mark.parametrize(("role", "groups"), [("包抓", 11), ("专项整治", 2), ("督察", 2), ("统筹", 1)])
def test_the_county_has_its_office_and_as_many_groups_as_the_report_says(role: str, groups: int) -> None:
    acting = {assignment.who for assignment in FACTS.assignments if assignment.role == role}
    assert len(acting) == groups
    assert acting <= {body.code for body in FACTS.bodies}


def test_the_chart_has_eighteen_tasks_on_the_day_of_the_report_each_with_its_owners() -> None:
    chart = [task for task in FACTS.tasks if task.day == REPORT]
    assert len({task.name for task in chart}) == 18
    assert all(task.leader and task.department and task.due for task in chart)


def test_more_than_twenty_good_practices_were_published_by_the_day_of_the_report() -> None:
    published = sum(
        output.amount for output in FACTS.outputs if output.what == "发布好经验好做法" and output.day <= REPORT
    )
    assert 20 < published < 30


def test_praise_and_exposure_have_a_column_each() -> None:
    columns = {output.what for output in FACTS.outputs if output.measure == "期"}
    assert columns == {"《以崭新面貌步入全面小康》栏目", "《曝光台来啦》栏目"}
    assert "曝光台来啦" in {issue.source for issue in FACTS.issues}


def test_in_one_township_the_cleaners_are_supervisors_too() -> None:
    roles = {role: {a.who for a in FACTS.assignments if a.role == role} for role in ("保洁员", "监督员")}
    assert roles["保洁员"] == roles["监督员"] != set()


def test_every_village_and_community_has_a_grid_head_and_a_grid_worker() -> None:
    field = {unit.code for unit in FACTS.grid.at_levels(jingtai.WEEKLY.levels)}
    for role in ("网格长", "网格员"):
        assert {a.place for a in FACTS.assignments if a.role == role} == field


# -- Fridays
def test_thirty_fridays_of_which_one_was_without_any_ranking() -> None:
    assert len(SEASON) == 29
    fridays = {assessment.record.round.last_day for assessment in SEASON}
    assert date(2020, 5, 1) not in fridays
    assert (min(fridays), max(fridays)) == (date(2020, 3, 6), date(2020, 9, 25))


def test_each_week_has_thirty_green_and_thirty_red_and_the_rest_is_yellow() -> None:
    for assessment in SEASON:
        colours = Counter(placement.tier for placement in assessment.record.placements)
        rest = 151 - 60 - len(assessment.record.absences)
        assert colours == {"绿色管理": 30, "红色管理": 30, "黄色管理": rest}


def test_townships_rank_their_own_villages_alone() -> None:
    for rank in FACTS.stated_ranks:
        if rank.channel == "乡镇":
            village = FACTS.grid[rank.unit]
            assert village.level == "行政村"
            assert rank.of == len([c for c in FACTS.grid.children(village.parent) if FACTS.grid[c].level == "行政村"])


def test_in_one_week_the_drone_saw_117_of_151_and_in_one_week_nobody() -> None:
    assert {
        (len(received(date(2020, 3, 27), "无人机")), rank.of) for rank in received(date(2020, 3, 27), "无人机")
    } == {(117, 117)}
    assert received(date(2020, 4, 10), "无人机") == []
    assert len(week(date(2020, 4, 10)).record.standings) == 150


def test_a_community_on_no_list_is_not_assessed() -> None:
    [absence] = week(date(2020, 4, 10)).record.absences
    assert absence.unit == "S16"


def test_a_township_that_sent_nothing_is_missing_and_its_villages_are_ranked_by_two_lists() -> None:
    duties = eg.owed(jingtai.WEEKLY, FACTS, jingtai.FRIDAYS.round_of(date(2020, 6, 19)))
    assert [duty.owed_by for duty in duties if duty.submission is None] == ["T05"]
    ranks = [rank.rank for rank in FACTS.stated_ranks if (rank.unit, rank.day) == ("T05V01", date(2020, 6, 19))]
    standing = week(date(2020, 6, 19)).record.standing("T05V01")
    assert standing is not None
    assert len(ranks) == 2
    assert standing.score == (Decimal(sum(ranks)) / 302).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def test_a_list_that_came_after_the_bulletin_is_late_and_does_not_count() -> None:
    duties = eg.owed(jingtai.WEEKLY, FACTS, jingtai.FRIDAYS.round_of(date(2020, 7, 17)))
    assert [duty.owed_by for duty in duties if duty.is_late()] == ["T09"]
    assert [rank for rank in received(date(2020, 7, 17), "乡镇") if rank.unit.startswith("T09")] == []


def test_on_the_friday_that_nobody_ranked_all_returns_are_missing() -> None:
    duties = eg.owed(jingtai.WEEKLY, FACTS, jingtai.FRIDAYS.round_of(date(2020, 5, 1)))
    assert len(duties) == 11 + 3
    assert all(duty.submission is None for duty in duties)


# -- what people decided
def test_three_ties_at_a_cut_were_settled_by_rulings() -> None:
    tied = {
        a.record.round.last_day: {p.unit for p in a.record.placements if p.tier == "pending"} for a in WITHOUT_RULINGS
    }
    assert {day: units for day, units in tied.items() if units} == {
        date(2020, 5, 15): {"T03V11", "T04V06"},  # across place 30
        date(2020, 7, 10): {"S03", "S11"},  # across place 122, the thirtieth from the end
        date(2020, 8, 7): {"S05", "S09"},
    }


def test_after_the_week_without_ranking_each_second_talk_waited_for_a_ruling() -> None:
    may = WITHOUT_RULINGS["2020-05-02~08"]
    second = [measure for measure in may.measures if measure.rung == "连续2次约谈"]
    red_before = {p.unit for p in week(date(2020, 4, 24)).record.placements if p.tier == "红色管理"}
    red_then = {p.unit for p in may.record.placements if p.tier == "红色管理"}
    assert {measure.subject for measure in second} == red_before & red_then
    assert all(measure.pending for measure in second)


def test_no_question_is_left_open_and_no_ruling_is_unused() -> None:
    assert [question for assessment in SEASON for question in assessment.questions] == []
    assert [note for assessment in SEASON for note in assessment.notes if note.what == "ruling unused"] == []


# -- talks
def test_one_leader_in_charge_of_four_red_villages_has_one_talk() -> None:
    [talk] = [one for one in eg.addressees(SEASON.latest, FACTS) if one.who == "06乡镇包村领导1"]
    assert (talk.rung, set(talk.units)) == ("红色管理约谈", {"T06V01", "T06V02", "T06V03", "T06V04"})


def test_all_who_are_talked_to_are_known() -> None:
    assert all(one.who is not None for assessment in SEASON for one in eg.addressees(assessment, FACTS))


def test_who_stays_red_is_talked_about_with_the_leaders_week_after_week() -> None:
    assert ["连续2次约谈" in rungs(week(date(2020, 9, day)), "T06V04") for day in (11, 18, 25)] == [True, True, True]


# -- the ledger
def test_every_problem_was_fed_back_on_the_day_it_was_found_and_due_then() -> None:
    for issue in FACTS.issues:
        dispatched = next(event for event in issue.events if event.what is eg.EventKind.DISPATCHED)
        assert issue.found == dispatched.day == dispatched.due


# -- read as a whole
def test_nothing_in_the_season_is_left_unread() -> None:
    assert eg.unread(jingtai.WEEKLY, FACTS) == ()


def test_every_reading_decides_the_season() -> None:
    for scheme in (jingtai.WEEKLY_COMPLETE, jingtai.WEEKLY_PLACES, jingtai.WEEKLY_COUNTED):
        facts = evolve(FACTS, rulings=())  # they speak for another scheme
        held = {jingtai.WEEKLY_COMPLETE: 28}.get(scheme, 29)  # one week had no drone
        assert len(eg.assess_season(scheme, facts)) == held


def test_the_tables_are_small() -> None:
    assert sum(path.stat().st_size for path in EXAMPLE.iterdir() if path.is_file()) < 1_500_000
