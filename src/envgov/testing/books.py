"""What the terms of a scheme read in the books, and facts that say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple, TypeVar

import attrs
from attrs import evolve
from hypothesis import strategies as st

from envgov.codec.kinds import KINDS
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.duty import Duty
from envgov.facts.evidence import Facts
from envgov.facts.issue import EventKind, Issue
from envgov.facts.output import Output
from envgov.facts.round import Round
from envgov.facts.ruling import Ruling
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.facts.task import Task
from envgov.policy.calendar.cadences import Cadence
from envgov.policy.conditions.places import designated, ruled
from envgov.policy.scoring.ledger import (
    accepted,
    amount,
    count_answers,
    count_duties,
    count_issues,
    progress,
    rate,
    satisfaction,
)
from envgov.policy.scoring.periods import mean_over
from envgov.policy.scoring.ranks import stated_rank
from envgov.policy.term import terms_in
from envgov.scheme import Scheme
from envgov.season import rounds_of
from envgov.testing import ledger

T = TypeVar("T")
BOOKS: Mapping[str, tuple[type, Any, tuple[type, ...]]] = {
    "surveys": (Survey, ledger.surveys, (satisfaction, count_answers)),
    "stated_ranks": (StatedRank, ledger.stated_ranks, (stated_rank,)),
    "outputs": (Output, ledger.outputs, (amount,)),
    "tasks": (Task, ledger.tasks, (progress,)),
    "acceptances": (UnitAcceptance, ledger.acceptances, (accepted,)),
    "duties": (Duty, ledger.duties, (count_duties,)),
}
"""Each book with its facts, the strategy of one, and the rules that read it."""


PLAIN = ("better", "cite")
"""Fields of a kind of one's own that name nothing that could be read."""


class Reading(NamedTuple):
    """What a scheme's terms read, as far as their fields tell; each list is in order."""

    terms: tuple[Any, ...]
    own: tuple[Any, ...]
    """Terms of kinds that are not envgov's."""
    words: Mapping[str, tuple[str, ...]]
    numbers: tuple[Decimal, ...]
    cadences: tuple[Cadence, ...]
    books: tuple[tuple[str, type], ...]

    @property
    def channels(self) -> tuple[str, ...]:
        return self.words["channel"]

    @property
    def ranks_in_several(self) -> bool:
        """Whether ranks are read, and in several channels: a mean of them may need them all."""
        return ("stated_ranks", StatedRank) in self.books and len(self.channels) > 1

    @property
    def items(self) -> tuple[str, ...]:
        return self.words["item"]

    @property
    def classes(self) -> tuple[str, ...]:
        return self.words["class"]


def own_terms(editions: Iterable[Scheme]) -> tuple[Any, ...]:
    """The terms of kinds that are not envgov's."""
    return tuple(term for term in terms_in(tuple(editions)) if type(term) not in KINDS.values())


def reading_of(editions: Sequence[Scheme]) -> Reading:
    """What the terms name; the texts in a kind of one's own may name anything."""
    terms, own = tuple(terms_in(tuple(editions))), own_terms(editions)
    texts = {text for term in own for name, part in _fields_of(term) if name not in PLAIN for text in _texts(part)}

    def named(default: str, *names: str) -> tuple[str, ...]:
        given = {text for term in terms for name in names for text in _texts(getattr(term, name, None))}
        return tuple(sorted((given or {default}) | texts))

    known = set(map(type, terms))
    conditions = [term for term in terms if hasattr(term, "at")]
    return Reading(
        terms,
        own,
        {
            "channel": named("督导", "channel"),
            "item": named("垃圾", "item", "items"),
            "category": named("垃圾", "category", "categories"),
            "source": named("市级督查", "source", "sources"),
            "slip": named("白单", "level"),
            "what": named("日报", "what"),
            "class": tuple(sorted({term.name for term in terms if isinstance(term, designated)} | texts)),
        },
        tuple(sorted({x for term in conditions for _, x in _fields_of(term) if isinstance(x, Decimal)})),
        tuple(dict.fromkeys(term.cadence for term in terms if isinstance(term, mean_over))),
        tuple((name, cls) for name, (cls, _, rules) in BOOKS.items() if own or known & set(rules)),
    )


def _fields_of(term: Any) -> Iterable[tuple[str, Any]]:
    return ((a.name, getattr(term, a.name)) for a in attrs.fields(type(term)))


