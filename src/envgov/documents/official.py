"""A Word document in the layout of official papers (公文), GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple
from unicodedata import east_asian_width
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from envgov.texts import visible

try:
    from docx import Document
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as INSIDE, WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN, WD_TAB_ALIGNMENT as TAB
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Mm, Pt
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph
except ModuleNotFoundError as error:
    needed = "Word documents need their extra: python3 -m pip install 'envgov[documents]'"
    raise ModuleNotFoundError(needed, name=error.name) from None

SONG_HEAD, FANG_SONG, HEI, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
RED = "E60012"

SIZE_2, SIZE_3, SIZE_4, SMALL_4 = 22.0, 16.0, 14.0, 12.0
"""二号, 三号, 四号, 小四, in points."""

LINE = 28.95
"""22 lines of it fill 225 mm; with 29 points there are 21."""

TIGHT = -0.25
"""Points between the characters of the body: 28 of them fit into 156 mm; without, 27."""

CHARACTER = SIZE_3 + TIGHT
WIDTH, HEIGHT = Mm(156).pt, Mm(225).pt
HEAD_SIZE = 48.0
"""The standard leaves the letterhead's size free; one that is long is smaller, so that it stays on its line."""


class Face(NamedTuple):
    """Font and size of a text, in points; Latin letters and digits are Times New Roman."""

    font: str = FANG_SONG
    size: float = SIZE_3
    spacing: float = TIGHT
    color: str = ""


BODY = Face()
HEADINGS = (Face(HEI), Face(KAI))
"""一、 and （一）; the levels below are in the body's own face."""

CELL, CELL_HEAD = Face(size=SMALL_4, spacing=0), Face(HEI, SMALL_4, 0)
CELL_LINE = 20.0
FOOT = Face(SONG, SIZE_4, 0)
IMPRINT = Face(size=SIZE_4, spacing=0)

_STYLES = {"Normal": BODY, "Title": Face(SONG_HEAD, SIZE_2, 0), "Heading 1": HEADINGS[0], "Heading 2": HEADINGS[1]}
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)


