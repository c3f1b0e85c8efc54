"""How another system's list of problems is laid out: which column holds what, and what its words mean."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from attrs import field, fields, frozen, validators

from envgov.checks import is_a, is_frozenset, is_text
from envgov.codec.decoder import Decoder
from envgov.errors import Fault, InputError
from envgov.texts import UnreadableError, decode

_SAMPLE = datetime(2024, 12, 31, 23, 58, 59, tzinfo=UTC)


class When(NamedTuple):
    """A day, and the moment where it is known to the hour."""

    day: date
    at: datetime | None


def _words() -> Any:
    return field(default=frozenset(), validator=validators.deep_iterable(is_text, is_frozenset))


@frozen
class Statuses:
    """What the words of a status column mean. Merged and withdrawn are no longer counted: see `State.ENDED`.

    Raises:
        ValueError: a word means two things.
    """

    open: frozenset[str] = _words()
    closed: frozenset[str] = _words()
    merged: frozenset[str] = _words()
    withdrawn: frozenset[str] = _words()

    def __attrs_post_init__(self) -> None:
        for one, other in combinations(fields(Statuses), 2):
            if both := getattr(self, one.name) & getattr(self, other.name):
                raise ValueError(f"{one.name} and {other.name} both have {', '.join(sorted(both))}: keep one of them")

    def meaning(self, word: str) -> str | None:
        """Which of the four it is; None: the word is not known."""
        return next((a.name for a in fields(Statuses) if word in getattr(self, a.name)), None)


@frozen
class Layout:
    """Which column of a list holds what, by its header; "" where the list has no such column.

    `id`, `place` (a code of the grid), `found` and `elsewhere` must be there. `elsewhere` is the unit at which a problem
    lies whose place is empty or not on the grid: the city itself. `form` is how days are written, as for
    `datetime.strptime`; where it has hours, `zone` says in which time zone they are, such as "Asia/Shanghai", or, where
    each moment names its own (%z), in which zone its day is counted. Without a `status` column, whatever has a closing
    day is closed.

    Raises:
        ValueError: `form` makes no whole day; it has hours and there is no such zone; a status column without words, or
            words without the column.
    """

    id: str = field(validator=is_text)
    place: str = field(validator=is_text)
    found: str = field(validator=is_text)
    elsewhere: str = field(validator=is_text)
    closed: str = ""
    due: str = ""
    status: str = ""
    responsible: str = ""
    category: str = ""
    description: str = ""
    source: str = ""
    statuses: Statuses = field(default=Statuses(), validator=is_a(Statuses))
    form: str = "%Y-%m-%d"
    zone: str = ""

    def __attrs_post_init__(self) -> None:
        try:
            again = datetime.strptime(_SAMPLE.strftime(self.form), self.form)  # noqa: DTZ007 - its day alone is looked at
        except ValueError as error:
            raise ValueError(f"form={self.form!r} cannot be read: {error}") from None
        if again.date() != _SAMPLE.date():
            raise ValueError(f"form={self.form!r} makes no whole day: give year, month and day, such as '%Y-%m-%d'")
        if self._has_hours():
            try:
                ZoneInfo(self.zone)
            except (ValueError, OSError, KeyError):
                raise ValueError(
                    f"zone={self.zone!r}: days with hours need a time zone, such as 'Asia/Shanghai'"
                ) from None
        if bool(self.status) == (self.statuses == Statuses()):
            raise ValueError(f"status={self.status!r} and statuses={self.statuses!r}: give both, or neither")

    def columns(self) -> dict[str, tuple[str, ...]]:
        """The columns that the list has, each with its header."""
        return {name: (header,) for name in COLUMNS if (header := getattr(self, name))}

    def read_when(self, cell: str) -> When:
        """A cell with a day, by `form`.

        Raises:
            UnreadableError: it is not written like that.
        """
        try:
            read = datetime.strptime(cell, self.form)  # noqa: DTZ007 - its zone is put right below
        except ValueError:
            example = _SAMPLE.strftime(self.form)
            raise UnreadableError(
                "this is no day as the layout has it", f"write it as {example}, or correct form"
            ) from None
        if not self._has_hours():
            return When(read.date(), None)
        zone = ZoneInfo(self.zone)
        at = read.astimezone(zone) if read.tzinfo else read.replace(tzinfo=zone)
        return When(at.date(), at)

    def _has_hours(self) -> bool:
        return any(hour in self.form for hour in ("%H", "%I"))


COLUMNS = ("id", "place", "found", "closed", "due", "status", "responsible", "category", "description", "source")


def read_layout(file: str | Path) -> Layout:
    """The layout in a TOML file, whose keys are the fields of `Layout`.

    Raises:
        InputError: the file is no such text, or every fault in it.
        OSError: it cannot be opened.
    """
    path = Path(file)
    try:
        data = tomllib.loads(decode(path.read_bytes()))
    except UnreadableError as error:
        raise InputError([Fault(error.problem, error.remedy, path.name)]) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError([Fault(f"this is not TOML: {error}", "correct the file at that place", path.name)]) from None
    layout: Layout = Decoder({}, path.name).one(Layout, data)
    return layout
