"""What a rule answered, and from what."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import NamedTuple


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


class Tally(NamedTuple):
    """The counts behind a rate, or behind a number of things (`among` is None), as of the end of a day."""

    counted: int
    among: int | None
    as_of: date
