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
from typing import Any

import attrs

from envgov.codec.kinds import PROTOCOLS, besides_none, fields_of, item_type_of, kind_of
from envgov.errors import EnvGovError, Fault, InputError
from envgov.exact import MAX_WRITTEN
from envgov.facts.inspection import Rubric
from envgov.reason import Absent

SCHEMA = 1
"""The number of the stored format. It changes only with a migration from the number before."""


class _UnreadError(Exception):
    """Inside the decoder: the fault is noted, the value is not to be had."""


class Decoder:
    """Reads by the declared types of the fields, and goes on after a fault so as to report all of them."""

    def __init__(self, kinds: Mapping[str, type], file: str) -> None:
        self.kinds = kinds
        self.file = file
        self.faults: list[Fault] = []

    def document(self, data: object) -> Any:
        if not isinstance(data, Mapping):
            self._note("", "this is no table", "write the fields of one value", data)
        elif data.get("schema", SCHEMA) != SCHEMA:
            self._note("schema", "this format is not known", f"write schema = {SCHEMA}", data["schema"])
        else:
            return self.one(object, {key: item for key, item in data.items() if key != "schema"})
        raise InputError(self.faults)

    def one(self, declared: Any, data: object) -> Any:
        """A value of that type, read whole; where it is declared as any object, one that names its kind."""
        try:
            return self.tagged(data, "") if declared is object else self.read(declared, data, "")
        except _UnreadError:
            pass
        except RecursionError:
            self._note("", "this is nested too deeply", "a scheme nests a few levels", None)
        raise InputError(self.faults)

    def tagged(self, data: object, path: str, method: str = "") -> Any:
        """A value that names its kind; of the kinds that have `method`, where the place asks for one."""
        if not isinstance(data, Mapping) or not isinstance(data.get("kind"), str):
            raise self._bad(path, "a value with its kind is wanted", 'write a table with kind = "..."', data)
        cls = self.kinds.get(data["kind"])
        if cls is None:
            known = ", ".join(
                sorted(kind for kind, cls in self.kinds.items() if callable(getattr(cls, method or "field_on", None)))
            )
            hint = _near(data["kind"], self.kinds)
            raise self._bad(_join(path, "kind"), "this kind is not known", f"{hint}write one of {known}", data["kind"])
        return self.fields(cls, {key: item for key, item in data.items() if key != "kind"}, path)

    def fields(self, cls: Any, data: object, path: str) -> Any:
        if not isinstance(data, Mapping):
            raise self._bad(path, f"the fields of a {kind_of(cls)} are wanted", "write a table", data)
        fields, given, sound = fields_of(cls), {}, True
        for key in map(_text, data):
            if key not in fields:
                self._note(
                    _join(path, key),
                    f"{kind_of(cls)} has no such field",
                    f"{_near(key, fields)}its fields are {', '.join(fields)}",
                    key,
                )
                sound = False
        for name, (declared, default) in fields.items():
            if name in data:
                try:
                    given[name] = self.read(declared, data[name], _join(path, name))
                except _UnreadError:
                    sound = False
            elif default is attrs.NOTHING:
                literal = typing.get_origin(declared) is typing.Literal
                choices = typing.get_args(declared) if literal else ()
                remedy = f"write one of {', '.join(map(repr, choices))}" if choices else "add it"
                self._note(_join(path, name), f"{kind_of(cls)} needs this field", f"{remedy}; it has no default", None)
                sound = False
        if not sound:
            raise _UnreadError
        try:
            return cls(**given)
        except (EnvGovError, TypeError, ValueError) as error:
            raise self._bad(path, str(error), "correct this value", None) from None

    def read(self, declared: Any, data: Any, path: str) -> Any:
        if data is None and type(None) in typing.get_args(declared):
            return None
        declared = besides_none(declared)
        origin = typing.get_origin(declared)
        if declared is object:
            return self.open(data, path)
        if declared in PROTOCOLS:
            method, wanted = PROTOCOLS[declared]
            value = self.tagged(data, path, method)
            if not callable(getattr(value, method, None)):  # an hour may be called `at` too
                raise self._bad(path, f"{wanted} is wanted", "write one of that sort", data["kind"])
            return value
        if declared in _SCALARS or (isinstance(declared, type) and issubclass(declared, Enum)):
            return self.scalar(declared, data, path)
        if origin is typing.Literal:
            choices = typing.get_args(declared)
            if data not in choices:
                raise self._bad(path, "this is no choice", f"write one of {', '.join(map(repr, choices))}", data)
            return data
        if origin in (tuple, frozenset):
            return self.items(origin, item_type_of(declared), data, path)
        if declared is Rubric and not isinstance(data, Mapping):
            return self.fields(declared, {"full": data}, path)  # as deductions(40) takes the full marks alone
        return self.fields(declared, data, path)

    def items(self, collection: Any, declared: Any, data: Any, path: str) -> Any:
        if not isinstance(data, list):
            raise self._bad(path, "a list is wanted", "write [ ... ]", data)
        read, sound = [], True
        for number, item in enumerate(data, 1):
            try:
                read.append(self.read(declared, item, f"{path}[{number}]"))
            except _UnreadError:
                sound = False
        if not sound:
            raise _UnreadError
        return collection(read)

    def open(self, data: Any, path: str) -> Any:
        """A value whose type only its tag tells: the grounds of a Reason, the condition of a Ruling."""
        if data is None or isinstance(data, bool | int | str):
            return data
        if not isinstance(data, Mapping):
            raise self._bad(path, "a value with its kind is wanted", 'write a table with kind = "..."', data)
        if "is" in data:
            plain = next((cls for cls in (Decimal, Fraction, date, Absent) if cls.__name__ == data.get("kind")), None)
            if plain is not None:
                return self.scalar(plain, data["is"], path)
        return self.tagged(data, path)

    def scalar(self, declared: Any, data: Any, path: str) -> Any:
        read, wanted = _SCALARS.get(declared, (declared, ""))
        try:
            return read(data)
        except (TypeError, ValueError, ArithmeticError):
            wanted = wanted or f"one of {', '.join(repr(choice.value) for choice in declared)}"
            raise self._bad(path, f"{wanted} is wanted", "correct this value", data) from None

    def _note(self, path: str, problem: str, remedy: str, data: object) -> None:
        value = None if data is None else _text(data)
        self.faults.append(Fault(problem, remedy, self.file, column=path, value=value))

    def _bad(self, path: str, problem: str, remedy: str, data: object) -> _UnreadError:
        self._note(path, problem, remedy, data)
        return _UnreadError()


