"""One scheme's part of a site, in one language: its boards, ranking, measures and rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from envgov.results.assessment import Assessment, Row, Season
from envgov.results.measure import Measure
from envgov.results.note import disclosed_notes
from envgov.results.placement import PENDING, Placement, Side
from envgov.results.ranking import Standing
from envgov.results.table import WORDS, Language
from envgov.scheme import Scheme
from envgov.site.names import page_of
from envgov.wording import describe
from envgov.wording.bulletin import day_word, label_word
from envgov.wording.site import SAY

SHOWN_ROUNDS = 24
_ORDER: tuple[Side | None, ...] = ("praise", None, "sanction")


class Entry(NamedTuple):
    """A unit in a list: its name, its page, and what is said of it."""

    name: str
    page: str
    said: str


class Tier(NamedTuple):
    """A tier of a board, or those of it who wait for a ruling."""

    heading: str
    entries: tuple[Entry, ...]


class Proposal(NamedTuple):
    """A measure, and all for whom it is proposed."""

    measure: str
    to: str
    by: str
    entries: tuple[Entry, ...]


class Held(NamedTuple):
    """A unit in one round, and what stands of it under the `history_heads`."""

    label: str
    standing: Standing | None
    texts: tuple[str, ...]


class Part:
    """What a season's newest round and its history say, unit by unit."""

    def __init__(self, season: Season, language: Language) -> None:
        self.season, self.language = season, language
        self.assessment = season.latest
        self.say, self.words = SAY[language], WORDS[language]
        self.title = self.assessment.title or self.assessment.scheme
        self.page, self.rules_page = (page_of(what, self.assessment.scheme) for what in ("scheme", "rules"))
        self.ranked = bool(self.assessment.record.rankings)
        round = self.assessment.record.round
        self.label = label_word(round.label, language)
        first, last = day_word(round.start, language), day_word(round.last_day, language)
        self.round = self.say["round"].format(label=self.label, first=first, last=last)
        heads = ("rank", "score", "tier", "measures") if self.ranked else ("tier", "measures")
        self.history_heads = [self.say[head] for head in ("label", *heads)]
        self.listing = self.assessment.listing(language)
        self.codes = [row.unit.code for row in self.assessment.rows()]
        self.at = {code: i for i, code in enumerate(self.codes)}

    def sheet(self, first: int, last: int) -> list[tuple[str, tuple[str, ...]]]:
        """Rows of the ranking, each with the page of its unit."""
        span = slice(first, last)
        return [
            (page_of("unit", code), cells)
            for code, cells in zip(self.codes[span], self.listing.rows[span], strict=True)
        ]

    # -- boards
    @cached_property
    def tiers(self) -> list[Tier]:
        """Every tier but that of the rest: praise first, sanction last; then who waits for a ruling."""
        return list(self._tiers())

    def _tiers(self) -> Iterator[Tier]:
        record = self.assessment.record
        for board in record.boards:
            placed = sorted(
                (p for p in record.placements if p.board == board.board), key=lambda placement: self.at[placement.unit]
            )
            sides = {placement.tier: placement.side for placement in placed}
            for tier in sorted(board.names[:-1], key=lambda name: _ORDER.index(sides.get(name))):
                entries = tuple(self._ranked(placement) for placement in placed if placement.tier == tier)
                yield Tier(self.say["board"].format(board=board.board, tier=tier), entries)
            if pending := tuple(self._pending(placement) for placement in placed if placement.tier == PENDING):
                yield Tier(self.say["pending"].format(board=board.board), pending)

    def _ranked(self, placement: Placement) -> Entry:
        standing = self.assessment.record.standing(placement.unit)
        return self._entry(placement.unit, self.say["placed"].format(rank=standing.rank) if standing else "")

    def _pending(self, placement: Placement) -> Entry:
        tiers = self.say["joint"].join(outcome.tier for outcome in placement.outcomes)
        return self._entry(placement.unit, self.say["may be in"].format(tiers) if tiers else "")

    def _entry(self, code: str, said: str) -> Entry:
        return Entry(self.assessment.names[code], page_of("unit", code), said)

    # -- measures, who is absent, notes, rules
    def proposals(self) -> list[Proposal]:
        """Each measure with those for whom it is proposed; one about issues with their numbers."""
        grouped: dict[tuple[str, str, str], list[Entry]] = {}
        for measure in self.assessment.measures:
            issue = (measure.subject,) if measure.about == "issue" else ()
            pending = (self.words.pending,) if measure.pending else ()
            to = self.say["joint"].join(measure.to)
            said = self.say["joint"].join((*issue, *pending))
            grouped.setdefault((measure.rung, to, measure.by), []).append(self._entry(measure.unit, said))
        return [Proposal(*key, tuple(entries)) for key, entries in grouped.items()]

    def absent(self) -> list[Entry]:
        absences = self.assessment.record.absences
        return [self._entry(absence.unit, self.words.absent[absence.why]) for absence in absences]

    def notes(self) -> list[str]:
        notes = disclosed_notes(self.assessment.notes)
        return [note.text(self.language, self.assessment.names) for note in notes]

    def rules(self) -> str:
        scheme = self.assessment.explain(self.assessment.units[0].code).rule
        assert isinstance(scheme, Scheme)
        return describe(scheme, self.language)

    # -- a unit
    def near(self, code: str) -> list[tuple[str, tuple[str, ...]]]:
        """The rows of the ranking around a unit, of its own group; none where it has no rank."""
        own = self.assessment.record.standing(code)
        if own is None:
            return []
        at, standings = self.at[code], self.assessment.record.standings
        near = [i for i in range(max(at - 3, 0), min(at + 4, len(standings))) if standings[i].group == own.group]
        return self.sheet(near[0], near[-1] + 1)

    def history(self, code: str) -> list[Held]:
        """The unit in each of the newest rounds in which it was in the field, oldest first."""
        return [
            Held(assessment.record.round.label, rows[code].standing, self._told(assessment, rows[code]))
            for assessment, rows in self._rounds
            if code in rows
        ]

    @cached_property
    def _rounds(self) -> list[tuple[Assessment, Mapping[str, Row]]]:
        shown = self.season.assessments[-SHOWN_ROUNDS:]
        return [(assessment, {row.unit.code: row for row in assessment.rows()}) for assessment in shown]

    def _told(self, assessment: Assessment, row: Row) -> tuple[str, ...]:
        rank = score = "-"
        if row.absent is not None:
            rank = self.words.absent[row.absent]
        elif row.standing is not None:
            rank, score = self.rank(row.standing), str(assessment.record.ranking().shown(row.standing))
        tiers = self.words.joint.join(map(self.words.tier, row.tiers))
        measures = self.words.measures(row.measures) or self.say["nobody"]
        return (rank, score, tiers or "-", measures) if self.ranked else (tiers or "-", measures)

    def rank(self, standing: Standing) -> str:
        rank = self.say["rank of"].format(rank=standing.rank, size=standing.size)
        tied = (self.say["tied"].format(n=standing.tied),) if standing.tied > 1 else ()
        return self.words.comma.join((rank, *tied))

    def summary(self, code: str) -> Iterator[tuple[str, str]]:
        """What the newest round says of a unit, by its heads."""
        newest = self.history(code)[-1]
        if self.ranked:
            yield self.say["rank"], newest.texts[0]
        if newest.standing is not None:
            if newest.standing.group:
                yield self.say["group"], newest.standing.group
            yield self.say["score"], newest.texts[1]
        yield from self._figures(code)
        for placement in self.assessment.record.placements_of(code):
            yield placement.board, self.words.tier(placement.tier)
        yield self.say["measures"], self.words.measures(self._measures[code]) or self.say["nobody"]

    @cached_property
    def _measures(self) -> Mapping[str, list[Measure]]:
        """All that is proposed for a unit, and about issues in it."""
        found: dict[str, list[Measure]] = defaultdict(list)
        for measure in self.assessment.measures:
            found[measure.unit].append(measure)
        return found

    def _figures(self, code: str) -> Iterator[tuple[str, str]]:
        for ranking in self.assessment.record.rankings[1:]:
            if standing := ranking.of(code):
                yield ranking.figure, str(ranking.shown(standing))


def split(rows: int, of: int) -> list[tuple[int, int]]:
    """The first and the last row, exclusive, of each sheet of at most `of`; one sheet where there are no rows."""
    return [(first, min(first + of, rows)) for first in range(0, max(rows, 1), of)]
