"""The office that issues papers (发文机关), and how it calls those whom the ledger knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from attrs import field, frozen
from attrs.validators import optional

from envgov.checks import is_a, is_line, is_text
from envgov.facts.grid import Grid
from envgov.facts.issue import Event
from envgov.facts.paper import PaperEvent
from envgov.facts.roster import Roster
from envgov.results.table import Language
from envgov.texts import mask_numbers
from envgov.wording.bulletin import day_word
from envgov.wording.forms import SAY


@frozen
class Office:
    """Who issues papers. Units are called by their names; a person of the roster by their roles, and never by name."""

    body: str = field(validator=[is_text, is_line])
    grid: Grid = field(factory=lambda: Grid(()), validator=is_a(Grid))
    roster: Roster | None = field(default=None, validator=optional(is_a(Roster)))

    def call(self, who: str, day: date, language: Language) -> str:
        """A unit's name, the roles that a person has on that day, or whoever else it is as it stands."""
        if who in self.grid:
            return self.grid[who].name
        if self.roster is not None and who in self.roster.persons:
            roles = dict.fromkeys(post.role for post in self.roster.held_by(who, day))
            return SAY[language]["joint"].join(roles) or SAY[language]["a person"]
        return mask_numbers(who)

    def call_all(self, who: Iterable[str], day: date, language: Language) -> str:
        return SAY[language]["joint"].join(dict.fromkeys(self.call(each, day, language) for each in who))


def moment_word(day: date | None, at: datetime | None, language: Language) -> str:
    """A day, with its hour where that is known; "" where there is none."""
    if day is None:
        return ""
    return day_word(day, language) + (f" {at:%H:%M}" if at is not None else "")


def moment_of(event: Event | PaperEvent | None, language: Language) -> str:
    """When it happened; "" where it did not."""
    return "" if event is None else moment_word(event.day, event.at, language)
