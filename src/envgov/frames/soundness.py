"""What tables contain that no facts could: looked at before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals.stable.v2 as nw
from attrs import frozen

from envgov.errors import Fault, InputError, SchemeError
from envgov.frames.engine import Expr, one, sample, whole
from envgov.frames.scoring.inspected import step_up
from envgov.frames.sheet import Plan
from envgov.frames.tables import COLUMNS, POINTS, Tables

MAY_BE_EMPTY = frozenset(
    {
        *(("units", name) for name in ("name", "parent", "since", "until")),
        *(("inspections", name) for name in ("id", "stated")),
        ("events", "due"),
        ("duties", "came"),
        *(("assignments", name) for name in ("since", "until")),
    }
)
DATED = ("inspections", "surveys", "stated_ranks", "outputs", "tasks", "acceptances", "slips")
"""Tables of what happened at a `unit` on a `day` on which it is there."""
PLACED = {
    **dict.fromkeys(DATED, "unit"),
    "designations": "unit",
    "issues": "place",
    "rulings": "unit",
    "assignments": "place",
}
KEYS_OF = {
    "units": ("unit",),
    "inspections": ("id",),
    "issues": ("id",),
    "tasks": ("unit", "name", "day"),
}
"""The columns that no two rows of a table share."""


@frozen
class Doubt:
    """Rows that must not be, by a condition on their columns alone."""

    wrong: Expr
    problem: str
    remedy: str
    column: str


def refuse_unsound(tables: Tables) -> None:
    """Look through the tables once for what no facts could be.

    Raises:
        InputError: empty cells, codes that the units do not have or not on that day, keys given twice, units above
            themselves, numbers out of bounds: all of them, each with sample rows.
    """
    faults = [
        *(fault for name in COLUMNS for fault in _doubtful(tables, name)),
        *(fault for name in PLACED for fault in _misplaced(tables, name)),
        *(fault for name, keys in KEYS_OF.items() for fault in _given_twice(tables, name, keys)),
        *_rootless(tables),
        *_found_nowhere(tables),
    ]
    if faults:
        raise InputError(faults)


def refuse_checked(plan: Plan) -> None:
    """What the rules of a plan could not decide: contradictions, and more than the declared maxima.

    Raises:
        SchemeError: the scheme does not fit the units.
        InputError: the tables do not fit the scheme, or the maxima.
    """
    found = [(check, rows) for check in plan.checks if (rows := sample(check.rows))]
    if wrong := [f"{check.problem}; {check.remedy}: {rows}" for check, rows in found if check.scheme]:
        raise SchemeError("; ".join(wrong))
    if found:
        raise InputError([Fault(check.problem, check.remedy, check.table, value=rows) for check, rows in found])


def _doubts(tables: Tables, name: str) -> Iterator[Doubt]:
    for column in COLUMNS[name]:
        if (name, column) not in MAY_BE_EMPTY:
            yield Doubt(nw.col(column).is_null(), "this cell is empty", "fill it, or leave the row out", column)
        if (name, column) in POINTS:
            most = tables.maxima.points
            problem = f"farther from 0 than the declared maximum of {most} units of the last place"
            remedy = "correct it, or declare the maximum that the tables have"
            yield Doubt((nw.col(column) > most) | (nw.col(column) < -most), problem, remedy, column)
    match name:
        case "findings":
            yield Doubt(
                nw.col("deduction") < 0, "a deduction below 0", "give the points that are taken off", "deduction"
            )
        case "stated_ranks":
            outside = (nw.col("rank") < 1) | (nw.col("rank") > nw.col("of"))
            yield Doubt(outside, "no rank in a list of that length", "correct one of the two", "rank")
        case "surveys":
            short = (nw.col("satisfied") < 0) | (nw.col("satisfied") > nw.col("answered"))
            more = short | (nw.col("answered") > nw.col("asked"))
            yield Doubt(more, "asked, answered, satisfied: each contains the next", "correct them", "satisfied")
        case "tasks":
            most = 100 * tables.scale
            beyond = (nw.col("progress") < 0) | (nw.col("progress") > most)
            yield Doubt(beyond, "no progress in per cent", "give 0 to 100", "progress")
        case "units" | "assignments":
            ends = nw.col("until") <= nw.col("since")
            yield Doubt(ends, "it ends before it begins", "correct one of the two days", "until")


def _doubtful(tables: Tables, name: str) -> Iterator[Fault]:
    """All conditions of a table in one pass; it is looked at again only for the rows of a message."""
    doubts = list(_doubts(tables, name))
    counts = tables[name].select(**{f"doubt_{n}": one(doubt.wrong).sum() for n, doubt in enumerate(doubts)})
    for doubt, count in zip(doubts, counts.collect("polars").row(0), strict=True):
        if count:
            rows = sample(tables[name].filter(doubt.wrong))
            said = f"{doubt.problem}, in {count} row{'s' if count > 1 else ''}"
            yield Fault(said, doubt.remedy, name, column=doubt.column, value=rows)


def _misplaced(tables: Tables, name: str) -> Iterator[Fault]:
    code = PLACED[name]
    units = tables.units.select("since", "until", **{code: nw.col("unit"), "known": whole(1)})
    facts = tables[name] if name != "assignments" else tables[name].select(code)
    joined = facts.filter(~nw.col(code).is_null()).join(units, on=code, how="left")
    if rows := sample(joined.filter(nw.col("known").is_null()).select(code).unique().sort(code)):
        yield Fault("the units have no such code", "add it to the units, or correct it", name, column=code, value=rows)
    if name in DATED:
        away = (nw.col("day") < nw.col("since")) | (nw.col("day") >= nw.col("until"))
        if rows := sample(joined.filter(away).select(code, "day").unique().sort(code, "day")):
            remedy = "correct the day, or since and until of the unit"
            yield Fault("the unit is not there on that day", remedy, name, column=code, value=rows)


def _given_twice(tables: Tables, name: str, keys: tuple[str, ...]) -> Iterator[Fault]:
    rows = tables[name].select(*keys)
    if name == "inspections":
        rows = rows.filter(nw.col("id") != nw.lit(""))
    twice = rows.with_columns(rows=whole(1)).group_by(*keys).agg(nw.col("rows").sum()).filter(nw.col("rows") > 1)
    if shown := sample(twice.select(*keys).sort(*keys)):
        said = ", ".join(keys)
        yield Fault("this is given more than once", "give each its own", name, column=said, value=shown)


def _rootless(tables: Tables) -> Iterator[Fault]:
    """Units whose way up does not end, or not in so many steps as declared."""
    parents = tables.units.select("unit", "parent").filter(~nw.col("parent").is_null())
    known = tables.units.select(parent=nw.col("unit"))
    if rows := sample(parents.join(known, on="parent", how="anti").select("parent").unique().sort("parent")):
        yield Fault("no unit has this code", "add the parent, or correct it", "units", column="parent", value=rows)
    level = tables.units.select("unit", above=nw.col("unit"))
    for _ in range(tables.maxima.depth):
        level = step_up(level, tables)
    if rows := sample(level.select("unit").sort("unit")):
        problem = f"more than {tables.maxima.depth} units in a line, or units above themselves"
        yield Fault(problem, "correct the parents, or declare the depth", "units", column="parent", value=rows)


def _found_nowhere(tables: Tables) -> Iterator[Fault]:
    found = tables["findings"].select(id=nw.col("inspection")).filter(~nw.col("id").is_null())
    visits = tables["inspections"].filter(nw.col("id") != nw.lit("")).select("id", "stated")
    if rows := sample(found.join(visits, on="id", how="anti").unique().sort("id")):
        remedy = "add the inspection, or correct its id"
        yield Fault("there is no such inspection", remedy, "findings", column="inspection", value=rows)
    told = visits.filter(~nw.col("stated").is_null()).select("id")
    if rows := sample(found.join(told, on="id", how="inner").unique().sort("id")):
        remedy = "give one of the two"
        yield Fault("findings and a stated score", remedy, "findings", column="inspection", value=rows)
