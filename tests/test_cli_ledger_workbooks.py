"""Workbooks in and out of the ledger, as a clerk types it and as one who gets it wrong."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from clerks_workbooks import FULL as HEAD, make, png, sheet_of
from desks import Desk, opened
from test_cli import cells_of

W1 = ("A1", date(2024, 4, 1), "甲村", "垃圾", "甲村", date(2024, 4, 8), "未整改")
W2 = (
    "A2",
    date(2024, 4, 1),
    "乙村",
    "污水",
    "乙村",
    date(2024, 4, 9),
    "已销号",
    date(2024, 4, 5),
    date(2024, 4, 6),
    "镇整治办",
)
BAD = ("A3", date(2024, 4, 1), "丙材", "旱厕", "丙村", "等通知", "未整改")
HERE = "--at", "2024-05-02 8:00", "--unnamed", "镇整治办"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return opened(tmp_path, roster=True)


def take(desk: Desk, *more: str) -> Any:
    return desk.run("import", desk.file("台账.xlsx"), *HERE, *more)


def test_a_sound_workbook_is_entered_once(desk: Desk) -> None:
    make(desk.folder, HEAD, W1, W2)
    assert take(desk).output == "新录入问题2件、办理记录6条；此前已有0件\n"
    assert take(desk).output == "新录入问题0件、办理记录0条；此前已有2件\n"


def test_what_a_clerk_filled_in_is_entered(desk: Desk) -> None:
    make(desk.folder, HEAD, W1)
    take(desk)
    make(desk.folder, HEAD, (*W1[:6], "已销号", date(2024, 4, 5), date(2024, 4, 6), "镇整治办"))
    assert take(desk).output == "新录入问题0件、办理记录2条；此前已有0件\n"
    assert "已销号" in desk.do("show A1")


def test_a_workbook_with_a_fault_enters_nothing_and_every_fault_is_shown(desk: Desk) -> None:
    make(desk.folder, HEAD, W1, BAD)
    result = take(desk)
    assert result.exit_code == 1
    assert cells_of(result.output) == [
        ["台账", "C3", "丙材", "网格中没有这个单位（丙村？）", "请改正，或先把它加入网格"],
        ["台账", "F3", "等通知", "不是整改时限", "请写日期，或立行立改、长期坚持"],
    ]
    assert "Error: 2处影响录入，一件也没有录入" in result.output
    english = take(desk, "--language", "en").output
    assert "the grid has no such unit" in english
    assert "2 problems keep rows out, and nothing was entered" in english
    assert desk.data("show")["issues"] == []


def test_the_sound_rows_may_be_entered_alone(desk: Desk) -> None:
    make(desk.folder, HEAD, W1, BAD)
    result = take(desk, "--sound")
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == "新录入问题1件、办理记录2条；此前已有0件；未录入1件，见上"


def test_what_the_ledger_refuses_is_told_at_its_cell(desk: Desk) -> None:
    make(desk.folder, HEAD, W1, ("A3", *W1[1:5], "长期坚持", "未整改"))
    result = take(desk, "--sound")
    assert result.exit_code == 0
    [row] = cells_of(result.output)
    assert row[:3] == ["台账", "A3", "A3"]
    assert row[3].startswith("台账不收，交办须有时限：issue A3")
    assert result.output.splitlines()[-1].endswith("未录入1件，见上")
    assert take(desk).exit_code == 1


def test_without_anybody_who_did_it_the_option_is_named(desk: Desk) -> None:
    make(desk.folder, HEAD, W1)
    result = desk.run("import", desk.file("台账.xlsx"), "--at", "2024-05-02 8:00")
    assert [row[4] for row in cells_of(result.output)] == ["say with --unnamed who did it"]


def test_the_problems_are_written_as_a_workbook(desk: Desk) -> None:
    make(desk.folder, HEAD, W1, BAD)
    take(desk, "--problems", desk.file("问题清单.xlsx"))
    sheet = sheet_of(desk.file("问题清单.xlsx"), "问题清单")
    assert [[cell.value for cell in row[1:4]] for row in sheet.iter_rows(min_row=3)] == [
        ["台账", "C3", "丙材"],
        ["台账", "F3", "等通知"],
    ]
    make(desk.folder, HEAD, W1)
    again = take(desk, "--problems", desk.file("问题清单.xlsx"))
    assert (again.exit_code, "there is such a file already" in again.output) == (1, True)
    assert desk.data("show")["issues"] == []


def test_for_programs_the_problems_are_data(desk: Desk) -> None:
    make(desk.folder, HEAD, W1, BAD)
    data = json.loads(take(desk, "--sound", "--json").output)
    assert (data["issues"], data["entries"], data["known"], data["rows"]) == (1, 2, 0, 2)
    assert data["problems"][1] == {
        "sheet": "台账",
        "cell": "F3",
        "value": "等通知",
        "what": "no term",
        "problem": "不是整改时限",
        "remedy": "请写日期，或立行立改、长期坚持",
        "keeps_out": True,
    }


def test_a_long_list_is_cut_and_says_how_to_see_the_rest(desk: Desk) -> None:
    make(desk.folder, HEAD, *((f"A{n}", *BAD[1:]) for n in range(101)))
    assert "……另有2处；用--problems写成问题清单" in take(desk).output


def test_a_workbook_takes_no_layout_and_only_it_has_a_list_of_problems(desk: Desk) -> None:
    make(desk.folder, HEAD, W1)
    result = take(desk, "--layout", desk.file("rules.toml"))
    assert (result.exit_code, "SOURCE is a season's folder" in result.output) == (2, True)
    result = desk.run("import", str(desk.folder), "--problems", desk.file("x.xlsx"))
    assert (result.exit_code, "a workbook (.xlsx, --problems)" in result.output) == (2, True)


def test_the_ledger_goes_out_as_a_workbook_and_comes_back(desk: Desk) -> None:
    make(desk.folder, HEAD, W1, W2)
    take(desk)
    out = desk.file("出.xlsx")
    assert desk.run("export", out, "--on", "2024-05-02").output == f"{out}：2件\n"
    rows = [[cell.value for cell in row] for row in sheet_of(out, "台账").iter_rows(min_row=4, max_row=5)]
    assert [(row[1], row[7], row[13]) for row in rows] == [("A1", "甲村", "未整改"), ("A2", "乙村", "已销号")]
    again = desk.run("import", out, *HERE)
    assert again.output.splitlines()[-1] == "新录入问题0件、办理记录0条；此前已有2件"
    assert desk.run("export", out).exit_code == 1


def test_a_workbook_is_of_a_day(desk: Desk) -> None:
    make(desk.folder, HEAD, W1, W2)
    take(desk)
    assert desk.data(f"export {desk.file('三.xlsx')} --on 2024-03-31")["rows"] == 0
    assert desk.data(f"export {desk.file('四.xlsx')} --on 2024-04-05 --language en")["rows"] == 2
    states = [cell.value for cell in sheet_of(desk.file("四.xlsx"), "台账")["N"][3:5]]
    assert states == ["未整改", "已整改"]


def test_a_day_that_no_workbook_holds_is_told_with_its_issue(desk: Desk) -> None:
    desk.do(
        "add W1 --place 甲村 --day 1900-01-15",
        "add W2 --place 甲村 --day 1900-02-28",
    )
    told = desk.refused(f"export {desk.file('出.xlsx')}")
    assert ("2 faults" in told, "'W1'" in told, "'W2'" in told) == (True, True, True)


def test_a_row_about_an_issue_of_such_a_day_is_told_and_not_taken(desk: Desk) -> None:
    desk.do("add A1 --place 甲村 --day 1900-01-15")
    make(desk.folder, HEAD, W1)
    told = take(desk)
    assert told.exit_code == 1
    assert ("found=1900-01-15" in told.output, "请在台账中办理" in told.output) == (True, True)


@pytest.mark.parametrize("option", ["--on 2024-05-02", "--photos ."])
def test_a_folder_takes_no_option_of_a_workbook(desk: Desk, option: str) -> None:
    assert "TARGET is a workbook" in desk.misunderstood(f"export {desk.file('season')} {option}")


def test_photographs_come_from_a_folder(desk: Desk) -> None:
    make(desk.folder, (*HEAD, "整改前照片"), (*W1, "", "", "", "1.png"))
    take(desk)
    png(desk.folder / "1.png")
    desk.run("export", desk.file("出.xlsx"), "--photos", str(desk.folder))
    with ZipFile(desk.file("出.xlsx")) as archive:
        assert "xl/media/image1.png" in archive.namelist()


@pytest.mark.parametrize("missing", ["xlsxwriter", "python_calamine"])
def test_without_its_extra_the_command_says_in_one_line_what_to_install(
    desk: Desk, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("envgov.workbooks")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    told = "workbooks need their extra: python3 -m pip install 'envgov[workbooks]'"
    assert desk.failed(f"export {desk.file('x.xlsx')}", 1) == told
