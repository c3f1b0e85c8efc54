"""What every claim about a table answers: what was compared, and where it does not hold."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from envgov.published.figures import Figures

Verdict = Literal["wrong", "undecidable"]
Why = Literal["", "rounded", "gap", "unread", "reading", "unclaimed"]
"""Why a text may be right though it is not what the printed ones make of it; "": it may not."""
Inputs = Literal["exact", "rounded", ""]


class Error(NamedTuple):
    """Where a claim does not hold: the row from 0 (None: the whole table), the column, what stands there, what should.

    It may be right where numbers were `rounded` before they were printed, where a `gap` in the ranks shows that the list
    is printed in part, where the rank or score of somebody else is `unread`, in another `reading`, or where it is
    `unclaimed` that this is a number.
    """

    row: int | None
    column: str
    printed: str
    right: str
    why: Why

    @property
    def verdict(self) -> Verdict:
        return "undecidable" if self.why else "wrong"


class Result(NamedTuple):
    """How many printed texts were compared, how many could not be, and those that do not hold."""

    checked: int
    skipped: int
    errors: tuple[Error, ...]

    @property
    def wrong(self) -> int:
        return sum(not error.why for error in self.errors)


class Tally:
    """Counts while a claim is checked."""

    def __init__(self) -> None:
        self.checked = self.skipped = 0
        self.errors: list[Error] = []

    def note(self, row: int | None, column: str, printed: str, right: str, why: Why = "") -> None:
        self.errors.append(Error(row, column, printed, right, why))

    def result(self) -> Result:
        return Result(self.checked, self.skipped, tuple(self.errors))


class Claim(Protocol):
    """A sentence about a table, as `read_claim` reads it."""

    @property
    def text(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it names."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The rows that it names."""

    @property
    def numeric(self) -> tuple[tuple[str, bool], ...]:
        """The columns that it reads as numbers, and whether as lists of them."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers in its formula, as they are written."""

    def check(self, figures: Figures) -> Result:
        """Compare what is printed."""


class Sentence:
    """A claim is shown as the sentence that says it."""

    text: str

    @property
    def labels(self) -> tuple[str, ...]:
        return ()

    @property
    def numeric(self) -> tuple[tuple[str, bool], ...]:
        return ()

    @property
    def numbers(self) -> tuple[str, ...]:
        return ()

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"read_claim({self.text!r})"
