"""宁波市 2020 and 2022: one board of four colours in two editions: the same score, another colour."""

from datetime import date

import pytest

import envgov as eg
from bulletins import lines_of, lists, stated, units

URLS = ("http://yhsyyw.cn/gongsixinwen/4724.html", "http://studyofnet.com/848251439.html")
ASSUMED = ("得分未公布：红榜四个乡镇和示例乡镇的得分均为示例", "2020年的“80分以上”含80分，依2022年“80分及以上”的写法")
SOURCES = (
    eg.Source("宁波市生活垃圾源头分类“四色榜”首期（转载）", date(2020, 5, 1), URLS[0], assumed=ASSUMED),
    eg.Source("宁波市生活垃圾源头分类“四色榜”2022年一季度（转载）", date(2022, 4, 1), URLS[1], assumed=ASSUMED),
)
RED_2022 = ("鄞州区五乡镇", "北仑区梅山街道", "余姚市梁弄镇", "宁海县黄坛镇")
ASSESSED, GREEN = 101, 21
# the board opened with three months that are no quarter of the calendar
OPENING = eg.Round(date(2019, 11, 1), date(2020, 2, 1), "2019-11~2020-01")
QUARTER = eg.quarter().round_of(date(2022, 1, 1))

# no scores were published: what the bands make of these is what is tested
FICTITIOUS_2020 = {"示例镇甲": "85", "示例镇乙": "80", "示例镇丙": "79.9", "示例镇丁": "30", "示例镇戊": "29.9"}
FICTITIOUS_2022 = dict.fromkeys(RED_2022, "79") | {"示例镇甲": "85", "示例镇乙": "80", "示例镇丙": "90"}
FICTITIOUS_2022 |= {f"示例绿榜{n}": "95" for n in range(1, GREEN + 1)}
FICTITIOUS_2022 |= {f"示例其他{n}": "94.9" for n in range(1, ASSESSED - len(FICTITIOUS_2022) + 1)}
FACTS = eg.Facts(
    eg.Grid(units("镇乡(街道)", FICTITIOUS_2020 | FICTITIOUS_2022)),
    inspections=(
        *stated("源头分类", (OPENING.start, OPENING.last_day), FICTITIOUS_2020),
        *stated("源头分类", (QUARTER.start, QUARTER.last_day), FICTITIOUS_2022),
    ),
)


def ningbo(since: date, source: eg.Source, green: int, blue: int, yellow: int) -> eg.Scheme:
    return eg.Scheme(
        id="ningbo",
        title="生活垃圾源头分类四色榜",
        levels=("镇乡(街道)",),
        cadence=eg.quarter(),
        since=since,
        source=source,
        scoring=eg.stated("源头分类", several="mean"),
        ranking=eg.RankBy(places=1),
        boards=(
            eg.Board(
                "四色榜",
                (
                    eg.Tier("绿榜", eg.at_least(green), "praise"),
                    eg.Tier("蓝榜", eg.at_least(blue)),
                    eg.Tier("黄榜", eg.at_least(yellow)),
                ),
                rest="红榜",
            ),
        ),
    )


EDITIONS = (
    ningbo(OPENING.start, SOURCES[0], 80, 60, 30),
    ningbo(QUARTER.start, SOURCES[1], 95, 90, 80),
)
SEASON = eg.assess_season(EDITIONS, FACTS, rounds=(OPENING, QUARTER))


@pytest.mark.parametrize(
    ("label", "unit", "colour"),
    [
        ("2019-11~2020-01", "示例镇甲", "绿榜"),
        ("2022-Q1", "示例镇甲", "黄榜"),
        ("2019-11~2020-01", "示例镇乙", "绿榜"),
        ("2022-Q1", "示例镇乙", "黄榜"),
        ("2019-11~2020-01", "示例镇丙", "蓝榜"),
        ("2022-Q1", "示例镇丙", "蓝榜"),
        ("2019-11~2020-01", "示例镇丁", "黄榜"),
        ("2019-11~2020-01", "示例镇戊", "红榜"),
    ],
)
def test_each_edition_colours_its_own_quarter(label: str, unit: str, colour: str) -> None:
    assert unit in lists(SEASON[label], "四色榜")[colour]


def test_the_record_says_which_edition_judged() -> None:
    assert [assessment.edition for assessment in SEASON] == ["2019-11-01", "2022-01-01"]


def test_the_red_towns_and_the_sizes_are_those_of_the_first_quarter_of_2022() -> None:
    board = lists(SEASON["2022-Q1"], "四色榜")
    assert board["红榜"] == set(RED_2022)
    assert len(board["绿榜"]) == 21
    assert sum(map(len, board.values())) == 101


def test_the_scheme_takes_less_than_thirty_lines() -> None:
    assert lines_of(ningbo) < 30
