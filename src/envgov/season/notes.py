"""The notes below a round's table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from envgov.facts.evidence import Evidence
from envgov.facts.issue import State
from envgov.facts.ruling import Ruling
from envgov.policy.boards import Board
from envgov.policy.conditions.logic import all_of, any_of, not_
from envgov.policy.conditions.places import designated
from envgov.policy.term import terms_in
from envgov.reason import Reason
from envgov.results.history import Place, Record
from envgov.results.note import Note
from envgov.results.ranking import SCORE, Standing
from envgov.scheme import Scheme
from envgov.season.columns import before_ranking, excused_of, issues_within


def notes_of(
    scheme: Scheme, evidence: Evidence, record: Record, earlier: tuple[Record, ...], field: Collection[str]
) -> tuple[Note, ...]:
    """What the reader of the lists must know, board by board, ladder by ladder; then what counted or settled nothing."""
    notes: list[Note] = []
    fields = {ranking.figure: _by_group(ranking.standings) for ranking in record.rankings}
    for board in scheme.boards:
        places = _Places(record, earlier, board)
        for tier in board.tiers:
            for condition, beside in _lists_of(tier.when):
                notes += _at_the_cut(condition, beside, places, fields, board.id, tier.name)
        notes += _overlaps(board, places, fields)
    for ladder in scheme.ladders:
        places = _Places(record, earlier)
        for rung in ladder.rungs:
            for condition, beside in _lists_of(rung.when):
                notes += _at_the_cut(condition, beside, places, fields, rung.measure, "")
    notes += _exempt(scheme, record)
    notes += _off_the_grid(scheme, evidence)
    for ruling in record.rulings:
        if ruling.unit in field and ruling not in _settled_for(ruling.unit, scheme, evidence, record, earlier, field):
            notes.append(Note("ruling unused", repr(ruling.condition), "", "", (ruling.unit,), 0, 0))
    return tuple(dict.fromkeys(notes))


def _lists_of(condition: object, beside: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The lists by rank that a condition asks of this round, and what must hold beside each.

    Those inside a counter are of earlier rounds too.
    """
    if isinstance(condition, all_of):
        for part in condition.parts:
            yield from _lists_of(part, (*beside, *(other for other in condition.parts if other is not part)))
    elif isinstance(condition, any_of):
        for part in condition.parts:
            yield from _lists_of(part, beside)
    elif isinstance(condition, not_):
        yield from _lists_of(condition.when, beside)
    elif hasattr(condition, "end") and hasattr(condition, "ties"):
        yield condition, beside


@frozen
class _Places:
    """Where a board, or a ladder, asks of the units of a round."""

    record: Record
    earlier: tuple[Record, ...]
    board: Board | None = None

    def __call__(self, unit: str) -> Place:
        place = Place(unit, self.record, self.earlier)
        return place if self.board is None else self.board.fitted(place)

    def concerned(self, beside: tuple[Any, ...]) -> Callable[[str], bool]:
        """Whether a unit meets, or may meet, what a list asks beside the rank: else its cut is no concern of the unit.

        What is asked of issues is left out.
        """
        asked = [part for part in beside if all(getattr(term, "subject", "") != "issue" for term in terms_in(part))]
        return lambda unit: all(part.at(self(unit)).value is not False for part in asked)


def _by_group(standings: Iterable[Standing]) -> Mapping[str, list[Standing]]:
    groups: dict[str, list[Standing]] = defaultdict(list)
    for s in standings:
        groups[s.group].append(s)
    return groups


Fields = Mapping[str, Mapping[str, list[Standing]]]
"""The standings of each figure, group by group, best first."""


def _at_the_cut(
    condition: Any, beside: tuple[Any, ...], places: _Places, fields: Fields, where: str, tier: str
) -> Iterator[Note]:
    board, concerned = places.board, places.concerned(beside)
    for group, standings in fields[getattr(condition, "of", SCORE)].items():
        size = len(standings)
        wanted = seats = condition.seats(size)
        if board is not None and board.small_field != "refuse":
            seats = board.seats(condition, size)
        if seats != wanted:
            yield Note("shortened", where, tier, group, (), seats, size)
        if size > 1 and standings[0].tied == size:
            yield Note("all tied", where, tier, group, (), seats, size)
            continue
        first = condition.end == "first"
        for tie in _ties_across(standings, seats, first=first):
            nearer = tie[0].ahead if first else tie[0].behind
            units = tuple(sorted(s.unit for s in tie if concerned(s.unit)))
            if not units:
                continue
            if condition.ties == "include":
                yield Note("tie included", where, tier, group, units, seats, size)
            elif condition.ties == "exclude":
                yield Note("nobody" if nearer == 0 else "tie excluded", where, tier, group, units, seats, size)
            else:
                yield Note("tie at the cut", where, tier, group, units, seats, size)
                answers = {unit: condition.at(places(unit)) for unit in units}
                taken = [unit for unit, answer in answers.items() if answer.value]
                if len(taken) > seats - nearer:
                    by_ruling = tuple(u for u in taken if any(isinstance(g, Ruling) for g in answers[u].because))
                    yield Note("too many ruled in", where, tier, group, by_ruling, seats, size)


