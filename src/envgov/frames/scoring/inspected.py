"""Scores from inspections, in columns."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, lcm

import narwhals.stable.v2 as nw

from envgov.facts.inspection import Rubric
from envgov.frames.doubts import has
from envgov.frames.engine import Expr, Frame, gather, whole
from envgov.frames.number import KNOWN, NOT_ASSESSED, Number, number
from envgov.frames.plainness import plain_findings, sound_finding
from envgov.frames.refusal import prove
from envgov.frames.rounds import Rounds
from envgov.frames.scoring.rule import made, multiple_up_to
from envgov.frames.sheet import KEYS, Plan, Sheet, Source, exists
from envgov.frames.tables import Tables
from envgov.policy.calendar.cadences import previous
from envgov.policy.scoring.inspected import count_findings, count_inspections, count_repeats, deductions, stated


@made.register
def _(rule: stated, sheet: Sheet) -> Number:
    tables = sheet.tables
    points = Fraction(tables.maxima.points, tables.scale)
    visits = Source("inspections", lambda: tables["inspections"])
    given = ~nw.col("stated").is_null() & (nw.col("channel") == nw.lit(rule.channel))
    return gathered(rule, sheet, visits, given, nw.col("stated"), tables.scale, (-points, points))


@made.register
def _(rule: deductions, sheet: Sheet) -> Number:
    rubric, tables = rule.rubric, sheet.tables
    terms = [rubric.full, *(item.cap for item in rubric.items)]
    scale = lcm(tables.scale, *(Fraction(x).denominator for x in terms))
    maxima = tables.maxima
    bound = maxima.findings * maxima.points * (scale // tables.scale)
    prove(rule, bound + ceil(sum(map(Fraction, terms)) * scale), maxima)
    name = ("lost", scale, *((item.name, item.cap) for item in rubric.items))
    visits = Source(name, lambda: _marked(sheet.plan, rubric, scale))
    full = whole(_units(rubric.full, scale))
    lost = nw.col("lost").fill_null(whole(0))
    mark = nw.when(lost < full).then(full - lost).otherwise(whole(0))
    bounds = (Fraction(0), Fraction(rubric.full))
    return gathered(rule, sheet, visits, _by(rule.channel), mark, scale, bounds)


def _units(x: Decimal, scale: int) -> int:
    return int(Fraction(x) * scale)


def _listed(tables: Tables) -> Frame:
    """Inspections that list what was found, if anything was."""
    return tables["inspections"].filter(nw.col("stated").is_null())


def _by(channel: str | None) -> Expr | None:
    return None if channel is None else nw.col("channel") == nw.lit(channel)


def _marked(plan: Plan, rubric: Rubric, scale: int) -> Frame:
    """Inspections with what is `lost` by their findings, each item up to its cap; on the way, whether these are sound."""
    tables, how, seen = plan.tables, {"lost": "sum"}, dict[str, Expr]()
    if is_unseen := plan.is_unseen("findings"):
        seen, how = {"sound": sound_finding(tables)}, {**how, "sound": "sum"}
    points = nw.col("deduction") * whole(scale // tables.scale)
    found = tables["findings"].select("item", id=nw.col("inspection"), lost=points, **seen)
    if rubric.items:
        lost = nw.col("lost")
        capped = lost
        for item in rubric.items:
            cap = whole(_units(item.cap, scale))
            capped = nw.when((nw.col("item") == nw.lit(item.name)) & (lost > cap)).then(cap).otherwise(capped)
        found = gather(found, ("id", "item"), how).with_columns(lost=capped)
    lost_by = gather(found, ("id",), how)
    visits = _listed(tables).join(lost_by.filter(has(lost_by, "id")), on="id", how="left")
    if is_unseen:
        visits = plan.settle(visits.select("unit", "day", "channel", *how))
        plan.looks["findings"] = plain_findings(visits, tables)
    return visits


def gathered(
    rule: stated | deductions,
    sheet: Sheet,
    visits: Source,
    where: Expr | None,
    mark: Expr,
    scale: int,
    bounds: tuple[Fraction, Fraction],
) -> Number:
    """One number for each unit from the marks of its visits."""
    low, high = bounds
    most, several = sheet.tables.maxima.visits, rule.several
    prove(rule, ceil(max(abs(low), abs(high)) * scale * most), sheet.tables.maxima)
    how = "sum" if several in ("mean", "latest", "sum") else "max"
    if several in ("worst", "best"):
        how = "max" if (several == "best") == (rule.better == "higher") else "min"
    asked = {"n": ("sum", whole(1)), "mark": (how, mark)}
    names = sheet.tally(visits, asked, where=where, latest=several == "latest")
    n, mark = nw.col(names["n"]), nw.col(names["mark"])
    sheet.at_most(names["n"], most, "inspections of one unit", "inspections")
    state = _seen(n)
    if several == "sum":
        return number(sheet, rule, mark, state, (min(low * most, low), high * most), scale=scale)
    if how != "sum":
        return number(sheet, rule, mark, state, bounds, scale=scale)
    return number(sheet, rule, mark, state, bounds, scale=scale, per=n, most=most, whole_=multiple_up_to(most))


def _seen(n: Expr) -> Expr:
    return nw.when(n > whole(0)).then(whole(KNOWN)).otherwise(whole(NOT_ASSESSED))


@made.register
def _(rule: count_findings, sheet: Sheet) -> Number:
    maxima, tables = sheet.tables.maxima, sheet.tables

    def visits() -> Frame:
        found = tables["findings"]
        if rule.item is not None:
            found = found.filter(nw.col("item") == nw.lit(rule.item))
        counted = gather(found.select(id=nw.col("inspection"), found=whole(1)), ("id",), {"found": "sum"})
        return _listed(tables).join(counted, on="id", how="left")

    counts = {"n": ("sum", whole(1)), "found": ("sum", nw.col("found").fill_null(whole(0)))}
    names = sheet.tally(Source(("findings", rule.item), visits), counts, where=_by(rule.channel))
    sheet.at_most(names["n"], maxima.visits, "inspections of one unit", "inspections")
    sheet.at_most(names["found"], maxima.visits * maxima.findings, "findings at one unit", "findings")
    most = maxima.visits * maxima.findings
    return number(sheet, rule, nw.col(names["found"]), _seen(nw.col(names["n"])), (0, most))


@made.register
def _(rule: count_repeats, sheet: Sheet) -> Number:
    maxima, where = sheet.tables.maxima, _by(rule.channel)
    visits = _listed(sheet.tables)
    listed = visits if where is None else visits.filter(where)
    items = listed.join(sheet.tables["findings"].select("item", id=nw.col("inspection")), on="id", how="inner").select(
        "unit", "day", "item"
    )
    before = Rounds(tuple(previous(rule.cadence, span) for span in sheet.rounds.spans))
    again = _items(sheet.rounds, items).join(_items(before, items), on=[*KEYS, "item"], how="inner")
    counted = gather(again.with_columns(again=whole(1)), KEYS, {"again": "sum"})
    names = sheet.tally(Source("listed", lambda: visits), {"n": ("sum", whole(1))}, where=where)
    name = sheet.plan.name("again")
    sheet.join(counted.rename({"again": name}), {name: 0})
    most = maxima.visits * maxima.findings
    sheet.at_most(name, most, "findings at one unit", "findings")
    return number(sheet, rule, nw.col(name), _seen(nw.col(names["n"])), (0, most))


def _items(rounds: Rounds, items: Frame) -> Frame:
    """The items with findings in each round, each once."""
    placed = rounds.place(items).select("piece", "unit", "item").unique()
    return rounds.spread(placed).unique()


@made.register
def _(rule: count_inspections, sheet: Sheet) -> Number:
    tables, maxima = sheet.tables, sheet.tables.maxima
    seen = tables["inspections"]
    if rule.channel is not None:
        seen = seen.filter(nw.col("channel") == nw.lit(rule.channel))
    placed = sheet.rounds.place(seen.select("unit", "day", n=whole(1)))
    in_rounds = sheet.rounds.spread(gather(placed, ("piece", "unit"), {"n": "sum"}))
    spans = tables.units.select("unit", "since", "until")
    there = exists(in_rounds.join(spans, on="unit", how="inner").join(sheet.rounds.starts(seen), on="round"))
    name = sheet.plan.name("n")
    for_those_above = there.join(lines_up(tables), on="unit", how="inner").select("round", "n", unit=nw.col("above"))
    sheet.join(gather(for_those_above, KEYS, {"n": "sum"}).rename({"n": name}), {name: 0})
    most = maxima.visits * maxima.units
    sheet.at_most(name, most, "inspections below one unit", "inspections")
    return number(sheet, rule, nw.col(name), whole(KNOWN), (0, most))


def lines_up(tables: Tables) -> Frame:
    """Each unit with itself and every unit above it."""
    level = tables.units.select("unit", above=nw.col("unit"))
    lines = [level]
    for _ in range(tables.maxima.depth - 1):
        level = step_up(level, tables)
        lines.append(level)
    return nw.concat(lines)


def step_up(level: Frame, tables: Tables) -> Frame:
    """Each unit with what is right above what it has in `above`; roots are left out."""
    parents = tables.units.select(above=nw.col("unit"), parent=nw.col("parent")).filter(~nw.col("parent").is_null())
    return level.join(parents, on="above", how="inner").select("unit", above=nw.col("parent"))
