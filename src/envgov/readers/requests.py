"""Problems as another system lists them (工单): each row an issue of the ledger, a doubtful one, or a fault."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from attrs import field, frozen

from envgov.errors import Fault
from envgov.facts.grid import Grid
from envgov.facts.issue import Event, EventKind, Issue, StageDue
from envgov.policy.calendar.deadlines import Deadline, Limit, deadline_for
from envgov.policy.calendar.workdays import WorkCalendar
from envgov.readers.layout import Layout, When
from envgov.readers.sheet import Sheet
from envgov.season_csv.cells import read_code, read_list
from envgov.texts import UnreadableError

T = TypeVar("T")
_ENDS = {"merged": EventKind.MERGED, "withdrawn": EventKind.WITHDRAWN}


@frozen
class Doubtful:
    """A row that says something that cannot be so: what that is, and the issue as it is read nevertheless."""

    issue: Issue
    faults: tuple[Fault, ...]


@frozen
class Requests:
    """A list of another system, row by row; no row is passed over.

    `sound` are the issues of rows without a doubt, `doubtful` those of the others; `unread` is what is wrong with the
    rows that make no issue. Both ways of counting are honest only side by side: `sound` alone, and `every`.
    """

    sound: tuple[Issue, ...]
    doubtful: tuple[Doubtful, ...]
    unread: tuple[Fault, ...]
    row_of: Mapping[str, int] = field(factory=dict, eq=False, repr=False)
    """In which row each issue stands."""

    @property
    def every(self) -> tuple[Issue, ...]:
        """The issues of all rows that make one, the doubtful ones as they are read."""
        return (*self.sound, *(one.issue for one in self.doubtful))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that is wrong, in the order of the rows."""
        doubts = (fault for one in self.doubtful for fault in one.faults)
        return tuple(sorted((*self.unread, *doubts), key=lambda fault: fault.row or 0))

    @property
    def rows(self) -> int:
        """How many rows the list has under its header, blank ones left out."""
        return len(self.sound) + len(self.doubtful) + len({fault.row for fault in self.unread})


def read_requests(
    file: str | Path,
    layout: Layout,
    grid: Grid,
    *,
    limits: Sequence[Limit] = (),
    calendar: WorkCalendar | None = None,
) -> Requests:
    """The issues in a list of another system: CSV, packed with gzip or not.

    A row is found, then dispatched to those who are responsible, if it names them, until its due date; a row without a
    date of its own has that of the first of the `limits` that applies. Units are told by their codes, or by names that
    are unique in the grid. What is closed was rectified and accepted at its
    closing: by whom, such a list does not say. Merged and withdrawn without a day count from the day found.

    Doubtful, and how such a row is read: a number that other rows have too (each such row; its row number is added to
    the number); a place that is empty or not on the grid (it lies at `layout.elsewhere`); closed before it was found
    (closed when it was found); closed without a day, or open with one (open); due before it was found (as it says).

    Raises:
        InputError: the file is no text, or lacks a column.
        UnknownUnitError: `layout.elsewhere` is not on the grid.
        SchemeError: a limit counts working days that the calendar does not cover.
        OSError: the file cannot be opened.
    """
    grid[layout.elsewhere]
    sheet = Sheet(file, layout.columns())
    reading = _Reading(sheet, layout, grid, limits, calendar)
    rows = list(sheet.rows())
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, row in rows:
        numbers[row["id"]].append(number)
    sound, doubtful, row_of = [], [], {}
    for number, row in rows:
        read = reading.read(number, row, numbers[row["id"]])
        if read is not None:
            row_of[read.issue.id] = number
        if read is not None and read.faults:
            doubtful.append(read)
        elif read is not None:
            sound.append(read.issue)
    return Requests(tuple(sound), tuple(doubtful), tuple(sheet.faults), MappingProxyType(row_of))