def _ties_across(standings: list[Standing], seats: int, *, first: bool) -> Iterator[list[Standing]]:
    """The units with equal numbers of which some are within the seats and some are not."""
    across = [s for s in standings if (nearer := s.ahead if first else s.behind) < seats < nearer + s.tied]
    if across:
        yield across


def _overlaps(board: Board, places: _Places, fields: Fields) -> Iterator[Note]:
    """Units that are in one tier by a tie across its cut, and meet a later tier's list from the other end too."""
    for i, tier in enumerate(board.tiers):
        tied = [condition for condition, _ in _lists_of(tier.when) if condition.ties == "include"]
        units = {u for c in tied for note in _at_the_cut(c, (), places, fields, "", "") for u in note.units}
        ends = {condition.end for condition in tied}
        later = [t for t in board.tiers[i + 1 :] if any(c.end not in ends for c, _ in _lists_of(t.when))]
        both = [
            unit
            for unit in sorted(units)
            if (placement := places.record.tier(board.id, unit)) is not None and placement.tier == tier.name
            if any(t.when.at(places(unit)).value is True for t in later)
        ]
        if both:
            yield Note("overlap", board.id, tier.name, "", tuple(both), 0, 0)


def _exempt(scheme: Scheme, record: Record) -> Iterator[Note]:
    """Who is listed apart, and why: the grounds of a ruling, or the class."""
    why: dict[str, list[str]] = defaultdict(list)
    excused = excused_of(scheme, [absence.unit for absence in record.absences], record)
    for unit, answer in excused.items():
        why[_grounds_for(answer)].append(unit)
    for grounds, units in why.items():
        yield Note("exempt", grounds, "", "", tuple(units), 0, 0)


def _off_the_grid(scheme: Scheme, evidence: Evidence) -> Iterator[Note]:
    """Issues that nobody answers for by place, because the place was merged or abolished, if the scheme asks of issues."""
    if all(getattr(term, "subject", "") != "issue" for term in terms_in(scheme)):
        return
    done = (State.CLOSED, State.ENDED)
    lost = [issue.place for issue in evidence.issues if issue.place not in evidence.grid and issue.state not in done]
    if lost:
        yield Note("off the grid", "", "", "", tuple(sorted(set(lost))), 0, len(lost))


def _grounds_for(answer: Reason) -> str:
    rule = answer.rule
    found = [ground.why for ground in answer.because if isinstance(ground, Ruling)]
    found += [rule.name] if isinstance(rule, designated) else []
    return "; ".join(
        [*found, *(_grounds_for(part) for part in answer.because if isinstance(part, Reason) and part.value)]
    )


def _settled_for(
    unit: str,
    scheme: Scheme,
    evidence: Evidence,
    record: Record,
    earlier: tuple[Record, ...],
    field: Collection[str],
) -> Iterator[object]:
    """All that the scheme's conditions rest on at a unit, the rulings that settled something among it."""
    if scheme.exempt is not None:
        yield from _grounds(scheme.exempt.at(Place(unit, before_ranking(record), ())))
    place = Place(unit, record, earlier)
    for board in scheme.boards:
        for tier in board.tiers:
            yield from _grounds(tier.when.at(board.fitted(place)))
    for ladder in scheme.ladders:
        of_issues = (place._replace(issue=issue) for issue in issues_within(evidence, unit, field))
        for subject in (place,) if ladder.subject == "unit" else of_issues:
            for call in ladder.ask(subject):
                yield from _grounds(call.reason)


def _grounds(reason: Reason) -> Iterator[object]:
    for ground in reason.because:
        yield ground
        if isinstance(ground, Reason):
            yield from _grounds(ground)
