"""Scores made of scores, in columns."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from itertools import combinations
from math import gcd, lcm
from operator import add, and_, or_

import narwhals.stable.v2 as nw

from envgov.frames.engine import Expr, gather, one, whole
from envgov.frames.number import (
    EXEMPT,
    KNOWN,
    NOT_ASSESSED,
    Number,
    chosen,
    compared,
    constant_of,
    number,
    ratio,
    restated,
    summable,
    why_absent,
)
from envgov.frames.scoring.rule import column_of, made, multiple_up_to
from envgov.frames.sheet import Sheet, Source, exists
from envgov.policy.scoring.combined import (
    constant,
    mean_of_children,
    or_else,
    requires,
    stated_else,
    total,
    veto,
    weighted,
)

FEW = 12
"""So many weights have few enough sums."""


@made.register
def _(rule: constant, sheet: Sheet) -> Number:
    return constant_of(sheet, rule.x)


def _states(parts: list[Number], *, zero: bool) -> Expr:
    """Known where every part is, or, where absent parts are zero or stand aside, where one is."""
    enough = reduce(or_ if zero else and_, [x.known for x in parts])
    return nw.when(enough).then(whole(KNOWN)).otherwise(why_absent([x.s for x in parts]))


@made.register
def _(rule: total, sheet: Sheet) -> Number:
    parts = [column_of(part, sheet) for part in rule.parts]
    one_of = ratio(sheet, rule, parts, len(parts))
    zero = rule.absent == "zero"
    lows = [min(x.low, Fraction(0)) if zero else x.low for x in parts]
    highs = [max(x.high, Fraction(0)) if zero else x.high for x in parts]
    return number(
        sheet,
        rule,
        reduce(add, one_of.nums),
        _states(parts, zero=zero),
        (sum(lows), sum(highs)),
        scale=one_of.scale,
        per=one_of.per,
        most=one_of.most,
        whole_=one_of.whole,
        even=one_of.even and not zero,  # what is absent has no denominator, and is over another than its neighbours
    )


@made.register
def _(rule: weighted, sheet: Sheet) -> Number:
    parts = [column_of(part.rule, sheet) for part in rule.parts]
    common = lcm(*(Fraction(part.weight).denominator for part in rule.parts))
    weights = [int(part.weight * common) for part in rule.parts]
    weights = [weight // gcd(*weights) for weight in weights]
    every = sum(weights)
    over = ratio(sheet, rule, parts, every)
    num = reduce(add, [n * whole(weight) for n, weight in zip(over.nums, weights, strict=True)])
    state = _states(parts, zero=rule.absent != "not assessed")
    low, high = min(x.low for x in parts), max(x.high for x in parts)
    if rule.absent != "renormalise":
        if rule.absent == "zero":
            low, high = min(low, Fraction(0)), max(high, Fraction(0))
        return number(
            sheet,
            rule,
            num,
            state,
            (low, high),
            scale=over.scale * every,
            per=over.per,
            most=over.most,
            whole_=over.whole,
            even=over.even and rule.absent == "not assessed",
        )
    shares = reduce(add, [one(x.known) * whole(weight) for x, weight in zip(parts, weights, strict=True)])
    sums = _sums(weights)
    return number(
        sheet,
        rule,
        num,
        state,
        (low, high),
        scale=over.scale,
        per=shares if over.per is None else over.per * shares,
        most=over.most * every,
        whole_=None if over.whole is None or sums is None else over.whole * lcm(*sums),
    )


def _sums(weights: list[int]) -> set[int] | None:
    """What some of the weights may add up to."""
    if len(weights) > FEW:
        return None
    return {sum(some) for n in range(1, len(weights) + 1) for some in combinations(weights, n)}


@made.register
def _(rule: mean_of_children, sheet: Sheet) -> Number:
    tables, maxima = sheet.tables, sheet.tables.maxima
    units = tables.units.filter(~nw.col("parent").is_null())
    born = sheet.frame.select("round", above=nw.col("unit")).join(
        units.select("unit", "since", "until", above=nw.col("parent")), on="above", how="inner"
    )
    starts = sheet.rounds.starts(tables.units)
    below = Sheet(
        sheet.plan, sheet.rounds, sheet.plan.settle(exists(born.join(starts, on="round", how="inner")).drop("start"))
    )
    inner = column_of(rule.of, below)
    n, scale = summable(below, rule, inner, maxima.children)
    names = {what: sheet.plan.name(what) for what in ("sum", "known", "exempt", "children")}
    total = below.add("sum", n)
    below.settle("round", "unit", "above", total, inner.state)
    counted = below.frame.select(
        "round",
        **{
            "unit": nw.col("above"),
            names["sum"]: nw.col(total),
            names["known"]: one(inner.known),
            names["exempt"]: one(inner.s == whole(EXEMPT)),
            names["children"]: whole(1),
        },
    )
    sheet.join(
        gather(counted, ("round", "unit"), dict.fromkeys(names.values(), "sum")), dict.fromkeys(names.values(), 0)
    )
    sheet.at_most(names["children"], maxima.children, "units right below one", "units")
    known, exempt, children = (nw.col(names[what]) for what in ("known", "exempt", "children"))
    all_exempt = (children > whole(0)) & (exempt == children)
    state = nw.when(known > whole(0)).then(whole(KNOWN)).when(all_exempt).then(whole(EXEMPT))
    return number(
        sheet,
        rule,
        nw.col(names["sum"]),
        state.otherwise(whole(NOT_ASSESSED)),
        (inner.low, inner.high),
        scale=scale,
        per=known,
        most=maxima.children,
        whole_=multiple_up_to(maxima.children),
    )


@made.register
def _(rule: or_else, sheet: Sheet) -> Number:
    first, second = column_of(rule.of, sheet), column_of(rule.other, sheet)
    return chosen(sheet, rule, [(first.s != whole(NOT_ASSESSED), first)], second)


@made.register
def _(rule: stated_else, sheet: Sheet) -> Number:
    inner, tables = column_of(rule.of, sheet), sheet.tables
    given = ~nw.col("stated").is_null() & (nw.col("channel") == nw.lit(rule.channel))
    points, source = nw.col("stated"), Source("inspections", lambda: tables["inspections"])
    names = sheet.tally(
        source, {"n": ("sum", whole(1)), "least": ("min", points), "told": ("max", points)}, where=given
    )
    told = nw.col(names["told"])
    problem = f"different stated scores in {rule.channel!r} in one round"
    differ = (nw.col(names["n"]) > whole(0)) & (nw.col(names["least"]) != told)
    sheet.refuse(differ, problem, "keep the one that was published", "inspections")
    bound = Fraction(tables.maxima.points, tables.scale)
    seen = nw.col(names["n"]) > whole(0)
    state = nw.when(seen).then(whole(KNOWN)).otherwise(whole(NOT_ASSESSED))
    stated = number(sheet, rule, told, state, (-bound, bound), scale=tables.scale)
    return chosen(sheet, rule, [(stated.known, stated)], inner)


@made.register
def _(rule: requires, sheet: Sheet) -> Number:
    inner, by = column_of(rule.of, sheet), column_of(rule.by, sheet)
    has, wanted = compared(sheet, rule, by, rule.at_least)
    enough = (by.known & (has >= wanted)) | (inner.s == whole(EXEMPT))
    return restated(sheet, rule, inner, nw.when(enough).then(inner.s).otherwise(whole(NOT_ASSESSED)))


@made.register
def _(rule: veto, sheet: Sheet) -> Number:
    inner, by = column_of(rule.of, sheet), column_of(rule.by, sheet)
    vetoed = inner.known & by.known & (by.n > whole(0))
    return chosen(sheet, rule, [(vetoed, constant_of(sheet, rule.to))], inner)
