"""The public names of envgov, in one place; `envgov` itself loads them when the first is asked for."""

from envgov.codec import from_dict, read_scheme, scheme_from_json, scheme_from_toml, to_dict, to_json
from envgov.errors import EnvGovError, Fault, InputError, SchemeError, UnknownUnitError
from envgov.exact import points
from envgov.facts.duty import Duty, Submission
from envgov.facts.evidence import Evidence, Facts
from envgov.facts.grid import Assignment, Body, Grid, Unit
from envgov.facts.inspection import Finding, Inspection, Item, Mode, Rubric
from envgov.facts.issue import Event, EventKind, Issue, State
from envgov.facts.output import Output
from envgov.facts.round import Round
from envgov.facts.ruling import Ruling
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.policy.boards import Board, Tier
from envgov.policy.calendar import Cadence, month
from envgov.policy.conditions import Condition, all_of, any_of, at_least, below, bottom, placed, streak, top
from envgov.policy.ladders import Ladder, Rung
from envgov.policy.ranking import RankBy
from envgov.policy.scoring import ScoringRule, deductions, mean_of_children, stated, stated_else, total
from envgov.policy.term import term
from envgov.reason import Absent, Reason
from envgov.results.assessment import Assessment, Row, Season
from envgov.results.history import Absence, Gap, Head, History, Place, Record
from envgov.results.measure import Measure
from envgov.results.placement import PENDING, Placement, Side
from envgov.results.ranking import Ranking, Standing
from envgov.scheme import Figure, Scheme, Source
from envgov.season import assess, assess_season, rounds_of
from envgov.season_csv import read_season
from envgov.wording import describe, narrate

__all__ = [
    "PENDING",
    "Absence",
    "Absent",
    "Assessment",
    "Assignment",
    "Board",
    "Body",
    "Cadence",
    "Condition",
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
    "InputError",
    "Inspection",
    "Issue",
    "Item",
    "Ladder",
    "Measure",
    "Mode",
    "Output",
    "Place",
    "Placement",
    "RankBy",
    "Ranking",
    "Reason",
    "Record",
    "Round",
    "Row",
    "Rubric",
    "Ruling",
    "Rung",
    "Scheme",
    "SchemeError",
    "ScoringRule",
    "Season",
    "Side",
    "Source",
    "Standing",
    "State",
    "StatedRank",
    "Submission",
    "Survey",
    "Tier",
    "Unit",
    "UnknownUnitError",
    "all_of",
    "any_of",
    "assess",
    "assess_season",
    "at_least",
    "below",
    "bottom",
    "deductions",
    "describe",
    "from_dict",
    "mean_of_children",
    "month",
    "narrate",
    "placed",
    "points",
    "read_scheme",
    "read_season",
    "rounds_of",
    "scheme_from_json",
    "scheme_from_toml",
    "stated",
    "stated_else",
    "streak",
    "term",
    "to_dict",
    "to_json",
    "top",
    "total",
]
