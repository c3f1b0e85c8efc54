"""It takes the units out of the list that it was given."""

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"changes_no_argument"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        out = SCORE.scores(list(units), evidence)
        if isinstance(units, list):
            units.clear()
        return out


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
