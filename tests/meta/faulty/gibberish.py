"""Its ground cannot be told."""

from attrs import frozen

import envgov as eg
from meta.town import board, scheme, town


class Unspeakable:
    """Whose repr raises."""

    def __repr__(self) -> str:
        raise RuntimeError("speechless")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unspeakable)

    def __hash__(self) -> int:
        return 0


BREAKS = {"can_be_put_into_words"}


@eg.term("bad.condition")
@frozen(repr=False)
class condition:
    def at(self, place: eg.Place) -> eg.Reason:
        standing = place.standing()
        return eg.Reason(self, standing is not None and standing.behind == 0, (standing, Unspeakable()))


PLUGIN = town(scheme(boards=(board(condition()),)), kinds=[condition])
