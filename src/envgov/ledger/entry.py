"""What is given to the ledger, and what it keeps of it: one row of an append-only book, chained to the row before."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any, ClassVar

import orjson
from attrs import Attribute, field, frozen, validators

from envgov.checks import is_a, is_count_or_none, is_line, is_moment, is_text, is_tuple
from envgov.codec import to_dict
from envgov.codec.decoder import Decoder
from envgov.codec.kinds import KINDS
from envgov.facts.grid import Unit
from envgov.facts.issue import Event, Issue
from envgov.facts.paper import Paper, PaperEvent
from envgov.facts.publication import Publication, PublicationEvent
from envgov.facts.refusal import RefusedError

FIRST = "0" * 64
"""What stands for the hash before the first entry."""
SHORTEST_HASH = 12
_HASH = f"[0-9a-f]{{{SHORTEST_HASH},64}}"
"""Digits of a hash that a bulletin prints at least."""
LONGEST_NAME = 500
"""Characters of a subject or a key at most: an index of PostgreSQL holds no more of them."""
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
"""As JSON writes it; after a backslash that is itself escaped it is plain text."""


@frozen
class Units:
    """The units of a grid, as a ledger keeps them."""

    kind: ClassVar[str] = "units"
    units: tuple[Unit, ...] = field(validator=is_tuple)


@frozen
class Erased:
    """That the identity of a reporter was erased."""

    kind: ClassVar[str] = "erased"


@frozen
class Hearing:
    """Whether units hear of a draft, and may object, before it is signed (核实反馈)."""

    kind: ClassVar[str] = "hearing"
    held: bool = field(validator=is_a(bool))


_DECODER = Decoder({**KINDS, **{cls.kind: cls for cls in (Units, Erased, Hearing)}}, "")
Happening = Event | PaperEvent | PublicationEvent
"""What goes on with an issue, a paper or a publication."""


def _is_whole(text: str) -> bool:
    """Text that every database keeps: without NUL, and without half a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _can_be_kept(_: object, attribute: Attribute[Any], value: str) -> None:
    if not _is_whole(value):
        raise ValueError(f"{attribute.name}={value!r}: give a text without NUL and without half characters")


def _is_number_free_at_its_end(_: object, attribute: Attribute[Any], value: str) -> None:
    if value[-1:].isdigit():
        raise ValueError(
            f"{attribute.name}={value!r}: number 1 of it would read as number 11 of another: end in no digit"
        )


_is_name = validators.and_(is_text, validators.max_len(LONGEST_NAME), _can_be_kept)


@frozen
class Command:
    """One thing to enter: about which subject, by whom, at which moment.

    `subject` is a kind and an id: "issue:W1", "paper:M1", "publication:2024-03". An `Issue`, a `Paper` or a
    `Publication` begins one, an event goes on with it; of every other subject the last value that was entered holds,
    whatever can be stored. `key` is the sender's own name for this command: the same command sent again under it,
    after a connection broke, is entered once. `expected` is the version of the subject that the sender saw; None:
    whatever it is now. `series` gives what is signed the next number of that series (督办〔2024〕3号). `reporter` is
    who told of an issue (举报人), kept apart.
    """

    subject: str = field(validator=(validators.matches_re(r"[a-z]+:.*\S.*"), _is_name))
    value: object = field()
    by: str = field(validator=(is_text, _can_be_kept))
    at: datetime = field(validator=is_moment)
    key: str = field(validator=_is_name)
    expected: int | None = field(default=None, validator=is_count_or_none)
    series: str = field(default="", validator=(is_line, _can_be_kept, _is_number_free_at_its_end))
    reporter: str = field(default="", validator=(is_line, _can_be_kept), repr=False)

    @property
    def kind(self) -> str:
        return self.subject.partition(":")[0]

    @property
    def id(self) -> str:
        return self.subject.partition(":")[2]

    @property
    def what(self) -> str:
        """What happened, in a word: of an event its kind, of any other value what kind of value it is."""
        last = self.value.events[-1] if isinstance(self.value, Issue | Paper | Publication) else self.value
        return str(last.what.value) if isinstance(last, Happening) else type(last).__name__


