"""What goes wrong at the edge, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

SHOWN_FAULTS = 200
SHOWN_VALUE = 60


@frozen
class Fault:
    """One thing wrong with an input: what was found, where, and what to do.

    Whatever is counted begins with 1, as people count. `row` counts as a spreadsheet does (the header is row 1); for
    values built in Python it is the position in the sequence. `column` is a column's name, or the path of a field in a
    TOML or JSON file: `boards[1].tiers[2].when` is of the first board's second tier.
    """

    problem: str
    remedy: str
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str | None = None

    def __str__(self) -> str:
        row = None if self.row is None else f"row {self.row}"
        where = ", ".join(part for part in (self.file, row, self.column) if part)
        found = "" if self.value is None else f" (found {shorten(self.value)})"
        return f"{where}{': ' if where else ''}{self.problem}{found}; {self.remedy}"


def shorten(value: str) -> str:
    """Quoted, on one line, and short enough for a message even if somebody pasted a whole document."""
    return repr(value if len(value) <= SHOWN_VALUE else value[: SHOWN_VALUE - 1] + "…")


class EnvGovError(Exception):
    """Every error that envgov raises on purpose."""


class InputError(EnvGovError, ValueError):
    """An input with faults: all of them, found in one pass; nothing of the input was used."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        lines = [f"{count} fault{'s' if count > 1 else ''}:", *map(str, self.faults[:SHOWN_FAULTS])]
        if count > SHOWN_FAULTS:
            lines.append(f"... and {count - SHOWN_FAULTS} more")
        return "\n".join(lines)


class SchemeError(EnvGovError, ValueError):
    """A scheme that cannot be decided as it is written, or not on this field."""


class FieldError(SchemeError):
    """A sound scheme on units that it cannot decide: a list has no room among them, or no breaker tells two apart."""


class UnknownUnitError(EnvGovError, LookupError):
    """A unit was asked for that the grid or the field does not have, or whose name is not unique there."""
