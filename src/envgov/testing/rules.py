"""Scoring rules of every term, in one direction: a better fact never makes a worse score."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from envgov.policy.scoring import combined as c, curves, inspected, ledger, periods, ranks
from envgov.policy.scoring.rule import ScoringRule
from envgov.testing.conditions import issue_conditions
from envgov.testing.dates import COARSER, FINER
from envgov.testing.fields import marks
from envgov.testing.ledger import rubrics
from envgov.testing.words import (
    BULLETIN,
    BY,
    CALL_BACK,
    CHANNEL,
    CHANNELS,
    DRONE,
    EMPTY,
    ITEMS,
    RETURN,
    SEVERAL,
    WORK,
    Better,
)

Rules = list[st.SearchStrategy[ScoringRule]]
_CITE = st.sampled_from(("", "第三条"))
_CHANNEL = st.sampled_from(CHANNELS)
_ANY_CHANNEL = st.none() | _CHANNEL
_ABSENT = st.sampled_from(("not assessed", "zero"))
_RENORMALISE = st.sampled_from(("renormalise", "zero", "not assessed"))
_OPPOSITE: dict[Better, Better] = {"higher": "lower", "lower": "higher"}


@cache
def rules(better: Better = "higher", depth: int = 2) -> st.SearchStrategy[ScoringRule]:
    """Scoring rules of that direction, nested at most so deep."""
    common, own = _common(better), _higher() if better == "higher" else _lower()
    if depth == 0:
        return st.one_of(*common, *own)
    inner, other = rules(better, depth - 1), rules(_OPPOSITE[better], depth - 1)
    turned = _points_from(inner | other) if better == "higher" else _ranks_of(inner | other)
    return st.one_of(
        st.one_of(*common, *own),
        st.one_of(*_combined(better, inner)),
        st.one_of(*_over_time(inner), *_curves(inner, other), *turned, *turned, *turned),
    )


def _common(better: Better) -> Rules:
    """Leaves that a scheme reads in either direction."""
    way = st.just(better)
    several = st.sampled_from(("mean", "mean", *SEVERAL, "sum"))
    empty, by = st.sampled_from(EMPTY), st.sampled_from(BY)
    told = st.builds(inspected.stated, _CHANNEL, several=several, better=way, cite=_CITE)
    among = issue_conditions(0)
    return [
        *[told] * 5,
        st.builds(ledger.rate, issue_conditions(), among, by=by, empty=empty, better=way),
        st.builds(ledger.amount, st.just(WORK), empty=st.sampled_from(("not assessed", "zero")), better=way),
        st.builds(c.constant, marks(), better=way),
    ]


def _higher() -> Rules:
    call_back = st.sampled_from((None, CALL_BACK))
    empty, several = st.sampled_from(EMPTY), st.sampled_from(("mean", "mean", *SEVERAL, "sum"))
    return [
        st.builds(inspected.deductions, rubrics(), channel=_ANY_CHANNEL, several=several),
        st.builds(inspected.count_inspections, _ANY_CHANNEL),
        st.builds(ledger.satisfaction, call_back, among=st.sampled_from(("answered", "asked")), empty=empty),
        st.builds(ledger.count_answers, call_back),
        st.builds(ledger.progress),
        st.builds(ledger.accepted),
    ]


def _lower() -> Rules:
    which = st.sampled_from(("late", "missing", "late or missing"))
    return [
        st.builds(inspected.count_findings, st.sampled_from((None, *ITEMS)), _ANY_CHANNEL),
        st.builds(inspected.count_repeats, st.sampled_from((*FINER, *COARSER)), _ANY_CHANNEL),
        st.builds(ledger.count_issues, issue_conditions(), by=st.sampled_from(BY)),
        st.builds(ledger.count_duties, st.sampled_from((None, RETURN)), which=which),
        st.builds(ranks.stated_rank, st.just(DRONE), several=st.sampled_from(SEVERAL)),
    ]


def _combined(better: Better, inner: st.SearchStrategy[ScoringRule]) -> Rules:
    """A veto has the worst number that its rule can have, and samples are counted where no score is stated."""
    samples = st.builds(inspected.count_inspections, st.just(CHANNEL)) | st.builds(ledger.count_answers)
    several = st.lists(inner, min_size=1, max_size=2)
    weight = st.sampled_from((Decimal(1), Decimal(30), Decimal("0.5")))
    shares = st.lists(st.builds(c.Part, weight, inner), min_size=1, max_size=3)
    worst = {"low": 0} if better == "higher" else {"high": 100}
    within: Callable[[ScoringRule], Any] = lambda rule: curves.bounded(rule, **worst)  # type: ignore[arg-type]  # noqa: E731
    to = st.just(Decimal(0) if better == "higher" else Decimal(100))
    return [
        st.builds(lambda p, absent, name: c.total(*p, absent=absent, name=name), several, _ABSENT, _NAME),
        st.builds(lambda p, absent, name: c.weighted(*p, absent=absent, name=name), shares, _RENORMALISE, _NAME),
        st.builds(c.mean_of_children, inner),
        st.builds(c.or_else, inner, inner),
        st.builds(c.stated_else, st.just(BULLETIN), inner),
        st.builds(c.requires, inner, samples, at_least=st.sampled_from((Decimal(1), Decimal(3)))),
        st.builds(c.veto, inner.map(within), st.one_of(*_lower()[:4]), to=to),
    ]


_NAME = st.sampled_from(("", "合计"))


def _over_time(inner: st.SearchStrategy[ScoringRule]) -> Rules:
    absent, unheld = st.sampled_from(("skip", "zero", "not assessed")), st.sampled_from(("skip", "not assessed"))
    return [
        st.builds(periods.mean_over, st.sampled_from(FINER), inner, absent=absent, unheld=unheld),
        st.builds(periods.to_date, st.sampled_from(COARSER), inner),
        st.builds(periods.change, st.sampled_from((*FINER, *COARSER)), inner, steps=st.sampled_from((1, 1, 2))),
    ]


def _curves(inner: st.SearchStrategy[ScoringRule], other: st.SearchStrategy[ScoringRule]) -> Rules:
    factor = st.sampled_from((Decimal(1), Decimal("0.5"), Decimal(20)))
    return [
        st.builds(curves.scaled, inner, factor),
        st.builds(curves.scaled, other, factor.map(lambda f: -f)),
        st.builds(lambda rule, limits: curves.bounded(rule, **limits), inner, _limits()),
        st.builds(ranks.from_mean, inner),
        st.builds(lambda rule, knots: curves.piecewise(rule, *knots), inner, _knots(1)),
        st.builds(lambda rule, knots: curves.piecewise(rule, *knots), other, _knots(-1)),
    ]


@cache
def _limits() -> st.SearchStrategy[dict[str, Decimal]]:
    both = st.tuples(marks(), marks()).map(lambda pair: {"low": min(pair), "high": max(pair)})
    return both | marks().map(lambda x: {"low": x}) | marks().map(lambda x: {"high": x})


@cache
def _knots(sign: int) -> st.SearchStrategy[list[curves.Knot]]:
    """Two or three knots whose points rise with their numbers, or fall."""

    def made(numbers: list[Decimal], points: list[Decimal]) -> list[curves.Knot]:
        ordered = sorted(points[: len(numbers)], reverse=sign < 0)
        return [curves.Knot(x, y) for x, y in zip(sorted(numbers), ordered, strict=True)]

    numbers = st.lists(marks(), min_size=2, max_size=3, unique=True)
    return st.builds(made, numbers, st.lists(marks(0, 10), min_size=3, max_size=3, unique=True))


def _points_from(inner: st.SearchStrategy[ScoringRule]) -> Rules:
    """Terms that give points whatever the direction of their rule."""
    points = st.tuples(marks(), marks(0, 20)).map(lambda pair: {"full": pair[0], "floor": pair[0] - pair[1]})
    slope = st.sampled_from((Decimal(1), Decimal("0.5")))
    return [
        st.builds(
            lambda rule, target, slope, more: curves.to_target(rule, target, slope=slope, **more),
            inner,
            marks(),
            slope,
            points,
        ),
        st.builds(_banded, inner, st.lists(marks(), min_size=1, max_size=3, unique=True), marks(0, 10)),
    ]


def _banded(rule: ScoringRule, numbers: list[Decimal], rest: Decimal) -> curves.bands:
    """Bands from the best number to the worst, each a point above the next."""
    best_first = sorted(numbers, reverse=rule.better == "higher")
    worst_first = [curves.Band(x, rest + n) for n, x in enumerate(reversed(best_first), 1)]
    return curves.bands(rule, *reversed(worst_first), rest=rest)


def _ranks_of(inner: st.SearchStrategy[ScoringRule]) -> Rules:
    places = st.integers(0, 2)
    share = st.builds(ranks.rank_share, inner, places=places)
    received = st.builds(ranks.stated_rank, st.just(DRONE), several=st.sampled_from(SEVERAL))
    lists, absent = st.lists(share | received, min_size=1, max_size=2), st.sampled_from(("renormalise", "not assessed"))
    mean = st.builds(lambda p, absent: ranks.mean_rank(*p, absent=absent), lists, absent)
    return [st.builds(ranks.rank_in, inner, places=places), share, mean]
