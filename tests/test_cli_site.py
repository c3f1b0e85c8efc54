"""`envgov site`: a folder of pages, from a season and its schemes, and a trial of another scheme."""

import sys
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from envgov.cli import envgov

ROOT = Path(__file__).parent.parent
LOUXING = ROOT / "docs" / "examples" / "louxing"


def run(*args: object) -> Result:
    return CliRunner(env={"FORCE_COLOR": None, "ENVGOV_PLUGINS": ""}).invoke(envgov, ["site", *map(str, args)])


def test_a_season_with_two_schemes_makes_one_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    result = run(out, "--season", LOUXING, "--title", "娄星区公示", "--head", "120-9f86d081884c")
    assert result.exit_code == 0, result.output
    front = (out / "zh" / "index.html").read_text(encoding="utf-8")
    assert "<h1>娄星区公示</h1>" in front
    assert "scheme-louxing-townships.html" in front
    assert "scheme-louxing-streets.html" in front
    assert "台账链首：120-9f86d081884c" in front
    count = sum(1 for path in out.rglob("*") if path.is_file()) - 1
    assert result.output == f"{out}: {count} files; open {out / 'index.html'}\n"


def test_without_a_title_it_has_one(tmp_path: Path) -> None:
    run(tmp_path / "site", "--season", LOUXING)
    assert "<h1>人居环境考评公示</h1>" in (tmp_path / "site/index.html").read_text(encoding="utf-8")


def test_the_data_have_the_fingerprint_that_the_bulletin_has(tmp_path: Path) -> None:
    run(tmp_path / "site", "--season", LOUXING)
    given = ["bulletin", "--season", str(LOUXING), "--body", "区", "--day", "2017-06-01"]
    bulletin = CliRunner(env={"ENVGOV_PLUGINS": ""}).invoke(envgov, given).output
    [line] = [line for line in bulletin.splitlines() if line.startswith("数据：")]
    assert f"<li>{line}</li>" in (tmp_path / "site/zh/index.html").read_text(encoding="utf-8")


def test_a_trial_names_a_scheme_of_the_site_and_another(tmp_path: Path) -> None:
    text = (LOUXING / "townships.toml").read_text(encoding="utf-8")
    variant = tmp_path / "variant.toml"
    variant.write_text(text.replace('id = "louxing-townships"', 'id = "variant"'), encoding="utf-8")
    result = run(tmp_path / "site", "--season", LOUXING, "--what-if", "louxing-townships", variant)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "site/zh/compare-1.html").is_file()


def test_a_trial_of_a_scheme_that_is_not_on_the_site_is_a_question_of_usage(tmp_path: Path) -> None:
    result = run(tmp_path / "site", "--season", LOUXING, "--what-if", "villages", LOUXING / "streets.toml")
    assert result.exit_code == 2
    assert "there is louxing-streets, louxing-townships" in " ".join(result.output.split())
    assert not (tmp_path / "site").exists()


def test_an_empty_title_is_a_question_of_usage(tmp_path: Path) -> None:
    result = run(tmp_path / "site", "--season", LOUXING, "--title", " ")
    assert result.exit_code == 2
    assert "--title is empty" in result.output


def test_a_folder_that_holds_something_else_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "台账.csv").write_text("甲", encoding="utf-8")
    result = run(tmp_path, "--season", LOUXING)
    assert (result.exit_code, [path.name for path in tmp_path.iterdir()]) == (1, ["台账.csv"])
    assert "name a new folder" in result.output


def test_a_scheme_file_is_used_alone_and_counts_among_the_data(tmp_path: Path) -> None:
    result = run(tmp_path / "site", "--season", LOUXING, "--scheme", LOUXING / "streets.toml")
    assert result.exit_code == 0, result.output
    assert not (tmp_path / "site/zh/scheme-louxing-townships.html").exists()


def test_a_season_with_nothing_to_rank_says_why(tmp_path: Path) -> None:
    season = tmp_path / "season"
    copytree(LOUXING, season)
    path = season / "inspections.csv"
    path.write_text(path.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    (season / "findings.csv").unlink()
    result = run(tmp_path / "site", "--season", season)
    assert result.exit_code == 1
    assert "nothing to rank" in result.output


def test_without_the_extra_one_line_says_which_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("envgov.site", "jinja2"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "jinja2" else True)
    result = run(tmp_path / "site", "--season", LOUXING)
    assert (result.exit_code, result.output) == (
        1,
        "Error: the board site needs its extra: python3 -m pip install 'envgov[site]'\n",
    )
