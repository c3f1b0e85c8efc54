"""Scoring rules: how the facts of a round become each unit's exact score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Literal, Protocol

from attrs import field, frozen
from attrs.validators import optional

from envgov.checks import is_text
from envgov.errors import Fault, InputError, SchemeError
from envgov.exact import mean_of, total_of
from envgov.facts.evidence import Evidence
from envgov.facts.inspection import Inspection, Rubric
from envgov.policy.term import answers, one_of, parts, term
from envgov.reason import Absent, Reason

Better = Literal["higher", "lower"]
Several = Literal["mean", "latest", "worst", "best"]
AbsentPart = Literal["not assessed", "zero"]
SEVERAL = ("mean", "latest", "worst", "best")


class ScoringRule(Protocol):
    """Gives each unit of a field its score: a Fraction, or `Absent`, never a float."""

    @property
    def better(self) -> Better: ...

    def scores(self, units: Sequence[str], evidence: Evidence) -> Mapping[str, Reason]:
        """One Reason for each of the units, with that value."""
        ...


def _rubric(given: Rubric | Decimal | str | int) -> Rubric:
    return given if isinstance(given, Rubric) else Rubric(given)


@term("stated")
@frozen(repr=False)
class stated:
    """The score that a channel stated, where the findings behind it were not printed.

    `several` says what counts when a unit has more than one in a round: their mean, the latest (of its day:
    the mean), the worst or the best. Without any the unit is not assessed. Inspections that list findings are
    not read.
    """

    channel: str = field(validator=is_text)
    several: Several = field(kw_only=True, validator=one_of(*SEVERAL))
    better: Better = field(default="higher", kw_only=True, validator=one_of("higher", "lower"))
    cite: str = field(default="", kw_only=True)

    def scores(self, units: Sequence[str], evidence: Evidence) -> Mapping[str, Reason]:
        out = {}
        for unit in units:
            seen = tuple(i for i in evidence.inspections(unit, self.channel) if i.stated is not None)
            marks = [i.stated for i in seen if i.stated is not None]
            out[unit] = Reason(self, _gather(self.several, self.better, seen, marks), seen)
        return out


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

    def scores(self, units: Sequence[str], evidence: Evidence) -> Mapping[str, Reason]:
        out = {}
        for unit in units:
            seen = tuple(i for i in evidence.inspections(unit, self.channel) if i.stated is None)
            marks = [self.rubric.marks(i) for i in seen]
            out[unit] = Reason(self, _gather(self.several, self.better, seen, marks), seen)
        return out


@term("total")
@frozen(repr=False, init=False)
class total:
    """The sum of the parts; `name` is what the published table calls it.

    `absent` says what a part without a score means: the whole is not assessed, or the part counts zero. When
    every part is absent, the unit is not assessed either way, or exempt where it is exempt from all of them.
    """

    parts: tuple[ScoringRule, ...] = parts("scores")
    absent: AbsentPart = field(kw_only=True, validator=one_of("not assessed", "zero"))
    name: str = field(default="", kw_only=True)
    cite: str = field(default="", kw_only=True)

    def __init__(
        self,
        *given: ScoringRule,
        parts: tuple[ScoringRule, ...] = (),  # for attrs.evolve
        absent: AbsentPart,
        name: str = "",
        cite: str = "",
    ) -> None:
        self.__attrs_init__((*given, *parts), absent=absent, name=name, cite=cite)
        _one_direction(self.parts)

    @property
    def better(self) -> Better:
        return _one_direction(self.parts)

    def scores(self, units: Sequence[str], evidence: Evidence) -> Mapping[str, Reason]:
        columns = [part.scores(units, evidence) for part in self.parts]
        out = {}
        for unit in units:
            given = tuple(column[unit] for column in columns)
            known = [reason.value for reason in given if isinstance(reason.value, Fraction)]
            enough = known and (len(known) == len(given) or self.absent == "zero")
            out[unit] = Reason(self, total_of(known) if enough else _why_absent(given), given)
        return out


@term("mean_of_children")
@frozen(repr=False)
class mean_of_children:
    """The mean of the unrounded scores of those children that were assessed: sampled villages, say.

    A unit without an assessed child is not assessed. Children are the units right below, on the round's grid.
    """

    of: ScoringRule = field(validator=answers("scores"))
    cite: str = field(default="", kw_only=True)

    @property
    def better(self) -> Better:
        return self.of.better

    def scores(self, units: Sequence[str], evidence: Evidence) -> Mapping[str, Reason]:
        grid = evidence.grid
        below = {unit: grid.children(unit) for unit in units}
        inner = self.of.scores([child for children in below.values() for child in children], evidence)
        out = {}
        for unit, children in below.items():
            assessed = [(child, inner[child]) for child in children if isinstance(inner[child].value, Fraction)]
            absent = _why_absent([inner[child] for child in children])
            known = [reason.value for _, reason in assessed if isinstance(reason.value, Fraction)]
            because = tuple(reason._replace(because=(grid[child], *reason.because)) for child, reason in assessed)
            out[unit] = Reason(self, mean_of(known) if known else absent, because)
        return out


@term("stated_else")
@frozen(repr=False)
class stated_else:
    """The stated score of a channel where a unit has one, else the rule `of`.

    For figures that were published without their inputs, or where a published score must count. The Reason
    shows what `of` gives from the facts on file, beside the stated score that counts. Several stated scores of
    one unit in a round contradict each other and are refused.
    """

    channel: str = field(validator=is_text)
    of: ScoringRule = field(validator=answers("scores"))
    cite: str = field(default="", kw_only=True)

    @property
    def better(self) -> Better:
        return self.of.better

    def scores(self, units: Sequence[str], evidence: Evidence) -> Mapping[str, Reason]:
        inner = self.of.scores(units, evidence)
        out = {}
        for unit in units:
            seen = tuple(i for i in evidence.inspections(unit, self.channel) if i.stated is not None)
            if len({i.stated for i in seen}) > 1:
                problem = f"{len(seen)} different stated scores in {self.channel!r} in {evidence.round.label}"
                raise InputError([Fault(problem, "keep the one that was published", "inspections", value=unit)])
            if seen and seen[0].stated is not None:
                out[unit] = Reason(self, Fraction(seen[0].stated), (seen[0], inner[unit]))
            else:
                out[unit] = Reason(self, inner[unit].value, (inner[unit],))
        return out


def _gather(
    several: Several, better: Better, seen: Sequence[Inspection], marks: Sequence[Decimal]
) -> Fraction | Absent:
    """One score from the marks of a round's inspections, which are in the order of their days."""
    if not marks:
        return Absent.NOT_ASSESSED
    if len(marks) == 1:
        return Fraction(marks[0])
    if several == "mean":
        return mean_of(marks)
    if several == "latest":
        return mean_of([mark for i, mark in zip(seen, marks, strict=True) if i.day == seen[-1].day])
    return Fraction(max(marks) if (several == "best") == (better == "higher") else min(marks))


def _why_absent(parts: Sequence[Reason]) -> Absent:
    """Exempt where every part is, else not assessed."""
    values = [part.value for part in parts]
    return Absent.EXEMPT if values and all(value is Absent.EXEMPT for value in values) else Absent.NOT_ASSESSED


def _one_direction(given: Iterable[Any]) -> Better:
    found = {part.better for part in given}
    if len(found) != 1:
        raise SchemeError(
            "the parts of one score agree on whether higher or lower is better, and there is one at least"
        )
    better: Better = found.pop()
    return better
