"""Shashi's schemes say what the report says, in both readings of who is slow, and rank nobody."""

import json
from datetime import date, datetime, time, timedelta, timezone

import pytest

import envgov as eg
import envgov_shashi
from envgov_shashi import COMPLAINTS, SOLVED, SUPERVISION, SUPERVISION_RULED

SHASHI = eg.load_registry(only=(), files=[envgov_shashi.__file__], strict=True)["shashi"]
BOTH = {("通报", "T1"), ("限期整改", "T1")}
SLOW = eg.ruled("进展不力", by="区创卫办")
GRID = eg.Grid(
    (
        eg.Unit("全区", "全区", "区"),
        eg.Unit("甲街", "甲街", "街道", "全区"),
        eg.Unit("乙街", "乙街", "街道", "全区"),
        eg.Unit("丙社区", "丙社区", "社区", "甲街"),
    )
)
CHINA = timezone(timedelta(hours=8))
DUE = datetime(2009, 5, 31, 23, 59, tzinfo=CHINA)
FOUND = eg.Event(eg.EventKind.FOUND, date(2009, 5, 4))
RECTIFIED = eg.Event(eg.EventKind.RECTIFIED, date(2009, 5, 20), by="甲街")
ACCEPTED = eg.Event(eg.EventKind.ACCEPTED, date(2009, 5, 21), by="区创卫办")


def dispatched(due: date | None, to: str = "甲街") -> eg.Event:
    return eg.Event(eg.EventKind.DISPATCHED, date(2009, 5, 5), to=(to,), due=due)


def issue(*events: eg.Event, id: str = "T1", source: str = "投诉电话") -> eg.Issue:
    return eg.Issue(id, "丙社区", (FOUND, *events), source=source)


def season_of(*issues: eg.Issue, scheme: eg.Scheme = SUPERVISION, rulings: tuple[eg.Ruling, ...] = ()) -> eg.Season:
    return eg.assess_season(scheme, eg.Facts(GRID, issues=issues, rulings=rulings))


def proposed(assessment: eg.Assessment) -> set[tuple[str, str]]:
    return {(measure.rung, measure.subject) for measure in assessment.measures}


def ruling(holds: bool, by: str = "区创卫办") -> eg.Ruling:
    why = "两次明查暗访均无进展"
    return eg.Ruling("甲街", date(2009, 5, 31), SLOW, holds, by, why, SUPERVISION_RULED.id)


# ---- who is slow: the date that the dispatch gave
def test_open_a_day_after_the_date_of_the_dispatch_both_measures_are_proposed_at_once() -> None:
    assert proposed(season_of(issue(dispatched(date(2009, 5, 30)))).assessments[0]) == BOTH


def test_the_date_itself_is_still_in_time() -> None:
    assert proposed(season_of(issue(dispatched(date(2009, 5, 31))))["2009-05"]) == set()


def test_without_a_date_nothing_is_slow_for_the_report_gives_no_term() -> None:
    assert proposed(season_of(issue(dispatched(None)))["2009-05"]) == set()
    assert SUPERVISION.deadlines == ()
    assert [rung.within for rung in SUPERVISION.ladders[0].rungs] == [None, None]


def test_rectified_in_time_and_not_yet_accepted_is_not_slow() -> None:
    assert proposed(season_of(issue(dispatched(date(2009, 5, 25)), RECTIFIED))["2009-05"]) == set()


def test_rectified_late_but_before_the_month_ends_is_not_told() -> None:
    assert proposed(season_of(issue(dispatched(date(2009, 5, 10)), RECTIFIED))["2009-05"]) == set()


def test_what_stays_open_is_told_again_each_month() -> None:
    other = eg.Issue("T2", "丙社区", (eg.Event(eg.EventKind.FOUND, date(2009, 6, 3)),))
    season = season_of(issue(dispatched(date(2009, 5, 20))), other)
    assert [proposed(assessment) for assessment in season] == [BOTH, BOTH]


def test_the_date_that_an_order_gives_stops_the_telling_until_it_has_passed() -> None:
    ordered = eg.Event(eg.EventKind.DISPATCHED, date(2009, 5, 22), to=("甲街",), due=date(2009, 6, 10))
    other = eg.Issue("T2", "丙社区", (eg.Event(eg.EventKind.FOUND, date(2009, 6, 20)),))
    season = season_of(issue(dispatched(date(2009, 5, 20)), ordered), other)
    assert [proposed(season[label]) for label in ("2009-05", "2009-06")] == [set(), BOTH]


def test_the_measures_go_to_whoever_owes_the_issue_by_the_office() -> None:
    [told, ordered] = season_of(issue(dispatched(date(2009, 5, 20), to="城管部门")))["2009-05"].measures
    assert {told.owed_by, ordered.owed_by} == {("城管部门",)}
    assert {told.unit, ordered.unit} == {"甲街"}
    assert {told.to, ordered.to} == {("责任单位",)}
    assert {told.by, ordered.by} == {"区创卫办"}


def test_complaints_and_what_the_groups_find_have_one_rule() -> None:
    late = dispatched(date(2009, 5, 20))
    season = season_of(issue(late), issue(late, id="D1", source="指导检查"))
    assert {subject for _, subject in proposed(season["2009-05"])} == {"T1", "D1"}


# ---- who is slow: the other reading
def test_in_the_other_reading_the_office_says_who_is_slow() -> None:
    season = season_of(issue(dispatched(None)), scheme=SUPERVISION_RULED, rulings=(ruling(holds=True),))
    assert proposed(season["2009-05"]) == {("通报", "甲街"), ("限期整改", "甲街")}


