"""A ledger as a workbook (台账工作簿): what the office prints, filters and fills in."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import UndefinedImageSize, UnsupportedImageFormat
from xlsxwriter.image import Image
from xlsxwriter.worksheet import Worksheet

from envgov.errors import Fault, InputError
from envgov.facts.grid import Grid
from envgov.workbooks.columns import COLUMNS, SERIAL, Column, height_of, lines_in
from envgov.workbooks.issues import names_of
from envgov.workbooks.names import names_text, photos_text
from envgov.workbooks.new_file import lay, taken
from envgov.workbooks.package import cell_name
from envgov.workbooks.row import Progress, Row, Term

LEDGER, CHOICES = "台账", "选项"
"""The sheet of the rows, and the hidden one of what its lists offer."""
TITLE = "人居环境问题台账"
SOURCES = ("督导", "暗访", "随手拍", "无人机")
MAX_CELL, MAX_ROWS = 32_767, 1_000_000
_HEAD = 2
"""The header's row, from 0, below the title and the day of the state."""
_FORMULA = tuple("=+-@\t")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
_PHOTO_HEIGHT, _PHOTO_WIDTH, _ROW_HEIGHT = 74, 80, 72
_OPEN = (Progress.OPEN, Progress.GOING_ON, Progress.EXTENSION_ASKED)


def write_workbook(
    rows: Iterable[Row], file: Path, grid: Grid, *, on: date, title: str = TITLE, photos: Path | None = None
) -> None:
    """Write a ledger as a workbook for Excel and WPS, into a file that is new.

    A title and the day `on` which it stands, a header on every printed page, lists to choose from, filters, real days,
    totals below; A4 across. What is open and past its day on that day is shaded, and its day says 逾期. Photographs that
    are files under the folder `photos` lie over their cells, the first of a cell. No text is a formula. What was written
    is read back to the same rows.

    Raises:
        InputError: there is such a file already; a photograph lies outside the folder, or is none; a list of names
            exceeds a cell. Nothing is written.
        OSError: it cannot be written.
    """
    given = tuple(rows)
    if file.exists():
        raise InputError([taken(file)])
    if len(given) > MAX_ROWS:
        raise InputError(
            [Fault(f"more than {MAX_ROWS:,} rows do not fit on a sheet", "write them in parts", str(file))]
        )
    shown = tuple(column for column in COLUMNS if column.name != "district" or any(row.district for row in given))
    pictures = _Pictures(photos, shown)
    for nth, row in enumerate(given):
        pictures.look(nth, row)
    if pictures.faults:
        raise InputError(pictures.faults)
    with TemporaryDirectory(dir=file.parent) as folder:
        made = Path(folder, "made.xlsx")
        options = {"constant_memory": True, "tmpdir": folder, "default_date_format": "yyyy-mm-dd"}
        with Workbook(str(made), options) as book:
            book.set_properties({"title": title, "created": datetime.combine(on, datetime.min.time())})
            _Ledger(book, shown, on).write(given, grid, title, pictures.found)
        lay(made, file)


class _Pictures:
    """Which photographs lie over which cells, seen before anything is written."""

    def __init__(self, folder: Path | None, shown: Sequence[Column]) -> None:
        self.folder = None if folder is None else folder.resolve()
        self.columns = [(at, column) for at, column in enumerate(shown) if column.kind == "photos"]
        self.lists = [column for column in shown if column.kind in _TEXTS]
        self.found: dict[tuple[int, int], Image] = {}
        self.faults: list[Fault] = []

    def look(self, nth: int, row: Row) -> None:
        for column in self.lists:
            names: tuple[str, ...] = getattr(row, column.name)
            if len(str(_cell(row, column))) > MAX_CELL // 2:
                self._note(nth, column, f"{len(names)} names do not fit into a cell", "name fewer", None)
        if self.folder is not None:
            for at, column in self.columns:
                for name in reversed(getattr(row, column.name)):  # the first is looked at last, and stays
                    self._picture(self.folder, (nth, at), column, name)

    def _picture(self, folder: Path, place: tuple[int, int], column: Column, name: str) -> None:
        try:
            path = (folder / name).resolve()
            there = path.is_file()
        except (OSError, ValueError):  # no file can be called so
            return
        if not path.is_relative_to(folder):
            self._note(place[0], column, "the photograph lies outside the folder", "name a file in the folder", name)
        elif there and path.suffix.lower() in _PICTURES:
            try:
                self.found[place] = Image(str(path))
            except (UndefinedImageSize, UnsupportedImageFormat, OSError, struct.error, IndexError):
                self._note(place[0], column, "this file is no picture", "take the photograph again", name)

    def _note(self, nth: int, column: Column, problem: str, remedy: str, value: str | None) -> None:
        self.faults.append(Fault(problem, remedy, LEDGER, nth + _HEAD + 2, column.heading, value))


