"""Evidence and inspection rules: the rows A1 to A8 of docs/vocabulary/evidence.md, each worked by hand."""

from datetime import date

from attrs import evolve

import envgov as eg
import towns
from books import GRID, day, issue, scored, visit

NOT_ASSESSED = eg.Absent.NOT_ASSESSED


def town_of(name: str, size: int, level: str = "村", above: str = "镇") -> tuple[eg.Unit, ...]:
    below = (eg.Unit(f"{name}{n}", f"{name}{n}", level, name) for n in range(1, size + 1))
    return (eg.Unit(name, name, above), *below)


def test_a1_inspection_mode() -> None:
    """90 % of what covert visits gave and 10 % of the open check: 0.9 * 85 + 0.1 * 95."""
    rule = eg.weighted(
        eg.Part(90, eg.stated("暗访", several="mean")),
        eg.Part(10, eg.stated("明查", several="mean")),
        absent="not assessed",
    )
    covert = evolve(visit("甲", "05-02", 85, "暗访"), mode=eg.Mode.COVERT)
    open_check = evolve(visit("甲", "05-09", 95, "明查"), mode=eg.Mode.OPEN)
    facts = eg.Facts(
        GRID, inspections=[covert, open_check, visit("甲", "05-09", 10, "自查"), visit("乙", "05-09", 99, "明查")]
    )
    assert scored(rule, facts) == {
        "甲": "86.00",
        "乙": NOT_ASSESSED,
        "丙": NOT_ASSESSED,
        "新": NOT_ASSESSED,
    }
    leaves = [part.because for part in rule.scores("甲", facts.during(towns.month_of("2024-05")))["甲"].because]  # type: ignore[attr-defined]
    assert [seen.mode for (seen,) in leaves] == [eg.Mode.COVERT, eg.Mode.OPEN]


def test_a2_random_draw() -> None:
    """9 villages of each town; the first drawn has 89, the others 80: the town has 81."""
    grid = eg.Grid((*town_of("东镇", 12), *town_of("西镇", 10)))
    visits = []
    for town in ("东镇", "西镇"):
        frame = grid.children(town)
        drawn = eg.random_draw(frame, 9, f"2024-05 {town}")
        assert len(set(drawn)) == 9
        assert set(drawn) < set(frame)
        assert eg.random_draw(reversed(frame), 9, f"2024-05 {town}") == drawn
        visits += [visit(village, "05-10", 89 if village == drawn[0] else 80) for village in drawn]
    rule = eg.mean_of_children(towns.BASE["scoring"])
    assert scored(rule, eg.Facts(grid, inspections=visits), levels=("镇",)) == {"东镇": "81.00", "西镇": "81.00"}


def test_a3_mandatory_reinspection() -> None:
    """Whoever was last in April is drawn in May, whatever the seed; the rest of the sample is drawn."""
    scores = {"甲": 90, "乙": 60, "丙": 80, "丁": 85, "戊": 60}
    board = eg.Board("榜", (eg.Tier("末位", eg.bottom(1, ties="include")),), rest="其他")
    april = eg.assess(towns.scheme(boards=(board,)), towns.month_of("2024-04"), towns.facts({"2024-04": scores}))
    last = [unit for unit, tier in towns.tiers(april).items() if tier == "末位"]
    for seed in ("2024-05", "2024-06", "2024-07"):
        drawn = eg.random_draw(scores, 3, seed, must=last)
        assert drawn[:2] == ("乙", "戊")
        assert drawn[2] in "甲丙丁"


def test_a4_minimum_sample() -> None:
    """300 visits in a window of four months, 30 in each class of land: 299, or 29 in one class, give no score."""
    rule: eg.ScoringRule = eg.deductions(100, several="mean")
    for channel, least in ((None, 300), ("居住区", 30), ("公园", 30)):
        rule = eg.requires(rule, eg.count_inspections(channel), at_least=least)
    visits = [
        visit(unit, "07-31", None, channel, 垃圾=20)
        for unit, counts in {"甲": (270, 30), "乙": (271, 29), "丙": (269, 30)}.items()
        for channel, n in zip(("居住区", "公园"), counts, strict=True)
        for _ in range(n)
    ]
    window = eg.Round(date(2024, 4, 1), date(2024, 8, 1), "第一窗口")
    facts = eg.Facts(GRID, inspections=visits)
    assert scored(rule, facts, window) == {"甲": "80.00", **dict.fromkeys("丙乙旧", NOT_ASSESSED)}
    enough = eg.requires(eg.satisfaction(among="answered", empty="exempt"), eg.count_answers(), at_least=1000)
    asked = [
        eg.Survey("甲", day("05-02"), "问卷", 1200, 1000, 873),
        eg.Survey("乙", day("05-02"), "问卷", 1200, 999, 999),
    ]
    assert scored(enough, eg.Facts(GRID, surveys=asked)) == {
        "甲": "87.30",
        "乙": NOT_ASSESSED,
        **dict.fromkeys("丙新", eg.Absent.EXEMPT),
    }


