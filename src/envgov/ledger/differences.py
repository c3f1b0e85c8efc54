"""What the tables beside the entries say otherwise than these."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, select, true, type_coerce
from sqlalchemy.types import NullType

from envgov.ledger.books import owers_of, row_of
from envgov.ledger.lives import issues_told
from envgov.ledger.statements import AT_ONCE, statements_of
from envgov.ledger.tables import ISSUES, OWERS

_of_issue = itemgetter(0)


def differing(connection: Connection) -> Iterator[str]:
    """The ids of issues of which a table has another row than the entries make, one more or one less, in order."""
    rows = merge(_told(connection), _kept(connection, ISSUES), _kept(connection, OWERS), key=_of_issue)
    for id, both in groupby(rows, _of_issue):
        alike = list(both)
        if any(alike.count(row) != 2 for row in alike):
            yield id


def _told(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """The rows of both tables, as the entries make them."""
    statements = statements_of(connection.dialect.name)
    for issue in issues_told(connection, true()):
        yield statements.stored(row_of(issue, len(issue.events)))
        yield from owers_of(issue)


def _kept(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """Its rows as the driver gives them: what is damaged, such as a day that is none, differs like all else."""
    columns = [type_coerce(column, NullType()) for column in table.c]
    kept = select(*columns).order_by(*table.primary_key).execution_options(yield_per=AT_ONCE)
    return map(tuple, connection.execute(kept))
