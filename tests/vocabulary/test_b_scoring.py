"""Scoring rules: the rows B1 to B22 of docs/vocabulary/scoring.md, each worked by hand."""

from typing import Any

import envgov as eg
import towns
from books import GRID, day, issue, scored, visit

NOT_ASSESSED, EXEMPT = eg.Absent.NOT_ASSESSED, eg.Absent.EXEMPT
FIELD = eg.stated("督导", several="mean")
FOUND = eg.happened("found", during="round")
CLOSED = eg.in_state("closed")
REST = dict.fromkeys("丙新", "100.00")


def less(*deductions: eg.ScoringRule) -> eg.bounded:
    """100 less the deductions, and never below zero."""
    return eg.bounded(eg.total(eg.constant(100), *deductions, absent="zero"), low=0)


def off(points: str, when: eg.Condition) -> eg.scaled:
    """So many points off for each issue that lies at the unit and meets the condition."""
    return eg.scaled(eg.count_issues(when, by="place"), f"-{points}")


def found(unit: str, n: int, **more: Any) -> list[eg.Issue]:
    return [issue(f"{unit}{more}{i}", unit, "found 05-02", **more) for i in range(n)]


def shares(unit: str, closed: int, of: int) -> list[eg.Issue]:
    """So many issues of May at a unit, all due on the 20th, of which so many were closed on that day."""
    given = "found 05-02", "dispatched 05-02 due 05-20"
    done = "rectified 05-18", "accepted 05-20"
    return [issue(f"{unit}{i}", unit, *given, *(done if i < closed else ())) for i in range(of)]


def test_b1_deduct_from_full() -> None:
    """Of 40 points 3.47 are off; of 30 those under litter stop at 5, and 9 for sewage come to 14; nothing below 0."""
    sheet = eg.Rubric(30, items=(eg.Item("垃圾", eg.points(5)),))
    rule = eg.total(
        eg.deductions(40, "城管", several="mean"), eg.deductions(sheet, "物业", several="mean"), absent="not assessed"
    )
    seen = [
        visit("甲", "05-02", None, "城管", 垃圾="3.47"),
        visit("甲", "05-02", None, "物业", 垃圾="8.5", 污水=9),
        visit("乙", "05-02", None, "城管", 垃圾="40.5"),
        visit("乙", "05-02", None, "物业"),
    ]
    facts = eg.Facts(GRID, inspections=seen)
    assert scored(rule, facts) == {"甲": "52.53", "乙": "30.00", **dict.fromkeys("丙新", NOT_ASSESSED)}


def test_b2_deduct_by_source_severity() -> None:
    """0.3 for each problem of the city's group, 0.2 of the district's, 0.1 of the bureau's: 0.6 + 0.2 + 0.3."""
    severity = {"市督查组": "0.3", "区督查组": "0.2", "局": "0.1"}
    rule = less(*(off(points, eg.all_of(FOUND, eg.source_is(source))) for source, points in severity.items()))
    ledger = [*found("甲", 2, source="市督查组"), *found("甲", 1, source="区督查组"), *found("甲", 3, source="局")]
    many = found("乙", 334, source="市督查组")
    assert scored(rule, eg.Facts(GRID, issues=[*ledger, *many])) == {"甲": "98.90", "乙": "0.00", **REST}


def test_b3_deduct_unrectified() -> None:
    """1, 0.5 and 0.3 for what was not closed in time: one of the city's, two of the district's; one came in time."""
    severity = {"市督查组": "1", "区督查组": "0.5", "局": "0.3"}
    late = eg.not_closed_on_time(during="round")
    rule = less(*(off(points, eg.all_of(late, eg.source_is(source))) for source, points in severity.items()))
    given = "found 05-02", "dispatched 05-02 due 05-20"
    ledger = [
        issue("1", "甲", *given, "rectified 05-20", "accepted 05-21", source="市督查组"),
        issue("2", "甲", *given, source="区督查组"),
        issue("3", "甲", *given, source="区督查组"),
        issue("4", "甲", *given, "rectified 05-19", "accepted 05-20", source="局"),
    ]
    assert scored(rule, eg.Facts(GRID, issues=ledger)) == {"甲": "98.00", "乙": "100.00", **REST}


