"""The hard cases, and the one answer that is defined for each; docs/answers.md says them in words."""

from datetime import date
from typing import Any

import pytest

import envgov as eg
import towns
from places import DECLARED, event, issue, listed

MAY = towns.month_of("2024-05")
LAST = eg.bottom(1, ties="include")
OPEN = eg.bottom(1, ties="decide")


def talks(when: eg.Condition, *, publish: Any = "every rung") -> tuple[eg.Ladder, ...]:
    return (eg.Ladder((eg.Rung("约谈", when, ("村主要负责人",)),), publish=publish),)


def running(k: int, **declared: Any) -> eg.Condition:
    return eg.streak(LAST, k, **{**DECLARED, **declared})


def months(*labels: str, **scores: object) -> dict[str, dict[str, object]]:
    return {label: scores or {"甲": "90", "乙": "70"} for label in labels}


def proposals(season: eg.Season) -> list[list[tuple[str, str]]]:
    return [towns.proposed(assessment) for assessment in season]


@pytest.mark.parametrize(
    ("ties", "tiers"),
    [
        ("include", {"乙": "黑榜", "丙": "黑榜"}),
        ("exclude", {"乙": "其他", "丙": "其他"}),
        ("break", {"乙": "其他", "丙": "黑榜"}),
        ("decide", {"乙": "pending", "丙": "pending"}),
    ],
)
def test_a_tie_across_a_cut(ties: Any, tiers: dict[str, str]) -> None:
    """All of the tied are in, or none, or those whom the tie-breakers put there, or a person decides; a note says so."""
    board = eg.Board("榜", (eg.Tier("黑榜", eg.bottom(1, ties=ties)),), rest="其他")
    ranking = eg.RankBy(places=1, breakers=(eg.stated("现场", several="mean"),))
    facts = towns.facts(
        {"2024-05": {"甲": "90", "乙": "70", "丙": "70"}},
        inspections=towns.stated("2024-05", {"乙": "9", "丙": "8"}, "现场"),
    )
    assessment = eg.assess(towns.scheme(ranking=ranking, boards=(board,)), MAY, facts)
    assert towns.tiers(assessment) == {"甲": "其他", **tiers}
    assert len(assessment.notes) == 1
    assert {s.unit: s.rank for s in assessment.record.standings} == {"甲": 1, "乙": 2, "丙": 2}


@pytest.mark.parametrize("ties", ["include", "exclude", "break", "decide"])
def test_all_equal(ties: Any) -> None:
    """All share the first rank, and lists by rank name nobody: there is neither first nor last. Thresholds still hold."""
    board = eg.Board(
        "榜", (eg.Tier("红榜", eg.top(1, ties=ties)), eg.Tier("黑榜", eg.bottom(1, ties=ties))), rest="其他"
    )
    poor = eg.Board("差", (eg.Tier("差", eg.below(60)),), rest="其他")
    ranking = eg.RankBy(places=1, breakers=(eg.stated("现场", several="mean"),))
    assessment = towns.assess(dict.fromkeys("甲乙丙", "50"), ranking=ranking, boards=(board, poor))
    assert [s.rank for s in assessment.record.standings] == [1, 1, 1]
    assert (listed(assessment, "红榜"), listed(assessment, "黑榜"), listed(assessment, "差")) == (
        [],
        [],
        sorted("甲乙丙"),
    )
    assert {note.what for note in assessment.notes} == {"all tied"}


def test_one_unit() -> None:
    """It is ranked first of one, and no list by rank names it."""
    board = eg.Board(
        "榜",
        (eg.Tier("红榜", eg.top(3, ties="include")), eg.Tier("黑榜", eg.bottom(2, ties="include"))),
        rest="其他",
    )
    assessment = towns.assess({"甲": "50"}, boards=(board,))
    assert [(s.rank, s.size) for s in assessment.record.standings] == [(1, 1)]
    assert towns.tiers(assessment) == {"甲": "其他"}


