"""Towns whose numbers meet at cuts: few scores, so that many tie, and months and villages that are missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
from attrs import evolve
from hypothesis import strategies as st

import envgov as eg
from envgov.policy.conditions.places import ruled
from envgov.policy.term import terms_in
from envgov.season import rounds_of
from envgov.testing import strategies as own
from envgov.testing.conditions import cumulatives, ks_of_last, streaks
from envgov.testing.words import BODY, HEAD, MODEL, MOVED, REST, SIDES, SLIPS, TIERS

MONTHS = tuple(date(2023 + (9 + n) // 12, (9 + n) % 12 + 1, 1) for n in range(8))
CHANNELS = ("督导", "次一", "次二")
SCORES = tuple(Decimal(n) for n in ("60", "60", "70", "70", "80.5"))
TOWNS, VILLAGES = "东西", 5


@st.composite
def facts(draw: st.DrawFn) -> eg.Facts:
    """Two towns of five villages in eight months, some of which are missed, with heads that change."""
    units = [eg.Unit("县", "某县", "县")]
    seen: list[eg.Inspection] = []
    heads: list[eg.Assignment] = []
    slips: list[eg.Slip] = []
    mostly = st.sampled_from((True, True, True, False))
    are_held = draw(st.tuples(*[mostly] * len(MONTHS)))
    held = [day for day, is_held in zip(MONTHS, are_held, strict=True) if is_held]
    for town in TOWNS:
        units.append(eg.Unit(town, f"{town}镇", "镇", "县"))
        for n in range(VILLAGES):
            code = f"{town}{n}"
            classes = draw(st.sets(st.sampled_from((MODEL, MOVED))))
            begins = draw(st.sampled_from((None, None, None, MONTHS[2])))
            units.append(eg.Unit(code, f"{code}村", "村", town, frozenset((*classes, f"{town}类")), since=begins))
            for day in held:
                for channel in CHANNELS:
                    score = draw(st.sampled_from((*SCORES, None)))
                    if score is not None and (begins is None or day >= begins):
                        seen.append(eg.Inspection(code, day, channel, stated=score))
            until = draw(st.sampled_from((None, None, MONTHS[2], MONTHS[4])))
            again = draw(st.sampled_from((until, until, MONTHS[6])))
            heads.append(eg.Assignment("甲", HEAD, code, until=until))
            if until is not None and again is not None:
                heads.append(eg.Assignment(draw(st.sampled_from("甲乙")), HEAD, code, since=max(until, again)))
            if draw(st.booleans()) and held and begins is None:
                slips.append(eg.Slip(code, draw(st.sampled_from(SLIPS)), draw(st.sampled_from(held)), "督导组"))
    return eg.Facts(eg.Grid(units), inspections=seen, assignments=heads, slips=slips)


def at_scores(value: Any, draw: st.DrawFn) -> Any:
    """The same terms, with thresholds at which some units stand."""
    if isinstance(value, tuple):
        return tuple(at_scores(part, draw) for part in value)
    if isinstance(value, (eg.at_least, eg.at_most, eg.above, eg.below)):
        return evolve(value, x=draw(st.sampled_from(SCORES)))
    if not attrs.has(type(value)):
        return value
    names = [a.name for a in attrs.fields(type(value)) if a.init]
    return evolve(value, **{name: at_scores(getattr(value, name), draw) for name in names})


def _stated(channel: str, better: Any) -> Any:
    return eg.stated(channel, several="mean", better=better)


@st.composite
def schemes(draw: st.DrawFn) -> eg.Scheme:
    """Monthly schemes of one score and one further figure, with boards and counters on ladders."""
    better: Any = draw(st.sampled_from(("higher", "lower")))

    def ranking() -> eg.RankBy:
        return eg.RankBy(
            1,
            method=draw(st.sampled_from(("competition", "dense"))),
            rank_on=draw(st.sampled_from(("rounded", "exact"))),
            breakers=(_stated("次一", better), _stated("次二", draw(st.sampled_from(("higher", "lower"))))),
            within=draw(st.sampled_from(("", "镇"))),
        )

    figures = (eg.Figure("次序", _stated("次一", "higher"), ranking()),)
    ranks = draw(st.sampled_from((True, True, True, True, False)))
    names = ("score", "次序") if ranks else ()
    boards: list[eg.Board] = []
    for id_ in ("一榜", "二榜")[: draw(st.integers(0, 2))]:
        small: Any = draw(st.sampled_from(("refuse", "none", "fewer", "share")))
        share = draw(st.sampled_from((Decimal(10), Decimal(25), Decimal(50)))) if small == "share" else None
        when = own.conditions(boards, names, draw(st.integers(0, 1)), long=small != "refuse", on_a_board=True)
        tiers = tuple(
            eg.Tier(name, draw(when), draw(st.sampled_from(SIDES))) for name in TIERS[: draw(st.integers(1, 3))]
        )
        boards.append(eg.Board(id_, tiers, REST, small, share))
    leaf = own.conditions(boards, names, draw(st.integers(0, 1)))
    counted = st.one_of(streaks(leaf), cumulatives(leaf), ks_of_last(leaf))
    rungs = [
        eg.Rung(name, draw(st.one_of(counted, counted, leaf)), (HEAD,), supersedes=SLIPS[: draw(st.integers(0, n))])
        for n, name in enumerate(SLIPS)
    ]
    return eg.Scheme(
        id="scheme",
        levels=("村",),
        cadence=eg.month(),
        since=date(2023, 1, 1),
        source=eg.Source("办法"),
        groups=draw(st.sampled_from(((), ("东类", "西类")))),
        scoring=_stated("督导", better) if ranks else None,
        ranking=ranking() if ranks else None,
        figures=figures if ranks else (),
        boards=at_scores(tuple(boards), draw),
        ladders=(eg.Ladder(at_scores(tuple(rungs), draw), publish=draw(st.sampled_from(("every rung", "highest")))),),
        exempt=draw(st.sampled_from((None, eg.designated(MOVED)))),
        head=HEAD,
    )


@st.composite
def towns(draw: st.DrawFn) -> tuple[eg.Scheme, eg.Facts]:
    """A scheme and a season, with rulings on some of what the scheme asks."""
    scheme, season = draw(schemes()), draw(facts())
    rounds = rounds_of(scheme, season)
    asked = [t for t in terms_in((scheme.boards, scheme.ladders)) if hasattr(t, "at")]
    if not rounds:
        return scheme, season
    key = st.tuples(st.sampled_from("东西"), st.integers(0, 4), st.sampled_from(rounds), st.sampled_from(asked))
    keys = {(a, b, r.start, repr(c)): (f"{a}{b}", r, c) for a, b, r, c in draw(st.lists(key, max_size=12))}
    rulings = [
        eg.Ruling(
            unit, r.start, c, draw(st.booleans()), c.by if isinstance(c, ruled) else BODY, "研究", scheme="scheme"
        )
        for unit, r, c in keys.values()
    ]
    return scheme, evolve(season, rulings=rulings)
