"""Its condition holds without a ground."""

from attrs import frozen

import envgov as eg
from meta.town import board, scheme, town

BREAKS = {"says_what_was_seen"}


@eg.term("bad.condition")
@frozen(repr=False)
class condition:
    def at(self, place: eg.Place) -> eg.Reason:
        standing = place.standing()
        return eg.Reason(self, standing is not None and standing.behind == 0, ())


PLUGIN = town(scheme(boards=(board(condition()),)), kinds=[condition])
