"""How scores become standings: rounding, ties, tie-breakers, groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from envgov.checks import is_tuple
from envgov.errors import SchemeError
from envgov.exact import MAX_PLACES, round_half_up
from envgov.facts.evidence import Evidence
from envgov.policy.scoring import ScoringRule
from envgov.policy.term import answers, one_of
from envgov.reason import Reason
from envgov.results.ranking import Ranking, Standing


@frozen
class RankBy:
    """How a figure is ranked within each group.

    `places`: the decided number is the score rounded half up to that many; thresholds, means and ranks use it,
    so what is published is what was decided. `rank_on="exact"` decides on the unrounded score instead.
    `method`: equal numbers share a rank; the next rank counts the units ahead ("competition", 1224) or the
    ranks ("dense", 1223). `breakers` never change a rank: they settle ties at a cut where a condition says
    `ties="break"`, the first that tells two units apart; one that is absent for any of the tied breaks nothing.
    """

    places: int = field()
    method: Literal["competition", "dense"] = field(default="competition", validator=one_of("competition", "dense"))
    rank_on: Literal["rounded", "exact"] = field(default="rounded", validator=one_of("rounded", "exact"))
    breakers: tuple[ScoringRule, ...] = field(default=(), validator=(is_tuple, answers("scores")))

    @places.validator
    def _within_bounds(self, _: object, value: int) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_PLACES:
            raise SchemeError(f"RankBy: places={value!r}: give a whole number from 0 to {MAX_PLACES}")

    def rank(
        self,
        figure: str,
        rule: ScoringRule,
        scores: Mapping[str, Reason],
        groups: Mapping[str, str],
        evidence: Evidence,
    ) -> Ranking:
        """The standings of the units that have a score; `groups` names each unit's group."""
        members: dict[str, dict[Decimal | Fraction, list[str]]] = defaultdict(lambda: defaultdict(list))
        for unit, reason in scores.items():
            if isinstance(reason.value, Fraction):
                members[groups[unit]][self._decide(reason.value)].append(unit)
        columns = [(breaker.better, breaker.scores(list(scores), evidence)) for breaker in self.breakers]
        standings = []
        for group, by_score in members.items():
            size = sum(map(len, by_score.values()))
            ahead = 0
            for place, score in enumerate(sorted(by_score, reverse=rule.better == "higher"), 1):
                tied = by_score[score]
                rank = ahead + 1 if self.method == "competition" else place
                behind = size - ahead - len(tied)
                for unit, before, level in _break_tie(tied, columns):
                    standings.append(
                        Standing(unit, evidence.round, group, score, rank, ahead, len(tied), behind, before, level)
                    )
                ahead += len(tied)
        return Ranking(figure, self.places, tuple(standings))

    def _decide(self, score: Fraction) -> Decimal | Fraction:
        return score if self.rank_on == "exact" else round_half_up(score, self.places)


def _break_tie(
    tied: Sequence[str], columns: Sequence[tuple[str, Mapping[str, Reason]]]
) -> Iterator[tuple[str, int, int]]:
    """Each tied unit, how many of them are put before it, and how many are left level with it."""
    keys: dict[str, tuple[Fraction, ...]] = dict.fromkeys(tied, ())
    if len(tied) > 1:
        for better, column in columns:
            known = {unit: value for unit in tied if isinstance(value := column[unit].value, Fraction)}
            if len(known) == len(tied):
                keys = {unit: (*key, -known[unit] if better == "higher" else known[unit]) for unit, key in keys.items()}
    shared = Counter(keys.values())
    before, put_before = 0, {}
    for key in sorted(shared):
        put_before[key] = before
        before += shared[key]
    for unit, key in keys.items():
        yield unit, put_before[key], shared[key]
