"""A bulletin as a Word document, in the layout of the standard or a locality's own."""

import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

import envgov as eg
from envgov.documents import Bulletin, Letterhead, Section, Table
from envgov.documents.word import fill_template, to_docx
from gazette import drafted
from rendering import lines_of, printed

HOSTILE = "<b>{{ 1/0 }}</b>\u202e&\x00"
SHOWN = "<b>{{ 1/0 }}</b>[U+202E]&[U+0000]"


def texts(document: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(document)).paragraphs if paragraph.text]


def template(folder: Path, *lines: str) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / "模板.docx"
    document.save(str(path))
    return path


def hostile() -> Bulletin:
    section = Section(HOSTILE, "board", 1, (HOSTILE,), Table((HOSTILE,), ((HOSTILE,),)), (HOSTILE,), (HOSTILE,))
    head = Letterhead(HOSTILE, date(2024, 6, 3), "", HOSTILE)
    return Bulletin(head, (HOSTILE,), HOSTILE, (section,), (HOSTILE,), (HOSTILE,))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return printed(to_docx(drafted(synthetic="全部虚构")), tmp_path_factory.mktemp("word")).pages


def test_it_says_in_order_what_the_bulletin_says() -> None:
    said = texts(to_docx(drafted(synthetic="全部虚构")))
    assert said[:6] == [
        "柳湖镇环境办",
        "柳环〔2024〕7号",
        "关于2024年5月柳湖镇村级考评结果的通报",
        "虚构数据：全部虚构",
        "各村：",
        "现将2024年5月（2024年5月1日至2024年5月31日）柳湖镇村级考评结果通报如下。",
    ]
    assert said[6:13] == [
        "一、排名",
        "本期参评4个单位。",
        "二、有关比率",
        "满意率92%以上（各单位合计92/100，截至2024年5月31日）",
        "三、红榜",
        "甲村：第1名，95.0分",
        "四、黑榜",
    ]


def test_the_signature_stands_before_what_it_can_be_checked_by() -> None:
    said = texts(to_docx(drafted()))
    assert said.index("2024年6月3日") < said.index("依据与核验（SHA-256指纹）")


def test_on_paper_the_imprint_is_last_and_the_number_is_the_second_line(pages: Any) -> None:
    lines = [text for page in pages for text, *_ in lines_of(page)]
    assert lines[:2] == ["柳湖镇环境办", "柳环〔2024〕7号"]
    assert lines[-2] == "柳湖镇环境办2024年6月3日印发"


def test_without_addressee_there_is_none() -> None:
    bulletin = Bulletin(Letterhead("镇", date(2024, 6, 3)), ("通报",), "如下。", (), ())
    assert not any(text.endswith("：") for text in texts(to_docx(bulletin)))


def test_what_a_stranger_typed_is_text_in_the_document() -> None:
    document = Document(BytesIO(to_docx(hostile())))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said.count(SHOWN) == 8  # letterhead, title, opening, text, item, note, body, ground
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == [SHOWN, SHOWN]


# -- a locality's own template
EVERY = (
    "{{ body }} {{ number }} {{ day }} {{ to }} {{ title }} {{ opening }}",
    "{% for text in made_up %}{{ text }}{% endfor %}{% for text in grounds %}{{ text }}{% endfor %}",
    "{%p for section in sections %}",
    "{{ section.heading }}/{{ section.level }}",
    "{% for text in section.text %}{{ text }}{% endfor %}{% for head in section.heads %}{{ head }};{% endfor %}",
    "{% for row in section.rows %}{{ row|join(',') }};{% endfor %}",
    "{% for item in section.lines %}{{ item }};{% endfor %}{% for note in section.notes %}{{ note }}{% endfor %}",
    "{%p endfor %}",
)


def test_a_template_is_filled_with_every_field(tmp_path: Path) -> None:
    said = texts(fill_template(drafted(synthetic="全部虚构"), template(tmp_path, *EVERY)))
    assert said[0] == (
        "柳湖镇环境办 柳环〔2024〕7号 2024年6月3日 各村 关于2024年5月柳湖镇村级考评结果的通报 "
        "现将2024年5月（2024年5月1日至2024年5月31日）柳湖镇村级考评结果通报如下。"
    )
    assert said[1].startswith("虚构数据：全部虚构柳湖镇村级考评（town）")
    assert said[2:5] == [
        "一、排名/1",
        "本期参评4个单位。名次;单位;得分;满意率;档次;备注;",
        "1,甲村,95.0,95.0,红榜,;2,乙村,93.0,90.0,其他,;3,丙村,91.0,-,其他,;4,丁村,88.0,-,黑榜,;-,己村,-,-,,未参评;",
    ]
    assert "拟约谈（村支书）：丁村;以上措施由有权机关审签后执行。" in said


def test_what_a_stranger_typed_is_text_in_a_template_too(tmp_path: Path) -> None:
    said = texts(fill_template(hostile(), template(tmp_path, "{{ opening }}", "{{ sections[0].rows[0][0] }}")))
    assert said == [SHOWN, SHOWN]


def test_equal_bulletins_give_equal_files(tmp_path: Path) -> None:
    own = template(tmp_path, "{{ title }}")
    assert fill_template(drafted(), own) == fill_template(drafted(), own)
    assert to_docx(drafted()) == to_docx(drafted())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{{ titel }}", "titel"),
        ("{% for %}", "cannot be filled"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{% for item in sections[0].items %}{% endfor %}", "not iterable"),
        ("{{ title.__class__.__mro__ }}", "unsafe|__class__"),
    ],
)
def test_a_template_that_asks_for_something_else_is_refused_by_name(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(eg.InputError, match=rf"模板\.docx.*({told})"):
        fill_template(drafted(), template(tmp_path, line))


def test_what_is_no_word_document_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_text("通报", encoding="utf-8")
    with pytest.raises(eg.InputError, match=r"模板\.docx"):
        fill_template(drafted(), path)


def test_without_the_extra_one_line_says_which_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = template(tmp_path, "{{ title }}")
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'envgov\[documents\]'"):
        fill_template(drafted(), own)
