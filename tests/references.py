"""What is asked of random fields, and references of their own: every order that the scores and the breakers allow."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations

import envgov as eg
from envgov.testing import strategies as own, words
from envgov.testing.strategies import Field

TENTH = Decimal("0.1")


def ranks(assessment: eg.Assessment) -> dict[str, int]:
    return {s.unit: s.rank for s in assessment.record.standings}


def asked(assessment: eg.Assessment, condition: eg.Condition) -> dict[str, object]:
    """The condition's answer for every ranked unit."""
    record = assessment.record
    return {s.unit: condition.at(eg.Place(s.unit, record, ())).value for s in record.standings}


def decided(field: Field, better: str = "higher") -> dict[str, Decimal]:
    """The published numbers, larger is better."""
    sign = 1 if better == "higher" else -1
    return {unit: score.quantize(TENTH, ROUND_HALF_UP) * sign for unit, score in field.assessed.items()}


def negated(field: Field) -> Field:
    def flip(column: own.Scores) -> own.Scores:
        return {unit: None if score is None else -score for unit, score in column.items()}

    return field._replace(
        scores=flip(field.scores), breakers=tuple((better, flip(column)) for better, column in field.breakers)
    )


def opposed(field: Field) -> Field:
    """The same numbers, read the other way round by every breaker."""
    turned: dict[words.Better, words.Better] = {"higher": "lower", "lower": "higher"}
    return field._replace(breakers=tuple((turned[better], column) for better, column in field.breakers))


def orders(field: Field, tied: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The orders of the tied, best first, in which nobody stands behind one that a breaker puts behind him."""
    columns = [
        (1 if better == "higher" else -1, column)
        for better, column in field.breakers
        if all(column[unit] is not None for unit in tied)
    ]

    def beats(a: str, b: str) -> bool:
        for sign, column in columns:
            x, y = column[a], column[b]
            assert x is not None
            assert y is not None
            if x != y:
                return sign * x > sign * y
        return False

    return [
        order
        for order in permutations(tied)
        if not any(beats(order[j], order[i]) for i in range(len(order)) for j in range(i + 1, len(order)))
    ]


def reference(field: Field, numbers: Mapping[str, Decimal], condition: eg.top | eg.bottom) -> dict[str, bool | None]:
    """What the docstrings of top and bottom say, unit by unit."""
    out: dict[str, bool | None] = {}
    top = isinstance(condition, eg.top)
    for unit, mine in numbers.items():
        tied = tuple(u for u, number in numbers.items() if number == mine)
        nearer = sum((number > mine) if top else (number < mine) for number in numbers.values())
        if len(tied) == len(numbers) or nearer >= condition.n:
            out[unit] = False
        elif nearer + len(tied) <= condition.n:
            out[unit] = True
        elif condition.ties == "break":
            left = condition.n - nearer
            answers = {unit in (order[:left] if top else order[-left:]) for order in orders(field, tied)}
            out[unit] = answers.pop() if len(answers) == 1 else None
        else:
            out[unit] = {"include": True, "exclude": False, "decide": None}[condition.ties]
    return out
