"""Files that would do harm, or are no workbooks: refused before they are unpacked, and by name."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
import xlsxwriter
from openpyxl import Workbook

from clerks_workbooks import GRID, HEAD, SOUND, change, make, read, said
from envgov import InputError
from envgov.workbooks import package, read_workbook

SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def refused(file: Path) -> str:
    with pytest.raises(InputError) as error:
        read_workbook(file, GRID)
    [fault] = error.value.faults
    assert fault.file == file.name
    assert fault.remedy
    return fault.problem


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return make(tmp_path, HEAD, SOUND)


def test_a_part_that_unpacks_to_too_much_is_refused_before_it_is(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_XML", 2**20)
    bomb = b"<sst>" + b" " * 2**21 + b"</sst>"
    change(file, TEXTS, lambda _: bomb)
    assert file.stat().st_size < 2**14
    assert refused(
        file
    ) == "its part xl/sharedStrings.xml unpacks to more than 1,048,576 bytes" or "unpacks" in refused(file)


def test_a_part_that_lies_about_its_size_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_SMALL", 2**16)
    change(file, "xl/theme/theme1.xml", lambda _: b"<a/>" + b" " * 2**17)
    raw = file.read_bytes()
    size = (2**17 + 4).to_bytes(4, "little")
    assert raw.count(size) == 2, "in the part's own header, and in the directory"
    file.write_bytes(raw.replace(size, (100).to_bytes(4, "little")))
    with ZipFile(file) as archive:
        assert archive.getinfo("xl/theme/theme1.xml").file_size == 100
    assert refused(file) == "its part xl/theme/theme1.xml unpacks to more than 65,536 bytes"


def test_all_parts_together_are_bounded(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ZipFile(file) as archive:
        sizes = [info.file_size for info in archive.infolist()]
    monkeypatch.setattr(package, "MAX_XML", sum(sizes))
    assert read(file).issues
    monkeypatch.setattr(package, "MAX_XML", sum(sizes) - 1)
    assert "unpacks to more than" in refused(file)


def test_a_file_that_is_too_big_is_not_opened(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_FILE", file.stat().st_size - 1)
    assert refused(file).startswith("the file has more than")


def test_too_many_parts_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    assert refused(file) == "it has more than 3 parts, or two of one name"


def test_two_parts_of_one_name_are_refused(file: Path) -> None:
    with ZipFile(file, "a") as archive:
        archive.writestr("XL/workbook.xml", b"<workbook/>")
    assert "two of one name" in refused(file)


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/comments/comment1.xml"])
@pytest.mark.parametrize(
    "edit",
    [
        lambda raw: raw.replace(b"<", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><', 1),
        lambda raw: b"<!--" + b"-" * 65_536 + b"--><!DOCTYPE x>" + raw,
        lambda raw: b"<!--" + b"-" * (65_536 - 9) + b"--><!DOCTYPE x>" + raw,
        lambda raw: raw.decode().encode("utf-16"),
    ],
)
def test_entities_and_other_encodings_are_refused(file: Path, part: str, edit: Callable[[bytes], bytes]) -> None:
    change(file, part, lambda raw: edit(raw or b"<x/>"))
    assert refused(file) == f"its part {part} declares entities, or is no UTF-8"


@pytest.mark.parametrize(
    ("cell", "reaches"),
    [
        (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD1048576"),
        (b"<row r='900000'><c t='n' r = 'xfd900000'><v>1</v></c></row>", "XFD900000"),
        (b'<row r="900000"><c><v>1</v></c></row>', "I900000"),
    ],
)
def test_a_cell_far_away_is_refused_with_its_name(file: Path, cell: bytes, reaches: str) -> None:
    change(file, SHEET, lambda raw: raw.replace(b"</sheetData>", cell + b"</sheetData>"))
    assert refused(file) == f"the sheet 台账 reaches to {reaches}: more than 4,000,000 cells"


def test_a_tag_of_a_megabyte_takes_no_longer_than_its_length(file: Path) -> None:
    tag = b"<c" + b' r="A9"' * 150_000 + b"/>"
    change(file, SHEET, lambda raw: raw.replace(b"</sheetData>", b"<row>" + tag + b"</row></sheetData>"))
    assert len(read(file).issues) == 1


def test_formats_far_away_are_no_cells(file: Path) -> None:
    empty = b'<row r="1048575"><c r="A1048575" s="0"/></row><row r="1048576" ht="12"/>'
    change(file, SHEET, lambda raw: raw.replace(b"</sheetData>", empty + b"</sheetData>"))
    assert len(read(file).issues) == 1


def test_a_text_that_is_shown_very_often_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, HEAD)
        for nth in range(1, 101):
            sheet.write_row(nth, 0, (f"W{nth}", "2022-10-01", "甲村", "长" * 1000))
    monkeypatch.setattr(package, "MAX_SHOWN", 310_000)
    assert len(read(file).issues) == 100, "a hundred texts of three thousand bytes"
    monkeypatch.setattr(package, "MAX_SHOWN", 290_000)
    assert refused(file) == "the texts of the sheet 台账 have more than 290,000 bytes"


def test_too_many_merged_ranges_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    merged = make(file.parent, HEAD, SOUND, merged=("A2:A3", "B2:B3"))
    monkeypatch.setattr(package, "MAX_MERGES", 1)
    assert refused(merged) == "the sheet 台账 has more than 1 merged ranges"


def test_a_merged_range_beyond_the_cells_is_passed_over(file: Path) -> None:
    ranges = ("A2:A900000", "Z1:Z3", "A1000000:C1048576")
    merged = "".join(f'<mergeCell ref="{cells}"/>' for cells in ranges)
    added = f"</sheetData><mergeCells>{merged}</mergeCells>".encode()
    change(file, SHEET, lambda raw: raw.replace(b"</sheetData>", added))
    assert [placed.cell for placed in read(file).rows] == ["A2"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "this is no sound workbook: File is not a zip file"),
        (b"a,b\n1,2\n", "this is no sound workbook: File is not a zip file"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "this is an old or a locked workbook"),
    ],
)
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes, problem: str) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(content)
    assert refused(file) == problem


def test_a_zip_of_something_else_is_told(tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refused(file) == "this is no workbook of Excel or WPS"


def test_broken_parts_are_told(file: Path) -> None:
    whole = file.read_bytes()
    change(file, "xl/workbook.xml", lambda raw: raw[:50])
    assert refused(file).startswith("this is no sound workbook")
    file.write_bytes(whole)
    change(file, "xl/_rels/workbook.xml.rels", lambda raw: raw.replace(b"sheet1.xml", b"sheet1.png"))
    assert refused(file) == "the sheet 台账 is not where the workbook says"
    file.write_bytes(whole)
    change(file, "xl/styles.xml", lambda _: b"<styleSheet><cellXfs><a>")
    assert refused(file).startswith("this is no sound workbook")


def test_a_part_that_was_altered_is_told(tmp_path: Path) -> None:
    file = make(tmp_path, HEAD, SOUND)
    with ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with ZipFile(file, "w", ZIP_STORED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    file.write_bytes(file.read_bytes().replace(b"W1", b"W2"))
    assert refused(file).startswith("this is no sound workbook: Bad CRC-32")


def test_pictures_are_not_unpacked(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_SMALL", 2**16)
    change(file, "xl/media/image1.png", lambda _: b"\0" * 2**20)
    assert len(read(file).issues) == 1


def test_a_text_of_a_megabyte_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet.append((*SOUND[:3], "长" * 30_000, *SOUND[4:]))
    memory = BytesIO()
    book.save(memory)
    file = tmp_path / "台账.xlsx"
    file.write_bytes(memory.getvalue())
    reading = read(file)
    assert said(reading) == [("D2", "too long")]
    assert len(reading.problems[0].value) == 200
    assert len(reading.rows[0].row.description) == 16_000
    assert reading.issues == ()


def test_marks_of_direction_are_taken_out_and_told(tmp_path: Path) -> None:
    row = (*SOUND[:3], "\u202e垃\u200b圾\u2066", *SOUND[4:])
    reading = read(make(tmp_path, HEAD, row))
    assert said(reading) == [("D2", "invisible")]
    assert [issue.description for issue in reading.issues] == ["垃圾"]
