"""Packs: many worlds of one scheme in one set of tables, each in four years of its own.

A plan costs the same for one small world as for fifty, so fifty are assessed at once. Every fourth year leaps from 1904
to 2096: a season moved by a multiple of four years keeps its days and its month ends. Its villages have codes of their
own and are there in these years alone; counters look back on the records of the worlds before, as in a long history.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from random import Random
from typing import Any, NamedTuple

import attrs
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, seed, settings, strategies as st

import envgov as eg
from envgov.errors import EnvGovError
from envgov.facts.round import Round
from envgov.frames import Maxima, Tables, assess, tables_of
from envgov.policy.conditions.places import ruled
from envgov.policy.term import terms_in
from envgov.season import assess_season, rounds_of
from envgov.testing.answers import Answers, Rows, answers_in, answers_of
from envgov.testing.words import BODY

SIZE = 24
"""Worlds of a pack; 48 fit between 1904 and 2096."""
LAST = 30
"""Of more worlds, some are moved further back: none is later than 2096."""
YEARS = 4
NAMED = frozenset({"code", "parent", "unit", "place", "responsible", "to", "owed_by", "by", "id", "issue"})
"""Fields that may hold the code of a unit, or the id of a fact."""
OPEN = ("decide", "break")


class World(NamedTuple):
    """One season, moved to years of its own, and its rounds."""

    facts: eg.Facts
    rounds: tuple[Round, ...]


class Pack(NamedTuple):
    """A scheme, and worlds that it judges, one after the other."""

    scheme: eg.Scheme
    worlds: tuple[World, ...]

    def __repr__(self) -> str:
        return f"Pack({self.scheme!r}, {len(self.worlds)} worlds)"

    @property
    def rounds(self) -> tuple[Round, ...]:
        return tuple(round for world in self.worlds for round in world.rounds)

    @property
    def tables(self) -> Tables:
        """The tables of all worlds, one below the other, with maxima that hold of each."""
        each = [tables_of(world.facts) for world in self.worlds]
        places = max(tables.places for tables in each)
        maxima = [
            evolve(tables.maxima, points=tables.maxima.points * 10 ** (places - tables.places)) for tables in each
        ]
        all_ = tables_of(_joined([world.facts for world in self.worlds]))
        assert all_.places == places
        greatest = {a.name: max(getattr(m, a.name) for m in maxima) for a in attrs.fields(Maxima)}
        return evolve(all_, maxima=Maxima(**greatest))


def _joined(all_: Sequence[eg.Facts]) -> eg.Facts:
    names = [a.name for a in attrs.fields(eg.Facts) if a.init and a.name not in ("grid", "synthetic")]
    grid = eg.Grid([unit for facts in all_ for unit in facts.grid.units])
    given: dict[str, Any] = {name: _each(name, all_) for name in names}
    return eg.Facts(grid, **given)


def _each(name: str, all_: Sequence[eg.Facts]) -> list[Any]:
    """Facts of all worlds; bodies are the same in each."""
    found = [fact for facts in all_ for fact in getattr(facts, name)]
    return list(dict.fromkeys(found)) if name == "bodies" else found


def moved(facts: eg.Facts, n: int) -> eg.Facts:
    """The same season, `n` times four years from the middle of the pack, with codes and ids of its own."""
    years = YEARS * (n - SIZE // 2)
    codes = {unit.code for unit in facts.grid.units} | {issue.id for issue in facts.issues}

    def of(value: Any, name: str) -> Any:
        match value:
            case str():
                return f"{n}~{value}" if name in NAMED and value in codes else value
            case date():  # and moments
                return value.replace(year=value.year + years)
            case tuple():
                return tuple(of(part, name) for part in value)
            case _ if attrs.has(type(value)) and name != "condition":
                fields = [a.name for a in attrs.fields(type(value)) if a.init]
                return type(value)(**{field: of(getattr(value, field), field) for field in fields})
        return value

    def there(unit: eg.Unit) -> eg.Unit:
        first, end = date(2022 + years, 1, 1), date(2022 + years + YEARS, 1, 1)
        there: eg.Unit = of(unit, "")
        return evolve(there, since=of(unit.since, "") or first, until=of(unit.until, "") or end)

    names = [a.name for a in attrs.fields(eg.Facts) if a.init and a.name not in ("grid", "synthetic")]
    return eg.Facts(
        eg.Grid([there(unit) for unit in facts.grid.units]), **{name: of(getattr(facts, name), name) for name in names}
    )


def pool_of(strategy: st.SearchStrategy[eg.Facts], size: int) -> tuple[eg.Facts, ...]:
    """So many seasons, the same ones whenever examples are."""
    found: list[eg.Facts] = []

    @settings(max_examples=size, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(facts: eg.Facts) -> None:
        found.append(facts)

    (seed(0)(collect) if settings().derandomize else collect)()
    return tuple(found)


@cache
def pool(season: Callable[[], st.SearchStrategy[eg.Facts]], size: int = 72) -> tuple[eg.Facts, ...]:
    return pool_of(season(), size)


@st.composite
def packs(
    draw: st.DrawFn,
    scheme: st.SearchStrategy[eg.Scheme],
    season: Callable[[], st.SearchStrategy[eg.Facts]],
    size: int = SIZE,
) -> Pack:
    """A scheme and so many seasons, with rulings on some of what the scheme asks."""
    made = evolve(without_tolerance(draw(scheme)), since=date(1900, 1, 1))
    seasons = pool(season)
    random = Random(draw(st.integers(0, 2**32)))  # noqa: S311 - worlds to be told apart by a number
    worlds = []
    for n, facts in enumerate(random.sample(seasons, size)):
        there = moved(facts, n + min(0, LAST - size))
        rounds = rounds_of(made, there)
        worlds.append(World(evolve(there, rulings=_rulings(random, made, there, rounds)), rounds))
    return Pack(made, tuple(world for world in worlds if world.rounds))


def without_tolerance(scheme: eg.Scheme) -> eg.Scheme:
    """The scheme with ties where it had a tolerance, which frames refuse."""
    exact: dict[str, Any] = {
        "figures": tuple(evolve(f, ranking=evolve(f.ranking, tolerance=0)) for f in scheme.figures)
    }
    if scheme.ranking is not None:
        exact["ranking"] = evolve(scheme.ranking, tolerance=0)
    return evolve(scheme, **exact)


def _rulings(random: Random, scheme: eg.Scheme, facts: eg.Facts, rounds: Sequence[Round]) -> list[eg.Ruling]:
    """On conditions of units, wherever they are asked; often on those that may be open."""
    asked = [t for t in terms_in((scheme.exempt, scheme.boards, scheme.ladders)) if _rests_on_units(t)]
    often = [t for t in asked if isinstance(t, ruled) or hasattr(t, "repeat") or getattr(t, "ties", "") in OPEN]
    if not rounds or not asked:
        return []
    units = [unit.code for unit in facts.grid.units if unit.level in scheme.levels]
    found: dict[tuple[Any, ...], eg.Ruling] = {}
    for _ in range(random.randrange(10)):
        unit, round, on = random.choice(units), random.choice(rounds), random.choice(often or asked)
        by = on.by if isinstance(on, ruled) else BODY
        ruling = eg.Ruling(unit, round.start, on, random.random() < 0.5, by, "研究", scheme=scheme.id)
        found[unit, round.start, repr(on)] = ruling
    return list(found.values())


def _rests_on_units(term: Any) -> bool:
    return hasattr(term, "at") and all(getattr(t, "subject", "unit") == "unit" for t in terms_in(term))


def by_objects(pack: Pack) -> tuple[Pack, Answers]:
    """What objects decide of each world, each after those before; and the pack without those that cannot be decided."""
    at, history, kept = 0, eg.History(), []
    answers: dict[str, Rows] = {"standings": set(), "absences": set(), "placements": set(), "measures": set()}
    for world in pack.worlds:
        try:
            season = assess_season(pack.scheme, world.facts, rounds=world.rounds, history=history)
        except EnvGovError:
            continue
        history = season.history
        kept.append(world)
        for name, rows in answers_of(pack.scheme, season, world.rounds, at).items():
            answers[name] |= rows
        at += len(world.rounds)
    return Pack(pack.scheme, tuple(kept)), answers


def by_frames(pack: Pack, engine: Callable[[Tables], Tables]) -> Answers:
    return answers_in(assess(pack.scheme, pack.rounds, engine(pack.tables)))
