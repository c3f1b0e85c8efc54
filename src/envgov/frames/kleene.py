"""Truth in columns: a condition is a Boolean column, null where it is pending."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from envgov.frames.engine import Expr

NO = nw.lit(value=False)
YES = nw.lit(value=True)
OPEN = nw.lit(None, dtype=nw.Boolean)


def holds(answer: Expr) -> Expr:
    """It holds, and is not pending."""
    return answer.fill_null(value=False)


def fails(answer: Expr) -> Expr:
    """It does not hold, and is not pending."""
    return (~answer).fill_null(value=False)


def choose(*cases: tuple[Expr, Expr], otherwise: Expr) -> Expr:
    """The value beside the first of the conditions that holds."""
    for condition, value in reversed(cases):
        otherwise = nw.when(condition).then(value).otherwise(otherwise)
    return otherwise


def agreed(*, some: Expr, others: Expr) -> Expr:
    """What all possible worlds say: in `some` it holds, in `others` it does not, and it is in one of them at least."""
    return choose((some & others, OPEN), otherwise=some)
