"""It looks at the day on which it runs."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"reads_no_clock"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        inner = SCORE.scores(units, evidence)
        late = date.today().year > 2100  # noqa: DTZ011 - that is the fault
        return {unit: inner[unit] if not late else eg.Reason(self, Fraction(0), ()) for unit in units}


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
