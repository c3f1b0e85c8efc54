"""Assess: from facts and a scheme to rankings, placements and proposed measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from difflib import get_close_matches

from attrs import evolve, frozen

from envgov.errors import UnknownUnitError
from envgov.facts.evidence import Evidence, Facts
from envgov.facts.grid import Unit
from envgov.facts.round import Round
from envgov.reason import Absent, Reason
from envgov.results.assessment import Assessment, Season
from envgov.results.history import NO_HISTORY, Absence, Head, History, Place, Record
from envgov.results.measure import Measure
from envgov.results.placement import Placement
from envgov.results.ranking import Ranking
from envgov.scheme import Scheme


def assess(scheme: Scheme, round: Round, facts: Facts, history: History = NO_HISTORY) -> Assessment:
    """Decide one round: a pure function of its arguments.

    `history` holds the records of earlier rounds, which counters look back on; those that do not end before
    this round begins are not read. The lists of boards and ladders must fit the field on the grid and, if
    anybody was assessed, those who were.

    Raises:
        SchemeError: the scheme cannot be decided on this field.
    """
    evidence = facts.during(round)
    groups = scheme.field_on(evidence.grid)
    scheme.refuse_small_groups(Counter(groups.values()), "units")
    record = _rank(scheme, evidence, groups)
    if record.standings:
        scheme.refuse_small_groups(Counter(s.group for s in record.standings), "assessed units")
    earlier = history.before(round)
    for board in scheme.boards:  # a board may ask for the tiers of the boards before it
        placements: tuple[Placement, ...] = record.placements
        placements += tuple(board.place(Place(s.unit, record, earlier)) for s in record.standings)
        record = evolve(record, placements=placements)
    measures = tuple(
        Measure(
            scheme=scheme.id,
            edition=scheme.edition,
            rung=call.rung.measure,
            subject=s.unit,
            round=round,
            to=call.rung.to,
            by=call.rung.by,
            pending=call.reason.value is None,
            reason=call.reason,
        )
        for ladder in scheme.ladders
        for s in record.standings
        for call in ladder.climb(Place(s.unit, record, earlier))
    )
    units = tuple(evidence.grid[code] for code in groups)
    ask = _Explanation(scheme, evidence, units, record, earlier, measures)
    return Assessment(scheme.id, scheme.title, scheme.edition, units, record, measures, ask=ask)


def assess_season(
    scheme: Scheme, facts: Facts, rounds: Iterable[Round] | None = None, history: History = NO_HISTORY
) -> Season:
    """Decide every round of the scheme's cadence in which something happened, oldest first.

    `rounds` names others. A round of a ranking scheme in which no unit of the field was assessed was not held: it
    is left out, and leaves no record. `history` holds records from before the facts.
    """
    if rounds is None:
        rounds = rounds_of(scheme, facts)
    assessments, earlier = [], history
    for round in rounds:
        assessment = assess(scheme, round, facts, history)
        if assessment.record.standings or scheme.scoring is None:
            assessments.append(assessment)
            history = history.add(assessment.record)
    return Season(tuple(assessments), earlier)


def rounds_of(scheme: Scheme, facts: Facts) -> tuple[Round, ...]:
    """The rounds of the scheme's cadence in which something happened that can be scored, oldest first."""
    rounds = {scheme.cadence.round_of(day) for day in facts.days()}
    return tuple(sorted(rounds, key=lambda round: round.start))


def _rank(scheme: Scheme, evidence: Evidence, groups: dict[str, str]) -> Record:
    units = tuple(groups)
    rankings: list[Ranking] = []
    absences: tuple[Absence, ...] = ()
    for figure in scheme.ranked:
        scores = figure.rule.scores(units, evidence)
        if not rankings:
            absences = tuple(
                Absence(unit, evidence.round, groups[unit], why)
                for unit in units
                if isinstance(why := scores[unit].value, Absent)
            )
        rankings.append(figure.ranking.rank(figure.name, figure.rule, scores, groups, evidence))
    last_day = evidence.round.end - timedelta(days=1)
    heads = tuple(
        Head(a.place, a.who)
        for a in evidence.facts.assignments
        if a.role == scheme.head and a.place in groups and a.holds_on(last_day)
    )
    return Record(evidence.round, scheme.edition, tuple(rankings), absences, (), evidence.rulings, heads)


@frozen
class _Explanation:
    """Asks the rules of one decision again, for one unit."""

    scheme: Scheme
    evidence: Evidence
    units: tuple[Unit, ...]
    record: Record
    earlier: tuple[Record, ...]
    measures: tuple[Measure, ...]

    def __call__(self, name: str) -> Reason:
        unit = self._find(name)
        codes = tuple(unit.code for unit in self.units)
        place = Place(unit.code, self.record, self.earlier)
        because: list[object] = [unit]
        because += [figure.rule.scores(codes, self.evidence)[unit.code] for figure in self.scheme.ranked]
        standing = place.standing() if self.scheme.ranked else None
        if standing is not None:
            because += [board.ask(place) for board in self.scheme.boards]
            because += [
                Reason(call.rung, call.reason.value, (call.reason,))
                for ladder in self.scheme.ladders
                for call in ladder.climb(place)
            ]
        return Reason(self.scheme, standing or self.record.absence(unit.code), tuple(because))

    def _find(self, name: str) -> Unit:
        found = [u for u in self.units if u.code == name] or [u for u in self.units if u.name == name]
        if len(found) == 1:
            return found[0]
        if found:
            codes = ", ".join(unit.code for unit in found)
            raise UnknownUnitError(f"{name!r} is the name of {len(found)} units: say which code, {codes}")
        near = get_close_matches(name, {key for u in self.units for key in (u.name, u.code)}, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UnknownUnitError(f"the field of {self.scheme.id} has no unit {name!r}{hint}")
