"""Tables as somebody hands them over: of any kind, brought to lazy frames of one engine and to the types of columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import narwhals.stable.v2 as nw

from envgov.errors import Fault, InputError
from envgov.frames.engine import INT, Expr, Frame, are_joined, frame_of, sample, small_table, whole
from envgov.frames.table import kind_of
from envgov.frames.tables import COLUMNS, OPTIONAL, POINTS, Maxima, Tables

DIGITS = 18
"""A column holds so many."""
GREATEST = 2**63 - 1
WIDER = (nw.UInt64, nw.UInt128, nw.Int128)
_TYPES: Mapping[type, tuple[type[nw.dtypes.DType], ...]] = {
    str: (nw.String, nw.Categorical, nw.Enum),
    bool: (nw.Boolean,),
    date: (nw.Date, nw.Datetime),
}
_WANTED = {str: "text", int: "whole numbers", bool: "true and false", date: "days"}


def read_tables(given: Mapping[str, Any], *, places: int, maxima: Maxima | None = None) -> Tables:
    """Tables by name: frames of Polars, pandas or PyArrow, relations of DuckDB, frames of Spark; all of one engine.

    pandas and PyArrow are handed over to Polars, and results come back in the kind of the units. Points are whole numbers in units of the last of `places` decimals,
    or decimals, or text; never floats. Columns that are not read are left out; nothing is computed here but what text
    and days contain.

    Raises:
        InputError: every table and column that is missing, of another type or unreadable, with sample rows.
    """
    faults = []
    if not (isinstance(places, int) and 0 <= places < DIGITS):
        faults.append(
            Fault("points have no such number of decimals", f"give places from 0 to {DIGITS - 1}", value=repr(places))
        )
    faults += [
        Fault("there is no table of that name", f"the names are {', '.join(COLUMNS)}", value=name)
        for name in given
        if name not in COLUMNS
    ]
    if "units" not in given:
        faults.append(Fault("this table is missing", "give it: whatever is assessed is in it", "units"))
        raise InputError(faults)
    lazy = {}
    for name in [name for name in COLUMNS if name in given]:
        try:
            lazy[name] = frame_of(given[name])
        except (TypeError, ValueError) as error:  # pandas keeps values of any types in one column
            faults.append(Fault(f"no table with a type for each column: {error}", "give each column one type", name))
    if "units" not in lazy:
        raise InputError(faults)
    engine = lazy["units"].implementation
    faults += [
        Fault(f"the table is of {frame.implementation}, and the units are of {engine}", "hand all over in one", name)
        for name, frame in lazy.items()
        if frame.implementation is not engine
    ]
    faults += [
        Fault("the table is of another connection than the units", "read all in one session", name)
        for name, frame in lazy.items()
        if frame.implementation is engine and not are_joined(lazy["units"], frame)
    ]
    if faults:
        raise InputError(faults)
    frames = {}
    numbered = _numbered(lazy)
    for name, columns in COLUMNS.items():
        kinds = {column: int if (name, column) in numbered else kind for column, kind in columns.items()}
        if name in lazy:
            frames[name] = _typed(name, lazy[name], kinds, places, faults)
        else:
            frames[name] = small_table(lazy["units"], kinds, ())
    if faults:
        raise InputError(faults)
    return Tables(frames, places=places, maxima=maxima or Maxima(), kind=kind_of(given["units"]))


def _numbered(given: Mapping[str, Frame]) -> frozenset[tuple[str, str]]:
    """Columns of codes that are whole numbers, and not text: told by the table in which each has a row of its own."""
    found: set[tuple[str, str]] = set()
    for (table, name), others in CODES.items():
        kind = given[table].collect_schema().get(name) if table in given else None
        if kind is not None and kind.is_integer():
            found |= {(table, name), *((t, c) for t, columns in COLUMNS.items() for c in columns if c in others)}
            found.discard(("rulings", "issue"))  # empty where a unit is ruled on
    return frozenset(found)


def _typed(table: str, frame: Frame, kinds: Mapping[str, type], places: int, faults: list[Fault]) -> Frame:
    schema = frame.collect_schema()
    made: dict[str, Expr] = {}
    for name, wanted in kinds.items():
        found = schema.get(name)
        if found is None:
            if (table, name) not in OPTIONAL:
                faults.append(Fault("this column is missing", f"give it: {_WANTED[wanted]}", table, column=name))
            made[name] = _nothing(wanted, empty="" if name != "parent" else None)
        elif (table, name) in POINTS:
            made[name] = _points(table, frame, name, found, places, faults)
        elif wanted is int and found.is_integer():
            made[name] = _counted(table, frame, name, found, faults)
        elif isinstance(found, _TYPES.get(wanted, ())):
            made[name] = _cast(table, frame, name, wanted, found, faults)
        else:
            made[name] = _mistyped(table, frame, name, wanted, found, f"give {_WANTED[wanted]}", faults)
    return frame.with_columns(**made).select(*made)  # literals alone would make a row of a table without any


CODES: Mapping[tuple[str, str], frozenset[str]] = {
    ("units", "unit"): frozenset({"unit", "parent", "place", "owed_by", "who"}),
    ("inspections", "id"): frozenset({"inspection"}),
    ("issues", "id"): frozenset({"issue"}),
}
"""Where codes and ids are given, and the columns of all tables whose values are compared with them."""


def _nothing(kind: type, empty: str | None) -> Expr:
    kinds: dict[type, Any] = {str: nw.String, int: INT, date: nw.Date, bool: nw.Boolean}
    return nw.lit(empty if kind is str else None, dtype=kinds[kind])


def _mistyped(table: str, frame: Frame, name: str, wanted: type, found: Any, remedy: str, faults: list[Fault]) -> Expr:
    """A fault, if any cell has something in it: the type of a column without is whatever its maker chose."""
    column = nw.col(name).cast(nw.String) if found == nw.Unknown else nw.col(name)
    if rows := sample(frame.filter(~nw.col(name).is_null()).select(column)):
        if found.is_float():
            remedy += ": a float holds 0.1 only nearly, and a whole number beside an empty cell becomes one in pandas"
        faults.append(Fault(f"the column is of type {found}", remedy, table, column=name, value=rows))
    return _nothing(wanted, empty=None)


def _cast(table: str, frame: Frame, name: str, kind: type, found: Any, faults: list[Fault]) -> Expr:
    column = nw.col(name)
    if kind is str:
        return column.cast(nw.String)
    if isinstance(found, nw.Datetime):
        if found.time_zone is not None:
            return _mistyped(table, frame, name, kind, found, "give days without a time zone: whose day is it?", faults)
        clock = (column.dt.hour(), column.dt.minute(), column.dt.second(), column.dt.nanosecond())
        if rows := sample(frame.filter(reduce(or_, (part > 0 for part in clock))).select(name)):
            faults.append(Fault("moments, where days are wanted", "give the day alone", table, column=name, value=rows))
        return column.cast(nw.Date)
    return column


def _counted(table: str, frame: Frame, name: str, found: Any, faults: list[Fault]) -> Expr:
    """Whole numbers; those of a wider type may be beyond the one that columns have."""
    column = nw.col(name)
    if found in WIDER:
        beyond = column > nw.lit(GREATEST)
        if found == nw.Int128:
            beyond = beyond | (column < nw.lit(-GREATEST))
        if rows := sample(frame.filter(beyond).select(name)):
            problem = f"farther from 0 than {GREATEST}, the most that a column holds"
            faults.append(Fault(problem, "correct it", table, column=name, value=rows))
    return column.cast(INT)


def _points(table: str, frame: Frame, name: str, found: Any, places: int, faults: list[Fault]) -> Expr:
    """Points in units of the last place."""
    column = nw.col(name)
    if found.is_integer():
        return _counted(table, frame, name, found, faults)
    if not (found.is_decimal() or isinstance(found, nw.String)):
        remedy = f"give whole numbers in units of {places} decimals, decimals or text"
        return _mistyped(table, frame, name, int, found, remedy, faults)
    text = column.cast(nw.String)
    plain = rf"^-?[0-9]{{1,{DIGITS - places}}}(\.[0-9]{{1,{places}}})?$" if places else rf"^-?[0-9]{{1,{DIGITS}}}$"
    if rows := sample(frame.filter(~text.str.contains(plain)).select(name)):
        problem = f"no number written like 85 or 85.5, of {DIGITS} digits at most and no more than {places} decimals"
        faults.append(Fault(problem, "correct it, or declare more places", table, column=name, value=rows))
    return _units_of(text, places)


def _units_of(text: Expr, places: int) -> Expr:
    """The digits of a plain number, times ten for each decimal that it has too few."""
    times = whole(10**places)
    for decimals in range(1, places + 1):
        ends = text.str.contains(rf"\.[0-9]{{{decimals}}}$")
        times = nw.when(ends).then(whole(10 ** (places - decimals))).otherwise(times)
    return text.str.replace_all(".", "", literal=True).cast(INT) * times
