"""What is owed by routine, over random schemes and seasons."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

from attrs import evolve
from hypothesis import given, strategies as st

import envgov as eg
from envgov.testing.strategies import days, schemes, seasons

DAY = timedelta(1)
ANY_DAY = days((2023, 12), (2024, 1), (2024, 2), (2024, 3))


@given(schemes(), seasons(), ANY_DAY, st.randoms(use_true_random=False))
def test_as_many_returns_are_owed_as_spans_times_who_owes_them_or_as_are_on_record(
    scheme: eg.Scheme, facts: eg.Facts, day: date, random: Random
) -> None:
    """Counted day by day: a span ends where the next day is of another."""
    round = scheme.cadence.round_of(day)
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
                    recorded = sum(d.due.date() in span for d in held)
                    expected[routine.what, who] += max(routine.times, recorded)
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
