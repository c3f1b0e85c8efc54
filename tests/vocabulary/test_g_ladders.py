"""Section G of docs/vocabulary: measures from light to heavy."""

from decimal import Decimal
from typing import Any

import pytest

import envgov as eg
import towns
from places import DECLARED, event, in_order, issue, measured, numbered

MAY = towns.month_of("2024-05")
YEAR: dict[str, Any] = {"within": eg.year(), "repeat": "each", "editions": "carry", "heads": "carry"}
LAST = eg.bottom(1, ties="include")
COUNT = eg.RankBy(places=0)


def running(when: eg.Condition, k: int, **declared: Any) -> eg.Condition:
    return eg.streak(when, k, **{**DECLARED, **declared})


def season(orders: dict[str, str] | dict[str, list[str]], *ladders: eg.Ladder, **changes: Any) -> eg.Season:
    """Months in which the units stand in these orders, from the best to the worst."""
    months = {label: in_order(order) for label, order in orders.items()}
    return eg.assess_season(towns.scheme(ladders=ladders, **changes), towns.facts(months))


def each_month(found: eg.Season, unit: str) -> list[list[str]]:
    return [measured(assessment, unit) for assessment in found]


OTHERS = numbered(39)
# Of 41 counties A is the last, so among the last ten; B has eleven behind it, so is among the last twenty only.
BAD = [*OTHERS[:29], "B", *OTHERS[29:], "A"]
GOOD = ["A", *OTHERS[:29], "B", *OTHERS[29:]]
HENAN = eg.Ladder(
    (
        eg.Rung("预警提示", eg.bottom(20, ties="include"), ("县政府",)),
        eg.Rung("通报批评", running(eg.bottom(20, ties="include"), 2), ("县政府",)),
        eg.Rung("约谈并媒体曝光", running(eg.bottom(10, ties="include"), 3), ("县长",)),
    ),
    publish="highest",
)


def test_g1_rung_by_counter() -> None:
    """The last 20 are warned, twice running criticised; three times among the last 10 a talk and the media (HN)."""
    found = season({"2024-01": BAD, "2024-02": BAD, "2024-03": BAD, "2024-04": GOOD}, HENAN)
    assert each_month(found, "A") == [["预警提示"], ["通报批评"], ["约谈并媒体曝光"], []]
    assert each_month(found, "B") == [["预警提示"], ["通报批评"], ["通报批评"], ["通报批评"]]


def test_g2_target_role_by_rung() -> None:
    """The village head; twice running the township's deputy and its heads (S4). Whom a rung is for is on the measure."""
    ladder = eg.Ladder(
        (
            eg.Rung("约谈", LAST, ("村社区主要负责人", "包村领导")),
            eg.Rung("约谈乡镇", running(LAST, 2), ("乡镇分管领导", "乡镇主要领导"), by="县委督查室"),
        ),
        publish="every rung",
    )
    may = season({"2024-04": "甲乙", "2024-05": "甲乙"}, ladder)["2024-05"]
    assert [(m.rung, m.to, m.by) for m in may.measures] == [
        ("约谈", ("村社区主要负责人", "包村领导"), ""),
        ("约谈乡镇", ("乡镇分管领导", "乡镇主要领导"), "县委督查室"),
    ]


ANYANG = eg.Ladder(
    (
        eg.Rung("通报批评", eg.bottom(10, ties="include"), ("乡镇政府",)),
        eg.Rung("约谈政府主要负责同志", eg.cumulative(eg.bottom(10, ties="include"), 2, **YEAR), ("乡镇长",)),
        eg.Rung(
            "约谈党委主要负责同志",
            eg.cumulative(eg.bottom(10, ties="include"), 3, **YEAR),
            ("乡镇党委书记",),
            supersedes=("约谈政府主要负责同志",),
        ),
    ),
    publish="every rung",
)


