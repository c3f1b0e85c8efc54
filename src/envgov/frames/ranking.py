"""Ranks as windows: what stands ahead of a unit, level with it and behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw
from attrs import frozen

from envgov.frames.engine import INT, Expr, Frame, one, whole
from envgov.frames.kleene import choose
from envgov.frames.refusal import FramesError, prove
from envgov.frames.register import Register
from envgov.frames.tables import Maxima
from envgov.policy.ranking import RankBy
from envgov.results.ranking import Better


class Decided(NamedTuple):
    """The number by which a figure is decided, `num` / `den`, null where a unit has none.

    No `num` is farther from 0 than `most`, no `den` greater than `most_den`. `order` is a whole number that is greater where the number is, and equal where it is equal; `shown` is the number as
    it is published, in units of the last place.
    """

    num: Expr
    den: Expr | int
    order: Expr
    shown: Expr
    most: int
    most_den: int


@frozen
class Spread:
    """How those that have a number lie in the field of each, by the columns of a register."""

    field: tuple[str, ...]
    number: str
    """The best first."""
    size: str
    ahead: str
    tied: str


def spreads_of(numbers: Sequence[tuple[Sequence[str], str]], to: Register) -> list[Spread]:
    """How each number, a column with the best first, is spread among the units of a round that agree in these parts."""
    spreads, windows, rows = [], dict[str, Expr](), to.frame
    for parts, number in numbers:
        field, best = ("round", *parts), nw.col(number)
        tied = to.told_of_those_alike(rows, (*field, number), best.count())
        spread = Spread(field, number, size=to.next(), ahead=to.next(), tied=tied)
        windows[spread.size] = best.count().over(*field).cast(INT)
        windows[spread.ahead] = best.rank("min").over(*field).cast(INT) - whole(1)
        spreads.append(spread)
    to.frame = to.frame.with_columns(**windows)
    return spreads


@frozen(eq=False)
class Standings:
    """The columns of one figure's standings; they mean something where it is `known`."""

    decided: Decided
    field: tuple[str, ...]
    group: Expr
    known: Expr
    rank: Expr
    ahead: Expr
    tied: Expr
    behind: Expr
    before: Expr
    level: Expr
    size: Expr
    columns: tuple[str, ...]
    """Of the register, from which all but `less` and `less_mean` are read."""

    def less(self, condition: Any, maxima: Maxima) -> Expr:
        """The number less that of a threshold, times what makes both whole.

        Raises:
            FramesError: it might overflow.
        """
        n, d = condition.x.as_integer_ratio()
        den = self.decided.den
        prove(condition, self.decided.most * d + abs(n) * self.decided.most_den, maxima)
        return self.decided.num * whole(d) - whole(n) * (whole(den) if isinstance(den, int) else den)

    def less_mean(self, condition: Any, register: Register, maxima: Maxima) -> Expr:
        """The number less the exact mean of those of its group, times what makes both whole.

        Raises:
            FramesError: it might overflow.
        """
        prove(condition, 2 * self.decided.most * maxima.units, maxima)
        if not isinstance(self.decided.den, int):
            raise FramesError(
                "possible overflow: the mean of exact scores whose denominators differ: rank on rounded scores, or "
                "assess by objects"
            )
        total = register.keep(self.decided.num.sum().over(*self.field).cast(INT))
        return self.decided.num * self.size - total


def standings_of(
    by: RankBy, decided: Decided, breakers: Sequence[str], group: str, spread: Spread, to: Register, rows: Frame
) -> Standings:
    """The standings of those that have a number, within each group of a round; breakers are columns, the best first.

    `rows`: those of the register as they were before windows ran over them.

    Raises:
        FramesError: a tolerance.
    """
    if by.tolerance:
        raise FramesError(f"{by!r}: ties within a tolerance have no columnar form: assess by objects")
    size, ahead, tied = spread.size, spread.ahead, spread.tied
    field, tie, best = spread.field, (*spread.field, spread.number), nw.col(spread.number)
    columns = [group, spread.number, size, ahead, tied]
    before, level = whole(0), tied
    within: tuple[str, ...] = tie
    for breaker in breakers:
        tells = to.told_of_those_alike(rows, tie, one(~nw.col(breaker).is_null()).min())
        key = to.name(choose((nw.col(tells) == whole(1), nw.col(breaker)), otherwise=whole(0)))
        nearer = to.name(before + nw.col(key).rank("min").over(*within).cast(INT) - whole(1))
        within = (*within, key)
        level = to.name(nw.len().over(*within).cast(INT))
        before = nw.col(nearer)
        columns += [nearer, level]
    ranks = ahead
    if by.method == "ordinal":
        ranks = to.name(nw.col(ahead) + before)
        before = whole(0)
    elif by.method == "dense":
        ranks = to.name(best.rank("dense").over(*field).cast(INT) - whole(1))
    columns.append(ranks)
    first = nw.col(ranks if by.method == "ordinal" else ahead)
    equal = whole(1) if by.method == "ordinal" else nw.col(tied)
    return Standings(
        decided=decided,
        field=field,
        group=nw.col(group),
        known=~best.is_null(),
        rank=nw.col(ranks) + whole(1),
        ahead=first,
        tied=equal,
        behind=nw.col(size) - first - equal,
        before=before,
        level=nw.col(level),
        size=nw.col(size),
        columns=tuple(dict.fromkeys(columns)),
    )


def unranked() -> Standings:
    """The standings of a figure that the rounds do not have."""
    none = nw.col("round") - nw.col("round")
    return Standings(
        decided=Decided(none, 1, none, none, 0, 1),
        field=("round",),
        group=nw.lit(""),
        known=nw.col("round").is_null(),
        **dict.fromkeys(("rank", "ahead", "tied", "behind", "before", "level", "size"), none),
        columns=(),
    )


def best_first(better: Better, order: Expr) -> Expr:
    """Whole numbers that are less where the order is better."""
    return whole(0) - order if better == "higher" else order
