"""Deadlines: until when, to the day or to the hour, around month ends and the Spring Festival of 2024."""

import json
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve, frozen
from dateutil.tz import tzstr

import envgov as eg
from envgov.wording.chinese import ZH
from envgov.wording.english import EN
from test_workdays import CHINA, NOTICE, SPRING, at, calendar

ORDINARY = eg.staged(
    eg.Stage("部署", eg.same_day()),
    eg.Stage("反馈", eg.calendar_days(3)),
    eg.Stage("办结", eg.calendar_days(7)),
    eg.Stage("清零", eg.standing()),
    counted="from the start",
)
REPAIR = (
    eg.Stage("围挡", eg.hours(3)),
    eg.Stage("修复", eg.hours(8)),
    eg.Stage("恢复", eg.working_days(5)),
)


def february(day: int) -> date:
    return date(2024, 2, day)


def only(deadline: eg.Deadline, given: date, work: eg.WorkCalendar | None = SPRING) -> eg.Due:
    (due,) = deadline.dues(given, work)
    return due


def issue(category: str = "", source: str = "") -> eg.Issue:
    return eg.Issue("1", "甲", (eg.Event(eg.EventKind.FOUND, february(8)),), category=category, source=source)


@pytest.mark.parametrize(
    ("deadline", "given", "due"),
    [
        (eg.same_day(), february(8), eg.Due(february(8))),
        (eg.same_day(), at(8, 23, 59), eg.Due(february(8))),
        (eg.calendar_days(3), february(28), eg.Due(date(2024, 3, 2))),
        (eg.calendar_days(1), at(8, 23, 59), eg.Due(february(9))),
        (eg.months(1), date(2024, 1, 31), eg.Due(february(29))),
        (eg.months(1), date(2023, 1, 31), eg.Due(date(2023, 2, 28))),
        (eg.months(2), date(2023, 12, 31), eg.Due(february(29))),
        (eg.months(12), february(29), eg.Due(date(2025, 2, 28))),
        (eg.months(1), at(8, 9), eg.Due(date(2024, 3, 8))),
        (eg.working_days(13), february(2), eg.Due(february(26), calendar=NOTICE)),
        (eg.working_days(1), at(9, 23), eg.Due(february(18), calendar=NOTICE)),
        (eg.working_hours(8), at(9, 16, 30), eg.Due(february(19), at(19, 9), calendar=NOTICE)),
        (eg.hours(3), at(9, 22), eg.Due(february(10), at(10, 1))),
    ],
)
def test_a_deadline_ends_on_its_last_day_or_in_its_last_hour(deadline: eg.Deadline, given: date, due: eg.Due) -> None:
    assert deadline.dues(given, SPRING) == (due,)


def test_what_has_no_end_has_no_due() -> None:
    assert eg.standing().dues(february(8)) == ()


def test_hours_around_the_clock_are_real_ones_where_the_clocks_change() -> None:
    berlin = tzstr("CET-1CEST,M3.5.0,M10.5.0/3", posix_offset=True)
    due = only(eg.hours(24), datetime(2024, 3, 30, 12, tzinfo=berlin), None)
    assert due.at is not None
    assert due.at.isoformat() == "2024-03-31T13:00:00+02:00"


def test_the_stages_of_13710_have_a_due_each_and_are_tracked_without_an_end() -> None:
    assert ORDINARY.dues(date(2024, 1, 31)) == (
        eg.Due(date(2024, 1, 31), stage="部署"),
        eg.Due(february(3), stage="反馈"),
        eg.Due(february(7), stage="办结"),
    )


def test_stages_count_from_the_start_or_from_when_the_stage_before_was_due() -> None:
    fenced = eg.Due(february(8), at(8, 23), "围挡")
    assert eg.staged(*REPAIR, counted="from the start").dues(at(8, 20), SPRING) == (
        fenced,
        eg.Due(february(9), at(9, 4), "修复"),
        eg.Due(february(21), stage="恢复", calendar=NOTICE),
    )
    assert eg.staged(*REPAIR, counted="from the stage before").dues(at(8, 20), SPRING) == (
        fenced,
        eg.Due(february(9), at(9, 7), "修复"),
        eg.Due(february(22), stage="恢复", calendar=NOTICE),
    )


