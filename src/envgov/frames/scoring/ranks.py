"""Places turned into numbers, in columns."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import prod

import narwhals.stable.v2 as nw

from envgov.frames.engine import INT, Expr, one, whole
from envgov.frames.number import (
    KNOWN,
    NOT_ASSESSED,
    Number,
    decided,
    number,
    ratio,
    summable,
    why_absent,
)
from envgov.frames.refusal import prove
from envgov.frames.scoring.rule import column_of, made, multiple_up_to
from envgov.frames.sheet import KEYS, Sheet, gather
from envgov.policy.scoring.ranks import from_mean, mean_rank, rank_in, rank_share, stated_rank


def _ranks(rule: rank_in | rank_share, sheet: Sheet) -> tuple[Number, Expr]:
    """Competition ranks of the decided numbers in the round, and the states."""
    inner = column_of(rule.of, sheet)
    name = decided(sheet, rule, inner, rule.places)
    rank = nw.col(name).rank("min", descending=rule.of.better == "higher").over("round").cast(INT)
    return inner, nw.col(sheet.add("rank", rank)).fill_null(whole(0))


@made.register
def _(rule: rank_in, sheet: Sheet) -> Number:
    inner, rank = _ranks(rule, sheet)
    return number(sheet, rule, rank, inner.s, (0, sheet.tables.maxima.units))


@made.register
def _(rule: rank_share, sheet: Sheet) -> Number:
    inner, rank = _ranks(rule, sheet)
    length = nw.col(sheet.add("length", one(inner.known).sum().over("round").cast(INT)))
    most = sheet.tables.maxima.units
    return number(sheet, rule, rank, inner.s, (0, 1), per=length, most=most, whole_=multiple_up_to(most), even=True)


@made.register
def _(rule: mean_rank, sheet: Sheet) -> Number:
    parts = [column_of(part, sheet) for part in rule.parts]
    over = ratio(sheet, rule, parts, len(parts))
    known = reduce(lambda a, b: a + b, [one(x.known) for x in parts])
    wanted = 1 if rule.absent == "renormalise" else len(parts)
    state = nw.when(known >= whole(wanted)).then(whole(KNOWN)).otherwise(why_absent([x.s for x in parts]))
    several = multiple_up_to(len(parts))
    return number(
        sheet,
        rule,
        reduce(lambda a, b: a + b, over.nums),
        state,
        (min(x.low for x in parts), max(x.high for x in parts)),
        scale=over.scale,
        per=known if over.per is None else over.per * known,
        most=over.most * len(parts),
        whole_=None if over.whole is None or several is None else over.whole * several,
    )


@made.register
def _(rule: from_mean, sheet: Sheet) -> Number:
    inner, most = column_of(rule.of, sheet), sheet.tables.maxima.units
    n, scale = summable(sheet, rule, inner, 2 * most)
    exact = nw.col(sheet.add("exact", n))
    total = nw.col(sheet.add("sum", exact.sum().over("round").cast(INT)))
    known = nw.col(sheet.add("known", one(inner.known).sum().over("round").cast(INT)))
    spread = inner.high - inner.low
    return number(
        sheet,
        rule,
        exact * known - total,
        inner.s,
        (-spread, spread),
        scale=scale,
        per=known,
        most=most,
        whole_=multiple_up_to(most),
        even=True,
    )


@made.register
def _(rule: stated_rank, sheet: Sheet) -> Number:
    """Ranks in lists of one length are added up first, and then there are as many numbers as lengths."""
    tables, maxima = sheet.tables, sheet.tables.maxima
    given = tables["stated_ranks"].filter(nw.col("channel") == nw.lit(rule.channel))
    placed = sheet.rounds.place(given).with_columns(n=whole(1), low=nw.col("rank"), high=nw.col("rank"))
    how = {"rank": "sum", "n": "sum", "low": "min", "high": "max"}
    rows = sheet.rounds.spread(gather(placed, ("piece", "unit", "day", "of"), how))
    if rule.several == "latest":
        rows = rows.with_columns(its_last=nw.col("day").max().over(*KEYS)).filter(nw.col("day") == nw.col("its_last"))
    rows = gather(rows, (*KEYS, "of"), how)
    rows = rows.with_columns(position=nw.col("of").rank("min").over(*KEYS).cast(INT))
    rows = rows.with_columns(lengths=nw.col("position").max().over(*KEYS).cast(INT))
    pieces: dict[str, Expr] = {"lengths": nw.col("lengths"), "seen": nw.col("n")}
    for i in range(1, maxima.lists + 1):
        here = nw.col("position") == whole(i)
        for what in (*how, "of"):
            pieces[f"{what}_{i}_of"] = nw.when(here).then(nw.col(what)).otherwise(whole(0))
    names = {what: sheet.plan.name(what) for what in pieces}
    wide = rows.select(*KEYS, **{names[what]: column for what, column in pieces.items()})
    hows = {names[what]: "max" if what == "lengths" else "sum" for what in pieces}
    sheet.join(gather(wide, KEYS, hows), dict.fromkeys(hows, 0))
    sheet.at_most(names["lengths"], maxima.lists, "lengths of lists with one unit", "stated_ranks")
    sheet.at_most(names["seen"], maxima.counted, "ranks of one unit", "stated_ranks")
    seen = nw.col(names["seen"])
    state = nw.when(seen > whole(0)).then(whole(KNOWN)).otherwise(whole(NOT_ASSESSED))
    lists = [{what: nw.col(names[f"{what}_{i}_of"]) for what in (*how, "of")} for i in range(1, maxima.lists + 1)]
    for i in range(1, maxima.lists + 1):
        sheet.at_most(names[f"of_{i}_of"], maxima.listed, "units in a list", "stated_ranks")
    filled = [{**one_list, "of": nw.max_horizontal(one_list["of"], whole(1))} for one_list in lists]
    most = maxima.listed**maxima.lists
    prove(rule, maxima.counted * most * maxima.lists, maxima)
    if rule.several == "mean":
        pass
    return _share(rule, sheet, filled, seen, state, most)


def _share(rule: stated_rank, sheet: Sheet, lists: list[dict[str, Expr]], seen: Expr, state: Expr, most: int) -> Number:
    """The mean of rank / length, or the greatest or least of them."""
    maxima = sheet.tables.maxima
    lengths = [one_list["of"] for one_list in lists]
    per = reduce(lambda a, b: a * b, lengths)
    others = [
        reduce(lambda a, b: a * b, [of for j, of in enumerate(lengths) if j != i], whole(1)) for i in range(len(lists))
    ]
    if rule.several in ("mean", "latest"):
        num = reduce(lambda a, b: a + b, [x["rank"] * other for x, other in zip(lists, others, strict=True)])
        return number(sheet, rule, num, state, (0, 1), per=per * seen, most=most * maxima.counted, whole_=None)
    what = "high" if rule.several == "worst" else "low"
    shares = [x[what] * other for x, other in zip(lists, others, strict=True)]
    if rule.several == "worst":
        num = nw.max_horizontal(*shares)
    else:
        there = [nw.when(x["n"] > whole(0)).then(share) for x, share in zip(lists, shares, strict=True)]
        num = nw.min_horizontal(*there)
    return number(sheet, rule, num, state, (0, 1), per=per, most=most, whole_=None)
