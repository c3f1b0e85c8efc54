"""A form as a Word document: on the page of official papers, or in a locality's own template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import evolve

from envgov.documents.forms.form import Form, Part
from envgov.documents.forms.written import color_of, day_of, number_of, title_of
from envgov.documents.official import OfficialPaper
from envgov.documents.word import fill
from envgov.texts import visible


def to_docx(form: Form) -> bytes:
    """The form on a page of GB/T 9704-2012: title, level, number, boxes, signature; then the parts that are cut off."""
    paper = OfficialPaper("".join(title_of(form)), form.body, form.day)
    paper.name(*title_of(form))
    if form.level:
        paper.band(form.level, color_of(form.level))
    paper.aside(number_of(form))
    for mark in form.marks:
        paper.mark(mark)
    if form.to:
        paper.addressee(form.to)
    for part in form.parts:
        _write_part(paper, part)
    paper.signature(form.body, day_of(form))
    for part in form.returns:
        paper.cut(part.heading)
        _write_part(paper, evolve(part, heading=""), together=True)
    return paper.to_bytes()


def _write_part(paper: OfficialPaper, part: Part, *, together: bool = False) -> None:
    if part.heading:
        paper.heading(part.heading)
    for text in part.text:
        paper.paragraph(text)
    if part.table:
        paper.table(part.table.heads, part.table.rows)
    if part.rows:
        rows = [[(box.label, box.text) for box in row] for row in part.rows]
        paper.form(rows, [max(box.lines for box in row) for row in part.rows], together=together)


def fill_template(form: Form, template: Path) -> bytes:
    """The form in a locality's own Word template, whose tags docxtpl fills.

    The fields: `body`, `name`, `level`, `number`, `day`, `to` (texts), `marks` (texts), `parts` and `returns`, each with
    `heading`, `text`, `heads`, `table` (the rows of its table) and `boxes`, each with `label` and `text`; and `box`, from
    which each box is taken by its label: `{{ box["督办事项"] }}`. Of labels that come again, it has the first.

    Raises:
        InputError: the file is no Word document, or asks for something else; the fault names it.
    """
    boxes: dict[str, str] = {}
    for part in (*form.parts, *form.returns):
        for row in part.rows:
            for box in row:
                boxes.setdefault(box.label, visible(box.text))
    fields = {
        "body": visible(form.body),
        "name": visible(form.name),
        "level": visible(form.level),
        "number": visible(form.number),
        "day": day_of(form),
        "to": visible(form.to),
        "marks": [visible(mark) for mark in form.marks],
        "parts": [_fields_of(part) for part in form.parts],
        "returns": [_fields_of(part) for part in form.returns],
        "box": boxes,
    }
    return fill(fields, template, "docs/papers.md")


def _fields_of(part: Part) -> dict[str, Any]:
    return {
        "heading": visible(part.heading),
        "text": [visible(text) for text in part.text],
        "heads": [visible(head) for head in part.table.heads] if part.table else [],
        "table": [[visible(text) for text in row] for row in part.table.rows] if part.table else [],
        "boxes": [{"label": visible(box.label), "text": visible(box.text)} for row in part.rows for box in row],
    }
