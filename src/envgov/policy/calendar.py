"""Cadences (周期): which round a day belongs to."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from attrs import frozen
from dateutil.relativedelta import relativedelta

from envgov.facts.round import Round
from envgov.policy.term import term


class Cadence(Protocol):
    def round_of(self, day: date) -> Round:
        """The one round that the day lies in."""
        ...


@term("month")
@frozen(repr=False)
class month:
    """Calendar months; the label is "2017-05"."""

    def round_of(self, day: date) -> Round:
        first = day.replace(day=1)
        return Round(first, first + relativedelta(months=1), f"{first:%Y-%m}")
