"""What a rule answered, and from what."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from envgov.results.view import View


class Absent(Enum):
    """Why a unit has no score; it is never ranked, and no zero unless a rule says that an absent part counts so."""

    NOT_ASSESSED = "not assessed"
    EXEMPT = "exempt"


class Reason(NamedTuple):
    """A rule's answer with its grounds; `envgov.narrate` makes the words.

    `value` is a Fraction or `Absent` for a scoring rule, and True, False or None for a condition: None is
    pending, that is, left to a person. The leaves of `because` are facts, rulings and standings as recorded.
    """

    rule: object
    value: object
    because: tuple[object, ...]

    def view(self, language: Literal["zh", "en"] = "zh") -> View:
        """The words of `narrate`, as a notebook shows them."""
        from envgov.wording.views import view_of

        return view_of(self, language)

    def _repr_html_(self) -> str:
        return self.view().html()

    def _repr_markdown_(self) -> str:
        return self.view().markdown()

    def __rich__(self) -> View:
        return self.view()


class Tally(NamedTuple):
    """The counts behind a rate, or behind a number of things (`among` is None), as of the end of a day."""

    counted: int
    among: int | None
    as_of: date
