"""Comparisons over random seasons and schemes: the mirror, the order of inputs, and what each word promises."""

from fractions import Fraction
from typing import Any

from attrs import evolve
from hypothesis import given, strategies as st

import envgov as eg
from envgov.testing import strategies as own

SEASONS = own.seasons()


@st.composite
def pairs(draw: st.DrawFn) -> tuple[eg.Season, eg.Season]:
    """Two schemes on one town, now and then the same one after another season."""
    first = draw(own.schemes())
    facts = draw(SEASONS)
    if draw(st.booleans()):
        return eg.assess_season(first, facts), eg.assess_season(first, draw(SEASONS))
    other = evolve(draw(own.schemes()), id="other")
    return eg.assess_season(first, facts), eg.assess_season(other, facts)


def turned(change: Any) -> Any:
    return None if change is None else -change


@given(pairs())
def test_the_mirrored_comparison_is_the_same_with_signs_turned(pair: tuple[eg.Season, eg.Season]) -> None:
    a, b = pair
    compared, mirrored = eg.compare(a, b), eg.compare(b, a)
    assert (compared.only_in_a, compared.only_in_b) == (mirrored.only_in_b, mirrored.only_in_a)
    for here, there in zip(compared, mirrored, strict=True):
        assert (here.a, here.b, here.corrects) == (there.b, there.a, there.corrects)
        assert [move.unit for move in here.movers] == [move.unit for move in there.movers]
        for move, back in zip(here.moves, there.moves, strict=True):
            assert (move.unit, move.a, move.b, move.moved) == (back.unit, back.b, back.a, back.moved)
            assert (move.rank_change, move.score_change) == (turned(back.rank_change), turned(back.score_change))
            assert set(move.tiers) == {(y, x) for x, y in back.tiers}
            assert sorted(x.rung for x, _ in move.kept) == sorted(y.rung for _, y in back.kept)
            assert (move.dropped, move.added) == (back.added, back.dropped)


@given(own.cases())
def test_nobody_moves_between_a_season_and_itself(case: own.Case) -> None:
    season = case.season
    compared = eg.compare(season, season)
    assert [(round.a, round.b) for round in compared] == [(assessment, assessment) for assessment in season]
    assert compared.movers == ()


@given(own.schemes(), SEASONS, SEASONS, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_changes_nothing(
    scheme: eg.Scheme, before: eg.Facts, after: eg.Facts, random: Any
) -> None:
    def shuffled(facts: eg.Facts) -> eg.Season:
        units, seen = list(facts.grid.units), list(facts.inspections)
        random.shuffle(units)
        random.shuffle(seen)
        return eg.assess_season(scheme, evolve(facts, grid=eg.Grid(units), inspections=seen))

    a, b = eg.assess_season(scheme, before), eg.assess_season(scheme, after)
    compared, again = eg.compare(a, b), eg.compare(shuffled(before), shuffled(after))
    assert repr(again) == repr(compared)
    assert [round.moves for round in again] == [round.moves for round in compared]


@given(pairs())
def test_each_move_says_what_the_two_assessments_say(pair: tuple[eg.Season, eg.Season]) -> None:
    for compared in eg.compare(*pair):
        a, b = compared.a, compared.b
        assert [move.unit for move in compared.moves] == sorted({unit.code for unit in (*a.units, *b.units)})
        for move in compared.moves:
            was, now = a.record.ranking().of(move.unit), b.record.ranking().of(move.unit)
            assert move.a == (was or a.record.absence(move.unit))
            assert move.b == (now or b.record.absence(move.unit))
            if was and now:
                assert move.score_change is not None
                assert move.score_change == Fraction(now.score) - Fraction(was.score)
                assert move.rank_change == (was.rank - now.rank if was.group == now.group else None)
            assert {x for x, _ in move.tiers if x} == {p for p in a.record.placements if p.unit == move.unit}
            assert {y for _, y in move.tiers if y} == {p for p in b.record.placements if p.unit == move.unit}
            assert all(x.board == y.board for x, y in move.tiers if x and y)
            proposed = (
                [m for m in a.measures if m.unit == move.unit],
                [m for m in b.measures if m.unit == move.unit],
            )
            rungs = {(m.rung, m.subject) for m in proposed[0]}, {(m.rung, m.subject) for m in proposed[1]}
            assert {(x.rung, x.subject) for x, _ in move.kept} == rungs[0] & rungs[1]
            assert {(y.rung, y.subject) for _, y in move.kept} == rungs[0] & rungs[1]
            assert {(m.rung, m.subject) for m in move.dropped} == rungs[0] - rungs[1]
            assert {(m.rung, m.subject) for m in move.added} == rungs[1] - rungs[0]


@given(pairs())
def test_the_first_mover_has_moved_most_and_only_movers_are_in_the_table(pair: tuple[eg.Season, eg.Season]) -> None:
    for compared in eg.compare(*pair):
        changes = [abs(move.rank_change or 0) for move in compared.movers]
        assert changes == sorted(changes, reverse=True)
        assert set(compared.movers) == {move for move in compared.moves if move.moved}
        assert len(compared.table()) == len(compared.movers) + 1
