"""One transaction that writes: it looks, decides, and keeps all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap
from secrets import token_hex
from typing import Any

from attrs import evolve
from sqlalchemy import Connection, func, insert, select

from envgov.facts.issue import Event, EventKind, Issue, state_after
from envgov.facts.life import follow, merge
from envgov.facts.paper import Paper, PaperEvent, PaperState
from envgov.facts.publication import Publication
from envgov.facts.refusal import RefusedError
from envgov.ledger import reporters
from envgov.ledger.books import ISSUE, PUBLICATION, REPORTER, decide, owers_of, permit, row_of, stand
from envgov.ledger.entry import Command, Entry, body_of, entry_of, hash_of, moment
from envgov.ledger.faults import StaleError
from envgov.ledger.lives import lives_told
from envgov.ledger.settings import HOLDS, Settings
from envgov.ledger.standings import Standing, Standings
from envgov.ledger.statements import statements_of
from envgov.ledger.tables import ENTRIES, NUMBERS, OWERS, REPORTERS

_ABSORBED, _SLIP = "+absorbed", "+slip"
"""What is put to a command's key for the entry that it makes in another issue."""


class Writer:
    """Writes commands one after the other; `keep` puts all of it into the database."""

    def __init__(self, connection: Connection, settings: Settings, standings: Standings) -> None:
        self.connection = connection
        self.settings = settings
        self.standings = standings
        self.statements = statements_of(connection.dialect.name)
        self.seq, self.hash = self.statements.lock(connection)
        self._before = self.hash
        self._used: dict[str, Entry] = {}
        self._subjects: dict[str, Standing] = {}
        self._changed: dict[str, Standing] = {}
        self._last_numbers: dict[str, int] = {}
        self._entries: list[Entry] = []
        self._rows: list[tuple[Any, ...]] = []
        self._numbers: list[dict[str, Any]] = []
        self._reporters: list[dict[str, Any]] = []
        self._erased: list[str] = []
        self._new_issues: dict[str, tuple[Issue, int]] = {}
        self._old_issues: dict[str, tuple[Issue, int]] = {}
        self._owed: dict[str, list[tuple[str, str]]] = {}

    def look(self, commands: Sequence[Command]) -> None:
        """Read what these commands are about."""
        if self.settings.seq != self.seq:
            self.settings.refresh(self.connection)
            self.settings.seq = self.seq
        for row in self.statements.of_keys(self.connection, [key for command in commands for key in _keys_of(command)]):
            used = entry_of(row)
            self._used[used.key] = used
        self._see({subject for command in commands for subject in _subjects_of(command)})
        self._see({issue for command in commands if (issue := self._issue_of(command))})

    def _see(self, subjects: set[str]) -> None:
        known = self.standings.at(self.hash)
        self._subjects |= {subject: known[subject] for subject in subjects if subject in known}
        if unknown := sorted(subjects - self._subjects.keys()):
            self._subjects |= stand(self.statements.of_subjects(self.connection, unknown))

    def write(self, command: Command) -> Entry:
        """The entry of the command; the one that there is, where the same command was entered before.

        Raises:
            RefusedError: a rule does not let it happen.
        """
        if (used := self._used.get(command.key)) is not None:
            return self._again(used, command)
        before = self._subjects.get(command.subject)
        if command.expected is not None and command.expected != (version := before.version if before else 0):
            raise StaleError(command.subject, command.expected, version, self._since(command.subject, command.expected))
        self._refuse_going_back(before, command)
        if _is_merger(command):
            return self._merge(before, command)
        number = self._take_number(command)
        if number is not None:
            command = _numbered(command, number)
        about = self._subjects.get(self._issue_of(command))
        self._refuse_second(command)
        decided = decide(before and before.value, command, self.settings, about and about.value)
        entry = self._put(before, command, decided, number)
        paper = self._subjects[command.subject].value
        if isinstance(paper, Paper) and paper.state is PaperState.SIGNED:
            self._slip(paper, command)
        return entry

    def keep(self) -> None:
        """Put what was written into the database; it is durable when the transaction has ended."""
        if not self._entries:
            return
        statements, connection = self.statements, self.connection
        statements.add(connection, ENTRIES, self._rows)
        statements.add_issues(connection, starmap(row_of, self._new_issues.values()))
        statements.change_issues(connection, starmap(row_of, self._old_issues.values()))
        statements.free_owers(connection, self._owed.keys() - self._new_issues.keys())
        statements.add(connection, OWERS, [ower for owed in self._owed.values() for ower in owed])
        if self._numbers:
            connection.execute(insert(NUMBERS), self._numbers)
        if self._reporters:
            connection.execute(insert(REPORTERS), self._reporters)
        for issue in self._erased:
            reporters.erase(connection, issue)
        statements.move(connection, self.seq, self.hash)
        self.settings.seq = self.seq
        self.standings.move(self._before, self.hash, self._changed)

    def _since(self, subject: str, version: int) -> tuple[Entry, ...]:
        """What was entered about a subject after that version."""
        kept = select(ENTRIES).where(ENTRIES.c.subject == subject, ENTRIES.c.version > version).order_by(ENTRIES.c.seq)
        entered = (entry for entry in self._entries if entry.subject == subject and entry.version > version)
        return (*map(entry_of, self.connection.execute(kept)), *entered)

    def _again(self, used: Entry, command: Command) -> Entry:
        if used.number is not None:
            command = _numbered(command, used.number)
        given = (command.subject, command.value, command.by, command.series)
        if given != (used.subject, used.value, used.by, used.series):
            raise _taken(used)
        return used

    def _refuse_going_back(self, before: Standing | None, command: Command) -> None:
        if before is not None and command.at < before.at:
            told = f"{command.subject} was entered at {before.at.isoformat()}, and now at {command.at.isoformat()}"
            raise RefusedError("entries do not go back in time", told, "set the clock right")

    def _refuse_second(self, command: Command) -> None:
        """An assessment has one life, so that under no other id it passes by its hearing."""
        given = command.value
        if not isinstance(given, Publication):
            return
        kept = ((told.subject, told.value) for told in lives_told(self.connection, PUBLICATION, ENTRIES.c.version == 1))
        entered = ((subject, standing.value) for subject, standing in self._subjects.items())
        for subject, other in (*kept, *entered):
            alike = isinstance(other, Publication) and (other.scheme, other.round) == (given.scheme, given.round)
            if alike and subject != command.subject:
                told = f"{command.subject}: {given} is {subject} already"
                raise RefusedError(
                    "a round is published once", told, "go on with that one: draft it anew, or correct it"
                )

    def _merge(self, before: Standing | None, command: Command) -> Entry:
        """Enter in both issues that the one was merged into the other, which `note` names."""
        _, other = _subjects_of(command)
        into = self._subjects.get(other)
        absorbing = evolve(command, subject=other, key=command.key + _ABSORBED, expected=None)
        self._refuse_going_back(into, absorbing)
        issue, event, absorber = before and before.value, command.value, into and into.value
        if not (isinstance(event, Event) and isinstance(issue, Issue) and isinstance(absorber, Issue)):
            told = f"{command.subject} was to be merged into {other}, and there are not both"
            raise RefusedError("a merge is of two issues", told, "enter both first, and name the other in note")
        for one in (issue, absorber):
            permit(one, event, command, self.settings)
        merged, absorber = merge(issue, absorber, event, self.settings.rules)
        entry = self._put(before, evolve(command, value=merged.events[-1]), merged)
        self._put(into, evolve(absorbing, value=absorber.events[-1]), absorber)
        return entry

    def _issue_of(self, command: Command) -> str:
        """The issue that a paper is about: where it lies decides who may sign, and the signature changes it too."""
        known = self._subjects.get(command.subject)
        paper = command.value if isinstance(command.value, Paper) else known and known.value
        return f"{ISSUE}:{paper.subject}" if isinstance(paper, Paper) and paper.about == "issue" else ""

    def _slip(self, paper: Paper, command: Command) -> None:
        """Enter in the issue that a paper about it was signed; not in one that is closed, or that is not here."""
        of = self._issue_of(command)
        before = self._subjects.get(of)
        if before is None or not isinstance(issue := before.value, Issue):
            return
        signed = paper.events[-1]
        event = Event(
            EventKind.SLIPPED,
            signed.day,
            by=signed.by,
            at=signed.at,
            note=paper.number,
            evidence=signed.evidence,
            slip=paper.measure,
        )
        if state_after(issue.state, event) is not None:
            slipping = evolve(command, subject=of, value=event, key=command.key + _SLIP, expected=None, series="")
            self._refuse_going_back(before, slipping)
            self._put(before, slipping, follow(issue, event, self.settings.rules))

    def _put(self, before: Standing | None, command: Command, value: object, number: int | None = None) -> Entry:
        """Enter what was decided."""
        version = before.version + 1 if before else 1
        entry = self._append(command, version, number)
        self._subjects[command.subject] = self._changed[command.subject] = Standing(version, entry.at, value)
        if isinstance(value, Issue):
            self._project(before and before.value, value, version)
        elif command.kind == REPORTER:
            self._erased.append(command.id)
        elif command.subject in HOLDS:
            self.settings.put(command.subject, version, value)
        return entry

    def _append(self, command: Command, version: int, number: int | None) -> Entry:
        if (used := self._used.get(command.key)) is not None:  # the key of a half, which its sender did not choose
            raise _taken(used)
        self.seq += 1
        reporter = self._keep_reporter(command) if command.reporter else ""
        at, body = moment(command.at), body_of(command, number, reporter)
        chained = (self.seq, command.subject, version, command.what, at, command.by, command.key, body)
        self.hash = hash_of(self.hash, chained)
        row = (*chained, self.hash)
        if number is not None:
            self._numbers.append({"series": command.series, "number": number, "seq": self.seq})
        self._rows.append(row)
        entry = self._used[command.key] = entry_of(row)
        self._entries.append(entry)
        return entry

    def _keep_reporter(self, command: Command) -> str:
        salt = token_hex(32)
        self._reporters.append({"issue": command.id, "identity": command.reporter, "salt": salt})
        return reporters.hash_of(command.reporter, salt)

    def _take_number(self, command: Command) -> int | None:
        """The next of the series. The head is locked, so nobody else takes it; a rollback gives it back."""
        series, value = command.series, command.value
        if isinstance(value, PaperEvent) and value.number:
            told = f"{command.subject} was given the number {value.number}"
            raise RefusedError("the ledger gives the numbers", told, "leave it out, and name the series")
        if not series:
            return None
        if not isinstance(value, PaperEvent) or value.what is not PaperState.SIGNED:
            told = f"{command.subject} asks for a number of {series}, with {command.what}"
            raise RefusedError("only what is signed takes a number", told, "leave the series out")
        if series not in self._last_numbers:
            last = select(func.coalesce(func.max(NUMBERS.c.number), 0)).where(NUMBERS.c.series == series)
            self._last_numbers[series] = self.connection.execute(last).scalar_one()
        self._last_numbers[series] += 1
        return self._last_numbers[series]

    def _project(self, before: object, issue: Issue, version: int) -> None:
        into = self._new_issues if before is None or issue.id in self._new_issues else self._old_issues
        into[issue.id] = issue, version
        if not isinstance(before, Issue) or before.owed_by != issue.owed_by:
            self._owed[issue.id] = owers_of(issue)


def _numbered(command: Command, number: int) -> Command:
    """The signature with its number (督办〔2024〕3号)."""
    if not isinstance(command.value, PaperEvent):
        return command
    return evolve(command, value=evolve(command.value, number=f"{command.series}{number}号"))


def _keys_of(command: Command) -> tuple[str, ...]:
    """The keys that its entries take: a merger and a signature may make one in another issue too."""
    if _is_merger(command):
        return command.key, command.key + _ABSORBED
    if isinstance(command.value, PaperEvent) and command.value.what is PaperState.SIGNED:
        return command.key, command.key + _SLIP
    return (command.key,)


def _taken(used: Entry) -> RefusedError:
    told = f"the key {used.key} is that of entry {used.seq}, {used.what} of {used.subject} by {used.by}"
    return RefusedError("a key is used for one command", told, "give this command a key of its own")


def _is_merger(command: Command) -> bool:
    return isinstance(command.value, Event) and command.value.what is EventKind.MERGED


def _subjects_of(command: Command) -> tuple[str, ...]:
    """What the command changes: a merger changes the other issue too."""
    if isinstance(command.value, Event) and _is_merger(command):
        return command.subject, f"{ISSUE}:{command.value.note}"
    return (command.subject,)
