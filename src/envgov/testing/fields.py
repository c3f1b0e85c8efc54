"""One round of a town: what was stated for each village, with ties of every sort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from hypothesis import strategies as st

from envgov.facts.evidence import Facts
from envgov.facts.grid import Grid, Unit
from envgov.facts.inspection import Inspection
from envgov.policy.calendar.cadences import month
from envgov.policy.conditions.places import bottom, top
from envgov.policy.ranking import RankBy
from envgov.policy.scoring.inspected import stated
from envgov.results.assessment import Assessment
from envgov.scheme import Scheme, Source
from envgov.season import assess
from envgov.testing.words import BREAKERS, CHANNEL, CODES, GROUPS, TIES, Better

Scores = dict[str, Decimal | None]
FEBRUARY = month().round_of(date(2024, 2, 29))
NONE = (stated("无人检查", several="mean"),)  # breaks no tie; a list that asks for breakers is answered all the same
_OF_RANKING = ("places", "method", "rank_on", "tolerance")


@cache
def marks(low: int = 0, high: int = 100) -> st.SearchStrategy[Decimal]:
    """Points with up to two decimals; every third lies half way between two numbers of one decimal."""
    plain = st.integers(low * 100, high * 100).map(lambda hundredths: Decimal(hundredths) / 100)
    half = st.integers(low * 10, high * 10 - 1).map(lambda tenths: Decimal(tenths * 10 + 5) / 100)
    whole = st.integers(low, high).map(Decimal)
    return st.one_of(plain, half, whole)


class Field(NamedTuple):
    """One month of a town: what was stated for each village, and in the channels that break ties."""

    scores: Scores
    breakers: tuple[tuple[Better, Scores], ...]
    groups: Mapping[str, str]

    @property
    def assessed(self) -> dict[str, Decimal]:
        return {unit: score for unit, score in self.scores.items() if score is not None}

    @property
    def facts(self) -> Facts:
        units = [Unit(u, u, "村", designations=frozenset({self.groups[u]})) for u in self.scores]
        columns = [(CHANNEL, self.scores), *zip(BREAKERS, (column for _, column in self.breakers), strict=False)]
        return Facts(
            Grid(units),
            inspections=(
                Inspection(unit, date(2024, 2, 29), channel, stated=score)
                for channel, column in columns
                for unit, score in column.items()
                if score is not None
            ),
        )

    def scheme(self, better: Better = "higher", grouped: bool = False, **changes: Any) -> Scheme:
        """Ranks what was stated, to one decimal; keywords of RankBy go to the ranking, others to the scheme."""
        ranking = {name: changes.pop(name) for name in _OF_RANKING if name in changes}
        breakers = (
            stated(channel, several="mean", better=way)
            for channel, (way, _) in zip(BREAKERS, self.breakers, strict=False)
        )
        return Scheme(
            id="month",
            levels=("村",),
            cadence=month(),
            since=date(2020, 1, 1),
            source=Source("办法"),
            groups=GROUPS if grouped else (),
            scoring=stated(CHANNEL, several="mean", better=better),
            ranking=RankBy(**{"places": 1, **ranking}, breakers=tuple(breakers) or NONE),
            **changes,
        )

    def assess(self, better: Better = "higher", **changes: Any) -> Assessment:
        return assess(self.scheme(better, **changes), FEBRUARY, self.facts)

    def mapped(self, scores: Scores) -> Field:
        """Other scores for some of the villages, or for more; new ones are missing in what breaks ties."""
        breakers = tuple((way, {u: x for u, x in column.items() if u in scores}) for way, column in self.breakers)
        return Field(scores, breakers, {unit: self.groups.get(unit, GROUPS[0]) for unit in scores})


def _column(values: Sequence[Decimal], *, missing: bool) -> st.SearchStrategy[Decimal | None]:
    """Few values for many units, so that they tie; a missing one is as likely as any."""
    return st.sampled_from([*values, None] if missing else list(values))


_NEAR = st.sampled_from([(), (Decimal("0.01"),), (Decimal("0.02"), Decimal("0.05"))])


@st.composite
def fields(draw: st.DrawFn, min_assessed: int = 0, max_size: int = 6) -> Field:
    """A field of 1 to 6 villages whose scores come from a pool of one to four."""
    codes = draw(st.permutations(CODES))[: draw(st.integers(max(min_assessed, 1), max_size))]
    pool = draw(st.lists(marks(60, 100), min_size=1, max_size=4))
    pool += [pool[0] + more for more in draw(_NEAR)]
    sure = codes[:min_assessed]
    scores: Scores = {u: draw(_column(pool, missing=u not in sure)) for u in codes}
    breakers = []
    for _ in range(draw(st.integers(0, len(BREAKERS)))):
        values = draw(st.lists(marks(0, 10), min_size=1, max_size=3))
        missing = draw(st.booleans())
        column: Scores = {u: draw(_column(values, missing=missing)) for u in codes}
        way: Better = draw(st.sampled_from(("higher", "lower")))
        breakers.append((way, column))
    return Field(scores, tuple(breakers), {u: draw(st.sampled_from(GROUPS)) for u in codes})


@cache
def lists(n: st.SearchStrategy[int], ties: Sequence[str] = TIES) -> st.SearchStrategy[top | bottom]:
    """Lists of so many from either end."""
    return st.builds(lambda cls, n, ties: cls(n, ties=ties), st.sampled_from([top, bottom]), n, st.sampled_from(ties))
