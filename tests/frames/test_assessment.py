"""From tables to decisions: frames assess what `assess_season` assesses, exactly."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given

import envgov as eg
from envgov.frames.assessment import assess
from envgov.frames.refusal import FramesError
from envgov.frames.transcript import tables_of
from envgov.season import rounds_of
from envgov.testing import strategies as own
from envgov.testing.cases import Case
from frames.scored import in_duckdb
from frames.towns import towns
from frames.worlds import World

ENGINES = ("polars", "duckdb")


def decided(scheme: eg.Scheme, facts: eg.Facts, engine: str) -> dict[str, set[tuple[Any, ...]]]:
    tables = tables_of(facts)
    result = assess(scheme, rounds_of(scheme, facts), tables if engine == "polars" else in_duckdb(tables))
    return {
        "standings": rows(result.standings),
        "absences": rows(result.absences),
        "placements": rows(result.placements),
        "measures": rows(result.measures),
    }


def rows(native: Any) -> set[tuple[Any, ...]]:
    if native is None:
        return set()
    frame = native.collect() if hasattr(native, "collect") else native.pl()
    return set(frame.rows())


def by_objects(world: World) -> dict[str, set[tuple[Any, ...]]]:
    boards = {board.id: board.names for board in world.scheme.boards}
    return {
        "standings": {
            (n, s.unit, r.figure, int(r.shown(s).scaleb(r.places)), r.places)
            + (s.group, s.rank, s.ahead, s.tied, s.behind, s.before, s.level)
            for n, record in world.held
            for r in record.rankings
            for s in r.standings
        },
        "absences": {
            (n, a.unit, a.group, a.why is eg.Absent.EXEMPT) for n, record in world.held for a in record.absences
        },
        "placements": {
            (n, p.unit, p.board, p.tier, p.side, sum(2 ** boards[p.board].index(o.tier) for o in p.outcomes))
            for n, record in world.held
            for p in record.placements
        },
        "measures": world.answers["measures"],
    }


@pytest.mark.parametrize("engine", ENGINES)
@given(case=towns())
def test_frames_assess_towns_as_objects_do(case: tuple[eg.Scheme, eg.Facts], engine: str) -> None:
    world = World(*case)
    assume(world.held)
    try:
        found = decided(*case, engine)
    except FramesError as refused:
        assume("possible overflow" not in str(refused))
        raise
    assert found == by_objects(world)
