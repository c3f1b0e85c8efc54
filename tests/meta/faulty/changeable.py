"""Its items are a list."""

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import field, frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"comes_back_from_storage", "is_made_of_values"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    items: list[str] = field(factory=list)
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        return SCORE.scores(units, evidence)


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
