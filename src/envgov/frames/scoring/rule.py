"""The columnar form of scoring rules: one for each kind, the core's registered here, a locality's own its method."""

from __future__ import annotations

from functools import singledispatch
from math import lcm
from typing import Any

from envgov.frames.number import Number
from envgov.frames.refusal import refuse_kind
from envgov.frames.sheet import Sheet
from envgov.policy.scoring.combined import stated_else
from envgov.policy.scoring.ledger import accepted
from envgov.policy.scoring.periods import mean_over
from envgov.policy.scoring.ranks import from_mean, rank_in, rank_share
from envgov.policy.term import terms_in

SHARED = (rank_in, rank_share, from_mean, mean_over, stated_else, accepted)
"""Kinds whose answers depend on who else is asked for, or that refuse the facts of those who are."""
COUNTABLE = 40
"""The least common multiple of the whole numbers up to it fits into a column; that of more does not."""


def column_of(rule: Any, sheet: Sheet) -> Number:
    """What a scoring rule answers for the units of a sheet, in each of its rounds.

    A kind that is not the core's has a method `column(sheet)`, which answers it.

    Raises:
        FramesError: the kind has no columnar form, or numbers might overflow.
    """
    if rule not in sheet.numbers:
        sheet.numbers[rule] = made(rule, sheet)
    answer: Number = sheet.numbers[rule]
    return answer


@singledispatch
def made(rule: Any, sheet: Sheet) -> Number:
    if not hasattr(rule, "column"):
        refuse_kind(rule, "a method column(sheet)")
    answer: Number = rule.column(sheet)
    return answer


def is_lone(rule: object) -> bool:
    """Whether the rule answers for a unit whoever else is asked for, and finds no fault with its facts."""
    asked = [term for term in terms_in(rule) if hasattr(term, "scores")]
    core = all(made.dispatch(type(term)) is not made.dispatch(object) for term in asked)
    return core and not any(isinstance(term, SHARED) for term in asked)


def multiple_up_to(n: int) -> int | None:
    """The least number that each of 1 to n divides; None where no column holds it."""
    return lcm(*range(1, n + 1)) if n <= COUNTABLE else None
