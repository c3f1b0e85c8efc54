"""`envgov check`: what it prints, and how it ends."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import envgov as eg
from envgov.cli import envgov

ROOT = Path(__file__).parents[1]
VILLAGES = str(ROOT / "docs" / "examples" / "check" / "villages.csv")
STREETS = str(ROOT / "docs" / "examples" / "louxing" / "published" / "streets.csv")


def run(*args: str) -> Result:
    return CliRunner(env={"FORCE_COLOR": None, "TTY_COMPATIBLE": None}).invoke(envgov, ["check", *args])


def test_a_table_in_which_something_is_wrong_ends_with_1_and_the_report() -> None:
    result = run(VILLAGES)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == eg.lint(eg.read_table(VILLAGES)).text() + "\n"


def test_a_table_in_which_nothing_is_wrong_ends_with_0_and_says_what_was_checked() -> None:
    result = run(STREETS, "--language", "en")
    assert result.exit_code == 0
    assert "checked 排名 by 合计得分, within 期次: 15 printed (recognised from the headings)" in result.stdout
    assert "0 wrong, 0 undecidable" in result.stdout


def test_what_is_undecidable_alone_is_listed_and_ends_with_0(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("村,得分,名次\n甲,90,1\n乙,90,2\n", encoding="gb18030")
    result = run(str(tmp_path / "t.csv"))
    assert result.exit_code == 0
    assert "有误0处，无法判定1处" in result.stdout
    assert "乙" in result.stdout.splitlines()[-2]


def test_claims_are_given_one_by_one() -> None:
    result = run(STREETS, "--claim", "合计得分 = 环境卫生得分 + 城管实际得分", "--claim", "rows = 16")
    assert result.exit_code == 1
    assert "已核对 合计得分 = 环境卫生得分 + 城管实际得分：15处\n已核对 rows = 16：1处\n" in result.stdout
    assert re.search(r"^- +16 +15 +有误 +rows = 16$", result.stdout, re.MULTILINE)


def test_the_report_as_json_for_programs() -> None:
    result = run(VILLAGES, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {"schema": 1, "report": eg.lint(eg.read_table(VILLAGES)).to_dict()}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Error: 1 fault:\nt.csv: the file is empty; write a row of headings"),
        ("村,说明\n甲,好\n", "t.csv: the headings say nothing that can be checked; claim something: write a sentence"),
        ("村,得分\n甲\n", "t.csv, row 2: 1 cells under 2 headings"),
    ],
)
def test_a_file_with_faults_or_nothing_to_check_ends_with_1(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    result = run(str(tmp_path / "t.csv"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "Missing argument 'TABLE'"),
        (("none.csv",), "'none.csv' does not exist"),
        (
            (STREETS, "--claim", "排名 得分"),
            "Invalid value for --claim: 1 fault: claim, character 4: 'by', 'from' or '='",
        ),
        ((STREETS, "--claim", "排名 by 得分"), "(found '得分'); did you mean"),
    ],
)
def test_a_command_that_was_not_understood_ends_with_2(args: tuple[str, ...], said: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_the_example_in_its_help_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    example = re.search(r"Example: envgov check (.*)", run("--help").stdout, re.DOTALL)
    assert example is not None
    assert run(*shlex.split(example[1])).exit_code == 0