def test_fewer_units_than_the_lists_need() -> None:
    """The round is refused with the list, the room that it needs and the size; or the lists do as the board declares."""
    tiers = eg.Tier("红榜", eg.top(2, ties="include")), eg.Tier("黑榜", eg.bottom(2, ties="include"))
    scores: dict[str, object] = {"甲": "90", "乙": "80", "丙": "70"}
    with pytest.raises(eg.SchemeError, match="board '榜' needs a group of 4 units, and the field has 3 units"):
        towns.assess(scores, boards=(eg.Board("榜", tiers, rest="其他"),))
    for small_field, share, expected in (
        ("none", None, ([], [])),
        ("fewer", None, (["甲"], ["丙"])),  # 2 x 3/4 = 1.5
        ("share", 40, (["甲"], ["丙"])),  # 1.2 of 3
    ):
        board = eg.Board("榜", tiers, rest="其他", small_field=small_field, share=share)  # type: ignore[arg-type]
        assessment = towns.assess(scores, boards=(board,))
        assert (listed(assessment, "红榜"), listed(assessment, "黑榜")) == expected


@pytest.mark.parametrize(
    ("unheld", "expected"), [("break", []), ("skip", [("乙", "约谈")]), ("decide", [("乙", "约谈?")])]
)
def test_a_round_that_was_not_held(unheld: Any, expected: list[tuple[str, str]]) -> None:
    """It leaves no record; whether a run bridges it is declared by the counter, as `unheld`."""
    facts = towns.facts(months("2024-03", "2024-05"))
    season = eg.assess_season(towns.scheme(ladders=talks(running(2, unheld=unheld))), facts)
    assert [a.record.round.label for a in season] == ["2024-03", "2024-05"]
    assert towns.proposed(season.latest) == expected


@pytest.mark.parametrize(
    ("absent", "expected"), [("break", []), ("skip", [("乙", "约谈")]), ("decide", [("乙", "约谈?")])]
)
def test_a_unit_that_was_skipped_in_a_round_that_was_held(absent: Any, expected: list[tuple[str, str]]) -> None:
    """It is not assessed: no rank, no zero, no tier, no measure; whether its run goes on is declared, as `absent`."""
    skipped: dict[str, dict[str, object]] = {"2024-04": {"甲": "90", "乙": None, "丙": "80"}}
    given: dict[str, dict[str, object]] = {**months("2024-03", "2024-05", 甲="90", 乙="70", 丙="80"), **skipped}
    season = eg.assess_season(towns.scheme(ladders=talks(running(2, absent=absent))), towns.facts(given))
    april = season["2024-04"].record
    assert [(a.unit, a.why) for a in april.absences] == [("乙", eg.Absent.NOT_ASSESSED)]
    assert [towns.proposed(season[label]) for label in ("2024-04", "2024-05")] == [[], expected]


@pytest.mark.parametrize(
    ("empty", "expected"),
    [("exempt", eg.Absent.EXEMPT), ("not assessed", eg.Absent.NOT_ASSESSED), ("zero", 0), ("full", 100)],
)
def test_an_empty_denominator(empty: Any, expected: object) -> None:
    """A rate over nothing is what the rate declares, and never a guess: exempt, not assessed, 0 or 100."""
    closing = eg.rate(eg.on_time("closed"), eg.due(during="round"), by="place", empty=empty)
    given = event("dispatched", "2024-05-02", due="2024-05-10")
    ledger = (issue("1", "甲", given, event("rectified", "2024-05-03"), event("accepted", "2024-05-04")),)
    facts = towns.facts(months("2024-05"), issues=ledger)
    scores = closing.scores("甲乙", facts.during(MAY))
    assert scores["甲"].value == 100
    assert scores["乙"].value == expected


@pytest.mark.parametrize(
    ("empty", "absent", "expected"),
    [
        ("exempt", "renormalise", 90),
        ("exempt", "zero", 54),
        ("not assessed", "renormalise", 54),
        ("not assessed", "zero", 54),
    ],
)
def test_a_part_from_which_a_unit_is_exempt(empty: Any, absent: Any, expected: int) -> None:
    """It is what the whole declares of every absent part; or_else(part, constant(0)) spares who is exempt alone."""
    rule = eg.rate(eg.on_time("closed"), eg.due(during="round"), by="place", empty=empty)
    visit = eg.stated(towns.CHANNEL, several="mean")
    whole = eg.weighted(eg.Part(60, visit), eg.Part(40, eg.or_else(rule, eg.constant(0))), absent=absent)
    assert whole.scores(["甲"], towns.facts({"2024-05": {"甲": "90"}}).during(MAY))["甲"].value == expected


