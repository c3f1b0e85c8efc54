"""The problems of a workbook as a new workbook (问题清单), each with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook

from envgov.errors import InputError
from envgov.workbooks.columns import height_of, lines_in
from envgov.workbooks.new_file import lay, taken
from envgov.workbooks.problem import Problem
from envgov.workbooks.row import clean

SHEET = "问题清单"
_HEADS = (
    ("序号", 6),
    ("工作表", 14),
    ("单元格", 9),
    ("现填内容", 30),
    ("问题", 36),
    ("怎样改正", 40),
    ("是否影响录入", 14),
)
_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no zones; equal problems make equal files


def write_problems(problems: Sequence[Problem], file: Path, source: Path) -> None:
    """Write the problems of the workbook `source` into a workbook that is new: where, what, and what to do.

    The name of each cell is a link into `source`, as long as both stay where they are.

    Raises:
        InputError: there is such a file already.
        OSError: it cannot be written.
    """
    if file.exists():
        raise InputError([taken(file)])
    with TemporaryDirectory(dir=file.parent) as folder:
        made = Path(folder, "made.xlsx")
        with Workbook(str(made), {"tmpdir": folder}) as book:
            book.set_properties({"title": SHEET, "created": _NEVER})
            _write(book, problems, file, source)
        lay(made, file)


def _write(book: Workbook, problems: Sequence[Problem], file: Path, source: Path) -> None:
    face = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
    text, quoted = book.add_format(face), book.add_format({**face, "quote_prefix": True})
    bold = book.add_format({**face, "bold": True, "align": "center", "bg_color": "#E7E6E6"})
    title = book.add_format({"font_name": "宋体", "font_size": 16, "bold": True})
    link = book.add_format({**face, "font_color": "#0563C1", "underline": 1})
    sheet = book.add_worksheet(SHEET)
    sheet.write_string(0, 0, f"{clean(source.name)} 问题清单（{len(problems)}处）", title)
    for at, (head, width) in enumerate(_HEADS):
        sheet.set_column(at, at, width)
        sheet.write_string(1, at, head, bold)
    for nth, problem in enumerate(problems, 2):
        grave = "影响，改正后再录入" if problem.is_grave else "不影响"
        told = (problem.sheet, problem.cell, problem.value, problem.problem(), problem.remedy(), grave)
        sheet.write_number(nth, 0, nth - 1, text)
        for at, value in enumerate(map(clean, told), 1):
            if not value:
                sheet.write_blank(nth, at, None, text)
                continue
            sheet.write_string(nth, at, value, quoted if value.startswith(("=", "+", "-", "@")) else text)
        widths = [width for _, width in _HEADS[1:]]
        sheet.set_row(nth, height_of(max(map(lines_in, map(clean, told), widths))))
        if problem.cell:
            sheet.write_url(nth, 2, _link(problem, file, source), link, problem.cell)
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, max(1 + len(problems), 2), len(_HEADS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)


def _link(problem: Problem, file: Path, source: Path) -> str:
    """A link to a cell of another workbook, by its name alone where both lie in one folder."""
    beside = source.resolve().parent == file.resolve().parent
    name = source.name if beside else str(source.resolve())
    sheet = problem.sheet.replace("'", "''")
    return f"external:{name}#'{sheet}'!{problem.cell}"
