"""A workbook as a clerk made it: its rows, the issues that they make, and every problem where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from envgov.errors import Fault, InputError
from envgov.facts.grid import Grid
from envgov.facts.issue import Issue
from envgov.texts import LONGEST_ID
from envgov.workbooks.columns import COLUMNS, Column
from envgov.workbooks.days import Unreadable, read_day, read_due
from envgov.workbooks.issues import Doubt, Intake, key_of
from envgov.workbooks.ledger import CHOICES
from envgov.workbooks.names import read_names, read_photos
from envgov.workbooks.package import Package, Sheet, cell_name, look_through, place_of
from envgov.workbooks.problem import Problem
from envgov.workbooks.row import INVISIBLE, MAX_TEXT, Progress, Row, Term
from envgov.workbooks.sheet import Cell, Cells, Header, cells_of

_PROGRESS: Mapping[str, Progress] = {
    word: progress
    for progress, words in {
        Progress.OPEN: "未整改 未完成 未开始 否 × ✗ 没整改 待整改",
        Progress.GOING_ON: "整改中 正在整改 进行中 推进中 正在推进 部分完成 部分整改",
        Progress.RECTIFIED: "已整改 整改完成 已完成 完成 是 √ ✓ 完成整改 已完成整改 已整改到位 整改到位",
        Progress.CLOSED: "已销号 销号 已办结 办结 已验收 验收合格 验收通过",
        Progress.EXTENSION_ASKED: "申请延期 延期 申请延期整改",
        Progress.SUSPENDED: "挂账 已挂账",
        Progress.WITHDRAWN: "已撤销 撤销 作废 已合并 合并 重复件",
    }.items()
    for word in words.split()
}
_ROUNDED = 10**15
"""From here on a spreadsheet keeps no number to its last digit."""


@frozen
class Placed:
    """A row, and where it stands: `cell` is that of its number.

    `key` is the number, or what stands for it, and `is_sound` says that there is no grave problem in the row.
    """

    sheet: str
    cell: str
    row: Row
    key: str
    is_sound: bool


@frozen
class Reading:
    """A workbook that was read: every row of every ledger in it, and every problem, in the order of the sheets and cells.

    `issues` are those of the sound rows. A row with a grave problem is among the `rows` as far as it could be read.
    """

    file: str
    rows: tuple[Placed, ...]
    problems: tuple[Problem, ...]
    issues: tuple[Issue, ...]
    at: Mapping[str, tuple[str, str]] = field(factory=dict, eq=False, repr=False)
    """Sheet and cell of each key."""

    @property
    def grave(self) -> tuple[Problem, ...]:
        """The problems that keep rows out of the ledger."""
        return tuple(problem for problem in self.problems if problem.is_grave)

    def refusal(self, key: str, told: str, remedy: str, rule: str) -> Problem:
        """What a ledger tells against an issue of this workbook, and by which rule, where it stands."""
        sheet, cell = self.at[key]
        return Problem(sheet, cell, key, "refused", (told, remedy, rule))


def _knows_nothing(_: str) -> None:
    return None


def read_workbook(file: str | Path, grid: Grid, known: Callable[[str], Issue | None] = _knows_nothing) -> Reading:
    """The rows of a ledger workbook (.xlsx, .xlsm), and the issues that they make.

    The header may stand below a title, have two rows, and call its columns as clerks do; merged cells hold for each row
    that they cover. A row is found on its day, handed over then to those who are responsible, rectified and accepted on
    the days that it tells. `known` gives what a ledger has of a number: such an issue goes on with what is new of it, so
    that the same workbook read again brings nothing. The file is read and never written.

    Raises:
        InputError: it is no such workbook, it unpacks to more than 256 MiB of text or 4 million cells on a sheet, or
            declares entities: before it is unpacked.
        OSError: it cannot be opened.
    """
    path = Path(file)
    package = look_through(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
            return _Reading(path.name, package, Intake(grid, known)).read(book)
    except CalamineError as error:
        fault = Fault(f"this is no sound workbook: {error}", "open it in a spreadsheet and save it as .xlsx", path.name)
        raise InputError([fault]) from None


class _Reading:
    def __init__(self, file: str, package: Package, intake: Intake) -> None:
        self.file, self.package, self.intake = file, package, intake
        self.problems: list[Problem] = []
        self.placed: list[Placed] = []
        self.issues: list[Issue] = []

    def read(self, book: CalamineWorkbook) -> Reading:
        ledgers = 0
        for meta in book.sheets_metadata:
            if meta.name == CHOICES or meta.typ != SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != SheetVisibleEnum.Visible:
                self._note(meta.name, "", "", "hidden sheet")
                continue
            sheet = book.get_sheet_by_name(meta.name)
            cells = cells_of(sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or ())
            header = cells.find_header()
            if header is None:
                if any(cell != "" for row in cells.rows for cell in row):
                    self._note(meta.name, "", "", "other sheet")
                continue
            ledgers += 1
            _SheetReading(self, meta.name, cells, header).read()
        if not ledgers:
            self._note("", "", "", "no ledger")
        self._refuse_alike()
        order = {name: nth for nth, name in enumerate(["", *book.sheet_names])}
        self.problems.sort(key=lambda each: (order[each.sheet], place_of(each.cell)))
        sound = {placed.key for placed in self.placed if placed.is_sound}
        issues = tuple(issue for issue in self.issues if issue.id in sound)
        at = {placed.key: (placed.sheet, placed.cell) for placed in self.placed}
        return Reading(self.file, tuple(self.placed), tuple(self.problems), issues, MappingProxyType(at))

    def _refuse_alike(self) -> None:
        """Of rows with one number none is taken: the workbook does not say which holds."""
        rows: dict[str, list[int]] = defaultdict(list)
        for nth, placed in enumerate(self.placed):
            rows[placed.key].append(nth)
        for nths in rows.values():
            for nth in nths if len(nths) > 1 else ():
                one, other = self.placed[nth], self.placed[nths[0] if nth != nths[0] else nths[1]]
                where = other.cell if other.sheet == one.sheet else f"{other.sheet}!{other.cell}"
                self._note(one.sheet, one.cell, one.row.id, "taken" if one.row.id else "alike", where)
                self.placed[nth] = evolve(one, is_sound=False)

    def _note(self, sheet: str, cell: str, value: str, what: str, *given: str) -> None:
        self.problems.append(Problem(sheet, cell, value, what, given))


class _SheetReading:
    """One sheet of one reading."""

    def __init__(self, whole: _Reading, name: str, cells: Cells, header: Header) -> None:
        self.whole, self.name, self.cells, self.header = whole, name, cells, header
        self.seen: Sheet = whole.package.sheets.get(name, Sheet())
        self.place_of = {column.name: at for at, column in header.columns.items()}
        year = cells.year(header, name)
        self.begins = None if year is None else date(year, 1, 1)
        self.grave = False
        self.nth = self.first = 0

    def read(self) -> None:
        self._look_at_the_header()
        for nth, cells in self.cells.below(self.header):
            self.nth, self.grave, self.first = nth, False, len(self.whole.problems)
            if self.cells.is_aside(self.header, nth, cells):
                first = min(cells)
                self._note(first, str(cells[first]), "aside")
                continue
            row = self._row(cells)
            self._take(row)

    def _look_at_the_header(self) -> None:
        self.nth = self.header.last
        for at, heading in sorted(self.header.unknown.items()):
            self._note(at, heading, "other column")
        for at, column in sorted(self.header.again.items()):
            self._note(at, column.heading, "column twice", cell_name(self.nth + 1, self.place_of[column.name] + 1))
        wanted = {"found"} if {"place", "district"} & self.place_of.keys() else {"found", "place"}
        for column in COLUMNS:
            if column.name in wanted - self.place_of.keys():
                others = "、".join(column.others)
                self._note(0, "", "column missing", column.heading, others)

    def _row(self, cells: Mapping[int, Cell]) -> Row:
        told: dict[str, Any] = {}
        for at, value in cells.items():
            if at not in self.header.columns and at not in self.header.unknown and at not in self.header.again:
                self._note(at, str(value), "other column")
        order = sorted(self.header.columns.items(), key=lambda place: place[1].name != "found")
        for at, column in order:  # the day found first: other days are counted from it
            value = cells.get(at, "")
            where = cell_name(self.nth + 1, at + 1)
            if where in self.seen.linked:
                self._note(at, str(value), "linked")
            if column.kind == "photos":
                told[column.name] = self._photos(at, value, where)
            elif where in self.seen.errors:
                self._note(at, self.seen.errors[where], "error")
            elif where in self.seen.valueless:
                self._note(at, "", "no value")
            elif column.kind and value != "":
                told[column.name] = self._cell(at, column, value, told.get("found"))
        return Row(**{name: value for name, value in told.items() if value is not None})

    def _cell(self, at: int, column: Column, value: Cell, found: date | None) -> Any:
        """The value of a cell; None, with the problem told, where it cannot be read."""
        if column.kind in ("day", "due"):
            return self._day(at, column, value, found)
        text = self._text(at, value)
        if text is None or not text:
            return None
        if column.kind == "list":
            return read_names(text)
        if column.kind == "progress":
            word = "".join(text.split())
            if word not in _PROGRESS:
                self._note(at, text, "no progress", "、".join(each.value for each in Progress))
                return None
            return _PROGRESS[word]
        return text

    def _day(self, at: int, column: Column, value: Cell, found: date | None) -> date | Term | None:
        after = self.begins if column.name == "found" else found
        read = (read_due if column.kind == "due" else read_day)(
            value, after=after, since_1904=self.whole.package.since_1904
        )
        if isinstance(read, Unreadable):
            self._note(at, _shown(value), read.what)
            return None
        if isinstance(read, Term):
            return read
        if read.guessed:
            self._note(at, _shown(value), "read as", str(read.day))
        return read.day

    def _text(self, at: int, value: Cell) -> str | None:
        if isinstance(value, float) and abs(value) >= _ROUNDED:
            self._note(at, _shown(value), "rounded")
            return None
        text = _shown(value)
        if len(text) > MAX_TEXT:
            self._note(at, text, "too long", str(len(text)), str(MAX_TEXT))
        if INVISIBLE.search(text):
            self._note(at, INVISIBLE.sub("", text), "invisible")
        return text.strip()

    def _photos(self, at: int, value: Cell, where: str) -> tuple[str, ...]:
        """The pictures that a cell names; of a cell that names none, those that lie in it, or over it."""
        text = str(value).strip()
        if where in self.seen.images and (not text or "DISPIMG" in text):
            names = self.seen.images[where]
            self._note(at, text, *(("picture", names) if names else ("lost picture",)))
            return read_photos(names)
        if where in self.seen.errors:
            self._note(at, self.seen.errors[where], "lost picture")
            return ()
        return read_photos(self._text(at, value) or "") if text else ()

    def _take(self, row: Row) -> None:
        key = key_of(row)
        at = self.place_of.get("id", 0)
        where = (self.name, cell_name(self.nth + 1, at + 1))
        if not row.id and not self._is_told(at):
            self._note(at, "", "no number", key)
        if len(row.id) > LONGEST_ID or len(row.id.splitlines()) > 1:
            self._note(at, row.id, "no id", str(LONGEST_ID))
        issue, doubts = self.whole.intake.issue(row, key)
        if row.found is None:
            doubts = [Doubt("found", "empty"), *doubts]
        for doubt in doubts:
            place = self.place_of.get(doubt.column, 0)
            if doubt.what == "empty" and (doubt.column not in self.place_of or self._is_told(place)):
                self.grave = True
                continue
            self._note(place, _shown(getattr(row, doubt.column)), doubt.what, *doubt.given)
        sound = issue is not None and not self.grave
        self.whole.placed.append(Placed(*where, row, key, sound))
        if sound and issue is not None:
            self.whole.issues.append(issue)

    def _is_told(self, at: int) -> bool:
        """Whether something grave is told of a cell already."""
        where = cell_name(self.nth + 1, at + 1)
        return any(
            each.cell == where and each.sheet == self.name and each.is_grave
            for each in self.whole.problems[self.first :]
        )

    def _note(self, at: int, value: str, what: str, *given: str) -> None:
        """Tell a problem of a cell of this row; a grave one keeps the row out."""
        problem = Problem(self.name, cell_name(self.nth + 1, at + 1), value, what, given)
        self.whole.problems.append(problem)
        self.grave = self.grave or problem.is_grave


def _shown(value: Any) -> str:
    """A value as the cell shows it."""
    match value:
        case tuple():
            return "、".join(value)
        case float() if value.is_integer():
            return str(int(value))
        case Term() | Progress():
            return str(value.value)
    return str(value)
