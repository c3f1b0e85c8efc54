"""A form as a value, in Markdown, as a page; whatever a stranger typed is text there."""

import json
import re
from html.parser import HTMLParser
from typing import get_args

import pytest
from attrs import evolve

import envgov as eg
from dossiers import BEFORE, NOTIFIED, OFFICE, SIGNED, basis, issue, may, paper
from envgov.documents import Table
from envgov.documents.forms import (
    Box,
    Form,
    Office,
    Part,
    draft_rectification_notice,
    draft_supervision_slip,
    from_json,
    to_html,
    to_json,
    to_markdown,
)
from envgov.documents.forms.form import What
from envgov.wording.forms import NAMES, SAY

HOSTILE = "<script>alert(1)</script>\u202e*_|`&\x00"
SEEN = "<script>alert(1)</script>[U+202E]*_|`&[U+0000]"
SLIP = draft_supervision_slip(
    paper("p1", SIGNED, NOTIFIED, follows="town/03"), OFFICE, basis=basis(), issue=issue(), before=BEFORE
)
NOTICE = draft_rectification_notice([issue()], OFFICE)


def hostile() -> Form:
    part = Part(HOSTILE, (HOSTILE,), Table((HOSTILE,), ((HOSTILE,),)), ((Box(HOSTILE, HOSTILE),),))
    marks = (HOSTILE,)
    return Form(
        "exposure", HOSTILE, "镇", (part,), (part,), level=HOSTILE, number=HOSTILE, to=HOSTILE, marks=marks, day=may(1)
    )


class Seen(HTMLParser):
    """What a reader sees of a page, and which elements and attributes it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


# -- the value
@pytest.mark.parametrize("form", [SLIP, NOTICE, hostile()])
def test_a_form_is_read_back_as_it_was_stored(form: Form) -> None:
    assert from_json(json.loads(to_json(form))) == form


def test_what_is_no_form_is_not_read_as_one() -> None:
    with pytest.raises(eg.EnvGovError, match="this is a Unit: give a form"):
        from_json({"schema": 1, "kind": "Unit", "code": "v1", "name": "甲村", "level": "村"})


def test_every_text_that_is_too_long_is_told_with_its_place() -> None:
    long = "长" * 20_001
    with pytest.raises(eg.InputError) as told:
        Form("exposure", "曝光", "镇", (Part(rows=((Box("问题", long),),)),), marks=(long,))
    assert [fault.column for fault in told.value.faults] == ["parts[1].rows[1][1].text", "marks[1]"]


def test_an_office_has_a_name() -> None:
    with pytest.raises(TypeError, match="give a text that is not empty"):
        Office(" ")


# -- Markdown
def test_in_markdown_every_box_is_a_line_and_an_empty_one_has_room() -> None:
    said = to_markdown(SLIP)
    assert said.startswith("# 青石镇整治办督办单\n\n**【黄单】**\n\n编号：督办〔2024〕2号\n\n- **被督办单位**：甲村\n")
    assert "\n- **拟办**：\\_\\_\\_\\_\\_\\_\\_\\_\n" in said
    assert "\n青石镇整治办\n\n2024年5月6日\n\n---\n\n## 回执联（沿虚线撕下，填写后退回青石镇整治办）\n" in said


def test_in_markdown_a_notice_has_its_addressee_its_text_and_its_table() -> None:
    said = to_markdown(NOTICE)
    assert "\n编号：" + "\\_" * 12 + "\n\n甲村：\n\n经检查，" in said
    assert "\n| 问题编号 | 位置 | 问题 | 整改时限 |\n| --- | --- | --- | --- |\n| W1 |" in said
    assert "\n　　　　年　　月　　日\n" in said


def test_marks_are_read_first() -> None:
    said = to_markdown(draft_supervision_slip(paper("p1"), OFFICE))
    assert said.index("> 草稿：未经签发，不具效力") < said.index("被督办单位")


def test_no_text_of_a_strangers_is_a_mark() -> None:
    said = to_markdown(hostile())
    assert "<script>" not in said.replace("\\<", "")
    marked = "\\<script\\>alert(1)\\</script\\>\\[U+202E\\]\\*\\_\\|\\`\\&\\[U+0000\\]"
    assert said.count(marked) == 5 + 2 * 6  # title, level, number, mark, addressee; and six in each part


# -- HTML
def test_a_page_shows_all_that_the_form_says() -> None:
    seen = Seen(to_html(SLIP))
    for part in (*SLIP.parts, *SLIP.returns):
        for row in part.rows:
            for box in row:
                assert box.label in seen.texts
                assert not box.text or box.text in seen.texts
    assert {"青石镇整治办督办单", "黄单", "编号：督办〔2024〕2号", "2024年5月6日"} <= set(seen.texts)


def test_a_page_of_a_notice_has_addressee_text_and_table() -> None:
    seen = Seen(to_html(NOTICE))
    assert {"甲村：", *NOTICE.parts[0].text, "问题编号", "2024-04-08"} <= set(seen.texts)


def test_a_page_is_of_its_own_and_nothing_in_it_acts() -> None:
    page = to_html(hostile())
    seen = Seen(page)
    assert seen.elements.isdisjoint({"script", "link", "img", "iframe"})
    assert not [name for name in seen.attributes if name.startswith("on") or name in ("src", "href")]
    assert seen.texts.count(SEEN) == 14  # title and heading begin with the office
    assert "http" not in page


@pytest.mark.parametrize(
    ("level", "bar"),
    [
        ("黄单（警示约谈）", "6px solid #FFD400"),
        ("红单", "6px solid #E60012"),
        ("白单", "1px solid #000"),
        ("督办", "1px solid #000"),
    ],
)
def test_the_word_of_a_level_stands_between_bars_of_its_colour(level: str, bar: str) -> None:
    page = to_html(evolve(SLIP, level=level))
    assert re.search(f"border-top:{bar};border-bottom:{bar}[^>]*>{level}</p>", page)


def test_a_form_without_level_has_no_bars() -> None:
    assert "border-bottom" not in to_html(NOTICE)


def test_a_box_to_be_filled_in_has_the_room_of_its_lines() -> None:
    page = to_html(evolve(NOTICE, parts=(Part(rows=((Box("办理情况", lines=3),),)),), returns=()))
    assert re.search(r'<td colspan="3" style="[^"]*;height:5.25em"></td>', page)


def test_what_is_cut_off_stands_below_a_dashed_line() -> None:
    page = to_html(SLIP)
    assert page.index("1px dashed") < page.index("回执联")
    assert "dashed" not in to_html(evolve(SLIP, returns=()))


def test_a_part_of_text_alone_has_neither_table_nor_boxes() -> None:
    page = to_html(evolve(NOTICE, parts=(Part(text=("如下。",)),), returns=()))
    assert "如下。" in Seen(page).texts
    assert "<table" not in page


def test_both_languages_have_every_word() -> None:
    assert SAY["zh"].keys() == SAY["en"].keys()
    assert NAMES["zh"].keys() == NAMES["en"].keys() == set(get_args(What))


def test_a_page_says_its_language() -> None:
    assert '<html lang="zh-CN">' in to_html(SLIP)
    english = to_html(draft_supervision_slip(paper("p1", SIGNED), OFFICE, "en"))
    assert '<html lang="en">' in english
    assert "<title>青石镇整治办: Supervision slip</title>" in english
