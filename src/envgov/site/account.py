"""Why, in words that everybody may read: what `narrate` says, as lists in lists."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from attrs import frozen
from markupsafe import Markup

from envgov.reason import Reason
from envgov.results.table import Language
from envgov.site.disclosure import disclosed
from envgov.texts import visible
from envgov.wording import narrate


@frozen
class Block:
    """One thing that is said, such as a score or a board, and what it rests on."""

    head: str
    grounds: Markup


def account_of(reason: Reason, language: Language) -> list[Block]:
    """Rank, figures, boards and measures with their grounds; without the scheme's source, which has a page."""
    lines = narrate(disclosed(reason, language), language).split("\n")
    blocks = [list(block) for told, block in groupby(lines, key=bool) if told]
    (_, *rank), *others = blocks[:-1]  # the first line is the page's heading, the last block the source
    return [Block(visible(head), nested(grounds)) for head, *grounds in (rank, *others)]


def nested(lines: Iterable[str]) -> Markup:
    """Indented lines as lists in lists, each text escaped."""
    items: list[_Item] = []
    within: list[tuple[int, list[_Item]]] = [(-1, items)]
    for line in lines:
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        while within[-1][0] >= indent:
            within.pop()
        item = _Item(text, [])
        within[-1][1].append(item)
        within.append((indent, item.items))
    return Markup(_as_list(items))  # noqa: S704 - each text in it was escaped


@frozen
class _Item:
    text: str
    items: list[_Item]


def _as_list(items: list[_Item]) -> str:
    if not items:
        return ""
    return f"<ul>{''.join(f'<li>{escape(visible(item.text))}{_as_list(item.items)}</li>' for item in items)}</ul>"
