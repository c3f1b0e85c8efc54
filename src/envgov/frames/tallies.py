"""Counts that stand until something changes them: each change is found once, and the rounds add them up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import narwhals.stable.v2 as nw

from envgov.frames.days import Course
from envgov.frames.engine import INT, Expr, Frame, gather, small_table, whole
from envgov.frames.sheet import KEYS, Plan

Counted = Callable[[Expr], Expr]
"""What something counts at the end of the round of that place in the course."""


def changes_of(spans: Frame, turns: Iterable[str], course: Course, counted: Sequence[Counted], key: str) -> Frame:
    """By `key` and `round`, by how much each count rises above that of the round before: count_0, count_1 ...

    A span counts from the round `first` up to, and without, `stop`; `turns` are columns with the rounds in which it
    may count otherwise than before.
    """
    first, stop = nw.col("first"), nw.col("stop")
    names = names_of(counted)

    def at(rows: Frame, round: Expr, numbers: Iterable[Expr]) -> Frame:
        return rows.select(key, round=round, **dict(zip(names, numbers, strict=True)))

    ended = spans.filter(stop < whole(len(course)))
    frames = [at(spans, first, [of(first) for of in counted])]
    frames.append(at(ended, stop, [whole(0) - of(stop - whole(1)) for of in counted]))
    seen: list[Expr] = []
    for turn in map(nw.col, turns):
        inside = (first < turn) & (turn < stop)
        for other in seen:
            inside = inside & (turn != other)
        seen.append(turn)
        frames.append(at(spans.filter(inside), turn, [of(turn) - of(turn - whole(1)) for of in counted]))
    return gather(nw.concat(frames), (key, "round"), dict.fromkeys(names, "sum"))


def names_of(counted: Sequence[object]) -> list[str]:
    return [f"count_{n}" for n in range(len(counted))]


def standing(plan: Plan, parts: Sequence[tuple[Course, Frame]], counts: int) -> Frame:
    """The counts of all units at the end of each round of a sheet, from their changes in the courses of its rounds."""
    names = names_of(range(counts))
    frames = []
    for course, changes in parts:
        every = small_table(plan.tables.units, {"round": int}, [(at,) for at in range(len(course))])
        dense = plan.tables.units.select("unit").join(every, how="cross")
        dense = dense.join(plan.shallow(changes), on=["unit", "round"], how="left")
        sums = {name: nw.col(name).fill_null(whole(0)).cum_sum().over("unit", order_by="round") for name in names}
        dense = dense.with_columns(**{name: number.cast(INT) for name, number in sums.items()})
        if any(at != position for at, position in course.positions):
            moved = small_table(plan.tables.units, {"at": int, "position": int}, course.positions)
            dense = dense.join(moved, left_on="round", right_on="at", how="inner")
            dense = dense.drop("round").rename({"position": "round"})
        frames.append(dense.select(*KEYS, *names))
    return nw.concat(frames)
