"""Steps along the calendar: the one place where a date can run off its ends."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TypeVar

from dateutil.relativedelta import relativedelta

from envgov.errors import Fault, InputError

D = TypeVar("D", date, datetime)


def step(start: D, *, months: int = 0, days: int = 0, hours: int = 0) -> D:
    """So far after a day or a moment, or before it; 31 January and one month is the last of February.

    Hours are real ones: they are counted in UTC, and told in the zone of the moment.

    Raises:
        InputError: it lies outside the years 1 to 9999.
    """
    try:
        if isinstance(start, datetime) and hours:
            return (start.astimezone(UTC) + relativedelta(hours=hours)).astimezone(start.tzinfo)
        return start + relativedelta(months=months, days=days)
    except (OverflowError, ValueError):
        problem = "counted from here, a date lies outside the years 1 to 9999"
        raise InputError([Fault(problem, "correct the day, or what is counted", value=start.isoformat())]) from None
