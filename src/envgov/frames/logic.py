"""Conditions made of conditions, in columns, and of whom they can be asked at all."""

from __future__ import annotations

from envgov.frames.engine import Expr
from envgov.frames.kleene import NO, YES, choose, fails
from envgov.frames.places import Places, answer_of
from envgov.policy.conditions.condition import Condition, needs_of
from envgov.policy.conditions.logic import all_of, any_of, not_


@answer_of.register
def _all_of(condition: all_of, places: Places) -> Expr:
    held = YES
    for part in condition.parts:
        held = held & places.ask(part)
    return places.settle(condition, held)


@answer_of.register
def _any_of(condition: any_of, places: Places) -> Expr:
    held = NO
    for part in condition.parts:
        held = held | places.ask(part)
    return places.settle(condition, held)


@answer_of.register
def _not(condition: not_, places: Places) -> Expr:
    met, answer = are_met(condition.when, places), places.ask(condition.when)
    return choose((met, places.settle(condition, ~answer)), otherwise=NO)


def are_met(condition: Condition, places: Places) -> Expr:
    """Whether the round gave the unit every figure and board that the condition asks for."""
    needs = needs_of(condition)
    met = places.judged if needs.boards or (needs.any_board and places.placements) else YES
    if (needs.any_board and not places.placements) or not needs.boards <= set(places.placements):
        return NO
    for figure in sorted(needs.figures):
        met = met & places.standings[figure].known
    return met if needs.figures or needs.boards else met & places.assessed


def sees(condition: Condition, places: Places) -> Expr:
    """Whether the round gave the unit what the answer rests on."""
    return are_met(condition, places) | is_answered(condition, places)


def is_answered(condition: Condition, places: Places) -> Expr:
    """As `are_met`; of `all_of` and `any_of`, the part that decides is enough."""
    if not isinstance(condition, all_of | any_of):
        return are_met(condition, places)
    every, decided = YES, NO
    for part in condition.parts:
        known, answer = is_answered(part, places), places.ask(part)
        every = every & known
        decided = decided | (known & (fails(answer) if isinstance(condition, all_of) else ~fails(answer)))
    return every | decided