def test_g3_parallel_base_measure() -> None:
    """All the last ten are criticised each time; those who are so for the second time in the year are summoned too,

    and for the third time the party secretary instead of the head of government (AY22).
    """
    last = [*numbered(20), "甲"]
    first = ["甲", *numbered(20)]
    found = season({"2024-01": last, "2024-03": first, "2024-06": last, "2024-08": last}, ANYANG)
    assert each_month(found, "甲") == [
        ["通报批评"],
        [],
        ["通报批评", "约谈政府主要负责同志"],
        ["通报批评", "约谈党委主要负责同志"],
    ]
    assert sum(m.rung == "通报批评" for m in found["2024-08"].measures) == 10


def test_g4_exclusive_top_rung() -> None:
    """A county is published once, at its highest rung (HN)."""
    found = season({"2024-01": BAD, "2024-02": BAD, "2024-03": BAD}, HENAN)
    subjects = [m.subject for m in found["2024-03"].measures]
    assert len(subjects) == len(set(subjects)) == 20


def test_g5_listed_at_every_rung() -> None:
    """Third week running the last: listed at the first, the second and the third rung (FC)."""
    ladder = eg.Ladder(
        tuple(eg.Rung(name, running(LAST, k), ("乡镇",)) for k, name in ((1, "通报"), (2, "表态"), (3, "约谈"))),
        publish="every rung",
    )
    found = season({"2024-01": "甲乙", "2024-02": "甲乙", "2024-03": "甲乙"}, ladder)
    assert each_month(found, "乙") == [["通报"], ["通报", "表态"], ["通报", "表态", "约谈"]]


def test_g6_escalation_on_escalations() -> None:
    """Three talks running, and a special inspection follows (HB): the run of the talk's own condition."""
    talk = running(LAST, 2)
    ladder = eg.Ladder(
        (eg.Rung("约谈", talk, ("县长",)), eg.Rung("专项督察", running(talk, 3), ("县政府",), by="省督察组")),
        publish="every rung",
    )
    found = season({f"2024-0{month}": "甲乙" for month in range(1, 6)}, ladder)
    assert each_month(found, "乙") == [[], ["约谈"], ["约谈"], ["约谈", "专项督察"], ["约谈", "专项督察"]]


@pytest.mark.parametrize(
    ("score", "yoy", "rank", "frozen"),
    [("79", -1, 9, True), ("79", 5, 0, True), ("79", 5, 9, False), ("80", -1, 0, False)],
)
def test_g7_mixed_condition(score: str, yoy: int, rank: int, frozen: bool) -> None:
    """Below the standard of 80, and three months worse than last year, or three months last in improvement (HB)."""
    better = eg.Figure("同比", eg.stated("同比", several="mean"), COUNT)
    rise = eg.Figure("改善幅度", eg.stated("改善幅度", several="mean"), COUNT)
    either = eg.any_of(running(eg.below(0, of="同比"), 3), running(eg.bottom(1, of="改善幅度", ties="include"), 3))
    ladder = eg.Ladder((eg.Rung("区域限批", eg.all_of(eg.below(80), either), ("县政府",)),), publish="highest")
    labels = ("2024-03", "2024-04", "2024-05")
    seen = tuple(
        i
        for label in labels
        for channel, values in {"同比": {"甲": yoy, "乙": 3}, "改善幅度": {"甲": rank, "乙": 5}}.items()
        for i in towns.stated(label, values, channel)
    )
    months = {label: {"甲": score, "乙": "95"} for label in labels}
    facts = towns.facts(months, inspections=seen)
    found = eg.assess_season(towns.scheme(figures=(better, rise), ladders=(ladder,)), facts)
    assert each_month(found, "甲") == [[], [], ["区域限批"] * frozen]


