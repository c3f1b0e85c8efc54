"""The commands that enter what happened to an issue: one for each event, and how each is refused."""

import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from click import Option

from desks import ACCEPTED, ADDED, DISPATCHED, RECTIFIED, ROSTER, Desk, opened
from envgov.cli.ledger.events import EVENTS, EventCommand, event_command
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.issue import Event, EventKind as K, StageDue
from test_cli import cells_of

WHISTLE = ("whistle", "W1", "--to", "住建局", "--report-at", "2024-05-02 9:00", "--meet", "村委会", "--people", "各2人",
           "--leader", "李局长", "--task", "清运", "--day", "2024-05-01")  # fmt: skip
SCHEME = """
kind = "Scheme"
id = "town"
levels = ["村"]
cadence = { kind = "month" }
since = 2024-05-01
source = { title = "办法" }
[[deadlines]]
categories = ["垃圾堆放"]
deadline = { kind = "calendar_days", n = 3 }
[[deadlines]]
categories = ["围挡"]
deadline = { kind = "staged", counted = "from the start", stages = [
  { name = "围起", deadline = { kind = "same_day" } },
  { name = "恢复", deadline = { kind = "working_days", n = 5 } },
] }
[[deadlines]]
categories = ["渗水"]
deadline = { kind = "hours", n = 24 }
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return opened(tmp_path)


@pytest.fixture
def owed(desk: Desk) -> Desk:
    """W1 was found and given to 甲村 until 8 May."""
    desk.do(ADDED, DISPATCHED)
    return desk


def last(desk: Desk, id: str = "W1") -> Event:
    with desk.ledger() as ledger:
        return ledger.issue(id).events[-1]


# -- the table of commands
def test_every_event_that_a_clerk_enters_has_one_command() -> None:
    entered = [row.what for row in EVENTS]
    assert sorted(kind.value for kind in K) == sorted([K.FOUND.value, K.ABSORBED.value, *(k.value for k in entered)])


@pytest.mark.parametrize("row", EVENTS, ids=lambda row: row.name)
def test_a_command_on_an_issue_that_is_not_there_is_refused_and_kept(desk: Desk, row: EventCommand) -> None:
    command = event_command(row)
    values = {"--report-at": "2199-05-02 9:00", "--into": "W8", "--to": "甲村"}
    words = [
        word
        for option in command.params
        if isinstance(option, Option) and (option.required or option.opts[0] == "--to")
        for word in (option.opts[0], values.get(option.opts[0], "某"))
    ]
    result = desk.run(str(command.name), "W9", *words)
    assert (result.exit_code, "W9" in result.output) == (1, True), result.output
    assert desk.data("refusals")["refusals"][0]["subject"] == "issue:W9"


# -- what each enters
def test_a_hand_over_says_to_whom_and_until_when(desk: Desk) -> None:
    assert desk.do(ADDED, DISPATCHED) == "第5条：W1 交办（2024-05-01，镇整治办）→甲村；未整改，时限2024-05-08\n"
    assert last(desk) == Event(K.DISPATCHED, date(2024, 5, 1), by="镇整治办", to=("v1",), due=date(2024, 5, 8))


def test_a_receipt_is_told_in_english(desk: Desk) -> None:
    english = desk.do(ADDED, f"{DISPATCHED} --language en")
    assert english == "entry 5: W1 dispatched (2024-05-01, 镇整治办) to 甲村; open, due 2024-05-08\n"


def test_a_receipt_is_data_for_programs(owed: Desk) -> None:
    [entry] = owed.data(RECTIFIED)["entries"]
    told = ("subject", "version", "what", "by", "number", "again", "state", "due", "owed_by")
    assert [entry[name] for name in told] == [
        "issue:W1", 3, "rectified", "张会计", None, False, "rectified", "2024-05-08", ["v1"]
    ]  # fmt: skip
    assert entry["issue"]["kind"] == "Issue"


def test_a_life_goes_from_found_to_closed_and_open_again(owed: Desk) -> None:
    owed.do(RECTIFIED)
    assert owed.do("reject W1 --who 镇整治办 --note 残留 --day 2024-05-06").endswith("；未整改，时限2024-05-08\n")
    owed.do(RECTIFIED, ACCEPTED, "recheck W1 --who 督导组 --day 2024-05-20")
    assert (
        owed.do("reopen W1 --day 2024-05-21 --evidence 照片.jpg") == "第11条：W1 反弹（2024-05-21，张会计）；未整改\n"
    )
    assert last(owed).evidence == ("照片.jpg",)


def test_a_date_is_extended_with_approval(owed: Desk) -> None:
    owed.do("extend W1 --who 甲村 --due 2024-05-12 --asked 2024-05-06 --approved-by 王书记 --note 雨 --day 2024-05-07")
    event = last(owed)
    assert (event.by, event.due, event.asked, event.approved_by, event.note) == (
        "v1", date(2024, 5, 12), date(2024, 5, 6), "王书记", "雨"
    )  # fmt: skip
    assert cells_of(owed.do("show W1"))[-1][6] == "雨；2024-05-06申请；王书记批准"


def test_a_clock_stands_still_and_runs_again(owed: Desk) -> None:
    assert "；挂账，" in owed.do("suspend W1 --note 汛期 --approved-by 王书记 --day 2024-05-02")
    assert "；未整改，" in owed.do("resume W1 --day 2024-05-05")
    assert "历时9天，不计挂账6天" in owed.do("show W1 --on 2024-05-10")


def test_a_whistle_calls_departments_which_attend_claim_and_complete(owed: Desk) -> None:
    assert owed.run(*WHISTLE).exit_code == 0
    whistle = last(owed).whistle
    assert whistle is not None
    assert (whistle.place, whistle.people, whistle.leader, whistle.task) == ("村委会", "各2人", "李局长", "清运")
    assert whistle.report_at == datetime(2024, 5, 2, 9, 0).astimezone()
    owed.do(*(f"{word} W1 --who 住建局 --day 2024-05-02" for word in ("attend", "claim", "complete")))
    owed.do(RECTIFIED)
    assert (
        cells_of(owed.do("show W1"))[2][6] == "2024-05-02 09:00到村委会报到；人员：各2人；责任领导：李局长；任务：清运"
    )


def test_an_issue_that_was_declined_is_reassigned(owed: Desk) -> None:
    owed.do("decline W1 --who 甲村 --note 非本村 --day 2024-05-02", "reassign W1 --to 乙村 --day 2024-05-02")
    with owed.ledger() as ledger:
        assert ledger.issue("W1").owed_by == ("v2",)


def test_several_accept_in_turn_each_in_its_role(owed: Desk) -> None:
    rules = (owed.folder / "rules.toml").read_text(encoding="utf-8").replace('["镇"]', '["村", "镇"]')
    owed.write(rules_toml=rules)
    owed.do(f"settings --rules {owed.file('rules.toml')}", RECTIFIED)
    assert "it is the turn of 村" in owed.refused(f"{ACCEPTED} --role 镇")
    owed.do("pass W1 --who 监委会 --role 村 --day 2024-05-07", f"{ACCEPTED} --role 镇")
    assert cells_of(owed.do("show W1"))[-1][6] == "以镇身份"


def test_an_issue_merges_into_another_and_both_tell_of_it(owed: Desk) -> None:
    owed.do("add W2 --place 乙村 --day 2024-05-02")
    merged = owed.do("merge W2 --into W1 --day 2024-05-03")
    assert merged == "第7条：W2 并入其他问题（2024-05-03，张会计）→W1；已撤销或合并\n"
    assert [cells_of(owed.do(f"show {id}"))[-1][2:5:2] for id in ("W1", "W2")] == [
        ["并入重复问题", "W2"],
        ["并入其他问题", "W1"],
    ]


def test_an_issue_is_listed_slipped_and_rewarded(owed: Desk) -> None:
    owed.do("supervise W1 --day 2024-05-02", "slip W1 --slip 白单 --day 2024-05-02", "reward W1 --day 2024-05-02")
    assert [row[2] for row in cells_of(owed.do("show W1"))[2:]] == ["挂牌督办", "发督办单", "兑现举报奖励"]
    assert cells_of(owed.do("show W1"))[3][6] == "白单"


def test_an_issue_is_referred_up_or_withdrawn(owed: Desk) -> None:
    owed.do("refer W1 --to 住建局 --note 需资金 --due 2024-05-30 --day 2024-05-03")
    assert "已撤销或合并" in owed.do("withdraw W1 --who 王书记 --note 误报 --day 2024-05-04")


def test_several_issues_are_entered_at_once_or_none(owed: Desk) -> None:
    owed.do("add W2 --place 甲村 --day 2024-05-01")
    owed.do(RECTIFIED)
    assert "issue W2: accepted" in owed.refused("accept W1 W2 --who 镇整治办 --day 2024-05-06")
    assert owed.data("show W1")["issues"][0]["state"] == "rectified"
    assert len(owed.do("supervise W1 W2 --day 2024-05-06 --key 五月").splitlines()) == 2
    assert len(owed.do("supervise W1 W2 --day 2024-05-06 --key 五月").splitlines()) == 2
    assert owed.data("show W2")["issues"][0]["version"] == 2


# -- the date that a scheme counts
def dispatch(desk: Desk, category: str, *more: str, day: str = "2024-05-06") -> str:
    desk.write(town_toml=SCHEME)
    desk.do(f"add W1 --place 甲村 --category {category} --day 2024-04-28")
    result = desk.run("dispatch", "W1", "--to", "甲村", "--scheme", desk.file("town.toml"), "--day", day, *more)
    return result.output


def test_the_date_is_counted_by_the_deadlines_of_a_scheme(desk: Desk) -> None:
    assert "时限2024-05-09" in dispatch(desk, "垃圾堆放")


def test_stages_and_the_edition_of_the_work_calendar_are_entered(desk: Desk) -> None:
    lines = dispatch(desk, "围挡").splitlines()
    assert lines[1] == "  阶段时限：围起：2024-05-06；恢复：2024-05-11"  # 11 May makes up for the holiday
    assert lines[2].startswith("  工作日历：国务院节假日安排")
    event = last(desk)
    assert event.dues == (StageDue("围起", date(2024, 5, 6)), StageDue("恢复", date(2024, 5, 11)))
    desk.do("complete W1 --who 甲村 --stage 围起 --day 2024-05-06")
    shown = desk.do("show W1")
    assert shown.splitlines()[2] == "阶段时限：恢复：2024-05-11"
    assert cells_of(shown)[-1][6] == "阶段“围起”"


def test_local_days_lie_over_the_working_days_of_china(desk: Desk) -> None:
    desk.write(days_csv="day,work,why\n2024-05-07,off,防汛\n")
    assert "恢复：2024-05-13" in dispatch(desk, "围挡", "--days", desk.file("days.csv"))
    assert "days.csv" in last(desk).calendar


def test_a_deadline_in_hours_counts_from_the_hour(desk: Desk) -> None:
    assert "counts from an hour" in dispatch(desk, "渗水")
    result = desk.run("dispatch", "W1", "--to", "甲村", "--scheme", desk.file("town.toml"), "--day", "2024-05-06 14:00")
    assert "时限2024-05-07" in result.output


@pytest.mark.parametrize(("category", "day"), [("其他", "2024-05-06"), ("垃圾堆放", "2024-04-30")])
def test_where_no_deadline_applies_the_date_is_asked_for(desk: Desk, category: str, day: str) -> None:
    assert f"has no deadline of {day} for issue W1 (category {category})" in dispatch(desk, category, day=day)


def test_a_date_is_said_or_counted(desk: Desk) -> None:
    assert "give one of the two" in dispatch(desk, "垃圾堆放", "--due", "2024-05-09")
    days = desk.file("rules.toml")
    assert "name it with --scheme" in desk.misunderstood(f"dispatch W1 --to 甲村 --days {days}")


def test_without_the_extra_of_working_days_one_line_says_what_to_install(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    assert "python3 -m pip install 'envgov[workdays]'" in dispatch(desk, "围挡")


def test_an_issue_that_is_not_there_has_no_deadline(desk: Desk) -> None:
    desk.write(town_toml=SCHEME)
    assert "there is no issue:W9" in desk.refused(f"dispatch W9 --to 甲村 --scheme {desk.file('town.toml')}")


# -- what a clerk gets wrong
def test_the_same_typed_twice_is_refused_and_under_its_key_entered_once(owed: Desk) -> None:
    owed.do(f"{RECTIFIED} --key 甲")
    assert "cannot follow" in owed.refused(RECTIFIED)
    assert owed.do(f"{RECTIFIED} --key 甲").endswith("（此前已录入，未重复录入）\n")
    assert owed.data(f"{RECTIFIED} --key 甲")["entries"][0]["again"] is True
    assert "a key is used for one command" in owed.refused(f"{ACCEPTED} --key 甲")
    assert owed.run(*RECTIFIED.split(), "--key", " ").exit_code == 2


def test_what_was_changed_in_between_is_refused(owed: Desk) -> None:
    assert "was seen at version 1 and is at version 2" in owed.refused("supervise W1 --expected 1")
    owed.do("supervise W1 --expected 2")
    assert "give one ISSUE" in owed.misunderstood("supervise W1 W2 --expected 2")


@pytest.mark.parametrize(
    "line",
    ["attend", "claim", "complete", "decline", "extend", "rectify", "fix", "pass", "accept", "reject", "recheck"],
)
def test_who_did_the_work_or_accepts_it_is_never_the_clerk_by_silence(owed: Desk, line: str) -> None:
    assert owed.misunderstood(f"{line} W1") == "Missing option '--who'."


def test_options_that_do_not_fit_together_are_told(owed: Desk) -> None:
    whistle = [word for word in WHISTLE if word not in ("--to", "住建局")]
    result = owed.run(*whistle)
    assert (result.exit_code, "Missing option '--to'" in result.output) == (2, True)
    assert "asked for after that day" in owed.misunderstood(
        "extend W1 --who 甲村 --due 2024-05-12 --asked 2024-05-09 --day 2024-05-07"
    )


def test_who_rectified_does_not_accept(owed: Desk) -> None:
    owed.do("rectify W1 --who 保洁公司 --day 2024-05-06")
    told = owed.refused("accept W1 --who 保洁公司 --day 2024-05-07")
    assert told.endswith(
        "let somebody accept it who did not do the work (rule: rectified is accepted by somebody else)\n"
        "规则：整改由他人验收"
    )
    assert [row[3:5] for row in cells_of(owed.do("refusals"))] == [["验收销号", "整改由他人验收"]]
    assert [row[4] for row in cells_of(owed.do("refusals --language en"))] == ["rectified is accepted by somebody else"]


def test_whoever_is_told_by_a_name_acts_under_the_code(owed: Desk) -> None:
    owed.do(RECTIFIED)
    assert last(owed).by == "v1"


def test_to_whom_nobody_knows_is_noted(owed: Desk) -> None:
    noted = owed.do("reassign W1 --to 住建居 --day 2024-05-02 --language en")
    assert noted.startswith("note: 住建居 is no unit of the grid, and not on the roster\n")


@pytest.mark.parametrize("command", ["dispatch", "reassign", "refer"])
def test_what_is_handed_over_goes_to_somebody(owed: Desk, command: str) -> None:
    assert "Missing option '--to'" in owed.misunderstood(f"{command} W1 --due 2024-05-20")


def test_whose_name_is_like_another_is_asked_for(owed: Desk) -> None:
    assert owed.do("reassign W1 --to 乙树 --day 2024-05-02").startswith(
        "注意：乙树不是网格中的单位，职责分工表中也没有；是否为乙村？\n"
    )


def test_a_whole_unit_is_accepted(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    told = desk.do("accept-unit 甲村 --passed --who 镇整治办 --day 2024-05-06 --note 复验 --at 2024-05-06T09:00+08:00")
    assert told.endswith("甲村 整村验收通过（2024-05-06，镇整治办）（张会计录入）\n")
    told = desk.do("accept-unit 甲村 --failed --who 镇整治办 --day 2024-05-06 --language en")
    assert told.endswith("甲村 failed as a whole (2024-05-06, 镇整治办) (entered by 张会计)\n")
    with desk.ledger() as ledger:
        assert ledger.acceptances() == (UnitAcceptance("v1", date(2024, 5, 6), passed=False, by="镇整治办"),)


def test_a_whole_unit_is_accepted_on_the_day_of_the_entry_if_no_day_is_named(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    entries = desk.data("accept-unit 甲村 --passed --who 镇整治办 --at 2024-05-20T09:00+08:00")["entries"]
    assert [entry["subject"] for entry in entries] == ["acceptance:v1/2024-05-20"]
    assert "a unit is accepted by somebody else" in desk.refused("accept-unit 甲村 --passed --who 甲村")


def test_a_role_of_the_roster_accepts_whole_units_under_its_chinese_word(tmp_path: Path) -> None:
    desk = opened(tmp_path, roster=True)
    assert "a role does what it may" in desk.refused("accept-unit 甲村 --passed --who 住建局 --day 2024-05-06")
    Path(desk.file("roster.csv")).write_text(ROSTER.replace("报到;", "报到;验收整村;"), encoding="utf-8")
    desk.do(f"settings --roster {desk.file('roster.csv')}")
    assert "a role stays within its scope" in desk.refused("accept-unit 甲村 --passed --who 住建局 --day 2024-05-06")
