"""The problem ledger of a season: one pass through it in issues.csv, and what other tables tell of the same issues."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from attrs import evolve

from envgov.facts.issue import HANDED, Event, EventKind, Issue, State, Whistle, cannot_follow, state_after
from envgov.facts.position import DATUMS, Position
from envgov.facts.slip import Slip
from envgov.season_csv.cells import ELSEWHERE
from envgov.season_csv.rows import Row
from envgov.season_csv.sheets import Sheets

_OF_AN_ISSUE = (("issue", "issues"),)
_BY_THE_OWNER = (EventKind.FIXED_ON_THE_SPOT, EventKind.CLAIMED, EventKind.RECTIFIED)
_ORDER = tuple(EventKind)
_OF_THE_ISSUE = ("id", "place", "responsible", "supporting", "category", "description", "source")
_OF_A_POSITION = ("lon", "lat", "datum")
_OF_A_WHISTLE = ("report_at", "place", "people", "leader", "task")
_ISSUE_OR_UNIT = "a slip is for one issue, or for one unit as a whole: fill in one of the two"
_ONLY_NUMBERED = f"{ELSEWHERE}, unless all events of the issue are numbered here"


class Told(NamedTuple):
    """An event that another table than issues.csv tells, and in which row."""

    table: str
    row: int
    event: Event
    nth: int | None = None
    """Its number among the events of the issue, where the table gives one."""

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


def read_ledger(sheets: Sheets) -> tuple[list[Issue], list[Slip]]:
    """The issues with all their events, and the slips that address a unit.

    An event that cannot follow is noted where it is told.
    """
    rows = list(sheets.rows("issues"))
    slips = list(sheets.rows("slips"))
    of_issues = {"slips": [(number, row) for number, row in slips if "unit" not in row]}
    told: dict[str, list[Told]] = defaultdict(list)
    for table, read in TELLERS.items():
        of_an_issue = partial(_with_issue, read)
        for number, (issue, nth, events) in sheets.read_numbered(
            table, of_an_issue, _OF_AN_ISSUE, of_issues.get(table)
        ):
            told[issue] += [Told(table, number, event, nth) for event in events]

    def entry(row: Row) -> Issue | None:
        try:
            return issue_of(row, told[row["id"]])
        except MisplacedError as error:
            file = sheets.files[error.told.table].name
            sheets.note(file, error.problem, "correct this row, or that of the issue", error.told.row)
            return None

    issues = [issue for issue in sheets.read("issues", entry, (("place", "grid"),), rows) if issue is not None]
    of_units = [(number, row) for number, row in slips if "unit" in row]
    return issues, sheets.read("slips", _slip_to_a_unit, (*_OF_AN_ISSUE, ("unit", "grid")), of_units)


def issue_of(row: Row, told: Iterable[Told]) -> Issue:
    """The issue of one row of issues.csv, and of what else is told of it.

    Raises:
        MisplacedError: the first of what is told that can follow nowhere on its day.
        ValueError: a milestone cannot follow.
    """
    kept = {name: row[name] for name in _OF_THE_ISSUE if name in row}
    kept["position"] = _position(row)
    everything = tuple(told)
    if any(one.nth is not None for one in everything):
        return Issue(events=_in_order(row, everything), **kept)
    events = _merge(row["id"], _milestones(row), everything)
    return Issue(events=tuple(_owned(events, row.get("responsible", ()))), **kept)


def _position(row: Row) -> Position | None:
    given = [row[name] for name in _OF_A_POSITION if name in row]
    if given and len(given) < len(_OF_A_POSITION):
        raise ValueError(
            f"issue {row['id']}: a position has lon, lat and datum ({' or '.join(DATUMS)}): fill in all three"
        )
    return Position(*given) if given else None


def _in_order(row: Row, told: Iterable[Told]) -> tuple[Event, ...]:
    """A life of which each event has its number: it is what they tell, and nothing is added to it.

    Raises:
        MisplacedError: one has no number, or that of another.
        ValueError: they do not begin on the day found, or issues.csv tells of more.
    """
    issue = row["id"]
    if besides := row.keys() - {*_OF_THE_ISSUE, *_OF_A_POSITION, "found"}:
        what = ", ".join(sorted(besides))
        raise ValueError(f"issue {issue}: its events are numbered; give {what} with them, and not here")
    events: dict[int, Event] = {}
    for one in told:
        if one.nth is None:
            raise MisplacedError(one, f"issue {issue}: its other events are numbered, and this one is not")
        if one.nth in events:
            raise MisplacedError(one, f"issue {issue}: two of its events have the number {one.nth}")
        events[one.nth] = one.event
    first = events[min(events)]
    if (first.what, first.day) != (EventKind.FOUND, row["found"]):
        raise ValueError(f"issue {issue}: its numbered events begin with {first.what.value} on {first.day}")
    return tuple(events[nth] for nth in sorted(events))


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
def _with_issue(read: Callable[[Row], tuple[Event, ...]], row: Row) -> tuple[str, int | None, tuple[Event, ...]]:
    if "issue" not in row:
        raise ValueError(_ISSUE_OR_UNIT)
    nth = row.get("order")
    if nth is None and row.get("what") in (EventKind.FOUND, EventKind.SLIPPED):
        raise ValueError(_ONLY_NUMBERED)
    return row["issue"], nth, read({name: value for name, value in row.items() if name not in ("issue", "order")})


def _event(row: Row) -> tuple[Event, ...]:
    given = {name: value for name, value in row.items() if name not in _OF_A_WHISTLE}
    given["dues"] = given.pop("stages", ())
    asked = {name: row[name] for name in _OF_A_WHISTLE if name in row}
    if asked and (missing := [name for name in _OF_A_WHISTLE if name not in asked]):
        raise ValueError(f"a whistle says what it asks; {', '.join(missing)} is empty")
    return (Event(**given, whistle=Whistle(**asked) if asked else None),)


def _slip(row: Row) -> tuple[Event, ...]:
    return (Event(EventKind.SLIPPED, **row),)


def _slip_to_a_unit(row: Row) -> Slip:
    if "issue" in row:
        raise ValueError(_ISSUE_OR_UNIT)
    return Slip(**row)


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
