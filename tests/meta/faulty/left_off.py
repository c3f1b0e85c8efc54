"""Its board leaves out the last unit."""

from collections.abc import Iterable, Iterator

from attrs import frozen

import envgov as eg
from meta.town import LAST, board, scheme, town

BREAKS = {"comes_back_from_storage", "gives_each_unit_one_tier", "looks_at_no_code"}


@eg.term("bad.board")
@frozen(repr=False)
class Odd(eg.Board):
    def place(self, units: Iterable[str], record: eg.Record, earlier: tuple[eg.Record, ...]) -> Iterator[eg.Placement]:
        yield from super().place(tuple(units)[:-1], record, earlier)


made = board(LAST)
PLUGIN = town(scheme(boards=(Odd(made.id, made.tiers, made.rest),)), kinds=[Odd])
