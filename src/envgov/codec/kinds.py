"""The kinds that a stored value may have, and what each of their classes declares."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

import attrs

from envgov.facts import duty, grid, inspection, issue, output, round, ruling, stated, survey
from envgov.policy import boards, calendar, conditions, ladders, ranking, scoring
from envgov.policy.term import PARTS
from envgov.reason import Reason
from envgov.results import assessment, history, measure, placement, ranking as results_ranking
from envgov.scheme import Figure, Scheme, Source


def kind_of(cls: Any) -> str:
    """The tag of a class in stored data: the kind of a term, the name of any other."""
    tag = vars(cls).get("kind")
    return tag if isinstance(tag, str) else str(cls.__name__)


TERMS: tuple[type, ...] = (
    calendar.month,
    conditions.all_of,
    conditions.any_of,
    conditions.at_least,
    conditions.below,
    conditions.bottom,
    conditions.placed,
    conditions.streak,
    conditions.top,
    scoring.deductions,
    scoring.mean_of_children,
    scoring.stated,
    scoring.stated_else,
    scoring.total,
)
VALUES: tuple[type, ...] = (
    assessment.Assessment,
    boards.Board,
    boards.Tier,
    duty.Duty,
    duty.Submission,
    Figure,
    grid.Assignment,
    grid.Body,
    grid.Unit,
    history.Absence,
    history.Gap,
    history.Head,
    history.History,
    history.Record,
    inspection.Finding,
    inspection.Inspection,
    inspection.Item,
    inspection.Rubric,
    issue.Event,
    issue.Issue,
    ladders.Ladder,
    ladders.Rung,
    measure.Measure,
    output.Output,
    placement.Placement,
    ranking.RankBy,
    Reason,
    results_ranking.Ranking,
    results_ranking.Standing,
    round.Round,
    ruling.Ruling,
    Scheme,
    Source,
    stated.StatedRank,
    survey.Survey,
)
KINDS: Mapping[str, type] = {kind_of(cls): cls for cls in (*TERMS, *VALUES)}
PROTOCOLS: Mapping[Any, tuple[str, str]] = {
    scoring.ScoringRule: ("scores", "a scoring rule"),
    conditions.Condition: ("at", "a condition"),
    calendar.Cadence: ("round_of", "a cadence"),
}


@cache
def fields_of(cls: Any) -> Mapping[str, tuple[Any, Any]]:
    """The declared type and the default of each field that makes the value, in their order."""
    hints = typing.get_type_hints(cls)
    if attrs.has(cls):
        return {a.name: (hints[a.name], a.default) for a in attrs.fields(cls) if a.init and a.alias == a.name}
    return {name: (hints[name], cls._field_defaults.get(name, attrs.NOTHING)) for name in cls._fields}


@cache
def parts_field_of(cls: Any) -> str:
    return next((a.name for a in attrs.fields(cls) if a.metadata.get(PARTS)), "") if attrs.has(cls) else ""


def besides_none(declared: Any) -> Any:
    """The one type of an optional field; other unions stay as they are."""
    choices = [choice for choice in typing.get_args(declared) if choice is not type(None)]
    union = typing.get_origin(declared) in (types.UnionType, typing.Union)
    return choices[0] if union and len(choices) == 1 else declared


def item_type_of(declared: Any) -> Any:
    return object if declared is object else typing.get_args(declared)[0]
