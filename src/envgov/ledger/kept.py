"""Issues read back from their entries: most of what a ledger reads, and so by the shortest way that checks all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from envgov.codec.kinds import fields_of, kind_of
from envgov.facts.issue import Event, EventKind, Issue
from envgov.ledger.entry import value_of

AN_ISSUE = kind_of(Issue)
TAGS = frozenset({"kind", "schema"})
"""What tells what data are, and is none of their fields."""


def issue_kept(entered: Sequence[dict[str, Any]], day: date | None) -> Issue:
    """The issue that was entered as these data, the first of which begins it; as it stood at the end of that day."""
    data, *later = entered
    events: list[Mapping[str, Any]] = [*data["events"], *later]
    if day is not None:
        last = day.isoformat()
        events = [event for event in events if event["day"] <= last]
    try:
        given = {name: _OF_ISSUES[name](told) for name, told in data.items() if name not in TAGS}
        return Issue(**{**given, "events": tuple([_event(event) for event in events])})
    except (LookupError, TypeError, ValueError):  # rare, or altered: the decoder reads all, or says what is wrong
        data["events"] = [{name: told for name, told in event.items() if name not in TAGS} for event in events]
        issue: Issue = value_of(data)
        return issue


def _event(data: Mapping[str, Any]) -> Event:
    return Event(**{name: _OF_EVENTS[name](told) for name, told in data.items() if name not in TAGS})


def _text(data: object) -> str:
    if type(data) is not str:
        raise TypeError
    return data


def _texts(data: list[object]) -> tuple[str, ...]:
    return tuple([_text(item) for item in data])


_READERS: Mapping[Any, Callable[[Any], Any]] = {
    str: _text,
    tuple[str, ...]: _texts,
    date: date.fromisoformat,
    date | None: date.fromisoformat,
    EventKind: {kind.value: kind for kind in EventKind}.__getitem__,
    tuple[Event, ...]: lambda data: data,  # those of the entries after it come with them
}


def _readers(cls: type) -> Mapping[str, Callable[[Any], Any]]:
    """How the common fields are read."""
    return {name: _READERS[declared] for name, (declared, _) in fields_of(cls).items() if declared in _READERS}


_OF_ISSUES, _OF_EVENTS = _readers(Issue), _readers(Event)
