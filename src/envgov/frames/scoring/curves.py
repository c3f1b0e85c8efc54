"""Numbers turned into points, in columns."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from envgov.frames.engine import Expr
from envgov.frames.number import Number, chosen, compared, constant_of, linear
from envgov.frames.scoring.rule import column_of, made
from envgov.frames.sheet import Sheet
from envgov.policy.scoring.curves import bands, bounded, piecewise, scaled, to_target


@made.register
def _(rule: scaled, sheet: Sheet) -> Number:
    return linear(sheet, rule, column_of(rule.of, sheet), Fraction(rule.factor), Fraction(0))


@made.register
def _(rule: bounded, sheet: Sheet) -> Number:
    low = None if rule.low is None else Fraction(rule.low)
    high = None if rule.high is None else Fraction(rule.high)
    return kept(sheet, rule, column_of(rule.of, sheet), low, high)


def kept(sheet: Sheet, rule: object, x: Number, low: Fraction | None, high: Fraction | None) -> Number:
    """The number, `low` at least and `high` at most."""
    least = x.low if low is None else max(x.low, low)
    most = x.high if high is None else min(x.high, high)
    cases: list[tuple[Expr, Number]] = []
    if low is not None and x.low < low:
        has, wanted = compared(sheet, rule, x, low)
        cases.append((has < wanted, constant_of(sheet, low, x.s)))
        most = max(most, low)
    if high is not None and x.high > high:
        has, wanted = compared(sheet, rule, x, high)
        cases.append((has > wanted, constant_of(sheet, high, x.s)))
        least = min(least, high)
    return chosen(sheet, rule, cases, x, (least, most)) if cases else x


@made.register
def _(rule: to_target, sheet: Sheet) -> Number:
    target, full, slope, floor = map(Fraction, (rule.target, rule.full, rule.slope, rule.floor))
    sign = Fraction(1 if rule.of.better == "higher" else -1)
    short = kept(sheet, rule, linear(sheet, rule, column_of(rule.of, sheet), -sign, sign * target), Fraction(0), None)
    return kept(sheet, rule, linear(sheet, rule, short, -slope, full), floor, None)


@made.register
def _(rule: piecewise, sheet: Sheet) -> Number:
    knots = [(Fraction(knot.x), Fraction(knot.points)) for knot in rule.parts]
    x = kept(sheet, rule, column_of(rule.of, sheet), knots[0][0], knots[-1][0])
    cases: list[tuple[Expr, Number]] = []
    for (x1, y1), (x2, y2) in pairwise(knots):
        slope = (y2 - y1) / (x2 - x1)
        has, end = compared(sheet, rule, x, x2)
        cases.append((has <= end, linear(sheet, rule, x, slope, y1 - slope * x1)))
    points = [y for _, y in knots]
    return chosen(sheet, rule, cases[:-1], cases[-1][1], (min(points), max(points)))


@made.register
def _(rule: bands, sheet: Sheet) -> Number:
    x = column_of(rule.of, sheet)
    cases = []
    for band in rule.parts:
        has, wanted = compared(sheet, rule, x, band.x)
        reaches = has >= wanted if rule.of.better == "higher" else has <= wanted
        cases.append((reaches, constant_of(sheet, band.points, x.s)))
    return chosen(sheet, rule, cases, constant_of(sheet, rule.rest, x.s))
