"""What in the facts no scheme asks for, where a slip of the pen would change who is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import chain, pairwise
from typing import Any

from envgov.facts.evidence import Facts
from envgov.facts.inspection import Inspection, Item
from envgov.facts.round import Round
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.policy.calendar.deadlines import Limit
from envgov.policy.conditions.issues import category_is, slipped, source_is
from envgov.policy.conditions.places import unit_slipped
from envgov.policy.routines import Routine
from envgov.policy.scoring.inspected import count_findings, count_repeats
from envgov.policy.scoring.ledger import count_answers, count_duties, satisfaction
from envgov.policy.scoring.periods import change, mean_over, to_date
from envgov.policy.scoring.ranks import stated_rank
from envgov.policy.term import terms_in
from envgov.results.unread import Misfit, Unread
from envgov.scheme import Scheme
from envgov.season import rounds_of

_READS = {"surveys": (satisfaction, count_answers), "stated": (stated_rank,)}
_OTHERS = tuple(chain.from_iterable(_READS.values()))
"""Which kinds read the channels of what is no inspection."""

_TELLS_APART = str.maketrans(
    "", "", "省市区县州乡镇街村组红橙黄绿蓝紫白黑一二三四五六七八九十0123456789日周旬月季年上下内外东西南北前后"
)
"""Characters that alone tell two things of one kind apart: 市级督查 and 县级督查, 红单 and 黄单, 日报 and 周报 are no
misspellings."""

_SHORT, _LONG = 0.5, 0.6
"""How alike words must be: one character of two, or more than half of the longer ones."""

_FEW = 10
"""A newest round stands alone if it has one unit for so many of the round before, or one unit in all."""

Named = Mapping[str, tuple[str, ...]]
"""Words, each with the places where it stands, as often as it stands there."""


def unread(schemes: Scheme | Iterable[Scheme], facts: Facts) -> tuple[Unread, ...]:
    """What in the facts no scheme asks for, though a slip of the pen there would change who is named.

    A word is told where the schemes ask for one that is spelt nearly so; a level where the schemes ask for one that the
    grid lacks, and units stand beside those that are assessed; a return by somebody who does not owe it; the role of
    the head where nobody has it; rows from before every edition, unless a rule looks back; a newest round in which
    nearly no unit has a row, after a gap; a ruling on a day of no round. All of it may be meant so: nothing is refused.
    `schemes` are all that judge these facts, with every edition.
    """
    all_of_them = (schemes,) if isinstance(schemes, Scheme) else schemes
    given = tuple(sorted(all_of_them, key=lambda scheme: (scheme.id, scheme.since)))
    terms = tuple(term for scheme in given for term in terms_in(scheme))
    found = (
        *_channels(terms, facts),
        *_words(terms, facts),
        *_owing(terms, facts),
        *_levels(given, facts),
        *_heads(given, facts),
        *_early(given, terms, facts),
        *_alone(given, facts),
        *_rulings(given, facts),
    )
    return tuple(dict.fromkeys(found))  # editions agree on most of it


# -- words
def _channels(terms: tuple[Any, ...], facts: Facts) -> Iterator[Unread]:
    for table, rows in _visits(facts):
        readers = [t for t in terms if hasattr(t, "channel") and _is_of(t, table)]
        if all(reader.channel is not None for reader in readers):
            asked = {reader.channel for reader in readers}
            yield from _misspelt("channel", table, _by_word((row.channel, row.unit) for row in rows), asked, _SHORT)


def _is_of(term: object, table: str) -> bool:
    return isinstance(term, _READS[table]) if table in _READS else not isinstance(term, _OTHERS)


def _words(terms: tuple[Any, ...], facts: Facts) -> Iterator[Unread]:
    of_issues = ((event.slip, issue.id) for issue in facts.issues for event in issue.events if event.slip)
    slips = _by_word(chain(of_issues, ((slip.slip, slip.unit) for slip in facts.slips)))
    categories = _by_word((issue.category, issue.id) for issue in facts.issues if issue.category)
    sources = _by_word((issue.source, issue.id) for issue in facts.issues if issue.source)
    returns = _by_word((duty.what, duty.owed_by) for duty in facts.duties)
    items = _by_word((finding.item, i.unit) for i in facts.inspections for finding in i.findings)
    asked: dict[Misfit, set[str]] = defaultdict(set)
    for term in terms:
        match term:
            case slipped() | unit_slipped():
                asked["slip"].add(term.level)
            case category_is():
                asked["category"].add(term.category)
            case source_is():
                asked["source"].add(term.source)
            case Limit():
                asked["category"].update(term.categories)
                asked["source"].update(term.sources)
            case Item():
                asked["item"].add(term.name)
            case count_findings(item=str(item)):
                asked["item"].add(item)
            case Routine(what=what) | count_duties(what=str(what)):
                asked["return"].add(what)
    yield from _misspelt("slip", "slips", slips, asked["slip"], _SHORT)
    yield from _misspelt("category", "issues", categories, asked["category"], _LONG)
    yield from _misspelt("source", "issues", sources, asked["source"], _LONG)
    yield from _misspelt("item", "findings", items, asked["item"], _LONG)
    yield from _misspelt("return", "duties", returns, asked["return"], _LONG)


def _by_word(pairs: Iterable[tuple[str, str]]) -> Named:
    places: dict[str, list[str]] = defaultdict(list)
    for word, place in pairs:
        places[word].append(place)
    return {word: tuple(places[word]) for word in sorted(places)}


def _misspelt(what: Misfit, table: str, found: Named, asked: set[str], alike: float) -> Iterator[Unread]:
    """Words that nothing asks for, each beside the one that is spelt nearly so.

    Where no fact has what is asked for, the slip may be the scheme's, and less likeness is enough.
    """
    for word, places in found.items():
        if word not in asked:
            near = _near(word, asked, alike) or _near(word, asked - set(found), _SHORT)
            if near:
                yield Unread(what, table, (word,), (near,), len(places), tuple(sorted(set(places))))


def _near(word: str, words: Iterable[str], alike: float) -> str:
    stem = word.translate(_TELLS_APART)
    others = sorted(other for other in words if other.translate(_TELLS_APART) != stem)
    return next(iter(get_close_matches(word, others, n=1, cutoff=alike)), "")


def _owing(terms: tuple[Any, ...], facts: Facts) -> Iterator[Unread]:
    """Whose returns are on record, and are owed by others: a unit, it may be, under its name and not its code."""
    routines = [term for term in terms if isinstance(term, Routine)]
    for what in sorted({routine.what for routine in routines}):
        asked = [routine for routine in routines if routine.what == what]
        owing = {unit.code for unit in facts.grid.at_levels(routine.of_level for routine in asked)}
        owing = owing.union(*(routine.owed_by for routine in asked))
        others = [duty.owed_by for duty in facts.duties if duty.what == what and duty.owed_by not in owing]
        if others:
            yield Unread("owing", "duties", tuple(sorted(set(others))), (what,), len(others), ())


# -- the grid, and who heads a unit
def _levels(schemes: tuple[Scheme, ...], facts: Facts) -> Iterator[Unread]:
    """Levels of units right beside those of the field: spelt nearly as a scheme's level, or where one has no unit."""
    asked = {level for scheme in schemes for level in scheme.levels}
    found = _by_word((unit.level, unit.code) for unit in facts.grid.units)
    lacking = asked - set(found)
    parents = {unit.parent for unit in facts.grid.at_levels(asked)}
    for level, codes in found.items():
        if level not in asked:
            beside = any(facts.grid[code].parent in parents for code in codes)
            near = _near(level, asked if beside else lacking, _SHORT)
            meant = (near,) if near else tuple(sorted(lacking)) if beside else ()
            if meant:
                yield Unread("level", "grid", (level,), meant, len(codes), codes)


