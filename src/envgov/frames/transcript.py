"""Facts copied out into tables: for tests, and for seasons that are small."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import narwhals.stable.v2 as nw

from envgov.codec.inline import to_inline
from envgov.facts.duty import Duty
from envgov.facts.evidence import Facts
from envgov.frames.tables import COLUMNS, Maxima, Tables


def tables_of(facts: Facts, maxima: Maxima | None = None) -> Tables:
    """The facts as lazy Polars frames; points in units of the last decimal that any of them has.

    Without `maxima`, those that hold of these facts whatever span a scheme asks about.
    """
    import polars as pl

    kinds: dict[type, Any] = {bool: pl.Boolean, int: pl.Int64, str: pl.String}
    places = _places(facts)
    rows = _rows(facts, places)
    frames = {
        name: nw.from_native(
            pl.DataFrame(
                rows[name], {column: kinds.get(kind, pl.Date) for column, kind in columns.items()}, orient="row"
            ).lazy()
        )
        for name, columns in COLUMNS.items()
    }
    return Tables(frames, places=places, maxima=maxima or _maxima(facts, places), sound=maxima is None)


def _points(facts: Facts) -> list[Decimal]:
    given = [finding.deduction for i in facts.inspections for finding in i.findings]
    given += [i.stated for i in facts.inspections if i.stated is not None]
    return [*given, *(o.amount for o in facts.outputs), *(t.progress for t in facts.tasks)]


def _places(facts: Facts) -> int:
    return max((-int(x.as_tuple().exponent) for x in _points(facts)), default=0)


def _maxima(facts: Facts, places: int) -> Maxima:
    def most(names: Any) -> int:
        return max(Counter(names).values(), default=1)

    grid = facts.grid
    lists = {(r.unit, r.channel, r.of) for r in facts.stated_ranks}
    counted = [len(facts.issues), len(facts.duties), sum(s.asked for s in facts.surveys)]
    counted += [len(facts.outputs), len(facts.tasks), len(facts.stated_ranks), len(facts.acceptances), 1]
    return Maxima(
        points=max((abs(int(x.scaleb(places))) for x in _points(facts)), default=0),
        units=len(grid.units),
        depth=max((1 + sum(1 for _ in grid.ancestors(unit.code)) for unit in grid.units), default=1),
        children=most(unit.parent for unit in grid.units if unit.parent),
        visits=most(i.unit for i in facts.inspections),
        findings=max((len(i.findings) for i in facts.inspections), default=0),
        lists=most((unit, channel) for unit, channel, _ in lists),
        listed=max((r.of for r in facts.stated_ranks), default=1),
        counted=max(counted),
    )


def _rows(facts: Facts, places: int) -> dict[str, list[tuple[Any, ...]]]:
    def units(x: Decimal | None) -> int | None:
        return None if x is None else int(x.scaleb(places))

    visits = [(i.id or f"#{n}", i) for n, i in enumerate(facts.inspections)]
    events = [(issue.id, n, event) for issue in facts.issues for n, event in enumerate(issue.events)]
    return {
        "units": [(u.code, u.name, u.level, u.parent, u.since, u.until) for u in facts.grid.units],
        "designations": [(u.code, name) for u in facts.grid.units for name in sorted(u.designations)],
        "inspections": [(id_, i.unit, i.day, i.channel, units(i.stated)) for id_, i in visits],
        "findings": [(id_, f.item, units(f.deduction)) for id_, i in visits for f in i.findings],
        "issues": [(i.id, i.place, i.category, i.source) for i in facts.issues],
        "responsible": [(i.id, who) for i in facts.issues for who in dict.fromkeys(i.responsible)],
        "events": [(id_, n, e.day, e.what.value, e.by, e.due, e.slip) for id_, n, e in events],
        "handed": [(id_, n, who) for id_, n, e in events for who in dict.fromkeys(e.to)],
        "surveys": [(s.unit, s.day, s.channel, s.asked, s.answered, s.satisfied) for s in facts.surveys],
        "stated_ranks": [(r.unit, r.day, r.channel, r.rank, r.of) for r in facts.stated_ranks],
        "outputs": [(o.unit, o.day, o.what, units(o.amount)) for o in facts.outputs],
        "tasks": [(t.name, t.unit, units(t.progress), t.day) for t in facts.tasks],
        "acceptances": [(a.unit, a.day, a.passed) for a in facts.acceptances],
        "slips": [(s.unit, s.slip, s.day) for s in facts.slips],
        "duties": [(d.what, d.owed_by, d.due.date(), _came(d), d.is_late()) for d in facts.duties],
        "rulings": [(r.unit, r.concerns, to_inline(r.condition), r.holds, r.scheme, r.issue) for r in facts.rulings],
        "assignments": [(a.who, a.role, a.place, a.since, a.until) for a in facts.assignments],
    }


def _came(duty: Duty) -> date | None:
    if duty.submission is None:
        return None
    at = duty.submission.at.astimezone(duty.due.tzinfo)
    return at.date() if at.time() == time() else at.date() + timedelta(1)
