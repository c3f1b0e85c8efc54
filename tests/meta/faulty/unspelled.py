"""Its repr is that of attrs, for it is set once more."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {'can_be_put_into_words'}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        inner = SCORE.scores(units, evidence)
        return inner


rule.__repr__ = lambda self: f"<rule {self.better}>"  # type: ignore[method-assign]
PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
