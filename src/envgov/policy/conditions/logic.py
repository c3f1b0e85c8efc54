"""Conditions made of conditions: and, or, not. What is pending follows Kleene's logic."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from attrs import field, frozen

from envgov.policy.conditions.condition import Condition, Needs, answer_of, needs_of
from envgov.policy.term import answers, parts, term
from envgov.reason import Reason
from envgov.results.history import Place


@term("all_of")
@frozen(repr=False, init=False)
class all_of:
    """Every part holds. One that does not decides, even beside pending ones."""

    parts: tuple[Condition, ...] = parts("at")
    subject: ClassVar[str] = "any"

    def __init__(self, *given: Condition, parts: tuple[Condition, ...] = ()) -> None:  # parts: for attrs.evolve
        self.__attrs_init__((*given, *parts))

    def at(self, place: Place) -> Reason:
        given = tuple(answer_of(part, place) for part in self.parts)
        values = {reason.value for reason in given}
        return place.settle(self, False if False in values else None if None in values else True, *given)


@term("any_of")
@frozen(repr=False, init=False)
class any_of:
    """At least one part holds. One that does decides, even beside pending ones."""

    parts: tuple[Condition, ...] = parts("at")
    subject: ClassVar[str] = "any"

    def __init__(self, *given: Condition, parts: tuple[Condition, ...] = ()) -> None:  # parts: for attrs.evolve
        self.__attrs_init__((*given, *parts))

    def at(self, place: Place) -> Reason:
        given = tuple(answer_of(part, place) for part in self.parts)
        values = {reason.value for reason in given}
        return place.settle(self, True if True in values else None if None in values else False, *given)


@term("not_")
@frozen(repr=False)
class not_:
    """The condition does not hold; pending while it is.

    Not for a unit that lacks a figure or a board that the condition asks for: who has no rate has not missed it.
    """

    when: Condition = field(validator=answers("at"))
    subject: ClassVar[str] = "any"

    def at(self, place: Place) -> Reason:
        if not self._needs.are_met(place):
            return Reason(self, False, ())
        answer = answer_of(self.when, place)
        return place.settle(self, None if answer.value is None else not answer.value, answer)

    @cached_property
    def _needs(self) -> Needs:
        return needs_of(self.when)


def is_answered(condition: Condition, place: Place) -> bool:
    """Whether the round gave the unit what the answer rests on.

    Of `all_of` and `any_of`, the part that decides is enough, whatever figure or board the others lack.
    """
    if not isinstance(condition, all_of | any_of):
        return needs_of(condition).are_met(place)
    known = [part for part in condition.parts if is_answered(part, place)]
    if len(known) == len(condition.parts):
        return True
    values = {answer_of(part, place).value for part in known}
    return False in values if isinstance(condition, all_of) else not values <= {False}