def test_b4_deduct_repeat() -> None:
    """2 and 1 for an item in two bulletins running, by who found it; 1 for a complaint that came three times."""
    severity = {"市督查组": "-2", "区督查组": "-1", "局": "-0.6"}
    repeats = (eg.scaled(eg.count_repeats(eg.month(), source), points) for source, points in severity.items())
    again = eg.all_of(eg.happened("absorbed", 2, during="ever"), eg.happened("absorbed", during="round"))
    rule = less(*repeats, off("1", again))
    seen = [
        visit("甲", on, None, source, **{item: 1})
        for on in ("04-10", "05-10")
        for source, item in (("市督查组", "垃圾"), ("区督查组", "污水"))
    ]
    seen += [visit("乙", "05-10", None, "市督查组", 垃圾=1)]
    came = "found 05-02", "absorbed 05-03"
    ledger = [issue("1", "甲", *came, "absorbed 05-04"), issue("2", "乙", *came)]
    facts = eg.Facts(GRID, inspections=seen, issues=ledger)
    assert scored(rule, facts) == {"甲": "96.00", "乙": "100.00", **REST}
    june = towns.month_of("2024-06")  # nothing came in June: what May cost is not taken off twice
    assert scored(rule, facts, june) == dict.fromkeys("甲乙丙新", "100.00")


def test_b5_deduct_double_for_special() -> None:
    """0.2 for each case sent back, once more where leaders assigned it or media exposed it: 3 times 0.2."""
    back = eg.happened("rejected", during="round")
    special = eg.any_of(eg.source_is("领导批示"), eg.source_is("媒体曝光"))
    rule = less(off("0.2", back), off("0.2", eg.all_of(back, special)))
    life = "found 05-02", "rectified 05-05", "rejected 05-06"
    ledger = [issue("1", "甲", *life, source="热线"), issue("2", "甲", *life, source="媒体曝光")]
    ledger += [issue("3", "乙", "found 05-02", source="媒体曝光")]
    assert scored(rule, eg.Facts(GRID, issues=ledger)) == {"甲": "99.40", "乙": "100.00", **REST}


def test_b6_deduct_per_rework() -> None:
    """0.2 for a case sent back in the round, 0.5 where that was the third time or a later one."""
    back, thrice = eg.happened("rejected", during="round"), eg.rejected(3)
    rule = less(off("0.2", eg.all_of(back, eg.not_(thrice))), off("0.5", eg.all_of(back, thrice)))
    once = "rectified 05-05", "rejected 05-06"
    before = "rectified 04-05", "rejected 04-06", "rectified 04-08", "rejected 04-09"
    ledger = [
        issue("1", "甲", "found 05-02", *once),
        issue("2", "甲", "found 04-02", *before, *once),
        issue("3", "乙", "found 04-02", *before),
    ]
    assert scored(rule, eg.Facts(GRID, issues=ledger)) == {"甲": "99.30", "乙": "100.00", **REST}


def test_b7_deduct_fraud_pass_buck() -> None:
    """1 for each false report; elsewhere a false claim gives an indicator of 100 points minus 33."""
    fraud = eg.all_of(FOUND, eg.any_of(eg.category_is("弄虚作假"), eg.category_is("推诿扯皮")))
    ledger = [
        *found("甲", 2, category="弄虚作假"),
        *found("甲", 1, category="推诿扯皮"),
        *found("乙", 9, category="垃圾"),
    ]
    facts = eg.Facts(GRID, issues=ledger, inspections=[visit("甲", "05-02", 90), visit("乙", "05-02", 90)])
    assert scored(less(off("1", fraud)), facts) == {"甲": "97.00", "乙": "100.00", **REST}
    claimed = eg.veto(FIELD, eg.count_issues(fraud, by="place"), to=-33)
    assert scored(claimed, facts) == {"甲": "-33.00", "乙": "90.00", **dict.fromkeys("丙新", NOT_ASSESSED)}


def test_b8_rate_target_linear() -> None:
    """At 70 % 50 points, 1 less for each point below: 60 % has 40, 80 % has 50. 25 at 95 % with a floor of 12.5."""
    rate = eg.rate(CLOSED, FOUND, by="place", empty="exempt")
    facts = eg.Facts(GRID, issues=[*shares("甲", 3, 5), *shares("乙", 4, 5), *shares("丙", 2, 3)])
    whole = eg.to_target(rate, 70, full=50, slope=1, floor=0)
    assert scored(whole, facts) == {"甲": "40.00", "乙": "50.00", "丙": "46.67", "新": EXEMPT}
    halved = eg.to_target(rate, 95, full=25, slope="0.5", floor="12.5")
    assert scored(halved, facts) == {"甲": "12.50", "乙": "17.50", "丙": "12.50", "新": EXEMPT}
    above_75 = eg.bounded(eg.total(rate, eg.constant(-75), absent="not assessed"), low=0)
    assert scored(above_75, facts) == {"甲": "0.00", "乙": "5.00", "丙": "0.00", "新": NOT_ASSESSED}


