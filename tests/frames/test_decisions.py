"""From the same numbers, frames decide what objects decide: standings, placements, counters, measures."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings

from envgov.testing import strategies as own
from envgov.testing.cases import Case
from frames.worlds import World, answers_of

ENGINES = ("polars", "duckdb")


def in_columns(case: Case) -> World:
    """The part of a case that is decided of units, without a tolerance."""
    assume(not case.former and not any(figure.ranking.tolerance for figure in case.scheme.ranked))
    ladders = tuple(ladder for ladder in case.scheme.ladders if ladder.subject == "unit")
    return World(evolve(case.scheme, ladders=ladders), case.facts)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=max(4, settings().max_examples // 30), suppress_health_check=list(HealthCheck))
@given(case=own.cases())
def test_frames_decide_what_objects_decide(case: Case, engine: str) -> None:
    world = in_columns(case)
    assume(world.held)
    assert answers_of(world, engine) == world.answers
