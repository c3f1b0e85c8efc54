"""Assess and seasons: rounds, histories, what an assessment shows, and whom it can explain."""

import pickle
from datetime import date

import pytest
from attrs import evolve

import envgov as eg
import towns

LADDER = eg.Ladder(
    (
        eg.Rung(
            "约谈",
            eg.streak(
                eg.bottom(1, ties="decide"),
                2,
                unheld="break",
                absent="break",
                repeat="each",
                editions="carry",
                heads="carry",
            ),
            ("村主要负责人",),
        ),
    ),
    publish="every rung",
)
SCHEME = towns.scheme(ladders=(LADDER,))
TWO_MONTHS = towns.facts({"2024-04": {"甲": "90", "乙": "70"}, "2024-05": {"甲": "95", "乙": "60"}})


def test_a_month_is_from_its_first_day_up_to_the_next_month() -> None:
    leap = eg.month().round_of(date(2024, 2, 29))
    assert (leap.start, leap.end, leap.label) == (date(2024, 2, 1), date(2024, 3, 1), "2024-02")
    year_end = eg.month().round_of(date(2023, 12, 31))
    assert (year_end.start, year_end.end) == (date(2023, 12, 1), date(2024, 1, 1))


def test_a_season_decides_each_month_in_which_something_happened_oldest_first() -> None:
    facts = towns.facts({"2024-06": {"甲": "1"}, "2023-12": {"甲": "1"}, "2024-01": {"甲": "1"}})
    season = eg.assess_season(towns.scheme(since=date(2023, 12, 1)), facts)
    assert [a.record.round.label for a in season] == ["2023-12", "2024-01", "2024-06"]
    assert season.latest is season["2024-06"]
    assert len(season) == 3


def test_a_month_in_which_nobody_of_the_field_was_assessed_was_not_held() -> None:
    town = eg.Unit("镇", "镇", "镇")
    only_the_town = towns.stated("2024-05", {"镇": "80"})
    facts = towns.facts({"2024-04": {"甲": "90"}}, units=(town,), inspections=only_the_town)
    assert [a.record.round.label for a in eg.assess_season(towns.scheme(), facts)] == ["2024-04"]


def test_a_locality_that_does_not_rank_has_its_rounds_all_the_same() -> None:
    scheme = towns.scheme(scoring=None, ranking=None)
    season = eg.assess_season(scheme, TWO_MONTHS)
    assert [a.record.round.label for a in season] == ["2024-04", "2024-05"]
    assert [(row.unit.code, row.standing, row.absent) for row in season.latest.rows()] == [
        ("乙", None, None),
        ("甲", None, None),
    ]
    assert season.latest.explain("甲").value is None


def test_the_counters_look_back_through_the_season() -> None:
    assert [towns.proposed(a) for a in eg.assess_season(SCHEME, TWO_MONTHS)] == [[], [("乙", "约谈")]]


def test_records_from_before_the_facts_are_looked_back_on() -> None:
    april, may = eg.assess_season(SCHEME, TWO_MONTHS)
    only_may = towns.facts({"2024-05": {"甲": "95", "乙": "60"}})
    season = eg.assess_season(SCHEME, only_may, history=eg.History((april.record,)))
    assert towns.proposed(season.latest) == [("乙", "约谈")]
    assert season.latest == may


def test_records_that_do_not_end_before_the_round_are_not_read() -> None:
    april, may = eg.assess_season(SCHEME, TWO_MONTHS)
    again = eg.assess(SCHEME, may.record.round, TWO_MONTHS, eg.History((may.record, april.record)))
    assert again == may
    assert towns.proposed(eg.assess(SCHEME, april.record.round, TWO_MONTHS, eg.History((may.record,)))) == []


def test_the_history_of_another_scheme_is_refused() -> None:
    """Its last of April is no last of this scheme, though boards and figures have the same names."""
    april, may = (a.record for a in eg.assess_season(evolve(SCHEME, id="county"), TWO_MONTHS))
    told = "history: town is assessed, and there are records of another scheme .found 'county'.; give the history that"
    with pytest.raises(eg.InputError, match=told):
        eg.assess(SCHEME, may.round, TWO_MONTHS, eg.History((april,)))
    with pytest.raises(eg.InputError, match=told):
        eg.assess_season(SCHEME, TWO_MONTHS, rounds=[may.round], history=eg.History((april,)))