def test_how_stages_count_must_be_declared() -> None:
    with pytest.raises(TypeError, match="counted"):
        eg.staged(*REPAIR)  # type: ignore[call-arg]
    with pytest.raises(eg.SchemeError, match="choose one of 'from the start', 'from the stage before'"):
        eg.staged(*REPAIR, counted="each")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ((REPAIR[0], REPAIR[0]), "stages have names of their own"),
        ((eg.Stage("常态", eg.standing()), REPAIR[0]), "'围挡' comes after '常态', which has no end"),
        ((REPAIR[2], REPAIR[0]), "'围挡' counts hours from '恢复', which is due on a day"),
        ((REPAIR[2], eg.Stage("验收", eg.working_hours(2))), "'验收' counts hours from '恢复'"),
    ],
)
def test_stages_that_cannot_be_counted_are_refused(stages: Any, said: str) -> None:
    with pytest.raises(eg.SchemeError, match=said):
        eg.staged(*stages, counted="from the stage before")


def test_from_the_start_any_stage_may_have_no_end_or_count_hours() -> None:
    mixed = eg.staged(eg.Stage("常态", eg.standing()), REPAIR[2], REPAIR[0], counted="from the start")
    assert [due.stage for due in mixed.dues(at(8, 20), SPRING)] == ["恢复", "围挡"]


def test_a_staged_deadline_has_stages_and_none_within_a_stage() -> None:
    with pytest.raises(ValueError, match="stages"):
        eg.staged(counted="from the start")
    with pytest.raises(TypeError, match="Stage"):
        eg.staged(eg.hours(3), counted="from the start")  # type: ignore[arg-type]
    with pytest.raises(eg.SchemeError, match="'全程': a stage has no stages: write them side by side"):
        eg.Stage("全程", ORDINARY)
    with pytest.raises(eg.SchemeError, match="does not answer dues"):
        eg.Stage("全程", 7)  # type: ignore[arg-type]


def test_a_changed_copy_of_stages_is_made_like_any_other() -> None:
    chained = evolve(ORDINARY, counted="from the stage before")
    assert [due.day.day for due in chained.dues(february(1))] == [1, 4, 11]


@pytest.mark.parametrize("deadline", [eg.working_days(5), eg.working_hours(5)])
def test_working_time_needs_a_calendar(deadline: eg.Deadline) -> None:
    with pytest.raises(eg.SchemeError, match=r"\(5\) counts the working days of a calendar: give a WorkCalendar"):
        deadline.dues(at(8, 9))


@pytest.mark.parametrize("deadline", [eg.hours(5), eg.working_hours(5)])
@pytest.mark.parametrize("given", [february(8), datetime(2024, 2, 8, 9)])  # noqa: DTZ001 - the point of it
def test_hours_need_a_moment_and_its_zone(deadline: eg.Deadline, given: date) -> None:
    with pytest.raises(
        eg.InputError, match=r"hours\(5\) counts from an hour .*2024-02-08.*; give the moment, with its"
    ):
        deadline.dues(given, SPRING)


@pytest.mark.parametrize(
    "term", [eg.calendar_days, eg.working_days, eg.working_hours, eg.hours, eg.months], ids=lambda term: term.kind
)
@pytest.mark.parametrize("n", [0, -1, True, "3"])
def test_a_deadline_counts_from_one_up(term: Any, n: Any) -> None:
    with pytest.raises(eg.SchemeError, match=f"{term.kind}: n={n!r}: give a whole number from 1 up"):
        term(n)


@pytest.mark.parametrize("n", [1, 10**6, 10**12])
@pytest.mark.parametrize("term", [eg.calendar_days, eg.hours, eg.months], ids=lambda term: term.kind)
def test_a_deadline_after_the_year_9999_is_refused(term: Any, n: int) -> None:
    with pytest.raises(eg.InputError, match=r"outside the years 1 to 9999 .found '9999-12-31"):
        term(n).dues(datetime(9999, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=8))))


