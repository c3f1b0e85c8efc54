"""The facts that are not their row cell by cell: an issue of its milestones, a duty of two moments, a task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from envgov.facts.duty import Duty, Submission
from envgov.facts.issue import CLOSINGS, Event, EventKind, Issue
from envgov.facts.task import Task

Row = dict[str, Any]
"""The cells of a row by their columns, without those that are empty."""
_ENDS = (*CLOSINGS, EventKind.WITHDRAWN)


def issue_of(row: Row, slips: Iterable[Event]) -> Issue:
    """The events of one row of the ledger, in the order of its milestones, and its slips among them by their days."""
    responsible = row.get("responsible", ())
    owner = responsible[0] if responsible else ""
    due = row.get("due")
    found_due = None if "dispatched" in row else due
    events = [Event(EventKind.FOUND, row["found"], due=found_due)]
    for column, event in (
        ("fixed", EventKind.FIXED_ON_THE_SPOT),
        ("dispatched", EventKind.DISPATCHED),
        ("claimed", EventKind.CLAIMED),
        ("rectified", EventKind.RECTIFIED),
        ("accepted", EventKind.ACCEPTED),
        ("withdrawn", EventKind.WITHDRAWN),
    ):
        if column not in row:
            continue
        match event:
            case EventKind.DISPATCHED:
                events.append(Event(event, row[column], to=responsible, due=due))
            case EventKind.ACCEPTED:
                events.append(Event(event, row[column], by=row.get("accepted_by", "")))
            case EventKind.CLAIMED | EventKind.RECTIFIED | EventKind.FIXED_ON_THE_SPOT:
                events.append(Event(event, row[column], by=owner))
            case _:
                events.append(Event(event, row[column]))
    for slip in sorted(slips, key=lambda slip: (slip.day, slip.slip, slip.by)):
        events.insert(_place_of(slip, events), slip)
    kept = ("id", "place", "responsible", "supporting", "category", "description", "source")
    return Issue(events=tuple(events), **{name: row[name] for name in kept if name in row})


def _place_of(slip: Event, events: Sequence[Event]) -> int:
    """Before what is of a later day, and before what ended the issue on that day; never before it was found."""
    later = (
        i
        for i, event in enumerate(events)
        if i > 0 and (event.day > slip.day or (event.day == slip.day and event.what in _ENDS))
    )
    return next(later, len(events))


def duty_of(row: Row) -> Duty:
    came = Submission(row["what"], row["owed_by"], row["submitted"]) if "submitted" in row else None
    return Duty(row["what"], row["owed_by"], row["due"], came)


def task_of(row: Row) -> Task:
    return Task(**{"leader": "", "department": "", **row})
