"""A bulletin as a Word document: in the layout of official papers, or in a locality's own."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from envgov.documents.bulletin import Bulletin
from envgov.documents.official import OfficialPaper, repacked
from envgov.documents.written import headings_of, made_up_lines
from envgov.errors import Fault, InputError
from envgov.texts import visible
from envgov.wording.bulletin import SAY, day_word

_FAILINGS = (ArithmeticError, LookupError, SyntaxError, TypeError, ValueError)
"""How a template fails that jinja could read, and what it makes of the document's XML."""


def to_docx(bulletin: Bulletin) -> bytes:
    """The bulletin in the layout of GB/T 9704-2012: letterhead, title, body, tables, signature, foot (版记)."""
    head = bulletin.letterhead
    day = day_word(head.day, bulletin.language)
    paper = OfficialPaper(bulletin.subject, head.body, head.day)
    paper.letterhead(head.body, head.number)
    paper.title(*bulletin.title)
    for line in made_up_lines(bulletin):
        paper.paragraph(line)
    if head.to:
        paper.addressee(head.to)
    paper.paragraph(bulletin.opening)
    for section, heading in headings_of(bulletin):
        paper.heading(heading, section.level)
        for text in section.text:
            paper.paragraph(text)
        if section.table:
            paper.table(section.table.heads, section.table.rows)
        for item in section.items:
            paper.paragraph(item)
        for note in section.notes:
            paper.note(note)
    paper.signature(head.body, day)
    paper.blank()
    paper.note(SAY[bulletin.language]["grounds"], *bulletin.grounds)
    paper.imprint(head.body, day)
    return paper.to_bytes()


def fill_template(bulletin: Bulletin, template: Path) -> bytes:
    """The bulletin in a locality's own Word template, whose tags docxtpl fills.

    The fields: `number`, `body`, `day`, `to`, `title`, `opening`, `made_up` (texts), `grounds` (texts), and `sections`,
    each with `heading` (numbered), `level`, `text`, `heads`, `rows`, `lines` (its items) and `notes`. All are text, or lists of it,
    and are escaped.

    Raises:
        InputError: the file is no Word document, or asks for something else; the fault names it.
    """
    try:
        from docxtpl import DocxTemplate
    except ModuleNotFoundError as error:
        needed = "a template needs the extra of documents: python3 -m pip install 'envgov[documents]'"
        raise ModuleNotFoundError(needed, name=error.name) from None
    from docx.opc.exceptions import PackageNotFoundError
    from jinja2 import StrictUndefined
    from jinja2.exceptions import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    filled, written = DocxTemplate(template), BytesIO()
    try:
        environment = SandboxedEnvironment(undefined=StrictUndefined)
        filled.render(_fields_of(bulletin), environment, autoescape=True)
        filled.save(written)
    except (TemplateError, PackageNotFoundError, BadZipFile, *_FAILINGS) as error:
        told = f"the template cannot be filled: {error}"
        remedy = "use the fields that docs/bulletin.md lists, in a .docx document"
        raise InputError([Fault(told, remedy, template.name)]) from None
    return repacked(written)


def _fields_of(bulletin: Bulletin) -> dict[str, Any]:
    head = bulletin.letterhead
    return {
        "number": visible(head.number),
        "body": visible(head.body),
        "day": day_word(head.day, bulletin.language),
        "to": visible(head.to),
        "title": visible(bulletin.subject),
        "opening": visible(bulletin.opening),
        "made_up": made_up_lines(bulletin),
        "grounds": [visible(ground) for ground in bulletin.grounds],
        "sections": [
            {
                "heading": heading,
                "level": section.level,
                "text": [visible(text) for text in section.text],
                "heads": [visible(head) for head in section.table.heads] if section.table else [],
                "rows": [[visible(text) for text in row] for row in section.table.rows] if section.table else [],
                "lines": [visible(item) for item in section.items],
                "notes": [visible(note) for note in section.notes],
            }
            for section, heading in headings_of(bulletin)
        ],
    }
