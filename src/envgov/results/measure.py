"""What a ladder proposes (措施); people sign."""

from __future__ import annotations

from attrs import field, frozen

from envgov.facts.round import Round
from envgov.reason import Reason


@frozen
class Measure:
    """A proposal for one unit in one round, and its ground.

    `to` are roles relative to the unit, `by` the body that acts. A `pending` measure waits for a ruling: the
    rules do not say whether its condition holds.
    """

    scheme: str
    edition: str
    rung: str
    subject: str
    round: Round
    to: tuple[str, ...]
    by: str
    pending: bool
    reason: Reason = field(repr=False)

    @property
    def identity(self) -> tuple[str, str, str, Round]:
        """What makes it the same proposal when a round is assessed again."""
        return self.scheme, self.rung, self.subject, self.round
