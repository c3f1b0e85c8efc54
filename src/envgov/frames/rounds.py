"""Rounds as whole numbers: which of many spans a day lies in, by comparison with their borders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise

import narwhals.stable.v2 as nw
from attrs import frozen

from envgov.facts.round import Round
from envgov.frames.engine import Expr, Frame, gather, one, small_table, whole

COMPARED = 64
"""So many borders are compared with each day; more are joined."""


def passed(day: Expr, borders: Sequence[date]) -> Expr:
    """How many of the borders are not after the day."""
    found = whole(0)
    for border in borders:
        found = found + one(day >= nw.lit(border))
    return found


@frozen
class Rounds:
    """Spans of days, told by their position; they may overlap, and one may stand there twice.

    Facts are put into *pieces* first, which do not overlap, and added up there: so each is looked at once.
    """

    spans: tuple[Round, ...]

    @cached_property
    def borders(self) -> tuple[date, ...]:
        return tuple(sorted({day for span in self.spans for day in (span.start, span.end)}))

    @cached_property
    def pieces(self) -> tuple[tuple[int, int], ...]:
        """Each piece (by the number of borders passed) with each of the spans that it lies in."""
        numbers = {border: n for n, border in enumerate(self.borders, 1)}
        return tuple(
            (piece, position)
            for position, span in enumerate(self.spans)
            for piece in range(numbers[span.start], numbers[span.end])
        )

    def place(self, facts: Frame, day: str = "day") -> Frame:
        """The facts that lie in a piece, each with it in the column `piece`."""
        if len(self.borders) <= COMPARED:
            inside = facts.filter(nw.col(day) >= nw.lit(self.borders[0]), nw.col(day) < nw.lit(self.borders[-1]))
            return inside.with_columns(piece=passed(nw.col(day), self.borders))
        days = [
            (date.fromordinal(n), piece)
            for piece, (first, end) in enumerate(pairwise(self.borders), 1)
            for n in range(first.toordinal(), end.toordinal())
        ]
        table = small_table(facts, {"its_day": date, "piece": int}, days)
        return facts.join(table, left_on=day, right_on="its_day", how="inner")

    def spread(self, placed: Frame) -> Frame:
        """What lies in pieces, in each of the spans instead, told by the column `round`."""
        table = small_table(placed, {"piece": int, "round": int}, self.pieces)
        return placed.join(table, on="piece", how="inner").drop("piece")

    def gathered(self, placed: Frame, keys: tuple[str, ...], how: Mapping[str, str]) -> Frame:
        """What lies in pieces, gathered by round and key."""
        pieces = gather(placed, ("piece", *keys), how)
        if all(piece == position + 1 for piece, position in self.pieces):
            return pieces.with_columns(round=nw.col("piece") - whole(1)).drop("piece")
        return gather(self.spread(pieces), ("round", *keys), how)

    def starts(self, beside: Frame) -> Frame:
        """Each round with its first day."""
        return small_table(
            beside, {"round": int, "start": date}, [(n, span.start) for n, span in enumerate(self.spans)]
        )
