"""The receipt of what was entered: which entry, how the issue stands now, until when, whom it is with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from envgov.cli.ledger.desk import Desk
from envgov.cli.output import print_json, untagged
from envgov.facts.issue import Event, EventKind, Issue, StageDue
from envgov.facts.publication import Publication
from envgov.ledger import Command, Entry
from envgov.results.table import Language
from envgov.wording.grounds import moment_text
from envgov.wording.ledger import SAY, event_word, state_word

MERGERS = (EventKind.MERGED, EventKind.ABSORBED)
"""What names the other issue in its note."""


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


def _subject_of(desk: Desk, entry: Entry) -> object:
    """What the entry is about, as it stands now."""
    lives = entry.subject.startswith(("issue:", "publication:"))
    return desk.ledger.value(entry.subject) if lives else None


def _standing(desk: Desk, entry: Entry) -> dict[str, Any]:
    match _subject_of(desk, entry):
        case Issue() as issue:
            return issue_data(issue)
        case Publication() as publication:
            return {"state": publication.state.value}
        case _:
            return {}


def print_entry(entry: Entry, what: str, language: Language, *, as_json: bool) -> None:
    """The receipt of an entry about the ledger itself."""
    if as_json:
        print_json({"entries": [entry_data(entry)]})
    else:
        click.echo(SAY[language]["kept"].format(seq=entry.seq, what=what, by=entry.by))


def whom(event: Event) -> tuple[str, ...]:
    """To whom it went; of a merger the other issue."""
    return (event.note,) if event.what in MERGERS else event.to


def _lines(desk: Desk, entry: Entry, before: int, language: Language) -> Iterator[str]:
    say, subject = SAY[language], _subject_of(desk, entry)
    again = say["again"] if entry.seq <= before else ""
    match subject:
        case Issue():
            event = entry.value.events[0] if isinstance(entry.value, Issue) else entry.value
            what, to = event_word(event.what, language), whom(event)
            state = state_word(subject.state, language)
            due = subject.due
        case Publication():
            event = entry.value.events[0] if isinstance(entry.value, Publication) else entry.value
            what, to = say[f"publication {event.what.value}"], event.to
            state, due = say[f"publication {subject.state.value}"], event.due
        case _:
            told = say.get(entry.subject, f"{entry.subject} {entry.what}")
            yield say["kept"].format(seq=entry.seq, what=told, by=entry.by) + again
            return
    told = say["entered"].format(
        seq=entry.seq,
        id=entry.subject.partition(":")[2],
        what=what,
        day=event.day,
        by=desk.name(event.by or entry.by),
        to=say["to"].format(desk.names(to)) if to else "",
        state=state,
        due=say["due"].format(due) if due else "",
    )
    yield told + again
    if isinstance(event, Event) and event.dues:
        yield say["stages"].format(stages_text(event.dues, language))
    if isinstance(event, Event) and event.calendar:
        yield say["calendar"].format(event.calendar)
