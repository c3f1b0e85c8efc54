"""Section H of docs/vocabulary: how a unit gets off a list."""

from datetime import UTC, date, datetime
from typing import Any

import envgov as eg
import towns
from places import DECLARED, event, in_order, issue, listed, measured

YEAR: dict[str, Any] = {"within": eg.year(), "repeat": "each", "editions": "carry", "heads": "carry"}
LAST = eg.bottom(1, ties="include")
YELLOW = eg.all_of(eg.bottom(2, ties="include"), eg.below(70))
PLATES = eg.Board("亮牌", (eg.Tier("黄牌", YELLOW, "sanction"),), rest="不亮牌")
COUNT = eg.RankBy(places=0)


def each_month(found: eg.Season, unit: str) -> list[list[str]]:
    return [measured(assessment, unit) for assessment in found]


def season(orders: dict[str, str], *ladders: eg.Ladder) -> eg.Season:
    months = {label: in_order(order) for label, order in orders.items()}
    return eg.assess_season(towns.scheme(ladders=ladders), towns.facts(months))


def test_h1_re_rank_each_period() -> None:
    """The plates are given anew each quarter (DF): last quarter's is gone where the score is good again."""
    quarters = {"2024-01": {"甲": "90", "乙": "68", "丙": "60"}, "2024-04": {"甲": "69", "乙": "85", "丙": "61"}}
    scheme = towns.scheme(cadence=eg.quarter(), ranking=COUNT, boards=(PLATES,))
    first, second = eg.assess_season(scheme, towns.facts(quarters))
    assert listed(first, "黄牌") == sorted("乙丙")
    assert listed(second, "黄牌") == sorted("甲丙")


def test_h2_counter_reset() -> None:
    """A good month in between, and 连续 begins anew."""
    twice = eg.Ladder((eg.Rung("约谈", eg.streak(LAST, 2, **DECLARED), ("村主要负责人",)),), publish="highest")
    found = season({"2024-01": "甲乙", "2024-02": "乙甲", "2024-03": "甲乙", "2024-04": "甲乙"}, twice)
    assert each_month(found, "乙") == [[], [], [], ["约谈"]]


def test_h3_year_reset() -> None:
    """年度内累计 begins anew with the year (DF, AY22)."""
    twice = eg.Ladder((eg.Rung("约谈", eg.cumulative(LAST, 2, **YEAR), ("乡镇长",)),), publish="highest")
    orders = dict.fromkeys(("2024-10", "2024-12", "2025-01", "2025-03"), "甲乙")
    assert each_month(season(orders, twice), "乙") == [[], ["约谈"], [], ["约谈"]]


def test_h4_black_listed_child_must_file_a_plan() -> None:
    """Whoever is on the black list files a plan within seven days and is drawn again (WQ, YN); without one it is told on."""
    board = eg.Board("黑榜", (eg.Tier("黑榜", LAST, "sanction"),), rest="其他")
    missing = eg.Figure("未报方案", eg.count_duties("整改方案", which="missing"), COUNT)
    ladder = eg.Ladder(
        (
            eg.Rung("限期报送整改方案", eg.sanctioned(), ("村主要负责人",), within=eg.calendar_days(7)),
            eg.Rung("通报批评", eg.at_least(1, of="未报方案"), ("村主要负责人",)),
        ),
        publish="every rung",
    )
    owed = eg.Duty("整改方案", "乙", datetime(2024, 5, 8, 23, 59, tzinfo=UTC))
    months = {"2024-04": in_order("甲丙乙"), "2024-05": in_order("乙甲丙")}
    scheme = towns.scheme(figures=(missing,), boards=(board,), ladders=(ladder,))
    april, may = eg.assess_season(scheme, towns.facts(months, duties=(owed,)))
    assert towns.proposed(april) == [("乙", "限期报送整改方案")]
    assert towns.proposed(may) == [("乙", "通报批评"), ("丙", "限期报送整改方案")]
    assert "乙" in eg.random_draw("甲乙丙", 1, seed="2024-05", must=listed(april, "黑榜"))


def test_h5_release_after_acceptance() -> None:
    """Funds are withheld while a problem is overdue, and paid in the month in which it is accepted, late though it is (NS)."""
    ladder = eg.Ladder(
        (
            eg.Rung("扣留经费", eg.overdue(), ("村委会",), amount=-500),
            eg.Rung(
                "拨付扣留经费",
                eg.all_of(
                    eg.happened("accepted", during="round"), eg.in_state("closed"), eg.not_closed_on_time(during="ever")
                ),
                ("村委会",),
                amount=500,
            ),
        ),
        subject="issue",
        publish="every rung",
    )
    given = event("dispatched", "2024-05-02", due="2024-05-10")
    life = (given, event("rectified", "2024-06-04"), event("accepted", "2024-06-05"))
    in_time = (given, event("rectified", "2024-05-04"), event("accepted", "2024-05-05"))
    facts = towns.facts(
        {f"2024-0{m}": in_order("甲乙") for m in (5, 6, 7)},
        issues=(issue("1", "甲", *life), issue("2", "甲", *in_time)),
    )
    found = eg.assess_season(towns.scheme(ladders=(ladder,)), facts)
    assert [towns.proposed(assessment) for assessment in found] == [[("1", "扣留经费")], [("1", "拨付扣留经费")], []]


def test_h6_league_keep_threshold() -> None:
    """A city stays in the league with 85 per cent (SS24): 12500 points, so 10625."""
    keep = eg.Board("联赛", (eg.Tier("保留", eg.at_least(85)),), rest="退出")
    share = eg.scaled(eg.stated("总分", several="mean"), "0.008")
    seen = towns.stated("2024-05", {"甲": "10625", "乙": "10624"}, "总分")
    facts = eg.Facts(eg.Grid([eg.Unit(u, u, "市") for u in "甲乙"]), inspections=seen)
    scheme = towns.scheme(levels=("市",), scoring=share, ranking=eg.RankBy(places=2), boards=(keep,))
    assert towns.tiers(eg.assess(scheme, towns.month_of("2024-05"), facts)) == {"甲": "保留", "乙": "退出"}


def test_h7_zero_clearing_acceptance() -> None:
    """A village is cleared when nothing of it is left open and the whole passes acceptance (DZ); a claim is not enough."""
    left = eg.count_issues(eg.not_(eg.any_of(eg.in_state("closed"), eg.in_state("ended"))), by="place")
    figures = (eg.Figure("未销号", left, COUNT), eg.Figure("整村验收", eg.accepted(), COUNT))
    cleared = eg.all_of(eg.below(1, of="未销号"), eg.at_least(1, of="整村验收"))
    board = eg.Board("清零", (eg.Tier("清零", cleared, "praise"),), rest="未清零")
    done = event("rectified", "2024-05-09"), event("accepted", "2024-05-10")
    ledger = (
        issue("1", "甲", *done),
        issue("2", "乙", event("rectified", "2024-05-09")),
        issue("3", "丙", *done),
        issue("4", "甲", event("withdrawn", "2024-05-20")),
    )
    passed = tuple(
        eg.UnitAcceptance(unit, date(2024, 5, 30), passed=ok)
        for unit, ok in {"甲": True, "乙": True, "丙": False}.items()
    )
    facts = towns.facts({"2024-05": in_order("甲乙丙丁")}, issues=ledger, acceptances=passed)
    assessment = eg.assess(towns.scheme(figures=figures, boards=(board,)), towns.month_of("2024-05"), facts)
    assert listed(assessment, "清零") == ["甲"]
