"""What the command line says beside its result, and how it folds long lines on a terminal."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from envgov.cli import envgov
from envgov.cli.output import print_text

LOUXING = Path(__file__).parents[1] / "docs" / "examples" / "louxing"
WORDS = "人居环境整治" * 8


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_channel_spelt_a_little_otherwise_is_told_beside_the_result(tmp_path: Path) -> None:
    town = shutil.copytree(LOUXING, tmp_path / "town")
    visits = (town / "inspections.csv").read_text(encoding="utf-8").replace(",抽查,", ",抽检,")
    (town / "inspections.csv").write_text(visits, encoding="utf-8")
    result = CliRunner().invoke(envgov, ["assess", "--season", str(town)])
    assert result.exit_code == 0
    assert result.stderr == "note: 139 inspections of channel '抽检' are read by no scheme; '抽查' is\n"
    assert "抽检" not in result.stdout


def test_on_a_terminal_a_long_line_goes_on_under_its_own_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout", terminal := Terminal())
    print_text(f"短\n\n    {WORDS}")
    assert terminal.getvalue().splitlines() == ["短", "", "    " + WORDS[:27], "      " + WORDS[27:]]
