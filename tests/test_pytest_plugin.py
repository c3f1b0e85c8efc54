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


def test_a_faulty_case_is_one_test_that_tells_all_its_faults_and_the_others_run(
    pytester: pytest.Pytester, folder: Path
) -> None:
    text = CASES.replace("says", "say", 1).replace("2024-05-31", '"5月"', 1)
    (folder / "cases.toml").write_text(text.replace('甲村"\ntier', '乙村"\ntier'), encoding="utf-8")
    pytester.makepyfile("def test_beside(): pass")
    result = run(pytester, "-v")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*末位上黑榜 FAILED*",
            "*首位上黑榜 PASSED*",
            "*3 faults:",
            "cases.toml, case[[]1[]].say: there is no such field*",
            "cases.toml, case[[]1[]].says: a text is wanted*",
            "cases.toml, case[[]1[]].rounds[[]1[]].day: a day of the years*",
        ]
    )


def test_a_fault_beside_the_cases_is_a_test_of_its_own(pytester: pytest.Pytester, folder: Path) -> None:
    (folder / "cases.toml").write_text("place = 1\n" + CASES, encoding="utf-8")
    result = run(pytester, "-v")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["*cases.toml::the file itself FAILED*", "cases.toml, place: there is no such field*"])


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (("locality", "locality :"), "cases.toml: this is not TOML in UTF-8*"),
        (('plugin = "town.py"', ""), "no locality 'town': there is none installed"),
        (("town.py", "city.py"), "*No such file*city.py*"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_test_that_fails(
    changed: tuple[str, str], told: str, pytester: pytest.Pytester, folder: Path
) -> None:
    (folder / "cases.toml").write_text(CASES.replace(*changed), encoding="utf-8")
    pytester.makepyfile("def test_beside(): pass")
    result = run(pytester)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines([told])
    assert "Traceback" not in result.stdout.str()


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
