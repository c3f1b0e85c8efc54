"""14. Objects and frames agree exactly, on Spark: worlds in few plans, and tables that are wrong.

`SPARK_REMOTE="local[1]"` runs all of it on Spark Connect.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings

import envgov as eg
from envgov.errors import InputError
from envgov.frames import FramesError, assess, read_tables
from envgov.testing import strategies as own
from envgov.testing.answers import told_apart
from frames import test_kinds_of_tables as kinds, towns
from frames.packs import Pack, by_frames, by_objects, packs
from frames.sparks import in_spark, spark

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
    pytest.mark.filterwarnings("ignore"),
]
CONNECTED = "SPARK_REMOTE" in os.environ
SIZE = 40
"""Worlds of a pack: a plan costs some half a minute, however many they are."""
PACKS = {"dev": 1, "ci": 3, "nightly": 60, "mutants": 1}
few = settings(max_examples=PACKS[os.environ.get("HYPOTHESIS_PROFILE", "dev")], suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    with spark() as made:
        yield made


def agree(session: Any, pack: Pack) -> None:
    decided, told = by_objects(pack)
    assume(any(told.values()))
    try:
        found = by_frames(decided, lambda tables: in_spark(session, tables))
    except FramesError as refused:
        assert "possible overflow" in str(refused)  # noqa: PT017 - few schemes are refused, and by name
        assume(False)
    assert found == told, "\n".join(told_apart(told, found))


@few
@given(pack=packs(towns.schemes(), towns.facts, SIZE))
def test_14_spark_decides_worlds_that_tie_at_the_cuts_as_objects_do(session: Any, pack: Pack) -> None:
    agree(session, pack)


@few
@given(pack=packs(own.schemes(), own.seasons))
def test_14_spark_decides_worlds_of_the_whole_vocabulary_as_objects_do(session: Any, pack: Pack) -> None:
    agree(session, pack)


# --- tables of a session ---


def frames_of(session: Any, **columns: list[Any]) -> dict[str, Any]:
    visits = pa.table({**kinds.VISITS, **columns})
    return {"units": session.createDataFrame(pa.table(kinds.UNITS)), "inspections": session.createDataFrame(visits)}


def test_frames_of_spark_come_back_as_frames_of_spark(session: Any) -> None:
    given = frames_of(session)
    found = assess(kinds.SCHEME, [kinds.MONTH], read_tables(given, places=1)).standings
    assert type(found) is type(given["units"])
    assert {tuple(row) for row in found.select(*kinds.SHOWN).collect()} == kinds.RANKED


def test_faults_in_frames_of_spark_are_told_at_once_with_their_rows(session: Any) -> None:
    given = frames_of(session, unit=["甲", "丁"], channel=["督导", None], id=["1", "1"])
    with pytest.raises(InputError) as told:
        assess(kinds.SCHEME, [kinds.MONTH], read_tables(given, places=1)).standings  # noqa: B018
    assert sorted((fault.file, fault.column, fault.value) for fault in told.value.faults) == [
        ("inspections", "channel", "1, 丁, 2024-01-09, None, 912"),
        ("inspections", "id", "1"),
        ("inspections", "unit", "丁"),
    ]


def test_floats_and_missing_columns_of_spark_are_told_by_table_and_column(session: Any) -> None:
    given = frames_of(session, stated=[85.5, 91.2])
    given["inspections"] = given["inspections"].drop("channel")
    with pytest.raises(InputError) as told:
        read_tables(given, places=1)
    assert {(fault.file, fault.column) for fault in told.value.faults} == {
        ("inspections", "channel"),
        ("inspections", "stated"),
    }


def kept_by(session: Any) -> set[int]:
    """What the executors keep; of earlier results some may be let go at any time."""
    return set(session.sparkContext._jsc.getPersistentRDDs())


@pytest.mark.skipif(CONNECTED, reason="the server keeps its own count")
def test_nothing_is_kept_but_what_the_result_reads(session: Any) -> None:
    before = kept_by(session)
    tables = read_tables(frames_of(session), places=1)
    result = assess(kinds.SCHEME, [kinds.MONTH], tables)
    assert result.standings
    assert len(kept_by(session) - before) == 1


@pytest.mark.skipif(CONNECTED, reason="the server keeps its own count")
def test_nothing_is_kept_after_a_refusal(session: Any) -> None:
    before = kept_by(session)
    grouped = evolve(kinds.SCHEME, groups=("东", "西"))
    with pytest.raises(eg.SchemeError, match="each unit has one of the groups"):
        assess(grouped, [kinds.MONTH], read_tables(frames_of(session), places=1)).standings  # noqa: B018
    assert kept_by(session) - before == set()
