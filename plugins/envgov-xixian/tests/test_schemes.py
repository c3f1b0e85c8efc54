"""What the schemes say: each clause of the report by its chosen reading, and each other reading beside it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

import pytest

import envgov as eg
import envgov_xixian as xixian

OCTOBER, NOVEMBER, DECEMBER = date(2021, 10, 28), date(2021, 11, 28), date(2021, 12, 28)
THREE = {"甲": 92, "乙": 90, "丙": 84}
HEADS = {unit: f"{unit}党工委书记" for unit in THREE}
REPORT = date(2021, 12, 28)

Comparisons = Mapping[date, Mapping[str, int]]


def compared(
    rounds: Comparisons, heads: Mapping[str, str] = HEADS, rulings: Iterable[eg.Ruling] = (), channel: str = "督导评比"
) -> eg.Facts:
    """Streets with their scores, by the day of the comparison."""
    streets = {unit for scores in rounds.values() for unit in scores}
    return eg.Facts(
        eg.Grid(eg.Unit(unit, unit, "街道") for unit in streets),
        inspections=[
            eg.Inspection(unit, day, channel, stated=score)
            for day, scores in rounds.items()
            for unit, score in scores.items()
        ],
        assignments=[eg.Assignment(who, "单位一把手", unit) for unit, who in heads.items() if unit in streets],
        rulings=rulings,
    )


def proposed(scheme: eg.Scheme, facts: eg.Facts, unit: str) -> dict[str, list[str]]:
    """The measures of a unit by round; those that are pending in brackets."""
    return {
        a.record.round.label: [f"({m.rung})" if m.pending else m.rung for m in a.measures if m.subject == unit]
        for a in eg.assess_season(scheme, facts)
    }


def flags(scheme: eg.Scheme, facts: eg.Facts) -> dict[str, str]:
    placements = eg.assess_season(scheme, facts).latest.record.placements
    return {p.tier: p.unit for p in placements if p.side is not None}


def rung(scheme: eg.Scheme, measure: str) -> eg.Rung:
    [found] = [r for ladder in scheme.ladders for r in ladder.rungs if r.measure == measure]
    return found


def ledger(*issues: eg.Issue) -> eg.Facts:
    units = eg.Unit("县", "息县", "县"), eg.Unit("城", "城区", "城区", "县"), eg.Unit("甲", "甲", "街道", "城")
    return eg.Facts(eg.Grid(units), issues=issues)


def problem(id_: str, *events: eg.Event, category: str = "六乱") -> eg.Issue:
    return eg.Issue(id_, "甲", (happened("found", REPORT), *events), category=category)


def happened(what: str, day: date = REPORT, by: str = "") -> eg.Event:
    return eg.Event(eg.EventKind(what), day, by=by)


def whistle(day: date, to: tuple[str, ...]) -> eg.Event:
    asked = eg.Whistle(datetime(2021, 12, 29, 1, tzinfo=UTC), "甲街道办事处", "2人", "分管负责人", "配合拆除")
    return eg.Event(eg.EventKind.WHISTLED, day, by="甲", to=to, whistle=asked)


def on(scheme: eg.Scheme, day: date, facts: eg.Facts) -> eg.Assessment:
    return eg.assess(scheme, scheme.cadence.round_of(day), facts)


def figure(assessment: eg.Assessment, name: str) -> str:
    [unit] = assessment.units
    standing = assessment.record.standing(unit.code, name)
    assert standing is not None
    return str(standing.score)


# -- the locality


def test_the_locality_has_the_daily_the_ten_day_and_the_monthly_scheme() -> None:
    [xi] = xixian.envgov_localities()
    assert (xi.code, xi.name) == ("xixian", "息县")
    assert list(xi.schemes) == ["xixian-daily", "xixian-monthly", "xixian-ten-days"]


def test_the_cadences_are_the_day_ten_days_and_the_month() -> None:
    schemes = (xixian.DAILY, xixian.TEN_DAYS, xixian.MONTHLY)
    assert [scheme.cadence for scheme in schemes] == [eg.day(), eg.ten_days(), eg.month()]


@pytest.mark.parametrize(
    ("scheme", "reading"),
    [
        (xixian.monthly(result=reading), reading)
        for reading in (xixian.BY_MEAN, xixian.BY_RANK, xixian.BY_LATEST, xixian.APART)
    ]
    + [(xixian.monthly(speakers=reading), reading) for reading in (xixian.LAST_ONE, xixian.LAST_TWO)]
    + [(xixian.monthly(statement=reading), reading) for reading in (xixian.EACH_MONTH, xixian.ONCE)]
    + [(xixian.monthly(twice_last=reading), reading) for reading in (xixian.TWO_MONTHS, xixian.TWO_ROUNDS)]
    + [(xixian.ten_days(reading), reading) for reading in (xixian.TWO_MONTHS, xixian.TWO_ROUNDS)]
    + [(xixian.monthly(units=reading), reading) for reading in (xixian.STREETS, xixian.DEPARTMENTS_TOO)]
    + [(xixian.daily(units=reading), reading) for reading in (xixian.TOWN, xixian.BY_STREET)]
    + [
        (xixian.daily(handed=reading), reading)
        for reading in (xixian.WHISTLES_APART, xixian.WHISTLES_AMONG, xixian.DUE_ONLY)
    ]
    + [(xixian.daily(deadlines=reading), reading) for reading in (xixian.CALENDAR_DAYS, xixian.WORKING_DAYS)],
)
def test_every_reading_is_said_by_the_scheme_that_takes_it(scheme: eg.Scheme, reading: xixian.Reading[object]) -> None:
    assert reading.says in scheme.source.assumed


def test_the_locality_takes_the_first_reading_of_each_clause() -> None:
    assert (
        xixian.monthly(xixian.BY_MEAN, xixian.LAST_ONE, xixian.EACH_MONTH, xixian.TWO_MONTHS, xixian.STREETS)
        == xixian.MONTHLY
    )
    assert xixian.ten_days(xixian.TWO_MONTHS) == xixian.TEN_DAYS
    assert xixian.daily(xixian.TOWN, xixian.WHISTLES_APART, xixian.CALENDAR_DAYS) == xixian.DAILY


# -- 每月一奖惩


def test_a_group_that_scores_the_street_to_which_it_is_assigned_is_noted() -> None:
    visits = [eg.Inspection(unit, OCTOBER, "督导评比", stated=THREE[unit], inspector="第1督导组") for unit in THREE]
    grid = eg.Grid(eg.Unit(unit, unit, "街道") for unit in THREE)
    facts = eg.Facts(grid, inspections=visits, assignments=[eg.Assignment("第1督导组", "督导组", "甲")])
    [note] = eg.assess_season(xixian.MONTHLY, facts).latest.notes
    assert note.units == ("甲",)


CROSSED = {  # 甲 83⅓, 乙 85, 丙 90; ranks 1 1 3, 3 3 1, 2 2 2
    date(2021, 10, 9): {"甲": 95, "乙": 80, "丙": 90},
    date(2021, 10, 19): {"甲": 95, "乙": 80, "丙": 90},
    date(2021, 10, 28): {"甲": 60, "乙": 95, "丙": 90},
}


@pytest.mark.parametrize(
    ("result", "first", "last"),
    [(xixian.BY_MEAN, "丙", "甲"), (xixian.BY_RANK, "甲", "乙"), (xixian.BY_LATEST, "乙", "甲")],
)
def test_the_month_is_by_the_mean_score_or_the_mean_rank_or_the_last_comparison(
    result: xixian.Reading[eg.ScoringRule], first: str, last: str
) -> None:
    assert flags(xixian.monthly(result), compared(CROSSED)) == {"流动红旗": first, "流动黑旗": last}


def test_a_month_assessed_apart_does_not_look_at_the_comparisons() -> None:
    apart = compared({OCTOBER: {"甲": 90, "乙": 91, "丙": 80}}, channel="月评比")
    crossed = compared(CROSSED)
    both = eg.Facts(crossed.grid, inspections=[*crossed.inspections, *apart.inspections])
    assert flags(xixian.monthly(xixian.APART), both) == {"流动红旗": "乙", "流动黑旗": "丙"}


def test_the_ten_day_comparison_has_no_flags_and_no_measures() -> None:
    assert (xixian.TEN_DAYS.boards, xixian.TEN_DAYS.ladders) == ((), ())


def test_ten_days_are_the_thirds_of_a_month() -> None:
    labels = [round.label for round in eg.rounds_of(xixian.TEN_DAYS, compared(CROSSED))]
    assert labels == ["2021-10-01~10", "2021-10-11~20", "2021-10-21~31"]


def test_two_comparisons_in_the_same_ten_days_are_averaged() -> None:
    twice = compared({date(2021, 10, 3): THREE, date(2021, 10, 8): THREE | {"甲": 81}})
    standing = eg.assess_season(xixian.TEN_DAYS, twice)["2021-10-01~10"].record.standing("甲")
    assert standing is not None
    assert str(standing.score) == "86.50"  # (92 + 81) / 2


@pytest.mark.parametrize(
    ("measure", "to", "by", "cite"),
    [
        ("调度会表态发言", "街道党工委书记", "", "排名倒数的街道办事处党工委书记在全县人居环境调度会上作表态发言"),
        ("电视表态", "单位主要领导", "", "后一名的挂流动黑旗，单位主要领导作电视表态"),
        ("约谈", "单位一把手", "", "连续两次排名后一名的约谈单位一把手"),
        ("全县通报表扬", "单位", "县人居环境综合整治指挥部", "对成效显著的单位进行全县通报表扬"),
    ],
)
def test_each_measure_has_its_addressee_and_its_clause(measure: str, to: str, by: str, cite: str) -> None:
    found = rung(xixian.MONTHLY, measure)
    assert (found.to, found.by, found.cite) == ((to,), by, cite)


def test_the_flags_quote_their_clauses() -> None:
    [board] = xixian.MONTHLY.boards
    assert [(tier.name, tier.side, tier.cite) for tier in board.tiers] == [
        ("流动黑旗", "sanction", "后一名的挂流动黑旗"),
        ("流动红旗", "praise", "对每月评比前一名的挂流动红旗"),
    ]


def test_nobody_is_held_to_account_by_rule() -> None:
    schemes = (xixian.DAILY, xixian.TEN_DAYS, xixian.MONTHLY)
    measures = [r.measure for scheme in schemes for ladder in scheme.ladders for r in ladder.rungs]
    assert measures == ["调度会表态发言", "电视表态", "约谈", "全县通报表扬"]
    assert any("督导问责制" in sentence for sentence in xixian.MONTHLY.source.assumed)


TWICE_LAST = {OCTOBER: THREE, NOVEMBER: THREE}


def test_the_television_statement_is_made_in_each_month_of_the_black_flag() -> None:
    assert proposed(xixian.MONTHLY, compared(TWICE_LAST), "丙") == {
        "2021-10": ["调度会表态发言", "电视表态"],
        "2021-11": ["调度会表态发言", "电视表态", "约谈"],
    }


def test_or_the_television_statement_is_made_once_when_the_black_flag_comes() -> None:
    assert proposed(xixian.monthly(statement=xixian.ONCE), compared(TWICE_LAST), "丙") == {
        "2021-10": ["调度会表态发言", "电视表态"],
        "2021-11": ["调度会表态发言", "约谈"],
    }


def test_the_last_alone_speaks_at_the_meeting_or_the_last_two_do() -> None:
    four = compared({OCTOBER: THREE | {"丁": 80}}, {})
    assert proposed(xixian.MONTHLY, four, "丙") == {"2021-10": []}
    assert proposed(xixian.monthly(speakers=xixian.LAST_TWO), four, "丙") == {"2021-10": ["调度会表态发言"]}
    assert proposed(xixian.monthly(speakers=xixian.LAST_TWO), four, "丁") == {"2021-10": ["调度会表态发言", "电视表态"]}


TWO_OF_THREE_ROUNDS = {  # 丙 is last in two comparisons running, and 乙 of the month: 甲 92, 乙 83, 丙 84⅔
    date(2021, 10, 9): {"甲": 92, "乙": 90, "丙": 80},
    date(2021, 10, 19): {"甲": 92, "乙": 89, "丙": 84},
    date(2021, 10, 28): {"甲": 92, "乙": 70, "丙": 90},
}


def test_twice_running_is_two_months_and_not_two_comparisons() -> None:
    facts = compared(TWO_OF_THREE_ROUNDS)
    assert proposed(xixian.MONTHLY, facts, "丙") == {"2021-10": []}
    assert proposed(xixian.TEN_DAYS, facts, "丙") == {"2021-10-01~10": [], "2021-10-11~20": [], "2021-10-21~31": []}


def test_or_twice_running_is_two_comparisons_and_not_two_months() -> None:
    by_rounds = xixian.ten_days(xixian.TWO_ROUNDS)
    assert proposed(by_rounds, compared(TWO_OF_THREE_ROUNDS), "丙") == {
        "2021-10-01~10": [],
        "2021-10-11~20": ["约谈"],
        "2021-10-21~31": [],
    }
    without = xixian.monthly(twice_last=xixian.TWO_ROUNDS)
    assert proposed(without, compared(TWICE_LAST), "丙") == {
        "2021-10": ["调度会表态发言", "电视表态"],
        "2021-11": ["调度会表态发言", "电视表态"],
    }


def test_a_talk_by_rounds_waits_for_a_person_where_the_last_place_is_tied() -> None:
    tied = compared({date(2021, 10, 9): THREE, date(2021, 10, 19): THREE | {"乙": 84}})
    assert proposed(xixian.ten_days(xixian.TWO_ROUNDS), tied, "丙")["2021-10-11~20"] == ["(约谈)"]


def test_a_new_head_is_not_talked_to_for_the_month_of_the_one_before() -> None:
    facts = compared(TWICE_LAST, {})
    changed = [
        eg.Assignment("前任", "单位一把手", "丙", until=date(2021, 11, 10)),
        eg.Assignment("后任", "单位一把手", "丙", since=date(2021, 11, 10)),
    ]
    facts = eg.Facts(facts.grid, inspections=facts.inspections, assignments=changed)
    assert proposed(xixian.MONTHLY, facts, "丙")["2021-11"] == ["调度会表态发言", "电视表态"]


def test_where_the_head_is_not_known_the_talk_waits_for_a_person() -> None:
    assert proposed(xixian.MONTHLY, compared(TWICE_LAST, {}), "丙")["2021-11"][-1] == "(约谈)"


def test_a_month_without_the_street_between_two_last_places_is_left_to_a_person() -> None:
    facts = compared({OCTOBER: THREE, NOVEMBER: {"甲": 92, "乙": 90}, DECEMBER: THREE})
    assert proposed(xixian.MONTHLY, facts, "丙") == {
        "2021-10": ["调度会表态发言", "电视表态"],
        "2021-11": [],
        "2021-12": ["调度会表态发言", "电视表态", "(约谈)"],
    }


def test_a_ruling_on_a_tie_for_last_gives_the_flag_and_what_follows_from_it() -> None:
    last = eg.bottom(1, ties="decide")
    rulings = [
        eg.Ruling(unit, OCTOBER, last, holds=holds, by="指挥部", why="复核", scheme="xixian-monthly")
        for unit, holds in (("乙", False), ("丙", True))
    ]
    facts = compared({OCTOBER: {"甲": 92, "乙": 84, "丙": 84}}, rulings=rulings)
    assert flags(xixian.MONTHLY, facts) == {"流动红旗": "甲", "流动黑旗": "丙"}
    assert proposed(xixian.MONTHLY, facts, "丙") == {"2021-10": ["调度会表态发言", "电视表态"]}
    assert proposed(xixian.MONTHLY, facts, "乙") == {"2021-10": []}


@pytest.mark.parametrize(
    ("by", "measures"), [("县人居环境综合整治指挥部", ["全县通报表扬"]), ("第1督导组", [])], ids=["command", "another"]
)
def test_clear_results_are_what_the_command_rules_and_nobody_else(by: str, measures: list[str]) -> None:
    clear = eg.ruled("成效显著", by=by)
    ruling = eg.Ruling("乙", OCTOBER, clear, holds=True, by=by, why="进步明显", scheme="xixian-monthly")
    assert proposed(xixian.MONTHLY, compared({OCTOBER: THREE}, rulings=[ruling]), "乙") == {"2021-10": measures}


def test_the_first_is_not_praised_without_a_ruling() -> None:
    assert proposed(xixian.MONTHLY, compared({OCTOBER: THREE}), "甲") == {"2021-10": []}


def test_units_are_the_streets_or_the_departments_too() -> None:
    streets = [eg.Unit(unit, unit, "街道") for unit in THREE]
    facts = eg.Facts(
        eg.Grid([*streets, eg.Unit("某局", "某局", "县直部门")]),
        inspections=[
            eg.Inspection(unit, OCTOBER, "督导评比", stated=score) for unit, score in (THREE | {"某局": 70}).items()
        ],
    )
    assert flags(xixian.MONTHLY, facts)["流动黑旗"] == "丙"
    assert flags(xixian.monthly(units=xixian.DEPARTMENTS_TOO), facts)["流动黑旗"] == "某局"


@pytest.mark.parametrize(("tier", "unit"), [("流动红旗", "甲"), ("流动黑旗", "丙")])
def test_a_flag_stays_where_it_is_through_a_month_without_an_assessment(tier: str, unit: str) -> None:
    months = [eg.month().round_of(day) for day in (OCTOBER, NOVEMBER)]
    season = eg.assess_season(xixian.MONTHLY, compared({OCTOBER: THREE}), rounds=months)
    [holding] = season.holders("流动旗", tier)
    assert (holding.unit, holding.since.label) == (unit, "2021-10")


def test_a_flag_passes_on_with_the_next_assessment() -> None:
    season = eg.assess_season(xixian.MONTHLY, compared({OCTOBER: THREE, DECEMBER: THREE | {"丙": 95}}))
    holders = [season.holders("流动旗", tier) for tier in ("流动红旗", "流动黑旗")]
    assert [(h.unit, h.since.label) for [h] in holders] == [("丙", "2021-12"), ("乙", "2021-12")]


def test_nobody_holds_a_flag_after_a_month_in_which_all_were_level() -> None:
    level = dict.fromkeys(THREE, 90)
    season = eg.assess_season(xixian.MONTHLY, compared({OCTOBER: THREE, NOVEMBER: level}))
    assert [season.holders("流动旗", tier) for tier in ("流动红旗", "流动黑旗")] == [(), ()]


# -- 每日一通报


def test_two_flows_go_up_each_day_and_one_comes_down_though_nobody_recorded_them() -> None:
    owed = eg.owed(xixian.DAILY, ledger(), eg.day().round_of(REPORT))
    assert [(duty.what, duty.owed_by) for duty in owed] == [
        ("工作日报", "甲"),
        ("每日通报", "指挥部办公室"),
        *(("督导问题清单", f"第{n}督导组") for n in range(1, 6)),
    ]
    assert {duty.due.date() for duty in owed} == {REPORT}


def test_each_flow_quotes_its_clause() -> None:
    assert [(routine.what, routine.cite) for routine in xixian.DAILY.duties] == [
        ("工作日报", "完善了领导小组例会制、工作日报制"),
        ("督导问题清单", "每天按时上报督导问题清单"),
        ("每日通报", "每日一通报"),
    ]


def test_what_is_overdue_is_counted_each_day() -> None:
    facts = ledger(problem("1", eg.Event(eg.EventKind.DISPATCHED, REPORT, due=date(2022, 1, 4))))
    days = [on(xixian.DAILY, day, facts) for day in (date(2022, 1, 4), date(2022, 1, 5))]
    assert [figure(day, "逾期") for day in days] == ["0", "1"]


DUE_LATER = eg.Event(eg.EventKind.DISPATCHED, REPORT, due=date(2022, 1, 4))
DUE_AT_ONCE = eg.Event(eg.EventKind.DISPATCHED, REPORT, due=REPORT)
HALF_DONE = ledger(problem("1", DUE_AT_ONCE, happened("rectified")), problem("2", DUE_LATER), problem("3"))


def test_the_rate_is_of_what_was_handed_over_and_not_of_what_is_due() -> None:
    day = on(xixian.DAILY, REPORT, HALF_DONE)
    assert (figure(day, "score"), figure(day, "交办")) == ("50.00", "2")


def test_or_the_rate_is_of_what_is_due() -> None:
    day = on(xixian.daily(handed=xixian.DUE_ONLY), REPORT, HALF_DONE)
    assert (figure(day, "score"), figure(day, "交办")) == ("100.00", "1")


def test_what_relapsed_is_not_rectified() -> None:
    events = ("dispatched", "rectified", "accepted", "relapsed")
    facts = ledger(problem("1", *map(happened, events)))
    assert figure(on(xixian.DAILY, REPORT, facts), "score") == "0.00"


WHISTLED = ledger(
    problem("1", happened("dispatched"), happened("rectified")),
    problem("2", whistle(REPORT, ("某局",)), happened("attended", by="某局"), happened("claimed", by="某局")),
    problem("3", whistle(REPORT, ("某局",)), happened("claimed", by="某局"), happened("rectified", by="某局")),
    problem("4", whistle(REPORT, ("另局",))),
)


def test_whistled_problems_are_counted_apart() -> None:
    day = on(xixian.DAILY, REPORT, WHISTLED)
    assert [figure(day, name) for name in ("交办", "score", "吹哨")] == ["1", "100.00", "3"]
    assert [figure(day, name) for name in ("吹哨认领率", "吹哨整改率")] == ["66.67", "33.33"]


def test_or_whistled_problems_are_among_those_handed_over() -> None:
    day = on(xixian.daily(handed=xixian.WHISTLES_AMONG), REPORT, WHISTLED)
    assert [figure(day, name) for name in ("交办", "score", "吹哨")] == ["4", "50.00", "3"]


def test_the_bulletin_is_of_the_town_or_of_each_street() -> None:
    facts = ledger(problem("1", happened("dispatched")))
    assert [unit.code for unit in on(xixian.DAILY, REPORT, facts).units] == ["城"]
    assert [unit.code for unit in on(xixian.daily(xixian.BY_STREET), REPORT, facts).units] == ["甲"]


def test_a_reward_for_a_report_is_kept_with_the_problem_and_counts_nowhere() -> None:
    rewarded = problem("1", happened("dispatched"), happened("rewarded", by="县城管局"))
    plain = problem("1", happened("dispatched"))
    assert rewarded.count(eg.EventKind.REWARDED) == 1
    records = [on(xixian.DAILY, REPORT, ledger(issue)).record for issue in (rewarded, plain)]
    assert records[0] == records[1]


# -- 13710


def stages(reading: xixian.Reading[tuple[eg.Limit, ...]], category: str, given: date) -> dict[str, date]:
    new_year = eg.WorkCalendar(
        "国务院办公厅关于2022年部分节假日安排的通知",
        start=date(2021, 12, 1),
        end=date(2022, 1, 20),
        off=frozenset({date(2022, 1, 3)}),  # 1 and 2 January are a weekend
        worked=frozenset(),
    )
    deadline = eg.deadline_for(reading.rule, problem("1", category=category))
    assert deadline is not None
    return {due.stage: due.day for due in deadline.dues(given, new_year)}


def test_13710_is_the_same_day_three_days_seven_days_and_then_without_an_end() -> None:
    assert stages(xixian.CALENDAR_DAYS, "六乱", REPORT) == {
        "当日部署": date(2021, 12, 28),
        "3日反馈": date(2021, 12, 31),
        "办结": date(2022, 1, 4),
    }
    [limit] = [limit for limit in xixian.DAILY.deadlines if not limit.categories]
    assert isinstance(limit.deadline, eg.staged)
    assert limit.deadline.stages[-1] == eg.Stage("跟踪清零", eg.standing())


def test_illegal_buildings_have_a_month() -> None:
    assert stages(xixian.CALENDAR_DAYS, "两违建筑", REPORT)["办结"] == date(2022, 1, 28)


def test_or_13710_is_counted_in_working_days() -> None:
    assert stages(xixian.WORKING_DAYS, "六乱", REPORT) == {
        "当日部署": date(2021, 12, 28),
        "3日反馈": date(2021, 12, 31),
        "办结": date(2022, 1, 7),
    }


def test_or_13710_is_counted_from_the_day_of_the_claim() -> None:
    claimed = date(2021, 12, 30)
    assert stages(xixian.CALENDAR_DAYS, "六乱", claimed)["办结"] == date(2022, 1, 6)


def test_every_deadline_quotes_13710() -> None:
    assert {limit.cite for limit in xixian.DAILY.deadlines} == {"结合“13710”督导考核工作机制"}


# -- 街道吹哨、部门报到


def test_a_whistle_says_when_where_who_who_leads_and_what() -> None:
    called = whistle(REPORT, ("某局", "另局"))
    assert called.to == ("某局", "另局")
    assert called.whistle is not None
    asked = called.whistle
    assert (asked.place, asked.people, asked.leader, asked.task) == ("甲街道办事处", "2人", "分管负责人", "配合拆除")
    assert asked.report_at == datetime(2021, 12, 29, 1, tzinfo=UTC)
