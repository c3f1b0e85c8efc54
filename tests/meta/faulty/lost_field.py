"""A field whose name begins with an underscore is not stored."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"comes_back_from_storage"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    _bonus: int = 0
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        inner = SCORE.scores(units, evidence)
        known = {unit: reason.value for unit, reason in inner.items() if isinstance(reason.value, Fraction)}
        return {u: eg.Reason(self, known[u] + self._bonus, (inner[u],)) if u in known else inner[u] for u in units}


PLUGIN = town(scheme(scoring=rule(bonus=1)), kinds=[rule])
