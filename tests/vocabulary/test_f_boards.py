"""Section F of docs/vocabulary: lists and colours."""

from datetime import date

import pytest

import envgov as eg
import towns
from places import classed, event, in_order, issue, listed, measured, numbered

MAY = towns.month_of("2024-05")
RATE = eg.RankBy(places=0)


def red_black(first: int, last: int) -> eg.Board:
    tiers = eg.Tier("红榜", eg.top(first, ties="include")), eg.Tier("黑榜", eg.bottom(last, ties="include"))
    return eg.Board("红黑榜", tiers, rest="其他")


@pytest.mark.parametrize(
    ("first", "last", "size"),
    [(5, 3, 26), (10, 5, 40), (20, 10, 60), (30, 30, 150), (10, 10, 90), (20, 20, 158), (3, 3, 12), (1, 1, 7)],
)
def test_f1_top_n_bottom_n(first: int, last: int, size: int) -> None:
    """S0 5/3, YN 10/5, S1 20/10, S4 30/30, AY22 10/10 of 90, HN 20/20, LY 3/3, S2 1/1; without 90 the sizes are examples."""
    units = numbered(size)
    assessment = towns.assess(in_order(units), boards=(red_black(first, last),))
    assert listed(assessment, "红榜") == units[:first]
    assert listed(assessment, "黑榜") == units[size - last :]


def test_f2_n_per_class() -> None:
    """The last two of eight counties, and the last one of four districts (ZMD)."""
    districts = [f"区{n}" for n in range(1, 5)]
    classes = {"县": numbered(8), "区": districts}
    last = eg.any_of(
        eg.all_of(eg.designated("县"), eg.bottom(2, ties="include")),
        eg.all_of(eg.designated("区"), eg.bottom(1, ties="include")),
    )
    board = eg.Board("黑榜", (eg.Tier("黑榜", last),), rest="其他")
    seen = towns.stated("2024-05", {**in_order(numbered(8)), **in_order(districts)})
    facts = eg.Facts(eg.Grid(classed(classes)), inspections=seen)
    assessment = eg.assess(towns.scheme(groups=("县", "区"), boards=(board,)), MAY, facts)
    assert listed(assessment, "黑榜") == ["007", "008", "区4"]


def test_f3_quota_per_parent() -> None:
    """One red natural village in each village, and five black ones of the whole town (WQ 2020 Q3)."""
    parents = [f"村{n}" for n in range(1, 6)]
    units = tuple(eg.Unit(parent, parent, "村") for parent in parents)
    hamlets = [f"{parent}-{n}" for parent in parents for n in (1, 2, 3)]
    units += tuple(eg.Unit(code, code, "自然村", parent=code[:2]) for code in hamlets)
    first = eg.Figure("村内", eg.stated(towns.CHANNEL, several="mean"), eg.RankBy(places=1, within="村"))
    red = eg.Board("红榜", (eg.Tier("红榜", eg.top(1, of="村内", ties="include")),), rest="其他")
    black = eg.Board("黑榜", (eg.Tier("黑榜", eg.bottom(5, ties="include")),), rest="其他")
    facts = eg.Facts(eg.Grid(units), inspections=towns.stated("2024-05", in_order(hamlets)))
    scheme = towns.scheme(levels=("自然村",), figures=(first,), boards=(red, black))
    assessment = eg.assess(scheme, MAY, facts)
    assert listed(assessment, "红榜") == ["村1-1", "村2-1", "村3-1", "村4-1", "村5-1"]
    assert listed(assessment, "黑榜") == ["村4-2", "村4-3", "村5-1", "村5-2", "村5-3"]


