"""What was decided, as tables in the engine of those that were given."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import narwhals.stable.v2 as nw
from attrs import field, frozen

from envgov.errors import FieldError
from envgov.facts.round import Round
from envgov.frames.decisions import Decisions
from envgov.frames.engine import Expr, Frame, one, sample, whole
from envgov.frames.kleene import choose
from envgov.frames.number import EXEMPT, KNOWN
from envgov.frames.register import Register
from envgov.frames.sheet import KEYS, Plan
from envgov.frames.soundness import refuse_checked
from envgov.scheme import Scheme

STANDING = ("group", "rank", "ahead", "tied", "behind", "before", "level")


@frozen(eq=False, slots=False)
class Result:
    """What a scheme decides of its rounds. `round` is the position of a round among those given.

    Each table is a frame of the engine of the tables that were given, lazy where that is. The plan runs when the first
    is asked for.

    Raises:
        InputError, SchemeError, FieldError: when a table is asked for: what the rules of the plan could not decide.
    """

    scheme: Scheme
    rounds: tuple[Round, ...]
    _plan: Plan = field(repr=False)
    _register: Register = field(repr=False)
    _state: Expr = field(repr=False)
    _decisions: Decisions = field(repr=False)

    @property
    def standings(self) -> Any:
        """Every unit that has a number, by figure; `score` is the number in units of the last of its `places`."""
        figures = self._decisions.places.standings
        of = {figure.name: figure.ranking.places for figure in self.scheme.ranked}
        tables = [
            self._decided.filter(s.known).select(
                *KEYS,
                figure=nw.lit(name),
                score=s.decided.shown,
                places=whole(of[name]),
                **{what: getattr(s, what) for what in STANDING},
            )
            for name, s in figures.items()
        ]
        return nw.concat(tables).to_native() if tables else None

    @property
    def absences(self) -> Any:
        """Units of the field without a score; `is_exempt` tells why."""
        places = self._decisions.places
        rows = self._decided.filter(places.inside & (self._state != whole(KNOWN)))
        return rows.select(*KEYS, "group", is_exempt=self._state == whole(EXEMPT)).to_native()

    @property
    def placements(self) -> Any:
        """Where each board put each unit; while it is pending, `outcomes` has a bit for each tier, the first lowest."""
        tables = []
        for id_, placed in self._decisions.places.placements.items():
            tiers = [(nw.lit(tier.name), nw.lit(tier.side, dtype=nw.String)) for tier in placed.board.tiers]
            at = [placed.tier == whole(n) for n in range(len(tiers))]
            pending = (placed.tier == whole(-1), nw.lit("pending"))
            tier = choose(
                pending,
                *[(a, name) for a, (name, _) in zip(at, tiers, strict=True)],
                otherwise=nw.lit(placed.board.rest),
            )
            side = choose(
                *[(a, side) for a, (_, side) in zip(at, tiers, strict=True)], otherwise=nw.lit(None, dtype=nw.String)
            )
            bits = whole(0)
            for n, may in enumerate(placed.open):
                bits = bits + one(may) * whole(2**n)
            judged = self._decided.filter(self._decisions.places.judged)
            tables.append(judged.select(*KEYS, board=nw.lit(id_), tier=tier, side=side, outcomes=bits))
        return nw.concat(tables).to_native() if tables else None

    @property
    def measures(self) -> Any:
        """What the ladders propose of units; the rung tells to whom, by whom and how much."""
        tables = [
            self._decided.filter(call.proposed).select(*KEYS, rung=nw.lit(call.rung.measure), pending=call.pending)
            for call in self._decisions.calls
        ]
        return nw.concat(tables).to_native() if tables else None

    @cached_property
    def _decided(self) -> Frame:
        """The register, once nothing is found that could not be decided."""
        frame = settled(self._register.frame)
        refuse_checked(self._plan)
        for figure in self.scheme.ranked:
            s = self._decisions.places.standings[figure.name]
            level = frame.filter(s.known & (s.level > whole(1))).select(*KEYS)
            if figure.ranking.method == "ordinal" and (rows := sample(level)):
                raise FieldError(
                    f"units are level after every breaker of {figure.name}, and ordinal ranks share none: add a breaker "
                    f"that tells them apart, or rank by competition: {rows}"
                )
        return frame


def settled(frame: Frame) -> Frame:
    """The frame as it was computed once, where the engine holds what it computed."""
    if frame.implementation.is_polars():
        return nw.from_native(frame.to_native().collect(engine="streaming").lazy())
    return frame
