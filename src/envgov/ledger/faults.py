"""What a ledger cannot do, apart from what a rule refuses."""

from __future__ import annotations

from envgov.errors import EnvGovError
from envgov.facts.refusal import RefusedError
from envgov.ledger.entry import Entry


class LedgerError(EnvGovError):
    """The database could not be opened, read or written. What was to be written was not written in part."""


class StaleError(RefusedError):
    """Somebody changed the subject since it was seen; `since` is what they entered."""

    def __init__(self, subject: str, expected: int, version: int, since: tuple[Entry, ...]) -> None:
        self.since = since
        who = "; ".join(f"{entry.by} entered {entry.what} at {entry.at.isoformat()}" for entry in since)
        found = f"{subject} was seen at version {expected} and is at version {version}" + (f": {who}" * bool(who))
        super().__init__("what was seen is what is changed", found, "look at it as it is now, and decide again")
