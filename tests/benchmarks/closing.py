"""The last month of the nation, closed with the state of those before: `python -m benchmarks.closing DATA OUT STATE`.

The tables of that month alone are read. Without a folder STATE it is made first, which is no part of closing a month.
"""

import sys
from pathlib import Path

import polars as pl

from benchmarks.answers import is_same
from benchmarks.baselines.national_sql import TABLES
from benchmarks.national_scheme import MONTHS, PLACES, ROUNDS, SCHEME
from benchmarks.with_frames import MAXIMA, RESULTS
from envgov.frames import Result, Tables, assess, read_state, read_tables

*BEFORE, LAST = ROUNDS


def tables_of(folder: Path, months: range) -> Tables:
    files = {name: [folder / name / f"m{month:02}.parquet" for month in months] for name in TABLES}
    files["units"] = [folder / "units" / "units.parquet"]
    given = {name: pl.scan_parquet(parts) for name, parts in files.items()}
    return read_tables(given, places=PLACES, maxima=MAXIMA)


def write_state(folder: Path, state: Path) -> None:
    """What all months but the last leave behind."""
    assess(SCHEME, BEFORE, tables_of(folder, range(1, MONTHS))).state().write(state)


def write_month(folder: Path, out: Path, state: Path) -> Result:
    result = assess(SCHEME, [LAST], tables_of(folder, range(MONTHS, MONTHS + 1)), state=read_state(state))
    out.mkdir(parents=True, exist_ok=True)
    for name in RESULTS:
        getattr(result, name).sink_parquet(out / f"{name}.parquet", engine="streaming")
    return result


def is_of_the_year(month: Path, year: Path) -> bool:
    """Whether the month was decided as the year decides it."""
    for name in RESULTS:
        alone, of_all = (pl.read_parquet(path / f"{name}.parquet") for path in (month, year))
        its = of_all.filter(pl.col("round") == MONTHS - 1).with_columns(round=pl.lit(0, pl.Int64))
        if not is_same(alone, its):
            return False
    return True


if __name__ == "__main__":
    data, answer, kept = map(Path, sys.argv[1:])
    if not kept.exists():
        write_state(data, kept)
    write_month(data, answer, kept)
