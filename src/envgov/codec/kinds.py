"""The kinds that a stored value may have, and what each of their classes declares."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

import attrs

from envgov.facts import (
    acceptance,
    duty,
    grid,
    guards,
    inspection,
    issue,
    output,
    paper,
    position,
    publication,
    roster,
    round,
    ruling,
    slip,
    stated,
    survey,
    synthetic,
    task,
)
from envgov.policy import boards, ladders, ranking, routines
from envgov.policy.calendar import cadences, deadlines, workdays
from envgov.policy.conditions import condition, counters, issues, logic, places
from envgov.policy.scoring import combined, curves, inspected, ledger, periods, ranks, rule
from envgov.reason import Reason, Tally
from envgov.results import assessment, history, measure, note, placement, question, ranking as results_ranking
from envgov.scheme import Figure, Scheme, Source


def kind_of(cls: Any) -> str:
    """The tag of a class in stored data: the kind of a term, the name of any other."""
    tag = vars(cls).get("kind")
    return tag if isinstance(tag, str) else str(cls.__name__)


TERMS: tuple[type, ...] = tuple(
    cls
    for module in (
        cadences,
        deadlines,
        places,
        logic,
        counters,
        issues,
        inspected,
        ledger,
        combined,
        curves,
        periods,
        ranks,
    )
    for cls in vars(module).values()
    if isinstance(cls, type) and "kind" in vars(cls) and cls.__module__ == module.__name__
)
"""The vocabulary: what each of these modules names with `term`."""
VALUES: tuple[type, ...] = (
    acceptance.UnitAcceptance,
    assessment.Assessment,
    boards.Board,
    boards.Tier,
    deadlines.Due,
    deadlines.Limit,
    deadlines.Stage,
    duty.Duty,
    duty.Submission,
    Figure,
    grid.Assignment,
    grid.Body,
    grid.Unit,
    guards.LifeRules,
    history.Absence,
    history.Designation,
    history.Gap,
    history.Head,
    history.History,
    history.Record,
    history.Shortened,
    inspection.Finding,
    inspection.Inspection,
    inspection.Item,
    inspection.Rubric,
    issue.Event,
    issue.Issue,
    issue.StageDue,
    issue.Whistle,
    ladders.Ladder,
    ladders.Rung,
    measure.Measure,
    note.Note,
    output.Output,
    paper.Paper,
    paper.PaperEvent,
    placement.Outcome,
    placement.Placement,
    placement.Tiers,
    position.Position,
    publication.Publication,
    publication.PublicationEvent,
    question.Question,
    ranking.RankBy,
    Reason,
    results_ranking.Ranking,
    results_ranking.Standing,
    roster.Post,
    roster.Role,
    roster.Roster,
    roster.Scope,
    round.Round,
    routines.Routine,
    ruling.Ruling,
    Scheme,
    slip.Slip,
    Source,
    stated.StatedRank,
    survey.Survey,
    synthetic.Synthetic,
    Tally,
    task.Task,
    workdays.WorkCalendar,
)
KINDS: Mapping[str, type] = {kind_of(cls): cls for cls in (*TERMS, *VALUES)}
PROTOCOLS: Mapping[Any, tuple[str, str]] = {
    rule.ScoringRule: ("scores", "a scoring rule"),
    condition.Condition: ("at", "a condition"),
    cadences.Cadence: ("round_of", "a cadence"),
    deadlines.Deadline: ("dues", "a deadline"),
}


@cache
def fields_of(cls: Any) -> Mapping[str, tuple[Any, Any]]:
    """The declared type and the default of each field that makes the value, in their order."""
    hints = typing.get_type_hints(cls)
    if attrs.has(cls):
        return {a.name: (hints[a.name], a.default) for a in attrs.fields(cls) if a.init and a.alias == a.name}
    return {name: (hints[name], cls._field_defaults.get(name, attrs.NOTHING)) for name in cls._fields}


@cache
def besides_none(declared: Any) -> Any:
    """The one type of an optional field; other unions stay as they are."""
    choices = [choice for choice in typing.get_args(declared) if choice is not type(None)]
    union = typing.get_origin(declared) in (types.UnionType, typing.Union)
    return choices[0] if union and len(choices) == 1 else declared


@cache
def item_type_of(declared: Any) -> Any:
    return object if declared is object else typing.get_args(declared)[0]
