"""Schemes, records and assessments as plain data, and back: JSON both ways, schemes from TOML."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache, partial
from operator import attrgetter, methodcaller
from pathlib import Path
from typing import Any

from envgov.codec.decoder import SCHEMA, Decoder
from envgov.codec.kinds import KINDS, PROTOCOLS, besides_none, fields_of, item_type_of, kind_of
from envgov.errors import Fault, InputError
from envgov.scheme import Scheme

SIGNS = "; its quotation marks, commas, = and digits are half-width: \" ' , = 0, and not “ ‘ ， ＝ ０"
"""What a Chinese keyboard types otherwise."""


def to_dict(value: Any) -> dict[str, Any]:
    """A value of envgov as dicts, lists, strings, ints and bools: for JSON, or TOML with any writer of it.

    Fields that have their default are left out. Numbers are strings, so that no reader makes floats of them.
    """
    return {"schema": SCHEMA, **_tagged(value)}


def to_json(value: object) -> str:
    """`to_dict` as JSON text; equal values give equal text, but for what is no part of equality, such as labels of rounds."""
    return json.dumps(to_dict(value), ensure_ascii=False, indent=2)


def _tagged(value: Any) -> dict[str, Any]:
    cls: Any = type(value)
    return {"kind": _tag_of(cls), **_fields_of(value)}


@cache
def _tag_of(cls: type) -> str:
    name, kind = cls.__name__, kind_of(cls)
    if cls not in KINDS.values() and "kind" not in vars(cls):
        raise TypeError(
            f"a {name} cannot be stored: give a scheme, a fact, a result, or an attrs class named with @term"
        )
    if KINDS.get(kind, cls) is not cls:
        raise TypeError(f"the kind {kind!r} of {name} is that of envgov's own {kind}: name it otherwise")
    return kind


def _fields_of(value: Any) -> dict[str, Any]:
    cls: Any = type(value)
    return {
        name: found if type(found) is str else _plain(found, declared)
        for name, (declared, default) in fields_of(cls).items()
        if (found := getattr(value, name)) is not default and found != default
    }


def _plain(value: Any, declared: Any) -> Any:
    """The data of a value; what its declared type does not tell is tagged with its kind."""
    cls: Any = type(value)
    return _writer_of(cls)(value, declared)


@cache
def _writer_of(cls: Any) -> Callable[[Any, Any], Any]:
    """How values of that class become data; looked up once."""
    if issubclass(cls, type(None) | bool | int | str):
        return lambda value, _: value
    if issubclass(cls, tuple | frozenset) and not hasattr(cls, "_fields"):
        return _items
    for base, text_of in _TEXTS.items():
        if issubclass(cls, base):
            return partial(_text, text_of)
    return lambda value, declared: (
        _tagged(value) if (declared := besides_none(declared)) is object or declared in PROTOCOLS else _fields_of(value)
    )


def _items(value: Any, declared: Any) -> list[Any]:
    declared = item_type_of(declared)
    items = [_plain(item, declared) for item in value]
    return sorted(items) if isinstance(value, frozenset) else items


def _text(text_of: Callable[[Any], str], value: Any, declared: Any) -> Any:
    text = text_of(value)
    return {"kind": kind_of(type(value)), "is": text} if besides_none(declared) is object else text


_TEXTS: Mapping[type, Callable[[Any], str]] = {
    Decimal: "{:f}".format,
    Fraction: str,
    date: methodcaller("isoformat"),
    time: methodcaller("isoformat"),
    Enum: attrgetter("value"),
}


def from_dict(data: Mapping[str, Any], kinds: Mapping[str, type] | None = None, file: str = "") -> Any:
    """The value that `to_dict` wrote. `kinds` adds a locality's own kinds of rule to the core's.

    Raises:
        InputError: every fault, each with the path of its field; `file` is named in them.
    """
    decoder = Decoder({**KINDS, **(kinds or {})}, file)
    return decoder.document(data)


def scheme_from_toml(text: str, kinds: Mapping[str, type] | None = None, file: str = "") -> Scheme:
    """A scheme written in TOML; numbers may be written plainly, and are read exactly."""
    try:
        data = tomllib.loads(text, parse_float=as_written)
    except (ValueError, RecursionError) as error:
        raise InputError(
            [Fault(f"this is not TOML: {error}", f"correct the file at that place{SIGNS}", file)]
        ) from None
    return _scheme(from_dict(data, kinds, file), file)


def scheme_from_json(text: str, kinds: Mapping[str, type] | None = None, file: str = "") -> Scheme:
    """A scheme written in JSON; numbers may be written plainly, and are read exactly."""
    try:
        data = json.loads(text, parse_float=as_written)
    except (ValueError, RecursionError) as error:
        raise InputError(
            [Fault(f"this is not JSON: {error}", f"correct the file at that place{SIGNS}", file)]
        ) from None
    return _scheme(from_dict(data, kinds, file), file)


def read_scheme(path: str | Path, kinds: Mapping[str, type] | None = None) -> Scheme:
    """The scheme in a .toml or .json file.

    Raises:
        InputError: the file is no such text, or every fault in it.
        OSError: it cannot be opened.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Fault(f"byte {error.start + 1} is not UTF-8", "save the file as UTF-8", path.name)
        raise InputError([fault]) from None
    read = scheme_from_json if path.suffix == ".json" else scheme_from_toml
    return read(text, kinds, path.name)


def as_written(written: str) -> Decimal | str:
    """A number as it is written; as text, to be refused where it stands, if it is out of all bounds."""
    try:
        return Decimal(written)
    except ArithmeticError:
        return written


def _scheme(value: object, file: str) -> Scheme:
    if isinstance(value, Scheme):
        return value
    fault = Fault(f"this is a {type(value).__name__}", 'write a scheme: kind = "Scheme"', file, column="kind")
    raise InputError([fault])
