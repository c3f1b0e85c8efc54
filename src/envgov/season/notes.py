"""The notes below a round's table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from attrs import frozen

from envgov.facts.evidence import Evidence
from envgov.facts.issue import State
from envgov.facts.ruling import Ruling
from envgov.policy.boards import Board
from envgov.policy.conditions.logic import all_of, any_of
from envgov.policy.conditions.places import designated, ruled
from envgov.policy.ladders import Ladder
from envgov.policy.term import terms_in
from envgov.reason import Reason
from envgov.results.history import Place, Record
from envgov.results.measure import Measure
from envgov.results.note import Note
from envgov.results.ranking import SCORE, Standing
from envgov.scheme import Scheme
from envgov.season.columns import before_ranking, excused_of, issues_within
from envgov.wording.chinese import ZH
from envgov.wording.english import EN
from envgov.wording.words import Words

_SEVERAL = re.compile(r"\s*[;；、|,，]\s*")
"""What parts the names of several inspectors of one visit."""


def notes_of(
    scheme: Scheme,
    evidence: Evidence,
    record: Record,
    earlier: tuple[Record, ...],
    field: Collection[str],
    measures: Iterable[Measure],
) -> tuple[Note, ...]:
    """What the reader of the lists must know, board by board, ladder by ladder; then what counted or settled nothing."""
    notes: list[Note] = []
    fields = {ranking.figure: _by_group(ranking.standings) for ranking in record.rankings}
    for board in scheme.boards:
        places = _Places(record, earlier, board)
        for i, tier in enumerate(board.tiers):
            for listed in _lists_of(tier.when):
                concerned = _in_tier(listed, board, i, places)
                notes += _at_the_cut(listed, concerned, places, fields, board.id, tier.name)
        notes += _overlaps(board, places, fields)
    for ladder in scheme.ladders:
        places = _Places(record, earlier)
        for i, rung in enumerate(ladder.rungs):
            for listed in _lists_of(rung.when):
                concerned = _on_rung(listed, ladder, i, places)
                notes += _at_the_cut(listed, concerned, places, fields, rung.measure, "")
    notes += _superseded_if_ruled(scheme, measures)
    notes += _exempt(scheme, record)
    notes += _off_the_grid(scheme, evidence)
    notes += _roles_there(evidence, field)
    for ruling in record.rulings:
        if ruling.unit in field and ruling not in _settled_for(ruling.unit, scheme, evidence, record, earlier, field):
            where, english = (words.inner(ruling.condition) for words in (ZH, EN))
            meant = _meant_by(ruling.condition, scheme)
            notes.append(Note("ruling unused", where, "", "", (ruling.unit,), 0, 0, english, meant))
    return tuple(dict.fromkeys(notes))


def _meant_by(condition: object, scheme: Scheme) -> str:
    """The clause that the scheme leaves to a body, spelt nearly as the one that was ruled on."""
    if not isinstance(condition, ruled):
        return ""
    clauses = sorted({term.what for term in terms_in(scheme) if isinstance(term, ruled)} - {condition.what})
    return next(iter(get_close_matches(condition.what, clauses, n=1, cutoff=0.5)), "")


class _Listed(NamedTuple):
    """A list by rank that a condition asks of this round, what must hold beside it, and what would do instead."""

    condition: Any
    beside: tuple[Any, ...]
    instead: tuple[Any, ...]

    def matters(self, place: Place) -> bool:
        """Whether the whole condition turns on the list there; what is asked of issues is left out."""
        return all(part.at(place).value is not False for part in self.beside if _asks_unit(part)) and all(
            part.at(place).value is not True for part in self.instead if _asks_unit(part)
        )


def _asks_unit(condition: object) -> bool:
    return all(getattr(term, "subject", "") != "issue" for term in terms_in(condition))


def _lists_of(condition: object, beside: tuple[Any, ...] = (), instead: tuple[Any, ...] = ()) -> Iterator[_Listed]:
    """The lists by rank that a condition asks of this round.

    Those inside a counter are of earlier rounds too, and those inside `not_` are of the others.
    """
    if isinstance(condition, all_of | any_of):
        for part in condition.parts:
            others = tuple(other for other in condition.parts if other != part)
            if isinstance(condition, all_of):
                yield from _lists_of(part, (*beside, *others), instead)
            else:
                yield from _lists_of(part, beside, (*instead, *others))
    elif hasattr(condition, "end") and hasattr(condition, "ties"):
        yield _Listed(condition, beside, instead)


@frozen
class _Places:
    """Where a board, or a ladder, asks of the units of a round."""

    record: Record
    earlier: tuple[Record, ...]
    board: Board | None = None

    def __call__(self, unit: str) -> Place:
        place = Place(unit, self.record, self.earlier)
        return place if self.board is None else self.board.fitted(place)


def _in_tier(listed: _Listed, board: Board, i: int, places: _Places) -> Callable[[str], bool]:
    """Whether a unit would stand elsewhere, had the list answered otherwise: no tier before the i-th has taken it."""

    def concerned(unit: str) -> bool:
        place = places(unit)
        return listed.matters(place) and all(tier.when.at(place).value is False for tier in board.tiers[:i])

    return concerned


def _on_rung(listed: _Listed, ladder: Ladder, i: int, places: _Places) -> Callable[[str], bool]:
    """Whether other measures would be proposed for a unit, or for the issues there, had the list answered otherwise.

    Not where a heavier measure takes the place of the i-th rung, unless it rests on the same list, such as a streak.
    """
    rung = ladder.rungs[i]

    def concerned(unit: str) -> bool:
        place = places(unit)
        if not listed.matters(place):
            return False
        if ladder.subject == "issue":
            return True
        instead = [
            call.reason
            for j, call in enumerate(ladder.ask(place))
            if call.reason.value is True
            if (ladder.publish == "highest" and j > i) or rung.measure in call.rung.supersedes
        ]
        return not instead or any(
            ground.rule == listed.condition
            for reason in instead
            for ground in (reason, *_grounds(reason))
            if isinstance(ground, Reason)
        )

    return concerned


def _by_group(standings: Iterable[Standing]) -> Mapping[str, list[Standing]]:
    groups: dict[str, list[Standing]] = defaultdict(list)
    for s in standings:
        groups[s.group].append(s)
    return groups


Fields = Mapping[str, Mapping[str, list[Standing]]]
"""The standings of each figure, group by group, best first."""


def _at_the_cut(
    listed: _Listed, concerned: Callable[[str], bool], places: _Places, fields: Fields, where: str, tier: str
) -> Iterator[Note]:
    condition, board = listed.condition, places.board
    for group, standings in fields[getattr(condition, "of", SCORE)].items():
        size = len(standings)
        wanted = seats = condition.seats(size)
        if board is not None and board.small_field != "refuse":
            seats = board.seats(condition, size)
        if seats != wanted:
            yield Note("shortened", where, tier, group, (), seats, size)
        if size > 1 and standings[0].tied == size:
            if not listed.instead:
                if any(concerned(s.unit) for s in standings):
                    yield Note("all tied", where, tier, group, (), seats, size)
            elif units := tuple(sorted(s.unit for s in standings if concerned(s.unit))):  # others may be in otherwise
                yield Note("tie excluded", where, tier, group, units, seats, size)
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
                nobody = nearer == 0 and not listed.instead
                yield Note("nobody" if nobody else "tie excluded", where, tier, group, units, seats, size)
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
        tied = [listed._replace(instead=()) for listed in _lists_of(tier.when) if listed.condition.ties == "include"]
        units = {u for c in tied for note in _at_the_cut(c, lambda _: True, places, fields, "", "") for u in note.units}
        ends = {listed.condition.end for listed in tied}
        later = [t for t in board.tiers[i + 1 :] if any(c.condition.end not in ends for c in _lists_of(t.when))]
        both = [
            unit
            for unit in sorted(units)
            if (placement := places.record.tier(board.id, unit)) is not None and placement.tier == tier.name
            if any(t.when.at(places(unit)).value is True for t in later)
        ]
        if both:
            yield Note("overlap", board.id, tier.name, "", tuple(both), 0, 0)


def _superseded_if_ruled(scheme: Scheme, measures: Iterable[Measure]) -> Iterator[Note]:
    """Measures that are called for as it stands, and fall away where a heavier one that is pending is ruled to hold."""
    proposed: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for measure in measures:
        proposed[measure.about, measure.subject].append(measure)
    units: dict[tuple[str, str], set[str]] = defaultdict(set)
    for ladder in scheme.ladders:
        heaviness = {rung.measure: i for i, rung in enumerate(ladder.rungs)}
        for its in proposed.values():
            own = [measure for measure in its if measure.rung in heaviness]
            for pending in (measure for measure in own if measure.pending):
                heavier = heaviness[pending.rung]
                for firm in (measure for measure in own if not measure.pending):
                    replaced = ladder.publish == "highest" and heaviness[firm.rung] < heavier
                    if replaced or firm.rung in ladder.rungs[heavier].supersedes:
                        units[pending.rung, firm.rung].add(firm.unit)
    for (heavy, light), concerned in units.items():
        yield Note("superseded if ruled", heavy, light, "", tuple(sorted(concerned)), 0, 0)


def _exempt(scheme: Scheme, record: Record) -> Iterator[Note]:
    """Who is listed apart, and why: the grounds of a ruling, the class, or else what was asked, in words."""
    why: dict[tuple[str, str], list[str]] = defaultdict(list)
    excused = excused_of(scheme, [absence.unit for absence in record.absences], record)
    for unit, answer in excused.items():
        where, english = (words.say["joint"].join(_grounds_for(answer, words)) for words in (ZH, EN))
        why[where, english].append(unit)
    for (where, english), units in why.items():
        yield Note("exempt", where, "", "", tuple(units), 0, 0, english)


def _off_the_grid(scheme: Scheme, evidence: Evidence) -> Iterator[Note]:
    """Issues that nobody answers for by place, because the place was merged or abolished, if the scheme asks of issues."""
    if all(getattr(term, "subject", "") != "issue" for term in terms_in(scheme)):
        return
    done = (State.CLOSED, State.ENDED)
    lost = [issue.place for issue in evidence.issues if issue.place not in evidence.grid and issue.state not in done]
    if lost:
        yield Note("off the grid", "", "", "", tuple(sorted(set(lost))), 0, len(lost))


def _roles_there(evidence: Evidence, field: Collection[str]) -> Iterator[Note]:
    """Inspectors who held a role at the very unit on that day, in the field or below it: a fact, and no judgement."""
    grid, names = evidence.grid, {body.code: body.name for body in evidence.facts.bodies}
    held: set[tuple[str, str, str]] = set()
    for role in evidence.facts.assignments:
        who = names.get(role.who, role.who)
        visits = evidence.inspections(role.place)
        inspectors = (_SEVERAL.split(visit.inspector) for visit in visits if role.holds_on(visit.day))
        inspected = any(who == names.get(name, name) for several in inspectors for name in several)
        if inspected and role.place in grid and any(u in field for u in (role.place, *grid.ancestors(role.place))):
            held.add((who, role.role, role.place))
    if held:
        where, english = (
            words.say["joint"].join(
                words.say["role there"].format(who=who, role=role, place=grid[place].name)
                for who, role, place in sorted(held)
            )
            for words in (ZH, EN)
        )
        yield Note("role there", where, "", "", tuple(sorted({place for *_, place in held})), 0, 0, english)


def _grounds_for(answer: Reason, words: Words) -> list[str]:
    rule = answer.rule
    found = [rule.name] if isinstance(rule, designated) else []
    for ground in answer.because:
        if isinstance(ground, Ruling):
            found.append(ground.why)
        elif isinstance(ground, Reason) and ground.value:
            found += _grounds_for(ground, words)
    return found or [words.inner(rule)]


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
