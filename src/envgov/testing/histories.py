"""Histories, written as what happened to one village."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from hypothesis import strategies as st

from envgov.facts.ruling import Ruling
from envgov.policy.calendar.cadences import month
from envgov.policy.conditions.places import bottom
from envgov.results.history import Head, History, Record
from envgov.results.ranking import SCORE, Ranking, Standing

VILLAGE = "甲"
LAST = bottom(1, ties="decide")
PLACES = {"yes": (2, 1, 0), "no": (0, 1, 2), "open": (1, 2, 0)}
"""How many of three villages are ahead, level (the village itself included) and behind: what LAST says then."""


class Month(NamedTuple):
    """What a held month was to the village: whether it was last.

    `missed` months were not held right before it. `head` is "" where nobody is on record.
    """

    outcome: Literal["yes", "no", "open", "absent"]
    missed: bool
    edition: str
    head: str


_EDITION = st.sampled_from(("2024-01-01", "2024-01-01", "2024-01-01", "2023-01-01"))
_WHO = st.sampled_from(("张三", "张三", "张三", "张三", "李四", ""))


@cache
def months(min_size: int = 1, max_size: int = 5) -> st.SearchStrategy[list[Month]]:
    """Held months, newest first; in the newest the village was assessed. Most continue the run."""
    first = st.builds(Month, st.sampled_from(("yes", "yes", "open", "no")), st.booleans(), _EDITION, _WHO)
    more = st.builds(Month, st.sampled_from(("yes", "yes", "open", "absent", "no")), st.booleans(), _EDITION, _WHO)
    return st.tuples(first, st.lists(more, min_size=min_size - 1, max_size=max_size - 1)).map(lambda m: [m[0], *m[1]])


def records_of(months: Sequence[Month], rulings: Iterable[Ruling] = ()) -> tuple[Record, ...]:
    """The records that such months leave behind, oldest first; the newest is April 2024."""
    given = tuple(rulings)
    out: list[Record] = []
    day = date(2024, 4, 1)
    for held in months:
        round = month().round_of(day)
        standings: tuple[Standing, ...] = ()
        if held.outcome != "absent":
            ahead, tied, behind = PLACES[held.outcome]
            place = (Decimal(60), ahead + 1, ahead, tied, behind, 0, tied)
            standings = (Standing(VILLAGE, round, "", *place),)
        heads = (Head(VILLAGE, held.head),) if held.head else ()
        ruled = tuple(r for r in given if r.concerns in round)
        out.append(Record("scheme", round, held.edition, (Ranking(SCORE, 1, standings),), rulings=ruled, heads=heads))
        last_held_before = round.start - timedelta(days=1)
        day = last_held_before.replace(day=1) - timedelta(days=1) if held.missed else last_held_before
    return tuple(reversed(out))


@cache
def histories(max_size: int = 5) -> st.SearchStrategy[History]:
    """Records of up to so many months up to April 2024, of the village `VILLAGE`; often none."""
    return st.just(History()) | months(max_size=max_size).map(lambda held: History(records_of(held)))
