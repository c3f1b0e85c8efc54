"""How subjects stand after the newest entry, kept in memory, so that what was just entered is not read back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attrs import define, field, frozen

KEPT = 5000
"""How many subjects are kept at most; those that were not entered for the longest time go first."""


@frozen
class Standing:
    """A subject as its entries leave it: how many they are, the moment of the last, and what they tell."""

    version: int
    at: datetime
    value: object


@define
class Standings:
    """How subjects stand at one head of the chain. Its hash tells whether they still do: any other head, and they are
    read anew.
    """

    hash: str = ""
    of: dict[str, Standing] = field(factory=dict)

    def at(self, hash: str) -> Mapping[str, Standing]:
        return self.of if hash == self.hash else {}

    def move(self, before: str, hash: str, changed: Mapping[str, Standing]) -> None:
        """What a transaction that is about to end leaves behind. If it fails, its head is nobody's."""
        kept = self.of if before == self.hash else {}
        for subject in changed:
            kept.pop(subject, None)
        kept |= changed
        while len(kept) > KEPT:
            del kept[next(iter(kept))]
        self.hash, self.of = hash, kept
