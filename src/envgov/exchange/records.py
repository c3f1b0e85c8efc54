"""Lists of records as other systems hand them out: JSON, or XML as far as it is only elements and text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.parsers import expat

from envgov.codec import as_written
from envgov.errors import Fault, InputError
from envgov.texts import LONGEST_ID, UnreadableError, decode, visible

MAX_BYTES = 2**28
"""The most that a file may hold."""


def read_id(text: str) -> str:
    """The id of an issue, as a ledger can keep it.

    Raises:
        UnreadableError: it is longer than `LONGEST_ID`, more than one line, or has what cannot be seen.
    """
    if len(text) > LONGEST_ID or visible(text) != text:
        raise UnreadableError(
            "this is no id", f"write it on one line, with at most {LONGEST_ID} characters, all of them to be seen"
        )
    return text


def read_bounded(path: Path) -> bytes:
    """What a file holds.

    Raises:
        UnreadableError: it is more than `MAX_BYTES`.
    """
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise UnreadableError(f"the file has more than {MAX_BYTES:,} bytes", "split it")
    return raw


def read_records(file: str | Path, members: str, member: str) -> tuple[object, ...]:
    """The records of a file: a list in JSON, bare or under the name of its `members`, or XML with one element for each.

    An element is what its elements are, by their names, several of one name a list; without any it is its text. XML that
    declares a document type is refused before anything of it is read: there it could define entities that grow without
    end, or stand for files of this machine, and no such list needs one. That is why the standard library reads it.

    Raises:
        InputError: it is neither, or holds no such list.
        OSError: it cannot be opened.
    """
    path = Path(file)
    try:
        raw = read_bounded(path)
        data = _from_xml(decode(raw)) if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _from_json(raw)
    except UnreadableError as error:
        raise InputError([Fault(error.problem, error.remedy, path.name)]) from None
    if isinstance(data, dict) and members in data:
        data = data[members]
    if isinstance(data, dict) and member in data:
        data = data[member] if isinstance(data[member], list) else [data[member]]
    if data == "":  # an element without any
        return ()
    if not isinstance(data, list):
        remedy = f"give a list, or <{members}> with a <{member}> for each"
        raise InputError([Fault(f"this is no list of {members}", remedy, path.name)])
    return tuple(data)


def _from_json(raw: bytes) -> object:
    try:
        return json.loads(decode(raw), parse_float=as_written, parse_constant=str)
    except UnreadableError:
        raise
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"this is neither XML nor JSON: {error}", "correct the file at that place") from None


class _Builder:
    """Makes data of elements as they begin and end; nothing of it calls itself, however deep they lie."""

    def __init__(self) -> None:
        self.open: list[tuple[dict[str, Any], list[str]]] = [({}, [])]

    def start(self, _name: str, _attributes: object) -> None:
        self.open.append(({}, []))

    def end(self, name: str) -> None:
        elements, text = self.open.pop()
        value = elements or "".join(text).strip()
        around = self.open[-1][0]
        if name not in around:
            around[name] = value
        elif isinstance(around[name], list):
            around[name].append(value)
        else:
            around[name] = [around[name], value]

    def text(self, told: str) -> None:
        self.open[-1][1].append(told)


def _refuse_doctype(*_: object) -> None:
    raise UnreadableError("the file declares a document type, which may hold anything", "remove the <!DOCTYPE ...>")


def _from_xml(text: str) -> object:
    builder, parser = _Builder(), expat.ParserCreate("utf-8")  # whatever encoding it declares: it is decoded
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise UnreadableError(f"this is not XML: {error}", "correct the file at that place") from None
    return builder.open[0][0]
