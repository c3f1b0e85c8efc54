"""Everything that happened (`Facts`), and the part of it that one round judges (`Evidence`)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from attrs import field, frozen

from envgov.errors import Fault, InputError
from envgov.exact import ZERO
from envgov.facts.duty import Duty
from envgov.facts.grid import Assignment, Body, Grid
from envgov.facts.inspection import Inspection
from envgov.facts.issue import Issue
from envgov.facts.output import Output
from envgov.facts.round import Round
from envgov.facts.ruling import Ruling
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey


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


def _duties(given: Iterable[Duty]) -> tuple[Duty, ...]:
    return tuple(
        sorted(
            given,
            key=lambda d: (d.due, d.what, d.owed_by, d.submission is None, d.submission.at if d.submission else d.due),
        )
    )


def _rulings(given: Iterable[Ruling]) -> tuple[Ruling, ...]:
    return tuple(sorted(given, key=lambda r: (r.concerns, r.unit, repr(r.condition), r.scheme, r.holds, r.by, r.why)))


@frozen(repr=False)
class Facts:
    """All facts of a season, each collection in an order of its own: input order never matters.

    Raises:
        InputError: facts about units that the grid does not have, and ids given twice; all at once.
    """

    grid: Grid
    inspections: tuple[Inspection, ...] = field(default=(), converter=_inspections)
    issues: tuple[Issue, ...] = field(default=(), converter=_issues)
    surveys: tuple[Survey, ...] = field(default=(), converter=_surveys)
    stated_ranks: tuple[StatedRank, ...] = field(default=(), converter=_stated_ranks)
    outputs: tuple[Output, ...] = field(default=(), converter=_outputs)
    bodies: tuple[Body, ...] = field(default=(), converter=_bodies)
    assignments: tuple[Assignment, ...] = field(default=(), converter=_assignments)
    duties: tuple[Duty, ...] = field(default=(), converter=_duties)
    rulings: tuple[Ruling, ...] = field(default=(), converter=_rulings)

    def __attrs_post_init__(self) -> None:
        if faults := [*self._unknown_units(), *self._ids_given_twice()]:
            raise InputError(faults)

    def __repr__(self) -> str:
        counts = {name: len(getattr(self, name)) for name in ("inspections", "issues", "surveys", "stated_ranks")}
        shown = [f"{len(self.grid.units)} units", *(f"{n} {name}" for name, n in counts.items() if n)]
        return f"<Facts: {', '.join(shown)}>"

    def during(self, round: Round) -> Evidence:
        """The part of the facts that one round judges."""
        return Evidence(self, round)

    def days(self) -> frozenset[date]:
        """The days on which something happened that can be scored."""
        scored: tuple[Inspection | Survey | StatedRank, ...] = (*self.inspections, *self.surveys, *self.stated_ranks)
        return frozenset(fact.day for fact in scored)

    def _unknown_units(self) -> Iterator[Fault]:
        named: tuple[tuple[str, Iterable[str]], ...] = (
            ("inspections", (i.unit for i in self.inspections)),
            ("issues", (i.place for i in self.issues)),
            ("surveys", (s.unit for s in self.surveys)),
            ("stated_ranks", (r.unit for r in self.stated_ranks)),
            ("outputs", (o.unit for o in self.outputs)),
            ("assignments", (a.place for a in self.assignments)),
            ("rulings", (r.unit for r in self.rulings)),
        )
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


@frozen(repr=False)
class Evidence:
    """The facts of one round, on the grid of its first day: all that a scoring rule may look at."""

    facts: Facts
    round: Round

    @cached_property
    def grid(self) -> Grid:
        return self.facts.grid.on(self.round.start)

    def inspections(self, unit: str, channel: str | None = None) -> tuple[Inspection, ...]:
        """The unit's inspections in the round, oldest first; of every channel where none is named."""
        seen = self._inspections.get(unit, ())
        return seen if channel is None else tuple(i for i in seen if i.channel == channel)

    def during(self, round: Round) -> Evidence:
        """The same facts in another round: how a coarser rule looks at finer rounds."""
        return Evidence(self.facts, round)

    @cached_property
    def rulings(self) -> tuple[Ruling, ...]:
        return tuple(r for r in self.facts.rulings if r.concerns in self.round)

    @cached_property
    def _inspections(self) -> Mapping[str, tuple[Inspection, ...]]:
        visits = self.facts.inspections
        first = bisect_left(visits, self.round.start, key=lambda i: i.day)
        last = bisect_left(visits, self.round.end, key=lambda i: i.day)
        seen: dict[str, list[Inspection]] = defaultdict(list)
        for inspection in visits[first:last]:
            seen[inspection.unit].append(inspection)
        return {unit: tuple(inspections) for unit, inspections in seen.items()}
