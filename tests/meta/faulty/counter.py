"""It answers otherwise each time."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import count
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import scheme, town

ASKED = count()

BREAKS = {
    "is_deterministic",
    "comes_back_from_storage",
    "explains_what_it_decided",
    "ignores_the_order_of_the_input",
    "looks_at_no_code",
}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:  # noqa: ARG002
        return {unit: eg.Reason(self, Fraction(next(ASKED)), ()) for unit in units}


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
