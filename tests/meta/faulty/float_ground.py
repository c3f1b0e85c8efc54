"""It shows a float as its ground."""

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"uses_no_float"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        inner = SCORE.scores(units, evidence)
        return {unit: eg.Reason(self, inner[unit].value, (inner[unit], 0.5)) for unit in units}


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
