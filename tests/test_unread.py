"""What no scheme reads: told where a slip of the pen would change who is named, and nowhere else."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
from towns import CHANNEL, facts, scheme

LOUXING = Path(__file__).parent.parent / "docs" / "examples" / "louxing"
SCORES = {"甲": 90, "乙": 80, "丙": 70}
MAY = {"2024-05": SCORES}
CAPPED = eg.deductions(eg.Rubric(100, (eg.Item("垃圾堆积", 20),)), several="mean")


def told(found: Iterable[eg.Unread]) -> list[tuple[object, ...]]:
    return [(each.what, each.table, each.found, each.asked, each.n, each.places) for each in found]


def of_town(season: eg.Facts, **changes: Any) -> list[tuple[object, ...]]:
    return told(eg.unread(scheme(**changes), season))


def issue(id_: str, *slips: str, category: str = "", source: str = "") -> eg.Issue:
    found = date(2024, 5, 2)
    events = (eg.Event(eg.EventKind.SLIPPED, date(2024, 5, 9), slip=slip) for slip in slips)
    return eg.Issue(id_, "甲", (eg.Event(eg.EventKind.FOUND, found), *events), category=category, source=source)


def ladder(*conditions: eg.Condition) -> tuple[eg.Ladder, ...]:
    rungs = tuple(eg.Rung(f"措施{n}", when, ()) for n, when in enumerate(conditions))
    return (eg.Ladder(rungs, subject="issue", publish="every rung"),)


# -- nothing to say
def test_of_a_sound_season_nothing_is_told() -> None:
    schemes = [eg.read_scheme(path) for path in sorted(LOUXING.glob("*.toml"))]
    assert eg.unread(schemes, eg.read_season(LOUXING)) == ()


def test_a_word_that_is_like_none_of_those_asked_for_is_another_thing() -> None:
    drone = (eg.Inspection("甲", date(2024, 5, 3), "无人机", stated=eg.points("60")),)
    assert of_town(facts(MAY, inspections=drone)) == []


# -- words
def test_a_channel_that_is_spelt_nearly_as_one_that_is_read_is_told_with_its_units() -> None:
    seen = (eg.Inspection("丙", date(2024, 5, 3), "督查", stated=eg.points("60")),)
    assert of_town(facts(MAY, inspections=seen)) == [("channel", "inspections", ("督查",), (CHANNEL,), 1, ("丙",))]


def test_where_a_rule_reads_every_channel_none_is_unread() -> None:
    seen = (eg.Inspection("丙", date(2024, 5, 3), "督查", stated=eg.points("60")),)
    every = eg.total(eg.stated(CHANNEL, several="mean"), eg.scaled(eg.count_inspections(), 2), absent="zero")
    assert of_town(facts(MAY, inspections=seen), scoring=every) == []


def test_channels_of_surveys_are_held_against_the_rules_that_read_surveys() -> None:
    survey = eg.Survey("甲", date(2024, 5, 3), "电话访问", 10, 9, 8)
    asks = eg.satisfaction("电话回访", among="answered", empty="not assessed")
    season = facts(MAY, surveys=(survey,))
    assert of_town(season, figures=(eg.Figure("满意率", asks, eg.RankBy(places=1)),)) == [
        ("channel", "surveys", ("电话访问",), ("电话回访",), 1, ("甲",)),
    ]


def test_channels_of_ranks_received_are_held_against_the_rules_that_read_them() -> None:
    received = eg.StatedRank("甲", date(2024, 5, 3), "无人机巡察", 1, 3)
    asks = eg.Figure("航拍", eg.stated_rank("无人机巡查", several="mean"), eg.RankBy(places=1))
    assert of_town(facts(MAY, stated_ranks=(received,)), figures=(asks,)) == [
        ("channel", "stated", ("无人机巡察",), ("无人机巡查",), 1, ("甲",)),
    ]


def test_a_slip_that_no_rung_asks_for_is_told_with_its_issue() -> None:
    rungs = ladder(eg.slipped("白单", during="ever"), eg.slipped("黄单", during="ever"))
    season = facts(MAY, issues=(issue("W1", "白单", "黄色单"), issue("W2", "白单")))
    assert of_town(season, ladders=rungs) == [("slip", "slips", ("黄色单",), ("黄单",), 1, ("W1",))]


def test_a_slip_to_a_unit_that_no_rung_asks_for_is_told_with_the_unit() -> None:
    rungs = ladder(eg.all_of(eg.unit_slipped("黄单", within=eg.year()), eg.overdue()))
    season = facts(MAY, slips=[eg.Slip("甲", "黄色单", date(2024, 5, 6)), eg.Slip("甲", "黄单", date(2024, 5, 6))])
    assert of_town(season, ladders=rungs) == [("slip", "slips", ("黄色单",), ("黄单",), 1, ("甲",))]


def test_a_red_slip_is_no_misspelt_yellow_one() -> None:
    rungs = ladder(eg.slipped("白单", during="ever"), eg.slipped("黄单", during="ever"))
    assert of_town(facts(MAY, issues=(issue("W1", "红单"),)), ladders=rungs) == []


def test_a_category_that_the_scheme_misspells_is_told() -> None:
    season = facts(MAY, issues=(issue("W1", category="生活垃圾"), issue("W2", category="建筑垃圾")))
    assert of_town(season, ladders=ladder(eg.category_is("生活垃级"))) == [
        ("category", "issues", ("生活垃圾",), ("生活垃级",), 1, ("W1",)),
    ]


def test_another_category_is_no_misspelt_one() -> None:
    season = facts(MAY, issues=(issue("W1", category="生活垃圾"), issue("W2", category="建筑垃圾")))
    assert of_town(season, ladders=ladder(eg.category_is("生活垃圾"))) == []


def test_a_short_category_is_held_against_one_that_no_issue_has() -> None:
    season = facts(MAY, issues=(issue("W1", category="污水"),))
    assert [each[2:4] for each in of_town(season, ladders=ladder(eg.category_is("汚水")))] == [(("污水",), ("汚水",))]
    known = facts(MAY, issues=(issue("W1", category="污水"), issue("W2", category="雨水")))
    assert of_town(known, ladders=ladder(eg.category_is("污水"))) == []


def test_a_source_that_no_condition_asks_for_is_told_but_not_that_of_another_tier() -> None:
    season = facts(MAY, issues=(issue("W1", source="市级督察"), issue("W2", source="县级督查")))
    assert of_town(season, ladders=ladder(eg.source_is("市级督查"))) == [
        ("source", "issues", ("市级督察",), ("市级督查",), 1, ("W1",)),
    ]


def test_categories_and_sources_of_deadlines_are_asked_for_too() -> None:
    limit = eg.Limit(eg.calendar_days(3), ("生活垃圾",), ("媒体曝光",))
    season = facts(MAY, issues=(issue("W1", category="生活垃级", source="媒体暴光"),))
    assert [each[0:4] for each in of_town(season, deadlines=(limit,))] == [
        ("category", "issues", ("生活垃级",), ("生活垃圾",)),
        ("source", "issues", ("媒体暴光",), ("媒体曝光",)),
    ]


def test_a_finding_whose_item_is_spelt_nearly_as_one_with_a_cap_is_told() -> None:
    visit = eg.Inspection("甲", date(2024, 5, 3), CHANNEL, (eg.Finding("垃圾堆集", 25), eg.Finding("污水", 2)))
    town = eg.Facts(eg.Grid((eg.Unit("甲", "甲", "村"),)), (visit,))
    assert of_town(town, scoring=CAPPED) == [("item", "findings", ("垃圾堆集",), ("垃圾堆积",), 1, ("甲",))]


WEEKLY = eg.Routine("村级排名", eg.week(ends="friday"), of_level="村")
ON_THE_10TH = datetime(2024, 5, 10, 17, tzinfo=UTC)


def test_a_return_that_is_spelt_nearly_as_one_that_is_owed_or_counted_is_told() -> None:
    season = facts(MAY, duties=(eg.Duty("村级排序", "甲", ON_THE_10TH), eg.Duty("周会", "甲", ON_THE_10TH)))
    told = [("return", "duties", ("村级排序",), ("村级排名",), 1, ("甲",))]
    assert of_town(season, duties=(WEEKLY,)) == told
    assert of_town(season, scoring=eg.count_duties("村级排名", which="late")) == told
    assert of_town(season, scoring=eg.count_duties(which="late")) == []


def test_a_weekly_return_is_no_misspelt_daily_one() -> None:
    season = facts(MAY, duties=(eg.Duty("周报", "甲", ON_THE_10TH),))
    assert of_town(season, duties=(evolve(WEEKLY, what="日报"),)) == []


def test_returns_of_those_who_do_not_owe_them_are_told() -> None:
    """The village 甲 is told by its name, as it is nowhere else; the office owes its own list."""
    by = ("甲", "甲村", "甲村", "办公室", "督导组")
    season = facts(MAY, duties=tuple(eg.Duty("村级排名", who, ON_THE_10TH) for who in by))
    office = eg.Routine("村级排名", eg.month(), owed_by=("办公室",))
    assert of_town(season, duties=(WEEKLY, office)) == [
        ("owing", "duties", ("甲村", "督导组"), ("村级排名",), 3, ()),
    ]


def test_a_finding_under_an_item_that_is_counted_is_held_against_it() -> None:
    visit = eg.Inspection("甲", date(2024, 5, 3), CHANNEL, (eg.Finding("乱堆乱方", 1),))
    town = eg.Facts(eg.Grid((eg.Unit("甲", "甲", "村"),)), (visit,))
    assert of_town(town, scoring=eg.count_findings("乱堆乱放")) == [
        ("item", "findings", ("乱堆乱方",), ("乱堆乱放",), 1, ("甲",)),
    ]


# -- the grid, and who heads a unit
def units(*levels: str) -> tuple[eg.Unit, ...]:
    below = tuple(eg.Unit(f"U{n}", f"U{n}", level, "镇") for n, level in enumerate(levels))
    return (eg.Unit("镇", "青山镇", "乡镇"), *below)


@pytest.mark.parametrize(
    ("levels", "asked", "expected"),
    [
        (("村", "居委会"), ("村", "社区"), [("level", "grid", ("居委会",), ("社区",), 1, ("U1",))]),
        (("村", "社区"), ("村", "社曲"), [("level", "grid", ("社区",), ("社曲",), 1, ("U1",))]),
        (("村", "社区", "社曲"), ("村", "社区"), [("level", "grid", ("社曲",), ("社区",), 1, ("U2",))]),
        (("村", "社区"), ("村",), []),
        (("村", "村"), ("村", "社区"), []),
    ],
)
def test_a_level_beside_the_field_is_told_if_a_scheme_may_have_meant_it(
    levels: tuple[str, ...], asked: tuple[str, ...], expected: list[tuple[object, ...]]
) -> None:
    assert of_town(eg.Facts(eg.Grid(units(*levels))), levels=asked) == expected


def test_a_level_above_or_below_the_field_is_another_level_however_it_is_spelt() -> None:
    grid = eg.Grid(
        (eg.Unit("A", "A", "二级网格"), eg.Unit("B", "B", "网格员区", "A"), eg.Unit("C", "C", "网格区", "B"))
    )
    assert of_town(eg.Facts(grid), levels=("网格员区",)) == []


def test_a_role_that_nobody_has_is_told_if_others_have_one() -> None:
    given = (eg.Assignment("张三", "村支书", "甲"), eg.Assignment("李四", "网格员", "乙"))
    season = facts(MAY, assignments=given)
    assert of_town(season, head="村书记") == [("head", "assignments", ("村支书", "网格员"), ("村书记",), 2, ())]
    assert of_town(season, head="村支书") == []
    assert of_town(facts(MAY), head="村书记") == []


# -- days
def test_rows_from_before_every_edition_are_told() -> None:
    season = facts({"2023-04": {"甲": 60}, "2023-05": {"甲": 60, "乙": 50}, **MAY})
    early = ("early", "inspections", ("2023-04-01", "2023-05-01"), ("2024-01-01",), 3, ("乙", "甲"))
    assert of_town(season) == [early]
    older = scheme(since=date(2023, 1, 1))
    assert told(eg.unread([scheme(), older], season)) == []


def test_a_rule_that_looks_back_may_read_what_is_older_than_the_scheme() -> None:
    growth = eg.change(eg.month(), eg.stated(CHANNEL, several="mean"))
    assert of_town(facts({"2023-12": SCORES, "2024-01": SCORES}), scoring=growth) == []


def test_a_round_that_ends_since_then_is_judged_as_a_whole() -> None:
    season = facts(MAY)
    assert of_town(season, since=date(2024, 5, 9), judged_on="last day") == []
    assert [each[0] for each in of_town(season, since=date(2024, 5, 9))] == ["early"]


def test_a_row_of_the_very_day_since_which_a_scheme_applies_is_not_earlier() -> None:
    seen = (eg.Inspection("甲", date(2024, 5, 9), CHANNEL, stated=eg.points("60")),)
    town = eg.Facts(eg.Grid((eg.Unit("甲", "甲", "村"),)), seen)
    assert of_town(town, since=date(2024, 5, 9)) == []


def test_a_newest_round_of_one_unit_after_a_gap_is_told() -> None:
    season = facts({**MAY, "2025-05": {"丙": 60}})
    alone = ("alone", "inspections", ("2025-05",), ("2024-05",), 1, ("丙",))
    assert of_town(season) == [alone]
    assert told(eg.unread([scheme(), scheme(since=date(2024, 6, 1))], season)) == [alone]


def test_the_order_of_the_schemes_never_matters() -> None:
    season = facts({**MAY, "2024-09": {"丙": 60}})
    both = [scheme(id="a"), scheme(id="b", cadence=eg.quarter(), since=date(2023, 1, 1))]
    found = eg.unread(both, season)
    assert [each.found for each in found] == [("2024-09",)]
    later = facts({**MAY, "2024-12": {"丙": 60}})
    assert [each.found for each in eg.unread(both, later)] == [("2024-12",), ("2024-Q4",)]
    assert eg.unread(both[::-1], later) == eg.unread(both, later)


@pytest.mark.parametrize(
    "months",
    [
        {**MAY, "2024-06": {"丙": 60}},  # begun just now
        {**MAY, "2025-05": {"丙": 60, "乙": 50}},  # two of three
        {"2024-05": {"丙": 60}, "2025-05": {"丙": 60}},  # never more than one
    ],
)
def test_a_newest_round_that_has_as_many_or_follows_at_once_is_sound(months: dict[str, dict[str, object]]) -> None:
    assert of_town(facts(months)) == []


def test_one_unit_in_ten_is_nearly_none() -> None:
    many = {f"U{n:02}": 80 for n in range(20)}
    assert [each[4] for each in of_town(facts({"2024-05": many, "2025-05": {"U00": 70, "U01": 70}}))] == [2]
    assert of_town(facts({"2024-05": many, "2025-05": {"U00": 70, "U01": 70, "U02": 70}})) == []


def test_units_outside_the_field_make_no_round() -> None:
    seen = (eg.Inspection("镇", date(2025, 5, 1), CHANNEL, stated=eg.points("60")),)
    season = facts(MAY, units=(eg.Unit("镇", "镇", "乡镇"),), inspections=seen)
    assert of_town(season) == []


def test_a_ruling_on_a_day_of_no_round_is_told() -> None:
    exempt = eg.ruled("整村拆迁", "镇整治办")
    given = [
        eg.Ruling("丙", day, exempt, True, "镇整治办", "整村拆迁", "town")
        for day in (date(2024, 4, 20), date(2024, 5, 20))
    ]
    assert of_town(facts(MAY, rulings=given), exempt=exempt) == [
        ("ruling", "rulings", ("2024-04-20",), ("town",), 1, ("丙",)),
    ]


# -- words for people
def test_it_is_said_in_both_languages_with_table_places_and_remedy() -> None:
    slip = eg.Unread("slip", "slips", ("黄色单",), ("黄单",), 1, ("W1",))
    assert slip.text() == (
        "slips.csv：督办单“黄色单”（1张）没有办法问到，办法问的是“黄单”（W1）；如系笔误，请改正该表或办法"
    )
    assert slip.text("en") == (
        "slips.csv: slips “黄色单” (1) are asked for by no scheme; “黄单” is (W1); "
        "if it is misspelt, correct the table or the scheme"
    )


def test_of_many_places_five_are_named_and_all_are_counted() -> None:
    early = eg.Unread("early", "inspections", ("2023-04-01", "2023-05-01"), ("2024-01-01",), 7, tuple("甲乙丙丁戊己庚"))
    assert early.text() == (
        "inspections.csv：7条（2023-04-01至2023-05-01）早于办法施行（自2024-01-01起），不计入任何一期"
        "（甲、乙、丙、丁、戊等7处）；请核对年份，或补上当时施行的办法"
    )


def test_what_has_no_place_names_none() -> None:
    head = eg.Unread("head", "assignments", ("村支书", "网格员"), ("村书记",), 2, ())
    assert head.text("en") == (
        "assignments.csv: nobody has the role “村书记”, the head of a scheme; the rows (2) have “村支书”, “网格员”; "
        "correct the role in the table or in the scheme"
    )


def test_a_season_in_which_nobody_was_assessed_names_the_way_out() -> None:
    seen = (eg.Inspection("甲", date(2024, 5, 3), "督查", stated=eg.points("60")),)
    season = eg.assess_season(scheme(), eg.Facts(eg.Grid((eg.Unit("甲", "甲", "村"),)), seen))
    with pytest.raises(eg.EnvGovError, match=r"levels, channels and since with the facts: unread\(scheme, facts\)"):
        season.latest  # noqa: B018 - it refuses


def test_who_does_not_owe_a_return_is_told_with_what_to_write() -> None:
    owing = eg.Unread("owing", "duties", ("甲村", "督导组"), ("村级排名",), 3, ())
    assert owing.text() == (
        "duties.csv：“村级排名”有3条由“甲村”“督导组”报送，办法没有要求其报送；单位请填编码，其他报送人请照办法的写法"
    )
    assert owing.text("en") == (
        "duties.csv: “村级排名” is on record (rows: 3) for “甲村”, “督导组”, and by no scheme owed by them; "
        "name units by their codes, and others as the scheme does"
    )
