"""A bulletin for a chat group, in Markdown, as a page and as data."""

import json
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
from envgov.documents import (
    Bulletin,
    Letterhead,
    Section,
    Table,
    draft_bulletin,
    from_json,
    to_html,
    to_json,
    to_markdown,
    to_text,
)
from gazette import HEAD, SCORES, assessed, drafted

BARE = Letterhead("镇", date(2024, 6, 3))


def of(*sections: Section, **changes: Any) -> Bulletin:
    return evolve(Bulletin(BARE, ("通报",), "如下。", sections, ("依据",)), **changes)


# -- chat
def test_in_a_chat_the_boards_come_first_and_each_row_is_a_line() -> None:
    lines = to_text(drafted()).splitlines()
    assert lines[:2] == ["关于2024年5月柳湖镇村级考评结果的通报", "柳环〔2024〕7号 柳湖镇环境办 2024年6月3日"]
    assert lines[3:6] == ["【红榜】", "甲村：第1名，95.0分", "【黑榜】"]
    assert lines.index("【排名】") > lines.index("【拟采取的措施】")
    assert "3 丙村 91.0 - 其他" in lines


@pytest.mark.parametrize("limit", range(200, 1000, 7))
def test_it_never_has_more_bytes_than_it_may_and_only_whole_lines(limit: int) -> None:
    whole = to_text(drafted(), 10_000)
    text = to_text(drafted(), limit)
    assert len(text.encode()) <= limit
    *kept, last = text.splitlines()
    assert whole.splitlines()[: len(kept)] == kept
    if text != whole:
        items = [line for line in whole.splitlines()[2:] if not line.startswith("【")]
        said = [line for line in kept[2:] if not line.startswith("【")]
        assert last == f"…余{len(items) - len(said)}项见通报全文"


def test_a_text_that_fits_to_the_byte_is_whole() -> None:
    whole = to_text(drafted(), 10_000)
    assert to_text(drafted(), len(whole.encode())) == whole
    assert to_text(drafted(), len(whole.encode()) - 1) != whole


def test_where_there_is_no_room_for_title_and_body_it_is_refused_with_what_is_needed() -> None:
    with pytest.raises(
        eg.EnvGovError, match="give at least 53"
    ):  # 通报 镇 2024年6月3日 …余2项见通报全文: 7 + 19 + 27 - 10
        to_text(of(), 20)


def test_what_is_made_up_is_in_every_form_however_short() -> None:
    bulletin = drafted(synthetic="全部虚构")
    assert "虚构数据：全部虚构" in to_text(bulletin, 260)
    assert "虚构数据：全部虚构" in to_markdown(bulletin)
    assert "虚构数据：全部虚构" in to_html(bulletin)


def test_in_a_chat_parts_of_several_schemes_bear_the_scheme() -> None:
    both = [assessed(SCORES, title="村级考评（山区）"), assessed(SCORES, id="b", title="村级考评（平原）")]
    assert "【村级考评（平原） 黑榜】" in to_text(draft_bulletin(both, HEAD), 10_000)


# -- Markdown
def test_in_markdown_headings_are_numbered_and_tables_are_tables() -> None:
    text = to_markdown(drafted())
    assert text.startswith("# 关于2024年5月柳湖镇村级考评结果的通报\n\n柳环〔2024〕7号\n\n各村：\n\n")
    assert "## 一、排名\n\n本期参评4个单位。\n\n| 名次 | 单位 |" in text
    assert "| 4 | 丁村 | 88.0 | - | 黑榜 |  |" not in text  # a lone sign would be a list
    assert "- 甲村：第1名，95.0分" in text


def test_without_number_and_addressee_markdown_has_neither() -> None:
    assert to_markdown(of()) == "# 通报\n\n如下。\n\n镇\n\n2024年6月3日\n\n---\n\n- 依据\n"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("a|b", r"a\|b"),
        ("[x](javascript:1)", r"\[x\](javascript:1)"),
        ("# 甲", r"\# 甲"),
        ("- 甲", r"\- 甲"),
        ("1. 甲", r"1\. 甲"),
        ("86.98", "86.98"),
        ("`x`", r"\`x\`"),
        ("见https://evil.cn", r"见https\://evil.cn"),
        ("WWW.evil.cn", r"WWW\.evil.cn"),
        ("@octocat", "@&#8203;octocat"),
        ("    甲", "甲"),
        ("  - 甲", r"\- 甲"),
    ],
)
def test_no_text_acts_as_a_mark_of_markdown(text: str, marked: str) -> None:
    assert f"\n{marked}\n" in to_markdown(of(opening=text))


