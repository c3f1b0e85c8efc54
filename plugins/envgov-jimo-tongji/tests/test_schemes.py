"""What the three schemes decide; the numbers are worked out by hand from the report's sentences."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

import envgov as eg
import envgov_jimo_tongji as tongji

LOCALITY = eg.load_registry(only=(), files=[tongji.__file__], strict=True)["jimo-tongji"]
JAN, FEB, MAR, APR = (date(2023, month, 5) for month in range(1, 5))
Q1, Q2, Q3, Q4 = (date(2023, month, 15) for month in (2, 5, 8, 11))
BULLETIN = "检查结果和整改率通报"
Scores = Mapping[date, Mapping[str, float]]


def names(n: int) -> list[str]:
    return [f"{i:02}" for i in range(1, n + 1)]


def visits(channel: str, scores: Scores) -> list[eg.Inspection]:
    return [
        eg.Inspection(unit, day, channel, stated=eg.points(score, places=2))
        for day, of in scores.items()
        for unit, score in of.items()
    ]


def decide(
    scheme: eg.Scheme,
    channel: str,
    scores: Scores,
    *,
    heads: Sequence[eg.Assignment] | None = None,
    issues: Sequence[eg.Issue] = (),
    rulings: Sequence[eg.Ruling] = (),
    acceptances: Sequence[eg.UnitAcceptance] = (),
) -> eg.Season:
    """A season of units that are named in the scores, each with a head of its own unless told otherwise."""
    units = sorted({unit for of in scores.values() for unit in of})
    classes = frozenset({scheme.among} if scheme.among else ())
    facts = eg.Facts(
        eg.Grid(eg.Unit(unit, unit, scheme.levels[0], designations=classes) for unit in units),
        inspections=visits(channel, scores),
        assignments=[eg.Assignment(f"{unit}负责人", scheme.head, unit) for unit in units] if heads is None else heads,
        issues=issues,
        rulings=rulings,
        acceptances=acceptances,
    )
    return eg.assess_season(scheme, facts)


def checked(scores: Scores, scheme: eg.Scheme = tongji.VILLAGES, **books: Sequence[object]) -> eg.Season:
    return decide(scheme, "测评组", scores, **books)  # type: ignore[arg-type] # each book has a type of its own


def visited(scores: Scores, scheme: eg.Scheme = tongji.CITY, **books: Sequence[object]) -> eg.Season:
    return decide(scheme, "暗访评估", scores, **books)  # type: ignore[arg-type] # each book has a type of its own


def tiers(assessment: eg.Assessment, board: str) -> dict[str, str]:
    return {p.unit: p.tier for p in assessment.record.placements if p.board == board}


def measures(assessment: eg.Assessment, unit: str, *, pending: bool = False) -> set[str]:
    return {m.rung for m in assessment.measures if m.subject == unit and m.pending is pending}


def descending(units: Sequence[str], first: float = 95, step: float = 1) -> dict[str, float]:
    return {unit: first - step * i for i, unit in enumerate(units)}


def test_the_locality_bears_its_name_and_has_three_schemes_of_one_edition_each() -> None:
    assert LOCALITY.name == "即墨区通济新区"
    assert {id_: len(editions) for id_, editions in LOCALITY.schemes.items()} == {
        "tongji-city": 1,
        "tongji-district": 1,
        "tongji-villages": 1,
    }


def test_each_scheme_names_its_document_and_that_it_was_seen_in_the_report_alone() -> None:
    for scheme in (tongji.VILLAGES, tongji.DISTRICT, tongji.CITY):
        assert scheme.source.title.startswith("《")
        assert "据即墨信息港2023年7月10日" in scheme.source.title
        assert "文件全文未见" in scheme.source.assumed[0]


# The new area: two checks a month, red and black boards

VILLAGES = names(12)
LAST_FIVE = VILLAGES[7:]
MONTH = descending(VILLAGES)


@pytest.mark.parametrize(("several", "score"), [("mean", 80), ("worst", 70), ("latest", 70), ("sum", 160)])
def test_two_checks_of_a_month_are_combined_as_chosen(several: tongji.Several, score: int) -> None:
    scores = {date(2023, 3, 5): {"甲": 90, "乙": 80, "丙": 60}, date(2023, 3, 25): {"甲": 70, "乙": 81, "丙": 60}}
    assessment = checked(scores, tongji.villages(n=1, several=several)).latest
    standing = assessment.record.ranking().of("甲")
    assert standing is not None
    assert standing.score == score
    assert f"合成未写明：{tongji.SEVERAL[several]}" in tongji.villages(several=several).source.assumed[2]


def test_a_village_that_was_checked_once_is_judged_by_that() -> None:
    scores = {date(2023, 3, 5): {"甲": 90, "乙": 80, "丙": 60}, date(2023, 3, 25): {"乙": 70, "丙": 60}}
    assessment = checked(scores, tongji.villages(n=1)).latest
    assert {s.unit: s.score for s in assessment.record.standings} == {
        "甲": Decimal(90),
        "乙": Decimal(75),
        "丙": Decimal(60),
    }


def test_a_check_in_the_middle_of_the_month_counts_with_the_others() -> None:
    scores = {date(2023, 3, day): {"甲": score, "乙": 50, "丙": 40} for day, score in ((5, 90), (15, 60), (25, 90))}
    standing = checked(scores, tongji.villages(n=1)).latest.record.ranking().of("甲")
    assert standing is not None
    assert standing.score == 80


def test_villages_and_communities_are_ranked_together() -> None:
    assert tongji.VILLAGES.levels == ("村", "社区")
    assert tongji.VILLAGES.groups == ()


def test_the_first_five_are_on_the_red_board_and_the_last_five_on_the_black_one() -> None:
    placed = tiers(checked({JAN: MONTH}).latest, "红黑榜")
    assert [unit for unit, tier in placed.items() if tier == "红榜"] == VILLAGES[:5]
    assert [unit for unit, tier in placed.items() if tier == "黑榜"] == LAST_FIVE


def test_how_many_stand_on_a_board_is_chosen_because_the_report_does_not_say() -> None:
    placed = tiers(checked({JAN: MONTH}, tongji.villages(n=2)).latest, "红黑榜")
    assert list(placed.values()) == ["红榜"] * 2 + ["其他"] * 8 + ["黑榜"] * 2
    assert "各5名" in tongji.VILLAGES.source.assumed[3]
    assert "各2名" in tongji.villages(n=2).source.assumed[3]


@pytest.mark.parametrize(("level", "measure"), [(("05", "06"), "红榜表彰"), (("07", "08"), "黑榜通报")])
def test_who_is_level_across_a_cut_waits_for_a_ruling(level: tuple[str, str], measure: str) -> None:
    assessment = checked({JAN: MONTH | dict.fromkeys(level, MONTH[level[0]])}).latest
    for unit in level:  # and nobody of them for the other board
        assert tiers(assessment, "红黑榜")[unit] == "pending"
        assert measures(assessment, unit) == set()
        assert measures(assessment, unit, pending=True) == {measure}


@pytest.mark.parametrize("level", [("05", "06"), ("07", "08")])
def test_a_tie_across_a_cut_is_told_once_and_not_for_the_measure_too(level: tuple[str, str]) -> None:
    assessment = checked({JAN: MONTH | dict.fromkeys(level, MONTH[level[0]])}).latest
    assert [note.where for note in assessment.notes if "界线" in note.text("zh", {u: u for u in level})] == ["红黑榜"]


def test_a_ruling_settles_a_tie_at_the_black_boards_cut() -> None:
    cut = eg.bottom(5, ties="decide")
    rulings = [
        eg.Ruling(unit, JAN, cut, holds=holds, by="党工委", why="复查", scheme="tongji-villages")
        for unit, holds in (("07", False), ("08", True))
    ]
    assessment = checked({JAN: MONTH | {"08": MONTH["07"]}}, rulings=rulings).latest
    assert tiers(assessment, "红黑榜")["07"] == "其他"
    assert tiers(assessment, "红黑榜")["08"] == "黑榜"


def test_ten_villages_have_room_for_both_boards_and_among_nine_the_boards_are_shortened() -> None:
    """5 * 9 / 10 = 4.5, rounded down: four and four, and one on neither."""
    placed = tiers(checked({JAN: descending(names(10))}).latest, "红黑榜")
    assert list(placed.values()) == ["红榜"] * 5 + ["黑榜"] * 5
    placed = tiers(checked({JAN: descending(names(9))}).latest, "红黑榜")
    assert list(placed.values()) == ["红榜"] * 4 + ["其他"] + ["黑榜"] * 4


# Two months, three months

TALK = {"约谈", "向党工委作书面检查"}


def test_one_month_on_the_black_board_is_told_in_a_bulletin_and_no_more() -> None:
    season = checked({JAN: MONTH, FEB: descending(VILLAGES[::-1])})
    assert measures(season["2023-01"], "12") == {"黑榜通报"}
    assert measures(season["2023-02"], "12") == {"红榜表彰"}
    assert measures(season["2023-02"], "01") == {"黑榜通报"}


def test_two_months_running_bring_a_talk_and_a_written_self_criticism() -> None:
    season = checked({JAN: MONTH, FEB: MONTH})
    assert measures(season["2023-02"], "12") == {"黑榜通报", *TALK}


def test_the_talk_goes_to_the_village_head_and_to_the_zone_head() -> None:
    proposed = {m.rung: m for m in checked({JAN: MONTH, FEB: MONTH}).latest.measures if m.subject == "12"}
    for rung in TALK:
        assert proposed[rung].to == ("村庄主要负责人", "管区主要负责人")
    assert proposed["约谈"].by == "党工委"
    assert proposed["黑榜通报"].to == ("单位",)


def test_a_third_month_proposes_the_personnel_measure_beside_the_talk() -> None:
    season = checked({JAN: MONTH, FEB: MONTH, MAR: MONTH})
    assert measures(season["2023-03"], "12") == {"黑榜通报", *TALK, "提请组织处理"}
    assert any("照常并行" in sentence for sentence in tongji.VILLAGES.source.assumed)


def test_a_third_month_may_be_read_as_taking_the_talks_place() -> None:
    scheme = tongji.villages(third="supersedes")
    season = checked({JAN: MONTH, FEB: MONTH, MAR: MONTH}, scheme)
    assert measures(season["2023-02"], "12") == {"黑榜通报", *TALK}
    assert measures(season["2023-03"], "12") == {"黑榜通报", "提请组织处理"}
    assert any("不再提出约谈" in sentence for sentence in scheme.source.assumed)


def test_a_fourth_month_proposes_both_once_more() -> None:
    season = checked({JAN: MONTH, FEB: MONTH, MAR: MONTH, APR: MONTH})
    assert measures(season["2023-04"], "12") == {"黑榜通报", *TALK, "提请组织处理"}


def test_the_personnel_measure_is_put_forward_and_not_decided() -> None:
    [rung] = [r for ladder in tongji.VILLAGES.ladders for r in ladder.rungs if "组织处理" in r.measure]
    assert rung.measure == "提请组织处理"
    assert rung.by == "党工委"
    assert any("由党工委决定，此处只是提请" in sentence for sentence in tongji.VILLAGES.source.assumed)


def test_without_exception_means_that_no_body_is_asked_whether_it_holds() -> None:
    [rung] = [r for ladder in tongji.VILLAGES.ladders for r in ladder.rungs if "组织处理" in r.measure]
    assert rung.when == eg.streak(
        eg.placed("红黑榜", "黑榜"),
        3,
        unheld="decide",
        absent="decide",
        repeat="each",
        editions="carry",
        heads="restart",
    )


def test_a_ruling_that_it_was_excusable_takes_nothing_from_the_third_month() -> None:
    excused = [
        eg.Ruling("12", day, eg.ruled("情有可原", by="党工委"), holds=True, by="党工委", why="积水", scheme="tongji-villages")
        for day in (JAN, FEB, MAR)
    ]  # fmt: skip
    season = checked({JAN: MONTH, FEB: MONTH, MAR: MONTH}, rulings=excused)
    assert measures(season["2023-03"], "12") == {"黑榜通报", *TALK, "提请组织处理"}


def test_a_month_without_checks_leaves_it_to_a_person_whether_the_months_are_consecutive() -> None:
    season = checked({JAN: MONTH, MAR: MONTH})
    assert measures(season["2023-03"], "12") == {"黑榜通报"}
    assert measures(season["2023-03"], "12", pending=True) == TALK


def test_a_month_in_which_the_village_alone_was_not_checked_is_left_to_a_person_too() -> None:
    without = {unit: score for unit, score in MONTH.items() if unit != "12"}
    season = checked({JAN: MONTH, FEB: without, MAR: MONTH})
    assert measures(season["2023-03"], "12", pending=True) == TALK


def test_a_ruling_says_that_the_months_are_consecutive() -> None:
    rulings = [
        eg.Ruling("12", MAR, tongji.months_running(eg.placed("红黑榜", "黑榜"), 2), holds=True, by="党工委", why="2月停检", scheme="tongji-villages")
    ]  # fmt: skip
    season = checked({JAN: MONTH, MAR: MONTH}, rulings=rulings)
    assert measures(season["2023-03"], "12") == {"黑榜通报", *TALK}


def test_a_new_village_head_is_not_judged_for_the_months_of_the_one_before() -> None:
    heads = [
        eg.Assignment("前任", "村庄主要负责人", "12", until=date(2023, 2, 1)),
        eg.Assignment("新任", "村庄主要负责人", "12", since=date(2023, 2, 1)),
    ]
    season = checked({JAN: MONTH, FEB: MONTH, MAR: MONTH}, heads=heads)
    assert measures(season["2023-02"], "12") == {"黑榜通报"}
    assert measures(season["2023-03"], "12") == {"黑榜通报", *TALK}


def test_where_no_village_head_is_on_record_a_person_decides() -> None:
    season = checked({JAN: MONTH, FEB: MONTH}, heads=[])
    assert measures(season["2023-02"], "12", pending=True) == TALK


def test_one_head_of_four_villages_has_a_measure_for_each_and_is_one_addressee() -> None:
    heads = [eg.Assignment("联建村负责人", "村庄主要负责人", unit) for unit in LAST_FIVE[:4]]
    latest = checked({JAN: MONTH, FEB: MONTH}, heads=heads).latest
    talks: dict[str, list[str]] = defaultdict(list)
    for measure in latest.measures:
        if measure.rung == "约谈" and not measure.pending:
            for head in latest.record.heads_of(measure.unit):
                talks[head].append(measure.unit)
    assert talks == {"联建村负责人": LAST_FIVE[:4]}


# Clearing item by item, acceptance of the whole village, the discipline committee's talk


def issue(
    *, due: date | None = date(2023, 3, 20), rectified: date | None = None, accepted: date | None = None
) -> eg.Issue:
    events = [
        eg.Event(eg.EventKind.FOUND, MAR, evidence=("照片0001.jpg",)),
        eg.Event(eg.EventKind.DISPATCHED, date(2023, 3, 6), to=("12",), due=due),
    ]
    if rectified:
        events.append(eg.Event(eg.EventKind.RECTIFIED, rectified, by="12"))
    if accepted:
        events.append(eg.Event(eg.EventKind.ACCEPTED, accepted, by="环卫办"))
    return eg.Issue("W1", "12", tuple(events), responsible=("12",), source="测评组")


def summoned(one: eg.Issue, *, rulings: Sequence[eg.Ruling] = ()) -> set[str]:
    return measures(checked({MAR: MONTH}, issues=[one], rulings=rulings)["2023-03"], "W1")


def test_an_item_that_is_not_cleared_by_its_date_brings_the_discipline_committees_talk_with_the_secretary() -> None:
    [measure] = [m for m in checked({MAR: MONTH}, issues=[issue()]).latest.measures if m.about == "issue"]
    assert (measure.rung, measure.to, measure.by) == ("纪工委约谈", ("村庄支部书记",), "纪工委")
    assert (measure.subject, measure.unit) == ("W1", "12")


def test_an_item_that_is_accepted_on_the_date_itself_is_cleared_in_time() -> None:
    on_time = issue(rectified=date(2023, 3, 18), accepted=date(2023, 3, 20))
    assert summoned(on_time) == set()


def test_an_item_that_is_rectified_and_not_accepted_is_not_cleared() -> None:
    assert summoned(issue(rectified=date(2023, 3, 18))) == {"纪工委约谈"}


def test_an_item_without_a_date_is_never_late() -> None:
    assert summoned(issue(due=None)) == set()


def test_how_long_the_time_for_an_item_is_the_scheme_does_not_say() -> None:
    assert tongji.VILLAGES.deadlines == ()
    assert any("“按期”多长未写明" in sentence for sentence in tongji.VILLAGES.source.assumed)


FOUND_BAD_INFLUENCE = eg.Ruling(
    "12",
    MAR,
    eg.ruled("造成负面影响", by="纪工委"),
    holds=True,
    by="纪工委",
    why="媒体曝光",
    scheme="tongji-villages",
    issue="W1",
)


def test_accountability_is_put_forward_only_where_the_discipline_committee_found_bad_influence() -> None:
    assert summoned(issue()) == {"纪工委约谈"}
    assert summoned(issue(), rulings=[FOUND_BAD_INFLUENCE]) == {"纪工委约谈", "提请严厉问责"}


def test_an_item_cleared_in_time_is_not_put_forward_for_accountability_whatever_its_influence() -> None:
    on_time = issue(rectified=date(2023, 3, 18), accepted=date(2023, 3, 20))
    assert summoned(on_time, rulings=[FOUND_BAD_INFLUENCE]) == set()


def test_the_four_systems_apply_with_the_boards_and_the_scheme_says_so() -> None:
    [sentence] = [s for s in tongji.VILLAGES.source.assumed if "清单制、销号制、通报制、约谈制" in s]
    assert "与红黑榜一并适用" in sentence
    assert tongji.VILLAGES.since == date(2023, 1, 1)


def test_whoever_rectified_cannot_accept() -> None:
    with pytest.raises(ValueError, match="accepted on"):
        eg.Issue(
            "W2",
            "12",
            (
                eg.Event(eg.EventKind.FOUND, MAR),
                eg.Event(eg.EventKind.RECTIFIED, MAR, by="12"),
                eg.Event(eg.EventKind.ACCEPTED, MAR, by="12"),
            ),
        )


def test_the_photograph_taken_on_the_spot_stays_with_the_issue() -> None:
    assert issue().events[0].evidence == ("照片0001.jpg",)


def test_the_rectification_rate_is_of_those_found_and_a_claim_is_enough() -> None:
    found = (eg.Event(eg.EventKind.FOUND, MAR),)
    claimed = (*found, eg.Event(eg.EventKind.RECTIFIED, date(2023, 3, 9), by="12"))
    issues = [eg.Issue("W1", "12", claimed), eg.Issue("W2", "12", found), eg.Issue("W3", "12", found)]
    rate = checked({MAR: MONTH}, issues=issues).latest.record.ranking("整改率").of("12")
    assert rate is not None
    assert rate.score == Decimal("33.33")


@pytest.mark.parametrize(("passed", "tier"), [(True, "已过关"), (False, "未过关"), (None, "未验收")])
def test_a_whole_village_passes_or_fails_or_was_not_asked_yet(passed: bool | None, tier: str) -> None:
    acceptances = [] if passed is None else [eg.UnitAcceptance("12", JAN, passed, by="环卫办")]
    season = checked({JAN: MONTH, FEB: MONTH}, acceptances=acceptances)
    assert tiers(season["2023-01"], "整村验收")["12"] == tier
    assert tiers(season["2023-02"], "整村验收")["12"] == tier  # it stands until the next


def test_the_latest_acceptance_of_a_village_counts() -> None:
    acceptances = [eg.UnitAcceptance("12", JAN, passed=False), eg.UnitAcceptance("12", FEB, passed=True)]
    season = checked({JAN: MONTH, FEB: MONTH}, acceptances=acceptances)
    assert tiers(season["2023-01"], "整村验收")["12"] == "未过关"
    assert tiers(season["2023-02"], "整村验收")["12"] == "已过关"


def test_an_acceptance_holds_to_the_end_of_its_year_and_not_into_the_next() -> None:
    november, january = date(2023, 11, 5), date(2024, 1, 5)
    acceptances = [eg.UnitAcceptance("12", FEB, passed=True, by="环卫办")]
    season = checked({november: MONTH, january: MONTH}, acceptances=acceptances)
    assert tiers(season["2023-11"], "整村验收")["12"] == "已过关"
    assert tiers(season["2024-01"], "整村验收")["12"] == "未验收"


def test_a_village_that_passed_may_have_an_item_open() -> None:
    acceptances = [eg.UnitAcceptance("12", MAR, passed=True, by="环卫办")]
    latest = checked({MAR: MONTH}, acceptances=acceptances, issues=[issue()]).latest
    assert tiers(latest, "整村验收")["12"] == "已过关"
    assert measures(latest, "W1") == {"纪工委约谈"}


# The district: side by side, without a sanction


def district(satisfied: int | None, again: Sequence[eg.Inspection] = ()) -> eg.Assessment:
    units = ("甲镇", "乙镇")
    own = frozenset({"即墨区"})
    facts = eg.Facts(
        eg.Grid(eg.Unit(unit, unit, "镇", designations=own) for unit in units),
        inspections=[
            *visits("区级领导带队督查", {Q1: {"甲镇": 90, "乙镇": 80}}),
            *visits("第三方评估", {Q1: {"甲镇": 80, "乙镇": 80}}),
            *again,
        ],
        surveys=[
            eg.Survey("乙镇", Q1, "群众满意度调查", 100, 100, 80),
            *([eg.Survey("甲镇", Q1, "群众满意度调查", 120, 100, satisfied)] if satisfied is not None else []),
        ],
    )
    return eg.assess_season(tongji.DISTRICT, facts).latest


def test_the_three_sources_count_a_third_each() -> None:
    assert {s.unit: s.score for s in district(91).record.standings} == {"甲镇": Decimal(87), "乙镇": Decimal(80)}


def test_each_of_the_three_sources_stands_beside_the_score() -> None:
    record = district(91).record
    figures = {ranking.figure: ranking.of("甲镇") for ranking in record.rankings[1:]}
    assert {name: s.score for name, s in figures.items() if s} == {"督查": 90, "第三方评估": 80, "满意率": 91}


@pytest.mark.parametrize(
    ("channel", "figure", "mean"), [("区级领导带队督查", "督查", 75), ("第三方评估", "第三方评估", 70)]
)
def test_several_visits_of_one_source_in_a_quarter_are_averaged(channel: str, figure: str, mean: int) -> None:
    again = visits(channel, {date(2023, 3, 15): {"甲镇": 60}})  # after 90 of the leaders, 80 of the third party
    standing = district(91, again).record.ranking(figure).of("甲镇")
    assert standing is not None
    assert standing.score == mean


def test_a_town_without_one_of_the_sources_is_listed_apart() -> None:
    record = district(None).record
    assert [s.unit for s in record.standings] == ["乙镇"]
    assert [absence.unit for absence in record.absences] == ["甲镇"]


def test_the_districts_comparison_has_no_board_and_no_measure() -> None:
    assert tongji.DISTRICT.boards == ()
    assert tongji.DISTRICT.ladders == ()
    assert isinstance(tongji.DISTRICT.cadence, eg.quarter)


# The city: first 20, last 10, below 80, twice

TOWNS = names(32)
HIGH = descending(TOWNS, 99, 0.5)  # 99 to 83.5
LAST_TEN = TOWNS[22:]


def with_last(*scores: float) -> dict[str, float]:
    """The last ten have these scores, the others more than 88."""
    return HIGH | dict(zip(LAST_TEN, scores, strict=True))


def test_several_covert_visits_of_one_town_in_a_quarter_are_averaged() -> None:
    standing = visited({Q1: HIGH, date(2023, 3, 15): {"32": 60}}).latest.record.ranking().of("32")
    assert standing is not None
    assert standing.score == Decimal("71.75")  # (83.5 + 60) / 2


def test_the_first_twenty_are_praised_and_rewarded() -> None:
    latest = visited({Q1: HIGH}).latest
    assert [unit for unit, tier in tiers(latest, "通报").items() if tier == "通报表扬"] == TOWNS[:20]
    assert measures(latest, "20") == {"通报表扬", "适当奖励"}
    assert measures(latest, "21") == set()


def test_the_reward_names_no_amount_because_the_report_does_not() -> None:
    assert {m.amount for m in visited({Q1: HIGH}).latest.measures} == {None}


def test_read_as_both_the_last_ten_are_criticised_where_they_are_below_80() -> None:
    scores = with_last(85, 84, 83, 82, 81, 79, 78, 77, 76, 75)
    criticised = [unit for unit, tier in tiers(visited({Q1: scores}).latest, "通报").items() if tier == "通报批评"]
    assert criticised == LAST_TEN[5:]


def test_read_as_either_the_last_ten_are_criticised_whatever_their_score() -> None:
    scores = with_last(85, 84, 83, 82, 81, 79, 78, 77, 76, 75)
    latest = visited({Q1: scores}, tongji.CITY_EITHER).latest
    assert [unit for unit, tier in tiers(latest, "通报").items() if tier == "通报批评"] == LAST_TEN


LOW = {"21": 79.5, "22": 79, **{unit: 70 + i for i, unit in enumerate(reversed(LAST_TEN), -4)}}  # 66 to 75
FIRST_LOW = HIGH | LOW


def test_read_as_both_a_town_below_80_that_is_not_among_the_last_ten_is_not_criticised() -> None:
    assert tiers(visited({Q1: FIRST_LOW}).latest, "通报")["21"] == "其他"


def test_read_as_either_a_town_below_80_is_criticised_wherever_it_stands() -> None:
    placed = tiers(visited({Q1: FIRST_LOW}, tongji.CITY_EITHER).latest, "通报")
    assert [unit for unit, tier in placed.items() if tier == "通报批评"] == TOWNS[20:]


def test_read_as_either_a_town_among_the_first_twenty_and_below_80_is_criticised_and_not_praised() -> None:
    scores = descending(TOWNS, 88.5, 0.5)  # the 18th has 80, the 19th and 20th less
    latest = visited({Q1: scores}, tongji.CITY_EITHER).latest
    assert [tiers(latest, "通报")[unit] for unit in ("18", "19", "20")] == ["通报表扬", "通报批评", "通报批评"]
    assert measures(latest, "18") == {"通报表扬", "适当奖励"}
    assert measures(latest, "19") == {"通报批评", "现场推进会表态发言"}


@pytest.mark.parametrize(("score", "tier"), [(80, "其他"), (79.99, "通报批评"), (79.994, "通报批评"), (79.995, "其他")])
def test_80_itself_is_not_below_80_and_what_is_published_decides(score: float, tier: str) -> None:
    scores = HIGH | {"32": 0.0}
    inspections = visits("暗访评估", {Q1: scores})
    inspections = [i for i in inspections if i.unit != "32"]
    inspections.append(eg.Inspection("32", Q1, "暗访评估", stated=eg.points(score, places=3)))
    facts = eg.Facts(
        eg.Grid(eg.Unit(unit, unit, "镇", designations=frozenset({"涉农"})) for unit in TOWNS), inspections=inspections
    )
    assert tiers(eg.assess_season(tongji.CITY, facts).latest, "通报")["32"] == tier


def test_the_party_secretary_of_a_criticised_town_makes_a_statement() -> None:
    scores = with_last(85, 84, 83, 82, 81, 79, 78, 77, 76, 75)
    proposed = {m.rung: m for m in visited({Q1: scores}).latest.measures if m.subject == "32"}
    assert set(proposed) == {"通报批评", "现场推进会表态发言"}
    assert proposed["通报批评"].to == ("单位",)
    assert proposed["现场推进会表态发言"].to == ("镇（街道）党（工）委书记",)


@pytest.mark.parametrize("level", [("20", "21"), ("22", "23")])
def test_towns_that_are_level_at_place_20_or_before_the_last_ten_wait_for_a_ruling(level: tuple[str, str]) -> None:
    scores = {unit: score - 12 for unit, score in HIGH.items()}  # the last ten are all below 80
    latest = visited({Q1: scores | dict.fromkeys(level, scores[level[0]])}).latest
    assert [tiers(latest, "通报")[unit] for unit in level] == ["pending", "pending"]
    waiting = {"通报表扬", "适当奖励"} if "20" in level else {"通报批评", "现场推进会表态发言"}
    assert [measures(latest, unit, pending=True) for unit in level] == [waiting, waiting]


def test_thirty_towns_have_room_for_both_lists() -> None:
    placed = tiers(visited({Q1: descending(names(30), 99, 1)}).latest, "通报")
    assert list(placed.values()).count("通报表扬") == 20
    assert list(placed.values()).count("通报批评") == 10


def test_with_fewer_than_thirty_towns_nothing_is_decided_and_the_error_says_why() -> None:
    with pytest.raises(eg.SchemeError, match="needs a group of 30 units, and the field has 29 units"):
        visited({Q1: descending(names(29), 99, 1)})


def test_a_quarter_in_which_only_29_of_30_were_assessed_is_refused_too() -> None:
    with pytest.raises(eg.SchemeError, match="29 assessed units"):
        visited({Q1: descending(names(30), 99, 1), Q2: descending(names(29), 99, 1)})


def test_twice_running_among_the_last_ten_brings_a_talk_with_the_party_secretary() -> None:
    season = visited({Q1: HIGH, Q2: HIGH})
    assert measures(season["2023-Q1"], "32") == set()
    [talk] = [m for m in season["2023-Q2"].measures if m.subject == "32"]
    assert (talk.rung, talk.to) == ("约谈", ("镇（街道）党（工）委书记",))


def test_the_talk_counts_the_place_alone_and_not_the_points() -> None:
    season = visited({Q1: HIGH, Q2: HIGH})  # the last ten have 83.5 at least
    assert tiers(season.latest, "通报")["32"] == "其他"
    assert measures(season.latest, "32") == {"约谈"}


def test_twice_running_counts_rounds_so_a_quarter_without_visits_is_skipped() -> None:
    season = visited({Q1: HIGH, Q3: HIGH})
    assert measures(season["2023-Q3"], "32") == {"约谈"}


def test_a_town_that_was_left_out_of_one_round_waits_for_a_ruling() -> None:
    without = {unit: score for unit, score in HIGH.items() if unit != "32"}
    season = visited({Q1: HIGH, Q2: without, Q3: HIGH})
    assert measures(season["2023-Q3"], "32", pending=True) == {"约谈"}


def test_a_third_time_running_brings_the_talk_again() -> None:
    season = visited({Q1: HIGH, Q2: HIGH, Q3: HIGH})
    assert measures(season["2023-Q3"], "32") == {"约谈"}


def test_a_quarter_among_the_others_ends_the_count() -> None:
    recovered = HIGH | {"32": 98.9, "01": 80.5}
    season = visited({Q1: HIGH, Q2: recovered, Q3: HIGH, Q4: HIGH})
    assert measures(season["2023-Q3"], "32") == set()
    assert measures(season["2023-Q4"], "32") == {"约谈"}


def test_a_new_party_secretary_is_not_judged_for_the_one_before() -> None:
    heads = [
        eg.Assignment("前任书记", tongji.PARTY_SECRETARY, "32", until=date(2023, 4, 1)),
        eg.Assignment("新任书记", tongji.PARTY_SECRETARY, "32", since=date(2023, 4, 1)),
    ]
    assert measures(visited({Q1: HIGH, Q2: HIGH}, heads=heads).latest, "32") == set()


def test_every_rural_town_is_in_one_list_and_others_are_not() -> None:
    assert tongji.CITY.among == "涉农"
    assert tongji.CITY.groups == ()
    assert tongji.CITY.levels == ("镇", "街道")


def test_how_towns_count_for_their_district_is_left_out_and_said_so() -> None:
    assert any("对区（市）乡村振兴考核未写明" in sentence for sentence in tongji.CITY.source.assumed)


def test_both_readings_say_which_they_are() -> None:
    for reading in get_args(tongji.Reading):
        assert tongji.READING[reading] in tongji.city(reading).source.assumed[1]
    assert tongji.city("both") == tongji.CITY
    assert tongji.city("either") == tongji.CITY_EITHER


def test_a_random_spot_check_can_be_drawn_again_from_its_seed() -> None:
    drawn = eg.random_draw(TOWNS, 3, "2023-03")
    assert len(drawn) == 3
    assert drawn == eg.random_draw(TOWNS[::-1], 3, "2023-03")


# What is owed again and again


def owed(scheme: eg.Scheme, label: str, cadence: eg.Cadence) -> list[tuple[str, str, date]]:
    facts = eg.Facts(eg.Grid([eg.Unit("甲村", "甲村", "村")]))
    round_ = next(r for month in range(1, 13) if (r := cadence.round_of(date(2023, month, 1))).label == label)
    return [(duty.what, duty.owed_by, duty.due.date()) for duty in eg.owed(scheme, facts, round_)]


def test_the_assessment_team_owes_two_checks_a_month() -> None:
    checks = [one for one in owed(tongji.VILLAGES, "2023-05", eg.month()) if one[0] == "人居环境卫生检查"]
    assert checks == [("人居环境卫生检查", "测评组", date(2023, 5, 31))] * 2


@pytest.mark.parametrize(("reading", "days"), [("sunday", (7, 14, 21, 28)), ("monday", (1, 8, 15, 22, 29))])
def test_the_weekly_bulletin_is_owed_once_a_week_or_every_monday(
    reading: tongji.Bulletin, days: tuple[int, ...]
) -> None:
    scheme = tongji.villages(bulletin=reading)  # 7 May 2023 is a Sunday
    due = [day for what, who, day in owed(scheme, "2023-05", eg.month()) if (what, who) == (BULLETIN, "环卫办")]
    assert due == [date(2023, 5, day) for day in days]
    assert any(tongji.BULLETIN[reading] in sentence for sentence in scheme.source.assumed)


def test_the_city_owes_a_review_and_spot_checks_each_month_and_a_covert_assessment_each_quarter() -> None:
    due = owed(tongji.CITY, "2023-Q2", eg.quarter())
    assert [what for what, _, _ in due].count("问题整改月调度") == 3
    assert [what for what, _, _ in due].count("突出问题整改随机抽查") == 3
    assert ("暗访评估", "青岛市", date(2023, 6, 30)) in due


def test_the_district_owes_a_comparison_each_quarter() -> None:
    assert owed(tongji.DISTRICT, "2023-Q2", eg.quarter()) == [("比拼晾晒", "即墨区", date(2023, 6, 30))]
