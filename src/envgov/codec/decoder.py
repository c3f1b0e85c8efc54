"""Plain data read back into values, by the declared types of their fields."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

import attrs

from envgov.codec.kinds import PROTOCOLS, besides_none, fields_of, item_type_of, kind_of
from envgov.errors import EnvGovError, Fault, InputError
from envgov.exact import MAX_WRITTEN
from envgov.facts.inspection import Rubric
from envgov.reason import Absent

SCHEMA = 1
"""The number of the stored format. It changes only with a migration from the number before."""
Kinds = Mapping[str, type]
Reader = Callable[[Any, Kinds], Any]
"""Reads data of one declared type; it gets the kinds that a tag may name."""


class _UnreadError(Exception):
    """Inside the decoder: the value is not to be had, for these faults. Each path begins at the value."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults

    def within(self, step: str) -> list[Fault]:
        """The faults, as seen from what holds the value."""
        return [attrs.evolve(fault, column=_join(step, fault.column)) for fault in self.faults]


class Decoder:
    """Reads by the declared types of the fields, and goes on after a fault so as to report all of them."""

    def __init__(self, kinds: Kinds, file: str) -> None:
        self.kinds = kinds
        self.file = file

    def document(self, data: object) -> Any:
        if not isinstance(data, Mapping):
            raise InputError([_fault("this is no table", "write the fields of one value", data, file=self.file)])
        if (schema := data.get("schema", SCHEMA)) != SCHEMA:
            remedy = f"write schema = {SCHEMA}"
            raise InputError([_fault("this format is not known", remedy, schema, "schema", self.file)])
        return self.one(object, {key: item for key, item in data.items() if key != "schema"})

    def one(self, declared: Any, data: object) -> Any:
        """A value of that type, read whole; where it is declared as any object, one that names its kind."""
        read = _tagged if declared is object else _reader_of(declared)
        try:
            return read(data, self.kinds)
        except _UnreadError as error:
            faults = [attrs.evolve(fault, file=self.file) for fault in error.faults]
        except RecursionError:
            faults = [_fault("this is nested too deeply", "a scheme nests a few levels", None, file=self.file)]
        raise InputError(faults)


@cache
def _reader_of(declared: Any) -> Reader:
    """How data of that type is read; made once, and not asked again of each value."""
    if type(None) in typing.get_args(declared):
        read = _required(besides_none(declared))
        return lambda data, kinds: None if data is None else read(data, kinds)
    return _required(declared)


def _required(declared: Any) -> Reader:
    origin = typing.get_origin(declared)
    if declared is object:
        return _open
    if declared in PROTOCOLS:
        return _of_protocol(*PROTOCOLS[declared])
    if declared in _EXACTLY:
        return _exactly(declared, _EXACTLY[declared])
    if declared in _SCALARS:
        return _scalar(*_SCALARS[declared])
    if isinstance(declared, type) and issubclass(declared, Enum):
        return _scalar(declared, f"one of {', '.join(repr(choice.value) for choice in declared)}")
    if origin is typing.Literal:
        return _choice(typing.get_args(declared))
    if origin in (tuple, frozenset):
        return _items(origin, _reader_of(item_type_of(declared)))
    if declared is Rubric:  # as deductions(40) takes the full marks alone
        return lambda data, kinds: _fields(Rubric, data if isinstance(data, Mapping) else {"full": data}, kinds)
    return lambda data, kinds: _fields(declared, data, kinds)


def _tagged(data: Any, kinds: Kinds, method: str = "field_on") -> Any:
    """A value that names its kind; of the kinds that have `method`, where the place asks for one."""
    if not isinstance(data, Mapping) or not isinstance(data.get("kind"), str):
        raise _bad("a value with its kind is wanted", 'write a table with kind = "..."', data)
    cls = kinds.get(data["kind"])
    if cls is None:
        known = ", ".join(sorted(kind for kind, cls in kinds.items() if callable(getattr(cls, method, None))))
        hint = _near(data["kind"], kinds)
        raise _bad("this kind is not known", f"{hint}write one of {known}", data["kind"], "kind")
    return _fields(cls, {key: item for key, item in data.items() if key != "kind"}, kinds)


def _of_protocol(method: str, wanted: str) -> Reader:
    def read(data: Any, kinds: Kinds) -> Any:
        value = _tagged(data, kinds, method)
        if not callable(getattr(value, method, None)):  # an hour may be called `at` too
            raise _bad(f"{wanted} is wanted", "write one of that sort", data["kind"])
        return value

    return read


def _fields(cls: Any, data: Any, kinds: Kinds) -> Any:
    if not isinstance(data, Mapping):
        raise _bad(f"the fields of a {kind_of(cls)} are wanted", "write a table", data)
    readers, needed = _readers_of(cls)
    given: dict[str, Any] = {}
    faults: dict[str, list[Fault]] = {}
    for key, item in data.items():
        read = readers.get(key)
        if read is None:
            faults[key] = [_unknown(cls, _text(key))]
            continue
        try:
            given[key] = read(item, kinds)
        except _UnreadError as error:
            faults[key] = error.within(key)
    if faults or not needed <= given.keys():
        faults |= {name: [_missing(cls, name)] for name in needed - data.keys()}
        order = {name: number for number, name in enumerate(readers)}
        raise _UnreadError(
            [fault for key in sorted(faults, key=lambda key: order.get(key, -1)) for fault in faults[key]]
        )
    try:
        return cls(**given)
    except (EnvGovError, TypeError, ValueError) as error:
        raise _bad(str(error), "correct this value", None) from None


