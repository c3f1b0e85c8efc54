"""深圳市 2021: a weighted index to four decimals, and how far rounded inputs can reproduce it."""

from datetime import date
from decimal import Decimal

import envgov as eg
from bulletins import lines_of, lists, numbers, ranks, stated, units

SOURCE = eg.Source(
    "街道环境卫生指数得分排名（深圳市城市管理和综合执法局）",
    url="http://cgj.sz.gov.cn/xsmh/szhw/hjzs/content/post_9288845.html",
    assumed=(
        "摘录没有日期：2021年某月，此处记为1月",
        "摘录只有74个街道中的前24个；进步榜是其中的前三名，界线上没有并列",
        "进步指数的基数未公布，按公布的数记录",
    ),
)
# street, index, progress, on-site index, satisfaction index, in the order of the published ranks from 1 on
PRINTED = """
福保街道 94.7538 -0.3804 95.532 87.7497
梅沙街道 93.745 0.5551 94.8293 83.9864
园岭街道 93.7014 2.7772 94.4536 86.9321
华强北街道 92.912 0.5107 93.6248 86.4968
海山街道 92.6338 0.341 93.5229 84.6316
香蜜湖街道 92.6254 -0.8583 94.0315 79.9703
南澳办事处 92.366 1.8903 92.8316 88.1762
梅林街道 91.8674 0.5427 92.9515 82.1104
沙头角街道 91.8353 0.8817 92.7804 83.3292
南园街道 91.6875 0.1577 93.0911 79.0545
粤海街道 91.3421 0.4121 92.995 76.4659
莲花街道 91.2305 0.4873 92.8768 76.4136
清水河街道 91.0386 6.7274 91.6493 85.542
燕罗街道 90.9123 2.5878 91.9979 81.1421
华富街道 90.8107 -1.8455 91.928 80.7552
大浪街道 90.7657 0.4579 92.0216 79.4631
盐田街道 90.7191 1.702 92.0185 79.0244
招商街道 90.7169 -0.2961 91.759 81.3378
龙城街道 90.6916 0.3105 92.2237 76.9028
南湖街道 90.6712 -1.3518 92.1124 77.7001
马田街道 90.5645 2.8399 91.9995 77.6488
沙头街道 90.5269 -1.9693 91.4137 82.5457
石井街道 90.3314 -0.4445 91.4968 79.8428
新桥街道 90.1447 1.672 91.1696 80.9208
"""
ROWS = [line.split() for line in PRINTED.split("\n") if line]
INDEX = {street: Decimal(index) for street, index, *_ in ROWS}
MONTH = date(2021, 1, 1), date(2021, 1, 31)
FACTS = eg.Facts(
    eg.Grid(units("街道", INDEX)),
    inspections=tuple(
        inspection
        for column, channel in ((2, "进步指数"), (3, "现场考察"), (4, "居民满意度"))
        for inspection in stated(channel, MONTH, {row[0]: row[column] for row in ROWS})
    ),
)
# the published inputs have four decimals too: these rows came out of digits that were not printed
HIDDEN_DIGITS = {
    "园岭街道": "93.7015",
    "南澳办事处": "92.3661",
    "南园街道": "91.6874",
    "大浪街道": "90.7658",
    "马田街道": "90.5644",
}


def shenzhen() -> eg.Scheme:
    return eg.Scheme(
        id="shenzhen",
        title="环境卫生指数",
        levels=("街道",),
        cadence=eg.month(),
        since=date(2021, 1, 1),
        source=SOURCE,
        scoring=eg.weighted(
            eg.Part(90, eg.stated("现场考察", several="mean")),
            eg.Part(10, eg.stated("居民满意度", several="mean")),
            absent="not assessed",
            name="环境卫生指数",
            cite="环境卫生指数=现场考察指数*90%+居民满意度指数*10%",
        ),
        ranking=eg.RankBy(places=4),
        figures=(eg.Figure("进步指数", eg.stated("进步指数", several="mean"), eg.RankBy(places=4)),),
        boards=(
            eg.Board("进步榜", (eg.Tier("进步", eg.top(3, of="进步指数", ties="decide"), "praise"),), rest="其他"),
        ),
    )


ASSESSMENT = eg.assess_season(shenzhen(), FACTS).latest


def test_nineteen_of_the_24_rows_come_out_to_the_digit_and_five_cannot() -> None:
    shown = {street: Decimal(number) for street, number in numbers(ASSESSMENT).items()}
    differing = {street: number for street, number in shown.items() if number != INDEX[street]}
    assert differing == {street: Decimal(number) for street, number in HIDDEN_DIGITS.items()}
    assert len(shown) - len(differing) == 19


def test_no_row_is_further_off_than_rounded_inputs_can_carry() -> None:
    # half a unit in the fourth decimal of the inputs, and half a unit of the published index
    bound = Decimal("0.0001")
    assert all(abs(Decimal(number) - INDEX[street]) <= bound for street, number in numbers(ASSESSMENT).items())


def test_every_rank_is_the_published_one_all_the_same() -> None:
    assert ranks(ASSESSMENT) == {street: rank for rank, street in enumerate(INDEX, 1)}


def test_the_streets_that_improved_most_are_a_board_on_a_stated_figure() -> None:
    assert lists(ASSESSMENT, "进步榜")["进步"] == {"清水河街道", "马田街道", "园岭街道"}


def test_the_scheme_takes_less_than_thirty_lines() -> None:
    assert lines_of(shenzhen) < 30
