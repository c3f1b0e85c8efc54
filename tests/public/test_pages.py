"""The pages of a site: who stands where, and why, in both languages, and nothing that acts or names a person."""

import re
from html.parser import HTMLParser

import pytest
from attrs import evolve

import envgov as eg
import sites
import towns
from envgov.site import Site, pages_of
from envgov.site.account import nested
from envgov.site.chart import draw_ranks
from envgov.site.names import page_of
from sites import PERSON, pages


def page(name: str, code: str = "", language: str = "zh") -> str:
    return pages()[f"{language}/{page_of(name, code) if code else f'{name}.html'}"]


class Read(HTMLParser):
    """The text of a page, its tags, and where its links lead."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def text_of(source: str) -> str:
    return re.sub(r"\s+", " ", " ".join(Read(source).texts))


# -- the front page
def test_the_front_page_tells_the_round_the_boards_and_the_ranking() -> None:
    text = text_of(page("index"))
    assert "柳湖镇公示" in text
    assert "2024年5月（2024年5月1日至2024年5月31日）" in text
    assert "红黑榜：红榜 乙村 第1名" in text
    assert "红黑榜：黑榜 无 红黑榜：待裁定 丁村 可能列入黑榜、其他 丙村 可能列入黑榜、其他" in text
    assert "1 乙村 98.0" in text
    assert "并列2个" in text


def test_of_a_large_field_the_front_page_has_the_first_rows_and_leads_to_the_others() -> None:
    board = eg.Board("榜", (eg.Tier("后进", eg.bottom(30, ties="include"), "sanction"),), rest="其他")
    source = sites.texts_of(sites.field(50, boards=(board,)))["zh/index.html"]
    assert source.count("<tr") == 1 + 20
    assert "前20行，共50行" in source
    assert "……共49个，见完整页" in source
    assert len(source.encode()) < 200_000


# -- a scheme
def test_the_page_of_a_scheme_has_measures_absent_units_and_notes() -> None:
    text = text_of(page("scheme", "town"))
    assert "约谈 村支书 镇纪委 丁村 ( 待定 )" in text.replace("(", "( ").replace(")", " )").replace("  ", " ")
    assert "督办 村支书 - 乙村" in text
    assert "以上措施由有权机关审签后执行。" in text
    assert "己村 免评" in text
    assert "戊村 未参评" in text
    assert "界线上并列：丁村、丙村" in text


def test_a_ranking_of_more_than_500_units_is_on_several_pages() -> None:
    found = sites.texts_of(sites.field(501))
    first, second = found["zh/scheme-town.html"], found["zh/scheme-town_2.html"]
    assert (first.count('<th scope="row"'), second.count('<th scope="row"')) == (500, 1)
    assert 'href="scheme-town_2.html"' in first
    assert "第2页，共2页" in second
    assert "zh/scheme-town_3.html" not in found


def test_a_scheme_without_boards_measures_and_notes_has_no_such_headings() -> None:
    source = sites.texts_of(sites.field(3))["zh/scheme-town.html"]
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", source) == ["排名", "依据与核验（SHA-256指纹）"]


def test_the_rules_are_told_in_full() -> None:
    assert "第一名列入红榜" in page("rules", "town")


def test_a_scheme_that_ranks_nobody_lists_its_units() -> None:
    scheme = towns.scheme(scoring=None, ranking=None, ladders=(sites.CHASE,))
    found = sites.texts_of(Site("镇", sites.facts().grid, (sites.season(scheme),)))
    front, unit = (text_of(found[f"zh/{name}"]) for name in ("index.html", page_of("unit", "乙")))
    assert "参评单位" in front
    assert "前后名次" not in unit
    assert "期 档次 拟采取的措施 2024-05 - 无" in unit


# -- a unit
def test_the_page_of_a_unit_sums_up_its_round() -> None:
    text = text_of(page("unit", "乙"))
    assert "名次 第1名，共4个单位 得分 98.0 红黑榜 红榜 拟采取的措施 督办（W1）" in text


def test_the_page_of_a_unit_says_why_down_to_the_findings() -> None:
    source = page("unit", "甲")
    assert "“督导”：满分100，扣5，得95" in source
    assert "<li>垃圾：扣5</li>" in source
    assert "38 ÷ 40 = 95.00%" in source
    assert "末位列入黑榜" in source
    assert "依据：办法" not in source  # the scheme has a page


def test_a_figure_and_a_group_are_told_where_there_are_any() -> None:
    assert "满意率 95.0" in text_of(page("unit", "甲"))
    assert "满意率 -" not in text_of(page("unit", "乙"))
    given = towns.facts({"2024-05": {"甲": 90, "乙": 80, "丙": 70}})
    grid = eg.Grid(evolve(u, designations=frozenset({"山区" if u.code == "甲" else "平原"})) for u in given.grid.units)
    scheme = towns.scheme(groups=("山区", "平原"))
    found = sites.texts_of(Site("镇", grid, (eg.assess_season(scheme, evolve(given, grid=grid)),)))
    assert "组别 平原" in text_of(found[f"zh/{page_of('unit', '乙')}"])


def test_the_rows_around_a_unit_are_of_its_own_group() -> None:
    found = sites.texts_of(sites.field(12))
    rows = re.findall(
        r"<tr( class=\"own\")?><td class=\"n\">(\d+)</td><th scope=\"row\">(.*?)</th>", found["zh/unit-v0.html"]
    )
    assert [(own != "", rank) for own, rank, _ in rows] == [(True, "1"), (False, "2"), (False, "2"), (False, "2")]
    assert "<a" not in rows[0][2]


def test_the_history_is_a_chart_and_a_table_newest_first() -> None:
    source = page("unit", "甲")
    assert 'aria-label="历期名次：2024-04第1名；2024-05第2名。' in source
    assert "2024-05 第2名，共4个单位 95.0 其他 无 2024-04 第1名，共4个单位 97.0 红榜 无" in text_of(source)


def test_who_was_never_ranked_has_no_chart() -> None:
    source = page("unit", "戊")
    assert "<svg" not in source
    assert "2024-05 未参评 - - 无" in text_of(source)


def test_of_a_long_history_the_newest_rounds_are_shown() -> None:
    months = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)][:30]
    given = towns.facts({label: {"甲": 90, "乙": 80} for label in months})
    source = sites.texts_of(Site("镇", given.grid, (eg.assess_season(towns.scheme(), given),)))[
        f"zh/{page_of('unit', '甲')}"
    ]
    assert "以下为最近24期，共30期" in source
    assert '<th scope="row" class="n">2024-07</th>' in source
    assert "2024-06</th>" not in source


def test_a_unit_of_two_schemes_has_one_page_with_both() -> None:
    other = sites.season(evolve(sites.SCHEME, id="other", title="另一办法"))
    found = sites.texts_of(Site("镇", sites.facts().grid, (sites.season(), other)))
    headings = re.findall(r"<h2[^>]*><a[^>]*>(.*?)</a>", found[f"zh/{page_of('unit', '甲')}"])
    assert headings == ["柳湖镇村级考评", "另一办法"]


# -- what if
def test_a_trial_says_who_would_move() -> None:
    text = text_of(page("compare", "1"))
    assert "a：柳湖镇村级考评（自2024-01-01起施行）" in text
    assert "b：试行办法" in text
    assert "2024-05：6个单位中5个有变动" in text


def test_a_unit_is_told_what_would_move_for_it() -> None:
    assert "名次 3 → 3" not in text_of(page("unit", "丁"))
    assert "分差 -50.0" in text_of(page("unit", "丁"))
    assert "名次、档次、措施均无变动" in text_of(page("unit", "戊"))


def test_a_trial_in_which_nobody_moves_says_so() -> None:
    same = eg.compare(sites.season(), sites.season()).latest
    site = Site("镇", sites.facts().grid, (sites.season(),), (same, same))
    found = sites.texts_of(site)
    assert "没有单位的名次、档次或措施有变动。" in found["zh/compare-1.html"]
    assert "换一个办法会怎样 2</a>" in found["zh/index.html"]


def test_a_unit_that_only_the_trial_has_is_no_link() -> None:
    wider = evolve(sites.SCHEME, id="wider", levels=("村", "镇"), boards=(), ladders=())
    given = evolve(sites.facts(), inspections=(*sites.facts().inspections, sites.visit("2024-05", "镇", "1")))
    trial = eg.compare(sites.season(), sites.season(wider, given)).latest
    source = sites.texts_of(Site("镇", given.grid, (sites.season(),), (trial,)))["zh/compare-1.html"]
    assert '<th scope="row">柳湖镇</th>' in source


def test_lists_that_a_trial_shortens_are_told() -> None:
    board = eg.Board(
        "榜", (eg.Tier("后进", eg.bottom(5, ties="include"), "sanction"),), rest="其他", small_field="fewer"
    )
    trial = eg.compare(
        sites.season(), sites.season(evolve(sites.SCHEME, id="other", boards=(board,), ladders=()))
    ).latest
    source = sites.texts_of(Site("镇", sites.facts().grid, (sites.season(),), (trial,)))["zh/compare-1.html"]
    assert "名额减为" in source


# -- every page
def test_every_page_is_there_in_both_languages_and_says_which_it_is() -> None:
    names = {name.removeprefix("zh/") for name in pages() if name.startswith("zh/")}
    assert names == {name.removeprefix("en/") for name in pages() if name.startswith("en/")}
    assert all('<html lang="zh-CN">' in source for name, source in pages().items() if name.startswith("zh/"))
    assert all('<html lang="en">' in source for name, source in pages().items() if name.startswith("en/"))
    assert "Rank 1 of 4 Score 98.0" in text_of(page("unit", "乙", "en"))


def test_every_link_leads_to_a_page_of_the_site() -> None:
    for name, source in pages().items():
        if name.endswith(".html"):
            folder = name.rpartition("/")[0]
            for link in Read(source).links:
                if not link.startswith(("#", "data:")):
                    path = link.removeprefix("../") if link.startswith("../") else f"{folder}/{link}".lstrip("/")
                    assert path in pages(), (name, link)


def test_no_page_asks_for_anything_elsewhere() -> None:
    for name, source in pages().items():
        assert "http://" not in source, name
        assert "https://" not in source, name
        if name.endswith(".html"):
            assert "default-src 'none'" in source
            assert not {"style", "onclick", "onload"} & {attribute for attribute, _ in Read(source).attributes}


def test_no_page_names_a_person_or_shows_what_was_typed_freely() -> None:
    assert PERSON in repr(sites.facts().inspections)
    assert [name for name, source in pages().items() if PERSON in source] == []
    assert "W1" in page("unit", "乙")


def test_every_page_bears_what_is_made_up_and_by_what_it_is_checked() -> None:
    for name, source in pages().items():
        if name.endswith(".html") and "/" in name:
            assert "村庄和人员均为虚构" in source
            assert "7-0123456789ab" in source
            assert "ab" * 32 in source


def test_equal_sites_give_equal_bytes() -> None:
    again = Site(
        "柳湖镇公示", sites.facts().grid, (sites.season(),), sites.town().comparisons, "ab" * 32, "7-0123456789ab"
    )
    assert list(pages_of(again)) == list(pages_of(sites.town()))


# -- what strangers typed
HOSTILE = "<script>alert(1)</script>\u202e'\"&{{ 7*7 }}"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]&#39;&#34;&amp;{{ 7*7 }}"


def test_what_a_stranger_typed_does_nothing_in_any_field() -> None:
    tier = eg.Tier(HOSTILE, eg.bottom(1, ties="include"), "sanction", cite=HOSTILE)
    board = eg.Board(f"榜{HOSTILE}", (tier,), rest=f"其他{HOSTILE}")
    rung = eg.Rung(HOSTILE, eg.placed(board.id, HOSTILE), (HOSTILE,), by=HOSTILE, cite=HOSTILE)
    scheme = towns.scheme(
        id=f"id{HOSTILE}",
        title=f"办法{HOSTILE}",
        levels=(HOSTILE,),
        scoring=eg.deductions(100, several="mean"),
        figures=(eg.Figure(f"率{HOSTILE}", eg.satisfaction(among="answered", empty="exempt"), eg.RankBy(places=1)),),
        boards=(board,),
        ladders=(eg.Ladder((rung,), publish="every rung"),),
        source=eg.Source(HOSTILE, assumed=(HOSTILE,)),
    )
    day = towns.first_of("2024-05")
    units = tuple(eg.Unit(f"{n}/../{HOSTILE}", f"{n}{HOSTILE}", HOSTILE) for n in "甲乙")
    given = eg.Facts(
        eg.Grid(units),
        inspections=tuple(
            eg.Inspection(unit.code, day, "督导", (eg.Finding(HOSTILE, eg.points(n)),))
            for n, unit in enumerate(units, 1)
        ),
        surveys=tuple(eg.Survey(unit.code, day, HOSTILE, 4, 3, 2) for unit in units),
        synthetic=HOSTILE,
    )
    season = eg.assess_season(scheme, given)
    trial = eg.compare(season, eg.assess_season(evolve(scheme, id=HOSTILE, boards=(), ladders=()), given)).latest
    found = sites.texts_of(Site(HOSTILE, given.grid, (season,), (trial,), HOSTILE, HOSTILE))
    for name, source in found.items():
        assert re.fullmatch(r"((zh|en)/)?[a-z0-9_-]+\.(html|css|js)", name)
        if name.endswith(".html"):
            read = Read(source)
            assert read.tags.count("script") == name.endswith("/units.html"), name
            assert "\u202e" not in source
            assert "49" not in read.texts
    assert SHOWN in found["zh/index.html"]


# -- parts
def test_a_page_is_called_by_its_code_as_long_as_that_is_plain() -> None:
    assert page_of("unit", "v-12") == "unit-v-12.html"
    assert page_of("unit", "v-12", 3) == "unit-v-12_3.html"


@pytest.mark.parametrize("code", ["甲", "V12", "../v", "", "v" * 41, "_0123456789abcdef", "v_2"])
def test_any_other_code_gives_a_fingerprint(code: str) -> None:
    assert re.fullmatch(r"unit-_[0-9a-f]{16}\.html", page_of("unit", code))


def test_codes_that_differ_in_case_alone_have_pages_of_their_own() -> None:
    assert page_of("unit", "va").lower() != page_of("unit", "VA").lower()


def test_indented_lines_are_lists_in_lists() -> None:
    html = "<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li><li>&lt;e&gt;</li></ul>"
    assert nested(["a", "  b", "      c", "  d", "<e>"]) == html
    assert nested([]) == ""


def test_the_chart_breaks_where_there_is_no_rank() -> None:
    drawn = draw_ranks([("1", 1), ("2", 2), ("3", None), ("4", 2), ("5", 1)], 2, "名次")
    assert re.findall(r'points="(.*?)"', drawn) == ["44.0,24.0 147.0,150.0", "353.0,150.0 456.0,24.0"]
    assert drawn.count("<circle") == 4


def test_a_round_alone_is_a_dot_with_its_rank() -> None:
    drawn = draw_ranks([("1", 1)], 1, "名次")
    assert "polyline" not in drawn
    assert re.findall(r">(\w+)</text>", drawn) == ["1", "1", "1"]  # the rank, the axis, the label


def test_of_many_rounds_the_dots_bear_no_numbers() -> None:
    drawn = draw_ranks([(f"r{n}", 2) for n in range(9)], 3, "名次")
    assert re.findall(r">(\w+)</text>", drawn) == ["1", "r0", "3", "r8"]


def test_a_site_is_made_of_one_season_of_each_scheme() -> None:
    for seasons in ((), (sites.season(), sites.season())):
        with pytest.raises(eg.EnvGovError, match="one season of each scheme"):
            Site("镇", sites.facts().grid, seasons)
    with pytest.raises(eg.EnvGovError, match="the season is empty"):
        Site("镇", sites.facts().grid, (eg.assess_season(sites.SCHEME, sites.facts(), rounds=()),))


def test_assessments_that_were_read_back_make_no_site() -> None:
    read = eg.from_dict(eg.to_dict(sites.season().latest))
    assert isinstance(read, eg.Assessment)
    with pytest.raises(eg.EnvGovError, match="assess again"):
        list(pages_of(Site("镇", sites.facts().grid, (eg.Season((read,)),))))
