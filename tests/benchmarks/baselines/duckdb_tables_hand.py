"""The nation's answer by hand in DuckDB, in the tables that frames write.

`python -m benchmarks.baselines.duckdb_tables_hand [looked_through] DATA OUT`: with the word, wrong rows are refused first.
"""

import sys
from pathlib import Path

from benchmarks.baselines.duckdb_hand import connect
from benchmarks.baselines.national_sql import national_sql
from benchmarks.baselines.tables_sql import MORE, NAMED, tables_sql
from benchmarks.baselines.wrong_rows_sql import refuse, wrong_rows_sql


def write_tables(folder: Path, out: Path, *, looked_through: bool) -> None:
    with connect(folder) as nation:
        if looked_through:
            refuse(dict(nation.execute(wrong_rows_sql()).fetchall()))
        nation.execute(f"create temp table answer as ({national_sql('//', more=MORE)})")
        nation.execute(f"create view sheet as {NAMED}")
        for name, query in tables_sql('"').items():
            nation.execute(f"copy ({query}) to '{out / name}.parquet' (format parquet)")


if __name__ == "__main__":
    *words, data, answer = sys.argv[1:]
    Path(answer).mkdir(exist_ok=True)
    write_tables(Path(data), Path(answer), looked_through=words == ["looked_through"])
