"""Text as files bring it: its encoding, and what no text holds."""

from __future__ import annotations

import re

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class UnreadableError(ValueError):
    """What is wrong with a file or a cell, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem, self.remedy = problem, remedy


def visible(text: str) -> str:
    """Without what nobody sees: control characters, those that turn the text around them, halves of characters."""
    return _UNSEEN.sub("", text)


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
