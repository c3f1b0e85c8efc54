"""Talks (约谈) person by person: a view of the proposed measures, and no measures of its own."""

from collections import defaultdict
from collections.abc import Mapping

import envgov as eg


def talks(assessment: eg.Assessment, facts: eg.Facts) -> Mapping[str, tuple[eg.Measure, ...]]:
    """Everybody to be talked to in a round, each with the measures that name a role of theirs: one talk for all of them.

    A role is held at the unit, or at the nearest unit above it that has somebody in it on the round's last day. Where
    nobody is known, the role stands in place of the person, with the unit's code. Pending measures wait for a ruling,
    and nobody is talked to for them.
    """
    last_day = assessment.record.round.last_day
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for assignment in facts.assignments:
        if assignment.holds_on(last_day):
            holders[assignment.role, assignment.place].append(assignment.who)
    found: dict[str, dict[str, eg.Measure]] = defaultdict(dict)
    for measure in assessment.measures:
        for role in measure.to if not measure.pending else ():
            places = (measure.unit, *facts.grid.ancestors(measure.unit))
            known = next((holders[role, place] for place in places if (role, place) in holders), None)
            for who in known or [f"{role}（{measure.unit}）"]:
                found[who][f"{measure.unit} {measure.rung}"] = measure
    return {who: tuple(measures[name] for name in sorted(measures)) for who, measures in sorted(found.items())}
