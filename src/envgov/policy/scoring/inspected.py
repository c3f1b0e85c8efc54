"""Scores from inspections: what was stated, what was deducted, what was counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import ClassVar, Literal

from attrs import field, frozen
from attrs.validators import optional

from envgov.checks import is_text
from envgov.exact import add_up
from envgov.facts.evidence import Evidence
from envgov.facts.inspection import Inspection, Rubric
from envgov.policy.calendar.cadences import Cadence, previous
from envgov.policy.scoring.rule import Better, Scores
from envgov.policy.term import answers, one_of, term
from envgov.reason import Absent, Reason

Several = Literal["mean", "latest", "worst", "best", "sum"]
SEVERAL = ("mean", "latest", "worst", "best", "sum")


def _rubric(given: Rubric | Decimal | str | int) -> Rubric:
    return given if isinstance(given, Rubric) else Rubric(given)


@term("stated")
@frozen(repr=False)
class stated:
    """The score that a channel stated, where the findings behind it were not printed.

    `several` says what counts when a unit has more than one in a round: their mean, the latest (of its day:
    the mean), the worst, the best, or their sum. Without any the unit is not assessed. Inspections that list findings are
    not read.
    """

    channel: str = field(validator=is_text)
    several: Several = field(kw_only=True, validator=one_of(*SEVERAL))
    better: Better = field(default="higher", kw_only=True, validator=one_of("higher", "lower"))
    cite: str = field(default="", kw_only=True)

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        return _gathered(self, units, evidence.stated(self.channel), attrgetter("stated"), Decimal)


@term("deductions")
@frozen(repr=False)
class deductions:
    """Full marks less the deductions of an inspection, never below zero (扣完为止).

    `rubric` is a `Rubric`, or the full marks alone. `several` says what counts when a unit was inspected more
    than once in a round. Without an inspection the unit is not assessed; one without findings gives full marks.
    An inspection with a stated score is not read. Without a `channel`, inspections of every channel count.
    """

    rubric: Rubric = field(converter=_rubric)
    channel: str | None = field(default=None, validator=optional(is_text))
    several: Several = field(kw_only=True, validator=one_of(*SEVERAL))
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "higher"

    @property
    def _lost(self) -> Callable[[Inspection], Decimal]:
        """An inspection totals its findings once, when it is made; only caps ask for them one by one."""
        return self.rubric.lost if self.rubric.items else attrgetter("deducted")

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        return _gathered(self, units, evidence.listed(self.channel), self._lost, self.rubric.less)


@term("count_findings")
@frozen(repr=False)
class count_findings:
    """How many findings there were under an item, or under every item; in a channel, or in every channel.

    Without an inspection that lists findings the unit is not assessed: nobody looked.
    """

    item: str | None = field(default=None, validator=optional(is_text))
    channel: str | None = field(default=None, validator=optional(is_text))
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "lower"

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        of, out = evidence.listed(self.channel), {}
        for unit in units:
            seen = of.get(unit, ())
            n = sum(self.item in (None, finding.item) for i in seen for finding in i.findings)
            out[unit] = Reason(self, Fraction(n) if seen else Absent.NOT_ASSESSED, seen)
        return out


@term("count_repeats")
@frozen(repr=False)
class count_repeats:
    """How many items have findings in this round that had some in the round before it too (连续两期同一问题).

    `cadence` says how long a round is. Without an inspection that lists findings in this round the unit is not
    assessed; without one in the round before, nothing is repeated.
    """

    cadence: Cadence = field(validator=answers("round_of"))
    channel: str | None = field(default=None, validator=optional(is_text))
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "lower"

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        of = evidence.listed(self.channel)
        before = evidence.during(previous(self.cadence, evidence.round)).listed(self.channel)
        out = {}
        for unit in units:
            now, then = of.get(unit, ()), before.get(unit, ())
            again = {f.item for i in now for f in i.findings} & {f.item for i in then for f in i.findings}
            out[unit] = Reason(self, Fraction(len(again)) if now else Absent.NOT_ASSESSED, (*then, *now))
        return out


@term("count_inspections")
@frozen(repr=False)
class count_inspections:
    """How many inspections the unit and the units below it had, in a channel, or in every channel; it may be none."""

    channel: str | None = field(default=None, validator=optional(is_text))
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "higher"

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        out = {}
        for unit in units:
            seen = tuple(i for code in evidence.grid.subtree(unit) for i in evidence.inspections(code, self.channel))
            out[unit] = Reason(self, Fraction(len(seen)), seen)
        return out


def _gathered(
    rule: stated | deductions,
    units: Sequence[str],
    seen: Mapping[str, tuple[Inspection, ...]],
    number: Callable[[Inspection], Decimal],
    mark: Callable[[Decimal], Decimal],
) -> Scores:
    """One score for each unit from its inspections, oldest first: each has a number, and each number its mark."""
    absent, latest = Reason(rule, Absent.NOT_ASSESSED, ()), rule.several == "latest"
    out = {}
    known: dict[tuple[Decimal, ...], Fraction] = {}  # in a large field the same numbers come again and again
    for unit in units:
        if (visits := seen.get(unit)) is None:
            out[unit] = absent
            continue
        counted = [i for i in visits if i.day == visits[-1].day] if latest else visits
        numbers = tuple(map(number, counted))
        if (score := known.get(numbers)) is None:
            score = known[numbers] = _gather(rule.several, rule.better, [mark(n) for n in numbers])
        out[unit] = Reason(rule, score, visits)
    return out


def _gather(several: Several, better: Better, marks: Sequence[Decimal]) -> Fraction:
    if several in ("mean", "latest", "sum"):
        numerator, denominator = add_up(marks).as_integer_ratio()
        return Fraction(numerator, denominator if several == "sum" else denominator * len(marks))
    return Fraction(max(marks) if (several == "best") == (better == "higher") else min(marks))
