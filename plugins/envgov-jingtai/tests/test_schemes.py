"""What Jingtai's scheme says, sentence by sentence; where the report is silent, the reading that was chosen."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
import envgov_jingtai as jingtai
from envgov.testing.conformance import conformance

REPORT = (
    "全县“四抓四促”城乡环境专项整治工作实行督查通报制度",
    "对发现的问题即刻反馈、当天整改",
    "采取打分评定机制，对全县所有村社区实行绿、红、黄“三色管理”",
    "每周五由乡镇上报辖区内行政村排名、督查指导组上报督察排名、领导小组办公室统计无人机拍摄排名并进行汇总排序，直接通报村组社区一级",
    "对排名前30的纳入“绿色管理”，排名后30的纳入“红色管理”，中间纳入“黄色管理”",
    "实行组织管理，对纳入“红色管理”的村社区，约谈乡镇包村领导、村社区主要负责人，连续2次排名在后30名的约谈乡镇分管领导、主要领导",
)
FRIDAYS = [date(2020, 3, 6) + timedelta(weeks=n) for n in range(5)]
READINGS = (jingtai.WEEKLY_COMPLETE, jingtai.WEEKLY_PLACES, jingtai.WEEKLY_COUNTED)
Ranks = Iterable[tuple[str, str, int, int]]  # unit, channel, rank, of


def county(villages: Iterable[str] = "甲乙丙丁", communities: Iterable[str] = ()) -> list[eg.Unit]:
    return [
        eg.Unit("镇", "示例镇", "乡镇"),
        *(eg.Unit(name, name, "行政村", "镇") for name in villages),
        *(eg.Unit(name, name, "社区", "镇") for name in communities),
    ]


def received(day: date, ranks: Ranks) -> list[eg.StatedRank]:
    return [eg.StatedRank(unit, day, channel, rank, of) for unit, channel, rank, of in ranks]


def in_order(day: date, names: Iterable[str]) -> list[eg.StatedRank]:
    """One list of the supervision groups, best first."""
    order = list(names)
    return received(day, ((name, "督查指导组", rank, len(order)) for rank, name in enumerate(order, 1)))


def decided(
    ranks: Iterable[eg.StatedRank], scheme: eg.Scheme = jingtai.WEEKLY, units: Iterable[eg.Unit] = ()
) -> eg.Season:
    return eg.assess_season(scheme, eg.Facts(eg.Grid(list(units) or county()), stated_ranks=ranks))


def tiers(assessment: eg.Assessment) -> Mapping[str, str]:
    return {placement.unit: placement.tier for placement in assessment.record.placements}


def rungs(assessment: eg.Assessment, unit: str) -> list[str]:
    return [m.rung + ("？" if m.pending else "") for m in assessment.measures if m.subject == unit]


THREE_LISTS = [  # 甲: 1/4, 1/5, 1/10; 乙: 1/2, 1/10, 1/10; the community 丙: 1/5, 2/5
    *(("甲", "乡镇", 3, 12), ("甲", "督查指导组", 30, 150), ("甲", "无人机", 15, 150)),
    *(("乙", "乡镇", 6, 12), ("乙", "督查指导组", 15, 150), ("乙", "无人机", 15, 150)),
    *(("丙", "督查指导组", 30, 150), ("丙", "无人机", 60, 150)),
]


def scores(scheme: eg.Scheme, ranks: Ranks) -> dict[str, Decimal | Fraction]:
    season = decided(received(FRIDAYS[0], ranks), scheme, county("甲乙", "丙"))
    return {s.unit: s.score for assessment in season for s in assessment.record.standings}


# -- who, when, from what
def test_the_locality_bears_its_name_and_has_one_scheme_the_other_readings_beside_it() -> None:
    [locality] = jingtai.envgov_localities()
    assert (locality.code, locality.name) == ("jingtai", "景泰县")
    assert list(locality.schemes) == ["jingtai-weekly"]
    assert len({jingtai.WEEKLY.id, *(scheme.id for scheme in READINGS)}) == 4


def test_a_round_is_the_week_up_to_a_friday_and_the_first_ends_after_the_mobilisation() -> None:
    [assessment] = decided(in_order(FRIDAYS[0], "甲乙丙丁"))
    assert assessment.record.round == eg.Round(date(2020, 2, 29), date(2020, 3, 7), "2020-02-29~03-06")


def test_the_week_of_the_mobilisation_itself_is_not_judged() -> None:
    assert len(decided(in_order(date(2020, 2, 28), "甲乙丙丁"))) == 0


def test_villages_and_communities_are_ranked_together_and_townships_are_not() -> None:
    [assessment] = decided(in_order(FRIDAYS[0], "甲丙乙"), units=county("甲乙", "丙"))
    assert {s.unit: s.rank for s in assessment.record.standings} == {"甲": 1, "丙": 2, "乙": 3}


def test_every_quotation_stands_in_the_report() -> None:
    terms: list[Any] = [
        *(jingtai.TOWNSHIP, jingtai.SUPERVISION, jingtai.DRONE, jingtai.SHARES, jingtai.COMPLETE, jingtai.PLACES),
        *(*jingtai.COLOURS.tiers, *jingtai.RETURNS, *jingtai.WEEKLY.ladders[0].rungs, *jingtai.WEEKLY.deadlines),
    ]
    assert all(term.cite for term in terms)
    assert [term.cite for term in terms if not any(term.cite in sentence for sentence in REPORT)] == []


def test_the_source_is_the_report_and_its_year_is_assumed() -> None:
    source = jingtai.WEEKLY.source
    assert source.published == date(2020, 3, 5)
    assert any("未印年份" in sentence for sentence in source.assumed)


# -- combining the lists
def test_three_lists_are_combined_as_the_mean_of_rank_by_length() -> None:
    assert scores(jingtai.WEEKLY, THREE_LISTS) == {
        "甲": Decimal("0.1833"),  # (1/4 + 1/5 + 1/10) / 3
        "乙": Decimal("0.2333"),  # (1/2 + 1/10 + 1/10) / 3
        "丙": Decimal("0.3"),  # (1/5 + 2/5) / 2: townships rank no community
    }


def test_a_township_of_eight_villages_and_one_of_sixteen_weigh_alike_at_their_last_place() -> None:
    lists = [("甲", "乡镇", 8, 8), ("乙", "乡镇", 16, 16)]
    assert scores(jingtai.WEEKLY, lists) == {"甲": 1, "乙": 1}


def test_without_the_drone_the_other_two_lists_count() -> None:
    lists = [row for row in THREE_LISTS if row[1] != "无人机"]
    assert scores(jingtai.WEEKLY, lists) == {
        "甲": Decimal("0.225"),  # (1/4 + 1/5) / 2
        "乙": Decimal("0.3"),  # (1/2 + 1/10) / 2
        "丙": Decimal("0.2"),
    }


@pytest.mark.parametrize("channel", ["乡镇", "督查指导组", "无人机"])
def test_a_ranking_that_is_reported_anew_in_the_week_replaces_the_earlier_one(channel: str) -> None:
    thursday = received(date(2020, 3, 5), [("甲", channel, 4, 4)])
    [assessment] = decided([*thursday, *received(FRIDAYS[0], [("甲", channel, 1, 4)])])
    assert [(s.unit, s.score) for s in assessment.record.standings] == [("甲", Decimal("0.25"))]


def test_on_no_list_at_all_is_not_assessed_and_gets_no_measure() -> None:
    [assessment] = decided(in_order(FRIDAYS[0], "甲乙丙"))
    assert [absence.unit for absence in assessment.record.absences] == ["丁"]
    assert rungs(assessment, "丁") == []


def test_the_complete_reading_agrees_while_no_list_is_missing() -> None:
    assert scores(jingtai.WEEKLY_COMPLETE, THREE_LISTS) == scores(jingtai.WEEKLY, THREE_LISTS)


@pytest.mark.parametrize("missing", ["督查指导组", "无人机"])
def test_the_complete_reading_ranks_nobody_without_both_lists_of_the_county(missing: str) -> None:
    lists = [row for row in THREE_LISTS if (row[0], row[1]) != ("甲", missing)]
    assert set(scores(jingtai.WEEKLY_COMPLETE, lists)) == {"乙", "丙"}
    assert set(scores(jingtai.WEEKLY, lists)) == {"甲", "乙", "丙"}


def test_the_complete_reading_takes_two_lists_where_the_township_sent_none() -> None:
    lists = [row for row in THREE_LISTS if row[1] != "乡镇"]
    assert scores(jingtai.WEEKLY_COMPLETE, lists)["甲"] == Decimal("0.15")  # (1/5 + 1/10) / 2


def test_the_reading_by_places_takes_the_mean_of_three_places_in_the_county() -> None:
    assert scores(jingtai.WEEKLY_PLACES, THREE_LISTS) == {
        "甲": Decimal("1.3333"),  # township 1/4: first; supervision 1/5: second, level with 丙; drone: first, level
        "乙": Decimal("1.3333"),  # second of the townships' lists; first; first
        "丙": Decimal("2.5"),  # second and third
    }


# -- colours
def test_without_sixty_units_the_lists_are_shortened_in_proportion() -> None:
    [assessment] = decided(in_order(FRIDAYS[0], "甲乙丙丁"))  # 30 * 4 / 60 = 2 at each end
    assert tiers(assessment) == {"甲": "绿色管理", "乙": "绿色管理", "丙": "红色管理", "丁": "红色管理"}


def test_no_unit_is_green_and_red_at_once_and_those_between_are_yellow() -> None:
    [assessment] = decided(in_order(FRIDAYS[0], "甲乙丙"))  # 30 * 3 / 60, rounded down: 1
    assert tiers(assessment) == {"甲": "绿色管理", "乙": "黄色管理", "丙": "红色管理"}


def test_a_tie_across_a_cut_waits_for_a_person() -> None:
    ranks = [(name, "督查指导组", rank, 4) for name, rank in zip("甲乙丙丁", (1, 2, 2, 4), strict=True)]
    [assessment] = decided(received(FRIDAYS[0], ranks))
    assert tiers(assessment) == {"甲": "绿色管理", "乙": "pending", "丙": "pending", "丁": "红色管理"}
    assert {question.unit for question in assessment.questions} == {"乙", "丙"}


# -- talks
def test_every_red_unit_means_a_talk_with_its_sponsor_and_its_head() -> None:
    talk = jingtai.TALK
    assert talk.to == ("乡镇包村领导", "村社区主要负责人")
    assert talk.cite.startswith("实行组织管理，")
    [assessment] = decided(in_order(FRIDAYS[0], "甲乙丙丁"))
    assert {unit: rungs(assessment, unit) for unit in "甲乙丙丁"} == {
        "甲": [],
        "乙": [],
        "丙": ["红色管理约谈"],
        "丁": ["红色管理约谈"],
    }


def test_the_second_rung_adds_the_deputy_and_both_principal_leaders() -> None:
    [ladder] = jingtai.WEEKLY.ladders
    assert ladder.publish == "every rung"
    assert ladder.rungs[1].to == ("乡镇分管领导", "乡镇党委书记", "乡镇政府主要负责人")
    season = decided(rank for day in FRIDAYS[:2] for rank in in_order(day, "甲乙丙丁"))
    assert [rungs(assessment, "丁") for assessment in season] == [["红色管理约谈"], ["红色管理约谈", "连续2次约谈"]]


def test_nobody_is_said_to_hold_the_talks_for_the_report_names_nobody() -> None:
    assert [rung.by for rung in jingtai.WEEKLY.ladders[0].rungs] == ["", ""]
    assert any("约谈由谁进行未作规定" in sentence for sentence in jingtai.WEEKLY.source.assumed)


def test_the_second_rung_is_proposed_again_in_each_further_week() -> None:
    season = decided(rank for day in FRIDAYS[:4] for rank in in_order(day, "甲乙丙丁"))
    assert ["连续2次约谈" in rungs(assessment, "丁") for assessment in season] == [False, True, True, True]


def test_red_again_after_a_week_of_another_colour_is_not_twice_running() -> None:
    orders = ("甲乙丙丁", "丁丙乙甲", "甲乙丙丁")
    season = decided(rank for day, order in zip(FRIDAYS, orders, strict=False) for rank in in_order(day, order))
    assert rungs(season.latest, "丁") == ["红色管理约谈"]


def test_whether_a_week_without_ranking_breaks_the_run_is_left_to_a_person() -> None:
    ranks = [rank for day in (FRIDAYS[0], FRIDAYS[2]) for rank in in_order(day, "甲乙丙丁")]
    assert rungs(decided(ranks).latest, "丁") == ["红色管理约谈", "连续2次约谈？"]


def test_the_counted_reading_passes_over_a_week_without_ranking() -> None:
    ranks = [rank for day in (FRIDAYS[0], FRIDAYS[2]) for rank in in_order(day, "甲乙丙丁")]
    assert rungs(decided(ranks, jingtai.WEEKLY_COUNTED).latest, "丁") == ["红色管理约谈", "连续2次约谈"]


@pytest.mark.parametrize(
    ("scheme", "second"), [(jingtai.WEEKLY, "连续2次约谈？"), (jingtai.WEEKLY_COUNTED, "连续2次约谈")]
)
def test_a_week_in_which_the_village_was_on_no_list_is_read_alike(scheme: eg.Scheme, second: str) -> None:
    orders = ("甲乙丙丁", "甲乙丙", "甲乙丙丁")
    ranks = [rank for day, order in zip(FRIDAYS, orders, strict=False) for rank in in_order(day, order)]
    assert rungs(decided(ranks, scheme).latest, "丁") == ["红色管理约谈", second]


def test_the_run_is_the_villages_whoever_heads_it_and_under_every_edition() -> None:
    twice = jingtai.WEEKLY.ladders[0].rungs[1].when
    assert isinstance(twice, eg.streak)
    assert (twice.when, twice.k, twice.heads, twice.editions) == (jingtai.RED, 2, "carry", "carry")


# -- talks person by person
def talked_to(*roles: tuple[str, str, str], weeks: int = 1) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Who is talked to about which villages, where 丙 and 丁 are red; `roles` are who, role and place."""
    facts = eg.Facts(
        eg.Grid(county()),
        stated_ranks=[rank for day in FRIDAYS[:weeks] for rank in in_order(day, "甲乙丙丁")],
        assignments=[eg.Assignment(*role) for role in roles],
    )
    found = eg.addressees(eg.assess_season(jingtai.WEEKLY, facts).latest, facts)
    return [(one.rung, one.who, tuple(sorted(one.units))) for one in found]


