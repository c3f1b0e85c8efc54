"""Due, overdue and rates: what the table says is what the issues say, on any day."""

import contextlib
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import envgov as eg
from clerks import E, at, enter, event, issue, live, march
from envgov.ledger import Ledger, Rates, RatesBy


@pytest.fixture
def ledger_of_march(ledger: Ledger) -> Ledger:
    """Five issues, given until 10 March: closed in time, closed late, reworked, suspended, merged."""
    closed = [(E.RECTIFIED, 5), (E.ACCEPTED, 10)]
    live(ledger, "in time", closed, category="垃圾", source="巡查", responsible=("v1",))
    live(ledger, "late", [(E.RECTIFIED, 5), (E.REJECTED, 6), (E.RECTIFIED, 9), (E.ACCEPTED, 11)], place="v2")
    live(ledger, "open", [(E.RECTIFIED, 5), (E.REJECTED, 6)], category="垃圾")
    live(ledger, "suspended", [(E.SUSPENDED, 5)])
    live(ledger, "merged")
    enter(ledger, "merged", event(E.MERGED, 6, note="open"))
    return ledger


def tally(counted: int, among: int, day: int) -> eg.Tally:
    return eg.Tally(counted, among, march(day))


def test_rates_of_a_day_count_what_is_neither_suspended_nor_ended(ledger_of_march: Ledger) -> None:
    assert ledger_of_march.rates(march(11)) == {
        "": Rates(
            rectified=tally(2, 3, 11),
            closed=tally(2, 3, 11),
            overdue=tally(1, 3, 11),
            reworked=tally(2, 3, 11),
            on_time=tally(1, 3, 11),
        )
    }


def test_rates_of_an_earlier_day_count_what_was_known_to_have_happened_by_then(ledger_of_march: Ledger) -> None:
    assert ledger_of_march.rates(march(5))[""] == Rates(
        rectified=tally(3, 4, 5),
        closed=tally(0, 4, 5),
        overdue=tally(0, 4, 5),
        reworked=tally(0, 4, 5),
        on_time=tally(0, 0, 5),
    )
    assert ledger_of_march.rates(march(4))[""].rectified == tally(0, 5, 4)


def test_rates_are_of_each_place_or_category_or_source_or_whoever_owes(ledger_of_march: Ledger) -> None:
    def closed(by: RatesBy) -> dict[str, tuple[int, int | None]]:
        rates = ledger_of_march.rates(march(11), by)
        return {group: (rate.closed.counted, rate.closed.among) for group, rate in rates.items()}

    assert closed("place") == {"v1": (1, 2), "v2": (1, 1)}
    assert closed("category") == {"": (1, 1), "垃圾": (1, 2)}
    assert closed("source") == {"": (1, 2), "巡查": (1, 1)}
    assert closed("responsible") == {"v1": (2, 3)}


def test_without_issues_the_rates_of_everything_have_nothing_to_count(ledger: Ledger) -> None:
    assert ledger.rates(march(1))[""].closed == tally(0, 0, 1)
    assert ledger.rates(march(1), "place") == {}


def test_an_issue_is_due_on_its_day_and_overdue_the_day_after(ledger_of_march: Ledger) -> None:
    assert ledger_of_march.due(march(9)) == ()
    assert ledger_of_march.due(march(10)) == ("open",)
    assert ledger_of_march.overdue(march(10)) == ()
    assert ledger_of_march.overdue(march(11)) == ("open",)


def test_what_was_due_is_told_of_days_past(ledger_of_march: Ledger) -> None:
    enter(ledger_of_march, "open", event(E.RECTIFIED, 20))
    assert ledger_of_march.overdue(march(21)) == ()
    assert ledger_of_march.overdue(march(19)) == ("open",)
    assert ledger_of_march.due(march(10)) == ("open",)


def test_an_issue_counts_from_the_day_on_which_it_was_found(ledger: Ledger) -> None:
    enter(ledger, "W1", issue("W1", 5))
    enter(ledger, "W1", event(E.CLAIMED, 8))
    assert [ledger.rates(march(day))[""].closed.among for day in (4, 5)] == [0, 1]


def test_an_issue_counts_in_no_rate_of_a_day_on_which_it_was_suspended(ledger: Ledger) -> None:
    live(ledger, "W1", [(E.SUSPENDED, 5), (E.RESUMED, 8)])
    counted = {day: ledger.rates(march(day))[""].closed.among for day in (4, 5, 7, 8)}
    assert counted == {4: 1, 5: 0, 7: 0, 8: 1}


# -- the same by the rules of the issues themselves
def by_hand(issues: tuple[eg.Issue, ...], day: date) -> Rates:
    """As the terms of a scheme count them."""
    stood = [then for issue in issues if (then := issue.as_of(day)) is not None]
    counted = [i for i in stood if i.state not in (eg.State.SUSPENDED, eg.State.ENDED)]
    record = eg.Record("", eg.Round(date(2024, 1, 1), date.fromordinal(day.toordinal() + 1), "x"), "", ())

    def tally_of(condition: eg.Condition, among: list[eg.Issue]) -> eg.Tally:
        met = [i for i in among if condition.at(eg.Place("", record, (), i)).value]
        return eg.Tally(len(met), len(among), day)

    closed = eg.in_state("closed")
    due = [i for i in counted if i.due is not None and i.due <= day]
    return Rates(
        rectified=tally_of(eg.any_of(closed, eg.in_state("rectified")), counted),
        closed=tally_of(closed, counted),
        overdue=tally_of(eg.overdue(), counted),
        reworked=tally_of(eg.rejected(1), counted),
        on_time=tally_of(eg.on_time("closed"), due),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_table_and_the_terms_count_alike_on_every_day(ledger: Ledger, data: st.DataObject) -> None:
    n = sum(subject.id.startswith("W") for subject in ledger.issues())
    id = f"W{n}"
    enter(ledger, id, issue(id, category=data.draw(st.sampled_from(["垃圾", "污水"]))), at=at(30))
    kinds = (E.DISPATCHED, E.RECTIFIED, E.REJECTED, E.ACCEPTED, E.SUSPENDED, E.RELAPSED, E.WITHDRAWN, E.CLAIMED)
    day = 1
    for kind in data.draw(st.lists(st.sampled_from(kinds), max_size=8)):
        day += data.draw(st.integers(0, 4))
        due = day + data.draw(st.integers(0, 5)) if kind is E.DISPATCHED else None
        with contextlib.suppress(eg.RefusedError):
            enter(ledger, id, event(kind, min(day, 25), due and min(due, 30)), at=at(30))
    asked = march(data.draw(st.integers(1, 31)))
    issues = ledger.issues()
    assert ledger.rates(asked)[""] == by_hand(issues, asked)
    ways: tuple[tuple[RatesBy, Callable[[eg.Issue], tuple[str, ...]]], ...] = (
        ("category", lambda i: (i.category,)),
        ("responsible", lambda i: i.owed_by),
    )
    for by, named in ways:
        groups = {group for i in issues for group in named(i)}
        expected = {g: by_hand(tuple(i for i in issues if g in named(i.as_of(asked) or i)), asked) for g in groups}
        assert ledger.rates(asked, by) == {g: rates for g, rates in expected.items() if rates.closed.among}
    assert ledger.overdue(asked) == tuple(i.id for i in issues if i.is_overdue(asked))
    open_then = [i for i in issues if (then := i.as_of(asked)) and then.state is eg.State.OPEN and then.due == asked]
    assert ledger.due(asked) == tuple(i.id for i in open_then)
    assert ledger.differing() == ()
