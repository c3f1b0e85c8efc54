"""The strategies do draw the hard cases: each is found, so that no property above holds for want of trying."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import chain, pairwise
from typing import TypeVar

import pytest
from hypothesis import Phase, given, seed, settings, strategies as st

import envgov as eg
from envgov.codec.kinds import TERMS
from envgov.policy.term import terms_in
from envgov.testing import strategies as own, words
from envgov.testing.strategies import Case, Field, Month

T = TypeVar("T")
TRIED, AT_ONCE = 500, 100
MANY = 3 * TRIED
"""Of what is rare, and drawn in clusters, more are looked through."""


@cache
def some_of(strategy: Callable[[], st.SearchStrategy[T]], start: int) -> Sequence[T]:
    """A few examples, the same ones every time."""
    seen: list[T] = []

    @seed(start)
    @settings(max_examples=AT_ONCE, database=None, derandomize=False, deadline=None, phases=(Phase.generate,))
    @given(strategy())
    def collect(example: T) -> None:
        seen.append(example)

    collect()
    return seen


def examples_of(strategy: Callable[[], st.SearchStrategy[T]], tried: int = TRIED) -> Iterator[T]:
    """Up to so many, drawn as far as somebody looks."""
    return chain.from_iterable(some_of(strategy, 20240229 + n) for n in range(tried // AT_ONCE))


def published(field: Field) -> list[Decimal | Fraction]:
    return [s.score for s in field.assess().record.standings]


def ties_at_the_cut(field: Field) -> bool:
    record = field.assess().record
    return any(eg.bottom(2, ties="decide").at(eg.Place(s.unit, record, ())).value is None for s in record.standings)


def broken_ties(field: Field) -> bool:
    standings = field.assess().record.standings
    return any(1 < s.tied < s.size and s.level < s.tied for s in standings)


def breakers_missing_for_one_of_the_tied(field: Field) -> bool:
    groups = [{s.unit for s in field.assess().record.standings if s.ahead == n} for n in range(6)]
    return any(
        len(tied) > 1 and {column[unit] is None for unit in tied} == {True, False}
        for _, column in field.breakers
        for tied in groups
    )


FIELDS: dict[str, Callable[[Field], bool]] = {
    "one village": lambda f: len(f.scores) == 1,
    "nobody assessed": lambda f: not f.assessed,
    "one assessed among others": lambda f: len(f.assessed) == 1 < len(f.scores),
    "a list longer than what is left": lambda f: len(f.assessed) < 4 < len(f.scores),
    "all equal": lambda f: len(f.assessed) > 2 and len(set(f.assessed.values())) == 1,
    "equal only once rounded": lambda f: len(set(published(f))) < len(set(f.assessed.values())),
    "a half to be rounded": lambda f: any(x * 100 % 10 == 5 for x in f.assessed.values()),
    "a tie at the cut": ties_at_the_cut,
    "a tie that breakers settle in part": broken_ties,
    "a breaker missing for one of the tied": breakers_missing_for_one_of_the_tied,
    "breakers of both directions": lambda f: {better for better, _ in f.breakers} == {"higher", "lower"},
    "both groups": lambda f: set(f.groups.values()) == set(words.GROUPS),
}


@pytest.mark.parametrize("name", FIELDS)
def test_fields_hold(name: str) -> None:
    assert any(map(FIELDS[name], examples_of(own.fields)))


MONTHS: dict[str, Callable[[list[Month]], bool]] = {
    "a history without earlier rounds": lambda m: len(m) == 1,
    "a round not held inside a run": lambda m: len(m) > 1 and m[0].missed and {x.outcome for x in m[:2]} == {"yes"},
    "an absence inside a run": lambda m: [x.outcome for x in m[:3]] == ["yes", "absent", "yes"],
    "an absence and a round not held together": lambda m: any(
        x.missed and y.outcome == "absent" for x, y in pairwise(m)
    ),
    "two open rounds": lambda m: sum(x.outcome == "open" for x in m) > 1,
    "another edition inside a run": lambda m: len({x.edition for x in m}) == 2 and {x.outcome for x in m} == {"yes"},
    "another head inside a run": lambda m: len({x.head for x in m}) == 2 and {x.outcome for x in m} == {"yes"},
    "a head that nobody knows": lambda m: any(not x.head for x in m[1:]) and bool(m[0].head),
    "a run longer than any k": lambda m: len(m) == 5 and {x.outcome for x in m} == {"yes"},
}


@pytest.mark.parametrize("name", MONTHS)
def test_months_hold(name: str) -> None:
    assert any(map(MONTHS[name], examples_of(own.months)))


@pytest.mark.parametrize("size", range(6))
def test_histories_hold_every_number_of_records_and_none(size: int) -> None:
    assert any(len(history.records) == size for history in examples_of(own.histories))


def months_held(facts: eg.Facts) -> list[eg.Round]:
    return sorted({eg.month().round_of(day) for day in facts.days()}, key=lambda round: round.start)


def gap(facts: eg.Facts) -> bool:
    return any(later.start > earlier.end for earlier, later in pairwise(months_held(facts)))


def offsets(facts: eg.Facts, *kinds: eg.EventKind) -> set[int]:
    """How many days after the date given issues were closed, or something else happened to them."""
    found = set()
    for issue in facts.issues:
        due = issue.events[1].due if len(issue.events) > 1 else None
        found |= {(event.day - due).days for event in issue.events[2:] if due and event.what in kinds}
    return found


def happened(facts: eg.Facts, kind: eg.EventKind) -> bool:
    return any(issue.count(kind) for issue in facts.issues)


CLOSED = (eg.EventKind.ACCEPTED, eg.EventKind.FIXED_ON_THE_SPOT)
SEASONS: dict[str, Callable[[eg.Facts], bool]] = {
    "an empty history": lambda f: not f.inspections,
    "several months": lambda f: len(months_held(f)) >= 3,
    "a month not held between two": gap,
    "a leap day": lambda f: any((day.month, day.day) == (2, 29) for day in f.days()),
    "the last day of a month": lambda f: any((day + timedelta(days=1)).day == 1 for day in f.days()),
    "the turn of a year": lambda f: {12, 1} <= {i.day.month for i in f.inspections},
    "a village missing in one of two months": lambda f: (
        0 < len({i.day.month for i in f.inspections if i.unit == "庚"}) < len({i.day.month for i in f.inspections})
    ),
    "two villages that merge": lambda f: sum(u.until is not None and u.level != "组" for u in f.grid.units) == 2,
    "the village that they become": lambda f: any(unit.since is not None for unit in f.grid.units),
    "a visit to each of those that merge": lambda f: {"庚", "壬", "辛"} <= {i.unit for i in f.inspections},
    "a head that changes": lambda f: any(
        a.who != b.who for a, b in pairwise(f.assignments) if a.place == b.place and a.until == b.since
    ),
    "stated and found in one month": lambda f: len({i.stated is None for i in f.inspections if i.unit == "甲"}) == 2,
    "a channel that saw nobody": lambda f: bool(f.inspections) and own_channel_absent(f),
    "an issue closed the day before it is due": lambda f: -1 in offsets(f, *CLOSED),
    "an issue closed on the day that it is due": lambda f: 0 in offsets(f, *CLOSED),
    "an issue closed the day after it is due": lambda f: 1 in offsets(f, *CLOSED),
    "an issue due on the last day of a month": lambda f: any(
        issue.due and (issue.due + timedelta(1)).day == 1 for issue in f.issues
    ),
    "an issue without a date": lambda f: any(len(i.events) > 1 and i.due is None for i in f.issues),
    "an issue suspended": lambda f: happened(f, eg.EventKind.SUSPENDED),
    "an issue rejected twice": lambda f: any(issue.count(eg.EventKind.REJECTED) > 1 for issue in f.issues),
    "an issue relapsed": lambda f: happened(f, eg.EventKind.RELAPSED),
    "a whistle that says what it asks": lambda f: any(e.whistle for i in f.issues for e in i.events),
    "a whistle of which no more is known": lambda f: any(
        e.what is eg.EventKind.WHISTLED and not e.whistle for i in f.issues for e in i.events
    ),
    "an issue withdrawn": lambda f: happened(f, eg.EventKind.WITHDRAWN),
    "an issue below a village": lambda f: any(issue.place.endswith("组") for issue in f.issues),
    "an issue of two": lambda f: any(i.responsible == ("甲", "环卫办") for i in f.issues),
    "a survey that nobody answered": lambda f: any(s.asked > s.answered == 0 for s in f.surveys),
    "a rank of a list of one": lambda f: any(r.of == 1 for r in f.stated_ranks),
    "work, a task and an acceptance": lambda f: bool(f.outputs and f.tasks and f.acceptances),
    "a return in time to the minute": lambda f: any(d.submission and d.submission.at == d.due for d in f.duties),
    "a return late by a minute": lambda f: any(
        d.submission and d.submission.at - d.due == timedelta(minutes=1) for d in f.duties
    ),
    "a return that did not come": lambda f: any(d.submission is None for d in f.duties),
}


def own_channel_absent(facts: eg.Facts) -> bool:
    return not set(words.BREAKERS) & {i.channel for i in facts.inspections}


@pytest.mark.parametrize("name", SEASONS)
def test_seasons_hold(name: str) -> None:
    assert any(map(SEASONS[name], examples_of(own.seasons)))


SEASONS_OF: dict[int, eg.Season] = {}
"""By the identity of the case: each is assessed once."""


def season(case: Case) -> eg.Season:
    if id(case) not in SEASONS_OF:
        SEASONS_OF[id(case)] = case.season
    return SEASONS_OF[id(case)]


def kinds(scheme: eg.Scheme) -> set[str]:
    return {type(term).__name__ for term in terms_in(scheme)}


def placements(case: Case) -> set[str]:
    return {p.tier for assessment in season(case) for p in assessment.record.placements}


def settled(case: Case) -> bool:
    return any(rests_on_a_ruling(m.reason) for a in season(case) for m in a.measures)


def rests_on_a_ruling(ground: object) -> bool:
    if isinstance(ground, eg.Reason):
        return any(map(rests_on_a_ruling, ground.because))
    return isinstance(ground, eg.Ruling)


def bridged(case: Case) -> bool:
    """A streak that held over several rounds, all of them told in its reason."""
    reasons = [m.reason for a in season(case) for m in a.measures if m.reason.value]
    return any(isinstance(reason.rule, eg.streak) and len(reason.because) >= 2 for reason in reasons)


def broken_fraction(case: Case) -> bool:
    """10**40 is a multiple of every denominator that a decimal of so many places has."""
    return any(isinstance(s.score, Fraction) and 10**40 % s.score.denominator for s in standings(case))


def standings(case: Case) -> list[eg.Standing]:
    return [s for a in season(case) for ranking in a.record.rankings for s in ranking.standings]


def notes(case: Case) -> set[str]:
    return {note.what for assessment in season(case) for note in assessment.notes}


def figures(case: Case) -> list[eg.Figure]:
    return [figure for edition in case.editions for figure in edition.ranked]


def reasons(reason: eg.Reason) -> Iterator[eg.Reason]:
    yield reason
    for ground in reason.because:
        if isinstance(ground, eg.Reason):
            yield from reasons(ground)


def empty_denominator(case: Case) -> bool:
    told = (a.explain(u.code) for a in list(season(case))[-1:] for u in a.units[:2])
    return any(isinstance(g, eg.Tally) and g.among == 0 for r in told for part in reasons(r) for g in part.because)


CASES: dict[str, Callable[[Case], bool]] = {
    "no round at all": lambda case: not len(season(case)),
    "a pending placement": lambda case: eg.PENDING in placements(case),
    "a pending measure": lambda case: any(m.pending for a in season(case) for m in a.measures),
    "a measure by a ruling": settled,
    "a streak over two rounds": bridged,
    "an absent village": lambda case: any(a.record.absences for a in season(case)),
    "an exempt village": lambda case: any(x.why is eg.Absent.EXEMPT for a in season(case) for x in a.record.absences),
    "a further figure": lambda case: bool(case.scheme.figures and len(season(case))),
    "groups": lambda case: bool(case.scheme.groups and len(season(case))),
    "a field of some only": lambda case: bool(case.scheme.among and len(season(case))),
    "two levels ranked together": lambda case: len(case.scheme.levels) == 2 and len(season(case)) > 0,
    "lower is better": lambda case: case.scheme.better == "lower" and len(season(case)) > 0,
    "a scheme that does not rank": lambda case: case.scheme.scoring is None and len(season(case)) > 0,
    "neither boards nor ladders": lambda case: not case.scheme.boards and not case.scheme.ladders,
    "several boards and ladders": lambda case: len(case.scheme.boards) > 1 and len(case.scheme.ladders) > 1,
    "a score that no decimal holds": broken_fraction,
    "dense ranks": lambda case: any(f.ranking.method == "dense" for f in figures(case)),
    "ordinal ranks of tied scores": lambda case: any(
        f.ranking.method == "ordinal" and len({s.score for s in standings(case)}) < len(standings(case))
        for f in figures(case)
    ),
    "ranks on exact scores": lambda case: any(f.ranking.rank_on == "exact" for f in figures(case)),
    "a tolerance that makes a tie": lambda case: any(
        f.ranking.tolerance and any(len({s.score for s in tie}) > 1 for tie in ties(case)) for f in figures(case)
    ),
    "a quota for each township": lambda case: any("镇" in s.group for s in standings(case)),
    "a group of one": lambda case: any(s.size == 1 for s in standings(case)),
    "a field that is all one tie": lambda case: any(s.tied == s.size > 2 for s in standings(case)),
    "two editions in one season": lambda case: len({a.edition for a in season(case)}) == 2,
    "a round judged on its last day": lambda case: any(
        e.judged_on == "last day" and a.record.round.start < e.since for e in case.editions for a in season(case)
    ),
    "a measure about an issue": lambda case: any(m.about == "issue" for a in season(case) for m in a.measures),
    "a shortened list": lambda case: "shortened" in notes(case),
    "a list that names nobody": lambda case: bool(notes(case) & {"nobody", "all tied"}),
    "a ruling that settles nothing": lambda case: "ruling unused" in notes(case),
    "a rate of nothing": empty_denominator,
}


def ties(case: Case) -> list[list[eg.Standing]]:
    groups: dict[tuple[object, ...], list[eg.Standing]] = {}
    for assessment in season(case):
        for ranking in assessment.record.rankings:
            for s in ranking.standings:
                groups.setdefault((s.round.start, ranking.figure, s.group, s.ahead), []).append(s)
    return list(groups.values())


@pytest.mark.parametrize("name", CASES)
def test_cases_hold(name: str) -> None:
    assert any(map(CASES[name], examples_of(own.cases, MANY)))


@pytest.mark.parametrize("small", ["refuse", "none", "fewer", "share"])
def test_boards_say_everything_of_small_fields(small: str) -> None:
    boards = (board for case in examples_of(own.cases) for board in case.scheme.boards)
    assert any(board.small_field == small for board in boards)


@pytest.mark.parametrize("term", [cls.__name__ for cls in TERMS])
def test_schemes_hold_every_term_of_the_vocabulary(term: str) -> None:
    editions = (edition for case in examples_of(own.cases) for edition in case.editions)
    alone = examples_of(own.schemes, 4 * TRIED)  # without a season they cost less
    assert any(term in kinds(scheme) for scheme in chain(alone, editions))
