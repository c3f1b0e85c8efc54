"""What a round leaves to a person."""

from __future__ import annotations

from typing import NamedTuple

from envgov.facts.round import Round


class Question(NamedTuple):
    """Whether `condition` holds for `unit` in `round`: the rules of `scheme` do not say, and a `Ruling` may.

    The round is an earlier one where a count rests on what was left open then. A ruling answers with these very
    values, and with a day of the round in `concerns`.
    """

    scheme: str
    unit: str
    round: Round
    condition: object
