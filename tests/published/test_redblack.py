"""黄石 2024-Q4 and 温泉镇 2020-Q3: red and black lists with a quota for each parent; no scores were published."""

from collections import Counter
from datetime import date
from itertools import chain

import pytest

import envgov as eg
from bulletins import lines_of, lists, stated, units

ASSUMED = ("得分未公布：得分均为示例，只检验名额", "名额内如有并列，由本级决定")
HUANGSHI = eg.Source(
    "黄石开发区·铁山区2024年第四季度红黑榜",
    url="http://hsdz.gov.cn/hdtd/mydc_903/202502/t20250208_1191245.html",
    assumed=ASSUMED,
)
WENQUAN = eg.Source(
    "昌宁县温泉镇2020年第三季度自然村红黑榜",
    url="https://yncn.gov.cn/info/22954/8764150.htm",
    assumed=(*ASSUMED, "红榜每村一个、黑榜五个分属五村，由公布的名单推定；省级指导意见为前十后五"),
)
# town, hamlet on the red list, hamlet on the black list
HUANGSHI_PRINTED = {
    "汪仁镇": ("分水岭村盛柏祥湾", "四连山村柯家湾"),
    "大王镇": ("南山村南山湾", "柯畈村新屋下湾"),
    "太子镇": ("刘政村上门湾", "舒垅村程汉先湾"),
    "金山街道": ("金山村王钦臣湾", "明港村李佰美湾"),
    "章山街道": ("龙山村下刘湾", "龙泉村东边垅程湾"),
}
WENQUAN_RED = {
    "温泉社区": "红土",
    "光山村": "筷子箐",
    "联席村": "芭蕉林",
    "新河村": "者外",
    "松山村": "大新寨",
    "大九甲村": "方下",
    "下六甲村": "沙坝河",
    "兴文村": "棠梨树",
    "鹿塘村": "鸡街子",
    "尼诺村": "蕨坝山",
}
WENQUAN_BLACK = {"温泉社区": "大桥", "联席村": "大寨子", "新河村": "三外", "松山村": "崔家寨", "兴文村": "岭岗寨"}
HAMLETS = 141  # in the ten villages of 温泉镇


def bulletin(
    days: tuple[date, date], red: dict[str, str], black: dict[str, str], rest: dict[str, list[str]]
) -> eg.Facts:
    """Hamlets below their parents; FICTITIOUS scores, each its own: red the best, black the worst."""
    below = {p: [*(d[p] for d in (red, black) if p in d), *rest[p]] for p in red}
    grid = eg.Grid(
        chain(units("村镇", red), *(units("自然村", names, parent=parent) for parent, names in below.items()))
    )
    fictitious = {name: f"{100 - n / 10:.1f}" for n, name in enumerate(red.values())}
    fictitious |= {name: f"{40 + n / 10:.1f}" for n, name in enumerate(black.values())}
    fictitious |= {name: f"{60 + n / 10:.1f}" for n, name in enumerate(chain(*rest.values()))}
    return eg.Facts(grid, inspections=stated("示例评分", days, fictitious))


HUANGSHI_FACTS = bulletin(
    (date(2024, 10, 1), date(2024, 12, 31)),
    {town: red for town, (red, _) in HUANGSHI_PRINTED.items()},
    {town: black for town, (_, black) in HUANGSHI_PRINTED.items()},
    {town: [f"{town}示例湾"] for town in HUANGSHI_PRINTED},
)
UNLISTED = [f"示例自然村{n}" for n in range(HAMLETS - len(WENQUAN_RED) - len(WENQUAN_BLACK))]
WENQUAN_FACTS = bulletin(
    (date(2020, 7, 1), date(2020, 9, 30)),
    WENQUAN_RED,
    WENQUAN_BLACK,
    {village: UNLISTED[n :: len(WENQUAN_RED)] for n, village in enumerate(WENQUAN_RED)},
)


def red_black(source: eg.Source, since: date, black: eg.Condition) -> eg.Scheme:
    score = eg.stated("示例评分", several="mean")
    return eg.Scheme(
        id="red-black",
        title="自然村红黑榜",
        levels=("自然村",),
        cadence=eg.quarter(),
        since=since,
        source=source,
        scoring=score,
        ranking=eg.RankBy(places=1, within="村镇"),
        figures=(eg.Figure("全部自然村", score, eg.RankBy(places=1)),),
        boards=(
            eg.Board(
                "红黑榜",
                (eg.Tier("红榜", eg.top(1, ties="decide"), "praise"), eg.Tier("黑榜", black, "sanction")),
                rest="未上榜",
            ),
        ),
    )


LAST_OF_PARENT = eg.bottom(1, ties="decide")
LAST_FIVE = eg.bottom(5, of="全部自然村", ties="decide")
QUOTA = red_black(HUANGSHI, date(2024, 10, 1), LAST_OF_PARENT)
FIVE_APART = red_black(WENQUAN, date(2020, 7, 1), eg.all_of(LAST_OF_PARENT, LAST_FIVE))


def board_of(scheme: eg.Scheme, facts: eg.Facts) -> dict[str, set[str]]:
    return lists(eg.assess_season(scheme, facts).latest, "红黑榜")


def parents(facts: eg.Facts, hamlets: set[str]) -> Counter[str | None]:
    return Counter(facts.grid[hamlet].parent for hamlet in hamlets)


@pytest.mark.parametrize("colour", ["红榜", "黑榜"])
def test_huangshi_has_one_red_and_one_black_hamlet_in_each_town(colour: str) -> None:
    board = board_of(QUOTA, HUANGSHI_FACTS)
    assert parents(HUANGSHI_FACTS, board[colour]) == dict.fromkeys(HUANGSHI_PRINTED, 1)


def test_wenquan_has_one_red_hamlet_in_each_village() -> None:
    board = board_of(FIVE_APART, WENQUAN_FACTS)
    assert parents(WENQUAN_FACTS, board["红榜"]) == dict.fromkeys(WENQUAN_RED, 1)


def test_wenquan_has_five_black_hamlets_in_five_villages_that_have_a_red_one_too() -> None:
    board = board_of(FIVE_APART, WENQUAN_FACTS)
    assert parents(WENQUAN_FACTS, board["黑榜"]) == dict.fromkeys(WENQUAN_BLACK, 1)
    assert {colour: len(hamlets) for colour, hamlets in board.items()} == {"红榜": 10, "黑榜": 5, "未上榜": 126}


def test_where_two_of_the_last_five_share_a_village_four_are_black_and_no_sixth_moves_up() -> None:
    # a second visit makes 30 of the 60 of 示例自然村0: worse than 大桥, of the same village, so 岭岗寨 is sixth
    visit = stated("示例评分", (date(2020, 9, 1), date(2020, 9, 30)), {"示例自然村0": "0"})
    facts = eg.Facts(WENQUAN_FACTS.grid, inspections=WENQUAN_FACTS.inspections + visit)
    assert board_of(FIVE_APART, facts)["黑榜"] == {"示例自然村0", "大寨子", "三外", "崔家寨"}


def test_the_scheme_takes_less_than_thirty_lines() -> None:
    assert lines_of(red_black) < 30
