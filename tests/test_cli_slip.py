"""`envgov slip`: papers and issues of a ledger as slips, notices and records."""

import json
import sys
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document

import envgov as eg
from desks import Desk, opened
from envgov.cli import envgov
from envgov.documents.forms import from_json
from envgov.ledger import Command

ROOT = Path(__file__).parent.parent
PLUGIN = str(ROOT / "docs" / "examples" / "ledger" / "ledger.py")
ADDED = "add W1 --place 甲村 --category 垃圾堆放 --description 路边垃圾 --who 群众孙某 --day 2024-04-01"
LIFE = (
    f"{ADDED} --at 2024-04-01T09:00",
    "dispatch W1 --to 甲村 --due 2024-04-08 --who 镇整治办 --day 2024-04-01 --at 2024-04-01T09:30",
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A ledger with one overdue issue, about which a slip was signed and another is proposed."""
    desk = opened(tmp_path)
    roster = "姓名或单位,角色,个人,所辖单位,所辖部门,可办事项\n张会计,镇,是,全部,,全部\n王书记,书记,是,全部,,全部\n"
    desk.write(all_csv=roster + "群众孙某,书记,是,全部,,\n镇整治办,镇,否,全部,,\n甲村,镇,否,全部,,\n")
    desk.do(f"settings --roster {desk.file('all.csv')} --at 2024-04-01T08:00", *LIFE)
    propose(desk, "2024-04-30")
    desk.do(
        "sign W1 --who 王书记 --day 2024-05-06",
        "notify 督办〔2024〕1号 --to 甲村 --to 王书记 --due 2024-05-10 --day 2024-05-06",
    )
    return desk


def propose(desk: Desk, day: str) -> None:
    words = ["--plugin", PLUGIN, "ledger", "--ledger", str(desk.place), "--by", "张会计", "slips", "--scheme", "ledger"]
    result = CliRunner().invoke(envgov, [*words, "--on", day])
    assert result.exit_code == 0, result.output


def run(desk: Desk, *words: object, body: str = "青石镇整治办", plugin: str = PLUGIN) -> Result:
    given = ["--plugin", plugin, "slip", *map(str, words), "--ledger", str(desk.place), "--body", body]
    return CliRunner(env={"FORCE_COLOR": None, "ENVGOV_PLUGINS": ""}).invoke(envgov, given)


def told(desk: Desk, *words: object) -> str:
    result = run(desk, *words)
    assert result.exit_code == 0, result.output
    return result.output


def test_without_a_file_markdown_is_printed(desk: Desk) -> None:
    said = told(desk, "supervision", "督办〔2024〕1号", "--scheme", "ledger")
    assert said.startswith("# 青石镇整治办督办单\n\n**【督办】**\n\n编号：督办〔2024〕1号\n")
    assert "- **被督办单位**：甲村\n" in said
    assert "“逾期未整改的，予以督办”；触发条件：2024年4月 逾期1天以上\n" in said
    assert "- **发送对象**：甲村、书记\n" in said


def test_a_paper_is_named_by_what_it_is_about_too(desk: Desk) -> None:
    assert told(desk, "supervision", "W1") == told(desk, "supervision", "督办〔2024〕1号")


def test_who_found_it_is_nowhere(desk: Desk) -> None:
    for kind in ("supervision", "talk", "talk-record", "dispatch", "rectification", "exposure"):
        assert "孙某" not in told(desk, kind, "W1")


def test_of_several_papers_the_one_that_goes_on_is_meant(desk: Desk) -> None:
    desk.do("done 督办〔2024〕1号 --evidence 回执.pdf --who 张会计 --day 2024-05-10")
    propose(desk, "2024-05-31")
    said = told(desk, "supervision", "W1")
    assert "> 草稿：未经签发，不具效力" in said
    assert "- **前序督办**：督办〔2024〕1号（督办，2024年5月6日签发，限2024年5月10日前答复，已办结）\n" in said


def test_several_papers_that_go_on_are_told_by_their_ids(desk: Desk) -> None:
    propose(desk, "2024-05-31")
    result = run(desk, "supervision", "W1")
    assert result.exit_code == 2
    assert "give one of ledger/2024-04-01/W1/督办, ledger/2024-05-01/W1/督办" in result.output


def test_a_paper_about_a_unit_is_written_too(desk: Desk) -> None:
    proposed = eg.PaperEvent(eg.PaperState.PROPOSED, date(2024, 5, 1), by="张会计")
    paper = eg.Paper("u1", "督办", "v2", (proposed,), personnel=False, scheme="town", round="2024-04")
    with desk.ledger() as ledger:
        ledger.record_all([Command("paper:u1", paper, "张会计", datetime.now(UTC), "u1")])
    assert "- **被督办单位**：乙村\n" in told(desk, "supervision", "乙村")


def test_a_slip_that_was_entered_in_an_issue_alone_is_written_too(desk: Desk) -> None:
    desk.do(
        "add W2 --place 乙村 --day 2024-05-01",
        "dispatch W2 --to 乙村 --due 2024-05-08 --day 2024-05-01",
        "slip W2 --slip 白单 --note 青督〔2024〕8号 --day 2024-05-09",
        "slip W2 --slip 黄单 --note 青督〔2024〕9号 --day 2024-05-12",
    )
    said = told(desk, "supervision", "W2")
    assert "**【黄单】**\n\n编号：青督〔2024〕9号\n" in said
    assert "- **前序督办**：青督〔2024〕8号（白单，2024年5月9日签发，已签发）\n" in said
    assert "编号：青督〔2024〕8号\n" in told(desk, "supervision", "W2", "--on", "2024-05-10")
    assert "no paper is called W2" in run(desk, "supervision", "W2", "--on", "2024-05-08").output


@pytest.mark.parametrize("suffix", ["docx", "html", "md", "json", "DOCX"])
def test_the_suffix_says_which_form(desk: Desk, suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"督办单.{suffix}"
    assert told(desk, "supervision", "W1", "-o", out) == ""
    content = out.read_bytes()
    if suffix.lower() == "docx":
        assert Document(BytesIO(content)).paragraphs[0].text == "青石镇整治办督办单"
    elif suffix == "json":
        assert from_json(json.loads(content)).number == "督办〔2024〕1号"
    else:
        assert content.decode().startswith({"html": "<!DOCTYPE html>", "md": "# 青石镇整治办督办单"}[suffix])


def test_a_template_is_filled(desk: Desk, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{ number }}")
    document.save(str(tmp_path / "模板.docx"))
    told(desk, "supervision", "W1", "--template", tmp_path / "模板.docx", "-o", tmp_path / "a.docx")
    assert [p.text for p in Document(str(tmp_path / "a.docx")).paragraphs] == ["督办〔2024〕1号"]


def test_a_talk_has_its_hour_and_its_place(desk: Desk) -> None:
    said = told(desk, "talk", "W1", "--talk-at", "2024-05-08 9:00", "--place", "镇政府")
    assert "- **约谈时间**：2024年5月8日 09:00\n- **约谈地点**：镇政府\n" in said
    assert "- **约谈地点**：镇政府\n" in told(desk, "talk-record", "W1", "--place", "镇政府")


def test_a_whistle_is_written(desk: Desk) -> None:
    desk.do(
        "whistle W1 --to 住建局 --report-at 2024-05-08T09:00 --meet 村委会 --people 各2人 --leader 李局长 --task 清运 "
        "--day 2024-05-07"
    )
    assert "- **任务**：清运\n" in told(desk, "whistle", "W1")


def test_an_acceptance_is_written(desk: Desk) -> None:
    desk.do("rectify W1 --who 甲村 --day 2024-05-08", "accept W1 --who 镇整治办 --role 镇 --day 2024-05-09")
    said = told(desk, "acceptance", "W1")
    assert "- **镇意见**：通过（镇整治办，2024年5月9日）\n" in said
    assert "2024年5月9日\n" in said


def test_an_issue_is_told_as_it_stood_on_that_day(desk: Desk) -> None:
    desk.do("rectify W1 --who 甲村 --day 2024-05-08")
    assert "- **目前情况**：未整改\n\n" in told(desk, "exposure", "W1", "--on", "2024-05-07")
    assert "\n2024年5月7日\n" in told(desk, "exposure", "W1", "--on", "2024-05-07")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("supervision", "没有"), "no paper is called 没有"),
        (("dispatch", "W9"), "the ledger has no issue 'W9'"),
        (("dispatch", "W1", "--on", "2024-03-01"), "issue W1 was not found yet on 2024-03-01"),
        (("dispatch", "W1", "--on", "一日"), "'一日'"),
        (("dispatch", "W1", "W2"), "交办单 is about one matter"),
        (("supervision", "W1", "-o", "督办单.pdf"), "give a file that ends in .docx, .html, .md, .json"),
        (("supervision", "W1", "--template", __file__), "--template is for a .docx file"),
        (("dispatch", "W1", "--scheme", "ledger"), "--scheme and --season are for supervision"),
        (("supervision", "W1", "--season", ROOT), "name it with --scheme"),
        (("supervision", "W1", "--place", "镇政府"), "--place for talk and talk-record"),
        (("talk-record", "W1", "--talk-at", "2024-05-08 9:00"), "--talk-at is for talk"),
        (("督办", "W1"), "KIND"),
    ],
)
def test_what_does_not_go_together_is_a_question_of_usage(desk: Desk, words: tuple[Any, ...], said: str) -> None:
    result = run(desk, *words)
    assert result.exit_code == 2
    assert said in result.output


def test_who_issues_it_has_a_name(desk: Desk) -> None:
    result = run(desk, "dispatch", "W1", body=" ")
    assert (result.exit_code, "give a text that is not empty" in result.output) == (2, True)


def test_without_a_ledger_one_is_asked_for() -> None:
    result = CliRunner(env={"ENVGOV_LEDGER": None}).invoke(envgov, ["slip", "dispatch", "W1", "--body", "镇"])
    assert result.exit_code == 2
    assert "set ENVGOV_LEDGER" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("whistle", "W1"), "nobody was whistled for issue W1"),
        (("acceptance", "W1"), "there is nothing to accept"),
    ],
)
def test_a_form_of_what_did_not_happen_is_refused(desk: Desk, words: tuple[str, ...], said: str) -> None:
    result = run(desk, *words)
    assert (result.exit_code, said in result.output) == (1, True)


def test_a_scheme_that_does_not_propose_it_is_no_basis(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.py"
    other.write_text(Path(PLUGIN).read_text(encoding="utf-8").replace('"ledger"', '"other"'), encoding="utf-8")
    result = run(desk, "supervision", "督办〔2024〕1号", "--scheme", "other", plugin=str(other))
    assert result.exit_code == 1
    assert "other does not propose 督办 for W1 in 2024-04 any more, or never did" in result.output


def test_a_file_that_is_there_stays_as_it_is(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "督办单.md"
    out.write_text("旧", encoding="utf-8")
    result = run(desk, "supervision", "W1", "-o", out)
    assert (result.exit_code, out.read_text(encoding="utf-8")) == (1, "旧")


def test_nothing_is_entered(desk: Desk) -> None:
    with desk.ledger() as ledger:
        before = ledger.head
    told(desk, "supervision", "W1", "--scheme", "ledger")
    with desk.ledger() as ledger:
        assert ledger.head == before


def test_without_the_extra_one_line_says_which_to_install(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("envgov.documents.forms.word", "envgov.documents.word", "envgov.documents.official"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "docx", None)
    result = run(desk, "supervision", "W1", "-o", tmp_path / "督办单.docx")
    assert (result.exit_code, result.output) == (
        1,
        "Error: Word documents need their extra: python3 -m pip install 'envgov[documents]'\n",
    )
