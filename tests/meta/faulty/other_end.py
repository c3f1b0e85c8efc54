"""Its condition names the last in objects, and the first in columns."""

from typing import Any

from attrs import frozen

import envgov as eg
from meta.town import board, scheme, town

BREAKS = {"decides_the_same_in_columns"}


@eg.term("bad.condition")
@frozen(repr=False)
class condition:
    def at(self, place: eg.Place) -> eg.Reason:
        standing = place.standing()
        return eg.Reason(self, standing is not None and standing.behind == 0, (standing,) if standing else ())

    def columns(self, places: Any) -> Any:
        standings = places.standings["score"]
        return standings.known & (standings.ahead == 0)


PLUGIN = town(scheme(boards=(board(condition()),)), kinds=[condition])
