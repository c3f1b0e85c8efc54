"""Sessions of Spark for small worlds, and tables in them.

Small worlds cost what it costs to plan them: nothing is compiled for them, and each stage is one task.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve

from envgov.frames import Tables
from envgov.frames.engine import small_table
from envgov.frames.tables import COLUMNS

SETTINGS = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -Xss4m",
    "spark.log.level": "ERROR",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.lightweightPlanChangeValidation": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def spark() -> Iterator[Any]:
    """A session on this machine; of Spark Connect, where SPARK_REMOTE names one ("local[1]")."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    remote = os.environ.get("SPARK_REMOTE")
    builder: Any = SparkSession.builder
    builder = builder.remote(remote) if remote else builder.master("local[1]")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def in_spark(session: Any, tables: Tables) -> Tables:
    """The same tables as frames of the session."""
    beside = nw.from_native(session.range(1))
    frames = {
        name: small_table(beside, COLUMNS[name], frame.collect("polars").rows())
        for name, frame in tables.frames.items()
    }
    return evolve(tables, frames=frames, kind="native")
