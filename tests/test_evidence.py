"""What one round looks at: the facts of its days, and the issues as they stood at the end of its last day."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.duty import Duty
from envgov.facts.evidence import Evidence, Facts
from envgov.facts.grid import Grid, Unit
from envgov.facts.issue import Event, EventKind, Issue, State
from envgov.facts.output import Output
from envgov.facts.round import Round
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.facts.task import Task

E = EventKind
MAY = Round(date(2024, 5, 1), date(2024, 6, 1), "5月")
APRIL_30, MAY_1, MAY_2, MAY_31, JUNE_1 = (
    *(date(2024, 4, 30), date(2024, 5, 1), date(2024, 5, 2)),
    *(date(2024, 5, 31), date(2024, 6, 1)),
)
BEIJING = timezone(timedelta(hours=8))
TOWN = Grid(
    [
        Unit("镇", "某镇", "镇"),
        Unit("甲", "甲村", "村", "镇"),
        Unit("甲一", "甲村一组", "组", "甲"),
        Unit("乙", "乙村", "村", "镇"),
        Unit("旧", "旧村", "村", "镇", until=MAY_1),
    ]
)
SURVEY = Survey("甲", MAY_1, "回访", 3, 2, 1)
RANK = StatedRank("甲", MAY_1, "无人机", 3, 11)
OUTPUT = Output("甲", MAY_1, "清运垃圾", 300, "吨")


def the(collection: str, facts: Any) -> dict[str, Any]:
    """The one collection of a bundle of facts."""
    return {collection: facts}


def issue(id_: str, place: str = "甲", *more: Event, found: date = MAY_1, **rest: Any) -> Issue:
    return Issue(id_, place, (Event(E.FOUND, found), *more), **rest)


def may(*issues: Issue) -> Evidence:
    return Facts(TOWN, issues=issues).during(MAY)


def ids(issues: tuple[Issue, ...]) -> list[str]:
    return [issue.id for issue in issues]


def test_the_last_day_is_the_day_before_the_end() -> None:
    assert may().last_day == MAY_31


@pytest.mark.parametrize(
    ("collection", "fact", "sort"),
    [("surveys", SURVEY, "channel"), ("stated_ranks", RANK, "channel"), ("outputs", OUTPUT, "what")],
)
def test_the_evidence_is_the_rounds_own_facts_by_unit_and_sort_oldest_first(
    collection: str, fact: Any, sort: str
) -> None:
    other = evolve(fact, day=MAY_31, **{sort: "A"})
    given_ = [other, evolve(fact, day=APRIL_30), fact, evolve(fact, day=JUNE_1), evolve(fact, unit="乙")]
    of = getattr(Facts(TOWN, **the(collection, given_)).during(MAY), collection)
    assert of("甲") == (fact, other)
    assert of("甲", getattr(fact, sort)) == (fact,)
    assert of("甲", "无") == of("镇") == of("x") == ()


def test_the_acceptances_of_a_round_are_those_of_its_days_oldest_first() -> None:
    days = (JUNE_1, MAY_31, MAY_1, APRIL_30)
    by_day = {day: UnitAcceptance("甲", day, passed=day != MAY_1) for day in days}
    evidence = Facts(TOWN, acceptances=by_day.values()).during(MAY)
    assert (evidence.acceptances("甲"), evidence.acceptances("镇")) == ((by_day[MAY_1], by_day[MAY_31]), ())


def report(name: str, day: date, progress: int, unit: str = "甲") -> Task:
    return Task(name, unit, "王五", "住建局", Decimal(progress), day)


def test_of_each_task_the_newest_report_by_the_last_day_counts_however_old() -> None:
    old, first, last = report("危房", date(2023, 1, 1), 80), report("管网", MAY_1, 90), report("管网", MAY_31, 70)
    elsewhere = report("管网", MAY_2, 20, unit="乙")
    reports = [
        report("管网", JUNE_1, 100),
        report("管网", date(2022, 1, 1), 1),
        last,
        first,
        elsewhere,
        old,
        report("公厕", JUNE_1, 5),
    ]
    evidence = Facts(TOWN, tasks=reports).during(MAY)
    assert {unit: evidence.tasks(unit) for unit in ("甲", "乙", "镇")} == {
        "甲": (old, last),
        "乙": (elsewhere,),
        "镇": (),
    }


def test_the_duties_of_a_round_are_those_due_on_its_days_in_their_own_time_zone_earliest_first() -> None:
    first_minute, last_minute = datetime(2024, 5, 1, tzinfo=BEIJING), datetime(2024, 5, 31, 23, 59, tzinfo=BEIJING)
    minute = timedelta(minutes=1)
    due = [last_minute, first_minute, last_minute + minute, first_minute - minute, first_minute.astimezone(UTC)]
    duties = [Duty(f"日报{n}", "甲", moment) for n, moment in enumerate(due)]
    evidence = Facts(TOWN, duties=[*duties, Duty("日报", "督导组", first_minute)]).during(MAY)
    assert evidence.duties("甲") == (duties[1], duties[0])
    assert [duty.what for duty in evidence.duties("督导组")] == ["日报"]
    assert evidence.duties("乙") == ()


def test_the_issues_at_a_unit_are_its_own_and_those_below_it_in_id_order() -> None:
    evidence = may(issue("3"), issue("1", "甲一"), issue("2", "乙"), issue("4", "镇"))
    assert {unit: ids(evidence.issues_at(unit)) for unit in ("镇", "甲", "甲一", "乙", "x")} == {
        "镇": ["1", "2", "3", "4"],
        "甲": ["1", "3"],
        "甲一": ["1"],
        "乙": ["2"],
        "x": [],
    }


def test_the_issues_of_a_round_are_those_found_by_its_last_day_the_old_ones_too() -> None:
    evidence = may(
        issue("1", found=date(2020, 1, 1)), issue("2", found=MAY_31), issue("3", found=JUNE_1, responsible=("乙",))
    )
    assert ids(evidence.issues_at("甲")) == ["1", "2"]
    assert evidence.issues_owed_by("乙") == ()


def test_an_issue_is_seen_as_it_stood_at_the_end_of_the_last_day() -> None:
    life = (Event(E.RECTIFIED, MAY_31), Event(E.ACCEPTED, JUNE_1))
    evidence = may(issue("1", "甲", *life, responsible=("乙",)))
    assert [issue.state for issue in evidence.issues_at("甲")] == [State.RECTIFIED]
    assert evidence.issues_owed_by("乙") == evidence.issues_at("甲")


def test_an_issue_to_which_nothing_happened_since_is_not_copied() -> None:
    closed = issue("1", "甲", Event(E.FIXED_ON_THE_SPOT, MAY_31))
    assert may(closed).issues_at("甲")[0] is closed


def test_an_issue_of_a_place_that_is_gone_lies_at_no_unit_and_is_still_owed() -> None:
    evidence = may(issue("1", "旧", found=APRIL_30, responsible=("乙",)))
    assert evidence.issues_at("镇") == evidence.issues_at("旧") == ()
    assert ids(evidence.issues_owed_by("乙")) == ["1"]


def test_an_issue_is_owed_by_each_of_those_responsible_once_and_by_no_supporting_unit() -> None:
    evidence = may(
        issue("2", responsible=("乙", "环卫办", "乙"), supporting=("甲",)), issue("1", "甲一", responsible=("乙",))
    )
    owed = {who: ids(evidence.issues_owed_by(who)) for who in ("乙", "环卫办", "甲", "镇")}
    assert owed == {"乙": ["1", "2"], "环卫办": ["2"], "甲": [], "镇": []}


def test_a_unit_owes_by_its_code_and_nothing_under_its_name() -> None:
    """Who is responsible may be anybody; that 某村 is the name of a unit does not make it one."""
    named = Grid([Unit("v1", "某村", "村")])
    given = [Issue("1", "v1", (Event(EventKind.FOUND, MAY_1),), responsible=("某村",))]
    evidence = Facts(named, issues=given, duties=[Duty("日报", "某村", datetime(2024, 5, 9, tzinfo=UTC))]).during(MAY)
    assert (evidence.issues_owed_by("v1"), evidence.duties("v1")) == ((), ())
    assert ids(evidence.issues_owed_by("某村")) == ["1"]
    assert len(evidence.duties("某村")) == 1


@given(data=st.data())
def test_what_happens_after_a_round_never_changes_its_issues(data: st.DataObject) -> None:
    days = st.integers(-40, 40).map(lambda n: MAY_31 + timedelta(n))
    now: list[Issue] = []
    for number in range(data.draw(st.integers(0, 4))):
        found, rectified, accepted = sorted(data.draw(st.tuples(days, days, days)))
        events = (Event(E.RECTIFIED, rectified), Event(E.ACCEPTED, accepted))
        now.append(issue(str(number), data.draw(st.sampled_from(["甲", "甲一", "乙"])), *events, found=found))
    then = [past for i in now if (past := i.as_of(MAY_31)) is not None]
    for unit in ("镇", "甲", "甲一", "乙"):
        assert may(*now).issues_at(unit) == may(*then).issues_at(unit)
