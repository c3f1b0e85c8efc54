"""The bundle of facts and the smaller facts in it: rounds, surveys, stated ranks, outputs, duties, rulings."""

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from envgov.errors import InputError
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.duty import CHINA, Duty, Submission
from envgov.facts.evidence import Evidence, Facts
from envgov.facts.grid import Assignment, Body, Grid, Unit
from envgov.facts.inspection import Finding, Inspection, Mode
from envgov.facts.issue import Event, EventKind, Issue
from envgov.facts.output import Output
from envgov.facts.round import Round
from envgov.facts.ruling import Ruling
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.facts.task import Task
from envgov.reason import Absent, Reason

MAY = Round(date(2024, 5, 1), date(2024, 6, 1), "5月")
APRIL_30, MAY_1, MAY_31, JUNE_1 = date(2024, 4, 30), date(2024, 5, 1), date(2024, 5, 31), date(2024, 6, 1)
GRID = Grid([Unit("v1", "中泉村", "村"), Unit("v2", "东山村", "村")])
CUT_OFF = datetime(2024, 5, 1, 18, tzinfo=timezone(timedelta(hours=8)))
SECOND = timedelta(seconds=1)

VISIT = Inspection("v1", MAY_1, "督导")
FINDING = Finding("路面", Decimal(1))
SURVEY = Survey("v1", MAY_1, "回访", 3, 2, 1)
RANK = StatedRank("v1", MAY_1, "无人机", 3, 11)
OUTPUT = Output("v1", MAY_1, "清运垃圾", Decimal(300), "吨")
BODY = Body("b1", "督导组")
HEAD = Assignment("张三", "村支书", "v1")
DUTY = Duty("日报", "v1", CUT_OFF)
RULING = Ruling("v1", MAY_1, "bottom(3)", holds=True, by="办公室", why="整改到位", scheme="办法")
TASK = Task("污水管网", "v1", "王五", "住建局", Decimal(40), MAY_1)
ACCEPTANCE = UnitAcceptance("v1", MAY_1, passed=True)
ISSUE = Issue("i1", "v1", (Event(EventKind.FOUND, MAY_1),))

ALIKE: dict[str, tuple[Any, ...]] = {
    "inspections": (
        VISIT,
        evolve(VISIT, unit="v2"),
        evolve(VISIT, day=APRIL_30),
        evolve(VISIT, channel="无人机"),
        evolve(VISIT, findings=(FINDING,)),
        evolve(VISIT, findings=(FINDING, FINDING)),
        evolve(VISIT, findings=(evolve(FINDING, note="裂缝"),)),
        evolve(VISIT, findings=(evolve(FINDING, evidence=("a.jpg",)),)),
        evolve(VISIT, stated=0),
        evolve(VISIT, stated=-1),
        evolve(VISIT, mode=Mode.OPEN),
        evolve(VISIT, mode=Mode.COVERT),
        evolve(VISIT, inspector="李四"),
        evolve(VISIT, note="雨"),
        evolve(VISIT, id="x"),
        evolve(VISIT, last_day=MAY_31),
    ),
    "issues": (ISSUE, evolve(ISSUE, id="i2"), evolve(ISSUE, id="i0", place="v2")),
    "surveys": (
        SURVEY,
        evolve(SURVEY, unit="v2"),
        evolve(SURVEY, day=JUNE_1),
        evolve(SURVEY, channel="问卷"),
        evolve(SURVEY, asked=4),
        evolve(SURVEY, answered=3),
        evolve(SURVEY, satisfied=2),
    ),
    "stated_ranks": (
        RANK,
        evolve(RANK, unit="v2"),
        evolve(RANK, day=JUNE_1),
        evolve(RANK, channel="乡镇"),
        evolve(RANK, rank=4),
        evolve(RANK, of=151),
    ),
    "outputs": (
        OUTPUT,
        evolve(OUTPUT, unit="v2"),
        evolve(OUTPUT, day=JUNE_1),
        evolve(OUTPUT, what="拆违"),
        evolve(OUTPUT, amount=301),
        evolve(OUTPUT, measure="车"),
    ),
    "bodies": (BODY, evolve(BODY, code="b2"), evolve(BODY, code="b0", name="环卫办")),
    "assignments": (
        HEAD,
        evolve(HEAD, who="李四"),
        evolve(HEAD, role="包村"),
        evolve(HEAD, place="v2"),
        evolve(HEAD, since=MAY_1),
        evolve(HEAD, until=MAY_1),
    ),
    "duties": (
        DUTY,
        evolve(DUTY, what="周排名"),
        evolve(DUTY, owed_by="v2"),
        evolve(DUTY, due=CUT_OFF - SECOND),
        evolve(DUTY, submission=Submission("日报", "v1", CUT_OFF)),
        evolve(DUTY, submission=Submission("日报", "v1", CUT_OFF + SECOND)),
    ),
    "rulings": (
        RULING,
        evolve(RULING, unit="v2"),
        evolve(RULING, concerns=JUNE_1),
        evolve(RULING, condition="top(3)"),
        evolve(RULING, holds=False),
        evolve(RULING, by="纪工委"),
        evolve(RULING, why="群众反映"),
    ),
    "tasks": (TASK, evolve(TASK, name="公厕"), evolve(TASK, unit="v2"), evolve(TASK, day=APRIL_30, name="危房")),
    "acceptances": (
        ACCEPTANCE,
        evolve(ACCEPTANCE, unit="v2"),
        evolve(ACCEPTANCE, day=JUNE_1),
        evolve(ACCEPTANCE, passed=False),
        evolve(ACCEPTANCE, by="镇"),
        evolve(ACCEPTANCE, note="复验"),
    ),
}


