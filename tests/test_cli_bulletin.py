"""`envgov bulletin`: a file in the form that its suffix says, whole, and in the place of no other."""

import json
import sys
from io import BytesIO
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result
from docx import Document

from envgov.cli import envgov
from envgov.cli.output import write_new
from envgov.documents import from_json

ROOT = Path(__file__).parent.parent
LOUXING = ROOT / "docs" / "examples" / "louxing"
GIVEN = ("--season", LOUXING, "--round", "2017-04", "--body", "娄星区爱卫办", "--day", "2017-05-02")
SUBJECT = "关于2017年4月娄星区环境卫生整建考评结果的通报"


def run(*args: object, given: tuple[object, ...] = GIVEN, command: str = "bulletin") -> Result:
    words = [command, *map(str, given), *map(str, args)]
    return CliRunner(env={"FORCE_COLOR": None, "ENVGOV_PLUGINS": ""}).invoke(envgov, words)


@pytest.fixture
def season(tmp_path: Path) -> Path:
    """Louxing as it is corrected: the last township of April has better marks."""
    folder = tmp_path / "season"
    copytree(LOUXING, folder)
    return folder


def corrected(folder: Path) -> tuple[object, ...]:
    """Of 蛇形山's villages in April, each gets ten points more, up to a hundred."""
    path = folder / "inspections.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    assert "蛇形山" in (folder / "grid.csv").read_text(encoding="utf-8")
    changed = [row.replace("86.", "96.") if "2017-04" in row else row for row in rows]
    path.write_text("\n".join([head, *changed]) + "\n", encoding="utf-8")
    return ("--season", folder, *GIVEN[2:])


def test_without_a_file_the_text_for_a_chat_is_printed() -> None:
    result = run()
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{SUBJECT}\n娄星区爱卫办 2017年5月2日\n")
    assert "\n1 花山 86.98\n" in result.output
    assert "\n拟通报批评（乡镇主要负责人）：蛇形山\n" in result.output


def test_it_has_no_more_bytes_than_it_may() -> None:
    result = run("--max-bytes", 400)
    assert len(result.output.encode()) <= 400
    assert result.output.splitlines()[-1].startswith("…余")


