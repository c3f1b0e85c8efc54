"""It counts, in a field of its own, how often it was asked."""

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"changes_no_argument"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    asked: int = 0
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        object.__setattr__(self, "asked", self.asked + 1)
        return SCORE.scores(units, evidence)


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
