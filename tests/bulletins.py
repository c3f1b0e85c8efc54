"""Published bulletins: their tables as facts, and what was decided in a shape to hold against them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from inspect import getsource

import envgov as eg


def units(level: str, names: Iterable[str], parent: str | None = None, group: str | None = None) -> tuple[eg.Unit, ...]:
    """Units whose codes are their names, each in a group if there is one."""
    groups = frozenset(() if group is None else (group,))
    return tuple(eg.Unit(name, name, level, parent=parent, designations=groups) for name in names)


def stated(channel: str, days: tuple[date, date], scores: Mapping[str, str]) -> tuple[eg.Inspection, ...]:
    """The scores as printed; a bulletin says between which days the visits were, and not on which."""
    first, last = days
    return tuple(
        eg.Inspection(unit, first, channel, stated=eg.points(score), last_day=last) for unit, score in scores.items()
    )


def ranks(assessment: eg.Assessment, figure: str = "score") -> dict[str, int]:
    return {s.unit: s.rank for s in assessment.record.ranking(figure).standings}


def numbers(assessment: eg.Assessment, figure: str = "score") -> dict[str, str]:
    """Each unit's number as it is shown."""
    ranking = assessment.record.ranking(figure)
    return {s.unit: str(ranking.shown(s)) for s in ranking.standings}


def lists(assessment: eg.Assessment, board: str) -> dict[str, set[str]]:
    """Who stands in each tier of a board."""
    tiers: dict[str, set[str]] = defaultdict(set)
    for placement in assessment.record.placements:
        if placement.board == board:
            tiers[placement.tier].add(placement.unit)
    return dict(tiers)


def measures(assessment: eg.Assessment) -> dict[str, set[str]]:
    """To whom each measure is proposed."""
    proposed: dict[str, set[str]] = defaultdict(set)
    for measure in assessment.measures:
        proposed[measure.rung].add(measure.subject)
    return dict(proposed)


def lines_of(scheme: Callable[..., eg.Scheme]) -> int:
    """How many lines it takes to say a scheme, the `def` among them."""
    return len(getsource(scheme).splitlines())
