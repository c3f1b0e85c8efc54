"""眉山市 2018-Q2: lists without scores: named by the county, checked and approved by the city, or not published."""

from datetime import date

import pytest

import envgov as eg
from bulletins import lines_of, lists, units

SOURCE = eg.Source(
    "2018年第二季度全市城乡环境综合治理“十佳”“较差”乡镇、村（社区）通报（转载）",
    published=date(2018, 7, 19),
    url="https://ttnews.xyz/a/5b59614ddc9b5e5999db814f?lang=zh-hant",
    assumed=("初选、复核、审批的各次决定未公布，由公布的名单推定", "区县初选不分区县，都记作“区县”"),
)
TOWNS = {
    "十佳": """
东坡区白马镇 东坡区万胜镇 彭山区青龙镇 仁寿县洪峰乡 仁寿县大化镇
仁寿县珠嘉镇 仁寿县中岗镇 洪雅县三宝镇 丹棱县杨场镇 青神县南城镇
""",
    "较差": "东坡区修文镇 仁寿县富加镇 仁寿县谢安乡 洪雅县余坪镇 丹棱县双桥镇",
}
VILLAGES = {
    "十佳": """
东坡区白马镇铁炉村 东坡区复兴乡复兴社区 彭山区武阳镇泥湾村 仁寿县大化镇水利社区 仁寿县凤陵乡锦泉村
仁寿县鳌陵乡宝峰社区 仁寿县钟祥镇镇龙村 洪雅县汉王乡王沟村 丹棱县仁美镇雄义村 青神县青城镇柳沟村
""",
    "较差": """
东坡区广济乡济光村 彭山区江口镇土桥村 仁寿县谢安乡葫芦村
仁寿县文宫镇文华社区 丹棱县双桥镇桂香村 青神县瑞峰镇杨柳漕村
""",
}
LISTS = [("乡镇", tier, set(names.split())) for tier, names in TOWNS.items()]
LISTS += [("村(社区)", tier, set(names.split())) for tier, names in VILLAGES.items()]
STEPS = (("初选", "区县"), ("复核", "市治理办"), ("审批", "市委市政府"))
JUNE = date(2018, 6, 30)
# these got no further than the step before the one that is named
STOPPED = {"示例镇甲": "复核", "示例镇乙": "审批"}


def through(tier: str) -> eg.all_of:
    return eg.all_of(*(eg.ruled(f"{tier}：{step}", by=by) for step, by in STEPS))


def meishan(level: str) -> eg.Scheme:
    return eg.Scheme(
        id="meishan",
        title=f"城乡环境综合治理“十佳”“较差”{level}",
        levels=(level,),
        cadence=eg.quarter(),
        since=date(2018, 4, 1),
        source=SOURCE,
        boards=(
            eg.Board(
                "通报名单",
                (eg.Tier("十佳", through("十佳"), "praise"), eg.Tier("较差", through("较差"), "sanction")),
                rest="未列入",
            ),
        ),
    )


def rulings(unit: str, tier: str, before: str = "") -> list[eg.Ruling]:
    """The decisions on a unit, up to the step at which it stopped."""
    steps = [step for step, _ in STEPS]
    asked = through(tier).parts[: steps.index(before) if before else None]
    return [
        eg.Ruling(unit, JUNE, condition, holds=True, by=by, why="公布的名单", scheme="meishan")
        for condition, (_, by) in zip(asked, STEPS, strict=False)
    ]


FACTS = eg.Facts(
    eg.Grid(unit for level, _, names in [*LISTS, ("乡镇", "", set(STOPPED))] for unit in units(level, names)),
    rulings=(
        *(ruling for _, tier, names in LISTS for unit in names for ruling in rulings(unit, tier)),
        *(ruling for unit, step in STOPPED.items() for ruling in rulings(unit, "较差", before=step)),
    ),
)
SECOND_QUARTER = eg.quarter().round_of(JUNE)


def assess(level: str, facts: eg.Facts = FACTS) -> eg.Assessment:
    return eg.assess(meishan(level), SECOND_QUARTER, facts)


@pytest.mark.parametrize(("level", "tier", "names"), LISTS)
def test_each_list_names_those_of_the_notice(level: str, tier: str, names: set[str]) -> None:
    assert lists(assess(level), "通报名单")[tier] == names


def test_the_four_lists_have_the_sizes_of_the_notice_and_share_no_name() -> None:
    boards = [lists(assess(level), "通报名单") for level in ("乡镇", "村(社区)")]
    assert [len(board[tier]) for board in boards for tier in ("十佳", "较差")] == [10, 5, 10, 6]
    assert all(not board["十佳"] & board["较差"] for board in boards)


@pytest.mark.parametrize("unit", STOPPED)
def test_who_was_not_approved_is_on_no_list(unit: str) -> None:
    assert unit in lists(assess("乡镇"), "通报名单")["未列入"]


def test_nobody_may_approve_for_another_body() -> None:
    condition = through("较差").parts[2]
    ruling = eg.Ruling("示例镇乙", JUNE, condition, holds=True, by="区县", why="示例", scheme="meishan")
    facts = eg.Facts(FACTS.grid, rulings=(*FACTS.rulings, ruling))
    with pytest.raises(eg.InputError, match="区县 ruled in 2018-Q2 on what the scheme leaves to 市委市政府"):
        assess("乡镇", facts)


def test_the_scheme_takes_less_than_thirty_lines() -> None:
    assert lines_of(meishan) < 30
