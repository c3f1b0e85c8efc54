"""What objects decided of a season, as columns: the numbers that frames are given, and the answers that they must give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import polars as pl

import envgov as eg
from envgov.frames.decisions import Column, Decisions, decide
from envgov.frames.engine import Frame
from envgov.frames.places import Places
from envgov.frames.ranking import Decided
from envgov.frames.register import Register
from envgov.frames.rulings import Ruled
from envgov.policy.scoring.rule import scores_of
from envgov.season import rounds_of

KINDS: dict[type, Any] = {bool: pl.Boolean, int: pl.Int64, str: pl.String, date: pl.Date}


def frame(engine: str, columns: Mapping[str, type], rows: Sequence[tuple[Any, ...]]) -> Frame:
    """A table of one engine."""
    table = pl.DataFrame(list(rows), {name: KINDS[kind] for name, kind in columns.items()}, orient="row")
    return nw.from_native(table.lazy() if engine == "polars" else duckdb.from_arrow(table.to_arrow()))


def whole_numbers(values: Sequence[Any]) -> list[int | None]:
    """The numbers over their common denominator; None stays."""
    known = [Fraction(v) for v in values if v is not None]
    over = lcm(*(v.denominator for v in known)) if known else 1
    return [None if v is None else int(Fraction(v) * over) for v in values]


class World:
    """A scheme on a season: what objects decided, and the same numbers as columns of one engine."""

    def __init__(self, scheme: eg.Scheme, facts: eg.Facts) -> None:
        self.scheme, self.facts = scheme, facts
        self.rounds = rounds_of(scheme, facts)
        self.season = eg.assess_season(scheme, facts)
        self.at = {round: n for n, round in enumerate(self.rounds)}
        self.held = [(self.at[a.record.round], a.record) for a in self.season]
        fields = {n: scheme.field_on(facts.during(record.round).grid) for n, record in self.held}
        self.inside = {(n, unit) for n, field in fields.items() for unit in field}
        self.keys = [(n, unit) for n, _ in self.held for unit in sorted({u for _, u in self.inside})]

    @property
    def answers(self) -> dict[str, set[tuple[Any, ...]]]:
        """What objects decided, as tuples."""
        return {
            "standings": {
                (n, s.unit, ranking.figure, *(getattr(s, what) for what in STANDING))
                for n, record in self.held
                for ranking in record.rankings
                for s in ranking.standings
            },
            "placements": {
                (n, p.unit, p.board, p.tier, tuple(o.tier for o in p.outcomes))
                for n, record in self.held
                for p in record.placements
            },
            "measures": {(self.at[a.record.round], m.unit, m.rung, m.pending) for a in self.season for m in a.measures},
        }

    def decisions(self, engine: str) -> tuple[Decisions, Register]:
        """The plan of what is decided from these figures, and its register."""
        columns: dict[str, list[Any]] = {}
        kinds: dict[str, type] = {"round": int, "unit": str}
        records = dict(self.held)
        self._put(columns, kinds, "inside", bool, lambda n, unit: (n, unit) in self.inside)
        self._put(columns, kinds, "excused", bool, lambda n, unit: records[n].absence(unit) is not None)
        for name, figure in enumerate(self.scheme.ranked):
            self._figure(columns, kinds, str(name), figure, records)
        rows = [(*key, *values) for key, *values in zip(self.keys, *columns.values(), strict=True)]
        register = Register(frame(engine, kinds, rows))
        inside, excused = nw.col("inside"), nw.col("excused")
        figures = {
            figure.name: Column(
                _decided(str(name), self._over[str(name)]),
                [(b.better, nw.col(f"{name}b{m}")) for m, b in enumerate(figure.ranking.breakers)],
                nw.col(f"g{name}"),
                f"f{name}",
                str(name),
            )
            for name, figure in enumerate(self.scheme.ranked)
        }
        known = ~figures["score"].decided.order.is_null() if figures else None
        who = sorted({(n, unit, *sorted(r.heads_of(unit))) for n, r in self.held for _, unit in self.keys})
        ids: dict[tuple[Any, ...], int] = {}
        heads = [(n, unit, ids.setdefault(tuple(rest), len(ids))) for n, unit, *rest in who if rest]
        (head,) = register.note({"round": int, "unit": str, "head": int}, heads)
        places = Places(
            register,
            self.rounds,
            frame(
                engine,
                {"unit": str, "designation": str},
                [(u.code, name) for u in self.facts.grid.units for name in u.designations],
            ),
            frame(
                engine,
                {"unit": str, "slip": str, "day": date},
                [(s.unit, s.slip, s.day) for s in self.facts.slips],
            ),
            tuple(
                Ruled(r.unit, r.concerns, repr(r.condition), r.holds, r.issue)
                for r in self.facts.rulings
                if r.scheme == self.scheme.id
            ),
            inside=inside,
            assessed=~excused if known is None else known,
            judged=inside & ~excused if known is None else known,
            heads=head,
        )
        return decide(self.scheme, places, figures), register

    def _put(self, columns: Any, kinds: Any, name: str, kind: type, of: Any) -> None:
        columns[name] = [of(n, unit) for n, unit in self.keys]
        kinds[name] = kind

    def _figure(self, columns: Any, kinds: Any, name: str, figure: eg.Figure, records: Any) -> None:
        standings = [records[n].standing(unit, figure.name) for n, unit in self.keys]
        scores = [None if s is None else Fraction(s.score) for s in standings]
        self._over[name] = lcm(1, *(s.denominator for s in scores if s is not None))
        columns[name] = [None if s is None else int(s * self._over[name]) for s in scores]
        columns[f"g{name}"] = ["" if s is None else s.group for s in standings]
        columns[f"f{name}"] = [
            f"{n} {'' if s is None else s.group}" for (n, _), s in zip(self.keys, standings, strict=True)
        ]
        kinds |= {name: int, f"g{name}": str, f"f{name}": str}
        for m, breaker in enumerate(figure.ranking.breakers):
            told: dict[tuple[int, str], Any] = {}
            for n, record in records.items():
                units = list(record.ranking(figure.name).by_unit)
                answers = scores_of(breaker, units, self.facts.during(record.round))
                told |= {(n, unit): answers[unit].value for unit in units}
            values = [told.get(key) for key in self.keys]
            columns[f"{name}b{m}"] = whole_numbers([v if isinstance(v, Fraction) else None for v in values])
            kinds[f"{name}b{m}"] = int

    @cached_property
    def _over(self) -> dict[str, int]:
        return {}


def _decided(name: str, over: int) -> Decided:
    number = nw.col(name)
    return Decided(number, over, number, number, 10**9, over)


def answers_of(world: World, engine: str) -> dict[str, set[tuple[Any, ...]]]:
    """What frames decide, as tuples."""
    (places, calls), register = world.decisions(engine)
    shown = {"judged": places.judged}
    for name, s in places.standings.items():
        shown |= {f"{name} {what}": getattr(s, what) for what in STANDING} | {f"{name} known": s.known}
    for name, placed in places.placements.items():
        shown |= {f"{name} tier": placed.tier} | {f"{name} {n}": may for n, may in enumerate(placed.open)}
    for n, call in enumerate(calls):
        shown |= {f"{n} proposed": call.proposed, f"{n} pending": call.pending}
    table = register.frame.select("round", "unit", **shown).collect("polars")
    found: dict[str, set[tuple[Any, ...]]] = {"standings": set(), "placements": set(), "measures": set()}
    for row in table.rows(named=True):
        key = row["round"], row["unit"]
        for name in places.standings:
            if row[f"{name} known"]:
                found["standings"].add((*key, name, *(row[f"{name} {what}"] for what in STANDING)))
        for name, placed in places.placements.items():
            if row["judged"]:
                names = placed.board.names
                tier = names[row[f"{name} tier"]] if row[f"{name} tier"] >= 0 else "pending"
                open_ = tuple(tier for n, tier in enumerate(names) if row[f"{name} {n}"])
                found["placements"].add((*key, name, tier, open_))
        for n, call in enumerate(calls):
            if row[f"{n} proposed"]:
                found["measures"].add((*key, call.rung.measure, row[f"{n} pending"]))
    return found


STANDING = ("group", "rank", "ahead", "tied", "behind", "before", "level")
