"""Scores made of scores: sums, weights, means of children, what stands in for what is absent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Literal

from attrs import field, frozen
from attrs.validators import deep_iterable, min_len

from envgov.checks import is_a, is_text, is_tuple
from envgov.errors import Fault, InputError, SchemeError
from envgov.exact import as_points, mean_of, total_of
from envgov.facts.evidence import Evidence
from envgov.policy.scoring.rule import Better, Scores, ScoringRule, known_of, one_direction, scores_of, why_absent
from envgov.policy.term import PARTS, answers, one_of, parts, term
from envgov.reason import Absent, Reason

AbsentPart = Literal["not assessed", "zero"]


@term("constant")
@frozen(repr=False)
class constant:
    """The same number for every unit, whatever happened: full marks from which a count is taken, a fixed score."""

    x: Decimal = field(converter=as_points)
    better: Better = field(default="higher", kw_only=True, validator=one_of("higher", "lower"))
    cite: str = field(default="", kw_only=True)

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:  # noqa: ARG002 - it looks at nothing
        return dict.fromkeys(units, Reason(self, Fraction(self.x), ()))


@term("total")
@frozen(repr=False, init=False)
class total:
    """The sum of the parts; `name` is what the published table calls it.

    `absent` says what a part without a score means, exempt or not assessed: the whole is not assessed, or the part
    counts zero. When every part is absent, the unit is not assessed either way, or exempt where it is exempt from all
    of them.
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
        one_direction(self.parts)

    @property
    def better(self) -> Better:
        return one_direction(self.parts)

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        columns = [scores_of(part, units, evidence) for part in self.parts]
        out = {}
        for unit in units:
            given = tuple(column[unit] for column in columns)
            known = known_of(given)
            enough = known and (len(known) == len(given) or self.absent == "zero")
            out[unit] = Reason(self, total_of(known) if enough else why_absent(given), given)
        return out


@term("Part")
@frozen(repr=False)
class Part:
    """A rule and its weight; weights need not add up to 100."""

    weight: Decimal = field(converter=as_points)
    rule: ScoringRule = field(validator=answers("scores"))

    @weight.validator
    def _is_positive(self, _: object, value: Decimal) -> None:
        if value <= 0:
            raise SchemeError(f"Part: a weight of {value}: give more than 0")


@term("weighted")
@frozen(repr=False, init=False)
class weighted:
    """The weighted mean of the parts: the sum of weight times score, divided by the sum of the weights.

    `absent` says what a part without a score means, exempt or not assessed: the others share its weight
    ("renormalise"), it counts zero, or the unit is not assessed. Where an exemption is to cost nothing and a check that
    was missed is to count zero, say "renormalise" here and `or_else(rule, constant(0))` for the part. When every part
    is absent, the unit is not assessed either way, or exempt where it is exempt from all of them. `name` is what the
    published table calls it.
    """

    parts: tuple[Part, ...] = field(metadata={PARTS: True}, validator=(deep_iterable(is_a(Part), is_tuple), min_len(1)))
    absent: Literal["renormalise", "zero", "not assessed"] = field(
        kw_only=True, validator=one_of("renormalise", "zero", "not assessed")
    )
    name: str = field(default="", kw_only=True)
    cite: str = field(default="", kw_only=True)

    def __init__(
        self,
        *given: Part,
        parts: tuple[Part, ...] = (),  # for attrs.evolve
        absent: Literal["renormalise", "zero", "not assessed"],
        name: str = "",
        cite: str = "",
    ) -> None:
        self.__attrs_init__((*given, *parts), absent=absent, name=name, cite=cite)
        one_direction(part.rule for part in self.parts)

    @property
    def better(self) -> Better:
        return one_direction(part.rule for part in self.parts)

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        columns = [scores_of(part.rule, units, evidence) for part in self.parts]
        common = lcm(*(part.weight.as_integer_ratio()[1] for part in self.parts))
        weights = [int(Fraction(part.weight) * common) for part in self.parts]
        whole = sum(weights)
        out = {}
        for unit in units:
            given = tuple([column[unit] for column in columns])
            numerator, denominator, known = 0, 1, 0  # in integers: a Fraction for each step is slow in a large field
            for weight, (_, value, _) in zip(weights, given, strict=True):
                if type(value) is Fraction:
                    n, d = value.as_integer_ratio()
                    numerator = numerator * d + weight * n * denominator
                    denominator *= d
                    known += weight
            if not known or (self.absent == "not assessed" and known < whole):
                out[unit] = Reason(self, why_absent(given), given)
            else:
                divisor = known if self.absent == "renormalise" else whole
                out[unit] = Reason(self, Fraction(numerator, denominator * divisor), given)
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

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        grid = evidence.grid
        below = {unit: grid.children(unit) for unit in units}
        inner = scores_of(self.of, [child for children in below.values() for child in children], evidence)
        out = {}
        for unit, children in below.items():
            assessed = [(child, inner[child]) for child in children if isinstance(inner[child].value, Fraction)]
            absent = why_absent([inner[child] for child in children])
            known = known_of(reason for _, reason in assessed)
            because = tuple(reason._replace(because=(grid[child], *reason.because)) for child, reason in assessed)
            out[unit] = Reason(self, mean_of(known) if known else absent, because)
        return out


