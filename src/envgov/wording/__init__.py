"""Words for people: why something was decided (`narrate`), and what a scheme says (`describe`)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from envgov.exact import round_half_up, total_of
from envgov.facts.grid import Body, Unit
from envgov.facts.inspection import Inspection
from envgov.facts.issue import Issue
from envgov.facts.round import Round
from envgov.facts.ruling import Ruling
from envgov.facts.synthetic import Synthetic
from envgov.policy.boards import Board
from envgov.policy.conditions.condition import Needs, needs_of
from envgov.policy.conditions.counters import k_of_last, streak
from envgov.policy.conditions.places import bottom, bottom_share, top, top_share
from envgov.policy.ladders import Rung
from envgov.policy.ranking import RankBy
from envgov.policy.scoring.combined import Part, mean_of_children, stated_else, total, weighted
from envgov.policy.scoring.inspected import deductions, stated
from envgov.reason import Absent, Reason
from envgov.results.comparison import Move, RoundComparison
from envgov.results.history import Absence, Gap
from envgov.results.placement import PENDING, Placement
from envgov.results.ranking import SCORE, Standing
from envgov.results.table import WORDS, Language
from envgov.scheme import Scheme
from envgov.wording.grounds import INDENT, ground_lines
from envgov.wording.phrases import LANGUAGES
from envgov.wording.schemes import describe, indented, rung_line, source_lines

__all__ = ["describe", "narrate"]

SHOWN_PLACES = 4
SHOWN_GROUNDS = 40


def narrate(reason: Reason, language: Language = "zh") -> str:
    """A Reason in words, down to the facts: what `explain` of an assessment or a comparison returns, or a part of it.

    A number that does not end within four decimals is marked ≈; the decision used the exact one.
    """
    return "\n".join(_Narrator(language).lines(reason))


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


def _shown(score: Decimal | Fraction, ranking: RankBy) -> Decimal:
    return round_half_up(Fraction(score), ranking.places)


class _Narrator:
    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.words = LANGUAGES[language]
        self.say = self.words.say
        self.names: dict[str, str] = {}
        self.own = ""

    def lines(self, node: object) -> Iterator[str]:
        match node:
            case Reason(rule=RoundComparison()):
                yield from self._comparison(node)
            case Reason(rule=Scheme()):
                yield from self._scheme(node)
            case Reason(rule=Board() as board):
                yield from self._board(board, node)
            case Reason(rule=Rung() as rung):
                yield from self._rung(rung, node)
            case Reason(value=Fraction() | Absent()) if hasattr(node.rule, "scores"):
                yield from self._score(node)
            case Reason():
                yield from self._condition(node)
            case Standing():
                yield self._standing(node)
            case Inspection():
                yield from self._inspection(node)
            case Ruling(holds=holds, by=by, why=why):
                yield self.say["ruling"].format(by=self.names.get(by, by), held=self.say[str(holds)], why=why)
            case Gap(round=round, why=why):
                yield self.say[f"gap {why}"].format(round.label)
            case Placement(board=board_id, tier=tier):
                yield self.say["placement"].format(board=board_id, tier=self._tier(tier))
            case Synthetic(what=what):
                yield WORDS[self.language].synthetic.format(what)
            case _:
                yield from ground_lines(node, self.words, self.names)

    # -- the whole
    def _comparison(self, reason: Reason) -> Iterator[str]:
        comparison, move = reason.rule, reason.value
        assert isinstance(comparison, RoundComparison)
        assert isinstance(move, Move)
        _, *heads = comparison.table(self.language)[0]
        unit, *texts = comparison.row(move, self.language)
        yield f"{comparison.label}{self.say['colon']}{unit}"
        for head, text in zip(heads, texts, strict=True):
            if text not in ("", "-", "="):
                yield f"{head}{self.say['colon']}{text}"
        asked = iter(reason.because)
        for scheme, codes in zip(comparison.heading(self.language), comparison.fields, strict=True):
            yield ""
            yield scheme
            yield from indented(self.lines(next(asked)) if move.unit in codes else iter([self.say["outside"]]))

    def _scheme(self, reason: Reason) -> Iterator[str]:
        scheme, standing = reason.rule, reason.value
        assert isinstance(scheme, Scheme)
        unit, *others = (fact for fact in reason.because if isinstance(fact, Unit))
        self.names = {body.code: body.name for body in reason.because if isinstance(body, Body)}
        self.names |= {known.code: known.name for known in (unit, *others)}
        self.own = unit.code
        parts = [part for part in reason.because if isinstance(part, Reason)]
        rounds = [standing.round] if isinstance(standing, Standing | Absence) else []
        rounds += [fact for fact in reason.because if isinstance(fact, Round)]
        for fact in reason.because:
            if isinstance(fact, Synthetic):
                yield from self.lines(fact)
        yield f"{scheme.title or scheme.id} {rounds[0].label}{self.say['colon']}{unit.name}"
        yield self._rank(scheme, standing)
        scores, rest = parts[: len(scheme.ranked)], parts[len(scheme.ranked) :]
        for part in rest:
            if isinstance(part.rule, RankBy):
                yield from self._neighbours(part)
        for figure, part in zip(scheme.ranked, scores, strict=True):
            yield ""
            yield self._figure(figure.name, figure.ranking, part.value)
            yield from indented(self.lines(part))
        for part in rest:
            if isinstance(part.rule, Board):
                yield ""
                yield from self.lines(part)
        rungs = [part for part in rest if isinstance(part.rule, Rung)]
        for head, wanted in (("measures", True), ("no measures", False)):
            chosen = [part for part in rungs if (part.value is not False) is wanted]
            if chosen:
                yield ""
                yield self.say[head]
            for part in chosen:
                yield from indented(self.lines(part))
        yield ""
        yield from source_lines(scheme, self.words)

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
        return text + self.say["scored"].format(score=_shown(standing.score, scheme.ranking))

    def _neighbours(self, reason: Reason) -> Iterator[str]:
        ranking, own = reason.rule, reason.value
        assert isinstance(ranking, RankBy)
        assert isinstance(own, Standing)
        names = {fact.code: fact.name for fact in reason.because if isinstance(fact, Unit)}
        near = [s for s in reason.because if isinstance(s, Standing)]
        before = max((s.ahead for s in near if s.ahead < own.ahead), default=None)
        after = min((s.ahead for s in near if s.ahead > own.ahead), default=None)
        for which, chosen in (
            ("better", [s for s in near if s.ahead == before]),
            ("level", [s for s in near if s.ahead == own.ahead]),
            ("same number", [s for s in near if s.ahead != own.ahead and s.score == own.score]),
            ("worse", [s for s in near if s.ahead == after]),
        ):
            said = [
                self.say["alike" if which in ("level", "same number") else "apart"].format(
                    name=names[s.unit],
                    score=_shown(s.score, ranking),
                    apart=_number(abs(Fraction(s.score) - Fraction(own.score))),
                )
                for s in chosen
            ]
            if said:
                yield self.say[which] + self.say["colon"] + self.say["joint"].join(said)
        for part in reason.because:
            if isinstance(part, Reason):
                yield from indented(self.lines(part))

    def _figure(self, name: str, ranking: RankBy, value: object) -> str:
        if not isinstance(value, Fraction):
            assert isinstance(value, Absent)
            if name != SCORE:
                return self.say["figure absent"].format(name=name, why=self.say[value.value])
            return self.say["score"].format(shown=self.say[value.value])
        shown = round_half_up(value, ranking.places)
        if name != SCORE:
            return self.say["figure score"].format(name=name, shown=shown)
        if Fraction(shown) == value:
            return self.say["score"].format(shown=shown)
        key = "ranked exactly" if ranking.rank_on == "exact" else "decided"
        return self.say[key].format(exact=_number(value), shown=shown)

    def _board(self, board: Board, reason: Reason) -> Iterator[str]:
        yield self.say["board"].format(board=board.id, tier=self._tier(reason.value))
        for tier, asked in zip(board.tiers, reason.because, strict=False):
            lines = self.lines(asked)
            yield f"{INDENT}{tier.name}{self.say['colon']}{next(lines)}"
            yield from indented(indented(lines))
            if tier.cite:
                yield INDENT * 2 + self.say["cite"].format(tier.cite)

    def _rung(self, rung: Rung, reason: Reason) -> Iterator[str]:
        about = "".join(self.say["of issue"].format(i.id) for i in reason.because if isinstance(i, Issue))
        replaced = reason.value is False and any(isinstance(r, Reason) and r.value is True for r in reason.because)
        state = "measure pending" if reason.value is None else "replaced" if replaced else ""
        yield about + rung_line(rung, self.words) + (self.say[state] if state else "")
        for part in reason.because:
            if isinstance(part, Issue):
                if set(owed_by := part.owed_by or (part.place,)) - {self.own}:
                    yield INDENT + WORDS[self.language].owed(owed_by, self.names)
                continue
            lines = self.lines(part)
            yield f"{INDENT}{self.say['because']}{next(lines)}"
            yield from indented(indented(lines))
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
        elif isinstance(rule, weighted) and isinstance(reason.value, Fraction):
            yield own + self._weighted(rule, reason)
        elif isinstance(rule, total) and isinstance(reason.value, Fraction):
            known = [part.value for part in grounds if isinstance(part, Reason) and isinstance(part.value, Fraction)]
            sums = self.say["plus"].join(map(_number, known))
            name = rule.name or self.words.phrase(rule)
            yield own + self.say["sum"].format(name=name, sum=sums, value=_number(reason.value))
        else:
            yield f"{own}{self.words.phrase(rule)} {self._value(reason.value)}"
        if cite := getattr(rule, "cite", ""):
            yield INDENT + self.say["cite"].format(cite)
        for part in grounds[:SHOWN_GROUNDS]:
            yield from indented(self.lines(part))
        if len(grounds) > SHOWN_GROUNDS:
            yield INDENT + self.say["more"].format(len(grounds) - SHOWN_GROUNDS)

    def _weighted(self, rule: weighted, reason: Reason) -> str:
        pairs = [
            (part.weight, given.value)
            for part, given in zip(rule.parts, reason.because, strict=True)
            if isinstance(given, Reason) and isinstance(given.value, Fraction)
        ]
        counted = rule.parts if rule.absent == "zero" else pairs
        weights = total_of(part.weight if isinstance(part, Part) else part[0] for part in counted)
        equals, value = _exact(reason.value)
        return self.say["weighted"].format(
            name=rule.name or self.words.phrase(evolve(rule, name="")),
            sum=self.say["plus"].join(self.say["weight"].format(part=_number(v), weight=f"{w:f}") for w, v in pairs),
            weights=_number(weights),
            equals=equals,
            value=value,
        )

    def _value(self, value: object) -> str:
        return self.say[value.value] if isinstance(value, Absent) else _number(value)

    def _visits(self, rule: stated | deductions, reason: Reason, own: str, visits: list[Inspection]) -> Iterator[str]:
        channel = self.say["that channel"].format(rule.channel) if rule.channel else self.say["any channel"]
        if not visits:
            yield f"{own}{channel}{self.say['colon']}{self.say['nothing seen']}"
            return
        if len(visits) > 1:
            several = self.words.choices["several"][rule.several]
            value = self._value(reason.value)
            yield own + self.say["several visits"].format(value=value, n=len(visits), several=several)
            for visit in visits:
                yield from indented(self._visit(rule, visit, ""))
            return
        yield from self._visit(rule, visits[0], own)

    def _visit(self, rule: stated | deductions, visit: Inspection, own: str) -> Iterator[str]:
        lines = self._inspection(visit)
        if isinstance(rule, deductions):
            full, lost, marks = rule.rubric.full, rule.rubric.lost(visit), rule.rubric.marks(visit)
            channel = self.say["that channel"].format(visit.channel)
            sentence = self.say["marks" if lost <= full else "no marks"]
            yield own + sentence.format(
                full=full, lost=_number(Fraction(lost)), value=_number(Fraction(marks)), channel=channel
            )
            yield from indented(lines)
            for item, sum_ in rule.rubric.capped(visit):
                text = self.say["capped"].format(item=item.name, sum=_number(sum_), cap=_number(item.cap))
                yield INDENT * 2 + text
        else:
            yield own + next(lines)
            yield from indented(lines)

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
                yield from indented(self.lines(other))

    def _inspection(self, i: Inspection) -> Iterator[str]:
        day = str(i.day) if i.last_day is None else self.say["until"].format(i.day, i.last_day)
        head = self.say["inspection"].format(day=day, channel=i.channel)
        if i.inspector:
            head += self.say["by"].format(inspector=self.names.get(i.inspector, i.inspector))
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
        plain = all(isinstance(ground, Standing | Placement) for ground in grounds)
        standing = next((s for s in grounds if isinstance(s, Standing)), None) if plain else None
        tied = isinstance(rule, top | bottom | top_share | bottom_share) and any(
            isinstance(s, Standing) and s.tied > 1 for s in grounds
        )
        details = self.say["details"].format(self.words.details(rule)) if tied else ""
        answer = self.say[reason.value.value if isinstance(reason.value, Absent) else str(reason.value)]
        said = f"{self.words.phrase(rule)}{details}{self.say['colon']}{answer}"
        if standing is None:
            yield said
        else:
            of = getattr(rule, "of", SCORE)
            yield f"{self._standing(standing, of)}{self.say['dash']}{said}"
            grounds = ()
        alone = any(isinstance(s, Standing) and s.ahead == s.behind == 0 for s in reason.because)
        if alone and isinstance(rule, top | bottom | top_share | bottom_share):
            yield INDENT + self.say["all tied"]
        lacking = needs_of(rule) if isinstance(rule, streak | k_of_last) else None
        for part in grounds:
            if lacking and isinstance(part, Gap) and part.why == "absent":
                yield INDENT + self._absent(part, lacking)
            else:
                yield from indented(self.lines(part))

    def _absent(self, gap: Gap, needs: Needs) -> str:
        """A round that gave a unit no answer: it had no score, or none of a further figure that is asked for."""
        label = gap.round.label
        if not (asked := sorted((needs.figures - {SCORE}) | needs.boards)):
            return self.say["gap absent"].format(label)
        names = self.say["joint"].join(self.say["figure"].format(name).strip() for name in asked)
        return self.say["gap lacking"].format(label, names)

    def _standing(self, s: Standing, of: str = SCORE) -> str:
        figure = self.say["score figure"] if of == SCORE else self.say["figure"].format(of)
        text = self.say["standing"].format(
            label=s.round.label, rank=s.rank, size=s.size, figure=figure, score=_number(s.score)
        )
        return text + (self.say["tied"].format(tied=s.tied) if s.tied > 1 else "")