@cache
def _readers_of(cls: Any) -> tuple[Mapping[str, Reader], frozenset[str]]:
    """The reader of each field, in their order, and the fields without a default."""
    fields = fields_of(cls)
    readers = {name: _reader_of(declared) for name, (declared, _) in fields.items()}
    return readers, frozenset(name for name, (_, default) in fields.items() if default is attrs.NOTHING)


def _unknown(cls: Any, key: str) -> Fault:
    fields = fields_of(cls)
    remedy = f"{_near(key, fields)}its fields are {', '.join(fields)}"
    return _fault(f"{kind_of(cls)} has no such field", remedy, key, key)


def _missing(cls: Any, name: str) -> Fault:
    declared, _ = fields_of(cls)[name]
    choices = typing.get_args(declared) if typing.get_origin(declared) is typing.Literal else ()
    remedy = f"write one of {', '.join(map(repr, choices))}" if choices else "add it"
    return _fault(f"{kind_of(cls)} needs this field", f"{remedy}; it has no default", None, name)


def _items(collection: Any, read_item: Reader) -> Reader:
    def read(data: Any, kinds: Kinds) -> Any:
        if not isinstance(data, list):
            raise _bad("a list is wanted", "write [ ... ]", data)
        items, faults = [], []
        for number, item in enumerate(data, 1):
            try:
                items.append(read_item(item, kinds))
            except _UnreadError as error:
                faults += error.within(f"[{number}]")
        if faults:
            raise _UnreadError(faults)
        return collection(items)

    return read


def _open(data: Any, kinds: Kinds) -> Any:
    """A value whose type only its tag tells: the grounds of a Reason, the condition of a Ruling."""
    if data is None or isinstance(data, bool | int | str):
        return data
    if not isinstance(data, Mapping):
        raise _bad("a value with its kind is wanted", 'write a table with kind = "..."', data)
    if "is" in data:
        plain = next((cls for cls in (Decimal, Fraction, date, Absent) if cls.__name__ == data.get("kind")), None)
        if plain is not None:
            return _reader_of(plain)(data["is"], kinds)
    return _tagged(data, kinds)


def _choice(choices: tuple[Any, ...]) -> Reader:
    def read(data: Any, _: Kinds) -> Any:
        if data not in choices:
            raise _bad("this is no choice", f"write one of {', '.join(map(repr, choices))}", data)
        return data

    return read


def _exactly(cls: type, wanted: str) -> Reader:
    def read(data: Any, _: Kinds) -> Any:
        if type(data) is not cls:
            raise _bad(f"{wanted} is wanted", "correct this value", data)
        return data

    return read


def _scalar(read_text: Callable[[Any], Any], wanted: str) -> Reader:
    def read(data: Any, _: Kinds) -> Any:
        try:
            return read_text(data)
        except (TypeError, ValueError, ArithmeticError):
            raise _bad(f"{wanted} is wanted", "correct this value", data) from None

    return read


def _fault(problem: str, remedy: str, data: object, path: str = "", file: str = "") -> Fault:
    return Fault(problem, remedy, file, column=path, value=None if data is None else _text(data))


def _bad(problem: str, remedy: str, data: object, path: str = "") -> _UnreadError:
    return _UnreadError([_fault(problem, remedy, data, path)])


PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
FRACTION = re.compile(r"-?[0-9]{1,400}(/[0-9]{1,400})?")


def _decimal(data: Any) -> Decimal:
    if isinstance(data, bool) or not isinstance(data, int | str | Decimal):
        raise TypeError
    if isinstance(data, str) and not PLAIN.fullmatch(data):  # as `points` reads what is typed
        raise ValueError
    number = Decimal(data)
    if not number.is_finite() or not -MAX_WRITTEN < number.adjusted() < MAX_WRITTEN:
        raise ValueError
    return number


def _fraction(data: Any) -> Fraction:
    if type(data) is not str or not FRACTION.fullmatch(data):
        raise ValueError
    return Fraction(data)


def _number(data: Any) -> Decimal | Fraction:
    return _fraction(data) if "/" in str(data) else _decimal(data)


def _day(data: Any) -> date:
    return data if type(data) is date else date.fromisoformat(data)


def _time(data: Any) -> time:
    return data if type(data) is time else time.fromisoformat(data)


_EXACTLY: Mapping[Any, str] = {str: "a text", int: "a whole number", bool: "true or false"}
_SCALARS: Mapping[Any, tuple[Callable[[Any], Any], str]] = {
    Decimal: (_decimal, "a number"),
    Fraction: (_fraction, "a fraction"),
    Decimal | Fraction: (_number, "a number or a fraction"),
    date: (_day, "a day such as 2017-05-31"),
    time: (_time, "a time such as 08:30"),
    datetime: (datetime.fromisoformat, "a moment such as 2017-05-31T17:00+08:00"),
}


def _text(data: object) -> str:
    try:
        return str(data)
    except ValueError:
        return "a number of very many digits"


def _near(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word[:40], list(known), n=1)
    return f"did you mean {near[0]!r}? " if near else ""


def _join(step: str, path: str) -> str:
    return f"{step}.{path}" if path and not path.startswith("[") else step + path
