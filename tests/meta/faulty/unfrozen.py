"""Its fields can be set."""

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import define

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"is_made_of_values"}


@eg.term("bad.rule")
@define(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        return SCORE.scores(units, evidence)


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
