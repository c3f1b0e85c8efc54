"""What tables contain that no facts could: looked at before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from envgov.errors import Fault, InputError, SchemeError
from envgov.facts.issue import EventKind
from envgov.frames.engine import INT, Expr, Frame, gather, one, rows_of, sample, whole
from envgov.frames.lives import FEW
from envgov.frames.scoring.inspected import step_up
from envgov.frames.sheet import Check, Plan, Sheet
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
NAMED = frozenset({("units", "unit"), ("units", "level"), ("issues", "id")})
"""Text that may not be empty; of other codes, what is empty is unknown."""
OF_ISSUES = ("events", "responsible", "handed")
"""Tables of what is told of an `issue`."""
KEY_OF = {"units": "unit", "inspections": "id", "issues": "id"}
"""The column that no two rows of a table share, where it is not empty."""
BEGINS = (nw.col("position") == 0) & (nw.col("what") == nw.lit(EventKind.FOUND.value))
PLAIN = 16
"""Issues of more events are looked at twice."""
ISSUE, FIRST, WRONG = 1 << 20, 1 << 25, 1 << 30
"""What the rows of an issue count for beside powers of two below 2**PLAIN: each is more than PLAIN + 1 times what is less."""


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


def refuse_unsound(tables: Tables) -> None:
    """Look through each table once for what no facts could be; again only for the rows of a message.

    Raises:
        InputError: empty cells, codes that the units do not have or not on that day, keys given twice, units above
            themselves, numbers out of bounds: all of them, each with sample rows.
    """
    doubts = {name: list(_doubts(tables, name)) for name in COLUMNS}
    passes = {name: _looked_through(tables, name, found) for name, found in doubts.items() if name != "events"}
    *found, (doubtful, backward) = rows_of([*passes.values(), _doubtful(tables, doubts["events"])])
    seen: dict[str, Sequence[Any]] = {**dict(zip(passes, found, strict=True)), "events": ()}
    if doubtful:
        keys, seen["events"] = rows_of(
            [tables["issues"].select(**_keys(tables, "issues")), _by_issue(tables, doubts["events"])]
        )
        seen["issues"] = [*seen["issues"], *keys]
    faults = [
        *(fault for name, found in doubts.items() for fault in _told(tables, name, found, seen[name])),
        *_given_twice(tables, "tasks", "unit", "name", "day"),
        *(_unfound(tables, doubts, seen) if doubtful else ()),
        *(_backward(tables) if backward else ()),
        *_rootless(tables),
    ]
    if faults:
        raise InputError(faults)


def refuse_checked(plan: Plan) -> None:
    """What the rules of a plan could not decide: contradictions, and more than the declared maxima.

    Raises:
        SchemeError: the scheme does not fit the units.
        InputError: the tables do not fit the scheme, or the maxima.
    """
    checks: dict[Sheet, list[Check]] = {}
    for check in plan.checks:
        checks.setdefault(check.sheet, []).append(check)
    passes = [sheet.frame.select(*(nw.col(c.column).max() for c in its)) for sheet, its in checks.items()]
    seen = rows_of(passes) if passes else []
    met = [
        c for its, row in zip(checks.values(), seen, strict=True) for c, is_met in zip(its, row, strict=True) if is_met
    ]
    found = [(check, sample(check.rows)) for check in met]
    if wrong := [f"{check.problem}; {check.remedy}: {rows}" for check, rows in found if check.scheme]:
        raise SchemeError("; ".join(wrong))
    if found:
        raise InputError([Fault(check.problem, check.remedy, check.table, value=rows) for check, rows in found])


def _doubts(tables: Tables, name: str) -> Iterator[Doubt]:
    for column in COLUMNS[name]:
        if (name, column) not in MAY_BE_EMPTY:
            filled = _has(tables[name], column) if (name, column) in NAMED else ~nw.col(column).is_null()
            yield Doubt(~filled, "this cell is empty", "fill it, or leave the row out", column)
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
            yield Doubt(nw.col("position") < 0, "a position below 0", "count the events of an issue from 0", "position")
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
    yield from _placed(name)


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
    elif name in OF_ISSUES:
        lost = lost & ~nw.col("issue").is_null()
        yield Doubt(lost, "there is no such issue", "add the issue, or correct its id", "issue", ("issue",))
    elif name == "findings":
        lost = lost & ~nw.col("inspection").is_null()
        remedy = "add the inspection, or correct its id"
        yield Doubt(lost, "there is no such inspection", remedy, "inspection", ("inspection",))
        told = ~nw.col("its_stated").is_null()
        yield Doubt(told, "findings and a stated score", "give one of the two", "inspection", ("inspection",))


def _joined(tables: Tables, name: str, rows: Frame) -> Frame:
    """The rows of a table with what is known of that at which each happened."""
    known = nw.lit(value=True)
    if name in PLACED:
        code = PLACED[name]
        units = tables.units.select(nw.col("unit").alias(code), its_since="since", its_until="until", is_known=known)
        return rows.join(units, on=code, how="left")
    if name == "units":
        return rows.join(tables.units.select(parent="unit", is_known=known), on="parent", how="left")
    if name in OF_ISSUES:
        issues = tables["issues"].select(issue="id", is_known=known)
        its = issues.join(rows.select("issue"), on="issue", how="semi")  # mostly fewer than all
        return rows.join(its.unique(), on="issue", how="left")
    if name == "findings":
        visits = tables["inspections"]
        visits = visits.filter(_has(visits, "id")).select(inspection="id", its_stated="stated", is_known=known)
        return rows.join(visits, on="inspection", how="left")
    return rows


def _has(rows: Frame, name: str) -> Expr:
    """Where a key is given: numbers are, unless null; text may be empty."""
    key = nw.col(name)
    given = ~key.is_null()
    return given & (key != nw.lit("")) if rows.collect_schema()[name] == nw.String else given


def _looked_through(tables: Tables, name: str, doubts: Sequence[Doubt]) -> Frame:
    """One row: in how many rows each doubt is found, and what is seen of keys; of issues, that is seen with their events."""
    if name == "findings":
        return _by_inspection(tables, doubts)
    found = {f"doubt_{n}": one(doubt.wrong).sum() for n, doubt in enumerate(doubts)}
    if name in KEY_OF and name != "issues":
        found |= _keys(tables, name)
    return _joined(tables, name, tables[name]).select(**found)


def _keys(tables: Tables, name: str) -> dict[str, Expr]:
    """How many rows have a key, and how many keys there are."""
    key, has_key = nw.col(KEY_OF[name]), _has(tables[name], KEY_OF[name])
    of_any = nw.when(has_key).then(key)
    return {"keyed": one(has_key).sum(), "keys": of_any.n_unique(), "keyless": one(~has_key).max()}


def _by_inspection(tables: Tables, doubts: Sequence[Doubt]) -> Frame:
    """As of any table; but findings are many: joined to inspections once they are fewer, and looked at one by one if any is wrong."""
    *_, lost, told = doubts
    wrong = one(reduce(or_, (doubt.wrong for doubt in doubts[:-2])))
    found = tables["findings"].select("inspection", rows=whole(1), wrong=wrong)
    found = _joined(tables, "findings", gather(found, ("inspection",), {"rows": "sum", "wrong": "max"}))
    return found.select(
        **{f"doubt_{n}": nw.col("wrong").max() for n in range(len(doubts) - 2)},
        lost=(one(lost.wrong) * nw.col("rows")).sum(),
        told=(one(told.wrong) * nw.col("rows")).sum(),
        most=nw.col("rows").max(),
    )


def _doubtful(tables: Tables, doubts: Sequence[Doubt]) -> Frame:
    """One row: how many issues are not plainly sound, by one look at all their rows, in which no more than a sum is kept.

    A sum of n powers of two is 2**n - 1 only if they are the first n. So an issue is plainly sound that has one row of its
    own, and events at the positions from 0 up, each once, the first of which begins it. Others may be sound.
    """
    *own, _ = doubts
    position, power, plain = nw.col("position"), whole(0), nw.lit(None, dtype=INT)
    for n in range(PLAIN):
        power = nw.when(position == whole(n)).then(whole(1 << n)).otherwise(power)
        plain = nw.when(nw.col("rows") == whole(n + 2)).then(whole((1 << (n + 1)) - 1 + ISSUE + FIRST)).otherwise(plain)
    wrong = reduce(or_, (doubt.wrong for doubt in own))
    told = power + one(BEGINS) * whole(FIRST) + one(wrong) * whole(WRONG)
    days = {f"day_{n}": nw.when(position == whole(n)).then(nw.col("day")) for n in range(_side_by_side(tables))}
    events = tables["events"].select("issue", told=told, **days)
    nothing = dict.fromkeys(days, nw.lit(None, dtype=nw.Date))
    issues = tables["issues"].select(issue="id", told=whole(ISSUE), **nothing)
    by_issue = nw.concat([events, issues]).group_by("issue")
    found = by_issue.agg(nw.col("told").sum().cast(INT), *(nw.col(day).max() for day in days), rows=nw.len().cast(INT))
    return found.select(
        doubtful=(whole(1) - one(nw.col("told") == plain)).sum(),
        backward=one(_is_backward([nw.col(day) for day in days])).sum(),
    )


def _side_by_side(tables: Tables) -> int:
    """In so many columns lie the days of an issue: none where events are so many that they are looked at in a row."""
    ((last,),) = tables["events"].select(nw.col("position").max()).collect("polars").rows()
    return 0 if (last or 0) >= FEW else (last or 0) + 1


def _is_backward(days: Sequence[Expr]) -> Expr:
    """Whether one of the days lies before one that stands ahead of it; without columns of days, it may."""
    if not days:
        return nw.col("rows") > whole(0)
    backward, (latest, *later) = nw.col("rows") < whole(0), days
    for day in later:
        backward = backward | (day < latest).fill_null(value=False)
        latest = nw.max_horizontal(latest, day)
    return backward


def _backward(tables: Tables) -> Iterator[Fault]:
    """Events whose days run backwards."""
    rows = tables["events"].select("issue", "position", "day")
    rows = rows.with_columns(before=nw.col("day").shift(1).over("issue", order_by="position"))
    if shown := sample(rows.filter(nw.col("day") < nw.col("before")).sort("issue", "position")):
        problem = "days run backwards: an event is before the one ahead of it (issue, position, day, the day ahead)"
        yield Fault(problem, "correct the day, or the position", "events", column="day", value=shown)


def _by_issue(tables: Tables, doubts: Sequence[Doubt]) -> Frame:
    """As of findings; and how many events are given twice, and how many issues have one that begins them."""
    *own, lost = doubts
    wrong = one(reduce(or_, (doubt.wrong for doubt in own)))
    events = tables["events"].select("issue", "position", rows=whole(1), wrong=wrong, begins=one(BEGINS))
    n, most = nw.col("rows").sum(), (nw.col(name).max() for name in ("wrong", "begins"))
    found = events.group_by("issue").agg(n, *most, positions=nw.col("position").n_unique())
    return _joined(tables, "events", found).select(
        **{f"doubt_{n}": nw.col("wrong").max() for n in range(len(own))},
        lost=(one(lost.wrong) * nw.col("rows")).sum(),
        twice=(nw.col("rows") - nw.col("positions")).sum(),
        begun=(one(~nw.col("is_known").is_null()) * nw.col("begins")).sum(),
    )


def _unfound(
    tables: Tables, doubts: Mapping[str, Sequence[Doubt]], seen: Mapping[str, Sequence[Any]]
) -> Iterator[Fault]:
    """Issues without the event with which each begins, and events of one place."""
    *_, twice, begun = seen["events"]
    _, ids, idless = seen["issues"][len(doubts["issues"]) :]
    if twice:
        yield from _given_twice(tables, "events", "issue", "position")
    if (ids or 0) - (idless or 0) > (begun or 0):
        found = tables["events"].filter(BEGINS).select(id="issue")
        issues = tables["issues"].select("id").filter(_has(tables["issues"], "id"))
        shown = sample(issues.join(found, on="id", how="anti").sort("id"))
        problem = f"no event at position 0 is {EventKind.FOUND.value!r}"
        yield Fault(problem, "give the issue with all its events", "issues", column="id", value=shown)


def _told(tables: Tables, name: str, doubts: Sequence[Doubt], seen: Sequence[Any]) -> Iterator[Fault]:
    """The faults of a table, by what was seen of it: where nothing was seen of a doubt, there is none."""
    for doubt, is_seen in zip(doubts, seen, strict=False):
        if not is_seen:
            continue
        wrong, said = _joined(tables, name, tables[name]).filter(doubt.wrong), doubt.problem
        if doubt.shown:
            wrong = wrong.select(*doubt.shown).unique().sort(*doubt.shown)
        else:
            ((n,),) = wrong.select(nw.len()).collect("polars").rows()
            wrong, said = wrong.select(*COLUMNS[name]), f"{said}, in {n} row{'s' if n > 1 else ''}"
        if shown := sample(wrong):
            yield Fault(said, doubt.remedy, name, column=doubt.column, value=shown)
    if name in KEY_OF and len(seen) > len(doubts):
        keyed, keys, keyless = seen[len(doubts) :]
        if keyed and keyed > keys - keyless:
            yield from _given_twice(tables, name, KEY_OF[name])
        if name == "units" and keyed:
            yield from _too_many(name, "units", keys - keyless, tables.maxima.units)
    if name == "findings":
        yield from _too_many(name, "findings of one inspection", seen[-1] or 0, tables.maxima.findings)


def _too_many(name: str, what: str, n: int, most: int) -> Iterator[Fault]:
    if n > most:
        problem = f"more {what} than the declared maximum of {most}"
        yield Fault(problem, "declare what the tables have", name, value=str(n))


def _given_twice(tables: Tables, name: str, *keys: str) -> Iterator[Fault]:
    rows = tables[name].select(*keys).filter(_has(tables[name], keys[0]))
    twice = rows.with_columns(rows=whole(1)).group_by(*keys).agg(nw.col("rows").sum()).filter(nw.col("rows") > 1)
    if shown := sample(twice.select(*keys).sort(*keys)):
        yield Fault("this is given more than once", "give each its own", name, column=", ".join(keys), value=shown)


def _rootless(tables: Tables) -> Iterator[Fault]:
    """Units whose way up does not end, or not in so many steps as declared."""
    level = tables.units.select("unit", above=nw.col("unit"))
    for _ in range(tables.maxima.depth):
        level = step_up(level, tables)
    if rows := sample(level.select("unit").sort("unit")):
        problem = f"more than {tables.maxima.depth} units in a line, or units above themselves"
        yield Fault(problem, "correct the parents, or declare the depth", "units", column="parent", value=rows)
