"""Conditions on an issue of the ledger, as it stood when the round ended: for issue ladders, counts and rates."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Literal

from attrs import field, frozen

from envgov.checks import is_text
from envgov.facts.issue import CLOSINGS, Event, EventKind, Issue, State
from envgov.facts.round import Round
from envgov.policy.term import at_least_one, one_of, term
from envgov.reason import Reason
from envgov.results.history import Place

During = Literal["round", "ever"]
DURING = ("round", "ever")
KINDS = tuple(kind.value for kind in EventKind)
STATES = tuple(state.value for state in State)
DONE = {"closed": CLOSINGS, "rectified": (EventKind.RECTIFIED, EventKind.FIXED_ON_THE_SPOT)}


def _issue_of(place: Place) -> Issue:
    assert place.issue is not None, "schemes ask these of issues only"
    return place.issue


@term("happened")
@frozen(repr=False)
class happened:
    """That happened to the issue, `times` times at least: in the round, or ever up to its end.

    `what` is a kind of event: "found", "dispatched", "rectified", "rejected" (返工), "relapsed" (反弹), "suspended" ...
    """

    what: str = field(validator=one_of(*KINDS))
    times: int = field(default=1, validator=at_least_one)
    during: During = field(kw_only=True, validator=one_of(*DURING))
    subject: ClassVar[str] = "issue"

    def at(self, place: Place) -> Reason:
        issue, round = _issue_of(place), place.record.round
        seen = [e for e in issue.events if e.what is self._kind and (self.during == "ever" or e.day in round)]
        return Reason(self, len(seen) >= self.times, (issue,))

    @cached_property
    def _kind(self) -> EventKind:
        return EventKind(self.what)


def rejected(times: int) -> happened:
    """Returned for rework that often, up to the round's end: `happened("rejected", times, during="ever")`."""
    return happened(EventKind.REJECTED.value, times, during="ever")


@term("in_state")
@frozen(repr=False)
class in_state:
    """The issue's state at the end of the round: "open", "suspended", "rectified", "closed" or "ended"."""

    state: str = field(validator=one_of(*STATES))
    subject: ClassVar[str] = "issue"

    def at(self, place: Place) -> Reason:
        issue = _issue_of(place)
        return Reason(self, issue.state is self._meant, (issue,))

    @cached_property
    def _meant(self) -> State:
        return State(self.state)


@term("due")
@frozen(repr=False)
class due:
    """The date given last lies in the round (应办结), or, "ever", in it or before.

    Not without a date, nor of an issue that was withdrawn or merged.
    """

    during: During = field(kw_only=True, validator=one_of(*DURING))
    subject: ClassVar[str] = "issue"

    def at(self, place: Place) -> Reason:
        issue, round = _issue_of(place), place.record.round
        held = _is_due(issue, round, self.during) and issue.state is not State.ENDED
        return Reason(self, held, (issue,))


def _is_due(issue: Issue, round: Round, during: During) -> bool:
    given = issue.due
    return given is not None and given < round.end and (during == "ever" or given >= round.start)


def _done_on_time(issue: Issue, what: Literal["closed", "rectified"]) -> bool:
    """Whether the work that still stands was done by the date given last."""
    last = _last_done(issue, what)
    if last is None or issue.due is None or issue.state is State.ENDED:
        return False
    return last.day <= issue.due


def _last_done(issue: Issue, what: Literal["closed", "rectified"]) -> Event | None:
    """The rectification or closing that was not undone since."""
    for event in reversed(issue.events):
        if event.what in DONE[what]:
            return event
        if event.what in (EventKind.REJECTED, EventKind.RELAPSED):
            return None
    return None


@term("on_time")
@frozen(repr=False)
class on_time:
    """Closed, or rectified, on the date given last or before, and not undone since (按时办结).

    `what` says which counts: the claim of whoever owed the work, or its acceptance. Without a date nothing is on
    time or late, nor is what was withdrawn or merged.
    """

    what: Literal["closed", "rectified"] = field(validator=one_of("closed", "rectified"))
    subject: ClassVar[str] = "issue"

    def at(self, place: Place) -> Reason:
        issue = _issue_of(place)
        return Reason(self, _done_on_time(issue, self.what), (issue,))


@term("not_closed_on_time")
@frozen(repr=False)
class not_closed_on_time:
    """The date given last has passed, in the round or "ever" up to its end, and the issue was not closed by it.

    The date itself is in time; an issue that was closed later still was not closed on time. Not for one that is
    suspended, withdrawn or merged, nor without a date.
    """

    during: During = field(kw_only=True, validator=one_of(*DURING))
    subject: ClassVar[str] = "issue"

    def at(self, place: Place) -> Reason:
        issue, round = _issue_of(place), place.record.round
        passed = _is_due(issue, round, self.during)
        counts = issue.state not in (State.SUSPENDED, State.ENDED)
        return Reason(self, passed and counts and not _done_on_time(issue, "closed"), (issue,))


@term("overdue")
@frozen(repr=False)
class overdue:
    """Open at the end of the round, and the date given last is `days` days past or more (逾期).

    Rectified in time and not yet accepted is not overdue; nor is what is suspended.
    """

    days: int = field(default=1, validator=at_least_one)
    subject: ClassVar[str] = "issue"

    def at(self, place: Place) -> Reason:
        issue, last = _issue_of(place), place.record.round.last_day
        late = issue.state is State.OPEN and issue.due is not None and (last - issue.due).days >= self.days
        return Reason(self, late, (issue,))


@term("slipped")
@frozen(repr=False)
class slipped:
    """A supervision slip of that level (白单、黄单、红单) was issued for it: in the round, or ever up to its end."""

    level: str = field(validator=is_text)
    during: During = field(kw_only=True, validator=one_of(*DURING))
    subject: ClassVar[str] = "issue"

    def at(self, place: Place) -> Reason:
        issue, round = _issue_of(place), place.record.round
        slips = [e for e in issue.events if e.what is EventKind.SLIPPED and e.slip == self.level]
        counted = [e for e in slips if self.during == "ever" or e.day in round]
        return Reason(self, bool(counted), (issue, *counted))


@term("source_is")
@frozen(repr=False)
class source_is:
    """The issue came from that source (市级督查、媒体曝光)."""

    source: str = field(validator=is_text)
    subject: ClassVar[str] = "issue"

    def at(self, place: Place) -> Reason:
        issue = _issue_of(place)
        return Reason(self, issue.source == self.source, (issue,))


@term("category_is")
@frozen(repr=False)
class category_is:
    """The issue is of that category (类别)."""

    category: str = field(validator=is_text)
    subject: ClassVar[str] = "issue"

    def at(self, place: Place) -> Reason:
        issue = _issue_of(place)
        return Reason(self, issue.category == self.category, (issue,))
