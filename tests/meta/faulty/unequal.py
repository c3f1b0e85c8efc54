"""Two of a kind are not equal."""

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"is_made_of_values", "comes_back_from_storage"}


@eg.term("bad.rule")
@frozen(repr=False, eq=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        return SCORE.scores(units, evidence)


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
