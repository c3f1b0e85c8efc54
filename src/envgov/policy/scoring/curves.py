"""Numbers turned into points: factors, bounds, targets, steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from attrs import field, frozen
from attrs.converters import optional as or_none
from attrs.validators import min_len

from envgov.checks import is_tuple
from envgov.errors import SchemeError
from envgov.exact import as_points
from envgov.facts.evidence import Evidence
from envgov.policy.scoring.rule import Better, Scores, ScoringRule, scores_of
from envgov.policy.term import PARTS, answers, term
from envgov.reason import Reason


def _turned(better: Better) -> Better:
    return "lower" if better == "higher" else "higher"


def _mapped(
    rule: ScoringRule, of: ScoringRule, units: Sequence[str], evidence: Evidence, points: Callable[[Fraction], Fraction]
) -> Scores:
    """Each number of a rule turned into points; who has none stays without."""
    inner = scores_of(of, units, evidence)
    out = {}
    for unit in units:
        value = inner[unit].value
        out[unit] = Reason(rule, points(value) if isinstance(value, Fraction) else value, (inner[unit],))
    return out


@term("scaled")
@frozen(repr=False)
class scaled:
    """The rule's number times a factor: points of a rate, points off for each case. A negative one turns direction."""

    of: ScoringRule = field(validator=answers("scores"))
    factor: Decimal = field(converter=as_points)
    cite: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.factor:
            raise SchemeError("scaled: a factor of 0 makes every unit equal")

    @property
    def better(self) -> Better:
        return self.of.better if self.factor > 0 else _turned(self.of.better)

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        factor = Fraction(self.factor)
        return _mapped(self, self.of, units, evidence, lambda value: value * factor)


@term("bounded")
@frozen(repr=False)
class bounded:
    """The rule's number, `low` at least and `high` at most (扣完为止、加分不超过n分); one of them may be open."""

    of: ScoringRule = field(validator=answers("scores"))
    low: Decimal | None = field(default=None, converter=or_none(as_points), kw_only=True)
    high: Decimal | None = field(default=None, converter=or_none(as_points), kw_only=True)
    cite: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise SchemeError("bounded: give low=, high=, or both")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise SchemeError(f"bounded: low={self.low} is above high={self.high}")

    @property
    def better(self) -> Better:
        return self.of.better

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        low = None if self.low is None else Fraction(self.low)
        high = None if self.high is None else Fraction(self.high)

        def bound(value: Fraction) -> Fraction:
            value = value if low is None else max(value, low)
            return value if high is None else min(value, high)

        return _mapped(self, self.of, units, evidence, bound)


@term("to_target")
@frozen(repr=False)
class to_target:
    """Full points at the target or better, `slope` points less for each unit short of it, `floor` at least.

    Short of it is below where the rule's higher numbers are better, above where lower ones are (达标得满分，每低一个
    百分点扣s分). Half a unit short takes half the slope off.
    """

    of: ScoringRule = field(validator=answers("scores"))
    target: Decimal = field(converter=as_points)
    full: Decimal = field(converter=as_points, kw_only=True)
    slope: Decimal = field(converter=as_points, kw_only=True)
    floor: Decimal = field(converter=as_points, kw_only=True)
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "higher"

    def __attrs_post_init__(self) -> None:
        if self.slope <= 0 or self.floor > self.full:
            raise SchemeError(f"{self!r}: the slope is more than 0, and the floor is full at most")

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        target, full, slope, floor = map(Fraction, (self.target, self.full, self.slope, self.floor))
        sign = 1 if self.of.better == "higher" else -1
        return _mapped(
            self,
            self.of,
            units,
            evidence,
            lambda value: max(full - slope * max(sign * (target - value), Fraction(0)), floor),
        )


@term("Knot")
@frozen(repr=False)
class Knot:
    """A number and the points for it."""

    x: Decimal = field(converter=as_points)
    points: Decimal = field(converter=as_points)


@term("piecewise")
@frozen(repr=False, init=False)
class piecewise:
    """Points on straight lines between knots, in the order of their numbers; beyond the ends as at the ends."""

    of: ScoringRule = field(validator=answers("scores"))
    parts: tuple[Knot, ...] = field(metadata={PARTS: True}, validator=(is_tuple, min_len(2)))
    cite: str = field(default="", kw_only=True)

    def __init__(
        self, of: ScoringRule, *given: Knot, parts: tuple[Knot, ...] = (), cite: str = ""
    ) -> None:  # parts: for attrs.evolve
        self.__attrs_init__(of, (*given, *parts), cite=cite)
        slopes = [(b.points - a.points) for a, b in pairwise(self.parts)]
        if any(a.x >= b.x for a, b in pairwise(self.parts)) or (min(slopes) < 0 < max(slopes)):
            raise SchemeError(f"{self!r}: knots go from low to high numbers, and their points all rise or all fall")

    @property
    def better(self) -> Better:
        rises = self.parts[-1].points >= self.parts[0].points
        return self.of.better if rises else _turned(self.of.better)

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        return _mapped(self, self.of, units, evidence, self._points)

    def _points(self, value: Fraction) -> Fraction:
        knots = [(Fraction(knot.x), Fraction(knot.points)) for knot in self.parts]
        if value <= knots[0][0]:
            return knots[0][1]
        for (x1, y1), (x2, y2) in pairwise(knots):
            if value <= x2:
                return y1 + (y2 - y1) * (value - x1) / (x2 - x1)
        return knots[-1][1]


@term("Band")
@frozen(repr=False)
class Band:
    """A number and the points from it on, it included (90分以上、不超过50件)."""

    x: Decimal = field(converter=as_points)
    points: Decimal = field(converter=as_points)


@term("bands")
@frozen(repr=False, init=False)
class bands:
    """Points in steps: those of the first band that the number reaches, else `rest`.

    A number reaches a band when it is x or more; where the rule's lower numbers are better, x or less. The bands go
    from the best number to the worst.
    """

    of: ScoringRule = field(validator=answers("scores"))
    parts: tuple[Band, ...] = field(metadata={PARTS: True}, validator=(is_tuple, min_len(1)))
    rest: Decimal = field(converter=as_points, kw_only=True)
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "higher"

    def __init__(
        self, of: ScoringRule, *given: Band, parts: tuple[Band, ...] = (), rest: Decimal | str | int, cite: str = ""
    ) -> None:  # parts: for attrs.evolve
        self.__attrs_init__(of, (*given, *parts), rest=rest, cite=cite)
        falls = all(self._reaches(a.x, b.x) and a.x != b.x for a, b in pairwise(self.parts))
        steps = [*(band.points for band in self.parts), self.rest]
        if not falls or any(a < b for a, b in pairwise(steps)):
            raise SchemeError(f"{self!r}: bands go from the best number to the worst, and their points never rise")

    def _reaches(self, value: Fraction | Decimal, x: Decimal) -> bool:
        return value >= x if self.of.better == "higher" else value <= x

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        def points(value: Fraction) -> Fraction:
            return Fraction(next((band.points for band in self.parts if self._reaches(value, band.x)), self.rest))

        return _mapped(self, self.of, units, evidence, points)
