"""For whom an issue counts: the units at which or below which it lies, or those that owe it."""

from __future__ import annotations

from collections.abc import Collection

import narwhals.stable.v2 as nw

from envgov.frames.days import Course
from envgov.frames.engine import Frame, days_of, whole
from envgov.frames.sheet import Plan
from envgov.frames.tables import Tables


def lines_of(plan: Plan) -> Frame:
    """Each `place` with every `unit` at which or below which it lies, and how many `steps` that is up."""
    return plan.once("lines", lambda: _lines(plan))


def _lines(plan: Plan) -> Frame:
    """All ways up side by side at first, as long as the tree may be deep: so each step up is one join."""
    units, steps = plan.tables.units, range(1, plan.tables.maxima.depth)
    parents = units.select(below="unit", above="parent").filter(~nw.col("above").is_null())
    ways = units.select(place="unit", up_0="unit")
    for n in steps:
        higher = parents.rename({"above": f"up_{n}"})
        ways = ways.join(higher, left_on=f"up_{n - 1}", right_on="below", how="left")
    ways = plan.settle(ways)
    ends = [ways.select("place", unit=f"up_{n}", steps=whole(n)) for n in (0, *steps)]
    return nw.concat([end.filter(~nw.col("unit").is_null()) for end in ends])


def lines_up_to(asked: Collection[Collection[str] | None], plan: Plan) -> Frame:
    """As `lines_of`, but to units of the levels that are asked alone; None asks for all."""
    lines, levels = lines_of(plan), set[str]()
    for some in asked:
        if some is None:
            return lines
        levels.update(some)
    units = plan.tables.units.filter(nw.col("level").is_in(sorted(levels))).select("unit")
    return lines.join(units, on="unit", how="semi")


def on_the_grid(spans: Frame, plan: Plan, course: Course) -> Frame:
    """The spans in those rounds only on whose grid the `place` is: that of the round's first day."""
    if not plan.is_dated:
        return spans
    units = plan.tables.units
    since, until = days_of(nw.col("since"), units), days_of(nw.col("until"), units)
    years = units.select(place="unit", since=course.begun(since.fill_null(whole(0))), until=course.begun(until))
    out = spans.join(years, on="place", how="inner")
    first = nw.when(nw.col("first") < nw.col("since")).then(nw.col("since")).otherwise(nw.col("first"))
    stop = nw.when(nw.col("stop") > nw.col("until")).then(nw.col("until")).otherwise(nw.col("stop"))
    return out.with_columns(first=first, stop=stop).filter(nw.col("first") < nw.col("stop")).drop("since", "until")


def owing(spans: Frame, tables: Tables) -> Frame:
    """The spans by each `unit` (or body) that owes the issue; `given` is since which event, from 1 up, it does."""
    found = tables["responsible"].select("issue", unit="who", given=whole(0))
    later = tables["handed"].select("issue", unit="who", given=nw.col("position") + whole(1))
    return spans.join(nw.concat([found, later]).unique(), on=["issue", "given"], how="inner")
