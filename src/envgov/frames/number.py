"""Exact numbers in columns: a whole number over a whole number, with bounds that prove that neither overflows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from math import ceil, lcm, prod

import narwhals.stable.v2 as nw
from attrs import frozen

from envgov.frames.engine import Expr, floor_div, half_up, whole
from envgov.frames.refusal import prove
from envgov.frames.sheet import Sheet

KNOWN, NOT_ASSESSED, EXEMPT = 0, 1, 2
"""What a column of states says of a number; one that is not known is 0."""


@frozen
class Number:
    """The columns of one number on a sheet: num / (scale * per), where `state` is 0.

    `per` is a column, or None for 1. All numbers lie from `low` to `high`, `per` from 1 to `most`, and each `per`
    divides `whole`, where that is known. `even`: all units of a round have the same `per`.
    """

    num: str
    state: str
    scale: int
    low: Fraction
    high: Fraction
    per: str | None = None
    most: int = 1
    whole: int | None = 1
    even: bool = False

    @property
    def n(self) -> Expr:
        return nw.col(self.num)

    @property
    def p(self) -> Expr:
        return whole(1) if self.per is None else nw.col(self.per)

    @property
    def s(self) -> Expr:
        return nw.col(self.state)

    @property
    def known(self) -> Expr:
        return self.s == whole(KNOWN)

    @property
    def size(self) -> Fraction:
        """No number is farther from 0."""
        return max(abs(self.low), abs(self.high))


@frozen
class Ratio:
    """Several numbers brought to one denominator: the nums, and what they are over."""

    nums: tuple[Expr, ...]
    scale: int
    per: Expr | None
    most: int
    whole: int | None
    even: bool


def columns_of(x: Number) -> list[str]:
    """The columns that bear the number."""
    return [x.num, x.state, *([] if x.per is None else [x.per])]


def number(
    sheet: Sheet,
    term: object,
    num: Expr,
    state: Expr,
    bounds: tuple[Fraction | int, Fraction | int],
    *,
    scale: int = 1,
    per: Expr | None = None,
    most: int = 1,
    whole_: int | None = 1,
    even: bool = False,
) -> Number:
    """A number on the sheet, 0 over 1 where it is not known.

    Raises:
        FramesError: it might overflow.
    """
    low, high = Fraction(bounds[0]), Fraction(bounds[1])
    prove(term, ceil(max(abs(low), abs(high)) * scale * most), sheet.tables.maxima)
    prove(term, scale * most, sheet.tables.maxima)
    told = sheet.add("state", state)
    known = nw.col(told) == whole(KNOWN)
    name = sheet.add("num", nw.when(known).then(num).otherwise(whole(0)))
    over = None if per is None else sheet.add("per", nw.when(known).then(per).otherwise(whole(1)))
    return Number(name, told, scale, low, high, over, most, whole_, even)


def constant_of(sheet: Sheet, x: Decimal | Fraction | int, state: Expr | None = None) -> Number:
    """The same number everywhere, or wherever that state says that one is known."""
    n, d = Fraction(x).as_integer_ratio()
    return number(sheet, x, whole(n), whole(KNOWN) if state is None else state, (Fraction(x), Fraction(x)), scale=d)


def restated(sheet: Sheet, term: object, x: Number, state: Expr) -> Number:
    """The same number with another state, that knows it only where this one does."""
    return number(
        sheet,
        term,
        x.n,
        state,
        (x.low, x.high),
        scale=x.scale,
        per=None if x.per is None else x.p,
        most=x.most,
        whole_=x.whole,
        even=x.even,
    )


def why_absent(states: Sequence[Expr]) -> Expr:
    """Exempt where every part is, else not assessed."""
    every = reduce(lambda a, b: a & b, [state == whole(EXEMPT) for state in states])
    return nw.when(every).then(whole(EXEMPT)).otherwise(whole(NOT_ASSESSED))


def linear(sheet: Sheet, term: object, x: Number, factor: Fraction, offset: Fraction) -> Number:
    """The number times a factor, and so much more."""
    scale = lcm(x.scale * factor.denominator, offset.denominator)
    times, more = int(factor * scale) // x.scale, int(offset * scale)
    ends = sorted((x.low * factor + offset, x.high * factor + offset))
    num = x.n * whole(times) + (x.p * whole(more) if more else whole(0))
    size = ceil((x.size * abs(factor) + abs(offset)) * scale * x.most)
    prove(term, size, sheet.tables.maxima)
    return number(
        sheet,
        term,
        num,
        x.s,
        (ends[0], ends[1]),
        scale=scale,
        per=None if x.per is None else x.p,
        most=x.most,
        whole_=x.whole,
        even=x.even,
    )


def ratio(sheet: Sheet, term: object, numbers: Sequence[Number], most_terms: int = 1) -> Ratio:
    """Numbers over one denominator; `most_terms` times the greatest of them does not overflow.

    Row by row it is the product of theirs, or one for all rows, where that is smaller.
    """
    scale = lcm(*(x.scale for x in numbers))
    pers = {x.per: x for x in numbers if x.per is not None}
    most = prod(x.most for x in pers.values())
    common = lcm(*(x.whole for x in pers.values() if x.whole is not None))
    fixed = all(x.whole is not None for x in pers.values()) and common <= most and len(pers) > 1
    size = max((x.size for x in numbers), default=Fraction(0))
    prove(term, ceil(size * scale * (common if fixed else most) * most_terms), sheet.tables.maxima)
    prove(term, scale * (common if fixed else most), sheet.tables.maxima)
    if fixed:
        over = [times_in(common, x, sheet) if x.per else whole(common) for x in numbers]
        nums = tuple(x.n * whole(scale // x.scale) * times for x, times in zip(numbers, over, strict=True))
        return Ratio(nums, scale * common, None, 1, 1, even=False)
    nums = tuple(
        reduce(
            lambda n, per: n * nw.col(per),
            [per for per in pers if per != x.per],
            x.n * whole(scale // x.scale),
        )
        for x in numbers
    )
    per = reduce(lambda a, b: a * b, map(nw.col, pers)) if pers else None
    known = all(x.whole is not None for x in pers.values())
    product = prod(x.whole for x in pers.values() if x.whole is not None)
    return Ratio(nums, scale, per, most, product if known else None, even=all(x.even for x in pers.values()))


def times_in(common: int, x: Number, sheet: Sheet) -> Expr:
    """How often the number's denominator goes into a common one."""
    return floor_div(whole(common), x.p, spark=sheet.plan.spark, most=common)


