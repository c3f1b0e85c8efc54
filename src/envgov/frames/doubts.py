"""What rows of tables no facts could be, by conditions on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import narwhals.stable.v2 as nw
from attrs import frozen

from envgov.facts.issue import EventKind
from envgov.frames.days import DAYS
from envgov.frames.engine import Expr, Frame
from envgov.frames.tables import COLUMNS, OPTIONAL, POINTS, Tables
from envgov.season_csv.cells import FIRST_YEAR, LAST_YEAR

LAST_POSITION = DAYS - 3
"""Of an event: positions are packed with days."""
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)

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
NAMED = frozenset({("units", "unit"), ("units", "level"), ("issues", "id")})
"""Text that may not be empty; of other codes, what is empty is unknown."""
OF_ISSUES = ("events", "responsible", "handed")
"""Tables of what is told of an `issue`."""


@frozen
class Doubt:
    """Rows that must not be, by a condition on their columns and on what is joined to them.

    `shown`: the columns that tell them apart in a message; without, whole rows, and how many.
    """

    wrong: Expr
    problem: str
    remedy: str
    column: str
    shown: tuple[str, ...] = ()


def doubts_of(tables: Tables, name: str) -> Iterator[Doubt]:
    """What may be wrong with a row of the table; what is told by a join comes last."""
    for column, kind in COLUMNS[name].items():
        if (name, column) not in MAY_BE_EMPTY:
            filled = has(tables[name], column) if (name, column) in NAMED else ~nw.col(column).is_null()
            yield Doubt(~filled, "this cell is empty", _remedy(name, column), column)
        if kind is date:
            problem = f"a day before the year {FIRST_YEAR} or after {LAST_YEAR}"
            remedy = "correct it, or leave it empty" if (name, column) in MAY_BE_EMPTY else "correct it"
            yield Doubt(~in_years(nw.col(column)), problem, remedy, column)
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
        case "events":
            known = nw.col("what").is_in([kind.value for kind in EventKind])
            remedy = f"the kinds are {', '.join(kind.value for kind in EventKind)}"
            yield Doubt(~known, "there is no such kind of event", remedy, "what", ("what",))
            outside = (nw.col("position") < 0) | (nw.col("position") > LAST_POSITION)
            problem = f"a position below 0 or above {LAST_POSITION}"
            yield Doubt(outside, problem, "count the events of an issue from 0", "position")
        case "stated_ranks":
            outside = (nw.col("rank") < 1) | (nw.col("rank") > nw.col("of"))
            yield Doubt(outside, "no rank in a list of that length", "correct one of the two", "rank")
        case "surveys":
            short = (nw.col("satisfied") < 0) | (nw.col("satisfied") > nw.col("answered"))
            more = short | (nw.col("answered") > nw.col("asked"))
            most = tables.maxima.counted
            problem = f"more residents than the declared maximum of {most}"
            yield Doubt(nw.col("asked") > most, problem, "declare the maximum that the tables have", "asked")
            yield Doubt(more, "asked, answered, satisfied: each contains the next", "correct them", "satisfied")
        case "tasks":
            most = 100 * tables.scale
            beyond = (nw.col("progress") < 0) | (nw.col("progress") > most)
            yield Doubt(beyond, "no progress in per cent", "give 0 to 100", "progress")
        case "units" | "assignments":
            ends = nw.col("until") <= nw.col("since")
            yield Doubt(ends, "it ends before it begins", "correct one of the two days", "until")
    yield from _placed(name)


def _remedy(name: str, column: str) -> str:
    return 'fill it; "" says that there is none' if (name, column) in OPTIONAL else "fill it, or leave the row out"


def in_years(day: Expr) -> Expr:
    """Whether a day is one that a season of CSV may name too; pending where there is none."""
    return (day >= nw.lit(FIRST_DAY)) & (day <= nw.lit(LAST_DAY))


def may_be(day: Expr) -> Expr:
    """Whether a day, or none, may stand there; what may not is refused once the tables are looked through."""
    return in_years(day).fill_null(value=True)


def _placed(name: str) -> Iterator[Doubt]:
    """What the units, the inspections or the parents, joined to each row, say of it."""
    lost = nw.col("is_known").is_null()
    if name in PLACED:
        code = PLACED[name]
        unknown = lost & ~nw.col(code).is_null()
        yield Doubt(unknown, "the units have no such code", "add it to the units, or correct it", code, (code,))
        if name in DATED:
            away = (nw.col("day") < nw.col("its_since")) | (nw.col("day") >= nw.col("its_until"))
            remedy = "correct the day, or since and until of the unit"
            yield Doubt(away, "the unit is not there on that day", remedy, code, (code, "day"))
    elif name == "units":
        lost = lost & ~nw.col("parent").is_null()
        yield Doubt(lost, "no unit has this code", "add the parent, or correct it", "parent", ("parent",))
        began, ended = nw.col("its_since"), nw.col("its_until")
        sooner = ~began.is_null() & (nw.col("since").is_null() | (nw.col("since") < began))
        longer = ~ended.is_null() & (nw.col("until").is_null() | (nw.col("until") > ended))
        problem = "the parent does not exist throughout the unit's own years"
        yield Doubt(sooner | longer, problem, "correct since and until of one of the two", "parent", ("unit", "parent"))
    elif name in OF_ISSUES:
        lost = lost & ~nw.col("issue").is_null()
        yield Doubt(lost, "there is no such issue", "add the issue, or correct its id", "issue", ("issue",))
    elif name == "findings":
        lost = lost & ~nw.col("inspection").is_null()
        remedy = "add the inspection, or correct its id"
        yield Doubt(lost, "there is no such inspection", remedy, "inspection", ("inspection",))
        told = ~nw.col("its_stated").is_null()
        yield Doubt(told, "findings and a stated score", "give one of the two", "inspection", ("inspection",))


def joined(tables: Tables, name: str, rows: Frame) -> Frame:
    """The rows of a table with what is known of that at which each happened."""
    known = nw.lit(value=True)
    if name in PLACED:
        code = PLACED[name]
        units = tables.units.select(nw.col("unit").alias(code), its_since="since", its_until="until", is_known=known)
        return rows.join(units, on=code, how="left")
    if name == "units":
        parents = tables.units.select(parent="unit", its_since="since", its_until="until", is_known=known)
        return rows.join(parents, on="parent", how="left")
    if name in OF_ISSUES:
        issues = tables["issues"].select(issue="id", is_known=known)
        its = issues.join(rows.select("issue"), on="issue", how="semi")  # mostly fewer than all
        return rows.join(its.unique(), on="issue", how="left")
    if name == "findings":
        visits = tables["inspections"]
        visits = visits.filter(has(visits, "id")).select(inspection="id", its_stated="stated", is_known=known)
        return rows.join(visits, on="inspection", how="left")
    return rows


def has(rows: Frame, name: str) -> Expr:
    """Where a key is given: numbers are, unless null; text may be empty."""
    key = nw.col(name)
    given = ~key.is_null()
    return given & (key != nw.lit("")) if rows.collect_schema()[name] == nw.String else given
