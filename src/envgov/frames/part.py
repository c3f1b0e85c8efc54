"""Rounds that one edition judges: what it decides of them, as frames of the engine of the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

import narwhals.stable.v2 as nw
from attrs import frozen

from envgov.errors import FieldError
from envgov.facts.round import Round
from envgov.frames.decisions import Decisions
from envgov.frames.engine import INT, Expr, Frame, is_spark, one, sample, whole
from envgov.frames.kleene import choose
from envgov.frames.number import EXEMPT, KNOWN
from envgov.frames.past import Asked, Counted, Past, moved, past_of
from envgov.frames.places import room_of
from envgov.frames.sheet import KEYS
from envgov.policy.boards import Lists
from envgov.scheme import Figure, Scheme

STANDING = ("group", "rank", "ahead", "tied", "behind", "before", "level")


@frozen(eq=False, slots=False)
class Part:
    """The rounds of one edition; `first` is the position of the first of them among all that are assessed.

    `asked`: what its counters asked, and those of later editions.
    """

    scheme: Scheme
    rounds: tuple[Round, ...]
    first: int
    decided: Frame
    standings: Frame
    """The same rows, with the columns of standings."""
    state: Expr
    decisions: Decisions
    issue_calls: tuple[Frame, ...]
    asked: Mapping[Counted, Asked]

    @cached_property
    def tables(self) -> Mapping[str, Frame]:
        """What was decided, by the name of its table; without what the scheme does not speak of."""
        for figure in self.scheme.ranked:
            self._refuse_undecided(figure)
        of_issues = [
            frame.select(*KEYS, "rung", "pending", nw.col("issue").cast(nw.String)) for frame in self.issue_calls
        ]
        known = {
            "standings": self._standings(),
            "absences": self._absences(),
            "placements": self._placements(),
            "measures": [*self._measures(), *of_issues],
        }
        return {name: moved(nw.concat(frames), self.first) for name, frames in known.items() if frames}

    def left_to(self, earlier: Past | None) -> Past:
        """What these rounds and those before them leave to later ones."""
        places = self.decisions.places
        mine = past_of(self.rounds, self.scheme.edition, self.decided, places.heads, self.asked)
        return mine if earlier is None else earlier.then(mine)

    def _standings(self) -> list[Frame]:
        figures = self.decisions.places.standings
        of = {figure.name: figure.ranking.places for figure in self.scheme.ranked}
        return [
            self.standings.filter(s.known).select(
                *KEYS,
                figure=nw.lit(name),
                score=s.decided.shown,
                places=whole(of[name]),
                **{what: getattr(s, what) for what in STANDING},
            )
            for name, s in figures.items()
        ]

    def _absences(self) -> list[Frame]:
        places = self.decisions.places
        rows = self.decided.filter(places.inside & (self.state != whole(KNOWN)))
        return [rows.select(*KEYS, "group", is_exempt=self.state == whole(EXEMPT))]

    def _placements(self) -> list[Frame]:
        tables = []
        for id_, placed in self.decisions.places.placements.items():
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
            judged = self.decided.filter(self.decisions.places.judged)
            tables.append(judged.select(*KEYS, board=nw.lit(id_), tier=tier, side=side, outcomes=bits))
        return tables

    def _measures(self) -> list[Frame]:
        no_issue = nw.lit(None, dtype=nw.String)
        return [
            self.decided.filter(call.proposed).select(
                *KEYS, rung=nw.lit(call.rung.measure), pending=call.pending, issue=no_issue
            )
            for call in self.decisions.calls
        ]

    def _refuse_undecided(self, figure: Figure) -> None:
        """Lists without room, and units that ordinal ranks should tell apart and do not."""
        places = self.decisions.places
        s = places.standings[figure.name]
        frame = self.standings.with_columns(
            ranks=one(s.known).max().over("round"), group=s.group, is_inside=~nw.col("group").is_null()
        )
        frame = frame.filter(nw.col("ranks") == whole(1), nw.col("is_inside"))
        there = frame.with_columns(size=nw.len().over("round", "group").cast(INT))
        refusing = [board for board in self.scheme.boards if board.small_field == "refuse"]
        lists = Lists((*refusing, *self.scheme.ladders))
        if lists.of(figure.name):
            for rows, what in ((there, "units"), (frame.filter(s.known).with_columns(size=s.size), "assessed units")):
                room = room_of(lists, figure.name, nw.col("size"), spark=is_spark(self.decided))
                small = rows.filter(nw.col("size") > whole(1), nw.col("size") < room)
                for round, group, size in (
                    small.select("round", "group", "size").sort("round", "group").head(1).collect("polars").rows()
                ):
                    label = self.rounds[round].label
                    self.scheme.refuse_small_groups(figure.name, Counter({group: size}), what, label)
        level = frame.filter(s.known & (s.level > whole(1))).select(*KEYS)
        if figure.ranking.method == "ordinal" and (shown := sample(level)):
            raise FieldError(
                f"units are level after every breaker of {figure.name}, and ordinal ranks share none: add a breaker "
                f"that tells them apart, or rank by competition: {shown}"
            )