_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_FRACTION = re.compile(r"-?[0-9]{1,400}(/[0-9]{1,400})?")


def _exactly(cls: type) -> Callable[[Any], Any]:
    def read(data: Any) -> Any:
        if type(data) is not cls:
            raise TypeError
        return data

    return read


def _decimal(data: Any) -> Decimal:
    if isinstance(data, bool) or not isinstance(data, int | str | Decimal):
        raise TypeError
    if isinstance(data, str) and not _PLAIN.fullmatch(data):  # as `points` reads what is typed
        raise ValueError
    number = Decimal(data)
    if not number.is_finite() or not -MAX_WRITTEN < number.adjusted() < MAX_WRITTEN:
        raise ValueError
    return number


def _fraction(data: Any) -> Fraction:
    if not _FRACTION.fullmatch(_exactly(str)(data)):
        raise ValueError
    return Fraction(data)


def _number(data: Any) -> Decimal | Fraction:
    return _fraction(data) if "/" in str(data) else _decimal(data)


def _day(data: Any) -> date:
    return data if type(data) is date else date.fromisoformat(data)


def _time(data: Any) -> time:
    return data if type(data) is time else time.fromisoformat(data)


_SCALARS: Mapping[Any, tuple[Callable[[Any], Any], str]] = {
    str: (_exactly(str), "a text"),
    int: (_exactly(int), "a whole number"),
    bool: (_exactly(bool), "true or false"),
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


def _join(path: str, field: str) -> str:
    return f"{path}.{field}" if path else field
