"""Ranks and the order of rows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, groupby
from typing import Literal, NamedTuple

from attrs import field, frozen

from envgov.published.claim import Result, Sentence, Tally, Why
from envgov.published.figures import Figures

Method = Literal["competition", "dense"]


class _Ranked(NamedTuple):
    row: int
    score: Fraction
    """Negative where lower is better."""
    rank: int


class _Group(NamedTuple):
    """What is printed of those that are ranked together: ranks with scores, scores without a rank, ranks without a score."""

    ranked: list[_Ranked]
    unranked: list[Fraction]
    scoreless: int


_Found = tuple[int, int, Why]


def _is_rank(value: Fraction) -> bool:
    """Below zero ranks are counted from the end (-1 is the last)."""
    return value.denominator == 1 and value >= 0


def _severity(found: list[_Found]) -> tuple[int, int]:
    return sum(not why for *_, why in found), len(found)


@frozen(repr=False, str=False)
class RankClaim(Sentence):
    """Each rank of a column follows from the numbers of another: 1 + how many are strictly better (1, 2, 2, 4).

    `dense`: 1 + how many different numbers are better (1, 2, 2, 3). Within the groups that a further column names,
    where one is given. Equal numbers with different ranks are undecidable, for hidden decimals may have decided, unless
    they are `exact`. A table may show a part of its list, unless it is `whole`: it may begin with any rank, and the
    first rank after a gap (1, 2, 3, 88, 89, 90) is undecidable where no worse row contradicts it. A rank below zero is
    not compared, for it is counted from the end.
    """

    text: str = field(eq=False)
    column: str
    by: str
    better: Literal["higher", "lower"] = "higher"
    method: Method = "competition"
    within: str = ""
    exact: bool = False
    whole: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column, self.by, *([self.within] if self.within else []))

    @property
    def numeric(self) -> tuple[tuple[str, bool], ...]:
        return ((self.column, False), (self.by, False))

    def check(self, figures: Figures) -> Result:
        tally = Tally()
        for rows in figures.grouped(self.within):
            self._check_group(figures, rows, tally)
        return tally.result()

    def _check_group(self, figures: Figures, rows: Sequence[int], tally: Tally) -> None:
        group = _Group([], [], 0)
        for row in rows:
            rank, score = figures.numeral(row, self.column), figures.comparable(row, self.by)
            sign = 1 if self.better == "higher" else -1
            if rank is not None and score is not None and not score.wording and _is_rank(rank.value):
                group.ranked.append(_Ranked(row, sign * score.value, int(rank.value)))
            elif rank is not None:
                group = group._replace(scoreless=group.scoreless + 1)
            elif score is not None:
                group.unranked.append(sign * score.value)
        group.ranked.sort(key=lambda r: -r.score)
        group.unranked.sort()
        tally.checked += len(group.ranked)
        tally.skipped += group.scoreless
        alone = set(group.unranked) - {r.score for r in group.ranked}
        takes = group.unranked if self.method == "competition" else sorted(alone)
        # units with a score whose rank cannot be read are ranked too, or none of them is: whichever explains more
        found = min((self._compare(group, taken) for taken in (takes, [])), key=_severity)
        for row, right, why in sorted(found):
            tally.note(row, self.column, figures.text(row, self.column), str(right), why)

    def _compare(self, group: _Group, taken: list[Fraction]) -> list[_Found]:
        """The ranks that are not right, where units with these scores take a rank that they do not show."""
        found: list[_Found] = []
        first = 1
        tied = [list(members) for _, members in groupby(group.ranked, key=lambda r: r.score)]
        best = list(accumulate((min(m.rank for m in members) for members in reversed(tied)), min))[::-1]
        for i, members in enumerate(tied):
            score, ranks = members[0].score, [m.rank for m in members]
            spare = group.scoreless + len(group.unranked) - bisect_left(group.unranked, score)
            ahead = len(taken) - bisect_right(taken, score)
            right = first + ahead
            right = first + ahead
            why: Why = ""
            if self._fits(ranks, first, first + spare):
                why = "rounded" if min(ranks) == right else "unread"
            elif self._leaves_out(first + spare, ranks, best[i + 1 : i + 2]):
                why, first = "gap", min(ranks) - ahead
                right = right if i or self.within else min(ranks)
            found += [(m.row, right, why) for m in members if m.rank != right]
            first += len(members) if self.method == "competition" else len(set(ranks)) if why else 1
        return found

    def _leaves_out(self, last: int, ranks: list[int], below: list[int]) -> bool:
        """Whether a table that shows a part of its list could go on with these ranks: none below contradicts them."""
        best = min(ranks)
        after = best + (len(ranks) if self.method == "competition" else len(set(ranks)))
        return not self.whole and last < best and self._fits(ranks, best, best) and all(rank >= after for rank in below)

    def _fits(self, ranks: list[int], first: int, last: int) -> bool:
        """Whether hidden decimals could have given equal numbers these ranks, the best of them from first to last."""
        counts = Counter(ranks)
        expected = min(ranks)
        if not first <= expected <= last:
            return False
        for rank in sorted(counts):
            if rank != expected:
                return False
            expected += counts[rank] if self.method == "competition" else 1
        return len(counts) == 1 or not self.exact


@frozen(repr=False, str=False)
class OrderClaim(Sentence):
    """The rows stand best first, by the numbers of a column; within the groups of another, where one is given."""

    text: str = field(eq=False)
    by: str
    better: Literal["higher", "lower"] = "higher"
    within: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.by, *([self.within] if self.within else []))

    @property
    def numeric(self) -> tuple[tuple[str, bool], ...]:
        return ((self.by, False),)

    def check(self, figures: Figures) -> Result:
        tally = Tally()
        for group in figures.grouped(self.within):
            scored = {row: n.value for row in group if (n := figures.comparable(row, self.by)) is not None}
            rows, scores = tuple(scored), tuple(scored.values())
            wanted = sorted(range(len(rows)), key=lambda i: scores[i], reverse=self.better == "higher")
            tally.checked += len(rows)
            for i, row in enumerate(rows):
                if scores[i] != scores[wanted[i]]:
                    tally.note(row, self.by, figures.text(row, self.by), figures.text(rows[wanted[i]], self.by))
        return tally.result()
