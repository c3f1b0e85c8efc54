"""Why a round of a worked case assessed nobody: the causes that are likely, as an official reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from envgov.codec.kinds import KINDS
from envgov.facts.evidence import Facts
from envgov.facts.round import Round
from envgov.policy.scoring.combined import stated_else
from envgov.policy.scoring.inspected import count_findings, count_inspections, count_repeats, deductions, stated
from envgov.policy.scoring.ledger import count_answers, satisfaction
from envgov.policy.scoring.ranks import stated_rank
from envgov.policy.term import terms_in
from envgov.scheme import Scheme, in_force
from envgov.season import rounds_of

_SCORES, _FINDINGS = "得分（scores）", "扣分项（findings）"
_RANKS, _SURVEYS = "名次（ranks）", "满意度调查（surveys）"
_READERS: Mapping[str, tuple[type, ...]] = {
    _SCORES: (stated, stated_else, count_inspections),
    _FINDINGS: (deductions, count_findings, count_repeats, count_inspections),
    _RANKS: (stated_rank,),
    _SURVEYS: (satisfaction, count_answers),
}
"""What is seen through a channel, and the rules that read it."""
_NEAR = 0.5


def causes(editions: Sequence[Scheme], facts: Facts, label: str) -> Iterator[str]:
    """Why nobody was assessed in the round of that label, or without one in any round: each likely cause, in Chinese."""
    rounds = [round for round in rounds_of(editions, facts) if label in ("", round.label)]
    judging = [edition for edition in editions if any(in_force(editions, round) is edition for round in rounds)]
    if not rounds:
        yield from _early(editions, facts, label)
    elif not any(edition.field_on(facts.grid) for edition in judging):
        yield f"没有单位属于考评范围：办法考评的级别为{_quoted(editions[-1].levels)}{_among(editions[-1])}"
    else:
        yield from _unread(judging, facts, rounds)


def _early(editions: Sequence[Scheme], facts: Facts, label: str) -> Iterator[str]:
    """Rounds of facts that no edition judges."""
    first = min(editions, key=lambda edition: edition.since)
    early = {first.cadence.round_of(day) for day in facts.days()}
    named = sorted((round for round in early if label in ("", round.label)), key=lambda round: round.start)
    if not named:
        yield "没有这一期的事实" if label else "没有任何事实"
    for round in named:
        yield f"{round.label}（{round.start}至{round.last_day}）早于办法施行，办法自{first.since}起施行"


def _among(edition: Scheme) -> str:
    return "" if edition.among is None else f"，类别为“{edition.among}”"


def _unread(judged: Sequence[Scheme], facts: Facts, rounds: Iterable[Round]) -> Iterator[str]:
    """What was seen through a channel and no rule reads; nothing where a rule of one's own may read anything."""
    terms = tuple(terms_in(tuple(judged)))
    if any(type(term) not in KINDS.values() for term in terms):
        return
    read = {form: _channels(terms, readers) for form, readers in _READERS.items()}
    wanted = "、".join(form for form in read if read[form]) or "其他事实"
    seen = _seen(facts, rounds)
    if not seen:
        yield f"没有给出办法采用的{wanted}"
    for form, channels in seen.items():
        if not read[form]:
            yield f"所给的是{form}，办法不采用；办法采用的是{wanted}"
        elif None not in read[form]:
            asked = sorted(channel for channel in read[form] if channel is not None)
            for channel in sorted(channels - {*asked}):
                near = get_close_matches(channel, asked, n=1, cutoff=_NEAR)
                hint = f"，是否应为“{near[0]}”" if near else ""
                yield f"渠道“{channel}”的{form}办法不采用，办法采用的渠道为{_quoted(asked)}{hint}"


def _channels(terms: Iterable[Any], readers: tuple[type, ...]) -> set[str | None]:
    return {term.channel for term in terms if type(term) in readers}


def _seen(facts: Facts, rounds: Iterable[Round]) -> Mapping[str, set[str]]:
    """The channels through which each was seen in those rounds."""
    channels: dict[str, set[str]] = {}
    for form, rows in (
        (_SCORES, [visit for visit in facts.inspections if visit.stated is not None]),
        (_FINDINGS, [visit for visit in facts.inspections if visit.stated is None]),
        (_RANKS, facts.stated_ranks),
        (_SURVEYS, facts.surveys),
    ):
        of_rounds = {row.channel for row in rows if any(row.day in round for round in rounds)}
        channels |= {form: of_rounds} if of_rounds else {}
    return channels


def _quoted(words: Iterable[str]) -> str:
    return "、".join(f"“{word}”" for word in words)
