"""The commands on localities and plugins, and schemes that come from a plugin."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import towns
from distributions import HEAD, plugin_of
from envgov.cli import envgov
from envgov.codec import to_json

SEASON = {
    "grid.csv": "code,name,level\nA,甲村,村\nB,乙村,村\n",
    "inspections.csv": "unit,day,channel,stated\nA,2024-05-06,督导,90\nB,2024-05-06,督导,80\n",
}


@pytest.fixture(autouse=True)
def _no_other_plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVGOV_PLUGINS", "")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    file = tmp_path / "town.py"
    file.write_text(plugin_of("town"), encoding="utf-8")
    return file


@pytest.fixture
def season(tmp_path: Path) -> Path:
    folder = tmp_path / "season"
    folder.mkdir()
    for name, text in SEASON.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(envgov, [str(argument) for argument in arguments])


def cells(output: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in output.splitlines() if line.startswith("│")]


def test_localities_are_listed_with_their_schemes_and_plugin(town: Path) -> None:
    assert cells(run("--plugin", town, "localities").output) == [["town", "示例镇", "town", "town.py"]]
    listed = json.loads(run("--plugin", town, "localities", "--json").output)
    assert listed == {
        "schema": 1,
        "localities": [{"code": "town", "name": "示例镇", "schemes": ["town"], "provider": "town.py"}],
    }


def test_schemes_are_listed_with_edition_source_and_plugin(town: Path) -> None:
    row = ["town", "town", "", "2024-01-01", "办法", "town.py"]
    assert cells(run("--plugin", town, "schemes", "list").output) == [row]
    assert cells(run("--plugin", town, "schemes", "list", "--locality", "town").output) == [row]
    listed = json.loads(run("--plugin", town, "schemes", "list", "--json").output)["schemes"]
    assert listed == [
        {"locality": "town", "id": "town", "title": "", "since": "2024-01-01", "source": "办法", "provider": "town.py"}
    ]


def test_a_scheme_of_a_plugin_is_shown_in_words_with_where_it_is_from(town: Path) -> None:
    output = run("--plugin", town, "schemes", "show", "--locality", "town").output
    assert "“督导”公布的得分" in output
    assert "规则来自：town.py（town，2024-01-01版）" in output


def test_a_season_is_assessed_and_explained_by_the_schemes_of_a_locality(town: Path, season: Path) -> None:
    options = ("--season", season, "--locality", "town")
    assert cells(run("--plugin", town, "assess", *options).output) == [["1", "甲村", "90.0"], ["2", "乙村", "80.0"]]
    assert "规则来自：town.py" in run("--plugin", town, "explain", "乙村", *options).output
    [assessed] = json.loads(run("--plugin", town, "assess", *options, "--json").output)["assessments"]
    assert assessed["provider"] == "town.py"


def test_schemes_come_from_a_locality_or_from_files(town: Path, season: Path) -> None:
    (season / "town.json").write_text(to_json(towns.scheme()), encoding="utf-8")
    result = run("--plugin", town, "assess", "--season", season, "--locality", "town", "--scheme", season / "town.json")
    assert result.exit_code == 2
    assert "schemes come from --locality or from files: give one of the two" in result.output


def test_a_locality_that_no_plugin_describes_is_an_error_in_one_line(town: Path, season: Path) -> None:
    result = run("--plugin", town, "assess", "--season", season, "--locality", "twn")
    assert (result.exit_code, result.output) == (1, "Error: no locality 'twn': did you mean 'town'? there is town\n")


# ---- plugins
def test_plugins_are_listed_with_what_they_gave(town: Path) -> None:
    row = ["town.py", "-", "envgov_localities", "town", ""]
    assert cells(run("--plugin", town, "plugins").output) == [row]
    assert json.loads(run("--plugin", town, "plugins", "--json").output)["plugins"] == [
        {
            "name": "town.py",
            "distribution": "",
            "version": "",
            "hooks": ["envgov_localities"],
            "localities": ["town"],
            "kinds": [],
            "failure": None,
        }
    ]


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    file = tmp_path / "broken.py"
    file.write_text(HEAD + "raise RuntimeError('no such file')\n", encoding="utf-8")
    return file


def test_a_plugin_that_failed_is_told_and_stops_no_other(town: Path, broken: Path) -> None:
    result = run("--plugin", town, "--plugin", broken, "localities")
    assert result.exit_code == 0
    assert result.stderr == "note: plugin broken.py (broken.py): RuntimeError: no such file (broken.py, line 4)\n"
    assert cells(result.stdout) == [["town", "示例镇", "town", "town.py"]]


def test_the_failure_of_a_plugin_is_listed_even_where_loading_is_strict(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENVGOV_STRICT_PLUGINS", "1")
    assert run("--plugin", broken, "localities").exit_code == 1
    result = run("--plugin", broken, "plugins", "--json")
    assert result.exit_code == 0
    [listed] = json.loads(result.stdout)["plugins"]
    assert listed["failure"] == "plugin broken.py (broken.py): RuntimeError: no such file (broken.py, line 4)"


def test_the_trace_shows_each_import_and_hook_and_where_a_failure_comes_from(town: Path, broken: Path) -> None:
    result = run("--plugin", town, "--plugin", broken, "plugins", "--trace")
    lines = result.stderr.splitlines()
    assert lines[:3] == [
        "broken.py: import (broken.py)",
        "town.py: import (town.py)",
        "town.py: envgov_localities() returned list",
    ]
    assert any(line.endswith("raise RuntimeError('no such file')") for line in lines)
    assert run("--plugin", town, "plugins").stderr == ""


def test_a_plugin_file_after_the_command_is_told_where_it_stands(town: Path) -> None:
    result = run("localities", "--plugin", town)
    assert result.exit_code == 2
    assert "--plugin stands before the command: envgov --plugin FILE COMMAND ..." in result.output


def test_another_option_that_is_not_there_is_told_as_it_is() -> None:
    result = run("localities", "--plugins")
    assert result.exit_code == 2
    assert "No such option" in result.output
