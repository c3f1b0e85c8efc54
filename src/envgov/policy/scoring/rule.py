"""The protocol of scoring rules, and what rules that combine others share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, Protocol

from envgov.errors import SchemeError
from envgov.facts.evidence import Evidence
from envgov.reason import Absent, Reason

Better = Literal["higher", "lower"]
Scores = Mapping[str, Reason]
_VALUES = (Fraction, Absent)


class ScoringRule(Protocol):
    """Gives each unit of a field its score: a Fraction, or `Absent`, never a float."""

    @property
    def better(self) -> Better: ...

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        """One Reason for each of the units, with that value."""
        ...


def scores_of(rule: ScoringRule, units: Sequence[str], evidence: Evidence) -> Scores:
    """What a rule answers, checked where a locality's own kinds come in.

    Raises:
        SchemeError: one of the units has no answer, or one that is no Reason of a Fraction or an Absent.
    """
    scores = rule.scores(units, evidence)
    for unit in units:
        answer = scores.get(unit)
        if not isinstance(answer, Reason) or type(answer.value) not in _VALUES:
            raise SchemeError(f"{rule!r} answered {answer!r} for {unit}: a Reason of a Fraction or an Absent is wanted")
    return scores


def why_absent(parts: Iterable[Reason]) -> Absent:
    """Exempt where every part is, else not assessed."""
    values = [part.value for part in parts]
    return Absent.EXEMPT if values and all(value is Absent.EXEMPT for value in values) else Absent.NOT_ASSESSED


def known_of(reasons: Iterable[Reason]) -> list[Fraction]:
    """The scores of those that have one."""
    return [value for reason in reasons if type(value := reason.value) is Fraction]


def one_direction(given: Iterable[Any]) -> Better:
    """The direction of rules that make one score.

    Raises:
        SchemeError: they differ, or there is none.
    """
    found = {part.better for part in given}
    if len(found) != 1:
        raise SchemeError(
            "the parts of one score agree on whether higher or lower is better, and there is one at least"
        )
    better: Better = found.pop()
    return better


def scores_then(rule: ScoringRule, units: Sequence[str], evidence: Evidence) -> Scores:
    """What a rule answers in another round, on the grid of which some of the units may not be."""
    there = [unit for unit in units if unit in evidence.grid]
    return scores_of(rule, there, evidence)
