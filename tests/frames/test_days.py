"""Days as whole numbers: each engine counts them in its own way, and all count as Python does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
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


def by_the_calendar() -> Any:
    """Pandas stands for any engine that has years and days of the year, as Spark does."""
    return pd.DataFrame({"day": pd.to_datetime(pd.Series(DAYS))})


@pytest.mark.parametrize("table", [GIVEN.lazy, in_duckdb, by_the_calendar])
def test_days_are_counted_as_python_counts_them(table: Callable[[], Any]) -> None:
    frame: Any = nw.from_native(table()).lazy()
    rows = frame.select(n=days_of(nw.col("day"), frame)).collect().rows()
    assert sorted(n for (n,) in rows) == [day.toordinal() for day in DAYS]
