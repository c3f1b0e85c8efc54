"""Workbooks as clerks make them: every fault where it stands, and no row lost."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment

import envgov as eg
from clerks_workbooks import D1, D3, D8, D9, HEAD, SOUND, change, make, read, said, save
from envgov.workbooks import Row, Term
from envgov.workbooks.row import Progress

K = eg.EventKind


def ids(folder: Path, *rows: tuple[object, ...]) -> list[str]:
    return [issue.id for issue in read(make(folder, HEAD, *rows)).issues]


def test_a_plain_sheet_is_read_whole(tmp_path: Path) -> None:
    reading = read(make(tmp_path, HEAD, SOUND))
    row = Row("W1", D1, description="垃圾", place="甲村", responsible=("甲村",), due=D8, progress=Progress.CLOSED)
    [placed] = reading.rows
    assert (placed.sheet, placed.cell, placed.key, placed.is_sound) == ("台账", "A2", "W1", True)
    assert (placed.row.id, placed.row.due, placed.row.progress) == (row.id, row.due, row.progress)
    [issue] = reading.issues
    assert [(event.what, event.day, event.by) for event in issue.events] == [
        (K.FOUND, D1, ""),
        (K.DISPATCHED, D1, ""),
        (K.RECTIFIED, D3, ""),
        (K.ACCEPTED, D3, "镇环卫办"),
    ]
    assert (issue.id, issue.place, issue.owed_by, issue.due, issue.closed) == ("W1", "v1", ("v1",), D8, D3)
    assert said(reading) == []
    assert reading.grave == ()


# 1: a title over everything, the district merged down, totals and a signature below
def test_titles_merged_districts_totals_and_signatures(tmp_path: Path) -> None:
    file = make(
        tmp_path,
        ("2022年青石镇人居环境问题台账",),
        ("填报单位：青石镇",),
        ("序号", "镇（街道）", "村（社区）", "问题编号", "发现时间", "存在问题", "完成时限"),
        (1, "青石镇", "新村", "A1", "2022.10.1", "垃圾", "2022.10.9前"),
        (2, None, "新村", "A2", "10月1日", "污水", "10月9日"),
        (3, "白水镇", "新村", "A3", D1, "旱厕", "立行立改"),
        (4,),
        (),
        ("合计", None, None, 3),
        ("填表人：某某",),
        merged=("A1:G1", "B4:B5"),
    )
    reading = read(file)
    assert [(issue.id, issue.place, issue.found, issue.due) for issue in reading.issues] == [
        ("A1", "v3", D1, D9),
        ("A2", "v3", D1, D9),
        ("A3", "v4", D1, D1),
    ]
    assert said(reading) == [
        ("E5", "read as"),
        ("G5", "read as"),
        ("A9", "aside"),
        ("A10", "aside"),
    ]


# 2: a header of two rows
def test_a_header_of_two_rows_is_put_together(tmp_path: Path) -> None:
    file = make(
        tmp_path,
        ("编号", "发现", None, "属地", "问题", "责任", None, "整改情况", None, None, "整改照片", None),
        (None, "日期", "渠道", None, None, "单位", "人", "状态", "销号日期", "验收单位", "整改前", "整改后"),
        ("B1", D1, "暗访", "乙村", "垃圾", "乙村、住建局", "某某", "已销号", D3, "镇", "a.jpg，b.jpg", "c.jpg"),
        merged=("A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:G1", "H1:J1", "K1:L1"),
    )
    reading = read(file)
    [placed] = reading.rows
    assert said(reading) == []
    assert placed.row == Row(
        "B1",
        D1,
        "暗访",
        place="乙村",
        description="垃圾",
        responsible=("乙村", "住建局"),
        person="某某",
        progress=Progress.CLOSED,
        closed=D3,
        accepted_by="镇",
        before=("a.jpg", "b.jpg"),
        after=("c.jpg",),
    )
    [issue] = reading.issues
    assert issue.owed_by == ("v2", "住建局")


# 3: days as texts, words and serial numbers
def test_days_in_every_way_of_writing(tmp_path: Path) -> None:
    ways = ("2022.10.9前", "10月9日", "立行立改", "长期坚持", 44843, "２０２２-１０-９", datetime(2022, 10, 9, 9))  # noqa: DTZ001
    rows = [(f"C{n}", D1, "甲村", "垃圾", "甲村", due, "未整改") for n, due in enumerate(ways)]
    reading = read(make(tmp_path, HEAD, *rows))
    assert [placed.row.due for placed in reading.rows] == [D9, D9, Term.AT_ONCE, Term.STANDING, D9, D9, D9]
    assert said(reading) == [("F3", "read as"), ("F6", "read as")]
    at_once, standing = reading.issues[2:4]
    assert (at_once.due, standing.due, standing.events[-1].note) == (D1, None, "长期坚持")


# 4: notes instead of values
def test_notes_instead_of_values_are_faults_where_they_stand(tmp_path: Path) -> None:
    reading = read(
        make(
            tmp_path,
            HEAD,
            ("D1", "上周检查时", "甲村", "垃圾", "甲村", "等村里通知", "正在协调施工队", "验收后补", ""),
            SOUND,
        )
    )
    assert said(reading) == [("B2", "no day"), ("F2", "no term"), ("G2", "no progress"), ("H2", "no day")]
    assert [(placed.row.id, placed.is_sound) for placed in reading.rows] == [("D1", False), ("W1", True)]
    assert [issue.id for issue in reading.issues] == ["W1"]
    assert reading.problems[2].value == "正在协调施工队"
    assert "未整改、整改中、已整改、已销号、申请延期、挂账、已撤销" in reading.problems[2].remedy()


# 5: units
def test_several_units_in_a_cell_unknown_ones_and_names_that_two_have(tmp_path: Path) -> None:
    reading = read(
        make(
            tmp_path,
            HEAD,
            ("E1", D1, "甲 村", "垃圾", "甲村,乙村/住建局", D9, "未整改"),
            ("E2", D1, "甲材", "垃圾", "甲村", D9, "未整改"),
            ("E3", D1, "新村", "垃圾", "新村", D9, "未整改"),
            ("E4", D1, "v4", "垃圾", "", D9, "未整改"),
            ("E5", D1, "", "垃圾", "甲村", D9, "未整改"),
        )
    )
    assert said(reading) == [
        ("C3", "unknown unit"),
        ("C4", "several units"),
        ("E4", "several units"),
        ("C6", "empty"),
    ]
    assert "甲村？" in reading.problems[0].problem()
    assert [(issue.place, issue.owed_by) for issue in reading.issues] == [("v1", ("v1", "v2", "住建局")), ("v4", ())]
    assert len(reading.rows) == 5


# 6: numbers
def test_numbers_as_floats_twice_rounded_and_missing(tmp_path: Path) -> None:
    file = make(
        tmp_path,
        HEAD,
        (20221001, D1, "甲村", "垃圾", "甲村", D9, "未整改"),
        (20221001, D1, "乙村", "垃圾", "乙村", D9, "未整改"),
        (4306820221001000123, D1, "甲村", "污水", "甲村", D9, "未整改"),
        ("", D1, "甲村", "旱厕", "甲村", D9, "未整改"),
        (None, D1, "甲村", "旱厕", "甲村", D9, "未整改"),
        (None, D1, "乙村", "旱厕", "乙村", D9, "未整改"),
    )
    reading = read(file)
    assert said(reading) == [
        ("A2", "taken"),
        ("A3", "taken"),
        ("A4", "rounded"),
        ("A5", "no number"),
        ("A5", "alike"),
        ("A6", "no number"),
        ("A6", "alike"),
        ("A7", "no number"),
    ]
    assert [problem.given for problem in reading.problems[:2]] == [("A3",), ("A2",)]
    assert [placed.row.id for placed in reading.rows] == ["20221001", "20221001", "", "", "", ""]
    [keyed] = reading.issues
    assert (keyed.id[:3], keyed.place) == ("无号-", "v2")
    assert read(file).issues == reading.issues, "read again, it has the same key"


@pytest.mark.parametrize("id", ["P1\n补", "长" * 491])
def test_a_number_that_no_ledger_keeps_is_a_fault_of_its_cell(tmp_path: Path, id: str) -> None:
    reading = read(make(tmp_path, HEAD, (id, *SOUND[1:]), SOUND))
    assert said(reading) == [("A2", "no id")]
    assert [issue.id for issue in reading.issues] == ["W1"]


def test_a_number_may_have_490_characters(tmp_path: Path) -> None:
    assert ids(tmp_path, ("长" * 490, *SOUND[1:])) == ["长" * 490]


# 7: several sheets
def test_hidden_and_other_sheets_are_told_and_numbers_are_taken_across_sheets(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "甲村"
    for name in ("乙村", "汇总", "作废", "空"):
        book.create_sheet(name)
    for name in ("甲村", "乙村", "作废"):
        book[name].append(HEAD)
        book[name].append(SOUND)
    book["汇总"].append(("单位", "问题数"))
    book["作废"].sheet_state = "hidden"
    reading = read(save(book, tmp_path))
    assert [(problem.sheet, problem.cell, problem.what) for problem in reading.problems] == [
        ("甲村", "A2", "taken"),
        ("乙村", "A2", "taken"),
        ("汇总", "", "other sheet"),
        ("作废", "", "hidden sheet"),
    ]
    assert [problem.given for problem in reading.problems[:2]] == [("乙村!A2",), ("甲村!A2",)]
    assert [(placed.sheet, placed.is_sound) for placed in reading.rows] == [("甲村", False), ("乙村", False)]


def test_a_workbook_without_a_ledger_says_so(tmp_path: Path) -> None:
    reading = read(make(tmp_path, ("单位", "问题数"), ("甲村", 3)))
    assert [(each.sheet, each.what) for each in reading.problems] == [("", "no ledger"), ("台账", "other sheet")]
    assert len(reading.grave) == 1


# 8: pictures in cells
CELL_IMAGES = """<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"
 xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><etc:cellImage><xdr:pic><xdr:nvPicPr>
 <xdr:cNvPr id="2" name="ID_AB12"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic>
 </etc:cellImage></etc:cellImages>"""
CELL_RELS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
 <Relationship Id="rId1" Target="media/Image1.jpeg"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>"""


