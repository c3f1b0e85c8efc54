"""What rounds leave behind: `Record`, `History`, and the `Place` from which conditions look back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol

from attrs import field, frozen

from envgov.errors import Fault, InputError
from envgov.facts.issue import Issue
from envgov.facts.round import Round
from envgov.facts.ruling import Ruling
from envgov.facts.slip import Slip
from envgov.reason import Absent, Reason
from envgov.results.placement import Placement, Tiers
from envgov.results.ranking import SCORE, Ranking, Standing


class Absence(NamedTuple):
    """A unit of the field without a score, and why: it has no rank and is listed apart."""

    unit: str
    round: Round
    group: str
    why: Absent


class Head(NamedTuple):
    """Who held the scheme's head role at a unit on the round's last day."""

    unit: str
    who: str


class Designation(NamedTuple):
    """A class (类别) that the unit was in on the round's first day, whether a condition asks for it or not."""

    unit: str
    name: str


_NOBODY: Mapping[str, Standing] = {}


@frozen
class Record:
    """What stays of a round of one scheme: enough to answer any condition later, with neither facts nor reasons.

    Raises:
        InputError: two rulings of the round contradict each other.
    """

    scheme: str
    round: Round
    edition: str
    rankings: tuple[Ranking, ...]
    absences: tuple[Absence, ...] = ()
    placements: tuple[Placement, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    heads: tuple[Head, ...] = ()
    designations: tuple[Designation, ...] = ()
    boards: tuple[Tiers, ...] = ()
    slips: tuple[Slip, ...] = ()
    """Those issued to units of the field by the end of the round, in it or before, oldest first."""

    def __attrs_post_init__(self) -> None:
        for ruling in self.rulings:
            if self._ruled[ruling.unit, ruling.condition, ruling.issue].holds is not ruling.holds:
                fault = Fault(
                    f"rulings in {self.round.label} on {ruling.condition!r} say both yes and no",
                    "keep the one that stands",
                    "rulings",
                    value=ruling.unit,
                )
                raise InputError([fault])

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Every ranked unit, group by group, best first; empty where the scheme does not rank."""
        return self.rankings[0].standings if self.rankings else ()

    def ranking(self, figure: str = SCORE) -> Ranking:
        """The ranking by a figure; without standings where the round had no such figure."""
        return self._by_figure.get(figure, Ranking(figure, 0, ()))

    def standing(self, unit: str, figure: str = SCORE) -> Standing | None:
        """None: the unit was not assessed, or the round had no such figure."""
        return self._standings.get(figure, _NOBODY).get(unit)

    def slips_to(self, unit: str) -> tuple[Slip, ...]:
        return tuple(slip for slip in self.slips if slip.unit == unit)

    def absence(self, unit: str) -> Absence | None:
        return self._absences.get(unit)

    def tier(self, board: str, unit: str) -> Placement | None:
        return self._placed.get((board, unit))

    def tiers_of(self, board: str) -> tuple[str, ...]:
        """The names of the tiers that the board had; none where there was no such board."""
        return next((tiers.names for tiers in self.boards if tiers.board == board), ())

    def ruling(self, unit: str, condition: object, issue: str = "") -> Ruling | None:
        """What was ruled about an issue goes before what was ruled about the unit."""
        of_unit = self._ruled.get((unit, condition, ""))
        return self._ruled.get((unit, condition, issue), of_unit) if issue else of_unit

    def is_designated(self, unit: str, name: str) -> bool:
        return (unit, name) in self._designated

    def placements_of(self, unit: str) -> tuple[Placement, ...]:
        return self._placements.get(unit, ())

    def heads_of(self, unit: str) -> frozenset[str]:
        return self._heads.get(unit, frozenset())

    @cached_property
    def _by_figure(self) -> Mapping[str, Ranking]:
        return {ranking.figure: ranking for ranking in self.rankings}

    @cached_property
    def _standings(self) -> Mapping[str, Mapping[str, Standing]]:
        return {ranking.figure: ranking.by_unit for ranking in self.rankings}

    @cached_property
    def _absences(self) -> Mapping[str, Absence]:
        return {absence.unit: absence for absence in self.absences}

    @cached_property
    def _placed(self) -> Mapping[tuple[str, str], Placement]:
        return {(p.board, p.unit): p for p in self.placements}

    @cached_property
    def _placements(self) -> Mapping[str, tuple[Placement, ...]]:
        found: dict[str, list[Placement]] = defaultdict(list)
        for placement in self.placements:
            found[placement.unit].append(placement)
        return {unit: tuple(placements) for unit, placements in found.items()}

    @cached_property
    def _designated(self) -> frozenset[Designation]:
        return frozenset(self.designations)

    @cached_property
    def _ruled(self) -> Mapping[tuple[str, object, str], Ruling]:
        return {(r.unit, r.condition, r.issue): r for r in self.rulings}

    @cached_property
    def _heads(self) -> Mapping[str, frozenset[str]]:
        who: dict[str, set[str]] = defaultdict(set)
        for head in self.heads:
            who[head.unit].add(head.who)
        return {unit: frozenset(persons) for unit, persons in who.items()}


def _oldest_first(records: Iterable[Record]) -> tuple[Record, ...]:
    ordered = tuple(sorted(records, key=lambda record: record.round.start))
    for earlier, later in pairwise(ordered):
        if later.round.start < earlier.round.end:
            raise ValueError(f"two records of the same days: {earlier.round.label} and {later.round.label}")
    return ordered


@frozen
class History:
    """The records of the rounds of one scheme that were held, oldest first; rounds do not overlap."""

    records: tuple[Record, ...] = field(default=(), converter=_oldest_first)

    def before(self, round: Round) -> tuple[Record, ...]:
        """The records of the rounds that ended when this one began, or earlier."""
        return tuple(record for record in self.records if record.round.end <= round.start)

    def add(self, record: Record) -> History:
        return History((*self.records, record))


NO_HISTORY = History()


class Gap(NamedTuple):
    """What ends or interrupts a count at an earlier round, or leaves it open.

    "unheld": rounds are missing after it; "absent": the unit was not assessed in it; "edition": another edition
    judged it; "head": somebody else headed the unit; "head unknown": who did then, or does now, is not on record;
    "tier": the board had no tier of the name asked for, and the unit stood in one that the board has no more.
    """

    round: Round
    why: Literal["unheld", "absent", "edition", "head", "head unknown", "tier"]


class Shortened(NamedTuple):
    """A list that had no room in a group of `size`: it took `seats` units there, as its board declares."""

    seats: int
    size: int


class Fit(Protocol):
    """How a board fits its lists into a group that has no room for them."""

    def seats(self, condition: object, size: int) -> int: ...


class Place(NamedTuple):
    """One unit in one round, with the way back: all that a condition may look at.

    `issue` is the issue that a ladder asks about, as it stood when the round ended; None where the unit itself is
    the subject. `fit` is that of the board that asks, if it fits its lists into small groups. `asked_in` is the record
    of the round from which this one is looked back on; None in that round itself.
    """

    unit: str
    record: Record
    earlier: tuple[Record, ...]
    issue: Issue | None = None
    fit: Fit | None = None
    asked_in: Record | None = None

    def standing(self, figure: str = SCORE) -> Standing | None:
        """None: the unit was not assessed in this round, or has no such figure."""
        return self.record.standing(self.unit, figure)

    def ruling(self, condition: object) -> Ruling | None:
        """What was ruled on it in this round."""
        return self.record.ruling(self.unit, condition, "" if self.issue is None else self.issue.id)

    def settle(self, condition: object, held: bool | None, *because: object) -> Reason:
        """The answer; where the rules leave it open (None), that of a ruling, if there is one."""
        if held is None and (ruling := self.ruling(condition)):
            return Reason(condition, ruling.holds, (*because, ruling))
        return Reason(condition, held, because)

    def back(self) -> Iterator[Place]:
        """The unit's earlier places, newest first: only of rounds that were held."""
        for i in range(len(self.earlier) - 1, -1, -1):
            yield Place(
                self.unit, self.earlier[i], self.earlier[:i], fit=self.fit, asked_in=self.asked_in or self.record
            )
