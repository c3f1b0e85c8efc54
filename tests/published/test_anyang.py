"""安阳市 2022-08: ranks without scores; the more often in the year a town was among the last ten, the higher the talk."""

from datetime import date

import envgov as eg
from bulletins import lines_of, lists, measures, ranks, units

SOURCE = eg.Source(
    "关于2022年8月份安阳市乡（镇）环境空气质量月排名考核情况通报（论坛转载）",
    published=date(2022, 9, 14),
    document_number="安环委〔2022〕3号（考核办法）",
    url="https://home.0372.cn/forum.php?goto=lastpost&mod=redirect&tid=35003",
    assumed=(
        "此前各次后十名未见公布：次数由8月公布的约谈推定，月份为示例",
        "累计三次的未再列入累计两次的约谈：约谈只公布最高一档，通报批评另行",
        "累计四次及以上原文未见：按累计三次办理",
    ),
)
TOWNS = 90
# from the better to the worse, the last ten too
PRINTED = {
    "前十名": """
林州市石板岩镇 林州市合涧镇 林州市任村镇 林州市姚村镇 林州市临淇镇
林州市茶店镇 内黄县亳城镇 滑县大寨乡 滑县万古镇 殷都区磊口乡
""",
    "后十名": """
内黄县田氏镇 龙安区龙泉镇 内黄县梁庄镇 汤阴县五陵镇 汤阴县城关镇
滑县瓦岗寨乡 北关区柏庄镇 内黄县豆公镇 殷都区安丰乡 殷都区洪河屯乡
""",
}
PRAISED, CRITICISED = (names.split() for names in PRINTED.values())
GOVERNMENT = {"汤阴县五陵镇", "汤阴县城关镇", "内黄县豆公镇"}
PARTY = {"殷都区洪河屯乡"}
# the bulletin does not name ranks 11 to 80
UNNAMED = [f"第{rank}名（未列名）" for rank in range(11, TOWNS - 9)]

# how often each had been among the last ten before, as the talks of August tell; in which months is not known
INFERRED = {6: sorted(PARTY), 7: sorted(PARTY | GOVERNMENT)}


def order_of(month: int) -> list[str]:
    """The towns from the best to the worst: as printed for August, with no more than INFERRED before."""
    if month == 8:
        return [*PRAISED, *UNNAMED, *CRITICISED]
    last = INFERRED[month]
    others = [town for town in (*PRAISED, *CRITICISED, *UNNAMED) if town not in last]
    return [*others, *last]


FACTS = eg.Facts(
    eg.Grid(units("乡(镇)", order_of(8))),
    stated_ranks=tuple(
        eg.StatedRank(town, date(2022, month, 28), "空气质量月排名", rank, of=TOWNS)
        for month in (6, 7, 8)
        for rank, town in enumerate(order_of(month), 1)
    ),
)


def anyang() -> eg.Scheme:
    first, last = eg.top(10, ties="decide"), eg.bottom(10, ties="decide")
    second = eg.cumulative(last, 2, within=eg.year(), repeat="each", editions="carry", heads="carry")
    third = eg.cumulative(last, 3, within=eg.year(), repeat="each", editions="carry", heads="carry")
    return eg.Scheme(
        id="anyang",
        title="安阳市乡（镇）环境空气质量月排名",
        levels=("乡(镇)",),
        cadence=eg.month(),
        since=date(2022, 1, 1),
        source=SOURCE,
        scoring=eg.stated_rank("空气质量月排名", several="latest"),
        ranking=eg.RankBy(places=4),
        boards=(
            eg.Board("通报", (eg.Tier("前十名", first, "praise"), eg.Tier("后十名", last, "sanction")), rest="其他"),
        ),
        ladders=(
            eg.Ladder((eg.Rung("通报表扬", first, to=("乡镇",)),), publish="every rung"),
            eg.Ladder((eg.Rung("通报批评", last, to=("乡镇",)),), publish="every rung"),
            eg.Ladder(
                (
                    eg.Rung("约谈政府主要负责同志", second, to=("政府主要负责同志",)),
                    eg.Rung("约谈党委主要负责同志", third, to=("党委主要负责同志",)),
                ),
                publish="highest",
            ),
        ),
    )


AUGUST = eg.assess_season(anyang(), FACTS)["2022-08"]


def test_ninety_towns_stand_in_the_order_of_the_bulletin() -> None:
    assert ranks(AUGUST) == {town: rank for rank, town in enumerate(order_of(8), 1)}
    assert len(ranks(AUGUST)) == TOWNS


def test_the_first_and_the_last_ten_are_those_of_the_bulletin() -> None:
    board = lists(AUGUST, "通报")
    assert (board["前十名"], board["后十名"]) == (set(PRAISED), set(CRITICISED))


def test_all_ten_are_criticised_and_each_has_the_highest_talk_only() -> None:
    assert measures(AUGUST) == {
        "通报表扬": set(PRAISED),
        "通报批评": set(CRITICISED),
        "约谈政府主要负责同志": GOVERNMENT,
        "约谈党委主要负责同志": PARTY,
    }


def test_without_the_earlier_months_nobody_is_summoned() -> None:
    alone = eg.assess(anyang(), AUGUST.record.round, FACTS)
    assert set(measures(alone)) == {"通报表扬", "通报批评"}


def test_the_source_says_that_the_earlier_counts_are_inferred() -> None:
    assert "次数由8月公布的约谈推定" in SOURCE.assumed[0]


def test_the_scheme_takes_less_than_thirty_lines() -> None:
    assert lines_of(anyang) < 30