def the(collection: str, facts: Any) -> dict[str, Any]:
    """The one collection of a bundle of facts."""
    return {collection: facts}


@pytest.mark.parametrize("collection", ALIKE)
@given(data=st.data())
def test_input_order_never_matters_even_of_facts_that_differ_in_one_field(collection: str, data: st.DataObject) -> None:
    given_ = ALIKE[collection]
    shuffled = data.draw(st.permutations(given_))
    facts, again = Facts(GRID, **the(collection, given_)), Facts(GRID, **the(collection, iter(shuffled)))
    assert getattr(again, collection) == getattr(facts, collection)
    assert (again, hash(again)) == (facts, hash(facts))
    assert sorted(map(repr, getattr(facts, collection))) == sorted(map(repr, given_))


@pytest.mark.parametrize(
    ("collection", "pair"),
    [
        ("inspections", (VISIT, evolve(VISIT, last_day=MAY_1))),
        ("assignments", (HEAD, evolve(HEAD, since=date.min))),
        ("assignments", (HEAD, evolve(HEAD, until=date.max))),
        ("duties", (DUTY, evolve(DUTY, submission=Submission("日报", "v1", datetime.max.replace(tzinfo=UTC))))),
    ],
)
def test_a_day_that_is_not_given_is_ordered_apart_from_the_day_that_it_stands_for(
    collection: str, pair: tuple[Any, Any]
) -> None:
    assert pair[0] != pair[1]
    assert Facts(GRID, **the(collection, pair)) == Facts(GRID, **the(collection, pair[::-1]))


def test_an_order_of_units_is_not_a_fact() -> None:
    grids = [Grid(order) for order in permutations(GRID.units)]
    assert Facts(grids[0], inspections=[VISIT]) == Facts(grids[1], inspections=[VISIT])


def test_facts_about_units_that_the_grid_lacks_and_ids_given_twice_are_all_reported_at_once() -> None:
    with pytest.raises(InputError) as refused:
        Facts(
            GRID,
            inspections=[
                evolve(VISIT, unit="x2"),
                evolve(VISIT, unit="x1"),
                evolve(VISIT, unit="x1", day=JUNE_1),
                *(evolve(VISIT, id="twice", day=day) for day in (MAY_1, MAY_31, JUNE_1)),
                evolve(VISIT, id="once"),
            ],
            issues=[evolve(ISSUE, place="x3"), ISSUE],
            surveys=[evolve(SURVEY, unit="x4")],
            stated_ranks=[evolve(RANK, unit="x5")],
            outputs=[evolve(OUTPUT, unit="x6")],
            assignments=[evolve(HEAD, place="x7")],
            rulings=[evolve(RULING, unit="x8")],
            tasks=[evolve(TASK, unit="x9"), TASK, evolve(TASK, progress=50), evolve(TASK, day=JUNE_1)],
            acceptances=[evolve(ACCEPTANCE, unit="x0")],
        )
    unknown, twice = "the grid has no such unit", "this id is given more than once"
    assert [(fault.file, fault.problem, fault.value) for fault in refused.value.faults] == [
        ("inspections", unknown, "x1"),
        ("inspections", unknown, "x2"),
        ("issues", unknown, "x3"),
        ("surveys", unknown, "x4"),
        ("stated_ranks", unknown, "x5"),
        ("outputs", unknown, "x6"),
        ("assignments", unknown, "x7"),
        ("rulings", unknown, "x8"),
        ("tasks", unknown, "x9"),
        ("acceptances", unknown, "x0"),
        ("inspections", twice, "twice"),
        ("issues", twice, "i1"),
        ("tasks", "the task of v1 is reported more than once for 2024-05-01", "污水管网"),
    ]
    assert {fault.remedy for fault in refused.value.faults} == {
        "add it to the grid, or correct the code",
        "give each its own id",
        "keep the report that holds",
    }