@pytest.mark.parametrize(("size", "red", "black"), [(40, 10, 5), (15, 10, 5), (12, 8, 4), (6, 4, 2), (2, 1, 0)])
def test_f4_adjust_n_to_size(size: int, red: int, black: int) -> None:
    """The first ten and the last five, fewer where a town has few villages (YN): shortened in proportion."""
    tiers = eg.Tier("红榜", eg.top(10, ties="include")), eg.Tier("黑榜", eg.bottom(5, ties="include"))
    board = eg.Board("红黑榜", tiers, rest="其他", small_field="fewer")
    assessment = towns.assess(in_order(numbered(size)), boards=(board,))
    assert (len(listed(assessment, "红榜")), len(listed(assessment, "黑榜"))) == (red, black)
    share = eg.Board("红榜", (eg.Tier("红榜", eg.top_share(25, rounding="down", ties="include")),), rest="其他")
    assert len(listed(towns.assess(in_order(numbered(size)), boards=(share,)), "红榜")) == size // 4


def test_f5_threshold_band() -> None:
    """90, 80 and 70 (QZ): 90 itself is excellent, 69.99 is the last band."""
    cuts = (eg.Tier("优秀", eg.at_least(90)), eg.Tier("良好", eg.at_least(80)), eg.Tier("合格", eg.at_least(70)))
    board = eg.Board("等次", cuts, rest="不合格")
    scores: dict[str, object] = {"甲": "90", "乙": "89.99", "丙": "80", "丁": "70", "戊": "69.99"}
    assessment = towns.assess(scores, ranking=eg.RankBy(places=2), boards=(board,))
    assert towns.tiers(assessment) == {"甲": "优秀", "乙": "良好", "丙": "良好", "丁": "合格", "戊": "不合格"}


@pytest.mark.parametrize(
    ("scores", "yellow"),
    [
        ({"甲": "90", "乙": "80", "丙": "69", "丁": "60"}, "丙丁"),  # 69 itself is yellow
        ({"甲": "90", "乙": "80", "丙": "69.1", "丁": "60"}, "丁"),
        ({"甲": "69", "乙": "68", "丙": "67", "丁": "66"}, "丙丁"),
        ({"甲": "90", "乙": "80", "丙": "75", "丁": "70"}, ""),
    ],
)
def test_f6_threshold_and_bottom(scores: dict[str, object], yellow: str) -> None:
    """A yellow plate for the last two, if they have no more than 69 (DF): 69 itself is in."""
    both = eg.all_of(eg.bottom(2, ties="include"), eg.at_most(69))
    board = eg.Board("亮牌", (eg.Tier("黄牌", both), eg.Tier("绿牌", eg.top(2, ties="include"))), rest="不亮牌")
    assessment = towns.assess(scores, boards=(board,))
    assert listed(assessment, "黄牌") == sorted(yellow)


def test_f7_absolute_floor_list() -> None:
    """Whoever has any rate below 70 per cent is named, whatever the rank (LY); 70 itself is not below."""
    rates = {"收集率": {"甲": "95", "乙": "69", "丙": "90"}, "处理率": {"甲": "70", "乙": "99", "丙": "65"}}
    figures = tuple(eg.Figure(name, eg.stated(name, several="mean"), RATE) for name in rates)
    floor = eg.any_of(*(eg.below(70, of=name) for name in rates))
    board = eg.Board("点名", (eg.Tier("点名通报", floor),), rest="其他")
    seen = tuple(i for name, scores in rates.items() for i in towns.stated("2024-05", scores, name))
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "95", "丙": "80"}}, inspections=seen)
    assessment = eg.assess(towns.scheme(figures=figures, boards=(board,)), MAY, facts)
    assert listed(assessment, "点名通报") == sorted("乙丙")


def test_f8_improvement_board() -> None:
    """The biggest riser (SZ), and the biggest riser among the first three only (SS: the first hundred)."""
    score = eg.stated(towns.CHANNEL, several="mean")
    rise = eg.change(eg.month(), score)
    among = eg.requires(rise, eg.bands(eg.rank_in(score, places=1), eg.Band(3, 1), rest=0), at_least=1)
    figures = (eg.Figure("进步", rise, eg.RankBy(places=1)), eg.Figure("前列进步", among, eg.RankBy(places=1)))
    boards = tuple(
        eg.Board(name, (eg.Tier("进步奖", eg.top(1, of=name, ties="include")),), rest="其他")
        for name in ("进步", "前列进步")
    )
    months = {
        "2024-04": {"甲": "90", "乙": "80", "丙": "85", "丁": "40", "戊": "70"},
        "2024-05": {"甲": "92", "乙": "88", "丙": "86", "丁": "60", "戊": "71"},
    }  # 甲 +2, 乙 +8, 丙 +1, 丁 +20, 戊 +1
    season = eg.assess_season(towns.scheme(figures=figures, boards=boards), towns.facts(months))
    assert listed(season["2024-05"], "进步奖", "进步") == ["丁"]
    assert listed(season["2024-05"], "进步奖", "前列进步") == ["乙"]
    assert listed(season["2024-04"], "进步奖") == []  # no month before it


