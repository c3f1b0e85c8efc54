"""A table as it was published: its cells as they are printed, read from CSV or JSON."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import takewhile
from pathlib import Path
from typing import Any

from attrs import field, frozen
from attrs.validators import deep_iterable, instance_of

from envgov.checks import is_tuple
from envgov.errors import Fault, InputError
from envgov.published.numerals import has_digit
from envgov.texts import CONTROL, UnreadableError, decode

_TEXTS = deep_iterable(instance_of(str), is_tuple)
_ALONE = re.compile(r"[\ud800-\udfff]")
_KEYS = ("name", "columns", "rows", "claims", "source")


@frozen
class PublishedTable:
    """A table with its cells as printed: "85.50" shows two decimals, and 85.5 one.

    `claims` are sentences about it (see `read_claim`). `source` says where it was published, `file` where it was
    read. `first` is the row of the file where `rows` begin, as a spreadsheet counts.
    """

    name: str
    columns: tuple[str, ...] = field(validator=_TEXTS)
    rows: tuple[tuple[str, ...], ...] = field(validator=deep_iterable(_TEXTS, is_tuple))
    claims: tuple[str, ...] = field(default=(), validator=_TEXTS)
    source: str = ""
    file: str = ""
    first: int = 2

    def __attrs_post_init__(self) -> None:
        if faults := tuple(self._faults()):
            raise InputError(faults)

    def _faults(self) -> Iterator[Fault]:
        head = self.first - 1
        for i, column in enumerate(self.columns):
            if column and column in self.columns[:i]:
                yield Fault("this heading is there twice", "give each column its own", self.file, head, column)
        if not any(self.columns):
            yield Fault("the table has no heading", "give each column a heading", self.file, head)
        divided = self._is_divided()
        if divided:
            remedy = "join them into one: under 得分, 现场 and 整改 are 现场得分 and 整改得分"
            yield Fault("the headings stand in two rows", remedy, self.file, head)
        for number, cells in enumerate(self.rows, self.first):
            if len(cells) != len(self.columns):
                problem = f"{len(cells)} cells under {len(self.columns)} headings"
                yield Fault(problem, "check the commas and quotation marks", self.file, number)
            else:
                for column, cell in zip(self.columns, cells, strict=True):
                    if cell.strip() and not column and not divided:
                        yield Fault("a cell under no heading", "give the column a heading", self.file, number, "", cell)
        for number, cells in enumerate((self.columns, *self.rows), head):
            for cell in cells:
                if found := CONTROL.search(cell) or _ALONE.search(cell):
                    problem = "a control character, as in a file that is no text"
                    yield Fault(problem, "remove it", self.file, number, "", found[0])

    def _is_divided(self) -> bool:
        """Whether the first row divides the headings above it: texts alone, of which one has no heading of its own."""
        cells = self.rows[0] if self.rows else ()
        under_none = any(cell.strip() and not column for column, cell in zip(self.columns, cells, strict=False))
        return under_none and not any(map(has_digit, cells))


def read_table(path: str | Path) -> PublishedTable:
    """A published table from a file.

    CSV (UTF-8 or GB18030): the first row that is filled is the headings; of titles above them, each alone in its
    row, the first is the table's name. JSON (a name that ends in .json): {"name": ..., "columns": [...], "rows": [[...]]}, and where
    wanted "claims": [...] and "source"; numbers keep the decimals with which they are written, and null is an
    empty cell.

    Raises:
        InputError: every fault, with file, row, column and remedy.
        OSError: the file cannot be opened.
    """
    path = Path(path)
    raw = path.read_bytes()
    if raw.startswith(b"PK"):
        raise InputError([Fault("this is a workbook", "save the sheet as “CSV UTF-8”", path.name)])
    try:
        text = decode(raw)
        return _from_json(text, path) if path.suffix.lower() == ".json" else _from_csv(text, path)
    except UnreadableError as error:
        raise InputError([Fault(error.problem, error.remedy, path.name)]) from None


def _from_csv(text: str, path: Path) -> PublishedTable:
    rows = []
    try:
        for cells in csv.reader(StringIO(text, newline=""), strict=True):
            rows.append([cell.strip() for cell in cells])  # noqa: PERF401 - the rows that could be read are counted
    except csv.Error as error:
        problem = f"row {len(rows) + 1} cannot be read: {error}"
        remedy = "check its quotation marks and the size of its cells"
        raise InputError([Fault(problem, remedy, path.name, len(rows) + 1)]) from None
    filled = [i for i, cells in enumerate(rows) if any(cells)]
    widest = max((_filled(rows[i]) for i in filled), default=0)
    titles = list(takewhile(lambda i: _filled(rows[i]) == 1 < widest, filled))
    name = next(filter(None, rows[titles[0]])) if titles else path.stem
    filled = filled[len(titles) :]
    if not filled:
        raise UnreadableError("the file is empty", "write a row of headings, and the rows under it")
    head, last = filled[0], filled[-1]
    width = max(max((i for i, cell in enumerate(rows[number], 1) if cell), default=0) for number in filled)
    body = [_fit(cells, width) for cells in rows[head : last + 1]]
    return PublishedTable(name, body[0], tuple(body[1:]), file=path.name, first=head + 2)


def _filled(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


def _fit(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Without the empty columns at the right; a blank line is a row of empty cells."""
    return tuple(cells[:width]) if any(cells) else ("",) * width


def _from_json(text: str, path: Path) -> PublishedTable:
    try:
        data = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"this is not JSON: {error}", 'write {"columns": [...], "rows": [[...]]}') from None
    if not isinstance(data, dict):
        raise UnreadableError("this is no table", 'write {"columns": [...], "rows": [[...]]}')
    faults = [
        Fault("a table has no such field", f"remove it; known: {', '.join(_KEYS)}", path.name, None, key)
        for key in data
        if key not in _KEYS
    ]
    name, source = data.get("name", path.stem), data.get("source", "")
    faults += [
        Fault("this is no text", "write it in quotation marks", path.name, None, key)
        for key, value in (("name", name), ("source", source))
        if not isinstance(value, str)
    ]
    columns = _cells(data.get("columns"), path, 1, "columns", faults)
    claims = _cells(data.get("claims", []), path, None, "claims", faults)
    rows = data.get("rows")
    if not isinstance(rows, list):
        faults.append(Fault("rows are no list", "write a list of rows, each a list of cells", path.name, None, "rows"))
        rows = []
    body = tuple(_cells(cells, path, number, "", faults) for number, cells in enumerate(rows, 2))
    if faults:
        raise InputError(faults)
    return PublishedTable(name, columns, body, claims, source, path.name)


def _cells(given: Any, path: Path, row: int | None, what: str, faults: list[Fault]) -> tuple[str, ...]:
    """The cells of a list, as printed."""
    if not isinstance(given, list):
        faults.append(Fault("this is no list", "write a list of texts and numbers", path.name, row, what))
        return ()
    for cell in given:
        if not isinstance(cell, str | None):
            problem = "a cell is neither a text nor a number"
            faults.append(Fault(problem, "write one text or number, or null", path.name, row, what, str(cell)))
    return tuple("" if cell is None else str(cell).strip() for cell in given)
