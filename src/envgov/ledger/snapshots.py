"""What an entry kept of a round's end: the ledger as it was known then, whatever was entered later."""

from __future__ import annotations

from attrs import field, frozen

from envgov.facts.issue import Issue
from envgov.facts.round import Round
from envgov.ledger.entry import Entry

SNAPSHOT = "snapshot"


@frozen
class Snapshot:
    """The issues as they stood at the end of a round (月末台账), as the entries before `entry` told of them."""

    round: Round
    entry: Entry
    issues: tuple[Issue, ...] = field(repr=False)


def subject_of(round: Round) -> str:
    return f"{SNAPSHOT}:{round.start}..{round.end}"
