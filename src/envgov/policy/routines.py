"""Routines (例行报送): what is owed again and again."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from attrs import Attribute, field, frozen
from attrs.validators import deep_iterable, instance_of

from envgov.checks import is_text, is_tuple
from envgov.errors import SchemeError
from envgov.facts.duty import CHINA
from envgov.facts.grid import Grid
from envgov.policy.calendar.cadences import Cadence
from envgov.policy.term import answers, at_least_one, term


def _is_hour(_: object, attribute: Attribute[Any], value: object) -> None:
    """An hour has no zone of its own, or a summer's would be another than a winter's."""
    if value is not None and (not isinstance(value, time) or value.tzinfo is not None):
        raise TypeError(f"{attribute.name}={value!r}: give an hour without a zone, such as datetime.time(17, 0)")


@term("Routine")
@frozen(repr=False)
class Routine:
    """A return that is owed again in each span of `every`: a daily list, a ranking every Friday, two meetings a month.

    It is owed by each unit of the level `of_level` that is there when it is due, or by those who are listed in
    `owed_by`: units by their codes, as long as they are there, bodies and persons as duties name them. It is due on
    the last day of the span, by the hour `at` (+08:00), or without one by the end of that day: every Friday (每周五上报)
    with `week(ends="friday")`. `times` is how often in each span, at least (每月至少两次); `cite` is the clause that says
    so.

    Raises:
        SchemeError: both of_level and owed_by are given, or neither.
    """

    what: str = field(validator=is_text)
    every: Cadence = field(validator=answers("round_of"))
    of_level: str = field(default="", validator=instance_of(str), kw_only=True)
    owed_by: tuple[str, ...] = field(default=(), validator=deep_iterable(is_text, is_tuple), kw_only=True)
    at: time | None = field(default=None, validator=_is_hour, kw_only=True)
    times: int = field(default=1, validator=at_least_one, kw_only=True)
    cite: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if bool(self.of_level) == bool(self.owed_by):
            raise SchemeError(f"Routine {self.what!r}: who owes it? Give of_level= or owed_by=, and not both")

    def due_on(self, day: date) -> datetime:
        """Until when on its last day; the whole of the day where no hour is given."""
        return datetime.combine(day, self.at or time.max, CHINA)

    def owing_on(self, day: date, grid: Grid) -> tuple[str, ...]:
        """Who owes it on a day: codes, or who else is listed."""
        if self.of_level:
            return tuple(unit.code for unit in grid.at_levels((self.of_level,)) if unit.exists_on(day))
        return tuple(who for who in self.owed_by if who not in grid or grid[who].exists_on(day))