@pytest.mark.parametrize("collection", ["inspections", "surveys", "stated_ranks", "outputs", "tasks", "acceptances"])
def test_facts_of_days_on_which_the_unit_did_not_exist_are_refused(collection: str) -> None:
    grid = Grid([Unit("v1", "中泉村", "村", since=MAY_1, until=JUNE_1)])
    fact = ALIKE[collection][0]
    within = [evolve(fact, day=day) for day in (MAY_1, MAY_31)]
    assert len(getattr(Facts(grid, **the(collection, within)), collection)) == 2
    with pytest.raises(InputError) as refused:
        Facts(grid, **the(collection, [*within, evolve(fact, day=JUNE_1), evolve(fact, day=APRIL_30)]))
    assert [str(fault) for fault in refused.value.faults] == [
        f"{collection}: the unit does not exist on {day} (found 'v1'); correct the day, or since and until in the grid"
        for day in (APRIL_30, JUNE_1)
    ]


def test_inspections_without_an_id_may_be_equal() -> None:
    assert Facts(GRID, inspections=[VISIT, VISIT]).inspections == (VISIT, VISIT)


def test_bodies_and_responsible_need_not_be_units_of_the_grid() -> None:
    facts = Facts(GRID, issues=[evolve(ISSUE, responsible=("环卫办",))], duties=[evolve(DUTY, owed_by="b1")])
    assert (facts.issues[0].responsible, facts.duties[0].owed_by) == (("环卫办",), "b1")


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        (
            Facts(GRID, inspections=[VISIT], stated_ranks=[RANK, RANK]),
            "<Facts: 2 units, 1 inspections, 2 stated_ranks>",
        ),
        (Facts(GRID), "<Facts: 2 units>"),
    ],
)
def test_facts_show_their_counts_and_not_their_contents(facts: Facts, shown: str) -> None:
    assert repr(facts) == shown


def test_the_days_are_those_on_which_something_happened_that_can_be_scored() -> None:
    facts = Facts(
        GRID,
        inspections=[VISIT, evolve(VISIT, unit="v2"), evolve(VISIT, day=APRIL_30, last_day=JUNE_1)],
        surveys=[evolve(SURVEY, day=MAY_31)],
        stated_ranks=[evolve(RANK, day=date(2024, 5, 2))],
        outputs=[evolve(OUTPUT, day=date(2024, 5, 3))],
        issues=[evolve(ISSUE, events=(Event(EventKind.FOUND, date(2024, 5, 4)),))],
    )
    assert facts.days() == {APRIL_30, MAY_1, date(2024, 5, 2), date(2024, 5, 3), date(2024, 5, 4), MAY_31}


def test_the_day_on_which_an_issue_is_first_overdue_is_one_of_them() -> None:
    """Who let the due date pass is asked about it in that month, though nothing else happened in it."""
    found = Event(EventKind.FOUND, date(2024, 5, 4), due=MAY_31)
    put_right = (Event(EventKind.RECTIFIED, MAY_31), Event(EventKind.ACCEPTED, MAY_31))
    late, in_time = evolve(ISSUE, events=(found,)), evolve(ISSUE, id="W2", events=(found, *put_right))
    july = Event(EventKind.FOUND, date(2024, 7, 2))
    later = evolve(ISSUE, id="W3", events=(july,))
    assert Facts(GRID, issues=[late, in_time, later]).days() == {date(2024, 5, 4), MAY_31, JUNE_1, july.day}
    assert Facts(GRID, issues=[in_time, later]).days() == {date(2024, 5, 4), MAY_31, july.day}


