"""长兴县 2018 and 河南省 2021-08: a round that was not held and counts all the same, and a unit left out by decision."""

from datetime import date

import pytest

import envgov as eg
from bulletins import lines_of, lists, numbers, ranks, stated, units

CHANGXING = eg.Source(
    "长兴县2018年村庄环境检查通报（转载）",
    published=date(2019, 1, 18),
    url="https://m.apenweb.com/zjcx/zlzx/gzjb/201901/t20190118_2980434.shtml",
    assumed=("183个村的得分未公布：示例村及其得分均为示例", "90分的界线为示例"),
)
HENAN = eg.Source(
    "河南省2021年8月份城市环境空气质量排名通报（转载）",
    published=date(2021, 9, 13),
    url="http://www.b4dc4.cn/yaowen/2021/0913/85771.html",
    assumed=("各区的综合指数未摘录：示例区及其指数均为示例，新华区断网前的数据也是示例", "由谁决定不参加排名原文未见"),
)

# six rounds were planned; the sixth was not held, and by decision every village has 95 for it
FICTITIOUS_ROUNDS = {
    "示例村甲": ("89", "90", "88.5", "89.5", "89"),  # 446 of five: 89.2; with 95 for the sixth 541 of six: 90.1667
    "示例村乙": ("92", "91", "93", "90", "94"),  # 460 of five: 92; 555 of six: 92.5
    "示例村丙": ("85", "86", "84", "87", "88"),  # 430 of five: 86; 525 of six: 87.5
}
DECIDED = "95"
DAYS = [(date(2018, month, 1), date(2018, month + 1, 28)) for month in (1, 3, 5, 7, 9, 11)]
CHANGXING_GRID = eg.Grid(units("村", FICTITIOUS_ROUNDS))
HELD = tuple(
    inspection
    for village, scores in FICTITIOUS_ROUNDS.items()
    for days, score in zip(DAYS, scores, strict=False)
    for inspection in stated("检查", days, {village: score})
)
FIVE_ROUNDS = eg.Facts(CHANGXING_GRID, inspections=HELD)
SIX_ROUNDS = eg.Facts(
    CHANGXING_GRID, inspections=HELD + stated("县决定", DAYS[5], dict.fromkeys(FICTITIOUS_ROUNDS, DECIDED))
)


def changxing() -> eg.Scheme:
    return eg.Scheme(
        id="changxing",
        title="长兴县村庄环境年度均分",
        levels=("村",),
        cadence=eg.year(),
        since=date(2018, 1, 1),
        source=CHANGXING,
        scoring=eg.mean_over(
            eg.two_months(),
            eg.stated_else("县决定", eg.stated("检查", several="mean")),
            absent="not assessed",
            unheld="skip",
        ),
        ranking=eg.RankBy(places=2),
        boards=(eg.Board("达标", (eg.Tier("90分以上", eg.at_least(90)),), rest="不足90分"),),
    )


# 平顶山新华区's station lost its link to the network in August
EXCLUDED = "平顶山新华区"
NO_LINK = eg.ruled("监测站点断网，不参加本月排名", by="省级主管部门")
FICTITIOUS_INDEX = {f"示例区{n}": f"{3 + n / 100:.2f}" for n in range(1, 31)} | {EXCLUDED: "9.99"}
AUGUST = date(2021, 8, 1), date(2021, 8, 31)
LAST_FIFTEEN = {f"示例区{n}" for n in range(16, 31)}


def henan(exempt: eg.Condition | None = NO_LINK) -> eg.Scheme:
    return eg.Scheme(
        id="henan",
        title="河南省城市区环境空气质量排名",
        levels=("区",),
        cadence=eg.month(),
        since=date(2021, 8, 1),
        source=HENAN,
        scoring=eg.stated("综合指数", several="mean", better="lower"),
        ranking=eg.RankBy(places=2),
        boards=(eg.Board("后十五", (eg.Tier("后15位", eg.bottom(15, ties="decide"), "sanction"),), rest="其他"),),
        exempt=exempt,
    )


HENAN_FACTS = eg.Facts(
    eg.Grid(units("区", FICTITIOUS_INDEX)),
    inspections=stated("综合指数", AUGUST, FICTITIOUS_INDEX),
    rulings=(
        eg.Ruling(EXCLUDED, AUGUST[0], NO_LINK, holds=True, by="省级主管部门", why="监测站点VPN断网", scheme="henan"),
    ),
)
BY_FIVE = eg.assess_season(changxing(), FIVE_ROUNDS).latest
BY_SIX = eg.assess_season(changxing(), SIX_ROUNDS).latest
RULED = eg.assess_season(henan(), HENAN_FACTS).latest


def test_the_decision_raises_every_annual_mean() -> None:
    assert numbers(BY_FIVE) == {"示例村甲": "89.20", "示例村乙": "92.00", "示例村丙": "86.00"}
    assert numbers(BY_SIX) == {"示例村甲": "90.17", "示例村乙": "92.50", "示例村丙": "87.50"}


@pytest.mark.parametrize("assessment", [BY_FIVE, BY_SIX], ids=["five rounds", "six rounds"])
def test_the_same_score_for_everybody_keeps_the_order(assessment: eg.Assessment) -> None:
    assert ranks(assessment) == {"示例村乙": 1, "示例村甲": 2, "示例村丙": 3}


def test_the_same_score_for_everybody_lifts_a_village_over_the_line() -> None:
    assert lists(BY_FIVE, "达标")["90分以上"] == {"示例村乙"}
    assert lists(BY_SIX, "达标")["90分以上"] == {"示例村乙", "示例村甲"}


def test_the_explanation_shows_the_decided_score_as_stated() -> None:
    assert "县决定：公布得分95" in eg.narrate(BY_SIX.explain("示例村甲"))


def test_the_excluded_district_is_listed_apart_by_decision() -> None:
    assert [(absence.unit, absence.why) for absence in RULED.record.absences] == [(EXCLUDED, eg.Absent.EXEMPT)]
    assert "监测站点VPN断网" in eg.narrate(RULED.explain(EXCLUDED))


def test_the_list_of_the_last_fifteen_still_has_fifteen() -> None:
    assert lists(RULED, "后十五")["后15位"] == LAST_FIFTEEN


def test_without_the_decision_the_district_would_have_been_last_and_spared_another() -> None:
    last = lists(eg.assess_season(henan(exempt=None), HENAN_FACTS).latest, "后十五")["后15位"]
    assert last == LAST_FIFTEEN - {"示例区16"} | {EXCLUDED}


def test_the_schemes_take_less_than_thirty_lines() -> None:
    assert max(lines_of(changxing), lines_of(henan)) < 30
