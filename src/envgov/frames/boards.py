"""Boards and ladders in columns: the tier of each unit, and the measures that are proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import evolve

from envgov.frames.engine import Expr, whole
from envgov.frames.kleene import NO, YES, choose, fails, holds
from envgov.frames.places import Placements, Places
from envgov.policy.boards import Board
from envgov.policy.ladders import Ladder, Rung


def placed_on(board: Board, places: Places) -> Places:
    """The places with where the board put those who are judged."""
    asking = places.fitted(board)
    answers = [asking.ask(tier.when) for tier in board.tiers]
    tier, reached, open_ = whole(len(answers)), YES, []
    for n, answer in reversed(list(enumerate(answers))):
        tier = choose((answer.is_null(), whole(-1)), (holds(answer), whole(n)), otherwise=tier)
    tier = places.register.keep(tier)
    pending = tier == whole(-1)
    for answer in answers:
        open_.append(pending & reached & ~fails(answer))
        reached = reached & ~holds(answer)
    open_.append(pending & reached)
    return evolve(places, placements={**places.placements, board.id: Placements(board, tier, tuple(open_))})


class Call(NamedTuple):
    """A rung, where it is proposed, and where that waits for a ruling."""

    rung: Rung
    proposed: Expr
    pending: Expr


def climbed(ladder: Ladder, places: Places) -> Iterator[Call]:
    """The calls of a ladder on those who are judged, light to heavy."""
    return called(ladder, [places.ask(rung.when) for rung in ladder.rungs], places.judged)


def called(ladder: Ladder, answers: Sequence[Expr], asked: Expr) -> Iterator[Call]:
    """The calls of a ladder on those who are asked, by the answers of its rungs."""
    for n, (rung, answer) in enumerate(zip(ladder.rungs, answers, strict=True)):
        outdone = NO
        for m, (other, its) in enumerate(zip(ladder.rungs, answers, strict=True)):
            if rung.measure in other.supersedes or (ladder.publish == "highest" and m > n):
                outdone = outdone | holds(its)
        yield Call(rung, asked & ~fails(answer) & ~outdone, answer.is_null())
