"""Once, it does not answer."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"is_deterministic"}
ASKED = count()


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        if next(ASKED) == 1:
            raise RuntimeError("not today")
        return SCORE.scores(units, evidence)


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