def summable(sheet: Sheet, term: object, x: Number, most_terms: int = 1) -> tuple[Expr, int]:
    """The number as whole numbers over one denominator for all rows, so that many rows can be added up."""
    if x.per is None:
        prove(term, ceil(x.size * x.scale * most_terms), sheet.tables.maxima)
        return x.n, x.scale
    common = x.whole or 2**63
    prove(term, max(common, ceil(x.size * x.scale * common * most_terms)), sheet.tables.maxima)
    return x.n * times_in(common, x, sheet), x.scale * common


def chosen(
    sheet: Sheet,
    term: object,
    cases: Sequence[tuple[Expr, Number]],
    rest: Number,
    bounds: tuple[Fraction, Fraction] | None = None,
) -> Number:
    """The first number whose condition holds, else the last, each with its state; conditions are never null.

    `bounds`, where the conditions keep them closer than those of all numbers.
    """
    numbers = [*(x for _, x in cases), rest]
    scale = lcm(*(x.scale for x in numbers))

    def pick(of: list[Expr]) -> Expr:
        picked = of[-1]
        for (condition, _), expr in zip(reversed(cases), reversed(of[:-1]), strict=True):
            picked = nw.when(condition).then(expr).otherwise(picked)
        return picked

    prove(term, max(ceil(x.size * scale * x.most) for x in numbers), sheet.tables.maxima)
    nums = pick([x.n * whole(scale // x.scale) for x in numbers])
    varies = any(x.per is not None for x in numbers)
    wholes = [x.whole for x in numbers]
    return number(
        sheet,
        term,
        nums,
        pick([x.s for x in numbers]),
        bounds or (min(x.low for x in numbers), max(x.high for x in numbers)),
        scale=scale,
        per=pick([x.p for x in numbers]) if varies else None,
        most=max(x.most for x in numbers),
        whole_=None if None in wholes else lcm(*(w for w in wholes if w is not None)),
    )


def compared(sheet: Sheet, term: object, x: Number, to: Decimal | Fraction | int) -> tuple[Expr, Expr]:
    """Two columns that compare as the number does to a constant."""
    n, d = Fraction(to).as_integer_ratio()
    prove(term, max(ceil(x.size * x.scale * x.most * d), abs(n) * x.scale * x.most), sheet.tables.maxima)
    return x.n * whole(d), x.p * whole(n * x.scale)


def decided(sheet: Sheet, term: object, x: Number, places: int) -> str:
    """The number rounded half up to so many places, in units of the last; null where it is not known."""
    prove(term, 2 * ceil(x.size * x.scale * x.most * 10**places) + x.scale * x.most, sheet.tables.maxima)
    most = ceil(x.size * 10**places)
    rounded = half_up(x.n * whole(10**places), x.p * whole(x.scale), spark=sheet.plan.spark, most=most)
    return sheet.add("decided", nw.when(x.known).then(rounded))


def order_of(sheet: Sheet, term: object, x: Number) -> str:
    """Whole numbers that lie in a round as the exact numbers do; null where it is not known.

    Fractions over m at most lie 1 / m**2 apart, if they differ: times m**2, their whole parts differ too.
    """
    exact, maxima = x.n, sheet.tables.maxima
    if x.per is not None and not x.even:
        prove(term, ceil(x.size * x.scale * x.most**3), maxima)
        most = ceil(x.size * x.scale * x.most**2)
        exact = floor_div(x.n * whole(x.most**2), x.p, spark=sheet.plan.spark, most=most)
    return sheet.add("order", nw.when(x.known).then(exact))