def test_f9_above_below_mean_split() -> None:
    """Above the mean of 80 on the one side, below it on the other, and who has it on neither (ZZ, ZHJ)."""
    split = eg.Board("均值", (eg.Tier("高于均值", eg.above_mean()), eg.Tier("低于均值", eg.below_mean())), rest="均值")
    scores: dict[str, object] = {"甲": "90", "乙": "80", "丙": "80", "丁": "70"}
    found = towns.tiers(towns.assess(scores, boards=(split,)))
    assert found == {"甲": "高于均值", "乙": "均值", "丙": "均值", "丁": "低于均值"}


def test_f10_place_board() -> None:
    """Red and black places beside the villages (XCZ, WH): places are units of the grid, with a scheme of their own."""
    places = {"农贸市场": "60", "背街一巷": "95", "公厕2号": "50", "河堤": "85"}
    units = (eg.Unit("甲", "甲村", "村"), *(eg.Unit(p, p, "点位", parent="甲") for p in places))
    facts = eg.Facts(eg.Grid(units), inspections=towns.stated("2024-05", {**places, "甲": "80"}))
    spots = towns.scheme(id="places", levels=("点位",), boards=(red_black(1, 2),))
    assessment = eg.assess(spots, MAY, facts)
    assert listed(assessment, "红榜") == ["背街一巷"]
    assert listed(assessment, "黑榜") == sorted(["农贸市场", "公厕2号"])
    assert [s.unit for s in eg.assess(towns.scheme(), MAY, facts).record.standings] == ["甲"]


def test_f11_reason_required() -> None:
    """Each entry has its 上榜理由 (JF, LM): a ruling has a why, or is refused, and the findings stand in the explanation."""
    named = eg.ruled("列入黑榜", "人居办")
    board = eg.Board("红黑榜", (eg.Tier("黑榜", eg.any_of(named, eg.bottom(1, ties="include"))),), rest="其他")
    with pytest.raises(TypeError, match="why=''"):
        eg.Ruling("甲", date(2024, 5, 9), named, holds=True, by="人居办", why="", scheme="town")
    ruling = eg.Ruling("甲", date(2024, 5, 9), named, holds=True, by="人居办", why="河道垃圾长期未清", scheme="town")
    heap = eg.Finding("垃圾堆积", eg.points(20), note="村口200米")
    seen = (
        eg.Inspection("甲", date(2024, 5, 3), "督导"),
        eg.Inspection("乙", date(2024, 5, 3), "督导"),
        eg.Inspection("丙", date(2024, 5, 3), "督导", findings=(heap,)),
    )
    scheme = towns.scheme(scoring=eg.deductions(100, several="mean"), boards=(board,))
    facts = eg.Facts(eg.Grid([eg.Unit(u, u, "村") for u in "甲乙丙"]), inspections=seen, rulings=(ruling,))
    assessment = eg.assess(scheme, MAY, facts)
    assert listed(assessment, "黑榜") == sorted("甲丙")
    assert "河道垃圾长期未清" in eg.narrate(assessment.explain("甲"))
    assert "垃圾堆积：扣20（村口200米）" in eg.narrate(assessment.explain("丙"))


