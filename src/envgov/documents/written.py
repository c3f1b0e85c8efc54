"""A bulletin as text for a chat group, as Markdown, as a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from envgov.documents.bulletin import Bulletin, Section, Table
from envgov.errors import EnvGovError
from envgov.results.table import WORDS
from envgov.texts import visible
from envgov.wording.bulletin import SAY, day_word, numeral

CHAT_BYTES = 2048
"""What a chat group takes of one message, in bytes of UTF-8."""


def headings_of(bulletin: Bulletin) -> Iterator[tuple[Section, str]]:
    """Each section with its heading numbered as papers do: 一、 and （一）; in English 1. and 1.1."""
    first = second = 0
    for section in bulletin.sections:
        if section.level == 1:
            first, second = first + 1, 0
        else:
            second += 1
        if bulletin.language == "en":
            number = f"{first}. " if section.level == 1 else f"{first}.{second} "
        else:
            number = f"{numeral(first)}、" if section.level == 1 else f"（{numeral(second)}）"
        yield section, number + visible(section.heading)


def made_up_lines(bulletin: Bulletin) -> list[str]:
    return [visible(WORDS[bulletin.language].synthetic.format(what)) for what in bulletin.made_up]


def signed_lines(bulletin: Bulletin) -> list[str]:
    """Number, body and day, as far as there are any."""
    head = bulletin.letterhead
    return [visible(text) for text in (head.number, head.body, day_word(head.day, bulletin.language)) if text]


# -- chat
def to_text(bulletin: Bulletin, max_bytes: int = CHAT_BYTES) -> str:
    """The bulletin as plain text of at most `max_bytes` bytes of UTF-8: boards first, then moves, ranking and the rest.

    Only whole lines are in it. As soon as one has no room, none that follows is in, and the last line says how many
    units, measures and notes are left to the whole bulletin. Title, number, body, day, and what is made up, are always
    in.

    Raises:
        EnvGovError: there is no room even for these.
    """
    say = SAY[bulletin.language]
    taken = [visible(bulletin.subject), " ".join(signed_lines(bulletin)), *made_up_lines(bulletin)]
    blocks = [("", [visible(bulletin.opening)]), *_blocks(bulletin)]
    left, used = sum(len(lines) for _, lines in blocks), _bytes_of(taken)
    for heading, lines in blocks:
        for n, line in enumerate(lines):
            more = [heading, line] if heading and n == 0 else [line]
            rest = [say["more"].format(n=left - 1)] if left > 1 else []
            if used + _bytes_of([*more, *rest]) > max_bytes:
                return _closed(taken, say["more"].format(n=left), max_bytes)
            taken += more
            used += _bytes_of(more)
            left -= 1
    return "\n".join(taken) + "\n"


def _closed(taken: Sequence[str], rest: str, max_bytes: int) -> str:
    needed = _bytes_of([*taken, rest])
    if needed > max_bytes:
        raise EnvGovError(
            f"{max_bytes} bytes have no room for title, body, day and the line that refers to the rest; give "
            f"at least {needed}"
        )
    return "\n".join((*taken, rest)) + "\n"


def _bytes_of(lines: Sequence[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def _blocks(bulletin: Bulletin) -> Iterator[tuple[str, list[str]]]:
    """Sections for a chat: what is read first, first; each row of a table is a line."""
    order = ("moves", "board", "measures", "ranking", "rates", "notes")
    parent = ""
    blocks: list[tuple[int, str, list[str]]] = []
    for section in bulletin.sections:
        if section.what is None:
            parent = visible(section.heading)
            continue
        name = visible(section.heading)
        heading = f"【{parent} {name}】" if section.level > 1 and parent else f"【{name}】"
        rows = [" ".join(visible(text) for text in row if text) for row in section.table.rows] if section.table else []
        texts = () if rows else section.text
        lines = [*map(visible, texts), *rows, *map(visible, section.items), *map(visible, section.notes)]
        blocks.append((order.index(section.what), heading, lines))
    yield from ((heading, lines) for _, heading, lines in sorted(blocks, key=lambda block: block[0]))
    yield f"【{SAY[bulletin.language]['grounds']}】", list(map(visible, bulletin.grounds))


# -- Markdown
_MARKS = re.compile(r"[\\`*_\[\]<>|#~&$]")
_LINK = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_AT = "@&#8203;"
"""GitHub looks for names and addresses when the marks are gone: nothing but a sign of no width keeps it from them."""
_START = re.compile(r"(?:[-+=]|\d+(?=[.)](?:\s|$)))")


def to_markdown(bulletin: Bulletin) -> str:
    """The bulletin in Markdown, with tables as GitHub has them; no text of a stranger's acts as a mark."""
    head = bulletin.letterhead
    parts = [f"# {_marked(bulletin.subject)}", *map(_marked, made_up_lines(bulletin))]
    if head.number:
        parts.append(_marked(head.number))
    if head.to:
        parts.append(_marked(head.to + SAY[bulletin.language]["colon"].strip()))
    parts.append(_marked(bulletin.opening))
    for section, heading in headings_of(bulletin):
        parts.append("#" * (section.level + 1) + " " + _marked(heading))
        parts += map(_marked, section.text)
        if section.table:
            parts.append(_marked_table(section.table))
        if section.items:
            parts.append("\n".join(f"- {_marked(item)}" for item in section.items))
        parts += map(_marked, section.notes)
    parts += [_marked(head.body), _marked(day_word(head.day, bulletin.language)), "---"]
    parts.append("\n".join(f"- {_marked(ground)}" for ground in bulletin.grounds))
    return "\n\n".join(parts) + "\n"


