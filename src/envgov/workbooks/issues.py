"""Rows as issues of the ledger, and issues as rows: what a row says, and what is new of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from typing import NamedTuple

from attrs import evolve

from envgov.errors import Fault, InputError
from envgov.facts.grid import Grid
from envgov.facts.issue import CLOSINGS, HANDED, Event, EventKind, Issue, State
from envgov.workbooks.row import Progress, Row, Term

_K, _P = EventKind, Progress
_PROGRESS: Mapping[State, Progress] = {
    State.OPEN: _P.OPEN,
    State.SUSPENDED: _P.SUSPENDED,
    State.RECTIFIED: _P.RECTIFIED,
    State.CLOSED: _P.CLOSED,
    State.ENDED: _P.WITHDRAWN,
}
_AT_WORK = (_K.CLAIMED, _K.ATTENDED, _K.COMPLETED)
_BACK = (_K.REJECTED, _K.RELAPSED)
_FAR: Mapping[Progress, int] = {_P.RECTIFIED: 1, _P.CLOSED: 2, _P.WITHDRAWN: 2}
"""How far each has come; all others stand open."""


class Doubt(NamedTuple):
    """What is wrong with a row: in which column, which problem, and what its words speak of."""

    column: str
    what: str
    given: tuple[str, ...] = ()


Doubts = list[Doubt]


def names_of(grid: Grid) -> Mapping[str, str]:
    """How each unit is called, by its code: its name where no other unit has it, nor it for a code; else the code."""
    times = Counter(unit.name for unit in grid.units)
    return {
        unit.code: unit.name if times[unit.name] == 1 and unit.name not in grid else unit.code for unit in grid.units
    }


def rows_of(issues: Iterable[Issue], grid: Grid) -> tuple[Row, ...]:
    """The row of each issue, as it stands, in the order of the days found and of the numbers.

    Units are called by their names where no other unit has the name, else by their codes.

    The spot (位置) is the note on its finding. What only the sheet has stays empty: persons, telephones, measures, remarks.

    Raises:
        InputError: a day that no workbook holds, before 1 March 1900 or after 2199; every issue that has one.
    """
    names = names_of(grid)
    rows: list[Row] = []
    faults: list[Fault] = []
    for issue in sorted(issues, key=lambda issue: (issue.found, issue.id)):
        try:
            rows.append(row_of(issue, names))
        except ValueError as error:
            faults.append(Fault(str(error), "write the ledger as a folder of tables", value=issue.id))
    if faults:
        raise InputError(faults)
    return tuple(rows)


def row_of(issue: Issue, names: Mapping[str, str]) -> Row:
    """The row of one issue, by the names of the units."""
    handed = next((event for event in reversed(issue.events) if event.what in HANDED), None)
    due: date | Term | None = issue.due
    if due is None and handed is not None and handed.note == Term.STANDING.value:
        due = Term.STANDING
    last = {event.what: event for event in issue.events}
    if _K.FIXED_ON_THE_SPOT in last and handed is None:
        due = Term.AT_ONCE
    rectified = last.get(_K.RECTIFIED) if issue.state in (State.RECTIFIED, State.CLOSED) else None
    ended = last.get(_K.WITHDRAWN) or last.get(_K.MERGED)
    accepted = last.get(_K.ACCEPTED) if issue.closed else None
    progress = _PROGRESS[issue.state]
    if progress is _P.OPEN and any(event.what in _AT_WORK for event in issue.events):
        progress = _P.GOING_ON
    return Row(
        id=issue.id,
        found=issue.found,
        source=issue.source,
        category=issue.category,
        description=issue.description,
        location=issue.events[0].note,
        place=names.get(issue.place, issue.place),
        responsible=tuple(names.get(code, code) for code in issue.owed_by),
        due=due,
        progress=progress,
        rectified=None if rectified is None else rectified.day,
        closed=ended.day if ended else issue.closed,
        accepted_by=names.get(accepted.by, accepted.by) if accepted else "",
        before=issue.events[0].evidence,
        after=rectified.evidence if rectified else (),
    )


def key_of(row: Row) -> str:
    """The number of a row; of one without, a key from what it says of the problem itself."""
    if row.id:
        return row.id
    meaning = (str(row.found), row.source, row.category, row.description, row.location, row.district, row.place)
    return "无号-" + sha256("\0".join(meaning).encode()).hexdigest()[:12]


class Intake:
    """Makes issues of rows: over a grid, and beside what the ledger knows already."""

    def __init__(self, grid: Grid, known: Callable[[str], Issue | None]) -> None:
        self.grid, self.known = grid, known
        self.called = names_of(grid)
        self.names = sorted({name for unit in grid.units for name in (unit.code, unit.name)})
        self.near: dict[str, str] = {}
        self.codes: dict[str, list[str]] = defaultdict(list)
        for unit in grid.units:
            self.codes[unit.name].append(unit.code)

    def issue(self, row: Row, id: str) -> tuple[Issue | None, Doubts]:
        """The issue of a row, with what the ledger knows of it before what is new; None where it cannot be made."""
        doubts: Doubts = []
        row = _with_progress(row)
        place = self._place(row, doubts)
        responsible = tuple(self._owner(each, row, doubts) for each in row.responsible)
        accepted_by = self._owner(row.accepted_by, row, doubts) if row.accepted_by else ""
        if row.found is None or not place:
            return None, doubts
        there = self.known(id)
        try:
            ours = row_of(there, self.called) if there else Row()
        except ValueError as error:
            remedy = "台账中这条问题的日期超出工作簿的范围，请在台账中办理"
            return None, [*doubts, Doubt("id", "refused", (str(error), remedy, "日期范围"))]
        if there is not None and _is_undone(row, there):
            doubts.append(Doubt("progress", "ahead", ((ours.progress or _P.OPEN).value,)))
            row = evolve(row, progress=None, rectified=None, closed=None)
        doubts += _contradictions(row, there)
        if there is not None:
            doubts += _differences(row, place, responsible, there, ours)
        begun = there or _begun(row, id, place, responsible)
        try:
            return evolve(begun, events=(*begun.events, *_news(row, begun, accepted_by))), doubts
        except ValueError as error:
            return None, [*doubts, Doubt("progress", "refused", (str(error), "请改正", "前后不符"))]

    def _place(self, row: Row, doubts: Doubts) -> str:
        named = row.place or row.district
        if not named:
            doubts.append(Doubt("place", "empty"))
            return ""
        column = "place" if row.place else "district"
        codes = self._codes(named, row)
        if len(codes) == 1:
            return codes[0]
        if codes:
            doubts.append(Doubt(column, "several units", (str(len(codes)),)))
        else:
            doubts.append(Doubt(column, "unknown unit", (self._hint(named),)))
        return ""

    def _owner(self, named: str, row: Row, doubts: Doubts) -> str:
        """The code of a unit, or whoever else it is: a department is told by what it is called."""
        codes = self._codes(named, row)
        if len(codes) > 1:
            doubts.append(Doubt("responsible", "several units", (str(len(codes)),)))
        return codes[0] if codes else named

    def _codes(self, named: str, row: Row) -> tuple[str, ...]:
        """The units of that code or name; of several, those below the district of the row."""
        for word in (named, "".join(named.split())):
            if word in self.grid:
                return (word,)
            if codes := self.codes.get(word):
                above = set(self.codes.get(row.district, ()))
                below = [code for code in codes if above & set(self.grid.ancestors(code))]
                return tuple(below if len(codes) > 1 and below else codes)
        return ()

    def _hint(self, named: str) -> str:
        if named not in self.near:
            found = get_close_matches(named[:40], self.names, n=1, cutoff=0.5) if len(self.near) < 20 else []
            self.near[named] = f"（{found[0]}？）" if found else ""
        return self.near[named]


def _with_progress(row: Row) -> Row:
    """Where no state is told, the days tell it."""
    if row.progress is not None or not (row.rectified or row.closed):
        return row
    return evolve(row, progress=_P.CLOSED if row.closed else _P.RECTIFIED)


def _is_undone(row: Row, there: Issue) -> bool:
    """Whether a row tells what the ledger had, and has taken back since: the work was rejected, or the problem is back."""
    told = {(_K.RECTIFIED, row.rectified), *((closing, row.closed) for closing in CLOSINGS)}
    seen: dict[object, int] = {(event.what, event.day): nth for nth, event in enumerate(there.events)}
    back = max((nth for nth, event in enumerate(there.events) if event.what in _BACK), default=-1)
    return any(seen.get(each, back) < back for each in told)


def _contradictions(row: Row, there: Issue | None) -> Iterator[Doubt]:
    """What the days of a row say against each other."""
    assert row.found is not None, "it was looked for before"
    for column, day in (("due", row.due), ("rectified", row.rectified), ("closed", row.closed)):
        if isinstance(day, date) and day < row.found:
            yield Doubt(column, "too early", (str(row.found),))
    far = _FAR.get(row.progress or _P.OPEN, 0)
    said = (row.progress or _P.OPEN).value
    done = 0 if there is None else _FAR.get(_PROGRESS[there.state], 0)
    if far > done:
        if row.progress is _P.RECTIFIED and row.rectified is None:
            yield Doubt("rectified", "undated", (said, "整改完成时间"))
        if far == 2 and row.closed is None:
            yield Doubt("closed", "undated", (said, "销号时间"))
    if far == 0 and row.rectified is not None:
        yield Doubt("progress", "contradicted", (said, f"整改完成时间{row.rectified}"))
    if far < 2 and row.closed is not None:
        yield Doubt("progress", "contradicted", (said, f"销号时间{row.closed}"))
    elif row.closed is not None and row.rectified is not None and row.closed < row.rectified:
        yield Doubt("closed", "contradicted", (f"销号时间{row.closed}", f"整改完成时间{row.rectified}"))
    if there is None and row.progress in (_P.SUSPENDED, _P.EXTENSION_ASKED):
        yield Doubt("progress", "not entered", (said,))


def _differences(row: Row, place: str, responsible: tuple[str, ...], there: Issue, ours: Row) -> Iterator[Doubt]:
    """What a row says otherwise than the ledger. A cell that is empty says nothing; a row may be behind, and not against."""
    if place != there.place:
        yield Doubt("place", "differs", (ours.place,))
    owed = [set(event.to) for event in there.events if event.to]
    if responsible and set(responsible) not in (set(there.owed_by), set(there.responsible)):
        what = "ahead" if set(responsible) in owed else "differs"
        yield Doubt("responsible", what, ("、".join(ours.responsible),))
    for column in ("found", "source", "category", "description", "location"):
        if (given := getattr(row, column)) and given != getattr(ours, column):
            yield Doubt(column, "differs", (str(getattr(ours, column)),))
    given = there.found if row.due is Term.AT_ONCE and ours.due is not Term.AT_ONCE else row.due
    if given is not None and given != ours.due:
        before = [event.due for event in there.events]
        due = ours.due.value if isinstance(ours.due, Term) else str(ours.due or "无")
        yield Doubt("due", "ahead" if given in before else "differs", (due,))
    if row.progress is not None and _FAR.get(row.progress, 0) < _FAR.get(ours.progress or _P.OPEN, 0):
        yield Doubt("progress", "ahead", ((ours.progress or _P.OPEN).value,))
    elif there.state is State.CLOSED and row.progress is _P.WITHDRAWN:
        yield Doubt("progress", "differs", (_P.CLOSED.value,))
    for column in ("rectified", "closed"):
        day, have = getattr(row, column), getattr(ours, column)
        if day is not None and have is not None and day != have:
            yield Doubt(column, "differs", (str(have),))


def _begun(row: Row, id: str, place: str, responsible: tuple[str, ...]) -> Issue:
    """A new issue: found, and handed over on that day to whoever is responsible."""
    assert row.found is not None, "it was looked for before"
    found = Event(_K.FOUND, row.found, note=row.location, evidence=row.before)
    events = [found]
    if (row.due is not None or responsible) and not _is_on_the_spot(row):
        due = row.found if row.due is Term.AT_ONCE else None if row.due is Term.STANDING else row.due
        note = Term.STANDING.value if row.due is Term.STANDING else ""
        events.append(Event(_K.DISPATCHED, row.found, to=responsible, due=due, note=note))
    return Issue(id, place, tuple(events), responsible, (), row.category, row.description, row.source)


def _is_on_the_spot(row: Row) -> bool:
    """Due at once and closed, with no acceptance on a later day."""
    return row.due is Term.AT_ONCE and row.progress is _P.CLOSED and row.rectified in (None, row.closed)


def _news(row: Row, begun: Issue, accepted_by: str) -> Iterator[Event]:
    """What a row tells that has not happened yet."""
    far, state = _FAR.get(row.progress or _P.OPEN, 0), begun.state
    if (
        row.progress is _P.WITHDRAWN
        and row.closed is not None
        and state is not State.CLOSED
        and state is not State.ENDED
    ):
        yield Event(_K.WITHDRAWN, row.closed, note=row.note or _P.WITHDRAWN.value)
    if row.progress is _P.WITHDRAWN or far <= _FAR.get(_PROGRESS[state], 0) or (far == 2 and row.closed is None):
        return
    day = row.rectified or row.closed
    if day is None:
        return
    handed = any(event.what in HANDED for event in begun.events)
    if _is_on_the_spot(row) and not handed and state is State.OPEN:
        yield Event(_K.FIXED_ON_THE_SPOT, day, evidence=row.after)
        return
    if state is not State.RECTIFIED:
        yield Event(_K.RECTIFIED, day, evidence=row.after)
    if far == 2 and row.closed is not None:
        yield Event(_K.ACCEPTED, row.closed, by=accepted_by)
