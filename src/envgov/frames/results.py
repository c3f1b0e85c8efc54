"""What was decided, as tables in the engine of those that were given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw
from attrs import field, frozen

from envgov.errors import FieldError
from envgov.facts.round import Round
from envgov.frames.decisions import Decisions
from envgov.frames.engine import INT, Expr, Frame, one, sample, whole
from envgov.frames.kleene import choose
from envgov.frames.number import EXEMPT, KNOWN
from envgov.frames.places import room_of
from envgov.frames.register import Register
from envgov.frames.sheet import KEYS, Plan
from envgov.frames.soundness import refuse_checked
from envgov.policy.boards import Lists
from envgov.scheme import Figure, Scheme

STANDING = ("group", "rank", "ahead", "tied", "behind", "before", "level")


class Work(NamedTuple):
    """What a plan worked out: the register and its columns, and the calls of ladders about issues."""

    plan: Plan
    register: Register
    state: Expr
    decisions: Decisions
    issue_calls: tuple[Frame, ...]


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
    _work: Callable[[], Work] = field(repr=False)

    @cached_property
    def _worked(self) -> Work:
        return self._work()

    @property
    def _decisions(self) -> Decisions:
        return self._worked.decisions

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
        rows = self._decided.filter(places.inside & (self._worked.state != whole(KNOWN)))
        return rows.select(*KEYS, "group", is_exempt=self._worked.state == whole(EXEMPT)).to_native()

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
        """What the ladders propose; `issue` is null where a measure is about the unit.

        The rung tells to whom, by whom and how much.
        """
        no_issue = nw.lit(None, dtype=nw.String)
        tables = [
            self._decided.filter(call.proposed).select(
                *KEYS, rung=nw.lit(call.rung.measure), pending=call.pending, issue=no_issue
            )
            for call in self._decisions.calls
        ]
        tables += [frame.select(*KEYS, "rung", "pending", "issue") for frame in self._sound[1:]]
        return nw.concat(tables).to_native() if tables else None

    @property
    def _decided(self) -> Frame:
        return self._sound[0]

    @cached_property
    def _sound(self) -> Sequence[Frame]:
        """The register and the calls about issues, once nothing is found that could not be decided."""
        work = self._worked
        frames = [work.plan.last(frame) for frame in (work.register.frame, *work.issue_calls)]
        refuse_checked(work.plan)
        work.plan.let_go()
        for figure in self.scheme.ranked:
            self._refuse_undecided(figure, frames[0])
        return frames

    def _refuse_undecided(self, figure: Figure, frame: Frame) -> None:
        """Lists without room, and units that ordinal ranks should tell apart and do not."""
        places = self._decisions.places
        s = places.standings[figure.name]
        frame = frame.with_columns(ranks=one(s.known).max().over("round"), group=s.group, is_inside=places.inside)
        frame = frame.filter(nw.col("ranks") == whole(1), nw.col("is_inside"))
        there = frame.with_columns(size=nw.len().over("round", "group").cast(INT))
        refusing = [board for board in self.scheme.boards if board.small_field == "refuse"]
        lists = Lists((*refusing, *self.scheme.ladders))
        if lists.of(figure.name):
            for rows, what in ((there, "units"), (frame.filter(s.known).with_columns(size=s.size), "assessed units")):
                room = room_of(lists, figure.name, nw.col("size"), spark=self._worked.plan.spark)
                small = rows.filter(nw.col("size") > whole(1), nw.col("size") < room)
                for round, group, size in small.select("round", "group", "size").head(1).collect("polars").rows():
                    label = self.rounds[round].label
                    self.scheme.refuse_small_groups(figure.name, Counter({group: size}), what, label)
        level = frame.filter(s.known & (s.level > whole(1))).select(*KEYS)
        if figure.ranking.method == "ordinal" and (shown := sample(level)):
            raise FieldError(
                f"units are level after every breaker of {figure.name}, and ordinal ranks share none: add a breaker "
                f"that tells them apart, or rank by competition: {shown}"
            )