def _marked(text: str) -> str:
    shown = _LINK.sub(r"\\\g<0>", _MARKS.sub(r"\\\g<0>", visible(text).lstrip(" "))).replace("@", _AT)
    start = _START.match(shown)
    if start is None:
        return shown
    return f"\\{shown}" if start[0] in "-+=" else f"{start[0]}\\{shown[start.end() :]}"


def _marked_table(table: Table) -> str:
    lines = [table.heads, ("---",) * len(table.heads), *table.rows]
    return "\n".join("| " + " | ".join(line if n == 1 else map(_marked, line)) + " |" for n, line in enumerate(lines))


# -- HTML
_PAGE = "margin:0 auto;max-width:44em;padding:1em;color:#000;background:#fff;line-height:1.75;font-size:1rem"
_SERIF = "font-family:FangSong,STFangsong,'Noto Serif CJK SC',serif"
_SANS = "font-family:SimHei,'PingFang SC','Noto Sans CJK SC',sans-serif"
_CELL = "border:1px solid #000;padding:.25em .5em;text-align:center"
_SMALL = "font-size:.85rem;overflow-wrap:anywhere"


def to_html(bulletin: Bulletin) -> str:
    """The bulletin as a page of its own, with inline styles and nothing from elsewhere; every text is escaped."""
    head, lang = bulletin.letterhead, "zh-CN" if bulletin.language == "zh" else "en"
    say = SAY[bulletin.language]
    body = [f'<h1 style="text-align:center;font-size:1.5rem;{_SANS}">{_safe(bulletin.subject)}</h1>']
    body += [_paragraph(line, "border:1px solid #000;padding:.25em .5em") for line in made_up_lines(bulletin)]
    if head.number:
        body.append(_paragraph(head.number, "text-align:center"))
    if head.to:
        body.append(_paragraph(head.to + say["colon"].strip(), ""))
    body.append(_paragraph(bulletin.opening))
    for section, heading in headings_of(bulletin):
        tag = f"h{section.level + 1}"
        body.append(f'<{tag} style="font-size:1.1rem;margin:1em 0 .25em;{_SANS}">{_safe(heading)}</{tag}>')
        body += [_paragraph(text) for text in section.text]
        if section.table:
            body.append(_page_table(section.table, section.heading))
        if section.items:
            items = "".join(f"<li>{_safe(item)}</li>" for item in section.items)
            body.append(f'<ul style="margin:.25em 0;padding-left:2em">{items}</ul>')
        body += [_paragraph(note, _SMALL) for note in section.notes]
    body.append(_paragraph(head.body, "text-align:right;margin:2em 2em 0 0"))
    body.append(_paragraph(day_word(head.day, bulletin.language), "text-align:right;margin:0 2em 1em 0"))
    grounds = "".join(f"<li>{_safe(ground)}</li>" for ground in bulletin.grounds)
    body.append(f'<ul style="border-top:1px solid #000;padding:.5em 0 0 1.5em;{_SMALL}">{grounds}</ul>')
    inner = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(bulletin.subject)}</title>\n</head>\n"
        f'<body style="{_PAGE};{_SERIF}">\n<main>\n{inner}\n</main>\n</body>\n</html>\n'
    )


def _safe(text: str) -> str:
    return escape(visible(text))


def _paragraph(text: str, style: str = "text-indent:2em;margin:.25em 0") -> str:
    return f'<p style="{style}">{_safe(text)}</p>' if style else f"<p>{_safe(text)}</p>"


def _page_table(table: Table, caption: str) -> str:
    heads = "".join(f'<th scope="col" style="{_CELL};{_SANS}">{_safe(head)}</th>' for head in table.heads)
    rows = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{_safe(text)}</td>' for text in row) + "</tr>\n" for row in table.rows
    )
    return (
        '<div style="overflow-x:auto" tabindex="0" role="region" '
        f'aria-label="{_safe(caption)}">\n<table style="border-collapse:collapse;width:100%">\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>"
    )
