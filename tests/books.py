"""What the books of a town hold, for tests of scoring: issues as lives in words, surveys, ranks, and who asks."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import envgov as eg
import towns

MAY_1, MAY_31 = date(2024, 5, 1), date(2024, 5, 31)
GRID = eg.Grid(
    (
        eg.Unit("镇", "某镇", "镇"),
        eg.Unit("空镇", "空镇", "镇"),
        *(eg.Unit(name, name, "村", "镇") for name in "甲乙丙"),
        eg.Unit("旧", "旧", "村", "镇", until=MAY_1),
        eg.Unit("新", "新", "村", "镇", since=MAY_1),
    )
)
LIFE = re.compile(r"(?P<what>[a-z ]+) (?P<day>[0-9-]+)(?: due (?P<due>[0-9-]+))?")


def day(text: str) -> date:
    """A day of 2024 as "05-31", or of another year as "2023-05-31"."""
    return date.fromisoformat(text if len(text) > 5 else f"2024-{text}")


def issue(id_: str, place: str, *life: str, **more: Any) -> eg.Issue:
    """An issue whose events are words: issue("1", "甲", "found 05-02", "dispatched 05-02 due 05-09")."""
    events = []
    for line in life:
        told = LIFE.fullmatch(line)
        assert told, line
        due = day(told["due"]) if told["due"] else None
        events.append(eg.Event(eg.EventKind(told["what"]), day(told["day"]), due=due))
    return eg.Issue(id_, place, tuple(events), **more)


def visit(unit: str, on: str, score: object = None, channel: str = towns.CHANNEL, **lost: object) -> eg.Inspection:
    """A visit with a stated score, or with one finding for each item."""
    findings = tuple(eg.Finding(item, eg.points(str(x))) for item, x in lost.items())
    stated = None if score is None else eg.points(str(score))
    return eg.Inspection(unit, day(on), channel, findings=findings, stated=stated)


def reasons(
    rule: eg.ScoringRule, units: Iterable[str] = "甲乙", round: eg.Round | None = None, **facts: Any
) -> Mapping[str, eg.Reason]:
    """What a rule answers in May 2024, or another round, from facts on `GRID`."""
    evidence = eg.Facts(facts.pop("grid", GRID), **facts).during(round or towns.month_of("2024-05"))
    return rule.scores(tuple(units), evidence)


def values(
    rule: eg.ScoringRule, units: Iterable[str] = "甲乙", round: eg.Round | None = None, **facts: Any
) -> dict[str, Any]:
    return {unit: reason.value for unit, reason in reasons(rule, units, round, **facts).items()}


def scored(rule: eg.ScoringRule, facts: eg.Facts, round: eg.Round | None = None, **changes: Any) -> dict[str, Any]:
    """The published scores of a scheme with that scoring, as texts with two decimals; absent units with why."""
    scheme = towns.scheme(**{"scoring": rule, "ranking": eg.RankBy(places=2), **changes})
    record = eg.assess(scheme, round or towns.month_of("2024-05"), facts).record
    published = {s.unit: str(record.ranking().shown(s)) for s in record.standings}
    return published | {absence.unit: absence.why for absence in record.absences}
