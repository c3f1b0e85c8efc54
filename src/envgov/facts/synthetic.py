"""That facts are made up (虚构数据): what is decided on them is about no real unit."""

from __future__ import annotations

from attrs import field, frozen

from envgov.checks import is_text


@frozen
class Synthetic:
    """`what` is made up about the facts on which an answer rests: a ground that decides nothing, and is always said."""

    what: str = field(validator=is_text)
