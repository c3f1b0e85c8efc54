"""Official papers as GB/T 9704-2012 has them: in the file, and on the page that LibreOffice prints of it."""

import importlib
import sys
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from envgov.documents.official import OfficialPaper
from rendering import lines_of, printed, rules_of

DAY = date(2022, 10, 9)


def written(paper: OfficialPaper) -> Any:
    return Document(BytesIO(paper.to_bytes()))


def fresh() -> OfficialPaper:
    return OfficialPaper("关于红黑榜的通报", "柳湖街道", DAY)


@pytest.fixture(scope="module")
def bulletin(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Three pages: the letterhead, a full page of body, the end."""
    paper = fresh()
    paper.letterhead("柳湖街道人居环境整治工作专班文件", "柳环整〔2022〕9号")
    paper.title("关于2022年9月", "人居环境整治", "红黑榜和整改情况的", "通报")
    paper.addressee("各行政村、社区")
    paper.paragraph("整治环境" * 238)  # 952 characters and the indent: 34 lines and 2 characters
    paper.attachments(["甲表", "乙表"])
    paper.signature("柳湖街道办事处", "2022年10月9日")
    paper.imprint("柳湖街道办公室", "2022年10月9日")
    return printed(paper.to_bytes(), tmp_path_factory.mktemp("bulletin"))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Two pages and a line of nothing but body text."""
    paper = fresh()
    paper.paragraph("整治环境" * 310)  # 1,240 characters and the indent: 44 lines and 10 characters
    return printed(paper.to_bytes(), tmp_path_factory.mktemp("full"))


def test_a_page_has_22_lines_of_28_characters(full: Any) -> None:
    first, second, _ = (lines_of(page)[:-1] for page in full.pages)  # the last line is the page number
    assert [len(text) for text, *_ in first] == [26, *[28] * 21]  # the first is two characters in
    assert [len(text) for text, *_ in second] == [28] * 22


def test_the_text_area_is_37_mm_below_the_upper_edge_and_28_mm_from_the_left(full: Any) -> None:
    page = full.pages[1]
    text = lines_of(page)[:-1]
    assert (round(page.width * 25.4 / 72), round(page.height * 25.4 / 72)) == (210, 297)
    assert min(left for *_, left, _ in text) == pytest.approx(28, abs=0.2)
    assert max(right for *_, right in text) == pytest.approx(184, abs=0.6)
    assert text[0][1] == pytest.approx(37 + 225 / 22, abs=2.2)  # the foot of the first line, within its line
    assert text[-1][1] == pytest.approx(37 + 225, abs=2.5)


def test_page_numbers_stand_7_mm_below_the_text_at_the_outer_edge(full: Any) -> None:
    (one, foot, _, right), (two, _, left, _) = (lines_of(page)[-1] for page in full.pages[:2])
    assert (one, two) == ("—1—", "—2—")
    assert right == pytest.approx(184 - 14 * 25.4 / 72, abs=0.6)  # one character of 四号 in
    assert left == pytest.approx(28 + 14 * 25.4 / 72, abs=0.6)
    assert foot - 14 * 25.4 / 72 / 2 == pytest.approx(262 + 7, abs=1)  # the dashes are at half its height


def test_the_letterhead_begins_35_mm_below_the_text_area_and_the_number_two_lines_below_it(bulletin: Any) -> None:
    head, number, *_ = lines_of(bulletin.pages[0])
    size = 27 * 25.4 / 72  # sixteen characters on the line
    assert head[0] == "柳湖街道人居环境整治工作专班文件"
    assert head[1] - size == pytest.approx(37 + 35, abs=1.5)
    assert number[0] == "柳环整〔2022〕9号"
    assert number[1] - head[1] == pytest.approx(3 * 225 / 22, abs=1.5)
    assert (number[2] + number[3]) / 2 == pytest.approx(28 + 156 / 2, abs=0.5)


def test_a_red_line_as_wide_as_the_text_area_stands_4_mm_below_the_number(bulletin: Any) -> None:
    number = lines_of(bulletin.pages[0])[1]
    left, right, height, (red, green, blue) = rules_of(bulletin.pages[0])[0]
    assert left == pytest.approx(28, abs=0.3)
    assert right == pytest.approx(184, abs=0.3)
    assert height - number[1] == pytest.approx(4, abs=1)
    assert red > 0.8
    assert green + blue < 0.2


def test_the_title_is_broken_between_its_phrases(bulletin: Any) -> None:
    texts = [text for text, *_ in lines_of(bulletin.pages[0])]
    assert texts[2:5] == ["关于2022年9月人居环境整治", "红黑榜和整改情况的通报", "各行政村、社区："]


def test_the_first_page_shows_body_text(bulletin: Any) -> None:
    assert "整治环境" in lines_of(bulletin.pages[0])[5][0]


def test_the_second_attachment_stands_below_the_name_of_the_first(bulletin: Any) -> None:
    first, second = (line for line in lines_of(bulletin.pages[2]) if line[0].endswith("表"))
    assert (first[0], second[0]) == ("附件：1.甲表", "2.乙表")
    assert second[2] - first[2] == pytest.approx(3 * 16 * 25.4 / 72, abs=0.6)


def test_the_day_stands_four_characters_in_and_the_body_is_centred_over_it(bulletin: Any) -> None:
    body, day = (line for line in lines_of(bulletin.pages[2]) if line[0] in ("柳湖街道办事处", "2022年10月9日"))
    assert 184 - day[3] == pytest.approx(4 * 16 * 25.4 / 72, abs=1.5)
    assert (body[2] + body[3]) / 2 == pytest.approx((day[2] + day[3]) / 2, abs=0.5)


def test_the_imprint_stands_at_the_foot_of_the_last_page_between_two_lines(bulletin: Any) -> None:
    page = bulletin.pages[2]
    above, below = sorted(rules_of(page), key=lambda rule: rule[2])
    assert below[2] == pytest.approx(262, abs=2)
    assert above[0] == pytest.approx(28, abs=0.5)
    assert above[1] == pytest.approx(184, abs=0.5)
    assert [text for text, foot, *_ in lines_of(page) if above[2] < foot < below[2]] == [
        "柳湖街道办公室2022年10月9日印发"
    ]


def test_a_signature_never_stands_alone_on_a_page() -> None:
    paper = fresh()
    for text in ("一。", "二。"):
        paper.paragraph(text)
    paper.note("注。")
    paper.signature("柳湖街道办事处", "2022年10月9日")
    keeps = [paragraph.paragraph_format.keep_with_next for paragraph in written(paper).paragraphs]
    assert keeps == [None, True, True, True, True, False]  # its blank line, the body, the day


def test_the_imprint_goes_to_the_page_of_the_last_line() -> None:
    paper = fresh()
    paper.paragraph("完。")
    paper.imprint("柳湖街道办公室", "2022年10月9日")
    text, imprint, room = written(paper).paragraphs
    assert text.paragraph_format.keep_with_next
    assert imprint._p.pPr.find(qn("w:framePr")) is not None
    assert room.text == ""


def test_a_paper_of_an_imprint_alone_has_one() -> None:
    paper = fresh()
    paper.imprint("柳湖街道办公室", "2022年10月9日")
    assert written(paper).paragraphs[0].text == "柳湖街道办公室\t2022年10月9日印发"


def test_each_text_names_the_font_of_the_standard() -> None:
    paper = fresh()
    paper.letterhead("文件", "柳环整〔2022〕9号")
    paper.title("通报")
    paper.heading("一、排名")
    paper.heading("（一）行政村", 2)
    paper.paragraph("正文")
    fonts = {
        run.text: (run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt)
        for paragraph in written(paper).paragraphs
        for run in paragraph.runs
    }
    assert fonts == {
        "文件": ("方正小标宋简体", 48),
        "柳环整〔2022〕9号": ("仿宋_GB2312", 16),
        "通报": ("方正小标宋简体", 22),
        "一、排名": ("黑体", 16),
        "（一）行政村": ("楷体_GB2312", 16),
        "正文": ("仿宋_GB2312", 16),
    }


def test_headings_are_headings_to_a_program_that_reads_aloud() -> None:
    paper = fresh()
    paper.title("通报")
    paper.heading("一、排名")
    assert [p.style.name for p in written(paper).paragraphs if p.text] == ["Title", "Heading 1"]


def test_the_head_of_a_table_comes_again_on_each_page() -> None:
    paper = fresh()
    paper.table(["名次", "单位"], [["1", "甲村"], ["2", "乙村"]])
    (table,) = written(paper).tables
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["名次", "单位"], ["1", "甲村"], ["2", "乙村"]]


