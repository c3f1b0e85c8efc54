"""A pytest plugin: whatever tests let objects decide, frames decide too, and the same.

`python -m pytest -p frames.witness tests/published` runs the tests of the published tables so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import envgov as eg
from envgov import season
from envgov.facts.round import Round
from envgov.scheme import in_force
from envgov.testing.answers import told_apart
from frames.packs import Pack, World, by_frames, by_objects
from frames.scored import in_duckdb

SEEN: list[str] = []
"""The schemes that were decided twice."""


def decide_again(scheme: eg.Scheme | Sequence[eg.Scheme], facts: eg.Facts, rounds: Iterable[Round] | None) -> None:
    """Each edition over the rounds that it judges, by objects and by frames.

    Raises:
        AssertionError: the rows in which they differ.
        FramesError: as `envgov.frames.assess` raises it.
    """
    editions = (scheme,) if isinstance(scheme, eg.Scheme) else tuple(scheme)
    given = season.rounds_of(editions, facts) if rounds is None else tuple(rounds)
    for edition in editions:
        judged = tuple(round for round in given if in_force(editions, round) is edition)
        pack = Pack(edition, (World(facts, judged),))
        decided, told = by_objects(pack)
        if decided.rounds:
            for engine in (lambda tables: tables, in_duckdb):
                found = by_frames(decided, engine)
                assert found == told, "\n".join((edition.id, *told_apart(told, found)))
            SEEN.append(edition.id)


def assess_season(scheme: Any, facts: eg.Facts, *, rounds: Any = None, **more: Any) -> eg.Season:
    given = rounds if rounds is None else tuple(rounds)
    answer = season.assess_season(scheme, facts, rounds=given, **more)
    decide_again(scheme, facts, given)
    return answer


def assess(scheme: eg.Scheme, round: Round, facts: eg.Facts, *history: Any) -> eg.Assessment:
    answer = season.assess(scheme, round, facts, *history)
    decide_again(scheme, facts, (round,))
    return answer


def pytest_configure() -> None:
    vars(eg).update(assess=assess, assess_season=assess_season)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    terminalreporter.write_line(f"{len(SEEN)} seasons were decided by frames too")
