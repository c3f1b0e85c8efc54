"""A ledger of very many issues, put into its tables at once: as if each had been entered, with a chain that verifies."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import envgov as eg
from clerks import E, opened
from envgov.ledger import Command, Ledger
from envgov.ledger.books import row_of
from envgov.ledger.entry import body_of, hash_of, moment
from envgov.ledger.statements import statements_of
from envgov.ledger.tables import ENTRIES, ISSUES, OWERS

BEGUN = date(2024, 1, 1)
DAYS = 300
"""On so many days issues were found; two weeks later each is due."""
LAST = BEGUN + timedelta(DAYS + 10)
YESTERDAY = BEGUN + timedelta(DAYS + 8)
"""What happened after it is one in a hundred issues."""
AT = datetime(2025, 1, 1, tzinfo=UTC)
_AT = moment(AT)
_FOUND, _DUE, _RECTIFIED, _ACCEPTED = (date(1901, 1, day) for day in (1, 2, 3, 4))
"""Days that stand in the patterns, for those of each issue."""


def _life() -> list[eg.Issue | eg.Event]:
    found = eg.Event(E.FOUND, _FOUND, due=_DUE)
    return [
        eg.Issue(
            "ID", "PLACE", (found,), responsible=("OWER",), category="垃圾", source="巡查", description="积存垃圾"
        ),
        eg.Event(E.RECTIFIED, _RECTIFIED, by="OWER", evidence=("照片",)),
        eg.Event(E.ACCEPTED, _ACCEPTED, by="镇环卫办"),
    ]


_BODIES = [body_of(Command("issue:ID", value, "张会计", AT, "k"), None, "") for value in _life()]


class County:
    """The issues, one by one: three in ten are open, the others were accepted, some of them late."""

    def __init__(self, count: int) -> None:
        self.count = count

    def days(self, n: int) -> tuple[date, date, date, date]:
        """Found, due, rectified, accepted."""
        found = BEGUN + timedelta(n * DAYS // self.count)
        rectified = found + timedelta(3 + n % 15)
        if n % 100 == 3:  # one in a hundred went on after yesterday
            return found, found + timedelta(14), YESTERDAY + timedelta(1), LAST
        return found, found + timedelta(14), min(rectified, YESTERDAY), min(rectified + timedelta(2), YESTERDAY)

    def is_open(self, n: int) -> bool:
        return n % 10 in (0, 4, 8)

    def entries(self, hash: str, seq: int) -> Iterator[tuple[Any, ...]]:
        for n in range(self.count):
            id, place, ower = f"W{n:07}", f"v{n % 500}", f"v{n % 500}"
            days = self.days(n)
            for version, body in enumerate(_BODIES[: 1 if self.is_open(n) else 3], 1):
                told = body.replace("ID", id).replace("PLACE", place).replace("OWER", ower)
                for pattern, day in zip((_FOUND, _DUE, _RECTIFIED, _ACCEPTED), days, strict=True):
                    told = told.replace(pattern.isoformat(), day.isoformat())
                seq += 1
                what = ("found", "rectified", "accepted")[version - 1]
                row = (seq, f"issue:{id}", version, what, _AT, "张会计", f"{id} {version}", told)
                hash = hash_of(hash, row)
                yield (*row, hash)

    def issues(self) -> Iterator[tuple[Any, ...]]:
        """Their rows, as the table has them."""
        found, *events = _life()
        assert isinstance(found, eg.Issue)
        closed = eg.Issue("ID", "PLACE", (*found.events, *events), ("OWER",), (), "垃圾", "积存垃圾", "巡查")  # type: ignore[arg-type]
        patterns = {True: row_of(found, 1, date.isoformat), False: row_of(closed, 3, date.isoformat)}
        names = [column.name for column in ISSUES.c]
        for n in range(self.count):
            is_open, place = self.is_open(n), f"v{n % 500}"
            days = [day.isoformat() for day in self.days(n)]
            row = dict(zip(names, patterns[is_open], strict=True)) | {
                "id": f"W{n:07}",
                "place": place,
                "owed_by": f'["{place}"]',
                "found": days[0],
                "due": days[1],
                "closed": None if is_open else days[3],
                "last": days[0] if is_open else days[3],
            }
            yield tuple(row.values())


def found_county(file: Path, count: int) -> Ledger:
    """The ledger of a county with so many issues."""
    ledger, county = opened(file), County(count)
    statements = statements_of("sqlite")
    with ledger.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA cache_size = -400000")
        seq, hash = statements.lock(connection)
        entries = county.entries(hash, seq)
        while rows := list(islice(entries, 10_000)):
            statements.add(connection, ENTRIES, rows)
        issues = county.issues()
        while of_issues := list(islice(issues, 10_000)):
            statements.add(connection, ISSUES, of_issues)
            statements.add(connection, OWERS, [(id, place) for id, _, place, *_ in of_issues])
        [(seq, hash)] = connection.exec_driver_sql("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").all()
        statements.move(connection, seq, hash)
    ledger.database.settle()
    return ledger
