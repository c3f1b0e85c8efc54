"""What a form says of an issue: where it lies, what it is, what shows it. Nothing of who told of it."""

from __future__ import annotations

from envgov.documents.forms.office import Office
from envgov.facts.issue import Event, Issue
from envgov.facts.paper import PaperEvent
from envgov.results.table import Language
from envgov.texts import mask_numbers
from envgov.wording.forms import SAY


def place_of(issue: Issue, office: Office, language: Language) -> str:
    """The unit, and the spot in it, which is the note on its finding."""
    place = office.call(issue.place, issue.found, language)
    spot = mask_numbers(issue.events[0].note)
    return SAY[language]["spot"].format(place=place, spot=spot) if spot else place


def category_of(issue: Issue) -> str:
    return mask_numbers(issue.category)


def problem_of(issue: Issue) -> str:
    return mask_numbers(issue.description)


def evidence_of(event: Event | PaperEvent | None, language: Language) -> str:
    """The names of the photographs and papers that show it; "" where there are none."""
    return SAY[language]["joint"].join(map(mask_numbers, event.evidence)) if event else ""
