"""Scores over other rounds than the one that is judged, in columns."""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw

from envgov.facts.round import Round
from envgov.frames.engine import INT, Expr, one, small_table, whole
from envgov.frames.number import EXEMPT, KNOWN, NOT_ASSESSED, Number, constant_of, number, ratio, summable, why_absent
from envgov.frames.rounds import Rounds
from envgov.frames.scoring.rule import column_of, made, multiple_up_to
from envgov.frames.sheet import KEYS, Sheet, exists, gather
from envgov.policy.calendar.cadences import Cadence, previous, rounds_within
from envgov.policy.scoring.periods import change, mean_over, span_to_date, to_date

AWAY = -1
"""The state of a number of a unit that is not on the grid of the round that is looked at."""


@made.register
def _(rule: mean_over, sheet: Sheet) -> Number:
    within = [(n, finer) for n, span in enumerate(sheet.rounds.spans) for finer in rounds_within(rule.cadence, span)]
    if not within:
        return constant_of(sheet, 0, whole(NOT_ASSESSED))
    inner = _finer(sheet, within)
    x = column_of(rule.of, inner)
    longest = max(sum(n == m for m, _ in within) for n, _ in within)
    n, scale = summable(inner, rule, x, longest)
    held = inner.add("held", one(x.known).max().over("round").cast(INT))
    rows = inner.frame.filter(nw.col(held) == whole(1))
    names = {what: sheet.plan.name(what) for what in ("sum", "known", "exempt", "given", "rounds")}
    sums = {"sum": n, "known": one(x.known), "exempt": one(x.s == whole(EXEMPT)), "given": whole(1)}
    given = rows.select("unit", **{"round": nw.col("outer"), **{names[what]: column for what, column in sums.items()}})
    sheet.join(gather(given, KEYS, {names[what]: "sum" for what in sums}), {names[what]: 0 for what in sums})
    of_round = rows.select("round", "outer").unique().select(**{"round": nw.col("outer"), names["rounds"]: whole(1)})
    counted = gather(of_round, ("round",), {names["rounds"]: "sum"})
    sheet.frame = sheet.frame.join(counted, on="round", how="left").with_columns(
        nw.col(names["rounds"]).fill_null(whole(0))
    )
    total, known, exempt, seen, rounds = (nw.col(name) for name in names.values())
    enough = known > whole(0)
    if rule.absent == "not assessed":
        enough = enough & (known == rounds)
    if rule.unheld == "not assessed":
        table = [(n, sum(n == m for m, _ in within)) for n in range(len(sheet.rounds.spans))]
        wanted = sheet.plan.name("wanted")
        beside = small_table(sheet.tables.units, {"round": int, wanted: int}, table)
        sheet.frame = sheet.frame.join(beside, on="round", how="left")
        enough = enough & (rounds == nw.col(wanted))
    all_exempt = (seen > whole(0)) & (exempt == seen)
    state = nw.when(enough).then(whole(KNOWN)).when(all_exempt).then(whole(EXEMPT)).otherwise(whole(NOT_ASSESSED))
    zero = rule.absent == "zero"
    bounds = (min(x.low, 0), max(x.high, 0)) if zero else (x.low, x.high)
    return number(
        sheet,
        rule,
        total,
        state,
        bounds,
        scale=scale,
        per=rounds if zero else known,
        most=longest,
        whole_=multiple_up_to(longest),
        even=zero,
    )


def _finer(sheet: Sheet, within: list[tuple[int, Round]]) -> Sheet:
    """The same units in finer rounds, each of which tells in `outer` in which round it lies."""
    table = [(n, position, finer.start) for position, (n, finer) in enumerate(within)]
    finer = small_table(sheet.tables.units, {"outer": int, "finer": int, "start": date}, table)
    rows = sheet.frame.select("unit", "since", "until", outer=nw.col("round")).join(finer, on="outer", how="inner")
    return Sheet(
        sheet.plan,
        Rounds([span for _, span in within]),
        exists(rows).select("unit", "since", "until", "outer", round=nw.col("finer")),
    )


@made.register
def _(rule: to_date, sheet: Sheet) -> Number:
    x = _then(sheet, rule.of, [span_to_date(rule.cadence, span) for span in sheet.rounds.spans])
    state = nw.when(x.s == whole(AWAY)).then(whole(NOT_ASSESSED)).otherwise(x.s)
    return number(
        sheet,
        rule,
        x.n,
        state,
        (x.low, x.high),
        scale=x.scale,
        per=None if x.per is None else x.p,
        most=x.most,
        whole_=x.whole,
        even=x.even,
    )


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
    other = sheet.there(Rounds(spans))
    x = column_of(rule, other)
    columns: dict[str, int | None] = {x.num: 0, x.state: AWAY}
    if x.per is not None:
        columns[x.per] = 1
    sheet.join(other.frame, columns)
    return x
