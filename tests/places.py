"""Places at which conditions are asked: of a town's months, and of issues in its ledger."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import envgov as eg
import towns

DECLARED: dict[str, Any] = {
    "unheld": "break",
    "absent": "break",
    "repeat": "each",
    "editions": "carry",
    "heads": "carry",
}


def holding(condition: eg.Condition, record: eg.Record, *earlier: eg.Record, units: Iterable[str]) -> str:
    """The units for which it holds; those for which it is pending bear a question mark."""
    found = {unit: condition.at(eg.Place(unit, record, earlier)).value for unit in units}
    return "".join(unit + ("?" if value is None else "") for unit, value in found.items() if value is not False)


def answers(condition: eg.Condition, scores: Mapping[str, Any], **changes: Any) -> str:
    """For whom it holds in May of a town with these scores."""
    return holding(condition, towns.assess(scores, **changes).record, units=scores)


def season(months: Mapping[str, Mapping[str, object]], **changes: Any) -> tuple[eg.Record, ...]:
    """The records of a town's months, oldest first."""
    return tuple(a.record for a in eg.assess_season(towns.scheme(**changes), towns.facts(months)))


def last(unit: str, records: tuple[eg.Record, ...]) -> eg.Place:
    """A unit in the newest of the records."""
    return eg.Place(unit, records[-1], records[:-1])


def scored(value: object, *, others: Mapping[str, object] | None = None) -> Mapping[str, object]:
    """One month of three villages: 甲 has the value, 乙 and 丙 lie above it unless said otherwise."""
    return {"甲": value, **(others or {"乙": "95", "丙": "80"})}


def event(what: str, day: str, due: str | None = None, **more: Any) -> eg.Event:
    return eg.Event(
        eg.EventKind(what), date.fromisoformat(day), due=None if due is None else date.fromisoformat(due), **more
    )


def issue(id: str, place: str, *events: eg.Event, found: str = "2024-05-02", **more: Any) -> eg.Issue:
    """An issue found on that day, and then this."""
    return eg.Issue(id, place, (event("found", found), *events), **more)


def in_order(units: Iterable[str]) -> dict[str, object]:
    """Scores by which these stand from the best to the worst, none level with another."""
    return {unit: str(1000 - place) for place, unit in enumerate(units, 1)}


def numbered(n: int) -> list[str]:
    return [f"{number:03}" for number in range(1, n + 1)]


def classed(classes: Mapping[str, Iterable[str]], level: str = "村") -> tuple[eg.Unit, ...]:
    """Units of each class."""
    return tuple(
        eg.Unit(unit, unit, level, designations=frozenset({name})) for name, units in classes.items() for unit in units
    )


def listed(assessment: eg.Assessment, tier: str, board: str | None = None) -> list[str]:
    """The units in a tier, in code order."""
    given = assessment.record.placements
    return sorted(p.unit for p in given if p.tier == tier and board in (None, p.board))


def measured(assessment: eg.Assessment, unit: str) -> list[str]:
    """The measures that are proposed for a unit, or about an issue."""
    return [f"{m.rung}?" if m.pending else m.rung for m in assessment.measures if m.subject == unit]
