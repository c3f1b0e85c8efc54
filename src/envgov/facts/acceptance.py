"""The acceptance of a whole unit (整村验收)."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from envgov.checks import is_a, is_day, is_text


@frozen
class UnitAcceptance:
    """A unit as a whole passed on that day, or failed: a judgement of its own, and no sum of its issues."""

    unit: str = field(validator=is_text)
    day: date = field(validator=is_day)
    passed: bool = field(validator=is_a(bool))
    by: str = ""
    note: str = ""
