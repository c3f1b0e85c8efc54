"""Whom a condition can mean at all: so that most units of a large field need not be asked one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from envgov.policy.conditions.condition import Condition
from envgov.policy.conditions.counters import cumulative, k_of_last, streak
from envgov.policy.conditions.logic import all_of, any_of
from envgov.policy.conditions.places import (
    bottom,
    bottom_share,
    placed,
    praised,
    ruled,
    sanctioned,
    top,
    top_share,
    unit_slipped,
)
from envgov.results.history import Record
from envgov.results.placement import PENDING


def candidates_of(condition: Condition, record: Record) -> frozenset[str] | None:
    """Units of which the condition may hold or be pending; of all others it does not hold. None: it may be anybody."""
    match condition:
        case top() | top_share():
            seats = _seats(condition, record)
            return frozenset([s.unit for s in record.ranking(condition.of).standings if s.ahead < seats[s.group]])
        case bottom() | bottom_share():
            seats = _seats(condition, record)
            return frozenset([s.unit for s in record.ranking(condition.of).standings if s.behind < seats[s.group]])
        case placed(board=board, tier=tier):
            return frozenset([p.unit for p in record.placements if p.board == board and p.tier in (tier, PENDING)])
        case praised() | sanctioned():
            return frozenset([p.unit for p in record.placements if p.side is not None or p.tier == PENDING])
        case ruled():
            return frozenset([ruling.unit for ruling in record.rulings])
        case unit_slipped():
            return frozenset([slip.unit for slip in record.slips])
        case cumulative(repeat="from then on"):
            return None
        case streak(when=when) | cumulative(when=when) | k_of_last(when=when):
            return candidates_of(when, record)
        case all_of(parts=parts):
            known = [found for part in parts if (found := candidates_of(part, record)) is not None]
            return frozenset.intersection(*known) if known else None
        case any_of(parts=parts):
            return candidates_of_any(parts, record)
        case _:
            return None


def candidates_of_any(conditions: Iterable[Condition], record: Record) -> frozenset[str] | None:
    """Units of which one of the conditions may hold or be pending; None: it may be anybody."""
    found = [candidates_of(condition, record) for condition in conditions]
    known = [units for units in found if units is not None]
    return frozenset[str]().union(*known) if len(known) == len(found) else None


def _seats(condition: Any, record: Record) -> Mapping[str, int]:
    """What a list has to give in each group, before any board shortens it."""
    return {group: condition.seats(size) for group, size in record.ranking(condition.of).sizes.items()}
