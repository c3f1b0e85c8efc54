"""A form (表单): what a paper about one matter says, box by box, before anybody has laid it out."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

from attrs import field, frozen

from envgov.checks import is_count, is_day_or_none, is_line, is_text, is_tuple
from envgov.codec import from_dict, to_json as stored
from envgov.documents.bulletin import Table, refuse_long_texts
from envgov.errors import EnvGovError
from envgov.results.table import Language

What = Literal[
    "supervision slip",
    "dispatch slip",
    "rectification notice",
    "talk notice",
    "talk record",
    "whistle notice",
    "acceptance record",
    "exposure",
]


@frozen
class Box:
    """A label with its text; where the text is empty, it is filled in by hand, on so many `lines`."""

    label: str = field(validator=is_text)
    text: str = ""
    lines: int = field(default=1, validator=is_count)


@frozen
class Part:
    """One part of a form: heading, paragraphs, a table, rows of one box or two."""

    heading: str = ""
    text: tuple[str, ...] = field(default=(), validator=is_tuple)
    table: Table | None = None
    rows: tuple[tuple[Box, ...], ...] = field(default=(), validator=is_tuple)


@frozen
class Form:
    """A slip, a notice or a record: a draft that people sign and seal.

    `name` is what it is called (督办单), `level` the word of its level (白单), empty where it has none. `number` and `day`
    are left blank for the hand where they are "" and None. `marks` are what must be read first: that it is a draft,
    that it was voided, that it is made up. `returns` are cut off, filled in by those addressed, and sent back (回执联).

    Raises:
        InputError: a text has more than 20,000 characters, each with the path of its field.
    """

    kind: ClassVar[str] = "form"

    what: What
    name: str = field(validator=is_text)
    body: str = field(validator=[is_text, is_line])
    parts: tuple[Part, ...] = field(validator=is_tuple)
    returns: tuple[Part, ...] = field(default=(), validator=is_tuple)
    level: str = field(default="", kw_only=True)
    number: str = field(default="", kw_only=True)
    day: date | None = field(default=None, validator=is_day_or_none, kw_only=True)
    to: str = field(default="", kw_only=True)
    marks: tuple[str, ...] = field(default=(), validator=is_tuple, kw_only=True)
    language: Language = field(default="zh", kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_long_texts(self)


def to_json(form: Form) -> str:
    """The form as data; `from_json` reads it back."""
    return stored(form)


def from_json(data: dict[str, Any]) -> Form:
    """The form that `to_json` wrote, once its JSON is read.

    Raises:
        InputError: every fault, each with the path of its field.
        EnvGovError: it is something else.
    """
    found = from_dict(data, {Form.kind: Form})
    if not isinstance(found, Form):
        raise EnvGovError(f"this is a {type(found).__name__}: give a form")
    return found
