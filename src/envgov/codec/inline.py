"""A condition on one line, as a scheme file has it: what a cell of a table can hold."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from envgov.codec import SIGNS, as_written, to_dict
from envgov.codec.decoder import Decoder
from envgov.codec.kinds import KINDS
from envgov.errors import Fault, InputError
from envgov.policy.conditions.condition import Condition


def to_inline(condition: object) -> str:
    """The condition as TOML; its texts stand in single quotes, so that a cell of CSV doubles none of them."""
    data = to_dict(condition)
    del data["schema"]
    return _toml(data)


def _toml(data: Any) -> str:
    if isinstance(data, dict):
        return f"{{ {', '.join(f'{_key(key)} = {_toml(value)}' for key, value in data.items())} }}"
    if isinstance(data, list):
        return f"[{', '.join(map(_toml, data))}]"
    plain = isinstance(data, str) and "'" not in data and data.isprintable()
    return f"'{data}'" if plain else json.dumps(data, ensure_ascii=False)


def _key(name: str) -> str:
    return name if name.isascii() else f"'{name}'"


def from_inline(text: str, kinds: Mapping[str, type] | None = None) -> Condition:
    """The condition written on one line of TOML or JSON; `kinds` adds a locality's own to the core's.

    Raises:
        InputError: it is neither, or every fault in it, each with the path of its field.
    """
    return condition_of(_table(text), kinds)


def condition_of(data: object, kinds: Mapping[str, type] | None = None) -> Condition:
    """The condition that a table tells, as one in a scheme file.

    Raises:
        InputError: every fault in it, each with the path of its field.
    """
    condition: Condition = Decoder({**KINDS, **(kinds or {})}, "").one(Condition, data)
    return condition


def _table(text: str) -> Any:
    for read in (json.loads, _toml_value):
        try:
            return read(text, parse_float=as_written)
        except (ValueError, RecursionError):
            continue
    remedy = (
        "copy it from the scheme's file, or from what envgov assess prints: { kind = 'bottom', n = 1, ties = 'decide' }"
    )
    raise InputError([Fault("this is no condition, neither in TOML nor in JSON", f"{remedy}{SIGNS}")])


def _toml_value(text: str, *, parse_float: Any) -> Any:
    name = "condition"
    data = tomllib.loads(f"{name} = {text}", parse_float=parse_float)
    if len(data) > 1:
        raise ValueError
    return data[name]
