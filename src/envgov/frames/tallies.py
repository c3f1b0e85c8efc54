"""How many issues of each unit meet conditions at the end of each round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw

from envgov.frames.asked import Answer
from envgov.frames.lives import Frame, Reading

ROUND = nw.col("round")


def changes_of(spans: Frame, reading: Reading, counted: Sequence[Answer]) -> Frame:
    """By unit and round, how many issues more meet each condition than met it a round before.

    `spans` has the unit that an issue counts for, beside `first` and `stop`. The counts are count_0, count_1 ...
    An answer turns where a span begins, where it ends, and in between where it may turn though nothing happens.
    """
    first, stop = nw.col("first"), nw.col("stop")
    met = lambda at: [_one(answer(at)) for answer in counted]  # noqa: E731
    named = lambda numbers: {f"count_{n}": number for n, number in enumerate(numbers)}  # noqa: E731
    frames = [
        spans.select("unit", round=first, **named(met(first))),
        spans.filter(stop < len(reading.calendar)).select("unit", round=stop, **named([-n for n in met(stop - 1)])),
    ]
    passed: list[nw.Expr] = []
    for name in reading.turns:
        turn = nw.col(name)
        inside = (first < turn) & (turn < stop)
        for other in passed:
            inside = inside & (turn != other)
        passed.append(turn)
        differences = [now - before for now, before in zip(met(turn), met(turn - 1), strict=True)]
        frames.append(spans.filter(inside).select("unit", round=turn, **named(differences)))
    names = [f"count_{n}" for n in range(len(counted))]
    return nw.concat(frames).group_by("unit", "round").agg(*(nw.col(name).sum().cast(nw.Int64) for name in names))


def _one(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)


def counts_of(sheet: Frame, changes: Frame, names: Sequence[str]) -> Frame:
    """The sheet (unit and round, every round of a unit's years) with the counts at each round's end."""
    out = sheet.join(changes, on=["unit", "round"], how="left")
    return out.with_columns(
        **{name: nw.col(name).fill_null(0).cum_sum().over("unit", order_by="round").cast(nw.Int64) for name in names}
    )
