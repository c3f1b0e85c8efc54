"""Its condition stumbles where there is no standing, and answers nothing."""

from attrs import frozen

import envgov as eg
from meta.town import board, scheme, town

BREAKS = {"raises_nothing"}


@eg.term("bad.condition")
@frozen(repr=False)
class condition:
    def at(self, place: eg.Place) -> eg.Reason:
        if place.unit == "u0001":
            raise LookupError(place.unit)
        return eg.Reason(self, False, ())


PLUGIN = town(scheme(boards=(board(condition()),)), kinds=[condition])
