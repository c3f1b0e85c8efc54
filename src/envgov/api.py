"""The public names of envgov, in one place; `envgov` itself loads them when the first is asked for."""

from envgov.codec import from_dict, read_scheme, scheme_from_json, scheme_from_toml, to_dict, to_json
from envgov.codec.schemas import json_schema
from envgov.comparison import compare, under
from envgov.errors import EnvGovError, Fault, InputError, SchemeError, UnknownUnitError
from envgov.exact import points
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.draw import random_draw
from envgov.facts.duty import Duty, Submission
from envgov.facts.evidence import Evidence, Facts
from envgov.facts.grid import Assignment, Body, Grid, Unit
from envgov.facts.guards import LifeRules
from envgov.facts.inspection import Finding, Inspection, Item, Mode, Rubric
from envgov.facts.issue import Event, EventKind, Issue, StageDue, State, Whistle
from envgov.facts.life import enter, follow, merge
from envgov.facts.output import Output
from envgov.facts.paper import PERSONNEL, Paper, PaperEvent, PaperState, enter_paper, follow_paper
from envgov.facts.position import Position
from envgov.facts.publication import (
    Publication,
    PublicationEvent,
    PublicationKind,
    enter_publication,
    follow_publication,
)
from envgov.facts.refusal import RefusedError
from envgov.facts.roster import ACTS, Post, Role, Roster, Scope
from envgov.facts.round import Round
from envgov.facts.ruling import Ruling
from envgov.facts.slip import Slip
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.facts.synthetic import Synthetic
from envgov.facts.task import Task
from envgov.hookspecs import hookimpl
from envgov.locality import Locality
from envgov.plugin import Plugin, PluginError
from envgov.policy.boards import Board, Tier
from envgov.policy.calendar.cadences import (
    Cadence,
    day,
    half_month,
    half_year,
    month,
    quarter,
    rounds_within,
    ten_days,
    two_months,
    week,
    year,
)
from envgov.policy.calendar.deadlines import (
    Deadline,
    Due,
    Limit,
    Stage,
    calendar_days,
    deadline_for,
    hours,
    months,
    same_day,
    staged,
    stamp,
    standing,
    working_days,
    working_hours,
)
from envgov.policy.calendar.workdays import WorkCalendar
from envgov.policy.conditions.condition import Condition
from envgov.policy.conditions.counters import cumulative, k_of_last, streak
from envgov.policy.conditions.issues import (
    category_is,
    due,
    happened,
    in_state,
    not_closed_on_time,
    on_time,
    overdue,
    rejected,
    slipped,
    source_is,
)
from envgov.policy.conditions.logic import all_of, any_of, not_
from envgov.policy.conditions.places import (
    above,
    above_mean,
    at_least,
    at_most,
    below,
    below_mean,
    bottom,
    bottom_share,
    designated,
    placed,
    praised,
    ruled,
    sanctioned,
    top,
    top_share,
    unit_slipped,
)
from envgov.policy.ladders import Ladder, Rung
from envgov.policy.ranking import RankBy
from envgov.policy.routines import Routine
from envgov.policy.scoring.combined import (
    Part,
    constant,
    mean_of_children,
    or_else,
    requires,
    stated_else,
    total,
    veto,
    weighted,
)
from envgov.policy.scoring.curves import Band, Knot, bands, bounded, piecewise, scaled, to_target
from envgov.policy.scoring.inspected import count_findings, count_inspections, count_repeats, deductions, stated
from envgov.policy.scoring.ledger import (
    accepted,
    amount,
    count_answers,
    count_duties,
    count_issues,
    progress,
    rate,
    satisfaction,
)
from envgov.policy.scoring.periods import change, mean_over, to_date
from envgov.policy.scoring.ranks import from_mean, mean_rank, rank_in, rank_share, stated_rank
from envgov.policy.scoring.rule import ScoringRule
from envgov.policy.term import term
from envgov.published import Checked, Claim, Discrepancy, PublishedTable, Report, lint, read_claim, read_table
from envgov.reason import Absent, Reason, Tally
from envgov.registry import Registry, UnknownLocalityError, load_registry
from envgov.results.addressee import Addressee, addressees
from envgov.results.assessment import Assessment, Row, Season
from envgov.results.comparison import Comparison, Move, RoundComparison
from envgov.results.history import Absence, Designation, Gap, Head, History, Place, Record, Shortened
from envgov.results.measure import Measure
from envgov.results.note import Note
from envgov.results.placement import PENDING, Holding, Outcome, Placement, Side, Tiers
from envgov.results.question import Question
from envgov.results.ranking import Ranking, Standing
from envgov.results.unread import Unread
from envgov.results.view import Listing, View
from envgov.scheme import Figure, Scheme, Source, in_force
from envgov.season import assess, assess_season, rounds_of
from envgov.season.duties import owed
from envgov.season.unread import unread
from envgov.season_csv import read_season
from envgov.wording import describe, narrate
from envgov.wording.rates import word_rate

