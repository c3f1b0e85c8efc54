"""Scores over time: means of finer rounds, sums to date, changes against an earlier round."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from attrs import evolve, field, frozen

from envgov.exact import mean_of
from envgov.facts.evidence import Evidence
from envgov.facts.round import Round
from envgov.policy.calendar.cadences import Cadence, previous, rounds_within
from envgov.policy.calendar.steps import step
from envgov.policy.scoring.rule import Better, Scores, ScoringRule, known_of, scores_of, scores_then, why_absent
from envgov.policy.term import answers, at_least_one, one_of, term
from envgov.reason import Absent, Reason

WEEK = 7


@term("mean_over")
@frozen(repr=False)
class mean_over:
    """The mean of the rule's unrounded scores over the finer rounds that end in this one (月均、季均).

    `absent`: a finer round in which the unit has no score, exempt or not assessed, is left out ("skip"), counts zero,
    or leaves the unit not assessed; so is one on whose grid the unit is not. `unheld`: a finer round in which no unit
    has a score is left out, or leaves everybody not assessed.
    Each finer round is computed from the facts anew; where its published score must count, put
    `stated_else` inside. A round of a coarser cadence counts in the one in which it ends: asked month by month, a
    quarter's score counts in its last month, when it is known, and in the other two nobody has one.
    """

    cadence: Cadence = field(validator=answers("round_of"))
    of: ScoringRule = field(validator=answers("scores"))
    absent: Literal["skip", "zero", "not assessed"] = field(
        kw_only=True, validator=one_of("skip", "zero", "not assessed")
    )
    unheld: Literal["skip", "not assessed"] = field(kw_only=True, validator=one_of("skip", "not assessed"))
    cite: str = field(default="", kw_only=True)

    @property
    def better(self) -> Better:
        return self.of.better

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        rounds = rounds_within(self.cadence, evidence.round)
        columns = [scores_then(self.of, units, evidence.during(round)) for round in rounds]
        held = [column for column in columns if any(isinstance(r.value, Fraction) for r in column.values())]
        enough = len(held) == len(rounds) or self.unheld == "skip"
        out = {}
        for unit in units:
            given = tuple(column[unit] for column in held if unit in column)
            known = known_of(given)
            missing = len(held) - len(known)
            if not known or not enough or (missing and self.absent == "not assessed"):
                out[unit] = Reason(self, why_absent(given), given)
            else:
                zeros = [Fraction(0)] * missing if self.absent == "zero" else []
                out[unit] = Reason(self, mean_of([*known, *zeros]), given)
        return out


@term("to_date")
@frozen(repr=False)
class to_date:
    """The rule over everything since the year began, or another cadence's round, up to the end of this one (累计).

    A round belongs to the year in which it ends: where the rounds are weeks, the year begins with the first that ends
    in it, so that a week over New Year counts whole in the new one, and each day counts in one year. Taken on the grid
    of the day on which that began: a unit that was not there yet is not assessed, and what happened at it does not
    count for those above it either.
    """

    cadence: Cadence = field(validator=answers("round_of"))
    of: ScoringRule = field(validator=answers("scores"))
    cite: str = field(default="", kw_only=True)

    @property
    def better(self) -> Better:
        return self.of.better

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        inner = scores_then(self.of, units, evidence.during(span_to_date(self.cadence, evidence.round)))
        absent = Reason(self, Absent.NOT_ASSESSED, ())
        return {unit: Reason(self, inner[unit].value, (inner[unit],)) if unit in inner else absent for unit in units}


def span_to_date(cadence: Cadence, now: Round) -> Round:
    """From the beginning of the year, or another cadence's round, up to the end of this round."""
    begun = cadence.round_of(now.last_day).start
    if (now.end - now.start).days == WEEK:  # of all rounds, weeks alone do not begin with the year
        begun = step(begun, days=-((begun - now.start).days % WEEK))
    return evolve(now, start=begun)


@term("change")
@frozen(repr=False)
class change:
    """The rule's number less that of an earlier round, `steps` rounds of the cadence before (环比、同比).

    `change(month(), rule)` compares with the month before, with `steps=12` with the same month of last year. A unit
    without a number in either is not assessed. Both are computed from the facts, unrounded, each on its own grid.
    """

    cadence: Cadence = field(validator=answers("round_of"))
    of: ScoringRule = field(validator=answers("scores"))
    steps: int = field(default=1, kw_only=True, validator=at_least_one)
    cite: str = field(default="", kw_only=True)

    @property
    def better(self) -> Better:
        return self.of.better

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        now = scores_of(self.of, units, evidence)
        earlier = previous(self.cadence, evidence.round, self.steps)
        then = scores_then(self.of, units, evidence.during(earlier))
        out = {}
        for unit in units:
            given = (now[unit], then[unit]) if unit in then else (now[unit],)
            known = known_of(given)
            out[unit] = Reason(self, known[0] - known[1] if len(known) == 2 else why_absent(given), given)
        return out
