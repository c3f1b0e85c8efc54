"""A form in Markdown, and as a page."""

from __future__ import annotations

from collections.abc import Iterator

from envgov.documents.forms.form import Box, Form, Part
from envgov.documents.written import CELL, SANS, marked, marked_table, page, page_table, paragraph, safe
from envgov.texts import visible
from envgov.wording.bulletin import day_word
from envgov.wording.forms import SAY

COLORS = {"白": "", "黄": "FFD400", "红": "E60012", "蓝": "0068B7", "橙": "F39800", "绿": "009944", "黑": "000000"}
"""Of the bars beside the word of a level; the word says it, also in black and white."""


def title_of(form: Form) -> tuple[str, str]:
    """The title as two phrases: who issues it, and what it is called."""
    return (form.body, form.name) if form.language == "zh" else (f"{form.body}: ", form.name)


def number_of(form: Form) -> str:
    say = SAY[form.language]
    return say["number"].format(visible(form.number) or say["blank number"])


def day_of(form: Form) -> str:
    return SAY[form.language]["blank day"] if form.day is None else day_word(form.day, form.language)


def color_of(level: str) -> str:
    """The colour that the word of a level names first, as six digits; "" where it names none, or white."""
    return next((COLORS[character] for character in level if character in COLORS), "")


# -- Markdown
_BLANK = "\\_" * 8
"""Room to write, which is no mark either."""


def to_markdown(form: Form) -> str:
    """The form in Markdown: a line for each box, an empty one with room to write; no text of a stranger's acts as a mark."""
    say = SAY[form.language]
    lines = [f"# {marked(''.join(title_of(form)))}"]
    if form.level:
        lines.append(f"**【{marked(form.level)}】**")
    lines += [marked(number_of(form)), *(f"> {marked(mark)}" for mark in form.marks)]
    if form.to:
        lines.append(marked(form.to + say["colon"].strip()))
    for part in form.parts:
        lines += _lines_of(part, form)
    lines += [marked(form.body), day_of(form)]
    for part in form.returns:
        lines += ["---", *_lines_of(part, form)]
    return "\n\n".join(lines) + "\n"


def _lines_of(part: Part, form: Form) -> Iterator[str]:
    if part.heading:
        yield f"## {marked(part.heading)}"
    yield from map(marked, part.text)
    if part.table:
        yield marked_table(part.table)
    if part.rows:
        colon = SAY[form.language]["colon"]
        boxes = (box for row in part.rows for box in row)
        yield "\n".join(f"- **{marked(box.label)}**{colon}{marked(box.text) or _BLANK}" for box in boxes)


# -- HTML
_COLUMNS = "<colgroup>" + '<col style="width:20%"><col style="width:30%">' * 2 + "</colgroup>"


def to_html(form: Form) -> str:
    """The form as a page of its own, with inline styles and nothing from elsewhere; every text is escaped."""
    say = SAY[form.language]
    who, name = title_of(form)
    body = [f'<h1 style="text-align:center;font-size:1.5rem;{SANS}">{safe(who)}{safe(name)}</h1>']
    if form.level:
        color = color_of(form.level)
        bar = f"6px solid #{color}" if color else "1px solid #000"
        style = f"text-align:center;font-weight:bold;border-top:{bar};border-bottom:{bar};{SANS}"
        body.append(paragraph(form.level, style))
    body.append(paragraph(number_of(form), "text-align:right"))
    body += [paragraph(mark, "border:1px solid #000;padding:.25em .5em;text-align:center") for mark in form.marks]
    if form.to:
        body.append(paragraph(form.to + say["colon"].strip(), ""))
    for part in form.parts:
        body += _elements_of(part, form)
    body.append(paragraph(form.body, "text-align:right;margin:2em 2em 0 0"))
    body.append(paragraph(day_of(form), "text-align:right;margin:0 2em 1em 0"))
    for part in form.returns:
        body += ['<hr style="border:0;border-top:1px dashed #000">', *_elements_of(part, form)]
    return page("".join(title_of(form)), body, form.language)


def _elements_of(part: Part, form: Form) -> Iterator[str]:
    if part.heading:
        yield f'<h2 style="font-size:1.1rem;margin:1em 0 .25em;{SANS}">{safe(part.heading)}</h2>'
    yield from map(paragraph, part.text)
    if part.table:
        yield page_table(part.table, part.heading or form.name)
    if part.rows:
        rows = "\n".join(_row_of(row) for row in part.rows)
        style = "border-collapse:collapse;table-layout:fixed;width:100%;margin:.5em 0"
        yield f'<table style="{style}">\n{_COLUMNS}\n<tbody>\n{rows}\n</tbody>\n</table>'


def _row_of(row: tuple[Box, ...]) -> str:
    cells = []
    for box in row:
        span = ' colspan="3"' if len(row) == 1 else ""
        room = "" if box.text else f";height:{box.lines * 1.75}em"
        cells.append(
            f'<th scope="row" style="{CELL};{SANS}">{safe(box.label)}</th>'
            f'<td{span} style="{CELL};text-align:left;overflow-wrap:anywhere{room}">{safe(box.text)}</td>'
        )
    return f"<tr>{''.join(cells)}</tr>"
