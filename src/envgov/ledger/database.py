"""The databases that a ledger can lie in: a file of SQLite, PostgreSQL, or memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import StaticPool

from envgov.ledger.faults import LedgerError
from envgov.ledger.tables import META, METADATA, create, is_current, migrate

BUSY_SECONDS = 60
"""How long a writer waits for the others."""
_IN_TURN = text("SELECT pg_advisory_xact_lock(20161105)")
"""Any number that all makers of tables share: one of two who make or migrate a ledger waits, and finds it done."""
_WRITES = "envgov_writes"
_MEMORY = ":memory:"


class Database:
    """An engine with the transactions of a ledger: readers see one moment, writers come one after the other."""

    def __init__(self, place: str | Path) -> None:
        self.url = _url_of(place)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine_of(self.url)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _set_up_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            event.listen(self.engine, "connect", _set_up_postgresql)

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    @property
    def file(self) -> Path:
        return Path(self.url.database or "")

    @contextmanager
    def making(self) -> Iterator[Connection]:
        """Make the tables of a new ledger, and what is done with them in the same transaction.

        Raises:
            LedgerError: there is a ledger already, or the database cannot be written.
        """
        with self._changing() as connection:
            there = inspect(connection).get_table_names()
            if META.name in there:
                raise LedgerError(f"{self}: there is a ledger already; open it, or name another place")
            if taken := ", ".join(sorted(METADATA.tables.keys() & set(there))):
                raise LedgerError(f"{self}: there are tables of others ({taken}); name a database of the ledger's own")
            create(connection)
            yield connection

    def prepare(self) -> None:
        """See that there is a ledger, and bring its tables to the schema of this version.

        Raises:
            LedgerError: there is none, it cannot be read, or a newer version of envgov wrote it.
        """
        if self.is_sqlite and not self.file.is_file():
            raise LedgerError(f"{self}: there is no such file; create the ledger, or correct the path")
        with self.reading() as connection:
            if not inspect(connection).has_table(META.name):
                raise LedgerError(f"{self}: this database holds no ledger; create one, or name another place")
            current = is_current(connection)
        if not current:
            with self._changing() as connection:
                migrate(connection)

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """A transaction that makes or changes tables, while nobody else does."""
        with self.writing() as connection:
            if not self.is_sqlite:
                connection.execute(_IN_TURN)
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._named("read"), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self._named("written, and nothing of it was"), self.engine.connect() as connection:
            connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    def settle(self) -> None:
        """Put what stands in the log of a file into the file itself, so that it can be carried away alone."""
        if self.url.database == _MEMORY:
            return  # there is no file, and to close it would be to lose it
        with (
            self._named("written"),
            self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.close()

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _named(self, what: str) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            remedy = (
                "see that the disk has room and the server runs, verify the ledger, and restore its backup if need be"
            )
            raise LedgerError(f"{self} could not be {what} ({error.orig}); {remedy}") from error


def _url_of(place: str | Path) -> URL:
    if isinstance(place, Path) or "://" not in place:
        return _named_in(URL.create("sqlite", database=str(place)))
    try:
        url = make_url(place)
    except ArgumentError:
        raise LedgerError(f"{place!r} is no address of a database; write {_ADDRESSES}") from None
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(f"a ledger cannot lie in {url.get_backend_name()}; write {_ADDRESSES}")
    return _named_in(url)


def _named_in(url: URL) -> URL:
    """What SQLite is given no name for lies in memory, and would be gone."""
    if url.get_backend_name() == "sqlite" and not url.database:
        raise LedgerError(f"no file is named; write {_ADDRESSES}")
    return url


_ADDRESSES = "the path of a file, sqlite:///path, or postgresql://user@host/database"


def _engine_of(url: URL) -> Engine:
    try:
        if url.database == _MEMORY:
            return create_engine(url, poolclass=StaticPool)  # one connection, for each has a memory of its own
        if url.get_backend_name() == "sqlite":
            return create_engine(url)
        return create_engine(url, isolation_level="READ COMMITTED")  # who waited for the head sees the new one
    except ModuleNotFoundError:
        extra = "PostgreSQL needs its extra: python3 -m pip install 'envgov[postgres]'"
        raise ModuleNotFoundError(extra, name="psycopg") from None


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the transactions are begun here, and not by the driver
    connection.execute(f"PRAGMA busy_timeout = {1000 * BUSY_SECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # a reporter who is erased is gone from the file too
    [mode] = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode not in ("wal", "memory"):  # nothing of a ledger in memory is to be durable
        raise LedgerError(f"no log can be kept beside this database (it says {mode!r}); name a file on a local disk")
    connection.execute("PRAGMA synchronous = FULL")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _set_up_postgresql(connection: Any, _: object) -> None:
    connection.execute("SET synchronous_commit = on")  # acknowledged is durable, whatever the server's default
    connection.commit()
