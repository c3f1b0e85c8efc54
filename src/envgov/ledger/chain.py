"""Whether the entries are still those that were entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, Row, select

from envgov.ledger.entry import FIRST, Head, entry_of, hash_of
from envgov.ledger.tables import ENTRIES, HEAD, NUMBERS


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


def verify(connection: Connection, printed: Head | None) -> Verification:
    """Follow the chain from its first entry to the head."""
    last, head, hash = 0, None, FIRST
    numbers: dict[tuple[str, int], int] = {}
    with connection.execute(select(ENTRIES).order_by(ENTRIES.c.seq).execution_options(yield_per=1000)) as rows:
        for row in rows:
            seq = row.seq
            if seq != last + 1:
                return Verification(last, head, f"entry {last + 1} is missing")
            if hash_of(hash, row[:-1]) != row.hash:
                return Verification(last, head, _wrong(connection, hash, row))
            if printed is not None and printed.seq == seq and not row.hash.startswith(printed.hash):
                return Verification(last, head, f"entry {seq} is not the one of which the head {printed} was printed")
            last, hash = seq, row.hash
            head = Head(last, hash)
            if (entry := entry_of(row)).number is not None:
                numbers[entry.series, entry.number] = seq
    problem = _wrong_end(connection, last, hash, printed) or _wrong_number(connection, numbers)
    return Verification(last, head, problem)


def _wrong(connection: Connection, before: str, row: Row[Any]) -> str:
    """Altered; or it stands in another's place, which is told by the hash of the one that it once followed."""
    seq, rest = row.seq, row[1:-1]
    later = select(ENTRIES.c.seq, ENTRIES.c.hash).where(ENTRIES.c.seq > seq).order_by(ENTRIES.c.seq)
    for other, hash in connection.execute(later).all():
        as_it_was = (other, *rest)
        if row.hash in (hash_of(before, as_it_was), hash_of(hash, as_it_was)):
            return f"entry {seq} is out of order: it was entry {other}"
        before = hash
    return f"entry {seq} was altered ({row.what} of {row.subject})"


def _wrong_end(connection: Connection, last: int, hash: str, printed: Head | None) -> str:
    seq, of_head = connection.execute(select(HEAD.c.seq, HEAD.c.hash)).one()
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
