"""A problem (问题) and its life in the ledger (台账), from found to closed (销号)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from itertools import pairwise

from attrs import evolve, field, frozen

from envgov.checks import is_day, is_day_or_none, is_moment_or_none, is_text, is_tuple


class EventKind(Enum):
    FOUND = "found"
    FIXED_ON_THE_SPOT = "fixed on the spot"
    DISPATCHED = "dispatched"
    WHISTLED = "whistled"
    ATTENDED = "attended"
    CLAIMED = "claimed"
    DECLINED = "declined"
    REASSIGNED = "reassigned"
    REFERRED_UP = "referred up"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    RECTIFIED = "rectified"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RECHECKED = "rechecked"
    RELAPSED = "relapsed"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    LISTED = "listed for supervision"
    REWARDED = "rewarded"


class State(Enum):
    """Where an issue stands. Rectified is a claim of whoever owed the work; only acceptance closes."""

    OPEN = "open"
    SUSPENDED = "suspended"
    RECTIFIED = "rectified"
    CLOSED = "closed"
    ENDED = "ended"
    """Withdrawn, or merged into another issue: no longer counted."""


_E, _S = EventKind, State
_LEAVES_STATE = {
    _E.DISPATCHED: {_S.OPEN},
    _E.WHISTLED: {_S.OPEN},
    _E.ATTENDED: {_S.OPEN},
    _E.CLAIMED: {_S.OPEN},
    _E.DECLINED: {_S.OPEN},
    _E.REASSIGNED: {_S.OPEN},
    _E.REFERRED_UP: {_S.OPEN},
    _E.EXTENDED: {_S.OPEN},
    _E.RECHECKED: {_S.CLOSED},
    _E.LISTED: {_S.OPEN, _S.SUSPENDED, _S.RECTIFIED},
    _E.REWARDED: set(_S),
}
_MOVES: Mapping[EventKind, tuple[set[State], State]] = {
    _E.FIXED_ON_THE_SPOT: ({_S.OPEN}, _S.CLOSED),
    _E.SUSPENDED: ({_S.OPEN}, _S.SUSPENDED),
    _E.RESUMED: ({_S.SUSPENDED}, _S.OPEN),
    _E.RECTIFIED: ({_S.OPEN}, _S.RECTIFIED),
    _E.ACCEPTED: ({_S.RECTIFIED}, _S.CLOSED),
    _E.REJECTED: ({_S.RECTIFIED}, _S.OPEN),
    _E.RELAPSED: ({_S.CLOSED}, _S.OPEN),
    _E.MERGED: ({_S.OPEN, _S.SUSPENDED, _S.RECTIFIED}, _S.ENDED),
    _E.WITHDRAWN: ({_S.OPEN, _S.SUSPENDED, _S.RECTIFIED}, _S.ENDED),
}


@frozen
class Event:
    """One thing that happened to an issue: on which day, by whom.

    `at` is the moment, where it is known to the hour; it lies on `day` in its own time zone. `due` is the date
    given when it was dispatched, reassigned or extended, and `to` whom it went to.
    """

    what: EventKind
    day: date = field(validator=is_day)
    by: str = ""
    to: tuple[str, ...] = field(default=(), validator=is_tuple)
    due: date | None = field(default=None, validator=is_day_or_none)
    at: datetime | None = field(default=None, validator=is_moment_or_none)
    note: str = ""
    evidence: tuple[str, ...] = field(default=(), validator=is_tuple)

    def __attrs_post_init__(self) -> None:
        if self.at is not None and self.at.date() != self.day:
            raise ValueError(f"the moment {self.at.isoformat()} is not on the day {self.day}")


@frozen
class Issue:
    """One problem at one place, and what happened to it, oldest first.

    `place` is the unit where it lies, `responsible` who must fix it (属地、责任单位): two things. The state,
    the due date and both clocks derive from the events.

    Raises:
        ValueError: the events do not begin with found, go back in time, or one of them cannot follow.
    """

    id: str = field(validator=is_text)
    place: str
    events: tuple[Event, ...] = field(validator=is_tuple)
    responsible: tuple[str, ...] = field(default=(), validator=is_tuple)
    supporting: tuple[str, ...] = field(default=(), validator=is_tuple)
    category: str = ""
    description: str = ""
    source: str = ""
    state: State = field(init=False, eq=False)

    @state.default
    def _derive_state(self) -> State:
        if not self.events or self.events[0].what is not EventKind.FOUND:
            raise ValueError(f"issue {self.id}: its events begin with found")
        for earlier, later in pairwise(self.events):
            if later.day < earlier.day or (earlier.at and later.at and later.at < earlier.at):
                raise ValueError(
                    f"issue {self.id}: {later.what.value} on {later.day} is before "
                    f"{earlier.what.value} on {earlier.day}"
                )
        state = State.OPEN
        for event in self.events[1:]:
            state = _next_state(self.id, state, event)
        return state

    @property
    def found(self) -> date:
        return self.events[0].day

    @property
    def due(self) -> date | None:
        """The date given last; None where no date was given."""
        return next((event.due for event in reversed(self.events) if event.due is not None), None)

    @property
    def closed(self) -> date | None:
        """The day of the closing that still stands; None while it is open, or once it relapsed."""
        if self.state is not State.CLOSED:
            return None
        closings = (EventKind.ACCEPTED, EventKind.FIXED_ON_THE_SPOT)
        return next(event.day for event in reversed(self.events) if event.what in closings)

    def count(self, kind: EventKind) -> int:
        """How often that happened: rejected is the rework (返工), relapsed the relapses (反弹)."""
        return sum(event.what is kind for event in self.events)

    def as_of(self, day: date) -> Issue | None:
        """The issue as it stood at the end of that day; None where it was not yet found."""
        seen = tuple(event for event in self.events if event.day <= day)
        return evolve(self, events=seen) if seen else None

    def is_overdue(self, day: date) -> bool:
        """Open, with the due date past, at the end of that day. Rectified in time and not yet accepted is not."""
        then = self.as_of(day)
        return then is not None and then.state is State.OPEN and then.due is not None and then.due < day

    def elapsed(self, day: date) -> int:
        """Calendar days from found to closed, or to `day` while it is open."""
        return max(((self.closed or day) - self.found).days, 0)

    def worked(self, day: date) -> int:
        """Calendar days elapsed without those of suspension (挂账)."""
        end = min(self.closed or day, day)
        pauses: Iterable[tuple[date, date]] = _pauses(self.events, end)
        return self.elapsed(day) - sum(max((until - since).days, 0) for since, until in pauses)


def _next_state(issue: str, state: State, event: Event) -> State:
    if event.what in _MOVES:
        allowed, following = _MOVES[event.what]
    else:
        allowed, following = _LEAVES_STATE.get(event.what, set()), state
    if state not in allowed:
        raise ValueError(f"issue {issue}: {event.what.value} on {event.day} cannot follow, the issue is {state.value}")
    return following


def _pauses(events: tuple[Event, ...], end: date) -> Iterable[tuple[date, date]]:
    since = None
    for event in events:
        if event.what is EventKind.SUSPENDED:
            since = event.day
        elif since is not None and event.what in (EventKind.RESUMED, EventKind.WITHDRAWN, EventKind.MERGED):
            yield since, min(event.day, end)
            since = None
    if since is not None:
        yield since, end