def test_a_due_that_rests_on_a_day_outside_the_calendar_is_marked_as_an_estimate() -> None:
    guess = calendar(beyond="estimate")
    assert only(eg.working_days(1), february(28), guess) == eg.Due(february(29), calendar=NOTICE)
    beyond = only(eg.working_days(2), february(28), guess)
    assert beyond == eg.Due(date(2024, 3, 1), calendar=NOTICE, estimated=True)
    assert only(eg.working_hours(1), at(29, 16), guess).estimated is False
    assert only(eg.working_hours(1), at(29, 17), guess).estimated is True


def test_the_day_it_was_given_need_not_be_covered_for_days_but_for_hours() -> None:
    guess = calendar(beyond="estimate")
    last_of_2023 = datetime(2023, 12, 31, 9, tzinfo=CHINA)
    assert only(eg.working_days(1), last_of_2023, SPRING) == eg.Due(date(2024, 1, 2), calendar=NOTICE)
    assert only(eg.working_days(1), last_of_2023 - timedelta(1), guess).estimated is True
    assert only(eg.working_hours(1), last_of_2023, guess).estimated is True


def test_what_counts_from_an_estimate_is_an_estimate() -> None:
    stages = eg.Stage("整改", eg.working_days(2)), eg.Stage("复查", eg.calendar_days(3))
    guess = calendar(beyond="estimate")
    _, chained = eg.staged(*stages, counted="from the stage before").dues(february(28), guess)
    assert chained == eg.Due(date(2024, 3, 4), stage="复查", calendar=NOTICE, estimated=True)
    _, apart = eg.staged(*stages, counted="from the start").dues(february(28), guess)
    assert apart == eg.Due(date(2024, 3, 2), stage="复查")


def test_a_due_whose_moment_is_on_another_day_is_refused() -> None:
    with pytest.raises(ValueError, match="is not on the day 2024-02-09"):
        eg.Due(february(9), at(8, 9))


LIMITS = (
    eg.Limit(eg.hours(3), categories=("井盖缺失", "道路塌陷"), sources=("热线",), cite="3小时内围挡"),
    eg.Limit(eg.working_days(1), categories=("井盖缺失",)),
    eg.Limit(eg.working_days(3), sources=("热线",)),
)


@pytest.mark.parametrize(
    ("category", "source", "deadline"),
    [
        ("道路塌陷", "热线", eg.hours(3)),
        ("井盖缺失", "热线", eg.hours(3)),
        ("井盖缺失", "巡查", eg.working_days(1)),
        ("垃圾", "热线", eg.working_days(3)),
        ("垃圾", "巡查", None),
    ],
)
def test_an_issue_gets_the_deadline_of_the_first_limit_that_applies(category: str, source: str, deadline: Any) -> None:
    assert eg.deadline_for(LIMITS, issue(category, source)) == deadline


def test_a_limit_that_names_nothing_applies_to_every_issue() -> None:
    rest = eg.Limit(eg.calendar_days(7))
    assert eg.deadline_for((*LIMITS, rest), issue()) == eg.calendar_days(7)


def test_a_limit_has_a_deadline_and_tuples() -> None:
    with pytest.raises(eg.SchemeError, match="does not answer dues"):
        eg.Limit(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="give a tuple"):
        eg.Limit(eg.hours(3), categories="井盖缺失")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value",
    [
        *LIMITS,
        eg.Limit(ORDINARY),
        eg.Limit(eg.staged(*REPAIR, counted="from the stage before")),
        eg.Limit(
            eg.staged(eg.Stage("立改", eg.working_hours(2)), eg.Stage("补种", eg.months(1)), counted="from the start")
        ),
        eg.Due(february(9), at(9, 7), "修复", NOTICE, estimated=True),
    ],
    ids=repr,
)
def test_limits_and_dues_are_stored_and_come_back_equal(value: Any) -> None:
    assert eg.from_dict(json.loads(eg.to_json(value))) == value


