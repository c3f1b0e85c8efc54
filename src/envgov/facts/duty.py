"""Returns that somebody owes by a cut-off (日报、周排名), and what came in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Literal

from attrs import field, frozen

from envgov.checks import is_moment, is_text

CHINA = timezone(timedelta(hours=8), "UTC+08:00")
"""The zone of hours that name none."""

DutyState = Literal["on time", "late", "missing", "not due"]


@frozen
class Submission:
    """Something that was submitted (报送), and when."""

    what: str = field(validator=is_text)
    by: str = field(validator=is_text)
    at: datetime = field(validator=is_moment)


@frozen
class Duty:
    """One return owed by one unit or body, due at a moment: in time up to and including it.

    Who owes it need not be in the grid, nor among the bodies. A unit is told by its code: under its name, or misspelt,
    it owes nothing that is counted for it.
    """

    what: str = field(validator=is_text)
    owed_by: str = field(validator=is_text)
    due: datetime = field(validator=is_moment)
    submission: Submission | None = None

    def __attrs_post_init__(self) -> None:
        came = self.submission
        if came is not None and (came.what, came.by) != (self.what, self.owed_by):
            raise ValueError(f"{self.what} owed by {self.owed_by}: the submission is {came.what} by {came.by}")

    def state(self, moment: datetime) -> DutyState:
        """What has become of it by `moment`: it came "on time" or "late", it is "missing", or "not due" yet.

        What comes after that moment has not come.
        """
        came = self.submission
        if came is None or came.at > moment:
            return "missing" if self.due < moment else "not due"
        return "late" if came.at > self.due else "on time"

    def is_late(self) -> bool:
        """It came, after the cut-off."""
        return self.submission is not None and self.submission.at > self.due

    def is_missing(self, moment: datetime) -> bool:
        """The cut-off is past at `moment`, and nothing had come by then."""
        return self.state(moment) == "missing"


def in_order(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """By when they are due, what they are and who owes them; of equal ones those first that came, the earliest first."""

    def key(duty: Duty) -> tuple[object, ...]:
        came = duty.submission
        return duty.due, duty.what, duty.owed_by, came is None, came.at if came else duty.due

    return tuple(sorted(duties, key=key))
