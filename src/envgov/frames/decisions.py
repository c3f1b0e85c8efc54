"""What a scheme decides from its figures: standings, placements and calls, as columns of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from attrs import evolve

import envgov.frames.counters  # noqa: F401 - the columnar forms of counters
from envgov.frames.boards import Call, climbed, placed_on
from envgov.frames.engine import Expr
from envgov.frames.places import Places
from envgov.frames.ranking import Decided, standings_of, unranked
from envgov.policy.term import terms_in
from envgov.results.ranking import Better
from envgov.scheme import Scheme


class Column(NamedTuple):
    """A figure's numbers, what its breakers go by (null where absent), and the group in which each unit is ranked."""

    decided: Decided
    breakers: Sequence[tuple[Better, Expr]]
    group: Expr


class Decisions(NamedTuple):
    """The columns of all that was decided of units."""

    places: Places
    calls: tuple[Call, ...]


def decide(scheme: Scheme, places: Places, columns: Mapping[str, Column]) -> Decisions:
    """Ranks, then boards one after the other, then the ladders of units."""
    standings = {
        figure.name: standings_of(figure.ranking, figure.rule.better, *columns[figure.name], places.register)
        for figure in scheme.ranked
    }
    places = evolve(places, standings=standings)
    for board in scheme.boards:
        places = placed_on(board, places)
    of_units = [ladder for ladder in scheme.ladders if ladder.subject == "unit"]
    return Decisions(places, tuple(call for ladder in of_units for call in climbed(ladder, places)))


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
