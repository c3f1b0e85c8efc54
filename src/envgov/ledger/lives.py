"""What the entries of a ledger tell: of each subject what was entered, and the issues that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, select

from envgov.facts.issue import Issue
from envgov.facts.position import Datum
from envgov.ledger.books import ISSUE, by_subject, replay
from envgov.ledger.statements import AT_ONCE, portions, statements_of
from envgov.ledger.tables import ENTRIES


class Told(NamedTuple):
    """A subject, the first of its entries, and what they make."""

    subject: str
    began: int
    value: Any


def lives_told(connection: Connection, kind: str, which: ColumnElement[bool]) -> Iterator[Told]:
    """What these entries tell of each subject of a kind, one after the other, in id order."""
    subject, e = ENTRIES.c.subject, ENTRIES.c
    those = and_(subject > f"{kind}:", subject < f"{kind};", which)  # as subjects begin; an index has them in order
    rows = select(subject, e.seq, e.body).where(those).order_by(subject, e.version)
    streamed = connection.execute(rows.execution_options(yield_per=AT_ONCE))
    for name, of_subject in groupby(streamed, itemgetter(0)):
        entries = list(of_subject)
        yield Told(name, entries[0].seq, replay(body for _, _, body in entries))


def issues_told(connection: Connection, which: ColumnElement[bool]) -> Iterator[Issue]:
    """The issues that these entries tell of, in id order, one after the other."""
    for told in lives_told(connection, ISSUE, which):
        assert isinstance(told.value, Issue), "only issues are entered under issue:"
        yield told.value


def datum_held(connection: Connection) -> Datum | None:
    """The datum in which the ledger has its positions, as the first one that was entered tells; None without any."""
    e = ENTRIES.c
    begun = and_(e.subject > f"{ISSUE}:", e.subject < f"{ISSUE};", e.version == 1)
    placed = select(e.body).where(begun, e.body.contains('"position":{')).order_by(e.seq).limit(1)
    body = connection.execute(placed).scalar()
    return None if body is None else replay([body]).position.datum


def stood_on(connection: Connection, day: date, naming: str = "") -> list[Issue]:
    """The issues found by that day with events after it, as they stood at its end; of those whose entries have that text."""
    statements = statements_of(connection.dialect.name)
    stood: list[Issue] = []
    for changed in portions(statements.changed_since(connection, day)):
        of = by_subject(statements.of_subjects(connection, [f"{ISSUE}:{id}" for id in changed]))
        named = (rows for rows in of.values() if any(naming in row[3] for row in rows))
        stood.extend(replay((row[3] for row in rows), day) for rows in named)
    return stood
