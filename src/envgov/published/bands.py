"""Labels by score, sizes of lists, and whether what is printed are numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from attrs import evolve, field, frozen

from envgov.published.claim import Result, Sentence, Tally
from envgov.published.figures import Figures
from envgov.published.numerals import Interval, Numeral, has_digit, is_blank, read_items, read_numeral


@frozen
class Band:
    """A label for the scores that satisfy `sign` with `threshold`, a percentage where it is written with %."""

    label: str
    sign: Literal[">=", ">", "<=", "<"]
    threshold: Fraction
    percent: bool = False

    def among(self, *, percent: bool) -> Band:
        """The same digits for scores that bear a sign, or bear none."""
        if self.percent == percent:
            return self
        return Band(self.label, self.sign, self.threshold / 100 if percent else self.threshold * 100, percent)

    def holds(self, x: Fraction) -> bool:
        match self.sign:
            case ">=":
                return x >= self.threshold
            case ">":
                return x > self.threshold
            case "<=":
                return x <= self.threshold
        return x < self.threshold


@frozen(repr=False, str=False)
class BandClaim(Sentence):
    """Each label of a column is that of the first band that holds for the number in another; else `rest`.

    A label "" is an empty cell. Where the numbers bear a % and the thresholds bear none, or the other way round, the
    thresholds are read as the numbers are, unless fewer labels are wrong as they stand.
    """

    text: str = field(eq=False)
    column: str
    by: str
    bands: tuple[Band, ...]
    rest: str = ""
    exact: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column, self.by)

    @property
    def numeric(self) -> tuple[tuple[str, bool], ...]:
        return ((self.by, False),)

    def check(self, figures: Figures) -> Result:
        percent = figures.bears_percent(self.by)
        alike = evolve(self, bands=tuple(band.among(percent=percent) for band in self.bands))
        return min((claim.compare(figures) for claim in (alike, self)), key=lambda result: result.wrong)

    def compare(self, figures: Figures) -> Result:
        """Compare the labels with the thresholds as they stand."""
        tally = Tally()
        for row in figures.units:
            number, printed = figures.comparable(row, self.by), figures.text(row, self.column)
            label = "" if is_blank(printed) else printed
            if number is None or number.wording:
                tally.skipped += bool(label)
                continue
            tally.checked += 1
            right = self._label(number.value)
            if label != right:
                span = number.span(figures.places(self.by))
                rounded = not self.exact and label in self._possible(span)
                tally.note(row, self.column, printed, right, "rounded" if rounded else "")
        return tally.result()

    def _label(self, x: Fraction) -> str:
        return next((band.label for band in self.bands if band.holds(x)), self.rest)

    def _possible(self, span: Interval) -> set[str]:
        """The labels within the interval: at its ends, at each threshold, and between them."""
        assert span.low is not None
        assert span.high is not None
        marks = sorted({span.low, span.high, *(band.threshold for band in self.bands)})
        tried = (*marks, *((a + b) / 2 for a, b in pairwise(marks)))
        return {self._label(x) for x in tried if x in span}


@frozen(repr=False, str=False)
class SizeClaim(Sentence):
    """The table has so many rows; with a column, so many whose cell there is the label. Totals do not count.

    An empty cell may have been merged with the one above: so many may be with those or without.
    """

    text: str = field(eq=False)
    size: int
    column: str = ""
    label: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,) if self.column else ()

    def check(self, figures: Figures) -> Result:
        units = figures.units
        n = sum(not self.column or figures.text(row, self.column) == self.label for row in units)
        merged = sum(figures.group(row, self.column) == self.label for row in units) if self.column else n
        tally = Tally()
        tally.checked = 1
        if self.size not in (n, merged):
            tally.note(None, self.column, str(self.size), str(n) if n == merged else "")
        return tally.result()


@frozen(repr=False, str=False)
class NumberClaim(Sentence):
    """What stands in a column are numbers, in half-width digits with one point; words without a digit may stand there."""

    text: str = field(eq=False)
    column: str
    listed: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    def check(self, figures: Figures) -> Result:
        tally = Tally()
        for row in figures.rows:
            for printed, number in self._numbers(figures.text(row, self.column)):
                if number is None and not has_digit(printed):
                    tally.skipped += not is_blank(printed)
                    continue
                tally.checked += 1
                if number is None or number.amended:
                    tally.note(row, self.column, printed, "" if number is None else number.amended)
        return tally.result()

    def _numbers(self, text: str) -> Iterator[tuple[str, Numeral | None]]:
        if self.listed:
            yield from read_items(text) or ()
        else:
            yield text, read_numeral(text)
