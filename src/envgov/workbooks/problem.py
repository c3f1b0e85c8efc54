"""What is wrong with a workbook: in which sheet and cell, what was found there, and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from attrs import field, frozen, validators

from envgov.checks import is_tuple
from envgov.results.table import Language
from envgov.wording.workbooks import FAULTS, NOTES

_WORDS: Mapping[str, Mapping[Language, tuple[str, str]]] = {**FAULTS, **NOTES}
MAX_VALUE = 200
"""Of a value that is longer, this much is shown."""


def _shortened(value: str) -> str:
    return value[:MAX_VALUE]


@frozen
class Problem:
    """One thing that is wrong, or that was read otherwise than it stands.

    `cell` is called as a spreadsheet calls it (C7); of a whole sheet, or of the file, it is empty. `what` is the kind
    of the problem, a key of `envgov.wording.workbooks`; `given` is what its words speak of. A grave one keeps its row
    out of the ledger; any other tells how the cell was read.
    """

    kind: ClassVar[str] = "Problem"
    sheet: str
    cell: str
    value: str = field(converter=_shortened)
    what: str = field(validator=validators.in_(_WORDS))
    given: tuple[str, ...] = field(default=(), validator=is_tuple)

    @property
    def is_grave(self) -> bool:
        return self.what in FAULTS

    def problem(self, language: Language = "zh") -> str:
        return _WORDS[self.what][language][0].format(*self.given)

    def remedy(self, language: Language = "zh") -> str:
        """What to do; empty where a note asks for nothing."""
        return _WORDS[self.what][language][1].format(*self.given)
