"""The rounds along a chart: what each is called, and where rounds are missing between."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import altair as alt
from attrs import frozen

from envgov.charts.style import told
from envgov.charts.words import CHART_WORDS
from envgov.facts.round import Round
from envgov.results.assessment import Season
from envgov.results.table import Language

FEW_ROUNDS = 12
GAP = "⋯"


@frozen
class Timeline:
    """The places along the axis, and the one of each round; a place between two shows that rounds were not held."""

    places: tuple[str, ...]
    of: Mapping[Round, str]
    language: Language

    @property
    def is_short(self) -> bool:
        """Whether each round has room for words."""
        return len(self.of) <= FEW_ROUNDS

    def axis(self) -> alt.X:
        return alt.X(
            "round:O",
            scale=alt.Scale(domain=self.places),
            title=None,
            axis=alt.Axis(
                labelAngle=0 if self.is_short else -90,
                labelExpr="split(datum.value, '\\n')" if self.is_short else "datum.value",
                labelOverlap=False,
                ticks=False,
                grid=False,
                domain=False,
                orient="bottom",
            ),
        )

    def sizes(self, season: Season) -> list[str]:
        """How many were assessed, where there is no room for it below each round."""
        if self.is_short:
            return []
        sizes = sorted(len(assessment.record.standings) for assessment in season)
        words = CHART_WORDS[self.language]
        return [
            words["field"].format(sizes[0]) if sizes[0] == sizes[-1] else words["fields"].format(sizes[0], sizes[-1])
        ]


def timeline_of(season: Season, language: Language) -> Timeline:
    """Oldest first; below the few rounds of a short season stands how many were assessed."""
    units = CHART_WORDS[language]["units"]
    is_short = len(season) <= FEW_ROUNDS
    of = {
        a.record.round: told(a.record.round.label)
        + (f"\n{units.format(len(a.record.standings))}" if is_short and a.record.rankings else "")
        for a in season
    }
    places = list(of.values())[:1]
    for n, (earlier, later) in enumerate(pairwise(of)):
        if earlier.end < later.start:
            places.append(GAP + "\n" + " " * n)  # each place along an axis has a text of its own
        places.append(of[later])
    return Timeline(tuple(places), of, language)
