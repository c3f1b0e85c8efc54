"""It reads a channel that stands in none of its fields."""

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import scheme, town

BREAKS = {"decides_something"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        return eg.stated("秘密", several="mean").scores(units, evidence)


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