@term("or_else")
@frozen(repr=False)
class or_else:
    """The first rule's score, and where a unit has none, not even an exemption, the second rule's.

    So an absent part may count full marks: `or_else(rule, constant(30))`.
    """

    of: ScoringRule = field(validator=answers("scores"))
    other: ScoringRule = field(validator=answers("scores"))
    cite: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        one_direction((self.of, self.other))

    @property
    def better(self) -> Better:
        return self.of.better

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        first, second = scores_of(self.of, units, evidence), scores_of(self.other, units, evidence)
        out = {}
        for unit in units:
            chosen = second[unit] if first[unit].value is Absent.NOT_ASSESSED else first[unit]
            out[unit] = Reason(self, chosen.value, (chosen,))
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

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        inner = scores_of(self.of, units, evidence)
        of, out = evidence.stated(self.channel), {}
        for unit in units:
            seen = of.get(unit, ())
            if (different := len({i.stated for i in seen})) > 1:
                problem = f"{different} different stated scores in {self.channel!r} in {evidence.round.label}"
                raise InputError([Fault(problem, "keep the one that was published", "inspections", value=unit)])
            if seen and seen[0].stated is not None:
                out[unit] = Reason(self, Fraction(seen[0].stated), (seen[0], inner[unit]))
            else:
                out[unit] = Reason(self, inner[unit].value, (inner[unit],))
        return out


@term("requires")
@frozen(repr=False)
class requires:
    """The rule's score where `by` gives `at_least` that much, else not assessed (最低样本量).

    For samples that are too small to judge by: `requires(rule, count_inspections(), at_least=3)`. Where `by` is
    absent the unit is not assessed. Who is exempt from the rule stays so.
    """

    of: ScoringRule = field(validator=answers("scores"))
    by: ScoringRule = field(validator=answers("scores"))
    at_least: Decimal = field(converter=as_points, kw_only=True)
    cite: str = field(default="", kw_only=True)

    @property
    def better(self) -> Better:
        return self.of.better

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        inner, by = scores_of(self.of, units, evidence), scores_of(self.by, units, evidence)
        out = {}
        for unit in units:
            given = by[unit].value
            enough = isinstance(given, Fraction) and given >= self.at_least
            exempt = inner[unit].value is Absent.EXEMPT
            value = inner[unit].value if enough or exempt else Absent.NOT_ASSESSED
            out[unit] = Reason(self, value, (by[unit], inner[unit]))
        return out


@term("veto")
@frozen(repr=False)
class veto:
    """The rule's score, but `to` where `by` gives more than zero (一票否决): burning in the open, a false report.

    A unit without a score stays without one. `to` is the number that counts, whatever the score was: give one that no
    unit is worse than. Where lower is better that is more than 0, for 0 would put the vetoed first.

    Raises:
        SchemeError: lower is better, and `to` is 0 or less.
    """

    of: ScoringRule = field(validator=answers("scores"))
    by: ScoringRule = field(validator=answers("scores"))
    to: Decimal = field(converter=as_points, kw_only=True)
    cite: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.of.better == "lower" and self.to <= 0:
            raise SchemeError(
                f"veto: to={self.to}: of {self.of!r} the lower number is better, and that would put the vetoed first: "
                "give the worst number that a unit can have"
            )

    @property
    def better(self) -> Better:
        return self.of.better

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        inner, by = scores_of(self.of, units, evidence), scores_of(self.by, units, evidence)
        out = {}
        for unit in units:
            value, given = inner[unit].value, by[unit].value
            if isinstance(value, Fraction) and isinstance(given, Fraction) and given > 0:
                value = Fraction(self.to)
            out[unit] = Reason(self, value, (by[unit], inner[unit]))
        return out
