"""What constructors check: a wrong value is refused where it is made, not where it is used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any

from attrs import Attribute


def is_day(_: object, attribute: Attribute[Any], value: object) -> None:
    """A day is a `date`: a moment has an hour, and two moments of one day are not equal."""
    if type(value) is not date:
        raise TypeError(f"{attribute.name}={value!r}: give a day, datetime.date(year, month, day)")


def is_day_or_none(instance: object, attribute: Attribute[Any], value: object) -> None:
    if value is not None:
        is_day(instance, attribute, value)


def is_moment(_: object, attribute: Attribute[Any], value: object) -> None:
    """A moment knows its time zone: a naive one means a different hour on every machine."""
    if not isinstance(value, datetime):
        raise TypeError(f"{attribute.name}={value!r}: give a moment, a datetime with a time zone")
    if value.utcoffset() is None:
        raise ValueError(f"{attribute.name}={value!r}: a moment without a time zone; add one, such as +08:00")


def is_moment_or_none(instance: object, attribute: Attribute[Any], value: object) -> None:
    if value is not None:
        is_moment(instance, attribute, value)


def is_text(_: object, attribute: Attribute[Any], value: object) -> None:
    """Codes and names are text: a code that lost its leading zero as an int is another unit."""
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{attribute.name}={value!r}: give a text that is not empty")


def is_line(_: object, attribute: Attribute[Any], value: object) -> None:
    """A paragraph that is printed on a line of its own; empty where there is nothing to say."""
    if not isinstance(value, str):
        raise TypeError(f"{attribute.name}={value!r}: give a text, empty where there is nothing to say")
    if value != value.strip() or len(value.splitlines()) > 1:
        raise ValueError(f"{attribute.name}={value!r}: give one paragraph, without line breaks or spaces around it")


def is_code_or_none(_: object, attribute: Attribute[Any], value: object) -> None:
    """A code that names another unit, even one that nobody has: whether it does is seen with all of them."""
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{attribute.name}={value!r}: give a text, or None")


def is_count_or_none(instance: object, attribute: Attribute[Any], value: object) -> None:
    if value is not None:
        is_count(instance, attribute, value)


def is_count(_: object, attribute: Attribute[Any], value: object) -> None:
    """A whole number; True is none."""
    if type(value) is not int:
        raise TypeError(f"{attribute.name}={value!r}: give a whole number")


def is_tuple(_: object, attribute: Attribute[Any], value: object) -> None:
    """Values are immutable to the bottom; and a text where several are meant would fall into characters."""
    if not isinstance(value, tuple):
        raise TypeError(f"{attribute.name}={value!r}: give a tuple, such as (a,) or (a, b)")


def is_frozenset(_: object, attribute: Attribute[Any], value: object) -> None:
    if not isinstance(value, frozenset):
        raise TypeError(f"{attribute.name}={value!r}: give a frozenset, such as frozenset({{a, b}})")


def is_a(cls: type) -> Callable[[object, Attribute[Any], object], None]:
    """A validator for a value of a class: the message says what to give, and not how it is checked."""
    wanted = f"a {cls.__name__}"
    if issubclass(cls, Enum):
        wanted = f"one of {', '.join(map(str, cls))}"
    elif cls is bool:
        wanted = "True or False"

    def check(_: object, attribute: Attribute[Any], value: object) -> None:
        if not isinstance(value, cls):
            raise TypeError(f"{attribute.name}={value!r}: give {wanted}")

    return check
