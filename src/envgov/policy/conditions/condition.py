"""The protocol of conditions, and what may be known of one before it is asked."""

from __future__ import annotations

from typing import Any, Literal, Protocol

from attrs import Attribute, frozen

from envgov.errors import SchemeError
from envgov.policy.term import terms_in
from envgov.reason import Reason
from envgov.results.history import Place

End = Literal["first", "last"]


class Condition(Protocol):
    """Holds of a place, or not, or is pending (None): a person decides.

    One that names units for a list, by rank, tells from which `end`, how many of a group of a given size,
    `seats(size)`, and in `of` by which figure, if it is not the score. One that asks about an issue, and not about a unit, has the class variable `subject = "issue"`.
    """

    def at(self, place: Place) -> Reason: ...


def answer_of(condition: Condition, place: Place) -> Reason:
    """What a condition answers, checked where a locality's own kinds come in.

    Raises:
        SchemeError: it is no Reason, or its value is none of True, False and None.
    """
    answer = condition.at(place)
    if not isinstance(answer, Reason) or not (answer.value is None or isinstance(answer.value, bool)):
        raise SchemeError(
            f"{condition!r} answered {answer!r} for {place.unit}: a Reason of True, False or None is wanted"
        )
    return answer


@frozen
class Needs:
    """The figures and boards that a condition asks for, whatever it nests."""

    figures: frozenset[str]
    boards: frozenset[str]
    any_board: bool = False

    def are_met(self, place: Place) -> bool:
        """Whether the round gave the unit all of them.

        Where none is asked for: whether it was assessed at all, unless an issue is asked about.
        """
        unit, record = place.unit, place.record
        for board in self.boards:
            if record.tier(board, unit) is None:
                return False
        if self.any_board and not record.placements_of(unit):
            return False
        for figure in self.figures:
            if record.standing(unit, figure) is None:
                return False
        if self.figures or self.boards or place.issue is not None:
            return True
        return record.standing(unit) is not None if record.rankings else record.absence(unit) is None


def needs_of(condition: Condition) -> Needs:
    terms = tuple(terms_in(condition))
    return Needs(
        frozenset(term.of for term in terms if isinstance(getattr(term, "of", None), str)),
        frozenset(term.board for term in terms if getattr(term, "board", None)),
        any(getattr(term, "board", "") is None for term in terms),
    )


def asks_issues(instance: Any, attribute: Attribute[Any], value: Any) -> None:
    """A validator for the conditions by which issues are counted: nothing but their own events is known then."""
    for term in terms_in(value):
        if callable(getattr(term, "at", None)) and getattr(term, "subject", "") not in ("issue", "any"):
            raise SchemeError(f"{instance.kind}: {attribute.name}: {term!r} asks about a unit, not about an issue")
