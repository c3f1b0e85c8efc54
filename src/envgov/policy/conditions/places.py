"""Conditions on a unit's place in its field: its rank, its number, its tier, its class."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, ClassVar, Literal

from attrs import field, frozen

from envgov.checks import is_text
from envgov.errors import SchemeError
from envgov.exact import as_points
from envgov.policy.conditions.condition import End
from envgov.policy.term import at_least_one, one_of, term
from envgov.reason import Reason
from envgov.results.history import Gap, Place, Shortened
from envgov.results.placement import Placement, Side
from envgov.results.ranking import SCORE

Ties = Literal["include", "exclude", "break", "decide"]
Rounding = Literal["down", "up", "half up"]
TIES = ("include", "exclude", "break", "decide")
ROUNDINGS = ("down", "up", "half up")


@term("top")
@frozen(repr=False)
class top:
    """Among the first `n` of its group: fewer than n units are strictly better.

    `ties` says what happens when a tie straddles the cut: all of the tied are in ("include"), none of them
    ("exclude"), the scheme's tie-breakers decide and what they leave level is pending ("break"), or a person
    decides ("decide"). In a group that is all one tie it holds for nobody.
    """

    n: int = field(validator=at_least_one)
    of: str = field(default=SCORE, kw_only=True, validator=is_text)
    ties: Ties = field(kw_only=True, validator=one_of(*TIES))
    end: ClassVar[End] = "first"

    def seats(self, size: int) -> int:  # noqa: ARG002 - the same in every group
        return self.n

    def at(self, place: Place) -> Reason:
        return _cut(self, place)


@term("bottom")
@frozen(repr=False)
class bottom:
    """Among the last `n` of its group: fewer than n units are strictly worse.

    `ties` as for `top`, from the other end: "exclude" names nobody when more than n share the worst number.
    In a group that is all one tie it holds for nobody.
    """

    n: int = field(validator=at_least_one)
    of: str = field(default=SCORE, kw_only=True, validator=is_text)
    ties: Ties = field(kw_only=True, validator=one_of(*TIES))
    end: ClassVar[End] = "last"

    def seats(self, size: int) -> int:  # noqa: ARG002 - the same in every group
        return self.n

    def at(self, place: Place) -> Reason:
        return _cut(self, place)


def _is_share(instance: Any, _: object, value: Decimal) -> None:
    if not 0 < value < 100:
        raise SchemeError(f"{instance.kind}: {value} per cent: give more than 0 and less than 100")


def _share(percent: Decimal, rounding: Rounding, size: int) -> int:
    """So many of a group of `size`, and never the whole of it."""
    exact = Fraction(percent) * size / 100
    whole = {"down": floor(exact), "up": ceil(exact), "half up": floor(exact + Fraction(1, 2))}
    return min(whole[rounding], size - 1)


@term("top_share")
@frozen(repr=False)
class top_share:
    """Among the first `percent` per cent of the assessed units of its group; `ties` as for `top`.

    `rounding` makes a whole number of units of it; it may be none, and is never the whole group.
    """

    percent: Decimal = field(converter=as_points, validator=_is_share)
    of: str = field(default=SCORE, kw_only=True, validator=is_text)
    rounding: Rounding = field(kw_only=True, validator=one_of(*ROUNDINGS))
    ties: Ties = field(kw_only=True, validator=one_of(*TIES))
    end: ClassVar[End] = "first"

    def seats(self, size: int) -> int:
        return _share(self.percent, self.rounding, size)

    def at(self, place: Place) -> Reason:
        return _cut(self, place)


@term("bottom_share")
@frozen(repr=False)
class bottom_share:
    """Among the last `percent` per cent of the assessed units of its group; `ties` and `rounding` as for `top_share`."""

    percent: Decimal = field(converter=as_points, validator=_is_share)
    of: str = field(default=SCORE, kw_only=True, validator=is_text)
    rounding: Rounding = field(kw_only=True, validator=one_of(*ROUNDINGS))
    ties: Ties = field(kw_only=True, validator=one_of(*TIES))
    end: ClassVar[End] = "last"

    def seats(self, size: int) -> int:
        return _share(self.percent, self.rounding, size)

    def at(self, place: Place) -> Reason:
        return _cut(self, place)


def _cut(condition: top | bottom | top_share | bottom_share, place: Place) -> Reason:
    """Whether a standing lies among those nearest to an end."""
    s = place.record.standing(place.unit, condition.of)
    if s is None:
        return Reason(condition, False, ())
    ahead, tied, behind = s.ahead, s.tied, s.behind
    if ahead == behind == 0:
        return Reason(condition, False, (s,))
    size = ahead + tied + behind
    n = condition.seats(size)
    because: tuple[object, ...] = (s,)
    if place.fit is not None and (fitted := place.fit.seats(condition, size)) != n:
        n, because = fitted, (s, Shortened(fitted, size))
    nearer = ahead if condition.end == "first" else behind
    held = _within(n, nearer, tied)
    if held is not None:
        return Reason(condition, held, because)
    if condition.ties == "break":
        in_tie = s.before if condition.end == "first" else s.tied - s.before - s.level
        held = _within(n, nearer + in_tie, s.level)
    elif condition.ties != "decide":
        held = condition.ties == "include"
    return place.settle(condition, held, *because)


def _within(n: int, nearer: int, level: int) -> bool | None:
    """None: of the units that are level, some are within n and some are not."""
    if nearer >= n:
        return False
    return True if nearer + level <= n else None


@term("at_least")
@frozen(repr=False)
class at_least:
    """The decided number is x or more (x分以上). Does not hold for a unit without one."""

    x: Decimal = field(converter=as_points)
    of: str = field(default=SCORE, kw_only=True, validator=is_text)

    def at(self, place: Place) -> Reason:
        s = place.standing(self.of)
        return Reason(self, False, ()) if s is None else Reason(self, s.score >= self.x, (s,))


@term("below")
@frozen(repr=False)
class below:
    """The decided number is strictly less than x (低于x分). Does not hold for a unit without one."""

    x: Decimal = field(converter=as_points)
    of: str = field(default=SCORE, kw_only=True, validator=is_text)

    def at(self, place: Place) -> Reason:
        s = place.standing(self.of)
        return Reason(self, False, ()) if s is None else Reason(self, s.score < self.x, (s,))


@term("at_most")
@frozen(repr=False)
class at_most:
    """The decided number is x or less (x分及以下). Does not hold for a unit without one."""

    x: Decimal = field(converter=as_points)
    of: str = field(default=SCORE, kw_only=True, validator=is_text)

    def at(self, place: Place) -> Reason:
        s = place.standing(self.of)
        return Reason(self, False, ()) if s is None else Reason(self, s.score <= self.x, (s,))


@term("above")
@frozen(repr=False)
class above:
    """The decided number is strictly more than x (超过x分). Does not hold for a unit without one."""

    x: Decimal = field(converter=as_points)
    of: str = field(default=SCORE, kw_only=True, validator=is_text)

    def at(self, place: Place) -> Reason:
        s = place.standing(self.of)
        return Reason(self, False, ()) if s is None else Reason(self, s.score > self.x, (s,))


@term("above_mean")
@frozen(repr=False)
class above_mean:
    """The decided number is strictly more than the exact mean of those of its group. Not for a unit without one."""

    of: str = field(default=SCORE, kw_only=True, validator=is_text)

    def at(self, place: Place) -> Reason:
        s = place.standing(self.of)
        if s is None:
            return Reason(self, False, ())
        return Reason(self, s.score > place.record.ranking(self.of).mean(s.group), (s,))


@term("below_mean")
@frozen(repr=False)
class below_mean:
    """The decided number is strictly less than the exact mean of those of its group. Not for a unit without one."""

    of: str = field(default=SCORE, kw_only=True, validator=is_text)

    def at(self, place: Place) -> Reason:
        s = place.standing(self.of)
        if s is None:
            return Reason(self, False, ())
        return Reason(self, s.score < place.record.ranking(self.of).mean(s.group), (s,))


@term("designated")
@frozen(repr=False)
class designated:
    """The unit is in that class (类别) on the round's first day."""

    name: str = field(validator=is_text)

    def at(self, place: Place) -> Reason:
        return Reason(self, place.record.is_designated(place.unit, self.name), ())


