"""The figures of a scheme as columns of the field: who is exempt, the numbers that decide, and those that break ties."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from math import ceil
from typing import NamedTuple

import narwhals.stable.v2 as nw

from envgov.frames.decisions import Column
from envgov.frames.engine import INT, Expr, Frame, whole
from envgov.frames.kleene import choose
from envgov.frames.number import EXEMPT, KNOWN, NOT_ASSESSED, Number, columns_of, decided, order_of, restated, times_in
from envgov.frames.ranking import Decided
from envgov.frames.reach import lines_of
from envgov.frames.refusal import LIMIT
from envgov.frames.scoring import column_of, is_lone
from envgov.frames.sheet import KEYS, Sheet, units_on
from envgov.scheme import Figure, Scheme


class Figures(NamedTuple):
    """The field with the figures of those who have them: which columns bear them, and the state of the score."""

    frame: Frame
    columns: Mapping[str, Column]
    state: Expr


def figures_of(scheme: Scheme, field: Sheet, excused: Expr) -> Figures:
    """The numbers of the field; who is `excused` has none.

    Raises:
        FramesError: a kind without a columnar form, or a possible overflow.
    """
    groups = {"": _whole_field(scheme, field)}
    for level in dict.fromkeys(figure.ranking.within for figure in scheme.ranked if figure.ranking.within):
        groups[level] = _within(level, field, groups[""], max(1, len(scheme.groups)))
    absent = nw.when(excused).then(whole(EXEMPT)).otherwise(whole(KNOWN))
    if not scheme.ranked:
        return Figures(field.frame, {}, absent)
    asked = field if scheme.exempt is None else field.only(~excused)
    score, *_ = scheme.ranked
    x = column_of(score.rule, asked)
    columns: dict[str, Column] = {}
    of_all: list[str] = []
    apart: list[Figure] = []
    for figure in scheme.ranked:
        if not all(map(is_lone, (*figure.ranking.breakers, *([] if figure is score else [figure.rule])))):
            apart.append(figure)
            continue
        number = x if figure.rule == score.rule else _of_those(asked, figure, x)
        columns[figure.name], names = _column(figure, number, asked, groups[figure.ranking.within])
        of_all += names
    of_all = list(dict.fromkeys(of_all))
    given = [name for name in dict.fromkeys(chain.from_iterable(groups.values())) if name not in KEYS]
    asked.settle(*KEYS, *given, "since", "until", *columns_of(x), *of_all)
    frame = asked.frame.select(*KEYS, *given, x.state, *of_all)
    if scheme.exempt is not None:
        frame = field.frame.select(*KEYS, *given).join(frame.drop(*given), on=list(KEYS), how="left")
    ranked = asked.only(x.known)
    for figure in apart:
        sheet = Sheet(field.plan, field.rounds, ranked.frame, field.levels)
        number = x if figure is score else column_of(figure.rule, sheet)
        sheet.settle(*KEYS, *given, "since", "until", *columns_of(number))
        known = sheet.only(number.known)
        columns[figure.name], names = _column(figure, number, known, groups[figure.ranking.within])
        known.settle(*KEYS, *names)
        frame = frame.join(known.frame.select(*KEYS, *names), on=list(KEYS), how="left")
    return Figures(frame, columns, nw.col(x.state).fill_null(whole(EXEMPT)))


class Group(NamedTuple):
    """The columns of the group in which a unit is ranked: what it is called, and a number that its units share in a round.

    By one number engines part rows sooner than by several columns.
    """

    label: str
    field: str


def _whole_field(scheme: Scheme, sheet: Sheet) -> Group:
    """Each unit's group, or all units of a round, where the scheme has no groups."""
    if not scheme.groups:
        return Group("group", "round")
    named = [(nw.col("group") == nw.lit(name), whole(n)) for n, name in enumerate(scheme.groups)]
    nth = choose(*named, otherwise=whole(0))
    return Group("group", sheet.add("field", nth * whole(len(sheet.rounds.spans)) + nw.col("round")))


def _of_those(sheet: Sheet, figure: Figure, score: Number) -> Number:
    """The figure's number of those that have a score."""
    x = column_of(figure.rule, sheet)
    state = nw.when(score.known).then(x.s).otherwise(whole(NOT_ASSESSED))
    return restated(sheet, figure.rule, x, state)


