"""The receipt of what was entered: which entry, how the issue stands now, until when, whom it is with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import click

from envgov.cli.ledger.desk import Desk
from envgov.cli.output import print_json, untagged
from envgov.facts.issue import Event, Issue, StageDue
from envgov.ledger import Command, Entry
from envgov.results.table import Language
from envgov.wording.grounds import moment_text
from envgov.wording.ledger import SAY, event_word, state_word


def enter(desk: Desk, commands: Sequence[Command], language: Language, *, as_json: bool) -> tuple[Entry, ...]:
    """Enter all of these or nothing, and print the receipt of each.

    Raises:
        RefusedError: a rule refused one of them; LedgerError: they could not be written.
    """
    head = desk.ledger.head
    before = head.seq if head else 0
    entries = desk.ledger.record_all(commands)
    if as_json:
        print_json({"entries": [entry_data(entry, before) | _standing(desk, entry) for entry in entries]})
    else:
        for entry in entries:
            for line in _lines(desk, entry, before, language):
                click.echo(line)
    return entries


def entry_data(entry: Entry, before: int | None = None) -> dict[str, Any]:
    """An entry for programs; `before` is the newest one before the command, to tell which are there already."""
    data = {
        "seq": entry.seq,
        "subject": entry.subject,
        "version": entry.version,
        "what": entry.what,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "key": entry.key,
        "number": entry.number,
        "head": str(entry.head),
    }
    return data if before is None else {**data, "again": entry.seq <= before}


def issue_data(issue: Issue) -> dict[str, Any]:
    """An issue for programs, with what derives from its events."""
    return {
        "state": issue.state.value,
        "due": None if issue.due is None else issue.due.isoformat(),
        "owed_by": list(issue.owed_by),
        "issue": untagged(issue),
    }


def stages_text(stages: Iterable[StageDue], language: Language) -> str:
    joint, colon = SAY[language]["joint"], SAY[language]["colon"]
    return joint.join(f"{due.stage}{colon}{moment_text(due.at) if due.at else due.day}" for due in stages)


def _standing(desk: Desk, entry: Entry) -> dict[str, Any]:
    found = _issue_of(desk, entry)
    return {} if found is None else issue_data(found)


def _issue_of(desk: Desk, entry: Entry) -> Issue | None:
    kind, _, id = entry.subject.partition(":")
    return desk.issue(id) if kind == "issue" else None


def _lines(desk: Desk, entry: Entry, before: int, language: Language) -> Iterable[str]:
    say = SAY[language]
    again = say["again"] if entry.seq <= before else ""
    issue = _issue_of(desk, entry)
    if issue is None:
        what = say.get(entry.subject, f"{entry.subject} {entry.what}")
        yield say["kept"].format(seq=entry.seq, what=what, by=entry.by) + again
        return
    event: Event = entry.value.events[0] if isinstance(entry.value, Issue) else entry.value
    yield (
        say["entered"].format(
            seq=entry.seq,
            id=issue.id,
            what=event_word(event.what, language),
            day=event.day,
            by=desk.name(event.by or entry.by),
            to=say["to"].format(desk.names(event.to)) if event.to else "",
            state=state_word(issue.state, language),
            due=say["due"].format(issue.due) if issue.due else "",
        )
        + again
    )
    if event.dues:
        yield say["stages"].format(stages_text(event.dues, language))
    if event.calendar:
        yield say["calendar"].format(event.calendar)


def entered_at(entry: Entry) -> str:
    """When it was entered, in the zone of this machine."""
    moment: datetime = entry.at.astimezone()
    return f"{moment:%Y-%m-%d %H:%M}"
