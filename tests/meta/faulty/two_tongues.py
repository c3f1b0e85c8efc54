"""Its board explains what it did not decide."""

from attrs import frozen

import envgov as eg
from meta.town import LAST, board, scheme, town

BREAKS = {"comes_back_from_storage", "explains_what_it_decided"}


@eg.term("bad.board")
@frozen(repr=False)
class Odd(eg.Board):
    def ask(self, place: eg.Place) -> eg.Reason:
        return super().ask(place)._replace(value="红榜")


made = board(LAST)
PLUGIN = town(scheme(boards=(Odd(made.id, made.tiers, made.rest),)), kinds=[Odd])
