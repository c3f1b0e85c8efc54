"""What a round leaves to a person: the conditions that a ruling would have to settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from envgov.policy.boards import Board
from envgov.policy.conditions.condition import answer_of
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
    asked = [
        question
        for placement in record.placements
        for question in _of_placement(placement, scheme, Place(placement.unit, record, earlier))
    ]
    for measure in measures:
        if measure.pending:
            asked += _of_answer(measure.reason, scheme, Place(measure.unit, record, earlier))
    return tuple(dict.fromkeys(asked))


def _of_placement(placement: Placement, scheme: Scheme, place: Place) -> Iterator[Question]:
    if placement.tier != PENDING:
        return
    for board in scheme.boards:
        if board.id == placement.board:
            yield from _of_board(board, scheme, place)


def _of_board(board: Board, scheme: Scheme, place: Place) -> Iterator[Question]:
    for asked in board.ask(place).because:
        assert isinstance(asked, Reason), "a board answers by its conditions"
        if asked.value is None:
            yield from _of_answer(asked, scheme, board.fitted(place))


def _of_answer(answer: Reason, scheme: Scheme, place: Place) -> Iterator[Question]:
    """The innermost conditions that are open, each where it is: a counter looks back on earlier rounds."""
    rule = answer.rule
    if isinstance(rule, placed | praised | sanctioned):  # a ruling settles the condition of the tier
        for ground in answer.because:
            if isinstance(ground, Placement):
                yield from _of_placement(ground, scheme, place._replace(fit=None))
        return
    parts = [part for part in answer.because if isinstance(part, Reason) and part.value is None]
    for part in parts:
        at = place
        if isinstance(rule, streak | cumulative | k_of_last):
            at = next(p for p in place.back() if answer_of(rule.when, p) == part)
        yield from _of_answer(part, scheme, at)
    if not parts:
        yield Question(scheme.id, place.unit, place.record.round, rule)
