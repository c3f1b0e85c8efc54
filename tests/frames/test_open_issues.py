"""Issues that closed rounds leave to later ones: those of which anything may still be asked, and no others."""

from datetime import date, timedelta
from typing import Any, ClassVar

from attrs import frozen

import envgov as eg
from envgov.frames import assess, tables_of
from envgov.frames.number import Number
from envgov.frames.scoring import column_of
from envgov.frames.sheet import Sheet
from frames.test_assessment import MONTH, monthly, town

NEXT = eg.month().round_of(date(2024, 2, 1))


def issues_left(*events: eg.Event, due: date | None = None, **scheme: Any) -> set[str]:
    units = [eg.Unit("0", "0村", "村")]
    found = eg.Issue("甲", "0", (eg.Event(eg.EventKind.FOUND, MONTH.start, by="督导组", due=due), *events))
    facts = eg.Facts(eg.Grid(units), issues=[found], inspections=town("90").inspections)
    issues = assess(monthly(**scheme), [MONTH], tables_of(facts)).state().tables["issues"]
    return set(issues.to_polars()["id"])


FIXED = eg.Event(eg.EventKind.FIXED_ON_THE_SPOT, MONTH.start, by="督导组")


def about_issues(when: eg.Condition) -> tuple[eg.Ladder, ...]:
    return (eg.Ladder((eg.Rung("督办", when, ("村支书",)),), publish="every rung", subject="issue"),)


def test_an_issue_that_is_open_is_carried() -> None:
    assert issues_left() == {"甲"}


def test_an_issue_that_is_done_with_is_not_carried() -> None:
    assert issues_left(FIXED) == set()


def test_an_issue_that_is_still_counted_is_carried() -> None:
    closed = eg.count_issues(eg.in_state("closed"), by="place")
    assert issues_left(FIXED, scoring=closed) == {"甲"}


def test_an_issue_that_falls_due_later_is_carried_where_those_are_counted() -> None:
    on_time = eg.rate(eg.on_time("closed"), eg.due(during="round"), by="place", empty="full")
    assert issues_left(FIXED, due=NEXT.start, scoring=on_time) == {"甲"}
    assert issues_left(FIXED, due=NEXT.last_day, scoring=on_time) == {"甲"}


def test_an_issue_that_only_closed_rounds_counted_is_not_carried() -> None:
    on_time = eg.rate(eg.on_time("closed"), eg.due(during="round"), by="place", empty="full")
    assert issues_left(FIXED, due=MONTH.last_day, scoring=on_time) == set()
    found = eg.count_issues(eg.happened("found", during="round"), by="place")
    assert issues_left(FIXED, scoring=found) == set()


def test_an_issue_that_is_counted_until_a_day_to_come_is_carried() -> None:
    not_yet_due = eg.count_issues(eg.not_(eg.due(during="ever")), by="place")
    assert issues_left(FIXED, due=NEXT.start, scoring=not_yet_due) == set()
    assert issues_left(FIXED, due=NEXT.start + timedelta(days=1), scoring=not_yet_due) == {"甲"}


@frozen(repr=False)
class _own:
    """A locality's rule: nobody else knows which issues it counts."""

    kind: ClassVar[str] = "town.closed"
    better: ClassVar[str] = "higher"

    def scores(self, units: Any, evidence: Any) -> Any:
        raise NotImplementedError

    def column(self, sheet: Sheet) -> Number:
        return column_of(eg.count_issues(eg.in_state("closed"), by="place"), sheet)


def test_an_issue_that_a_rule_of_ones_own_may_count_is_carried() -> None:
    assert issues_left(FIXED, scoring=_own()) == {"甲"}


def test_an_issue_of_which_a_rung_may_speak_is_carried() -> None:
    unit_is_last = eg.bottom(1, ties="include")
    may = eg.all_of(eg.not_(eg.in_state("open")), eg.not_(unit_is_last))
    assert issues_left(FIXED, ladders=about_issues(may)) == {"甲"}


def test_an_issue_of_which_no_rung_can_speak_is_not_carried() -> None:
    never = eg.all_of(eg.in_state("open"), eg.bottom(1, ties="include"))
    assert issues_left(FIXED, ladders=about_issues(never)) == set()
