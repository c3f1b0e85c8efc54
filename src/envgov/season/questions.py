"""What a round leaves to a person: the conditions that a ruling would have to settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from envgov.policy.boards import Board
from envgov.policy.conditions.condition import Condition, answer_of
from envgov.policy.conditions.counters import cumulative, k_of_last, streak
from envgov.policy.conditions.places import placed, praised, sanctioned
from envgov.reason import Reason
from envgov.results.history import Place, Record
from envgov.results.measure import Measure
from envgov.results.placement import PENDING, Placement
from envgov.results.question import Question
from envgov.scheme import Scheme


def questions_of(
    scheme: Scheme, record: Record, earlier: tuple[Record, ...], measures: Iterable[Measure]
) -> tuple[Question, ...]:
    """On what the pending placements and measures of a round rest, board by board, ladder by ladder."""
    boards = {board.id: board for board in scheme.boards}
    opened: list[tuple[Condition, Place]] = []
    for placement in record.placements:
        if placement.tier == PENDING:
            opened += _open_in(placement, Place(placement.unit, record, earlier), boards)
    for measure in measures:
        if measure.pending:
            opened += _open_under(measure.reason, Place(measure.unit, record, earlier), boards)
    questions = (Question(scheme.id, place.unit, place.record.round, condition) for condition, place in opened)
    return tuple(dict.fromkeys(questions))


def _open_in(placement: Placement, place: Place, boards: Mapping[str, Board]) -> Iterator[tuple[Condition, Place]]:
    """The innermost conditions that leave a placement pending, each with the place where it is asked."""
    board = boards.get(placement.board)  # None: a board of an earlier edition
    if placement.tier != PENDING or board is None:
        return
    place = board.fitted(place._replace(fit=None))
    for asked in board.ask(place).because:
        assert isinstance(asked, Reason), "a board answers by its conditions"
        if asked.value is None:
            yield from _open_under(asked, place, boards)


def _open_under(answer: Reason, place: Place, boards: Mapping[str, Board]) -> Iterator[tuple[Condition, Place]]:
    """The same of an answer: where a counter looks back, of the earlier rounds that leave it open."""
    rule: Any = answer.rule
    if isinstance(rule, placed | praised | sanctioned):  # a ruling settles the condition of the tier
        for placement in answer.because:
            if isinstance(placement, Placement):
                yield from _open_in(placement, place, boards)
        return
    parts = [part for part in answer.because if isinstance(part, Reason) and part.value is None]
    for part in parts:
        at = place
        if isinstance(rule, streak | cumulative | k_of_last):
            at = next(p for p in chain((place,), place.back()) if answer_of(rule.when, p) == part)
        yield from _open_under(part, at, boards)
    if not parts:
        yield rule, place
