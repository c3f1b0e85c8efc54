"""It settles what is level by lot, and remembers how."""

import random
from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"draws_no_random_numbers"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        inner = SCORE.scores(units, evidence)
        random.shuffle([*units])
        return {unit: eg.Reason(self, inner[unit].value, (inner[unit],)) for unit in units}


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
