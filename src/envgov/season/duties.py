"""What is owed by routine in a round, whether anybody recorded it or not."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time

from envgov.facts.duty import Duty, DutyState, in_order
from envgov.facts.evidence import Facts
from envgov.facts.round import Round
from envgov.policy.calendar.cadences import rounds_within
from envgov.policy.calendar.steps import step
from envgov.scheme import Scheme


def owed(scheme: Scheme, facts: Facts, round: Round) -> tuple[Duty, ...]:
    """Every duty of the scheme's routines whose span ends in the round, and not before the scheme applies.

    Those on record are told as they are: of that name, by who owes it, due on a day of the span, even if that is not
    its last, and even if there are more than `Routine.times`. The others, up to so many, are due as the routine says,
    and nothing has come. They are in the order of `Facts.duties`.

    It scores nothing: `count_duties` reads the recorded duties alone, to which these may be added.
    """
    recorded: dict[tuple[str, str], list[Duty]] = defaultdict(list)
    for duty in facts.duties:
        recorded[duty.what, duty.owed_by].append(duty)
    found: list[Duty] = []
    for routine in scheme.duties:
        for span in rounds_within(routine.every, round):
            if span.last_day < scheme.since:
                continue
            for who in routine.owing_on(span.last_day, facts.grid):
                known = [duty for duty in recorded[routine.what, who] if duty.due.date() in span]
                silent = Duty(routine.what, who, routine.due_on(span.last_day))
                found += [*known, *[silent] * (routine.times - len(known))]
    return in_order(found)


def state_on(duty: Duty, day: date) -> DutyState:
    """What has become of a duty by the end of a day, which is that of the zone in which it is due."""
    return duty.state(datetime.combine(step(day, days=1), time(), duty.due.tzinfo))
