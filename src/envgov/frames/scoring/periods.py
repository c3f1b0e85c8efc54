"""Scores over other rounds than the one that is judged, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import reduce
from math import ceil
from operator import add

import narwhals.stable.v2 as nw
from attrs import evolve

from envgov.facts.round import Round
from envgov.frames.engine import INT, Expr, Frame, gather, one, small_table, whole
from envgov.frames.number import (
    EXEMPT,
    KNOWN,
    NOT_ASSESSED,
    Number,
    Ratio,
    columns_of,
    constant_of,
    number,
    ratio,
    restated,
    summable,
)
from envgov.frames.refusal import fits
from envgov.frames.rounds import Rounds
from envgov.frames.scoring.rule import column_of, made, multiple_up_to
from envgov.frames.sheet import KEYS, Sheet, exists
from envgov.policy.calendar.cadences import previous, rounds_within
from envgov.policy.scoring.periods import change, mean_over, span_to_date, to_date

AWAY = -1
"""The state of a number of a unit that is not on the grid of the round that is looked at."""


@made.register
def _(rule: mean_over, sheet: Sheet) -> Number:
    finer = [rounds_within(rule.cadence, span) for span in sheet.rounds.spans]
    longest = max(map(len, finer))
    if not longest:
        return constant_of(sheet, 0, whole(NOT_ASSESSED))
    inner = _finer(sheet, finer)
    x = column_of(rule.of, inner)
    held = inner.add("held", one(x.known).max().over("round").cast(INT))
    inner.settle("unit", "outer", "position", "round", held, *columns_of(x))
    inner = inner.only(nw.col(held) == whole(1))
    every = _added_up(rule, sheet, inner, x, longest)
    counts = {"known": one(x.known), "exempt": one(x.s == whole(EXEMPT)), "given": whole(1)}
    names = {what: sheet.plan.name(what) for what in (*counts, "rounds", "wanted")}
    counted = _outer(inner, {names[what]: count for what, count in counts.items()})
    sheet.join(gather(counted, KEYS, {names[what]: "sum" for what in counts}), {names[what]: 0 for what in counts})
    known, exempt, given, rounds, wanted = (nw.col(name) for name in names.values())
    asked = small_table(
        sheet.tables.units,
        {"round": int, names["wanted"]: int},
        [(n, len(spans)) for n, spans in enumerate(finer)],
    )
    of_rounds = inner.frame.select("round", "outer").unique()
    held_in = of_rounds.select(**{"round": nw.col("outer"), names["rounds"]: whole(1)})
    of_round = asked.join(gather(held_in, ("round",), {names["rounds"]: "sum"}), on="round", how="left")
    sheet.frame = sheet.frame.join(of_round, on="round", how="left").with_columns(rounds.fill_null(whole(0)))
    enough = known > whole(0)
    if rule.absent == "not assessed":
        enough = enough & (known == rounds)
    if rule.unheld == "not assessed":
        enough = enough & (rounds == wanted)
    all_exempt = (given > whole(0)) & (exempt == given)
    state = nw.when(enough).then(whole(KNOWN)).when(all_exempt).then(whole(EXEMPT)).otherwise(whole(NOT_ASSESSED))
    zero = rule.absent == "zero"
    several, counted_in = multiple_up_to(longest), rounds if zero else known
    nought = Fraction(0)
    return number(
        sheet,
        rule,
        reduce(add, every.nums),
        state,
        (min(x.low, nought), max(x.high, nought)) if zero else (x.low, x.high),
        scale=every.scale,
        per=counted_in if every.per is None else every.per * counted_in,
        most=every.most * longest,
        whole_=None if several is None or every.whole is None else every.whole * several,
        even=zero and every.per is None,
    )


def _added_up(rule: mean_over, sheet: Sheet, inner: Sheet, x: Number, longest: int) -> Ratio:
    """The sum over the finer rounds: over one denominator for all rows, else each finer round beside the others."""
    if x.per is None or (x.whole and fits(ceil(x.size * x.scale * x.whole * longest))):
        n, scale = summable(inner, rule, x, longest)
        name = sheet.plan.name("sum")
        sheet.join(gather(_outer(inner, {name: n}), KEYS, {name: "sum"}), {name: 0})
        return Ratio((nw.col(name),), scale, None, 1, 1, even=False)
    rows = inner.frame.select("unit", x.num, x.per, "position", round=nw.col("outer"))
    beside = sheet.spread_out(rows, (x.num, x.per), longest)
    parts = []
    for names in beside:
        per = sheet.add("per", nw.max_horizontal(nw.col(names[x.per]), whole(1)))
        parts.append(evolve(x, num=names[x.num], per=per, even=False))
    return ratio(sheet, rule, parts, longest)


def _outer(inner: Sheet, columns: dict[str, Expr]) -> Frame:
    """Rows of finer rounds under the round in which they lie."""
    return inner.frame.select("unit", **{"round": nw.col("outer"), **columns})


def _finer(sheet: Sheet, finer: Sequence[Sequence[Round]]) -> Sheet:
    """The same units in finer rounds: each with the round in which it lies, `outer`, and its `position` there."""
    spans = tuple(span for of_round in finer for span in of_round)
    places = [(n, position, span) for n, of_round in enumerate(finer) for position, span in enumerate(of_round, 1)]
    table = small_table(
        sheet.tables.units,
        {"finer": int, "outer": int, "position": int, "start": date},
        [(key, n, position, span.start) for key, (n, position, span) in enumerate(places)],
    )
    rows = sheet.frame.select("unit", "since", "until", outer=nw.col("round")).join(table, on="outer", how="inner")
    frame = exists(rows).select("unit", "since", "until", "outer", "position", round=nw.col("finer"))
    return Sheet(sheet.plan, Rounds(spans), sheet.plan.settle(frame), sheet.levels)


@made.register
def _(rule: to_date, sheet: Sheet) -> Number:
    x = _then(sheet, rule.of, [span_to_date(rule.cadence, span) for span in sheet.rounds.spans])
    return restated(sheet, rule, x, nw.when(x.s == whole(AWAY)).then(whole(NOT_ASSESSED)).otherwise(x.s))


@made.register
def _(rule: change, sheet: Sheet) -> Number:
    now = column_of(rule.of, sheet)
    then = _then(sheet, rule.of, [previous(rule.cadence, span, rule.steps) for span in sheet.rounds.spans])
    over = ratio(sheet, rule, [now, then], 2)
    exempt = (now.s == whole(EXEMPT)) & ((then.s == whole(EXEMPT)) | (then.s == whole(AWAY)))
    absent = nw.when(exempt).then(whole(EXEMPT)).otherwise(whole(NOT_ASSESSED))
    state = nw.when(now.known & then.known).then(whole(KNOWN)).otherwise(absent)
    return number(
        sheet,
        rule,
        over.nums[0] - over.nums[1],
        state,
        (now.low - then.high, now.high - then.low),
        scale=over.scale,
        per=over.per,
        most=over.most,
        whole_=over.whole,
        even=over.even,
    )


def _then(sheet: Sheet, rule: object, spans: list[Round]) -> Number:
    """What a rule answers in other rounds, one for each, brought to this sheet; AWAY who is not there on their grid."""
    other = sheet.there(Rounds(tuple(spans)))
    x = column_of(rule, other)
    other.settle(*KEYS, *columns_of(x))
    columns: dict[str, int | None] = {x.num: 0, x.state: AWAY}
    if x.per is not None:
        columns[x.per] = 1
    sheet.join(other.frame, columns)
    return x
