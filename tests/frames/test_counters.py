"""Every declaration of every counter, over seasons in which rounds, villages and heads are missing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from random import Random
from typing import Any

import pytest

import envgov as eg
from envgov.testing.words import BODY, GAPS, HEAD, REPEATS
from frames.test_assessment import by_objects, decided
from frames.towns import CHANNELS, MONTHS, SCORES
from frames.worlds import World


def season(seed: int) -> eg.Facts:
    """Six villages in eight months, one or two of which are missed."""
    chance = Random(seed)  # noqa: S311 - no secret
    missed = {MONTHS[chance.randrange(1, 7)], MONTHS[chance.randrange(1, 7)]}
    units = [eg.Unit(str(n), f"{n}村", "村", since=MONTHS[2] if n == 5 else None) for n in range(6)]
    seen = [
        eg.Inspection(unit.code, day, channel, stated=chance.choice(SCORES))
        for unit in units
        for day in MONTHS
        for channel in CHANNELS
        if day not in missed and chance.random() < 0.8 and unit.exists_on(day)
    ]
    heads = []
    for unit in units:
        first, second = sorted(chance.sample(MONTHS, 2))
        heads.append(eg.Assignment("甲", HEAD, unit.code, until=first))
        heads.append(eg.Assignment(chance.choice("甲乙"), HEAD, unit.code, since=chance.choice((first, second))))
    return eg.Facts(eg.Grid(units), inspections=seen, assignments=heads)


LAST = eg.bottom(2, ties="decide")
WHENS: tuple[Any, ...] = (
    LAST,
    eg.any_of(eg.below(70), eg.below(70, of="次序")),
    eg.all_of(LAST, eg.not_(eg.top(1, of="次序", ties="decide"))),
)


def agree(counters: Sequence[Any], seed: int) -> None:
    facts = season(seed)
    held = sorted({i.day for i in facts.inspections})
    rungs = tuple(eg.Rung(f"措施{n}", counter, ("村支书",)) for n, counter in enumerate(counters))
    score, further = (eg.stated(channel, several="mean", better="higher") for channel in CHANNELS[:2])
    scheme = eg.Scheme(
        id="scheme",
        levels=("村",),
        cadence=eg.month(),
        since=MONTHS[0],
        source=eg.Source("办法"),
        scoring=score,
        ranking=eg.RankBy(1),
        figures=(eg.Figure("次序", further, eg.RankBy(1)),),
        boards=(eg.Board("榜", (eg.Tier("黑榜", LAST, "sanction"),), "其他", small_field="fewer"),),
        ladders=(eg.Ladder(rungs, publish="every rung"),),
        head=HEAD,
    )
    rulings = [
        eg.Ruling(str(n % 6), day, counter, n % 2 == 0, BODY, "研究", scheme="scheme")
        for n, (day, counter) in enumerate(product(held[2:5], counters))
        if n % 5 == 0
    ]
    facts = eg.Facts(facts.grid, inspections=facts.inspections, assignments=facts.assignments, rulings=rulings)
    world = World(scheme, facts)
    assert any(m.pending for assessment in world.season for m in assessment.measures)
    assert decided(scheme, facts, "polars") == by_objects(world)


@pytest.mark.parametrize(("unheld", "absent", "heads"), list(product(GAPS, GAPS, ("carry", "restart"))))
def test_streaks_of_every_declaration(unheld: Any, absent: Any, heads: Any) -> None:
    whens = (*WHENS, eg.placed("榜", "黑榜"))
    more: dict[str, Any] = {"unheld": unheld, "absent": absent, "editions": "restart", "heads": heads}
    agree(
        [
            eg.streak(when, k, repeat=r, **more)
            for k, r, when in zip((1, 2, 2, 3), (*REPEATS, "once"), whens, strict=True)
        ],
        1,
    )


@pytest.mark.parametrize(("unheld", "absent", "heads"), list(product(GAPS, GAPS, ("carry", "restart"))))
def test_so_many_of_the_last_rounds_of_every_declaration(unheld: Any, absent: Any, heads: Any) -> None:
    more: dict[str, Any] = {"unheld": unheld, "absent": absent, "editions": "carry", "heads": heads}
    kinds: Any = (((1, 2), "once"), ((2, 3), "each"), ((2, 3), "once"))
    agree([eg.k_of_last(when, *km, repeat=r, **more) for (km, r), when in zip(kinds, WHENS, strict=True)], 2)


@pytest.mark.parametrize(("heads", "seed"), list(product(("carry", "restart"), (3, 5, 6, 7))))
def test_counts_within_a_year_of_every_declaration(heads: Any, seed: int) -> None:
    repeats: Any = (*REPEATS, "from then on", "once", "every k")
    spans = (eg.year(), eg.half_year())
    more: dict[str, Any] = {"editions": "carry", "heads": heads}
    counters = [
        eg.cumulative(WHENS[n % 3], 2 + n // 4, within=spans[n % 2], repeat=repeat, **more)
        for n, repeat in enumerate(repeats)
    ]
    agree(counters, seed)