def test_b9_rate_proportional() -> None:
    """Closed in time of what was due, times 60 points: 3 of 4 give 45."""
    on_time = eg.rate(eg.on_time("closed"), eg.due(during="round"), by="place", empty="exempt")
    facts = eg.Facts(GRID, issues=[*shares("甲", 3, 4), *shares("乙", 2, 3)])
    assert scored(eg.scaled(on_time, "0.6"), facts) == {"甲": "45.00", "乙": "40.00", **dict.fromkeys("丙新", EXEMPT)}


def test_b10_piecewise_linear() -> None:
    """Dust of 6 t or less has 100, 9 t 60, 12 t or more nothing: 7.5 t has 80 and 10.5 t has 30."""
    dust = eg.amount("降尘", empty="not assessed", better="lower")
    rule = eg.piecewise(dust, eg.Knot(6, 100), eg.Knot(9, 60), eg.Knot(12, 0))
    measured = {"甲": "7.5", "乙": "10.5", "丙": "5.9", "新": "12.1"}
    outputs = [eg.Output(unit, day("05-31"), "降尘", eg.points(t), "吨") for unit, t in measured.items()]
    facts = eg.Facts(GRID, outputs=outputs)
    assert scored(rule, facts) == {"甲": "80.00", "乙": "30.00", "丙": "100.00", "新": "0.00"}
    assert rule.better == "higher"


def test_b11_banded_points() -> None:
    """Up to 50 cases 10 points, to 100 9, to 200 7.5, to 500 6, to 1000 4, else none."""
    steps = ((50, 10), (100, 9), (200, "7.5"), (500, 6), (1000, 4))
    rule = eg.bands(eg.count_issues(FOUND, by="place"), *(eg.Band(x, points) for x, points in steps), rest=0)
    ledger = [*found("甲", 50), *found("乙", 51), *found("丙", 200), *found("新", 1001)]
    assert scored(rule, eg.Facts(GRID, issues=ledger)) == {"甲": "10.00", "乙": "9.00", "丙": "7.50", "新": "0.00"}


def test_b12_weighted_components() -> None:
    """40, 40 and 20 per cent of 90, 80 and 70: 36 + 32 + 14."""
    weights = {"现场": 40, "台账": 40, "满意度": 20}
    parts = (eg.Part(weight, eg.stated(channel, several="mean")) for channel, weight in weights.items())
    seen = [visit("甲", "05-02", x, channel) for channel, x in zip(weights, (90, 80, 70), strict=True)]
    facts = eg.Facts(GRID, inspections=[*seen, visit("乙", "05-02", 99, "现场")])
    rule = eg.weighted(*parts, absent="not assessed")
    assert scored(rule, facts) == {"甲": "82.00", **dict.fromkeys("乙丙新", NOT_ASSESSED)}


def test_b13_bonus_points() -> None:
    """98 and a bonus of 7, of which 5 count: 103. Without a bonus 98; a bonus alone is no score."""
    bonus = eg.or_else(eg.bounded(eg.stated("加分", several="sum"), high=5), eg.constant(0))
    rule = eg.total(eg.deductions(100, "考核", several="mean"), bonus, absent="not assessed")
    seen = [visit(unit, "05-02", None, "考核", 垃圾=2) for unit in "甲乙"]
    extra = [visit("甲", "05-03", 3, "加分"), visit("甲", "05-04", 4, "加分"), visit("丙", "05-04", 4, "加分")]
    facts = eg.Facts(GRID, inspections=[*seen, *extra])
    assert scored(rule, facts) == {"甲": "103.00", "乙": "98.00", **dict.fromkeys("丙新", NOT_ASSESSED)}


def test_b14_mean_of_children() -> None:
    """Villages with 80.15 and 80.25, shown as 80.2 and 80.3: the town has 80.2, and 80.3 from what is shown."""
    seen = [visit("甲", "05-02", x) for x in ("80.1", "80.2")] + [visit("乙", "05-02", x) for x in ("80.2", "80.3")]
    rule = eg.mean_of_children(FIELD)
    found = scored(rule, eg.Facts(GRID, inspections=seen), levels=("镇",), ranking=eg.RankBy(places=1))
    assert found == {"镇": "80.2", "空镇": NOT_ASSESSED}