class _Ledger:
    def __init__(self, book: Workbook, shown: Sequence[Column], on: date) -> None:
        self.book, self.shown, self.on = book, shown, on
        self.at = {column.name: at for at, column in enumerate(shown)}
        face = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True}
        self.text = book.add_format(face)
        self.quoted = book.add_format({**face, "quote_prefix": True})
        self.day = book.add_format({**face, "num_format": "yyyy-mm-dd", "align": "left"})
        self.small = book.add_format({**face, "font_size": 6, "valign": "bottom"})
        self.head = book.add_format({**face, "bold": True, "align": "center", "bg_color": "#E7E6E6", "border": 1})
        self.middle = book.add_format({**face, "align": "center"})
        self.bold = book.add_format({**face, "bold": True})
        self.title = book.add_format({**face, "font_size": 18, "bold": True, "align": "center"})
        self.overdue = book.add_format({"bold": True, "bg_color": "#F8CBAD"})
        self.late = book.add_format({"bold": True, "bg_color": "#F8CBAD", "num_format": 'yyyy-mm-dd"逾期"'})

    def write(self, rows: Sequence[Row], grid: Grid, title: str, pictures: Mapping[tuple[int, int], Image]) -> None:
        sheet, width = self.book.add_worksheet(LEDGER), len(self.shown)
        for at, column in enumerate(self.shown):
            sheet.set_column(at, at, column.width, self.day if column.kind == "day" else self.text)
        sheet.set_row(0, 32)
        sheet.merge_range(0, 0, 0, width - 1, "", self.title)
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, "截至", self.bold)
        sheet.write_datetime(1, 1, datetime.combine(self.on, datetime.min.time()), self.day)
        sheet.set_row(_HEAD, 30)
        for at, column in enumerate(self.shown):
            sheet.write_string(_HEAD, at, column.heading, self.head)
        for nth, row in enumerate(rows, _HEAD + 1):
            self._write_row(sheet, nth, row, pictures)
        self._write_totals(sheet, rows)
        self._lay_out(sheet, len(rows))
        self._offer(sheet, rows, grid)
        self._mark(sheet, len(rows))

    def _write_row(self, sheet: Worksheet, nth: int, row: Row, pictures: Mapping[tuple[int, int], Image]) -> None:
        lines, pictured = 1, False
        for at, column in enumerate(self.shown):
            if column.name == SERIAL:
                sheet.write_number(nth, at, nth - _HEAD, self.middle)
                continue
            value = _cell(row, column)
            if isinstance(value, date):
                sheet.write_datetime(nth, at, datetime.combine(value, datetime.min.time()), self.day)
            elif value:
                quoted = self.quoted if value.startswith(_FORMULA) else self.text
                image = pictures.get((nth - _HEAD - 1, at))
                sheet.write_string(nth, at, value, quoted if image is None else self.small)
                lines = max(lines, lines_in(value, column.width))
                if image is not None:
                    pictured = True
                    _insert(sheet, nth, at, image)
        height = height_of(lines)
        sheet.set_row(nth, max(height, _ROW_HEIGHT) if pictured else height)

    def _write_totals(self, sheet: Worksheet, rows: Sequence[Row]) -> None:
        last = _HEAD + 1 + len(rows)
        overdue = [row for row in rows if _is_overdue(row, self.on)]
        closed = [row for row in rows if row.progress is Progress.CLOSED]
        told = {"description": ("共", len(rows)), "due": ("逾期", len(overdue)), "progress": ("已销号", len(closed))}
        counted = {
            "description": f"ROWS({self._range('description', len(rows))})" if rows else "0",
            "due": f"SUMPRODUCT({self._is_late('SUM', len(rows))})" if rows else "0",
            "progress": f'COUNTIF({self._range("progress", len(rows))},"已销号")' if rows else "0",
        }
        sheet.write_string(last, 0, "合计", self.bold)
        for name, (word, count) in sorted(told.items(), key=lambda pair: self.at[pair[0]]):
            value = f"{word}{count}件"
            sheet.write_formula(last, self.at[name], f'="{word}"&{counted[name]}&"件"', self.bold, value)

    def _is_late(self, how: str, count: int) -> str:
        """Whether rows are open and past their day: of the first row alone, or of all of them as numbers."""
        first = _HEAD + 2
        due, progress, on = f"${_letter(self.at['due'])}", f"${_letter(self.at['progress'])}", "$B$2"
        if how == "AND":
            open_ = ",".join(f'{progress}{first}="{word.value}"' for word in _OPEN)
            return f"AND(ISNUMBER({due}{first}),{due}{first}<{on},OR({open_}))"
        dues, states = self._range("due", count), self._range("progress", count)
        open_ = "+".join(f'({states}="{word.value}")' for word in _OPEN)
        return f"ISNUMBER({dues})*({dues}<{on})*({open_})"

    def _range(self, name: str, count: int) -> str:
        letter = _letter(self.at[name])
        return f"${letter}${_HEAD + 2}:${letter}${_HEAD + 1 + count}"

    def _lay_out(self, sheet: Worksheet, count: int) -> None:
        last = _HEAD + 1 + count
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD)
        sheet.hide_gridlines(0)
        sheet.print_area(0, 0, last, len(self.shown) - 1)
        sheet.center_horizontally()
        sheet.set_footer("&C第&P页，共&N页")
        sheet.freeze_panes(_HEAD + 1, self.at["found"])
        sheet.autofilter(_HEAD, 0, max(last - 1, _HEAD + 1), len(self.shown) - 1)

    def _offer(self, sheet: Worksheet, rows: Sequence[Row], grid: Grid) -> None:
        """Lists to choose from; a source or a category that is new may be typed."""
        units = sorted(names_of(grid).values())
        offered = {
            "progress": [word.value for word in Progress],
            "source": [*SOURCES, *sorted({row.source for row in rows} - {"", *SOURCES})],
            "category": sorted({row.category for row in rows} - {""}),
            "place": units,
            "responsible": units,
        }
        choices = self.book.add_worksheet(CHOICES)
        choices.hide()
        for nth in range(max(map(len, offered.values()))):
            for at, words in enumerate(offered.values()):
                if nth < len(words):
                    choices.write_string(nth, at, words[nth], self.text)
        last = max(_HEAD + len(rows), _HEAD + 1)
        for at, (name, words) in enumerate(offered.items()):
            if words:
                letter, column = _letter(at), self.at[name]
                kind = "stop" if name == "progress" else "warning"
                rule = {
                    "validate": "list",
                    "source": f"={CHOICES}!${letter}$1:${letter}${len(words)}",
                    "error_type": kind,
                    "error_title": "请从列表中选择",
                    "error_message": "所填内容不在列表中。",
                }
                sheet.data_validation(_HEAD + 1, column, last, column, rule)

    def _mark(self, sheet: Worksheet, count: int) -> None:
        """What is overdue is shaded and bold, and its day says so: it shows without colours too."""
        first, last = _HEAD + 1, max(_HEAD + count, _HEAD + 1)
        rule = {"type": "formula", "criteria": f"={self._is_late('AND', count)}"}
        due, end = self.at["due"], len(self.shown) - 1
        # no two lie over the same cell: programs differ in which of them goes first
        for left, right, shown in ((0, due - 1, self.overdue), (due, due, self.late), (due + 1, end, self.overdue)):
            sheet.conditional_format(first, left, last, right, {**rule, "format": shown})


_TEXTS: Mapping[str, Callable[[Any], str]] = {"list": names_text, "photos": photos_text}


def _cell(row: Row, column: Column) -> str | date:
    """What stands in a cell; empty for nothing."""
    value: Any = getattr(row, column.name)
    if column.kind in _TEXTS:
        return _TEXTS[column.kind](value)
    shown: str | date = value.value if isinstance(value, Term | Progress) else value or ""
    return shown


def _is_overdue(row: Row, on: date) -> bool:
    return isinstance(row.due, date) and row.due < on and row.progress in _OPEN


def _insert(sheet: Worksheet, nth: int, at: int, image: Image) -> None:
    scale = min(_PHOTO_WIDTH / image.width, _PHOTO_HEIGHT / image.height)
    options = {"x_scale": scale, "y_scale": scale, "x_offset": 2, "y_offset": 2, "object_position": 1}
    sheet.insert_image(nth, at, image, options)


def _letter(at: int) -> str:
    return cell_name(0, at + 1)[:-1]
