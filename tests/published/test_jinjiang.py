"""晋江市 2019-04: bands of villages, and the city's shares in them, with two decimals and with one."""

from datetime import date

import envgov as eg
from bulletins import lines_of, lists, numbers, stated, units

SOURCE = eg.Source(
    "4月份晋江城乡环境卫生考评出炉（晋江新闻网，转载）",
    published=date(2019, 5, 21),
    url="http://www.muzhuzai.net/qznews/2019/0521/577176.html",
    assumed=("只公布九个不合格村的得分；其余105个村（社区）只公布了优秀的个数，示例村按所在档次的下限记分",),
)
ASSESSED, EXCELLENT = 114, 64
FAILED = {
    "龙湖镇吴厝村": "65",
    "龙湖镇烧灰村": "75",
    "池店镇御辇村": "74",
    "池店镇池店村": "75",
    "池店镇钱头村": "78.6",
    "安海镇西安村": "77",
    "英林镇英林村": "75",
    "磁灶镇湖头村": "78.3",
    "东石镇大白山村": "79",
}
PRINTED = {"优秀率": "56.14", "不合格率": "7.9"}
FICTITIOUS = {f"示例村{n}": "90" if n <= EXCELLENT else "80" for n in range(1, ASSESSED - len(FAILED) + 1)}

APRIL = date(2019, 4, 1), date(2019, 4, 30)
FACTS = eg.Facts(
    eg.Grid(units("市", ["晋江市"]) + units("村(社区)", FAILED | FICTITIOUS, parent="晋江市")),
    inspections=stated("随机暗访", APRIL, FAILED | FICTITIOUS),
)
SCORE = eg.stated("随机暗访", several="mean")


def villages() -> eg.Scheme:
    return eg.Scheme(
        id="jinjiang-villages",
        title="晋江市城乡环境卫生考评",
        levels=("村(社区)",),
        cadence=eg.month(),
        since=date(2019, 4, 1),
        source=SOURCE,
        scoring=SCORE,
        ranking=eg.RankBy(places=1),
        boards=(
            eg.Board(
                "等次",
                (
                    eg.Tier("优秀", eg.at_least(90), "praise", cite="90分以上"),
                    eg.Tier("不合格", eg.below(80), "sanction", cite="80分以下"),
                ),
                rest="合格",
            ),
        ),
    )


def city() -> eg.Scheme:
    passed = eg.mean_of_children(eg.bands(SCORE, eg.Band(80, 100), rest=0))
    failed = eg.total(eg.constant(100, better="lower"), eg.scaled(passed, -1), absent="not assessed")
    return eg.Scheme(
        id="jinjiang",
        title="晋江市村（社区）优秀率",
        levels=("市",),
        cadence=eg.month(),
        since=date(2019, 4, 1),
        source=SOURCE,
        scoring=eg.mean_of_children(eg.bands(SCORE, eg.Band(90, 100), rest=0)),
        ranking=eg.RankBy(places=2),
        figures=(eg.Figure("不合格率", failed, eg.RankBy(places=1)),),
    )


VILLAGES = eg.assess_season(villages(), FACTS).latest
CITY = eg.assess_season(city(), FACTS).latest


def test_the_villages_below_80_are_the_nine_of_the_bulletin() -> None:
    assert lists(VILLAGES, "等次")["不合格"] == set(FAILED)


def test_80_is_not_below_80_and_90_is_excellent() -> None:
    sizes = {tier: len(villages) for tier, villages in lists(VILLAGES, "等次").items()}
    assert sizes == {"优秀": 64, "合格": 41, "不合格": 9}


def test_each_share_has_the_decimals_with_which_it_was_printed() -> None:
    # 64 of 114 and 9 of 114
    assert numbers(CITY) == {"晋江市": PRINTED["优秀率"]}
    assert numbers(CITY, "不合格率") == {"晋江市": PRINTED["不合格率"]}


def test_the_schemes_take_less_than_thirty_lines() -> None:
    assert max(lines_of(villages), lines_of(city)) < 30
