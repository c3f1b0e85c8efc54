"""许昌市 2023-11: two groups, each with its own ranks; who is last of a group need not be among the last of all."""

from datetime import date

import envgov as eg
from bulletins import lines_of, lists, numbers, ranks, stated, units

COUNTIES, ZONES = "五个县(市、区)组", "魏都区及三个功能区组"
SOURCE = eg.Source(
    "全市农村人居环境整治观摩评比排名（许昌日报）",
    published=date(2023, 11, 21),
    url="http://szb.21xc.com/xcrb/PC/con/202311/21/c149348.html",
    assumed=("末位名单是为说明分组而设，报纸只公布名次；没有并列，界线上并列者如何处理无从得知",),
)
PRINTED = {
    COUNTIES: {"长葛市": "91.06", "建安区": "90.81", "禹州市": "90.44", "襄城县": "90.41", "鄢陵县": "87.38"},
    ZONES: {
        "魏都区": "91.91",
        "东城区": "90.72",
        "市城乡一体化示范区": "90.66",
        "国家许昌经济技术开发区": "90.50",
    },
}
NOVEMBER = date(2023, 11, 1), date(2023, 11, 21)
FACTS = eg.Facts(
    eg.Grid(unit for group, scores in PRINTED.items() for unit in units("县(市、区)", scores, group=group)),
    inspections=tuple(i for scores in PRINTED.values() for i in stated("观摩评比", NOVEMBER, scores)),
)


def xuchang(groups: tuple[str, ...], n: int) -> eg.Scheme:
    return eg.Scheme(
        id="xuchang",
        title="许昌市农村人居环境整治观摩评比",
        levels=("县(市、区)",),
        groups=groups,
        cadence=eg.month(),
        since=date(2023, 11, 1),
        source=SOURCE,
        scoring=eg.stated("观摩评比", several="mean"),
        ranking=eg.RankBy(places=2),
        boards=(eg.Board("末位", (eg.Tier("末位", eg.bottom(n, ties="decide"), "sanction"),), rest="其他"),),
    )


GROUPED = eg.assess_season(xuchang((COUNTIES, ZONES), 1), FACTS).latest
TOGETHER = eg.assess_season(xuchang((), 2), FACTS).latest


def test_ranks_and_scores_within_each_group_are_those_printed() -> None:
    assert ranks(GROUPED) == {unit: rank for group in PRINTED.values() for rank, unit in enumerate(group, 1)}
    assert numbers(GROUPED) == PRINTED[COUNTIES] | PRINTED[ZONES]


def test_the_last_of_each_group_are_not_the_last_two_of_all() -> None:
    assert lists(GROUPED, "末位")["末位"] == {"鄢陵县", "国家许昌经济技术开发区"}
    assert lists(TOGETHER, "末位")["末位"] == {"鄢陵县", "襄城县"}


def test_the_last_of_the_zones_is_ahead_of_three_counties() -> None:
    order = sorted(ranks(TOGETHER).items(), key=lambda unit_rank: unit_rank[1])
    assert order[5:] == [("国家许昌经济技术开发区", 6), ("禹州市", 7), ("襄城县", 8), ("鄢陵县", 9)]


def test_the_scheme_takes_less_than_thirty_lines() -> None:
    assert lines_of(xuchang) < 30