def test_pictures_that_wps_keeps_in_cells_are_named(tmp_path: Path) -> None:
    head = (*HEAD, "整改前照片", "整改后照片")
    file = make(
        tmp_path,
        head,
        (*SOUND, '=_xlfn.DISPIMG("ID_AB12",1)', '=DISPIMG("ID_GONE",1)'),
        ("W2", *SOUND[1:], "#VALUE!", "c.jpg"),
    )
    change(file, "xl/cellimages.xml", lambda _: CELL_IMAGES.encode())
    change(file, "xl/_rels/cellimages.xml.rels", lambda _: CELL_RELS.encode())
    reading = read(file)
    assert [(placed.row.before, placed.row.after) for placed in reading.rows] == [
        (("image1.jpeg",), ()),
        ((), ("c.jpg",)),
    ]
    assert said(reading) == [("J2", "picture"), ("K2", "lost picture"), ("J3", "lost picture")]
    assert all(placed.is_sound for placed in reading.rows)


def test_charts_and_comments_are_no_pictures(tmp_path: Path) -> None:
    book = load_workbook(make(tmp_path, (*HEAD, "整改前照片"), SOUND))
    sheet: Any = book["台账"]
    sheet.add_chart(BarChart(), "J2")
    sheet["A2"].comment = Comment("已核", "某某")
    reading = read(save(book, tmp_path))
    assert [placed.row.before for placed in reading.rows] == [()]
    assert said(reading) == []


