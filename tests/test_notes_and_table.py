"""Notes below a table say nothing that the table contradicts: who is named there stands as the note says."""

from typing import Any

import pytest

import envgov as eg
import towns
from places import DECLARED, event, issue

WORST = {"甲": "90", "乙": "50", "丙": "50", "丁": "80"}
BEST = {"甲": "90", "乙": "90", "丙": "50", "丁": "80"}
LEVEL = dict.fromkeys("甲乙丙", "50")
LAST: dict[str, eg.Condition] = {ties: eg.bottom(1, ties=ties) for ties in ("include", "exclude", "decide")}


def on_board(scores: dict[str, str], *tiers: eg.Tier, **more: Any) -> eg.Assessment:
    return towns.assess(scores, boards=(eg.Board("榜", tiers, rest="其他"),), **more)


def on_ladder(scores: dict[str, str], *rungs: eg.Rung, publish: Any = "highest") -> eg.Assessment:
    return towns.assess(scores, ladders=(eg.Ladder(rungs, publish=publish),))


def rung(measure: str, when: eg.Condition, **more: Any) -> eg.Rung:
    return eg.Rung(measure, when, ("村主要负责人",), **more)


def with_rate(scores: dict[str, str], tier: eg.Tier, **given: str) -> eg.Assessment:
    figure = eg.Figure("整改率", eg.stated("台账", several="mean"), eg.RankBy(places=0))
    facts = towns.facts({"2024-05": scores}, inspections=towns.stated("2024-05", given, "台账"))
    scheme = towns.scheme(figures=(figure,), boards=(eg.Board("榜", (tier,), rest="其他"),))
    return eg.assess(scheme, towns.month_of("2024-05"), facts)


def test_who_is_in_by_another_condition_is_not_said_to_be_left_out_by_the_tie() -> None:
    either = eg.any_of(LAST["exclude"], eg.below(60))
    assessment = on_board(WORST, eg.Tier("黑榜", either))
    assert towns.tiers(assessment) == {"甲": "其他", "乙": "黑榜", "丙": "黑榜", "丁": "其他"}
    assert assessment.remarks() == ()


def test_a_tie_that_is_left_out_does_not_say_that_nobody_is_in_where_another_condition_lets_somebody_in() -> None:
    tier = eg.Tier("黑榜", eg.any_of(LAST["exclude"], eg.below(60, of="整改率")))
    assessment = with_rate(WORST, tier, 甲="30", 乙="90", 丙="90")
    assert towns.tiers(assessment) == {"甲": "黑榜", "乙": "其他", "丙": "其他", "丁": "其他"}
    assert assessment.remarks() == ("“榜”的“黑榜”：名额1个，界线上并列者全不列入：丙、乙",)


def test_units_that_are_all_level_are_named_where_another_condition_may_let_some_in() -> None:
    tier = eg.Tier("黑榜", eg.any_of(LAST["include"], eg.below(60, of="整改率")))
    assessment = with_rate(LEVEL, tier, 甲="30", 乙="90")
    assert towns.tiers(assessment) == {"甲": "黑榜", "乙": "其他", "丙": "其他"}
    assert assessment.remarks() == ("“榜”的“黑榜”：名额1个，界线上并列者全不列入：丙、乙",)


@pytest.mark.parametrize("ties", ["include", "exclude", "decide"])
@pytest.mark.parametrize("scores", [WORST, LEVEL])
def test_who_stands_in_an_earlier_tier_is_not_said_to_be_tied_at_the_cut_of_a_later_one(
    scores: dict[str, str], ties: str
) -> None:
    assessment = on_board(scores, eg.Tier("红牌", eg.below(60)), eg.Tier("末位", LAST[ties]))
    assert towns.tiers(assessment)["丙"] == "红牌"
    assert assessment.remarks() == ()


def test_only_those_of_a_tie_are_named_whom_no_earlier_tier_took() -> None:
    grid = tuple(eg.Unit(u, u, "村", designations=frozenset({"扣留"} if u == "乙" else ())) for u in "甲乙丙丁")
    tiers = eg.Tier("红牌", eg.designated("扣留")), eg.Tier("末位", LAST["include"])
    scheme = towns.scheme(boards=(eg.Board("榜", tiers, rest="其他"),))
    facts = eg.Facts(eg.Grid(grid), inspections=towns.stated("2024-05", WORST))
    assessment = eg.assess(scheme, towns.month_of("2024-05"), facts)
    assert towns.tiers(assessment) == {"甲": "其他", "乙": "红牌", "丙": "末位", "丁": "其他"}
    assert assessment.remarks() == ("“榜”的“末位”：名额1个，界线上并列者全部列入：丙",)


@pytest.mark.parametrize("ties", ["include", "exclude", "decide"])
def test_the_cut_of_a_list_that_is_negated_is_not_told_for_the_tier_of_the_others(ties: str) -> None:
    assert on_board(WORST, eg.Tier("合格", eg.not_(LAST[ties]))).remarks() == ()


