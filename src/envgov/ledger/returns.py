"""Returns that came (报送), and what is owed by routine beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from envgov.facts.duty import Duty, Submission
from envgov.scheme import Scheme

SUBMISSION = "submission"


class Return(NamedTuple):
    """A submission, and the day for which it came: one that is late is for an earlier day than it came."""

    day: date
    submission: Submission


def subject_of_return(came: Return) -> str:
    """Under which subject it is entered: entered there again, it is corrected."""
    return f"{SUBMISSION}:{came.submission.what}/{came.submission.by}/{came.day}"


def day_of_return(subject: str) -> date:
    return date.fromisoformat(subject.rpartition("/")[2])


def is_return(subject: str, value: object) -> bool:
    """Whether the value is a submission, and is entered under its own subject."""
    try:
        return isinstance(value, Submission) and subject == subject_of_return(Return(day_of_return(subject), value))
    except ValueError:
        return False


def duties_of(scheme: Scheme, returns: Iterable[Return]) -> Iterator[Duty]:
    """The duties that were met: each return as the routine of its name asks for it, in the span of its day.

    A return that no routine asks for is none.
    """
    routines = {routine.what: routine for routine in scheme.duties}
    for day, came in returns:
        if (routine := routines.get(came.what)) is not None:
            due = routine.due_on(routine.every.round_of(day).last_day)
            yield Duty(came.what, came.by, due, came)