def test_a_table_is_as_wide_as_the_text_area() -> None:
    paper = fresh()
    paper.table(["名次", "单位", "理由"], [["1", "甲村", "垃圾清运不及时" * 20]])
    (table,) = written(paper).tables
    assert sum(column.width.mm for column in table.columns) == pytest.approx(156, abs=0.1)


def test_a_column_of_long_texts_is_flush_left() -> None:
    paper = fresh()
    paper.table(["单位", "理由"], [["甲村", "垃圾清运不及时，河道有漂浮物，道路两侧有堆物"]])
    (table,) = written(paper).tables
    assert [cell.paragraphs[0].alignment.name for cell in table.rows[1].cells] == ["CENTER", "LEFT"]


def test_in_a_form_the_text_of_a_single_label_goes_across() -> None:
    paper = fresh()
    paper.form([[("编号", "柳督〔2022〕3号"), ("签发日期", "2022年10月9日")], [("事项", "河道清理")]])
    (table,) = written(paper).tables
    assert [cell.text for cell in table.rows[0].cells] == ["编号", "柳督〔2022〕3号", "签发日期", "2022年10月9日"]
    assert [cell.text for cell in table.rows[1].cells] == ["事项", "河道清理", "河道清理", "河道清理"]  # one, merged


def test_notes_are_in_small_letters_and_stay_on_one_page() -> None:
    paper = fresh()
    paper.note("依据", "办法")
    first, last = written(paper).paragraphs
    assert (first.runs[0].font.size.pt, last.runs[0].font.size.pt) == (12, 12)
    assert (first.paragraph_format.keep_with_next, last.paragraph_format.keep_with_next) == (True, False)