class _Reading:
    """One reading of one list. Values that come again and again are made once: that is most of the time it takes."""

    def __init__(
        self, sheet: Sheet, layout: Layout, grid: Grid, limits: Sequence[Limit], calendar: WorkCalendar | None
    ) -> None:
        self.sheet, self.layout, self.codes = sheet, layout, codes_of(grid)
        self.limits, self.calendar = limits, calendar
        self.whens: dict[str, When] = {}
        self.happened: dict[tuple[EventKind, When], Event] = {}
        self.dispatched: dict[tuple[object, ...], Event | None] = {}
        self.deadlines: dict[tuple[str, str], Deadline | None] = {}

    def read(self, number: int, row: dict[str, str], alike: Sequence[int]) -> Doubtful | None:
        """The issue of a row and the doubts about it; None, with the faults noted, where it makes none.

        `alike` are the rows of its number.
        """
        before = len(self.sheet.faults)
        id = self._cell(number, row, "id", read_code)
        place = self._cell(number, row, "place", read_code)
        found = self._cell(number, row, "found", self._when)
        closed = self._cell(number, row, "closed", self._when)
        due = self._cell(number, row, "due", self._when)
        responsible = tuple(self.codes.get(who, who) for who in self._cell(number, row, "responsible", read_list) or ())
        status = self._status(number, row)
        for column, value in (("id", id), ("found", found)):
            if value is None and not row[column]:
                self.sheet.note("the cell is empty", "fill it in, or leave the row out", number, column)
        if id is None or found is None or len(self.sheet.faults) > before:
            return None

        doubts: list[Fault] = []

        def doubt(problem: str, remedy: str, column: str) -> None:
            doubts.append(self.sheet.fault(problem, remedy, number, column, row[column]))

        if len(alike) > 1:
            others = ", ".join(str(other) for other in alike if other != number)
            doubt(f"this number is also that of row {others}", f"keep the row that holds; read as {id}#{number}", "id")
            id = f"{id}#{number}"
        code = self.codes.get(place or "")
        if code is None:
            remedy = f"correct the place; read as lying at {self.layout.elsewhere}"
            doubt("the place is empty or not on the grid", remedy, "place")
            code = self.layout.elsewhere
        if closed is not None and _is_before(closed, found):
            doubt(f"closed before it was found on {row['found']}", "correct one; read as closed when found", "closed")
            closed = found
        if due is not None and due.day < found.day:
            doubt(f"due before it was found on {row['found']}", "correct one; read as it says", "due")
        if status == "closed" and closed is None:
            doubt("closed, without a day", "add the day; read as open", "status")
        if status == "open" and closed is not None:
            doubt(f"open, and closed on {row['closed']}", "correct one; read as open", "status")
            closed = None

        category, source = row.get("category", ""), row.get("source", "")
        events = [self._event(EventKind.FOUND, found)]
        if (dispatched := self._dispatch(found, due, responsible, category, source)) is not None:
            events.append(dispatched)
        if status in _ENDS:
            events.append(self._event(_ENDS[status], closed or found))
        elif closed is not None:
            events += (self._event(EventKind.RECTIFIED, closed), self._event(EventKind.ACCEPTED, closed))
        description = row.get("description", "")
        issue = Issue(id, code, tuple(events), responsible, (), category, description, source)
        return Doubtful(issue, tuple(doubts))

    def _cell(self, number: int, row: dict[str, str], column: str, read: Callable[[str], T]) -> T | None:
        """None for a column that the list has not, an empty cell, and one that cannot be read, which is noted."""
        if not (cell := row.get(column, "")):
            return None
        try:
            return read(cell)
        except UnreadableError as error:
            self.sheet.note(error.problem, error.remedy, number, column, cell)
            return None

    def _when(self, cell: str) -> When:
        if cell not in self.whens:
            self.whens[cell] = self.layout.read_when(cell)
        return self.whens[cell]

    def _status(self, number: int, row: dict[str, str]) -> str:
        """What the status means; "" where the list has none, or not one that is known."""
        if not self.layout.status:
            return ""
        meaning = self.layout.statuses.meaning(row["status"])
        if meaning is None:
            self.sheet.note("this status is not in the layout", "add it to statuses", number, "status", row["status"])
        return meaning or ""

    def _event(self, what: EventKind, when: When) -> Event:
        if (what, when) not in self.happened:
            self.happened[what, when] = Event(what, when.day, at=when.at)
        return self.happened[what, when]

    def _dispatch(
        self, found: When, due: When | None, responsible: tuple[str, ...], category: str, source: str
    ) -> Event | None:
        """The hand-over on the day found; None where nobody is named and nothing is due."""
        deadline = None if due is not None else self._deadline(category, source)
        key = found, due, responsible, deadline
        if key not in self.dispatched:
            self.dispatched[key] = self._dispatched(found, due, responsible, deadline)
        return self.dispatched[key]

    def _deadline(self, category: str, source: str) -> Deadline | None:
        if (category, source) not in self.deadlines:
            one = Issue("1", "1", (Event(EventKind.FOUND, date.min),), category=category, source=source)
            self.deadlines[category, source] = deadline_for(self.limits, one)
        return self.deadlines[category, source]

    def _dispatched(
        self, found: When, due: When | None, responsible: tuple[str, ...], deadline: Deadline | None
    ) -> Event | None:
        what, day, at = EventKind.DISPATCHED, *found
        dues = () if deadline is None else deadline.dues(at or day, self.calendar)
        if dues:
            stages = tuple(StageDue(one.stage, one.day, one.at) for one in dues if one.stage)
            note = "暂估" if any(one.estimated for one in dues) else ""
            last = max(one.day for one in dues)
            edition = next((one.calendar for one in dues if one.calendar), "")
            return Event(what, day, to=responsible, due=last, at=at, note=note, dues=stages, calendar=edition)
        if due is not None or responsible:
            return Event(what, day, to=responsible, due=due and due.day, at=at)
        return None


def codes_of(grid: Grid) -> Mapping[str, str]:
    """The code of each unit by its code, and by a name that no other unit has."""
    times = Counter(unit.name for unit in grid.units)
    named = {unit.name: unit.code for unit in grid.units if times[unit.name] == 1}
    return named | {unit.code: unit.code for unit in grid.units}


def _is_before(one: When, other: When) -> bool:
    """By the moments where both are known."""
    return one.at < other.at if one.at and other.at else one.day < other.day
