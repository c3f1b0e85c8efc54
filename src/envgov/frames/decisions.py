"""What a scheme decides from its figures: standings, placements and calls, as columns of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import narwhals.stable.v2 as nw
from attrs import evolve

import envgov.frames.counters  # noqa: F401 - the columnar forms of counters
from envgov.frames.boards import Call, climbed, placed_on
from envgov.frames.engine import Expr
from envgov.frames.past import Asked, Counted
from envgov.frames.places import Places
from envgov.frames.ranking import Decided, Standings, best_first, breaks_of, spreads_of, standings_of, unranked
from envgov.frames.register import Register
from envgov.frames.sheet import KEYS
from envgov.policy.term import terms_in
from envgov.results.ranking import Better
from envgov.scheme import Scheme


class Column(NamedTuple):
    """A figure's numbers, what its breakers go by (null where absent), and the group in which each unit is ranked.

    `field`: a column that the units of one group in one round share; figures of one `name` have the same numbers.
    """

    decided: Decided
    breakers: Sequence[tuple[Better, Expr]]
    group: Expr
    field: str
    name: str


class Decisions(NamedTuple):
    """The columns of all that was decided of units."""

    places: Places
    calls: tuple[Call, ...]


def decide(scheme: Scheme, places: Places, columns: Mapping[str, Column]) -> Decisions:
    """Ranks, then boards one after the other, then the ladders of units."""
    if scheme.ranked:
        places = evolve(places, standings=_ranked(scheme, places.register, columns))
    for board in scheme.boards:
        places = placed_on(board, places)
    of_units = [ladder for ladder in scheme.ladders if ladder.subject == "unit"]
    return Decisions(places, tuple(call for ladder in of_units for call in climbed(ladder, places)))


def _ranked(scheme: Scheme, register: Register, columns: Mapping[str, Column]) -> dict[str, Standings]:
    """The standings of all figures, by windows over their numbers alone."""
    numbers, dense = dict[tuple[str, str], str](), set[str]()
    groups, breakers = dict[str, str](), dict[str, list[str]]()
    for figure in scheme.ranked:
        decided, its_breakers, group, field, name = columns[figure.name]
        if (name, field) not in numbers:
            numbers[name, field] = register.name(best_first(figure.rule.better, decided.order))
        if field not in groups:
            groups[field] = register.name(group)
        if figure.ranking.method == "dense":
            dense.add(numbers[name, field])
        breakers[figure.name] = [register.name(best_first(better, order)) for better, order in its_breakers]
    of_fields = [(field, number) for (_, field), number in numbers.items()]
    windows = register.apart([*chain.from_iterable(of_fields), *chain.from_iterable(breakers.values())])
    spreads = dict(zip(numbers, spreads_of(of_fields, dense, register, windows), strict=True))
    breaks = {}
    for figure in scheme.ranked:
        *_, field, name = columns[figure.name]
        breaks[figure.name] = breaks_of(spreads[name, field], breakers[figure.name], windows)
    register.take(windows)
    standings = {}
    for figure in scheme.ranked:
        decided, *_, field, name = columns[figure.name]
        standings[figure.name] = standings_of(
            figure.ranking, decided, groups[field], spreads[name, field], breaks[figure.name], register
        )
    return standings


def ask_counters(later: Scheme, places: Places) -> None:
    """What the counters of a later edition will look back on, asked of these rounds as they were decided."""
    named = {figure.name for figure in later.ranked}
    missing = {name: unranked() for name in sorted(named - set(places.standings))}
    asking = evolve(places, asking=later, asked={}, standings={**missing, **places.standings})
    asked = [(asking.fitted(board), board.tiers) for board in later.boards]
    for of_board, terms in (*asked, (asking, later.ladders)):
        for term in terms_in(terms):
            if hasattr(term, "editions"):
                of_board.ask(term)


def shown(register: Register, state: Expr, decisions: Decisions) -> tuple[Expr, Decisions, Mapping[Counted, Asked]]:
    """What was decided, and what counters asked, of a register with those columns alone that tell it.

    Standings are read from what the register holds, if it does.
    """
    places, kept = decisions.places, list[str]()

    def keep(column: Expr) -> Expr:
        kept.append(register.name(column))
        return nw.col(kept[-1])

    standings = places.standings
    if register.held is None:
        standings = {
            name: evolve(s, decided=s.decided._replace(shown=keep(s.decided.shown))) for name, s in standings.items()
        }
        kept += [name for s in standings.values() for name in s.columns]
    placements = {
        id_: evolve(placed, tier=keep(placed.tier), open=tuple(map(keep, placed.open)))
        for id_, placed in places.placements.items()
    }
    calls = tuple(Call(rung, keep(proposed), keep(pending)) for rung, proposed, pending in decisions.calls)
    asked = {counted: Asked(*map(keep, its)) for counted, its in sorted(places.counted.items())}
    told = keep(state)
    places = evolve(
        places,
        standings=standings,
        placements=placements,
        inside=keep(places.inside),
        judged=keep(places.judged),
        heads=None if places.heads is None else keep(places.heads),
    )
    register.frame = register.frame.select(*KEYS, "group", *dict.fromkeys(kept))
    return told, Decisions(places, calls), asked
