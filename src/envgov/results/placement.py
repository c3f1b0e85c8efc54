"""Where a board (榜、三色) put a unit."""

from __future__ import annotations

from typing import Literal, NamedTuple

from envgov.facts.round import Round

Side = Literal["praise", "sanction"]
PENDING = "pending"
"""The tier of a unit whose condition the rules leave to a person."""


class Placement(NamedTuple):
    """A unit's one tier on a board; `side` is None for tiers that neither praise nor sanction."""

    board: str
    unit: str
    round: Round
    tier: str
    side: Side | None


class Holding(NamedTuple):
    """A unit that holds what goes from hand to hand (流动红旗), since which round, and for how many rounds running."""

    unit: str
    since: Round
    rounds: int


class Tiers(NamedTuple):
    """The tiers that a board had in a round, whether anybody stood in them or not; the last takes the rest."""

    board: str
    names: tuple[str, ...]