def test_g8_positive_ladder() -> None:
    """Three months running among the first 20 is praised (HN); so is the third red flag of the year (WH, the 3 is an example)."""
    flags = eg.Board("流动旗", (eg.Tier("红旗", eg.top(1, ties="include"), "praise"),), rest="无")
    praise = eg.Ladder((eg.Rung("通报表扬", running(eg.top(20, ties="include"), 3), ("县政府",)),), publish="highest")
    third = eg.Ladder(
        (eg.Rung("年度先进", eg.cumulative(eg.placed("流动旗", "红旗"), 3, **YEAR), ("县政府",)),), publish="highest"
    )
    first, later = ["甲", *numbered(20)], [*numbered(19), "甲", "020"]
    orders = {"2024-01": first, "2024-02": later, "2024-03": first, "2024-05": first}
    found = season(orders, praise, third, boards=(flags,))
    assert each_month(found, "甲") == [[], [], ["通报表扬"], ["年度先进"]]  # April was not held: the run begins anew


def test_g9_cascade_to_parent() -> None:
    """A village that is last twice makes its township's deputy be summoned (S4); a lead department is bound with it (YQ)."""
    to = ("乡镇分管领导", "乡镇主要领导", "牵头部门负责人")
    ladder = eg.Ladder((eg.Rung("约谈", running(LAST, 2), to),), publish="highest")
    units = (eg.Unit("A", "甲镇", "镇"), *(eg.Unit(u, u, "村", parent="A") for u in "甲乙"))
    seen = tuple(i for label in ("2024-04", "2024-05") for i in towns.stated(label, in_order("甲乙")))
    found = eg.assess_season(towns.scheme(ladders=(ladder,)), eg.Facts(eg.Grid(units), inspections=seen))
    [measure] = found.latest.measures
    assert (measure.subject, measure.to) == ("乙", to)


def test_g10_not_on_time_interview() -> None:
    """Any item of the ledger that was not cleared on time, and the discipline committee summons (S1)."""
    late = eg.Figure("未按时销号", eg.count_issues(eg.not_closed_on_time(during="round"), by="place"), COUNT)
    ladder = eg.Ladder(
        (eg.Rung("约谈", eg.at_least(1, of="未按时销号"), ("村主要负责人",), by="纪工委"),), publish="highest"
    )
    given = event("dispatched", "2024-05-02", due="2024-05-10")
    ledger = (
        issue("1", "甲", given, event("rectified", "2024-05-09"), event("accepted", "2024-05-10")),
        issue("2", "乙", given, event("rectified", "2024-05-10"), event("accepted", "2024-05-12")),
        issue("3", "丙", event("dispatched", "2024-05-02", due="2024-06-02")),
    )
    facts = towns.facts({"2024-05": in_order("甲乙丙")}, issues=ledger)
    assessment = eg.assess(towns.scheme(figures=(late,), ladders=(ladder,)), MAY, facts)
    assert [(m.subject, m.rung, m.by) for m in assessment.measures] == [("乙", "约谈", "纪工委")]


def test_g11_direct_start_at_a_higher_colour() -> None:
    """What is important starts with yellow, all else with white (SMT)."""
    late = eg.overdue()
    ladder = eg.Ladder(
        (
            eg.Rung("白单", late, ("责任单位",)),
            eg.Rung(
                "黄单",
                eg.all_of(late, eg.any_of(eg.category_is("重大紧急"), eg.slipped("白单", during="ever"))),
                ("责任单位",),
            ),
        ),
        subject="issue",
        publish="highest",
    )
    given = event("dispatched", "2024-05-02", due="2024-05-05")
    ledger = issue("1", "甲", given), issue("2", "甲", given, category="重大紧急")
    facts = eg.Facts(eg.Grid([eg.Unit("甲", "甲村", "村")]), issues=ledger)
    assessment = eg.assess(towns.scheme(scoring=None, ranking=None, ladders=(ladder,)), MAY, facts)
    assert towns.proposed(assessment) == [("1", "白单"), ("2", "黄单")]