@pytest.mark.parametrize("suffix", ["txt", "html", "md", "json", "docx", "DOCX"])
def test_the_suffix_says_which_form(suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"通报.{suffix}"
    result = run("-o", out, "--number", "娄爱卫〔2017〕4号", "--to", "各乡镇：")
    assert (result.exit_code, result.output) == (0, "")
    content = out.read_bytes()
    if suffix.lower() == "docx":
        said = [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]
        assert said[3] == "娄爱卫〔2017〕4号"
        assert "各乡镇：" in said
    elif suffix == "json":
        assert from_json(json.loads(content)).letterhead.to == "各乡镇"
    else:
        text = content.decode()
        assert SUBJECT in text
        assert text.startswith({"html": "<!DOCTYPE html>", "md": "# 关于", "txt": "关于"}[suffix])


def test_equal_seasons_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        assert run("-o", tmp_path / name).exit_code == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_the_fingerprint_of_the_data_is_that_of_the_files(season: Path) -> None:
    def fingerprint(folder: Path) -> str:
        return next(
            line
            for line in run(given=("--season", folder, *GIVEN[2:])).output.splitlines()
            if line.startswith("数据：")
        )

    assert fingerprint(season) == fingerprint(LOUXING)
    (season / "inspections.csv").write_bytes((season / "inspections.csv").read_bytes() + b"\n")
    assert fingerprint(season) != fingerprint(LOUXING)


def test_the_head_of_the_ledger_is_printed() -> None:
    assert "台账链首：120-9f86d081884c\n" in run("--head", "120-9f86d081884c").output


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    out = tmp_path / "通报.md"
    out.write_text("旧", encoding="utf-8")
    result = run("-o", out)
    assert result.exit_code == 1
    assert "is there already; name another file" in result.output
    assert out.read_text(encoding="utf-8") == "旧"


def test_a_folder_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    result = run("-o", tmp_path / "五月" / "通报.md")
    assert result.exit_code == 1
    assert "五月 is no folder: make it, or name a file in another" in result.output.replace("\n", "")
    assert not any(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_to_its_end_is_none(tmp_path: Path) -> None:
    out = tmp_path / "通报.md"
    with pytest.raises(TypeError):
        write_new(out, "no bytes")  # type: ignore[arg-type]
    assert not out.exists()


def test_a_template_is_filled(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{ body }}：{{ title }}")
    document.save(str(tmp_path / "模板.docx"))
    out = tmp_path / "通报.docx"
    assert run("-o", out, "--template", tmp_path / "模板.docx").exit_code == 0
    assert [p.text for p in Document(str(out)).paragraphs] == [f"娄星区爱卫办：{SUBJECT}"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("-o", "通报.pdf"), "give a file that ends in .docx, .txt, .html, .md, .json"),
        (("-o", "通报"), "give a file that ends in"),
        (("--template", __file__), "--template is for a .docx file"),
        (("-o", "通报.md", "--max-bytes", "500"), "--max-bytes is for the text of a chat"),
        (("--number", "娄爱卫[2017]4号"), "柳环整〔2022〕9号"),
        (("--body", " "), "give a text that is not empty"),
        (("--correct", str(LOUXING)), "give --corrects and --why"),
        (("--why", "有误"), "belong to --correct"),
        (("--corrects", "旧文"), "belong to --correct"),
    ],
)
def test_what_does_not_go_together_is_a_question_of_usage(args: tuple[str, ...], told: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert told in result.output


def test_a_correction_of_a_folder_tells_what_moved(season: Path) -> None:
    after = corrected(season)
    result = run("--correct", LOUXING, "--corrects", "娄爱卫〔2017〕4号", "--why", "村级得分录入有误", given=after)
    assert result.exit_code == 0, result.output
    assert result.output.startswith("关于更正2017年4月")
    assert "（娄爱卫〔2017〕4号）有误，现予更正。更正原因：村级得分录入有误。" in result.output
    assert "【变动情况】" in result.output


def test_a_correction_of_what_assess_printed_is_that_of_the_folder(season: Path, tmp_path: Path) -> None:
    after = corrected(season)
    published = tmp_path / "published.json"
    given = ("--season", LOUXING, "--round", "2017-04", "--json")
    published.write_text(run(given=given, command="assess").output, encoding="utf-8")
    said = ("--corrects", "娄爱卫〔2017〕4号", "--why", "村级得分录入有误")
    assert (
        run("--correct", published, *said, given=after).output == run("--correct", LOUXING, *said, given=after).output
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("通报", "is not what `envgov assess --json` printed"),
        ("[]", "is not what `envgov assess --json` printed"),
        ('{"schema": 1, "assessments": ["甲"]}', "is not what `envgov assess --json` printed"),
        ('{"schema": 1, "assessments": [{"kind": "Absence"}]}', "fault"),
        (
            '{"schema": 1, "assessments": [{"kind": "Unit", "code": "甲", "name": "甲", "level": "村"}]}',
            "holds something else than assessments",
        ),
    ],
)
def test_a_file_that_holds_something_else_cannot_be_corrected(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "published.json"
    path.write_text(text, encoding="utf-8")
    result = run("--correct", path, "--corrects", "旧文", "--why", "有误")
    assert result.exit_code == 1
    assert told in result.output


def test_without_the_extra_one_line_says_which_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("envgov.documents.word", "envgov.documents.official"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "docx", None)
    result = run("-o", tmp_path / "通报.docx")
    assert (result.exit_code, result.output) == (
        1,
        "Error: Word documents need their extra: python3 -m pip install 'envgov[documents]'\n",
    )
