"""Time: the rows C1 to C7 of docs/vocabulary/time.md, each worked by hand."""

from datetime import date

import envgov as eg
import towns
from books import GRID, day, issue, scored, visit

NOT_ASSESSED, EXEMPT = eg.Absent.NOT_ASSESSED, eg.Absent.EXEMPT
FIELD = eg.stated("督导", several="mean")
SPRING = eg.quarter().round_of(day("04-01"))
YEAR = eg.year().round_of(day("01-01"))


def test_c1_period_mean() -> None:
    """80.1, 85 and 90 in three months: 85.03 in the quarter. Two visits of a month are one month."""
    rule = eg.mean_over(eg.month(), FIELD, absent="skip", unheld="skip")
    seen = [visit("甲", on, x) for on, x in (("04-10", "80.1"), ("05-01", 84), ("05-31", 86), ("06-30", 90))]
    seen += [visit("乙", on, x) for on, x in (("04-10", 70), ("06-10", 75))]
    facts = eg.Facts(GRID, inspections=seen)
    assert scored(rule, facts, SPRING, cadence=eg.quarter()) == {
        "甲": "85.03",
        "乙": "72.50",
        **dict.fromkeys("丙旧", NOT_ASSESSED),
    }


def test_c2_annual_weighted() -> None:
    """95 % of the quarters' mean of 84 and 5 % of 60 at the year's end: 79.8 + 3."""
    by_quarter = {"02-01": 80, "05-01": 82, "08-01": 84, "11-01": 90}
    seen = [visit("甲", on, x) for on, x in by_quarter.items()]
    last = visit("甲", "12-31", 60, "年终")
    quarters = eg.mean_over(eg.quarter(), FIELD, absent="not assessed", unheld="not assessed")
    rule = eg.weighted(eg.Part(95, quarters), eg.Part(5, eg.stated("年终", several="latest")), absent="not assessed")
    absent = dict.fromkeys("乙丙旧", NOT_ASSESSED)
    found = scored(rule, eg.Facts(GRID, inspections=[*seen, last]), YEAR, cadence=eg.year())
    assert found == {"甲": "82.80", **absent}
    # Quarters that weigh differently are stated, each in a channel of its own: 0.1 * 80 + 0.2 * 82 + 0.3 * 84 + 0.4 * 90.
    weights = {"一季度": 10, "二季度": 20, "三季度": 30, "四季度": 40}
    stated = [visit("甲", on, x, name) for name, (on, x) in zip(weights, by_quarter.items(), strict=True)]
    parts = (eg.Part(weight, eg.stated(name, several="latest")) for name, weight in weights.items())
    uneven = eg.weighted(*parts, absent="not assessed")
    assert scored(uneven, eg.Facts(GRID, inspections=stated), YEAR, cadence=eg.year()) == {"甲": "85.60", **absent}


def test_c3_cumulative_ytd() -> None:
    """January to April: 4 cases found and 3 closed; of last December's and of May's none counts."""
    ledger = [
        issue("0", "甲", "found 2023-12-31"),
        *(issue(on, "甲", f"found {on}", f"rectified {on}", "accepted 04-30") for on in ("01-01", "02-29", "03-31")),
        issue("4", "甲", "found 04-30", "rectified 04-30", "accepted 05-01"),
        issue("5", "甲", "found 05-01"),
    ]
    found = eg.happened("found", during="round")
    rule = eg.to_date(eg.year(), eg.rate(eg.in_state("closed"), found, by="place", empty="exempt"))
    april = towns.month_of("2024-04")
    assert scored(rule, eg.Facts(GRID, issues=ledger), april) == {"甲": "75.00", **dict.fromkeys("乙丙旧", EXEMPT)}
    count = eg.to_date(eg.year(), eg.count_issues(found, by="place"))
    assert scored(count, eg.Facts(GRID, issues=ledger), april)["甲"] == "4.00"


