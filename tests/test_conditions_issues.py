"""Conditions on an issue, as it stood when May 2024 ended."""

from typing import Any

import pytest

import envgov as eg
import towns
from places import event, issue

MAY = towns.month_of("2024-05")
DUE = event("dispatched", "2024-05-02", due="2024-05-10")
E = event


def of_issue(condition: eg.Condition, *events: eg.Event, found: str = "2024-05-02", **more: Any) -> object:
    """What it answers at the end of May for an issue with these events."""
    then = issue("1", "甲", *events, found=found, **more).as_of(MAY.last_day)
    assert then is not None
    reason = condition.at(eg.Place("甲", eg.Record("", MAY, "", ()), (), then))
    ground, *further = reason.because
    assert ground == then
    assert set(further) <= set(then.events)
    return reason.value


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (eg.happened("found", during="round"), False),
        (eg.happened("found", during="ever"), True),
        (eg.happened("rejected", 2, during="ever"), True),
        (eg.happened("rejected", 2, during="round"), False),
        (eg.happened("rejected", during="round"), True),
        (eg.rejected(2), True),
        (eg.rejected(3), False),
        (eg.happened("relapsed", during="ever"), False),
    ],
)
def test_what_happened_is_counted_in_the_round_or_ever(condition: eg.Condition, expected: bool) -> None:
    life = [E(what, day) for what, day in (("rectified", "2024-04-03"), ("rejected", "2024-04-05"))]
    life += [E(what, day) for what, day in (("rectified", "2024-05-03"), ("rejected", "2024-05-05"))]
    assert of_issue(condition, *life, found="2024-04-01") is expected


def test_what_happens_after_the_round_is_not_known_in_it() -> None:
    life = E("rectified", "2024-05-31"), E("rejected", "2024-06-01")
    assert of_issue(eg.rejected(1), *life) is False


@pytest.mark.parametrize(
    ("state", "life"),
    [
        ("open", ()),
        ("suspended", ("suspended",)),
        ("rectified", ("rectified",)),
        ("closed", ("rectified", "accepted")),
        ("ended", ("withdrawn",)),
    ],
)
def test_the_state_is_that_at_the_end_of_the_round(state: str, life: tuple[str, ...]) -> None:
    for asked in ("open", "suspended", "rectified", "closed", "ended"):
        assert of_issue(eg.in_state(asked), *(E(what, "2024-05-09") for what in life)) is (asked == state)


@pytest.mark.parametrize(
    ("day", "in_round", "ever"),
    [
        ("2024-04-30", False, True),
        ("2024-05-01", True, True),
        ("2024-05-31", True, True),
        ("2024-06-01", False, False),
        (None, False, False),
    ],
)
def test_due_asks_for_the_date_given_last(day: str | None, in_round: bool, ever: bool) -> None:
    given = () if day is None else (E("dispatched", "2024-04-02", due=day),)
    assert of_issue(eg.due(during="round"), *given, found="2024-04-01") is in_round
    assert of_issue(eg.due(during="ever"), *given, found="2024-04-01") is ever


def test_an_extension_moves_the_date_out_of_the_round() -> None:
    extended = E("extended", "2024-05-09", due="2024-06-10")
    assert of_issue(eg.due(during="round"), DUE, extended) is False


@pytest.mark.parametrize(
    ("life", "rectified", "closed"),
    [
        ((("rectified", "2024-05-10"), ("accepted", "2024-05-10")), True, True),  # the date itself is in time
        ((("rectified", "2024-05-10"), ("accepted", "2024-05-11")), True, False),
        ((("rectified", "2024-05-11"), ("accepted", "2024-05-12")), False, False),
        ((("rectified", "2024-05-05"), ("rejected", "2024-05-06")), False, False),
        ((("fixed on the spot", "2024-05-02"),), True, True),
        ((), False, False),
    ],
)
def test_on_time_asks_for_the_claim_or_for_its_acceptance(
    life: tuple[tuple[str, str], ...], rectified: bool, closed: bool
) -> None:
    events = [E(what, day) for what, day in life]
    assert of_issue(eg.on_time("rectified"), DUE, *events) is rectified
    assert of_issue(eg.on_time("closed"), DUE, *events) is closed
    assert of_issue(eg.on_time("closed"), *events) is False  # without a date nothing is on time


def test_a_relapse_undoes_what_was_on_time() -> None:
    life = E("rectified", "2024-05-05"), E("accepted", "2024-05-06"), E("relapsed", "2024-05-08")
    again = E("dispatched", "2024-05-08", due="2024-05-20")
    assert of_issue(eg.on_time("closed"), DUE, *life, again) is False


