"""Seasons that fit a scheme: its field, its cadence, and facts of every sort that its terms read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from envgov.errors import SchemeError
from envgov.facts.evidence import Facts
from envgov.facts.grid import Assignment, Grid, Unit
from envgov.facts.inspection import Finding, Inspection
from envgov.facts.round import Round
from envgov.policy.calendar.cadences import previous, rounds_within
from envgov.policy.scoring.combined import mean_of_children
from envgov.scheme import Scheme, in_force
from envgov.testing.books import Reading, facts_of_books, issues_of, pick, reading_of, rulings_on
from envgov.testing.fields import marks

SEASONS = 8
"""How many are drawn for a scheme; two more have no facts, and no units."""
ROUNDS = 4
MOST = 200
"""Lists that need a larger group than this are not tried."""


class _Field(NamedTuple):
    """The units that are drawn: those of the field, those below them, and those that may be missing."""

    grid: Grid
    units: tuple[str, ...]
    places: tuple[str, ...]
    spare: tuple[str, ...]


def drawn_for(editions: Sequence[Scheme]) -> tuple[Facts, ...]:
    """The same seasons every time, for the editions of one scheme."""
    found: list[Facts] = []

    @settings(
        max_examples=SEASONS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(seasons_for(editions))
    def collect(facts: Facts) -> None:
        found.append(facts)

    collect()
    return (*found, Facts(found[0].grid), Facts(Grid(())))


@st.composite
def seasons_for(draw: st.DrawFn, editions: Sequence[Scheme]) -> Facts:
    """A season on a field in which the scheme's lists have room, about rounds before and after each new edition.

    Scores lie at the thresholds of the scheme and beside them, and tie often; rounds, units and rulings are missing
    now and then. What a kind of one's own reads is found by the texts in its fields.
    """
    reading = reading_of(editions)
    rounds = _rounds_of(editions)
    field = draw(_fields(editions, reading, rounds[-1]))
    held = [round for round in rounds if draw(st.sampled_from((True, True, True, False)))]
    every_list = draw(st.booleans()) if reading.ranks_in_several else False
    seen: list[Inspection] = []
    books: list[Any] = []
    for round in held:
        missing = draw(st.sampled_from((None, *field.spare)))
        places = [place for place in field.places if missing is None or not place.startswith(missing)]
        seen += draw(_visits(reading, places, round))
        books += draw(facts_of_books(reading, places, round, every_list=every_list))
    seen = [visit for visit in seen if field.grid[visit.unit].exists_on(visit.day)]
    books = [fact for fact in books if not hasattr(fact, "unit") or field.grid[fact.unit].exists_on(fact.day)]
    of_books: dict[str, Any] = {name: [f for f in books if isinstance(f, cls)] for name, cls in reading.books}
    facts = Facts(
        field.grid,
        inspections=seen,
        issues=draw(issues_of(reading, field.places, held)) if held else (),
        assignments=draw(_heads(editions, field.units, rounds)),
        **of_books,
    )
    return evolve(facts, rulings=draw(rulings_on(editions, facts, field.units)))


def _rounds_of(editions: Sequence[Scheme]) -> list[Round]:
    """Consecutive rounds from the first edition on, and those around each later one."""
    found: dict[date, Round] = {}
    for n, edition in enumerate(editions):
        round = edition.cadence.round_of(edition.since)
        starts = [previous(editions[n - 1].cadence, round, steps) for steps in (2, 1)] if n else []
        for _ in range(ROUNDS):
            starts.append(round)
            round = edition.cadence.round_of(round.end)
        for one in starts:
            judge = in_force(editions, one)
            if judge is not None and judge.cadence.round_of(one.start) == one:
                found[one.start] = one
    return [found[start] for start in sorted(found)]


def _room(editions: Sequence[Scheme]) -> int:
    """How many units a group has, so that every list has room, among one or two more too."""
    for size in range(3, MOST):
        if all(_has_room(editions, n) for n in range(size, size + 3)):
            return size
    return 3


def _has_room(editions: Iterable[Scheme], size: int) -> bool:
    try:
        for edition in editions:
            for figure in edition.ranked:
                edition.refuse_small_groups(figure.name, Counter({"": size}), "units", "")
    except SchemeError:
        return False
    return True


@st.composite
def _fields(draw: st.DrawFn, editions: Sequence[Scheme], reading: Reading, last: Round) -> _Field:
    """Units of each level, in each group and below two units of each level within which ranks are given."""
    room = _room(editions)
    levels = sorted({level for edition in editions for level in edition.levels if level.strip()}) or ["单位"]
    within = sorted({figure.ranking.within for edition in editions for figure in edition.ranked} - {""})
    groups = list(product(*(edition.groups for edition in editions if edition.groups)))
    depth = min(sum(isinstance(term, mean_of_children) for term in reading.terms), 3)
    units = [Unit("top", "全境", "全境")]
    tops = ("top", "top")
    for level in within:
        made = (f"{level}1", f"{level}2")
        units += [Unit(top, top, level, above) for top, above in zip(made, tops, strict=True)]
        tops = made
    codes: list[str] = []
    places: list[str] = []
    spare: list[str] = []
    needed = {edition.among for edition in editions if edition.among is not None}
    grouped = {name for edition in editions for name in edition.groups}  # a unit has one of them, which it is given
    classes = tuple(name for name in reading.classes if name not in grouped)
    for group, top in product(groups, sorted(set(tops))):
        size = draw(st.sampled_from((room, room, room + 1, room + 2, 1)))
        for n in range(size):
            code = f"u{len(codes):04}"
            codes.append(code)
            until = None
            if n >= room:
                spare.append(code)
                until = draw(st.sampled_from((None, last.start)))
            own = frozenset((*group, *needed, *draw(_classes(classes))))
            level = levels[len(codes) % len(levels)]
            units.append(Unit(code, f"{level}{len(codes)}", level, top, own, until=until))
            places.append(code)
            for unit in _below(units[-1], depth):
                units.append(unit)
                places.append(unit.code)
    return _Field(Grid(units), tuple(codes), tuple(places), tuple(spare))


def _below(unit: Unit, depth: int) -> Iterable[Unit]:
    """Two units below it, and as many below these, as deep as a mean of children looks."""
    if depth:
        for n in (1, 2):
            child = evolve(unit, code=f"{unit.code}.{n}", name=f"{unit.name}之{n}", level="下级", parent=unit.code)
            yield child
            yield from _below(child, depth - 1)


@cache
def _classes(names: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    """None, more often than not: who is in a class may be exempt."""
    none: st.SearchStrategy[frozenset[str]] = st.just(frozenset())
    return st.one_of(none, none, none, st.sampled_from(names).map(lambda name: frozenset({name}))) if names else none


@st.composite
def _heads(
    draw: st.DrawFn, editions: Sequence[Scheme], units: Sequence[str], rounds: Sequence[Round]
) -> list[Assignment]:
    """Each unit has a head, who is followed by somebody else in the season, or by nobody."""
    change = draw(st.sampled_from([round.start for round in rounds]))
    after = draw(st.sampled_from(("甲", "乙", None)))
    made = []
    for role in sorted({edition.head for edition in editions} - {""}):
        made += [Assignment("甲", role, code, until=change) for code in units]
        made += [Assignment(after, role, code, since=change) for code in units if after is not None]
    return made


@st.composite
def _visits(draw: st.DrawFn, reading: Reading, places: Sequence[str], round: Round) -> list[Inspection]:
    """Each place in each channel, in each finer round that a rule looks at: a stated score, and what was found."""
    slots = {slot for finer in reading.cadences for slot in rounds_within(finer, round)} or {round}
    seen = []
    for slot, channel in product(sorted(slots, key=lambda slot: (slot.start, slot.end)), reading.channels):
        day = draw(st.sampled_from((slot.start, slot.last_day)))
        scores = draw(st.lists(_scores(reading.numbers), min_size=1, max_size=3))
        found = draw(st.lists(_findings(reading.items), min_size=1, max_size=3))
        given = pick(draw, scores, len(places)), pick(draw, found, len(places))
        for place, stated, listed in zip(places, *given, strict=True):
            seen += [Inspection(place, day, channel, stated=stated), Inspection(place, day, channel, listed)]
    return seen


@cache
def _scores(numbers: tuple[Decimal, ...]) -> st.SearchStrategy[Decimal]:
    """Any score, and as often one that a condition names, or one that lies a hundredth beside it."""
    if not numbers:
        return marks(40, 100)
    near = [number + more for number in numbers for more in map(Decimal, ("0", "0.01", "-0.01"))]
    return st.one_of(marks(40, 100), st.sampled_from(near))


@cache
def _findings(items: tuple[str, ...]) -> st.SearchStrategy[tuple[Finding, ...]]:
    return st.lists(st.builds(Finding, st.sampled_from(items), marks(0, 30)), max_size=3).map(tuple)
