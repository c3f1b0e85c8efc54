"""Places turned into numbers, in columns."""

from __future__ import annotations

from functools import reduce
from operator import add, mul

import narwhals.stable.v2 as nw

from envgov.frames.engine import INT, Expr, gather, greatest, least, one, whole
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
from envgov.frames.sheet import KEYS, Sheet
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
    known = reduce(add, [one(x.known) for x in parts])
    wanted = 1 if rule.absent == "renormalise" else len(parts)
    state = nw.when(known >= whole(wanted)).then(whole(KNOWN)).otherwise(why_absent([x.s for x in parts]))
    several = multiple_up_to(len(parts))
    return number(
        sheet,
        rule,
        reduce(add, over.nums),
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
    how = {"rank": "sum", "n": "sum", "low": "min", "high": "max"}
    placed = sheet.rounds.place(given).with_columns(n=whole(1), low=nw.col("rank"), high=nw.col("rank"))
    rows = sheet.rounds.spread(gather(placed, ("piece", "unit", "day", "of"), how))
    if rule.several == "latest":
        rows = rows.with_columns(its_last=nw.col("day").max().over(*KEYS)).filter(nw.col("day") == nw.col("its_last"))
    rows = gather(rows, (*KEYS, "of"), how).with_columns(position=nw.col("of").rank("min").over(*KEYS).cast(INT))
    counts = {"lengths": "max", "seen": "sum"}
    names = {what: sheet.plan.name(what) for what in counts}
    counted = rows.select(*KEYS, **{names["lengths"]: nw.col("position"), names["seen"]: nw.col("n")})
    sheet.join(
        gather(counted, KEYS, {names[what]: kind for what, kind in counts.items()}), dict.fromkeys(names.values(), 0)
    )
    sheet.at_most(names["lengths"], maxima.lists, "lengths of lists with one unit", "stated_ranks")
    sheet.at_most(names["seen"], maxima.counted, "ranks of one unit", "stated_ranks")
    lists = sheet.spread_out(rows, (*how, "of"), maxima.lists)
    for columns in lists:
        sheet.at_most(columns["of"], maxima.listed, "units in a list", "stated_ranks")
    return _share(rule, sheet, lists, nw.col(names["seen"]))


def _share(rule: stated_rank, sheet: Sheet, lists: list[dict[str, str]], seen: Expr) -> Number:
    """The mean of rank / length over the lists, or the greatest or the least."""
    maxima = sheet.tables.maxima
    most = maxima.listed**maxima.lists
    prove(rule, maxima.counted * most * maxima.lists, maxima)
    state = nw.when(seen > whole(0)).then(whole(KNOWN)).otherwise(whole(NOT_ASSESSED))
    lengths = [nw.max_horizontal(nw.col(columns["of"]), whole(1)) for columns in lists]
    per = reduce(mul, lengths)
    others = [reduce(mul, [*lengths[:i], *lengths[i + 1 :]], whole(1)) for i in range(len(lengths))]
    what = {"worst": "high", "best": "low"}.get(rule.several, "rank")
    shares = [nw.col(columns[what]) * other for columns, other in zip(lists, others, strict=True)]
    if what == "rank":
        num, over = reduce(add, shares), most * maxima.counted
        return number(sheet, rule, num, state, (0, 1), per=per * seen, most=over, whole_=None)
    there = [nw.when(nw.col(columns["n"]) > whole(0)).then(x) for columns, x in zip(lists, shares, strict=True)]
    num = greatest(*shares) if what == "high" else least(*there)
    return number(sheet, rule, num, state, (0, 1), per=per, most=most, whole_=None)
