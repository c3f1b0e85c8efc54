"""柳湖, 即墨通济 and 息县: what their reports say in figures."""

from datetime import date

import pytest

import envgov as eg
from bulletins import lines_of, lists, numbers, stated, units

TONGJI = eg.Source("即墨区通济新区农村人居环境整治报道", published=date(2023, 7, 10), assumed=("各问题的日期为示例",))
XIXIAN = eg.Source(
    "息县人居环境综合整治报道（大象新闻）", published=date(2021, 12, 30), assumed=("各问题的日期为示例",)
)
LIUHU = eg.Source(
    "柳湖街道“四心”工作法推动人居环境整治工作提质增效",
    published=date(2022, 10, 9),
    assumed=("得分未公布，均为示例", "行政村、社区合并排名", "界线上并列由街道决定"),
)


def problems(place: str, year: int, found: int, rectified: int) -> tuple[eg.Issue, ...]:
    """So many problems found in a year, and so many of them rectified."""
    day = date(year, 6, 1)
    events = (eg.Event(eg.EventKind.FOUND, day), eg.Event(eg.EventKind.RECTIFIED, day))
    return tuple(eg.Issue(f"{place}{n}", place, events[: 1 + (n < rectified)]) for n in range(found))


FACTS = eg.Facts(
    eg.Grid(units("片区", ["通济新区", "息县"])),
    issues=problems("通济新区", 2023, found=1104, rectified=1017) + problems("息县", 2021, found=1188, rectified=1057),
)


def rectified(source: eg.Source, places: int) -> eg.Scheme:
    return eg.Scheme(
        id="rectified",
        title="整改率",
        levels=("片区",),
        cadence=eg.year(),
        since=date(2021, 1, 1),
        source=source,
        scoring=eg.rate(
            eg.happened("rectified", during="round"),
            among=eg.happened("found", during="round"),
            by="place",
            empty="not assessed",
        ),
        ranking=eg.RankBy(places=places),
        boards=(eg.Board("整改", (eg.Tier("92%以上", eg.at_least(92)),), rest="不足92%"),),
    )


SEPTEMBER = date(2022, 9, 1), date(2022, 9, 30)


def liuhu() -> eg.Scheme:
    return eg.Scheme(
        id="liuhu",
        title="柳湖街道红黑榜",
        levels=("村", "社区"),
        cadence=eg.month(),
        since=date(2022, 1, 1),
        source=LIUHU,
        scoring=eg.stated("量化考核", several="mean"),
        ranking=eg.RankBy(places=1),
        boards=(
            eg.Board(
                "红黑榜",
                (
                    eg.Tier("红榜", eg.top(5, ties="decide"), "praise", cite="前5名"),
                    eg.Tier("黑榜", eg.bottom(3, ties="decide"), "sanction", cite="排后3名"),
                ),
                rest="未上榜",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("source", "year", "place", "places", "shown"),
    [
        (TONGJI, "2023", "通济新区", 2, "92.12"),
        (XIXIAN, "2021", "息县", 2, "88.97"),
        (XIXIAN, "2021", "息县", 0, "89"),
    ],
)
def test_the_rate_of_problems_rectified_is_the_one_reported(
    source: eg.Source, year: str, place: str, places: int, shown: str
) -> None:
    assert numbers(eg.assess_season(rectified(source, places), FACTS)[year]) == {place: shown}


def test_only_tongji_reached_the_92_per_cent_of_its_report() -> None:
    season = eg.assess_season(rectified(TONGJI, 2), FACTS)
    assert lists(season["2023"], "整改") == {"92%以上": {"通济新区"}}
    assert lists(season["2021"], "整改") == {"不足92%": {"息县"}}


def test_of_26_units_ranked_together_18_stand_on_neither_board() -> None:
    villages, communities = (
        [f"示例{level}{n}" for n in range(1, size + 1)] for level, size in (("村", 18), ("社区", 8))
    )
    fictitious = {unit: str(60 + n) for n, unit in enumerate(villages + communities)}
    facts = eg.Facts(
        eg.Grid(units("村", villages) + units("社区", communities)),
        inspections=stated("量化考核", SEPTEMBER, fictitious),
    )
    board = lists(eg.assess_season(liuhu(), facts).latest, "红黑榜")
    assert {tier: len(members) for tier, members in board.items()} == {"红榜": 5, "黑榜": 3, "未上榜": 18}


def test_the_schemes_take_less_than_thirty_lines() -> None:
    assert max(lines_of(rectified), lines_of(liuhu)) < 30
