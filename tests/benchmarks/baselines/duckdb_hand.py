"""The nation's answer by hand in DuckDB. `python -m benchmarks.baselines.duckdb_hand DATA OUT`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from benchmarks.baselines.national_sql import TABLES, national_sql


@contextmanager
def connect(folder: Path, months: int = 12) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as nation:
        nation.execute("set preserve_insertion_order = false")
        for name in TABLES:
            nation.execute(f"create view {name} as from '{folder}/{name}/*.parquet'")
        nation.execute(f"create view months as select range as month from range({months})")  # noqa: S608
        yield nation


def write_answer(folder: Path, out: Path, months: int = 12) -> None:
    with connect(folder, months) as nation:
        nation.execute(f"copy ({national_sql('//', months)}) to '{out}' (format parquet)")


if __name__ == "__main__":
    write_answer(Path(sys.argv[1]), Path(sys.argv[2]))