def test_what_falls_due_after_the_last_day_on_record_is_still_to_come() -> None:
    issue = evolve(ISSUE, events=(Event(EventKind.FOUND, date(2024, 5, 4), due=MAY_31),))
    june = datetime(2024, 6, 30, 18, tzinfo=CHINA)
    asked, came = Duty("日报", "A", june), Submission("日报", "A", datetime(2024, 7, 1, 9, tzinfo=CHINA))
    assert Facts(GRID, issues=[issue], duties=[asked]).days() == {date(2024, 5, 4)}
    assert Facts(GRID, issues=[issue], duties=[evolve(asked, submission=came)]).days() == {
        date(2024, 5, 4),
        JUNE_1,
        june.date(),
    }
    assert Facts(GRID, duties=[asked]).days() == {june.date()}  # nothing else tells up to which day there are records


def test_a_ruling_on_an_issue_that_is_not_on_file_is_refused() -> None:
    with pytest.raises(InputError, match="rulings: there is no such issue"):
        Facts(GRID, issues=[ISSUE], rulings=[evolve(RULING, issue="W9")])


def test_a_round_is_half_open() -> None:
    assert [day in MAY for day in (APRIL_30, MAY_1, MAY_31, JUNE_1)] == [False, True, True, False]


def test_rounds_of_the_same_days_are_one_round_whatever_they_are_called() -> None:
    assert {MAY, Round(MAY_1, JUNE_1, "五月")} == {MAY}
    assert Round(MAY_1, MAY_31, "5月") != MAY


@pytest.mark.parametrize("end", [MAY_1, APRIL_30])
def test_a_round_ends_after_it_starts(end: date) -> None:
    with pytest.raises(ValueError, match=f"a round ends after it starts: 2024-05-01 to {end}"):
        Round(MAY_1, end, "5月")


def test_the_evidence_of_a_round_is_its_own_inspections_by_unit_and_channel_oldest_first() -> None:
    drone = evolve(VISIT, channel="A无人机", day=MAY_31)
    visits = [drone, evolve(VISIT, day=APRIL_30), VISIT, evolve(VISIT, day=JUNE_1), evolve(VISIT, unit="v2")]
    evidence = Facts(GRID, inspections=visits).during(MAY)
    assert evidence.inspections("v1") == (VISIT, drone)
    assert evidence.inspections("v1", "督导") == (VISIT,)
    assert evidence.inspections("v1", "第三方") == evidence.inspections("x") == ()


def test_a_visit_counts_in_the_round_of_its_first_day() -> None:
    long = evolve(VISIT, day=APRIL_30, last_day=MAY_31)
    facts = Facts(GRID, inspections=[long])
    april = Round(date(2024, 4, 1), MAY_1, "4月")
    assert (facts.during(april).inspections("v1"), facts.during(MAY).inspections("v1")) == ((long,), ())


def test_the_evidence_holds_the_rulings_that_concern_its_round() -> None:
    rulings = [evolve(RULING, concerns=day) for day in (APRIL_30, MAY_1, MAY_31, JUNE_1)]
    assert Facts(GRID, rulings=rulings).during(MAY).rulings == tuple(rulings[1:3])


def test_the_evidence_stands_on_the_grid_of_the_rounds_first_day() -> None:
    changing = Grid([*GRID.units, Unit("old", "旧村", "村", until=MAY_31), Unit("new", "新村", "村", since=MAY_31)])
    assert [unit.code for unit in Facts(changing).during(MAY).grid.units] == ["old", "v1", "v2"]


def test_evidence_of_another_round_is_of_the_same_facts() -> None:
    facts = Facts(GRID, inspections=[VISIT])
    june = Round(JUNE_1, date(2024, 7, 1), "6月")
    assert facts.during(june).during(MAY) == Evidence(facts, MAY) == facts.during(MAY)
    assert facts.during(june).during(MAY).inspections("v1") == (VISIT,)


@pytest.mark.parametrize("counts", [(3, 4, 1), (3, 2, 3), (3, 2, -1), (-1, -1, -1)])
def test_satisfied_are_among_answered_and_those_among_asked(counts: tuple[int, int, int]) -> None:
    asked, answered, satisfied = counts
    shown = f"v1 2024-05-01: asked {asked}, answered {answered}, satisfied {satisfied}: each of them contains the next"
    with pytest.raises(ValueError, match=shown):
        Survey("v1", MAY_1, "回访", asked, answered, satisfied)


@pytest.mark.parametrize("counts", [(0, 0, 0), (3, 3, 3), (3, 0, 0)])
def test_a_survey_may_have_no_answers_or_all(counts: tuple[int, int, int]) -> None:
    assert Survey("v1", MAY_1, "回访", *counts).asked == counts[0]