# 9: columns
def test_columns_that_are_missing_unknown_or_there_twice(tmp_path: Path) -> None:
    reading = read(
        make(
            tmp_path,
            ("编号", "检查时间", "天气", "问题", "具体问题", "责任单位"),
            ("F1", D1, "晴", "垃圾", "村口垃圾", "甲村", "多出来的"),
        )
    )
    assert said(reading) == [
        ("A1", "column missing"),
        ("C1", "other column"),
        ("E1", "column twice"),
        ("G2", "other column"),
    ]
    assert "所属网格" in reading.problems[0].problem()
    assert [(placed.row.id, placed.is_sound) for placed in reading.rows] == [("F1", False)]


def test_without_a_day_found_no_row_is_an_issue_and_that_is_told_once(tmp_path: Path) -> None:
    reading = read(make(tmp_path, ("编号", "村", "问题"), ("F1", "甲村", "垃圾"), ("F2", "乙村", "垃圾")))
    assert said(reading) == [("A1", "column missing")]
    assert [placed.is_sound for placed in reading.rows] == [False, False]


def test_an_empty_day_is_told_beside_another_fault(tmp_path: Path) -> None:
    reading = read(make(tmp_path, HEAD, ("F1", None, "甲村", "垃圾", "甲村", "尽快", "未整改")))
    assert said(reading) == [("B2", "empty"), ("F2", "no term")]


# 10: formulas, links, errors, remarks between the rows
def test_formulas_links_errors_and_headings_between_the_rows(tmp_path: Path) -> None:
    file = make(
        tmp_path,
        HEAD,
        ("一、青石镇",),
        SOUND,
        HEAD,
        ("W2", "=B3", "甲村", "#REF!", "甲村", D9, "未整改"),
        ("W3", D1, "甲村", "=[1]Sheet1!A1", "甲村", D9, "未整改"),
        merged=("A2:I2",),
    )
    part = "xl/worksheets/sheet1.xml"
    result = rb"\1<v>7</v>"
    change(file, part, lambda raw: re.sub(rb"(<f>\[1\]Sheet1!A1</f>)<v ?(/>|></v>)", result, raw))
    change(file, "xl/externalLinks/externalLink1.xml", lambda _: b"<externalLink/>")
    reading = read(file)
    assert said(reading) == [
        ("A2", "aside"),
        ("A4", "aside"),
        ("B5", "no value"),
        ("D5", "error"),
        ("D6", "linked"),
    ]
    assert [(placed.row.id, placed.row.description, placed.is_sound) for placed in reading.rows] == [
        ("W1", "垃圾", True),
        ("W2", "", False),
        ("W3", "7", True),
    ]


