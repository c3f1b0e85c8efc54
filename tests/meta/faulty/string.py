"""Its condition answers yes."""

from attrs import frozen

import envgov as eg
from meta.town import board, scheme, town

BREAKS = {"decides_something", "raises_nothing", "answers_with_reasons"}


@eg.term("bad.condition")
@frozen(repr=False)
class condition:
    def at(self, place: eg.Place) -> eg.Reason:
        return eg.Reason(self, "yes", (place.standing(),))


PLUGIN = town(scheme(boards=(board(condition()),)), kinds=[condition])
