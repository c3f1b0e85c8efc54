"""The same plan on Spark, where there is Java to run it; under CI there is."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from attrs import evolve
from pyspark.sql import SparkSession

import envgov as eg
from envgov.exact import round_to_units
from envgov.frames import assess, read_parquet, tables_of, write_parquet
from envgov.frames.engine import floor_div, frame_of
from envgov.frames.number import decided
from envgov.frames.rounds import Rounds
from envgov.frames.scoring import column_of
from envgov.frames.sheet import Plan, sheet_of
from envgov.testing.answers import answers_in
from envgov.testing.fields import Field
from frames import scored, test_days, test_kinds_of_tables as kinds
from frames.sparks import in_spark

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None and not os.environ.get("CI"), reason="Spark needs Java"),
    pytest.mark.filterwarnings("ignore"),
]
MONTHS = tuple(eg.month().round_of(date(2024, month, 1)) for month in (5, 6))
RULE = eg.weighted(
    eg.Part(3, eg.deductions(100, several="mean")),
    eg.Part(2, eg.stated("督导", several="mean")),
    absent="renormalise",
)


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.python.sql.dataFrameDebugging.enabled", "false")  # as sparks: it is read once
    made = builder.config("spark.sql.shuffle.partitions", "1").config("spark.log.level", "ERROR").getOrCreate()
    yield made
    made.stop()


def test_days_are_counted_as_python_counts_them(session: SparkSession) -> None:
    table = session.createDataFrame(test_days.GIVEN.to_arrow())
    assert test_days.counted(table) == [day.toordinal() for day in test_days.DAYS]


def test_great_numbers_are_divided_exactly(session: SparkSession) -> None:
    pairs = [(2**bits - 1, by) for bits in range(40, 62) for by in range(1, 100)]
    given = frame_of(session.createDataFrame(pl.DataFrame(pairs, schema=["x", "by"], orient="row").to_arrow()))
    divided = given.select("x", "by", down=floor_div(nw.col("x"), nw.col("by"), spark=True, most=2**62))
    assert sorted(divided.collect("polars").rows()) == sorted((x, by, x // by) for x, by in pairs)


def seen() -> Iterator[eg.Inspection]:
    for n, unit in enumerate("甲乙丙"):
        for month in (5, 6):
            for day in (1, 1, 15):
                yield eg.Inspection(unit, date(2024, month, day), "督导", stated=Decimal(f"8{n}.{day % 7}"))
            lost = (
                eg.Finding("垃圾", Decimal("2.5")),
                eg.Finding("垃圾", Decimal(n)),
                eg.Finding("污水", Decimal(month)),
            )
            yield eg.Inspection(unit, date(2024, month, 2), "督导", lost)


def test_spark_holds_what_objects_answer(session: Any) -> None:
    scheme = Field({}, (), {}).scheme()
    facts = eg.Facts(eg.Grid([eg.Unit(code, code, "村") for code in "甲乙丙丁"]), inspections=seen())
    sheet = sheet_of(scheme, Rounds(MONTHS), Plan(in_spark(session, tables_of(facts))))
    x = column_of(RULE, sheet)
    rounded = decided(sheet, RULE, x, 2)
    rows = {(row["round"], row["unit"]): row for row in scored.rows_of(sheet)}
    told = scored.by_objects(RULE, scheme, MONTHS, facts)
    assert {key: scored.read(x, row) for key, row in rows.items()} == told
    exact = {key: value for key, value in told.items() if isinstance(value, Fraction)}
    assert {key: rows[key][rounded] for key in exact} == {key: round_to_units(value, 2) for key, value in exact.items()}


def test_what_compares_one_number_alone_is_decided(session: Any) -> None:
    """Rungs without a day on which they may turn, and ranks of units that stand on one list."""
    found = eg.Issue("一", "甲", (eg.Event(eg.EventKind.FOUND, date(2024, 5, 2)),))
    ranks = [eg.StatedRank(unit, date(2024, 5, 3), "通报", n, 4) for n, unit in enumerate("甲乙", 1)]
    facts = eg.Facts(eg.Grid([eg.Unit(code, code, "村") for code in "甲乙"]), issues=[found], stated_ranks=ranks)
    rung = eg.Rung("督办", eg.in_state("open"), ("村支书",))
    for several in ("worst", "best"):
        scheme = evolve(
            kinds.SCHEME,
            scoring=eg.stated_rank("通报", several=several),
            boards=(),
            ladders=(eg.Ladder((rung,), publish="every rung", subject="issue"),),
        )
        tables = tables_of(facts)
        assert answers_in(assess(scheme, MONTHS, in_spark(session, tables))) == answers_in(
            assess(scheme, MONTHS, tables)
        )
        assert rows_of_measures(assess(scheme, MONTHS, tables)) == {(0, "甲", "督办", "一")}


def rows_of_measures(result: Any) -> set[tuple[Any, ...]]:
    return set(result.to_polars()["measures"].select("round", "unit", "rung", "issue").rows())


def test_parquet_goes_in_and_comes_out_of_spark(session: Any, tmp_path: Path) -> None:
    tables = read_parquet(kinds.folder_of(tmp_path), places=1, session=session)
    write_parquet(assess(kinds.SCHEME, [kinds.MONTH], tables).tables, tmp_path / "out")
    written = pl.read_parquet(tmp_path / "out" / "standings.parquet" / "*.parquet")
    assert set(written.select(kinds.SHOWN).rows()) == kinds.RANKED
