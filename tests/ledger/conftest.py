"""Places for a ledger: a file of SQLite, and a database of a PostgreSQL server that the session starts itself."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

import postgres
from clerks import opened
from envgov.ledger import Ledger
from envgov.ledger.tables import METADATA


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    binaries = postgres.find_binaries()
    if binaries is None:
        missing = "no PostgreSQL here: no initdb on the PATH, nor in /usr/lib/postgresql/*/bin"
        assert not os.environ.get("CI"), missing
        pytest.skip(missing)
    with postgres.serving(binaries) as address:
        yield address


@pytest.fixture
def county(server: str) -> str:
    """A database of PostgreSQL without a ledger."""
    engine = create_engine(server)
    METADATA.drop_all(engine)
    engine.dispose()
    return server


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger can be made."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    address: str = request.getfixturevalue("county")
    return address


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    """A ledger with the rules of life, on either database."""
    with opened(place) as made:
        yield made


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with the rules of life, in a file."""
    with opened(tmp_path / "ledger.db") as made:
        yield made
