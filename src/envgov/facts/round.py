"""The round (期) that is judged."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import field, frozen

from envgov.checks import is_day, is_text


@frozen
class Round:
    """One round: from `start` up to, and without, `end`. Two rounds of the same days are one round."""

    start: date = field(validator=is_day)
    end: date = field(validator=is_day)
    label: str = field(eq=False, validator=is_text)

    def __attrs_post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"a round ends after it starts: {self.start} to {self.end}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)
