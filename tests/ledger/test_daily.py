"""The daily table: what is new, closed, open and overdue on a day, against the day before, with a cut-off or without."""

from datetime import UTC, datetime, time, timedelta, timezone

import pytest

import envgov as eg
from clerks import E, at, enter, event, issue, live, march
from envgov.ledger import Command, Daily, DayCount, Ledger, Return, Units
from envgov.ledger.returns import duties_of, subject_of_return

BEIJING = timezone(timedelta(hours=8))
FIVE = time(17, tzinfo=UTC)


def numbers(count: DayCount) -> tuple[int, ...]:
    return count.new, count.closed, count.fixed, count.total, count.open, count.overdue


def day_of(ledger: Ledger, day: int, **asked: object) -> Daily:
    [(_, daily)] = ledger.daily(march(day), **asked).items()  # type: ignore[arg-type]
    return daily


@pytest.fixture
def lived(ledger: Ledger) -> Ledger:
    """By the 11th: W1 closed on the 5th, W2 overdue, W3 fixed on the spot on the 11th, W4 withdrawn, W5 suspended."""
    live(ledger, "W1", [(E.RECTIFIED, 4), (E.ACCEPTED, 5)])
    live(ledger, "W2")
    enter(ledger, "W3", issue("W3", 11))
    enter(ledger, "W3", event(E.FIXED_ON_THE_SPOT, 11))
    live(ledger, "W4", [(E.WITHDRAWN, 11)])
    live(ledger, "W5", [(E.SUSPENDED, 2)])
    return ledger


def test_a_day_is_counted_against_the_day_before(lived: Ledger) -> None:
    daily = day_of(lived, 11)
    #                                 new closed fixed total open overdue
    assert numbers(daily.today) == (1, 1, 1, 4, 1, 1)
    assert numbers(daily.yesterday) == (0, 0, 0, 4, 2, 0)


def test_the_rates_of_a_day_are_those_of_the_ledger(lived: Ledger) -> None:
    for day in (5, 10, 11):
        assert day_of(lived, day).today.rates == lived.rates(march(day))[""]
    assert day_of(lived, 11).yesterday.rates == lived.rates(march(10))[""]
    assert day_of(lived, 11).today.rates.closed == eg.Tally(2, 3, march(11))


def test_closed_is_counted_on_the_day_of_acceptance_alone(lived: Ledger) -> None:
    assert [day_of(lived, day).today.closed for day in (4, 5, 6)] == [0, 1, 0]
    assert day_of(lived, 5).today.fixed == 0


def test_what_is_there_again_and_closed_again_the_same_day_was_closed_before(ledger: Ledger) -> None:
    again = [(E.RELAPSED, 7), (E.RECTIFIED, 7), (E.ACCEPTED, 7)]
    live(ledger, "W1", [(E.RECTIFIED, 4), (E.ACCEPTED, 5), *again])
    assert [day_of(ledger, day).today.closed for day in (5, 6, 7)] == [1, 0, 0]


def test_before_anything_was_found_there_is_no_line(lived: Ledger) -> None:
    assert lived.daily(march(1) - timedelta(days=1)) == {}
    assert numbers(day_of(lived, 1).yesterday) == (0, 0, 0, 0, 0, 0)


def test_each_that_owes_an_issue_has_a_line_as_the_issue_stood(ledger: Ledger) -> None:
    live(ledger, "W1")
    enter(ledger, "W1", event(E.REASSIGNED, 3, 12, to=("v2",)))
    then, later = ledger.daily(march(2), "responsible"), ledger.daily(march(3), "responsible")
    assert {who: daily.today.open for who, daily in then.items()} == {"v1": 1}
    assert {who: (daily.today.open, daily.yesterday.open) for who, daily in later.items()} == {
        "v1": (0, 1),
        "v2": (1, 0),
    }


