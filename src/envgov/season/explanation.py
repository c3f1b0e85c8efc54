"""Why: asks the rules of one decision again, for one unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from attrs import frozen

from envgov.errors import UnknownUnitError
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.evidence import Evidence
from envgov.facts.grid import Body, Unit
from envgov.facts.inspection import Inspection
from envgov.facts.issue import Event, Issue
from envgov.facts.ruling import Ruling
from envgov.facts.slip import Slip
from envgov.facts.synthetic import Synthetic
from envgov.policy.ladders import Ladder
from envgov.policy.scoring.rule import scores_of
from envgov.reason import Reason
from envgov.results.assessment import issues_in
from envgov.results.history import Place, Record
from envgov.results.ranking import Standing
from envgov.scheme import Scheme
from envgov.season.columns import columns_of, excused_of, issues_within

_K = TypeVar("_K")


@frozen(slots=False)
class _Group:
    """The standings of one group, best first, found by what they share."""

    standings: tuple[Standing, ...]

    @cached_property
    def _by_ahead(self) -> Mapping[int, list[int]]:
        return _found_by([s.ahead for s in self.standings])

    @cached_property
    def _by_score(self) -> Mapping[Decimal | Fraction, list[int]]:
        return _found_by([s.score for s in self.standings])

    @cached_property
    def _aheads(self) -> list[int]:
        return sorted(self._by_ahead)

    def level_with(self, own: Standing) -> list[Standing]:
        return self._at({*self._by_ahead[own.ahead], *self._by_score[own.score]})

    def near(self, own: Standing) -> list[Standing]:
        """The nearest that are better, those that are level, the nearest that are worse."""
        at = self._aheads.index(own.ahead)
        nearest = self._aheads[max(at - 1, 0) : at + 2]
        return self._at({*self._by_score[own.score], *(i for ahead in nearest for i in self._by_ahead[ahead])})

    def _at(self, places: set[int]) -> list[Standing]:
        return [self.standings[i] for i in sorted(places)]


def _found_by(keys: Sequence[_K]) -> Mapping[_K, list[int]]:
    found: dict[_K, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        found[key].append(i)
    return found


@frozen
class Explanation:
    """Asks the rules of one decision again, for one unit."""

    scheme: Scheme
    evidence: Evidence
    units: tuple[Unit, ...]
    record: Record
    earlier: tuple[Record, ...]

    @cached_property
    def _columns(self) -> tuple[Mapping[str, Reason], ...]:
        return columns_of(self.scheme, [unit.code for unit in self.units], self.evidence, self.record)

    @cached_property
    def _by_code(self) -> Mapping[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _groups(self) -> Mapping[str, _Group]:
        listed: dict[str, list[Standing]] = defaultdict(list)
        for standing in self.record.standings:
            listed[standing.group].append(standing)
        return {name: _Group(tuple(standings)) for name, standings in listed.items()}

    @cached_property
    def _breaking(self) -> tuple[Mapping[str, Reason], ...]:
        """What each tie-breaker says of those that were ranked."""
        assert self.scheme.ranking is not None, "it was ranked"
        ranked = [s.unit for s in self.record.standings]
        return tuple(scores_of(breaker, ranked, self.evidence) for breaker in self.scheme.ranking.breakers)

    def __call__(self, name: str) -> Reason:
        unit = self._find(name)
        place = Place(unit.code, self.record, self.earlier)
        because: list[object] = [unit]
        because += [column[unit.code] for column in self._columns]
        if not self.scheme.ranked:
            because += excused_of(self.scheme, [unit.code], self.record).values()
        standing = place.standing() if self.scheme.ranked else None
        if standing is not None:
            because += [self._neighbours(standing)]
        absence = self.record.absence(unit.code)
        if absence is None:
            because += [board.ask(place) for board in self.scheme.boards]
            for ladder in self.scheme.ladders:
                if ladder.subject == "unit":
                    because += self._calls(ladder, place)
        for ladder in self.scheme.ladders:
            if ladder.subject == "issue":
                for issue in issues_within(self.evidence, unit.code, self._by_code):
                    because += self._calls(ladder, place._replace(issue=issue))
        answer = standing or absence
        if answer is None:  # nothing is ranked, and nothing else says in which round
            because.append(self.record.round)
        because += self._places(because, unit.code)
        because += self._bodies(because)
        if self.evidence.facts.synthetic:
            because.append(Synthetic(self.evidence.facts.synthetic))
        return Reason(self.scheme, answer, tuple(because))

    def _places(self, because: list[object], own: str) -> list[Unit]:
        """The other units in which the issues lie that an answer rests on, or that owe them: by these, they are named."""
        grid = self.evidence.facts.grid
        named = {code for issue in issues_in(because) for code in (issue.place, *issue.owed_by)} - {own}
        return [grid[code] for code in sorted(named) if code in grid]

    def _bodies(self, because: list[object]) -> list[Body]:
        """The bodies that did something on which an answer rests, were called, or owe an issue: by these, they are named."""
        bodies = self.evidence.facts.bodies
        acting = set(_acting_in(because)) if bodies else set()
        return [body for body in bodies if body.code in acting]

    def _calls(self, ladder: Ladder, place: Place) -> Iterator[Reason]:
        """Every rung with the answer of its condition; of an issue those that are called for only."""
        proposed = [call.rung for call in ladder.climb(place)]
        for call in ladder.ask(place):
            if place.issue is None:
                yield Reason(call.rung, call.reason.value if call.rung in proposed else False, (call.reason,))
            elif call.rung in proposed:
                yield Reason(call.rung, call.reason.value, (place.issue, call.reason))

    def _neighbours(self, own: Standing) -> Reason:
        """Who stands next to a unit: the nearest that are better, those that are level, the nearest that are worse.

        Those with the same decided number are level, even where ranks are ordinal and the breakers part them.
        """
        ranking = self.scheme.ranking
        assert ranking is not None, "it was ranked"
        group = self._groups[own.group]
        level = group.level_with(own)
        because: list[object] = [
            ground for s in group.near(own) if s.unit != own.unit for ground in (self.evidence.grid[s.unit], s)
        ]
        if len(level) > 1:
            for column in self._breaking:
                for s in level:
                    unit, reason = self.evidence.grid[s.unit], column[s.unit]
                    because.append(reason._replace(because=(unit, *reason.because)))
        return Reason(ranking, own, tuple(because))

    def _find(self, name: str) -> Unit:
        if name in self._by_code:
            return self._by_code[name]
        found = [u for u in self.units if u.name == name]
        if len(found) == 1:
            return found[0]
        if found:
            codes = ", ".join(unit.code for unit in found)
            raise UnknownUnitError(f"{name!r} is the name of {len(found)} units: say which code, {codes}")
        if issue := next((i for i in self.evidence.facts.issues if i.id == name), None):
            place = self.evidence.facts.grid[issue.place]
            raise UnknownUnitError(f"{name!r} is an issue in {place.name}: explain that unit, {place.code}")
        elsewhere = [u for u in self.evidence.grid.units if name in (u.code, u.name)]
        if elsewhere:
            levels = ", ".join(self.scheme.levels)
            raise UnknownUnitError(f"{name!r} is a {elsewhere[0].level} of the grid; {self.scheme.id} ranks {levels}")
        near = get_close_matches(name, {key for u in self.units for key in (u.name, u.code)}, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UnknownUnitError(f"the field of {self.scheme.id} has no unit {name!r}{hint}")


def _acting_in(grounds: Iterable[object]) -> Iterator[str]:
    """Who inspected, accepted, ruled, took part in the life of an issue, or owes it."""
    for ground in grounds:
        match ground:
            case Reason(because=because):
                yield from _acting_in(because)
            case Issue(events=events, owed_by=owed_by):
                yield from (*_acting_in(events), *owed_by)
            case Inspection(inspector=who) | UnitAcceptance(by=who) | Ruling(by=who) | Slip(by=who):
                yield who
            case Event(by=by, to=to):
                yield from (by, *to)
