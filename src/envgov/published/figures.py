"""The cells of a published table read as numbers, column by column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, takewhile

from envgov.published.numerals import Numeral, has_digit, is_blank, read_items, read_numeral
from envgov.published.table import PublishedTable

_TOTAL = re.compile(r".*(合计|总计|共计|累计|小计|(?<![于过到达])平均[分值数]?|均值)([(（].*[)）])?[:：]?")
_MEAN = re.compile(r"平均|均值")
_ASIDE = re.compile(r"[(（\[【]?(其中|(备?注|说明)[0-9]?[:：])")
_LEFT_OUT = re.compile(r"[.…⋮]+")
_COUNT = re.compile(r"(?<![分指系倍基])数量?([(（].*)?|.*[(（][个件户处条][)）]")
_NO_FRACTION = 10


class Figures:
    """A table's cells by row and column; rows are counted from 0, and blank ones are left out.

    `units` are the rows that are neither totals, nor parts of other rows (其中), nor remarks, nor dots for what is
    left out.
    """

    def __init__(self, table: PublishedTable) -> None:
        self.table = table
        self.rows = tuple(i for i, cells in enumerate(table.rows) if not all(map(is_blank, cells)))
        self.units = tuple(i for i in self.rows if not self.is_total(i) and not self._is_aside(i))
        self._at = {column: j for j, column in enumerate(table.columns) if column}
        self._numerals: dict[tuple[int, str], Numeral | None] = {}
        self._places: dict[tuple[str, bool], int] = {}
        self._percent: dict[str, bool] = {}
        self._groups: dict[str, dict[int, str]] = {}

    def labels(self, row: int) -> tuple[str, ...]:
        """What says who stands in a row: its first cells that are texts; a number may stand before them."""
        cells = dropwhile(lambda cell: is_blank(cell) or _is_number(cell), self.table.rows[row])
        return tuple(takewhile(lambda cell: not _is_number(cell), cells))

    def is_total(self, row: int) -> bool:
        """合计, 城区小计, 全县平均: a total, whatever it is over."""
        return any(_TOTAL.fullmatch("".join(label.split())) for label in self.labels(row))

    def is_mean(self, row: int) -> bool:
        return any(_MEAN.search("".join(label.split())) for label in self.labels(row)) and self.is_total(row)

    def _is_aside(self, row: int) -> bool:
        label = next(iter(self.labels(row)), "")
        filled = [cell for cell in self.table.rows[row] if not is_blank(cell)]
        return _ASIDE.match(label) is not None or all(map(_LEFT_OUT.fullmatch, filled))

    def text(self, row: int, column: str) -> str:
        return self.table.rows[row][self._at[column]]

    def group(self, row: int, column: str) -> str:
        """What stands in a cell, or in the one that was merged with it: an empty one is filled from above."""
        if column not in self._groups:
            above, groups = "", {}
            for i in self.units:
                groups[i] = above = self.text(i, column).strip() or above
            self._groups[column] = groups
        return self._groups[column][row]

    def grouped(self, column: str) -> tuple[tuple[int, ...], ...]:
        """The units by group; without a column, all of them."""
        groups: dict[str, list[int]] = {}
        for row in self.units:
            groups.setdefault(self.group(row, column) if column else "", []).append(row)
        return tuple(map(tuple, groups.values()))

    def numeral(self, row: int, column: str) -> Numeral | None:
        """The number in a cell; None where nothing or something else is printed."""
        key = (row, column)
        if key not in self._numerals:
            text = self.text(row, column)
            self._numerals[key] = None if is_blank(text) else read_numeral(text)
        return self._numerals[key]

    def comparable(self, row: int, column: str) -> Numeral | None:
        """The number in a cell as the others of its column are meant: beside 95%, 90 is 90%.

        None also where a small number without its sign may be a percentage or a fraction: 0.9 beside 95%.
        """
        number = self.numeral(row, column)
        if number is None or number.percent or not self.bears_percent(column):
            return number
        return number.as_percent() if not number.value or abs(number.value) >= _NO_FRACTION else None

    def bears_percent(self, column: str) -> bool:
        if column not in self._percent:
            self._percent[column] = any(number.percent for number in self.numerals(column))
        return self._percent[column]

    def is_unread(self, row: int, column: str) -> bool:
        """Whether there are digits in a cell that make no number which can be compared with the others."""
        return has_digit(self.text(row, column)) and self.comparable(row, column) is None

    def items(self, row: int, column: str) -> tuple[Numeral, ...] | None:
        """The numbers of a list in a cell; None unless all of them can be read."""
        items = read_items(self.text(row, column)) or ()
        numbers = tuple(number for _, number in items if number is not None)
        return numbers if items and len(numbers) == len(items) else None

    def places(self, column: str, *, listed: bool = False) -> int:
        """The most decimals that a number of the column shows: a spreadsheet leaves out idle zeros."""
        key = (column, listed)
        if key not in self._places:
            found = (
                (number for row in self.rows for number in self.items(row, column) or ())
                if listed
                else self.numerals(column)
            )
            self._places[key] = max((n.places for n in found), default=0)
        return self._places[key]

    def numerals(self, column: str) -> Iterator[Numeral]:
        return (n for row in self.rows if (n := self.numeral(row, column)) is not None)

    def is_numeric(self, column: str) -> bool:
        """Whether more than half of what is printed in the column are numbers."""
        filled = sum(not is_blank(self.text(row, column)) for row in self.rows)
        return 2 * len(list(self.numerals(column))) > filled

    def names_count(self, column: str) -> bool:
        """Whether the heading names a count of things (整改数), and all its numbers are whole."""
        named = any(_COUNT.fullmatch(column, i) for i in range(len(column)))
        return named and self.places(column) == 0

    def number_of(self, row: int) -> int:
        """The row as a spreadsheet counts."""
        return row + self.table.first

    def rows_named(self, label: str) -> tuple[int, ...]:
        """The rows in which a cell is this text."""
        return tuple(i for i in self.rows if label in self.table.rows[i])


def _is_number(cell: str) -> bool:
    return read_numeral(cell) is not None
