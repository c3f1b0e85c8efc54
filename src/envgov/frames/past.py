"""What rounds leave to those after them: what the counters of their schemes asked at each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

import narwhals.stable.v2 as nw
from attrs import evolve, frozen

from envgov.errors import SchemeError
from envgov.facts.round import Round
from envgov.frames.engine import Expr, Frame, emptied, whole

KEYS = ("round", "unit")
NOT_SETTLED = nw.lit(None, dtype=nw.Boolean)


class Counted(NamedTuple):
    """A counter, as its repr gives it, of an edition (the day since when), on a board or, with "", on none."""

    edition: str
    board: str
    counter: str


class Asked(NamedTuple):
    """The columns of a counter: what it asked, whether that could be answered, and what it said itself."""

    answer: Expr
    seen: Expr
    settled: Expr


@frozen(eq=False)
class Past:
    """Rounds before those that are assessed, told by their position; `held` has those that were.

    `frame` has a row for each place at which something was asked or the head is known: `round`, `unit`, `head`, and of
    each counter, by its position in `counted`, `answer_n`, `seen_n`, `settled_n`.
    """

    rounds: tuple[Round, ...]
    editions: tuple[str, ...]
    counted: tuple[Counted, ...]
    held: Frame
    frame: Frame

    def of(self, counted: Counted) -> list[str]:
        """The names of the columns of a counter.

        Raises:
            SchemeError: it was not asked in these rounds.
        """
        if counted not in self.counted:
            raise SchemeError(
                f"the state of the closed rounds does not tell what {counted.counter}, of the "
                f"edition since {counted.edition}, counts: assess the whole history with this edition"
            )
        return columns_of(self.counted.index(counted))

    def then(self, later: Past) -> Past:
        """Both, of the counters that the later rounds know."""
        n = len(self.rounds)
        names = [name for counted in later.counted for name in self.of(counted)]
        renamed = {new: nw.col(old) for new, old in zip(later.names, names, strict=True)}
        mine = self.frame.select(*KEYS, "head", **renamed)
        return Past(
            (*self.rounds, *later.rounds),
            (*self.editions, *later.editions),
            later.counted,
            nw.concat([self.held, moved(later.held, n)]),
            nw.concat([mine, moved(later.frame, n).select(*KEYS, "head", *later.names)]),
        )

    def without_rows(self) -> Past:
        """The same columns, in Polars, as the tables of a plan that is only proved."""
        return evolve(self, held=emptied(self.held), frame=emptied(self.frame))

    @property
    def names(self) -> list[str]:
        return [name for n in range(len(self.counted)) for name in columns_of(n)]

    @property
    def settled(self) -> list[str]:
        """What each counter said itself."""
        return [columns_of(n)[-1] for n in range(len(self.counted))]


def columns_of(n: int) -> list[str]:
    return [f"answer_{n}", f"seen_{n}", f"settled_{n}"]


def moved(frame: Frame, by: int) -> Frame:
    """The rows of rounds whose positions are so many further on."""
    return frame.with_columns(round=nw.col("round") + whole(by))


def past_of(
    rounds: Sequence[Round], edition: str, frame: Frame, head: Expr | None, asked: Mapping[Counted, Asked]
) -> Past:
    """What rounds of one edition leave behind."""
    columns: dict[str, Expr] = {"head": nw.lit(None, dtype=nw.String) if head is None else head}
    for n, (answer, seen, settled) in enumerate(asked.values()):
        answers = (nw.when(seen).then(answer), seen, nw.when(seen).then(settled))
        columns |= dict(zip(columns_of(n), answers, strict=True))
    told = reduce(or_, (nw.col(f"seen_{n}") for n in range(len(asked))), ~nw.col("head").is_null())
    return Past(
        tuple(rounds),
        (edition,) * len(rounds),
        tuple(asked),
        frame.select("round").unique(),
        frame.select(*KEYS, **columns).filter(told),
    )