def test_in_the_other_reading_nobody_is_slow_for_a_date_alone() -> None:
    season = season_of(issue(dispatched(date(2009, 5, 20))), scheme=SUPERVISION_RULED, rulings=(ruling(holds=False),))
    assert proposed(season["2009-05"]) == set()


def test_in_the_other_reading_no_other_body_may_say_so() -> None:
    with pytest.raises(eg.InputError, match="指导检查一组"):
        season_of(issue(), scheme=SUPERVISION_RULED, rulings=(ruling(holds=True, by="指导检查一组"),))


def test_the_other_reading_is_no_scheme_of_the_locality_until_it_is_chosen() -> None:
    assert list(SHASHI.schemes) == ["shashi-supervision"]


# ---- what is not there
@pytest.mark.parametrize("scheme", [SUPERVISION, SUPERVISION_RULED], ids=lambda scheme: scheme.id)
def test_nobody_is_scored_ranked_or_put_on_a_board(scheme: eg.Scheme) -> None:
    assert (scheme.scoring, scheme.ranking, scheme.figures, scheme.boards) == (None, None, (), ())


@pytest.mark.parametrize("scheme", [SUPERVISION, SUPERVISION_RULED], ids=lambda scheme: scheme.id)
def test_a_bulletin_is_not_called_criticism_and_each_measure_quotes_the_report(scheme: eg.Scheme) -> None:
    [ladder] = scheme.ladders
    assert [rung.measure for rung in ladder.rungs] == ["通报", "限期整改"]
    assert {rung.cite for rung in ladder.rungs} == {"对进展不力的单位予以通报，并限期整改"}


def test_every_unit_stands_in_the_table_without_a_rank() -> None:
    rows = season_of(issue(dispatched(date(2009, 5, 20))))["2009-05"].rows()
    assert [(row.unit.code, row.standing, row.absent) for row in rows] == [("乙街", None, None), ("甲街", None, None)]


# ---- the same core as for those who rank
def test_it_is_explained_by_the_issue_and_its_date() -> None:
    assessment = season_of(issue(dispatched(date(2009, 5, 20))))["2009-05"]
    told = eg.narrate(assessment.explain("甲街"))
    assert "不计分，不排名。" in told
    assert "时限2009-05-20" in told


def test_the_two_readings_are_compared_unit_by_unit() -> None:
    facts = eg.Facts(GRID, issues=[issue(dispatched(date(2009, 5, 20)))], rulings=[ruling(holds=False)])
    compared = eg.compare(*(eg.assess_season(scheme, facts) for scheme in (SUPERVISION, SUPERVISION_RULED)))
    assert [move.unit for move in compared["2009-05"].moves if move.moved] == ["甲街"]


@pytest.mark.parametrize("scheme", [SUPERVISION, SUPERVISION_RULED], ids=lambda scheme: scheme.id)
def test_it_is_stored_and_read_back(scheme: eg.Scheme) -> None:
    assert eg.from_dict(json.loads(eg.to_json(scheme))) == scheme


def test_what_is_assumed_says_both_readings_of_who_is_slow_and_that_there_is_no_term() -> None:
    for scheme in (SUPERVISION, SUPERVISION_RULED):
        assert any("“进展不力”未作界定" in reading and "另一种理解" in reading for reading in scheme.source.assumed)
        assert any("“限期整改”未定期限" in reading for reading in scheme.source.assumed)


# ---- push meetings
MAY = eg.month().round_of(date(2009, 5, 1))


def meeting(day: int) -> eg.Duty:
    """A meeting on record, due by the end of May."""
    held = datetime(2009, 5, day, 15, tzinfo=CHINA)
    return eg.Duty("全区创卫工作推进会", "区创卫办", DUE, eg.Submission("全区创卫工作推进会", "区创卫办", held))


@pytest.mark.parametrize(("days", "missing"), [((), 2), ((6,), 1), ((6, 20), 0), ((6, 13, 20), 0)])
def test_two_push_meetings_are_owed_in_each_month_and_more_may_be_held(days: tuple[int, ...], missing: int) -> None:
    owed = eg.owed(SUPERVISION, eg.Facts(GRID, duties=[meeting(day) for day in days]), MAY)
    assert [duty.owed_by for duty in owed] == ["区创卫办"] * max(2, len(days))
    assert len([duty for duty in owed if duty.is_missing(datetime(2009, 6, 1, tzinfo=CHINA))]) == missing


def test_the_meetings_are_due_by_the_end_of_the_months_last_day() -> None:
    due = {duty.due for duty in eg.owed(SUPERVISION, eg.Facts(GRID), MAY)}
    assert due == {datetime.combine(date(2009, 5, 31), time.max, CHINA)}


# ---- complaints
def test_a_complaint_is_solved_once_it_is_accepted_and_a_claim_does_not_solve_it() -> None:
    late = dispatched(date(2009, 5, 25))
    solved, claimed = issue(late, RECTIFIED, ACCEPTED), issue(late, RECTIFIED, id="T2")
    found = issue(late, id="D1", source="指导检查")
    evidence = eg.Facts(GRID, issues=[solved, claimed, found]).during(eg.month().round_of(date(2009, 5, 1)))
    assert COMPLAINTS.scores(("全区",), evidence)["全区"].value == 2
    assert SOLVED.scores(("全区",), evidence)["全区"].value == 50


def test_without_a_complaint_there_is_no_rate() -> None:
    evidence = eg.Facts(GRID).during(eg.month().round_of(date(2009, 5, 1)))
    assert SOLVED.scores(("全区",), evidence)["全区"].value is eg.Absent.NOT_ASSESSED
