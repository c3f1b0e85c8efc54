"""Who told of an issue (举报人): kept apart from the entries, which hold only a hash, and erased on request."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection, delete, select

from envgov.ledger.tables import REPORTERS


def hash_of(identity: str, salt: str) -> str:
    """What an entry keeps of an identity."""
    return sha256((salt + identity).encode()).hexdigest()


def find(connection: Connection, issue: str) -> str | None:
    return connection.execute(select(REPORTERS.c.identity).where(REPORTERS.c.issue == issue)).scalar_one_or_none()


def erase(connection: Connection, issue: str) -> None:
    connection.execute(delete(REPORTERS).where(REPORTERS.c.issue == issue))
