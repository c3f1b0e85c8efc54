"""A whole ledger in another place: a backup, and its restoration."""

from __future__ import annotations

from contextlib import closing
from glob import escape
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection, delete, insert, select

from envgov.ledger.chain import verify
from envgov.ledger.database import Database
from envgov.ledger.faults import LedgerError
from envgov.ledger.tables import HEAD, META, METADATA

ROWS = 1000
"""How many rows are copied at once."""


def back_up(source: Connection, path: Path) -> None:
    """Copy a ledger, as the reading transaction sees it, to a file that is there only when it is whole.

    Raises:
        LedgerError: there is such a file, or it cannot be written.
    """
    if path.exists():
        raise LedgerError(f"{path} is there already; name another file")
    partial = path.with_name(f"{path.name}.{token_hex(4)}.partial")  # another may be at it too
    target = Database(partial)
    try:
        with closing(target):
            with target.making() as connection:
                _copy(source, connection)
            target.settle()
        partial.replace(path)
    finally:
        for left in path.parent.glob(f"{escape(partial.name)}*"):
            left.unlink()


def restore(path: Path, target: Database) -> None:
    """Make a ledger of a backup, after its chain was verified; the place must have none.

    Raises:
        LedgerError: the backup is faulty, or there is a ledger already.
    """
    with closing(Database(path)) as source:
        source.prepare()
        with source.reading() as backup:
            if not (found := verify(backup, None)):
                raise LedgerError(f"{path} is no sound backup: {found}")
            with target.making() as connection:
                _copy(backup, connection)


def _copy(source: Connection, target: Connection) -> None:
    for table in (META, HEAD):  # in all others a new ledger has nothing
        target.execute(delete(table))
    for table in METADATA.sorted_tables:
        columns = [column for column in table.c if column is not table.autoincrement_column]  # the target counts anew
        ordered = select(*columns).order_by(*table.primary_key).execution_options(yield_per=ROWS)
        for rows in source.execute(ordered).partitions():
            target.execute(insert(table), [row._asdict() for row in rows])
