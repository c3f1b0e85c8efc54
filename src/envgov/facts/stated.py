"""Ranks received from outside (a township's own list, a drone's list)."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from envgov.checks import is_count, is_day, is_text


@frozen
class StatedRank:
    """A rank as it was received, with the length `of` its list: 3 of 11 is not 3 of 151."""

    unit: str = field(validator=is_text)
    day: date = field(validator=is_day)
    channel: str = field(validator=is_text)
    rank: int = field(validator=is_count)
    of: int = field(validator=is_count)

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.rank <= self.of:
            raise ValueError(f"{self.unit} {self.day}: rank {self.rank} of a list of {self.of}")
