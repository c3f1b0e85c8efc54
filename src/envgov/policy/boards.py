"""Boards (榜、三色): which tier each unit of a round stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Any, Literal

from attrs import field, frozen
from attrs.converters import optional as or_none
from attrs.validators import min_len, optional

from envgov.checks import is_text, is_tuple
from envgov.errors import SchemeError
from envgov.exact import as_points
from envgov.policy.conditions.candidates import candidates_of
from envgov.policy.conditions.condition import Condition, End, answer_of
from envgov.policy.term import answers, one_of, term, terms_in
from envgov.reason import Reason
from envgov.results.history import Place, Record
from envgov.results.placement import PENDING, Outcome, Placement, Side
from envgov.results.ranking import SCORE

SmallField = Literal["refuse", "none", "fewer", "share"]


@term("Tier")
@frozen(repr=False)
class Tier:
    """A named tier and the condition for it; `cite` is the clause that says so."""

    name: str = field(validator=is_text)
    when: Condition = field(validator=answers("at"))
    side: Side | None = field(default=None, validator=optional(one_of("praise", "sanction")))
    cite: str = ""


@term("Board")
@frozen(repr=False)
class Board:
    """Tiers in order: the first that holds takes the unit, `rest` takes all others.

    So each assessed unit stands in one tier. A tier whose condition is pending, reached before any that holds,
    leaves the unit pending. Lists by rank need room: those of one figure from both ends side by side, and a unit more
    than the longest. `small_field` says what happens in a group without it, on the grid or among those assessed: it is
    refused, the lists name "none" there, "fewer" (all are shortened in proportion, rounded down), or a "share": as
    many as without it, and at most `share` per cent of the group, rounded down.
    """

    id: str = field(validator=is_text)
    tiers: tuple[Tier, ...] = field(validator=(is_tuple, min_len(1)))
    rest: str = field(validator=is_text)
    small_field: SmallField = field(default="refuse", validator=one_of("refuse", "none", "fewer", "share"))
    share: Decimal | None = field(default=None, converter=or_none(as_points))

    def __attrs_post_init__(self) -> None:
        names = self.names
        if len(set(names)) < len(names) or PENDING in names:
            raise SchemeError(
                f"board {self.id!r}: tiers have names of their own, and none is {PENDING!r}: {list(names)}"
            )
        if (self.small_field == "share") != (self.share is not None):
            raise SchemeError(f"board {self.id!r}: small_field='share' and share= come together")
        if self.share is not None and not 0 < self.share <= 50:
            raise SchemeError(f"board {self.id!r}: a share of {self.share} per cent: give more than 0, at most 50")

    @property
    def names(self) -> tuple[str, ...]:
        """The tiers' names, that for the rest last."""
        return (*(tier.name for tier in self.tiers), self.rest)

    def ask(self, place: Place) -> Reason:
        """The tier of one unit, with the condition of each tier as far as they were asked."""
        return self._ask(self.tiers, self.fitted(place))

    def _ask(self, tiers: Iterable[Tier], place: Place) -> Reason:
        asked: list[Reason] = []
        for tier in tiers:
            asked.append(answer_of(tier.when, place))
            if asked[-1].value is None:
                return Reason(self, PENDING, tuple(asked))
            if asked[-1].value:
                return Reason(self, tier.name, tuple(asked))
        return Reason(self, self.rest, tuple(asked))

    def fitted(self, place: Place) -> Place:
        """The place as this board's conditions see it: its lists fit small groups, if it says how."""
        return place if self.small_field == "refuse" else place._replace(fit=self)

    def place(self, units: Iterable[str], record: Record, earlier: tuple[Record, ...]) -> Iterator[Placement]:
        """Where each of the units of a round stands."""
        possible = [(tier, candidates_of(tier.when, record)) for tier in self.tiers]
        for unit in units:
            name = self.rest
            outcomes: tuple[Outcome, ...] = ()
            if tiers := [tier for tier, meant in possible if meant is None or unit in meant]:
                place = self.fitted(Place(unit, record, earlier))
                name = str(self._ask(tiers, place).value)
                if name == PENDING:
                    outcomes = tuple(self._outcomes(tiers, place))
            yield Placement(self.id, unit, record.round, name, self._sides.get(name), outcomes)

    def _outcomes(self, tiers: Iterable[Tier], place: Place) -> Iterator[Outcome]:
        """The tiers that a person's answers leave possible: all that are open, and the first that holds anyway."""
        for tier in tiers:
            held = answer_of(tier.when, place).value
            if held is not False:
                yield Outcome(tier.name, tier.side)
            if held is True:
                return
        yield Outcome(self.rest, None)

    @cached_property
    def _sides(self) -> Mapping[str, Side | None]:
        return {tier.name: tier.side for tier in self.tiers}

    @cached_property
    def lists(self) -> Lists:
        return Lists(self.tiers)

    def seats(self, condition: Any, size: int) -> int:
        """How many a list takes of a group: all that it asks for where the lists have room, else as declared."""
        wanted: int = condition.seats(size)
        room = self.lists.room(getattr(condition, "of", SCORE), size)
        if size >= room:
            return wanted
        if self.small_field == "none":
            return 0
        if self.small_field == "fewer":
            return wanted * size // room
        assert self.share is not None, "checked when it was made"
        return min(wanted, floor(Fraction(self.share) * size / 100))


class Lists:
    """The lists by rank inside boards or ladders, and the room that they need side by side."""

    def __init__(self, conditions: object) -> None:
        self._of: dict[str, list[Any]] = defaultdict(list)
        for part in terms_in(conditions):
            if hasattr(part, "end") and callable(getattr(part, "seats", None)):
                self._of[getattr(part, "of", SCORE)].append(part)

    def of(self, figure: str) -> tuple[Any, ...]:
        """The lists by that figure."""
        return tuple(self._of.get(figure, ()))

    def room(self, figure: str, size: int) -> int:
        """How many units a group of that size must have, for each list to leave somebody, and none to meet another.

        Lists from the same end lie inside each other; those from opposite ends need room side by side, or the best
        would be the worst too. A list as long as its group would name everybody, until all draw level.
        """
        ends: dict[End, int] = {}
        for part in self.of(figure):
            ends[part.end] = max(part.seats(size), ends.get(part.end, 0))
        return max(sum(ends.values()), max(ends.values()) + 1) if ends else 0
