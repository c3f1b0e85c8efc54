"""What a round leaves to a person: the conditions that a ruling would have to settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from envgov.facts.round import Round
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
from envgov.season.columns import before_board


def questions_of(
    scheme: Scheme, record: Record, earlier: tuple[Record, ...], measures: Iterable[Measure]
) -> tuple[Question, ...]:
    """On what the pending placements and measures of a round rest, board by board, ladder by ladder."""
    search = _Search(scheme)
    found = [
        question
        for placement in record.placements
        for question in search.of_placement(placement, Place(placement.unit, record, earlier))
    ]
    for measure in measures:
        if measure.pending:
            found += search.of_answer(measure.reason, Place(measure.unit, record, earlier))
    return tuple(dict.fromkeys(found))


class _Search:
    """Goes from what is pending to the innermost conditions that are open."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.boards = {board.id: board for board in scheme.boards}
        self.known: dict[tuple[str, Round], Record] = {}

    def of_placement(self, placement: Placement, place: Place) -> Iterator[Question]:
        board = self.boards.get(placement.board)  # None: a board of an earlier edition
        if placement.tier != PENDING or board is None:
            return
        place = board.fitted(place._replace(record=self._before(board, place.record), fit=None))
        for asked in board.ask(place).because:
            assert isinstance(asked, Reason), "a board answers by its conditions"
            if asked.value is None:
                yield from self.of_answer(asked, place)

    def of_answer(self, answer: Reason, place: Place) -> Iterator[Question]:
        """The question is asked of the place where the condition is open: a counter looks back on earlier rounds."""
        rule = answer.rule
        if isinstance(rule, placed | praised | sanctioned):  # a ruling settles the condition of the tier
            for placement in answer.because:
                if isinstance(placement, Placement):
                    yield from self.of_placement(placement, place)
            return
        parts = [part for part in answer.because if isinstance(part, Reason) and part.value is None]
        for part in parts:
            at = place
            if isinstance(rule, streak | cumulative | k_of_last):
                at = next(p for p in place.back() if answer_of(rule.when, p) == part)
            yield from self.of_answer(part, at)
        if not parts:
            yield Question(self.scheme.id, place.unit, place.record.round, rule)

    def _before(self, board: Board, record: Record) -> Record:
        """One for each board and round, however many units are pending there."""
        key = board.id, record.round
        if key not in self.known:
            self.known[key] = before_board(self.scheme, board, record)
        return self.known[key]
