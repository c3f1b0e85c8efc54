"""A problem (问题) and its life in the ledger (台账), from found to closed (销号)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cached_property

from attrs import evolve, field, frozen, validators

from envgov.checks import is_a, is_day, is_day_or_none, is_moment, is_moment_or_none, is_text, is_tuple
from envgov.facts.position import Position


class EventKind(Enum):
    FOUND = "found"
    FIXED_ON_THE_SPOT = "fixed on the spot"
    DISPATCHED = "dispatched"
    WHISTLED = "whistled"
    ATTENDED = "attended"
    CLAIMED = "claimed"
    COMPLETED = "completed"
    DECLINED = "declined"
    REASSIGNED = "reassigned"
    REFERRED_UP = "referred up"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    RECTIFIED = "rectified"
    PASSED = "passed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RECHECKED = "rechecked"
    RELAPSED = "relapsed"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    LISTED = "listed for supervision"
    REWARDED = "rewarded"
    SLIPPED = "slip issued"
    ABSORBED = "absorbed"

    __hash__ = object.__hash__  # each is one object; the hash that an Enum has is a call into Python


class State(Enum):
    """Where an issue stands. Rectified is a claim of whoever owed the work; only acceptance closes."""

    OPEN = "open"
    SUSPENDED = "suspended"
    RECTIFIED = "rectified"
    CLOSED = "closed"
    ENDED = "ended"
    """It was withdrawn, or merged into another issue, and is no longer counted."""

    __hash__ = object.__hash__


HANDED = (EventKind.DISPATCHED, EventKind.REASSIGNED, EventKind.REFERRED_UP)
CLOSINGS = (EventKind.ACCEPTED, EventKind.FIXED_ON_THE_SPOT)
_E, _S = EventKind, State
_STANDING = {_S.OPEN, _S.SUSPENDED, _S.RECTIFIED}
_LEAVES_STATE = {
    _E.DISPATCHED: {_S.OPEN},
    _E.WHISTLED: {_S.OPEN},
    _E.ATTENDED: {_S.OPEN},
    _E.CLAIMED: {_S.OPEN},
    _E.COMPLETED: {_S.OPEN},
    _E.DECLINED: {_S.OPEN},
    _E.REASSIGNED: {_S.OPEN},
    _E.REFERRED_UP: {_S.OPEN},
    _E.EXTENDED: {_S.OPEN},
    _E.PASSED: {_S.RECTIFIED},
    _E.RECHECKED: {_S.CLOSED},
    _E.LISTED: _STANDING,
    _E.REWARDED: set(_S),
    _E.SLIPPED: _STANDING,
    _E.ABSORBED: _STANDING,  # a closed issue takes in nothing: what is seen again is a relapse
}
_MOVES: Mapping[EventKind, tuple[set[State], State]] = {
    _E.FIXED_ON_THE_SPOT: ({_S.OPEN}, _S.CLOSED),
    _E.SUSPENDED: ({_S.OPEN}, _S.SUSPENDED),
    _E.RESUMED: ({_S.SUSPENDED}, _S.OPEN),
    _E.RECTIFIED: ({_S.OPEN}, _S.RECTIFIED),
    _E.ACCEPTED: ({_S.RECTIFIED}, _S.CLOSED),
    _E.REJECTED: ({_S.RECTIFIED}, _S.OPEN),
    _E.RELAPSED: ({_S.CLOSED}, _S.OPEN),
    _E.MERGED: (_STANDING, _S.ENDED),
    _E.WITHDRAWN: (_STANDING, _S.ENDED),
}


@frozen
class Whistle:
    """What a street's whistle (街道吹哨) asks of the departments that it calls: when to report (报到), and where, with how
    many or which people, led by whom, to do what.
    """

    report_at: datetime = field(validator=is_moment)
    place: str = field(validator=is_text)
    people: str = field(validator=is_text)
    leader: str = field(validator=is_text)
    task: str = field(validator=is_text)


@frozen
class StageDue:
    """Until when a stage of a staged deadline is to be completed: the last day, and the moment where known to the hour."""

    stage: str = field(validator=is_text)
    day: date = field(validator=is_day)
    at: datetime | None = field(default=None, validator=is_moment_or_none)


@frozen
class Event:
    """One thing that happened to an issue: on which day, by whom.

    `at` is the moment, where it is known to the hour; it lies on `day` in its own time zone. `due` is the date
    given when it was dispatched, reassigned or extended, and `to` whom it went to. `dues` are the stages of that date,
    where it is staged; `due` is the latest of them. `calendar` is the edition of the work calendar that it was counted
    with. `stage` is the stage that was completed, and only of such an event. `asked` is the day on which it was asked
    for, where that is another, and `approved_by` who approved it. `role` is in which role whoever accepts does so,
    where an issue is accepted by several in turn: all but the last pass it. `slip` is the level of the
    supervision slip that was issued (白单), and only of one. `whistle` is what a whistle asks of those whom it goes `to`,
    where that is known, and only of one; who turned up is told by events of their own (attended, by whom). An issue that
    was merged, and the one that absorbed it, name each other in `note`.
    """

    what: EventKind = field(validator=is_a(EventKind))
    day: date = field(validator=is_day)
    by: str = ""
    to: tuple[str, ...] = field(default=(), validator=is_tuple)
    due: date | None = field(default=None, validator=is_day_or_none)
    at: datetime | None = field(default=None, validator=is_moment_or_none)
    note: str = ""
    evidence: tuple[str, ...] = field(default=(), validator=is_tuple)
    slip: str = ""
    whistle: Whistle | None = field(default=None, validator=validators.optional(is_a(Whistle)))
    dues: tuple[StageDue, ...] = field(default=(), validator=is_tuple)
    calendar: str = ""
    stage: str = ""
    asked: date | None = field(default=None, validator=is_day_or_none)
    approved_by: str = ""
    role: str = ""

    def __attrs_post_init__(self) -> None:
        issued = self.what is EventKind.SLIPPED
        if issued and not self.slip.strip():
            raise ValueError(f"slip issued on {self.day}: say which, such as slip='白单'")
        if self.slip and not issued:
            raise ValueError(
                f"{self.what.value} on {self.day} has a slip, {self.slip!r}: give that an event of its own"
            )
        if self.whistle is not None:
            self._refuse_whistle(self.whistle)
        if self.at is not None and self.at.date() != self.day:
            raise ValueError(f"the moment {self.at.isoformat()} is not on the day {self.day}")
        if self.stage and self.what is not EventKind.COMPLETED:
            raise ValueError(f"{self.what.value} on {self.day} has a stage, {self.stage!r}: only completed has one")
        if self.dues and self.due != max(due.day for due in self.dues):
            raise ValueError(f"{self.what.value} on {self.day}: due={self.due} is not the latest of its stages")
        if self.asked is not None and self.asked > self.day:
            raise ValueError(f"{self.what.value} on {self.day}: it was asked for after that day, on {self.asked}")

    def _refuse_whistle(self, whistle: Whistle) -> None:
        if self.what is not EventKind.WHISTLED:
            raise ValueError(f"{self.what.value} on {self.day} has a whistle: give that an event of its own")
        if not self.to:
            raise ValueError(f"whistled on {self.day}: say whom it calls, such as to=('住建局',)")
        if whistle.report_at.date() < self.day:
            raise ValueError(f"whistled on {self.day}: to report at {whistle.report_at.isoformat()}, before that day")


@frozen(slots=False)  # what derives from its events is kept in a dict: slots find it slowly
class Issue:
    """One problem at one place, and what happened to it, oldest first.

    `place` is the unit where it lies, `position` the point, where it is known; `responsible` who must fix it
    (属地、责任单位): two things. Who must fix it need not be in the grid, nor among the bodies: a department is told by
    what it is called. But a unit is told by its code, and under its name, or misspelt, it owes nothing that is counted
    for it. The state, the due date, both clocks, and who owes it once it was handed to somebody derive from the events.

    Raises:
        ValueError: the events do not begin with found, go back in time, one of them cannot follow, or whoever
            rectified accepts.
    """

    id: str = field(validator=is_text)
    place: str = field(validator=is_text)
    events: tuple[Event, ...] = field(validator=is_tuple)
    responsible: tuple[str, ...] = field(default=(), validator=is_tuple)
    supporting: tuple[str, ...] = field(default=(), validator=is_tuple)
    category: str = ""
    description: str = ""
    source: str = ""
    position: Position | None = field(default=None, validator=validators.optional(is_a(Position)))

    def __attrs_post_init__(self) -> None:
        if not self.events or self.events[0].what is not EventKind.FOUND:
            raise ValueError(f"issue {self.id}: its events begin with found")
        rectified_by = ""
        latest = self.events[0]  # of those of a day, the last whose hour is known
        for event in self.events:
            if event.day < latest.day or (event.at and latest.at and event.at < latest.at):
                raise ValueError(
                    f"issue {self.id}: {event.what.value} on {event.at or event.day} is before "
                    f"{latest.what.value} on {latest.at or latest.day}"
                )
            if event.at is not None or event.day > latest.day:
                latest = event
            if event.what is EventKind.RECTIFIED:
                rectified_by = event.by
            elif event.what is EventKind.ACCEPTED and event.by and event.by == rectified_by:
                raise ValueError(f"issue {self.id}: {event.by} accepted on {event.day} what they rectified themselves")
        self.state  # noqa: B018 - refuses events that cannot follow

    def after(self, event: Event) -> Issue:
        """The issue once that has happened too.

        Raises:
            ValueError: it cannot follow.
        """
        events = (*self.events, event)
        return Issue(
            self.id,
            self.place,
            events,
            self.responsible,
            self.supporting,
            self.category,
            self.description,
            self.source,
            self.position,
        )

    @cached_property
    def state(self) -> State:
        state = State.OPEN
        for event in self.events[1:]:
            following = state_after(state, event)
            if following is None:
                raise ValueError(cannot_follow(self.id, state, event))
            state = following
        return state

    @cached_property
    def owed_by(self) -> tuple[str, ...]:
        """Who must fix it as it stands: whom it was dispatched, reassigned or referred to last; else `responsible`."""
        given = (event.to for event in reversed(self.events) if event.what in HANDED and event.to)
        return next(given, self.responsible)

    @property
    def found(self) -> date:
        return self.events[0].day

    @cached_property
    def due(self) -> date | None:
        """The date given last; None where none was given, or none since the issue relapsed."""
        dated = self._dated()
        return None if dated is None else dated.due

    @property
    def stages(self) -> tuple[StageDue, ...]:
        """The stages of the date given last that were not completed since it was handed over."""
        dated, completed = self._dated(), set()
        for event in reversed(self.events):
            completed.add(event.stage)
            if event.what in HANDED:
                break
        return () if dated is None else tuple(due for due in dated.dues if due.stage not in completed)

    @property
    def closed(self) -> date | None:
        """The day of the closing that still stands; None while it is open, or once it relapsed."""
        if self.state is not State.CLOSED:
            return None
        return next(event.day for event in reversed(self.events) if event.what in CLOSINGS)

    def count(self, kind: EventKind) -> int:
        """How often that happened: rejected is the rework (返工), relapsed the relapses (反弹)."""
        return [event.what for event in self.events].count(kind)

    def as_of(self, day: date) -> Issue | None:
        """The issue as it stood at the end of that day; None where it was not yet found."""
        if self.events[-1].day <= day:
            return self
        if self.found > day:
            return None
        return evolve(self, events=tuple(event for event in self.events if event.day <= day))

    def is_overdue(self, day: date) -> bool:
        """Open, with the due date past, at the end of that day. Rectified in time and not yet accepted is not."""
        then = self.as_of(day)
        return then is not None and then.state is State.OPEN and then.due is not None and then.due < day

    def late_stages(self, day: date) -> tuple[StageDue, ...]:
        """The stages that are past at the end of that day and not completed, while the issue is open."""
        then = self.as_of(day)
        if then is None or then.state is not State.OPEN:
            return ()
        return tuple(due for due in then.stages if due.day < day)

    def overdue_since(self) -> tuple[date, ...]:
        """The first day at the end of which it was overdue, for each due date that was missed."""
        after = (event.due + timedelta(days=1) for event in self.events if event.due is not None)
        return tuple(day for day in after if self.is_overdue(day))

    def elapsed(self, day: date) -> int:
        """Calendar days from found to closed, withdrawn or merged; to `day` while it was open at the end of it.

        After a relapse the days in which it was closed count too: nothing was put right.
        """
        return max((self._end(day) - self.found).days, 0)

    def worked(self, day: date) -> int:
        """The days elapsed without those of suspension (挂账)."""
        end = self._end(day)
        return self.elapsed(day) - sum(max((until - since).days, 0) for since, until in _pauses(self.events, end))

    def _dated(self) -> Event | None:
        """The event that gave the date that holds."""
        for event in reversed(self.events):
            if event.due is not None:
                return event
            if event.what is EventKind.RELAPSED:
                return None
        return None

    def _end(self, day: date) -> date:
        then = self.as_of(day)
        if then is None or then.state not in (State.CLOSED, State.ENDED):
            return day
        ends = (EventKind.WITHDRAWN, EventKind.MERGED) if then.state is State.ENDED else CLOSINGS
        return next(event.day for event in reversed(then.events) if event.what in ends)


def state_after(state: State, event: Event) -> State | None:
    """The state in which an event leaves an issue; None: it cannot follow."""
    if event.what in _MOVES:
        allowed, following = _MOVES[event.what]
    else:
        allowed, following = _LEAVES_STATE.get(event.what, set()), state
    return following if state in allowed else None


def cannot_follow(issue: str, state: State, event: Event) -> str:
    return f"issue {issue}: {event.what.value} on {event.day} cannot follow, the issue is {state.value}"


def _pauses(events: tuple[Event, ...], end: date) -> Iterator[tuple[date, date]]:
    """The spans of suspension up to `end`."""
    since = None
    for event in events:
        if event.what is EventKind.SUSPENDED:
            since = event.day
        elif since is not None and event.what in _MOVES:
            yield since, min(event.day, end)
            since = None
    if since is not None:
        yield since, end