def test_one_leader_in_charge_of_two_red_villages_has_one_talk_about_both() -> None:
    found = talked_to(("领导一", "乡镇包村领导", "丙"), ("领导一", "乡镇包村领导", "丁"))
    assert [talk for talk in found if talk[1] == "领导一"] == [("红色管理约谈", "领导一", ("丁", "丙"))]


def test_leaders_of_the_township_have_one_talk_about_all_of_its_villages() -> None:
    found = talked_to(("书记", "乡镇党委书记", "镇"), weeks=2)
    assert [talk for talk in found if talk[1] == "书记"] == [("连续2次约谈", "书记", ("丁", "丙"))]


def test_where_nobody_is_on_record_each_village_stands_alone() -> None:
    assert talked_to() == [("红色管理约谈", None, ("丙",)), ("红色管理约谈", None, ("丁",))]


# -- the ledger, and what is owed
def issue(id_: str, place: str, rectified: date, found: date = FRIDAYS[0]) -> eg.Issue:
    return eg.Issue(
        id_,
        place,
        (
            eg.Event(eg.EventKind.FOUND, found),
            eg.Event(eg.EventKind.DISPATCHED, found, due=found),
            eg.Event(eg.EventKind.RECTIFIED, rectified),
        ),
        responsible=(place,),
    )


