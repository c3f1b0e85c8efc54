"""How an issue goes on (办理): the next event is added to its life, or refused by a rule."""

from __future__ import annotations

from attrs import evolve

from envgov.facts.guards import LifeRules, refusals
from envgov.facts.issue import Event, EventKind, Issue, cannot_follow, state_after
from envgov.facts.refusal import RefusedError


def enter(issue: Issue, rules: LifeRules) -> Issue:
    """An issue that was just found, as it is entered into the ledger (入账).

    Raises:
        RefusedError: more than that happened to it, or how it was found breaks a rule.
    """
    if len(issue.events) > 1:
        raise RefusedError(
            "an issue is entered as it was found",
            f"issue {issue.id} comes with {len(issue.events)} events",
            "enter it with found alone, and let the others follow",
        )
    for refusal in refusals(issue, issue.events[0], rules):
        raise refusal
    return issue


def follow(issue: Issue, event: Event, rules: LifeRules) -> Issue:
    """The issue after one more event. Events of one day follow each other in the order in which they are added.

    Who may act at all is for a `Roster` to say.

    Raises:
        RefusedError: the event cannot follow, or a rule does not allow it. `merge` is for what was merged.
    """
    if event.what in (EventKind.MERGED, EventKind.ABSORBED):
        raise RefusedError(
            "a merge changes both issues",
            f"issue {issue.id}: {event.what.value} on {event.day} names one of them",
            "merge the one into the other",
        )
    return _follow(issue, event, rules)


def merge(issue: Issue, into: Issue, event: Event, rules: LifeRules) -> tuple[Issue, Issue]:
    """An issue that is the same problem as another, merged into it (合并): the one ended, the other going on.

    Both keep their histories, and name each other in `note`. `event` says when it was merged, and by whom.

    Raises:
        RefusedError: it is merged into itself; one of the two is over; whoever owes the issue merges it.
    """
    if event.what is not EventKind.MERGED or issue.id == into.id:
        raise RefusedError(
            "a merge changes both issues",
            f"issue {issue.id}: {event.what.value} on {event.day}, into {into.id}",
            "give an event that says merged, and another issue",
        )
    absorbed = Event(EventKind.ABSORBED, event.day, by=event.by, at=event.at, note=issue.id)
    return _follow(issue, evolve(event, note=into.id), rules), _follow(into, absorbed, rules)


def _follow(issue: Issue, event: Event, rules: LifeRules) -> Issue:
    if state_after(issue.state, event) is None:
        raise RefusedError(
            "an event follows the state",
            cannot_follow(issue.id, issue.state, event),
            "look what happened to the issue before",
        )
    for refusal in refusals(issue, event, rules):
        raise refusal
    try:
        return issue.after(event)
    except ValueError as error:  # whoever rectified and accepts was refused above
        raise RefusedError("events are in order of time", str(error), "correct the day or the hour") from None
