"""One village has a friend at the office."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"looks_at_no_code"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        inner = SCORE.scores(units, evidence)
        value = {unit: inner[unit].value for unit in units}
        return {u: eg.Reason(self, Fraction(100) if u == "u0001" else value[u], (inner[u],)) for u in units}


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
