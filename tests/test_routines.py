"""Routines: what is owed again and again, by whom, until when; and what of it is owed in a round."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
import towns
from envgov.codec.inline import from_inline
from envgov.season.duties import state_on

CHINA = timezone(timedelta(hours=8))
MAY = towns.month_of("2024-05")
GRID = eg.Grid(
    (
        eg.Unit("东", "东乡", "乡镇"),
        eg.Unit("西", "西乡", "乡镇", until=date(2024, 5, 11)),
        eg.Unit("南", "南乡", "乡镇", since=date(2024, 5, 11)),
    )
)
FRIDAYS = eg.Routine("排名", eg.week(ends="friday"), of_level="乡镇", at=time(17))
MEETINGS = eg.Routine("推进会", eg.month(), owed_by=("创卫办",), times=2)


def at(day: int, hour: int = 17, minute: int = 0) -> datetime:
    return datetime(2024, 5, day, hour, minute, tzinfo=CHINA)


def came(what: str, who: str, due: datetime, moment: datetime | None) -> eg.Duty:
    return eg.Duty(what, who, due, None if moment is None else eg.Submission(what, who, moment))


def owed(*routines: eg.Routine, duties: tuple[eg.Duty, ...] = (), round: eg.Round = MAY, **changes: Any) -> Any:
    return eg.owed(
        towns.scheme(**{"scoring": None, "ranking": None, "duties": routines, **changes}),
        eg.Facts(GRID, duties=duties),
        round,
    )


# -- what is owed
def test_each_unit_of_the_level_that_is_there_on_the_day_owes_it_every_friday_by_the_hour() -> None:
    """The Fridays of May 2024 are the 3rd, 10th, 17th, 24th and 31st; 西 gives way to 南 on the 11th."""
    found = owed(FRIDAYS)
    assert [duty.due for duty in found[::2]] == [at(3), at(10), at(17), at(24), at(31)]
    assert [duty.owed_by for duty in found] == ["东", "西", "东", "西", *("东", "南") * 3]
    assert {(duty.what, duty.submission) for duty in found} == {("排名", None)}


def test_without_an_hour_it_may_come_until_the_day_is_over() -> None:
    (duty, _) = owed(MEETINGS)
    in_time, late = (
        came("推进会", "创卫办", duty.due, moment) for moment in (at(31, 23, 59), at(31) + timedelta(hours=7))
    )
    assert duty.due.date() == date(2024, 5, 31)
    assert (in_time.is_late(), late.is_late()) == (False, True)


def test_it_is_owed_so_many_times_in_each_span() -> None:
    assert [(duty.what, duty.owed_by) for duty in owed(MEETINGS)] == [("推进会", "创卫办")] * 2


def test_a_unit_that_is_listed_owes_it_as_long_as_it_is_there() -> None:
    listed = eg.Routine("日报", eg.day(), owed_by=("西", "督导组"))
    found = owed(listed)
    assert sum(duty.owed_by == "西" for duty in found) == 10
    assert sum(duty.owed_by == "督导组" for duty in found) == 31


def test_what_is_on_record_is_told_as_it_is_and_the_rest_is_owed_beside_it() -> None:
    first = came("推进会", "创卫办", at(10), at(9))
    assert owed(MEETINGS, duties=(first,)) == (
        first,
        eg.Duty("推进会", "创卫办", datetime.combine(date(2024, 5, 31), time.max, CHINA)),
    )


def test_more_than_was_owed_may_be_on_record() -> None:
    held = tuple(came("推进会", "创卫办", at(day), at(day)) for day in (6, 13, 20))
    assert owed(MEETINGS, duties=held) == held


def test_a_recorded_due_date_holds_and_belongs_to_the_span_in_which_it_lies() -> None:
    """A Thursday before a holiday; the next Saturday is of the week after."""
    early, next_week = came("排名", "东", at(9), None), came("排名", "东", at(11), at(11))
    found = owed(FRIDAYS, duties=(next_week, early))
    assert [duty.due.day for duty in found if duty.owed_by == "东"] == [3, 9, 11, 24, 31]


def test_what_others_have_on_record_or_under_another_name_answers_nothing() -> None:
    others = (came("周报", "东", at(10), at(10)), came("排名", "县", at(10), at(10)))
    assert owed(FRIDAYS, duties=others) == owed(FRIDAYS)


@pytest.mark.parametrize(
    ("every", "round", "due"),
    [
        (eg.quarter(), MAY, []),
        (eg.quarter(), towns.month_of("2024-06"), [date(2024, 6, 30)]),
        (eg.month(), eg.week(ends="sunday").round_of(date(2024, 5, 31)), [date(2024, 5, 31)]),
        (eg.month(), eg.week(ends="sunday").round_of(date(2024, 5, 24)), []),
        (eg.week(ends="sunday"), MAY, [date(2024, 5, day) for day in (5, 12, 19, 26)]),
    ],
    ids=[
        "not this month",
        "at its end",
        "a month in its last week",
        "not before",
        "a week in the month in which it ends",
    ],
)
def test_a_span_finer_or_coarser_than_the_round_counts_where_it_ends(
    every: eg.Cadence, round: eg.Round, due: list[date]
) -> None:
    routine = eg.Routine("报告", every, owed_by=("办公室",))
    assert [duty.due.date() for duty in owed(routine, round=round)] == due


def test_nothing_is_owed_for_a_span_that_ended_before_the_scheme_applied() -> None:
    found = owed(eg.Routine("日报", eg.day(), owed_by=("办公室",)), since=date(2024, 5, 30))
    assert [duty.due.date() for duty in found] == [date(2024, 5, 30), date(2024, 5, 31)]


def test_the_order_of_routines_and_of_records_does_not_matter() -> None:
    held = tuple(came("推进会", "创卫办", at(day), at(day)) for day in (6, 13))
    assert owed(FRIDAYS, MEETINGS, duties=held) == owed(MEETINGS, FRIDAYS, duties=held[::-1])
    assert [duty.due.day for duty in owed(FRIDAYS, MEETINGS, duties=held)] == [
        3,
        3,
        6,
        10,
        10,
        13,
        17,
        17,
        24,
        24,
        31,
        31,
    ]


def test_a_scheme_that_ranks_scores_what_is_owed_once_it_is_among_the_facts() -> None:
    """Three villages; 甲 came twice of five Fridays, 乙 never, and 丙 on all of them but one, once late."""
    routine = evolve(FRIDAYS, of_level="村")
    scheme = towns.scheme(scoring=eg.count_duties("排名", which="late or missing"), duties=(routine,))
    fridays = (3, 10, 17, 24, 31)
    held = [came("排名", "甲", at(day), at(day)) for day in fridays[:2]]
    held += [came("排名", "丙", at(day), at(day, minute=day // 24)) for day in fridays[:4]]
    grid = eg.Grid(eg.Unit(name, name, "村") for name in "甲乙丙")
    facts = eg.Facts(grid, duties=held)
    whole = evolve(facts, duties=eg.owed(scheme, facts, MAY))
    scores = {s.unit: s.score for s in eg.assess(scheme, MAY, whole).record.standings}
    assert scores == {"甲": 3, "乙": 5, "丙": 2}


def test_the_end_of_a_day_is_that_of_the_zone_in_which_it_is_due() -> None:
    duty = came("日报", "东", at(9), at(9, 23).astimezone(UTC))
    assert (state_on(duty, date(2024, 5, 8)), state_on(duty, date(2024, 5, 9))) == ("not due", "late")
    assert state_on(came("日报", "东", at(9), at(10, 1)), date(2024, 5, 9)) == "missing"


# -- what is refused
@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: eg.Routine("日报", eg.day()), eg.SchemeError, "Routine '日报': who owes it"),
        (lambda: eg.Routine("日报", eg.day(), of_level="村", owed_by=("甲",)), eg.SchemeError, "and not both"),
        (lambda: eg.Routine("日报", eg.day(), of_level="村", times=0), eg.SchemeError, "times=0"),
        (lambda: eg.Routine("日报", eg.day, of_level="村"), eg.SchemeError, "call it, as day"),  # type: ignore[arg-type]
        (lambda: eg.Routine(" ", eg.day(), of_level="村"), TypeError, "what="),
        (lambda: eg.Routine("日报", eg.day(), of_level=1), TypeError, "of_level"),  # type: ignore[arg-type]
        (lambda: eg.Routine("日报", eg.day(), owed_by="甲"), TypeError, "give a tuple"),  # type: ignore[arg-type]
        (lambda: eg.Routine("日报", eg.day(), owed_by=("",)), TypeError, "a text that is not empty"),
        (lambda: eg.Routine("日报", eg.day(), of_level="村", at=17), TypeError, "give an hour"),  # type: ignore[arg-type]
        (
            lambda: eg.Routine("日报", eg.day(), of_level="村", at=time(17, tzinfo=UTC)),
            TypeError,
            "an hour without a zone",
        ),
    ],
)
def test_a_routine_says_who_owes_what_and_when(
    make: Callable[[], eg.Routine], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        make()


def test_a_scheme_has_routines_and_none_that_one_owes_twice() -> None:
    with pytest.raises(TypeError, match="give a Routine"):
        towns.scheme(duties=(eg.day(),))
    with pytest.raises(TypeError, match="give a tuple"):
        towns.scheme(duties=FRIDAYS)
    with pytest.raises(eg.SchemeError, match="return '排名 of 乡镇' is defined 2 times"):
        towns.scheme(duties=(FRIDAYS, evolve(FRIDAYS, every=eg.month())))
    with pytest.raises(eg.SchemeError, match="return '推进会 of 创卫办' is defined 2 times"):
        towns.scheme(duties=(evolve(MEETINGS, owed_by=("创卫办", "创卫办")),))


# -- how it is written
def test_a_routine_is_read_from_a_scheme_file() -> None:
    text = """
        kind = "Scheme"
        id = "town"
        levels = ["村"]
        cadence = { kind = "month" }
        since = 2024-01-01
        source = { title = "办法" }
        [[duties]]
        what = "排名"
        every = { kind = "week", ends = "friday" }
        of_level = "乡镇"
        at = 17:00:00
        [[duties]]
        what = "推进会"
        every = { kind = "month" }
        owed_by = ["创卫办"]
        times = 2
    """
    scheme = eg.scheme_from_toml(text)
    assert scheme.duties == (FRIDAYS, MEETINGS)
    assert eg.from_dict(eg.to_dict(scheme)) == scheme
    with pytest.raises(eg.InputError, match=r"duties\[1\].at: a time such as 08:30 is wanted"):
        eg.scheme_from_toml(text.replace("17:00:00", '"five"'))


def test_a_routine_with_its_hour_is_no_condition() -> None:
    text = "{ kind = 'Routine', what = '日报', every = { kind = 'day' }, of_level = '村', at = '17:00' }"
    with pytest.raises(eg.InputError, match="a condition is wanted"):
        from_inline(text)


def test_a_routine_is_shown_as_the_call_that_makes_it() -> None:
    assert repr(FRIDAYS) == "Routine('排名', week(ends='friday'), of_level='乡镇', at=datetime.time(17, 0))"


def test_a_scheme_says_in_words_what_is_owed_by_whom_until_when() -> None:
    daily = eg.Routine("日报", eg.day(), owed_by=("督导一组", "督导二组"), cite="每天按时上报")
    scheme = towns.scheme(duties=(daily, FRIDAYS, MEETINGS))
    assert eg.describe(scheme).splitlines()[-6:-1] == [
        "例行报送：",
        "  日报：每日，督导一组、督导二组，当日24:00前",
        "    原文：“每天按时上报”",
        "  排名：每周（周五截止），各乡镇，最后一日17:00前",
        "  推进会：每月至少2次，创卫办，最后一日24:00前",
    ]
    assert eg.describe(scheme, "en").splitlines()[-6:-1] == [
        "Returns:",
        "  日报: every day, from 督导一组, 督导二组, by 24:00 that day",
        "    text: “每天按时上报”",
        "  排名: every week, up to Friday, from each 乡镇, by 17:00 on the last day",
        "  推进会: every month, 2 times at least, from 创卫办, by 24:00 on the last day",
    ]
