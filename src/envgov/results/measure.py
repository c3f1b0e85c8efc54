"""What a ladder proposes (措施); people sign."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from attrs import field, frozen

from envgov.facts.round import Round
from envgov.reason import Reason


@frozen
class Measure:
    """A proposal for one unit, or about one issue, in one round, and its ground.

    `subject` is the unit's code, or the issue's id, as `about` says; `unit` is the unit of the field, for an issue
    that in which it lies; `owed_by` is the unit, or whoever is responsible for the issue, or where nobody is, the
    unit where it lies. `to` are roles relative to the unit, `by` the body that acts, `amount` the money that goes
    with it, in yuan (元). A `pending` measure waits for a ruling: the rules do not say whether its condition holds.
    """

    scheme: str
    edition: str
    rung: str
    subject: str
    unit: str
    round: Round
    to: tuple[str, ...]
    by: str
    pending: bool
    reason: Reason = field(repr=False)
    owed_by: tuple[str, ...] = ()
    amount: Decimal | None = None
    about: Literal["unit", "issue"] = "unit"

    @property
    def identity(self) -> tuple[str, str, str, Round]:
        """What makes it the same proposal when a round is assessed again."""
        return self.scheme, self.rung, self.subject, self.round