__all__ = [
    "ACTS",
    "PENDING",
    "PERSONNEL",
    "Absence",
    "Absent",
    "Addressee",
    "Assessment",
    "Assignment",
    "Band",
    "Board",
    "Body",
    "Cadence",
    "Checked",
    "Claim",
    "Comparison",
    "Condition",
    "Deadline",
    "Designation",
    "Discrepancy",
    "Due",
    "Duty",
    "EnvGovError",
    "Event",
    "EventKind",
    "Evidence",
    "Facts",
    "Fault",
    "Figure",
    "Finding",
    "Gap",
    "Grid",
    "Head",
    "History",
    "Holding",
    "InputError",
    "Inspection",
    "Issue",
    "Item",
    "Knot",
    "Ladder",
    "LifeRules",
    "Limit",
    "Listing",
    "Locality",
    "Measure",
    "Mode",
    "Move",
    "Note",
    "Outcome",
    "Output",
    "Paper",
    "PaperEvent",
    "PaperState",
    "Part",
    "Place",
    "Placement",
    "Plugin",
    "PluginError",
    "Position",
    "Post",
    "Publication",
    "PublicationEvent",
    "PublicationKind",
    "PublishedTable",
    "Question",
    "RankBy",
    "Ranking",
    "Reason",
    "Record",
    "RefusedError",
    "Registry",
    "Report",
    "Role",
    "Roster",
    "Round",
    "RoundComparison",
    "Routine",
    "Row",
    "Rubric",
    "Ruling",
    "Rung",
    "Scheme",
    "SchemeError",
    "Scope",
    "ScoringRule",
    "Season",
    "Shortened",
    "Side",
    "Slip",
    "Source",
    "Stage",
    "StageDue",
    "Standing",
    "State",
    "StatedRank",
    "Submission",
    "Survey",
    "Synthetic",
    "Tally",
    "Task",
    "Tier",
    "Tiers",
    "Unit",
    "UnitAcceptance",
    "UnknownLocalityError",
    "UnknownUnitError",
    "Unread",
    "View",
    "Whistle",
    "WorkCalendar",
    "above",
    "above_mean",
    "accepted",
    "addressees",
    "all_of",
    "amount",
    "any_of",
    "assess",
    "assess_season",
    "at_least",
    "at_most",
    "bands",
    "below",
    "below_mean",
    "bottom",
    "bottom_share",
    "bounded",
    "calendar_days",
    "category_is",
    "change",
    "compare",
    "constant",
    "count_answers",
    "count_duties",
    "count_findings",
    "count_inspections",
    "count_issues",
    "count_repeats",
    "cumulative",
    "day",
    "deadline_for",
    "deductions",
    "describe",
    "designated",
    "due",
    "enter",
    "enter_paper",
    "enter_publication",
    "follow",
    "follow_paper",
    "follow_publication",
    "from_dict",
    "from_mean",
    "half_month",
    "half_year",
    "happened",
    "hookimpl",
    "hours",
    "in_force",
    "in_state",
    "json_schema",
    "k_of_last",
    "lint",
    "load_registry",
    "mean_of_children",
    "mean_over",
    "mean_rank",
    "merge",
    "month",
    "months",
    "narrate",
    "not_",
    "not_closed_on_time",
    "on_time",
    "or_else",
    "overdue",
    "owed",
    "piecewise",
    "placed",
    "points",
    "praised",
    "progress",
    "quarter",
    "random_draw",
    "rank_in",
    "rank_share",
    "rate",
    "read_claim",
    "read_scheme",
    "read_season",
    "read_table",
    "rejected",
    "requires",
    "rounds_of",
    "rounds_within",
    "ruled",
    "same_day",
    "sanctioned",
    "satisfaction",
    "scaled",
    "scheme_from_json",
    "scheme_from_toml",
    "slipped",
    "source_is",
    "staged",
    "stamp",
    "standing",
    "stated",
    "stated_else",
    "stated_rank",
    "streak",
    "ten_days",
    "term",
    "to_date",
    "to_dict",
    "to_json",
    "to_target",
    "top",
    "top_share",
    "total",
    "two_months",
    "under",
    "unit_slipped",
    "unread",
    "veto",
    "week",
    "weighted",
    "word_rate",
    "working_days",
    "working_hours",
    "year",
]
