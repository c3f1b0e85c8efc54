"""The differential test: objects, Polars and DuckDB decide the same of generated worlds, each row of each table."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings

from envgov.frames import FramesError, Tables
from envgov.testing import strategies as own
from frames import towns
from frames.packs import Pack, by_frames, by_objects, packs, told_apart
from frames.scored import in_duckdb

REFUSED = re.compile("possible overflow")
PACKS = settings().max_examples // 6
"""So many packs of each kind of scheme, on each engine: one in thirty worlds or so is refused, or has no round."""
SHAPED = packs(towns.schemes(), towns.facts)
WHOLE = packs(own.schemes(), own.seasons)


def in_polars(tables: Tables) -> Tables:
    return tables


def agree(pack: Pack, engine: Callable[[Tables], Tables]) -> None:
    decided, told = by_objects(pack)
    assume(told["standings"] or told["placements"] or told["measures"])
    try:
        found = by_frames(decided, engine)
    except FramesError as refused:
        assert REFUSED.search(str(refused))  # noqa: PT017 - few schemes are refused
        assume(False)
    assert found == told, "\n".join(told_apart(told, found))


ONCE = settings(max_examples=PACKS, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("engine", [in_polars, in_duckdb])
@ONCE
@given(pack=SHAPED)
def test_worlds_whose_numbers_tie_at_the_cuts_are_decided_as_by_objects(
    pack: Pack, engine: Callable[[Tables], Tables]
) -> None:
    agree(pack, engine)


@pytest.mark.parametrize("engine", [in_polars, in_duckdb])
@ONCE
@given(pack=WHOLE)
def test_worlds_of_the_whole_vocabulary_are_decided_as_by_objects(
    pack: Pack, engine: Callable[[Tables], Tables]
) -> None:
    agree(pack, engine)