def test_every_problem_is_due_on_the_day_it_was_fed_back() -> None:
    deadline = eg.deadline_for(jingtai.WEEKLY.deadlines, issue("W1", "甲", FRIDAYS[0]))
    assert deadline is not None
    assert [due.day for due in deadline.dues(FRIDAYS[0])] == [FRIDAYS[0]]


def test_the_same_day_rate_is_told_and_moves_no_rank() -> None:
    ranks = in_order(FRIDAYS[0], "甲乙丙丁")
    issues = [issue("W1", "甲", FRIDAYS[0]), issue("W2", "甲", FRIDAYS[1])]
    facts = eg.Facts(eg.Grid(county()), stated_ranks=ranks, issues=issues)
    assessment = eg.assess_season(jingtai.WEEKLY, facts)["2020-02-29~03-06"]
    rate = assessment.record.ranking("当天整改率")
    assert [(s.unit, s.score) for s in rate.standings] == [("甲", Decimal(50))]  # one of two; the others had none
    assert assessment.record.standings == decided(ranks).latest.record.standings


def test_a_problem_rectified_on_another_day_of_the_same_week_is_not_on_time() -> None:
    wednesday, thursday = date(2020, 3, 4), date(2020, 3, 5)
    issues = [issue("W1", "甲", wednesday, wednesday), issue("W2", "甲", thursday, wednesday)]
    facts = eg.Facts(eg.Grid(county()), stated_ranks=in_order(FRIDAYS[0], "甲乙丙丁"), issues=issues)
    rate = eg.assess_season(jingtai.WEEKLY, facts)["2020-02-29~03-06"].record.ranking("当天整改率")
    assert [(s.unit, s.score) for s in rate.standings] == [("甲", Decimal(50))]  # one of two