def test_days_that_contradict_each_other(tmp_path: Path) -> None:
    reading = read(
        make(
            tmp_path,
            (*HEAD, "整改完成时间"),
            ("G1", D9, "甲村", "垃圾", "甲村", D8, "未整改", D3, "", D1),
            ("G2", D1, "甲村", "垃圾", "甲村", D8, "已整改"),
            ("G3", D1, "甲村", "垃圾", "甲村", D8, "已销号"),
            ("G4", D1, "甲村", "垃圾", "甲村", D8, "已销号", D3, "", D8),
            ("G5", D1, "甲村", "垃圾", "甲村", D8, "申请延期"),
            ("G6", D1, "甲村", "垃圾", "甲村", D8, "", D3),
            ("G7", D1, "甲村", "垃圾", "甲村", D8, "", "", "", D3),
        )
    )
    assert said(reading) == [
        ("F2", "too early"),
        ("G2", "contradicted"),
        ("G2", "contradicted"),
        ("H2", "too early"),
        ("J2", "too early"),
        ("J3", "undated"),
        ("H4", "undated"),
        ("G5", "refused"),
        ("H5", "contradicted"),
        ("G6", "not entered"),
    ]
    assert [(issue.id, issue.state) for issue in reading.issues] == [
        ("G5", eg.State.OPEN),
        ("G6", eg.State.CLOSED),
        ("G7", eg.State.RECTIFIED),
    ]


@pytest.mark.parametrize(
    ("said_so", "due", "life"),
    [
        ("已撤销", D8, [K.FOUND, K.DISPATCHED, K.WITHDRAWN]),
        ("已销号", "立行立改", [K.FOUND, K.FIXED_ON_THE_SPOT]),
        ("已整改", "立行立改", [K.FOUND, K.DISPATCHED, K.RECTIFIED]),
        ("挂账", D8, [K.FOUND, K.DISPATCHED]),
    ],
)
def test_what_each_state_makes_of_a_life(tmp_path: Path, said_so: str, due: object, life: list[eg.EventKind]) -> None:
    days = {"已撤销": (D3, None), "已销号": (D3, None), "已整改": (None, D3)}.get(said_so, (None, None))
    file = make(tmp_path, (*HEAD, "整改完成时间"), (*SOUND[:5], due, said_so, days[0], "镇", days[1]))
    [issue] = read(file).issues
    assert [event.what for event in issue.events] == life


def test_a_row_without_anybody_and_any_date_is_found_alone(tmp_path: Path) -> None:
    [issue] = read(make(tmp_path, HEAD, ("H1", D1, "甲村", "垃圾"))).issues
    assert [event.what for event in issue.events] == [K.FOUND]


def test_a_title_year_is_that_of_days_without_one(tmp_path: Path) -> None:
    row = ("H1", "10月1日", "甲村", "垃圾")
    assert [issue.found for issue in read(make(tmp_path, ("2022年台账",), HEAD, row)).issues] == [D1]
    assert [issue.found for issue in read(make(tmp_path, HEAD, row, sheet="2021年")).issues] == [date(2021, 10, 1)]
    assert said(read(make(tmp_path, HEAD, row))) == [("B2", "no year")]


def test_a_problem_is_a_value_that_can_be_stored(tmp_path: Path) -> None:
    from envgov.codec import from_dict, to_dict
    from envgov.workbooks import Problem

    problem = read(make(tmp_path, HEAD, ("D1", "上周", "甲村", "垃圾"))).problems[0]
    assert from_dict(to_dict(problem), {"Problem": Problem}) == problem


def test_the_grid_that_is_not_the_sheets_makes_every_place_unknown(tmp_path: Path) -> None:
    file = make(tmp_path, HEAD, *((f"W{n}", D1, f"第{n}村", "垃圾") for n in range(30)))
    reading = read(file, eg.Grid((eg.Unit("x", "第村", "村"),)))
    hinted = ["？" in problem.problem() for problem in reading.problems]
    assert hinted == [True] * 20 + [False] * 10, "similar names are looked for twenty times, and no more"
