"""What a published number should be: a quotient of two weighted sums, and what it can be when inputs are rounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from attrs import frozen

from envgov.published.numerals import Interval


class Operand(NamedTuple):
    """A column or a row; with `how`, the "sum" or the "count" of the list in its cell. Without a name: the number 1."""

    name: str = ""
    how: str = ""


ONE = Operand()
Terms = tuple[tuple[Operand, Fraction], ...]


def weighted(*terms: tuple[Operand, Fraction]) -> Terms:
    """A weighted sum: one term for each operand, in one order."""
    found: dict[Operand, Fraction] = {}
    for operand, factor in terms:
        found[operand] = found.get(operand, Fraction()) + factor
    return tuple(sorted((operand, factor) for operand, factor in found.items() if factor))


@frozen
class Formula:
    """`over` divided by `under`."""

    over: Terms
    under: Terms = ((ONE, Fraction(1)),)

    @property
    def operands(self) -> tuple[Operand, ...]:
        return tuple(sorted({operand for operand, _ in (*self.over, *self.under) if operand != ONE}))

    @property
    def is_number(self) -> bool:
        return not self.operands

    @property
    def is_share(self) -> bool:
        """Whether it may be printed as a percentage: a rate, or a part of a fixed whole (n / 594)."""
        return self.is_rate or (len(self.over) == 1 and self.over[0][0] != ONE and abs(self.over[0][1]) < 1)

    @property
    def is_rate(self) -> bool:
        """Whether something is divided by what is printed (not only counted)."""
        return any(operand.name and operand.how != "count" for operand, _ in self.under)

    def scaled(self, factor: Fraction) -> Formula:
        return Formula(weighted(*((operand, f * factor) for operand, f in self.over)), self.under)

    def value(self, values: Mapping[Operand, Fraction]) -> Fraction | None:
        """The exact value; None where it divides by zero."""
        under = _value(self.under, values)
        return _value(self.over, values) / under if under else None

    def can_be(self, spans: Mapping[Operand, Interval], target: Interval) -> bool:
        """Whether some inputs within their intervals give a value within the target.

        The value is in the target if over - low * under is not negative and over - high * under is: both are
        weighted sums, so their extremes are at the ends of the intervals, and in between every value occurs.
        """
        least, most = _least(self.under, spans)[0], -_least(_times(self.under, -1), spans)[0]
        if least <= 0 <= most:
            return True
        sign = 1 if least > 0 else -1
        over, under = _times(self.over, sign), _times(self.under, sign)
        if target.low is not None:
            gap, reached = _least((*_times(under, target.low), *_times(over, -1)), spans)
            if gap > 0 or (gap == 0 and not (reached and target.low_in)):
                return False
        if target.high is not None:
            gap, reached = _least((*over, *_times(under, -target.high)), spans)
            if gap > 0 or (gap == 0 and not (reached and target.high_in)):
                return False
        return True


def _value(terms: Terms, values: Mapping[Operand, Fraction]) -> Fraction:
    return sum((factor * values[operand] if operand != ONE else factor for operand, factor in terms), Fraction())


def _times(terms: Terms, factor: Fraction | int) -> Terms:
    return tuple((operand, f * factor) for operand, f in terms)


def _least(terms: Terms, spans: Mapping[Operand, Interval]) -> tuple[Fraction, bool]:
    """The lower end of a weighted sum over bounded intervals, and whether it is reached."""
    total, reached = Fraction(), True
    for operand, factor in weighted(*terms):
        span = spans[operand] if operand != ONE else Interval.at(Fraction(1))
        end, included = (span.low, span.low_in) if factor > 0 else (span.high, span.high_in)
        assert end is not None, "an open interval is no input"
        total += factor * end
        reached = reached and included
    return total, reached


def added(a: Formula, b: Formula) -> Formula | None:
    """None: the sum of two quotients is no quotient of weighted sums of this kind."""
    if a.under == b.under:
        return Formula(weighted(*a.over, *b.over), a.under)
    if b.is_number:
        a, b = b, a
    if not a.is_number:
        return None
    [(_, constant)] = a.over or ((ONE, Fraction()),)
    return Formula(weighted(*b.over, *_times(b.under, constant)), b.under)


def multiplied(a: Formula, b: Formula) -> Formula | None:
    """None: neither is a number."""
    if b.is_number:
        a, b = b, a
    return b.scaled(constant_of(a)) if a.is_number else None


def divided(a: Formula, b: Formula) -> Formula | None:
    """None: what divides is itself a quotient, or both are. `b` is not the number zero."""
    if b.is_number:
        return a.scaled(1 / constant_of(b))
    one = Formula(((ONE, Fraction(1)),)).under
    return Formula(a.over, b.over) if a.under == b.under == one else None


def constant_of(number: Formula) -> Fraction:
    return sum((factor for _, factor in number.over), Fraction())


def folded(formulas: list[Formula], fold: Callable[[Formula, Formula], Formula | None]) -> Formula | None:
    """All of them, one after the other."""
    rest: Iterator[Formula] = iter(formulas)
    result: Formula | None = next(rest)
    for formula in rest:
        result = fold(result, formula) if result is not None else None
    return result
