"""What frames refuse: by name, and before any work."""

from __future__ import annotations

from typing import NoReturn

from envgov.errors import SchemeError
from envgov.frames.tables import Maxima

LIMIT = 2**62
"""No number of a plan exceeds it: a column holds 2**63, and engines do not all say when it overflows."""


class FramesError(SchemeError):
    """A scheme that objects decide and frames do not: a tolerance, a possible overflow, a kind without columns."""


def fits(bound: int) -> bool:
    return bound <= LIMIT


def prove(term: object, bound: int, maxima: Maxima) -> None:
    """That a column never exceeds the limit, by the bound of its numbers.

    Raises:
        FramesError: it might, with these maxima.
    """
    if not fits(bound):
        raise FramesError(
            f"{term!r}: possible overflow: numbers of up to {len(str(bound))} digits, and columns hold 18; with "
            f"{maxima!r}: declare smaller maxima if the tables allow, fewer places, or assess by objects"
        )


def refuse_kind(term: object, wanted: str) -> NoReturn:
    """A kind of term that has no columnar form.

    Raises:
        FramesError: always.
    """
    name = getattr(term, "kind", type(term).__name__)
    raise FramesError(f"{term!r}: the kind {name!r} has no columnar form: give it {wanted}, or assess by objects")
