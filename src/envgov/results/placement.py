"""Where a board (榜、三色) put a unit."""

from __future__ import annotations

from typing import Literal, NamedTuple

from envgov.facts.round import Round

Side = Literal["praise", "sanction"]
PENDING = "pending"
"""The tier of a unit whose condition the rules leave to a person."""


class Outcome(NamedTuple):
    """A tier in which a pending placement may end, and its side."""

    tier: str
    side: Side | None


class Placement(NamedTuple):
    """A unit's one tier on a board; `side` is None for tiers that neither praise nor sanction.

    While it is pending, `outcomes` are the tiers in which it may end, whatever is ruled: nobody who ties at the lower
    cut is on the red list. Without any, as in records from before they were kept, it may end in each.
    """

    board: str
    unit: str
    round: Round
    tier: str
    side: Side | None
    outcomes: tuple[Outcome, ...] = ()

    def may_be_in(self, tier: str) -> bool:
        """Whether it is pending, and may end in that tier."""
        return self.tier == PENDING and (not self.outcomes or any(o.tier == tier for o in self.outcomes))

    def may_be_on(self, side: Side) -> bool:
        """Whether it is pending, and may end in a tier of that side."""
        return self.tier == PENDING and (not self.outcomes or any(o.side == side for o in self.outcomes))


class Holding(NamedTuple):
    """A unit that holds what goes from hand to hand (流动红旗), since which round, and for how many rounds running."""

    unit: str
    since: Round
    rounds: int


class Tiers(NamedTuple):
    """The tiers that a board had in a round, whether anybody stood in them or not; the last takes the rest."""

    board: str
    names: tuple[str, ...]
