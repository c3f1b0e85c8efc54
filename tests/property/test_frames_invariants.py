"""14. Objects and frames agree exactly: of generated worlds, each row of each table, on Polars and on DuckDB."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from hypothesis import HealthCheck, assume, given, settings

from envgov.frames import FramesError, Tables
from envgov.testing import strategies as own
from envgov.testing.answers import told_apart
from frames import towns
from frames.packs import SIZE, Pack, by_frames, by_objects, packs
from frames.scored import in_duckdb

REFUSED = re.compile("possible overflow")
WORLDS = {"dev": 96, "ci": 2_000, "nightly": 50_000, "mutants": 480}
SHAPED = packs(towns.schemes(), towns.facts)
WHOLE = packs(own.schemes(), own.seasons)
LARGE = 40
"""Worlds of a pack on DuckDB, which takes half a minute and more to plan one, however many they are."""


def in_polars(tables: Tables) -> Tables:
    return tables


def part(share: float, size: int = SIZE) -> settings:
    """So much of the worlds that are tried."""
    worlds = WORLDS[os.environ.get("HYPOTHESIS_PROFILE", "dev")]
    return settings(max_examples=max(1, int(share * worlds / size)), suppress_health_check=list(HealthCheck))


def agree(pack: Pack, engine: Callable[[Tables], Tables]) -> None:
    decided, told = by_objects(pack)
    assume(any(told.values()))
    try:
        found = by_frames(decided, engine)
    except FramesError as refused:
        assert REFUSED.search(str(refused))  # noqa: PT017 - few schemes are refused, and by name
        assume(False)
    assert found == told, "\n".join(told_apart(told, found))


@part(0.4)
@given(pack=SHAPED)
def test_14_polars_decides_worlds_that_tie_at_the_cuts_as_objects_do(pack: Pack) -> None:
    agree(pack, in_polars)


@part(0.4)
@given(pack=WHOLE)
def test_14_polars_decides_worlds_of_the_whole_vocabulary_as_objects_do(pack: Pack) -> None:
    agree(pack, in_polars)


@part(0.1, LARGE)
@given(pack=packs(towns.schemes(), towns.facts, LARGE))
def test_14_duckdb_decides_worlds_that_tie_at_the_cuts_as_objects_do(pack: Pack) -> None:
    agree(pack, in_duckdb)


@part(0.1, LARGE)
@given(pack=packs(own.schemes(), own.seasons, LARGE))
def test_14_duckdb_decides_worlds_of_the_whole_vocabulary_as_objects_do(pack: Pack) -> None:
    agree(pack, in_duckdb)
