"""The measures of a round, person by person: one talk that is about several villages is held once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from envgov.facts.evidence import Facts
from envgov.results.assessment import Assessment
from envgov.results.measure import Measure
from envgov.results.table import WORDS, Language

ITSELF = frozenset({"单位", "责任单位"})
"""What a measure may go `to` beside roles: the unit itself, or for an issue whoever owes it."""


class Addressee(NamedTuple):
    """Somebody to whom measures of one name go: `who`, a person, a body or a unit, with the roles for which they do.

    Where nobody holds a role to which a measure goes, `who` is None, and the measures are those of one unit.
    """

    rung: str
    who: str | None
    roles: tuple[str, ...]
    measures: tuple[Measure, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The codes of the units that the measures are about."""
        return tuple(dict.fromkeys(measure.unit for measure in self.measures))

    def text(self, language: Language, names: Mapping[str, str]) -> str:
        """All of it as a sentence; `names` gives those of units and bodies."""
        words = WORDS[language]
        who = words.nobody.format(words.joint.join(self.roles)) if self.who is None else names.get(self.who, self.who)
        about = []
        for measure in self.measures:
            unit = names.get(measure.unit, measure.unit)
            subject = unit if measure.about == "unit" else words.aside.format(unit, measure.subject)
            about.append(words.aside.format(subject, words.pending) if measure.pending else subject)
        return words.addressed.format(self.rung, who, words.joint.join(about))


def addressees(assessment: Assessment, facts: Facts) -> tuple[Addressee, ...]:
    """The measures of an assessment by name and by whom they go to, in the order in which they are proposed.

    A measure goes to whoever holds its role on the round's last day at the unit, or else at the nearest unit above it
    where somebody does; to each of them, if they are several. So it may stand with several persons, and no measure is
    proposed that is not proposed already. 单位 and 责任单位 are no roles, nor is the unit's own level (村、街道): such a
    measure goes to those who owe it (`Measure.owed_by`), or to the unit of that level.

    Raises:
        UnknownUnitError: the facts are not those of the assessment: their grid lacks a unit.
    """
    last = assessment.record.round.last_day
    holders: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for held in facts.assignments:
        if held.holds_on(last):
            holders[held.place, held.role][held.who] = None
    found: dict[tuple[str, str | None, str], tuple[dict[str, None], dict[object, Measure]]] = {}
    for measure in assessment.measures:
        way_up = (measure.unit, *facts.grid.ancestors(measure.unit))
        for role in measure.to:
            if role in ITSELF:
                near: Iterable[str] = measure.owed_by
            elif role == facts.grid[measure.unit].level:
                near = (measure.unit,)
            else:
                near = next((holders[unit, role] for unit in way_up if (unit, role) in holders), ())
            for who in near or (None,):
                key = measure.rung, who, measure.unit if who is None else ""
                roles, about = found.setdefault(key, ({}, {}))
                roles[role] = None
                about[measure.identity] = measure
    rungs = list(dict.fromkeys(measure.rung for measure in assessment.measures))
    grouped = (
        Addressee(rung, who, tuple(roles), tuple(about.values())) for (rung, who, _), (roles, about) in found.items()
    )
    return tuple(sorted(grouped, key=lambda addressee: rungs.index(addressee.rung)))
