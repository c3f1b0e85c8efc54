"""Compare: two schemes, two editions, or a round before and after its correction, on the same facts."""

from __future__ import annotations

from datetime import timedelta
from typing import overload

from attrs import evolve

from envgov.policy.term import terms_in
from envgov.results.assessment import Assessment, Season
from envgov.results.comparison import Comparison, RoundComparison
from envgov.scheme import Scheme


@overload
def compare(a: Season, b: Season) -> Comparison: ...
@overload
def compare(a: Assessment, b: Assessment) -> Comparison: ...
def compare(a: Season | Assessment, b: Season | Assessment) -> Comparison:
    """Who moves from a to b, by how much, and both reasons: in rank, tiers and proposed measures.

    Two assessments are compared whatever their rounds. Of two seasons, rounds of the same days are compared;
    where every round of one is longer than every round of the other, each of the longer ones with the last of the
    shorter that ends in it, its newest result by then. Rounds without such a counterpart are listed apart.

    Raises:
        TypeError: a season and an assessment.
    """
    if isinstance(a, Season) and isinstance(b, Season):
        pairs = _matched(a, b)
        in_a, in_b = {x.record.round for x, _ in pairs}, {y.record.round for _, y in pairs}
        return Comparison(
            tuple(RoundComparison(x, y) for x, y in pairs),
            tuple(x for x in a if x.record.round not in in_a),
            tuple(y for y in b if y.record.round not in in_b),
        )
    if isinstance(a, Assessment) and isinstance(b, Assessment):
        return Comparison((RoundComparison(a, b),))
    raise TypeError(f"compare two seasons or two assessments, not {type(a).__name__} and {type(b).__name__}")


def _matched(a: Season, b: Season) -> list[tuple[Assessment, Assessment]]:
    """Pairs of rounds, oldest first; which season is the coarser is seen from all rounds, or chance would match some."""
    days_a, days_b = _lengths(a), _lengths(b)
    if min(days_a) > max(days_b):
        return [(x, finer[-1]) for x in a if (finer := _ending_in(x, b))]
    if min(days_b) > max(days_a):
        return [(finer[-1], y) for y in b if (finer := _ending_in(y, a))]
    same_days = {y.record.round: y for y in b}
    return [(x, same_days[x.record.round]) for x in a if x.record.round in same_days]


def _lengths(season: Season) -> list[timedelta]:
    return [assessment.record.round.end - assessment.record.round.start for assessment in season] or [timedelta()]


def _ending_in(coarser: Assessment, season: Season) -> list[Assessment]:
    around = coarser.record.round
    return [finer for finer in season if around.start < finer.record.round.end <= around.end]


def under(scheme: Scheme, other: Scheme) -> Scheme:
    """A scheme under another's boards and ladders: what would become of the same scores and ranks there.

    It ranks as `scheme` does, at its cadence and since its day; it places and proposes as `other` does, which brings
    the figures that its boards and ladders ask for, where `scheme` has none of that name. It has an id and a title of
    its own, made of both, and what was assumed for either.

    Raises:
        SchemeError: the boards or ladders of `other` ask for breakers that `scheme` does not have.
    """
    asked = {getattr(term, "of", None) for term in terms_in((other.boards, other.ladders))}
    own = {figure.name for figure in scheme.figures}
    brought = tuple(figure for figure in other.figures if figure.name in asked - own)
    assumed = (*scheme.source.assumed, *other.source.assumed)
    return evolve(
        scheme,
        id=f"{scheme.id} / {other.id}",
        title=f"{scheme.title or scheme.id} / {other.title or other.id}",
        source=evolve(scheme.source, assumed=tuple(dict.fromkeys(assumed))),
        figures=(*scheme.figures, *brought),
        boards=other.boards,
        ladders=other.ladders,
        head=scheme.head or other.head,
        provider=", ".join(dict.fromkeys(provider for provider in (scheme.provider, other.provider) if provider)),
    )
