"""The site in a real Chromium: it opens from the disk, asks for nothing else, and axe-core finds nothing."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import sites
from envgov.site import write_site
from envgov.site.names import page_of

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
UNIT = page_of("unit", "甲")
KINDS = ("index.html", "scheme-town.html", "rules-town.html", "units.html", "compare-1.html", UNIT)


@dataclass
class Visit:
    """A page that is open, and what it asked for and said in the meantime."""

    page: Any
    folder: Path
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, name: str) -> None:
        self.page.goto((self.folder / name).as_uri())


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    path = shutil.which("chromium")
    if path is None:
        missing = "no Chromium here: no chromium on the PATH"
        assert not os.environ.get("CI"), missing
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("public") / "site"
    write_site(sites.town(), found)
    return found


@pytest.fixture
def visit(chromium: Any, folder: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """On a phone, with scripts, unless the test says otherwise; nothing may be said on the console or asked elsewhere."""
    context = chromium.new_context(**{"viewport": PHONE, **getattr(request, "param", {})})
    visited = Visit(context.new_page(), folder)
    visited.page.on("console", lambda message: visited.said.append(message.text))
    visited.page.on("pageerror", lambda error: visited.said.append(str(error)))
    visited.page.on("request", lambda asked: visited.asked.append(asked.url))
    yield visited
    context.close()
    assert visited.said == []
    elsewhere = [url for url in visited.asked if not url.startswith((folder.as_uri(), "data:"))]
    assert elsewhere == []


def test_it_begins_in_chinese_and_goes_over_to_english_and_back(visit: Visit) -> None:
    visit.open("index.html")
    visit.page.wait_for_url("**/zh/index.html")
    visit.page.get_by_role("link", name="乙村").first.click()
    assert visit.page.get_by_role("heading", level=1).inner_text() == "乙村"
    visit.page.get_by_role("link", name="English").click()
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    assert visit.page.get_by_role("heading", level=1).inner_text() == "乙村"
    visit.page.get_by_role("link", name="中文").click()
    assert visit.page.evaluate("document.documentElement.lang") == "zh-CN"


def test_from_the_front_page_one_comes_to_ranking_rules_unit_and_trial(visit: Visit) -> None:
    visit.open("zh/index.html")
    for link, heading in (("柳湖镇村级考评", "柳湖镇村级考评"), ("考评办法全文", "考评办法全文"), ("全部单位", "全部单位"),
                          ("甲村", "甲村"), ("试行办法", "换一个办法会怎样")):  # fmt: skip
        visit.page.get_by_role("link", name=link).first.click()
        assert visit.page.get_by_role("heading", level=1).inner_text() == heading


def test_a_unit_is_found_from_any_page_as_it_is_typed(visit: Visit) -> None:
    visit.open(f"zh/{UNIT}")
    visit.page.get_by_role("searchbox").fill("丙")
    visit.page.get_by_role("button", name="查找").click()
    listed = visit.page.locator("#all li:visible")
    assert listed.all_inner_texts() == ["丙村 柳湖镇，村"]
    assert visit.page.get_by_role("status").inner_text() == "找到1个"
    visit.page.get_by_role("searchbox").fill("柳湖 丁")
    assert listed.all_inner_texts() == ["丁村 柳湖镇，村"]
    visit.page.get_by_role("searchbox").fill("无此村")
    assert visit.page.get_by_role("status").inner_text() == "找到0个"
    visit.page.get_by_role("searchbox").fill("")
    visit.page.get_by_role("button", name="查找").click()
    assert listed.count() == 6
    assert visit.page.get_by_role("status").inner_text() == "共6个单位"


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_a_script_the_whole_list_is_there(visit: Visit) -> None:
    visit.open("zh/index.html")
    visit.page.get_by_role("searchbox").fill("丙")
    visit.page.get_by_role("searchbox").press("Enter")
    assert visit.page.locator("#all li:visible").count() == 6


def test_by_the_keyboard_one_skips_to_the_content(visit: Visit) -> None:
    visit.open("zh/index.html")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "跳到正文"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("visit", [{"viewport": PHONE}, {"viewport": DESK}], indirect=True, ids=["phone", "desk"])
def test_no_page_is_wider_than_the_screen(visit: Visit, name: str) -> None:
    visit.open(f"zh/{name}")
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visit.page.evaluate("getComputedStyle(document.querySelector('header')).borderBottomStyle") == "solid"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_on_any_kind_of_page(visit: Visit, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for name in KINDS:
        visit.open(f"{language}/{name}")
        # without preload: axe would ask for the style once more, which the page forbids
        found = Axe().run(visit.page, options={"preload": False}).response["violations"]
        assert [(name, one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_printed_it_has_no_menu_and_every_table_is_whole(visit: Visit) -> None:
    visit.open(f"zh/{UNIT}")
    visit.page.emulate_media(media="print")
    assert not visit.page.get_by_role("navigation").is_visible()
    assert not visit.page.get_by_role("search").is_visible()
    assert set(
        visit.page.locator(".wide").evaluate_all("found => found.map(one => getComputedStyle(one).overflowX)")
    ) == {"visible"}


def test_colour_alone_says_nothing(visit: Visit) -> None:
    """In grey the links are underlined, and tiers and the own row are told by words and weight."""
    visit.open(f"zh/{UNIT}")
    assert "underline" in visit.page.locator("main a").first.evaluate("one => getComputedStyle(one).textDecorationLine")
    assert visit.page.locator(".own td").first.evaluate("one => getComputedStyle(one).fontWeight") == "700"
