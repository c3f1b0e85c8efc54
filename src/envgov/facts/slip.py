"""A supervision slip (督办单) that addresses a unit and no single issue."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from envgov.checks import is_day, is_text


@frozen
class Slip:
    """A slip of a level (白单、黄单、红单) was issued on that day to the unit as a whole, `by` a body.

    One that was issued for an issue is an event of that issue.
    """

    unit: str = field(validator=is_text)
    slip: str = field(validator=is_text)
    day: date = field(validator=is_day)
    by: str = ""
