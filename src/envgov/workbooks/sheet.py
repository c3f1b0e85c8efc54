"""A sheet as a clerk sees it: its cells, merged ones with what they show, and the header somewhere below a title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from attrs import frozen

from envgov.workbooks.columns import SERIAL, Column, column_of

Cell = Any
"""A text, a date, a number that is a float, or what else a cell holds; "" where it is empty."""
TITLE_ROWS = 30
"""The header is looked for among so many rows."""
_LEAST = 3
"""A row with fewer known headings is no header."""
_TELLS = {"found", "description", "place"}
_NAMED = {"found", "id"}
_YEAR = re.compile(r"(20[0-9]{2})年")
_ASIDE = re.compile(
    r"(合\s*计|总\s*计|小\s*计|共\s*计|本页|填表|制表|填报|审核|审批|批准人|联系人[:：]|注[:：]|说明[:：]|备注[:：])"
)
_COUNT = re.compile(r"[0-9]+|[^0-9]{0,4}[0-9]+\s*[件个处条]")


class Header(NamedTuple):
    """The last row of a header, from 0; the column at each place; places with a heading that is not known, or again."""

    last: int
    columns: Mapping[int, Column]
    unknown: Mapping[int, str]
    again: Mapping[int, Column]


@frozen
class Cells:
    """The cells of a sheet, both counted from 0; `shown` are those that a merged range fills downwards."""

    rows: Sequence[Sequence[Cell]]
    shown: Mapping[int, Mapping[int, Cell]]
    across: Mapping[int, Mapping[int, int]]
    """Of a row, the places that a merged range covers, each with the place where the range begins."""

    def find_header(self) -> Header | None:
        """The first of the rows that know most headings, alone or with the row below; None: none is a header."""
        best: Header | None = None
        for nth in range(min(len(self.rows), TITLE_ROWS)):
            for header in (self._header(nth, self._single(nth)), self._double(nth)):
                if header is not None and (best is None or len(header.columns) > len(best.columns)):
                    best = header
        return best

    def year(self, header: Header, name: str) -> int | None:
        """The year that the title names, or the sheet's name."""
        above = (cell for row in self.rows[: header.last] for cell in row if isinstance(cell, str))
        found = (match for text in (*above, name) if (match := _YEAR.search(text)))
        return next((int(match[1]) for match in found), None)

    def below(self, header: Header) -> Iterator[tuple[int, Mapping[int, Cell]]]:
        """Each row under the header in which something stands of its own, with its cells."""
        serial = next((at for at, column in header.columns.items() if column.name == SERIAL), -1)
        for nth in range(header.last + 1, len(self.rows)):
            own = {at: cell for at, cell in enumerate(self.rows[nth]) if not _is_blank(cell)}
            if own.keys() - {serial} or not _counts(own.get(serial, 0)):
                yield nth, {**self.shown.get(nth, {}), **own}

    def is_aside(self, header: Header, nth: int, cells: Mapping[int, Cell]) -> bool:
        """Whether a row is of no problem: totals, a heading over all columns, the header again, a signature."""
        first = min(cells)
        if isinstance(cells[first], str) and _ASIDE.match(cells[first].strip()):
            return not self._tells_a_problem(header, cells, first)
        again: list[int] = []
        if column_of(str(cells[first])):
            again = [at for at, column in header.columns.items() if column_of(str(cells.get(at, ""))) is column]
        covered = list(self.across.get(nth, {}).values()).count(first)
        return len(again) >= _LEAST or (len(cells) == 1 and 2 * covered > len(header.columns))

    def _tells_a_problem(self, header: Header, cells: Mapping[int, Cell], first: int) -> bool:
        """Whether a day or a number of an issue stands behind the first cell, or three words in all.

        Counts are no words, nor is what follows a label, by which somebody signs.
        """
        told = {
            at: column.name
            for at, column in header.columns.items()
            if column.name != SERIAL and _is_word(cells.get(at, "")) and not _is_label(cells.get(at - 1, ""))
        }
        behind = {name for at, name in told.items() if at != first}
        return len(told) >= _LEAST or not behind.isdisjoint(_NAMED)

    def _single(self, nth: int) -> dict[int, str]:
        return {at: cell for at, cell in enumerate(self.rows[nth]) if isinstance(cell, str) and cell.strip()}

    def _double(self, nth: int) -> Header | None:
        """A header of two rows: what stands below is told by itself, with what stands over it, or by that alone."""
        if nth + 1 == len(self.rows) or any(isinstance(cell, date | datetime | float) for cell in self.rows[nth + 1]):
            return None
        upper, lower = self._single(nth), self._single(nth + 1)
        if not any(map(column_of, lower.values())) and not self.shown.get(nth + 1):
            return None
        over = {**upper, **{at: upper[start] for at, start in self.across.get(nth, {}).items() if start in upper}}
        heads: dict[int, str] = {}
        for at in sorted(over.keys() | lower.keys()):
            own, above = lower.get(at, ""), over.get(at, "")
            heads[at] = next(
                (head for head in (own, above + own, above if at in upper else "") if head and column_of(head)),
                own or (above if at in upper else ""),
            )
        return self._header(nth + 1, {at: head for at, head in heads.items() if head})

    def _header(self, last: int, heads: Mapping[int, str]) -> Header | None:
        columns: dict[int, Column] = {}
        unknown, again = {}, {}
        for at, head in heads.items():
            column = column_of(head)
            if column is None:
                unknown[at] = head
            elif column in columns.values():
                again[at] = column
            else:
                columns[at] = column
        names = {column.name for column in columns.values()}
        if len(names - {SERIAL}) < _LEAST or not names & _TELLS:
            return None
        return Header(last, columns, unknown, again)


def cells_of(rows: Sequence[Sequence[Cell]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> Cells:
    """The cells of a sheet, with its merged ranges, each from its first to its last cell."""
    shown: dict[int, dict[int, Cell]] = defaultdict(dict)
    across: dict[int, dict[int, int]] = defaultdict(dict)
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for nth in range(top, min(bottom + 1, len(rows))):
            if nth > top and not _is_blank(rows[top][left]):
                shown[nth][left] = rows[top][left]
            if nth == top:
                across[nth].update(dict.fromkeys(range(left, min(right + 1, len(rows[top]))), left))
    return Cells(rows, shown, across)


def _counts(cell: Cell) -> bool:
    return isinstance(cell, int | float) or str(cell).strip().isdigit()


def _is_word(cell: Cell) -> bool:
    """A date, or a text that is neither a count, as below a column, nor a label, as before who signs."""
    if isinstance(cell, str):
        return not (_is_blank(cell) or _is_label(cell) or _COUNT.fullmatch(cell.strip()))
    return isinstance(cell, date)


def _is_label(cell: Cell) -> bool:
    return isinstance(cell, str) and (":" in cell or "：" in cell)


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()
