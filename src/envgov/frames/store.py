"""What a plan has worked out and reads again: kept by its engine, and let go when the plan is done.

What its results read lasts: with those frames on Polars and Spark; on DuckDB in temporary tables of the connection, as
long as that is open, since a relation cannot tell who reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import narwhals.stable.v2 as nw

from envgov.frames.engine import Frame


class Store:
    """Frames that were computed: in memory (Polars), in temporary tables (DuckDB) or by the executors (Spark)."""

    def __init__(self, beside: Frame) -> None:
        self._beside: Any = beside.to_native()
        """A frame of the same session, that lasts."""
        self._let_go: list[Callable[[], object]] = []
        self._lasting: list[Callable[[], object]] = []

    def keep(self, frame: Frame) -> Frame:
        """The same rows, computed once, however often they are read."""
        native: Any = frame.to_native()
        if frame.implementation.is_polars():
            computed: Frame = nw.from_native(native.collect(engine="streaming").lazy())
            return computed
        if frame.implementation.is_duckdb():
            return self._as_table(native)
        return self._cut_off(frame)

    def last(self, frame: Frame) -> Frame:
        """The same, kept beyond the plan: results read it."""
        before = list(self._let_go)
        kept = self.keep(frame)
        self._lasting += self._let_go[len(before) :]
        self._let_go = before
        return kept

    def release(self) -> None:
        """Let go of all that was kept: frames that read it can be read no more."""
        while self._let_go:
            self._let_go.pop()()

    def give_up(self) -> None:
        """Let go of what was to last, too: there is no result that reads it."""
        self._let_go += self._lasting
        self.release()

    def _as_table(self, relation: Any) -> Frame:
        name = f"envgov_{uuid4().hex}"
        relation.query("kept", f"CREATE TEMP TABLE {name} AS SELECT * FROM kept")  # noqa: S608 - a name of our own
        table: Frame = nw.from_native(self._beside.query("beside", f"SELECT * FROM {name}"))  # noqa: S608
        self._let_go.append(lambda: self._beside.query("beside", f"DROP TABLE {name}"))
        return table

    def _cut_off(self, frame: Frame) -> Frame:
        """The rows without the plan that led to them, all of which Spark would analyse again with each column added.

        Spark Connect itself lets go of what nobody reads any more.
        """
        native: Any = frame.to_native()
        kept = native.localCheckpoint()
        of_session = [kept._jdf.queryExecution().logical().rdd()] if frame.implementation.is_pyspark() else []  # noqa: SLF001 - there is no other way to it
        self._let_go += [partial(rdd.unpersist, False) for rdd in of_session]
        table: Frame = nw.from_native(kept)
        return table
