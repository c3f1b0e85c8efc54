"""Everything that happened (`Facts`), and the part of it that one round judges (`Evidence`)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from attrs import field, frozen

from envgov.checks import is_line
from envgov.errors import Fault, InputError
from envgov.exact import ZERO
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.duty import Duty, in_order
from envgov.facts.grid import Assignment, Body, Grid
from envgov.facts.inspection import Inspection
from envgov.facts.issue import Issue
from envgov.facts.output import Output
from envgov.facts.round import Round
from envgov.facts.ruling import Ruling
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.facts.task import Task


class _Dated(Protocol):
    @property
    def unit(self) -> str: ...
    @property
    def day(self) -> date: ...


_D = TypeVar("_D", bound=_Dated)


def _visit(i: Inspection) -> tuple[object, ...]:
    findings = [(f.item, f.deduction, f.note, f.evidence) for f in i.findings]
    mode = i.mode.value if i.mode else ""
    last_day = (i.last_day is not None, i.last_day or i.day)
    score = (i.stated is not None, i.stated or ZERO)
    return i.day, i.unit, i.channel, last_day, score, findings, mode, i.inspector, i.note, i.id


def _day_or_none(day: date | None) -> tuple[bool, date]:
    return day is not None, day or date.min


def _inspections(given: Iterable[Inspection]) -> tuple[Inspection, ...]:
    return tuple(sorted(given, key=_visit))


def _issues(given: Iterable[Issue]) -> tuple[Issue, ...]:
    return tuple(sorted(given, key=lambda i: i.id))


def _surveys(given: Iterable[Survey]) -> tuple[Survey, ...]:
    return tuple(sorted(given, key=lambda s: (s.day, s.unit, s.channel, s.asked, s.answered, s.satisfied)))


def _stated_ranks(given: Iterable[StatedRank]) -> tuple[StatedRank, ...]:
    return tuple(sorted(given, key=lambda r: (r.day, r.unit, r.channel, r.rank, r.of)))


def _outputs(given: Iterable[Output]) -> tuple[Output, ...]:
    return tuple(sorted(given, key=lambda o: (o.day, o.unit, o.what, o.measure, o.amount)))


def _bodies(given: Iterable[Body]) -> tuple[Body, ...]:
    return tuple(sorted(given, key=lambda b: (b.code, b.name)))


def _assignments(given: Iterable[Assignment]) -> tuple[Assignment, ...]:
    return tuple(sorted(given, key=lambda a: (a.place, a.role, a.who, *_day_or_none(a.since), *_day_or_none(a.until))))


def _rulings(given: Iterable[Ruling]) -> tuple[Ruling, ...]:
    return tuple(
        sorted(given, key=lambda r: (r.concerns, r.unit, repr(r.condition), r.scheme, r.issue, r.holds, r.by, r.why))
    )


def _tasks(given: Iterable[Task]) -> tuple[Task, ...]:
    return tuple(sorted(given, key=lambda t: (t.day, t.unit, t.name)))  # one report of a task a day


def _acceptances(given: Iterable[UnitAcceptance]) -> tuple[UnitAcceptance, ...]:
    return tuple(sorted(given, key=lambda a: (a.day, a.unit, a.by, a.passed, a.note)))


@frozen(repr=False)
class Facts:
    """All facts of a season, each collection in an order of its own: input order never matters.

    What lies at a unit, or was found or measured there, names it by a code of the grid. Whoever owes an issue or a
    return need not be in it: see `Issue` and `Duty`. `synthetic` is one paragraph on what is made up about these facts,
    such as "村名和人名均为虚构"; it is empty for real records. It decides nothing, and every output says it.

    Raises:
        InputError: facts about units that the grid does not have, or not on that day, ids given twice, and tasks
            reported twice for a day; all at once.
    """

    grid: Grid
    inspections: tuple[Inspection, ...] = field(default=(), converter=_inspections)
    issues: tuple[Issue, ...] = field(default=(), converter=_issues)
    surveys: tuple[Survey, ...] = field(default=(), converter=_surveys)
    stated_ranks: tuple[StatedRank, ...] = field(default=(), converter=_stated_ranks)
    outputs: tuple[Output, ...] = field(default=(), converter=_outputs)
    bodies: tuple[Body, ...] = field(default=(), converter=_bodies)
    assignments: tuple[Assignment, ...] = field(default=(), converter=_assignments)
    duties: tuple[Duty, ...] = field(default=(), converter=in_order)
    rulings: tuple[Ruling, ...] = field(default=(), converter=_rulings)
    tasks: tuple[Task, ...] = field(default=(), converter=_tasks)
    acceptances: tuple[UnitAcceptance, ...] = field(default=(), converter=_acceptances)
    synthetic: str = field(default="", validator=is_line)

    def __attrs_post_init__(self) -> None:
        if faults := [*self._unknown_names(), *self._ids_given_twice(), *self._tasks_reported_twice()]:
            raise InputError(faults)

    def __repr__(self) -> str:
        counts = {name: len(getattr(self, name)) for name in ("inspections", "issues", "surveys", "stated_ranks")}
        shown = [f"{len(self.grid.units)} units", *(f"{n} {name}" for name, n in counts.items() if n)]
        made_up = f"; synthetic data: {self.synthetic}" if self.synthetic else ""
        return f"<Facts: {', '.join(shown)}{made_up}>"

    def during(self, round: Round) -> Evidence:
        """The part of the facts that one round judges."""
        return Evidence(self, round)

    def days(self) -> frozenset[date]:
        """The days on which something happened that can be scored: an issue that is overdue now is such a thing.

        What falls due after the last day that is on record is still to come.
        """
        owed = {duty.due.date() for duty in self.duties}
        late = {day for issue in self.issues for day in issue.overdue_since()}
        last = self.last_day or date.max
        return frozenset((*self._happened, *(day for day in owed | late if day <= last)))

    @cached_property
    def last_day(self) -> date | None:
        """The last day that is on record: on which something happened, or a return came; None without any."""
        came = {duty.submission.at.date() for duty in self.duties if duty.submission is not None}
        return max(self._happened | came, default=None)

    @cached_property
    def _happened(self) -> frozenset[date]:
        dated = (
            self.inspections,
            self.surveys,
            self.stated_ranks,
            self.outputs,
            self.tasks,
            self.acceptances,
            (event for issue in self.issues for event in issue.events),
        )
        return frozenset(fact.day for facts in dated for fact in facts)

    def _unknown_names(self) -> Iterator[Fault]:
        named: tuple[tuple[str, Iterable[str]], ...] = (
            ("inspections", (i.unit for i in self.inspections)),
            ("issues", (i.place for i in self.issues)),
            ("surveys", (s.unit for s in self.surveys)),
            ("stated_ranks", (r.unit for r in self.stated_ranks)),
            ("outputs", (o.unit for o in self.outputs)),
            ("assignments", (a.place for a in self.assignments)),
            ("rulings", (r.unit for r in self.rulings)),
            ("tasks", (t.unit for t in self.tasks)),
            ("acceptances", (a.unit for a in self.acceptances)),
        )
        ids = {"", *(issue.id for issue in self.issues)}
        for id_ in sorted({ruling.issue for ruling in self.rulings} - ids):
            yield Fault("there is no such issue", "add it, or correct its id", "rulings", value=id_)
        yield from self._out_of_time()
        for facts, codes in named:
            for code in sorted({code for code in codes if code not in self.grid}):
                yield Fault("the grid has no such unit", "add it to the grid, or correct the code", facts, value=code)

    def _out_of_time(self) -> Iterator[Fault]:
        """Facts of days on which the unit was not yet, or no longer: no round would ever read them."""
        for facts, dated in (
            ("inspections", self.inspections),
            ("surveys", self.surveys),
            ("stated_ranks", self.stated_ranks),
            ("outputs", self.outputs),
            ("tasks", self.tasks),
            ("acceptances", self.acceptances),
        ):
            for fact in dated:
                if fact.unit in self.grid and not self.grid[fact.unit].exists_on(fact.day):
                    problem = f"the unit does not exist on {fact.day}"
                    yield Fault(problem, "correct the day, or since and until in the grid", facts, value=fact.unit)

    def _ids_given_twice(self) -> Iterator[Fault]:
        for facts, ids in (
            ("inspections", [i.id for i in self.inspections if i.id]),
            ("issues", [i.id for i in self.issues]),
            ("bodies", [b.code for b in self.bodies]),
        ):
            for id_ in sorted(id_ for id_, n in Counter(ids).items() if n > 1):
                yield Fault("this id is given more than once", "give each its own id", facts, value=id_)

    def _tasks_reported_twice(self) -> Iterator[Fault]:
        reports = Counter((task.day, task.unit, task.name) for task in self.tasks)
        for day, unit, name in (report for report, n in reports.items() if n > 1):
            problem = f"the task of {unit} is reported more than once for {day}"
            yield Fault(problem, "keep the report that holds", "tasks", value=name)


@frozen(repr=False)
class Evidence:
    """The facts of one round, on the grid of its first day: all that a scoring rule may look at."""

    facts: Facts
    round: Round

    @cached_property
    def grid(self) -> Grid:
        return self.facts.grid.on(self.round.start)

    @property
    def last_day(self) -> date:
        """The last day of the round: at the end of it, issues and tasks are looked at."""
        return self.round.last_day

    def inspections(self, unit: str, channel: str | None = None) -> tuple[Inspection, ...]:
        """The unit's inspections in the round, oldest first; of every channel where none is named."""
        seen = self._inspections.get(unit, ())
        return seen if channel is None else tuple(i for i in seen if i.channel == channel)

    def listed(self, channel: str | None = None) -> Mapping[str, tuple[Inspection, ...]]:
        """The round's inspections that list what was found, if anything was, by unit; else as `inspections`."""
        return self._visits(channel, stated=False)

    def stated(self, channel: str | None = None) -> Mapping[str, tuple[Inspection, ...]]:
        """The round's inspections that state a score, by unit; else as `inspections`."""
        return self._visits(channel, stated=True)

    def surveys(self, unit: str, channel: str | None = None) -> tuple[Survey, ...]:
        """The unit's surveys in the round, oldest first; of every channel where none is named."""
        asked = self._surveys.get(unit, ())
        return asked if channel is None else tuple(s for s in asked if s.channel == channel)

    def stated_ranks(self, unit: str, channel: str | None = None) -> tuple[StatedRank, ...]:
        """The unit's ranks received in the round, oldest first; of every channel where none is named."""
        received = self._stated_ranks.get(unit, ())
        return received if channel is None else tuple(r for r in received if r.channel == channel)

    def outputs(self, unit: str, what: str | None = None) -> tuple[Output, ...]:
        """The unit's work done in the round, oldest first; of every sort where none is named."""
        done = self._outputs.get(unit, ())
        return done if what is None else tuple(o for o in done if o.what == what)

    def acceptances(self, unit: str) -> tuple[UnitAcceptance, ...]:
        """The acceptances of the whole unit in the round, oldest first."""
        return self._acceptances.get(unit, ())

    def tasks(self, unit: str) -> tuple[Task, ...]:
        """The unit's tasks, each in its newest report up to the round's last day, however old; oldest first."""
        return self._tasks.get(unit, ())

    def duties(self, who: str) -> tuple[Duty, ...]:
        """What a unit or body owes by a cut-off in the round, earliest first; its day is that of its time zone."""
        return self._duties.get(who, ())

    def issues_at(self, unit: str) -> tuple[Issue, ...]:
        """The issues that lie at the unit or below it, found by the end of the round's last day, in id order.

        Each is as it stood at that end. Those of places that are not on the round's grid are at no unit.
        """
        return self._issues_at.get(unit, ())

    def issues_owed_by(self, who: str) -> tuple[Issue, ...]:
        """The issues that a unit or body owes at that end, wherever they lie (`Issue.owed_by`); as `issues_at` gives them.

        Nobody owes for a unit above or below, and supporting units owe nothing.
        """
        return self._issues_owed.get(who, ())

    def during(self, round: Round) -> Evidence:
        """The same facts in another round: how a coarser rule looks at finer rounds."""
        return Evidence(self.facts, round)

    @cached_property
    def rulings(self) -> tuple[Ruling, ...]:
        return tuple(r for r in self.facts.rulings if r.concerns in self.round)

    @cached_property
    def _inspections(self) -> Mapping[str, tuple[Inspection, ...]]:
        return self._by_unit(self.facts.inspections)

    def _visits(self, channel: str | None, *, stated: bool) -> Mapping[str, tuple[Inspection, ...]]:
        return self._every_visit[stated] if channel is None else self._by_channel.get((channel, stated), {})

    @cached_property
    def _every_visit(self) -> Mapping[bool, Mapping[str, tuple[Inspection, ...]]]:
        seen: dict[bool, dict[str, list[Inspection]]] = {False: defaultdict(list), True: defaultdict(list)}
        for i in self._of_the_round(self.facts.inspections):
            seen[i.stated is not None][i.unit].append(i)
        return {stated: _frozen(by_unit) for stated, by_unit in seen.items()}

    @cached_property
    def _by_channel(self) -> Mapping[tuple[str, bool], Mapping[str, tuple[Inspection, ...]]]:
        seen: dict[tuple[str, bool], dict[str, list[Inspection]]] = defaultdict(lambda: defaultdict(list))
        for i in self._of_the_round(self.facts.inspections):
            seen[i.channel, i.stated is not None][i.unit].append(i)
        return {kind: _frozen(by_unit) for kind, by_unit in seen.items()}

    @cached_property
    def _surveys(self) -> Mapping[str, tuple[Survey, ...]]:
        return self._by_unit(self.facts.surveys)

    @cached_property
    def _stated_ranks(self) -> Mapping[str, tuple[StatedRank, ...]]:
        return self._by_unit(self.facts.stated_ranks)

    @cached_property
    def _outputs(self) -> Mapping[str, tuple[Output, ...]]:
        return self._by_unit(self.facts.outputs)

    @cached_property
    def _acceptances(self) -> Mapping[str, tuple[UnitAcceptance, ...]]:
        return self._by_unit(self.facts.acceptances)

    @cached_property
    def _tasks(self) -> Mapping[str, tuple[Task, ...]]:
        reports = self.facts.tasks
        reported = reports[: bisect_left(reports, self.round.end, key=lambda task: task.day)]
        newest = {(task.unit, task.name): task for task in reported}
        of: dict[str, list[Task]] = defaultdict(list)
        for task in _tasks(newest.values()):
            of[task.unit].append(task)
        return _frozen(of)

    @cached_property
    def _duties(self) -> Mapping[str, tuple[Duty, ...]]:
        owed: dict[str, list[Duty]] = defaultdict(list)
        for duty in self.facts.duties:
            if duty.due.date() in self.round:
                owed[duty.owed_by].append(duty)
        return _frozen(owed)

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Every issue found by the end of the round, wherever it lies, as it stood at that end; in id order."""
        day = self.last_day
        return tuple(then for issue in self.facts.issues if (then := issue.as_of(day)) is not None)

    @cached_property
    def _issues_at(self) -> Mapping[str, tuple[Issue, ...]]:
        grid = self.grid
        places = {issue.place for issue in self.issues}
        ways_up = {place: (place, *grid.ancestors(place)) for place in places if place in grid}
        at: dict[str, list[Issue]] = defaultdict(list)
        for issue in self.issues:
            for unit in ways_up.get(issue.place, ()):
                at[unit].append(issue)
        return _frozen(at)

    @cached_property
    def _issues_owed(self) -> Mapping[str, tuple[Issue, ...]]:
        owed: dict[str, list[Issue]] = defaultdict(list)
        for issue in self.issues:
            for who in dict.fromkeys(issue.owed_by):
                owed[who].append(issue)
        return _frozen(owed)

    def _by_unit(self, facts: Sequence[_D]) -> Mapping[str, tuple[_D, ...]]:
        of: dict[str, list[_D]] = defaultdict(list)
        for fact in self._of_the_round(facts):
            of[fact.unit].append(fact)
        return _frozen(of)

    def _of_the_round(self, facts: Sequence[_D]) -> Sequence[_D]:
        """Facts are kept by day."""
        first = bisect_left(facts, self.round.start, key=lambda fact: fact.day)
        return facts[first : bisect_left(facts, self.round.end, key=lambda fact: fact.day)]


_F = TypeVar("_F")


def _frozen(lists: Mapping[str, list[_F]]) -> Mapping[str, tuple[_F, ...]]:
    return {code: tuple(facts) for code, facts in lists.items()}
