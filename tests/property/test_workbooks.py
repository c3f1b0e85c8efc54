"""Whatever rows are written as a workbook, the same rows are read back; and issues become the rows that they were."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve
from hypothesis import given, settings, strategies as st

import envgov as eg
from envgov.workbooks import Row, Term, read_workbook, rows_of, write_workbook
from envgov.workbooks.issues import Intake, key_of
from envgov.workbooks.row import Progress

GRID = eg.Grid((eg.Unit("v1", "甲村", "村"), eg.Unit("v2", "乙村", "村")))
NASTY = st.sampled_from(
    ["=1+1", "_x0041_", "\u202e", "、", "/", '["', "\n", "'", "2022.10.9前", "W", "甲村", "_x", "005F_"]
)
TEXT = st.lists(NASTY | st.text(max_size=8), max_size=5).map("".join)
DAYS = st.dates(date(1900, 3, 1), date(2199, 12, 31))
NAMES = st.lists(TEXT, max_size=3).map(tuple)
ROWS = st.builds(
    Row,
    TEXT,
    *[DAYS | st.none(), *[TEXT] * 6, NAMES, *[TEXT] * 3],
    DAYS | st.none() | st.sampled_from(Term),
    st.none() | st.sampled_from(Progress),
    *[DAYS | st.none(), DAYS | st.none(), TEXT, NAMES, NAMES, TEXT],
)


def through_a_workbook(rows: list[Row]) -> list[Row]:
    with TemporaryDirectory() as folder:
        file = Path(folder, "台账.xlsx")
        write_workbook(rows, file, GRID, on=date(2024, 1, 1))
        return [placed.row for placed in read_workbook(file, GRID).rows]


def is_blank(row: Row) -> bool:
    """A row in which nothing stands is no row of a sheet."""
    return row == Row()


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=4))
def test_rows_are_read_back_as_they_were_written(rows: list[Row]) -> None:
    kept = [row for row in rows if not is_blank(row)]
    assert through_a_workbook(kept) == kept


@settings(max_examples=60, deadline=None)
@given(ROWS, DAYS)
def test_a_row_read_twice_makes_the_same_issue_and_is_known(row: Row, found: date) -> None:
    row = evolve(row, place="甲村", found=found, responsible=("乙村",), accepted_by="镇")
    key = key_of(row)
    issue, _ = Intake(GRID, lambda _: None).issue(row, key)
    if issue is not None:
        again, doubts = Intake(GRID, {key: issue}.get).issue(row, key)
        assert again == issue
        assert [doubt for doubt in doubts if doubt.what == "differs"] == []
        assert rows_of([issue], GRID)[0].found == row.found