@pytest.mark.parametrize(("heads", "expected"), [("carry", [("乙", "约谈")]), ("restart", [])])
def test_a_head_appointed_during_a_run(heads: Any, expected: list[tuple[str, str]]) -> None:
    """Whose rounds count is declared, as `heads`: with "restart" nobody answers for a predecessor's rounds."""
    posts = (
        eg.Assignment("王", "村支书", "乙", until=date(2024, 5, 1)),
        eg.Assignment("李", "村支书", "乙", since=date(2024, 5, 1)),
    )
    scheme = towns.scheme(head="村支书", ladders=talks(running(2, heads=heads)))
    season = eg.assess_season(scheme, towns.facts(months("2024-04", "2024-05"), assignments=posts))
    assert towns.proposed(season.latest) == expected


@pytest.mark.parametrize(("editions", "expected"), [("carry", [("乙", "约谈")]), ("restart", [])])
def test_an_edition_that_changes_during_a_run(editions: Any, expected: list[tuple[str, str]]) -> None:
    """Rounds of the edition before count or not as the counter declares, in `editions`; they are never judged anew."""
    ladders = talks(running(2, editions=editions))
    old, new = (towns.scheme(since=date(2024, month, 1), ladders=ladders) for month in (4, 5))
    season = eg.assess_season((old, new), towns.facts(months("2024-04", "2024-05")))
    assert [a.edition for a in season] == ["2024-04-01", "2024-05-01"]
    assert towns.proposed(season.latest) == expected


def _black(name: str, *more: eg.Tier) -> tuple[eg.Board, ...]:
    return (eg.Board("榜", (eg.Tier(name, LAST, side="sanction"), *more), rest="其他"),)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (eg.placed("榜", "黑牌"), [("乙", "约谈?")]),
        (eg.sanctioned("榜"), [("乙", "约谈")]),
    ],
)
def test_a_tier_that_bears_another_name_in_the_next_edition(
    when: eg.Condition, expected: list[tuple[str, str]]
) -> None:
    """Asked by name a person decides whether the one became the other; asked by side the run goes on."""
    old = towns.scheme(boards=_black("黑榜"))
    twice = eg.streak(when, 2, **DECLARED)
    new = towns.scheme(since=date(2024, 5, 1), boards=_black("黑牌"), ladders=talks(twice))
    season = eg.assess_season((old, new), towns.facts(months("2024-04", "2024-05")))
    assert towns.proposed(season.latest) == expected


def test_a_years_end_inside_a_cumulative_count() -> None:
    """The count begins anew with the year; a round counts in the year in which it ends."""
    twice = eg.cumulative(LAST, 2, within=eg.year(), repeat="each", editions="carry", heads="carry")
    season = eg.assess_season(
        towns.scheme(ladders=talks(twice)), towns.facts(months("2024-11", "2024-12", "2025-01", "2025-02"))
    )
    assert proposals(season) == [[], [("乙", "约谈")], [], [("乙", "约谈")]]


def test_a_week_over_new_year() -> None:
    """It counts whole in the year in which it ends: 29 December in the old one, the two days after it in the new."""
    weeks = [eg.week(ends="friday").round_of(day) for day in (date(2023, 12, 29), date(2024, 1, 5))]
    seen = tuple(eg.Inspection("甲", date(2023, 12, day), "督导") for day in (29, 30, 31))
    facts = towns.facts({"2024-01": {"甲": "90"}}, inspections=seen)
    so_far = eg.to_date(eg.year(), eg.count_inspections())
    assert [so_far.scores(["甲"], facts.during(week))["甲"].value for week in weeks] == [1, 3]


@pytest.mark.parametrize(("successor", "expected"), [("乙", [("乙", "约谈")]), ("丁", [])])
def test_a_unit_that_is_merged_into_another(successor: str, expected: list[tuple[str, str]]) -> None:
    """History goes by code: a village that takes in another and keeps its code keeps its runs, one with a new code has none.

    The unit that ended is in no later field, and its runs end with it.
    """
    first = date(2024, 5, 1)
    ended = {"丙": first} if successor == "乙" else {"乙": first, "丙": first}
    units = [eg.Unit(u, f"{u}村", "村", until=ended.get(u)) for u in "甲乙丙"]
    units += [eg.Unit("丁", "乙村", "村", since=first)] if successor == "丁" else []
    seen = towns.stated("2024-04", {"甲": "90", "乙": "70", "丙": "80"})
    seen += towns.stated("2024-05", {"甲": "90", successor: "70"})
    season = eg.assess_season(towns.scheme(ladders=talks(running(2))), eg.Facts(eg.Grid(units), inspections=seen))
    assert {unit.code for unit in season.latest.units} == {"甲", successor}
    assert towns.proposed(season.latest) == expected