def test_the_records_of_an_earlier_edition_are_of_the_same_scheme() -> None:
    april, _ = eg.assess_season(SCHEME, TWO_MONTHS)
    later = evolve(SCHEME, since=date(2024, 5, 1))
    assessment = eg.assess(later, towns.month_of("2024-05"), TWO_MONTHS, eg.History((april.record,)))
    assert towns.proposed(assessment) == [("乙", "约谈")]


def test_a_scheme_judges_no_round_from_before_it_applies() -> None:
    scheme = towns.scheme(since=date(2024, 5, 1))
    assert [a.record.round.label for a in eg.assess_season(scheme, TWO_MONTHS)] == ["2024-05"]
    with pytest.raises(
        eg.SchemeError, match="applies since 2024-05-01, judged on the round's first day: 2024-04 is from 2024-04-01"
    ):
        eg.assess(scheme, towns.month_of("2024-04"), TWO_MONTHS)


def test_rounds_that_are_named_come_oldest_first() -> None:
    rounds = [towns.month_of("2024-05"), towns.month_of("2024-04")]
    with pytest.raises(ValueError, match="rounds come oldest first: 2024-05, then 2024-04"):
        eg.assess_season(SCHEME, TWO_MONTHS, rounds=rounds)


def test_a_history_that_holds_the_same_rounds_is_read_up_to_the_first_of_them() -> None:
    season = eg.assess_season(SCHEME, TWO_MONTHS)
    assert eg.assess_season(SCHEME, TWO_MONTHS, history=season.history) == season
    assert eg.assess_season(SCHEME, towns.facts({}), history=season.history).history == season.history


def test_an_explanation_names_the_neighbours_and_every_rung() -> None:
    why = eg.narrate(eg.assess_season(SCHEME, TWO_MONTHS)["2024-04"].explain("乙"))
    assert "前一名：甲 90.0（差20）" in why
    assert "未提出的措施：\n  约谈 → 村主要负责人（未引原文）" in why


def test_a_figure_of_the_field_is_that_of_the_units_that_have_a_score() -> None:
    """Two visits are needed and 丙 had one: 90 and 80 lie 5 above and below their mean, and 丙 is no part of it."""
    rule = eg.stated(towns.CHANNEL, several="mean")
    money = eg.Figure("奖惩金", eg.scaled(eg.from_mean(rule), 100), eg.RankBy(places=0))
    place = eg.Figure("位次", eg.rank_in(rule, places=1), eg.RankBy(places=0))
    facts = towns.facts(
        {"2024-05": {"甲": "90", "乙": "80", "丙": "95"}}, inspections=towns.stated("2024-05", {"甲": "90", "乙": "80"})
    )
    scheme = towns.scheme(
        scoring=eg.requires(rule, eg.count_inspections(towns.CHANNEL), at_least=2), figures=(money, place)
    )
    assessment = eg.assess(scheme, towns.month_of("2024-05"), facts)
    assert [row[1:5] for row in assessment.table()[1:]] == [
        ("甲", "90.0", "500", "1"),
        ("乙", "80.0", "-500", "2"),
        ("丙", "-", "-", "-"),
    ]
    told = eg.narrate(assessment.explain("丙"))
    assert "“奖惩金” 未参评" in told
    assert told.count("‘督导’的检查次数（含下级）”不少于2为限 未参评") == 3  # of the score, and so of each figure


def test_two_records_of_the_same_days_are_refused() -> None:
    april = eg.assess_season(SCHEME, TWO_MONTHS)["2024-04"].record
    with pytest.raises(ValueError, match="two records of the same days: 2024-04 and 2024-04"):
        eg.History((april, april))


def test_rulings_of_one_round_that_contradict_each_other_are_refused() -> None:
    cut = eg.bottom(1, ties="decide")
    rulings = tuple(
        eg.Ruling("甲", date(2024, 5, day), cut, holds=holds, by="指挥部", why="?", scheme="town")
        for day, holds in ((3, True), (20, False))
    )
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "80"}}, rulings=rulings)
    with pytest.raises(eg.InputError, match=r"rulings in 2024-05 on bottom\(1, ties='decide'\) say both yes and no"):
        eg.assess(towns.scheme(), towns.month_of("2024-05"), facts)


def test_a_round_is_judged_on_the_grid_of_its_first_day() -> None:
    units = (
        eg.Unit("旧", "旧村", "村", until=date(2024, 5, 15)),
        eg.Unit("新", "新村", "村", since=date(2024, 5, 15)),
        eg.Unit("甲", "甲村", "村"),
    )
    facts = eg.Facts(
        eg.Grid(units),
        inspections=towns.stated("2024-05", {"旧": "1", "甲": "2"}) + towns.stated("2024-06", {"新": "3"}),
    )
    season = eg.assess_season(towns.scheme(), facts)
    assert [{u.code for u in a.units} for a in season] == [{"旧", "甲"}, {"新", "甲"}]


