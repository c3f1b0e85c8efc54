"""The commands that ask, close, verify, copy and erase; and those of a publication."""

import sqlite3
from pathlib import Path

import pytest

from desks import ACCEPTED, ADDED, DISPATCHED, RECTIFIED, Desk, opened
from envgov.cli.ledger.publications import PUBLICATIONS
from envgov.facts.publication import PublicationKind
from envgov.ledger import Ledger
from test_cli import cells_of

SCHEME = """
kind = "Scheme"
id = "town"
levels = ["村"]
cadence = { kind = "quarter" }
since = 2024-04-01
source = { title = "办法" }
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """W1 was closed on 7 May, a day before its date; W2 is owed until 9 May."""
    desk = opened(tmp_path)
    desk.do(ADDED, DISPATCHED, RECTIFIED, ACCEPTED)
    desk.do("add W2 --place 乙村 --day 2024-05-02 --reporter 王某")
    desk.do("dispatch W2 --to 乙村 --due 2024-05-09 --day 2024-05-02")
    return desk


def ids(output: str) -> list[str]:
    return [row[0] for row in cells_of(output)]


# -- what a day asks
def test_what_is_due_on_a_day_is_listed(desk: Desk) -> None:
    assert ids(desk.do("due --on 2024-05-09")) == ["W2"]
    assert desk.do("due --on 2024-05-10") == "没有问题\n"
    assert [issue["issue"]["id"] for issue in desk.data("due --on 2024-05-09")["issues"]] == ["W2"]


def test_what_is_overdue_is_listed_with_its_days(desk: Desk) -> None:
    assert desk.do("overdue --on 2024-05-09 --language en") == "no issue\n"
    assert cells_of(desk.do("overdue --on 2024-05-11")) == [["W2", "乙村", "", "乙村", "2024-05-09", "未整改", "2"]]


def test_a_question_is_about_today_if_no_day_is_named(desk: Desk) -> None:
    assert ids(desk.do("overdue")) == ["W2"]


def test_the_rates_of_a_day_are_shown_with_their_counts(desk: Desk) -> None:
    row = ["50.00% (1/2)", "50.00% (1/2)", "50.00% (1/2)", "0.00% (0/2)", "50.00% (1/2)"]
    assert cells_of(desk.do("rates --on 2024-05-10")) == [["2024-05-10", *row]]


def test_the_rates_of_each_group_are_shown(desk: Desk) -> None:
    places = cells_of(desk.do("rates --on 2024-05-08 --each place"))
    assert places == [
        ["甲村", "100.00% (1/1)", "100.00% (1/1)", "0.00% (0/1)", "0.00% (0/1)", "100.00% (1/1)"],
        ["乙村", "0.00% (0/1)", "0.00% (0/1)", "0.00% (0/1)", "0.00% (0/1)", "无"],
    ]
    assert ids(desk.do("rates --on 2024-05-08 --each category")) == ["（未填）", "垃圾堆放"]


def test_the_rates_are_data_for_programs(desk: Desk) -> None:
    rates = desk.data("rates --on 2024-05-08 --each responsible")["rates"]
    assert rates["v2"]["on_time"] == {"counted": 0, "among": 0}


# -- the end of a round
def test_a_month_is_closed_once_and_shown_as_it_was(desk: Desk) -> None:
    assert desk.do("snapshot 2024-05") == "第10条：2024-05台账已封存（张会计录入）\n"
    desk.do("rectify W2 --who 乙村 --day 2024-05-31")
    states = [row[5] for row in cells_of(desk.do("snapshot 2024-05 --show"))]
    assert states == ["已销号", "未整改"]
    assert desk.refused("snapshot 2024-05-20") == "the ledger of 2024-05 was closed before; --show shows it"


@pytest.mark.parametrize("month", ["2024-5", "2024/05", "2024年5月"])
def test_a_month_may_be_written_as_a_spreadsheet_does(desk: Desk, month: str) -> None:
    assert desk.do(f"snapshot {month}") == "第10条：2024-05台账已封存（张会计录入）\n"


def test_a_snapshot_is_a_receipt_for_programs(desk: Desk) -> None:
    [entry] = desk.data("snapshot 2024-05")["entries"]
    assert (entry["seq"], entry["subject"]) == (10, "snapshot:2024-05-01..2024-06-01")


def test_a_round_is_that_of_the_scheme(desk: Desk) -> None:
    desk.write(town_toml=SCHEME)
    scheme = f"--scheme {desk.file('town.toml')}"
    assert desk.do(f"snapshot 2024-06 {scheme}") == "第10条：2024-Q2台账已封存（张会计录入）\n"
    assert desk.do(f"snapshot 2023-06 {scheme}") == "第11条：2023-Q2台账已封存（张会计录入）\n"


def test_a_round_that_goes_on_is_not_closed(desk: Desk) -> None:
    result = desk.run("snapshot", "2024-05", "--at", "2024-05-30 23:00")
    assert (result.exit_code, "2024-05 goes on to 2024-05-31" in result.output) == (2, True)
    assert desk.run("snapshot", "2024-05", "--at", "2024-05-31 17:00").exit_code == 0


def test_a_round_that_was_not_closed_cannot_be_shown(desk: Desk) -> None:
    assert "no snapshot of 2024-05-01" in desk.misunderstood("snapshot 2024-05 --show")
    assert "this is not a day" in desk.misunderstood("snapshot 五月")


# -- verify, rebuild
def test_a_sound_ledger_prints_its_head_and_a_bulletin_is_held_to_it(desk: Desk) -> None:
    found = desk.data("verify")
    assert (found["sound"], found["problem"], found["differing"]) == (9, "", [])
    assert desk.do(f"verify --head {found['head']}") == f"共9条，完好无缺；链首：{found['head']}\n"
    assert desk.do("verify --language en") == f"9 entries, all sound; the head is {found['head']}\n"
    assert "is not the one of which the head" in desk.run("verify", "--head", "5-000000000000").output
    for printed in ("五", "12", "12-", "12-9f86"):
        assert f"'{printed}' is no head" in desk.misunderstood(f"verify --head {printed}")


def test_a_ledger_without_entries_is_sound(tmp_path: Path) -> None:
    empty = Desk(tmp_path)
    Ledger.create(empty.place).close()
    assert empty.do("verify") == "没有条目\n"


def touch(desk: Desk, statement: str) -> None:
    connection = sqlite3.connect(desk.place)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_entry_that_was_altered_is_named(desk: Desk) -> None:
    touch(desk, "UPDATE entries SET by = '李' WHERE seq = 5")
    result = desk.run("verify")
    assert (result.exit_code, "entry 5 was altered" in result.output) == (1, True)


def test_a_table_that_was_altered_is_named_and_made_anew(desk: Desk) -> None:
    touch(desk, "UPDATE issues SET state = 'closed' WHERE id = 'W2'")
    result = desk.run("verify")
    assert (result.exit_code, "问题表与各条目不符：W2" in result.output) == (1, True)
    desk.do("rebuild", "verify")


# -- backups
def test_a_backup_becomes_a_ledger(desk: Desk) -> None:
    copied, restored = desk.file("backup.db"), desk.file("restored.db")
    head = desk.data("verify")["head"]
    assert desk.do(f"backup {copied}") == f"{copied}  {head}\n"
    other = desk.run("--ledger", restored, "restore", copied)
    assert other.output == f"{restored}  {head}\n"
    assert desk.data(f"--ledger {restored} show W2")["issues"][0]["version"] == 2


def test_what_is_there_is_not_written_over(desk: Desk) -> None:
    desk.do(f"backup {desk.file('backup.db')}")
    assert "is there already" in desk.refused(f"backup {desk.file('backup.db')}")
    assert "there is a ledger already" in desk.refused(f"restore {desk.file('backup.db')}")


def test_a_file_that_is_no_backup_is_named(desk: Desk) -> None:
    assert "file is not a database" in desk.refused(f"--ledger {desk.file('x.db')} restore {desk.file('grid.csv')}")


# -- who told of it
def test_who_told_of_an_issue_is_given_out_by_one_command_and_erased(desk: Desk) -> None:
    assert "王某" not in desk.do("show W2") + desk.do("show W2 --json")
    assert desk.do("reporter W2") == "王某\n"
    assert desk.do("erase W2") == "第10条：W2的举报人已删除（张会计录入）\n"
    assert desk.do("reporter W2") == "没有举报人，或已删除\n"
    assert desk.do("reporter W1 --language en") == "nobody is kept as its reporter, or it was erased\n"
    desk.do("verify")


@pytest.mark.parametrize("line", ["reporter W9", "erase W9"])
def test_of_an_issue_that_is_not_there_nobody_told(desk: Desk, line: str) -> None:
    assert "the ledger has no issue 'W9'" in desk.misunderstood(line)


# -- publications
@pytest.fixture
def drafted(tmp_path: Path) -> Desk:
    desk = opened(tmp_path, roster=True)
    desk.write(one_txt="一", two_txt="二")
    desk.do(f"publication draft 五月 --scheme town --round 2024-05 --file {desk.file('one.txt')} --day 2024-06-01")
    return desk


def test_every_kind_of_event_of_a_publication_has_a_command() -> None:
    assert {row.what for row in PUBLICATIONS} == set(PublicationKind)


def test_a_publication_goes_from_draft_to_correction(drafted: Desk) -> None:
    one, two = (drafted.file(name) for name in ("one.txt", "two.txt"))
    drafted.do(
        "publication feed-back 五月 --to 甲村 --due 2024-06-03 --day 2024-06-01",
        "publication object 五月 --objection 甲1 --note 已销号 --who 甲村 --day 2024-06-02",
        "publication review 五月 --objection 甲1 --upheld --note 属实 --who 王书记 --day 2024-06-03",
        f"publication draft 五月 --file {two} --day 2024-06-04",
        f"publication sign 五月 --file {two} --who 王书记 --day 2024-06-05",
        f"publication publish 五月 --file {two} --day 2024-06-06",
    )
    corrected = (
        f"publication correct 五月 --file {one} --note 笔误 --moved 甲村 --withdrawn M1 --who 王书记 --day 2024-06-07"
    )
    assert drafted.do(corrected) == "第12条：五月 更正（2024-06-07，王书记）；更正\n"
    shown = drafted.do("publication show 五月")
    assert shown.splitlines()[0] == "town 2024-05  更正"
    assert [row[1] for row in cells_of(shown)] == ["拟稿", "核实反馈", "申诉", "复核", "拟稿", "审签", "发布", "更正"]
    assert cells_of(shown)[2][5] == "甲1；已销号"
    events = drafted.data("publication show 五月")["publication"]["events"]
    assert (events[-1]["moved"], events[-1]["withdrawn"]) == (["v1"], ["M1"])


def test_the_digest_of_the_text_is_entered(drafted: Desk) -> None:
    [event] = drafted.data("publication show 五月")["publication"]["events"]
    assert event["text"] == "51a75f4634dfa8598a0a1436da0b7764830edd1f3a97661222387da2fe2b38d1"


def test_what_was_not_drafted_is_not_signed(drafted: Desk) -> None:
    told = drafted.refused(f"publication sign 五月 --file {drafted.file('two.txt')} --who 王书记 --day 2024-06-05")
    assert "what is signed and published is the last draft" in told


def test_a_body_does_not_sign(drafted: Desk) -> None:
    told = drafted.refused(f"publication sign 五月 --file {drafted.file('one.txt')} --who 镇整治办 --day 2024-06-05")
    assert "people sign" in told


def test_a_draft_says_of_which_scheme_and_round_it_is(drafted: Desk) -> None:
    assert "scheme=''" in drafted.misunderstood(f"publication draft 六月 --file {drafted.file('one.txt')}")


def test_a_publication_that_is_not_there_is_told(drafted: Desk) -> None:
    assert drafted.misunderstood("publication show 六月") == "the ledger has no publication '六月'"
    assert "there is no publication:六月" in drafted.refused("publication feed-back 六月 --to 甲村")


def test_a_publication_is_a_receipt_for_programs(drafted: Desk) -> None:
    [entry] = drafted.data("publication feed-back 五月 --to 甲村 --due 2024-06-03 --day 2024-06-01")["entries"]
    assert (entry["what"], entry["state"]) == ("fed back", "fed back")


def test_the_hour_of_a_publication_is_entered_where_it_is_known(drafted: Desk) -> None:
    day = ("--day", "2024-06-01 17:00")
    assert drafted.run("publication", "feed-back", "五月", "--to", "甲村", "--due", "2024-06-03", *day).exit_code == 0
    assert drafted.data("publication show 五月")["publication"]["events"][1]["at"].startswith("2024-06-01T17:00")