class OfficialPaper:
    """One paper, written from top to bottom by its verbs; `to_bytes` ends it.

    The text area is 156 x 225 mm, with 22 lines of 28 characters. Every text may be a stranger's: what is invisible in
    it, or no text at all, is written out (`visible`). There is neither seal nor classification (密级) nor copy number
    (份号): people put them on. Equal papers have equal bytes.
    """

    def __init__(self, subject: str, by: str, day: date) -> None:
        """`subject`, `by` and `day` are what the file says of itself."""
        self._document = Document()
        self._set_styles()
        self._set_page()
        about = self._document.core_properties
        about.title, about.author, about.last_modified_by = visible(subject)[:255], visible(by)[:255], ""
        about.comments, about.language = "", "zh-CN"
        about.created = about.modified = datetime.combine(day, time(), UTC)

    def letterhead(self, body: str, number: str = "") -> None:
        """Who issues it (发文机关标志), in red; its number (发文字号); the red line below.

        Its upper edge is 35 mm below that of the text area.
        """
        size = min(HEAD_SIZE, max(SIZE_2, int(WIDTH / max(_width(body), 1))))
        head = self._line(body, Face(SONG_HEAD, size, 0, RED), ALIGN.CENTER, line=size * 1.1)
        head.paragraph_format.space_before = Mm(35)
        self.blank()
        self.blank()
        numbered = self._line(number, BODY, ALIGN.CENTER, line=CHARACTER + 2)
        numbered.paragraph_format.space_before = Pt(LINE - CHARACTER - 2)
        _draw_lines(numbered, ("bottom",), eighths=18, space=9, color=RED)  # 4 mm below the characters

    def title(self, *phrases: str) -> None:
        """The title in 小标宋, centred; a line is broken between phrases, and never inside one that fits on a line."""
        self.blank()
        self.blank()
        per_line = int(WIDTH / SIZE_2)
        lines = [""]
        for phrase in phrases:
            if lines[-1] and _width(lines[-1] + phrase) > per_line:
                lines.append("")
            lines[-1] += phrase
        for line in lines:
            self._line(line, _STYLES["Title"], ALIGN.CENTER, line=LINE * 1.2, style="Title")
        self.blank()

    def addressee(self, to: str) -> None:
        """Who is addressed (主送机关), flush left, with its colon."""
        self._line(f"{to}：", BODY)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading of the first level (一、, 黑体) or the second (（一）, 楷体), which stays with what follows."""
        paragraph = self._line(text, HEADINGS[level - 1], style=f"Heading {level}", indent=2)
        paragraph.paragraph_format.keep_with_next = True

    def paragraph(self, text: str) -> None:
        """A paragraph of the body, with its first line two characters in."""
        self._line(text, BODY, ALIGN.JUSTIFY, indent=2)

    def blank(self) -> None:
        self._line("", BODY)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table as wide as the text area; its head comes again on each page, and no row is broken.

        Columns share the width as their texts need it; those with long texts are flush left, others centred.
        """
        lines = [tuple(heads), *map(tuple, rows)]
        longest = [max(min(_width(text), 24) for text in column) for column in zip(*lines, strict=True)]
        rows_of_cells = self._grid(len(lines), [max(width, 2) + 1 for width in longest])
        for n, (cells, texts) in enumerate(zip(rows_of_cells, lines, strict=True)):
            if n == 0:
                _of_row(cells[0], "w:tblHeader")
            for cell, text, width in zip(cells, texts, longest, strict=True):
                self._fill(cell, text, CELL if n else CELL_HEAD, centred=width <= 12)

    def form(self, rows: Iterable[Sequence[tuple[str, str]]]) -> None:
        """A form: in each row one label with its text, or two; the text of a single one goes across."""
        entered = list(rows)
        for cells, pairs in zip(self._grid(len(entered), [4, 9, 4, 9]), entered, strict=True):
            if len(pairs) == 1:
                cells[1].merge(cells[3])
            for (label, text), at in zip(pairs, (0, 2), strict=False):
                self._fill(cells[at], label, CELL_HEAD, centred=True)
                self._fill(cells[at + 1], text, CELL, centred=False)

    def note(self, *texts: str) -> None:
        """Lines in small letters, flush left, on one page: what is said below a table, or for those who check."""
        for n, text in enumerate(texts, 1):
            paragraph = self._line(text, CELL, line=CELL_LINE)
            paragraph.paragraph_format.keep_with_next = n < len(texts)

    def attachments(self, names: Sequence[str]) -> None:
        """What is attached (附件说明): a blank line below the text, two characters in, numbered where there are several."""
        self.blank()
        for n, name in enumerate(names, 1):
            number = f"{n}." if len(names) > 1 else ""
            paragraph = self._line(("附件：" if n == 1 else "") + number + name, BODY)
            hanging = 3 * CHARACTER + _width(number) * CHARACTER
            paragraph.paragraph_format.left_indent = Pt(2 * CHARACTER + hanging)
            first = -hanging if n == 1 else -(hanging - 3 * CHARACTER)
            paragraph.paragraph_format.first_line_indent = Pt(first)

    def signature(self, body: str, day: str) -> None:
        """Who issues it, and the day four characters from the right edge below it, as where a seal is put on (7.3.5.1).

        The two paragraphs before it go to its page: it never stands alone.
        """
        for before in self._document.paragraphs[-2:]:
            before.paragraph_format.keep_with_next = True
        half = max(4 * CHARACTER + _width(day) * CHARACTER / 2, _width(body) * CHARACTER / 2)
        for text in ("", body, day):
            paragraph = self._line(text, BODY, ALIGN.CENTER)
            paragraph.paragraph_format.left_indent = Pt(max(WIDTH - 2 * half, 0))
            paragraph.paragraph_format.keep_with_next = text != day

    def imprint(self, issued_by: str, day: str) -> None:
        """What stands at the foot of the last page (版记): by whom and when it was issued (印发), between two lines.

        It comes last. An empty line keeps its room: it follows the last line of the paper onto a new page, if need be.
        """
        for before in self._document.paragraphs[-1:]:
            before.paragraph_format.keep_with_next = True
        paragraph = self._line(issued_by, IMPRINT)
        shape = paragraph.paragraph_format
        shape.first_line_indent = Pt(SIZE_4)
        shape.tab_stops.add_tab_stop(Pt(WIDTH - SIZE_4), TAB.RIGHT)
        paragraph.add_run("\t")
        _write(paragraph, f"{day}印发", IMPRINT)
        where = {"vAnchor": "margin", "hAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}
        _insert(paragraph, _element("w:framePr", w=str(round(WIDTH * 20)), wrap="through", **where))
        _draw_lines(paragraph, ("top", "bottom"), eighths=8)  # 0.35 mm
        self._line("", IMPRINT, line=LINE + 4)

    def to_bytes(self) -> bytes:
        """The document as a .docx file."""
        written = BytesIO()
        self._document.save(written)
        return repacked(written)

    # -- page and styles
    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)  # the dashes stand 7 mm below the text area
        self._document.settings.odd_and_even_pages_header_footer = True
        for footer, odd in ((section.footer, True), (section.even_page_footer, False)):
            paragraph = footer.paragraphs[0]
            paragraph.style = "Normal"
            shape = paragraph.paragraph_format
            if odd:
                paragraph.alignment, shape.right_indent = ALIGN.RIGHT, Pt(SIZE_4)
            else:
                paragraph.alignment, shape.left_indent = ALIGN.LEFT, Pt(SIZE_4)
            shape.line_spacing = 1.0
            for text, field in (("— ", ""), ("", "begin"), ("PAGE", ""), ("", "end"), (" —", "")):
                run = paragraph.add_run()
                _set_face(run._r.get_or_add_rPr(), FOOT, latin=SONG)
                if field:
                    run._r.append(_element("w:fldChar", fldCharType=field))
                elif text == "PAGE":
                    code = _element("w:instrText")
                    code.text = text
                    run._r.append(code)
                else:
                    run.text = text

    def _set_styles(self) -> None:
        styles = self._document.styles
        for name, face in _STYLES.items():
            style = styles[name]
            for part in (style.element.rPr, style.element.pPr):
                if part is not None:
                    level = part.find(qn("w:outlineLvl"))
                    part.clear()  # the template's own colours, fonts and spaces
                    if level is not None:
                        part.append(level)
            _set_face(style.element.get_or_add_rPr(), face)
        shape = styles["Normal"].paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing = Pt(LINE)
        shape.widow_control = False  # a page has 22 lines, whatever stands on the last
        language = styles.element.find(".//" + qn("w:lang"))
        language.set(qn("w:eastAsia"), "zh-CN")

    # -- lines and cells
    def _line(
        self,
        text: str,
        face: Face,
        align: ALIGN = ALIGN.LEFT,
        *,
        line: float = LINE,
        indent: int = 0,
        style: str = "Normal",
    ) -> Paragraph:
        paragraph: Paragraph = self._document.add_paragraph(style=style)
        paragraph.alignment = align
        shape = paragraph.paragraph_format
        shape.line_spacing = Pt(line)
        if indent:
            shape.first_line_indent = Pt(indent * CHARACTER)
        _write(paragraph, text, face)
        return paragraph

    def _grid(self, rows: int, shares: Sequence[float]) -> list[list[Cell]]:
        """The cells of a new table, row by row; no row is broken by the end of a page."""
        table = self._document.add_table(rows, len(shares), "Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths = [Pt(WIDTH * share / sum(shares)) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        grid = [[Cell(cell, table) for cell in row.tc_lst] for row in table._tbl.tr_lst]  # table.rows is slow
        for cells in grid:
            _of_row(cells[0], "w:cantSplit")
            for cell, width in zip(cells, widths, strict=True):
                cell.width = width
        return grid

    def _fill(self, cell: Cell, text: str, face: Face, *, centred: bool) -> None:
        cell.vertical_alignment = INSIDE.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGN.CENTER if centred else ALIGN.LEFT
        paragraph.paragraph_format.line_spacing = Pt(CELL_LINE)
        _write(paragraph, text, face)


def repacked(written: BytesIO) -> bytes:
    """A document without the hour at which it was written: equal papers have equal bytes."""
    out = BytesIO()
    with ZipFile(written) as parts, ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name in parts.namelist():
            info = ZipInfo(name, _NO_MOMENT)
            info.compress_type = ZIP_DEFLATED
            file.writestr(info, parts.read(name))
    return out.getvalue()


def _write(paragraph: Paragraph, text: str, face: Face) -> None:
    if text:
        run = paragraph.add_run(visible(text))
        _set_face(run._r.get_or_add_rPr(), face)


def _set_face(properties: Any, face: Face, latin: str = LATIN) -> None:
    """On the text itself, and not on the style alone: programs differ in which fonts of a style they follow."""
    fonts = _element("w:rFonts", ascii=latin, hAnsi=latin, eastAsia=face.font, cs=latin, hint="eastAsia")
    properties.append(fonts)  # eastAsia is a hint: quotation marks and dashes are Chinese ones
    if face.color:
        properties.append(_element("w:color", val=face.color))
    properties.append(_element("w:spacing", val=str(round(face.spacing * 20))))
    for name in ("w:sz", "w:szCs"):
        properties.append(_element(name, val=str(round(face.size * 2))))


def _draw_lines(
    paragraph: Paragraph, sides: Iterable[str], *, eighths: int, space: int = 1, color: str = "000000"
) -> None:
    """Lines along a paragraph, as thick as so many eighths of a point; `space` points from the text."""
    lines = _element("w:pBdr")
    for side in sides:
        lines.append(_element(f"w:{side}", val="single", sz=str(eighths), space=str(space), color=color))
    _insert(paragraph, lines)


def _insert(paragraph: Paragraph, element: Any) -> None:
    """Word wants the properties of a paragraph in their order: frame, lines, tabs, spaces, indents, alignment."""
    later = ("w:pBdr", "w:tabs", "w:spacing", "w:ind", "w:jc")
    paragraph._p.get_or_add_pPr().insert_element_before(element, *later)


def _of_row(cell: Cell, name: str) -> None:
    """Say something of the row in which the cell is."""
    cell._tc.getparent().get_or_add_trPr().append(_element(name))


def _element(name: str, **values: str) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _width(text: str) -> float:
    """In characters of the body: a Latin letter or a digit takes half of one, and between them and Chinese is a space."""
    wide = [east_asian_width(character) in "WFA" for character in text]
    return sum(1 if is_wide else 0.5 for is_wide in wide) + sum(a != b for a, b in pairwise(wide)) / 4