def test_f12_empty_board_allowed() -> None:
    """A list by a threshold may be empty, and so may one by rank where more are level than it takes; a note says so."""
    tiers = eg.Tier("红榜", eg.at_least(95)), eg.Tier("黑榜", eg.bottom(1, ties="exclude"))
    scores: dict[str, object] = {"甲": "90", "乙": "80", "丙": "80"}
    assessment = towns.assess(scores, boards=(eg.Board("红黑榜", tiers, rest="其他"),))
    assert towns.tiers(assessment) == dict.fromkeys("甲乙丙", "其他")
    assert [note.what for note in assessment.notes] == ["nobody"]


def test_f13_colour_of_three_by_rank() -> None:
    """The first 30 green, the last 30 red, the rest yellow, by the mean of three lists' ranks (S4).

    Of 151 villages the n-th is n-th of 151 in the lists of the teams and of the drone, and in its township's too; but
    the 30th is the last of eleven in its township's: (30/151 + 30/151 + 11/11)/3 is 0.466, after the 70th of 151.
    """
    tiers = (
        eg.Tier("绿", eg.top(30, ties="decide"), side="praise"),
        eg.Tier("红", eg.bottom(30, ties="decide"), side="sanction"),
    )
    units = numbered(151)
    lists = ("督导组", "无人机", "乡镇")
    received = [
        eg.StatedRank(unit, date(2024, 5, 10), channel, rank, 151)
        for rank, unit in enumerate(units, 1)
        for channel in lists
        if (unit, channel) != ("030", "乡镇")
    ]
    received.append(eg.StatedRank("030", date(2024, 5, 10), "乡镇", 11, 11))
    scheme = towns.scheme(
        cadence=eg.week(ends="friday"),
        scoring=eg.mean_rank(*(eg.stated_rank(name, several="latest") for name in lists), absent="renormalise"),
        ranking=eg.RankBy(places=4),
        boards=(eg.Board("三色", tiers, rest="黄"),),
    )
    [week] = eg.assess_season(scheme, eg.Facts(eg.Grid([eg.Unit(u, u, "村") for u in units]), stated_ranks=received))
    assert listed(week, "绿") == [*units[:29], "031"]
    assert listed(week, "红") == units[121:]
    assert len(listed(week, "黄")) == 91
    assert [s.rank for s in week.record.standings if s.unit == "030"] == [70]


def test_f14_three_colour_orders() -> None:
    """White reminds, yellow warns and summons, red holds to account (S0); days and grounds of each rise are examples."""
    late = eg.overdue()
    orders = eg.Ladder(
        (
            eg.Rung("白单", late, ("责任单位",), by="指挥部"),
            eg.Rung(
                "黄单", eg.all_of(late, eg.slipped("白单", during="ever")), ("责任单位", "单位负责人"), by="指挥部"
            ),
            eg.Rung("红单", eg.all_of(late, eg.slipped("黄单", during="ever")), ("单位主要负责人",), by="纪委"),
        ),
        subject="issue",
        publish="highest",
    )
    given = event("dispatched", "2024-05-02", due="2024-05-05")
    white, yellow = (
        event("slip issued", day, slip=slip) for day, slip in (("2024-05-06", "白单"), ("2024-05-13", "黄单"))
    )
    ledger = (
        issue("1", "甲", given),
        issue("2", "甲", given, white),
        issue("3", "甲", given, white, yellow),
        issue("4", "甲", given, white, yellow, event("rectified", "2024-05-20")),
    )
    facts = eg.Facts(eg.Grid([eg.Unit("甲", "甲村", "村")]), issues=ledger)
    assessment = eg.assess(towns.scheme(scoring=None, ranking=None, ladders=(orders,)), MAY, facts)
    assert towns.proposed(assessment) == [("1", "白单"), ("2", "黄单"), ("3", "红单")]
    assert assessment.measures[-1].by == "纪委"
    to_unit = eg.Ladder(
        (eg.Rung("单位黄单", eg.unit_slipped("白单", within=eg.year()), ("责任单位",)),), publish="highest"
    )
    facts = eg.Facts(facts.grid, slips=[eg.Slip("甲", "白单", date(2024, 2, 1))])
    assessment = eg.assess(towns.scheme(scoring=None, ranking=None, ladders=(to_unit,)), MAY, facts)
    assert towns.proposed(assessment) == [("甲", "单位黄单")]


