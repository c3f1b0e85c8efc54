"""Forms as Word documents: in the file, on the page that LibreOffice prints, in a locality's own template."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from docx import Document

import envgov as eg
from dossiers import BEFORE, NOTIFIED, OFFICE, RULES, SIGNED, WHISTLE, E, basis, event, issue, may, paper
from envgov.documents import Table
from envgov.documents.forms import (
    Box,
    Form,
    Part,
    draft_acceptance_record,
    draft_dispatch_slip,
    draft_exposure,
    draft_rectification_notice,
    draft_supervision_slip,
    draft_talk_notice,
    draft_talk_record,
    draft_whistle_notice,
)
from envgov.documents.forms.word import fill_template, to_docx
from rendering import lines_of, printed, rules_of

HOSTILE = "<b>{{ 1/0 }}</b>\u202e&\x00"
SHOWN = "<b>{{ 1/0 }}</b>[U+202E]&[U+0000]"
SLIP = draft_supervision_slip(
    paper("p1", SIGNED, NOTIFIED, follows="town/03"), OFFICE, basis=basis(), issue=issue(), before=BEFORE
)
NOTICE = draft_rectification_notice([issue()], OFFICE)


def template(folder: Path, *lines: str) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / "模板.docx"
    document.save(str(path))
    return path


def texts(document: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(document)).paragraphs if paragraph.text]


def cells(document: bytes) -> list[list[str]]:
    return [[cell.text for row in table.rows for cell in row.cells] for table in Document(BytesIO(document)).tables]


@pytest.fixture(scope="module")
def slip(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return printed(to_docx(SLIP), tmp_path_factory.mktemp("slip")).pages


@pytest.fixture(scope="module")
def dispatch(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return printed(to_docx(draft_dispatch_slip(issue(), OFFICE)), tmp_path_factory.mktemp("dispatch")).pages


# -- on the page
def test_a_slip_has_its_return_part_whole_on_the_second_page(slip: Any) -> None:
    first, second = ([text for text, *_ in lines_of(page)] for page in slip)
    assert first[:3] == ["青石镇整治办督办单", "黄单", "编号：督办〔2024〕2号"]
    assert first[-3:] == ["青石镇整治办", "2024年5月6日", "—1—"]
    assert second[0] == "回执联（沿虚线撕下，填写后退回青石镇整治办）"
    assert any(text.startswith("核查意见") for text in second)


def test_a_dispatch_slip_has_one_page_with_its_return_part(dispatch: Any) -> None:
    [page] = dispatch
    said = [text for text, *_ in lines_of(page)]
    assert said.index("青石镇整治办") < said.index("回执联（沿虚线撕下，填写后退回青石镇整治办）")


def test_the_level_stands_in_the_middle_between_two_yellow_bars(slip: Any) -> None:
    word = lines_of(slip[0])[1]
    assert (word[2] + word[3]) / 2 == pytest.approx(28 + 156 / 2, abs=0.5)
    bars = [rule for rule in rules_of(slip[0]) if rule[3] == pytest.approx((1, 0xD4 / 255, 0), abs=0.01)]
    assert {round(left) for left, *_ in bars} == {28}
    assert {round(right) for _, right, *_ in bars} == {184}
    heights = [height for _, _, height, _ in bars]
    assert min(heights) < word[1] - 4 < word[1] < max(heights)


def test_the_number_stands_at_the_right_edge(slip: Any) -> None:
    assert lines_of(slip[0])[2][3] == pytest.approx(184, abs=1)


def test_what_is_written_as_a_letter_has_22_lines_of_28_characters(tmp_path: Path) -> None:
    letter = evolve(NOTICE, parts=(Part(text=("整治环境" * 310, "请收到后即办。", "特此通知。")),), returns=(), to="")
    first, second, *_ = printed(to_docx(letter), tmp_path).pages
    assert [len(text) for text, *_ in lines_of(first)[2:5]] == [26, 28, 28]  # the first is two characters in
    assert [len(text) for text, *_ in lines_of(second)[:-1]] == [28] * 22
    text = lines_of(second)[:-1]
    assert min(left for *_, left, _ in text) == pytest.approx(28, abs=0.2)
    assert max(right for *_, right in text) == pytest.approx(184, abs=0.5)
    assert text[-1][1] - text[0][1] == pytest.approx(21 * 225 / 22, abs=0.5)
    assert [lines_of(page)[-1][0] for page in (first, second)] == ["—1—", "—2—"]


@pytest.mark.parametrize(
    "form",
    [
        draft_talk_notice([paper("p1", SIGNED, NOTIFIED)], OFFICE, issues=[issue()]),
        draft_talk_record([paper("p1", SIGNED, NOTIFIED)], OFFICE, issues=[issue()]),
        draft_whistle_notice(issue(event(E.WHISTLED, may(2), by="张会计", to=("住建局",), whistle=WHISTLE)), OFFICE),
        draft_acceptance_record(issue(event(E.RECTIFIED, may(3), by="v1")), OFFICE, rules=RULES),
        draft_exposure(issue(), OFFICE, on=may(6)),
        NOTICE,
    ],
    ids=lambda form: form.what,
)
def test_every_paper_has_one_page_within_the_text_area_with_its_number(form: Form, tmp_path: Path) -> None:
    [page] = printed(to_docx(form), tmp_path).pages
    *text, number = lines_of(page)
    assert all(left > 27.5 and right < 184.8 and 37 < foot < 265 for _, foot, left, right in text)
    assert number[0] == "—1—"


def test_labels_are_not_broken(slip: Any) -> None:
    first = [text for text, *_ in lines_of(slip[0])]
    for label in ("被督办单位", "督办依据", "前序督办", "照片、材料"):
        assert any(label in text for text in first)


def test_it_stays_within_the_text_area(slip: Any, dispatch: Any) -> None:
    for page in (*slip, *dispatch):
        assert all(left > 27.5 and right < 184.8 and foot < 265 for _, foot, left, right in lines_of(page)[:-1])


# -- in the file
def test_every_box_is_in_the_document() -> None:
    form, back = cells(to_docx(SLIP))
    for part, found in zip((*SLIP.parts, *SLIP.returns), (form, back), strict=True):
        for row in part.rows:
            for box in row:
                assert {box.label, box.text} <= set(found)


def test_a_notice_has_addressee_text_and_table() -> None:
    document = to_docx(NOTICE)
    assert texts(document)[:4] == [
        "青石镇整治办限期整改通知书",
        "编号：____________",
        "甲村：",
        NOTICE.parts[0].text[0],
    ]
    assert cells(document)[0][:4] == ["问题编号", "位置", "问题", "整改时限"]


def test_a_draft_says_so_in_a_frame() -> None:
    assert "草稿：未经签发，不具效力" in texts(to_docx(draft_supervision_slip(paper("p1"), OFFICE)))


def test_equal_forms_give_equal_files() -> None:
    assert to_docx(SLIP) == to_docx(evolve(SLIP))
    assert to_docx(draft_supervision_slip(paper("p1"), OFFICE)) == to_docx(draft_supervision_slip(paper("p1"), OFFICE))


def hostile() -> Form:
    part = Part(HOSTILE, (HOSTILE,), Table((HOSTILE,), ((HOSTILE,),)), ((Box(HOSTILE, HOSTILE),),))
    return Form("exposure", HOSTILE, "镇", (part,), (part,), level=HOSTILE, to=HOSTILE, marks=(HOSTILE,), day=may(1))


def test_what_a_stranger_typed_is_text_in_the_document() -> None:
    document = to_docx(hostile())
    assert texts(document).count(SHOWN) == 6  # level, mark; heading and text of each part
    assert cells(document) == [[SHOWN, SHOWN], [SHOWN] * 4, [SHOWN, SHOWN], [SHOWN] * 4]


# -- a template of one's own
def test_a_template_is_filled_with_every_field(tmp_path: Path) -> None:
    own = template(
        tmp_path,
        "{{ body }} {{ name }} {{ level }} {{ number }} {{ day }}",
        '{{ box["督办事项"] }}；{{ box["办理情况"] }}。',
        "{%p for part in returns %}",
        "{{ part.heading }}：{{ part.boxes[0].label }}",
        "{%p endfor %}",
    )
    assert texts(fill_template(SLIP, own)) == [
        "青石镇整治办 督办单 黄单 督办〔2024〕2号 2024年5月6日",
        "问题W1；。",
        "回执联（沿虚线撕下，填写后退回青石镇整治办）：编号",
    ]


def test_a_template_of_a_notice_has_its_addressee_and_its_table(tmp_path: Path) -> None:
    own = template(
        tmp_path,
        "{{ to }} {% for mark in marks %}{{ mark }}{% endfor %}",
        "{{ parts[0].text[0] }}",
        "{{ parts[0].heads|join('/') }} {{ parts[0].table[0]|join('/') }}",
    )
    assert texts(fill_template(NOTICE, own)) == [
        "甲村 ",
        NOTICE.parts[0].text[0],
        "问题编号/位置/问题/整改时限 W1/甲村村委会东侧/路边垃圾未清/2024-04-08",
    ]


def test_of_labels_that_come_again_a_template_has_the_first(tmp_path: Path) -> None:
    twice = Part(rows=((Box("签字", "甲"),), (Box("签字", "乙"),)))
    own = template(tmp_path, '{{ box["签字"] }}')
    assert texts(fill_template(evolve(SLIP, parts=(twice,)), own)) == ["甲"]


def test_a_template_that_asks_for_something_else_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(eg.InputError, match=r"模板\.docx.*docs/papers\.md"):
        fill_template(SLIP, template(tmp_path, "{{ box['没有'] }}"))


def test_what_a_stranger_typed_is_text_in_a_template_too(tmp_path: Path) -> None:
    own = template(tmp_path, "{{ level }}", "{{ parts[0].boxes[0].text }}", "{{ marks[0] }}")
    assert texts(fill_template(hostile(), own)) == [SHOWN] * 3
