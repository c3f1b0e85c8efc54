"""It takes nine tenths, as a float."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
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
        known = {unit: reason.value for unit, reason in inner.items() if isinstance(reason.value, Fraction)}
        return {
            u: eg.Reason(self, Fraction(float(known[u]) * 0.9), (inner[u],)) if u in known else inner[u] for u in units
        }


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
