"""What workbooks cost beside XlsxWriter and calamine alone, on the same cells: a part of `nox -s bench`."""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

import envgov as eg
from envgov.workbooks import Row, read_workbook, write_workbook

DAY = date(2024, 4, 1)


def taken(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def write_bare(file: Path, rows: list[Row]) -> None:
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for nth, row in enumerate(rows):
            sheet.write_datetime(nth, 0, row.found, day)
            texts = (row.id, row.source, row.category, row.description, row.location, row.place, *row.responsible)
            for at, text in enumerate(texts, 1):
                sheet.write_string(nth, at, text)


def bench_workbooks(rows: int = 50_000) -> None:
    villages = [f"第{n}村" for n in range(500)]
    grid = eg.Grid(tuple(eg.Unit(f"v{n}", name, "村") for n, name in enumerate(villages)))
    given = [
        Row(f"W{n}", DAY, "督导", "垃圾堆放", f"第{n}号点位垃圾未清运", "村口", place=village, responsible=(village,))
        for n, village in ((n, villages[n % 500]) for n in range(rows))
    ]
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = Path(folder, "台账.xlsx"), Path(folder, "bare.xlsx")
        writing = taken(lambda: write_workbook(given, ours, grid, on=DAY))
        beside = taken(lambda: write_bare(bare, given))
        reading = taken(lambda: read_workbook(ours, grid))
        with CalamineWorkbook.from_path(ours) as book:
            cells = taken(lambda: book.get_sheet_by_index(0).to_python())
        assert [placed.row for placed in read_workbook(ours, grid).rows] == given
    print(f"a workbook of {rows} rows: written in {writing / beside:.1f} times what XlsxWriter takes for its cells,")
    print(f"  read back the same in {reading / cells:.1f} times what calamine takes for its cells")


if __name__ == "__main__":
    bench_workbooks(*map(int, sys.argv[1:]))