def test_f15_colour_card_per_event() -> None:
    """A card for each event of its sort in the month (LC); which sort has which colour is an example."""
    new = eg.happened("found", during="round")
    cards = eg.Ladder(
        (
            eg.Rung("黄牌", eg.all_of(new, eg.category_is("垃圾乱倒")), ("村主要负责人",)),
            eg.Rung("红牌", eg.all_of(new, eg.category_is("秸秆焚烧")), ("村主要负责人",)),
        ),
        subject="issue",
        publish="every rung",
    )
    ledger = (
        issue("1", "甲", category="垃圾乱倒"),
        issue("2", "甲", category="秸秆焚烧"),
        issue("3", "甲", category="秸秆焚烧", found="2024-04-30"),
        issue("4", "甲", category="乱贴乱画"),
    )
    facts = eg.Facts(eg.Grid([eg.Unit("甲", "甲村", "村")]), issues=ledger)
    assessment = eg.assess(towns.scheme(scoring=None, ranking=None, ladders=(cards,)), MAY, facts)
    assert towns.proposed(assessment) == [("1", "黄牌"), ("2", "红牌")]


FLAGS = eg.Board(
    "流动旗",
    (eg.Tier("红旗", eg.top(1, ties="include"), "praise"), eg.Tier("黑旗", eg.bottom(1, ties="include"), "sanction")),
    rest="无",
)


def test_f16_mobile_flag() -> None:
    """The first holds the red flag and the last the black one until the next round is published (S2, WH, LSZ)."""
    months = {"2024-04": in_order("甲乙丙"), "2024-05": in_order("丙甲乙")}
    april, may = eg.assess_season(towns.scheme(boards=(FLAGS,)), towns.facts(months))
    assert towns.tiers(april) == {"甲": "红旗", "乙": "无", "丙": "黑旗"}
    assert towns.tiers(may) == {"丙": "红旗", "甲": "无", "乙": "黑旗"}


def test_f17_flag_removed_on_rebound() -> None:
    """The flag is taken off where a closed problem is back (TF 摘旗)."""
    back = eg.Figure("反弹", eg.count_issues(eg.happened("relapsed", during="round"), by="place"), RATE)
    removed = eg.all_of(eg.placed("流动旗", "红旗"), eg.at_least(1, of="反弹"))
    taken = eg.Board("摘旗", (eg.Tier("摘旗", removed, "sanction"),), rest="不变")
    life = (event("rectified", "2024-04-05"), event("accepted", "2024-04-06"), event("relapsed", "2024-05-20"))
    ledger = (issue("1", "甲", *life, found="2024-04-02"),)
    months = {"2024-04": in_order("甲乙丙"), "2024-05": in_order("甲乙丙")}
    scheme = towns.scheme(figures=(back,), boards=(FLAGS, taken))
    april, may = eg.assess_season(scheme, towns.facts(months, issues=ledger))
    assert listed(april, "摘旗") == []
    assert listed(may, "摘旗") == ["甲"]
    assert listed(may, "红旗") == ["甲"]


def test_f18_acceptance_board() -> None:
    """13 of 18 passed the zero-clearing acceptance (DZ); who was not accepted yet stands apart."""
    units = numbered(19)
    held = tuple(
        eg.UnitAcceptance(unit, date(2024, 5, 20), passed=place <= 13, by="市验收组")
        for place, unit in enumerate(units[:18], 1)
    )
    board = eg.Board("清零验收", (eg.Tier("通过", eg.at_least(1)),), rest="未通过")
    facts = eg.Facts(eg.Grid([eg.Unit(u, u, "镇") for u in units]), acceptances=held)
    scheme = towns.scheme(levels=("镇",), scoring=eg.accepted(), ranking=RATE, boards=(board,))
    assessment = eg.assess(scheme, MAY, facts)
    assert listed(assessment, "通过") == units[:13]
    assert listed(assessment, "未通过") == units[13:18]
    assert [absence.unit for absence in assessment.record.absences] == ["019"]
    assert measured(assessment, "019") == []
