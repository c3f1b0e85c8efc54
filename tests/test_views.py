"""What a notebook shows of results: their tables, with nothing that a stranger typed taken for markup."""

import io
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from rich.console import Console

import envgov as eg
import towns

MONTHS: dict[str, dict[str, object]] = {
    "2024-04": {"甲": "90", "乙": "90", "丙": "70"},
    "2024-05": {"甲": "80", "乙": "90", "丙": None},
}
BOARD = eg.Board("榜", (eg.Tier("红榜", eg.top(1, ties="include"), "praise"),), rest="其他")
HOSTILE = "<script>alert(1)</script>[red]|*村*\u202e"


class Tags(HTMLParser):
    """The tags and the texts of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= {"class", "lang", "style", "scope", "colspan"}
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def season(**changes: Any) -> eg.Season:
    return eg.assess_season(towns.scheme(title="考评", **changes), towns.facts(MONTHS))


def seen(value: object) -> str:
    """On a terminal."""
    console = Console(file=io.StringIO(), width=120)
    console.print(value)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def village(name: str) -> eg.Assessment:
    """Of a village with that name, and another."""
    grid = eg.Grid((eg.Unit("1", name, "村"), eg.Unit("2", "乙", "村")))
    visits = tuple(eg.Inspection(code, date(2024, 5, 1), "督导", stated=eg.points("80")) for code in "12")
    return eg.assess(towns.scheme(title="考评"), towns.month_of("2024-05"), eg.Facts(grid, inspections=visits))


def test_an_assessment_is_a_table_with_its_edition_its_ties_and_how_many_were_assessed() -> None:
    assert season()["2024-04"]._repr_markdown_() == (
        "**考评（自2024-01-01起施行）  2024-04**\n"
        "\n"
        "| 名次 | 单位 | 得分 | 备注 |\n"
        "| ---: | --- | ---: | --- |\n"
        "| 1 | 乙 | 90.0 | 并列2个 |\n"
        "| 1 | 甲 | 90.0 | 并列2个 |\n"
        "| 3 | 丙 | 70.0 |  |\n"
        "\n"
        "参评3个单位，未排名0个\n"
    )


def test_who_is_not_assessed_is_said_to_be_so_and_counted() -> None:
    view = season().latest.view("en")
    assert view.parts == (
        eg.Listing(
            ("Rank", "Unit", "Score", "Notes"),
            (("1", "乙", "90.0", ""), ("2", "甲", "80.0", ""), ("-", "丙", "-", "not assessed")),
            frozenset({0, 2}),
        ),
        "2 units assessed, 1 without a rank",
    )


def test_notes_what_is_made_up_and_the_plugin_stand_below_the_table() -> None:
    facts = towns.facts({"2024-05": {"甲": "50", "乙": "50", "丙": "60"}}, synthetic="试用")
    decided = towns.scheme(provider="envgov-town 1.0", boards=(BOARD, eg.Board("黑榜", (
        eg.Tier("黑榜", eg.bottom(1, ties="include"), "sanction"),), rest="其他")))  # fmt: skip
    parts = eg.assess(decided, towns.month_of("2024-05"), facts).view().parts
    assert parts[1:] == (
        "参评3个单位，未排名0个",
        "虚构数据：试用",
        "“黑榜”的“黑榜”：名额1个，界线上并列者全部列入：乙、甲",
        "envgov-town 1.0",
    )


def test_a_scheme_that_ranks_nobody_shows_no_rank_no_score_and_no_count() -> None:
    decided = towns.scheme(scoring=None, ranking=None)
    assessment = eg.assess(decided, towns.month_of("2024-05"), towns.facts(MONTHS))
    assert assessment.view().parts == (eg.Listing(("单位",), (("丙",), ("乙",), ("甲",))),)


def test_a_season_is_a_table_of_ranks_and_tiers_by_round_in_the_order_of_the_newest() -> None:
    [listing, said] = season(boards=(BOARD,)).view().parts
    assert listing == eg.Listing(
        ("单位", "2024-04", "2024-05"),
        (("乙", "1（并列2个） 红榜", "1 红榜"), ("甲", "1（并列2个） 红榜", "2 其他"), ("丙", "3 其他", "未参评")),
    )
    assert said == "共2期：2024-04、2024-05"


def test_a_unit_that_was_not_in_the_field_in_a_round_has_a_dash_there() -> None:
    grid = eg.Grid((eg.Unit("甲", "甲", "村"), eg.Unit("乙", "乙", "村", since=date(2024, 5, 1))))
    visits = (*towns.stated("2024-04", {"甲": "80"}), *towns.stated("2024-05", {"甲": "80", "乙": "90"}))
    listing = eg.assess_season(towns.scheme(), eg.Facts(grid, inspections=visits)).view().parts[0]
    assert isinstance(listing, eg.Listing)
    assert listing.rows == (("乙", "-", "1"), ("甲", "1", "2"))


def test_a_season_of_many_rounds_shows_the_newest_twelve_and_says_so() -> None:
    months = {f"{year}-{month:02}": {"甲": "80"} for year in (2024, 2025) for month in range(1, 13)}
    [listing, said] = eg.assess_season(towns.scheme(), towns.facts(months)).view().parts
    assert isinstance(listing, eg.Listing)
    assert listing.heads == ("单位", *(f"2025-{month:02}" for month in range(1, 13)))
    assert said == "共24期，以下为最近12期"


def test_a_season_that_was_not_held_says_that_it_has_no_round() -> None:
    assert eg.Season(()).view("en") == eg.View("0 rounds: ", (), "en")


def test_a_season_of_a_scheme_that_ranks_nobody_shows_tiers_or_a_dash() -> None:
    board = eg.Board("示范", (eg.Tier("示范村", eg.ruled("示范", by="镇")),), rest="其他")
    for boards, cell in (((), "-"), ((board,), "其他")):
        decided = towns.scheme(scoring=None, ranking=None, boards=boards)
        listing = eg.assess_season(decided, towns.facts({"2024-05": {"甲": "80"}})).view().parts[0]
        assert isinstance(listing, eg.Listing)
        assert listing.rows == (("甲", cell),)


def test_a_season_says_what_is_made_up() -> None:
    facts = towns.facts(MONTHS, synthetic="试用")
    assert eg.assess_season(towns.scheme(), facts).view().parts[-1] == "虚构数据：试用"


def test_a_ranking_shows_codes_groups_and_ties() -> None:
    ranking = season()["2024-04"].record.ranking()
    assert ranking.view("en") == eg.View(
        "score",
        (
            eg.Listing(
                ("Rank", "Unit", "Group", "Number", "Notes"),
                (("1", "乙", "", "90.0", "2 tied"), ("1", "甲", "", "90.0", "2 tied"), ("3", "丙", "", "70.0", "")),
                frozenset({0, 3}),
            ),
        ),
        "en",
    )


def test_a_comparison_shows_the_movers_of_each_round_and_the_rounds_that_have_no_counterpart() -> None:
    shorter = eg.assess_season(towns.scheme(title="考评"), towns.facts({"2024-04": MONTHS["2024-04"]}))
    compared = eg.compare(season(boards=(BOARD,)), shorter)
    assert compared.view().title == "共1期：2024-04"
    assert compared.view().parts[2:] == ("2024-04：3个单位中0个有变动", "仅a：2024-05")
    assert eg.compare(eg.Season(()), shorter).view().parts == ("仅b：2024-04",)


def test_a_comparison_of_one_round_is_the_table_of_those_that_moved() -> None:
    lower = eg.assess_season(towns.scheme(id="b", title="另"), towns.facts({"2024-05": {"甲": "95", "乙": "90"}}))
    view = eg.compare(season().latest, lower.latest).latest.view()
    assert view.title == "2024-05：3个单位中2个有变动"
    listing = next(part for part in view.parts if isinstance(part, eg.Listing))
    assert [row[:3] for row in listing.rows] == [("乙", "1 → 2", "降1"), ("甲", "2 → 1", "升1")]


def test_a_scheme_is_its_words() -> None:
    decided = towns.scheme(title="考评")
    title, *rest = eg.describe(decided).splitlines()
    assert decided.view() == eg.View(title, ("\n".join(rest),))


def test_a_reason_is_its_words_with_their_blanks() -> None:
    why = season().latest.explain("甲")
    assert why._repr_markdown_().startswith("**考评 2024-05：甲**\n\n```text\n第2名，共2个单位，末位，得分80.0")
    assert '<p style="white-space: pre-wrap">第2名' in why._repr_html_()
    assert seen(why).startswith("考评 2024-05：甲\n第2名")
    assert why.view("en").title == "考评 2024-05: 甲"


def test_a_reason_of_one_line_is_a_title() -> None:
    reason = eg.Reason(eg.ruled("示范", by="镇"), None, ())
    assert reason.view().parts == ()


@pytest.mark.parametrize("name", [HOSTILE, "&amp;", "a\nb", "`x`"])
def test_a_name_is_text_in_html_and_no_tag(name: str) -> None:
    page = Tags(village(name)._repr_html_())
    assert set(page.tags) == {"div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    assert name.replace("\u202e", "[U+202E]").replace("\n", " ") in page.texts


def test_a_name_is_text_in_markdown() -> None:
    assert (
        "| 1 | &lt;script&gt;alert(1)&lt;/script&gt;\\[red\\]\\|\\*村\\*\\[U+202E\\] | 80.0 |"
        in village(HOSTILE)._repr_markdown_()
    )


def test_a_name_is_text_on_a_terminal() -> None:
    assert "<script>alert(1)</script>[red]|*村*[U+202E]" in seen(village(HOSTILE))


def test_a_paragraph_does_not_become_a_list_or_end_its_block_in_markdown() -> None:
    view = eg.View("题", ("- 甲", "1. 乙", "2024-05：甲", "丙\n```\n丁"))
    assert view._repr_markdown_() == "**题**\n\n\\- 甲\n\n1\\. 乙\n\n2024-05：甲\n\n````text\n丙\n```\n丁\n````\n"


def test_of_a_long_table_the_first_and_the_last_rows_are_shown_and_how_many_are_not() -> None:
    view = eg.View("题", (eg.Listing(("单位", "数"), tuple((f"村{i}", "1") for i in range(61))),))
    html, markdown = view._repr_html_(), view._repr_markdown_()
    assert '<td colspan="2">……（此处略去1行）</td>' in html
    assert "| ……（此处略去1行） |  |" in markdown
    for text in (html, markdown):
        assert ("村39" in text, "村40" in text, "村41" in text) == (True, False, True)
    assert "村40" in seen(view)


def test_a_table_of_sixty_rows_is_shown_whole() -> None:
    view = eg.View("题", (eg.Listing(("单位",), tuple((f"村{i}",) for i in range(60))),))
    assert view._repr_html_().count("<td ") == 60
    assert "略去" not in view._repr_markdown_()
