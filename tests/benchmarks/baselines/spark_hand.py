"""The nation's answer by hand in Spark SQL, on two threads. `python -m benchmarks.baselines.spark_hand DATA OUT`."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pyspark.sql import SparkSession

from benchmarks.baselines.national_sql import TABLES, national_sql


def session(scratch: str) -> SparkSession:
    settings = {
        "spark.driver.memory": os.environ.get("SPARK_MEM", "8g"),
        "spark.driver.extraJavaOptions": "-XX:-DontCompileHugeMethods",
        "spark.python.sql.dataFrameDebugging.enabled": "false",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "16",
        "spark.sql.session.timeZone": "UTC",
        "spark.local.dir": scratch,
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def name_tables(spark: SparkSession, folder: Path, months: int = 12) -> None:
    for name in TABLES:
        spark.read.parquet(str(folder / name)).createOrReplaceTempView(name)
    spark.range(months).withColumnRenamed("id", "month").createOrReplaceTempView("months")


def write_answer(spark: SparkSession, folder: Path, out: Path, months: int = 12) -> None:
    name_tables(spark, folder, months)
    spark.sql(national_sql("div", months)).write.mode("overwrite").parquet(str(out))


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        spark = session(folder)
        write_answer(spark, Path(sys.argv[1]), Path(sys.argv[2]))
        spark.stop()