def test_c4_imputed_period() -> None:
    """Nobody was checked in May, and it was decided that everybody has 95: (80 + 95 + 92) / 3 is 89."""
    rule = eg.mean_over(eg.month(), eg.stated_else("统一计分", FIELD), absent="not assessed", unheld="not assessed")
    seen = [visit(unit, on, x) for unit in "甲乙" for on, x in (("04-10", 80), ("06-10", 92))]
    decided = [visit(unit, "05-31", 95, "统一计分") for unit in "甲乙丙"]
    facts = eg.Facts(GRID, inspections=[*seen, *decided])
    absent = dict.fromkeys("丙旧", NOT_ASSESSED)
    assert scored(rule, facts, SPRING, cadence=eg.quarter()) == {"甲": "89.00", "乙": "89.00", **absent}


def test_c5_excluded_unit_period() -> None:
    """The office rules that 乙 is left out of May: no score and no rank then, and a rank again in June."""
    left_out = eg.ruled("数据缺失不参与排名", by="市考核办")
    ruling = eg.Ruling("乙", day("05-15"), left_out, holds=True, by="市考核办", why="监测站停运", scheme="town")
    scores = {"甲": 80, "乙": 70}
    facts = towns.facts({"2024-05": scores, "2024-06": scores}, rulings=[ruling])
    season = eg.assess_season(towns.scheme(exempt=left_out), facts)
    assert [(s.unit, s.rank, s.size) for s in season["2024-05"].record.standings] == [("甲", 1, 1)]
    assert [(a.unit, a.why) for a in season["2024-05"].record.absences] == [("乙", EXEMPT)]
    assert season["2024-05"].explain("乙").because[1] == eg.Reason(left_out, EXEMPT, (ruling,))
    assert [(s.unit, s.rank) for s in season["2024-06"].record.standings] == [("甲", 1), ("乙", 2)]


def test_c6_paused_rank() -> None:
    """In May an edition holds that compares each with itself alone: its change, and neither board nor measure."""
    last = eg.bottom(1, ties="include")
    board = eg.Board("榜", (eg.Tier("黑榜", last, "sanction"),), rest="其他")
    ladder = eg.Ladder((eg.Rung("约谈", last, to=("村主要负责人",)),), publish="every rung")
    usual = towns.scheme(boards=(board,), ladders=(ladder,))
    paused = towns.scheme(scoring=eg.change(eg.month(), FIELD), since=date(2024, 5, 1))
    resumed = towns.scheme(boards=(board,), ladders=(ladder,), since=date(2024, 6, 1))
    months = {"2024-04": {"甲": 60, "乙": 90}, "2024-05": {"甲": 75, "乙": 88}, "2024-06": {"甲": 70, "乙": 89}}
    april, may, june = eg.assess_season([usual, paused, resumed], towns.facts(months))
    assert [towns.tiers(a)["甲"] for a in (april, june)] == ["黑榜", "黑榜"]
    assert [towns.proposed(a) for a in (april, june)] == [[("甲", "约谈")]] * 2
    assert (may.record.placements, may.measures) == ((), ())
    assert {s.unit: s.score for s in may.record.standings} == {"甲": 15, "乙": -2}


def test_c7_same_month_last_year_and_previous_month_deltas() -> None:
    """Of 40 cases found in May, 50 in April and 30 a year before: 10 less than last month, 10 more than last year."""
    cases = eg.count_issues(eg.happened("found", during="round"), by="place")
    counts = {"2024-05-31": 40, "2024-04-30": 50, "2023-05-01": 30}
    ledger = [issue(f"{on} {i}", "甲", f"found {on}") for on, n in counts.items() for i in range(n)]
    by = eg.RankBy(places=0)
    figures = (
        eg.Figure("环比", eg.change(eg.month(), cases), by),
        eg.Figure("同比", eg.change(eg.month(), cases, steps=12), by),
    )
    scheme = towns.scheme(scoring=cases, ranking=by, figures=figures)
    record = eg.assess(scheme, towns.month_of("2024-05"), eg.Facts(GRID, issues=ledger)).record
    shown = {ranking.figure: s.score for ranking in record.rankings if (s := ranking.of("甲"))}
    assert shown == {"score": 40, "环比": -10, "同比": 10}
    assert (eg.change(eg.month(), cases)).better == "lower"
