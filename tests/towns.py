"""Small towns for tests: villages with the scores that they were given, month by month."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import envgov as eg

CHANNEL = "督导"
BASE: dict[str, Any] = {
    "id": "town",
    "levels": ("村",),
    "cadence": eg.month(),
    "since": date(2024, 1, 1),
    "source": eg.Source("办法"),
    "scoring": eg.stated(CHANNEL, several="mean"),
    "ranking": eg.RankBy(places=1),
}


def scheme(**changes: Any) -> eg.Scheme:
    """Villages ranked each month by the score stated for them, to one decimal."""
    return eg.Scheme(**{**BASE, **changes})


def first_of(label: str) -> date:
    return date.fromisoformat(f"{label}-01")


def month_of(label: str) -> eg.Round:
    return eg.month().round_of(first_of(label))


def stated(label: str, scores: Mapping[str, object], channel: str = CHANNEL) -> tuple[eg.Inspection, ...]:
    """One stated score for each village on the first of a month; None: it was not visited."""
    return tuple(
        eg.Inspection(unit, first_of(label), channel, stated=eg.points(str(score)))
        for unit, score in scores.items()
        if score is not None
    )


def facts(months: Mapping[str, Mapping[str, object]], **more: Any) -> eg.Facts:
    """A season of stated scores; the grid holds every village named in any month, and those in `units`."""
    names = sorted({unit for scores in months.values() for unit in scores})
    units = more.pop("units", ()) + tuple(eg.Unit(name, name, "村") for name in names)
    seen = tuple(i for label, scores in months.items() for i in stated(label, scores))
    return eg.Facts(eg.Grid(units), inspections=seen + more.pop("inspections", ()), **more)


def assess(scores: Mapping[str, object], **changes: Any) -> eg.Assessment:
    """May 2024 of a town with these scores."""
    return eg.assess(scheme(**changes), month_of("2024-05"), facts({"2024-05": scores}))


def tiers(assessment: eg.Assessment) -> dict[str, str]:
    return {placement.unit: placement.tier for placement in assessment.record.placements}


def proposed(assessment: eg.Assessment) -> list[tuple[str, str]]:
    return [(m.subject, f"{m.rung}?" if m.pending else m.rung) for m in assessment.measures]
