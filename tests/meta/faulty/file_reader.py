"""It reads a file beside the plugin."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"reads_nothing_outside"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        inner = SCORE.scores(units, evidence)
        Path(__file__).read_text(encoding="utf-8")
        return {unit: eg.Reason(self, inner[unit].value, (inner[unit],)) for unit in units}


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
