"""The tables of a ledger, and how one of an older schema becomes one of this."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
    update,
)

from envgov.ledger.entry import FIRST
from envgov.ledger.faults import LedgerError

METADATA = MetaData()
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")  # in code point order, as SQLite and Python have it
_SEQ = BigInteger().with_variant(Integer(), "sqlite")

META = Table("meta", METADATA, Column("schema", Integer, primary_key=True, autoincrement=False))
HEAD = Table("head", METADATA, Column("seq", _SEQ, nullable=False), Column("hash", _TEXT, nullable=False))
ENTRIES = Table(
    "entries",
    METADATA,
    Column("seq", _SEQ, primary_key=True, autoincrement=False),
    Column("subject", _TEXT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("what", _TEXT, nullable=False),
    Column("at", _TEXT, nullable=False),
    Column("by", _TEXT, nullable=False),
    Column("key", _TEXT, nullable=False, unique=True),
    Column("body", _TEXT, nullable=False),
    Column("hash", _TEXT, nullable=False),
    UniqueConstraint("subject", "version"),
)
ISSUES = Table(
    "issues",
    METADATA,
    Column("id", _TEXT, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("place", _TEXT, nullable=False),
    Column("owed_by", _TEXT, nullable=False),
    Column("category", _TEXT, nullable=False),
    Column("source", _TEXT, nullable=False),
    Column("state", _TEXT, nullable=False),
    Column("found", Date, nullable=False),
    Column("due", Date),
    Column("closed", Date),
    Column("last", Date, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("relapsed", Integer, nullable=False),
    Index("issues_due", "state", "due"),
    Index("issues_last", "last"),
)
"""Each issue as its entries leave it. `owed_by` is a JSON list; `last` is the day of its last event."""
OWERS = Table(
    "owers",
    METADATA,
    Column("issue", _TEXT, ForeignKey(ISSUES.c.id), primary_key=True),
    Column("who", _TEXT, primary_key=True),
    Index("owers_who", "who"),
)
NUMBERS = Table(
    "numbers",
    METADATA,
    Column("series", _TEXT, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("seq", _SEQ, ForeignKey(ENTRIES.c.seq), nullable=False),
)
"""Each number that was given, and by which entry."""
REFUSALS = Table(
    "refusals",
    METADATA,
    Column("id", _SEQ, primary_key=True),
    Column("at", _TEXT, nullable=False),
    Column("by", _TEXT, nullable=False),
    Column("subject", _TEXT, nullable=False),
    Column("what", _TEXT, nullable=False),
    Column("rule", _TEXT, nullable=False),
    Column("told", _TEXT, nullable=False),
)
REPORTERS = Table(
    "reporters",
    METADATA,
    Column("issue", _TEXT, primary_key=True),
    Column("identity", _TEXT, nullable=False),
    Column("salt", _TEXT, nullable=False),
)

SCHEMA = 1
"""The number of the tables. It changes only with a migration from the number before."""
MIGRATIONS: Sequence[Callable[[Connection], None]] = ()
"""The n-th makes tables of schema n into those of schema n + 1."""


def create(connection: Connection) -> None:
    METADATA.create_all(connection)
    connection.execute(insert(META).values(schema=SCHEMA))
    connection.execute(insert(HEAD).values(seq=0, hash=FIRST))


def is_current(connection: Connection) -> bool:
    """Whether the tables have the schema of this version.

    Raises:
        LedgerError: a newer version of envgov wrote them.
    """
    schema = _schema(connection)
    if schema > SCHEMA:
        raise LedgerError(
            f"the ledger has schema {schema}, and this envgov knows schemas up to {SCHEMA}; install a newer envgov"
        )
    return schema == SCHEMA


def migrate(connection: Connection) -> None:
    """Bring the tables to the schema of this version, all in the transaction that is open."""
    for step in MIGRATIONS[_schema(connection) - 1 :]:
        step(connection)
    connection.execute(update(META).values(schema=SCHEMA))


def _schema(connection: Connection) -> int:
    schema: int = connection.execute(select(META.c.schema)).scalar_one()
    return schema
