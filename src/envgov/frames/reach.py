"""For whom an issue counts: the units of a field at which or below which it lies, or those that owe it."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from envgov.frames.days import Calendar, numbers_of
from envgov.frames.lives import Frame, Reading


def above(units: Frame, depth: int) -> Frame:
    """Each place with every unit at which or below which it lies, and how many steps that is up: `unit`, `steps`.

    `units` has unit and parent; `depth` is how many levels the tree has.
    """
    parents = units.select(step="unit", parent="parent")
    pairs = [units.select(place="unit", unit="unit", steps=nw.lit(0).cast(nw.Int64))]
    for steps in range(1, depth):
        higher = pairs[-1].join(parents, left_on="unit", right_on="step", how="inner")
        higher = higher.filter(~nw.col("parent").is_null())
        pairs.append(higher.select("place", unit="parent", steps=nw.lit(steps).cast(nw.Int64)))
    return nw.concat(pairs)


def years_of(units: Frame, calendar: Calendar, key: str) -> Frame:
    """The rounds on whose grid each unit is: from `since` up to, and without, `until`."""
    since, until = numbers_of(nw.col("since")).fill_null(0), numbers_of(nw.col("until"))
    return units.select(nw.col("unit").alias(key), since=calendar.begun(since), until=calendar.begun(until))


def clipped(spans: Frame, years: Frame, key: str) -> Frame:
    """The spans in those rounds only on whose grid the unit under `key` is."""
    out = spans.join(years, on=key, how="inner")
    since, until = nw.col("since"), nw.col("until")
    first = nw.when(nw.col("first") < since).then(since).otherwise(nw.col("first"))
    stop = nw.when(nw.col("stop") > until).then(until).otherwise(nw.col("stop"))
    return out.with_columns(first=first, stop=stop).filter(nw.col("first") < nw.col("stop")).drop("since", "until")


def placed(spans: Frame, tables: Mapping[str, Frame], field: Frame, reading: Reading, depth: int) -> Frame:
    """The spans of issues by the units of the field at which or below which they lie, while these places exist."""
    issues = tables["issues"].select("place", *reading.of_issues, issue="id")
    places = years_of(tables["units"], reading.calendar, "place")
    out = clipped(spans.join(issues, on="issue", how="inner"), places, "place")
    return out.join(above(tables["units"], depth).join(field, on="unit", how="inner"), on="place", how="inner")


def owed(spans: Frame, given: nw.Expr, tables: Mapping[str, Frame], field: Frame, reading: Reading) -> Frame:
    """The spans of issues by the units of the field that owe them, while these are on the grid.

    `given` is since which event they do, from 1 up; 0: since it was found.
    """
    first = tables["responsible"].select("issue", "who", given=nw.lit(0).cast(nw.Int64))
    later = tables["handed"].select("issue", "who", given=nw.col("position") + 1)
    out = spans.with_columns(given=given).join(nw.concat([first, later]), on=["issue", "given"], how="inner")
    if reading.of_issues:
        issues = tables["issues"].select(*reading.of_issues, issue="id")
        out = out.join(issues, on="issue", how="inner")
    years = years_of(tables["units"], reading.calendar, "unit").join(field, on="unit", how="inner")
    return clipped(out.rename({"who": "unit"}), years, "unit")
