"""One transaction that writes: it looks, decides, and keeps all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from secrets import token_hex
from typing import Any, TypeVar

from attrs import define, evolve, field
from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from envgov.facts.issue import Event, EventKind, Issue, state_after
from envgov.facts.life import follow, merge
from envgov.facts.paper import Paper, PaperEvent, PaperState
from envgov.facts.refusal import RefusedError
from envgov.ledger import reporters
from envgov.ledger.books import ISSUE, REPORTER, decide, owers_of, permit, replay, row_of
from envgov.ledger.entry import Command, Entry, body_of, entry_of, hash_of, moment
from envgov.ledger.faults import StaleError
from envgov.ledger.settings import HOLDS, Settings
from envgov.ledger.tables import ENTRIES, HEAD, ISSUES, NUMBERS, OWERS, REPORTERS

AT_ONCE = 500
"""How many values one question names: databases bound it."""
_T = TypeVar("_T")
_LOCK = select(HEAD.c.seq, HEAD.c.hash).with_for_update()
_FIND = select(ENTRIES).where(
    or_(
        ENTRIES.c.key.in_(bindparam("keys", expanding=True)),
        ENTRIES.c.subject.in_(bindparam("subjects", expanding=True)),
    )
)
_ADD = insert(ENTRIES)
_BEGIN = insert(ISSUES)
_CHANGE = (
    update(ISSUES)
    .where(ISSUES.c.id == bindparam("new_id"))
    .values({column.name: bindparam(f"new_{column.name}") for column in ISSUES.c if column.name != "id"})
)
_MOVE = update(HEAD).values(seq=bindparam("new_seq"), hash=bindparam("new_hash"))
# made once: to make a statement costs as much as to send it


@define
class _Subject:
    """A subject as it stands within the transaction."""

    entries: list[Entry] = field(factory=list)
    value: object = None


class Writer:
    """Writes commands one after the other; `keep` puts all of it into the database."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        self.connection = connection
        self.settings = settings
        # the one row that every writer needs: on PostgreSQL they queue for it here, on SQLite for the file
        self.seq, self.hash = connection.execute(_LOCK).one()
        self._used: dict[str, Entry] = {}
        self._subjects: dict[str, _Subject] = {}
        self._last_numbers: dict[str, int] = {}
        self._entries: list[dict[str, Any]] = []
        self._numbers: list[dict[str, Any]] = []
        self._reporters: list[dict[str, Any]] = []
        self._erased: list[str] = []
        self._begun: dict[str, dict[str, Any]] = {}
        self._changed: dict[str, dict[str, Any]] = {}
        self._owed: dict[str, list[dict[str, str]]] = {}

    def look(self, commands: Sequence[Command]) -> None:
        """Read what these commands are about."""
        if self.settings.seq != self.seq:
            self.settings.refresh(self.connection)
            self.settings.seq = self.seq
        wanted = [(command.key, subject) for command in commands for subject in _subjects_of(command)]
        self._find(wanted)
        self._find([(command.key, subject) for command in commands for subject in self._slipped_by(command)])

    def _find(self, wanted: Sequence[tuple[str, str]]) -> None:
        keys = {key for key, _ in wanted}
        found: dict[str, dict[int, Entry]] = {subject: {} for _, subject in wanted}
        for portion in portions(dict.fromkeys(wanted)):
            asked = {"keys": [key for key, _ in portion], "subjects": [subject for _, subject in portion]}
            for row in self.connection.execute(_FIND, asked):
                entry = entry_of(row._asdict())
                if entry.subject in found:
                    found[entry.subject][entry.seq] = entry
                if entry.key in keys:
                    self._used[entry.key] = entry
        for subject, by_seq in found.items():
            entries = [by_seq[seq] for seq in sorted(by_seq)]
            self._subjects[subject] = _Subject(entries, replay(entry.value for entry in entries))

    def write(self, command: Command) -> Entry:
        """The entry of the command; the one that there is, where the same command was entered before.

        Raises:
            RefusedError: a rule does not let it happen.
        """
        if (used := self._used.get(command.key)) is not None:
            return self._again(used, command)
        subject = self._subjects[command.subject]
        version = len(subject.entries)
        if command.expected is not None and command.expected != version:
            raise StaleError(command.subject, command.expected, version, tuple(subject.entries[command.expected :]))
        self._refuse_going_back(subject, command)
        if _is_merger(command):
            return self._merge(subject, command)
        number = self._take_number(command)
        if number is not None:
            command = _numbered(command, number)
        entry = self._put(subject, command, decide(subject.value, command, self.settings), number)
        if isinstance(subject.value, Paper) and subject.value.state is PaperState.SIGNED:
            self._slip(subject.value, command)
        return entry

    def keep(self) -> None:
        """Put what was written into the database; it is durable when the transaction has ended."""
        if not self._entries:
            return
        self.connection.execute(_ADD, self._entries)
        if self._begun:
            self.connection.execute(_BEGIN, list(self._begun.values()))
        if self._changed:
            changes = [{f"new_{name}": value for name, value in row.items()} for row in self._changed.values()]
            self.connection.execute(_CHANGE, changes)
        if self._owed:
            for ids in portions(id for id in self._owed if id not in self._begun):
                self.connection.execute(delete(OWERS).where(OWERS.c.issue.in_(ids)))
            if owers := [ower for owed in self._owed.values() for ower in owed]:
                self.connection.execute(insert(OWERS), owers)
        if self._numbers:
            self.connection.execute(insert(NUMBERS), self._numbers)
        if self._reporters:
            self.connection.execute(insert(REPORTERS), self._reporters)
        for issue in self._erased:
            reporters.erase(self.connection, issue)
        self.connection.execute(_MOVE, {"new_seq": self.seq, "new_hash": self.hash})
        self.settings.seq = self.seq

    def _again(self, used: Entry, command: Command) -> Entry:
        if used.number is not None:
            command = _numbered(command, used.number)
        given = (command.subject, command.value, command.by, command.series)
        if given != (used.subject, used.value, used.by, used.series):
            raise RefusedError(
                "a key is used for one command",
                f"the key {command.key} is that of entry {used.seq}, {used.what} of {used.subject} by {used.by}",
                "give this command a key of its own",
            )
        return used

    def _refuse_going_back(self, subject: _Subject, command: Command) -> None:
        if subject.entries and command.at < subject.entries[-1].at:
            told = f"{command.subject} was entered at {subject.entries[-1].at.isoformat()}, and now at {command.at.isoformat()}"
            raise RefusedError("entries do not go back in time", told, "set the clock right")

    def _merge(self, subject: _Subject, command: Command) -> Entry:
        """Enter in both issues that the one was merged into the other, which `note` names."""
        _, other = _subjects_of(command)
        into = self._subjects[other]
        absorbing = evolve(command, subject=other, key=f"{command.key}+absorbed", expected=None)
        self._refuse_going_back(into, absorbing)
        event = command.value
        if not (isinstance(event, Event) and isinstance(subject.value, Issue) and isinstance(into.value, Issue)):
            told = f"{command.subject} was to be merged into {other}, and there are not both"
            raise RefusedError("a merge is of two issues", told, "enter both first, and name the other in note")
        permit(subject.value, event, command, self.settings)
        merged, absorber = merge(subject.value, into.value, event, self.settings.rules)
        entry = self._put(subject, evolve(command, value=merged.events[-1]), merged)
        self._put(into, evolve(absorbing, value=absorber.events[-1]), absorber)
        return entry

    def _slipped_by(self, command: Command) -> tuple[str, ...]:
        """The issue that a signature changes too, if it was not looked at yet."""
        value = command.value
        paper = value if isinstance(value, Paper) else self._subjects[command.subject].value
        signs = isinstance(value, PaperEvent) and value.what is PaperState.SIGNED
        if not (isinstance(paper, Paper) and paper.about == "issue" and (signs or paper is value)):
            return ()
        subject = f"{ISSUE}:{paper.subject}"
        return () if subject in self._subjects else (subject,)

    def _slip(self, paper: Paper, command: Command) -> None:
        """Enter in the issue that a paper about it was signed; not in one that is closed, or that is not here."""
        if paper.about != "issue":
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
        of = f"{ISSUE}:{paper.subject}"
        slipping = evolve(command, subject=of, value=event, key=f"{command.key}+slip", expected=None, series="")
        issue = self._subjects[of].value
        if isinstance(issue, Issue) and state_after(issue.state, event) is not None:
            self._refuse_going_back(self._subjects[of], slipping)
            self._put(self._subjects[of], slipping, follow(issue, event, self.settings.rules))

    def _put(self, subject: _Subject, command: Command, value: object, number: int | None = None) -> Entry:
        """Enter what was decided."""
        before, subject.value = subject.value, value
        version = len(subject.entries) + 1
        entry = self._append(command, version, number)
        subject.entries.append(entry)
        if isinstance(value, Issue):
            self._project(before, value, version)
        elif command.kind == REPORTER:
            self._erased.append(command.id)
        elif command.subject in HOLDS:
            self.settings.put(command.subject, version, value)
        return entry

    def _append(self, command: Command, version: int, number: int | None) -> Entry:
        self.seq += 1
        reporter = self._keep_reporter(command) if command.reporter else ""
        row: dict[str, Any] = {
            "seq": self.seq,
            "subject": command.subject,
            "version": version,
            "what": command.what,
            "at": moment(command.at),
            "by": command.by,
            "key": command.key,
            "body": body_of(command, number, reporter),
        }
        row["hash"] = self.hash = hash_of(self.hash, row)
        if number is not None:
            self._numbers.append({"series": command.series, "number": number, "seq": self.seq})
        self._entries.append(row)
        entry = entry_of(row)
        self._used[command.key] = entry
        return entry

    def _keep_reporter(self, command: Command) -> str:
        salt = token_hex(32)
        self._reporters.append({"issue": command.id, "identity": command.reporter, "salt": salt})
        return sha256((salt + command.reporter).encode()).hexdigest()

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
        row = row_of(issue, version)
        into = self._begun if before is None or issue.id in self._begun else self._changed
        into[issue.id] = row
        if not isinstance(before, Issue) or before.owed_by != issue.owed_by:
            self._owed[issue.id] = owers_of(row)


def _numbered(command: Command, number: int) -> Command:
    """The signature with its number (督办〔2024〕3号)."""
    if not isinstance(command.value, PaperEvent):
        return command
    return evolve(command, value=evolve(command.value, number=f"{command.series}{number}号"))


def _is_merger(command: Command) -> bool:
    return isinstance(command.value, Event) and command.value.what is EventKind.MERGED


def _subjects_of(command: Command) -> tuple[str, ...]:
    """What the command changes: a merger changes the other issue too."""
    if isinstance(command.value, Event) and _is_merger(command):
        return command.subject, f"{ISSUE}:{command.value.note}"
    return (command.subject,)


def portions(values: Iterable[_T]) -> Iterator[list[_T]]:
    rest = iter(values)
    while portion := list(islice(rest, AT_ONCE)):
        yield portion
