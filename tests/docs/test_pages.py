"""Runs what the README and the pages show: Python blocks with the output after them, and `$ envgov` commands."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser

from envgov.cli import envgov

ROOT = Path(__file__).parents[2]


def matches(expected: str, actual: str) -> str:
    """Nothing where they agree; a line `...` stands for any lines."""
    wanted = [line.rstrip() for line in expected.strip("\n").splitlines()]
    found = [line.rstrip() for line in actual.strip("\n").splitlines()]
    for i, line in enumerate(wanted):
        if line == "...":
            rest = wanted[i + 1 :]
            return matches("\n".join(rest), "\n".join(found[len(found) - len(rest) :])) if rest else ""
        if i >= len(found) or found[i] != line:
            return f"line {i + 1}: shown {line!r}, really {found[i] if i < len(found) else None!r}\n{actual}"
    return "" if len(found) == len(wanted) else f"shown {len(wanted)} lines, really {len(found)}:\n{actual}"


def run_python(example: Example) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(example.parsed, example.path, "exec"), example.namespace)  # noqa: S102
    example.namespace["printed"] = printed.getvalue()
    return ""


def compare_text(example: Example) -> str:
    return matches(example.parsed, str(example.namespace.pop("printed", "")))


def run_console(example: Example) -> str:
    """Each `$ envgov` command with the lines up to the next `$`; of other commands only `export NAME=VALUE` counts."""
    environment = example.namespace.setdefault("environment", {})
    for block in ("\n" + example.parsed).split("\n$ ")[1:]:
        command, _, shown = block.partition("\n")
        words = shlex.split(command)
        if words[0] == "export":
            environment.update([words[1].split("=", 1)])
        if words[0] != "envgov" or "&&" in words:
            continue
        result = CliRunner().invoke(envgov, words[1:], prog_name="envgov", env=environment)
        if not shown.strip():
            assert result.exit_code == 0, result.output
        elif difference := matches(shown, result.output):
            return f"$ {command}\n{difference}"
    return ""


PARSERS = [
    CodeBlockParser(language="python", evaluator=run_python),
    CodeBlockParser(language="text", evaluator=compare_text),
    CodeBlockParser(language="console", evaluator=run_console),
]
SHOWN = re.compile(r"This is\s`(docs/examples/[^`]+)`[^`]*```\w+\n(.*?)```", re.DOTALL)
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_shows_is_what_happens(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that looks like the checkout, so that what a page writes is not left there."""
    for entry in ROOT.iterdir():
        (tmp_path / entry.name).symlink_to(entry)
    monkeypatch.chdir(tmp_path)
    document = Sybil(parsers=PARSERS).parse(page)
    for example in document.examples():
        example.evaluate()


def test_a_file_that_a_page_shows_whole_is_that_file() -> None:
    shown = [found for page in PAGES for found in SHOWN.findall(page.read_text(encoding="utf-8"))]
    assert len(shown) == 3
    for path, text in shown:
        assert text == (ROOT / path).read_text(encoding="utf-8")


def test_the_pages_show_something() -> None:
    assert sum(len(list(Sybil(parsers=PARSERS).parse(page).examples())) for page in PAGES) > 20


def test_a_page_that_shows_something_else_is_caught() -> None:
    assert matches("a\n...\nd", "a\nb\nc\nd") == ""
    assert matches("a\n...", "a\nb") == ""
    assert "shown 'b', really 'x'" in matches("a\nb", "a\nx")
    assert "shown 1 lines, really 2" in matches("a", "a\nb")
