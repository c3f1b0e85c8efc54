"""docs/frames-tables.md has the columns that frames read, answer and keep, and says which may be absent or empty."""

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from envgov.facts.issue import EventKind
from envgov.frames.doubts import MAY_BE_EMPTY
from envgov.frames.intake import CODES
from envgov.frames.tables import COLUMNS, OPTIONAL, POINTS

PAGE = (Path(__file__).parents[2] / "docs" / "frames-tables.md").read_text(encoding="utf-8")
PARTS = dict(part.split("\n", 1) for part in re.split(r"^##+ ", PAGE, flags=re.MULTILINE)[1:])
NAMED = re.compile(r"`([a-z_ ]+)`")
OF_CODES = {
    (table, column)
    for given, compared in CODES.items()
    for table, columns in COLUMNS.items()
    for column in columns
    if (table, column) == given or column in compared
} - {("rulings", "issue")}
KINDS = {str: "text", int: "whole number", bool: "true or false"}


class Row(NamedTuple):
    column: str
    kind: str
    absent: str = ""
    empty: str = ""


def rows_of(table: str) -> list[Row]:
    """All but what each column holds, which stands last."""
    lines = re.findall(r"^\| `(\w+)` \|(.*)\|.*\|$", PARTS[table], re.MULTILINE)
    return [Row(name, *(cell.strip() for cell in cells.split("|"))) for name, cells in lines]


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """What the blocks of Python on the page make."""
    made: dict[str, Any] = {}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE):
        exec(compile(block, "frames-tables.md", "exec"), made)  # noqa: S102 - the page is ours, and its blocks are run as a reader runs them
    return made


def test_every_table_is_listed_and_has_a_section_with_its_columns() -> None:
    assert re.findall(r"^\| \[(\w+)\]\(#", PAGE, re.MULTILINE) == list(COLUMNS)
    assert {table: [row.column for row in rows_of(table)] for table in COLUMNS} == {
        table: list(columns) for table, columns in COLUMNS.items()
    }


def test_the_columns_that_may_be_absent_are_marked_and_no_others() -> None:
    marks = {(table, row.column): row.absent for table in COLUMNS for row in rows_of(table)}
    assert set(marks.values()) == {"", "yes"}
    assert {column for column, mark in marks.items() if mark} == OPTIONAL


def test_a_cell_may_be_null_where_the_page_says_so() -> None:
    empty = {(table, row.column): row.empty for table in COLUMNS for row in rows_of(table)}
    assert {column for column, says in empty.items() if says.startswith("null")} == MAY_BE_EMPTY
    assert {column for column, says in empty.items() if says.startswith('`""`')} == OPTIONAL - MAY_BE_EMPTY
    assert all(says.startswith(("null", '`""`')) for says in empty.values() if says)


def test_every_column_is_of_the_kind_that_the_page_says() -> None:
    def kind_of(table: str, column: str) -> str:
        if (table, column) in OF_CODES | POINTS:
            return "code" if (table, column) in OF_CODES else "points"
        return KINDS.get(COLUMNS[table][column], "day")

    told = {(table, row.column): row.kind for table in COLUMNS for row in rows_of(table)}
    assert told == {(table, column): kind_of(table, column) for table, column in told}


def test_the_kinds_of_events_are_all_named() -> None:
    [named] = [text for text in PARTS["events"].split("\n\n") if text.startswith("The kinds:")]
    named, _, _ = named.partition(" What they mean")
    assert sorted(NAMED.findall(named.replace("\n", " "))) == sorted(kind.value for kind in EventKind)


def test_the_tables_of_a_result_have_the_columns_of_the_page(shown: dict[str, Any]) -> None:
    tables = shown["result"].to_polars()
    found = {name: table.columns for name, table in tables.items()}
    assert {name: [row.column for row in rows_of(name)] for name in found} == found
    kinds = {"Int64": "whole number", "String": "text", "Boolean": "true or false", "Date": "day"}
    for name, table in tables.items():
        told = {row.column: "text" if row.kind == "code" else row.kind for row in rows_of(name)}
        assert told == {column: kinds[str(kind)] for column, kind in table.schema.items()}


def test_the_tables_of_a_state_have_the_columns_of_the_page(shown: dict[str, Any]) -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]*) \|", PARTS["A state"], re.MULTILINE)
    found = {name: table.to_polars().columns for name, table in shown["state"].tables.items()}
    assert {name: NAMED.findall(columns) for name, columns in rows} == {
        name: [re.sub(r"\d+$", "n", column) for column in columns] for name, columns in found.items()
    }
