"""Working days and office hours (工作日、工作时间), as a work calendar lists them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Any, Literal

from attrs import Attribute, field, frozen
from attrs.validators import deep_iterable

from envgov.checks import is_day, is_frozenset, is_text, is_tuple
from envgov.errors import Fault, InputError, SchemeError
from envgov.policy.term import one_of

Hours = tuple[tuple[time, time], ...]


def _are_hours(instance: object, attribute: Attribute[Any], value: Any) -> None:
    is_tuple(instance, attribute, value)
    for span in value:
        if not (isinstance(span, tuple) and len(span) == 2 and all(type(t) is time and t.tzinfo is None for t in span)):
            raise TypeError(
                f"{attribute.name}: {span!r}: give a pair of times without a zone, such as (time(8, 30), time(12))"
            )


@frozen
class WorkCalendar:
    """Which days are worked (调休 included) from `start` to `end`, both included, and the office hours.

    Weekdays are worked and weekends are not, but for the days `off` (holidays, 放假) and `worked` (make-up days,
    上班). `hours` are the spans of a working day, in the local time of the moments that are asked about. `edition`
    names the notice, and stands in each due date that was counted with it. A day outside the span is refused, or
    with `beyond="estimate"` judged by its weekday alone; due dates that rest on such a day are marked as estimated.

    Raises:
        InputError: the end is before the start, a day is both off and worked or outside the span, or the hours
            overlap or are out of order: all of it at once.
    """

    edition: str = field(validator=is_text)
    start: date = field(validator=is_day)
    end: date = field(validator=is_day)
    off: frozenset[date] = field(validator=deep_iterable(is_day, is_frozenset))
    worked: frozenset[date] = field(validator=deep_iterable(is_day, is_frozenset))
    hours: Hours = field(default=(), validator=_are_hours)
    beyond: Literal["refuse", "estimate"] = field(default="refuse", validator=one_of("refuse", "estimate"))

    def __attrs_post_init__(self) -> None:
        if faults := tuple(self._faults()):
            raise InputError(faults)

    def _faults(self) -> Iterator[Fault]:
        def fault(problem: str, remedy: str, column: str, value: object) -> Fault:
            return Fault(f"{problem} in the work calendar {self.edition}", remedy, column=column, value=str(value))

        if self.end < self.start:
            yield fault(f"the end is before the start {self.start}", "correct one of them", "end", self.end)
        for day in sorted(self.off & self.worked):
            yield fault("a day is both off and worked", "name it in one of them", "worked", day)
        for column, named in (("off", self.off), ("worked", self.worked)):
            for day in sorted(named):
                if self.start <= self.end and not self.covers(day, day):
                    remedy = f"leave it out, or correct the span {self.start} to {self.end}"
                    yield fault("a day is outside the span", remedy, column, day)
        for opens, closes in self.hours:
            if closes <= opens:
                yield fault("hours end before they begin", "correct them", "hours", f"{opens} to {closes}")
        for (_, closes), (opens, _) in pairwise(self.hours):
            if opens < closes:
                problem, remedy = "hours overlap or are out of order", "write them in order, from morning to evening"
                yield fault(problem, remedy, "hours", f"{opens} after {closes}")

    def covers(self, first: date, last: date) -> bool:
        """Whether each day from the first to the last, both included, lies in the span."""
        return self.start <= first and last <= self.end

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked; outside the span, an estimate.

        Raises:
            SchemeError: the day is outside the span, and the calendar declares no estimate.
        """
        if self.beyond == "refuse" and not self.covers(day, day):
            raise SchemeError(
                f"{day} is outside the work calendar {self.edition} ({self.start} to {self.end}): extend it by the "
                "days off and the make-up days up to there, or declare beyond='estimate'"
            )
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def nth_workday(self, day: date, n: int) -> date:
        """The n-th working day after the day, which itself does not count.

        Raises:
            SchemeError: it is not reached within the span, and the calendar declares no estimate.
            InputError: it is not reached by the year 9999.
        """
        after = self._workdays(day.toordinal() + 1)
        found = next(islice(after, n - 1, None), None)
        if found is None:
            raise _never(f"working day {n}", day)
        return found

    def working_hours_after(self, moment: datetime, n: int) -> datetime:
        """The moment at which n office hours are over, counted from this one on; in its time zone.

        Hours that end with the morning are over at noon, not when the afternoon begins.

        Raises:
            SchemeError: as for `nth_workday`, or the calendar has no office hours.
            InputError: it is not reached by the year 9999.
        """
        if not self.hours:
            raise SchemeError(
                f"the work calendar {self.edition} has no office hours: add hours=((time(8, 30), time(12)), ...)"
            )
        local, left = moment.replace(tzinfo=None), timedelta(hours=n)
        for day in self._workdays(moment.toordinal()):
            for opens, closes in self.hours:
                begins, ends = max(datetime.combine(day, opens), local), datetime.combine(day, closes)
                if begins < ends:
                    if left <= ends - begins:
                        return (begins + left).replace(tzinfo=moment.tzinfo)
                    left -= ends - begins
        raise _never(f"working hour {n}", moment)

    def _workdays(self, ordinal: int) -> Iterator[date]:
        """The working days from one on, to the last that there is."""
        days = map(date.fromordinal, range(ordinal, date.max.toordinal() + 1))
        return filter(self.is_workday, days)


def _never(what: str, since: date) -> InputError:
    remedy = "correct the day, or what is counted"
    return InputError([Fault(f"{what} from here is not reached by the year 9999", remedy, value=since.isoformat())])
