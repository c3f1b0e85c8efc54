"""Numbers by objects and by frames: the same field, the same facts."""

from __future__ import annotations

from fractions import Fraction
from itertools import cycle
from typing import Any

import attrs
import duckdb
import narwhals.stable.v2 as nw
from attrs import evolve

import envgov as eg
from envgov.frames.number import Number
from envgov.frames.scoring import column_of
from envgov.frames.sheet import Sheet
from envgov.frames.tables import Tables
from envgov.policy.scoring import ledger
from envgov.reason import Absent

ABSENT = {1: Absent.NOT_ASSESSED, 2: Absent.EXEMPT}
ALLOWED = (nw.Int64, nw.Boolean, nw.Date, nw.String)
Column = dict[tuple[int, str], object]
Value = Any


def in_duckdb(tables: Tables) -> Tables:
    """The same tables as relations of one session."""
    session = duckdb.connect()
    frames = {}
    for name, frame in tables.frames.items():
        given = frame.collect().to_native().to_arrow()
        session.from_arrow(given).create(name)
        frames[name] = nw.from_native(session.table(name))
    return evolve(tables, frames=frames)


def by_objects(rule: eg.ScoringRule, scheme: eg.Scheme, rounds: Any, facts: eg.Facts) -> Column:
    column: Column = {}
    for n, round in enumerate(rounds):
        evidence = facts.during(round)
        for unit, reason in rule.scores(tuple(scheme.field_on(evidence.grid)), evidence).items():
            column[n, unit] = reason.value
    return column


def by_frames(rule: eg.ScoringRule, sheet: Sheet) -> Column:
    x = column_of(rule, sheet)
    return {(row["round"], row["unit"]): read(x, row) for row in rows_of(sheet)}


def rows_of(sheet: Sheet) -> list[dict[str, Any]]:
    """The rows of a sheet, of which each column holds whole numbers, conditions, days or keys."""
    for name, dtype in sheet.frame.collect_schema().items():
        assert dtype in ALLOWED, (name, dtype)
    return list(sheet.frame.collect("polars").iter_rows(named=True))


def read(x: Number, row: dict[str, Any]) -> object:
    if row[x.state]:
        assert row[x.num] == 0
        return ABSENT[row[x.state]]
    value = Fraction(row[x.num], x.scale * (1 if x.per is None else row[x.per]))
    assert x.low <= value <= x.high
    return value


_OF_LEDGER: tuple[Any, ...] = tuple(
    kind for kind in vars(ledger).values() if isinstance(kind, type) and hasattr(kind, "kind")
)
_INSTEAD = {
    "higher": cycle([eg.deductions(90, several="mean"), eg.count_inspections(), eg.stated("督导", several="latest")]),
    "lower": cycle(
        [eg.count_findings("垃圾"), eg.stated_rank("无人机", several="mean"), eg.count_findings(channel="督导")]
    ),
}


def without_ledger(value: Value) -> Value:
    """A rule, with others in the place of those that read the ledger and the other books."""
    if isinstance(value, tuple):
        return tuple(map(without_ledger, value))
    if isinstance(value, _OF_LEDGER):
        return next(_INSTEAD[value.better])
    if not attrs.has(type(value)):
        return value
    names = [a.name for a in attrs.fields(type(value)) if a.init]
    changed = {name: new for name in names if (new := without_ledger(old := getattr(value, name))) is not old}
    return evolve(value, **changed) if changed else value