def owed(what: str) -> list[tuple[str, datetime]]:
    week = jingtai.FRIDAYS.round_of(FRIDAYS[0])
    duties = eg.owed(jingtai.WEEKLY, eg.Facts(eg.Grid(county())), week)
    return [(duty.owed_by, duty.due) for duty in duties if duty.what == what]


@pytest.mark.parametrize(
    ("what", "who"),
    [
        ("行政村排名", "镇"),
        ("督察排名", "督查指导组"),
        ("无人机排名", "领导小组办公室"),
        ("通报到村社区", "领导小组办公室"),
    ],
)
def test_the_three_rankings_and_the_bulletin_are_owed_every_friday(what: str, who: str) -> None:
    [(by, due)] = owed(what)
    assert (by, due.date(), due.hour) == (who, FRIDAYS[0], 23)


# -- every ambiguity is told, under every reading
@pytest.mark.parametrize("scheme", [jingtai.WEEKLY, *READINGS], ids=lambda scheme: scheme.id)
@pytest.mark.parametrize(
    "about", ["汇总", "不足60个", "并列", "未参评", "连续2次", "每周再次", "合并为一次约谈", "当天整改", "一并排名"]
)
def test_each_reading_tells_what_it_assumes(scheme: eg.Scheme, about: str) -> None:
    assert any(about in sentence for sentence in scheme.source.assumed)


def test_the_readings_differ_in_nothing_but_what_they_are_about() -> None:
    weekly = jingtai.WEEKLY
    for other in (jingtai.WEEKLY_COMPLETE, jingtai.WEEKLY_PLACES):
        assert evolve(other, id=weekly.id, scoring=weekly.scoring, source=weekly.source) == weekly
    counted = jingtai.WEEKLY_COUNTED
    assert evolve(counted, id=weekly.id, ladders=weekly.ladders, source=weekly.source) == weekly


@conformance(eg.Locality("jingtai-other", "景泰县", READINGS))
def test_conformance_of_the_other_readings(locality: eg.Locality, check: Callable[[eg.Locality], None]) -> None:
    check(locality)
