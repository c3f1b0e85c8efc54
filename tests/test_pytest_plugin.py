"""The pytest plugin: one test for each worked case, failures in words, and the registry as a fixture."""

from pathlib import Path

import pytest

TOWN = """
from datetime import date

import envgov as eg

ENVGOV_API = 1
SCHEME = eg.Scheme(
    id="villages",
    levels=("村",),
    cadence=eg.month(),
    since=date(2024, 1, 1),
    source=eg.Source("示例办法", assumed=("末位并列由人裁定",)),
    scoring=eg.stated("督导", several="mean"),
    ranking=eg.RankBy(places=1),
    boards=(eg.Board("榜", (eg.Tier("黑榜", eg.bottom(1, ties="decide")),), rest="其他"),),
)


@eg.hookimpl
def envgov_localities():
    return [eg.Locality("town", "示例镇", [SCHEME])]
"""
CASES = """
locality = "town"
plugin = "town.py"

[[case]]
name = "末位上黑榜"
says = "每月最后一名列入黑榜。"
scheme = "villages"

[[case.rounds]]
day = 2024-05-31
scores = { "甲村" = 95, "乙村" = 80 }

[[case.expect]]
unit = "乙村"
tier = "黑榜"

[[case]]
name = "首位上黑榜"
says = "每月最后一名列入黑榜。"
scheme = "villages"

[[case.rounds]]
day = 2024-05-31
scores = { "甲村" = 95, "乙村" = 80 }

[[case.expect]]
unit = "甲村"
tier = "黑榜"
"""


def run(pytester: pytest.Pytester, *args: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess(
        "-p", "no:envgov", "-p", "envgov.testing.pytest_plugin", "-p", "no:cacheprovider", "-p", "no:cov", *args
    )


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENVGOV_PLUGINS", "")
    (pytester.path / "town.py").write_text(TOWN, encoding="utf-8")
    return pytester.path


def test_each_case_is_a_test_and_a_failure_is_told_in_words(pytester: pytest.Pytester, folder: Path) -> None:
    (folder / "cases.toml").write_text(CASES, encoding="utf-8")
    (folder / "more.cases.toml").write_text(CASES.partition('\n[[case]]\nname = "首位')[0], encoding="utf-8")
    (folder / "notes.toml").write_text("nothing", encoding="utf-8")
    result = run(pytester, "-v")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*末位上黑榜*PASSED*",
            "*首位上黑榜*FAILED*",
            "算例“首位上黑榜”与原文不符",
            "原文：每月最后一名列入黑榜。",
            "甲村，2024-05",
            "  “榜”档次：应为黑榜，实为其他",
            "  为什么：",
            "*第1名，共2个单位，得分95.0",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_a_file_with_faults_is_not_collected_and_says_all_of_them(pytester: pytest.Pytester, folder: Path) -> None:
    (folder / "cases.toml").write_text(CASES.replace("says", "say"), encoding="utf-8")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["4 faults:", "cases.toml, case[[]1[]].say: there is no such field*"])


def test_a_file_that_names_no_plugin_asks_those_that_are_installed(pytester: pytest.Pytester, folder: Path) -> None:
    (folder / "cases.toml").write_text(CASES.replace('plugin = "town.py"', ""), encoding="utf-8")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["no locality 'town': there is none installed"])


def test_a_plugin_that_is_not_there_is_told(pytester: pytest.Pytester, folder: Path) -> None:
    (folder / "cases.toml").write_text(CASES.replace("town.py", "city.py"), encoding="utf-8")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*No such file*city.py*"])


def test_an_error_of_the_plugin_itself_shows_where_it_was_raised(pytester: pytest.Pytester, folder: Path) -> None:
    fails = TOWN.replace("ENVGOV_API = 1", "ENVGOV_API = 1\neg.stated.scores = lambda *given: {}[1]")
    (folder / "town.py").write_text(fails, encoding="utf-8")
    (folder / "cases.toml").write_text(CASES, encoding="utf-8")
    scores = __import__("envgov").stated.scores
    try:
        result = run(pytester)
    finally:
        __import__("envgov").stated.scores = scores
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*KeyError: 1"])


def test_the_registry_is_a_fixture(pytester: pytest.Pytester, folder: Path) -> None:  # noqa: ARG001
    pytester.makepyfile("def test_it(registry):\n    assert list(registry) == []\n")
    run(pytester).assert_outcomes(passed=1)
