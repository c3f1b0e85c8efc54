"""Sessions of Spark for tests, and tables in them.

Small worlds cost what it costs to plan them: nothing is compiled for them, and each stage is one task. Real months have
rows enough that the virtual machine had better compile its own code well.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from attrs import evolve

from envgov.frames import Tables
from envgov.frames.engine import frame_of

SMALL = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -Xss4m",
    "spark.log.level": "ERROR",
    "spark.python.sql.dataFrameDebugging.enabled": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.lightweightPlanChangeValidation": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
REAL = {**SMALL, "spark.driver.extraJavaOptions": "-Xss4m"}
REMOTE = os.environ.get("SPARK_REMOTE")
"""A session of Spark Connect that stops takes the variable away, and what came after would run on Spark itself."""


@contextmanager
def spark(settings: Mapping[str, str] = SMALL) -> Iterator[Any]:
    """A session on this machine; of Spark Connect, where SPARK_REMOTE named one ("local[1]") at the beginning."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder: Any = SparkSession.builder
    builder = builder.remote(REMOTE) if REMOTE else builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    assert frame_of(session.range(1)).implementation.is_pyspark_connect() is bool(REMOTE)
    yield session
    session.stop()


def in_spark(session: Any, tables: Tables) -> Tables:
    """The same tables as frames of the session, which is told the types of what is empty."""
    from pyspark.sql.pandas.types import from_arrow_schema

    frames = {}
    for name, frame in tables.frames.items():
        rows = frame.collect("pyarrow").to_native()
        frames[name] = frame_of(session.createDataFrame(rows, from_arrow_schema(rows.schema)))
    return evolve(tables, frames=frames, kind="native")
