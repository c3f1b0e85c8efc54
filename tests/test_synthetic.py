"""Facts that are made up: every output says so, in both languages, and nothing is decided by it."""

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner

import envgov as eg
import towns
from envgov.cli import envgov

WHAT = "单位和得分均为虚构"
ZH, EN = f"虚构数据：{WHAT}", f"synthetic data: {WHAT}"
GRID = "code,name,level\nA,甲村,村\nB,乙村,村\n"
SCORES = "unit,day,channel,stated\nA,2024-05-01,督导,90\nB,2024-05-01,督导,80\n"
ONE_OF_THE_LAST = eg.Ladder((eg.Rung("约谈", eg.bottom(1, ties="include"), ("村主任",)),), publish="highest")
TIED = {"甲": "90", "乙": "80", "丙": "80"}


def may(what: str, scores: dict[str, Any] = TIED, **changes: Any) -> eg.Assessment:
    facts = towns.facts({"2024-05": scores}, synthetic=what)
    return eg.assess(towns.scheme(ladders=(ONE_OF_THE_LAST,), **changes), towns.month_of("2024-05"), facts)


MADE_UP, REAL = may(WHAT), may("")


# -- what is said
def test_the_first_remark_below_a_table_says_what_is_made_up() -> None:
    tie = "“约谈”：名额1个，界线上并列者全部列入：丙、乙"
    assert MADE_UP.remarks() == (ZH, tie)
    assert MADE_UP.remarks("en")[0] == EN
    assert REAL.remarks() == (tie,)


def test_the_text_of_an_assessment_says_what_is_made_up() -> None:
    assert ZH in repr(MADE_UP).splitlines()
    assert "虚构" not in repr(REAL)


def test_the_text_of_facts_says_what_is_made_up() -> None:
    facts = towns.facts({"2024-05": {"甲": "90"}}, synthetic=WHAT)
    assert repr(facts) == f"<Facts: 1 units, 1 inspections; {EN}>"
    assert repr(evolve(facts, synthetic="")) == "<Facts: 1 units, 1 inspections>"


def test_the_text_of_a_season_says_once_what_is_made_up() -> None:
    facts = towns.facts({"2024-04": {"甲": "90"}, "2024-05": {"甲": "90"}}, synthetic=WHAT)
    season = eg.assess_season(towns.scheme(), facts)
    assert repr(season) == f"<Season of 2 rounds: 2024-04, 2024-05; {EN}>"


@pytest.mark.parametrize(("language", "said"), [("zh", ZH), ("en", EN)])
def test_an_explanation_begins_with_what_is_made_up(language: Any, said: str) -> None:
    first, second, *_ = eg.narrate(MADE_UP.explain("甲"), language).splitlines()
    assert first == said
    assert second.startswith("town 2024-05")
    assert eg.narrate(REAL.explain("甲"), language).splitlines()[0] == second


def test_a_comparison_says_on_which_side_facts_are_made_up() -> None:
    other = may("得分为虚构", {"甲": "70", "乙": "80", "丙": "75"})
    compared = eg.compare(MADE_UP, other)
    headings = (
        f"a：town（自2024-01-01起施行）；{ZH}",
        "b：town（自2024-01-01起施行）；虚构数据：得分为虚构",
    )
    assert compared.heading() == compared.latest.heading() == headings
    assert compared.heading("en")[0] == f"a: town (in force since 2024-01-01); {EN}"
    assert tuple(repr(compared.latest).splitlines()[:2]) == tuple(repr(compared).splitlines()[:2]) == headings
    assert [line for line in eg.narrate(compared.explain("甲")).splitlines() if line in headings] == list(headings)
    assert eg.compare(REAL, other).heading() == ("a：town（自2024-01-01起施行）", headings[1])


def test_a_comparison_of_seasons_says_each_text_once() -> None:
    facts = towns.facts({"2024-04": {"甲": "90"}, "2024-05": {"甲": "90"}}, synthetic=WHAT)
    season = eg.assess_season(towns.scheme(), facts)
    assert eg.compare(season, season).heading()[0] == f"a：town（自2024-01-01起施行）；{ZH}"


# -- what it decides
def test_what_is_made_up_decides_nothing_and_is_no_part_of_equality() -> None:
    assert MADE_UP == REAL
    assert MADE_UP.synthetic == WHAT
    made_up, real = MADE_UP.explain("甲"), REAL.explain("甲")
    assert tuple(ground for ground in made_up.because if ground != eg.Synthetic(WHAT)) == real.because