@pytest.mark.parametrize(
    ("life", "expected"),
    [
        ((), True),
        ((("rectified", "2024-05-10"),), True),  # claimed, not accepted
        ((("rectified", "2024-05-09"), ("accepted", "2024-05-10")), False),
        ((("rectified", "2024-05-09"), ("accepted", "2024-05-11")), True),  # closed later still was late
        ((("suspended", "2024-05-09"),), False),
        ((("withdrawn", "2024-05-20"),), False),
        ((("merged", "2024-05-20"),), False),
    ],
)
def test_not_closed_by_its_date(life: tuple[tuple[str, str], ...], expected: bool) -> None:
    assert of_issue(eg.not_closed_on_time(during="round"), DUE, *(E(what, day) for what, day in life)) is expected


@pytest.mark.parametrize(
    ("due", "in_round", "ever"), [("2024-04-30", False, True), ("2024-06-01", False, False), (None, False, False)]
)
def test_the_date_that_passed_lies_in_the_round_or_before(due: str | None, in_round: bool, ever: bool) -> None:
    given = () if due is None else (E("dispatched", "2024-04-02", due=due),)
    assert of_issue(eg.not_closed_on_time(during="round"), *given, found="2024-04-01") is in_round
    assert of_issue(eg.not_closed_on_time(during="ever"), *given, found="2024-04-01") is ever


def test_overdue_counts_the_days_from_the_date_to_the_end_of_the_round() -> None:
    assert of_issue(eg.overdue(21), DUE) is True  # 10 to 31 May
    assert of_issue(eg.overdue(22), DUE) is False
    assert of_issue(eg.overdue(), E("dispatched", "2024-05-02", due="2024-05-31")) is False
    assert of_issue(eg.overdue(), E("dispatched", "2024-05-02", due="2024-05-30")) is True
    assert of_issue(eg.overdue()) is False


@pytest.mark.parametrize("what", ["rectified", "suspended", "withdrawn", "fixed on the spot"])
def test_what_is_not_open_is_not_overdue(what: str) -> None:
    assert of_issue(eg.overdue(), DUE, E(what, "2024-05-20")) is False


@pytest.mark.parametrize("during", ["round", "ever"])
def test_a_slip_is_asked_by_its_level(during: Any) -> None:
    slip = E("slip issued", "2024-05-12", slip="黄单")
    assert of_issue(eg.slipped("黄单", during=during), DUE, slip) is True
    assert of_issue(eg.slipped("红单", during=during), DUE, slip) is False


def test_a_slip_of_an_earlier_round_was_issued_once_and_not_in_this_round() -> None:
    slip = E("slip issued", "2024-04-30", slip="黄单")
    assert of_issue(eg.slipped("黄单", during="ever"), slip, found="2024-04-01") is True
    assert of_issue(eg.slipped("黄单", during="round"), slip, found="2024-04-01") is False


def test_where_an_issue_came_from_and_of_what_sort_it_is() -> None:
    assert of_issue(eg.source_is("市级督查"), source="市级督查") is True
    assert of_issue(eg.source_is("市级督查"), source="村级自查") is False
    assert of_issue(eg.category_is("黑臭水体"), category="黑臭水体") is True
    assert of_issue(eg.category_is("黑臭水体")) is False


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: eg.happened("vanished", during="ever"), "happened: what='vanished': choose one of 'found'"),
        (lambda: eg.happened("found", 0, during="ever"), "times=0"),
        (lambda: eg.in_state("late"), "choose one of 'open', 'suspended', 'rectified', 'closed', 'ended'"),
        (lambda: eg.due(during="year"), "choose one of 'round', 'ever'"),  # type: ignore[arg-type]
        (lambda: eg.on_time("found"), "choose one of 'closed', 'rectified'"),  # type: ignore[arg-type]
        (lambda: eg.overdue(0), "days=0: give a whole number from 1 up"),
    ],
)
def test_choices_are_named_where_one_is_no_choice(make: Any, message: str) -> None:
    with pytest.raises(eg.SchemeError, match=message):
        make()


@pytest.mark.parametrize("condition", [eg.bottom(1, ties="include"), eg.not_(eg.at_least(60)), eg.designated("涉农")])
def test_issues_are_not_counted_by_what_is_asked_of_units(condition: eg.Condition) -> None:
    with pytest.raises(eg.SchemeError, match="asks about a unit, not about an issue"):
        eg.count_issues(eg.all_of(eg.in_state("open"), condition), by="place")
