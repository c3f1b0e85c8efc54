"""What was decided, as rows that compare: by objects, and in the tables of frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from envgov.facts.round import Round
from envgov.reason import Absent
from envgov.results.assessment import Season
from envgov.scheme import Scheme

STANDING = ("group", "rank", "ahead", "tied", "behind", "before", "level")
SHOWN = 3
Rows = set[tuple[Any, ...]]
Answers = Mapping[str, Rows]


def answers_of(scheme: Scheme, season: Season, rounds: Sequence[Round], first: int = 0) -> dict[str, Rows]:
    """By objects: rounds are told by their position, from `first` up."""
    number = {round: n for n, round in enumerate(rounds, first)}
    boards = {board.id: board.names for board in scheme.boards}
    held = [(number[a.record.round], a.record) for a in season]
    return {
        "standings": {
            (n, s.unit, r.figure, int(r.shown(s).scaleb(r.places)), r.places, *(getattr(s, what) for what in STANDING))
            for n, record in held
            for r in record.rankings
            for s in r.standings
        },
        "absences": {(n, a.unit, a.group, a.why is Absent.EXEMPT) for n, record in held for a in record.absences},
        "placements": {
            (n, p.unit, p.board, p.tier, p.side, sum(2 ** boards[p.board].index(o.tier) for o in p.outcomes))
            for n, record in held
            for p in record.placements
        },
        "measures": {
            (number[a.record.round], m.unit, m.rung, m.pending, None if m.about == "unit" else m.subject)
            for a in season
            for m in a.measures
        },
    }


def answers_in(result: Any) -> dict[str, Rows]:
    """In the tables of a result of frames."""
    tables = {name: table.to_polars() for name, table in result.tables.items()}
    return {
        name: set(tables[name].rows()) if name in tables else set()
        for name in ("standings", "absences", "placements", "measures")
    }


def told_apart(told: Answers, found: Answers) -> Iterator[str]:
    """The first rows in which objects and frames differ, table by table."""
    for name, rows in told.items():
        for who, more in (("objects", rows - found[name]), ("frames", found[name] - rows)):
            if more:
                yield f"{name}, by {who} alone: {sorted(more, key=repr)[:SHOWN]}"
