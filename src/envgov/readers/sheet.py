"""One CSV file, row by row, under headers that the reader names; every fault is noted, and reading goes on."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from envgov.errors import Fault, InputError
from envgov.texts import CONTROL, UnreadableError, decode

MAX_BYTES = 2**30
"""The most that a file may hold, once it is unpacked."""


class Sheet:
    """One reading of one file, packed with gzip or not; its rows are numbered as a spreadsheet does.

    `heads` are the columns that must be there: each by its name, with the headers under which it may stand. Others are
    passed over.

    Raises:
        InputError: the file is no such text, or a column is missing or there twice: all of them.
        OSError: it cannot be opened.
    """

    def __init__(self, file: str | Path, heads: Mapping[str, Sequence[str]]) -> None:
        self.path = Path(file)
        self.faults: list[Fault] = []
        self._heads: dict[str, str] = {}
        self._filled = self._rows_of(self._text())
        number, header = next(self._filled, (None, []))
        self._header = [cell.strip() for cell in header]
        self._places = tuple(
            (name, place) for name, known in heads.items() for place in self._find(name, known, number)
        )
        if self.faults:
            raise InputError(self.faults)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row that is not blank, with its number; its cells by the names of their columns, without spaces around."""
        width = len(self._header)
        for number, cells in self._filled:
            if len(cells) == width:
                yield number, {name: cells[place].strip() for name, place in self._places}
            else:
                problem = f"{len(cells)} cells under {width} headers"
                self.note(problem, "check the commas and quotation marks", number)

    def note(
        self, problem: str, remedy: str, row: int | None = None, column: str = "", value: str | None = None
    ) -> None:
        self.faults.append(self.fault(problem, remedy, row, column, value))

    def fault(
        self, problem: str, remedy: str, row: int | None = None, column: str = "", value: str | None = None
    ) -> Fault:
        """A fault of this file; its column is called as the file calls it."""
        return Fault(problem, remedy, self.path.name, row, self._heads.get(column, column), value)

    def _find(self, name: str, known: Sequence[str], number: int | None) -> Iterator[int]:
        """Where a column stands, once."""
        places = [place for place, head in enumerate(self._header) if head in known]
        self._heads[name] = self._header[places[0]] if places else known[0]
        if not places:
            near = get_close_matches(known[0], self._header, n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            remedy = f"{hint}add it, or correct the header; it may be called {', '.join(known)}"
            self.note("the column is missing", remedy, number, name)
        elif len(places) > 1:
            self.note("the column is there twice", "keep one of them", number, name)
        else:
            yield places[0]

    def _text(self) -> str:
        try:
            with (gzip.open if self.path.suffix == ".gz" else open)(self.path, "rb") as file:
                return _text_of(file.read(MAX_BYTES + 1))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise InputError([self.fault(f"the file cannot be unpacked: {error}", "fetch it again")]) from None
        except UnreadableError as error:
            raise InputError([self.fault(error.problem, error.remedy)]) from None

    def _rows_of(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """The rows that are not blank."""
        number = 0
        try:
            for number, cells in enumerate(csv.reader(StringIO(text, newline=""), strict=True), 1):
                if "".join(cells).strip():
                    yield number, cells
        except csv.Error as error:
            remedy = "check its quotation marks and the size of its cells"
            self.note(f"row {number + 1} cannot be read: {error}", remedy, number + 1)


def _text_of(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise UnreadableError(f"the file has more than {MAX_BYTES:,} bytes", "split it")
    text = decode(raw)
    if control := CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise UnreadableError(f"a control character in line {line}, as in a file that is no text", "remove it")
    return text