# -- stored
def test_a_stored_assessment_keeps_what_is_made_up_and_one_of_real_records_has_no_such_field() -> None:
    stored = json.loads(eg.to_json(MADE_UP))
    assert stored["synthetic"] == WHAT
    assert eg.from_dict(stored).remarks() == MADE_UP.remarks()
    assert "synthetic" not in eg.to_dict(REAL)


def test_a_stored_explanation_keeps_what_is_made_up() -> None:
    reason = MADE_UP.explain("甲")
    assert eg.narrate(eg.from_dict(json.loads(eg.to_json(reason)))).splitlines()[0] == ZH


# -- given
@pytest.mark.parametrize("text", [" 虚构", "虚构\n", "虚构\n数据", "  "])
def test_what_is_made_up_is_one_paragraph(text: str) -> None:
    with pytest.raises(ValueError, match="give one paragraph, without line breaks"):
        towns.facts({}, synthetic=text)


def test_what_is_made_up_is_a_text() -> None:
    with pytest.raises(TypeError, match="synthetic=True: give a text, empty where there is nothing to say"):
        towns.facts({}, synthetic=True)


# -- read from a folder
def season(folder: Path, text: bytes | None, name: str = "synthetic.txt") -> Path:
    (folder / "grid.csv").write_text(GRID, encoding="utf-8")
    (folder / "inspections.csv").write_text(SCORES, encoding="utf-8")
    (folder / "town.json").write_text(eg.to_json(towns.scheme()), encoding="utf-8")
    if text is not None:
        (folder / name).write_bytes(text)
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", ["synthetic.txt", "Synthetic.TXT"])
def test_synthetic_txt_in_the_folder_says_what_is_made_up(tmp_path: Path, encoding: str, name: str) -> None:
    assert eg.read_season(season(tmp_path, f"\n {WHAT} \r\n".encode(encoding), name)).synthetic == WHAT


def test_without_synthetic_txt_nothing_is_made_up(tmp_path: Path) -> None:
    assert eg.read_season(season(tmp_path, None)).synthetic == ""


@pytest.mark.parametrize(
    ("raw", "problem", "remedy"),
    [
        (b"", "the file is empty", "say what is made up about this season, or remove the file"),
        (b" \r\n", "the file is empty", "say what is made up about this season, or remove the file"),
        ("村名虚构\n\n得分虚构".encode(), "this is not one paragraph", "write one line, without line breaks"),
        ("村名\x1b[2J虚构".encode(), "this is not one paragraph", "without line breaks or control characters"),
        ("虚构".encode("utf-16"), "this is UTF-16 text", "save it as UTF-8"),
    ],
)
def test_what_is_no_paragraph_is_a_fault_of_synthetic_txt(
    tmp_path: Path, raw: bytes, problem: str, remedy: str
) -> None:
    with pytest.raises(eg.InputError) as refused:
        eg.read_season(season(tmp_path, raw))
    (fault,) = refused.value.faults
    assert (fault.file, fault.row, fault.problem) == ("synthetic.txt", None, problem)
    assert remedy in fault.remedy


def test_two_files_that_say_what_is_made_up_are_refused(tmp_path: Path) -> None:
    season(tmp_path, b"x")
    (tmp_path / "SYNTHETIC.txt").write_bytes(b"y")
    if len(list(tmp_path.glob("[sS]*.txt"))) == 1:
        pytest.skip("this file system does not tell capitals apart")
    with pytest.raises(eg.InputError, match="is the same file"):
        eg.read_season(tmp_path)


# -- the command line
def printed(*args: str) -> str:
    result = CliRunner(env={"FORCE_COLOR": None, "TTY_COMPATIBLE": None}).invoke(envgov, args)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_commands_say_what_is_made_up_in_words_and_to_programs(tmp_path: Path) -> None:
    folder = str(season(tmp_path, WHAT.encode()))
    assert ZH in printed("assess", "--season", folder).splitlines()
    assert EN in printed("assess", "--season", folder, "--language", "en").splitlines()
    assert printed("explain", "甲村", "--season", folder).splitlines()[0] == ZH
    (assessment,) = json.loads(printed("assess", "--season", folder, "--json"))["assessments"]
    assert assessment["synthetic"] == WHAT
    (reason,) = json.loads(printed("explain", "甲村", "--season", folder, "--json"))["reasons"]
    assert {"kind": "Synthetic", "what": WHAT} in reason["because"]
