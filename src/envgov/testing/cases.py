"""A scheme and a season that it is asked about, with rulings."""

from __future__ import annotations

from typing import Any, NamedTuple

from attrs import evolve
from hypothesis import strategies as st

from envgov.facts.evidence import Facts
from envgov.facts.round import Round
from envgov.facts.ruling import Ruling
from envgov.policy.conditions.places import ruled
from envgov.policy.term import terms_in
from envgov.reason import Reason
from envgov.results.assessment import Assessment, Season
from envgov.scheme import Scheme
from envgov.season import assess_season, rounds_of
from envgov.testing.schemes import editions, schemes
from envgov.testing.seasons import STEADY, seasons
from envgov.testing.words import BODY


class Case(NamedTuple):
    """A scheme, its former editions, and the facts of a season that they are asked about."""

    scheme: Scheme
    facts: Facts
    former: tuple[Scheme, ...] = ()

    @property
    def editions(self) -> tuple[Scheme, ...]:
        """Every edition, oldest first."""
        return (*self.former, self.scheme)

    @property
    def season(self) -> Season:
        return assess_season(self.editions, self.facts)

    def judging(self, assessment: Assessment) -> Scheme:
        """The edition that made an assessment."""
        return next(edition for edition in self.editions if edition.edition == assessment.edition)


def _left_open(season: Season) -> list[tuple[str, Round, Any]]:
    """The conditions that a pending measure waits for: what a person is asked."""
    return [
        (m.owed_by[0], m.round, r.rule)
        for a in season
        for m in a.measures
        if m.pending and m.about == "unit"
        for r in (m.reason, *m.reason.because)
        if isinstance(r, Reason) and r.value is None
    ]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A random scheme on a random season, in two editions now and then, some of what it leaves open ruled on."""
    case = Case(draw(schemes()), draw(seasons()))
    if draw(st.sampled_from((False, False, True))):
        case = Case(draw(editions(case.scheme)), case.facts, (case.scheme,))
    decided = [(s.exempt, s.boards, s.ladders) for s in case.editions]
    asked = [term for term in terms_in(tuple(decided)) if hasattr(term, "at")]
    rounds = rounds_of(case.editions, case.facts)
    if not rounds or not asked:
        return case
    anywhere = st.tuples(st.sampled_from(sorted(STEADY)), st.sampled_from(rounds), st.sampled_from(asked))
    open_ = _left_open(case.season)
    keys = draw(
        st.lists(st.sampled_from(open_) | anywhere, min_size=1, max_size=4) if open_ else st.lists(anywhere, max_size=4)
    )
    rulings = [
        Ruling(
            unit,
            round.start,
            condition,
            draw(st.booleans()),
            condition.by if isinstance(condition, ruled) else BODY,
            "研究决定",
            scheme=case.scheme.id,
        )
        for unit, round, condition in {(key[0], key[1].start, repr(key[2])): key for key in keys}.values()
    ]
    return Case(case.scheme, evolve(case.facts, rulings=rulings), case.former)
