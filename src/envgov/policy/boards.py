"""Boards (榜、三色): which tier each unit of a round stands in."""

from __future__ import annotations

from collections import defaultdict

from attrs import field, frozen
from attrs.validators import min_len, optional

from envgov.checks import is_text, is_tuple
from envgov.errors import SchemeError
from envgov.policy.conditions import Condition, answer_of, bottom, top
from envgov.policy.term import answers, one_of, terms_in
from envgov.reason import Reason
from envgov.results.history import Place
from envgov.results.placement import PENDING, Placement, Side


@frozen
class Tier:
    """A named tier and the condition for it; `cite` is the clause that says so."""

    name: str = field(validator=is_text)
    when: Condition = field(validator=answers("at"))
    side: Side | None = field(default=None, validator=optional(one_of("praise", "sanction")))
    cite: str = ""


@frozen
class Board:
    """Tiers in order: the first that holds takes the unit, `rest` takes all others.

    So each assessed unit stands in one tier. A tier whose condition is pending, reached before any that holds,
    leaves the unit pending. Lists named by `top` and `bottom` need room: a group without it is refused, see
    `Scheme`.
    """

    id: str = field(validator=is_text)
    tiers: tuple[Tier, ...] = field(validator=(is_tuple, min_len(1)))
    rest: str = field(validator=is_text)

    def __attrs_post_init__(self) -> None:
        names = [*(tier.name for tier in self.tiers), self.rest]
        if len(set(names)) < len(names) or PENDING in names:
            raise SchemeError(f"board {self.id!r}: tiers have names of their own, and none is {PENDING!r}: {names}")

    def ask(self, place: Place) -> Reason:
        """The tier of one unit, with the condition of each tier as far as they were asked."""
        asked: list[Reason] = []
        for tier in self.tiers:
            asked.append(answer_of(tier.when, place))
            if asked[-1].value is None:
                return Reason(self, PENDING, tuple(asked))
            if asked[-1].value:
                return Reason(self, tier.name, tuple(asked))
        return Reason(self, self.rest, tuple(asked))

    def place(self, place: Place) -> Placement:
        name = self.ask(place).value
        side = next((tier.side for tier in self.tiers if tier.name == name), None)
        return Placement(self.id, place.unit, place.record.round, str(name), side)


def room_of(conditions: object) -> dict[str, int]:
    """For each figure, how many units a group needs, so that its lists by rank leave a first and a last.

    Lists from the same end lie inside each other; those from opposite ends need room side by side, or the best
    would be the worst too. A list as long as its group would name everybody, until all draw level.
    """
    longest: dict[str, dict[type, int]] = defaultdict(dict)
    for term in terms_in(conditions):
        if isinstance(term, top | bottom):
            ends = longest[term.of]
            ends[type(term)] = max(term.n, ends.get(type(term), 0))
    return {figure: max(sum(ends.values()), max(ends.values()) + 1) for figure, ends in longest.items()}
