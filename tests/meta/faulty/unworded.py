"""Its words name a field that it does not have."""

from collections.abc import Mapping
from typing import ClassVar

from attrs import frozen

import envgov as eg
from meta.town import board, scheme, town

BREAKS = {"can_be_put_into_words"}


@eg.term("bad.condition")
@frozen(repr=False)
class condition:
    points: int
    words: ClassVar[Mapping[str, str]] = {"zh": "低于{score}分"}

    def at(self, place: eg.Place) -> eg.Reason:
        return eg.below(self.points).at(place)._replace(rule=self)


PLUGIN = town(scheme(boards=(board(condition(60)),)), kinds=[condition])