def _column(figure: Figure, x: Number, ranked: Sheet, group: Group) -> tuple[Column, list[str]]:
    """The columns of a figure on the sheet of those who have it, and their names."""
    by, add = figure.ranking, ranked.add
    key = ("decided", x, by.places)
    if key not in ranked.numbers:
        ranked.numbers[key] = decided(ranked, figure.rule, x, by.places)
    shown = ranked.numbers[key]
    if by.rank_on == "exact":
        order = order_of(ranked, figure.rule, x)
        num, den, most = _over_one(x, ranked)
        names = [shown, order, add("num", num)]
        if not isinstance(den, int):
            names.append(add("den", den))
            den = nw.col(names[-1])
        size = ceil(x.size * most)
        number = Decided(nw.col(names[2]), den, nw.col(order), nw.col(shown), size, most)
    else:
        names = [shown]
        size, most = ceil(x.size * 10**by.places) + 1, 10**by.places
        number = Decided(nw.col(shown), most, nw.col(shown), nw.col(shown), size, most)
    name, breakers = names[0] if by.rank_on == "rounded" else names[1], []
    for breaker in by.breakers:
        broken = column_of(breaker, ranked)
        names.append(order_of(ranked, breaker, broken))  # ranks in it, and nothing else, settle a tie
        breakers.append((breaker.better, nw.col(names[-1])))
    return Column(number, breakers, nw.col(group.label), group.field, name), list(dict.fromkeys(names))


def _over_one(x: Number, sheet: Sheet) -> tuple[Expr, Expr | int, int]:
    """An exact number over one denominator for all rows, where columns hold the sum of a field of them; else its own.

    The greatest denominator comes with it.
    """
    if x.per is None:
        return x.n, x.scale, x.scale
    common, units = x.whole or LIMIT, sheet.tables.maxima.units
    if ceil(x.size * x.scale * common * units) > LIMIT:
        return x.n, x.p * whole(x.scale), x.scale * x.most
    return x.n * times_in(common, x, sheet), x.scale * common, x.scale * common


def _within(level: str, sheet: Sheet, wider: Group, groups: int) -> Group:
    """Each unit's group, one of so many, narrowed to the units below the same unit of that level."""
    tables, before = sheet.tables, sheet.frame.columns
    changing, keys = (("round",), KEYS) if sheet.plan.is_dated else ((), ("unit",))
    towns = units_on(sheet.rounds, tables) if changing else tables.units
    towns = towns.filter(nw.col("level") == nw.lit(level))
    towns = towns.with_columns(same=nw.len().over(*changing, "name").cast(INT))
    both = nw.concat_str(nw.col("name"), nw.col("unit").cast(nw.String), separator=" ")
    named = nw.when(nw.col("same") == whole(1)).then(nw.col("name")).otherwise(both)
    nameless = nw.col("name").is_null() | (nw.col("name") == nw.lit(""))
    label = nw.when(nameless).then(nw.col("unit").cast(nw.String)).otherwise(named)
    towns = towns.select(*changing, town="unit", label=label).with_row_index("nth", order_by=["town", *changing])
    up = lines_of(sheet.plan).filter(nw.col("steps") > whole(0))
    up = up.select(town="unit", unit="place", steps="steps").join(towns, on="town", how="inner")
    nearest = up.with_columns(least=nw.col("steps").min().over(*keys)).filter(nw.col("steps") == nw.col("least"))
    name, found, field = (sheet.plan.name(what) for what in ("within", "label", "field"))
    told = nearest.select(*keys, nw.col("label").alias(found), nw.col("nth").cast(INT).alias(field))
    sheet.frame = sheet.frame.join(told, on=list(keys), how="left")
    its_field = nw.col(field) * whole(groups * len(sheet.rounds.spans)) + nw.col(wider.field)
    narrowed = nw.concat_str(nw.col("group"), nw.col(found), separator=" / ")
    grouped = nw.when(nw.col("group") == nw.lit("")).then(nw.col(found)).otherwise(narrowed)
    sheet.frame = sheet.frame.with_columns(grouped.alias(name), its_field.alias(field))
    said = f"units are ranked within their {level}, and some lie below none"
    remedy = "correct the level, or the units"
    sheet.refuse(nw.col(found).is_null(), said, remedy, "units", scheme=True, keys=("unit",))
    sheet.settle(*before, name, field)
    return Group(name, field)
