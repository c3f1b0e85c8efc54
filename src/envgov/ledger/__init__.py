"""The durable ledger (台账): every problem from found to closed, in one chain of entries; SQLite or PostgreSQL."""

try:
    import orjson  # noqa: F401
    import sqlalchemy  # noqa: F401
except ModuleNotFoundError as error:
    message = "the ledger needs its extra: python3 -m pip install 'envgov[ledger]'"
    raise ModuleNotFoundError(message, name=error.name) from None

from envgov.ledger.book import Ledger
from envgov.ledger.chain import Verification
from envgov.ledger.daily import Daily, DayCount
from envgov.ledger.entry import Command, Entry, Head, Hearing, Refusal, Units
from envgov.ledger.faults import LedgerError, StaleError
from envgov.ledger.intake import Intake
from envgov.ledger.rates import Rates, RatesBy
from envgov.ledger.returns import Return
from envgov.ledger.snapshots import Snapshot

__all__ = [
    "Command",
    "Daily",
    "DayCount",
    "Entry",
    "Head",
    "Hearing",
    "Intake",
    "Ledger",
    "LedgerError",
    "Rates",
    "RatesBy",
    "Refusal",
    "Return",
    "Snapshot",
    "StaleError",
    "Units",
    "Verification",
]
