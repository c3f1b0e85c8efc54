"""The command line: what it prints, where it prints it, and how it ends."""

import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import FileIO, StringIO, TextIOWrapper
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from click.testing import CliRunner, Result

import envgov as eg
from envgov.__main__ import main
from envgov.cli import envgov
from envgov.results.table import Language

ROOT = Path(__file__).parent.parent
LOUXING = ROOT / "docs" / "examples" / "louxing"
SEASON = ("--season", str(LOUXING))
COMMANDS = (("assess",), ("explain", "蛇形山"), ("schemes", "show"))
SCHEME = """
kind = "Scheme"
id = "town"
levels = ["村"]
groups = ["川区", "山区"]
cadence = { kind = "month" }
since = 2017-01-01
source = { title = "办法" }
ranking = { places = 1 }
scoring = { kind = "stated", channel = "督导", several = "mean" }
boards = [{ id = "红黑榜", rest = "其他", tiers = [{ name = "黑榜", when = LAST }] }]
ladders = [{ publish = "every rung", rungs = [{ measure = "约谈", to = ["村支书"], when = LAST }] }]
""".replace("LAST", '{ kind = "bottom", n = 1, ties = "decide" }')


def run(*args: str) -> Result:
    return CliRunner(env={"FORCE_COLOR": None, "TTY_COMPATIBLE": None}).invoke(envgov, args)


def printed(*args: str) -> str:
    result = run(*args)
    assert result.exit_code == 0, result.output
    return result.output


def python(*args: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """A real run from the checkout, both outputs piped."""
    kept = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "TTY_COMPATIBLE")}
    return subprocess.run(
        [sys.executable, *args],
        cwd=ROOT,
        env={**kept, "PYTHONUTF8": "1", **(env or {})},
        capture_output=True,
        check=False,
    )


def cells_of(output: str) -> list[list[str]]:
    """The rows under the heads of a table."""
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in output.splitlines() if line.startswith("│")]