@term("placed")
@frozen(repr=False)
class placed:
    """The board put the unit in that tier; pending while it may still end there. Boards stand before those that ask.

    A ruling settles the condition of the tier, not this one. Tiers are told by name. Where a counter looks back on an
    edition whose board had no tier of this name, and the unit stood in one that the board has no more, nobody but a
    person knows whether the one became the other: pending. `praised` and `sanctioned` need no names.
    """

    board: str = field(validator=is_text)
    tier: str = field(validator=is_text)

    def at(self, place: Place) -> Reason:
        placement = place.record.tier(self.board, place.unit)
        if placement is None:
            return Reason(self, False, ())
        held = None if placement.may_be_in(self.tier) else placement.tier == self.tier
        standing = place.standing()
        because = (placement,) if standing is None else (standing, placement)
        if held is False and self._may_be_renamed(placement.tier, place):
            return Reason(self, None, (*because, Gap(place.record.round, "tier")))
        return Reason(self, held, because)

    def _may_be_renamed(self, stood_in: str, place: Place) -> bool:
        now = place.asked_in
        if now is None or self.tier in place.record.tiers_of(self.board):
            return False
        return stood_in not in now.tiers_of(self.board)


@term("praised")
@frozen(repr=False)
class praised:
    """The board put the unit in a tier of praise, whatever its name; without a `board`, any board did.

    Boards stand before those that ask. Pending while a placement that could make the difference is.
    """

    board: str | None = None

    def at(self, place: Place) -> Reason:
        return _sided(self, place, "praise")


@term("sanctioned")
@frozen(repr=False)
class sanctioned:
    """The board put the unit in a tier of sanction, whatever its name; without a `board`, any board did.

    Boards stand before those that ask. Pending while a placement that could make the difference is.
    """

    board: str | None = None

    def at(self, place: Place) -> Reason:
        return _sided(self, place, "sanction")


def _sided(condition: praised | sanctioned, place: Place, side: Side) -> Reason:
    given = place.record.placements_of(place.unit)
    asked: tuple[Placement, ...] = tuple(p for p in given if condition.board in (None, p.board))
    if any(p.side == side for p in asked):
        held: bool | None = True
    else:
        held = None if any(p.may_be_on(side) for p in asked) else False
    return Reason(condition, held, asked)


@term("ruled")
@frozen(repr=False)
class ruled:
    """A body decided so (成效显著、数据缺失): holds only where a `Ruling` on this very condition says yes.

    `what` is the clause that leaves it to a body, `by` the body. It is never pending: without a ruling it does
    not hold.
    """

    what: str = field(validator=is_text)
    by: str = field(validator=is_text)

    def at(self, place: Place) -> Reason:
        ruling = place.ruling(self)
        return Reason(self, False, ()) if ruling is None else Reason(self, ruling.holds, (ruling,))