def _heads(schemes: tuple[Scheme, ...], facts: Facts) -> Iterator[Unread]:
    """Roles of heads that nobody has, though others have one."""
    held = tuple(sorted({assignment.role for assignment in facts.assignments}))
    for head in sorted({scheme.head for scheme in schemes if scheme.head} - set(held)):
        if held:
            yield Unread("head", "assignments", held, (head,), len(facts.assignments), ())


# -- days
_Visits = tuple[tuple[str, tuple[Inspection, ...] | tuple[Survey, ...] | tuple[StatedRank, ...]], ...]


def _visits(facts: Facts) -> _Visits:
    return (("inspections", facts.inspections), ("surveys", facts.surveys), ("stated", facts.stated_ranks))


def _early(schemes: tuple[Scheme, ...], terms: tuple[Any, ...], facts: Facts) -> Iterator[Unread]:
    """Rows from before any edition applies, if no rule looks back on them."""
    if any(isinstance(term, change | mean_over | to_date | count_repeats) for term in terms):
        return
    first = min(scheme.since for scheme in schemes)
    for table, rows in _visits(facts):
        days = {row.day for row in rows if row.day < first}
        lost = {day for day in days if not any(s.judges(s.cadence.round_of(day)) for s in schemes)}
        units = [row.unit for row in rows if row.day in lost]
        if units:
            span = tuple(dict.fromkeys(day.isoformat() for day in (min(lost), max(lost))))
            yield Unread("early", table, span, (first.isoformat(),), len(units), tuple(sorted(set(units))))


def _alone(schemes: tuple[Scheme, ...], facts: Facts) -> Iterator[Unread]:
    """A year that is written wrong makes a newest round of its own, far from the others."""
    for scheme in schemes:
        field = {code for unit in facts.grid.at_levels(scheme.levels) for code in facts.grid.subtree(unit.code)}
        for table, rows in _visits(facts):
            seen: dict[Round, set[str]] = defaultdict(set)
            for row in rows:
                if row.unit in field:
                    seen[scheme.cadence.round_of(row.day)].add(row.unit)
            for before, last in list(pairwise(sorted(seen, key=lambda round: round.start)))[-1:]:
                few, many = len(seen[last]), len(seen[before])
                if last.start > before.end and few < many and few <= max(1, many // _FEW):
                    yield Unread("alone", table, (last.label,), (before.label,), few, tuple(sorted(seen[last])))


def _rulings(schemes: tuple[Scheme, ...], facts: Facts) -> Iterator[Unread]:
    for id_ in sorted({scheme.id for scheme in schemes}):
        rulings = [ruling for ruling in facts.rulings if ruling.scheme == id_]
        rounds = rounds_of([scheme for scheme in schemes if scheme.id == id_], facts) if rulings else ()
        lost = (r for r in rulings if not any(r.concerns in round for round in rounds))
        for day, places in _by_word((ruling.concerns.isoformat(), ruling.unit) for ruling in lost).items():
            yield Unread("ruling", "rulings", (day,), (id_,), len(places), tuple(sorted(set(places))))
