"""What the rules of a scheme answer for its field, and whose issues are whose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from attrs import evolve

from envgov.facts.evidence import Evidence
from envgov.facts.issue import Issue
from envgov.policy.boards import Board
from envgov.policy.conditions.condition import answer_of
from envgov.policy.scoring.rule import scores_of
from envgov.reason import Absent, Reason
from envgov.results.history import Place, Record
from envgov.scheme import Scheme


def columns_of(
    scheme: Scheme, units: Sequence[str], evidence: Evidence, record: Record
) -> tuple[Mapping[str, Reason], ...]:
    """For each figure of the scheme, each unit's number with its Reason; who is exempt has none.

    The record needs the round's rulings and designations only.
    """
    excused = excused_of(scheme, units, record)
    if not excused:
        return tuple(scores_of(figure.rule, units, evidence) for figure in scheme.ranked)
    judged = [unit for unit in units if unit not in excused]
    return tuple({**scores_of(figure.rule, judged, evidence), **excused} for figure in scheme.ranked)


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
    return evolve(record, rankings=(), placements=())


def before_board(scheme: Scheme, board: Board, record: Record) -> Record:
    """What is known when a board is asked, the tiers of the boards before it: the same whether it has placed units since."""
    ids = [b.id for b in scheme.boards]
    known = ids[: ids.index(board.id)]
    return evolve(record, placements=tuple(p for p in record.placements if p.board in known))


def issues_within(evidence: Evidence, unit: str, field: Collection[str]) -> tuple[Issue, ...]:
    """The issues that lie at a unit or below it, and at no unit of the field that is nearer."""
    return tuple(i for i in evidence.issues_at(unit) if _nearest(evidence, i.place, field) == unit)


def _nearest(evidence: Evidence, place: str, field: Collection[str]) -> str:
    return next(code for code in (place, *evidence.grid.ancestors(place)) if code in field)
