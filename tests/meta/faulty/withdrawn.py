"""Its ladder proposes a measure once, and knows nothing of it when it is asked why."""

from collections.abc import Iterator

from attrs import frozen

import envgov as eg
from envgov.policy.ladders import Call
from meta.town import LAST, scheme, town

BREAKS = {"explains_what_it_decided"}
CLIMBED: list[eg.Place] = []


@eg.term("bad.ladder")
@frozen(repr=False)
class Odd(eg.Ladder):
    def climb(self, place: eg.Place) -> Iterator[Call]:
        """The record of a round is one object, whether it decides or explains."""
        if not any(then.unit == place.unit and then.record is place.record for then in CLIMBED):
            CLIMBED.append(place)
            yield from super().climb(place)


PLUGIN = town(scheme(ladders=(Odd((eg.Rung("通报", LAST, ("村支书",)),), publish="every rung"),)), kinds=[Odd])
