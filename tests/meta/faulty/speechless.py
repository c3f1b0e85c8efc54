"""Its board cannot be asked again."""

from attrs import frozen

import envgov as eg
from meta.town import LAST, board, scheme, town

BREAKS = {"raises_nothing", "comes_back_from_storage"}


@eg.term("bad.board")
@frozen(repr=False)
class Odd(eg.Board):
    def ask(self, place: eg.Place) -> eg.Reason:
        raise LookupError(place.unit)


made = board(LAST)
PLUGIN = town(scheme(boards=(Odd(made.id, made.tiers, made.rest),)), kinds=[Odd])
