"""Days as whole numbers: each engine counts them as Python does; Spark has its test with its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import polars as pl
import pytest

from envgov.frames.engine import days_of

DAYS = (
    date(1899, 12, 31),
    date(1900, 2, 28),
    date(1900, 3, 1),
    date(1999, 12, 31),
    date(2000, 2, 29),
    date(2000, 12, 31),
    date(2024, 2, 29),
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2100, 3, 1),
)
GIVEN = pl.DataFrame({"day": DAYS})


def in_duckdb() -> Any:
    return duckdb.connect().from_arrow(GIVEN.to_arrow())


def counted(table: Any) -> list[int]:
    frame: Any = nw.from_native(table).lazy()
    rows = frame.select(n=days_of(nw.col("day"), frame)).collect().rows()
    return sorted(n for (n,) in rows)


@pytest.mark.parametrize("table", [GIVEN.lazy, in_duckdb])
def test_days_are_counted_as_python_counts_them(table: Callable[[], Any]) -> None:
    assert counted(table()) == [day.toordinal() for day in DAYS]
