"""Read a season from a folder of CSV files, as a clerk's spreadsheet saves them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta, timezone, tzinfo
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from attrs import evolve

from envgov.errors import Fault, InputError
from envgov.facts.duty import Duty, Submission
from envgov.facts.evidence import Facts
from envgov.facts.grid import Assignment, Grid, Unit
from envgov.facts.inspection import Finding, Inspection
from envgov.facts.issue import Event, EventKind, Issue
from envgov.facts.output import Output
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.season_csv.cells import UnreadableError, read_text
from envgov.season_csv.tables import Column, columns_in

T = TypeVar("T")
_Row = dict[str, Any]
NEAR_LIMIT = 2000
"""Up to so many codes, a similar one is looked for; beyond, that takes longer than reading."""
CHINA = timezone(timedelta(hours=8), "UTC+08:00")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_season(folder: str | Path, *, zone: tzinfo = CHINA) -> Facts:
    """The facts in a folder of CSV files, of which only grid.csv must be there.

    grid, inspections, findings, issues, surveys, stated (ranks received), outputs, assignments, duties: in UTF-8
    with or without a byte order mark, or GB18030; with English or Chinese headers. Moments without a zone
    (duties) are read in `zone`. Columns and their headers are in the documentation, docs/season-csv.md.

    Raises:
        InputError: every fault of every file, each with file, row (the header is row 1), column, value and
            remedy; nothing is read by halves.
        OSError: a file cannot be opened.
    """
    return _Folder(Path(folder), zone).facts()


class _Known(NamedTuple):
    """The codes of a table that others refer to."""

    codes: set[str]
    file: str


class _Folder:
    """One reading of one folder; the faults pile up until all files were seen."""

    def __init__(self, path: Path, zone: tzinfo) -> None:
        self.path = path
        self.columns = columns_in(zone)
        self.faults: list[Fault] = []
        self.files = self._find_files()

    def facts(self) -> Facts:
        grid = self._grid()
        units = _Known({unit.code for unit in grid.units}, "grid.csv")
        collections: dict[str, Any] = {
            "inspections": self._inspections(units),
            "issues": self._read("issues", _issue, ("place", units)),
            "surveys": self._read("surveys", lambda row: Survey(**row), ("unit", units)),
            "stated_ranks": self._read("stated", lambda row: StatedRank(**row), ("unit", units)),
            "outputs": self._read("outputs", lambda row: Output(**row), ("unit", units)),
            "assignments": self._read("assignments", lambda row: Assignment(**row), ("place", units)),
            "duties": self._read("duties", _duty),
        }
        if self.faults:
            raise InputError(self.faults)
        return Facts(grid, **collections)

    # -- files
    def _find_files(self) -> dict[str, Path]:
        if not self.path.is_dir():
            raise InputError([Fault("there is no such folder", "name the folder that holds grid.csv", str(self.path))])
        files = {}
        for path in sorted(self.path.iterdir()):
            if path.suffix.lower() != ".csv":
                continue
            name = path.stem.lower()
            if name in self.columns:
                files[name] = path
            else:
                known = ", ".join(f"{known}.csv" for known in self.columns)
                self._note(
                    path.name, "no table of a season has this name", f"rename it or move it away; known: {known}"
                )
        if "grid" not in files:
            self._note("grid.csv", "there is no such file", "put the units of the season into it")
        return files

    def _decoded(self, path: Path) -> str | None:
        """None: the file is no text, and the fault is noted."""
        raw = path.read_bytes()
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            self._note(path.name, "this is UTF-16 text", "save it as “CSV UTF-8”")
            return None
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if control := _CONTROL.search(text):
                row = text.count("\n", 0, control.start()) + 1
                self._note(path.name, "a control character, as in a file that is no text", "remove it", row, control[0])
                return None
            return text
        self._note(path.name, "this is neither UTF-8 nor GB18030 text", "save it as “CSV UTF-8”")
        return None

    def _rows(self, name: str) -> Iterator[tuple[int, _Row]]:
        """Each row that is not blank, with its number; a row with a faulty cell lacks that cell."""
        if name not in self.files:
            return
        path = self.files[name]
        text = self._decoded(path)
        if text is None:
            return
        if not text.strip():
            self._note(path.name, "the file is empty", "write a header row, or remove the file")
            return
        lines = csv.reader(StringIO(text, newline=""), strict=True)
        file, number = path.name, 1
        try:
            header = self._header(name, file, next(lines))
            if header is None:
                return
            for number, cells in enumerate(lines, 2):
                if any(cells):
                    yield number, self._row(file, number, header, cells)
        except csv.Error as error:
            problem = f"the row after row {number} cannot be read: {error}"
            self._note(file, problem, "check its quotation marks and the size of its cells")

    def _header(self, name: str, file: str, cells: Sequence[str]) -> list[Column | None] | None:
        """The column under each header cell; None for a cell without one. No columns: the header is faulty."""
        columns = {head: column for column in self.columns[name] for head in (column.name, *column.chinese)}
        header: list[Column | None] = []
        before = len(self.faults)
        for cell in map(str.strip, cells):
            column = columns.get(cell) or columns.get(cell.lower())
            if cell and column is None:
                near = get_close_matches(cell[:40], columns, n=1)
                hint = f"did you mean {near[0]!r}? " if near else ""
                if re.search(r"[;\t]", cell):
                    hint = "separate the columns with commas; "
                self._note(file, "no column has this header", f"{hint}known: {', '.join(columns)}", 1, cell)
            elif column is not None and column in header:
                self._note(file, f"the column {column.name} is there twice", "keep one of them", 1, cell)
            header.append(column)
        for column in self.columns[name]:
            if column.required and column not in header:
                heads = ", ".join((column.name, *column.chinese))
                self._note(file, f"the column {column.name} is missing", f"add it, under one of: {heads}", 1)
        return header if len(self.faults) == before else None

    def _row(self, file: str, number: int, header: Sequence[Column | None], cells: Sequence[str]) -> _Row:
        row: _Row = {}
        if len(cells) != len(header):
            problem = f"{len(cells)} cells under {len(header)} headers"
            self._note(file, problem, "check the commas and quotation marks", number)
            return row
        for column, cell in zip(header, cells, strict=True):
            value = cell.strip()
            if column is None:
                if value:
                    self._note(file, "a cell under no header", "give the column a header, or clear it", number, value)
            elif value:
                if column.read is read_text:
                    row[column.name] = value
                    continue
                try:
                    row[column.name] = column.read(value)
                except UnreadableError as error:
                    self._note(file, error.problem, error.remedy, number, value, column.name)
            elif column.required:
                self._note(file, "the cell is empty", "fill it in", number, None, column.name)
        return row

    # -- facts
    def _grid(self) -> Grid:
        levels: dict[str, str] = {}  # one string for each word, not one for each unit
        numbers: list[int] = []

        def unit(row: _Row) -> Unit:
            row["level"] = levels.setdefault(row["level"], row["level"])
            return Unit(**row)

        before = len(self.faults)
        units = self._read("grid", unit, numbers=numbers)
        try:
            return Grid(units)
        except InputError as error:
            if len(self.faults) == before:  # of a table with unread rows, who lacks a parent is not known
                self.faults += [evolve(f, file="grid.csv", row=numbers[f.row - 1]) for f in error.faults if f.row]
            return Grid(())

    def _inspections(self, units: _Known) -> list[Inspection]:
        rows = list(self._rows("inspections"))
        ids = _Known({row["id"] for _, row in rows if "id" in row}, "inspections.csv")
        findings: dict[str, list[Finding]] = {}
        for inspection, finding in self._read("findings", _finding, ("inspection", ids)):
            findings.setdefault(inspection, []).append(finding)

        def visit(row: _Row) -> Inspection:
            return Inspection(**row, findings=findings.get(row.get("id", ""), ()))

        return self._read("inspections", visit, ("unit", units), rows=rows)

    def _read(
        self,
        name: str,
        make: Callable[[_Row], T],
        refers: tuple[str, _Known] | None = None,
        rows: Iterable[tuple[int, _Row]] | None = None,
        numbers: list[int] | None = None,
    ) -> list[T]:
        """The facts of a table's whole rows, and into `numbers` their rows; `refers`: a column of known codes."""
        file = f"{name}.csv"
        required = {column.name for column in self.columns[name] if column.required}
        first: dict[str, int] = {}
        made: list[T] = []
        for number, row in self._rows(name) if rows is None else rows:
            if refers is not None:
                self._refuse_unknown(file, number, row, *refers)
            if "id" in row and first.setdefault(row["id"], number) != number:
                problem = f"this id is already that of row {first[row['id']]}"
                self._note(file, problem, "give each row an id of its own", number, row["id"], "id")
            if required <= row.keys():  # what a row lacks is noted already
                try:
                    made.append(make(row))
                except (TypeError, ValueError) as error:
                    self._note(file, str(error), "correct this row", number)
                    continue
                if numbers is not None:
                    numbers.append(number)
        return made

    def _refuse_unknown(self, file: str, number: int, row: _Row, column: str, known: _Known) -> None:
        code = row.get(column)
        if code is None or code in known.codes:
            return
        if not known.codes and any(fault.file == known.file for fault in self.faults):
            return  # that table could not be read, which is said already
        near = get_close_matches(code[:40], known.codes, n=1) if len(known.codes) < NEAR_LIMIT else ()
        hint = f"did you mean {near[0]!r}? " if near else ""
        self._note(file, f"{known.file} has no such code", f"{hint}correct it, or add it there", number, code, column)

    def _note(
        self, file: str, problem: str, remedy: str, row: int | None = None, value: str | None = None, column: str = ""
    ) -> None:
        self.faults.append(Fault(problem, remedy, file, row, column, value))


