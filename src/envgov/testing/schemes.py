"""Schemes of random terms, for which every season has room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import attrs
from attrs import evolve
from hypothesis import strategies as st

from envgov.policy.boards import Board, Tier
from envgov.policy.calendar.cadences import Cadence
from envgov.policy.conditions.counters import cumulative
from envgov.policy.conditions.issues import category_is
from envgov.policy.conditions.logic import all_of
from envgov.policy.ladders import Ladder, Rung
from envgov.policy.ranking import RankBy
from envgov.policy.scoring.inspected import count_findings, count_repeats
from envgov.policy.scoring.ledger import count_issues
from envgov.policy.scoring.periods import change, mean_over, to_date
from envgov.scheme import Figure, Scheme, Source
from envgov.testing.conditions import conditions, exemptions, issue_conditions
from envgov.testing.dates import cadences, deadlines, limits
from envgov.testing.fields import marks
from envgov.testing.rules import rules
from envgov.testing.words import (
    BOARDS,
    BODY,
    GROUPS,
    HEAD,
    MODEL,
    NUMBERED,
    REST,
    SIDES,
    SLIPS,
    TIERS,
    TOWNSHIP,
    Better,
)

BY_NUMBER = count_issues(category_is(NUMBERED), by="responsible")
"""A breaker that leaves no two villages of a season level: each has a number of its own."""
_LEVELS = st.sampled_from((("村",), ("村", "社区"), ("村", "社区"), ("村", "组")))
_DEPTH = st.sampled_from((0, 1, 1, 2))
_WITHIN = st.sampled_from(("", "", TOWNSHIP))


@cache
def rankings() -> st.SearchStrategy[RankBy]:
    """Every way of ranking; one breaker at least, for a list may ask for them.

    Ordinal ranks have a breaker that settles every tie of `seasons()`. `within` is a level of their grid.
    """
    rule = rules("higher", 0) | rules("lower", 0)
    breakers = st.lists(rule, min_size=1, max_size=2).map(tuple)
    on = st.sampled_from(("rounded", "exact"))
    shared = st.builds(
        RankBy,
        st.integers(0, 2),
        method=st.sampled_from(("competition", "dense")),
        rank_on=on,
        breakers=breakers,
        tolerance=st.sampled_from((Decimal(0), Decimal(0), Decimal(1))) | marks(0, 5),
        within=_WITHIN,
    )
    single = st.builds(
        RankBy,
        st.integers(0, 2),
        method=st.just("ordinal"),
        rank_on=on,
        breakers=rule.map(lambda one: (one, BY_NUMBER)),
        within=_WITHIN,
    )
    return st.one_of(shared, shared, single)


@st.composite
def boards_in(draw: st.DrawFn, figures: tuple[str, ...] = ("score",)) -> tuple[Board, ...]:
    """Up to two boards with each small_field; the second may ask where the first put a village."""
    made: list[Board] = []
    for id_ in BOARDS[: draw(st.integers(0, len(BOARDS)))]:
        small: Any = draw(st.sampled_from(("refuse", "refuse", "none", "fewer", "share")))
        share = draw(st.sampled_from((Decimal(10), Decimal(25), Decimal(50)))) if small == "share" else None
        when = conditions(made, figures, draw(st.integers(0, 1)), long=small != "refuse", on_a_board=True)
        names = TIERS[: draw(st.integers(1, len(TIERS)))]
        tiers = tuple(Tier(name, draw(when), draw(st.sampled_from(SIDES))) for name in names)
        made.append(Board(id_, tiers, REST, small, share))
    return tuple(made)


@st.composite
def ladders_in(
    draw: st.DrawFn, boards: Sequence[Board] = (), figures: tuple[str, ...] = ("score",), prefix: str = ""
) -> Ladder:
    """One to three rungs on units, or on issues, each of which may supersede those before it."""
    names = [f"{prefix}{name}" for name in SLIPS[: draw(st.integers(1, len(SLIPS)))]]
    subject: Any = draw(st.sampled_from(("unit", "unit", "issue")))
    of_units = conditions(boards, figures)
    of_issues = issue_conditions() | st.builds(all_of, issue_conditions(0), of_units)
    when = of_units if subject == "unit" else of_issues
    rungs = [
        Rung(
            name,
            draw(when),
            draw(st.sampled_from(((HEAD,), (HEAD, "片长")))),
            by=draw(st.sampled_from(("", BODY))),
            within=draw(st.none() | deadlines()),
            amount=draw(st.sampled_from((None, Decimal(-200)))),
            supersedes=tuple(names[: draw(st.integers(0, i))]),
        )
        for i, name in enumerate(names)
    ]
    return Ladder(tuple(rungs), subject=subject, publish=draw(st.sampled_from(("every rung", "highest"))))


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """A scheme of random terms, that ranks or not, and that every season of `seasons()` has room for."""
    ranks = draw(st.sampled_from((True,) * 7 + (False,)))
    cadence = draw(cadences())
    direction: Better = draw(st.sampled_from(("higher", "higher", "lower")))
    further = ranks and draw(st.booleans())
    figures = (
        (
            Figure(
                "次序",
                _in_step(draw(rules(draw(st.sampled_from(("lower", "higher"))), 1)), cadence),
                _in_step(draw(rankings()), cadence),
            ),
        )
        if further
        else ()
    )
    names = ("score", *(figure.name for figure in figures)) if ranks else ()
    boards = _in_step(draw(boards_in(names)), cadence)
    prefixes = ("", "另")[: draw(st.integers(0, 2))]
    ladders = tuple(_in_step(draw(ladders_in(boards, names, prefix)), cadence) for prefix in prefixes)
    return Scheme(
        id="scheme",
        levels=draw(_LEVELS),
        cadence=cadence,
        since=date(2023, 1, 1),
        source=Source("办法", assumed=draw(st.sampled_from(((), ("并列：按办法推定",))))),
        among=draw(st.sampled_from((None, None, None, MODEL))),
        groups=draw(st.sampled_from(((), GROUPS))),
        scoring=_in_step(draw(rules(direction, draw(_DEPTH))), cadence) if ranks else None,
        ranking=_in_step(draw(rankings()), cadence) if ranks else None,
        figures=figures,
        boards=boards,
        ladders=ladders,
        deadlines=draw(limits()),
        exempt=draw(st.none() | exemptions()),
        head=HEAD,
        judged_on=draw(st.sampled_from(("first day", "last day"))),
    )


@st.composite
def editions(draw: st.DrawFn, former: Scheme) -> Scheme:
    """The next edition of a scheme: of the same cadence, since a day in the middle of the seasons."""
    since = draw(st.sampled_from((date(2024, 1, 1), date(2024, 2, 15), date(2024, 2, 29))))
    next_ = draw(schemes())
    fitted = ("scoring", "ranking", "figures", "boards", "ladders")
    changed = {name: _in_step(getattr(next_, name), former.cadence) for name in fitted}
    return evolve(next_, cadence=former.cadence, since=since, **changed)


def _length(cadence: Cadence) -> timedelta:
    round = cadence.round_of(date(2023, 1, 1))
    return round.end - round.start


def _in_step(value: Any, cadence: Cadence | None) -> Any:
    """What fits the cadence in which it is asked: comparisons with the round before, counts within longer spans.

    What grows up to date (None) is compared with nothing.
    """
    if isinstance(value, tuple):
        return tuple(_in_step(part, cadence) for part in value)
    if not attrs.has(type(value)):
        return value
    if isinstance(value, cumulative) and cadence is not None and _length(value.within) <= _length(cadence):
        value = evolve(value, k=1)
    if isinstance(value, change | count_repeats):
        if cadence is None:
            return _in_step(value.of, None) if isinstance(value, change) else count_findings(channel=value.channel)
        value = evolve(value, cadence=cadence)
    within = value.cadence if isinstance(value, mean_over) else None if isinstance(value, to_date) else cadence
    fields = [a.name for a in attrs.fields(type(value)) if a.init]
    return evolve(value, **{name: _in_step(getattr(value, name), within) for name in fields})
