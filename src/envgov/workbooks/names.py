"""Several names in one cell, and back: 、 stands between them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

_SIGNS = re.compile(r"[、,，;；\n]")
_SLASHES = re.compile(r"[、,，;；\n/／]")


def read_names(text: str) -> tuple[str, ...]:
    """Units: with 、 , ; / or a line break between them, or, where a name holds such a sign, a list of JSON."""
    return _read(text, _SLASHES)


def read_photos(text: str) -> tuple[str, ...]:
    """Files, whose names may hold a slash."""
    return _read(text, _SIGNS)


def names_text(names: Sequence[str]) -> str:
    """What `read_names` reads back to these."""
    return _text(names, _SLASHES)


def photos_text(names: Sequence[str]) -> str:
    """What `read_photos` reads back to these."""
    return _text(names, _SIGNS)


def _read(text: str, signs: re.Pattern[str]) -> tuple[str, ...]:
    if text.startswith('["'):
        try:
            return tuple(map(str, json.loads(text)))
        except ValueError:
            pass  # somebody's own text
    return tuple(filter(None, map(str.strip, signs.split(text))))


def _text(names: Sequence[str], signs: re.Pattern[str]) -> str:
    plain = "、".join(names)
    return plain if _read(plain, signs) == tuple(names) else json.dumps(list(names), ensure_ascii=False)