def test_b15_rank_to_points() -> None:
    """In each theme the first of 18 has 100 and each place further down 5 less; the themes are averaged."""
    themes = ("垃圾", "污水")
    points = (
        eg.piecewise(eg.rank_in(eg.stated(theme, several="mean"), places=2), eg.Knot(1, 100), eg.Knot(18, 15))
        for theme in themes
    )
    rule = eg.weighted(*(eg.Part(1, rule) for rule in points), absent="not assessed")
    given = {"甲": (90, 80), "乙": (80, 90), "丙": (70, 80)}
    seen = [visit(unit, "05-02", x, theme) for unit, xs in given.items() for theme, x in zip(themes, xs, strict=True)]
    facts = eg.Facts(GRID, inspections=seen)
    assert scored(rule, facts) == {"甲": "97.50", "乙": "97.50", "丙": "92.50", "新": NOT_ASSESSED}
    assert rule.better == "higher"


def test_b16_composite_of_level_and_change() -> None:
    """Levels 60, 50, 80 have ranks 2, 1, 3; changes on last year of -30, -5, -10 have ranks 1, 3, 2; each of 3."""
    level = eg.amount("降尘", empty="not assessed", better="lower")
    change = eg.change(eg.month(), level, steps=12)
    rule = eg.mean_rank(*(eg.rank_share(of, places=0) for of in (level, change)), absent="not assessed")
    measured = {"甲": (90, 60), "乙": (55, 50), "丙": (90, 80)}
    outputs = [
        eg.Output(unit, day(on), "降尘", eg.points(t), "吨")
        for unit, both in measured.items()
        for on, t in zip(("2023-05-31", "05-31"), both, strict=True)
    ]
    facts = eg.Facts(GRID, outputs=outputs)
    assert scored(rule, facts) == {"甲": "0.50", "乙": "0.67", "丙": "0.83", "新": NOT_ASSESSED}


def test_b17_relative_to_mean() -> None:
    """80, 70 and 60 around their mean of 70, at 20,000 yuan a point: the money adds up to zero."""
    seen = [visit(unit, "05-02", x) for unit, x in zip("甲乙丙", (80, 70, 60), strict=True)]
    facts = eg.Facts(GRID, inspections=seen)
    assert scored(eg.scaled(eg.from_mean(FIELD), 20000), facts) == {
        "甲": "200000.00",
        "乙": "0.00",
        "丙": "-200000.00",
        "新": NOT_ASSESSED,
    }
    split = eg.Board("奖罚", (eg.Tier("奖", eg.above_mean()), eg.Tier("罚", eg.below_mean())), rest="不奖不罚")
    assessment = eg.assess(towns.scheme(boards=(split,)), towns.month_of("2024-05"), facts)
    assert towns.tiers(assessment) == {"甲": "奖", "乙": "不奖不罚", "丙": "罚"}


def test_b18_shared_deduction() -> None:
    """2:8 between the department that owes the work and the town where it lies: 0.2 and 0.8; the town's own cost 1."""
    rule = less(off("0.8", FOUND), eg.scaled(eg.count_issues(FOUND, by="responsible"), "-0.2"))
    grid = eg.Grid((*GRID.units, eg.Unit("住建局", "住建局", "部门")))
    ledger = [
        issue("1", "甲", "found 05-02", responsible=("住建局",)),
        issue("2", "甲", "found 05-02", responsible=("镇",)),
    ]
    levels = ("镇", "部门")
    assert scored(rule, eg.Facts(grid, issues=ledger), levels=levels) == {
        "镇": "98.20",
        "住建局": "99.80",
        "空镇": "100.00",
    }


def test_b19_half_weight_grade() -> None:
    """Grades A, B, B- and C: one site falls short and one nearly, so 1.5 of 4 sites fail, 37.5 per cent."""
    grades = {"甲": 4, "乙": 3, "丙": 2, "新": 1}
    passes = eg.bands(eg.stated("等级", several="latest"), eg.Band(3, 100), eg.Band(2, 50), rest=0)
    rule = eg.total(eg.constant(100, better="lower"), eg.scaled(eg.mean_of_children(passes), -1), absent="not assessed")
    facts = eg.Facts(GRID, inspections=[visit(unit, "05-02", grade, "等级") for unit, grade in grades.items()])
    assert scored(rule, facts, levels=("镇",)) == {"镇": "37.50", "空镇": NOT_ASSESSED}
    assert rule.better == "lower"


