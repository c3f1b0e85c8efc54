"""Places in a field: `Standing`, `Ranking`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType
from typing import Literal, NamedTuple

from attrs import field, frozen
from attrs.validators import ge, le

from envgov.checks import is_count
from envgov.exact import MAX_PLACES, mean_of, round_half_up
from envgov.facts.round import Round
from envgov.results.table import WORDS, Language
from envgov.results.view import Listing, View, Viewed

Better = Literal["higher", "lower"]
SCORE = "score"
"""The figure that a scheme ranks by; further figures bear their own names."""


class Standing(NamedTuple):
    """A unit's place in its group, in counts that no direction and no method of ranking can change.

    `score` is the decided number: quantised, unless the scheme ranks on exact scores. `ahead` units are
    strictly better and `behind` strictly worse; `tied` have the same number, the unit itself included. Of the
    tied, the tie-breakers put `before` ahead of it and leave `level` with it, itself included.
    """

    unit: str
    round: Round
    group: str
    score: Decimal | Fraction
    rank: int
    ahead: int
    tied: int
    behind: int
    before: int
    level: int

    @property
    def size(self) -> int:
        """How many units of the group were assessed."""
        return self.ahead + self.tied + self.behind


_PLACE = itemgetter(*map(Standing._fields.index, ("group", "ahead", "before")))
_UNIT = itemgetter(*map(Standing._fields.index, ("group", "ahead", "before", "unit")))


def _best_first(standings: Iterable[Standing], better: Better | None) -> tuple[Standing, ...]:
    listed = sorted(standings, key=_UNIT)
    if better is not None:
        listed.sort(key=lambda s: s.score, reverse=better == "higher")
        listed.sort(key=_PLACE)
    return tuple(listed)


@frozen(init=False)
class Ranking(Viewed):
    """One figure of one round: the standing of every assessed unit, group by group, best first.

    Its numbers are shown with `places` decimals; they have no more, unless the scheme ranks on exact scores. Those who
    are level are listed in code order; where the numbers of a tie may differ, because there is a tolerance, `better` is
    given, and they are listed by number first.
    """

    figure: str
    places: int = field(validator=[is_count, ge(0), le(MAX_PLACES)])
    standings: tuple[Standing, ...]
    better: Better | None = None

    def __init__(self, figure: str, places: int, standings: Iterable[Standing], better: Better | None = None) -> None:
        self.__attrs_init__(figure, places, _best_first(standings, better), better)

    def of(self, unit: str) -> Standing | None:
        """None: the unit has no number in this figure."""
        return self.by_unit.get(unit)

    def shown(self, standing: Standing) -> Decimal:
        """The number as it is published."""
        return round_half_up(Fraction(standing.score), self.places)

    def mean(self, group: str) -> Fraction:
        """The exact mean of the decided numbers of a group."""
        return self._means[group]

    def view(self, language: Language = "zh") -> View:
        """The ranks as a table; a ranking knows units by their codes alone."""
        words = WORDS[language]
        rows = (
            (str(s.rank), s.unit, s.group, str(self.shown(s)), words.tied.format(s.tied) if s.tied > 1 else "")
            for s in self.standings
        )
        return View(self.figure, (Listing(words.ranking_heads, tuple(rows), frozenset({0, 3})),), language)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many units of each group were assessed."""
        return MappingProxyType(Counter([s.group for s in self.standings]))

    @cached_property
    def by_unit(self) -> Mapping[str, Standing]:
        return MappingProxyType({s.unit: s for s in self.standings})

    @cached_property
    def _means(self) -> Mapping[str, Fraction]:
        scores: dict[str, list[Decimal | Fraction]] = defaultdict(list)
        for s in self.standings:
            scores[s.group].append(s.score)
        return {group: mean_of(numbers) for group, numbers in scores.items()}
