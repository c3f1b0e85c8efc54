"""A field of it cannot be hashed."""

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"is_made_of_values", "comes_back_from_storage"}


class Box:
    """Equal to every other, and without a hash."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Box)

    __hash__ = None  # type: ignore[assignment]


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    box: Box
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        return SCORE.scores(units, evidence)


PLUGIN = town(scheme(scoring=rule(Box())), kinds=[rule])
