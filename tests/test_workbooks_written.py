"""A ledger as a workbook: what is in it, what it looks like, and what is kept out of it."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

import envgov as eg
from clerks_workbooks import D1, D3, D8, D9, GRID, change, png, read, said, sheet_of
from envgov.workbooks import Problem, Row, Term, rows_of, write_problems, write_workbook
from envgov.workbooks.row import Progress

P = Progress
ON = date(2022, 10, 31)
FULL = Row(
    id="W1",
    found=D1,
    source="暗访",
    category="垃圾堆放",
    description="村口垃圾未清运",
    location="村口东侧",
    district="青石镇",
    place="甲村",
    responsible=("甲村", "a/b", '["x'),
    person="某某",
    phone="0000",
    action="清运",
    due=D8,
    progress=P.CLOSED,
    rectified=D3,
    closed=D9,
    accepted_by="镇环卫办",
    before=("p/1.jpg", "p/2.jpg"),
    after=("a、b.jpg",),
    note="无",
)
TEXTS = [
    "id",
    "source",
    "category",
    "description",
    "location",
    "district",
    "place",
    "person",
    "phone",
    "action",
    "accepted_by",
    "note",
]
HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "<script>alert(1)</script>",
    "]]>&amp;<!--",
    "_x0041_",
    "_x005F_x0041_",
    "_x0041_x0042_",
    "a\u202eb\u200bc",
    "a\x00b\x1fc\ud800\ufffe",
    "第一行\r\n第二行\u2028第三行",
    "'=1",
    "合计",
    "2022-10-09",
    "20221009",
    "1e5",
    "TRUE",
    "#REF!",
    '=DISPIMG("ID_1",1)',
    "a" * 40_000,
    "长" * 40_000,
    "  a  ",
]


def write(folder: Path, *rows: Row, name: str = "出.xlsx", **more: Any) -> Path:
    file = folder / name
    write_workbook(rows, file, GRID, on=ON, **more)
    return file


def rows_in(file: Path) -> list[Row]:
    return [placed.row for placed in read(file).rows]


def part_of(file: Path, part: str) -> str:
    with ZipFile(file) as archive:
        return archive.read(part).decode()


def test_every_field_of_a_row_is_read_back(tmp_path: Path) -> None:
    rows = [FULL, Row("W2"), Row("W3", due=Term.AT_ONCE), Row("W4", due=Term.STANDING, progress=P.GOING_ON)]
    assert rows_in(write(tmp_path, *rows)) == rows


def test_whatever_somebody_typed_is_a_text_and_nothing_else_in_every_field(tmp_path: Path) -> None:
    rows = [Row(found=D1, **dict.fromkeys(TEXTS, text)) for text in HOSTILE]  # type: ignore[arg-type]
    file = write(tmp_path, *rows)
    assert rows_in(file) == rows
    sheet = sheet_of(file, "台账")
    formulas = [cell for line in sheet.iter_rows(max_row=len(rows) + 3) for cell in line if cell.data_type == "f"]
    assert formulas == []


def test_names_that_look_like_something_else_are_read_back(tmp_path: Path) -> None:
    rows = [
        Row("W1", responsible=tuple(text for text in HOSTILE if len(text) < 100)),
        Row("W2", before=("../../etc/passwd", "C:\\x.png", "http://x/y.png", "=1"), after=('["a"]',)),
        Row("W3", responsible=('["a"]',)),
        Row("W4", responsible=("a\nb", "、", ";")),
    ]
    assert rows_in(write(tmp_path, *rows)) == rows


def test_what_begins_like_a_formula_stays_a_text_when_it_is_edited(tmp_path: Path) -> None:
    sheet = sheet_of(write(tmp_path, Row("W1", note="=1+1", description="垃圾")), "台账")
    cells = {cell.value: cell.quotePrefix for cell in sheet[4]}
    assert (cells["=1+1"], cells["垃圾"]) == (True, False)


def test_a_row_holds_what_a_cell_can_show() -> None:
    row = Row(" W\u200b1 ", description="a\r\nb\rc", responsible=("甲村", " ", "\x00"), note="_x0041_")
    assert (row.id, row.description, row.responsible, row.note) == ("W1", "a\nb\nc", ("甲村",), "＿x0041_")
    assert len(Row(note="长" * 20_000).note) == 16_000


@pytest.mark.parametrize("field", ["found", "due", "rectified", "closed"])
@pytest.mark.parametrize("day", [date(1900, 2, 28), date(2200, 1, 1)])
def test_a_day_that_no_workbook_holds_is_refused(field: str, day: date) -> None:
    with pytest.raises(ValueError, match=f"{field}={day}: a workbook holds days from 1900-03-01 to 2199-12-31"):
        Row("W1", **{field: day})  # type: ignore[arg-type]


def test_the_layout_is_that_of_the_office(tmp_path: Path) -> None:
    book = load_workbook(write(tmp_path, FULL, Row("W2", due=D8, progress=P.OPEN, found=D1)))
    sheet = book["台账"]
    assert sheet["A1"].value == "人居环境问题台账"
    assert "A1:U1" in [str(cells) for cells in sheet.merged_cells.ranges]
    assert [cell.value for cell in sheet[3]][:9] == [
        "序号",
        "问题编号",
        "发现日期",
        "问题来源",
        "问题类别",
        "问题描述",
        "位置",
        "乡镇(街道)",
        "所属网格/村(社区)",
    ]
    assert (sheet["C4"].value, sheet["C4"].number_format) == (eg_moment(D1), "yyyy-mm-dd")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.print_title_rows, sheet.freeze_panes, sheet.auto_filter.ref) == ("$3:$3", "C4", "A3:U5")
    assert book["选项"].sheet_state == "hidden"


def eg_moment(day: date) -> object:
    from datetime import datetime

    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as openpyxl reads a day


def test_the_district_is_a_column_where_a_row_has_one(tmp_path: Path) -> None:
    sheet = sheet_of(write(tmp_path, Row("W1")), "台账")
    assert "乡镇(街道)" not in [cell.value for cell in sheet[3]]


def test_lists_offer_states_sources_categories_and_units(tmp_path: Path) -> None:
    book = load_workbook(write(tmp_path, Row("W1", source="热线", category="垃圾")))
    offered = [[cell.value for cell in column if cell.value] for column in book["选项"].iter_cols()]
    units = ["v3", "v4", "乙村", "甲村", "白水镇", "青石镇"]
    assert offered == [
        [state.value for state in P],
        ["督导", "暗访", "随手拍", "无人机", "热线"],
        ["垃圾"],
        units,
        units,
    ]
    rules = {str(rule.sqref): (rule.formula1, rule.errorStyle) for rule in book["台账"].data_validations.dataValidation}
    assert rules == {
        "N4": ("选项!$A$1:$A$7", None),
        "D4": ("选项!$B$1:$B$5", "warning"),
        "E4": ("选项!$C$1:$C$1", "warning"),
        "H4": ("选项!$D$1:$D$6", "warning"),
        "I4": ("选项!$E$1:$E$6", "warning"),
    }


def test_what_is_overdue_is_marked_and_counted(tmp_path: Path) -> None:
    rows = [
        Row("W1", due=D8, progress=P.OPEN),
        Row("W2", due=ON, progress=P.OPEN),
        Row("W3", due=D8, progress=P.CLOSED),
        Row("W4", due=D8, progress=P.EXTENSION_ASKED),
        Row("W5", due=Term.STANDING, progress=P.OPEN),
    ]
    file = write(tmp_path, *rows)
    totals = [cell.value for cell in sheet_of(file, "台账", data_only=True)[9] if cell.value]
    assert totals == ["合计", "共5件", "逾期2件", "已销号1件"]
    sheet = sheet_of(file, "台账")
    marks = [
        (str(cells.sqref), rule.formula, rule.dxf.font.b, getattr(rule.dxf.numFmt, "formatCode", None))
        for cells, rules in sheet.conditional_formatting._cf_rules.items()
        for rule in rules
    ]
    when = 'AND(ISNUMBER($M4),$M4<$B$2,OR($N4="未整改",$N4="整改中",$N4="申请延期"))'
    late = ("M4:M8", [when], True, 'yyyy-mm-dd"逾期"')
    assert sorted(marks, key=str) == [("A4:L8", [when], True, None), late, ("N4:T8", [when], True, None)]


def test_an_empty_ledger_is_a_sheet_to_fill_in(tmp_path: Path) -> None:
    file = tmp_path / "空.xlsx"
    write_workbook((), file, eg.Grid(()), on=ON, title="空台账")
    reading = read(file)
    assert (reading.rows, said(reading)) == ((), [("A4", "aside")])
    sheet = sheet_of(file, "台账")
    assert {str(rule.sqref) for rule in sheet.data_validations.dataValidation} == {"N4", "D4"}


def test_equal_rows_make_equal_files(tmp_path: Path) -> None:
    one, other = write(tmp_path, FULL, name="1.xlsx"), write(tmp_path, FULL, name="2.xlsx")
    assert one.read_bytes() == other.read_bytes()


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    file = write(tmp_path, FULL)
    before = file.read_bytes()
    with pytest.raises(eg.InputError, match="there is such a file already"):
        write_workbook((), file, GRID, on=ON)
    with pytest.raises(eg.InputError, match="there is such a file already"):
        write_problems((), file, file)
    assert file.read_bytes() == before


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("envgov.workbooks.ledger.MAX_ROWS", 1)
    with pytest.raises(eg.InputError, match="more than 1 rows do not fit on a sheet"):
        write(tmp_path, FULL, FULL)
    assert list(tmp_path.iterdir()) == []


def test_more_names_than_a_cell_holds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(eg.InputError) as error:
        write(tmp_path, Row("W1"), Row("W2", responsible=("长" * 9_000, "短" * 9_000)))
    [fault] = error.value.faults
    assert (fault.row, fault.column, fault.problem) == (5, "责任单位", "2 names do not fit into a cell")
    assert list(tmp_path.iterdir()) == []


# -- photographs
def test_photographs_lie_over_their_cells(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    (photos / "p").mkdir(parents=True)
    png(photos / "p" / "1.png")
    png(photos / "2.PNG", 300, 900)
    (photos / "papers.pdf").write_bytes(b"%PDF")
    row = Row("W1", before=("p/1.png", "2.PNG"), after=("2.PNG", "gone.png", "papers.pdf"))
    file = write(tmp_path, Row("W0"), row, photos=photos)
    drawing = part_of(file, "xl/drawings/drawing1.xml")
    corners = re.findall(r"<xdr:from><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>", drawing)
    assert sorted(corners) == [("17", "4"), ("18", "4")]
    sheet = sheet_of(file, "台账")
    assert sheet.row_dimensions[5].height == 72
    assert rows_in(file) == [Row("W0"), row]


def test_a_photograph_outside_the_folder_is_refused(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    png(tmp_path / "secret.png")
    (photos / "link.png").symlink_to(tmp_path / "secret.png")
    names = ("../secret.png", str(tmp_path / "secret.png"), "link.png", "x/../../secret.png")
    with pytest.raises(eg.InputError) as error:
        write(tmp_path, *(Row(f"W{n}", before=(name,)) for n, name in enumerate(names)), photos=photos)
    assert [(fault.row, fault.column, fault.value) for fault in error.value.faults] == [
        (n, "整改前照片", name) for n, name in enumerate(names, 4)
    ]
    assert {fault.problem for fault in error.value.faults} == {"the photograph lies outside the folder"}
    assert not (tmp_path / "出.xlsx").exists()


def test_a_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    for name in ("a.png", "b.jpg", "c.gif"):
        (tmp_path / name).write_bytes(b"<script>")
    (tmp_path / "d.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(eg.InputError) as error:
        write(tmp_path, Row("W1", before=("a.png", "b.jpg"), after=("c.gif", "d.png")), photos=tmp_path)
    assert [fault.problem for fault in error.value.faults] == ["this file is no picture"] * 4


def test_a_name_that_no_file_can_have_is_a_text(tmp_path: Path) -> None:
    row = Row("W1", before=("长" * 300 + ".png",))
    assert rows_in(write(tmp_path, row, photos=tmp_path)) == [row]


def test_pictures_that_float_over_empty_cells_are_named(tmp_path: Path) -> None:
    png(tmp_path / "1.png")
    file = write(tmp_path, Row("W1", D1, place="甲村", before=("1.png",)), photos=tmp_path)
    change(file, "xl/worksheets/sheet1.xml", lambda raw: re.sub(rb'<c r="R4".*?</c>', b"", raw))
    reading = read(file)
    assert [placed.row.before for placed in reading.rows] == [("image1.png",)]
    assert said(reading) == [("R4", "picture"), ("A5", "aside")]


# -- issues as rows
K = eg.EventKind


def issue(*events: eg.Event, **fields: Any) -> eg.Issue:
    return eg.Issue("W1", "v1", (eg.Event(K.FOUND, D1, note="村口", evidence=("a.jpg",)), *events), **fields)


HANDED = eg.Event(K.DISPATCHED, D1, to=("v1",), due=D8)
RECTIFIED = eg.Event(K.RECTIFIED, D3, by="v1", evidence=("b.jpg",))
ACCEPTED = eg.Event(K.ACCEPTED, D9, by="t")
BASE = Row("W1", D1, location="村口", place="甲村", before=("a.jpg",), progress=P.OPEN)


@pytest.mark.parametrize(
    ("events", "changed"),
    [
        ((), {}),
        ((HANDED,), {"due": D8, "responsible": ("甲村",)}),
        ((HANDED, eg.Event(K.CLAIMED, D3)), {"due": D8, "responsible": ("甲村",), "progress": P.GOING_ON}),
        (
            (eg.Event(K.DISPATCHED, D1, to=("住建局",), note="长期坚持"),),
            {"due": Term.STANDING, "responsible": ("住建局",)},
        ),
        ((RECTIFIED,), {"progress": P.RECTIFIED, "rectified": D3, "after": ("b.jpg",)}),
        (
            (RECTIFIED, ACCEPTED),
            {"progress": P.CLOSED, "rectified": D3, "closed": D9, "after": ("b.jpg",), "accepted_by": "青石镇"},
        ),
        ((RECTIFIED, eg.Event(K.REJECTED, D9, note="差")), {}),
        ((eg.Event(K.FIXED_ON_THE_SPOT, D3),), {"due": Term.AT_ONCE, "progress": P.CLOSED, "closed": D3}),
        ((eg.Event(K.SUSPENDED, D3),), {"progress": P.SUSPENDED}),
        ((eg.Event(K.WITHDRAWN, D3),), {"progress": P.WITHDRAWN, "closed": D3}),
        ((eg.Event(K.MERGED, D3, note="W2"),), {"progress": P.WITHDRAWN, "closed": D3}),
    ],
)
def test_a_row_says_how_an_issue_stands(events: tuple[eg.Event, ...], changed: dict[str, Any]) -> None:
    from attrs import evolve

    assert rows_of([issue(*events)], GRID) == (evolve(BASE, **changed),)


def test_units_of_one_name_are_called_by_their_codes_and_rows_stand_in_order() -> None:
    issues = [
        eg.Issue(id, place, (eg.Event(K.FOUND, day),))
        for id, place, day in (("2", "v3", D1), ("1", "v4", D3), ("0", "x", D3))
    ]
    assert [(row.id, row.place) for row in rows_of(issues, GRID)] == [("2", "v3"), ("0", "x"), ("1", "v4")]


# -- the list of problems
def test_the_problems_are_a_workbook_with_links_to_the_cells(tmp_path: Path) -> None:
    problems = [
        Problem("甲's", "C7", "=1+1", "no day"),
        Problem("台账", "", "", "hidden sheet"),
        Problem("台账", "B2", "44843", "read as", ("2022-10-09",)),
    ]
    file = tmp_path / "问题清单.xlsx"
    write_problems(problems, file, tmp_path / "台账.xlsx")
    sheet = load_workbook(file).active
    assert sheet is not None
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[0][0] == "台账.xlsx 问题清单（3处）"
    assert lines[1] == ["序号", "工作表", "单元格", "现填内容", "问题", "怎样改正", "是否影响录入"]
    assert lines[2] == [1, "甲's", "C7", "=1+1", "不是日期", "请写成2022-10-09这样的日期", "影响，改正后再录入"]
    assert lines[3][:3] == [2, "台账", None]
    assert lines[4][4:] == ["读作2022-10-09", "不对的请改写", "不影响"]
    link = sheet["C3"].hyperlink
    assert (link.target, link.location) == ("台账.xlsx", "'甲''s'!C7")
    assert sheet["D3"].data_type == "s"


def test_a_link_into_another_folder_says_which(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    file = tmp_path / "a" / "问题清单.xlsx"
    write_problems([Problem("台账", "C7", "", "empty")], file, tmp_path / "台账.xlsx")
    assert tmp_path.name in part_of(file, "xl/worksheets/_rels/sheet1.xml.rels")
