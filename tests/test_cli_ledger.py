"""The command line of the ledger: how it begins, what it takes in and shows, and what a clerk gets wrong."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from desks import ADDED, DISPATCHED, Desk, desk_in, opened
from envgov.cli import envgov
from envgov.facts.issue import EventKind, State
from envgov.ledger import Hearing
from envgov.wording.ledger import SAY, event_word, state_word
from test_cli import cells_of, python, width


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return opened(tmp_path)


# -- the group
def test_without_the_extra_one_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['sqlalchemy'] = None; sys.argv[1:] = {}; from envgov.__main__ import main; main()"
    lacking = python("-c", code.format(["ledger", "--ledger", "town.db", "show"]))
    assert (lacking.returncode, lacking.stdout) == (1, b"")
    assert lacking.stderr.decode() == "Error: the ledger needs its extra: python3 -m pip install 'envgov[ledger]'\n"
    assert b"Traceback" not in python("-c", code.format(["ledger", "--help"])).stderr
    assert b"Keep a ledger" in python("-c", code.format(["--help"])).stdout


def test_a_module_that_no_extra_brings_is_a_fault_of_the_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "envgov.cli.ledger.commands", None)
    assert isinstance(CliRunner().invoke(envgov, ["ledger", "show"]).exception, ModuleNotFoundError)


def test_without_the_extra_of_postgresql_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    result = CliRunner().invoke(envgov, ["ledger", "--ledger", "postgresql://localhost/town", "show"])
    assert (result.exit_code, result.output) == (
        1,
        "Error: PostgreSQL needs its extra: python3 -m pip install 'envgov[postgres]'\n",
    )


def test_the_help_of_every_command_says_what_it_is_for() -> None:
    listed = CliRunner().invoke(envgov, ["ledger", "--help"]).output
    assert listed.index("  add ") < listed.index("  accept ")
    for name, chinese in (("dispatch", "交办"), ("whistle", "吹哨"), ("accept", "验收销号"), ("reopen", "反弹")):
        assert any(line.split()[:1] == [name] and chinese in line for line in listed.splitlines())


@pytest.mark.parametrize("group", [("ledger",), ("ledger", "publication")])
def test_each_command_is_told_in_one_line_that_is_whole(group: tuple[str, ...]) -> None:
    listed = CliRunner(env={"COLUMNS": "80"}).invoke(envgov, [*group, "--help"]).output
    assert "..." not in listed.partition("Begin:" if len(group) == 1 else "Commands:")[2].replace("(整改率 ...)", "")


def test_the_commands_of_a_bulletin_stand_in_the_order_of_its_life() -> None:
    listed = CliRunner().invoke(envgov, ["ledger", "publication", "--help"]).output
    assert listed.index("  draft ") < listed.index("  feed-back ") < listed.index("  correct ")


def test_commands_stand_under_what_they_are_for() -> None:
    listed = CliRunner().invoke(envgov, ["ledger", "--help"]).output
    heads = [line for line in listed.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert heads == [
        "Options:",
        "Begin:",
        "The life of an issue (问题):",
        "What the day asks:",
        "Papers (文书) and bulletins (通报):",
        "Keep the ledger:",
        "In and out:",
    ]


def test_the_ledger_and_the_clerk_may_be_named_in_the_environment(desk: Desk) -> None:
    env = {"ENVGOV_LEDGER": str(desk.place), "ENVGOV_BY": "李会计"}
    result = CliRunner(env=env).invoke(envgov, ["ledger", *ADDED.split()])
    assert result.exit_code == 0
    assert desk.data("show W1")["issues"][0]["entries"][0]["by"] == "李会计"


def test_a_ledger_that_was_not_named_is_asked_for() -> None:
    result = CliRunner(env={"ENVGOV_LEDGER": None}).invoke(envgov, ["ledger", "show"])
    assert (result.exit_code, "name the ledger" in result.output) == (2, True)


@pytest.mark.parametrize("line", ["add W1 --place 甲村", "accept W1 --who 甲村", "snapshot 2024-05", "erase W1"])
@pytest.mark.parametrize("by", ["", " "])
def test_who_enters_is_asked_for(desk: Desk, line: str, by: str) -> None:
    assert desk.misunderstood(line, by=by).startswith("say who enters it")


def test_where_the_options_of_the_group_stand_is_told(desk: Desk) -> None:
    assert desk.misunderstood("show --ledger other.db") == (
        "--ledger stands before the command: envgov ledger --ledger ... COMMAND ..."
    )
    assert "--nonsense" in desk.misunderstood("show --nonsense")


def test_a_file_that_is_no_ledger_is_named(desk: Desk) -> None:
    desk.place.write_bytes(b"code,name\n" * 500)
    assert "file is not a database" in desk.refused("show")


def test_a_ledger_that_is_not_there_is_named(tmp_path: Path) -> None:
    place = tmp_path / "town.db"
    told = f"{place}: there is no such ledger; begin it with init, or correct the path"
    assert Desk(tmp_path).refused("show") == told


def test_bytes_that_are_no_text_are_named(desk: Desk) -> None:
    assert desk.refused("add W1 --place 甲村 --note \udce4").startswith("issue:W1: a text of found has a NUL or half a")
    assert desk.misunderstood("show W\udce4").startswith("a word of the command is no text")
    assert desk.misunderstood("add W\udce4 --place 甲村").endswith(
        "give a text without NUL and without half characters"
    )


# -- init
def test_a_ledger_begins_with_its_settings(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun = desk.init("--roster", desk.file("roster.csv"))
    assert begun.output.splitlines() == [
        "第1条：网格单位（张会计录入）",
        "第2条：办理规则（张会计录入）",
        "第3条：职责分工表（张会计录入）",
        "第4条：核实反馈（张会计录入）",
    ]
    with desk.ledger() as ledger:
        assert ledger.value("rules:hearing") == Hearing(held=False)


def test_the_settings_that_were_entered_are_told_to_programs(tmp_path: Path) -> None:
    entries = json.loads(desk_in(tmp_path).init("--json").output)["entries"]
    assert [entry["subject"] for entry in entries] == ["grid:units", "rules:life", "rules:hearing"]


def test_of_several_faulty_files_all_faults_are_told_and_nothing_is_made(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    desk.write(grid_csv="code,name,level\nv1,甲村,村\nv1,乙村,村\n", rules_toml="kind = ")
    begun = desk.init()
    assert begun.exit_code == 1
    assert begun.output.startswith("Error: 2 faults:\ngrid.csv, row 3, code: this code is already that of row 2")
    assert "rules.toml: this is not TOML" in begun.output
    assert not desk.place.exists()


def test_where_there_is_a_ledger_none_begins(desk: Desk) -> None:
    again = desk.init()
    assert (again.exit_code, "there is a ledger already" in again.output) == (1, True)


def test_whether_units_are_heard_has_no_default(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    files = f"--grid {desk.file('grid.csv')} --rules {desk.file('rules.toml')}"
    assert "Missing option '--heard'" in desk.misunderstood(f"init {files}")


# -- settings
def test_settings_show_what_the_ledger_decides_by(tmp_path: Path) -> None:
    shown = opened(tmp_path, roster=True).do("settings")
    assert "办理规则：依次验收：镇；须附佐证：；退单期限：2日；延期须在到期前申请；可无时限：长期坚持" in shown
    assert "核实反馈：否" in shown
    assert "网格单位：4个" in shown
    assert cells_of(shown)[3:] == [
        ["甲村", "村", "甲村", "否", "", ""],
        ["乙村", "村", "乙村", "否", "", ""],
        ["住建局", "部门", "住建局", "否", "", ""],
    ]


def test_settings_say_in_words_what_has_no_limit_and_what_comes_late(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    desk.write(
        rules_toml='kind = "LifeRules"\naccepting = ["镇"]\nevidence_of = ["rectified", "found"]\n'
        'decline_within = "no limit"\nextend_before_due = false\nundated = []\n'
    )
    desk.do(f"settings --rules {desk.file('rules.toml')}", "settings --heard")
    assert desk.do("settings").startswith(
        "办理规则：依次验收：镇；须附佐证：发现、整改；退单期限：不限；延期可在到期后申请；可无时限：\n核实反馈：是\n"
    )
    assert "declined within any time" in desk.do("settings --language en")


def test_a_setting_that_was_changed_decides_from_then_on(desk: Desk) -> None:
    desk.do(ADDED, DISPATCHED)
    desk.write(rules_toml='kind = "LifeRules"\naccepting = ["镇"]\nevidence_of = ["rectified"]\ndecline_within = 0\n'
               "extend_before_due = true\nundated = []\n")  # fmt: skip
    assert desk.do(f"settings --rules {desk.file('rules.toml')}") == "第6条：办理规则（张会计录入）\n"
    assert "it has no evidence" in desk.refused("rectify W1 --who 甲村 --day 2024-05-02")


def test_a_roster_is_read_over_the_grid_that_the_ledger_has(desk: Desk) -> None:
    desk.do(f"settings --roster {desk.file('roster.csv')}")
    posts = desk.data("settings")["roster:duty"]["posts"]
    assert [post["who"] for post in posts] == ["张会计", "镇整治办", "王书记", "v1", "v2", "住建局"]
    assert set(desk.data("settings")) == {"schema", "rules:life", "rules:hearing", "roster:duty", "grid:units"}


# -- add
def test_an_issue_that_was_found_is_entered(desk: Desk) -> None:
    assert desk.do(ADDED) == "第4条：W1 发现（2024-05-01，督导组）；未整改\n"
    with desk.ledger() as ledger:
        issue = ledger.issue("W1")
    assert (issue.place, issue.category, issue.events[0].by) == ("v1", "垃圾堆放", "督导组")


def test_the_place_is_a_code_or_a_unique_name(desk: Desk) -> None:
    desk.do("add W1 --place v1", "add W2 --place 甲村")
    assert [issue["issue"]["place"] for issue in desk.data("show")["issues"]] == ["v1", "v1"]


def test_a_unit_that_the_grid_does_not_have_is_told_with_one_like_it(desk: Desk) -> None:
    assert desk.misunderstood("add W1 --place 甲材") == "the grid has no unit '甲材'; did you mean 甲村?"
    assert desk.misunderstood("add W1 --place 县城") == "the grid has no unit '县城'"


def test_a_name_of_several_units_is_not_taken_for_one_of_them(desk: Desk) -> None:
    desk.write(grid_csv="code,name,level\nx,甲村,村\ny,甲村,村\n")
    desk.do(f"settings --grid {desk.file('grid.csv')}")
    told = "2 units are called '甲村': give the code of one of them: x, y"
    assert desk.misunderstood("add W1 --place 甲村") == told


def test_an_id_that_is_taken_is_refused(desk: Desk) -> None:
    desk.do(ADDED)
    assert "there is issue:W1 already" in desk.refused(ADDED)


def test_an_id_that_is_empty_is_no_id(desk: Desk) -> None:
    assert desk.run("add", "", "--place", "甲村").exit_code == 2


def test_a_day_that_has_not_come_is_refused(desk: Desk) -> None:
    assert "nothing is entered before it happens" in desk.refused("add W1 --place 甲村 --day 2199-01-01")


@pytest.mark.parametrize("day", ["明天", "2024-13-01", "2024-05-01x", "2024-05-01T8:77"])
def test_a_day_that_is_none_is_told(desk: Desk, day: str) -> None:
    assert f"'{day}'" in desk.misunderstood(f"add W1 --place 甲村 --day {day}")


def test_a_day_with_its_hour_is_a_moment_of_this_machine(desk: Desk) -> None:
    assert desk.run("add", "W1", "--place", "甲村", "--day", "2024-05-01 8:30").exit_code == 0
    assert desk.run("add", "W2", "--place", "甲村", "--day", "2024-05-01 8:30+08:00").exit_code == 0
    with desk.ledger() as ledger:
        here, there = (ledger.issue(id).events[0].at for id in ("W1", "W2"))
    assert here is not None
    assert here == here.replace(tzinfo=None).astimezone()
    assert there is not None
    assert there.isoformat() == "2024-05-01T08:30:00+08:00"


def test_without_a_day_it_happened_when_it_is_entered(desk: Desk) -> None:
    assert desk.run("add", "W1", "--place", "甲村", "--at", "2024-05-03 9:00").output.startswith(
        "第4条：W1 发现（2024-05-03，张会计）"
    )


def test_who_owes_it_and_who_helps_are_told_by_code_and_strangers_are_noted(desk: Desk) -> None:
    output = desk.do("add W1 --place 甲村 --responsible 乙村 --responsible 住建局 --supporting 丙村")
    assert output.startswith("注意：住建局不是网格中的单位，职责分工表中也没有\n")
    issue = desk.data("show W1")["issues"][0]["issue"]
    assert (issue["responsible"], issue["supporting"]) == (["v2", "住建局"], ["v3"])


def test_whom_the_roster_knows_is_no_stranger(tmp_path: Path) -> None:
    assert "注意" not in opened(tmp_path, roster=True).do("add W1 --place 甲村 --responsible 住建局")


def test_who_has_no_post_enters_nothing_and_the_access_log_has_it(tmp_path: Path) -> None:
    desk = opened(tmp_path, roster=True)
    assert "and has no post" in desk.refused("add W1 --place 甲村", by="路人")
    assert cells_of(desk.do("refusals"))[0][1:5] == ["路人", "issue:W1", "发现", "办理人须在职责分工表中"]


# -- show
def test_an_issue_is_shown_with_all_that_happened(desk: Desk) -> None:
    desk.do(
        "add W1 --place 甲村 --category 垃圾堆放 --description 路边 --source 热线 --supporting 乙村 --day 2024-05-01"
    )
    shown = desk.do(DISPATCHED, "show W1 --on 2024-05-03")
    assert shown.splitlines()[:2] == [
        "W1  甲村  垃圾堆放  路边",
        "未整改；甲村；配合：乙村；时限2024-05-08；来源：热线；历时2天，不计挂账2天；返工0次，反弹0次；第2版",
    ]
    assert [row[:7] for row in cells_of(shown)] == [
        ["4", "2024-05-01", "发现", "张会计", "", "", ""],
        ["5", "2024-05-01", "交办", "镇整治办", "甲村", "2024-05-08", ""],
    ]


def test_an_issue_is_shown_in_english(desk: Desk) -> None:
    shown = desk.do(ADDED, DISPATCHED, "show W1 --on 2024-05-03 --language en")
    assert shown.splitlines()[1] == (
        "open; 甲村; due 2024-05-08; 2 days, 2 without suspension; rejected 0, relapsed 0; version 2"
    )


def test_several_issues_are_shown_one_after_the_other(desk: Desk) -> None:
    shown = desk.do(ADDED, "add W2 --place 乙村 --day 2024-05-01", "show W1 W2 --on 2024-05-03")
    assert "\n\nW2  乙村\n" in shown


def test_an_issue_is_shown_as_it_stood_and_as_it_was_known(desk: Desk) -> None:
    desk.run(*ADDED.split(), "--at", "2024-05-01 9:00")
    desk.run(*DISPATCHED.split(), "--at", "2024-05-02 9:00")
    assert desk.data("show W1 --on 2024-05-03")["issues"][0]["version"] == 2
    known = json.loads(desk.run("show", "W1", "--as-of", "2024-05-01 12:00", "--json").output)
    assert known["issues"][0]["version"] == 1
    assert "was found after 2024-04-30" in desk.misunderstood("show W1 --on 2024-04-30")


def test_an_id_that_the_ledger_does_not_have_is_told(desk: Desk) -> None:
    assert desk.misunderstood("show W9") == "the ledger has no issue 'W9'; `envgov ledger show` lists them"


def test_without_an_id_those_that_are_not_closed_are_listed(desk: Desk) -> None:
    desk.do(ADDED, "add W2 --place 乙村 --day 2024-05-02", "fix W2 --who 乙村 --day 2024-05-02", DISPATCHED)
    listed = desk.do("show --on 2024-05-10")
    assert cells_of(listed) == [["W1", "甲村", "垃圾堆放", "甲村", "2024-05-08", "未整改", "2"]]
    assert len({width(line) for line in listed.splitlines()}) == 1
    assert [row[0] for row in cells_of(desk.do("show --on 2024-05-10 --all"))] == ["W1", "W2"]
    assert desk.do("show --on 2024-04-30") == "没有问题\n"


# -- its words
def test_both_languages_have_the_same_words() -> None:
    assert SAY["zh"].keys() == SAY["en"].keys()


def test_every_event_and_state_has_a_chinese_word() -> None:
    assert all(event_word(kind, "zh") != kind.value for kind in EventKind)
    assert all(state_word(state, "zh") != state.value for state in State)


def test_the_command_runs_as_a_program(desk: Desk) -> None:
    ran = python("-m", "envgov", "ledger", "--ledger", str(desk.place), "--by", "张会计", *ADDED.split())
    assert ran.stdout.decode() == "第4条：W1 发现（2024-05-01，督导组）；未整改\n"