def test_g12_money() -> None:
    """100, 60 and 40 for the first three, 60 and 30 off for the last two (WH); or 2000 for each point from the mean."""
    first, second, third = (eg.top(n, ties="exclude") for n in (1, 2, 3))
    last, last_two = (eg.bottom(n, ties="exclude") for n in (1, 2))
    ladder = eg.Ladder(
        (
            eg.Rung("奖励100万元", first, ("街道",), amount=1_000_000),
            eg.Rung("奖励60万元", eg.all_of(second, eg.not_(first)), ("街道",), amount=600_000),
            eg.Rung("奖励40万元", eg.all_of(third, eg.not_(second)), ("街道",), amount=400_000),
            eg.Rung("扣减30万元", eg.all_of(last_two, eg.not_(last)), ("街道",), amount=-300_000),
            eg.Rung("扣减60万元", last, ("街道",), amount=-600_000),
        ),
        publish="every rung",
    )
    assessment = towns.assess(in_order("甲乙丙丁戊己"), ladders=(ladder,))
    assert {m.subject: m.amount for m in assessment.measures} == {
        "甲": Decimal(1_000_000),
        "乙": Decimal(600_000),
        "丙": Decimal(400_000),
        "戊": Decimal(-300_000),
        "己": Decimal(-600_000),
    }
    level_first = towns.assess({"甲": "90", "乙": "90", "丙": "80", "丁": "70", "戊": "60"}, ladders=(ladder,))
    prizes = [(m.subject, m.rung) for m in level_first.measures if m.subject in "甲乙丙"]
    assert prizes == [("乙", "奖励60万元"), ("甲", "奖励60万元"), ("丙", "奖励40万元")]
    assert "奖励60万元 → 街道，600000元（未引原文）" in eg.narrate(assessment.explain("乙"))
    score = eg.stated(towns.CHANNEL, several="mean")
    money = eg.Figure("奖惩金", eg.scaled(eg.from_mean(score), 2000), COUNT)
    scores: dict[str, object] = {"甲": "90", "乙": "84.5", "丙": "65.5"}  # the mean is 80
    found = towns.assess(scores, figures=(money,)).record.ranking("奖惩金").standings
    assert {s.unit: int(s.score) for s in found} == {"甲": 20000, "乙": 9000, "丙": -29000}


def test_g13_linked_annual_assessment() -> None:
    """One point off for a yellow task and two for a red (GY), and whoever has three yellow ones is never excellent (DF, NS)."""
    yellow, red = (eg.count_issues(eg.slipped(slip, during="round"), by="place") for slip in ("黄单", "红单"))
    score = eg.total(
        eg.stated("年终", several="mean"), eg.scaled(yellow, -1), eg.scaled(red, -2), absent="not assessed"
    )
    excellent = eg.all_of(eg.at_least(90), eg.not_(eg.at_least(3, of="黄单")))
    scheme = towns.scheme(
        cadence=eg.year(),
        scoring=score,
        figures=(eg.Figure("黄单", yellow, COUNT),),
        boards=(eg.Board("年度考核", (eg.Tier("优秀", excellent, "praise"),), rest="合格"),),
    )
    slips = {"甲": ("黄单", "红单"), "乙": ("黄单", "黄单", "黄单"), "丙": ()}
    ledger = tuple(
        issue(f"{unit}{n}", unit, event("slip issued", "2024-06-01", slip=slip))
        for unit, given in slips.items()
        for n, slip in enumerate(given)
    )
    given = {"甲": "95", "乙": "96", "丙": "89"}
    seen = towns.stated("2024-12", given, "年终") + towns.stated("2025-12", given, "年终")
    facts = eg.Facts(eg.Grid([eg.Unit(u, u, "村") for u in "甲乙丙"]), issues=ledger, inspections=seen)
    year, later = eg.assess_season(scheme, facts)
    assert {s.unit: int(s.score) for s in year.record.standings} == {"甲": 92, "乙": 93, "丙": 89}
    assert towns.tiers(year) == {"甲": "优秀", "乙": "合格", "丙": "合格"}
    assert {s.unit: int(s.score) for s in later.record.standings} == {"甲": 95, "乙": 96, "丙": 89}  # once is enough
    assert towns.tiers(later) == {"甲": "优秀", "乙": "优秀", "丙": "合格"}
