"""Assess: from facts and a scheme to rankings, placements and proposed measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property

from attrs import evolve, frozen

from envgov.errors import SchemeError, UnknownUnitError
from envgov.facts.evidence import Evidence, Facts
from envgov.facts.grid import Unit
from envgov.facts.round import Round
from envgov.policy.scoring import ScoringRule
from envgov.reason import Absent, Reason
from envgov.results.assessment import Assessment, Season
from envgov.results.history import NO_HISTORY, Absence, Head, History, Place, Record
from envgov.results.measure import Measure
from envgov.results.placement import Placement
from envgov.results.ranking import Ranking, Standing
from envgov.scheme import Scheme


def assess(scheme: Scheme, round: Round, facts: Facts, history: History = NO_HISTORY) -> Assessment:
    """Decide one round: a pure function of its arguments.

    `history` holds the records of earlier rounds, which counters look back on; those that do not end before
    this round begins are not read. If anybody was assessed, the lists of boards and ladders must fit the field on
    the grid, and those who were assessed.

    Raises:
        SchemeError: the scheme does not apply yet on the round's first day, cannot be decided on this field, or
            one of its rules answered what no rule may answer.
    """
    if round.start < scheme.since:
        raise SchemeError(f"scheme {scheme.id} applies since {scheme.since}, and {round.label} begins on {round.start}")
    evidence = facts.during(round)
    groups = scheme.field_on(evidence.grid)
    record = _rank(scheme, evidence, groups)
    for ranking in record.rankings:
        if ranking.standings:
            scheme.refuse_small_groups(ranking.figure, Counter(groups.values()), "units")
            assessed = Counter(s.group for s in ranking.standings)
            scheme.refuse_small_groups(ranking.figure, assessed, "assessed units")
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
    ask = _Explanation(scheme, evidence, units, record, earlier)
    return Assessment(scheme.id, scheme.title, scheme.edition, units, record, measures, ask=ask)


def assess_season(
    scheme: Scheme, facts: Facts, *, rounds: Iterable[Round] | None = None, history: History = NO_HISTORY
) -> Season:
    """Decide every round of the scheme's cadence in which something happened, oldest first.

    `rounds` names others. A round of a ranking scheme in which no unit of the field was assessed was not held: it
    is left out, and leaves no record. `history` holds records from before these rounds; others in it are not read.
    """
    assessments: list[Assessment] = []
    earlier: History | None = None
    for round in rounds_of(scheme, facts) if rounds is None else rounds:
        if earlier is None:
            earlier = history = History(history.before(round))
        if assessments and round.start < assessments[-1].record.round.end:
            raise ValueError(f"rounds come oldest first: {assessments[-1].record.round.label}, then {round.label}")
        assessment = assess(scheme, round, facts, history)
        if assessment.record.standings or scheme.scoring is None:
            assessments.append(assessment)
            history = history.add(assessment.record)
    return Season(tuple(assessments), history if earlier is None else earlier)


def rounds_of(scheme: Scheme, facts: Facts) -> tuple[Round, ...]:
    """The rounds of the scheme's cadence in which something happened that can be scored, oldest first.

    Rounds that begin before the scheme applies (`since`) are not among them.
    """
    rounds = {scheme.cadence.round_of(day) for day in facts.days()}
    return tuple(sorted((r for r in rounds if r.start >= scheme.since), key=lambda r: r.start))


def _rank(scheme: Scheme, evidence: Evidence, groups: dict[str, str]) -> Record:
    units = tuple(groups)
    rankings: list[Ranking] = []
    absences: tuple[Absence, ...] = ()
    for figure in scheme.ranked:
        scores = _scores(figure.rule, units, evidence)
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
    rulings = tuple(ruling for ruling in evidence.rulings if ruling.scheme in ("", scheme.id))
    return Record(evidence.round, scheme.edition, tuple(rankings), absences, (), rulings, heads)


def _scores(rule: ScoringRule, units: Sequence[str], evidence: Evidence) -> Mapping[str, Reason]:
    """What a rule answers, checked where a locality's own kinds come in."""
    scores = rule.scores(units, evidence)
    for unit in units:
        answer = scores.get(unit)
        if not isinstance(answer, Reason) or not isinstance(answer.value, Fraction | Absent):
            raise SchemeError(f"{rule!r} answered {answer!r} for {unit}: a Reason of a Fraction or an Absent is wanted")
    return scores


@frozen
class _Explanation:
    """Asks the rules of one decision again, for one unit."""

    scheme: Scheme
    evidence: Evidence
    units: tuple[Unit, ...]
    record: Record
    earlier: tuple[Record, ...]

    @cached_property
    def _columns(self) -> tuple[Mapping[str, Reason], ...]:
        codes = tuple(unit.code for unit in self.units)
        return tuple(figure.rule.scores(codes, self.evidence) for figure in self.scheme.ranked)

    def __call__(self, name: str) -> Reason:
        unit = self._find(name)
        place = Place(unit.code, self.record, self.earlier)
        because: list[object] = [unit]
        because += [column[unit.code] for column in self._columns]
        standing = place.standing() if self.scheme.ranked else None
        if standing is not None:
            because += [self._neighbours(standing)]
            because += [board.ask(place) for board in self.scheme.boards]
            for ladder in self.scheme.ladders:
                proposed = [call.rung for call in ladder.climb(place)]
                because += [
                    Reason(call.rung, call.reason.value if call.rung in proposed else False, (call.reason,))
                    for call in ladder.ask(place)
                ]
        return Reason(self.scheme, standing or self.record.absence(unit.code), tuple(because))

    def _neighbours(self, own: Standing) -> Reason:
        """Who stands next to a unit: the nearest that are better, those that are level, the nearest that are worse."""
        ranking = self.scheme.ranking
        assert ranking is not None, "it was ranked"
        group = [s for s in self.record.standings if s.group == own.group]
        better = [s for s in group if s.ahead < own.ahead]
        level = [s for s in group if s.ahead == own.ahead]
        worse = [s for s in group if s.ahead > own.ahead]
        near = [
            *(s for s in better if s.ahead == better[-1].ahead),
            *(s for s in level if s.unit != own.unit),
            *(s for s in worse if s.ahead == worse[0].ahead),
        ]
        because: list[object] = [ground for s in near for ground in (self.evidence.grid[s.unit], s)]
        if len(level) > 1:
            codes = [unit.code for unit in self.units]
            for breaker in ranking.breakers:
                column = breaker.scores(codes, self.evidence)
                for s in level:
                    unit, reason = self.evidence.grid[s.unit], column[s.unit]
                    because.append(reason._replace(because=(unit, *reason.because)))
        return Reason(ranking, own, tuple(because))

    def _find(self, name: str) -> Unit:
        found = [u for u in self.units if u.code == name] or [u for u in self.units if u.name == name]
        if len(found) == 1:
            return found[0]
        if found:
            codes = ", ".join(unit.code for unit in found)
            raise UnknownUnitError(f"{name!r} is the name of {len(found)} units: say which code, {codes}")
        elsewhere = [u for u in self.evidence.grid.units if name in (u.code, u.name)]
        if elsewhere:
            levels = ", ".join(self.scheme.levels)
            raise UnknownUnitError(f"{name!r} is a {elsewhere[0].level} of the grid; {self.scheme.id} ranks {levels}")
        near = get_close_matches(name, {key for u in self.units for key in (u.name, u.code)}, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UnknownUnitError(f"the field of {self.scheme.id} has no unit {name!r}{hint}")
