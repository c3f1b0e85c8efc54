"""Editions: several of one scheme over a season, each judging its own rounds."""

from datetime import date
from typing import Any

import pytest

import envgov as eg
import towns

OLD = towns.scheme(boards=(eg.Board("档", (eg.Tier("优秀", eg.at_least(80)),), rest="其他"),))
NEW = towns.scheme(since=date(2024, 3, 1), boards=(eg.Board("档", (eg.Tier("优秀", eg.at_least(90)),), rest="其他"),))
MONTHS = {f"2024-0{m}": {"甲": "85", "乙": "95"} for m in (1, 2, 3, 4)}


def test_each_round_is_judged_by_the_edition_in_force_and_says_which() -> None:
    """The cuts of Ningbo: 80 in one edition, more in the next."""
    season = eg.assess_season((NEW, OLD), towns.facts(MONTHS))
    assert [(a.record.round.label, a.edition, towns.tiers(a)["甲"]) for a in season] == [
        ("2024-01", "2024-01-01", "优秀"),
        ("2024-02", "2024-01-01", "优秀"),
        ("2024-03", "2024-03-01", "其他"),
        ("2024-04", "2024-03-01", "其他"),
    ]
    assert [record.edition for record in season.history.records] == [a.edition for a in season]


def test_the_order_in_which_editions_are_given_does_not_matter() -> None:
    facts = towns.facts(MONTHS)
    assert eg.assess_season((NEW, OLD), facts) == eg.assess_season((OLD, NEW), facts)


def test_one_edition_in_a_tuple_is_that_edition() -> None:
    facts = towns.facts(MONTHS)
    assert eg.assess_season((OLD,), facts) == eg.assess_season(OLD, facts)


@pytest.mark.parametrize(
    ("editions", "told"),
    [
        ((OLD, towns.scheme(id="county", since=date(2024, 3, 1))), "town since 2024-01-01, county since 2024-03-01"),
        ((OLD, towns.scheme(title="又一版")), "town since 2024-01-01, town since 2024-01-01"),
        ((), "none"),
    ],
)
def test_editions_are_of_one_scheme_and_of_different_days(editions: Any, told: str) -> None:
    with pytest.raises(eg.SchemeError, match=f"each with a day of its own, are wanted: {told}"):
        eg.assess_season(editions, towns.facts(MONTHS))
    with pytest.raises(eg.SchemeError, match="editions of one scheme"):
        eg.rounds_of(editions, towns.facts(MONTHS))


def test_a_round_from_before_every_edition_is_none_of_the_season() -> None:
    facts = towns.facts({"2023-12": {"甲": "85"}, **MONTHS})
    assert [r.label for r in eg.rounds_of((OLD, NEW), facts)] == list(MONTHS)
    assert eg.in_force((OLD, NEW), towns.month_of("2023-12")) is None
    with pytest.raises(eg.SchemeError, match="applies since 2024-01-01"):
        eg.assess_season((NEW, OLD), facts, rounds=[towns.month_of("2023-12")])


@pytest.mark.parametrize(("judged_on", "edition"), [("first day", "2024-01-01"), ("last day", "2024-02-15")])
def test_an_edition_that_begins_within_a_round_judges_it_only_if_the_last_day_decides(
    judged_on: Any, edition: str
) -> None:
    middle = towns.scheme(since=date(2024, 2, 15), judged_on=judged_on)
    found = eg.in_force((OLD, middle), towns.month_of("2024-02"))
    assert found is not None
    assert found.edition == edition


def test_the_cadence_may_change_with_the_edition() -> None:
    quarterly = towns.scheme(since=date(2024, 4, 1), cadence=eg.quarter())
    facts = towns.facts({label: {"甲": "85"} for label in ("2024-02", "2024-03", "2024-04", "2024-06", "2024-07")})
    season = eg.assess_season((OLD, quarterly), facts)
    assert [a.record.round.label for a in season] == ["2024-02", "2024-03", "2024-Q2", "2024-Q3"]


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        ("carry", [[], [("甲", "约谈")], [("甲", "约谈")], [("甲", "约谈")]]),
        ("restart", [[], [("甲", "约谈")], [], [("甲", "约谈")]]),
    ],
)
def test_a_run_goes_on_over_editions_or_begins_anew(editions: Any, expected: list[list[tuple[str, str]]]) -> None:
    twice = eg.streak(
        eg.bottom(1, ties="include"), 2, unheld="break", absent="break", repeat="each", editions=editions, heads="carry"
    )
    ladders = (eg.Ladder((eg.Rung("约谈", twice, ("村主要负责人",)),), publish="highest"),)
    old, new = (towns.scheme(since=date(2024, month, 1), ladders=ladders) for month in (1, 3))
    assert [towns.proposed(a) for a in eg.assess_season((old, new), towns.facts(MONTHS))] == expected


