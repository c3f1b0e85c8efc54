"""A body's answer where the rules leave a condition open."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from envgov.checks import is_a, is_day, is_text


@frozen
class Ruling:
    """`by` decided that `condition` holds, or not, for `unit` in the round of the day `concerns`, because `why`.

    Conditions are values: a ruling names the very one that it settles, such as `bottom(3, ties="decide")`, and the id
    of the `scheme` that asks it: what is a tie in April is none in the quarter. On a ladder of issues it is about each
    issue that lies in the unit, or about one `issue` alone, which then goes before.
    """

    unit: str = field(validator=is_text)
    concerns: date = field(validator=is_day)
    condition: object
    holds: bool = field(validator=is_a(bool))
    by: str = field(validator=is_text)
    why: str = field(validator=is_text)
    scheme: str = field(validator=is_text)
    issue: str = ""
