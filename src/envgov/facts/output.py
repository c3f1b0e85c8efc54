"""Work done, in its own measure (清运垃圾300吨)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import field, frozen

from envgov.checks import is_day, is_text
from envgov.exact import as_points


@frozen
class Output:
    """An amount of work: `amount` in `measure` (吨, 平方米, 处)."""

    unit: str = field(validator=is_text)
    day: date = field(validator=is_day)
    what: str = field(validator=is_text)
    amount: Decimal = field(converter=as_points)
    measure: str = field(validator=is_text)
