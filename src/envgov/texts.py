"""Text as files bring it: its encoding, and what no text holds."""

from __future__ import annotations

import re
from unicodedata import category

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

LONGEST_ID = 490
"""Characters of an id at most: a ledger keeps it as a name of up to 500, with its kind before it."""
_BREAKS = "\t\n\v\f\r\x85\u2028\u2029"
_JOINERS = "\u200c\u200d"
"""They shape letters and pictures, and hide nothing."""


class UnreadableError(ValueError):
    """What is wrong with a file or a cell, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem, self.remedy = problem, remedy


def decode(raw: bytes) -> str:
    """UTF-8 with or without a byte order mark, or GB18030.

    Raises:
        UnreadableError: UTF-16, or no text.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("this is UTF-16 text", "save it as “CSV UTF-8”")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError("this is neither UTF-8 nor GB18030 text", "save it as “CSV UTF-8”")


def visible(text: str) -> str:
    """A stranger's text on one line, in which nothing acts unseen.

    Characters that turn the direction of writing or have no width, and what XML cannot hold, stand as their number,
    such as [U+202E]; line breaks and tabs are spaces.
    """
    if text.isprintable():  # which nothing is that acts unseen
        return text
    return "".join(map(_visible, text.replace("\r\n", " ")))


def _visible(character: str) -> str:
    if character in _BREAKS:
        return " "
    code = ord(character)
    unseen = category(character) in {"Cc", "Cf", "Cs"} and character not in _JOINERS
    no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return f"[U+{code:04X}]" if unseen or no_character else character
