"""Closed rounds as state: month by month, or all at once, the same is decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings

import envgov as eg
from envgov.facts.round import Round
from envgov.frames import FramesError, Tables, assess, tables_of
from envgov.frames.closed import ClosedRounds
from envgov.season import rounds_of
from envgov.testing import strategies as own
from envgov.testing.cases import Case
from frames.scored import in_duckdb
from frames.test_assessment import REFUSED, rows
from frames.towns import towns

NAMES = ("standings", "absences", "placements", "measures")
Told = dict[str, set[tuple[Any, ...]]]


def since(tables: Tables, day: date | None) -> Tables:
    """What is new from that day on: of issues, those found since, and later events of the others."""
    if day is None:
        return tables
    events = tables["events"].filter(nw.col("day") >= day)
    found = events.filter(nw.col("position") == 0).select("issue")
    new = {
        "events": events,
        "handed": tables["handed"].join(events.select("issue", "position"), on=["issue", "position"], how="semi"),
        "issues": tables["issues"].join(found.rename({"issue": "id"}), on="id", how="semi"),
        "responsible": tables["responsible"].join(found, on="issue", how="semi"),
    }
    return evolve(tables, frames={**tables.frames, **new})


def at_once(editions: Sequence[eg.Scheme], rounds: Sequence[Round], tables: Tables) -> tuple[Told, ClosedRounds]:
    result = assess(editions, rounds, tables)
    return {name: rows(getattr(result, name)) for name in NAMES}, result.state()


def one_by_one(editions: Sequence[eg.Scheme], rounds: Sequence[Round], tables: Tables) -> tuple[Told, ClosedRounds]:
    told: Told = {name: set() for name in NAMES}
    state: ClosedRounds | None = None
    for n, round in enumerate(rounds):
        result = assess(editions, [round], since(tables, None if state is None else rounds[n - 1].end), state=state)
        for name in NAMES:
            told[name] |= {(n, *rest) for _, *rest in rows(getattr(result, name))}
        state = result.state()
    assert state is not None
    return told, state


def shown(state: ClosedRounds) -> dict[str, Any]:
    return {name: (table.to_polars().columns, set(table.to_polars().rows())) for name, table in state.tables.items()}


def agree(editions: Sequence[eg.Scheme], facts: eg.Facts, engine: str = "polars") -> None:
    rounds = rounds_of(editions, facts)
    assume(len(rounds) > 1)
    tables = tables_of(facts) if engine == "polars" else in_duckdb(tables_of(facts))
    try:
        whole, rebuilt = at_once(editions, rounds, tables)
    except FramesError as refused:
        assert REFUSED.search(str(refused))  # noqa: PT017 - such schemes are refused by name
        assume(False)
    except eg.SchemeError:
        assume(False)
    else:
        told, carried = one_by_one(editions, rounds, tables)
        assert told == whole
        assert shown(carried) == shown(rebuilt)


@settings(max_examples=max(3, settings().max_examples // 12), suppress_health_check=list(HealthCheck))
@given(case=towns())
def test_towns_closed_month_by_month_are_decided_as_all_at_once(case: tuple[eg.Scheme, eg.Facts]) -> None:
    scheme, facts = case
    agree([scheme], facts)


@settings(max_examples=max(3, settings().max_examples // 20), suppress_health_check=list(HealthCheck))
@given(case=own.cases())
def test_cases_of_the_whole_vocabulary_closed_round_by_round_are_decided_as_all_at_once(case: Case) -> None:
    agree(case.editions, case.facts)
