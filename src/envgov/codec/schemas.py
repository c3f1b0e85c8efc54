"""JSON Schema of what is stored: made from the same declared types by which it is read."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from inspect import getdoc
from typing import Any

import attrs

from envgov.codec.decoder import FRACTION, PLAIN, SCHEMA
from envgov.codec.kinds import KINDS, PROTOCOLS, fields_of, item_type_of, kind_of
from envgov.facts.inspection import Rubric
from envgov.reason import Absent

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Data = dict[str, Any]
_HOUR = "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SCALARS: Mapping[Any, Data] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": ["string", "number"], "pattern": f"^{PLAIN.pattern}$"},
    Fraction: {"type": "string", "pattern": f"^{FRACTION.pattern}$"},
    Decimal | Fraction: {"type": ["string", "number"], "pattern": f"^({PLAIN.pattern}|{FRACTION.pattern})$"},
    date: {"type": "string", "pattern": f"^{_DAY}$"},
    time: {"type": "string", "pattern": f"^{_HOUR}$"},
    datetime: {"type": "string", "pattern": f"^{_DAY}T{_HOUR}([+-]{_HOUR}|Z)$"},
}
_NULL: Data = {"type": "null"}
_ANYTHING = "anything"
"""The definition of what its tag alone tells: the grounds of a Reason."""


def json_schema(kind: str, kinds: Mapping[str, type] | None = None) -> Data:
    """The JSON Schema (2020-12) of the documents of one kind, such as "Issue" or "bottom", whole in itself.

    What `to_dict` writes is valid, and what is valid has the fields that `from_dict` reads, each of its own type. Whether
    they go together (days in order, shares of 100) is seen when they are read. `kinds` adds a locality's own kinds.

    Raises:
        LookupError: nothing of that kind is stored.
    """
    known = {**KINDS, **(kinds or {})}
    if kind not in known:
        raise LookupError(f"nothing of kind {kind!r} is stored: the kinds are {', '.join(sorted(known))}")
    made = _Making(known)
    document = made.tagged(known[kind])
    document["properties"] = {"schema": {"const": SCHEMA}, **document["properties"]}
    return {"$schema": DIALECT, "$id": f"urn:envgov:{SCHEMA}:{kind}", **document, "$defs": made.reached()}


class _Making:
    """The making of one schema: what it refers to is defined once, however often it is met."""

    def __init__(self, kinds: Mapping[str, type]) -> None:
        self.kinds = kinds
        self.waiting: list[tuple[str, Any]] = []
        self.met: set[str] = set()

    def reached(self) -> Data:
        """All that was referred to, and what that refers to, by name."""
        defined: Data = {}
        for name, declared in self.waiting:  # which grows
            defined[name] = self._defined(name, declared)
        return dict(sorted(defined.items()))

    def tagged(self, cls: Any) -> Data:
        """The fields of a class, with its kind."""
        of = self._fields(cls)
        properties = {"kind": {"const": kind_of(cls)}, **of["properties"]}
        return {**of, "properties": properties, "required": ["kind", *of["required"]]}

    def _fields(self, cls: Any) -> Data:
        fields = fields_of(cls)
        return {
            "title": kind_of(cls),
            **_description(cls),
            "type": "object",
            "properties": {name: self._of(declared) for name, (declared, _) in fields.items()},
            "required": [name for name, (_, default) in fields.items() if default is attrs.NOTHING],
            "additionalProperties": False,
        }

    def _of(self, declared: Any) -> Data:
        """The schema of a declared type: here, or by reference."""
        origin, choices = typing.get_origin(declared), typing.get_args(declared)
        if declared in _SCALARS:
            return _SCALARS[declared]
        if declared is object:
            return self._refer(_ANYTHING, object)
        if declared in PROTOCOLS:
            return self._refer(declared.__name__, declared)
        if origin is typing.Literal:
            return {"enum": list(choices)}
        if type(None) in choices:
            return {"anyOf": [*(self._of(choice) for choice in choices if choice is not type(None)), _NULL]}
        if origin in (tuple, frozenset):
            return {"type": "array", "items": self._of(item_type_of(declared))}
        if issubclass(declared, Enum):
            return {"enum": [choice.value for choice in declared]}
        fields = self._refer(f"{kind_of(declared)}.fields", declared)
        return {"anyOf": [fields, _SCALARS[Decimal]]} if declared is Rubric else fields

    def _refer(self, name: str, declared: Any) -> Data:
        if name not in self.met:
            self.met.add(name)
            self.waiting.append((name, declared))
        return {"$ref": f"#/$defs/{name}"}

    def _defined(self, name: str, declared: Any) -> Data:
        if declared is object:
            plain = {"type": ["null", "boolean", "integer", "string"]}
            return {"if": {"type": "object"}, "then": self._one_of(self.kinds, _UNTAGGED), "else": plain}
        if declared in PROTOCOLS:
            method, _ = PROTOCOLS[declared]
            of_sort = {kind: cls for kind, cls in self.kinds.items() if callable(getattr(cls, method, None))}
            return {"type": "object", **self._one_of(of_sort, {})}
        return self.tagged(declared) if name == kind_of(declared) else self._fields(declared)

    def _one_of(self, classes: Mapping[str, Any], others: Mapping[str, Data]) -> Data:
        """A value that names its kind: it is looked at as that kind alone, so that its faults are told."""
        refs = {kind: self._refer(kind, cls) for kind, cls in classes.items()}
        told = sorted({**refs, **others}.items())
        return {
            "properties": {"kind": {"enum": [kind for kind, _ in told]}},
            "required": ["kind"],
            "allOf": [{"if": {"properties": {"kind": {"const": kind}}}, "then": of} for kind, of in told],
        }


def _plainly(of: Data) -> Data:
    """A number, a day or a mark where only its tag tells which."""
    return {"properties": {"kind": True, "is": of}, "required": ["is"], "additionalProperties": False}


_UNTAGGED: Mapping[str, Data] = {
    "Absent": _plainly({"enum": [why.value for why in Absent]}),
    "Decimal": _plainly(_SCALARS[Decimal]),
    "Fraction": _plainly(_SCALARS[Fraction]),
    "date": _plainly(_SCALARS[date]),
}


def _description(cls: Any) -> Data:
    """The first paragraph of what is written about a class; a locality's own may have none."""
    first = (getdoc(cls) or "").partition("\n\n")[0]
    return {"description": " ".join(first.split())} if first else {}
