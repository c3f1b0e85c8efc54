"""The unit that comes first gets a point."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"ignores_the_order_of_the_input", "looks_at_no_code"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        inner = SCORE.scores(units, evidence)
        out = {}
        for n, unit in enumerate(units):
            value = inner[unit].value
            bonus = value + (n == 0) if isinstance(value, Fraction) else value
            out[unit] = eg.Reason(self, bonus, (inner[unit],))
        return out


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
