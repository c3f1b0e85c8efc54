"""码头镇 2019-05: ranks with ties, and a reward whose rule the bulletin does not print: both readings fit it."""

from datetime import date

import pytest

import envgov as eg
from bulletins import lines_of, lists, numbers, ranks, stated, units

SOURCE = eg.Source(
    "码头镇人民政府关于码头镇5月份环境卫生考评情况的通报",
    published=date(2019, 6, 20),
    document_number="南码政〔2019〕108号",
    url="http://www.nanan.gov.cn/zwgk/zfxxgkzl/xzjdgk/mtzrmzf/zfxxgkml/201906/t20190621_1753893.htm",
    assumed=(
        "奖励办法原文未附：按名次（第1—2名5000元，第3—7名2000元），或按上级暗访成绩90分以上，均与公布的奖励金一致",
        "界线上并列者全部列入：公布的名单界线上没有并列",
    ),
)
# rank, village, score, reward; then the covert visits from above. The text counts 25 villages, its table has 24 rows.
PRINTED = """
1 大庭村 95.5 5000
2 枫树村 95 5000
3 东大村 94.5 2000
4 大坝村 94 2000
5 丰联村 93 2000
6 铺前村 92 2000
7 杏东村 91 2000
8 宫占村 90.5
8 丰美村 90.5
10 美岭村 90
10 坑内村 90
12 仙都村 89
13 诗南村 88.5
14 南冬村 88
15 仙美村 87.5
15 康安村 87.5
15 刘林村 87.5
18 高山村 87
18 金中村 87
18 新汤村 87
21 码四村 86
22 内柯村 85
23 高盖村 84.5
24 码头村 84
"""
QUANZHOU = {"大庭村": "93.7", "枫树村": "93.8", "大坝村": "93", "丰联村": "90.7"}
NANAN = {"东大村": "92", "铺前村": "92", "杏东村": "91", "高山村": "87"}
ROWS = [line.split() for line in PRINTED.split("\n") if line]
RANKS = {village: int(rank) for rank, village, *_ in ROWS}
SCORES = {village: score for _, village, score, *_ in ROWS}
REWARDS = {village: int(reward[0]) for _, village, _, *reward in ROWS if reward}

MAY = date(2019, 5, 1), date(2019, 5, 31)
FACTS = eg.Facts(
    eg.Grid(units("村(居)", SCORES)),
    inspections=stated("考评", MAY, SCORES) + stated("泉州暗访", MAY, QUANZHOU) + stated("南安暗访", MAY, NANAN),
)
FIRST_SEVEN = eg.top(7, ties="include")
SEEN_FROM_ABOVE = eg.at_least(90, of="上级暗访")


def matou(rewarded: eg.Condition = FIRST_SEVEN, *boards: eg.Board) -> eg.Scheme:
    covert = eg.or_else(eg.stated("泉州暗访", several="mean"), eg.stated("南安暗访", several="mean"))
    return eg.Scheme(
        id="matou",
        title="码头镇环境卫生考评",
        levels=("村(居)",),
        cadence=eg.month(),
        since=date(2019, 5, 1),
        source=SOURCE,
        scoring=eg.stated("考评", several="mean"),
        ranking=eg.RankBy(places=1),
        figures=(eg.Figure("上级暗访", covert, eg.RankBy(places=1)),),
        boards=boards,
        ladders=(
            eg.Ladder(
                (
                    eg.Rung("奖励2000元", rewarded, to=("村(居)",), amount=2000),
                    eg.Rung("奖励5000元", eg.all_of(rewarded, eg.top(2, ties="include")), to=("村(居)",), amount=5000),
                ),
                publish="highest",
            ),
        ),
    )


def assess(scheme: eg.Scheme) -> eg.Assessment:
    return eg.assess_season(scheme, FACTS).latest


def test_ranks_and_scores_are_those_of_the_table_ties_and_all() -> None:
    assessment = assess(matou())
    assert ranks(assessment) == RANKS
    assert {village: eg.points(shown) for village, shown in numbers(assessment).items()} == {
        village: eg.points(score) for village, score in SCORES.items()
    }


@pytest.mark.parametrize("rewarded", [FIRST_SEVEN, SEEN_FROM_ABOVE], ids=["by rank", "by the visits from above"])
def test_both_readings_of_the_reward_give_the_seven_amounts_of_the_table(rewarded: eg.Condition) -> None:
    assert {m.subject: m.amount for m in assess(matou(rewarded)).measures} == REWARDS


def test_the_source_says_that_the_reward_has_two_readings() -> None:
    assert "按名次" in SOURCE.assumed[0]
    assert "上级暗访成绩90分以上" in SOURCE.assumed[0]


@pytest.mark.parametrize(
    ("first", "size"),
    [
        (eg.top(8, ties="include"), 9),
        (eg.top(8, ties="exclude"), 7),
        (eg.top(15, ties="include"), 17),
        (eg.top(15, ties="exclude"), 14),
    ],
)
def test_a_list_across_a_tie_takes_all_of_the_tied_or_none(first: eg.Condition, size: int) -> None:
    board = eg.Board("示例榜", (eg.Tier("上榜", first),), rest="未上榜")
    assert len(lists(assess(matou(FIRST_SEVEN, board)), "示例榜")["上榜"]) == size


def test_the_scheme_takes_less_than_thirty_lines() -> None:
    assert lines_of(matou) < 30
