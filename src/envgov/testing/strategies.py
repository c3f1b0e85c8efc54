"""Hypothesis strategies of the whole vocabulary, the hard cases among them often.

`fields()` are one round of a town, `seasons()` what happened in several, `schemes()` what a locality decides: any
scheme can be asked about any season. `cases()` are both, with rulings on some of what the rules leave open.
`rules()`, `conditions()`, `issue_conditions()`, `rankings()`, `boards_in()`, `ladders_in()` are the parts of schemes;
`facts()`, `issues()`, `inspections()` those of seasons; `histories()` are records to look back on.
"""

from envgov.testing.cases import Case, cases
from envgov.testing.conditions import conditions, cumulatives, exemptions, issue_conditions, ks_of_last, streaks
from envgov.testing.dates import cadences, days, deadlines
from envgov.testing.fields import Field, Scores, fields, lists, marks
from envgov.testing.histories import Month, histories, months, records_of
from envgov.testing.ledger import facts, findings, inspections, issues, rubrics
from envgov.testing.rules import rules
from envgov.testing.schemes import boards_in, editions, ladders_in, rankings, schemes
from envgov.testing.seasons import seasons

__all__ = [
    "Case",
    "Field",
    "Month",
    "Scores",
    "boards_in",
    "cadences",
    "cases",
    "conditions",
    "cumulatives",
    "days",
    "deadlines",
    "editions",
    "exemptions",
    "facts",
    "fields",
    "findings",
    "histories",
    "inspections",
    "issue_conditions",
    "issues",
    "ks_of_last",
    "ladders_in",
    "lists",
    "marks",
    "months",
    "rankings",
    "records_of",
    "rubrics",
    "rules",
    "schemes",
    "seasons",
    "streaks",
]