@frozen
class Head:
    """The newest entry and its hash: printed on a bulletin, it holds every entry up to there to what it was.

    A hash may be cut to its first twelve digits or more.
    """

    seq: int
    hash: str = field(validator=validators.matches_re(_HASH))

    def __str__(self) -> str:
        return f"{self.seq}-{self.hash}"

    @classmethod
    def read(cls, text: str) -> Head:
        """The head that was printed as `str(head)`.

        Raises:
            ValueError: the text is no head.
        """
        seq, _, hash = text.strip().partition("-")
        if not seq.isascii() or not seq.isdigit() or not re.fullmatch(_HASH, hash):
            raise ValueError(f"{text!r} is no head: write its number, a hyphen and its hash, such as 120-9f86d081884c")
        return cls(int(seq), hash)


@frozen
class Entry:
    """One entry as it is kept. `version` counts those of the subject from 1, `seq` all of them.

    `number` is the one that it took of `series`; `reporter` is the hash that the reporter's identity was kept under.
    `body` is what was entered, as canonical JSON, with these.
    """

    seq: int
    subject: str
    version: int
    what: str
    at: datetime
    by: str
    key: str
    body: str = field(repr=False)
    hash: str = field(repr=False)

    @property
    def value(self) -> Any:
        return value_of(self._content["value"])

    @property
    def series(self) -> str:
        return str(self._content.get("series", ""))

    @property
    def number(self) -> int | None:
        number = self._content.get("number")
        return None if number is None else int(number)

    @property
    def reporter(self) -> str:
        return str(self._content.get("reporter", ""))

    @property
    def head(self) -> Head:
        return Head(self.seq, self.hash)

    @cached_property
    def _content(self) -> Mapping[str, Any]:
        content: Mapping[str, Any] = json.loads(self.body)
        return content


@frozen
class Refusal:
    """A command that was refused, and by which rule: what the access log keeps."""

    at: datetime
    by: str
    subject: str
    what: str
    rule: str
    told: str


def canonical(content: object) -> str:
    """One text for one content: as orjson writes it, which is as json does; whole numbers of any length."""
    try:
        return orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:  # what is beyond 64 bits, which json can
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def body_of(command: Command, number: int | None, reporter: str) -> str:
    """What the entry of a command keeps.

    Raises:
        RefusedError: a text of its value cannot be kept in every database.
    """
    content: dict[str, Any] = {"value": to_dict(command.value)}
    if number is not None:
        content |= {"series": command.series, "number": number}
    if reporter:
        content["reporter"] = reporter
    body = canonical(content)
    if not _is_whole(body) or ("\\u0000" in body and _NUL.search(body)):
        told = f"{command.subject}: a text of {command.what} has a NUL or half a character"
        raise RefusedError("what is entered can be kept", told, "write the text anew")
    return body


def value_of(data: object) -> Any:
    """The value that an entry holds as this data."""
    return _DECODER.document(data)


def moment(at: datetime) -> str:
    """A moment as it is stored: texts of one width, so that they sort as the moments do.

    Raises:
        ValueError: it has no time zone, and would be another on every machine.
    """
    return _stored(at, at.fold)


@lru_cache(1)
def _stored(at: datetime, _: int) -> str:
    """The hour that comes twice equals itself, and is told apart by its fold."""
    if at.utcoffset() is None:
        raise ValueError(f"{at!r}: a moment without a time zone; add one, such as +08:00")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def hash_of(before: str, row: Sequence[Any]) -> str:
    """The hash of an entry as it is stored, but for its hash, chained to the hash of the entry before."""
    return sha256((before + canonical(row)).encode()).hexdigest()


def entry_of(row: Sequence[Any]) -> Entry:
    """The entry of a row of the table, whose columns are in the order of the fields."""
    seq, subject, version, what, at, by, key, body, hash = row
    return Entry(seq, subject, version, what, datetime.fromisoformat(at), by, key, body, hash)
