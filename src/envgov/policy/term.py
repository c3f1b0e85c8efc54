"""What every term of the vocabulary shares: a kind, and a repr that is the call that makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

import attrs

from envgov.checks import is_tuple
from envgov.errors import SchemeError
from envgov.exact import MAX_PLACES

T = TypeVar("T")
PARTS = "parts"
"""Metadata key of the field that takes a term's positional arguments, however many."""


def term(kind: str) -> Callable[[type[T]], type[T]]:
    """Name the kind under which a frozen attrs class is stored, shown and read back."""

    def name(cls: type[T]) -> type[T]:
        setattr(cls, "kind", kind)  # noqa: B010 - the attribute is no part of T
        setattr(cls, "__repr__", _spell)  # noqa: B010
        return cls

    return name


def _spell(self: Any) -> str:
    shown: list[str] = []
    for a in attrs.fields(type(self)):
        value = getattr(self, a.name)
        if a.metadata.get(PARTS):
            shown += map(repr, value)
        elif a.init and value != a.default:
            text = _number(value) if isinstance(value, Decimal) else repr(value)
            shown.append(f"{a.name}={text}" if a.kw_only or a.default is not attrs.NOTHING else text)
    return f"{self.kind}({', '.join(shown)})"


def _number(value: Decimal) -> str:
    """As it may be written in Python: a fraction of a point in quotes, for a float would be refused."""
    text = f"{value:f}"
    return repr(text) if "." in text else text


def parts(method: str) -> Any:
    """The field of a term's positional arguments: one at least, each of which has that method."""
    return attrs.field(metadata={PARTS: True}, validator=(is_tuple, attrs.validators.min_len(1), answers(method)))


def terms_in(value: object) -> Iterator[Any]:
    """Every attrs value inside a value, itself first: how a scheme is checked, and its lists are counted."""
    if isinstance(value, tuple):
        for item in value:
            yield from terms_in(item)
    elif attrs.has(cls := type(value)):
        yield value
        for a in attrs.fields(cls):
            yield from terms_in(getattr(value, a.name))


def one_of(*choices: str) -> Callable[[Any, attrs.Attribute[Any], Any], None]:
    """A validator for a choice that the scheme must declare: the message says which there are."""

    def check(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        if value not in choices:
            raise SchemeError(
                f"{getattr(instance, 'kind', type(instance).__name__)}: {attribute.name}={value!r}: "
                f"choose one of {', '.join(map(repr, choices))}"
            )

    return check


def answers(method: str) -> Callable[[Any, attrs.Attribute[Any], Any], None]:
    """A validator for a rule or a condition, or a tuple of them: what has that method."""

    def check(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, type):
                name = item.__name__
                raise SchemeError(
                    f"{attribute.name}={name}: this is a kind and no value of it: call it, as {name}(...)"
                )
            what = getattr(instance, "kind", type(instance).__name__)
            if not callable(getattr(item, method, None)):
                if isinstance(item, str) and item.isascii() and item.isidentifier():
                    raise SchemeError(f"{what}: {attribute.name}={item!r}: this is a text: write the call, {item}(...)")
                raise SchemeError(f"{what}: {attribute.name}: {item!r} does not answer {method}()")

    return check


def at_least_one(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise SchemeError(f"{instance.kind}: {attribute.name}={value!r}: give a whole number from 1 up")


def is_places(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    """A validator for the number of decimals to which a number is rounded."""
    if type(value) is not int or not 0 <= value <= MAX_PLACES:
        what = getattr(instance, "kind", type(instance).__name__)
        raise SchemeError(f"{what}: {attribute.name}={value!r}: give a whole number from 0 to {MAX_PLACES}")
