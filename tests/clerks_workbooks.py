"""Workbooks as clerks make them, and what was read of them."""

import struct
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook

import envgov as eg
from envgov.workbooks import Reading, read_workbook

GRID = eg.Grid(
    (
        eg.Unit("t", "青石镇", "镇"),
        eg.Unit("u", "白水镇", "镇"),
        eg.Unit("v1", "甲村", "村", "t"),
        eg.Unit("v2", "乙村", "村", "t"),
        eg.Unit("v3", "新村", "村", "t"),
        eg.Unit("v4", "新村", "村", "u"),
    )
)
HEAD = ("问题编号", "发现日期", "所属村", "问题描述", "责任单位", "整改时限", "完成情况", "销号时间", "验收人")
FULL = (*HEAD[:7], "整改完成时间", *HEAD[7:])
"""With the day on which it was rectified, too."""
D1, D3, D8, D9 = (date(2022, 10, day) for day in (1, 3, 8, 9))
SOUND = ("W1", D1, "甲村", "垃圾", "甲村", D8, "已销号", D3, "镇环卫办")


def make(folder: Path, *rows: Sequence[Any], merged: Sequence[str] = (), sheet: str = "台账") -> Path:
    """A workbook of one sheet; the first row is row 1."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = sheet
    for row in rows:
        first.append(list(row))
    for cells in merged:
        first.merge_cells(cells)
    return save(book, folder)


def sheet_of(file: Path | str, name: str, **more: Any) -> Any:
    """A sheet as openpyxl, another reader than the library's, has it."""
    return load_workbook(file, **more)[name]


def save(book: Workbook, folder: Path) -> Path:
    file = folder / "台账.xlsx"
    book.save(file)
    return file


def read(file: Path, grid: eg.Grid = GRID, **more: Any) -> Reading:
    before = file.read_bytes()
    reading = read_workbook(file, grid, **more)
    assert file.read_bytes() == before, "a clerk's file is never written to"
    return reading


def said(reading: Reading) -> list[tuple[str, str]]:
    """The cells with a problem, each with its kind; every one has words in both languages."""
    for problem in reading.problems:
        for language in ("zh", "en"):
            assert problem.problem(language)
            assert problem.remedy(language) or not problem.is_grave
    return [(problem.cell, problem.what) for problem in reading.problems]


def change(file: Path, part: str, edit: Callable[[bytes], bytes]) -> Path:
    """The workbook with a part that is edited, or added where it has none such."""
    with ZipFile(file) as old:
        parts = {info.filename: old.read(info) for info in old.infolist()}
    parts[part] = edit(parts.get(part, b""))
    with ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return file


def png(file: Path, width: int = 40, height: int = 30) -> Path:
    """A photograph, all of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress((b"\0" + b"\xc0\x30\x30" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))
    return file
