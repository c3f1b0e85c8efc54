"""What was decided, as tables in the engine of those that were given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any
from uuid import uuid4

import narwhals.stable.v2 as nw
from attrs import field, frozen

from envgov.errors import FieldError
from envgov.facts.round import Round
from envgov.frames.decisions import Decisions
from envgov.frames.engine import INT, Expr, Frame, one, sample, small_table, whole
from envgov.frames.kleene import choose
from envgov.frames.number import EXEMPT, KNOWN
from envgov.frames.places import room_of
from envgov.frames.register import Register
from envgov.frames.sheet import KEYS, Plan
from envgov.frames.soundness import refuse_checked, refuse_unsound
from envgov.frames.table import Kind, Table
from envgov.policy.boards import Lists
from envgov.scheme import Figure, Scheme

STANDING = ("group", "rank", "ahead", "tied", "behind", "before", "level")


@frozen(eq=False, slots=False)
class Result:
    """What a scheme decides of its rounds. `round` is the position of a round among those given.

    Each table comes in the kind in which the units were given: of pandas or PyArrow, of Polars, a relation of DuckDB or
    a frame of Spark; `tables` has them for other kinds. One that the scheme does not speak of is None. The plan runs
    when the first is asked for, after the tables have been looked through.

    Raises:
        InputError: when a table is asked for: the tables contain what no facts could, or exceed the maxima.
        SchemeError, FieldError: when a table is asked for: what the rules of the plan could not decide.
    """

    scheme: Scheme
    rounds: tuple[Round, ...]
    _plan: Plan = field(repr=False)
    _register: Register = field(repr=False)
    _state: Expr = field(repr=False)
    _decisions: Decisions = field(repr=False)
    _issue_calls: tuple[Frame, ...] = field(repr=False)

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The tables by name, and `rounds`: which round stands at which position."""
        known = {
            "rounds": self._rounds,
            "standings": self._standings,
            "absences": self._absences,
            "placements": self._placements,
            "measures": self._measures,
        }
        return {name: Table(frame, self._kind) for name, frame in known.items() if frame is not None}

    def to_polars(self) -> dict[str, Any]:
        """Every table as a polars.DataFrame."""
        return {name: table.to_polars() for name, table in self.tables.items()}

    def to_pandas(self) -> dict[str, Any]:
        """Every table as a pandas.DataFrame; pandas and pyarrow must be installed."""
        return {name: table.to_pandas() for name, table in self.tables.items()}

    def _native(self, name: str) -> Any:
        return self.tables[name].native if name in self.tables else None

    @property
    def _kind(self) -> Kind:
        return self._plan.tables.kind

    @property
    def _rounds(self) -> Frame:
        rows = [(n, round.start, round.end, round.label) for n, round in enumerate(self.rounds)]
        return small_table(self._plan.tables.units, {"round": int, "start": date, "end": date, "label": str}, rows)

    @property
    def standings(self) -> Any:
        """Every unit that has a number, by figure; `score` is the number in units of the last of its `places`."""
        return self._native("standings")

    @property
    def _standings(self) -> Frame | None:
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
        return nw.concat(tables) if tables else None

    @property
    def absences(self) -> Any:
        """Units of the field without a score; `is_exempt` tells why."""
        return self._native("absences")

    @property
    def _absences(self) -> Frame | None:
        places = self._decisions.places
        rows = self._decided.filter(places.inside & (self._state != whole(KNOWN)))
        return rows.select(*KEYS, "group", is_exempt=self._state == whole(EXEMPT))

    @property
    def placements(self) -> Any:
        """Where each board put each unit; while it is pending, `outcomes` has a bit for each tier, the first lowest."""
        return self._native("placements")

    @property
    def _placements(self) -> Frame | None:
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
        return nw.concat(tables) if tables else None

    @property
    def measures(self) -> Any:
        """What the ladders propose; `issue` is null where a measure is about the unit.

        The rung tells to whom, by whom and how much.
        """
        return self._native("measures")

    @property
    def _measures(self) -> Frame | None:
        no_issue = nw.lit(None, dtype=nw.String)
        tables = [
            self._decided.filter(call.proposed).select(
                *KEYS, rung=nw.lit(call.rung.measure), pending=call.pending, issue=no_issue
            )
            for call in self._decisions.calls
        ]
        tables += [frame.select(*KEYS, "rung", "pending", nw.col("issue").cast(nw.String)) for frame in self._sound[1:]]
        return nw.concat(tables) if tables else None

    @property
    def _decided(self) -> Frame:
        return self._sound[0]

    @cached_property
    def _sound(self) -> Sequence[Frame]:
        """The register and the calls about issues, once nothing is found that could not be decided."""
        if not self._plan.tables.sound:
            refuse_unsound(self._plan.tables)
        refuse_checked(self._plan)
        frames = settled([self._register.frame, *self._issue_calls])
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
                room = room_of(lists, figure.name, nw.col("size"), spark=self._plan.spark)
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


def settled(frames: Sequence[Frame]) -> Sequence[Frame]:
    """The frames as they were computed once, where the engine holds what it computed."""
    if frames[0].implementation.is_polars():
        import polars as pl

        computed = pl.collect_all([frame.to_native() for frame in frames], engine="streaming")
        return [nw.from_native(frame.lazy()) for frame in computed]
    if frames[0].implementation.is_duckdb():
        return [_kept(frame.to_native()) for frame in frames]
    return [nw.from_native(frame.to_native().persist()) for frame in frames]


def _kept(relation: Any) -> Frame:
    """The relation as a temporary table of its session."""
    name = f"envgov_{uuid4().hex}"
    relation.query("decided", f"CREATE TEMP TABLE {name} AS SELECT * FROM decided")  # noqa: S608 - a name of our own
    frame: Frame = nw.from_native(relation.query("decided", f"SELECT * FROM {name}"))  # noqa: S608
    return frame
