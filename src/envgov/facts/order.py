"""The order of what happened: by day, and where hours are known by the hour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Protocol


class Happened(Protocol):
    @property
    def what(self) -> Enum: ...
    @property
    def day(self) -> date: ...
    @property
    def at(self) -> datetime | None: ...


def going_back(events: Iterable[Happened]) -> str:
    """The first event that is before one that it follows, in words; "" where none is.

    An event without an hour stands between the hours of its day, and hides none of them.
    """
    latest: Happened | None = None  # of those of a day, the last whose hour is known
    for event in events:
        if latest is not None and (event.day < latest.day or (event.at and latest.at and event.at < latest.at)):
            return (
                f"{event.what.value} on {event.at or event.day} is before "
                f"{latest.what.value} on {latest.at or latest.day}"
            )
        if latest is None or event.at is not None or event.day > latest.day:
            latest = event
    return ""