def test_a_unit_of_a_level_has_what_lies_below_it_and_a_line_even_without(ledger: Ledger) -> None:
    units = (
        eg.Unit("t1", "东镇", "镇"),
        eg.Unit("t2", "西镇", "镇"),
        eg.Unit("v1", "一村", "村", parent="t1"),
        eg.Unit("t3", "新镇", "镇", since=march(20)),
    )
    ledger.record_all([Command("grid:units", Units(units), "张会计", at(1, 0), "grid")])
    live(ledger, "W1")
    enter(ledger, "W2", issue("W2", 2, "t1"))
    daily = ledger.daily(march(2), level="镇")
    assert {unit: numbers(each.today)[:4] for unit, each in daily.items()} == {"t1": (1, 0, 0, 2), "t2": (0, 0, 0, 0)}
    assert set(ledger.daily(march(2), level="村")) == {"v1"}


def test_what_lies_outside_the_grid_is_below_no_unit(ledger: Ledger) -> None:
    live(ledger, "W1")
    ledger.record_all([Command("grid:units", Units((eg.Unit("x", "x", "村"),)), "张会计", at(9), "grid")])
    assert ledger.daily(march(9), level="村")["x"].today.total == 0


def test_a_level_that_the_grid_has_not_is_told(ledger: Ledger) -> None:
    with pytest.raises(LookupError, match="the ledger's grid has no unit of level '镇' on 2024-03-09"):
        ledger.daily(march(9), level="镇")


def test_what_went_on_long_ago_is_counted_as_what_went_on_today(lived: Ledger) -> None:
    live(lived, "W6", [(E.RECTIFIED, 4), (E.REJECTED, 5), (E.RECTIFIED, 6)], category="垃圾")
    live(lived, "W7", [(E.RECTIFIED, 11), (E.ACCEPTED, 12)])
    for day in range(1, 32):
        for cut_off in (None, time(23, tzinfo=UTC)):
            daily = day_of(lived, day, cut_off=cut_off)
            stood = [then for one in lived.issues() if (then := one.as_of(march(day))) is not None]
            assert daily.today.rates == lived.rates(march(day))[""]
            assert (daily.today.total, daily.today.open, daily.today.overdue) == (
                sum(then.state is not eg.State.ENDED for then in stood),
                sum(then.state is eg.State.OPEN for then in stood),
                len(lived.overdue(march(day))),
            )
            if day > 1:
                assert numbers(daily.yesterday) == numbers(day_of(lived, day - 1, cut_off=cut_off).today)


def test_a_group_of_which_everything_was_withdrawn_long_ago_has_its_line(ledger: Ledger) -> None:
    live(ledger, "W1", [(E.WITHDRAWN, 2)], category="垃圾")
    live(ledger, "W2", category="污水")
    assert {name: numbers(daily.today) for name, daily in ledger.daily(march(20), "category").items()} == {
        "垃圾": (0, 0, 0, 0, 0, 0),
        "污水": (0, 0, 0, 1, 1, 1),
    }


# -- the cut-off
def test_a_moment_in_a_zone_whose_day_is_another_is_after_the_cut_off(ledger: Ledger) -> None:
    enter(ledger, "W1", issue("W1"))
    here = datetime(2024, 3, 2, 12, tzinfo=timezone(timedelta(hours=-12)))  # the 3rd begins in Greenwich
    enter(ledger, "W1", event(E.FIXED_ON_THE_SPOT, 2, at=here), at=at(3, 15))
    asked = time(6, tzinfo=timezone(timedelta(hours=14)))  # of the 4th: the 3rd at 16 o'clock by the clock of Greenwich
    assert [day_of(ledger, day, cut_off=asked).today.closed for day in (3, 4)] == [0, 1]
    assert day_of(ledger, 5, cut_off=asked).yesterday.closed == 1


def test_what_is_entered_after_the_cut_off_belongs_to_the_next_day(ledger: Ledger) -> None:
    enter(ledger, "W1", issue("W1"), at=at(1, 17))
    enter(ledger, "W2", issue("W2"), at=datetime(2024, 3, 1, 17, 0, 1, tzinfo=UTC))
    assert [day_of(ledger, day, cut_off=FIVE).today.new for day in (1, 2, 3)] == [1, 1, 0]
    assert day_of(ledger, 1).today.new == 2


def test_the_cut_off_is_an_hour_of_its_zone(ledger: Ledger) -> None:
    enter(ledger, "W1", issue("W1"), at=at(1, 10))  # 18:00 in Beijing
    assert day_of(ledger, 2, cut_off=time(17, tzinfo=BEIJING)).today.new == 1
    assert day_of(ledger, 1, cut_off=time(18, tzinfo=BEIJING)).today.new == 1


