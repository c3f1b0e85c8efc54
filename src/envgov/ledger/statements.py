"""The statements that every entry needs, as text for the driver: SQLAlchemy takes longer to make them than the database
to run them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, Literal, TypeVar

import orjson
from sqlalchemy import Connection, Table

from envgov.ledger.entry import canonical
from envgov.ledger.tables import ENTRIES, ISSUES, OWERS

AT_ONCE = 500
"""How many rows are held at once where many are read or written."""
_Row = Sequence[Any]
_T = TypeVar("_T")


class Statements:
    """The statements in the words of one database; they are put together from names of the tables alone."""

    def __init__(self, dialect: str) -> None:
        sqlite = dialect == "sqlite"
        mark = "?" if sqlite else "%s"
        among = "IN (SELECT value FROM json_each(?))" if sqlite else "= ANY(%s)"
        self._many: Callable[[Sequence[str]], object] = canonical if sqlite else list
        self._day: Callable[[date], object] = date.isoformat if sqlite else lambda day: day
        self._lock = f"SELECT seq, hash FROM head{'' if sqlite else ' FOR UPDATE'}"  # noqa: S608
        self._by_key = f'SELECT {_names(ENTRIES)} FROM entries WHERE "key" {among}'  # noqa: S608
        self._by_subject = f'SELECT subject, version, "at", body FROM entries WHERE subject {among} ORDER BY seq'  # noqa: S608
        self._add = {table: _insert(table, mark) for table in (ENTRIES, ISSUES, OWERS)}
        changes = ", ".join(f'"{column.name}" = {mark}' for column in list(ISSUES.c)[1:])
        self._change = f"UPDATE issues SET {changes} WHERE id = {mark}"  # noqa: S608
        self._free = f"DELETE FROM owers WHERE issue = {mark}"  # noqa: S608
        listed = "json_group_array(id)" if sqlite else "coalesce(json_agg(id), '[]')::text"
        self._later = f"SELECT {listed} FROM issues WHERE last > {mark} AND found <= {mark}"  # noqa: S608
        self._open = {
            sign: f"SELECT {listed} FROM issues WHERE state = 'open' AND due {sign} {mark} AND last <= {mark}"  # noqa: S608
            for sign in ("=", "<")
        }
        self._move = f"UPDATE head SET seq = {mark}, hash = {mark}"  # noqa: S608

    def lock(self, connection: Connection) -> tuple[int, str]:
        """The head: the one row that every writer needs. On PostgreSQL they queue for it here, on SQLite for the file."""
        seq, hash = connection.exec_driver_sql(self._lock).one()
        return seq, hash

    def of_keys(self, connection: Connection, keys: Sequence[str]) -> Sequence[_Row]:
        return connection.exec_driver_sql(self._by_key, (self._many(keys),)).all()

    def of_subjects(self, connection: Connection, subjects: Sequence[str]) -> Sequence[_Row]:
        """The subject, version, moment and body of their entries, oldest first."""
        return connection.exec_driver_sql(self._by_subject, (self._many(subjects),)).all()

    def changed_since(self, connection: Connection, day: date) -> list[str]:
        """The ids of issues found by that day, with events after it, in no order: the table has them as they stand now."""
        return self._ids(connection, self._later, day, day)

    def open_on(self, connection: Connection, sign: Literal["=", "<"], day: date) -> list[str]:
        """The ids of issues without such events that are open, and due on that day or before it, in no order."""
        return self._ids(connection, self._open[sign], day, day)

    def _ids(self, connection: Connection, statement: str, *days: date) -> list[str]:
        """In one row: many rows cost more to fetch than to find."""
        ids: list[str] = orjson.loads(connection.exec_driver_sql(statement, tuple(map(self._day, days))).scalar_one())
        return ids

    def add(self, connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows, with their values in the order of the table's columns."""
        if rows:
            connection.exec_driver_sql(self._add[table], list(rows))

    def add_issues(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        self.add(connection, ISSUES, [self.stored(row) for row in rows])

    def change_issues(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        stored = [self.stored(row) for row in rows]
        if stored:
            connection.exec_driver_sql(self._change, [(*values, id) for id, *values in stored])

    def free_owers(self, connection: Connection, issues: Iterable[str]) -> None:
        """Take out who owed these issues."""
        if freed := [(id,) for id in issues]:
            connection.exec_driver_sql(self._free, freed)

    def move(self, connection: Connection, seq: int, hash: str) -> None:
        connection.exec_driver_sql(self._move, (seq, hash))

    def stored(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of a row as the driver gives them back."""
        return tuple([self._day(value) if isinstance(value, date) else value for value in row.values()])


@cache
def statements_of(dialect: str) -> Statements:
    return Statements(dialect)


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.c)


def _insert(table: Table, mark: str) -> str:
    return f"INSERT INTO {table.name} ({_names(table)}) VALUES ({', '.join([mark] * len(table.c))})"  # noqa: S608


def portions(values: Iterable[_T]) -> Iterator[list[_T]]:
    rest = iter(values)
    while portion := list(islice(rest, AT_ONCE)):
        yield portion
