"""The problem ledger of a season: one pass through it in issues.csv, and what other tables tell of the same issues."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from attrs import evolve

from envgov.facts.issue import HANDED, Event, EventKind, Issue, State, Whistle, cannot_follow, state_after
from envgov.season_csv.rows import Row
from envgov.season_csv.sheets import Sheets

_OF_AN_ISSUE = (("issue", "issues"),)
_BY_THE_OWNER = (EventKind.FIXED_ON_THE_SPOT, EventKind.CLAIMED, EventKind.RECTIFIED)
_ORDER = tuple(EventKind)


class Told(NamedTuple):
    """An event that another table than issues.csv tells, and in which row."""

    table: str
    row: int
    event: Event

    def order(self) -> tuple[Any, ...]:
        """By day, then as an issue goes on; never by the row."""
        e, w = self.event, self.event.whistle
        asked = (w.report_at, w.place, w.people, w.leader, w.task) if w else ()
        return e.day, _ORDER.index(e.what), e.slip, e.by, e.to, asked, str(e.due), e.note, e.evidence


class MisplacedError(ValueError):
    """An event that cannot follow on its day, and why not."""

    def __init__(self, told: Told, problem: str) -> None:
        super().__init__(problem)
        self.told, self.problem = told, problem


def read_issues(sheets: Sheets) -> list[Issue]:
    """The issues with all their events; one that cannot follow is noted where it is told."""
    rows = list(sheets.rows("issues"))
    told: dict[str, list[Told]] = defaultdict(list)
    for table, read in TELLERS.items():
        of_an_issue = partial(_with_issue, read)
        for number, (issue, events) in sheets.read_numbered(table, of_an_issue, _OF_AN_ISSUE):
            told[issue] += [Told(table, number, event) for event in events]

    def entry(row: Row) -> Issue | None:
        try:
            return issue_of(row, told[row["id"]])
        except MisplacedError as error:
            table, number, _ = error.told
            sheets.note(sheets.files[table].name, error.problem, "correct this row, or that of the issue", number)
            return None

    return [issue for issue in sheets.read("issues", entry, (("place", "grid"),), rows) if issue is not None]


def issue_of(row: Row, told: Iterable[Told]) -> Issue:
    """The issue of one row of issues.csv, and of what else is told of it.

    Raises:
        MisplacedError: the first of what is told that can follow nowhere on its day.
        ValueError: a milestone cannot follow.
    """
    events = _merge(row["id"], _milestones(row), told)
    kept = ("id", "place", "responsible", "supporting", "category", "description", "source")
    owned = tuple(_owned(events, row.get("responsible", ())))
    return Issue(events=owned, **{name: row[name] for name in kept if name in row})


def _milestones(row: Row) -> list[Event]:
    """The events of one row of issues.csv, in the order of its columns."""
    due, seen = row.get("due"), row.get("evidence", ())
    events = [Event(EventKind.FOUND, row["found"], due=None if "dispatched" in row else due, evidence=seen)]
    for column, kind in (
        ("fixed", EventKind.FIXED_ON_THE_SPOT),
        ("dispatched", EventKind.DISPATCHED),
        ("claimed", EventKind.CLAIMED),
        ("rectified", EventKind.RECTIFIED),
        ("accepted", EventKind.ACCEPTED),
        ("withdrawn", EventKind.WITHDRAWN),
    ):
        if column not in row:
            continue
        match kind:
            case EventKind.DISPATCHED:
                events.append(Event(kind, row[column], to=row.get("responsible", ()), due=due))
            case EventKind.ACCEPTED:
                events.append(Event(kind, row[column], by=row.get("accepted_by", "")))
            case _:
                events.append(Event(kind, row[column]))
    return events


def _owned(events: Iterable[Event], responsible: Sequence[str]) -> Iterator[Event]:
    """What nobody is named for was done by the first of those who owed the issue then."""
    owner = "".join(responsible[:1])
    for event in events:
        if event.what in HANDED and event.to:
            owner = event.to[0]
        yield evolve(event, by=owner) if event.what in _BY_THE_OWNER and not event.by else event


# -- what other tables tell
def _with_issue(read: Callable[[Row], tuple[Event, ...]], row: Row) -> tuple[str, tuple[Event, ...]]:
    return row["issue"], read({name: value for name, value in row.items() if name != "issue"})


def _event(row: Row) -> tuple[Event, ...]:
    return (Event(**row),)


def _slip(row: Row) -> tuple[Event, ...]:
    return (Event(EventKind.SLIPPED, **row),)


def _whistle(row: Row) -> tuple[Event, ...]:
    """One whistle, and that each of those whom it calls turned up, if they did."""
    day, to, attended = row["day"], row["to"], row.get("attended")
    whistle = Whistle(row["report_at"], row["place"], row["people"], row["leader"], row["task"])
    whistled = Event(EventKind.WHISTLED, day, by=row.get("by", ""), to=to, whistle=whistle)
    if attended is None:
        return (whistled,)
    if attended < day:
        raise ValueError(f"attended on {attended} is before whistled on {day}")
    return whistled, *(Event(EventKind.ATTENDED, attended, by=who) for who in to)


TELLERS: Mapping[str, Callable[[Row], tuple[Event, ...]]] = {"events": _event, "slips": _slip, "whistles": _whistle}
"""The other tables that tell of issues, and the events that a row of each tells, its issue apart."""


# -- one life of all of it
def _merge(issue: str, milestones: Sequence[Event], told: Iterable[Told]) -> list[Event]:
    """The milestones in the order of their columns, and what else is told, each on its day where it can follow.

    Raises:
        MisplacedError: the first that can follow nowhere on its day.
    """
    found, *later = milestones
    waiting = deque(later)
    events: list[Event] = [found]
    state: State | None = State.OPEN
    for day, group in groupby(sorted(told, key=Told.order), key=lambda one: one.event.day):
        of_the_day = list(group)
        if day < found.day:
            first = of_the_day[0]
            problem = f"issue {issue}: {first.event.what.value} on {day} is before found on {found.day}"
            raise MisplacedError(first, problem)
        before: list[Event] = []
        while waiting and waiting[0].day < day:
            before.append(waiting.popleft())
        today: list[Event] = []
        while waiting and waiting[0].day == day:
            today.append(waiting.popleft())
        state = _states(state, before)[-1]
        today = _fit(issue, state, today, of_the_day)
        state = _states(state, today)[-1]
        events += before + today
    return [*events, *waiting]


def _fit(issue: str, state: State | None, today: Sequence[Event], told: Sequence[Told]) -> list[Event]:
    """A day's events, from the state in which it began: each is put at the last place at which it can follow.

    One may open a place for another: rejected, rectified and accepted on one day.
    """
    fitted, left = list(today), told
    while left:
        states = _states(state, fitted)
        waiting: list[Told] = []
        for one in left:
            places = [i for i, s in enumerate(states) if s is not None and state_after(s, one.event) is not None]
            if places:
                fitted.insert(places[-1], one.event)
                states = _states(state, fitted)
            else:
                waiting.append(one)
        if len(waiting) == len(left):
            if (last := states[-1]) is not None:
                raise MisplacedError(left[0], cannot_follow(issue, last, left[0].event))
            return [*fitted, *(one.event for one in left)]  # a milestone cannot follow: the issue says which
        left = waiting
    return fitted


def _states(state: State | None, events: Iterable[Event]) -> list[State | None]:
    """The state before each event, and after the last; None from one on that cannot follow."""
    states = [state]
    for event in events:
        states.append(None if states[-1] is None else state_after(states[-1], event))
    return states
