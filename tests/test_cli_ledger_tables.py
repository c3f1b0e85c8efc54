"""Papers, the daily table, what comes in and what goes out, as a clerk types it and as one who gets it wrong."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import envgov as eg
from desks import ACCEPTED, ADDED, DISPATCHED, RECTIFIED, Desk, opened
from envgov.cli.ledger.papers import PAPERS
from envgov.ledger import Command, Ledger
from test_cli import cells_of

SLIPS = """
kind = "Scheme"
id = "slips"
levels = ["村"]
cadence = { kind = "week", ends = "sunday" }
since = 2024-04-01
source = { title = "办法" }
duties = [{ what = "日报", every = { kind = "day" }, of_level = "村", at = 17:00:00 }]
[[ladders]]
subject = "issue"
publish = "highest"
[[ladders.rungs]]
measure = "白单"
to = ["责任单位"]
when = { kind = "overdue" }
[[ladders.rungs]]
measure = "黄单"
to = ["责任单位"]
when = { kind = "all_of", parts = [{ kind = "overdue" }, { kind = "slipped", level = "白单", during = "ever" }] }
"""
VISITS = """
kind = "Scheme"
id = "visits"
levels = ["村"]
cadence = { kind = "month" }
since = 2024-04-01
source = { title = "办法" }
scoring = { kind = "stated", channel = "督导", several = "mean" }
ranking = { places = 1 }
[[ladders]]
publish = "every rung"
[[ladders.rungs]]
measure = "约谈"
to = ["村支书"]
when = { kind = "below", x = 60 }
[[ladders.rungs]]
measure = "免职"
to = ["村支书"]
when = { kind = "below", x = 50 }
[[ladders.rungs]]
measure = "通报批评"
to = ["单位"]
when = { kind = "bottom", n = 1, ties = "decide" }
"""
SEASON = {
    "grid.csv": "code,name,level,parent\nt,青石镇,镇,\nv1,甲村,村,t\nv2,乙村,村,t\nv3,丙村,村,t\n",
    "inspections.csv": "单位,日期,渠道,得分\nv1,2024-05-03,督导,45\nv2,2024-05-03,督导,45\nv3,2024-05-03,督导,90\n",
}
WHITE = "slips/2024-05-06/W1/白单"


def season(folder: Path, **tables: str) -> Path:
    made = folder / "season"
    made.mkdir(exist_ok=True)
    for name, text in {**SEASON, **{f"{name}.csv": text for name, text in tables.items()}}.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """W1 is owed by 甲村 until 8 May, and not done."""
    desk = opened(tmp_path, roster=True)
    desk.write(slips_toml=SLIPS, visits_toml=VISITS)
    desk.do(ADDED.replace("督导组", "镇整治办"), DISPATCHED)
    return desk


def propose(desk: Desk, on: str = "2024-05-12", *more: str) -> str:
    result = desk.run("slips", "--scheme", desk.file("slips.toml"), "--on", on, *more)
    assert result.exit_code == 0, result.output
    return result.output


# -- slips
def test_what_the_ladders_call_for_is_proposed_once(desk: Desk) -> None:
    first, again = propose(desk), propose(desk)
    assert first.splitlines()[0] == "2024-05-06~12：新拟办1件"
    assert again.splitlines()[0] == "2024-05-06~12没有新的措施"
    row = ["-", "白单", "W1（甲村）", "拟办", "2024-05-12 张会计", "2024-05-06~12", "", WHITE]
    assert cells_of(first) == cells_of(again) == [row]


def test_a_round_that_goes_on_proposes_nothing_yet(desk: Desk) -> None:
    told = desk.misunderstood(f"slips --scheme {desk.file('slips.toml')} --on 2024-05-11 --round 2024-05-06~12")
    assert "was not held" in told
    assert "没有新的措施" in propose(desk, "2024-05-11")


def test_an_earlier_round_may_be_asked_for(desk: Desk) -> None:
    assert "白单" in propose(desk, "2024-05-30", "--round", "2024-05-06~12")
    assert [paper["paper"]["id"] for paper in desk.data("slips")["papers"]] == [WHITE]


def test_a_slip_that_is_signed_is_seen_by_the_ladder_and_followed_by_the_next(desk: Desk) -> None:
    propose(desk)
    signed = desk.do("sign W1 --who 王书记 --day 2024-05-13")
    assert signed.splitlines() == [
        "第8条：W1（甲村） 白单，督办〔2024〕1号 已签发（2024-05-13，王书记）",
        "第9条：W1 已发“白单”",
    ]
    rows = cells_of(propose(desk, "2024-05-19"))
    assert [row[:4] + row[6:7] for row in rows] == [
        ["督办〔2024〕1号", "白单", "W1（甲村）", "已签发", ""],
        ["-", "黄单", "W1（甲村）", "拟办", "督办〔2024〕1号"],
    ]


def test_a_paper_goes_from_proposed_to_done(desk: Desk) -> None:
    propose(desk)
    desk.do("sign W1 --who 王书记 --series 黄〔2024〕 --day 2024-05-13")
    told = desk.do("notify 黄〔2024〕1号 --to 甲村 --due 2024-05-20 --day 2024-05-13")
    assert told == "第10条：W1（甲村） 白单，黄〔2024〕1号 已送达（2024-05-13，张会计），2024-05-20前答复\n"
    assert cells_of(desk.do("slips"))[0][3] == "已送达，2024-05-20前答复"
    assert "已答复" in desk.do("answer W1 --who 甲村 --day 2024-05-15")
    assert "已办结" in desk.do(f"done {WHITE} --evidence 回执.jpg --day 2024-05-16")
    assert desk.do("slips") == "没有文书\n"
    assert cells_of(desk.do("slips --all"))[0][3] == "已办结"


def test_a_voided_slip_keeps_its_number(desk: Desk) -> None:
    propose(desk)
    desk.do("sign W1 --who 王书记 --day 2024-05-13", "void W1 --who 王书记 --note 发错 --day 2024-05-14")
    [row] = cells_of(desk.do("slips --all --language en"))
    assert row[:4] == ["督办〔2024〕1号", "白单", "W1（甲村）", "voided"]


def test_a_command_sent_again_is_entered_once(desk: Desk) -> None:
    propose(desk)
    line = "sign {} --who 王书记 --day 2024-05-13 --key k1"
    first, again = desk.do(line.format(WHITE)), desk.do(line.format(WHITE))
    assert again.splitlines()[0] == first.splitlines()[0] + "（此前已录入，未重复录入）"


def test_several_papers_are_signed_together(desk: Desk) -> None:
    desk.do(ADDED.replace("W1", "W2").replace("督导组", "镇整治办"), DISPATCHED.replace("W1", "W2"))
    propose(desk)
    entries = desk.data("sign W1 W2 --who 王书记 --day 2024-05-13")["entries"]
    assert [(entry["number"], entry["state"], entry["paper"]["subject"]) for entry in entries] == [
        ("督办〔2024〕1号", "signed", "W1"),
        ("督办〔2024〕2号", "signed", "W2"),
    ]


def test_a_moment_is_entered_where_it_is_known(desk: Desk) -> None:
    propose(desk)
    desk.run("sign", "W1", "--who", "王书记", "--day", "2024-05-13 09:30")
    assert desk.data("slips")["papers"][0]["paper"]["events"][1]["at"].startswith("2024-05-13T09:30:00")


def test_inspections_of_a_season_call_for_papers_about_units(desk: Desk, tmp_path: Path) -> None:
    folder = season(tmp_path)
    line = f"slips --scheme {desk.file('visits.toml')} --season {folder} --on 2024-05-31"
    told = desk.do(line)
    assert told.splitlines()[:2] == [
        "2024-05：新拟办4件",
        "待裁定，暂不拟办：通报批评（v1）、通报批评（v2）",
    ]
    assert [row[1:3] for row in cells_of(told)] == [
        ["约谈", "甲村"],
        ["免职", "甲村"],
        ["约谈", "乙村"],
        ["免职", "乙村"],
    ]
    assert "乙村 约谈，督办〔2024〕1号 已签发" in desk.do(
        "sign visits/2024-05-01/v2/约谈 --who 王书记 --day 2024-06-03"
    )


def test_a_personnel_measure_needs_a_body_that_decided(desk: Desk, tmp_path: Path) -> None:
    desk.do(f"slips --scheme {desk.file('visits.toml')} --season {season(tmp_path)} --on 2024-05-31")
    line = "sign visits/2024-05-01/v1/免职 --who 王书记 --day 2024-06-03"
    assert "no body decided it" in desk.refused(line)
    assert "已签发" in desk.do(f"{line} --decided-by 县委")


def test_software_signs_nothing(desk: Desk) -> None:
    propose(desk)
    assert "is no person of the roster" in desk.refused("sign W1 --who envgov --day 2024-05-13")
    assert desk.data("refusals")["refusals"][-1]["what"] == "signed"


def test_issues_of_a_season_are_said_to_be_left_to_the_ledger(desk: Desk, tmp_path: Path) -> None:
    folder = season(tmp_path, issues="问题编号,所属单位,发现日期\nX9,v1,2024-05-01\n")
    result = desk.run("slips", "--scheme", desk.file("visits.toml"), "--season", str(folder), "--on", "2024-05-31")
    assert result.exit_code == 0
    assert "note: the 1 issues of" in result.stderr


def test_papers_are_data_for_programs(desk: Desk) -> None:
    document = json.loads(propose(desk, "2024-05-12", "--json"))
    [paper] = document["papers"]
    assert [paper[name] for name in ("state", "number", "due")] == ["proposed", "", None]
    assert eg.from_dict({"schema": document["schema"], **paper["paper"]}).id == WHITE


@pytest.mark.parametrize("row", PAPERS, ids=lambda row: row.name)
def test_a_paper_that_is_not_there_is_told(desk: Desk, row: object) -> None:
    name = getattr(row, "name", "")
    told = desk.misunderstood(f"{name} W9")
    assert told == "no paper is called W9, or is about it; `envgov ledger slips --all` lists them"


@pytest.mark.parametrize("row", PAPERS[1:], ids=lambda row: row.name)
def test_what_cannot_follow_is_refused_and_kept(desk: Desk, row: object) -> None:
    propose(desk)
    name = getattr(row, "name", "")
    if name == "waive":
        assert "it gives no reason" in desk.refused("waive W1 --day 2024-05-13")
    else:
        assert "cannot follow, the paper is proposed" in desk.refused(f"{name} W1 --day 2024-05-13")
    assert desk.data("refusals")["refusals"][-1]["subject"] == f"paper:{WHITE}"


def test_of_several_papers_about_one_issue_one_is_named(desk: Desk) -> None:
    propose(desk)
    propose(desk, "2024-05-19")
    told = desk.misunderstood("sign W1 --who 王书记")
    assert told == f"several papers are about W1: give one of {WHITE}, slips/2024-05-13/W1/白单"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("sign", "Missing argument 'PAPER...'"),
        ("sign W1 W2 --expected 1", "--expected is the version of one paper: give one PAPER"),
        ("slips --round 2024-05", "--season and --round are for what a scheme proposes: name it with --scheme"),
        ("slips --scheme visits.toml --on 2024-05-31", "no round of visits that ended by 2024-05-31 was held"),
        ("slips --scheme slips.toml --on 2024-04-01", "no round of slips that ended by 2024-04-01 was held"),
    ],
)
def test_a_command_about_papers_that_is_none_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, line: str, told: str
) -> None:
    monkeypatch.chdir(desk.folder)
    assert told in " ".join(desk.misunderstood(line).split())


def test_what_was_seen_is_what_is_signed(desk: Desk) -> None:
    propose(desk)
    assert "was seen at version 3 and is at version 1" in desk.refused("sign W1 --who 王书记 --expected 3")


def test_a_paper_about_an_issue_elsewhere_is_shown_by_its_id(desk: Desk) -> None:
    proposed = eg.PaperEvent(eg.PaperState.PROPOSED, date(2024, 5, 1), by="县")
    paper = eg.Paper("p1", "督办", "X7", (proposed,), about="issue", personnel=False)
    with desk.ledger() as ledger:
        ledger.record_all([Command("paper:p1", paper, "张会计", datetime(2024, 5, 1, tzinfo=UTC), "p1")])
    assert cells_of(desk.do("slips"))[0][2] == "X7"


# -- the daily table
def test_the_daily_table_is_against_the_day_before(desk: Desk) -> None:
    told = desk.do("daily --on 2024-05-01")
    assert told.splitlines()[0] == "问题整治日报  2024-05-01（括号内为较前一日增减）"
    assert cells_of(told) == [
        [
            "2024-05-01",
            "1 (+1)",
            "0",
            "0",
            "1 (+1)",
            "1 (+1)",
            "0",
            "0.00% (0/1，前一日-)",
            "0.00% (0/1，前一日-)",
            "-",
        ]
    ]


def test_the_daily_table_of_a_level_has_every_unit(desk: Desk) -> None:
    rows = cells_of(desk.do("daily --on 2024-05-09 --level 村"))
    assert [(row[0], row[1], row[6]) for row in rows] == [
        ("甲村", "0", "1 (+1)"),
        ("乙村", "0", "0"),
        ("丙村", "0", "0"),
    ]


def test_the_daily_table_of_those_who_owe_is_told_in_english(desk: Desk) -> None:
    told = desk.do("daily --on 2024-05-09 --each responsible --language en")
    assert told.splitlines()[0] == "daily table  2024-05-09 (in brackets: against the day before)"
    assert cells_of(told)[0][0] == "甲村"


def test_a_day_before_everything_has_no_table(desk: Desk) -> None:
    assert desk.do("daily --on 2024-04-30").endswith("当日及以前没有问题\n")


def test_a_category_that_is_not_given_is_a_dash(desk: Desk) -> None:
    desk.do("add W2 --place 乙村 --day 2024-05-02 --who 镇整治办")
    assert [row[0] for row in cells_of(desk.do("daily --on 2024-05-09 --each category"))] == ["-", "垃圾堆放"]


def test_after_the_cut_off_the_next_day_begins(desk: Desk) -> None:
    for id, hour in (("W2", "16:59"), ("W3", "17:01")):
        words = ("add", id, "--place", "乙村", "--who", "镇整治办", "--day", f"2024-05-03 {hour}")
        assert desk.run(*words).exit_code == 0
    told = desk.do("daily --on 2024-05-03 --cut-off 17:00 --each place")
    assert told.splitlines()[0] == "问题整治日报  2024-05-03，截至17:00（括号内为较前一日增减）"
    assert [row[:2] for row in cells_of(told)] == [["乙村", "1 (+1)"]]


def test_the_daily_table_is_data_for_programs(desk: Desk) -> None:
    data = desk.data("daily --on 2024-05-09 --level 村")
    today, yesterday = (data["daily"]["v1"][day] for day in ("today", "yesterday"))
    assert (data["each"], data["until"], today["overdue"], yesterday["overdue"]) == ("村", None, 1, 0)
    assert today["rates"]["on_time"] == {"counted": 0, "among": 1}
    assert desk.data("daily --on 2024-05-09 --cut-off 17:00")["until"].startswith("2024-05-09T17:00:00")


def test_who_has_not_submitted_is_told(desk: Desk) -> None:
    for who, hour in (("甲村", "16:40"), ("乙村", "18:00")):
        result = desk.run("submit", "日报", "--who", who, "--came", f"2024-05-08 {hour}:00+08:00")
        assert result.exit_code == 0, result.output
    asked = ("daily", "--on", "2024-05-08", "--scheme", desk.file("slips.toml"))
    assert desk.run(*asked).output.splitlines()[-1] == (
        "日报（2024-05-08 17:00截止）：应报3，已报2，未报1：丙村，迟报1：乙村"
    )
    data = json.loads(desk.run(*asked, "--json").output)["returns"]
    assert [each["state"] for each in data] == ["on time", "late", "missing"]


def test_a_late_return_is_for_its_day(desk: Desk) -> None:
    words = ("submit", "日报", "--who", "甲村", "--came", "2024-05-09 8:00+08:00", "--for", "2024-05-08")
    assert desk.run(*words).output == "第7条：甲村报送日报（2024-05-08），2024-05-09 08:00\n"
    asked = ("daily", "--on", "2024-05-09", "--cut-off", "23:00", "--scheme", desk.file("slips.toml"))
    assert "应报3，已报0，未报3：甲村、乙村、丙村" in desk.run(*asked).output
    assert json.loads(desk.run(*words, "--json").output)["entries"][0]["submission"]["by"] == "v1"


def test_on_a_day_on_which_nothing_is_owed_that_is_said(desk: Desk) -> None:
    weekly = SLIPS.replace('every = { kind = "day" }', 'every = { kind = "month" }')
    desk.write(slips_toml=weekly)
    assert desk.do(f"daily --on 2024-05-09 --scheme {desk.file('slips.toml')}").endswith("当日没有应报事项\n")


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("daily --level 县", 2, "the ledger's grid has no unit of level '县'"),
        ("daily --level 村 --each place", 2, "rows are of a level or of --each: give one of the two"),
        ("daily --cut-off 五点", 2, "'五点': this is no hour; write it as 17:00"),
        ("daily --scheme visits.toml --on 2024-05-09", 1, "visits does not say what is owed by routine"),
        ("daily --scheme slips.toml --on 2024-03-09", 1, "slips does not apply on 2024-03-09 yet"),
        ("submit 日报", 2, "Missing option '--who'"),
        ("submit 日报 --who 甲村 --came 2199-01-01T00:00Z", 1, "nothing is entered before it happens"),
    ],
)
def test_what_no_daily_table_can_be_made_of_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, line: str, code: int, told: str
) -> None:
    monkeypatch.chdir(desk.folder)
    assert told in " ".join(desk.failed(line, code).split())


# -- out and in
@pytest.fixture
def lived(desk: Desk) -> Desk:
    desk.do(RECTIFIED, ACCEPTED, "add W2 --place 乙村 --who 镇整治办 --day 2024-05-02 --reporter 王某")
    return desk


def test_what_was_exported_is_read_as_it_was_without_who_told_of_it(lived: Desk) -> None:
    told = lived.do(f"export {lived.file('out')}")
    assert told == f"{lived.file('out')}：问题2件、办理记录5条、督办单0件\n"
    with lived.ledger() as ledger:
        assert eg.read_season(lived.file("out")).issues == ledger.issues()
    assert all("王某" not in path.read_text("utf-8") for path in Path(lived.file("out")).iterdir())


def test_what_was_exported_is_imported_into_another_ledger(lived: Desk, tmp_path: Path) -> None:
    lived.do(f"export {lived.file('out')} --language en")
    (tmp_path / "other").mkdir()
    other = opened(tmp_path / "other", roster=True)
    assert other.do(f"import {lived.file('out')}") == "新录入问题2件、办理记录5条；此前已有0件\n"
    assert other.do(f"import {lived.file('out')}") == "新录入问题0件、办理记录0条；此前已有2件\n"
    with lived.ledger() as ours, Ledger.open(other.place) as theirs:
        assert ours.issues() == theirs.issues()


def test_an_export_is_data_for_programs(lived: Desk) -> None:
    assert lived.data(f"export {lived.file('out')}")["events"] == 5


def test_nothing_is_exported_over_what_is_there(lived: Desk) -> None:
    assert "there is something already; name a folder that is new or empty" in lived.refused(f"export {lived.folder}")


ISSUES = """问题编号,所属单位,责任单位,发现日期,交办日期,整改时限,整改日期,销号日期
A1,v1,v1,2024-05-01,2024-05-02,2024-05-09,2024-05-08,2024-05-09
A2,v2,v2,2024-05-01,2024-05-02,,,
A3,v3,v3,2024-05-03,,,,
"""


def test_the_faults_of_a_season_are_told_by_row_and_nothing_is_entered(desk: Desk, tmp_path: Path) -> None:
    folder = season(tmp_path, issues=ISSUES)
    told = desk.refused(f"import {folder} --unnamed 镇整治办")
    assert told.startswith("1 fault:\nissues.csv, row 3: issue A2: dispatched on 2024-05-02")
    with desk.ledger() as ledger:
        assert [issue.id for issue in ledger.issues()] == ["W1"]


def test_whoever_a_row_does_not_name_can_be_named_for_all(desk: Desk, tmp_path: Path) -> None:
    rows = "问题编号,所属单位,责任单位,发现日期,交办日期,整改时限\nA1,v1,v1,2024-05-01,2024-05-02,2024-05-09\n"
    told = desk.refused(f"import {season(tmp_path, issues=rows)}")
    assert told.endswith("it does not say by whom; say with --unnamed who did it")


def test_the_sound_rows_are_entered_if_that_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    result = desk.run("import", str(season(tmp_path, issues=ISSUES)), "--unnamed", "镇整治办", "--sound")
    assert result.exit_code == 0
    assert "issues.csv, row 3: issue A2" in result.stderr
    assert result.stdout == "新录入问题2件、办理记录5条；此前已有0件；未录入1件，见上\n"
    again = desk.data(f"import {tmp_path / 'season'} --unnamed 镇整治办 --sound")
    assert (again["issues"], again["known"]) == (0, 2)
    assert [(fault["file"], fault["row"]) for fault in again["faults"]] == [("issues.csv", 3)]


def test_a_row_that_was_changed_is_a_fault(desk: Desk, tmp_path: Path) -> None:
    rows = "问题编号,所属单位,发现日期\nA1,v1,2024-05-01\n"
    desk.do(f"import {season(tmp_path, issues=rows)}")
    told = desk.refused(f"import {season(tmp_path, issues=rows.replace('v1', 'v2'))}")
    assert "issues.csv, row 2: issue A1: place is 'v1' in the ledger, and 'v2' here" in told


def test_slips_to_units_are_said_to_be_left_out(desk: Desk, tmp_path: Path) -> None:
    result = desk.run("import", str(season(tmp_path, slips="单位,督办单,日期\nv1,白单,2024-05-02\n")))
    assert "note: the 1 slips to units in slips.csv are not entered" in result.stderr


LAYOUT = """
id = "工单"
place = "村"
found = "受理"
closed = "办结"
status = "状态"
elsewhere = "t"
[statuses]
open = ["办理中"]
closed = ["已办结"]
merged = ["重复件"]
"""
REQUESTS = "工单,受理,村,状态,办结\n1,2024-05-03,v1,办理中,\n2,2024-05-03,v2,重复件,2024-05-04\n"


def requests(desk: Desk, rows: str = REQUESTS) -> str:
    desk.write(requests_csv=rows, layout_toml=LAYOUT)
    return f"import {desk.file('requests.csv')} --layout {desk.file('layout.toml')} --unnamed 镇整治办"


def test_the_list_of_another_system_is_imported(desk: Desk) -> None:
    assert desk.do(requests(desk)) == "新录入问题2件、办理记录3条；此前已有0件\n"
    with desk.ledger() as ledger:
        last = ledger.issue("2").events[-1]
    assert (last.what, last.note) == (eg.EventKind.WITHDRAWN, "重复件，来源未说明并入哪一件")


def test_a_doubtful_row_keeps_the_list_out_or_is_left_out(desk: Desk) -> None:
    line = requests(desk, REQUESTS + "3,2024-05-03,x,办理中,\n4,五月,v1,办理中,\n")
    told = desk.refused(line)
    assert [told.count(f"requests.csv, row {row}") for row in (2, 4, 5)] == [0, 1, 1]
    assert "新录入问题2件" in desk.do(f"{line} --sound")


def test_a_refused_row_of_a_list_is_told_by_its_row(desk: Desk) -> None:
    line = requests(desk, "工单,受理,村,状态,办结\n\n9,2024-05-03,v1,已办结,2024-05-04\n")
    told = desk.refused(line.replace("镇整治办", "v1"))
    assert "requests.csv, row 3: " in told


def test_a_source_is_a_folder_or_a_file_with_its_layout(desk: Desk, tmp_path: Path) -> None:
    requests(desk)
    for line in (
        f"import {desk.file('requests.csv')}",
        f"import {season(tmp_path)} --layout {desk.file('layout.toml')}",
    ):
        assert desk.misunderstood(line).startswith("SOURCE is a season's folder, a workbook (.xlsx, --problems), ")


@pytest.mark.parametrize("line", ["import .", "slips --scheme slips.toml", "sign W1", "submit 日报 --who 甲村"])
def test_who_enters_it_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.chdir(desk.folder)
    assert "say who enters it" in desk.misunderstood(line, by="")


@pytest.mark.parametrize("line", ["export out", "daily", "slips", "import season", "notify W1"])
def test_without_a_ledger_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.chdir(season(tmp_path).parent)
    assert "there is no such ledger; begin it with init, or correct the path" in Desk(tmp_path).refused(line)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["season"]
