"""The task chart (作战图): who leads which task, and how far it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from envgov.checks import is_day, is_day_or_none, is_text
from envgov.exact import as_points

DONE = Decimal(100)


@frozen
class Task:
    """One line of a task chart as it was reported on `day`: `progress` in per cent, from 0 to 100.

    `unit` is where the work is to be done. Later reports of the task bear the same name; the newest one counts.
    `leader` and `department` are empty where the chart names none; `due` is None where it gives no date.
    """

    name: str = field(validator=is_text)
    unit: str = field(validator=is_text)
    leader: str
    department: str
    progress: Decimal = field(converter=as_points)
    day: date = field(validator=is_day)
    due: date | None = field(default=None, validator=is_day_or_none)

    @progress.validator
    def _per_cent(self, _: Any, value: Decimal) -> None:
        if not 0 <= value <= DONE:
            raise ValueError(f"a progress of {value}: give per cent, from 0 to {DONE}")
