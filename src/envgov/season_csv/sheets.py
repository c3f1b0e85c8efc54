"""The files of a season's folder, row by row; every fault is noted, and reading goes on."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from attrs import evolve

from envgov.errors import Fault, InputError
from envgov.facts.grid import Grid
from envgov.season_csv.rows import Row
from envgov.season_csv.tables import Column
from envgov.texts import CONTROL, UnreadableError, decode

T = TypeVar("T")
Header = list[tuple[Column | None, str]]
"""The column of each cell, and the head that the file gives it."""
KEYS: Mapping[str, str] = {"grid": "code", "inspections": "id", "issues": "id", "bodies": "code"}
"""The tables whose rows are told apart by a code: no two rows share it, and other tables refer to it."""
SYNTHETIC = "synthetic.txt"
"""The one file that is no table: what is made up about the season."""
FORMULA = frozenset("=+-@'")
"""How a text begins that a spreadsheet takes for a formula, or that a ' stands before."""
NEAR_LIMIT, HINTS = 2000, 20
"""A similar code is looked for among so many, and for so many: beyond, that takes longer than reading."""
NEAR = 0.5
"""How similar two words must be: of two characters, one."""


class Sheets:
    """One reading of one folder, or of the files that are put into `files`."""

    def __init__(self, columns: Mapping[str, tuple[Column, ...]]) -> None:
        self.columns = columns
        self.grid = Grid(())
        self.faults: list[Fault] = []
        self.keys: dict[str, dict[str, int]] = {name: {} for name in KEYS}  # each code, and its row
        self.unsure: set[str] = set()  # tables of whose codes some could not be read
        self.heads: dict[tuple[str, str], str] = {}  # how a file heads its columns
        self.hints: dict[tuple[str, str], str] = {}
        self.files: dict[str, Path] = {}

    def find_files(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InputError([Fault("there is no such folder", "name the folder that holds grid.csv", str(folder))])
        for path in sorted(folder.iterdir()):
            name = path.name.lower()
            if name != SYNTHETIC and path.suffix.lower() != ".csv":
                continue
            name = name.removesuffix(".csv")
            if name not in (SYNTHETIC, *self.columns):
                problem = "no table of a season has this name"
                known = ", ".join(f"{known}.csv" for known in self.columns)
                self.note(path.name, problem, f"rename it or move it away; known: {known}")
            elif name in self.files:
                self.note(path.name, f"{self.files[name].name} is the same file", "put all of it into one of them")
            else:
                self.files[name] = path
        if "grid" not in self.files:
            self.note("grid.csv", "there is no such file", "put the units of the season into it")
            self.unsure.add("grid")

    def rows(self, name: str) -> Iterator[tuple[int, Row]]:
        """Each row that is not blank, with its number; it lacks the cells that are empty or could not be read."""
        if name not in self.files:
            return
        file, text = self.files[name].name, self._decoded(self.files[name])
        header: Header = []
        number = 0
        suspicious = CONTROL.search(text) is not None
        lines = csv.reader(StringIO(text, newline=""), strict=True)
        try:
            for number, cells in enumerate(lines, 1):
                if not (cells and cells[0].strip()) and not "".join(cells).strip():
                    continue  # blank; the first look spares most rows the second
                if suspicious and (control := CONTROL.search("".join(cells))):
                    self.note(
                        file, "a control character, as in a file that is no text", "remove it", number, control[0]
                    )
                    self.unsure.add(name)
                elif not header:
                    header = self._header(name, file, number, cells)
                    if not header:
                        break
                elif (row := self._row(name, number, header, cells)) is not None:
                    yield number, row
        except csv.Error as error:
            problem = f"row {number + 1} cannot be read: {error}"
            self.note(file, problem, "check its quotation marks and the size of its cells", number + 1)
            self.unsure.add(name)
        if not header:
            self.unsure.add(name)
            if not any(fault.file == file for fault in self.faults):
                self.note(file, "the file is empty", "write a header row, or remove the file")

    def read(
        self,
        name: str,
        make: Callable[[Row], T],
        refers: tuple[tuple[str, str], ...] = (),
        rows: Iterable[tuple[int, Row]] | None = None,
        once: tuple[str, ...] = (),
    ) -> list[T]:
        """The facts of a table's whole rows.

        `refers`: columns, each with the table that must have its codes; `once`: columns in which no two rows are alike.
        """
        return [made for _, made in self.read_numbered(name, make, refers, rows, once)]

    def read_numbered(
        self,
        name: str,
        make: Callable[[Row], T],
        refers: tuple[tuple[str, str], ...] = (),
        rows: Iterable[tuple[int, Row]] | None = None,
        once: tuple[str, ...] = (),
    ) -> list[tuple[int, T]]:
        """The same, each with the number of its row."""
        required = {column.name for column in self.columns[name] if column.required}
        made: list[tuple[int, T]] = []
        firsts: dict[tuple[Any, ...], int] = {}
        for number, row in self.rows(name) if rows is None else rows:
            for column, table in refers:
                self.refuse_unknown(name, number, row, column, table)
            self.refuse_out_of_time(name, number, row)
            if required <= row.keys():  # what a row lacks is noted already
                if once and (first := firsts.setdefault(tuple(map(row.get, once)), number)) != number:
                    heads = ", ".join(self.heads[name, column] for column in once if (name, column) in self.heads)
                    self.note(self.files[name].name, f"row {first} has the same {heads}", "keep one of them", number)
                try:
                    made.append((number, make(row)))
                except (TypeError, ValueError) as error:
                    self.note(self.files[name].name, str(error), "correct this row", number)
        return made

    def paragraph(self) -> str:
        """What synthetic.txt says; empty where it is not there, or is not one paragraph, which is noted."""
        if SYNTHETIC not in self.files:
            return ""
        path = self.files[SYNTHETIC]
        try:
            text = decode(path.read_bytes()).strip()
        except UnreadableError as error:
            self.note(path.name, error.problem, "save it as UTF-8")
            return ""
        if not text:
            problem, remedy = "the file is empty", "say what is made up about this season, or remove the file"
        elif CONTROL.search(text) or len(text.splitlines()) > 1:
            problem, remedy = "this is not one paragraph", "write one line, without line breaks or control characters"
        else:
            return text
        self.note(path.name, problem, remedy)
        return ""

    def refuse_unknown(self, name: str, number: int, row: Row, column: str, known: str) -> None:
        """Note a code that the table `known` does not have; not where its codes could not all be read."""
        code, codes = row.get(column), self.keys[known]
        if code is None or code in codes or known in self.unsure:
            return
        hint = self._hint(known, code)
        problem, remedy = f"{known}.csv has no such code", f"{hint}correct it, or add it there"
        self.note(self.files[name].name, problem, remedy, number, code, self.head(name, column))

    def refuse_out_of_time(self, name: str, number: int, row: Row) -> None:
        """Note a unit that is not there on the day of the row."""
        unit, day = row.get("unit"), row.get("day")
        if unit is not None and unit in self.grid and day is not None and not self.grid[unit].exists_on(day):
            remedy = "correct the day, or since and until in the grid"
            head = self.head(name, "unit")
            self.note(self.files[name].name, f"the unit does not exist on {day}", remedy, number, unit, head)

    def head(self, name: str, column: str) -> str:
        """The column as the file calls it."""
        return self.heads.get((name, column), column)

    def _hint(self, known: str, code: str) -> str:
        codes = self.keys[known]
        if (known, code) not in self.hints and len(self.hints) < HINTS and len(codes) < NEAR_LIMIT:
            near = get_close_matches(code[:40], codes, n=1, cutoff=NEAR)
            self.hints[known, code] = f"did you mean {near[0]!r}? " if near else ""
        return self.hints.get((known, code), "")

    def note(
        self, file: str, problem: str, remedy: str, row: int | None = None, value: str | None = None, column: str = ""
    ) -> None:
        self.faults.append(Fault(problem, remedy, file, row, column, value))

    def _decoded(self, path: Path) -> str:
        """Empty, with the fault noted, where the file is no text."""
        try:
            return decode(path.read_bytes())
        except UnreadableError as error:
            self.note(path.name, error.problem, error.remedy)
            return ""

    def _header(self, name: str, file: str, number: int, cells: Sequence[str]) -> Header:
        """The column under each header cell, None for a cell without one; nothing where the header is faulty."""
        columns = {head: column for column in self.columns[name] for head in (column.name, *column.chinese)}
        header: Header = []
        before = len(self.faults)
        for cell in map(str.strip, cells):
            column = columns.get(cell) or columns.get(cell.lower())
            if cell and column is None:
                near = get_close_matches(cell[:40], columns, n=1, cutoff=NEAR)
                hint = f"did you mean {near[0]!r}? " if near else ""
                if re.search(r"[;\t]", cell):
                    hint = "separate the columns with commas; "
                self.note(file, "no column has this header", f"{hint}known: {', '.join(columns)}", number, cell)
            elif column is not None and column in [known for known, _ in header]:
                self.note(file, f"the column {column.name} is there twice", "keep one of them", number, cell)
            header.append((column, cell))
            if column is not None:
                self.heads[name, column.name] = cell
        for column in self.columns[name]:
            if column.required and column not in [known for known, _ in header]:
                heads = ", ".join((column.name, *column.chinese))
                self.note(file, f"the column {column.name} is missing", f"add it, under one of: {heads}", number)
        return header if len(self.faults) == before else []

    def _row(self, name: str, number: int, header: Header, cells: Sequence[str]) -> Row | None:
        """None: a row whose cells cannot be told apart."""
        file = self.files[name].name
        if len(cells) != len(header):
            problem = f"{len(cells)} cells under {len(header)} headers"
            self.note(file, problem, "check the commas and quotation marks", number)
            self.unsure.add(name)
            return None
        row: Row = {}
        for (column, head), cell in zip(header, cells, strict=True):
            value = _as_text(cell.strip())
            if column is None:
                if value:
                    self.note(file, "a cell under no header", "give the column a header, or clear it", number, value)
            elif value:
                try:
                    row[column.name] = value if column.read is None else column.read(value)
                except UnreadableError as error:
                    self.note(file, error.problem, error.remedy, number, value, head)
                    if column.name == KEYS.get(name):
                        self.unsure.add(name)
                except InputError as error:  # a value of several fields
                    self.faults += [_inside(fault, file, number, value, head) for fault in error.faults]
            elif column.required:
                self.note(file, "the cell is empty", "fill it in", number, None, head)
                if column.name == KEYS.get(name):
                    self.unsure.add(name)
        self._register(name, number, row)
        return row

    def _register(self, name: str, number: int, row: Row) -> None:
        if name not in KEYS or (code := row.get(KEYS[name])) is None:
            return
        first = self.keys[name].setdefault(code, number)
        if first != number:
            what = KEYS[name]
            problem, remedy = (
                f"this {what} is already that of row {first}",
                f"give each row {_AN[what]} {what} of its own",
            )
            self.note(self.files[name].name, problem, remedy, number, code, self.head(name, what))


def _as_text(cell: str) -> str:
    """Without the ' that keeps a spreadsheet from taking the text for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell


def _inside(fault: Fault, file: str, number: int, cell: str, head: str) -> Fault:
    """What is wrong inside a cell: the path of the field goes on from the column."""
    path = f"{head}: {fault.column}" if fault.column else head
    return evolve(fault, file=file, row=number, column=path, value=cell if fault.value is None else fault.value)


_AN = {"code": "a", "id": "an"}