def _texts(value: Any) -> Iterable[str]:
    """The text that a value is, or those that it lists."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, tuple | frozenset | list):
        for item in value:
            yield from _texts(item)


@st.composite
def facts_of_books(
    draw: st.DrawFn, reading: Reading, places: Sequence[str], round: Round, *, every_list: bool
) -> list[Any]:
    """In each book that is read, one fact for each place, of up to three sorts; a rank in `every_list`, or in one."""
    made: list[Any] = []
    days = st.sampled_from((round.start, round.last_day))
    for name, _ in reading.books:
        sorts = draw(st.lists(BOOKS[name][1]("-", days), min_size=1, max_size=3))
        if every_list and name == "stated_ranks":
            every = list(product(places, reading.channels))
            made += [_said(fact, *each) for each, fact in zip(every, pick(draw, sorts, len(every)), strict=True)]
        else:
            said = pick(draw, sorts, len(places)), pick(draw, _words_for(name, reading), len(places))
            made += [_said(fact, place, word) for place, fact, word in zip(places, *said, strict=True)]
    return made


def pick(draw: st.DrawFn, among: Sequence[T], times: int) -> list[T]:
    """So many of them, with repetition, in one draw: one for each of many places would be slow."""
    if not times:
        return []
    number = draw(st.integers(0, len(among) ** times - 1))
    return [among[number // len(among) ** n % len(among)] for n in range(times)]


def _words_for(book: str, reading: Reading) -> tuple[str, ...]:
    return reading.channels if book in ("surveys", "stated_ranks") else reading.words["what"]


def _said(fact: Any, place: str, word: str) -> Any:
    """The fact about that place, in words that the scheme reads."""
    match fact:
        case Survey() | StatedRank():
            return evolve(fact, unit=place, channel=word)
        case Output():
            return evolve(fact, unit=place, what=word)
        case Duty(submission=came):
            return evolve(fact, owed_by=place, what=word, submission=came and evolve(came, by=place, what=word))
    return evolve(fact, unit=place)


@st.composite
def issues_of(draw: st.DrawFn, reading: Reading, places: Sequence[str], held: Sequence[Round]) -> list[Issue]:
    """Whole lives of issues: for each place where every unit needs some, else up to four; none where none are read."""
    counted = any(isinstance(term, rate | count_issues) for term in reading.terms)
    asked = counted or reading.own or any(getattr(term, "subject", "") == "issue" for term in reading.terms)
    if not asked:
        return []
    found: list[Issue] = []
    for round in held:
        one = ledger.issues("1", ("-",), st.sampled_from((round.start, round.last_day)))
        lives = [_reworded(draw, life, reading) for life in draw(st.lists(one, min_size=1, max_size=3))]
        some = places if counted else draw(st.lists(st.sampled_from(list(places)), max_size=2))
        for place, life in zip(some, pick(draw, lives, len(some)), strict=True):
            responsible = (place,) if life.responsible else ()
            found.append(evolve(life, id=str(len(found)), place=place, responsible=responsible))
    return found


def _reworded(draw: st.DrawFn, life: Issue, reading: Reading) -> Issue:
    slip = draw(st.sampled_from(reading.words["slip"]))
    return evolve(
        life,
        events=tuple(evolve(e, slip=slip) if e.what is EventKind.SLIPPED else e for e in life.events),
        category=draw(st.sampled_from(("", *reading.words["category"]))),
        source=draw(st.sampled_from(("", *reading.words["source"]))),
    )


@st.composite
def rulings_on(draw: st.DrawFn, editions: Sequence[Scheme], facts: Facts, units: Sequence[str]) -> list[Ruling]:
    """Up to three rulings on conditions of the scheme, in rounds in which something happened."""
    rounds = rounds_of(editions, facts)
    asked = [t for t in terms_in(tuple((e.exempt, e.boards, e.ladders) for e in editions)) if hasattr(t, "at")]
    if not rounds or not asked:
        return []
    keys = st.tuples(st.sampled_from(units), st.sampled_from(rounds), st.sampled_from(asked))
    drawn: list[tuple[str, Round, Any]] = draw(st.lists(keys, max_size=3))
    return [
        Ruling(
            unit,
            round.start,
            condition,
            draw(st.booleans()),
            condition.by if isinstance(condition, ruled) else "领导小组",
            "研究决定",
            scheme=editions[0].id,
        )
        for unit, round, condition in {
            (unit, round.start, repr(c)): (unit, round, c) for unit, round, c in drawn
        }.values()
    ]
