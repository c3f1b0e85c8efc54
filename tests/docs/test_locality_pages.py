"""Each page on a locality names, for every sentence of its report, where it stands in code and which test holds it."""

import ast
import importlib
import re
import tomllib
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    page
    for page in sorted((ROOT / "docs" / "localities").glob("*.md"))
    if page.stem != "index" and "." not in page.stem
]
CODES = sorted(folder.name.removeprefix("envgov-") for folder in (ROOT / "plugins").glob("envgov-*"))
HEAD = "| # | Sentence | Decided | Where | Test |"
NUMBER = re.compile(r"[RNOCLA]\d+")
NONE = "—"


class Row(NamedTuple):
    number: str
    sentence: str
    decided: str
    where: str
    test: str


def rows_of(page: Path) -> list[Row]:
    lines = page.read_text(encoding="utf-8").splitlines()
    table = lines[lines.index(HEAD) + 2 :]
    end = next((i for i, line in enumerate(table) if not line.startswith("|")), len(table))
    return [Row(*(cell.strip() for cell in line.strip("|").split("|"))) for line in table[:end]]


def named_in(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def stands(code: str, where: str) -> bool:
    """Whether a file of the checkout, or a name of the plugin's package, is there."""
    package = f"envgov_{code.replace('-', '_')}"
    if not where.startswith(package):
        return (ROOT / where).exists()
    try:
        attrgetter(where.removeprefix(f"{package}."))(importlib.import_module(package))
    except AttributeError:
        return False
    return True


def known_tests(code: str) -> set[str]:
    folder = ROOT / "plugins" / f"envgov-{code}" / "tests"
    named = {
        f"{file.name}::{node.name}"
        for file in folder.glob("test_*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    cases = tomllib.loads((folder / "cases.toml").read_text(encoding="utf-8"))["case"]
    return named | {f"cases.toml: {case['name']}" for case in cases}


@pytest.fixture(params=PAGES, ids=lambda page: page.stem)
def page(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With the plugin as it is in the checkout, whether or not it is installed."""
    page: Path = request.param
    monkeypatch.syspath_prepend(ROOT / "plugins" / f"envgov-{page.stem}" / "src")
    return page


def test_every_locality_has_a_page_but_louxing_that_has_its_tutorial() -> None:
    assert [page.stem for page in PAGES] == [code for code in CODES if code != "louxing"]


def test_rows_are_numbered_kind_by_kind_without_a_gap(page: Path) -> None:
    numbers = [row.number for row in rows_of(page)]
    assert all(map(NUMBER.fullmatch, numbers))
    for kind in {number[0] for number in numbers}:
        counted = [int(number[1:]) for number in numbers if number[0] == kind]
        assert sorted(counted) == list(range(1, len(counted) + 1))


def test_every_row_quotes_and_says_what_is_decided(page: Path) -> None:
    assert [row.number for row in rows_of(page) if not row.sentence or not row.decided] == []


def test_what_a_row_points_to_is_there(page: Path) -> None:
    missing = [
        (row.number, where)
        for row in rows_of(page)
        for where in named_in(row.where) or [row.where]
        if where != NONE and not stands(page.stem, where)
    ]
    assert missing == []


def test_the_test_that_a_row_names_is_there(page: Path) -> None:
    known = known_tests(page.stem)
    missing = [
        (row.number, test)
        for row in rows_of(page)
        for test in named_in(row.test) or [row.test]
        if test != NONE and test not in known
    ]
    assert missing == []


def test_whoever_stands_in_code_is_tested(page: Path) -> None:
    untested = [row.number for row in rows_of(page) if row.where != NONE and not named_in(row.test)]
    assert untested == []