def test_headings_of_the_second_level_are_counted_anew() -> None:
    sections = (Section("甲"), Section("排名", "ranking", 2), Section("乙"), Section("排名", "ranking", 2))
    assert [line for line in to_markdown(of(*sections)).splitlines() if line.startswith("##")] == [
        "## 一、甲",
        "### （一）排名",
        "## 二、乙",
        "### （一）排名",
    ]
    english = to_markdown(of(*sections, language="en")).splitlines()
    assert [line for line in english if line.startswith("##")] == [
        r"## 1\. 甲",
        "### 1.1 排名",
        r"## 2\. 乙",
        "### 2.1 排名",
    ]


# -- HTML
class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_a_page_has_inline_styles_and_nothing_from_elsewhere() -> None:
    page = Tags(to_html(drafted()))
    assert not {"script", "link", "style", "img", "iframe"} & set(page.tags)
    assert not {"src", "href", "class"} & page.attributes
    assert "style" in page.attributes


def test_a_page_is_whole_and_says_its_language() -> None:
    page = to_html(drafted())
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert '<html lang="en">' in to_html(drafted("en"))
    assert '<th scope="col"' in page
    assert "<p" in page
    assert "各村：" in page
    assert "柳环〔2024〕7号" in page


def test_without_number_and_addressee_a_page_has_neither() -> None:
    page = to_html(of())
    assert "：" not in page
    assert "〔" not in page


# -- data
def test_as_data_it_comes_back_as_it_was() -> None:
    bulletin = drafted()
    assert from_json(json.loads(to_json(bulletin))) == bulletin


def test_other_data_is_no_bulletin() -> None:
    with pytest.raises(eg.EnvGovError, match="this is a Unit: give a bulletin"):
        from_json(eg.to_dict(eg.Unit("甲", "甲", "村")))


# -- what is too long
def test_a_text_of_a_megabyte_is_refused_where_it_stands() -> None:
    with pytest.raises(eg.InputError) as caught:
        Bulletin(
            evolve(BARE, body="县" * 30_000),
            ("通报",),
            "如下。",
            (
                Section("甲", items=("好", "坏" * 20_001)),
                Section("乙", table=Table(("头",), (("长" * 1_000_000,),))),
            ),
            (),
        )
    assert [fault.column for fault in caught.value.faults] == [
        "letterhead.body",
        "sections[1].items[2]",
        "sections[2].table.rows[1][1]",
    ]


def test_a_text_of_20000_characters_is_taken() -> None:
    assert of(opening="好" * 20_000).opening.endswith("好")


# -- what strangers typed
HOSTILE = "<script>alert('甲')</script>\u202e|\x00\ud800\"&"


def test_what_a_stranger_typed_does_nothing_in_any_field_of_any_form() -> None:
    section = Section(HOSTILE, "board", 1, (HOSTILE,), Table((HOSTILE,), ((HOSTILE,),)), (HOSTILE,), (HOSTILE,))
    head = Letterhead(HOSTILE, date(2024, 6, 3), "", HOSTILE)
    bulletin = Bulletin(head, (HOSTILE,), HOSTILE, (section,), (HOSTILE,), (HOSTILE,))
    shown = "<script>alert('甲')</script>[U+202E]|[U+0000][U+D800]\"&"
    page = Tags(to_html(bulletin))
    assert "script" not in page.tags
    assert (
        page.text.count(shown) == 10
    )  # the title twice; in made_up, heading and addressee it is part of a longer text
    assert HOSTILE[-12:] not in to_html(bulletin)
    for text in (to_text(bulletin, 10_000), to_markdown(bulletin), to_html(bulletin)):
        assert not set("\u202e\x00\ud800") & set(text)
    assert "<script" not in to_markdown(bulletin).replace("\\<", "")