def test_a5_sub_sample_scored() -> None:
    """2 of a village's 5 groups in each quarter; what an earlier quarter's groups had does not count again."""
    grid = eg.Grid(town_of("村", 5, "组", "村"))
    groups = grid.children("村")
    spring, summer = (eg.random_draw(groups, 2, label) for label in ("2024-Q1", "2024-Q2"))
    assert spring != summer
    visits = [
        *(visit(group, "02-01", score) for group, score in zip(spring, (60, 70), strict=True)),
        *(visit(group, "05-01", score) for group, score in zip(summer, (80, 91), strict=True)),
    ]
    facts = eg.Facts(grid, inspections=visits)
    rule = eg.mean_of_children(towns.BASE["scoring"])
    for label, score in (("02-01", "65.00"), ("05-01", "85.50")):
        assert scored(rule, facts, eg.quarter().round_of(day(label)), cadence=eg.quarter()) == {"村": score}


def test_a6_rectification_share() -> None:
    """90 % of 88 and 10 % of a rectification rate of 3 in 4: 79.2 + 7.5."""
    noticed = eg.happened("dispatched", during="round")
    rule = eg.weighted(
        eg.Part(90, eg.stated("督导", several="mean")),
        eg.Part(10, eg.rate(eg.in_state("closed"), noticed, by="place", empty="full")),
        absent="not assessed",
    )
    notice = "found 05-02", "dispatched 05-03 due 05-20"
    ledger = [
        *(issue(str(n), "甲", *notice, "rectified 05-10", "accepted 05-12") for n in (1, 2, 3)),
        issue("4", "甲", *notice, "rectified 05-31"),
    ]
    facts = eg.Facts(GRID, inspections=[visit("甲", "05-02", 88), visit("乙", "05-02", 88)], issues=ledger)
    assert scored(rule, facts) == {"甲": "86.70", "乙": "89.20", **dict.fromkeys("丙新", NOT_ASSESSED)}


def test_a7_source_levels_merged() -> None:
    """City, county and town took off 4, 6 and 11: one field score, 93. Where they state scores, they are parts."""
    seen = [visit("甲", "05-02", None, level, 垃圾=lost) for level, lost in (("市", 4), ("县", 6), ("镇", 11))]
    absent = dict.fromkeys("乙丙新", NOT_ASSESSED)
    assert scored(eg.deductions(100, several="mean"), eg.Facts(GRID, inspections=seen)) == {"甲": "93.00", **absent}
    parts = (eg.Part(1, eg.stated(level, several="mean")) for level in ("市", "县", "镇"))
    told = [visit("甲", "05-02", 96, "市"), visit("甲", "05-09", 89, "镇")]
    rule = eg.weighted(*parts, absent="renormalise")
    assert scored(rule, eg.Facts(GRID, inspections=told)) == {"甲": "92.50", **absent}


def test_a8_check_without_scoring() -> None:
    """The monthly supervision is on file and scores nothing; the quarterly check does."""
    seen = [
        *(visit("甲", on, None, "督查", 垃圾=50) for on in ("04-10", "05-10", "06-10")),
        visit("甲", "06-20", None, "考核", 垃圾=7),
        visit("乙", "06-10", None, "督查", 垃圾=1),
    ]
    rule = eg.deductions(100, "考核", several="mean")
    found = scored(rule, eg.Facts(GRID, inspections=seen), eg.quarter().round_of(day("06-01")), cadence=eg.quarter())
    assert found == {"甲": "93.00", **dict.fromkeys("乙丙旧", NOT_ASSESSED)}
