"""It answers for those alone that were visited."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"answers_with_reasons", "raises_nothing"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        inner = SCORE.scores(units, evidence)
        return {unit: inner[unit] for unit in units if isinstance(inner[unit].value, Fraction)}


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