def test_a_letterhead_too_long_for_large_letters_has_smaller_ones() -> None:
    sizes = []
    for name in ("文件", "柳湖街道人居环境整治工作专班文件", "县" * 40):
        paper = fresh()
        paper.letterhead(name)
        sizes.append(written(paper).paragraphs[0].runs[0].font.size.pt)
    assert sizes == [48, 27, 22]  # 442 points / 16 characters; never smaller than the title


def test_equal_papers_have_equal_bytes() -> None:
    assert fresh().to_bytes() == fresh().to_bytes()


def test_the_file_says_who_issued_it_and_when_and_not_which_program_wrote_it() -> None:
    about = written(fresh()).core_properties
    assert (about.title, about.author, about.created.date()) == ("关于红黑榜的通报", "柳湖街道", DAY)
    assert not about.comments


def test_what_no_xml_holds_stands_as_its_number() -> None:
    paper = OfficialPaper("\x00通报", "\ud800街道", DAY)
    paper.paragraph("甲\x00乙\u202e丙\ufffe丁<script>&")
    paper.table(["\x01"], [["\x02"]])
    document = written(paper)
    assert document.paragraphs[0].text == "甲[U+0000]乙[U+202E]丙[U+FFFE]丁<script>&"
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == ["[U+0001]", "[U+0002]"]
    assert document.core_properties.author == "[U+D800]街道"


def test_without_the_extra_one_line_says_which_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delitem(sys.modules, "envgov.documents.official")
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'envgov\[documents\]'"):
        importlib.import_module("envgov.documents.official")


def test_the_parts_of_the_file_bear_no_hour() -> None:
    with ZipFile(BytesIO(fresh().to_bytes())) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
