"""Scoring rules of every kind over random seasons: columns hold what objects answer."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

import envgov as eg
from envgov.errors import InputError
from envgov.exact import round_to_units
from envgov.frames import FramesError, tables_of
from envgov.frames.number import decided, order_of
from envgov.frames.rounds import Rounds
from envgov.frames.scoring import column_of
from envgov.frames.scoring.rule import made
from envgov.frames.sheet import Plan, sheet_of
from envgov.frames.soundness import refuse_checked, refuse_unsound
from envgov.frames.tables import Tables
from envgov.policy.scoring import combined, curves, inspected, periods, ranks
from envgov.season import rounds_of
from envgov.testing import rules, strategies as own
from envgov.testing.schemes import _in_step
from envgov.testing.words import Better
from frames import scored

SLOW = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
MANY = settings(max_examples=settings().max_examples // 3, suppress_health_check=SLOW)
FEWER = settings(max_examples=settings().max_examples // 10, suppress_health_check=SLOW)
World = tuple[eg.Scheme, list[eg.ScoringRule], eg.Facts]
CORE = [
    kind
    for module in (combined, curves, inspected, periods, ranks)
    for kind in vars(module).values()
    if isinstance(kind, type) and kind.__module__ == module.__name__ and hasattr(kind, "scores")
]


@cache
def roots(better: Better) -> list[st.SearchStrategy[eg.ScoringRule]]:
    """Every kind of rule of that direction, with whatever inside it."""
    way: Better = "lower" if better == "higher" else "higher"
    inner, other = own.rules(better, 1), own.rules(way, 1)
    turned = rules._points_from(inner | other) if better == "higher" else rules._ranks_of(inner | other)
    leaves = [rules._common(better)[0], *(rules._higher() if better == "higher" else rules._lower())]
    return [*leaves, *rules._combined(better, inner), *rules._over_time(inner), *rules._curves(inner, other), *turned]


@st.composite
def worlds(draw: st.DrawFn, rules: int) -> World:
    """A scheme for its field and rounds, rules that fit its cadence, and a season in which something happened."""
    scheme, facts = draw(own.schemes()), draw(own.seasons())
    assume(rounds_of(scheme, facts))
    found = []
    for _ in range(rules):
        better: Better = draw(st.sampled_from(("higher", "lower")))
        rule = draw(draw(st.sampled_from(roots(better))))
        found.append(scored.without_ledger(_in_step(rule, scheme.cadence)))
    return scheme, found, facts


def agree(world: World, made: Callable[[Tables], Tables]) -> None:
    scheme, found, facts = world
    rounds, tables = rounds_of(scheme, facts), made(tables_of(facts))
    for rule in found:
        sheet = sheet_of(scheme, Rounds(rounds), Plan(tables))
        try:
            got = scored.by_frames(rule, sheet)
        except FramesError as error:
            assert "possible overflow" in str(error)  # noqa: PT017 - most worlds are not refused
            continue
        try:
            told = scored.by_objects(rule, scheme, rounds, facts)
        except InputError:
            with pytest.raises(InputError):
                refuse_checked(sheet.plan)
            continue
        assert got == told
        refuse_checked(sheet.plan)


@MANY
@given(worlds(5))
def test_polars_holds_what_objects_answer(world: World) -> None:
    agree(world, lambda tables: tables)


@FEWER
@given(worlds(3))
def test_duckdb_holds_what_objects_answer(world: World) -> None:
    agree(world, scored.in_duckdb)


@MANY
@given(worlds(1), st.integers(0, 2))
def test_what_is_decided_is_rounded_and_ordered_as_the_exact_numbers(world: World, places: int) -> None:
    scheme, (rule,), facts = world
    rounds = rounds_of(scheme, facts)
    sheet = sheet_of(scheme, Rounds(rounds), Plan(tables_of(facts)))
    try:
        x = column_of(rule, sheet)
        rounded, order = decided(sheet, rule, x, places), order_of(sheet, rule, x)
    except FramesError:
        return
    rows = [(row, scored.read(x, row)) for row in scored.rows_of(sheet)]
    for row, value in rows:
        assert row[rounded] == (round_to_units(value, places) if isinstance(value, Fraction) else None)
    for n in range(len(rounds)):
        known = [(row[order], value) for row, value in rows if row["round"] == n and isinstance(value, Fraction)]
        for a, first in known:
            for b, second in known:
                assert (a < b) is (first < second)


@FEWER
@given(own.seasons())
def test_tables_of_facts_are_sound(facts: eg.Facts) -> None:
    refuse_unsound(tables_of(facts))


@pytest.mark.parametrize("kind", CORE, ids=lambda kind: kind.kind)
def test_each_kind_of_the_core_has_a_columnar_form(kind: type) -> None:
    assert made.dispatch(kind) is not made.dispatch(object)
