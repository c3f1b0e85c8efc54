"""Its repr is that of attrs, for it is set once more."""

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

import envgov as eg
from meta.town import SCORE, scheme, town

BREAKS = {"can_be_put_into_words"}


@eg.term("bad.rule")
@frozen(repr=False)
class rule:
    better: Literal["higher", "lower"] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        return SCORE.scores(units, evidence)


setattr(rule, "__repr__", lambda self: f"<rule {self.better}>")  # noqa: B010 - term has set it
PLUGIN = town(scheme(scoring=rule()), kinds=[rule])
