"""Deadlines and rounds as calendars (RFC 5545) for telephones and desks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from envgov.facts.duty import CHINA
from envgov.facts.grid import Grid
from envgov.facts.issue import CLOSINGS, Event, EventKind, Issue, StageDue, State
from envgov.facts.paper import Paper, PaperEvent, PaperState
from envgov.facts.round import Round
from envgov.policy.calendar.cadences import day, week
from envgov.results.table import Language
from envgov.scheme import Scheme, in_force
from envgov.season import rounds_through
from envgov.texts import CONTROL
from envgov.wording.exchange import EXCHANGE

try:
    import icalendar
except ModuleNotFoundError as error:
    message = "calendars need their extra: python3 -m pip install 'envgov[calendar]'"
    raise ModuleNotFoundError(message, name=error.name) from None

PRODUCT = "-//envgov//envgov//ZH"
MORNING = time(9)
"""The hour of an alarm for what is due on a day; calendars take it in their own zone."""
_STATUS = {
    State.OPEN: "NEEDS-ACTION",
    State.SUSPENDED: "NEEDS-ACTION",
    State.RECTIFIED: "IN-PROCESS",
    State.CLOSED: "COMPLETED",
    State.ENDED: "CANCELLED",
}
_PAPER_STATUS = {
    PaperState.NOTIFIED: "NEEDS-ACTION",
    PaperState.ANSWERED: "COMPLETED",
    PaperState.DONE: "COMPLETED",
    PaperState.WAIVED: "CANCELLED",
    PaperState.VOIDED: "CANCELLED",
}


def calendar_of_deadlines(
    issues: Iterable[Issue],
    papers: Iterable[Paper],
    grid: Grid,
    *,
    origin: str,
    at: datetime,
    agencies: frozenset[str] = frozenset(),
    remind: int | None = None,
    language: Language = "zh",
) -> bytes:
    """What is to be done by a date, each a VTODO: issues, open stages of theirs, answers to papers.

    An issue is in it from the first date that it was given on: an open one NEEDS-ACTION, a rectified one IN-PROCESS, a
    closed one COMPLETED, one that was withdrawn or merged CANCELLED. While it is suspended, or relapsed without a new
    date, it has no DUE. A day that is due is due as a whole. What was completed on a day whose hour is not known was so
    at its last second in China. A paper is in it from its notification on, if it is to be answered by a date.

    The UID is made of the id and of `origin`, which tells this ledger from others, and stays; SEQUENCE grows with each
    event. `at` is when the calendar was made (DTSTAMP). `remind` rings so many days before what is open and due: at 9:00,
    or at the very hour where that is known; None never does. Units are told by their names in `grid`; whoever
    owes an issue is named if they are one of those units or one of the `agencies`, and nobody else.
    """
    making = _Deadlines(grid, agencies, origin, at, remind, language)
    return _calendar([*making.of_issues(issues), *making.of_papers(papers)])


def calendar_of_rounds(editions: Sequence[Scheme], first: date, last: date, *, origin: str, at: datetime) -> bytes:
    """The rounds of a scheme from that of the first day to that of the last, each a VEVENT of whole days.

    Days and weeks of one edition are one VEVENT that recurs, because they alone are all of one length: a recurring event
    keeps the length of its first. `origin` and `at` are as in `calendar_of_deadlines`.

    Raises:
        SchemeError: the editions are not those of one scheme.
    """
    rounds = rounds_through(editions, first, last)
    judged = groupby(rounds, key=lambda round: in_force(editions, round))
    return _calendar(
        [event for edition, of in judged if edition for event in _rounds(edition, list(of), origin=origin, at=at)]
    )


def _calendar(parts: Iterable[icalendar.Component]) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for part in parts:
        calendar.add_component(part)
    written: bytes = calendar.to_ical()
    return written


def _rounds(edition: Scheme, rounds: Sequence[Round], *, origin: str, at: datetime) -> Iterator[icalendar.Event]:
    title = edition.title or edition.id
    if isinstance(edition.cadence, day | week):
        event = _round_event(rounds[0], f"{edition.id}/{edition.edition}", title, origin=origin, at=at)
        event.add(
            "rrule", {"freq": "DAILY" if isinstance(edition.cadence, day) else "WEEKLY", "until": rounds[-1].start}
        )
        yield event
        return
    for round in rounds:
        yield _round_event(round, f"{edition.id}/{round.start}", f"{title} {round.label}", origin=origin, at=at)


def _round_event(round: Round, id: str, title: str, *, origin: str, at: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", _text(f"round:{id}@{origin}"))
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", round.start)
    event.add("dtend", round.end)
    event.add("summary", _text(title))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    return event


class _Deadlines:
    """The making of one calendar of deadlines."""

    def __init__(
        self,
        grid: Grid,
        agencies: frozenset[str],
        origin: str,
        at: datetime,
        remind: int | None,
        language: Language,
    ) -> None:
        self.grid, self.agencies, self.origin, self.at, self.remind = grid, agencies, origin, at, remind
        self.say = EXCHANGE[language]

    def of_issues(self, issues: Iterable[Issue]) -> Iterator[icalendar.Todo]:
        for issue in sorted(issues, key=lambda issue: issue.id):
            if any(event.due for event in issue.events):
                yield self._issue(issue)
                for stage in dict.fromkeys(due.stage for event in issue.events for due in event.dues):
                    yield self._stage(issue, stage)

    def of_papers(self, papers: Iterable[Paper]) -> Iterator[icalendar.Todo]:
        for paper in sorted(papers, key=lambda paper: paper.id):
            if paper.state in _PAPER_STATUS and paper.due is not None:
                yield self._paper(paper)

    def _issue(self, issue: Issue) -> icalendar.Todo:
        due = None if issue.state is State.SUSPENDED else issue.due
        todo = self._todo(f"issue:{issue.id}", self._title(issue), _STATUS[issue.state], due, len(issue.events) - 1)
        suspended = self.say["suspended"] if issue.state is State.SUSPENDED else ""
        owing = [self._name(who) for who in issue.owed_by if who in self.grid or who in self.agencies]
        owed = self.say["owed by"].format(self.say["comma"].join(owing)) if owing else ""
        told = (issue.description, owed, suspended)
        todo.add("description", _text("\n".join(line for line in told if line)))
        todo.add("location", _text(self._name(issue.place)))
        if issue.category:
            todo.add("categories", [_text(issue.category)])
        if issue.state is State.CLOSED:
            todo.add("completed", _moment(_closing(issue)))
        return todo

    def _stage(self, issue: Issue, stage: str) -> icalendar.Todo:
        """It goes with its issue until an event completes it, or another date has no such stage."""
        waiting = {due.stage: due for due in issue.stages}
        done = [event for event in issue.events if event.what is EventKind.COMPLETED and event.stage == stage]
        status = _STATUS[issue.state] if stage in waiting else "COMPLETED" if done else "CANCELLED"
        due = _until(waiting[stage]) if stage in waiting and issue.state is State.OPEN else None
        title = self.say["stage"].format(issue=self._title(issue), stage=stage)
        todo = self._todo(f"issue:{issue.id}/{stage}", title, status, due, len(issue.events) - 1)
        if status == "COMPLETED":
            todo.add("completed", _moment(_closing(issue) if stage in waiting else done[-1]))
        return todo

    def _paper(self, paper: Paper) -> icalendar.Todo:
        title = self.say["answer"].format(measure=paper.measure, number=paper.number, subject=self._name(paper.subject))
        status = _PAPER_STATUS[paper.state]
        todo = self._todo(f"paper:{paper.id}", title, status, paper.due, len(paper.events) - 1)
        if status == "COMPLETED":
            ends = (PaperState.ANSWERED, PaperState.DONE)
            todo.add("completed", _moment(next(event for event in paper.events if event.what in ends)))
        return todo

    def _todo(self, id: str, title: str, status: str, due: date | None, sequence: int) -> icalendar.Todo:
        todo = icalendar.Todo()
        todo.add("uid", _text(f"{id}@{self.origin}"))
        todo.add("dtstamp", self.at.astimezone(UTC))
        todo.add("sequence", sequence)
        todo.add("summary", _text(title))
        todo.add("status", status)
        if due is not None:
            todo.add("due", due)
            if self.remind is not None and status == "NEEDS-ACTION":
                todo.add_component(self._alarm(title, due, self.remind))
        return todo

    def _alarm(self, title: str, due: date, days: int) -> icalendar.Alarm:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _text(title))
        hour = timedelta() if isinstance(due, datetime) else timedelta(hours=MORNING.hour)
        alarm.add("trigger", hour - timedelta(days=days), parameters={"related": "END"})
        return alarm

    def _title(self, issue: Issue) -> str:
        what = issue.category or self.say["problem"]
        return self.say["issue"].format(place=self._name(issue.place), what=what, id=issue.id)

    def _name(self, code: str) -> str:
        return self.grid[code].name if code in self.grid else code


def _until(due: StageDue) -> date:
    """The moment where it is known, else the day."""
    return due.day if due.at is None else due.at.astimezone(UTC)


def _closing(issue: Issue) -> Event:
    return next(event for event in reversed(issue.events) if event.what in CLOSINGS)


def _moment(event: Event | PaperEvent) -> datetime:
    return (event.at or datetime.combine(event.day, time(23, 59, 59), CHINA)).astimezone(UTC)


def _text(told: str) -> str:
    """What no calendar may hold is told by a mark; each line ends as Python has it."""
    return CONTROL.sub("\ufffd", "\n".join(told.splitlines()))
