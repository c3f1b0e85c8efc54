"""Call-backs and satisfaction surveys (回访、满意度调查)."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from envgov.checks import is_count, is_day, is_text


@frozen
class Survey:
    """How many residents were asked, answered, and were satisfied; satisfied <= answered <= asked."""

    unit: str = field(validator=is_text)
    day: date = field(validator=is_day)
    channel: str = field(validator=is_text)
    asked: int = field(validator=is_count)
    answered: int = field(validator=is_count)
    satisfied: int = field(validator=is_count)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.satisfied <= self.answered <= self.asked:
            raise ValueError(
                f"{self.unit} {self.day}: asked {self.asked}, answered {self.answered}, satisfied {self.satisfied}: "
                "each of them contains the next"
            )
