"""What inspectors saw: rubrics, inspections, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from attrs import converters, field, frozen, validators

from envgov.checks import is_a, is_day, is_day_or_none, is_text, is_tuple
from envgov.exact import EXACT, ZERO, add_up, as_points


class Mode(Enum):
    """How the inspectors came: announced (明查), or not (暗访)."""

    OPEN = "open"
    COVERT = "covert"


@frozen
class Item:
    """One line of a rubric; findings under it deduct at most `cap` (该项扣完为止)."""

    name: str = field(validator=is_text)
    cap: Decimal = field(converter=as_points)


@frozen
class Rubric:
    """A scoring sheet (评分细则): full marks, and the items that have a cap.

    A finding under an item that is not listed is deducted in full. A score never falls below zero (扣完为止).
    """

    full: Decimal = field(converter=as_points)
    items: tuple[Item, ...] = field(default=(), validator=is_tuple)

    def __attrs_post_init__(self) -> None:
        negative = [f"full={self.full}"] if self.full < 0 else []
        negative += [f"{item.name} {item.cap}" for item in self.items if item.cap < 0]
        if negative:
            raise ValueError(f"full marks and caps are not negative: {', '.join(negative)}")
        twice = [name for name, n in Counter(item.name for item in self.items).items() if n > 1]
        if twice:
            raise ValueError(f"the rubric lists {', '.join(twice)} more than once")

    def lost(self, inspection: Inspection) -> Decimal:
        """What the findings deduct, item by item up to its cap; it may be more than the full marks."""
        caps = {item.name: item.cap for item in self.items}
        return add_up(min(lost, caps.get(name, lost)) for name, lost in _sums(inspection).items())

    def capped(self, inspection: Inspection) -> tuple[tuple[Item, Decimal], ...]:
        """The items whose findings come to more than the cap, each with what they come to."""
        sums = _sums(inspection)
        return tuple((item, sums[item.name]) for item in self.items if sums.get(item.name, ZERO) > item.cap)

    def marks(self, inspection: Inspection) -> Decimal:
        """Full marks less what is lost, never below zero."""
        return self.less(self.lost(inspection))

    def less(self, lost: Decimal) -> Decimal:
        """Full marks less so much, never below zero."""
        return EXACT.subtract(self.full, lost) if lost < self.full else ZERO


def _sums(inspection: Inspection) -> dict[str, Decimal]:
    """What the findings of each item come to, whatever its cap."""
    found: dict[str, list[Decimal]] = {}
    for finding in inspection.findings:
        found.setdefault(finding.item, []).append(finding.deduction)
    return {name: add_up(deductions) for name, deductions in found.items()}


@frozen
class Finding:
    """One deduction; `evidence` are the names of photographs or files. A deduction is not negative."""

    item: str = field(validator=is_text)
    deduction: Decimal = field(converter=as_points)
    note: str = ""
    evidence: tuple[str, ...] = field(default=(), validator=is_tuple)

    @deduction.validator
    def _not_negative(self, _: Any, value: Decimal) -> None:
        if value < 0:
            raise ValueError(f"a deduction of {value}: give the points that are taken off, without a sign")


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.item, f.deduction, f.note, f.evidence)))


@frozen
class Inspection:
    """One visit to one unit on one day through one channel (督导, 无人机, 第三方 ...).

    Without a finding it is a fact too: a patrol that found nothing. `stated` is the score where the findings
    were not printed; it excludes findings. A visit that went on, or whose day is known no better than "in May",
    has a `last_day`; it counts in the round of `day`, its first. `id` tells apart visits that are equal in
    everything else.
    """

    unit: str = field(validator=is_text)
    day: date = field(validator=is_day)
    channel: str = field(validator=is_text)
    findings: tuple[Finding, ...] = field(default=(), converter=_in_order)
    stated: Decimal | None = field(default=None, converter=converters.optional(as_points))
    mode: Mode | None = field(default=None, validator=validators.optional(is_a(Mode)))
    inspector: str = ""
    note: str = ""
    id: str = ""
    last_day: date | None = field(default=None, validator=is_day_or_none)
    deducted: Decimal = field(init=False, eq=False, repr=False)

    @deducted.default
    def _sum_once(self) -> Decimal:
        return add_up([finding.deduction for finding in self.findings])

    def __attrs_post_init__(self) -> None:
        if self.last_day is not None and self.last_day < self.day:
            raise ValueError(f"{self.unit} {self.day}: the last day, {self.last_day}, is before the first")
        if self.stated is not None and self.findings:
            raise ValueError(f"{self.unit} {self.day}: a stated score and findings; give one of the two")
