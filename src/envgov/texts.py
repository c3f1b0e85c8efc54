"""Text as files bring it: its encoding, and what no text holds."""

from __future__ import annotations

import re
from unicodedata import category

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_NUMBERS = re.compile(
    r"(?<!\d)(?:"
    r"(?P<id>[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx])"  # of a citizen (身份证号)
    r"|(?P<head>1[3-9]\d)[- ]?\d{4}[- ]?(?P<tail>\d{4})"  # a mobile telephone
    r"|(?P<area>0\d{2,3})[- ]?\d{7,8}"  # a telephone with its area
    r")(?!\d)"
)
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９－", "0123456789-")

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


def mask_numbers(text: str) -> str:
    """The text with the numbers of telephones and of identity cards masked: 138****5678."""
    plain = text.translate(_WIDE_DIGITS)
    return _NUMBERS.sub(_masked, plain) if _NUMBERS.search(plain) else text


def _masked(found: re.Match[str]) -> str:
    if found["id"]:
        return "*" * 18
    return f"{found['head']}****{found['tail']}" if found["head"] else f"{found['area']}****"