def black(*tiers: str, rest: str = "其他") -> tuple[eg.Board, ...]:
    """The first tier takes a last unit below 80, the second any last unit."""
    conditions: tuple[eg.Condition, ...] = (
        eg.all_of(eg.bottom(1, ties="include"), eg.below(80)),
        eg.bottom(1, ties="include"),
    )
    given = zip(tiers, conditions, strict=False)
    return (eg.Board("榜", tuple(eg.Tier(name, when, side="sanction") for name, when in given), rest=rest),)


@pytest.mark.parametrize(
    ("before", "feb", "march", "expected"),
    [
        (black("黑榜"), "75", "75", [("甲", "约谈?")]),  # it may have become 黑牌
        (black("黑榜"), "85", "75", []),  # 其他 is still a tier, and another one
        (black("黑榜", rest="一般"), "85", "75", [("甲", "约谈?")]),  # 一般 is none any more
        (black("黑牌", "黄榜"), "85", "75", []),  # 黑牌 was a tier then, and it stood in another
        (black("黑牌", "黄榜"), "75", "75", [("甲", "约谈")]),
    ],
)
def test_a_tier_asked_by_name_is_told_from_the_others_wherever_the_names_tell_it(
    before: tuple[eg.Board, ...], feb: str, march: str, expected: list[tuple[str, str]]
) -> None:
    """甲 is in 黑牌 in March: was it there, on the board of the edition before, in February?"""
    twice = eg.streak(
        eg.placed("榜", "黑牌"), 2, unheld="break", absent="break", repeat="each", editions="carry", heads="carry"
    )
    ladders = (eg.Ladder((eg.Rung("约谈", twice, ("村主要负责人",)),), publish="highest"),)
    old = towns.scheme(boards=before)
    new = towns.scheme(since=date(2024, 3, 1), boards=black("黑牌"), ladders=ladders)
    facts = towns.facts({"2024-02": {"甲": feb, "乙": "95"}, "2024-03": {"甲": march, "乙": "95"}})
    season = eg.assess_season((old, new), facts)
    assert towns.proposed(season.latest) == expected
    told = "2024-02的榜没有这个档次，当时所在的档次现已取消或改名"
    assert (told in eg.narrate(season.latest.explain("甲"))) is bool(expected and "?" in expected[0][1])


@pytest.mark.parametrize(
    ("before", "after"), [(eg.week(ends="friday"), eg.month()), (eg.month(), eg.week(ends="friday"))]
)
def test_an_edition_of_another_cadence_begins_where_rounds_of_both_begin(before: eg.Cadence, after: eg.Cadence) -> None:
    """On 1 May 2024, a Wednesday, a week was in its middle: its days would be judged twice, or never."""
    old, new = towns.scheme(cadence=before), towns.scheme(cadence=after, since=date(2024, 5, 1))
    with pytest.raises(eg.SchemeError, match="on 2024-05-01, in the middle of a round: some days would be judged"):
        eg.assess_season((old, new), towns.facts(MONTHS))


def test_a_ruling_on_the_scheme_that_concerns_no_round_that_was_held_is_refused() -> None:
    cut = eg.bottom(1, ties="decide")
    ruling = eg.Ruling("甲", date(2024, 5, 9), cut, holds=True, by="镇党委", why="会议研究", scheme=OLD.id)
    facts = towns.facts(MONTHS, rulings=(ruling,))
    with pytest.raises(eg.InputError, match="in no round of it that holds 2024-05-09 anything happened") as refused:
        eg.assess_season(OLD, facts)
    assert "give a day of the round that the ruling concerns" in str(refused.value)
    assert "rulings, unit: " in str(refused.value)
    assert "happened: bottom(1, ties='decide') (found '甲')" in str(refused.value)
    assert len(eg.assess_season(OLD, facts, rounds=eg.rounds_of(OLD, facts))) == len(MONTHS)


def test_a_ruling_by_which_the_whole_field_is_exempt_is_not_taken_for_one_on_no_round() -> None:
    """In February nobody is ranked, so the round leaves no record; yet the rulings of February did just that."""
    rest = eg.ruled("休整", "县整治办")
    february = date(2024, 2, 9)
    rulings = tuple(
        eg.Ruling(unit, february, rest, holds=True, by="县整治办", why="防汛", scheme="town") for unit in "甲乙"
    )
    facts = towns.facts({"2024-01": {"甲": "80", "乙": "90"}, "2024-02": {"甲": "80", "乙": "90"}}, rulings=rulings)
    season = eg.assess_season(towns.scheme(exempt=rest), facts)
    assert [a.record.round.label for a in season] == ["2024-01"]
