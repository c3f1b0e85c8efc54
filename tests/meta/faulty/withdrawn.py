"""Its ladder proposes a measure once, and knows nothing of it when it is asked why."""

from collections.abc import Iterator
from itertools import count

from attrs import frozen

import envgov as eg
from envgov.policy.ladders import Call
from meta.town import LAST, scheme, town

BREAKS = {"explains_what_it_decided"}
CLIMBED = count()


@eg.term("bad.ladder")
@frozen(repr=False)
class Odd(eg.Ladder):
    def climb(self, place: eg.Place) -> Iterator[Call]:
        if next(CLIMBED) % 5 == 0:
            yield from super().climb(place)


PLUGIN = town(scheme(ladders=(Odd((eg.Rung("通报", LAST, ("村支书",)),), publish="every rung"),)), kinds=[Odd])
