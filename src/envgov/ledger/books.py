"""What follows of a command: the subject after it, or the rule by which it is refused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import evolve

from envgov.facts.issue import Event, EventKind, Issue
from envgov.facts.life import enter, follow
from envgov.facts.refusal import RefusedError
from envgov.ledger.entry import Command, canonical
from envgov.ledger.settings import HOLDS, Settings

ISSUE = "issue"
REPORTER = "reporter"
NUMBERED = ("measure", "assessment")
"""The kinds of paper that are signed, and take a number."""


def decide(before: object, command: Command, settings: Settings) -> object:
    """The subject after the command.

    Raises:
        RefusedError: a rule does not let it happen.
    """
    if command.series and command.kind not in NUMBERED:
        asks = f"{command.subject} asks for a number of {command.series}"
        raise RefusedError("only what is signed takes a number", asks, "leave the series out")
    if command.reporter and not isinstance(command.value, Issue):
        told = f"{command.subject} goes on with {command.what}, and names a reporter"
        raise RefusedError("a reporter is named with the issue", told, "leave the reporter out")
    wanted = HOLDS.get(command.subject)
    if wanted is not None and not isinstance(command.value, wanted):
        told = f"{command.subject} was given a {command.what}"
        raise RefusedError("a setting has its kind", told, f"give a {wanted.__name__}")
    if command.kind == ISSUE:
        return _issue(before, command, settings)
    if isinstance(command.value, Issue | Event):
        told = f"{command.subject} was given {command.what}"
        raise RefusedError("what happens to an issue is entered under it", told, f"enter it under {ISSUE}: and its id")
    return command.value


def _issue(before: object, command: Command, settings: Settings) -> Issue:
    value = command.value
    match before, value:
        case None, Issue():
            if value.id != command.id:
                told = f"{command.subject} was given the issue {value.id}"
                raise RefusedError("a subject is named by its id", told, "correct one of them")
            _refuse_place(value, settings)
            permit(value, value.events[0], command, settings)
            return enter(value, settings.rules)
        case Issue(), Event():
            permit(before, value, command, settings)
            return follow(before, value, settings.rules)
        case None, Event():
            told = f"there is no issue {command.id}"
            raise RefusedError("an issue begins with what was found", told, "enter the issue first, or correct its id")
        case _, Issue():
            told = f"there is an issue {command.id} already"
            raise RefusedError("an issue is entered once", told, "enter an event of it, or give it another id")
        case _:
            told = f"{command.subject} was given a {command.what}"
            raise RefusedError("an issue goes on by events", told, "give an Issue or an Event")


def permit(issue: Issue, event: Event, command: Command, settings: Settings) -> None:
    """See that it happened before it is entered, and that whoever did it, and whoever enters it, is on the roster.

    Without a roster everybody may enter what the rules of life allow.

    Raises:
        RefusedError: it is of a later day; they have no post, or none that may do this there.
    """
    day: date = command.at.date()
    if event.day > day:
        told = f"{command.subject}: {command.what} on {event.day} was to be entered on {day}"
        raise RefusedError("nothing is entered before it happens", told, "correct the day, or enter it then")
    roster, grid = settings.roster, settings.grid
    if roster is None:
        return
    if grid is None:
        raise RefusedError("a roster has its grid", "the ledger has a roster, and no grid", "enter the grid")
    if not any(post.who == command.by and post.holds_on(day) for post in roster.posts):
        told = f"{command.by} enters {command.what} of {command.subject} on {day}, and has no post"
        raise RefusedError("who acts is on the roster", told, "add them to the roster")
    roster.permit_event(event.by or command.by, issue, event, grid)


def _refuse_place(issue: Issue, settings: Settings) -> None:
    if settings.grid is not None and issue.place not in settings.grid:
        told = f"issue {issue.id} lies at {issue.place}, which is no unit of the grid"
        raise RefusedError("an issue lies in the grid", told, "correct the code, or enter the grid with this unit")


def replay(values: Iterable[object]) -> object:
    """The subject that was entered as these values, one after the other; None where there are none.

    What was accepted is not decided again: a locality that changes its rules changes none of its past.
    """
    subject: object = None
    events: list[Event] = []
    for value in values:
        if isinstance(subject, Issue) and isinstance(value, Event):
            events.append(value)
        else:
            subject = value
    if isinstance(subject, Issue) and events:
        return evolve(subject, events=(*subject.events, *events))
    return subject


def row_of(issue: Issue, version: int) -> dict[str, Any]:
    """The issue as the table of issues has it."""
    return {
        "id": issue.id,
        "version": version,
        "place": issue.place,
        "owed_by": canonical(issue.owed_by),
        "category": issue.category,
        "source": issue.source,
        "state": issue.state.value,
        "found": issue.found,
        "due": issue.due,
        "closed": issue.closed,
        "last": issue.events[-1].day,
        "rejected": issue.count(EventKind.REJECTED),
        "relapsed": issue.count(EventKind.RELAPSED),
    }


def owers_of(row: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"issue": row["id"], "who": who} for who in dict.fromkeys(json.loads(row["owed_by"]))]
