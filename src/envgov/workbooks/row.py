"""A row of a ledger workbook (台账), as the office writes it: the problem, who owes it, and how far it has come."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Any

from attrs import field, frozen, validators

from envgov.checks import is_a, is_day_or_none

MAX_TEXT = 16_000
"""The most characters of a cell: half of what Excel allows, for a character may count twice there."""
FIRST_DAY, LAST_DAY = date(1900, 3, 1), date(2199, 12, 31)
"""Before that day Excel counts a day that never was."""
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""What no reader sees, and a text is turned round or broken with: controls, marks of direction, halves of characters."""
_BREAKS = re.compile("\r\n?|\u2028|\u2029")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Term(Enum):
    """A deadline that is no date: at once, or standing (checked again and again)."""

    AT_ONCE = "立行立改"
    STANDING = "长期坚持"


class Progress(Enum):
    """How far a problem has come (完成情况), in the words of the office."""

    OPEN = "未整改"
    GOING_ON = "整改中"
    RECTIFIED = "已整改"
    CLOSED = "已销号"
    EXTENSION_ASKED = "申请延期"
    SUSPENDED = "挂账"
    WITHDRAWN = "已撤销"


def clean(text: str) -> str:
    """The text as it may stand in a cell: without invisible characters and blanks around it, and not too long.

    A cell would take `_x0041_` for a letter; its first _ is written full-width.
    """
    if text.isprintable() and len(text) <= MAX_TEXT and "_x" not in text:
        return text.strip()  # as nearly all are
    visible = INVISIBLE.sub("", _BREAKS.sub("\n", text))
    return _ESCAPE.sub("＿", visible).strip()[:MAX_TEXT].strip()


def _clean_all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(clean, texts)))


def _is_storable(_: object, attribute: Any, value: date | None) -> None:
    if value is not None and not FIRST_DAY <= value <= LAST_DAY:
        raise ValueError(f"{attribute.name}={value}: a workbook holds days from {FIRST_DAY} to {LAST_DAY}")


def _is_due(instance: object, attribute: Any, value: object) -> None:
    if not isinstance(value, Term):
        is_day_or_none(instance, attribute, value)
        _is_storable(instance, attribute, value)  # type: ignore[arg-type]


def _text() -> Any:
    return field(default="", converter=clean)


def _texts() -> Any:
    return field(default=(), converter=_clean_all)


@frozen
class Row:
    """What one row of a ledger workbook says; "", () and None are empty cells.

    `id` is 问题编号, `place` the village or cell of the grid in which it lies (所属网格), by name or code, `district` the
    unit above it where the sheet has one, `location` the spot (位置). `responsible` are 责任单位, `person` 责任人, `due` is
    整改时限: a day or a `Term`. `before` and `after` name photographs. Texts are kept as a cell can show them: without
    invisible characters, blanks around, and what exceeds 16,000 characters.

    Raises:
        ValueError: a day before 1 March 1900, or after 2199.
    """

    id: str = _text()
    found: date | None = field(default=None, validator=(is_day_or_none, _is_storable))
    source: str = _text()
    category: str = _text()
    description: str = _text()
    location: str = _text()
    district: str = _text()
    place: str = _text()
    responsible: tuple[str, ...] = _texts()
    person: str = _text()
    phone: str = _text()
    action: str = _text()
    due: date | Term | None = field(default=None, validator=_is_due)
    progress: Progress | None = field(default=None, validator=validators.optional(is_a(Progress)))
    rectified: date | None = field(default=None, validator=(is_day_or_none, _is_storable))
    closed: date | None = field(default=None, validator=(is_day_or_none, _is_storable))
    accepted_by: str = _text()
    before: tuple[str, ...] = _texts()
    after: tuple[str, ...] = _texts()
    note: str = _text()
