"""Its board puts each unit into two tiers."""

from collections.abc import Iterable, Iterator

from attrs import frozen

import envgov as eg
from meta.town import LAST, board, scheme, town

BREAKS = {"comes_back_from_storage", "gives_each_unit_one_tier"}


@eg.term("bad.board")
@frozen(repr=False)
class Odd(eg.Board):
    def place(self, units: Iterable[str], record: eg.Record, earlier: tuple[eg.Record, ...]) -> Iterator[eg.Placement]:
        for placement in super().place(units, record, earlier):
            yield placement
            yield placement


made = board(LAST)
PLUGIN = town(scheme(boards=(Odd(made.id, made.tiers, made.rest),)), kinds=[Odd])
