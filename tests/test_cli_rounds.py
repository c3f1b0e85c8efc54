"""Which rounds the command line assesses to show one."""

from pathlib import Path

import pytest

import envgov as eg
import envgov.season
from test_cli import SCHEME, cells_of, printed, run

ROOT = Path(__file__).parent.parent
TWICE = """{ kind = "streak", when = LAST, k = 2, unheld = "break", absent = "break", repeat = "each",
 editions = "carry", heads = "carry" }""".replace("\n", "")
LAST = '{ kind = "bottom", n = 1, ties = "decide" }'
VISITS = """unit,day,channel,stated
A,2017-04-01,督导,60
B,2017-04-01,督导,80
A,2017-05-01,督导,60
B,2017-05-01,督导,80
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Two villages in two months."""
    (tmp_path / "town.toml").write_text(SCHEME.replace('["川区", "山区"]', "[]"), encoding="utf-8")
    (tmp_path / "grid.csv").write_text("code,name,level\nA,甲村,村\nB,乙村,村\n", encoding="utf-8")
    (tmp_path / "inspections.csv").write_text(VISITS, encoding="utf-8")
    return tmp_path


def in_quarters(town: Path) -> None:
    """Puts a scheme of quarters beside that of months."""
    text = (town / "town.toml").read_text("utf-8").replace('"town"', '"quarters"').replace('"month"', '"quarter"')
    (town / "quarters.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def assessed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Scheme and round of what is assessed."""
    seen: list[tuple[str, str]] = []
    decide = envgov.season.assess

    def assess(scheme: eg.Scheme, round: eg.Round, facts: eg.Facts, history: eg.History) -> eg.Assessment:
        seen.append((scheme.id, round.label))
        return decide(scheme, round, facts, history)

    monkeypatch.setattr(envgov.season, "assess", assess)
    return seen


def test_the_latest_round_alone_is_assessed_where_nothing_looks_back(
    town: Path, assessed: list[tuple[str, str]]
) -> None:
    printed("assess", "--season", str(town))
    assert assessed == [("town", "2017-05")]


def test_the_round_asked_for_alone_is_assessed_where_nothing_looks_back(
    town: Path, assessed: list[tuple[str, str]]
) -> None:
    printed("assess", "--season", str(town), "--round", "2017-04")
    assert assessed == [("town", "2017-04")]


def test_a_counter_has_the_rounds_before_assessed_and_finds_them(town: Path, assessed: list[tuple[str, str]]) -> None:
    ladder = f'rungs = [{{ measure = "约谈", to = ["村支书"], when = {TWICE.replace("LAST", LAST)} }}]'
    head, _ = SCHEME.replace('["川区", "山区"]', "[]").split("rungs =")
    (town / "town.toml").write_text(f"{head}{ladder} }}]\n", encoding="utf-8")
    assert cells_of(printed("assess", "--season", str(town)))[-1][-1] == "约谈"
    assert assessed == [("town", "2017-04"), ("town", "2017-05")]


def test_a_condition_of_a_locality_s_own_kind_may_look_back(town: Path, assessed: list[tuple[str, str]]) -> None:
    head, tail = (town / "town.toml").read_text("utf-8").split("rungs =")
    own = tail.replace(LAST, '{ kind = "town.in_two_boards" }')
    (town / "town.toml").write_text(f"{head}rungs ={own}", encoding="utf-8")
    printed("--plugin", str(ROOT / "docs" / "examples" / "town.py"), "assess", "--season", str(town))
    assert assessed == [("town", "2017-04"), ("town", "2017-05")]


def test_a_scheme_without_the_round_is_left_alone_where_another_has_it(
    town: Path, assessed: list[tuple[str, str]]
) -> None:
    in_quarters(town)
    printed("assess", "--season", str(town), "--round", "2017-Q2")
    assert assessed == [("quarters", "2017-Q2")]


def test_the_latest_round_that_was_held_is_shown(town: Path) -> None:
    (town / "issues.csv").write_text("id,place,found\nT1,A,2017-06-01\n", encoding="utf-8")
    assert printed("assess", "--season", str(town)).splitlines()[0] == "town  2017-05"


def test_a_round_in_which_nobody_was_assessed_was_not_held(town: Path) -> None:
    (town / "issues.csv").write_text("id,place,found\nT1,A,2017-06-01\n", encoding="utf-8")
    in_quarters(town)
    result = run("assess", "--season", str(town), "--round", "2017-06")
    assert result.exit_code == 2
    assert "'2017-06' was not held; there is 2017-04, 2017-05, 2017-Q2" in " ".join(result.output.split())


def test_of_a_scheme_whose_conditions_look_back_too_it_was_not_held(town: Path) -> None:
    (town / "issues.csv").write_text("id,place,found\nT1,A,2017-06-01\n", encoding="utf-8")
    text = (town / "town.toml").read_text("utf-8").replace(LAST, TWICE.replace("LAST", LAST))
    (town / "town.toml").write_text(text, encoding="utf-8")
    result = run("assess", "--season", str(town), "--round", "2017-06")
    assert "'2017-06' was not held; there is 2017-04, 2017-05" in " ".join(result.output.split())
