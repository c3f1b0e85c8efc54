"""What the entries of a ledger tell: of each subject what was entered, and the issues that it makes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, select

from envgov.facts.issue import Issue
from envgov.ledger.books import ISSUE, replay
from envgov.ledger.entry import entry_of
from envgov.ledger.tables import ENTRIES


class Told(NamedTuple):
    """What was entered about a subject, oldest first, and when."""

    values: list[Any]
    entered: list[datetime]


def lives_told(connection: Connection, kind: str, which: ColumnElement[bool]) -> Mapping[str, Told]:
    """What these entries tell of each subject of a kind, in the order in which they begin."""
    rows = select(ENTRIES).where(and_(ENTRIES.c.subject.like(f"{kind}:%"), which)).order_by(ENTRIES.c.seq)
    told: dict[str, Told] = defaultdict(lambda: Told([], []))
    for row in connection.execute(rows):
        entry = entry_of(row._asdict())
        told[entry.subject].values.append(entry.value)
        told[entry.subject].entered.append(entry.at)
    return told


def issues_told(connection: Connection, which: ColumnElement[bool]) -> Iterator[Issue]:
    """The issues that these entries tell of, in id order."""
    told = lives_told(connection, ISSUE, which)
    for subject in sorted(told):
        issue = replay(told[subject].values)
        assert isinstance(issue, Issue), "only issues are entered under issue:"
        yield issue