def test_a_cadence_in_the_place_of_a_deadline_is_a_fault() -> None:
    with pytest.raises(eg.InputError, match="a deadline is wanted"):
        eg.from_dict({"kind": "Limit", "deadline": {"kind": "month"}})


def test_a_deadline_of_a_localitys_own_stands_where_a_core_one_may() -> None:
    @eg.term("town.by_friday")
    @frozen(repr=False)
    class by_friday:
        """The Friday of the week."""

        def dues(self, given: date, calendar: eg.WorkCalendar | None = None) -> tuple[eg.Due, ...]:  # noqa: ARG002 - the protocol's
            return (eg.Due(eg.week(ends="friday").round_of(given).end - timedelta(1)),)

    own = eg.staged(
        eg.Stage("周五前", by_friday()), eg.Stage("复查", eg.calendar_days(3)), counted="from the stage before"
    )
    assert [due.day for due in own.dues(february(5))] == [february(9), february(12)]


@pytest.mark.parametrize(
    ("deadline", "chinese", "english"),
    [
        (eg.calendar_days(3), ("3日内", "自次日起算，含节假日"), ("3 days", "from the next day on, days off included")),
        (eg.calendar_days(1), ("1日内", "自次日起算，含节假日"), ("1 day", "from the next day on, days off included")),
        (
            eg.working_days(13),
            ("13个工作日内", "自次日起算，含调休上班日"),
            ("13 working days", "from the next day on, make-up days included"),
        ),
        (eg.working_hours(8), ("8个工作小时内", "只计上班时间"), ("8 working hours", "office hours alone")),
        (eg.hours(3), ("3小时内", "昼夜连续计算"), ("3 hours", "around the clock")),
        (eg.same_day(), ("当日", ""), ("the same day", "")),
        (
            eg.months(1),
            ("1个月内", "至对应日，没有对应日的至月末"),
            ("1 month", "to the same day of the month, or its last"),
        ),
        (eg.standing(), ("长期坚持", "没有期限"), ("standing", "without an end")),
        (
            ORDINARY,
            ("部署：当日；反馈：3日内；办结：7日内；清零：长期坚持", "各阶段均自交办起算"),
            ("部署: the same day; 反馈: 3 days; 办结: 7 days; 清零: standing", "each stage counts from the start"),
        ),
        (
            eg.staged(*REPAIR, counted="from the stage before"),
            ("围挡：3小时内；修复：8小时内；恢复：5个工作日内", "各阶段自上一阶段期满起算"),
            (
                "围挡: 3 hours; 修复: 8 hours; 恢复: 5 working days",
                "each stage counts from when the one before was due",
            ),
        ),
    ],
    ids=lambda value: repr(value) if hasattr(value, "kind") else "",
)
def test_a_deadline_is_said_in_both_languages(
    deadline: Any, chinese: tuple[str, str], english: tuple[str, str]
) -> None:
    assert (ZH.phrase(deadline), ZH.details(deadline)) == chinese
    assert (EN.phrase(deadline), EN.details(deadline)) == english


# -- stamped on a hand-over
def handed_over(deadline: eg.Deadline) -> eg.Event:
    given = eg.Event(eg.EventKind.DISPATCHED, february(8), to=("甲",))
    return eg.stamp(given, deadline.dues(february(8), SPRING))


def test_a_hand_over_bears_the_date_and_the_edition_that_it_was_counted_with() -> None:
    given = handed_over(eg.working_days(1))
    assert (given.due, given.calendar, given.dues) == (february(9), NOTICE, ())


def test_a_hand_over_bears_the_stages_and_the_date_of_the_last_that_has_an_end() -> None:
    given = handed_over(ORDINARY)
    assert [(due.stage, due.day) for due in given.dues] == [
        ("部署", february(8)),
        ("反馈", february(11)),
        ("办结", february(15)),
    ]
    assert (given.due, given.calendar) == (february(15), "")


def test_a_hand_over_without_an_end_bears_no_date() -> None:
    assert handed_over(eg.standing()) == eg.Event(eg.EventKind.DISPATCHED, february(8), to=("甲",))
