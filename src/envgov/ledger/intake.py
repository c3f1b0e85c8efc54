"""Issues that come from elsewhere, whole lives at once: what is new of each, or why nothing of it is entered."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from operator import attrgetter

from attrs import evolve, frozen

from envgov.codec import to_dict
from envgov.facts.issue import HANDED, Event, EventKind, Issue
from envgov.facts.life import merge
from envgov.facts.refusal import RefusedError
from envgov.ledger.books import ISSUE, decide, permit
from envgov.ledger.entry import Command, Entry, canonical
from envgov.ledger.settings import Settings
from envgov.ledger.standings import Standing

Refused = tuple[Command, RefusedError]
_BY_THE_OWNER = (EventKind.FIXED_ON_THE_SPOT, EventKind.CLAIMED, EventKind.RECTIFIED)
_OF_THE_ISSUE = ("place", "responsible", "supporting", "category", "description", "source", "position")
_HALVES = {EventKind.MERGED: EventKind.ABSORBED, EventKind.ABSORBED: EventKind.MERGED}


@frozen
class Intake:
    """What became of issues from elsewhere: the entries made, the ids of which nothing was new, and what was refused.

    Of an issue that was refused nothing was entered, nor of one that was merged with it.
    """

    entries: tuple[Entry, ...]
    known: tuple[str, ...]
    refused: tuple[Refused, ...]


def name_actors(issue: Issue, unnamed: str) -> Issue:
    """The issue with somebody for whatever its source says of nobody.

    Work and claims are by the first of those who owed it then, or where nobody did by its place; all else, but for
    finding it, by `unnamed`.
    """
    owner = (*issue.responsible, issue.place)[0]
    events: list[Event] = []
    for event in issue.events:
        given = event
        if not event.by and event.what is not EventKind.FOUND:
            given = evolve(event, by=owner if event.what in _BY_THE_OWNER else unnamed)
        if event.what in HANDED and event.to:
            owner = event.to[0]
        events.append(given)
    return evolve(issue, events=tuple(events))


class Queues:
    """Each issue with what is to be entered of it; halves of a merger wait for each other."""

    def __init__(self, told: Mapping[str, Standing], settings: Settings, by: str, at: datetime) -> None:
        self.told, self.settings, self.by, self.at = told, settings, by, at
        self.commands: list[Command] = []
        self.known: list[str] = []
        self._refused: dict[str, Refused] = {}
        self._waiting: dict[str, deque[Command]] = {}
        self._values: dict[str, object] = {}
        self._merged: dict[str, set[str]] = defaultdict(set)

    def take(self, issues: Iterable[Issue], unnamed: str) -> None:
        """Decide them all, whatever their order."""
        for id, alike in groupby(sorted(issues, key=attrgetter("id")), attrgetter("id")):
            issue, *others = alike
            if any(other != issue for other in others):
                told = f"issue {id} comes {len(others) + 1} times, and not always alike"
                why = RefusedError("an issue comes once", told, "leave in the one that is right")
                self._refuse(self._command(f"{ISSUE}:{id}", 0, issue, 0), why)
                continue
            try:
                self._queue(name_actors(issue, unnamed))
            except ValueError as error:  # who accepts would be whoever rectified
                why = RefusedError("rectified is accepted by somebody else", str(error), "name somebody else")
                self._refuse(self._command(f"{ISSUE}:{id}", 0, issue, 0), why)
        for id in self._waiting:
            self._advance(id)
        for id, waiting in self._waiting.items():
            if waiting and id not in self._refused:
                event = waiting[0].value
                assert isinstance(event, Event), "only a merger waits"
                told = (
                    f"issue {id}: {event.what.value} on {event.day}, and {event.note or 'no issue'} does not say so too"
                )
                self._refuse(waiting[0], RefusedError("a merge changes both issues", told, "give both issues"))

    @property
    def refused(self) -> dict[str, Refused]:
        """By the ids of the issues, those that were merged with a refused one among them."""
        found = dict(self._refused)
        left = sorted(found)
        for id in left:  # which grows
            for other in sorted(self._merged[id] & self._waiting.keys() - found.keys()):
                found[other] = found[id]
                left.append(other)
        return dict(sorted(found.items()))

    def _queue(self, issue: Issue) -> None:
        subject, begins = f"{ISSUE}:{issue.id}", evolve(issue, events=issue.events[:1])
        values: tuple[Issue | Event, ...] = (begins, *issue.events[1:])
        there = self.told.get(subject)
        version = there.version if there else 0
        new = tuple(enumerate(values))[version:] or tuple(enumerate(values))[-1:]
        commands = deque(self._command(subject, n, value, version) for n, value in new)
        if there is not None:
            have = there.value
            assert isinstance(have, Issue), "only issues are entered under issue:"
            if (differs := _difference(issue, have)) is not None:
                self._refuse(commands[0], differs)
                return
            if there.at > self.at:
                told = f"{subject} was entered at {there.at.isoformat()}, and now at {self.at.isoformat()}"
                self._refuse(commands[0], RefusedError("entries do not go back in time", told, "set the clock right"))
                return
            self._values[issue.id] = have
            if version >= len(values):
                self.known.append(issue.id)
                return
        self._waiting[issue.id] = commands

    def _command(self, subject: str, nth: int, value: Issue | Event, version: int) -> Command:
        digest = sha256(canonical([subject, nth, to_dict(value)])).hexdigest()
        return Command(subject, value, self.by, self.at, f"import {digest}", version if nth == version else None)

    def _advance(self, first: str) -> None:
        """Decide what waits of an issue, up to a merger whose other half has not come; and of those that it frees."""
        going = [first]
        while going:
            id = going.pop()
            waiting = self._waiting[id]
            while waiting and id not in self._refused:
                event = waiting[0].value
                try:
                    if not (isinstance(event, Event) and event.what in _HALVES):
                        self._values[id] = decide(self._values.get(id), waiting[0], self.settings)
                        self.commands.append(waiting.popleft())
                    elif self._is_met(id, event):
                        self._merge(*((id, event.note) if event.what is EventKind.MERGED else (event.note, id)))
                        going.append(event.note)
                    else:
                        break
                except RefusedError as refused:
                    absorbed = isinstance(event, Event) and event.what is EventKind.ABSORBED and event.note
                    self._refuse(self._waiting[absorbed or id][0], refused)

    def _is_met(self, id: str, event: Event) -> bool:
        """Whether the other half of a merger is what is next of the other issue."""
        self._merged[id].add(event.note)
        self._merged[event.note].add(id)
        other = self._waiting.get(event.note)
        if not other or event.note in self._refused or event.note == id:
            return False
        half = other[0].value
        return isinstance(half, Event) and (half.what, half.note, half.day) == (_HALVES[event.what], id, event.day)

    def _merge(self, id: str, into: str) -> None:
        one, other = self._values[id], self._values[into]
        command = self._waiting[id][0]
        assert isinstance(one, Issue), "it was begun before it was merged"
        assert isinstance(other, Issue), "it was begun before it absorbed"
        assert isinstance(command.value, Event), "a merger is an event"
        for issue in (one, other):
            permit(issue, command.value, command, self.settings)
        self._values[id], self._values[into] = merge(one, other, command.value, self.settings.rules)
        self.commands.append(command)
        self._waiting[id].popleft()
        self._waiting[into].popleft()

    def _refuse(self, command: Command, why: RefusedError) -> None:
        self._refused[command.id] = command, why


def _difference(given: Issue, have: Issue) -> RefusedError | None:
    """What the source says otherwise than the ledger, as far as both tell."""
    told = ""
    for name in _OF_THE_ISSUE:
        ours, theirs = getattr(have, name), getattr(given, name)
        if ours != theirs and not told:
            told = f"{name} is {ours!r} in the ledger, and {theirs!r} here"
    for n, (ours, theirs) in enumerate(zip(have.events, given.events, strict=False), 1):
        if ours != theirs and not told:
            told = f"event {n} is {_words(ours)} in the ledger, and {_words(theirs)} here"
            if (ours.what, ours.day) == (theirs.what, theirs.day):
                told = f"event {n}, {_words(ours)}, has other particulars here"
    if not told:
        return None
    remedy = "correct it here; what the ledger has is corrected by a further event"
    return RefusedError("what was entered stays as it was", f"issue {given.id}: {told}", remedy)


def _words(event: Event) -> str:
    return f"{event.what.value} on {event.day}"
