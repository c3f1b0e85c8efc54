"""It stumbles over a unit that nobody visited."""

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"raises_nothing"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    channel: str = "督导"
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        inner = SCORE.scores(units, evidence)
        first = {unit: evidence.listed("督导")[unit][0] for unit in units}
        return {unit: eg.Reason(self, inner[unit].value, (first[unit],)) for unit in units}


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
