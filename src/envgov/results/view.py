"""Results as people see them: in a notebook (HTML, Markdown), and on a terminal through rich."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from envgov.results.table import WORDS, Language
from envgov.texts import visible

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

SHOWN_FIRST, SHOWN_LAST = 40, 20
_MARKUP = re.compile(r"([\\`*_\[\]|~$#])")
_LIST = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")


@frozen
class Listing:
    """A table of texts; the columns with these `numbers`, counted from 0, hold numbers, and stand right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()

    def __rich__(self) -> Table:
        from rich.table import Table
        from rich.text import Text

        table = Table()
        for i, head in enumerate(self.heads):
            table.add_column(Text(visible(head)), justify="right" if i in self.numbers else "left", overflow="fold")
        for row in self.rows:
            table.add_row(*(Text(visible(cell)) for cell in row))
        return table


@frozen
class View:
    """A title, and below it tables and texts; a notebook shows it, and so does rich.

    Whatever strangers typed is escaped in HTML and Markdown, and what nobody sees stands as its number, such as
    [U+202E]. In HTML and Markdown, of a table of more than 60 rows the first 40 and the last 20 are shown, and how many
    are not; rich shows all of them. A text of several lines stands as it is, blanks included.
    """

    title: str
    parts: tuple[Listing | str, ...]
    language: Language = "zh"

    def html(self) -> str:
        lang = {"zh": "zh-CN", "en": "en"}[self.language]
        return "\n".join((f'<div class="envgov" lang="{lang}">', f"<p><strong>{_html(self.title)}</strong></p>",
                          *self._html_parts(), "</div>"))  # fmt: skip

    def markdown(self) -> str:
        return "\n\n".join((f"**{_markdown(self.title)}**", *self._markdown_parts())) + "\n"

    def _html_parts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                style = ' style="white-space: pre-wrap"' if "\n" in part else ""
                yield f"<p{style}>{escape(_lines(part))}</p>"
                continue
            right = ['style="text-align: right"' if i in part.numbers else 'style="text-align: left"'
                     for i in range(len(part.heads))]  # fmt: skip
            yield "<table>"
            cells = zip(part.heads, right, strict=True)
            heads = "".join(f'<th scope="col" {style}>{_html(head)}</th>' for head, style in cells)
            yield f"<thead><tr>{heads}</tr></thead>"
            yield "<tbody>"
            for row in self._shown(part):
                if isinstance(row, str):
                    yield f'<tr><td colspan="{len(right)}">{_html(row)}</td></tr>'
                else:
                    cells = zip(row, right, strict=True)
                    yield f"<tr>{''.join(f'<td {style}>{_html(text)}</td>' for text, style in cells)}</tr>"
            yield "</tbody></table>"

    def _markdown_parts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, Listing):
                rules = ("---:" if i in part.numbers else "---" for i in range(len(part.heads)))
                rows = ((row,) + ("",) * (len(part.heads) - 1) if isinstance(row, str) else row
                        for row in self._shown(part))  # fmt: skip
                lines = (_line(map(_markdown, part.heads)), _line(rules), *(_line(map(_markdown, row)) for row in rows))
                yield "\n".join(lines)
            elif "\n" in part:
                text = _lines(part)
                fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
                yield f"{fence}text\n{text}\n{fence}"
            else:
                yield _LIST.sub(r"\1\\", _markdown(part))

    def _shown(self, listing: Listing) -> Iterator[tuple[str, ...] | str]:
        """The rows; a text stands for those that are left out."""
        left_out = len(listing.rows) - SHOWN_FIRST - SHOWN_LAST
        if left_out <= 0:
            yield from listing.rows
            return
        yield from listing.rows[:SHOWN_FIRST]
        yield WORDS[self.language].left_out.format(left_out)
        yield from listing.rows[-SHOWN_LAST:]

    def _repr_html_(self) -> str:
        return self.html()

    def _repr_markdown_(self) -> str:
        return self.markdown()

    def __rich__(self) -> Group:
        from rich.console import Group
        from rich.text import Text

        return Group(
            Text(visible(self.title), style="bold"),
            *(Text(_lines(part)) if isinstance(part, str) else part for part in self.parts),
        )


class _HasView(Protocol):
    def view(self, language: Language = "zh") -> View: ...


class Viewed:
    """What has a `view` is seen as that in a notebook, in Chinese; `view("en")` is the English one."""

    __slots__ = ()

    def _repr_html_(self: _HasView) -> str:
        return self.view().html()

    def _repr_markdown_(self: _HasView) -> str:
        return self.view().markdown()

    def __rich__(self: _HasView) -> View:
        return self.view()


def _lines(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))


def _html(text: str) -> str:
    return escape(visible(text))


def _markdown(text: str) -> str:
    return _MARKUP.sub(r"\\\1", escape(visible(text).strip(), quote=False))


def _line(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"
