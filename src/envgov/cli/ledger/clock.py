"""The clock, which nothing reads but commands that were not told the time."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present, in the zone of this machine."""
    return datetime.now(UTC).astimezone().isoformat(sep=" ", timespec="seconds")
