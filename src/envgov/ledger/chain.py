"""Whether the entries are still those that were entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import DBAPIError

from envgov.ledger import reporters
from envgov.ledger.entry import FIRST, Head, entry_of, hash_of
from envgov.ledger.tables import ENTRIES, HEAD, NUMBERS, REPORTERS


@frozen
class Verification:
    """What was found of the chain: how many entries are sound, the head they lead to, and the first fault, if any."""

    sound: int
    head: Head | None
    problem: str = ""

    def __bool__(self) -> bool:
        return not self.problem

    def __str__(self) -> str:
        if self.problem:
            return f"{self.problem}; the {self.sound} entries before it are sound: restore a backup, and compare"
        return f"{self.sound} entries, all sound; the head is {self.head}"


def origin_of(connection: Connection) -> str:
    """What tells a ledger and its copies from all others: the hash of its first entry, which never changes."""
    return connection.execute(select(ENTRIES.c.hash).where(ENTRIES.c.seq == 1)).scalar() or FIRST


def verify(connection: Connection, printed: Head | None) -> Verification:
    """Follow the chain from its first entry to the head, and see that what is kept beside it is as it says."""
    last, head, hash = 0, None, FIRST
    numbers: dict[tuple[str, int], int] = {}
    told: dict[str, str] = {}
    try:
        for row in _entries(connection):
            seq = row.seq
            if seq != last + 1:
                return Verification(last, head, f"entry {last + 1} is missing")
            if not _is_chained(hash, row[:-1], row.hash):
                return Verification(last, head, _wrong(connection, hash, row))
            if printed is not None and printed.seq == seq and not row.hash.startswith(printed.hash):
                return Verification(last, head, f"entry {seq} is not the one of which the head {printed} was printed")
            last, hash = seq, row.hash
            head = Head(last, hash)
            entry = entry_of(row)
            if entry.number is not None:
                numbers[entry.series, entry.number] = seq
            kind, _, id = entry.subject.partition(":")
            if entry.reporter:
                told[id] = entry.reporter
            elif kind == "reporter":  # who was erased
                told.pop(id, None)
    except DBAPIError as error:
        return Verification(last, head, f"entry {last + 1} cannot be read ({error.orig})")
    problem = (
        _wrong_end(connection, last, hash, printed)
        or _wrong_number(connection, numbers)
        or _wrong_reporter(connection, told)
        or _wrong_file(connection)
    )
    return Verification(last, head, problem)


def _entries(connection: Connection) -> Iterator[Row[Any]]:
    """All, oldest first; where one cannot be read, every one before it."""
    last, ordered = 0, select(ENTRIES).order_by(ENTRIES.c.seq)
    try:
        with connection.begin_nested(), connection.execute(ordered.execution_options(yield_per=1000)) as rows:
            for row in rows:
                yield row
                last = row.seq
    except DBAPIError:  # somewhere in a portion
        with connection.execute(ordered.where(ENTRIES.c.seq > last).execution_options(yield_per=1)) as rows:
            yield from rows


def _is_chained(before: str, row: Sequence[Any], hash: str) -> bool:
    try:
        return hash_of(before, row) == hash
    except TypeError:  # somebody put bytes where there was text
        return False


def _wrong(connection: Connection, before: str, row: Row[Any]) -> str:
    """Altered; or it stands in another's place, which is told by the hash of the one that it once followed."""
    seq, rest = row.seq, row[1:-1]
    later = select(ENTRIES.c.seq, ENTRIES.c.hash).where(ENTRIES.c.seq > seq).order_by(ENTRIES.c.seq)
    for other, hash in connection.execute(later).all():
        if any(_is_chained(earlier, (other, *rest), row.hash) for earlier in (before, hash)):
            return f"entry {seq} is out of order: it was entry {other}"
        before = hash
    return f"entry {seq} was altered ({row.what} of {row.subject})"


def _wrong_end(connection: Connection, last: int, hash: str, printed: Head | None) -> str:
    heads = connection.execute(select(HEAD.c.seq, HEAD.c.hash)).all()
    if len(heads) != 1:
        return f"the head is kept {len(heads)} times, and the entries lead to {last}-{hash[:12]}"
    seq, of_head = heads[0]
    if seq > last:
        return f"entry {last + 1} is missing, and all after it up to {seq}: the ledger was truncated"
    if (seq, of_head) != (last, hash):
        return f"the head is kept as {seq}-{of_head[:12]}, and the entries lead to {last}-{hash[:12]}"
    if printed is not None and printed.seq > last:
        return f"entry {last + 1} is missing, and all after it up to the head {printed} that was printed"
    return ""


def _wrong_number(connection: Connection, numbers: Mapping[tuple[str, int], int]) -> str:
    """The table of numbers is to have those that the entries took."""
    rows = connection.execute(select(NUMBERS.c.series, NUMBERS.c.number, NUMBERS.c.seq))
    kept = {(series, number): seq for series, number, seq in rows}
    wrong = sorted(named for named, _ in kept.items() ^ numbers.items())
    return f"number {wrong[0][1]} of {wrong[0][0]} is not as the entry that took it says" if wrong else ""


def _wrong_reporter(connection: Connection, told: Mapping[str, str]) -> str:
    """The table of reporters is to have those of whom an entry has the hash, but for those who were erased."""
    rows = connection.execute(select(REPORTERS.c.issue, REPORTERS.c.identity, REPORTERS.c.salt))
    kept = {issue: reporters.hash_of(identity, salt) for issue, identity, salt in rows}
    wrong = sorted(issue for issue, _ in kept.items() ^ told.items())
    return f"who told of issue {wrong[0]} is not as its entry says" if wrong else ""


def _wrong_file(connection: Connection) -> str:
    """What SQLite finds of a file whose entries are sound: an index, by which they are found, may be damaged."""
    if connection.dialect.name != "sqlite":
        return ""
    [found] = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalars()
    return "" if found == "ok" else f"the file is damaged ({found.splitlines()[-1]})"
