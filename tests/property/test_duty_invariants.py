"""What is owed by routine, over random routines and records."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from random import Random

from attrs import evolve
from hypothesis import given, strategies as st

import envgov as eg
import towns
from envgov.testing.dates import cadences, routines
from envgov.testing.ledger import duties as returns

DAY = timedelta(1)
LAST_OF_WINTER = [date(2024, 2, day) for day in range(20, 30)]
GRID = eg.Grid(
    (
        eg.Unit("甲", "甲村", "村"),
        eg.Unit("庚", "庚村", "村", until=date(2024, 2, 25)),
        eg.Unit("壬", "壬村", "村", since=date(2024, 2, 25)),
        eg.Unit("庚组", "庚村一组", "组", parent="庚", until=date(2024, 2, 24)),
    )
)


@cache
def recorded() -> st.SearchStrategy[list[eg.Duty]]:
    """Returns of all who may owe some, in ten days around the end of February."""
    when = st.sampled_from(LAST_OF_WINTER)
    return st.lists(st.one_of(*(returns(who, when) for who in (*"甲庚壬", "庚组", "督导组"))), max_size=12)


@given(routines(), cadences(), recorded(), st.sampled_from(LAST_OF_WINTER), st.randoms(use_true_random=False))
def test_as_many_returns_are_owed_as_spans_times_who_owes_them_or_as_are_on_record(
    owing: tuple[eg.Routine, ...], cadence: eg.Cadence, duties: list[eg.Duty], day: date, random: Random
) -> None:
    """Counted day by day: a span ends where the next day is of another."""
    scheme, round = towns.scheme(cadence=cadence, duties=owing), cadence.round_of(day)
    facts = eg.Facts(GRID, duties=duties)
    expected: Counter[tuple[str, str]] = Counter()
    for routine in scheme.duties:
        last = round.start
        while last < round.end:
            span = routine.every.round_of(last)
            if last + DAY not in span:
                there = facts.grid.on(last)
                units = [unit.code for unit in there.units if unit.level == routine.of_level]
                others = [who for who in routine.owed_by if who in there or who not in facts.grid]
                for who in (*units, *others):
                    held = [d for d in facts.duties if (d.what, d.owed_by) == (routine.what, who)]
                    on_record = sum(d.due.date() in span for d in held)
                    expected[routine.what, who] += max(routine.times, on_record)
            last += DAY
    found = eg.owed(scheme, facts, round)
    assert Counter((duty.what, duty.owed_by) for duty in found) == expected
    assert [duty.due for duty in found] == sorted(duty.due for duty in found)
    came = [duty for duty in found if duty.submission]
    assert Counter(came) <= Counter(facts.duties)
    shuffled = list(facts.duties)
    random.shuffle(shuffled)
    turned = evolve(scheme, duties=scheme.duties[::-1])
    assert eg.owed(turned, evolve(facts, duties=shuffled), round) == found


@given(routines())
def test_12_a_scheme_with_routines_comes_back_from_what_was_written(owing: tuple[eg.Routine, ...]) -> None:
    scheme = towns.scheme(duties=owing)
    assert eg.from_dict(eg.to_dict(scheme)) == scheme
