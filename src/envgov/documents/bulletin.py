"""A bulletin (通报): what it says, in parts, before anybody has laid it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Literal

from attrs import field, fields, frozen, has

from envgov.checks import is_day, is_line, is_text, is_tuple
from envgov.codec import from_dict, to_json as stored
from envgov.errors import EnvGovError, Fault, InputError
from envgov.results.table import Language

MAX_TEXT = 20_000
"""Characters of one text: what is longer is no line of a paper, but something that was pasted."""

_NUMBER = re.compile(r"\S+〔\d{4}〕(?!第)\D*[1-9]\d*号")

What = Literal["ranking", "rates", "board", "measures", "notes", "moves"]


def _is_number(_: object, attribute: Any, value: object) -> None:
    if not isinstance(value, str) or (value and not _NUMBER.fullmatch(value)):
        raise ValueError(
            f"{attribute.name}={value!r}: a number of a paper (发文字号) is written as 柳环整〔2022〕9号, with the "
            "brackets 〔 〕, without 第 and without a leading zero; or leave it empty"
        )


@frozen
class Letterhead:
    """Who issues a paper, under which number (发文字号), to whom (主送机关), on which day.

    Number and addressee are empty where there are none. People sign and seal: the number is a draft's until they do.
    """

    body: str = field(validator=[is_text, is_line])
    day: date = field(validator=is_day)
    number: str = field(default="", validator=_is_number)
    to: str = field(default="", validator=is_line)


@frozen
class Table:
    """A table as texts: every row has as many as there are heads."""

    heads: tuple[str, ...] = field(validator=is_tuple)
    rows: tuple[tuple[str, ...], ...] = field(validator=is_tuple)


@frozen
class Section:
    """One part of a bulletin under its heading; `level` 1 is 一、, level 2 is （一）.

    `text` are paragraphs, `items` one unit or measure each, `notes` what is printed small below a table.
    """

    heading: str
    what: What | None = None
    level: int = 1
    text: tuple[str, ...] = field(default=(), validator=is_tuple)
    table: Table | None = None
    items: tuple[str, ...] = field(default=(), validator=is_tuple)
    notes: tuple[str, ...] = field(default=(), validator=is_tuple)


@frozen
class Bulletin:
    """A bulletin on one round, or the correction (更正通报) of one; it has neither seal nor signature.

    `title` are the phrases between which its lines may be broken; `made_up` says what is made up about the facts, and
    stands in every form; `grounds` are the editions, the head of the ledger and the fingerprints, by which it is
    checked. For another wording, evolve it.

    Raises:
        InputError: a text has more than 20,000 characters, each with the path of its field.
    """

    kind: ClassVar[str] = "bulletin"

    letterhead: Letterhead
    title: tuple[str, ...] = field(validator=is_tuple)
    opening: str
    sections: tuple[Section, ...] = field(validator=is_tuple)
    grounds: tuple[str, ...] = field(validator=is_tuple)
    made_up: tuple[str, ...] = ()
    language: Language = "zh"

    def __attrs_post_init__(self) -> None:
        refuse_long_texts(self)

    @property
    def subject(self) -> str:
        """The title on one line."""
        return "".join(self.title)


def to_json(bulletin: Bulletin) -> str:
    """The bulletin as data; `from_json` reads it back."""
    return stored(bulletin)


def from_json(data: dict[str, Any]) -> Bulletin:
    """The bulletin that `to_json` wrote, once its JSON is read.

    Raises:
        InputError: every fault, each with the path of its field.
        EnvGovError: it is something else.
    """
    found = from_dict(data, {Bulletin.kind: Bulletin})
    if not isinstance(found, Bulletin):
        raise EnvGovError(f"this is a {type(found).__name__}: give a bulletin")
    return found


def refuse_long_texts(document: Any) -> None:
    """Raises:
    InputError: a text of the document has more than `MAX_TEXT` characters, each with the path of its field.
    """
    faults = [
        Fault(f"a text of {len(text):,} characters", f"shorten it to {MAX_TEXT:,} at most", "", None, where, text)
        for where, text in _texts(document, "")
        if len(text) > MAX_TEXT
    ]
    if faults:
        raise InputError(faults)


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every text in it, with its path; what is counted begins with 1."""
    match value:
        case str():
            yield path, value
        case tuple():
            for n, item in enumerate(value, 1):
                yield from _texts(item, f"{path}[{n}]")
        case _ if has(type(value)):
            for attribute in fields(type(value)):
                inner = f"{path}.{attribute.name}" if path else attribute.name
                yield from _texts(getattr(value, attribute.name), inner)
