"""The nation's answer by hand in Spark SQL, in the tables that frames write.

`python -m benchmarks.baselines.spark_tables_hand [looked_through] DATA OUT`: with the word, wrong rows are refused first.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pyspark.sql import SparkSession

from benchmarks.baselines.national_sql import national_sql
from benchmarks.baselines.spark_hand import name_tables, session
from benchmarks.baselines.tables_sql import MORE, NAMED, tables_sql
from benchmarks.baselines.wrong_rows_sql import refuse, wrong_rows_sql


def write_tables(spark: SparkSession, folder: Path, out: Path, *, looked_through: bool) -> None:
    name_tables(spark, folder)
    if looked_through:
        refuse({row["what"]: row["n"] for row in spark.sql(wrong_rows_sql()).collect()})
    spark.sql(national_sql("div", more=MORE)).cache().createOrReplaceTempView("answer")
    spark.sql(NAMED).createOrReplaceTempView("sheet")
    for name, query in tables_sql("`").items():
        spark.sql(query).write.mode("overwrite").parquet(str(out / f"{name}.parquet"))


if __name__ == "__main__":
    *words, data, answer = sys.argv[1:]
    with TemporaryDirectory() as folder:
        spark = session(folder)
        write_tables(spark, Path(data), Path(answer), looked_through=words == ["looked_through"])
        spark.stop()
