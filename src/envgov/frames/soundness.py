"""What tables contain that no facts could: looked at before anything is decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw

from envgov.errors import Fault, InputError, SchemeError
from envgov.facts.issue import EventKind
from envgov.frames.doubts import Doubt, doubts_of, has, joined
from envgov.frames.engine import Expr, Frame, gather, one, rows_of, sample, whole
from envgov.frames.lives import are_plain
from envgov.frames.plainness import BEGINS, any_wrong
from envgov.frames.scoring.inspected import step_up
from envgov.frames.sheet import Check, Plan, Sheet
from envgov.frames.tables import COLUMNS, Tables

KEY_OF = {"units": "unit", "inspections": "id", "issues": "id"}
"""The column that no two rows of a table share, where it is not empty."""


def refuse_unsound(tables: Tables, but: Collection[str] = ()) -> None:
    """Look through each table once for what no facts could be; again only for the rows of a message.

    `but`: tables that are looked through on the way, and here only if others are at fault; issues with their events.

    Raises:
        InputError: empty cells, codes that the units do not have or not on that day, keys given twice, units above
            themselves, numbers out of bounds: all of them, each with sample rows.
    """
    faults = _faults(tables, but)
    if faults and but:
        faults = _faults(tables)
    if faults:
        raise InputError(faults)


def refuse_doubtful(plan: Plan) -> None:
    """What the plan was to look through on its way, unless it did, and all was plainly sound.

    Raises:
        InputError: as `refuse_unsound`.
    """
    if plan.unseen - {table for table, is_plain in plan.looks.items() if is_plain}:
        refuse_unsound(plan.tables)


def _faults(tables: Tables, but: Collection[str] = ()) -> list[Fault]:
    doubts = {name: list(doubts_of(tables, name)) for name in COLUMNS if name not in but}
    passes = {name: _looked_through(tables, name, found) for name, found in doubts.items() if name != "events"}
    seen: dict[str, Sequence[Any]] = dict(zip(passes, rows_of(list(passes.values())), strict=True))
    seen["events"] = ()
    if doubtful := "events" in doubts and not are_plain(tables):
        keys, seen["events"] = rows_of(
            [tables["issues"].select(**_keys(tables, "issues")), _by_issue(tables, doubts["events"])]
        )
        seen["issues"] = [*seen["issues"], *keys]
    return [
        *(fault for name, found in doubts.items() for fault in _told(tables, name, found, seen[name])),
        *_given_twice(tables, "tasks", "unit", "name", "day"),
        *(_unfound(tables, doubts, seen) if doubtful else ()),
        *(_backward(tables) if doubtful else ()),
        *_rootless(tables),
    ]


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


def _looked_through(tables: Tables, name: str, doubts: Sequence[Doubt]) -> Frame:
    """One row: in how many rows each doubt is found, and what is seen of keys; of issues, that is seen with their events."""
    if name == "findings":
        return _by_inspection(tables, doubts)
    found = {f"doubt_{n}": one(doubt.wrong).sum() for n, doubt in enumerate(doubts)}
    if name in KEY_OF and name != "issues":
        found |= _keys(tables, name)
    return joined(tables, name, tables[name]).select(**found)


def _keys(tables: Tables, name: str) -> dict[str, Expr]:
    """How many rows have a key, and how many keys there are."""
    key, has_key = nw.col(KEY_OF[name]), has(tables[name], KEY_OF[name])
    of_any = nw.when(has_key).then(key)
    return {"keyed": one(has_key).sum(), "keys": of_any.n_unique(), "keyless": one(~has_key).max()}


def _by_inspection(tables: Tables, doubts: Sequence[Doubt]) -> Frame:
    """As of any table; but findings are many: joined to inspections once they are fewer, and looked at one by one if any is wrong."""
    *own, lost, told = doubts
    found = tables["findings"].select("inspection", rows=whole(1), wrong=any_wrong(own))
    found = joined(tables, "findings", gather(found, ("inspection",), {"rows": "sum", "wrong": "max"}))
    return found.select(
        **{f"doubt_{n}": nw.col("wrong").max() for n in range(len(own))},
        lost=(one(lost.wrong) * nw.col("rows")).sum(),
        told=(one(told.wrong) * nw.col("rows")).sum(),
        most=nw.col("rows").max(),
    )


def _backward(tables: Tables) -> Iterator[Fault]:
    """Events whose days run backwards."""
    rows = tables["events"].select("issue", "position", "day")
    rows = rows.with_columns(before=nw.col("day").shift(1).over("issue", order_by="position"))
    if shown := sample(rows.filter(nw.col("day") < nw.col("before"))):
        problem = "days run backwards: an event is before the one ahead of it (issue, position, day, the day ahead)"
        yield Fault(problem, "correct the day, or the position", "events", column="day", value=shown)


def _by_issue(tables: Tables, doubts: Sequence[Doubt]) -> Frame:
    """As of findings; and how many events are given twice, and how many issues have one that begins them."""
    *own, lost = doubts
    events = tables["events"].select("issue", "position", rows=whole(1), wrong=any_wrong(own), begins=one(BEGINS))
    n, most = nw.col("rows").sum(), (nw.col(name).max() for name in ("wrong", "begins"))
    found = events.group_by("issue").agg(n, *most, positions=nw.col("position").n_unique())
    return joined(tables, "events", found).select(
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
        issues = tables["issues"].select("id").filter(has(tables["issues"], "id"))
        shown = sample(issues.join(found, on="id", how="anti"))
        problem = f"no event at position 0 is {EventKind.FOUND.value!r}"
        yield Fault(problem, "give the issue with all its events", "issues", column="id", value=shown)


def _told(tables: Tables, name: str, doubts: Sequence[Doubt], seen: Sequence[Any]) -> Iterator[Fault]:
    """The faults of a table, by what was seen of it: where nothing was seen of a doubt, there is none."""
    for doubt, is_seen in zip(doubts, seen, strict=False):
        if not is_seen:
            continue
        wrong, said = joined(tables, name, tables[name]).filter(doubt.wrong), doubt.problem
        if doubt.shown:
            wrong = wrong.select(*doubt.shown).unique()
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
    rows = tables[name].select(*keys).filter(has(tables[name], keys[0]))
    twice = rows.with_columns(rows=whole(1)).group_by(*keys).agg(nw.col("rows").sum()).filter(nw.col("rows") > 1)
    if shown := sample(twice.select(*keys)):
        yield Fault("this is given more than once", "give each its own", name, column=", ".join(keys), value=shown)


def _rootless(tables: Tables) -> Iterator[Fault]:
    """Units whose way up does not end, or not in so many steps as declared."""
    level = tables.units.select("unit", above=nw.col("unit"))
    for _ in range(tables.maxima.depth):
        level = step_up(level, tables)
    if rows := sample(level.select("unit")):
        problem = f"more than {tables.maxima.depth} units in a line, or units above themselves"
        yield Fault(problem, "correct the parents, or declare the depth", "units", column="parent", value=rows)
