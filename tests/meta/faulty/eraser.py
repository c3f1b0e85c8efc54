"""It throws away the visits that it has read."""

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"changes_no_argument", "ignores_the_order_of_the_input"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    channel: str = "督导"
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        inner = SCORE.scores(units, evidence)
        evidence.listed("督导").pop(units[0], None)  # type: ignore[attr-defined]
        return inner


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
