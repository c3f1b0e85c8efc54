"""Worlds that frames and objects both decide: what a rule answers for a field, by either."""

from fractions import Fraction
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
from attrs import evolve

import envgov as eg
from envgov.frames import tables_of
from envgov.frames.number import Number
from envgov.frames.rounds import Rounds
from envgov.frames.scoring import column_of
from envgov.frames.sheet import Sheet, sheet_of
from envgov.frames.tables import Tables
from envgov.reason import Absent

ABSENT = {1: Absent.NOT_ASSESSED, 2: Absent.EXEMPT}
ALLOWED = (nw.Int64, nw.Boolean, nw.Date, nw.String)
Column = dict[tuple[int, str], object]


def in_duckdb(tables: Tables) -> Tables:
    """The same tables as relations of one session."""
    session = duckdb.connect()
    frames = {}
    for name, frame in tables.frames.items():
        session.register(f"given_{name}", frame.collect().to_native().to_arrow())
        session.execute(f"create table {name} as select * from given_{name}")
        frames[name] = nw.from_native(session.table(name))
    return evolve(tables, frames=frames)


def by_objects(rule: eg.ScoringRule, scheme: eg.Scheme, rounds: Any, facts: eg.Facts) -> Column:
    column: Column = {}
    for n, round in enumerate(rounds):
        evidence = facts.during(round)
        field = tuple(scheme.field_on(evidence.grid))
        for unit, reason in rule.scores(field, evidence).items():
            column[n, unit] = reason.value
    return column


def by_frames(rule: eg.ScoringRule, sheet: Sheet) -> Column:
    x = column_of(rule, sheet)
    assert_whole(sheet)
    rows = sheet.frame.collect().to_native()
    rows = rows if hasattr(rows, "iter_rows") else __import__("polars").from_arrow(rows)
    return {(row["round"], row["unit"]): read(x, row) for row in rows.iter_rows(named=True)}


def read(x: Number, row: dict[str, Any]) -> object:
    if row[x.state]:
        return ABSENT[row[x.state]]
    return Fraction(row[x.num], x.scale * (1 if x.per is None else row[x.per]))


def assert_whole(sheet: Sheet) -> None:
    """Nothing but whole numbers, conditions, days and keys."""
    for name, dtype in sheet.frame.collect_schema().items():
        assert dtype in ALLOWED, (name, dtype)
