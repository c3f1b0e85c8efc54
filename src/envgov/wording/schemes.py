"""A scheme in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from envgov.policy.calendar.cadences import day
from envgov.policy.ladders import Rung
from envgov.policy.ranking import RankBy
from envgov.policy.routines import Routine
from envgov.policy.scoring.combined import Part
from envgov.policy.term import terms_in
from envgov.results.ranking import SCORE
from envgov.results.table import Language
from envgov.scheme import Scheme
from envgov.wording.grounds import INDENT
from envgov.wording.phrases import LANGUAGES
from envgov.wording.words import Words


def indented(lines: Iterator[str]) -> Iterator[str]:
    return (INDENT + line if line else "" for line in lines)


def rung_line(rung: Rung, words: Words) -> str:
    line = words.say["measure"].format(measure=rung.measure, to=words.say["joint"].join(rung.to))
    line += words.say["measure by"].format(by=rung.by) if rung.by else ""
    line += words.say["amount"].format(rung.amount) if rung.amount is not None else ""
    line += words.say["within"].format(_declared(rung.within, words)) if rung.within else ""
    return line if rung.cite else line + words.say["no cite"]


def source_lines(scheme: Scheme, words: Words) -> Iterator[str]:
    """Where the rules stand, which edition and plugin this is, and what was assumed."""
    source = scheme.source
    parts = (source.title, source.document_number, source.published and source.published.isoformat(), source.url)
    yield words.say["source"].format(words.say["joint"].join(part for part in parts if part))
    if scheme.provider:
        yield words.say["provider"].format(scheme.provider, scheme.id, scheme.edition)
    if source.assumed:
        yield words.say["assumed"]
        yield from (f"{INDENT}{n}. {reading}" for n, reading in enumerate(source.assumed, 1))


def _rule_lines(rule: Any, words: Words) -> Iterator[str]:
    """A scoring rule and its parts, each with the details that the scheme declares."""
    if isinstance(rule, Part):
        first, *rest = _rule_lines(rule.rule, words)
        yield first + words.say["of weight"].format(f"{rule.weight:f}")
        yield from rest
        return
    details = words.details(rule)
    yield words.phrase(rule) + (words.say["details"].format(details) if details else "")
    if cite := getattr(rule, "cite", ""):
        yield INDENT + words.say["cite"].format(cite)
    parts = (*(getattr(rule, name, None) for name in ("of", "other", "by")), *getattr(rule, "parts", ()))
    for inner in parts:
        if hasattr(inner, "scores") or isinstance(inner, Part):
            yield from indented(_rule_lines(inner, words))


def _declared(whole: Any, words: Words) -> str:
    """A condition or a deadline with what it declares, and what the terms inside it declare."""
    inner = [term for term in terms_in(whole) if term is not whole and words.details(term)]
    said = [
        words.details(whole),
        *(words.phrase(term) + words.say["colon"] + words.details(term) for term in inner),
    ]
    details = words.say["joint"].join(detail for detail in dict.fromkeys(said) if detail)
    return words.phrase(whole) + (words.say["details"].format(details) if details else "")


def describe(scheme: Scheme, language: Language = "zh") -> str:
    """A scheme in words: field, scoring, ranking, boards, ladders, each clause quoted, each assumption listed."""
    return "\n".join(_lines(scheme, LANGUAGES[language]))


def _lines(scheme: Scheme, words: Words) -> Iterator[str]:
    say = words.say
    yield f"{scheme.title or scheme.id} ({scheme.id}){say['details'].format(say['since'].format(scheme.since))}"
    among = say["among"].format(scheme.among) if scheme.among else ""
    yield say["field"].format(levels=say["joint"].join(scheme.levels), among=among)
    yield say["cadence"].format(words.phrase(scheme.cadence))
    if scheme.groups:
        yield say["groups"].format(say["joint"].join(scheme.groups))
    if scheme.head:
        yield say["head"].format(scheme.head)
    if scheme.judged_on == "last day":
        yield say["judged last"]
    if scheme.exempt is not None:
        yield say["exempt rule"].format(_declared(scheme.exempt, words))
    if not scheme.ranked:
        yield say["no scoring"]
    for figure in scheme.ranked:
        yield say["scoring"] if figure.name == SCORE else say["figure rule"].format(figure.name)
        yield from indented(_rule_lines(figure.rule, words))
        indent = "" if figure.name == SCORE else INDENT
        yield indent + _ranking_line(figure.ranking, words)
        if figure.ranking.breakers:
            yield indent + say["breakers"]
        for breaker in figure.ranking.breakers:
            yield from (indent + line for line in indented(_rule_lines(breaker, words)))
    for board in scheme.boards:
        yield say["board"].format(board=board.id, tier="")
        for tier in board.tiers:
            side = say[tier.side] if tier.side else ""
            yield f"{INDENT}{tier.name}{side}{say['colon']}{_declared(tier.when, words)}"
            if tier.cite:
                yield INDENT * 2 + say["cite"].format(tier.cite)
        yield INDENT + say["rest"].format(board.rest)
        if board.small_field != "refuse":
            yield INDENT + say[f"small {board.small_field}"].format(share=board.share)
    for ladder in scheme.ladders:
        yield say["issue ladder" if ladder.subject == "issue" else "ladder"].format(say[ladder.publish])
        for rung in ladder.rungs:
            instead = say["supersedes"].format(say["joint"].join(rung.supersedes)) if rung.supersedes else ""
            yield f"{INDENT}{rung_line(rung, words)}{instead}"
            yield f"{INDENT * 2}{say['because']}{_declared(rung.when, words)}"
            if rung.cite:
                yield INDENT * 2 + say["cite"].format(rung.cite)
    if scheme.deadlines:
        yield say["deadlines"]
    for limit in scheme.deadlines:
        of = say["joint"].join((*limit.sources, *limit.categories)) or say["any issue"]
        yield f"{INDENT}{of}{say['colon']}{_declared(limit.deadline, words)}"
        if limit.cite:
            yield INDENT * 2 + say["cite"].format(limit.cite)
    if scheme.duties:
        yield say["routines"]
    for routine in scheme.duties:
        yield INDENT + _routine_line(routine, words)
        if routine.cite:
            yield INDENT * 2 + say["cite"].format(routine.cite)
    yield from source_lines(scheme, words)


def _routine_line(routine: Routine, words: Words) -> str:
    say = words.say
    times = say["so often"].format(routine.times) if routine.times > 1 else ""
    who = say["each unit"].format(routine.of_level) if routine.of_level else say["listed"].join(routine.owed_by)
    hour = "24:00" if routine.at is None else f"{routine.at:%H:%M}"
    last = say["that day" if isinstance(routine.every, day) else "last day"]
    every = words.phrase(routine.every)
    return say["routine"].format(what=routine.what, every=every, times=times, who=who, last=last, hour=hour)


def _ranking_line(ranking: RankBy, words: Words) -> str:
    say = words.say
    rank_on = say["exact"] if ranking.rank_on == "exact" else ""
    rank_on += say["within level"].format(level=ranking.within) if ranking.within else ""
    rank_on += say["tolerance"].format(tolerance=ranking.tolerance) if ranking.tolerance else ""
    return say["ranking"].format(places=ranking.places, rank_on=rank_on, method=say[ranking.method])
