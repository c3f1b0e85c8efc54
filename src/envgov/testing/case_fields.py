"""Reads the fields of a TOML file, each by its sort, and notes every fault with the way to its field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from attrs import evolve

from envgov.errors import Fault, InputError
from envgov.exact import points
from envgov.facts.duty import CHINA
from envgov.facts.issue import EventKind
from envgov.season_csv.cells import EVENTS, FIRST_YEAR, LAST_YEAR

T = TypeVar("T")
Data = dict[str, Any]


class Fields:
    """Reads fields of one file; None, and a fault noted, where one is not of its sort."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def row(self, data: Data, way: str, known: Mapping[str, Field]) -> Data:
        """The fields of a table that are given, without those that are not of their sort."""
        self.refuse_unknown(data, way, known)
        asked = {name: field for name, field in known.items() if field.required or name in data}
        read = {name: field.read(self, data, name, way) for name, field in asked.items()}
        return {name: value for name, value in read.items() if value is not None}

    def text(self, data: Data, name: str, way: str) -> str | None:
        value = data.get(name)
        if isinstance(value, str) and value.strip():
            return value
        self.note(f"{way}.{name}", "a text is wanted", f'write {name} = "..."', value)
        return None

    def names(self, data: Data, name: str, way: str) -> tuple[str, ...]:
        value = data.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.note(f"{way}.{name}", "a list of texts is wanted", f'write {name} = ["..."]', value)
        return ()

    def number(self, data: Data, name: str, way: str) -> Decimal | None:
        value = data.get(name)
        try:
            return points(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            self.note(f"{way}.{name}", "a number is wanted", "write it plainly, as 85.5", value)
            return None

    def count(self, data: Data, name: str, way: str) -> int | None:
        value = data.get(name)
        if type(value) is int:
            return value
        self.note(f"{way}.{name}", "a whole number is wanted", f"write {name} = 3", value)
        return None

    def answer(self, data: Data, name: str, way: str) -> bool | None:
        value = data.get(name)
        if isinstance(value, bool):
            return value
        self.note(f"{way}.{name}", "true or false is wanted", f"write {name} = true, without quotes", value)
        return None

    def day(self, data: Data, name: str, way: str) -> date | None:
        value = data.get(name)
        if type(value) is date and FIRST_YEAR <= value.year <= LAST_YEAR:
            return value
        problem = f"a day of the years {FIRST_YEAR} to {LAST_YEAR} is wanted"
        self.note(f"{way}.{name}", problem, f"write {name} = 2024-05-31, without quotes", value)
        return None

    def moment(self, data: Data, name: str, way: str) -> datetime | None:
        """A day with an hour; one without a zone of its own is in that of China, as in a season's tables."""
        value = data.get(name)
        if isinstance(value, datetime) and FIRST_YEAR <= value.year <= LAST_YEAR:
            return value if value.tzinfo else value.replace(tzinfo=CHINA)
        problem = f"a day of the years {FIRST_YEAR} to {LAST_YEAR} with its hour is wanted"
        self.note(f"{way}.{name}", problem, f"write {name} = 2024-05-31T17:00:00, without quotes", value)
        return None

    def event(self, data: Data, name: str, way: str) -> EventKind | None:
        """What happened to an issue, as events.csv has it."""
        value = data.get(name)
        if isinstance(value, str) and value.lower() in EVENTS:
            return EVENTS[value.lower()]
        remedy = f"write one of {', '.join(EVENTS)}"
        self.note(f"{way}.{name}", "this is no event of an issue", remedy, value)
        return None

    def table(self, data: Data, name: str, way: str) -> Data | None:
        value = data.get(name)
        if isinstance(value, dict):
            return value
        self.note(f"{way}.{name}", "a table is wanted", f"write {name} = {{ ... }}", value)
        return None

    def tables(self, data: Data, name: str, way: str) -> list[tuple[str, Data]]:
        """The tables of a list, each with the way to it; they are counted from 1."""
        value = data.get(name, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return [(f"{way}.{name}[{n}]".lstrip("."), item) for n, item in enumerate(value, 1)]
        self.note(f"{way}.{name}", "a list of tables is wanted", f"write [[{name}]] above each", value)
        return []

    def refuse_unknown(self, data: Data, way: str, known: Collection[str]) -> None:
        for name in data:
            if name not in known:
                self.note(f"{way}.{name}", "there is no such field", f"write {', '.join(known)}", name)

    def unless_wrong(self, make: Callable[[], T], way: str) -> T | None:
        """What is made of the fields; None, and the faults noted, where a value refuses them."""
        try:
            return make()
        except InputError as error:
            for fault in error.faults:  # those of a season's tables say where they are
                column = ".".join(part for part in (way, fault.column) if part)
                self.faults.append(fault if fault.file else evolve(fault, file=self.file, column=column))
        except (TypeError, ValueError) as error:
            self.note(way, str(error), "correct this value", None)
        return None

    def note(self, way: str, problem: str, remedy: str, value: object) -> None:
        found = None if value is None else str(value)
        self.faults.append(Fault(problem, remedy, self.file, column=way.lstrip("."), value=found))


class Field(NamedTuple):
    """One field of a table: how it is read, and whether it may be wanting."""

    read: Callable[[Fields, Data, str, str], Any]
    required: bool = False
