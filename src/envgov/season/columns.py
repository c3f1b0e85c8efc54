"""What the rules of a scheme answer for its field, and whose issues are whose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from attrs import evolve

from envgov.facts.evidence import Evidence
from envgov.facts.issue import Issue
from envgov.policy.conditions.condition import answer_of
from envgov.policy.scoring.rule import scores_of
from envgov.reason import Absent, Reason
from envgov.results.history import Place, Record
from envgov.scheme import Figure, Scheme


def columns_of(
    scheme: Scheme, units: Sequence[str], evidence: Evidence, record: Record
) -> tuple[Mapping[str, Reason], ...]:
    """For each figure of the scheme, each unit's number with its Reason; who is exempt has none.

    Further figures are of those alone that have a score, so that a mean of the field, or a rank in it, is theirs: the
    others have the Reason why they have no score. The record needs the round's rulings and designations only.
    """
    if not scheme.ranked:
        return ()
    score, *further = scheme.ranked
    first = _column(score, units, evidence, excused_of(scheme, units, record))
    if not further:
        return (first,)
    absent = {unit: reason for unit in units if isinstance((reason := first[unit]).value, Absent)}
    return (first, *(_column(figure, units, evidence, absent) for figure in further))


def _column(
    figure: Figure, units: Sequence[str], evidence: Evidence, absent: Mapping[str, Reason]
) -> Mapping[str, Reason]:
    """The numbers of those that are not absent, and why the others are."""
    if not absent:
        return scores_of(figure.rule, units, evidence)
    return {**scores_of(figure.rule, [unit for unit in units if unit not in absent], evidence), **absent}


def excused_of(scheme: Scheme, units: Sequence[str], record: Record) -> Mapping[str, Reason]:
    """Who is exempt in the round, and why."""
    if scheme.exempt is None:
        return {}
    then = before_ranking(record)
    asked = {unit: answer_of(scheme.exempt, Place(unit, then, ())) for unit in units}
    return {
        unit: Reason(scheme.exempt, Absent.EXEMPT, answer.because) for unit, answer in asked.items() if answer.value
    }


def before_ranking(record: Record) -> Record:
    """What is known when it is asked who is exempt: the same whether the round has been ranked since or not."""
    return evolve(record, rankings=(), placements=(), absences=())


def issues_within(evidence: Evidence, unit: str, field: Collection[str]) -> tuple[Issue, ...]:
    """The issues that lie at a unit or below it, and at no unit of the field that is nearer."""
    return tuple(i for i in evidence.issues_at(unit) if _nearest(evidence, i.place, field) == unit)


def _nearest(evidence: Evidence, place: str, field: Collection[str]) -> str:
    return next(code for code in (place, *evidence.grid.ancestors(place)) if code in field)