@pytest.mark.parametrize(("rank", "of"), [(0, 11), (-1, 11), (12, 11), (1, 0)])
def test_a_stated_rank_lies_within_its_list(rank: int, of: int) -> None:
    with pytest.raises(ValueError, match=f"v1 2024-05-01: rank {rank} of a list of {of}"):
        StatedRank("v1", MAY_1, "无人机", rank, of)


@pytest.mark.parametrize("rank", [1, 11])
def test_a_stated_rank_may_be_the_first_or_the_last_of_its_list(rank: int) -> None:
    assert StatedRank("v1", MAY_1, "无人机", rank, 11).rank == rank


@pytest.mark.parametrize("progress", ["-0.1", "100.1"])
def test_the_progress_of_a_task_is_a_percentage(progress: str) -> None:
    with pytest.raises(ValueError, match=f"a progress of {progress}: give per cent, from 0 to 100"):
        evolve(TASK, progress=progress)


@pytest.mark.parametrize("progress", [0, "33.3", 100])
def test_a_task_may_be_untouched_under_way_or_done(progress: int | str) -> None:
    assert evolve(TASK, progress=progress).progress == Decimal(progress)


def test_a_whole_unit_passes_or_fails_and_nothing_in_between() -> None:
    with pytest.raises(TypeError):
        UnitAcceptance("v1", MAY_1, passed=1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("came", "late", "missing_at_cut_off", "missing_a_second_later", "missing_an_hour_later"),
    [
        (None, False, False, True, True),
        (CUT_OFF - SECOND, False, False, False, False),
        (CUT_OFF, False, False, False, False),
        (CUT_OFF.astimezone(UTC), False, False, False, False),
        (CUT_OFF + SECOND, True, False, False, False),
        (CUT_OFF + timedelta(minutes=30), True, False, True, False),
    ],
    ids=["nothing", "before", "on the cut-off", "on it in another zone", "a second late", "half an hour late"],
)
def test_a_return_is_in_time_up_to_the_cut_off_then_missing_until_it_comes_late(
    came: datetime | None,
    *,
    late: bool,
    missing_at_cut_off: bool,
    missing_a_second_later: bool,
    missing_an_hour_later: bool,
) -> None:
    duty = evolve(DUTY, submission=None if came is None else Submission("日报", "v1", came))
    moments = (CUT_OFF, CUT_OFF + SECOND, CUT_OFF + timedelta(hours=1))
    assert duty.is_late() is late
    assert [duty.is_missing(moment) for moment in moments] == [
        missing_at_cut_off,
        missing_a_second_later,
        missing_an_hour_later,
    ]


@pytest.mark.parametrize(
    ("came", "at_cut_off", "a_second_later", "an_hour_later"),
    [
        (None, "not due", "missing", "missing"),
        (CUT_OFF, "on time", "on time", "on time"),
        (CUT_OFF + timedelta(minutes=30), "not due", "missing", "late"),
    ],
    ids=["nothing", "on the cut-off", "half an hour late"],
)
def test_what_has_become_of_a_return_is_told_by_what_had_come_at_a_moment(
    came: datetime | None, at_cut_off: str, a_second_later: str, an_hour_later: str
) -> None:
    duty = evolve(DUTY, submission=None if came is None else Submission("日报", "v1", came))
    moments = (CUT_OFF, CUT_OFF + SECOND, CUT_OFF + timedelta(hours=1))
    assert [duty.state(moment) for moment in moments] == [at_cut_off, a_second_later, an_hour_later]


@pytest.mark.parametrize(("what", "by"), [("周排名", "v1"), ("日报", "v2")])
def test_a_submission_is_of_the_duty_that_it_answers(what: str, by: str) -> None:
    with pytest.raises(ValueError, match=f"日报 owed by v1: the submission is {what} by {by}"):
        Duty("日报", "v1", CUT_OFF, Submission(what, by, CUT_OFF))


def test_an_absent_score_is_neither_a_zero_nor_ranked() -> None:
    assert [absent.value for absent in Absent] == ["not assessed", "exempt"]
    assert Fraction(0) not in set[object](Absent)
    with pytest.raises(TypeError):
        sorted([Fraction(1), Absent.EXEMPT])  # type: ignore[type-var]


def test_a_reason_is_a_value_of_rule_answer_and_grounds() -> None:
    part = Reason("part", None, (VISIT,))
    reason = Reason("rule", Fraction(1, 3), (part,))
    assert (reason.rule, reason.value, reason.because) == tuple(reason) == ("rule", Fraction(1, 3), (part,))
    assert pickle.loads(pickle.dumps(reason)) == reason  # noqa: S301
