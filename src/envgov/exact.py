"""Exact numbers: how they come in, how they are added up, how they are rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from functools import reduce
from math import isfinite, lcm

MAX_DIGITS = 12
MAX_PLACES = 9
MAX_WRITTEN = 60
EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])
"""A context of our own: the caller's precision and rounding must not change anybody's score."""

ZERO = Decimal(0)
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?", re.ASCII)
_BOUNDS = f"a number of points has at most {MAX_DIGITS} digits before and {MAX_PLACES} after the decimal point"


def points(x: Decimal | str | float, places: int | None = None) -> Decimal:
    """A number of a fact or a policy, as an exact Decimal without trailing zeros (85.50 is 85.5).

    With `places`, a float is taken at its shortest decimal form (what somebody typed: 0.15, not
    0.1499999999999999944) and rounded half up to that many places: `[points(x, places=1) for x in column]`.

    Raises:
        TypeError: a float without `places`, or what is no number at all.
        ValueError: not finite, not written as a plain number, or out of bounds.
    """
    if places is not None and (type(places) is not int or not 0 <= places <= MAX_PLACES):
        raise ValueError(f"places={places!r}: give a whole number from 0 to {MAX_PLACES}")
    if isinstance(x, float):
        if places is None:
            raise TypeError(f"{x!r} is a float: give a string or a Decimal, or say points({x!r}, places=...)")
        if not isfinite(x):
            raise ValueError(f"{x!r} is not a number of points")
        exact = Decimal(repr(float(x)))
    elif isinstance(x, str):
        if not _NUMBER.fullmatch(x):
            raise ValueError(f"{x[:40]!r} is not a number written like 85 or 85.5")
        if len(x) > MAX_WRITTEN:
            raise ValueError(f"{x[:40]!r}...: {_BOUNDS}")
        exact = Decimal(x)
    elif isinstance(x, Decimal):
        if not x.is_finite():
            raise ValueError(f"{x} is not a number of points")
        exact = x
    elif type(x) is int:
        exact = Decimal(x)
    else:
        raise TypeError(f"{x!r} is not a number of points: give an int, a Decimal or a string such as '85.5'")
    if not exact:
        return ZERO
    if places is not None and exact.adjusted() < MAX_DIGITS:
        exact = ZERO if exact.adjusted() < -MAX_PLACES - 1 else round_half_up(Fraction(exact), places)
    return _canonical(exact)


def as_points(x: Decimal | str | int) -> Decimal:
    """`points` as the fields of facts and policies take them: here a type checker refuses a float."""
    return points(x)


def _canonical(exact: Decimal) -> Decimal:
    """One spelling for one number, so that equal facts give equal bytes."""
    if not exact:
        return ZERO
    if exact.adjusted() >= MAX_DIGITS:
        raise ValueError(f"{exact!s:.40}: {_BOUNDS}")
    sign, digits, exponent = exact.as_tuple()
    assert isinstance(exponent, int), "checked to be finite"
    written = list(digits)
    while exponent < 0 and written[-1] == 0:
        written.pop()
        exponent += 1
    if exponent < -MAX_PLACES:
        raise ValueError(f"{exact!s:.40}: {_BOUNDS}")
    written += [0] * max(exponent, 0)
    return Decimal((sign, tuple(written), min(exponent, 0)))


def add_up(values: Iterable[Decimal]) -> Decimal:
    """The exact sum: the bounds of `points` keep it within the context."""
    return reduce(EXACT.add, values, ZERO)


def total_of(values: Iterable[Decimal | Fraction]) -> Fraction:
    """The exact sum of numbers of both kinds, in integers."""
    return Fraction(*_ratio_of(values))


def _ratio_of(values: Iterable[Decimal | Fraction]) -> tuple[int, int]:
    numerator, denominator = 0, 1
    for value in values:
        n, d = value.as_integer_ratio()
        if d == denominator:
            numerator += n
        else:
            common = lcm(denominator, d)
            numerator = numerator * (common // denominator) + n * (common // d)
            denominator = common
    return numerator, denominator


def mean_of(values: Sequence[Decimal | Fraction]) -> Fraction:
    """The exact mean of at least one value."""
    numerator, denominator = _ratio_of(values)
    return Fraction(numerator, denominator * len(values))


def round_half_up(x: Fraction, places: int) -> Decimal:
    """Rounded to `places`, halves away from zero: ROUND_HALF_UP, for negative numbers too."""
    return in_units(round_to_units(x, places), places)


def round_to_units(x: Fraction, places: int) -> int:
    """The same as a whole number of units of the last place: many numbers are told apart by it more quickly."""
    numerator, denominator = x.as_integer_ratio()
    whole: int = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
    return -whole if numerator < 0 else whole


def in_units(whole: int, places: int) -> Decimal:
    """So many units of the last place as a number."""
    return EXACT.scaleb(Decimal(whole), -places)