def test_b20_veto() -> None:
    """Open burning leaves nothing of its 30 points: 0 + 68. Who has 80 or less is not eligible, though the first."""
    item = eg.veto(eg.deductions(30, "环境", several="mean"), eg.count_findings("露天焚烧", "环境"), to=0)
    rule = eg.total(item, eg.deductions(70, "设施", several="mean"), absent="not assessed")
    seen = [
        visit("甲", "05-02", None, "环境", 露天焚烧=1),
        visit("甲", "05-02", None, "设施", 路灯=2),
        visit("乙", "05-02", None, "环境", 垃圾=1),
        visit("乙", "05-02", None, "设施"),
    ]
    assert scored(rule, eg.Facts(GRID, inspections=seen)) == {
        "甲": "68.00",
        "乙": "99.00",
        **dict.fromkeys("丙新", NOT_ASSESSED),
    }
    eligible = eg.all_of(eg.top(1, ties="include"), eg.at_least("80.01"))
    board = eg.Board("先进", (eg.Tier("先进", eligible),), rest="其他")
    for best, tier in (("80", "其他"), ("80.01", "先进")):
        first = towns.assess({"甲": best, "乙": 70}, boards=(board,), ranking=eg.RankBy(places=2))
        assert towns.tiers(first)["甲"] == tier


def test_b20_who_had_three_yellow_cards_is_not_eligible_to_the_end_of_the_year() -> None:
    """Yellow in April, May and June: not even the first of July is eligible, nor that of December; of January it is."""
    yellow = eg.bottom(1, ties="include")
    declared: dict[str, Any] = {"repeat": "from then on", "editions": "carry", "heads": "carry"}
    thrice = eg.cumulative(yellow, 3, within=eg.year(), **declared)
    board = eg.Board("先进", (eg.Tier("先进", eg.all_of(eg.top(1, ties="include"), eg.not_(thrice))),), rest="其他")
    low, high = {"甲": "70", "乙": "80", "丙": "90"}, {"甲": "95", "乙": "80", "丙": "90"}
    months = dict.fromkeys(("2024-04", "2024-05", "2024-06"), low) | dict.fromkeys(("2024-07", "2024-12"), high)
    season = eg.assess_season(towns.scheme(boards=(board,)), towns.facts(months | {"2025-01": high}))
    found = {a.record.round.label: towns.tiers(a)["甲"] for a in season}
    assert found == {**dict.fromkeys(months, "其他"), "2025-01": "先进"}
    barred = eg.Board("资格", (eg.Tier("取消", thrice),), rest="保留")  # asked of all, and not of the last alone
    season = eg.assess_season(towns.scheme(boards=(barred,)), towns.facts(months | {"2025-01": high}))
    assert [towns.tiers(a)["甲"] for a in season] == ["保留", "保留", "取消", "取消", "取消", "保留"]


def test_b21_exempt_unit() -> None:
    """Whoever had no case due in the month has no score and no rank, and is listed apart, unlike who has 0."""
    rate = eg.rate(eg.on_time("closed"), eg.due(during="round"), by="responsible", empty="exempt")
    given = "found 05-02", "dispatched 05-02"
    ledger = [
        issue("1", "甲", f"{given[0]}", f"{given[1]} due 05-20", responsible=("甲",)),
        issue("2", "乙", f"{given[0]}", f"{given[1]} due 06-20", responsible=("乙",)),
    ]
    assert scored(rate, eg.Facts(GRID, issues=ledger)) == {"甲": "0.00", **dict.fromkeys("乙丙新", EXEMPT)}


def test_b22_satisfaction_base() -> None:
    """50 called, 40 reached, 33 satisfied: 82.5 per cent of those reached, and 66 of those called."""
    facts = eg.Facts(GRID, surveys=[eg.Survey("甲", day("05-31"), "回访", 50, 40, 33)])
    absent = dict.fromkeys("乙丙新", EXEMPT)
    reached, called = (eg.satisfaction("回访", among=among, empty="exempt") for among in ("answered", "asked"))
    assert scored(reached, facts) == {"甲": "82.50", **absent}
    assert scored(called, facts) == {"甲": "66.00", **absent}