def test_a_moment_that_is_known_decides_and_not_when_it_was_entered(ledger: Ledger) -> None:
    enter(ledger, "W1", issue("W1"))
    enter(ledger, "W1", event(E.FIXED_ON_THE_SPOT, 1, at=at(1, 16)), at=at(1, 20))
    assert day_of(ledger, 1, cut_off=FIVE).today.closed == 1
    enter(ledger, "W2", issue("W2"))
    enter(ledger, "W2", event(E.FIXED_ON_THE_SPOT, 1, at=at(1, 18)), at=at(1, 20))
    assert [day_of(ledger, day, cut_off=FIVE).today.closed for day in (1, 2)] == [1, 1]


def test_nothing_counts_before_what_it_follows(ledger: Ledger) -> None:
    live(ledger, "W1")
    enter(ledger, "W1", event(E.RECTIFIED, 2), at=at(2, 20))
    enter(ledger, "W1", event(E.ACCEPTED, 2, at=at(2, 16)), at=at(2, 21))
    assert [day_of(ledger, day, cut_off=FIVE).today.closed for day in (2, 3)] == [0, 1]


# -- what was submitted
RETURNS = eg.Scheme(
    id="returns",
    title="报送",
    levels=("村",),
    cadence=eg.month(),
    since=march(1),
    source=eg.Source("办法"),
    duties=(
        eg.Routine("日报", eg.day(), of_level="村", at=time(17)),
        eg.Routine("周报", eg.week(ends="sunday"), owed_by=("v1",)),
    ),
)


def came(what: str, by: str, hour: int, day: int = 5) -> Return:
    return Return(march(day), eg.Submission(what, by, datetime(2024, 3, 5, hour, tzinfo=BEIJING)))


def submit(ledger: Ledger, *returns: Return, hour: int = 8, day: int = 6) -> None:
    ledger.record_all(
        [
            Command(subject_of_return(each), each.submission, "张会计", at(day, hour), f"r{n} {day} {hour}")
            for n, each in enumerate(returns)
        ]
    )


def test_returns_are_kept_in_the_order_in_which_they_were_entered(ledger: Ledger) -> None:
    returns = (came("日报", "v2", 16), came("日报", "v1", 18), came("周报", "v1", 9))
    submit(ledger, *returns)
    assert ledger.returns() == returns
    assert [entry.subject for entry in ledger.entries("submission:日报/v1/2024-03-05")] == [
        "submission:日报/v1/2024-03-05"
    ]


def test_a_return_that_is_entered_again_is_corrected(ledger: Ledger) -> None:
    submit(ledger, came("日报", "v1", 18), came("日报", "v2", 16))
    submit(ledger, came("日报", "v1", 16), hour=9)
    assert ledger.returns() == (came("日报", "v1", 16), came("日报", "v2", 16))


def test_a_return_is_due_as_its_routine_says(ledger: Ledger) -> None:
    submit(ledger, came("日报", "v1", 18), came("周报", "v1", 9), came("旬报", "v1", 9))
    assert [(duty.what, duty.due, duty.is_late()) for duty in duties_of(RETURNS, ledger.returns())] == [
        ("日报", datetime(2024, 3, 5, 17, tzinfo=BEIJING), True),
        ("周报", datetime.combine(march(10), time.max, BEIJING), False),
    ]


@pytest.mark.parametrize(
    ("subject", "value"),
    [
        ("submission:日报/v1/2024-03-05", eg.Submission("日报", "v2", at(5))),
        ("submission:日报/v1/三月", eg.Submission("日报", "v1", at(5))),
        ("submission:日报/v1/2024-03-05", eg.Round(march(1), march(2), "x")),
    ],
)
def test_a_return_is_named_by_what_it_is(ledger: Ledger, subject: str, value: object) -> None:
    with pytest.raises(eg.RefusedError) as refused:
        ledger.record_all([Command(subject, value, "张会计", at(6), "x")])
    assert refused.value.rule == "a return is named by what it is"


def test_a_return_is_not_entered_before_it_came(ledger: Ledger) -> None:
    with pytest.raises(eg.RefusedError, match="nothing is entered before it happens"):
        submit(ledger, came("日报", "v1", 18), day=5)