def test_a_list_twice_in_one_condition_is_told_as_once() -> None:
    twice = eg.Tier("末位", eg.any_of(LAST["include"], LAST["include"]))
    assert on_board(WORST, twice).remarks() == ("“榜”的“末位”：名额1个，界线上并列者全部列入：丙、乙",)


def test_a_second_prize_that_two_first_ones_get_is_not_said_to_be_nobodys() -> None:
    """Both are among the first two, and neither is the first: row G12 of docs/vocabulary says so."""
    second = eg.all_of(eg.top(2, ties="exclude"), eg.not_(eg.top(1, ties="exclude")))
    assessment = on_ladder(BEST, rung("二等奖", second))
    assert towns.proposed(assessment) == [("乙", "二等奖"), ("甲", "二等奖")]
    assert assessment.remarks() == ()


@pytest.mark.parametrize(
    ("publish", "more"), [("highest", {}), ("every rung", {"supersedes": ("通报",)})], ids=["highest", "supersedes"]
)
@pytest.mark.parametrize("ties", ["include", "exclude", "decide"])
def test_a_measure_whose_place_another_takes_is_not_told_with_its_tie(
    publish: Any, more: dict[str, Any], ties: str
) -> None:
    assessment = on_ladder(WORST, rung("通报", LAST[ties]), rung("约谈", eg.below(60), **more), publish=publish)
    assert towns.proposed(assessment) == [("丙", "约谈"), ("乙", "约谈")]
    assert assessment.remarks() == ()


def test_a_measure_that_asks_more_than_its_tied_units_meet_is_not_told_with_their_tie() -> None:
    assessment = on_ladder(WORST, rung("约谈", eg.all_of(LAST["include"], eg.below(40))))
    assert towns.proposed(assessment) == []
    assert assessment.remarks() == ()


def test_a_measure_beside_which_another_stands_is_told_with_its_tie() -> None:
    assessment = on_ladder(WORST, rung("通报", LAST["include"]), rung("约谈", eg.below(60)), publish="every rung")
    assert assessment.remarks() == ("“通报”：名额1个，界线上并列者全部列入：丙、乙",)


def test_who_climbed_higher_by_the_same_list_is_told_with_the_others_of_its_tie() -> None:
    """丙 was last in April too, and is summoned instead; both are among the last by the tie."""
    run = eg.streak(LAST["include"], 2, **DECLARED)
    scheme = towns.scheme(ladders=(eg.Ladder((rung("通报", LAST["include"]), rung("约谈", run)), publish="highest"),))
    april = {**WORST, "乙": "70"}
    found = eg.assess_season(scheme, towns.facts({"2024-04": april, "2024-05": WORST}))
    assert towns.proposed(found.latest) == [("丙", "约谈"), ("乙", "通报")]
    assert found.latest.remarks() == ("“通报”：名额1个，界线上并列者全部列入：丙、乙",)


def test_a_tie_within_a_ladder_of_issues_is_told_of_the_units() -> None:
    late = issue("1", "丙", event("dispatched", "2024-05-02", due="2024-05-10"))
    both = rung("约谈", eg.all_of(eg.overdue(), LAST["include"]))
    either = rung("督办", eg.any_of(eg.overdue(9), eg.all_of(LAST["include"], eg.below(70))))
    ladder = eg.Ladder((both, either), subject="issue", publish="highest")
    facts = towns.facts({"2024-05": WORST}, issues=(late,))
    assessment = eg.assess(towns.scheme(ladders=(ladder,)), towns.month_of("2024-05"), facts)
    assert assessment.remarks()[1:] == (
        "“约谈”：名额1个，界线上并列者全部列入：丙、乙",
        "“督办”：名额1个，界线上并列者全部列入：丙、乙",
    )


def test_an_overlap_is_told_of_those_whom_a_tie_put_into_the_tier() -> None:
    """All are level, so no tie put 甲 into 红榜: its rate did."""
    tiers = (
        eg.Tier("红榜", eg.any_of(eg.top(1, ties="include"), eg.at_least(90, of="整改率"))),
        eg.Tier("黑榜", eg.any_of(eg.bottom(1, ties="include"), eg.below(60))),
    )
    figure = eg.Figure("整改率", eg.stated("台账", several="mean"), eg.RankBy(places=0))
    facts = towns.facts({"2024-05": LEVEL}, inspections=towns.stated("2024-05", {"甲": "95"}, "台账"))
    scheme = towns.scheme(figures=(figure,), boards=(eg.Board("榜", tiers, rest="其他"),))
    assessment = eg.assess(scheme, towns.month_of("2024-05"), facts)
    assert towns.tiers(assessment) == {"甲": "红榜", "乙": "黑榜", "丙": "黑榜"}
    assert [note.what for note in assessment.notes] == ["tie excluded"]
