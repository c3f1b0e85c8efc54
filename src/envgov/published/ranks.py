"""Ranks and the order of rows."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from typing import Literal, NamedTuple

from attrs import field, frozen

from envgov.published.claim import Result, Sentence, Tally
from envgov.published.figures import Figures

Method = Literal["competition", "dense"]


class _Ranked(NamedTuple):
    row: int
    score: Fraction
    """Negative where lower is better."""
    rank: int


@frozen(repr=False, str=False)
class RankClaim(Sentence):
    """Each rank of a column follows from the numbers of another: 1 + how many are strictly better (1, 2, 2, 4).

    `dense`: 1 + how many different numbers are better (1, 2, 2, 3). Within the groups that a further column names,
    where one is given; without them, a table that shows the end of a list begins with the rank of its best row. Equal
    numbers with different ranks are undecidable, for hidden decimals may have decided, unless they are `exact`.
    """

    text: str = field(eq=False)
    column: str
    by: str
    better: Literal["higher", "lower"] = "higher"
    method: Method = "competition"
    within: str = ""
    exact: bool = False

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
        ranked: list[_Ranked] = []
        loose: list[Fraction | None] = []  # scores without a rank, and ranks without a score: they may count
        for row in rows:
            rank, score = figures.numeral(row, self.column), figures.comparable(row, self.by)
            sign = 1 if self.better == "higher" else -1
            if rank is not None and score is not None and not score.wording and rank.value.denominator == 1:
                ranked.append(_Ranked(row, sign * score.value, int(rank.value)))
            elif rank is not None:
                tally.skipped += 1
                loose.append(None)
            elif score is not None:
                loose.append(sign * score.value)
        ranked.sort(key=lambda r: -r.score)
        tally.checked += len(ranked)
        found = self._judge(ranked, loose, 0)
        if not self.within and any(verdict == "wrong" for *_, verdict in found):
            best = min(r.rank for r in ranked if r.score == ranked[0].score)
            below = self._judge(ranked, loose, max(best - 1, 0))
            found = found if any(verdict == "wrong" for *_, verdict in below) else below
        for row, right, verdict in sorted(found):
            tally.note(row, self.column, figures.text(row, self.column), str(right), verdict)

    def _judge(
        self, ranked: list[_Ranked], loose: list[Fraction | None], above: int
    ) -> list[tuple[int, int, Literal["wrong", "undecidable"]]]:
        """The ranks that are not right, where `above` ranks stand before the first row."""
        found: list[tuple[int, int, Literal["wrong", "undecidable"]]] = []
        right = 1 + above
        scores = sorted(score for score in loose if score is not None)
        anywhere = len(loose) - len(scores)
        for score, tied in groupby(ranked, key=lambda r: r.score):
            members = list(tied)
            spare = anywhere + len(scores) - bisect_left(scores, score)
            fits = self._fits([m.rank for m in members], right, right + spare)
            found += [(m.row, right, "undecidable" if fits else "wrong") for m in members if m.rank != right]
            if self.method == "competition":
                right += len(members)
            else:
                right += len({m.rank for m in members}) if fits else 1
        return found

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
