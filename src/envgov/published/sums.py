"""Sums, differences, means, rates and weighted totals: across the columns of a row, and down the rows of a column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from attrs import field, frozen

from envgov.published.claim import Inputs, Result, Sentence, Tally
from envgov.published.figures import Figures
from envgov.published.formula import ONE, Formula, Operand, weighted
from envgov.published.numerals import Interval, Numeral

_PERCENT = re.compile(r"(?<![0-9])[%％]\s*[)）]?$")


class Given(NamedTuple):
    """An input: its printed value, and what that may stand for."""

    value: Fraction
    span: Interval


@frozen(repr=False, str=False)
class FormulaClaim(Sentence):
    """Each number of a column is what a formula makes of other columns.

    A rate that bears no sign is read as a percentage or as a fraction, whichever holds more often in its column; what
    holds in the other reading alone is undecidable.

    `inputs` says whether the numbers of the formula are "exact" or "rounded". Where it says neither, whole numbers
    are exact in a rate or percentage, and under a heading that names a count; elsewhere a column that shows fewer
    decimals than the result is exact, for a sum is not more precise than its rounded parts; others are rounded.
    """

    text: str = field(eq=False)
    column: str
    formula: Formula
    inputs: Inputs = ""
    numbers: tuple[str, ...] = field(default=(), eq=False)

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column, *(operand.name for operand in self.formula.operands))

    @property
    def numeric(self) -> tuple[tuple[str, bool], ...]:
        return ((self.column, False), *((name, bool(how)) for name, how in self.formula.operands))

    def check(self, figures: Figures) -> Result:
        # the mean of rates is not the rate of means
        rows = (row for row in figures.rows if not (self.formula.is_rate and figures.is_mean(row)))
        printed = {row: n for row in rows if (n := figures.numeral(row, self.column)) is not None}
        plain = self._check(figures, printed)
        if not self.formula.is_share or all(n.percent for n in printed.values()):
            return plain
        percent = self._check(figures, {row: n if n.percent else n.as_percent() for row, n in printed.items()})
        likely = (percent, plain) if self._without_sign(figures, printed) else (plain, percent)
        result, other = sorted(likely, key=lambda reading: reading.wrong)
        wrong = {error.row for error in other.errors if not error.why}
        if other is plain:  # 0 and 1 are every fraction, rounded
            wrong |= {row for row, n in printed.items() if not n.places and n.value != self._right(figures, row)}
        errors = (e if e.row in wrong else e._replace(why=e.why or "reading") for e in result.errors)
        return result._replace(errors=tuple(errors))

    def _check(self, figures: Figures, targets: Mapping[int, Numeral]) -> Result:
        tally = Tally()
        shown = max((n.places for n in targets.values()), default=0)
        share = any(n.percent for n in targets.values())
        exact = {operand for operand in self.formula.operands if self._is_exact(operand, figures, shown, share=share)}
        for row, target in targets.items():
            inputs = self._inputs(figures, row, exact)
            where = (row, self.column, figures.text(row, self.column))
            _compare(tally, where, self.formula, inputs, target, shown)
        return tally.result()

    def _without_sign(self, figures: Figures, targets: Mapping[int, Numeral]) -> bool:
        """Whether the numbers are percentages that bear no sign: the heading does, or most are ten times too large."""
        large = []
        for row, target in targets.items():
            right = self._right(figures, row)
            if right and not target.percent:
                large.append(abs(target.value) > 10 * abs(right))
        return _PERCENT.search(self.column) is not None or 2 * sum(large) > len(large)

    def _right(self, figures: Figures, row: int) -> Fraction | None:
        return _value(self.formula, self._inputs(figures, row, set()))

    def _is_exact(self, operand: Operand, figures: Figures, shown: int, *, share: bool) -> bool:
        name, listed = operand.name, bool(operand.how)
        if self.inputs:
            return self.inputs == "exact"
        places = figures.places(name, listed=listed)
        if share or self.formula.is_rate:
            return places == 0
        return places < shown or (places == 0 and not listed and figures.names_count(name))

    def _inputs(self, figures: Figures, row: int, exact: set[Operand]) -> dict[Operand, Given]:
        inputs = {}
        for operand in self.formula.operands:
            name, how = operand
            number = None if how else figures.numeral(row, name)
            numbers = figures.items(row, name) if how else None if number is None else (number,)
            if numbers is not None and how == "count":
                inputs[operand] = Given(Fraction(len(numbers)), Interval.at(Fraction(len(numbers))))
            elif numbers is not None:
                places = figures.places(name, listed=bool(how))
                given = [_given(n, places, exact=operand in exact) for n in numbers]
                inputs[operand] = Given(sum((g.value for g in given), Fraction()), _sum([g.span for g in given]))
        return inputs


@frozen(repr=False, str=False)
class RowClaim(Sentence):
    """Each number of a row is what a formula makes of the rows that it names; or the sum or mean of all units.

    Without `columns`, in every column where the row has a number. For a sum or a mean, cells without a number do
    not count, but one whose number cannot be read leaves the result open. Whole numbers are exact, others are rounded, unless `inputs` says which.
    """

    text: str = field(eq=False)
    label: str
    formula: Formula | Literal["sum", "mean"]
    columns: tuple[str, ...] = ()
    inputs: Inputs = ""
    numbers: tuple[str, ...] = field(default=(), eq=False)

    @property
    def labels(self) -> tuple[str, ...]:
        named = self.formula.operands if isinstance(self.formula, Formula) else ()
        return (self.label, *(operand.name for operand in named))

    @property
    def numeric(self) -> tuple[tuple[str, bool], ...]:
        return tuple((column, False) for column in self.columns)

    def check(self, figures: Figures) -> Result:
        tally = Tally()
        rows = {label: figures.rows_named(label)[0] for label in self.labels}
        row = rows[self.label]
        if not isinstance(self.formula, Formula):
            rows = {str(i): i for i in figures.units if i != row}
        for column in self.columns or tuple(filter(None, figures.table.columns)):
            self._check(figures, row, rows, column, tally)
        return tally.result()

    def _check(self, figures: Figures, row: int, rows: Mapping[str, int], column: str, tally: Tally) -> None:
        read = figures.numeral if isinstance(self.formula, Formula) else figures.comparable
        target = read(row, column)
        if target is None:
            return
        if not isinstance(self.formula, Formula) and any(figures.is_unread(i, column) for i in rows.values()):
            tally.skipped += 1
            return
        places = max(figures.places(column), target.places)
        exact = self.inputs == "exact" or (not self.inputs and places == 0)
        numbers = {Operand(label): n for label, i in rows.items() if (n := read(i, column)) is not None}
        inputs = {operand: _given(n, places, exact=exact) for operand, n in numbers.items()}
        _compare(tally, (row, column, figures.text(row, column)), self._over(inputs), inputs, target, places)

    def _over(self, inputs: Mapping[Operand, Given]) -> Formula:
        if isinstance(self.formula, Formula):
            return self.formula
        under = len(inputs) if self.formula == "mean" else 1
        return Formula(weighted(*((operand, Fraction(1)) for operand in inputs)), weighted((ONE, Fraction(under))))


def _given(number: Numeral, places: int, *, exact: bool) -> Given:
    return Given(number.value, Interval.at(number.value) if exact and not number.wording else number.span(places))


def _sum(spans: list[Interval]) -> Interval:
    lows, highs = [span.low for span in spans], [span.high for span in spans]
    low = None if None in lows else sum(filter(None, lows), Fraction())
    high = None if None in highs else sum(filter(None, highs), Fraction())
    return Interval(low, high, all(s.low_in for s in spans), all(s.high_in for s in spans))


def _value(formula: Formula, inputs: Mapping[Operand, Given]) -> Fraction | None:
    """None: an input is missing, or zero divides."""
    if any(operand not in inputs for operand in formula.operands):
        return None
    return formula.value({operand: given.value for operand, given in inputs.items()})


def _compare(
    tally: Tally,
    where: tuple[int, str, str],
    formula: Formula,
    inputs: Mapping[Operand, Given],
    target: Numeral,
    places: int,
) -> None:
    """Count a printed number that was compared, or could not be; note it where it is not what the formula makes.

    With fewer decimals than its column shows (`places`), it lost idle zeros, or was rounded coarser: where nothing
    rounded to the one gives it, the other is meant.
    """
    right = _value(formula, inputs)
    spans = {operand: given.span for operand, given in inputs.items()}
    if right is None:
        tally.skipped += 1
    elif (right in target.span(places)) if target.wording else target.rounded(right, places) == target.value:
        tally.checked += 1
    elif any(span.low is None or span.high is None for span in spans.values()):
        tally.skipped += 1
    else:
        tally.checked += 1
        if formula.can_be(spans, target.span(places)):
            tally.note(*where, target.spell(right, places), "rounded")
        elif target.wording or target.rounded(right, target.places) != target.value:
            coarse = formula.can_be(spans, target.span(target.places))
            tally.note(*where, target.spell(right, places), "rounded" if coarse else "")
