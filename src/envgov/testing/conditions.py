"""Conditions of every term, on units and on issues."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from hypothesis import strategies as st

from envgov.facts.issue import EventKind, State
from envgov.policy.boards import Board
from envgov.policy.calendar.cadences import half_year, quarter, year
from envgov.policy.conditions import counters, issues as on, places
from envgov.policy.conditions.logic import all_of, any_of, not_
from envgov.testing.fields import marks
from envgov.testing.words import (
    BODY,
    CATEGORY,
    CLAUSE,
    COUNTED,
    GAPS,
    GROUPS,
    MODEL,
    MOVED,
    ON,
    REPEATS,
    REST,
    ROUNDINGS,
    SLIPS,
    SOURCE,
    TIERS,
    TIES,
)

Conditions = st.SearchStrategy[Any]
_GAP, _ON, _REPEAT = st.sampled_from(GAPS), st.sampled_from(ON), st.sampled_from(REPEATS)
_SPANS = st.sampled_from((year(), half_year(), quarter()))
SHORT = (Decimal(10), Decimal(25), Decimal(30))
"""Shares that leave room for one from each end, in a group of any size."""


class _Asked(NamedTuple):
    """What a condition may ask about a board that stands before it."""

    id: str
    sides: tuple[str, ...]
    names: tuple[str | None, ...]
    """How it may be named where a side is asked for: None is any board."""


def conditions(
    boards: Sequence[Board] = (),
    figures: tuple[str, ...] = ("score",),
    depth: int = 1,
    *,
    long: bool = False,
    on_a_board: bool = False,
) -> Conditions:
    """Conditions that a scheme with these figures, after these boards, may ask about a unit.

    Their lists have room in any group, unless `long`: then some need a board that says what happens in a small field.
    """
    asked = (
        _Asked(b.id, tuple(sorted({t.side for t in b.tiers if t.side})), (b.id,) if on_a_board else (None, b.id))
        for b in boards
    )
    return _conditions(tuple(asked), figures, depth, long)


@cache
def _conditions(boards: tuple[_Asked, ...], figures: tuple[str, ...], depth: int, long: bool) -> Conditions:
    slipped = st.builds(places.unit_slipped, st.sampled_from(SLIPS), within=_SPANS)
    leaves = [*_of_figures(figures, long=long), *_of_boards(boards), *_unranked(), slipped]
    if depth == 0:
        return st.one_of(*leaves)
    inner = _conditions(boards, figures, depth - 1, long)
    counted = [streaks(inner), *[streaks(st.one_of(*leaves[:2]))] * 3, cumulatives(inner), ks_of_last(inner)]
    return st.one_of(*leaves, *_joined(inner), *counted)


def _of_figures(figures: tuple[str, ...], *, long: bool) -> list[Conditions]:
    """Lists and thresholds; none where nothing is ranked."""
    if not figures:
        return []
    of, tie = st.sampled_from(figures), st.sampled_from(TIES)
    n = st.integers(1, 4) if long else st.just(1)
    percent = st.sampled_from((*SHORT, Decimal(50), Decimal("99.5")) if long else SHORT)
    lists = [st.builds(cls, n, of=of, ties=tie) for cls in (places.top, places.bottom)]
    shares = [
        st.builds(cls, percent, of=of, rounding=st.sampled_from(ROUNDINGS), ties=tie)
        for cls in (places.top_share, places.bottom_share)
    ]
    thresholds = [
        st.builds(cls, marks(40, 100), of=of) for cls in (places.at_least, places.above, places.at_most, places.below)
    ]
    means = [st.builds(cls, of=of) for cls in (places.above_mean, places.below_mean)]
    return [*lists, *lists, *shares, *thresholds, *means]


def _of_boards(boards: tuple[_Asked, ...]) -> list[Conditions]:
    out: list[Conditions] = []
    for board in boards:
        out.append(st.builds(places.placed, st.just(board.id), st.sampled_from((TIERS[0], REST))))
        out += [
            st.builds(places.praised if side == "praise" else places.sanctioned, st.sampled_from(board.names))
            for side in board.sides
        ]
    return out


def _unranked() -> list[Conditions]:
    """Conditions that are answered before anything is ranked: by class, or by a body."""
    return [
        st.builds(places.designated, st.sampled_from((MODEL, MOVED, *GROUPS))),
        st.builds(places.ruled, st.just(CLAUSE), st.just(BODY)),
    ]


@cache
def exemptions() -> Conditions:
    """Who is exempt: by class, or by a ruling."""
    leaves = st.one_of(*_unranked())
    return st.one_of(leaves, *_joined(leaves))


def _joined(inner: Conditions) -> list[Conditions]:
    several = st.lists(inner, min_size=1, max_size=3)
    both, either = several.map(lambda parts: all_of(*parts)), several.map(lambda parts: any_of(*parts))
    return [both, either, st.builds(not_, inner)]


@cache
def streaks(when: Conditions) -> st.SearchStrategy[counters.streak]:
    """Streaks of up to three rounds under every declaration."""
    return st.builds(
        counters.streak,
        when,
        st.integers(1, 3),
        unheld=_GAP,
        absent=_GAP,
        repeat=_REPEAT,
        editions=_ON,
        heads=_ON,
    )


@cache
def cumulatives(when: Conditions) -> st.SearchStrategy[counters.cumulative]:
    """Counts of up to three within a year, a half, a quarter, under every declaration."""
    return st.builds(
        counters.cumulative,
        when,
        st.integers(1, 3),
        within=_SPANS,
        repeat=st.sampled_from(COUNTED),
        editions=_ON,
        heads=_ON,
    )


@cache
def ks_of_last(when: Conditions) -> st.SearchStrategy[counters.k_of_last]:
    """Up to three of the last four rounds, under every declaration."""
    return st.builds(
        lambda when, km, **more: counters.k_of_last(when, *km, **more),
        when,
        st.sampled_from(((1, 1), (1, 2), (2, 2), (2, 3), (3, 4))),
        unheld=_GAP,
        absent=_GAP,
        repeat=st.sampled_from(("once", "each")),
        editions=_ON,
        heads=_ON,
    )


@cache
def issue_conditions(depth: int = 1) -> Conditions:
    """Conditions on an issue: for issue ladders, counts and rates."""
    during = st.sampled_from(on.DURING)
    what = st.sampled_from(("closed", "rectified"))
    leaves = st.one_of(
        st.builds(on.happened, st.sampled_from([k.value for k in EventKind]), st.integers(1, 2), during=during),
        st.builds(on.in_state, st.sampled_from([state.value for state in State])),
        st.builds(on.due, during=during),
        st.builds(on.on_time, what),
        st.builds(on.not_closed_on_time, during=during),
        st.builds(on.overdue, st.sampled_from((1, 1, 2, 14))),
        st.builds(on.slipped, st.sampled_from(SLIPS), during=during),
        st.builds(on.source_is, st.just(SOURCE)),
        st.builds(on.category_is, st.just(CATEGORY)),
    )
    return leaves if depth == 0 else st.one_of(leaves, leaves, *_joined(issue_conditions(depth - 1)))
