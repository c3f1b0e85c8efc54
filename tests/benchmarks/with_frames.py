"""The nation's answer by frames: `python -m benchmarks.with_frames ENGINE DATA OUT`."""

import sys
from pathlib import Path
from typing import Any

from benchmarks.baselines.national_sql import TABLES
from benchmarks.national_scheme import PLACES, ROUNDS, SCHEME
from envgov.frames.assessment import assess
from envgov.frames.intake import read_tables
from envgov.frames.tables import Maxima

MAXIMA = Maxima(points=10_000, visits=12, findings=20, counted=10_000)
RESULTS = ("standings", "placements", "measures", "absences")


def write_answer(given: dict[str, Any], out: Path, write: Any) -> None:
    result = assess(SCHEME, ROUNDS, read_tables(given, places=PLACES, maxima=MAXIMA))
    out.mkdir(parents=True, exist_ok=True)
    for name in RESULTS:
        write(getattr(result, name), out / f"{name}.parquet")


def on_polars(folder: Path, out: Path) -> None:
    import polars as pl

    given = {name: pl.scan_parquet(folder / name / "*.parquet") for name in TABLES}
    write_answer(given, out, lambda frame, path: frame.sink_parquet(path, engine="streaming"))


def on_duckdb(folder: Path, out: Path) -> None:
    import duckdb

    with duckdb.connect() as nation:
        nation.execute("set preserve_insertion_order = false")
        given = {name: nation.read_parquet(str(folder / name / "*.parquet")) for name in TABLES}
        write_answer(given, out, lambda relation, path: relation.write_parquet(str(path)))


def on_spark(folder: Path, out: Path) -> None:
    from tempfile import TemporaryDirectory

    from benchmarks.baselines.spark_hand import session

    with TemporaryDirectory() as scratch:
        spark = session(scratch)
        given = {name: spark.read.parquet(str(folder / name)) for name in TABLES}
        write_answer(given, out, lambda frame, path: frame.write.mode("overwrite").parquet(str(path)))
        spark.stop()


if __name__ == "__main__":
    engine, data, answer = sys.argv[1:]
    {"polars": on_polars, "duckdb": on_duckdb, "spark": on_spark}[engine](Path(data), Path(answer))
