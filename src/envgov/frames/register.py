"""The register of a plan: one row for each unit in each round that was held, to which decisions add their columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

import narwhals.stable.v2 as nw

from envgov.frames.engine import Expr, Frame, is_spark, kind_of_codes, small_table, whole
from envgov.frames.sheet import DEEP, KEYS, Plan


class Register:
    """A lazy frame that grows while a plan is built: each column is worked out once, and told by its expression.

    It has a row for each unit that is in the field of any of its rounds, in each of them that was held, with `inside`
    for those that are in the field of that very round.
    """

    def __init__(self, frame: Frame, plan: Plan | None = None) -> None:
        self.frame = frame
        self.spark = is_spark(frame) if plan is None else plan.spark
        self.held: Frame | None = None
        """What was first held, with all columns of then."""
        self._plan = plan
        self._letter = "c"
        self._made = 0
        self._layers = 0

    def settle(self) -> None:
        """Work out the columns so far, for more than one reader."""
        if self._plan is not None:
            self.frame = self._plan.settle(self.frame)
            self._layers = 0

    def hold(self) -> None:
        """As `settle`; but what is held first is kept beyond the plan, so that results read it as it is."""
        if self._plan is None or self.held is not None:
            self.settle()
            return
        self.frame = self.held = self._plan.last(self.frame)
        self._layers = 0

    def _grow(self, frame: Frame, layers: int = 1) -> None:
        self.frame = frame
        self._layers += layers
        if self._plan is not None and self._layers >= DEEP:
            self.frame, self._layers = self._plan.shallow(frame), 0

    def beside(self, frame: Frame) -> Register:
        """Other rows, worked out by the same plan."""
        return Register(frame if self._plan is None else self._plan.settle(frame), self._plan)

    def apart(self, columns: Iterable[str]) -> Register:
        """The same rows with these columns alone: so windows over them carry no others along, as Polars never does."""
        if self.frame.implementation.is_polars():
            return self
        other = Register(self.frame.select(*dict.fromkeys((*KEYS, *columns))), self._plan)
        other.spark, other._letter, other._layers = self.spark, f"{self.next()}_", self._layers
        return other

    def take(self, other: Register) -> None:
        """All columns that were added to the same rows apart."""
        if other is self:
            return
        names = [name for name in other.frame.columns if name.startswith(other._letter)]
        if names:
            self._grow(self.frame.join(other.frame.select(*KEYS, *names), on=list(KEYS), how="left"), layers=2)

    def next(self) -> str:
        """A name that no column has yet, to be added under it."""
        self._made += 1
        return f"{self._letter}{self._made}"

    def name(self, column: Expr) -> str:
        """The name under which the column is kept, for windows to part by."""
        name = self.next()
        self.put({name: column})
        return name

    def put(self, columns: Mapping[str, Expr]) -> None:
        """Columns under names that were asked for before, side by side."""
        self._grow(self.frame.with_columns(**columns))

    def keep(self, column: Expr) -> Expr:
        """The column, worked out once for all who ask."""
        return nw.col(self.name(column))

    def add(self, told: Frame, on: Sequence[str]) -> None:
        """Whole numbers told of all rows that agree in these keys, under the names they have; 0 where none is told."""
        names = [name for name in told.columns if name not in on]
        joined = self.frame.join(told, on=list(on), how="left")
        self._grow(joined.with_columns(nw.col(*names).fill_null(whole(0))), layers=2)

    def join(self, other: Frame, *columns: str, on: Iterable[str] = KEYS) -> tuple[Expr, ...]:
        """Columns of another frame that has at most one row for each of these keys; null where it has none."""
        keys = list(on)
        names = [self.next() for _ in columns]
        right = other.select(*keys, *(nw.col(old).alias(new) for old, new in zip(columns, names, strict=True)))
        self._grow(self.frame.join(right, on=keys, how="left"), layers=2)
        return tuple(nw.col(name) for name in names)

    def note(self, columns: Mapping[str, type], rows: Iterable[tuple[Any, ...]]) -> tuple[Expr, ...]:
        """Facts known at the edge, as columns; their first columns are the round and the unit."""
        kinds = {**columns, "unit": kind_of_codes(self.frame, "unit")}
        return self.join(small_table(self.frame, kinds, list(rows)), *[n for n in columns if n not in KEYS])

    def per_round(self, numbers: Iterable[int]) -> Expr:
        """A whole number of each round, in their order, that rises or falls seldom."""
        steps, last = [whole(0)], 0
        for position, number in enumerate(numbers):
            if number != last:
                steps.append(nw.when(nw.col("round") >= whole(position)).then(whole(number - last)).otherwise(whole(0)))
                last = number
        while len(steps) > 1:  # by twos: Spark Connect takes no sum that is nested a hundred deep
            steps = [reduce(add, steps[at : at + 2]) for at in range(0, len(steps), 2)]
        return steps[0]