def width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Three valley villages, the last two tied; one mountain village better than another; one was not visited."""
    (tmp_path / "town.toml").write_text(SCHEME, encoding="utf-8")
    names = {"A": "甲村", "B": "乙村", "C": "丙村", "D": "丁村", "E": "戊村", "F": "己村"}
    grid = [f"{code},{name},村,{'山区' if code in 'DEF' else '川区'}" for code, name in names.items()]
    (tmp_path / "grid.csv").write_text("\n".join(["code,name,level,designations", *grid]), encoding="utf-8")
    visits = [f"{code},2017-05-01,督导,{score}" for code, score in zip("ABCDE", (90, 80, 80, 95, 70), strict=True)]
    text = "\n".join(["unit,day,channel,stated", *visits, "A,2017-04-01,督导,60", "D,2017-04-01,督导,50"])
    (tmp_path / "inspections.csv").write_text(text, encoding="utf-8")
    return tmp_path


def rename(town: Path, name: str) -> None:
    """Gives the village A another name."""
    grid = town / "grid.csv"
    grid.write_text(grid.read_text("utf-8").replace("甲村", name), encoding="utf-8")


# -- results
def test_assess_prints_the_published_ranks_and_scores_of_the_round() -> None:
    output = printed("assess", *SEASON, "--round", "2017-04", "--scheme", str(LOUXING / "townships.toml"))
    assert "2017-04" in output
    assert cells_of(output) == [
        ["1", "石井", "87.56", ""],
        ["2", "双江", "87.22", ""],
        ["3", "水洞底", "87.02", ""],
        ["4", "万宝", "87.01", ""],
        ["5", "杉山", "86.83", ""],
        ["6", "蛇形山", "86.67", "通报批评"],
    ]


def test_assess_without_a_round_shows_the_latest_of_every_scheme_of_the_folder() -> None:
    output = printed("assess", *SEASON)
    assert output.count("2017-05") == 2
    assert "2017-04" not in output
    assert [row[1] for row in cells_of(output) if row[0] == "1"] == ["乐坪", "双江"]


def test_assess_shows_only_the_scheme_that_is_named() -> None:
    streets, townships = (str(LOUXING / name) for name in ("streets.toml", "townships.toml"))
    assert "蛇形山" not in printed("assess", *SEASON, "--scheme", streets)
    assert printed("assess", *SEASON, "--scheme", streets, "--scheme", townships) == printed("assess", *SEASON)


def test_the_folder_is_this_one_where_none_is_named(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = printed("assess", "--season", str(town))
    monkeypatch.chdir(town)
    assert printed("assess") == there


def test_the_table_tells_groups_ties_tiers_pending_measures_and_who_was_not_assessed(town: Path) -> None:
    assert cells_of(printed("assess", "--season", str(town))) == [
        ["1", "丁村（山区）", "95.0", "其他", "", ""],
        ["2", "戊村（山区）", "70.0", "黑榜", "约谈", ""],
        ["1", "甲村（川区）", "90.0", "其他", "", ""],
        ["2", "乙村（川区）", "80.0", "待定", "约谈（待定）", "并列2个"],
        ["2", "丙村（川区）", "80.0", "待定", "约谈（待定）", "并列2个"],
        ["-", "己村（山区）", "-", "", "", "未参评"],
    ]


def test_the_table_speaks_english(town: Path) -> None:
    output = printed("assess", "--season", str(town), "--language", "en")
    heads = next(line for line in output.splitlines() if line.startswith("┃"))
    assert [head.strip() for head in heads.split("┃")[1:-1]] == [
        *("Rank", "Unit", "Score", "Tier", "Measures (proposed)", "Notes"),
    ]
    rows = cells_of(output)
    assert rows[1] == ["2", "戊村 (山区)", "70.0", "黑榜", "约谈", ""]
    assert rows[3] == ["2", "乙村 (川区)", "80.0", "pending", "约谈 (pending)", "2 tied"]
    assert rows[5] == ["-", "己村 (山区)", "-", "", "", "not assessed"]


@pytest.mark.parametrize("folder", ["louxing", "town"])
def test_the_columns_line_up_where_each_chinese_character_takes_two_cells(town: Path, folder: str) -> None:
    output = printed("assess", "--season", str(LOUXING if folder == "louxing" else town))
    tables = re.findall(r"┏.*?└[^\n]*", output, re.DOTALL)
    widths = [{width(line) for line in table.splitlines()} for table in tables]
    assert [len(found) for found in widths] == [1] * (2 if folder == "louxing" else 1)


def test_the_title_of_a_table_stands_on_one_line() -> None:
    assert "娄星区环境卫生整建考评（街道）  2017-05" in printed("assess", *SEASON)


@pytest.mark.parametrize("name", ["[red]甲村[/red]", "甲[/x]村", "甲:star:村", "甲[1]村", "\\[甲村"])
def test_a_name_is_printed_as_it_is_written(town: Path, name: str) -> None:
    rename(town, name)
    assert f"{name}（川区）" in {row[1] for row in cells_of(printed("assess", "--season", str(town)))}


def test_a_long_name_is_folded_and_not_cut_off(town: Path) -> None:
    rename(town, "村" * 150)
    output = printed("assess", "--season", str(town))
    assert "…" not in output
    assert output.count("村") >= 150


@pytest.mark.parametrize(
    ("language", "line"),
    [("zh", "约谈：张三 — 戊村、乙村（待定）"), ("en", "约谈: 张三 - 戊村, 乙村 (pending)")],
)
def test_one_person_to_whom_several_measures_go_is_named_below_the_table(
    town: Path, language: Language, line: str
) -> None:
    who = "who,role,place\n张三,村支书,E\n张三,村支书,B\n李四,村支书,C\n"
    (town / "assignments.csv").write_text(who, encoding="utf-8")
    output = printed("assess", "--season", str(town), "--language", language)
    assert line in output.splitlines()
    assert "李四" not in output


def test_measures_that_nobody_gets_are_not_told_together(town: Path) -> None:
    assert "村支书" not in printed("assess", "--season", str(town))


def test_explain_prints_the_reasons_of_the_unit_down_to_the_facts() -> None:
    lines = printed("explain", "蛇形山", *SEASON, "--round", "2017-04").splitlines()
    assert lines[0] == "娄星区环境卫生整建考评（乡镇） 2017-04：蛇形山"
    assert lines[1] == "第6名，共6个单位，末位，得分86.67"
    assert any("通报批评 → 乡镇主要负责人" in line for line in lines)


@pytest.mark.parametrize(("language", "words"), [("zh", "得分"), ("en", "score")])
def test_explain_and_show_speak_both_languages(language: Language, words: str) -> None:
    scheme = eg.read_scheme(LOUXING / "townships.toml")
    assessment = eg.assess_season(scheme, eg.read_season(LOUXING)).latest
    said = printed("explain", "双江", *SEASON, "--language", language)
    assert words in said
    assert said == eg.narrate(assessment.explain("双江"), language) + "\n"
    shown = printed("schemes", "show", str(LOUXING / "townships.toml"), "--language", language)
    assert shown == eg.describe(scheme, language) + "\n"


def test_schemes_show_prints_every_scheme_of_the_folder_with_what_was_assumed() -> None:
    output = printed("schemes", "show", *SEASON)
    assert output.index("(louxing-streets)") < output.index("(louxing-townships)")
    assert "通报只给月份，检查日期按当月首日至末日录入" in output


# -- rulings
def block_of(output: str) -> list[str]:
    """The lines of rulings.csv that are printed: the header, and a row for each question."""
    lines = output.splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith(("单位,", "unit,"))), len(lines))
    return lines[start:]


def test_a_pending_tie_is_settled_by_the_rows_that_are_printed_for_it(town: Path) -> None:
    output = printed("assess", "--season", str(town))
    assert "待裁定：乙村、丙村。以下各行（首行为表头）填写" in output
    header, *rows = block_of(output)
    assert header == "单位,所涉日期,条件,是否成立,裁定单位,理由,办法"
    assert rows == [
        "B,2017-05-01,\"{ kind = 'bottom', n = 1, ties = 'decide' }\",,,,town",
        "C,2017-05-01,\"{ kind = 'bottom', n = 1, ties = 'decide' }\",,,,town",
    ]
    filled = [row.replace(",,,,", f",{answer},指挥部,现场复查,") for row, answer in zip(rows, "否是", strict=True)]
    (town / "rulings.csv").write_text("\n".join((header, *filled)), encoding="gb18030")
    output = printed("assess", "--season", str(town))
    assert [row[1:5] for row in cells_of(output)][3:5] == [
        ["乙村（川区）", "80.0", "其他", ""],
        ["丙村（川区）", "80.0", "黑榜", "约谈"],
    ]
    assert block_of(output) == []
    assert "指挥部认为符合，理由：现场复查" in printed("explain", "丙村", "--season", str(town))


def test_explain_prints_the_rows_of_its_own_unit_and_none_where_nothing_is_pending(town: Path) -> None:
    said = printed("explain", "丙村", "--season", str(town))
    assert "待裁定：丙村。以下各行" in said
    assert block_of(said)[1:] == ["C,2017-05-01,\"{ kind = 'bottom', n = 1, ties = 'decide' }\",,,,town"]
    assert "待裁定" not in printed("explain", "甲村", "--season", str(town))


def test_rows_that_were_not_filled_in_are_refused_cell_by_cell(town: Path) -> None:
    rows = block_of(printed("assess", "--season", str(town), "--language", "en"))
    assert rows[0] == "unit,concerns,condition,holds,by,why,scheme"
    (town / "rulings.csv").write_text("\n".join(rows), encoding="utf-8")
    result = run("assess", "--season", str(town))
    assert result.exit_code == 1
    assert "6 faults" in result.output
    for column in ("holds", "by", "why"):
        assert f"rulings.csv, row 3, {column}: the cell is empty; fill it in" in result.output


def test_a_row_is_printed_on_one_line_however_long_it_is(town: Path) -> None:
    name = "town" * 60
    (town / "town.toml").write_text(SCHEME.replace('"town"', f'"{name}"'), encoding="utf-8")
    rows = block_of(printed("assess", "--season", str(town)))
    assert [row.rpartition(",")[2] for row in rows] == ["办法", name, name]


def test_a_ruling_for_a_round_that_was_not_held_is_refused_where_every_round_is_assessed(town: Path) -> None:
    header, row, _ = block_of(printed("assess", "--season", str(town)))
    june = row.replace("2017-05-01", "2017-06-08").replace(",,,,", ",是,指挥部,复查,")
    (town / "rulings.csv").write_text(f"{header}\n{june}\n", encoding="utf-8")
    result = run("assess", "--season", str(town))
    assert result.exit_code == 1
    assert "指挥部 ruled on town, and in no round of it that holds 2017-06-08 anything happened" in result.output
    assert run("assess", "--season", str(town), "--round", "2017-04").exit_code == 0


def test_a_ruling_on_a_scheme_that_is_not_in_the_folder_is_told(town: Path) -> None:
    header, row, _ = block_of(printed("assess", "--season", str(town)))
    other = row.replace(",,,,town", ",是,指挥部,复查,twon")
    every = row.replace(",,,,town", ",否,指挥部,复查,town")
    (town / "rulings.csv").write_text(f"{header}\n{other}\n{every}\n", encoding="utf-8")
    note = "note: 1 rulings are on the scheme 'twon', which is not in the folder; town is\n"
    assert run("assess", "--season", str(town)).stderr == note
    assert run("assess", "--season", str(town), "--scheme", str(town / "town.toml")).stderr == ""


def test_a_clause_that_is_left_to_a_body_is_ruled_on_as_the_scheme_writes_it(town: Path) -> None:
    clause = "{ kind = 'ruled', what = '成效显著', by = '指挥部' }"
    scheme = SCHEME.replace('{ kind = "bottom", n = 1, ties = "decide" }', clause, 1)
    (town / "town.toml").write_text(scheme, encoding="utf-8")
    row = f'A,2017-05-31,"{clause}",是,指挥部,全域整治,town'
    (town / "rulings.csv").write_text(f"unit,concerns,condition,holds,by,why,scheme\n{row}\n", encoding="utf-8")
    assert [row[3] for row in cells_of(printed("assess", "--season", str(town)))] == [
        *("其他", "其他", "黑榜", "其他", "其他", ""),
    ]


# -- JSON
def test_assess_as_json_reads_back_as_equal_assessments() -> None:
    document = json.loads(printed("assess", *SEASON, "--round", "2017-04", "--json"))
    assert document.pop("schema") == 1
    facts = eg.read_season(LOUXING)
    schemes = [eg.read_scheme(LOUXING / name) for name in ("streets.toml", "townships.toml")]
    assert list(document) == ["assessments"]
    assert [eg.from_dict(data) for data in document["assessments"]] == [
        eg.assess_season(scheme, facts)["2017-04"] for scheme in schemes
    ]


def test_explain_as_json_reads_back_as_equal_reasons() -> None:
    document = json.loads(printed("explain", "花山", *SEASON, "--json"))
    scheme = eg.read_scheme(LOUXING / "streets.toml")
    reason = eg.assess_season(scheme, eg.read_season(LOUXING)).latest.explain("花山")
    assert (document["schema"], [eg.from_dict(data) for data in document["reasons"]]) == (1, [reason])


def test_schemes_as_json_read_back_as_equal_schemes() -> None:
    document = json.loads(printed("schemes", "show", *SEASON, "--json"))
    files = ("streets.toml", "townships.toml")
    expected = [eg.read_scheme(LOUXING / name) for name in files]
    assert (document["schema"], [eg.from_dict(data) for data in document["schemes"]]) == (1, expected)


# -- how it ends
BAD_DAY = "unit,day,channel\nA,2017-02-30,督导\n"
NO_DAY = (
    "1 fault:\ninspections.csv, row 2, day: there is no such day (found '2017-02-30'); correct the month or the day\n"
)
BAD = [
    ("inspections.csv", BAD_DAY, NO_DAY),
    ("grid.csv", None, "grid.csv: there is no such file; put the units of the season into it"),
    ("inspections.csv", "unit,day,channel\n", "0 inspections have channels none"),
    (
        "inspections.csv",
        "unit,day,channel\n",
        "correct the levels, channels or days that differ, in the scheme, the grid",
    ),
    ("town.toml", "kind = ", "town.toml: this is not TOML"),
    ("town.toml", 'kind = "Schema"', "town.toml, kind: this kind is not known (found 'Schema')"),
    ("town.toml", SCHEME.replace('"山区"', '"平原"'), "each unit has one of the groups"),
    ("town.json", "{", "town.json: this is not JSON"),
]


@pytest.mark.parametrize("command", ["assess", "explain"])
@pytest.mark.parametrize(("file", "text", "said"), BAD)
def test_bad_data_ends_with_1_and_a_message_that_says_where(
    town: Path, command: str, file: str, text: str | None, said: str
) -> None:
    if text is None:
        (town / file).unlink()
    else:
        (town / file).write_text(text, encoding="utf-8")
    result = run(command, *(["甲村"] if command == "explain" else []), "--season", str(town))
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert result.output.startswith("Error: ")
    assert said in result.output


def test_two_files_with_one_edition_are_refused_by_their_names(town: Path) -> None:
    (town / "zz.toml").write_text(SCHEME, encoding="utf-8")
    result = run("assess", "--season", str(town))
    assert result.exit_code == 1
    assert "zz.toml, id, since: town.toml is the same edition of town, since 20" in result.output
    assert "or name the file to use with --scheme" in result.output
    assert run("assess", "--season", str(town), "--scheme", str(town / "zz.toml")).exit_code == 0


def test_a_file_that_cannot_be_opened_ends_with_1(town: Path) -> None:
    (town / "grid.csv").unlink()
    (town / "grid.csv").mkdir()
    result = run("assess", "--season", str(town))
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "grid.csv" in result.output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("rank",), "No such command 'rank'"),
        (("assess", "--season", "no such folder"), "'no such folder' does not exist"),
        (("assess", *SEASON, "--scheme", "none.toml"), "'none.toml' does not exist"),
        (("assess", *SEASON, "--language", "fr"), "'fr' is not one of 'zh', 'en'"),
        (("assess", *SEASON, "--round", "2017-06"), "'2017-06' was not held; there is 2016-09, 2017-04, 2017-05"),
        (("assess", *SEASON, "--round", "2017-5"), "'2017-5' was not held; did you mean 2017-05? there is 2016-09"),
        (("assess", *SEASON, "--round", "2017年5月"), "did you mean 2017-05?"),
        (("assess", "--season", str(LOUXING / "published")), "no scheme (*.toml or *.json) is in "),
        (("schemes", "show", "--season", str(LOUXING / "published")), "name one, or another folder with --season"),
        (("explain", *SEASON), "Missing argument 'UNIT'"),
        (("explain", "蛇形", *SEASON), "the field of louxing-townships has no unit '蛇形'; did you mean 蛇形山?"),
    ],
)
def test_a_command_that_was_not_understood_ends_with_2_and_says_why(args: tuple[str, ...], said: str) -> None:
    result = run(*args)
    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert said in " ".join(result.output.split())


def test_a_reader_that_goes_away_ends_it_without_a_word() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    gone = TextIOWrapper(FileIO(writer, "w"), write_through=True)
    with gone, redirect_stdout(gone), redirect_stderr(StringIO()) as errors, pytest.raises(SystemExit) as ended:
        envgov.main(["schemes", "show", *SEASON], prog_name="envgov")
    assert (ended.value.code, errors.getvalue()) == (1, "")


# -- help
@pytest.mark.parametrize("command", COMMANDS)
def test_the_example_in_the_help_of_each_command_works(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    (name, *_), wanted = command, "schemes show" if command[0] == "schemes" else command[0]
    helped = printed(*([name, "show"] if name == "schemes" else [name]), "--help")
    example = re.search(r"Example: (envgov .*)", helped, re.DOTALL)
    assert example is not None
    program, *args = shlex.split(example[1])
    assert program == "envgov"
    assert " ".join(args).startswith(wanted)
    assert printed(*args)


def test_the_help_names_every_command_and_exit_code() -> None:
    output = printed("--help")
    assert all(command in output for command in ("assess", "check", "explain", "schemes"))
    assert "Exit codes: 0 done; 1 the input has faults" in output
    assert printed("-h") == output


# -- outputs
class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_on_a_terminal_beside_the_result(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    out, err = Terminal(), Terminal()
    with redirect_stdout(out), redirect_stderr(err):
        envgov.main(["assess", "--season", str(town)], standalone_mode=False)
    assert "丁村" in out.getvalue()
    assert str(town)[:40] in err.getvalue().replace("\n", "")
    assert "town" in err.getvalue()
    assert "丁村" not in err.getvalue()


def test_progress_on_a_terminal_takes_a_folder_and_a_scheme_by_any_name(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    there = town.rename(town.with_name("[x] 2017"))
    (there / "town.toml").write_text(SCHEME.replace('"town"', '"[/town]"'), encoding="utf-8")
    with redirect_stdout(Terminal()) as out, redirect_stderr(Terminal()) as err:
        envgov.main(["assess", "--season", str(there)], standalone_mode=False)
    assert "丁村" in out.getvalue()
    assert "[/town]" in err.getvalue()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_gets_the_result_and_nothing_else(command: tuple[str, ...]) -> None:
    ran = python("-m", "envgov", *command, "--season", "docs/examples/louxing", "--json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"\x1b" not in ran.stdout
    assert json.loads(ran.stdout)["schema"] == 1


def test_bad_data_leaves_the_result_empty_and_no_traceback(town: Path) -> None:
    (town / "inspections.csv").write_text(BAD_DAY, encoding="utf-8")
    ran = python("-m", "envgov", "assess", "--season", str(town))
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.decode().replace("\r", "") == f"Error: {NO_DAY}"


WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {0!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Absent())
from envgov.__main__ import main
main()
"""


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_its_extra_the_command_says_in_one_line_what_to_install(missing: str) -> None:
    ran = python("-c", WITHOUT.format(missing))
    line = "envgov: the command needs its extra: python3 -m pip install 'envgov[cli]'"
    assert (ran.returncode, ran.stdout, ran.stderr.decode().strip()) == (1, b"", line)


def test_the_line_about_the_extra_is_how_the_command_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("envgov.cli")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "click", None)
    with pytest.raises(SystemExit, match=r"^envgov: the command needs its extra: .*'envgov\[cli\]'$"):
        main()


def test_another_missing_module_is_not_taken_for_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "envgov.cli", None)
    with pytest.raises(ModuleNotFoundError, match=r"envgov\.cli"):
        main()


def test_the_module_runs_as_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["envgov", "--version"])
    with redirect_stdout(StringIO()) as out, pytest.raises(SystemExit) as ended:
        runpy.run_path(main.__code__.co_filename, run_name="__main__")
    assert ended.value.code == 0
    assert re.fullmatch(r"envgov, version [0-9]+\.[0-9]+\.[0-9]+.*\n", out.getvalue())
