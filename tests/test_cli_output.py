"""What the command line says beside its result, and how it folds long lines on a terminal."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from envgov.cli import envgov
from envgov.cli.output import print_table, print_text

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
    assert result.stderr == (
        "注意：inspections.csv：渠道“抽检”（139条）没有办法采用，办法采用的是“抽查”"
        "（万宝/万宝、万宝/下洲、万宝/东冲、万宝/匡家、万宝/垭古等89处）；如系笔误，请改正该表或办法\n"
    )
    assert "抽检" not in result.stdout
    english = CliRunner().invoke(envgov, ["explain", "双江", "--season", str(town), "--language", "en"])
    assert english.stderr.startswith("note: inspections.csv: the channel “抽检” (rows: 139) is read by no scheme")


def test_of_a_sound_season_nothing_is_told_beside_the_result() -> None:
    assert CliRunner().invoke(envgov, ["assess", "--season", str(LOUXING)]).stderr == ""


def test_on_a_terminal_a_long_line_goes_on_under_its_own_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout", terminal := Terminal())
    print_text(f"短\n\n    {WORDS}")
    assert terminal.getvalue().splitlines() == ["短", "", "    " + WORDS[:27], "      " + WORDS[27:]]


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ("25", "│ 甲村 │ 1 (+1) │ 0.00% │"),
        ("20", "│甲村│1 (+1)│0.00%│"),
    ],
)
def test_a_table_that_is_too_wide_gives_its_cells_the_room_beside_them(
    monkeypatch: pytest.MonkeyPatch, columns: str, row: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("sys.stdout", terminal := Terminal())
    print_table(("单位", "新增", "率"), [("甲村", "1 (+1)", "0.00%")])
    assert terminal.getvalue().splitlines()[3] == row