def test_open_issues_of_a_place_that_is_gone() -> None:
    """By place they count for no unit, and a note says how many there are; who owed them owes them."""
    units = (eg.Unit("乙", "乙", "村", until=MAY.start),)
    left = issue("1", "乙", found="2024-04-09", responsible=("甲",))
    facts = towns.facts({"2024-05": {"甲": "90"}}, units=units, issues=(left,))
    still_open = eg.in_state("open")
    at, owed = (
        eg.assess(towns.scheme(scoring=eg.count_issues(still_open, by=by)), MAY, facts)
        for by in ("place", "responsible")
    )
    assert [a.record.standings[0].score for a in (at, owed)] == [0, 1]
    assert [note.what for note in at.notes] == ["off the grid"]


def test_a_measure_that_is_proposed_twice() -> None:
    """It is one measure: its identity is scheme, rung, subject and round, whoever assesses and however often."""
    scheme, facts = towns.scheme(ladders=talks(LAST)), towns.facts(months("2024-04", "2024-05"))
    first, again = eg.assess_season(scheme, facts), eg.assess_season(scheme, facts)
    assert {m.identity for a in (*first, *again) for m in a.measures} == {
        ("town", "约谈", "乙", towns.month_of("2024-04")),
        ("town", "约谈", "乙", MAY),
    }


def test_ordinal_ranks_without_a_decision() -> None:
    """The round is refused, and the two that stay level are named: no order of codes, names or input decides."""
    ranking = eg.RankBy(places=1, method="ordinal", breakers=(eg.stated("现场", several="mean"),))
    with pytest.raises(eg.SchemeError, match="乙 and 甲 are level after every breaker"):
        towns.assess({"甲": "80", "乙": "80", "丙": "70"}, ranking=ranking)


def test_an_inspection_that_is_corrected_after_publication() -> None:
    """Assess the corrected facts: the identities say which measures are withdrawn and which are new, the rest stand."""
    board = eg.Board("榜", (eg.Tier("黑榜", LAST, "sanction"),), rest="其他")
    criticised = eg.Ladder((eg.Rung("通报", eg.below(80), ("村主要负责人",)),), publish="every rung")
    scheme = towns.scheme(boards=(board,), ladders=(*talks(eg.sanctioned()), criticised))
    published, corrected = (towns.facts({"2024-05": {"甲": "90", "乙": score, "丙": "75"}}) for score in ("70", "78"))
    before, after = ({m.identity for m in eg.assess(scheme, MAY, facts).measures} for facts in (published, corrected))
    assert {identity[1:3] for identity in before - after} == {("约谈", "乙")}  # withdrawn
    assert {identity[1:3] for identity in after - before} == {("约谈", "丙")}  # new
    assert {identity[1:3] for identity in before & after} == {("通报", "乙"), ("通报", "丙")}


def test_a_correction_that_reaches_later_rounds() -> None:
    """The rounds after it are assessed again too: a run that rested on the corrected round falls."""
    scheme = towns.scheme(ladders=talks(running(2)))
    given = months("2024-04", "2024-05")
    wrong = eg.assess_season(scheme, towns.facts(given))
    right = eg.assess_season(scheme, towns.facts({**given, "2024-04": {"甲": "60", "乙": "70"}}))
    assert proposals(wrong) == [[], [("乙", "约谈")]]
    assert proposals(right) == [[], []]


def test_a_pending_condition_after_it_was_ruled_on() -> None:
    """A ruling settles the very condition that was open, in its round; a counter that rested on it is settled with it."""
    scheme = towns.scheme(ladders=talks(eg.streak(OPEN, 2, **DECLARED)))
    given = {"2024-04": {"甲": "90", "乙": "70", "丙": "70"}, "2024-05": {"甲": "90", "乙": "70", "丙": "80"}}
    for rulings, expected in (
        ((), [("乙", "约谈?")]),
        (
            (eg.Ruling("乙", date(2024, 4, 30), OPEN, holds=True, by="指挥部", why="现场复查", scheme="town"),),
            [("乙", "约谈")],
        ),
        ((eg.Ruling("乙", date(2024, 4, 30), OPEN, holds=False, by="指挥部", why="现场复查", scheme="town"),), []),
    ):
        season = eg.assess_season(scheme, towns.facts(given, rulings=rulings))
        assert towns.proposed(season.latest) == expected