def _finding(row: _Row) -> tuple[str, Finding]:
    return row["inspection"], Finding(**{name: value for name, value in row.items() if name != "inspection"})


def _issue(row: _Row) -> Issue:
    """The events of one ledger row, in the order of its milestones."""
    responsible = row.get("responsible", ())
    owner = responsible[0] if responsible else ""
    due = row.get("due")
    found_due = None if "dispatched" in row else due
    events = [Event(EventKind.FOUND, row["found"], due=found_due)]
    for column, event in (
        ("fixed", EventKind.FIXED_ON_THE_SPOT),
        ("dispatched", EventKind.DISPATCHED),
        ("claimed", EventKind.CLAIMED),
        ("rectified", EventKind.RECTIFIED),
        ("accepted", EventKind.ACCEPTED),
        ("withdrawn", EventKind.WITHDRAWN),
    ):
        if column not in row:
            continue
        match event:
            case EventKind.DISPATCHED:
                events.append(Event(event, row[column], to=responsible, due=due))
            case EventKind.ACCEPTED:
                events.append(Event(event, row[column], by=row.get("accepted_by", "")))
            case EventKind.CLAIMED | EventKind.RECTIFIED | EventKind.FIXED_ON_THE_SPOT:
                events.append(Event(event, row[column], by=owner))
            case _:
                events.append(Event(event, row[column]))
    kept = ("id", "place", "responsible", "supporting", "category", "description", "source")
    return Issue(events=tuple(events), **{name: row[name] for name in kept if name in row})


def _duty(row: _Row) -> Duty:
    came = Submission(row["what"], row["owed_by"], row["submitted"]) if "submitted" in row else None
    return Duty(row["what"], row["owed_by"], row["due"], came)
