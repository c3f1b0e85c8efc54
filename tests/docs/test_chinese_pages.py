"""Pages for officials and clerks stand in Chinese too, and show what the English ones show."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LOCALITIES = [f"localities/{path.stem}" for path in sorted((DOCS / "localities").glob("*.md")) if "." not in path.stem]
TRANSLATED = ["check", "season-csv", "ledger/clerk", "ledger/tables", *LOCALITIES]
"""Block by block the same; the others are written for their readers, and shorter."""
WANTED = ["index", "bulletin", "papers", "site", "ledger/workbooks", *TRANSLATED]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OPTION = re.compile(r"--[a-z][a-z-]+")


def read(page: str) -> str:
    return (DOCS / f"{page}.md").read_text(encoding="utf-8")


def given(page: str) -> list[str]:
    """What the reader types or copies: commands, in whatever language they answer, and code."""
    typed: list[str] = []
    for kind, text in BLOCK.findall(read(page)):
        if kind == "console":
            typed += re.findall(r"^\$ (.*)", text.replace(" --language en", ""), re.MULTILINE)
        elif kind != "text":
            typed.append(text)
    return typed


def test_these_pages_and_no_others_are_in_chinese() -> None:
    found = {path.relative_to(DOCS).as_posix().removesuffix(".zh.md") for path in DOCS.rglob("*.zh.md")}
    assert found == set(WANTED)


@pytest.mark.parametrize("page", WANTED)
def test_both_languages_lead_to_each_other(page: str) -> None:
    name = Path(page).name
    assert f"]({name}.zh.md)" in read(page)
    assert f"]({name}.md)" in read(f"{page}.zh")


@pytest.mark.parametrize("page", TRANSLATED)
def test_a_translated_page_gives_the_same_commands_and_code(page: str) -> None:
    assert given(f"{page}.zh") == given(page)


@pytest.mark.parametrize("page", [page for page in WANTED if page != "index"])
def test_a_chinese_page_names_no_option_that_the_english_one_does_not(page: str) -> None:
    assert set(OPTION.findall(read(f"{page}.zh"))) <= set(OPTION.findall(read(page)))


@pytest.mark.parametrize("page", [page for page in LOCALITIES if page != "localities/index"])
def test_each_sentence_of_a_report_stands_in_both_languages_with_the_same_code_and_test(page: str) -> None:
    def rows(text: str) -> list[tuple[str, ...]]:
        lines = re.findall(r"^\| ([RNOCLA]\d+) \|.*?\|.*?\| (.*)", text, re.MULTILINE)
        return [tuple(line) for line in lines]

    assert rows(read(page))
    assert rows(read(f"{page}.zh")) == rows(read(page))


def test_columns_of_tables_are_the_same_in_both_languages() -> None:
    english = re.findall(r"^\| (`\w+`.*?) \| (\S.*?) \| (?:yes)?", read("season-csv"), re.MULTILINE)
    for columns, headers in english:
        assert f"| {headers.replace(', ', '、')} | {columns.replace(', ', '、')} |" in read("season-csv.zh"), columns
