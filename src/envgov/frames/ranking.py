"""Ranks as windows: what stands ahead of a unit, level with it and behind it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import chain
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

    field: str
    number: str
    """The best first."""
    size: str
    ahead: str
    tied: str
    dense: str | None
    """How many numbers are ahead, where anybody asks."""

    @property
    def tie(self) -> tuple[str, ...]:
        return (self.field, self.number)


def spreads_of(
    numbers: Iterable[tuple[str, str]], dense: Container[str], to: Register, windows: Register
) -> list[Spread]:
    """How each number, a column with the best first, is spread among the units that share this column.

    `windows`: the rows of the register with what windows need. DuckDB runs these over the numbers that there are, which
    are fewer and carry nothing along, and joins what they tell to the register itself.
    """
    spreads = list[Spread]()
    by_numbers = windows.frame.implementation.is_duckdb()
    register = to if by_numbers else windows
    for field, number in numbers:
        size, ahead, tied = register.next(), register.next(), register.next()
        nth = register.next() if number in dense else None
        spreads.append(Spread(field, number, size, ahead, tied, nth))
    if by_numbers:
        for spread in spreads:
            register.add(_of_numbers(spread, windows.frame), on=spread.tie)
    else:
        register.put({name: column for spread in spreads for name, column in _of_units(spread).items()})
    return spreads


def _of_units(spread: Spread) -> dict[str, Expr]:
    best = nw.col(spread.number)
    return {
        spread.size: best.count().over(spread.field).cast(INT),
        spread.ahead: best.rank("min").over(spread.field).cast(INT) - whole(1),
        spread.tied: best.count().over(*spread.tie).cast(INT),
        **_dense(spread),
    }


def _of_numbers(spread: Spread, rows: Frame) -> Frame:
    """The same, of each number that there is."""
    known, tied = rows.filter(~nw.col(spread.number).is_null()), nw.col(spread.tied)
    told = {
        spread.size: tied.sum().over(spread.field).cast(INT),
        spread.ahead: tied.cum_sum().over(spread.field, order_by=spread.number).cast(INT) - tied,
        **_dense(spread),
    }
    return known.group_by(*spread.tie).agg(nw.len().cast(INT).alias(spread.tied)).with_columns(**told)


def _dense(spread: Spread) -> dict[str, Expr]:
    ranks = nw.col(spread.number).rank("dense").over(spread.field).cast(INT)
    return {} if spread.dense is None else {spread.dense: ranks - whole(1)}


def breaks_of(spread: Spread, breakers: Sequence[str], windows: Register) -> list[tuple[str, str]]:
    """After each breaker, a column with the best first: how many of the tied are nearer, and how many still level."""
    within, before, broken = spread.tie, whole(0), list[tuple[str, str]]()
    for breaker in breakers:
        tells = windows.name(one(~nw.col(breaker).is_null()).min().over(*spread.tie).cast(INT))
        key = windows.name(choose((nw.col(tells) == whole(1), nw.col(breaker)), otherwise=whole(0)))
        nearer = windows.name(before + nw.col(key).rank("min").over(*within).cast(INT) - whole(1))
        within, before = (*within, key), nw.col(nearer)
        broken.append((nearer, windows.name(nw.len().over(*within).cast(INT))))
    return broken


@frozen(eq=False)
class Standings:
    """The columns of one figure's standings; they mean something where it is `known`."""

    decided: Decided
    field: str
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
        total = register.keep(self.decided.num.sum().over(self.field).cast(INT))
        return self.decided.num * self.size - total


def standings_of(
    by: RankBy, decided: Decided, group: str, spread: Spread, breaks: Sequence[tuple[str, str]], to: Register
) -> Standings:
    """The standings of those that have a number, within each group of a round.

    Raises:
        FramesError: a tolerance.
    """
    if by.tolerance:
        raise FramesError(f"{by!r}: ties within a tolerance have no columnar form: assess by objects")
    size, ahead, tied = spread.size, spread.ahead, spread.tied
    before, level = (nw.col(breaks[-1][0]), breaks[-1][1]) if breaks else (whole(0), tied)
    ranks = ahead
    if by.method == "ordinal":
        ranks = to.name(nw.col(ahead) + before)
        before = whole(0)
    elif by.method == "dense":
        assert spread.dense is not None
        ranks = spread.dense
    columns = [group, spread.number, size, ahead, tied, *chain.from_iterable(breaks), ranks]
    first = nw.col(ranks if by.method == "ordinal" else ahead)
    equal = whole(1) if by.method == "ordinal" else nw.col(tied)
    return Standings(
        decided=decided,
        field=spread.field,
        group=nw.col(group),
        known=~nw.col(spread.number).is_null(),
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
        field="round",
        group=nw.lit(""),
        known=nw.col("round").is_null(),
        **dict.fromkeys(("rank", "ahead", "tied", "behind", "before", "level", "size"), none),
        columns=(),
    )


def best_first(better: Better, order: Expr) -> Expr:
    """Whole numbers that are less where the order is better."""
    return whole(0) - order if better == "higher" else order
