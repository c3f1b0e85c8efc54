"""It gives bare numbers."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import scheme, town

BREAKS = {"decides_something", "raises_nothing", "answers_with_reasons"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:  # noqa: ARG002
        return dict.fromkeys(units, Fraction(100))  # type: ignore[arg-type]


PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
