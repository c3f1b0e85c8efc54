"""Words for people: why something was decided (`narrate`), and what a scheme says (`describe`)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from envgov.exact import round_half_up, total_of
from envgov.facts.grid import Unit
from envgov.facts.inspection import Inspection
from envgov.facts.ruling import Ruling
from envgov.policy.boards import Board
from envgov.policy.conditions import bottom, top
from envgov.policy.ladders import Rung
from envgov.policy.ranking import RankBy
from envgov.policy.scoring import (
    deductions,
    mean_of_children,
    stated,
    stated_else,
)
from envgov.policy.term import terms_in
from envgov.reason import Absent, Reason
from envgov.results.history import Absence
from envgov.results.placement import PENDING, Placement
from envgov.results.ranking import SCORE, Standing
from envgov.scheme import Scheme, Source
from envgov.wording.phrases import LANGUAGES, Language, Words

INDENT = "  "
SHOWN_PLACES = 4


def narrate(reason: Reason, language: Language = "zh") -> str:
    """A Reason in words, down to the facts: what `Assessment.explain` returns, or any part of it.

    A number that does not end within four decimals is marked ≈; the decision used the exact one.
    """
    words = LANGUAGES[language]
    return "\n".join(_Narrator(words).lines(reason))


def describe(scheme: Scheme, language: Language = "zh") -> str:
    """A scheme in words: field, scoring, ranking, boards, ladders, each clause quoted, each assumption listed."""
    return "\n".join(_describe(scheme, LANGUAGES[language]))


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (INDENT + line for line in lines)


def _exact(value: object) -> tuple[str, str]:
    """How a number equals what is shown of it, and that."""
    if isinstance(value, Fraction):
        rounded = round_half_up(value, SHOWN_PLACES)
        text = f"{rounded:f}".rstrip("0").rstrip(".")
        return ("=" if Fraction(rounded) == value else "≈"), text
    return "=", f"{value:f}" if isinstance(value, Decimal) else str(value)


def _number(value: object) -> str:
    equals, text = _exact(value)
    return text if equals == "=" else equals + text


class _Narrator:
    def __init__(self, words: Words) -> None:
        self.words = words
        self.say = words.say

    def lines(self, node: object) -> Iterator[str]:
        match node:
            case Reason(rule=Scheme()):
                yield from self._scheme(node)
            case Reason(rule=Board() as board):
                yield from self._board(board, node)
            case Reason(rule=Rung() as rung):
                yield from self._rung(rung, node)
            case Reason(value=Fraction() | Absent()):
                yield from self._score(node)
            case Reason():
                yield from self._condition(node)
            case Standing():
                yield self._standing(node)
            case Inspection():
                yield from self._inspection(node)
            case Ruling(holds=holds, by=by, why=why):
                yield self.say["ruling"].format(by=by, held=self.say[str(holds)], why=why)
            case Placement(board=board_id, tier=tier):
                yield self.say["placement"].format(board=board_id, tier=self._tier(tier))
            case Unit(name=name):
                yield name
            case _:
                yield repr(node)

    # -- the whole
    def _scheme(self, reason: Reason) -> Iterator[str]:
        scheme, standing = reason.rule, reason.value
        assert isinstance(scheme, Scheme)
        unit = next(fact for fact in reason.because if isinstance(fact, Unit))
        parts = [part for part in reason.because if isinstance(part, Reason)]
        label = f" {standing.round.label}" if isinstance(standing, Standing | Absence) else ""
        yield f"{scheme.title or scheme.id}{label}{self.say['colon']}{unit.name}"
        yield self._rank(scheme, standing)
        scores, rest = parts[: len(scheme.ranked)], parts[len(scheme.ranked) :]
        for figure, part in zip(scheme.ranked, scores, strict=True):
            yield ""
            yield self._figure(figure.name, figure.ranking, part.value)
            yield from _indented(self.lines(part))
        for part in rest:
            if isinstance(part.rule, Board):
                yield ""
                yield from self.lines(part)
        rungs = [part for part in rest if isinstance(part.rule, Rung)]
        if rungs:
            yield ""
            yield self.say["measures"]
            for part in rungs:
                yield from _indented(self.lines(part))
        yield ""
        yield from source_lines(scheme.source, self.words)

    def _rank(self, scheme: Scheme, standing: object) -> str:
        if not isinstance(standing, Standing):
            return self.say[standing.why.value] if isinstance(standing, Absence) else self.say["no scoring"]
        group = self.say["group"].format(standing.group) if standing.group else ""
        text = self.say["rank"].format(rank=standing.rank, size=standing.size, group=group)
        if standing.tied > 1:
            text += self.say["tied"].format(tied=standing.tied)
        elif standing.behind == 0 and standing.ahead:
            text += self.say["last"]
        assert scheme.ranking is not None, "it was ranked"
        shown = round_half_up(Fraction(standing.score), scheme.ranking.places)
        return text + self.say["scored"].format(score=shown)

    def _figure(self, name: str, ranking: RankBy, value: object) -> str:
        if not isinstance(value, Fraction):
            assert isinstance(value, Absent)
            return self.say["score"].format(shown=self.say[value.value])
        shown = round_half_up(value, ranking.places)
        if name != SCORE:
            return self.say["figure score"].format(name=name, shown=shown)
        if Fraction(shown) == value:
            return self.say["score"].format(shown=shown)
        return self.say["decided"].format(exact=_number(value), shown=shown)

    def _board(self, board: Board, reason: Reason) -> Iterator[str]:
        yield self.say["board"].format(board=board.id, tier=self._tier(reason.value))
        for tier, asked in zip(board.tiers, reason.because, strict=False):
            lines = self.lines(asked)
            yield f"{INDENT}{tier.name}{self.say['colon']}{next(lines)}"
            yield from _indented(_indented(lines))
            if tier.cite:
                yield INDENT * 2 + self.say["cite"].format(tier.cite)

    def _rung(self, rung: Rung, reason: Reason) -> Iterator[str]:
        yield rung_line(rung, self.words) + (self.say["measure pending"] if reason.value is None else "")
        for part in reason.because:
            lines = self.lines(part)
            yield f"{INDENT}{self.say['because']}{next(lines)}"
            yield from _indented(_indented(lines))
        if rung.cite:
            yield INDENT + self.say["cite"].format(rung.cite)

    def _tier(self, tier: object) -> str:
        return self.say["pending"] if tier == PENDING else str(tier)

    # -- scores
    def _score(self, reason: Reason) -> Iterator[str]:
        rule, because = reason.rule, reason.because
        units = [fact for fact in because if isinstance(fact, Unit)]
        grounds = [fact for fact in because if not isinstance(fact, Unit)]
        own = f"{units[0].name}{self.say['colon']}" if units else ""
        if isinstance(rule, mean_of_children) and grounds:
            known = [part.value for part in grounds if isinstance(part, Reason) and isinstance(part.value, Fraction)]
            equals, text = _exact(reason.value)
            yield own + self.say["mean"].format(
                sum=_number(total_of(known)), n=len(known), equals=equals, value=text, phrase=self.words.phrase(rule)
            )
        elif isinstance(rule, stated_else):
            yield from self._stated_else(reason, own)
            return
        elif isinstance(rule, stated | deductions):
            yield from self._visits(rule, reason, own, [i for i in grounds if isinstance(i, Inspection)])
            return
        else:
            name = getattr(rule, "name", "") or self.words.phrase(rule)
            yield f"{own}{name} {self._value(reason.value)}"
        for part in grounds:
            yield from _indented(self.lines(part))

    def _value(self, value: object) -> str:
        return self.say[value.value] if isinstance(value, Absent) else _number(value)

    def _visits(self, rule: stated | deductions, reason: Reason, own: str, visits: list[Inspection]) -> Iterator[str]:
        channel = self.say["channel"].format(rule.channel) if rule.channel else self.say["any channel"]
        if not visits:
            yield f"{own}{channel}{self.say['colon']}{self.say['nothing seen']}"
            return
        if len(visits) > 1:
            several = self.words.choices["several"][rule.several]
            value = self._value(reason.value)
            yield own + self.say["several visits"].format(value=value, n=len(visits), several=several)
            for visit in visits:
                yield from _indented(self._visit(rule, visit, ""))
            return
        yield from self._visit(rule, visits[0], own)

    def _visit(self, rule: stated | deductions, visit: Inspection, own: str) -> Iterator[str]:
        lines = self._inspection(visit)
        if isinstance(rule, deductions):
            full, lost, marks = rule.rubric.full, rule.rubric.lost(visit), rule.rubric.marks(visit)
            channel = self.say["channel"].format(visit.channel)
            sentence = self.say["marks" if lost <= full else "no marks"]
            yield own + sentence.format(
                full=full, lost=_number(Fraction(lost)), value=_number(Fraction(marks)), channel=channel
            )
            yield from _indented(lines)
        else:
            yield own + next(lines)
            yield from _indented(lines)

    def _stated_else(self, reason: Reason, own: str) -> Iterator[str]:
        first, *rest = (fact for fact in reason.because if not isinstance(fact, Unit))
        lines = self.lines(first)
        yield own + next(lines)
        yield from lines
        for other in rest:
            assert isinstance(other, Reason)
            if isinstance(other.value, Absent):
                yield self.say["unused none"]
            else:
                yield self.say["unused"]
                yield from _indented(self.lines(other))

    def _inspection(self, i: Inspection) -> Iterator[str]:
        day = str(i.day) if i.last_day is None else self.say["until"].format(i.day, i.last_day)
        head = self.say["inspection"].format(day=day, channel=i.channel)
        if i.inspector:
            head += self.say["by"].format(inspector=i.inspector)
        if i.stated is not None:
            head += self.say["colon"] + self.say["stated score"].format(stated=i.stated)
        elif not i.findings:
            head += self.say["colon"] + self.say["no finding"]
        yield head + self._note(i.note)
        for finding in i.findings:
            lost = self.say["deducted"].format(deduction=finding.deduction)
            yield f"{INDENT}{finding.item}{self.say['colon']}{lost}{self._note(finding.note)}"

    def _note(self, note: str) -> str:
        return self.say["note"].format(note=note) if note else ""

    # -- conditions
    def _condition(self, reason: Reason) -> Iterator[str]:
        rule, grounds = reason.rule, reason.because
        standing = grounds[0] if len(grounds) == 1 and isinstance(grounds[0], Standing) else None
        tied = isinstance(rule, top | bottom) and any(isinstance(s, Standing) and s.tied > 1 for s in grounds)
        details = self.say["details"].format(self.words.details(rule)) if tied else ""
        answer = f"{self.words.phrase(rule)}{details}{self.say['colon']}{self.say[str(reason.value)]}"
        if standing is None:
            yield answer
        else:
            yield f"{self._standing(standing)}{self.say['dash']}{answer}"
            grounds = ()
        if tied and any(isinstance(s, Standing) and s.ahead == s.behind == 0 for s in reason.because):
            yield INDENT + self.say["all tied"]
        for part in grounds:
            yield from _indented(self.lines(part))

    def _standing(self, s: Standing) -> str:
        text = self.say["standing"].format(label=s.round.label, rank=s.rank, size=s.size, score=_number(s.score))
        return text + (self.say["tied"].format(tied=s.tied) if s.tied > 1 else "")


# ---- schemes in words --------------------------------------------------------------------------------------
def rung_line(rung: Rung, words: Words) -> str:
    line = words.say["measure"].format(measure=rung.measure, to=words.say["joint"].join(rung.to))
    return line + (words.say["measure by"].format(by=rung.by) if rung.by else "")


def source_lines(source: Source, words: Words) -> Iterator[str]:
    parts = (source.title, source.document_number, source.published and source.published.isoformat(), source.url)
    yield words.say["source"].format(words.say["joint"].join(part for part in parts if part))
    if source.assumed:
        yield words.say["assumed"]
        yield from (f"{INDENT}{n}. {reading}" for n, reading in enumerate(source.assumed, 1))


def _rule_lines(rule: Any, words: Words) -> Iterator[str]:
    """A scoring rule and its parts, each with the details that the scheme declares."""
    details = words.details(rule)
    yield words.phrase(rule) + (words.say["details"].format(details) if details else "")
    if rule.cite if hasattr(rule, "cite") else "":
        yield INDENT + words.say["cite"].format(rule.cite)
    for inner in getattr(rule, "parts", ()) or [of for of in [getattr(rule, "of", None)] if hasattr(of, "scores")]:
        yield from _indented(_rule_lines(inner, words))


def _condition_text(condition: Any, words: Words) -> str:
    """A condition with what it declares, and what the conditions inside it declare."""
    inner = [term for term in terms_in(condition) if term is not condition and words.details(term)]
    said = [
        words.details(condition),
        *(words.phrase(term) + words.say["colon"] + words.details(term) for term in inner),
    ]
    details = words.say["joint"].join(detail for detail in dict.fromkeys(said) if detail)
    return words.phrase(condition) + (words.say["details"].format(details) if details else "")


def _describe(scheme: Scheme, words: Words) -> Iterator[str]:
    say = words.say
    yield f"{scheme.title or scheme.id} ({scheme.id}){say['details'].format(say['since'].format(scheme.since))}"
    among = say["among"].format(scheme.among) if scheme.among else ""
    yield say["field"].format(levels=say["joint"].join(scheme.levels), among=among)
    yield say["cadence"].format(words.phrase(scheme.cadence))
    if scheme.groups:
        yield say["groups"].format(say["joint"].join(scheme.groups))
    if not scheme.ranked:
        yield say["no scoring"]
    for figure in scheme.ranked:
        yield say["scoring"] if figure.name == SCORE else say["figure rule"].format(figure.name)
        yield from _indented(_rule_lines(figure.rule, words))
        yield _ranking_line(figure.ranking, words)
        if figure.ranking.breakers:
            yield say["breakers"].format(say["joint"].join(map(words.phrase, figure.ranking.breakers)))
    for board in scheme.boards:
        yield say["board"].format(board=board.id, tier="")
        for tier in board.tiers:
            yield f"{INDENT}{tier.name}{say['colon']}{_condition_text(tier.when, words)}"
            if tier.cite:
                yield INDENT * 2 + say["cite"].format(tier.cite)
        yield INDENT + say["rest"].format(board.rest)
    for ladder in scheme.ladders:
        yield say["ladder"].format(say[ladder.publish])
        for rung in ladder.rungs:
            instead = say["supersedes"].format(say["joint"].join(rung.supersedes)) if rung.supersedes else ""
            yield f"{INDENT}{rung_line(rung, words)}{instead}"
            yield f"{INDENT * 2}{say['because']}{_condition_text(rung.when, words)}"
            if rung.cite:
                yield INDENT * 2 + say["cite"].format(rung.cite)
    yield from source_lines(scheme.source, words)


def _ranking_line(ranking: RankBy, words: Words) -> str:
    rank_on = words.say["exact"] if ranking.rank_on == "exact" else ""
    return words.say["ranking"].format(places=ranking.places, rank_on=rank_on, method=words.say[ranking.method])
