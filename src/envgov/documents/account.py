"""What one assessment has to tell in a bulletin, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from attrs import evolve

from envgov.documents.bulletin import Section, Table
from envgov.errors import EnvGovError
from envgov.facts.inspection import Inspection
from envgov.policy.boards import Board
from envgov.policy.scoring.inspected import deductions
from envgov.reason import Reason, Tally
from envgov.results.assessment import Assessment
from envgov.results.note import disclosed_notes
from envgov.results.placement import PENDING, Placement, Tiers
from envgov.results.ranking import SCORE
from envgov.results.table import WORDS, Language
from envgov.scheme import Scheme
from envgov.wording.bulletin import SAY, day_word
from envgov.wording.phrases import LANGUAGES
from envgov.wording.rates import word_rate

SHOWN_DEDUCTIONS = 3
NAMES_IN_ITEM = 20
"""Of one measure: an item that names more has no room in a chat."""

_ORDER = ("praise", None, "sanction")


def account_of(assessment: Assessment, language: Language, level: int) -> Iterator[Section]:
    """Ranking, rates, boards, measures, absent units and notes: each where there is something to tell."""
    account = _Account(assessment, language)
    for section in account.sections():
        yield evolve(section, level=level)


class _Account:
    def __init__(self, assessment: Assessment, language: Language) -> None:
        self.assessment, self.language = assessment, language
        self.say, self.words, self.names = SAY[language], WORDS[language], assessment.names
        self.reason = cache(self._reason)

    def sections(self) -> Iterator[Section]:
        record = self.assessment.record
        yield self._ranking()
        if rates := tuple(self._rates()):
            yield Section(self.say["rates"], "rates", items=rates)
        for tiers in record.boards:
            yield from self._board(tiers, alone=len(record.boards) == 1)
        if measures := tuple(self._measures()):
            note = self.say["signed by people"]
            yield Section(self.say["measures"], "measures", items=measures, notes=(note,))
        absent = tuple(
            self.words.aside.format(self._named(absence.unit, absence.group), self.words.absent[absence.why])
            for absence in record.absences
        )
        if absent:
            yield Section(self.say["absent"], "notes", items=absent)
        told = disclosed_notes(self.assessment.notes)
        if notes := tuple(note.text(self.language, self.names) for note in told):
            yield Section(self.say["notes"], "notes", items=notes)

    def _ranking(self) -> Section:
        """The table without the measures, which have a section of their own, and without what is empty throughout."""
        if not self.assessment.record.rankings:
            text = self.say["not ranked"].format(n=len(self.assessment.units))
            return Section(self.say["ranking"], "ranking", text=(text,))
        heads, *rows = self.assessment.table(self.language)
        measures = len(heads) - 2
        shown = [i for i in range(len(heads)) if i != measures and (i < 3 or any(row[i] for row in rows))]
        table = Table(tuple(heads[i] for i in shown), tuple(tuple(row[i] for i in shown) for row in rows))
        text = self.say["assessed"].format(n=len(self.assessment.record.standings))
        return Section(self.say["ranking"], "ranking", text=(text,), table=table)

    # -- rates
    def _rates(self) -> Iterator[str]:
        """Of each figure that counts things among things: all that was counted in the field, on its one day."""
        for n, ranking in enumerate(self.assessment.record.rankings):
            tallies = [tally for s in ranking.standings for tally in self._tallies(s.unit, n)]
            if tallies:
                counted, among = sum(t.counted for t in tallies), sum(t.among or 0 for t in tallies)
                day = tallies[0].as_of  # that of the round, for each
                yield self.say["rate"].format(
                    name=self.words.heads[2] if ranking.figure == SCORE else ranking.figure,
                    rate=word_rate(Tally(counted, among, day), "at least", self.language),
                    counted=counted,
                    among=among,
                    day=day_word(day, self.language),
                )

    def _tallies(self, unit: str, figure: int) -> Iterator[Tally]:
        """The counts on which a unit's figure rests directly; of a figure made of several, none."""
        whole = self.reason(unit)
        if whole is None:
            return
        parts = [part for part in whole.because if isinstance(part, Reason)]
        yield from (ground for ground in parts[figure].because if isinstance(ground, Tally) and ground.among)

    # -- boards
    def _board(self, tiers: Tiers, *, alone: bool) -> Iterator[Section]:
        """Every tier but that of the rest: praise first, sanction last, and then who waits for a ruling."""
        placed = [p for p in self.assessment.record.placements if p.board == tiers.board]
        sides = {placement.tier: placement.side for placement in placed}
        ordered = sorted(tiers.names[:-1], key=lambda tier: _ORDER.index(sides.get(tier)))
        for tier in ordered:
            heading = tier if alone else self.say["on board"].format(board=tiers.board, tier=tier)
            items = tuple(self._placed(placement) for placement in self._by_rank(placed) if placement.tier == tier)
            yield Section(heading, "board", items=items or (self.say["nobody"],))
        pending = tuple(
            self._named_as(placement, self._may_be_in(placement))
            for placement in self._by_rank(placed)
            if placement.tier == PENDING
        )
        if pending:
            heading = self.say["pending"] if alone else f"{tiers.board}{self.say['colon']}{self.say['pending']}"
            yield Section(heading, "board", items=pending)

    def _by_rank(self, placed: Iterable[Placement]) -> list[Placement]:
        order = {s.unit: n for n, s in enumerate(self.assessment.record.standings)}
        return sorted(placed, key=lambda placement: order.get(placement.unit, len(order)))

    def _placed(self, placement: Placement) -> str:
        """Who is sanctioned is told why: by which clause, and which deductions weighed most."""
        parts = []
        record = self.assessment.record
        if standing := record.standing(placement.unit):
            parts.append(self.say["placed"].format(rank=standing.rank, score=record.ranking().shown(standing)))
        whole = self.reason(placement.unit) if placement.side == "sanction" else None
        if whole is not None:
            parts += self._grounds(placement, whole)
        return self._named_as(placement, self.say["apart"].join(parts))

    def _grounds(self, placement: Placement, whole: Reason) -> Iterator[str]:
        for part in whole.because:
            if isinstance(part, Reason) and isinstance(part.rule, Board) and part.rule.id == placement.board:
                tier = next(tier for tier in part.rule.tiers if tier.name == placement.tier)
                phrase = LANGUAGES[self.language].phrase(tier.when)
                yield self.say["basis"].format(tier.cite) if tier.cite else self.say["by rule"].format(phrase)
        assert isinstance(whole.rule, Scheme)
        scores = [part for part in whole.because if isinstance(part, Reason)][: len(whole.rule.ranked)]
        # two parts of a score may rest on the same inspection
        counted = dict.fromkeys(i for score in scores[:1] for i in _inspections_in(score))
        findings = (finding for inspection in counted for finding in inspection.findings)
        found = sorted(findings, key=lambda finding: (-finding.deduction, finding.item))
        deducted = [
            self.say["deduction"].format(item=finding.item, points=f"{finding.deduction:f}")
            for finding in found[:SHOWN_DEDUCTIONS]
            if finding.deduction
        ]
        if deducted:
            yield self.say["deducted"].format(self.say["joint"].join(deducted))

    def _may_be_in(self, placement: Placement) -> str:
        tiers = self.say["joint"].join(outcome.tier for outcome in placement.outcomes)
        return self.say["may be in"].format(tiers) if tiers else ""

    # -- measures
    def _measures(self) -> Iterator[str]:
        """Each measure with those for whom it is proposed; about issues, with the issues."""
        grouped: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for measure in self.assessment.measures:
            unit = self.names[measure.unit]
            who = unit if measure.about == "unit" else self.words.aside.format(unit, measure.subject)
            pending = self.words.aside.format(who, self.words.pending) if measure.pending else who
            grouped.setdefault((measure.rung, measure.to), []).append(pending)
        for (rung, to), named in grouped.items():
            for n in range(0, len(named), NAMES_IN_ITEM):
                units = self.say["joint"].join(named[n : n + NAMES_IN_ITEM])
                yield self.say["proposed"].format(rung=rung, to=self.say["joint"].join(to), units=units)

    # -- names and reasons
    def _named(self, unit: str, group: str) -> str:
        return self.words.aside.format(self.names[unit], group) if group else self.names[unit]

    def _named_as(self, placement: Placement, text: str) -> str:
        standing = self.assessment.record.standing(placement.unit)
        name = self._named(placement.unit, standing.group if standing else "")
        return name + self.say["colon"] + text if text else name

    def _reason(self, unit: str) -> Reason | None:
        """None: the assessment was read back from a file, without its facts."""
        try:
            return self.assessment.explain(unit)
        except EnvGovError:
            return None


def _inspections_in(reason: Reason) -> Iterator[Inspection]:
    """Those that the score rests on: of several in a round, those that count by the rule."""
    seen = [ground for ground in reason.because if isinstance(ground, Inspection)]
    match reason.rule:
        case deductions(several="latest"):
            yield from (inspection for inspection in seen if inspection.day == seen[-1].day)
        case deductions(several="best" | "worst", rubric=rubric):
            yield from (inspection for inspection in seen if rubric.marks(inspection) == reason.value)
        case _:
            yield from seen
    for ground in reason.because:
        if isinstance(ground, Reason):
            yield from _inspections_in(ground)
