"""A ledger workbook on paper, measured in the PDF that LibreOffice makes of it: A4 across, no column lost, no text cut."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from clerks_workbooks import GRID, png
from envgov.workbooks import Row, write_workbook
from envgov.workbooks.columns import COLUMNS
from envgov.workbooks.row import Progress
from rendering import MM, printed

LONG = "村委会东侧一百米沟渠内生活垃圾长期堆放未清运，异味明显，群众反映强烈"
LATE = date(2022, 10, 8)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """60 problems, each text long, the days of the first 20 past; the first with a photograph."""
    folder = tmp_path_factory.mktemp("paper")
    png(folder / "前.png")
    rows = [
        Row(
            f"青石-2022-{n:04}",
            date(2022, 10, 1),
            source="随手拍",
            category="生活垃圾",
            description=LONG,
            location="村委会东侧一百米",
            place="甲村",
            responsible=("甲村", "乙村"),
            action="立即清运，设专人保洁",
            due=LATE if n <= 20 else date(2022, 11, 30),
            progress=Progress.GOING_ON,
            before=("前.png",) if n == 1 else (),
        )
        for n in range(1, 61)
    ]
    file = folder / "台账.xlsx"
    write_workbook(rows, file, GRID, on=date(2022, 10, 31), title="青石镇人居环境问题台账", photos=folder)
    with printed(file.read_bytes(), folder, ".xlsx") as pdf:
        yield pdf


def texts_of(page: Any) -> str:
    return "".join(char["text"] for char in page.chars).replace(" ", "")


def test_it_is_a4_across(paper: Any) -> None:
    assert len(paper.pages) > 1
    for page in paper.pages:
        assert (round(page.width * MM), round(page.height * MM)) == (297, 210)


def test_every_column_is_on_every_page_with_its_heading(paper: Any) -> None:
    for page in paper.pages:
        shown = texts_of(page)
        for column in COLUMNS:
            assert column.name == "district" or column.heading in shown, column.heading


def test_nothing_is_outside_the_margins(paper: Any) -> None:
    for page in paper.pages:
        assert min(char["x0"] for char in page.chars) * MM > 9
        assert max(char["x1"] for char in page.chars) * MM < 297 - 9


def test_pages_are_numbered(paper: Any) -> None:
    many = len(paper.pages)
    for n, page in enumerate(paper.pages, 1):
        assert f"第{n}页，共{many}页" in texts_of(page)


def test_no_text_is_cut(paper: Any) -> None:
    shown = "".join(map(texts_of, paper.pages))
    assert shown.count(LONG) == 60
    assert [f"青石-2022-{n:04}" in shown for n in range(1, 61)] == [True] * 60


def test_what_is_overdue_says_so_in_words(paper: Any) -> None:
    shown = "".join(map(texts_of, paper.pages))
    assert shown.count("2022-10-08逾期") == 20
    assert "合计" in shown
    assert "逾期20件" in shown


def test_the_photograph_is_on_the_first_page_within_its_row(paper: Any) -> None:
    first, *others = paper.pages
    assert [len(page.images) for page in others] == [0] * len(others)
    [photo] = first.images
    words = first.extract_words()
    [heading] = (word["bottom"] for word in words if word["text"] == "整改前照片")
    of_first, of_second, *_ = (word["top"] for word in words if word["text"].startswith(LONG[:9]))
    assert heading < photo["top"] < of_first
    assert photo["bottom"] < of_second