def test_an_assessment_shows_itself_as_a_table_that_lines_up() -> None:
    board = eg.Board("榜", (eg.Tier("红榜", eg.top(1, ties="include")),), rest="其他")
    season = eg.assess_season(
        towns.scheme(title="某镇", boards=(board,), ladders=(LADDER,)),
        towns.facts({"2024-04": {"甲": "90", "乙": "70"}, "2024-05": {"甲": "95", "乙": "60", "丙": None, "丁": "60"}}),
    )
    assert repr(season.latest).splitlines() == [
        "某镇  2024-05",
        "名次  单位  得分  档次  措施（拟）    备注",
        "1     甲    95.0  红榜",
        "2     丁    60.0  其他                并列2个",
        "2     乙    60.0  其他  约谈（待定）  并列2个",
        "-     丙    -                         未参评",
    ]
    assert repr(season) == "<Season of 2 rounds: 2024-04, 2024-05>"


def test_measures_that_are_called_for_stand_apart_from_those_that_are_pending() -> None:
    rungs = (eg.Rung("约谈", eg.bottom(1, ties="decide"), ()), eg.Rung("通报批评", eg.below(70), ()))
    ladder = eg.Ladder(rungs, publish="every rung")
    assessment = towns.assess({"甲": "90", "乙": "60", "丙": "60"}, ladders=(ladder,))
    assert [row[-2] for row in assessment.table()[1:]] == ["", "通报批评；约谈（待定）", "通报批评；约谈（待定）"]
    assert assessment.table("en")[2][-2] == "通报批评; 约谈 (pending)"


def test_a_group_is_shown_with_the_name() -> None:
    units = tuple(eg.Unit(u, u, "村", designations=frozenset({g})) for u, g in zip("甲乙", "AB", strict=True))
    facts = eg.Facts(eg.Grid(units), inspections=towns.stated("2024-05", {"甲": "90", "乙": "70"}))
    assert "甲（A）" in repr(eg.assess(towns.scheme(groups=("A", "B")), towns.month_of("2024-05"), facts))


def test_an_empty_season_says_why_it_has_no_latest_round() -> None:
    season = eg.assess_season(towns.scheme(), towns.facts({}))
    with pytest.raises(eg.EnvGovError, match="no unit of the scheme's field was assessed"):
        season.latest  # noqa: B018


def test_a_round_that_was_not_held_is_refused_with_those_that_were() -> None:
    with pytest.raises(KeyError, match=r"no round '2024-06' in this season: 2024-04, 2024-05"):
        eg.assess_season(SCHEME, TWO_MONTHS)["2024-06"]


def test_a_unit_is_explained_by_code_or_by_a_name_that_is_unique_in_the_field() -> None:
    units = (
        eg.Unit("1", "和平村", "村", parent="A"),
        eg.Unit("2", "和平村", "村", parent="B"),
        eg.Unit("3", "团结村", "村", parent="B"),
        eg.Unit("A", "团结村", "镇"),
        eg.Unit("B", "乙镇", "镇"),
    )
    facts = eg.Facts(eg.Grid(units), inspections=towns.stated("2024-05", {"1": "90", "2": "80", "3": "70"}))
    assessment = eg.assess(towns.scheme(), towns.month_of("2024-05"), facts)
    assert assessment.explain("2").because[0] == units[1]
    assert assessment.explain("团结村").because[0] == units[2]
    with pytest.raises(eg.UnknownUnitError, match="'和平村' is the name of 2 units: say which code, 1, 2"):
        assessment.explain("和平村")
    with pytest.raises(eg.UnknownUnitError, match="no unit '团洁村'; did you mean 团结村"):
        assessment.explain("团洁村")
    with pytest.raises(eg.UnknownUnitError, match="'乙镇' is a 镇 of the grid; town ranks 村"):
        assessment.explain("乙镇")


def test_an_assessment_can_be_pickled_and_still_explains() -> None:
    assessment = eg.assess_season(SCHEME, TWO_MONTHS).latest
    copy = pickle.loads(pickle.dumps(assessment))  # noqa: S301
    assert copy == assessment
    assert copy.explain("乙") == assessment.explain("乙")


def test_the_history_of_a_season_is_what_its_rounds_left_behind() -> None:
    season = eg.assess_season(SCHEME, TWO_MONTHS)
    assert season.history == eg.History(tuple(a.record for a in season))
