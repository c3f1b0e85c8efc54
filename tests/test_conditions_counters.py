"""Counters: runs, counts within a year, k of the last m; what bridges them, ends them, or leaves them open."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

import envgov as eg
import towns
from places import DECLARED, last, scored, season

LAST = eg.bottom(1, ties="decide")
LOW, HIGH, LEVEL, AWAY = "70", "90", "80", None  # of 甲; 乙 and 丙 always have 90 and 80


def streak_of(months: dict[str, object], k: int, **declared: Any) -> object:
    """What 连续k次末位 answers for 甲 in the last month; 丙 has 80 throughout, so LEVEL ties for last."""
    season = {label: {"甲": score, "乙": "95", "丙": "80"} for label, score in months.items()}
    assessments = list(eg.assess_season(towns.scheme(), towns.facts(season)))
    place = eg.Place("甲", assessments[-1].record, tuple(a.record for a in assessments[:-1]))
    return eg.streak(LAST, k, **{**DECLARED, **declared}).at(place).value


def months(*scores: object, skip: tuple[int, ...] = ()) -> dict[str, object]:
    labels = [f"2024-{m:02}" for m in range(1, 13) if m not in skip]
    return dict(zip(labels, scores, strict=False))


def test_a_run_reaches_back_to_the_first_round_that_breaks_it() -> None:
    assert streak_of(months(HIGH, LOW, LOW), 2) is True
    assert streak_of(months(LOW, HIGH, LOW), 2) is False
    assert streak_of(months(LOW, LOW), 3) is False


@pytest.mark.parametrize(("repeat", "fires"), [("once", [2]), ("each", [2, 3, 4, 5]), ("every k", [2, 4])])
def test_a_longer_run_fires_as_declared(repeat: Any, fires: list[int]) -> None:
    found = [n for n in range(1, 6) if streak_of(months(*[LOW] * n), 2, repeat=repeat) is True]
    assert found == fires


@pytest.mark.parametrize(("unheld", "expected"), [("break", False), ("skip", True), ("decide", None)])
def test_a_round_that_was_not_held_ends_bridges_or_opens_the_run(unheld: Any, expected: object) -> None:
    assert streak_of(months(LOW, LOW, skip=(2,)), 2, unheld=unheld) is expected


@pytest.mark.parametrize(("absent", "expected"), [("break", False), ("skip", True), ("decide", None)])
def test_a_round_without_the_unit_ends_bridges_or_opens_the_run(absent: Any, expected: object) -> None:
    assert streak_of(months(LOW, AWAY, LOW), 2, absent=absent) is expected


def test_an_open_gap_is_no_question_where_the_answer_does_not_depend_on_it() -> None:
    assert streak_of(months(HIGH, AWAY, LOW), 2, absent="decide") is False
    assert streak_of(months(LOW, AWAY, LOW, LOW), 2, absent="decide") is True
    assert streak_of(months(LOW, AWAY, LOW, LOW), 2, absent="decide", repeat="once") is None


def test_a_pending_round_leaves_the_run_pending_where_it_matters() -> None:
    assert streak_of(months(LEVEL, LOW), 2) is None
    assert streak_of(months(LEVEL, LOW, LOW), 2) is True
    assert streak_of(months(HIGH, LEVEL), 2) is False


def test_a_new_edition_ends_the_run_where_that_is_declared() -> None:
    old, new = towns.scheme(), towns.scheme(since=date(2024, 2, 1))
    facts = towns.facts({label: {"甲": "70", "乙": "90"} for label in ("2024-01", "2024-02")})
    january = eg.assess(old, towns.month_of("2024-01"), facts).record
    february = eg.assess(new, towns.month_of("2024-02"), facts).record
    place = eg.Place("甲", february, (january,))
    for editions, expected in (("carry", True), ("restart", False)):
        assert eg.streak(LAST, 2, **{**DECLARED, "editions": editions}).at(place).value is expected


@pytest.mark.parametrize(("since", "expected"), [(date(2024, 2, 29), False), (date(2024, 3, 1), True)])
def test_a_head_appointed_during_the_run_is_not_judged_for_the_predecessor(since: date, expected: bool) -> None:
    scheme = towns.scheme(head="支部书记")
    posts = (
        eg.Assignment("王", "支部书记", "甲", until=since),
        eg.Assignment("李", "支部书记", "甲", since=since),
        eg.Assignment("赵", "网格员", "甲"),
    )
    facts = towns.facts({label: {"甲": "70", "乙": "90"} for label in ("2024-01", "2024-02")}, assignments=posts)
    first, second = (assessment.record for assessment in eg.assess_season(scheme, facts))
    counter = eg.streak(LAST, 2, **{**DECLARED, "heads": "restart"})
    assert counter.at(eg.Place("甲", second, (first,))).value is expected


def test_a_run_under_a_head_whom_nobody_recorded_is_left_to_a_person() -> None:
    facts = towns.facts({label: {"甲": "70", "乙": "90"} for label in ("2024-01", "2024-02")})
    first, second = (assessment.record for assessment in eg.assess_season(towns.scheme(head="支部书记"), facts))
    counter = eg.streak(LAST, 2, **{**DECLARED, "heads": "restart"})
    assert counter.at(eg.Place("甲", second, (first,))).value is None
    once = eg.streak(LAST, 1, **{**DECLARED, "heads": "restart"})
    assert once.at(eg.Place("甲", second, (first,))).value is True


@pytest.mark.parametrize(("absent", "expected"), [("break", False), ("skip", True), ("decide", None)])
def test_a_round_without_the_figure_that_is_asked_for_is_an_absence(absent: Any, expected: object) -> None:
    figure = eg.Figure("回访", eg.stated("回访", several="mean"), eg.RankBy(places=0))
    rates = {"2024-01": {"甲": "50", "乙": "90"}, "2024-02": {"乙": "90"}, "2024-03": {"甲": "50", "乙": "90"}}
    seen = tuple(i for label, scores in rates.items() for i in towns.stated(label, scores, "回访"))
    facts = towns.facts({label: {"甲": "70", "乙": "60"} for label in rates}, inspections=seen)
    season = list(eg.assess_season(towns.scheme(figures=(figure,)), facts))
    counter = eg.streak(eg.bottom(1, of="回访", ties="include"), 2, **{**DECLARED, "absent": absent})
    place = eg.Place("甲", season[-1].record, tuple(a.record for a in season[:-1]))
    assert counter.at(place).value is expected


LOW_CALLS = eg.below(60, of="回访")
BOTH, EITHER = eg.all_of(eg.below(75), LOW_CALLS), eg.any_of(eg.below(75), LOW_CALLS)


def called(*months: tuple[str, str | None]) -> eg.Place:
    """甲 with such scores and figures, month by month."""
    given = dict(zip(("2024-01", "2024-02", "2024-03"), months, strict=False))
    seen = tuple(i for label, (_, rate) in given.items() for i in towns.stated(label, {"甲": rate, "乙": "90"}, "回访"))
    figure = eg.Figure("回访", eg.stated("回访", several="mean"), eg.RankBy(places=0))
    facts = towns.facts({label: {"甲": score, "乙": "90"} for label, (score, _) in given.items()}, inspections=seen)
    *earlier, now = (a.record for a in eg.assess_season(towns.scheme(figures=(figure,)), facts))
    return eg.Place("甲", now, tuple(earlier))


@pytest.mark.parametrize(
    ("when", "score", "skipped"),
    [
        (EITHER, "70", True),  # it held by the score, and counts: two in front of March make three
        (EITHER, "80", False),  # it may have held by the figure: nobody knows, and the run is of two
        (BOTH, "70", False),  # nobody knows either
        (
            eg.any_of(eg.all_of(eg.below(75), eg.above(60)), LOW_CALLS),
            "70",
            True,
        ),  # by the score, whatever it is asked in
        (eg.any_of(BOTH, eg.below(71)), "70", True),  # nor of this part, but the other holds
    ],
)
def test_a_missing_figure_is_an_absence_only_where_the_answer_rests_on_it(
    when: eg.Condition, score: str, skipped: bool
) -> None:
    place = called(("70", "50"), (score, None), ("70", "50"))
    three = {"absent": "skip", "repeat": "each"}
    assert eg.streak(when, 3, **{**DECLARED, **three}).at(place).value is skipped
    assert eg.k_of_last(when, 3, 3, **{**DECLARED, **three}).at(place).value is skipped
    counted = eg.cumulative(when, 3, within=eg.year(), repeat="each", editions="carry", heads="carry")
    assert counted.at(place).value is skipped
    assert eg.streak(when, 2, **{**DECLARED, **three}).at(place).value is True


def test_a_part_that_did_not_hold_ends_a_run_whatever_figure_another_lacks() -> None:
    place = called(("70", "50"), ("80", None), ("70", "50"))
    assert eg.streak(BOTH, 2, **{**DECLARED, "absent": "skip"}).at(place).value is False


@pytest.mark.parametrize(("when", "expected"), [(EITHER, True), (BOTH, False)])
def test_a_condition_that_holds_now_counts_now_whatever_figure_is_missing(when: eg.Condition, expected: bool) -> None:
    place = called(("70", "50"), ("70", None))
    assert eg.streak(when, 2, **DECLARED).at(place).value is expected
    assert eg.k_of_last(when, 2, 2, **DECLARED).at(place).value is expected


@pytest.mark.parametrize("absent", ["break", "skip"])
def test_a_part_that_is_pending_leaves_the_run_open_whatever_figure_another_lacks(absent: Any) -> None:
    tied = eg.any_of(eg.bottom(1, ties="decide"), LOW_CALLS)
    seen = towns.stated("2024-01", {"甲": "50", "丙": "90"}, "回访")
    figure = eg.Figure("回访", eg.stated("回访", several="mean"), eg.RankBy(places=0))
    months = {"2024-01": {"甲": "70", "乙": "90", "丙": "80"}, "2024-02": {"甲": "70", "乙": "70", "丙": "80"}}
    *earlier, now = (
        a.record for a in eg.assess_season(towns.scheme(figures=(figure,)), towns.facts(months, inspections=seen))
    )
    place = eg.Place("甲", now, tuple(earlier))
    assert eg.streak(tied, 2, **{**DECLARED, "absent": absent}).at(place).value is None


def test_a_run_ends_where_an_earlier_round_had_no_such_board() -> None:
    board = eg.Board("榜", (eg.Tier("黑榜", LAST),), rest="其他")
    facts = towns.facts({label: {"甲": "70", "乙": "90"} for label in ("2024-01", "2024-02")})
    january = eg.assess(towns.scheme(), towns.month_of("2024-01"), facts).record
    february = eg.assess(towns.scheme(boards=(board,)), towns.month_of("2024-02"), facts).record
    reason = eg.streak(eg.placed("榜", "黑榜"), 2, **DECLARED).at(eg.Place("甲", february, (january,)))
    assert reason.value is False
    assert reason.because[-1] == eg.Gap(january.round, "absent")


def test_a_unit_that_is_absent_now_is_in_no_run() -> None:
    assert streak_of(months(LOW, LOW, AWAY), 2, absent="skip") is False


@pytest.mark.parametrize("missing", ["unheld", "absent", "repeat", "editions", "heads"])
def test_what_posts_depend_on_has_no_default(missing: str) -> None:
    declared = {name: value for name, value in DECLARED.items() if name != missing}
    with pytest.raises(TypeError, match=missing):
        eg.streak(LAST, 2, **declared)


# ---- every counter
COUNTED: dict[str, Any] = {"repeat": "each", "editions": "carry", "heads": "carry"}


def in_year(k: int, **declared: Any) -> eg.Condition:
    return eg.cumulative(LAST, k, within=eg.year(), **{**COUNTED, **declared})


def of_last(k: int, m: int, **declared: Any) -> eg.Condition:
    return eg.k_of_last(LAST, k, m, **{**DECLARED, **declared})


def told(counter: eg.Condition, scores: Mapping[str, object]) -> object:
    """What the counter answers for 甲 in the last month."""
    return counter.at(last("甲", season({label: scored(score) for label, score in scores.items()}))).value


EVERY = [
    eg.streak(LAST, 2, **{**DECLARED, "editions": "restart", "heads": "restart"}),
    in_year(2, editions="restart", heads="restart"),
    of_last(2, 3, editions="restart", heads="restart"),
]
KINDS = ["streak", "cumulative", "k_of_last"]
TWO = {label: {"甲": "70", "乙": "90"} for label in ("2024-01", "2024-02")}


@pytest.mark.parametrize("counter", EVERY, ids=KINDS)
@pytest.mark.parametrize(("since", "expected"), [(None, True), (date(2024, 2, 1), False), (date(2024, 1, 20), True)])
def test_a_new_head_begins_anew(counter: eg.Condition, since: date | None, expected: bool) -> None:
    posts = [eg.Assignment("王", "村支书", "甲", until=since)]
    posts += [eg.Assignment("李", "村支书", "甲", since=since)] if since else []
    facts = towns.facts(TWO, assignments=posts)
    records = tuple(a.record for a in eg.assess_season(towns.scheme(head="村支书"), facts))
    assert counter.at(last("甲", records)).value is expected


@pytest.mark.parametrize("counter", EVERY, ids=KINDS)
@pytest.mark.parametrize("known", [date(2024, 2, 1), None])
def test_a_head_whom_nobody_recorded_leaves_it_to_a_person(counter: eg.Condition, known: date | None) -> None:
    posts = (eg.Assignment("王", "村支书", "甲", since=known),) if known else ()
    facts = towns.facts(TWO, assignments=posts)
    first, second = (a.record for a in eg.assess_season(towns.scheme(head="村支书"), facts))
    reason = counter.at(eg.Place("甲", second, (first,)))
    assert reason.value is None
    assert eg.Gap(first.round, "head unknown") in reason.because


@pytest.mark.parametrize("counter", EVERY, ids=KINDS)
def test_a_new_edition_begins_anew_and_the_reason_names_the_round(counter: eg.Condition) -> None:
    old, new = towns.scheme(), towns.scheme(since=date(2024, 2, 1))
    first, second = (a.record for a in eg.assess_season((old, new), towns.facts(TWO)))
    reason = counter.at(eg.Place("甲", second, (first,)))
    assert reason.value is False
    assert eg.Gap(first.round, "edition") in reason.because


@pytest.mark.parametrize("counter", [eg.streak(LAST, 2, **DECLARED), in_year(2), of_last(2, 3)], ids=KINDS)
def test_a_count_is_carried_over_heads_and_editions_where_that_is_declared(counter: eg.Condition) -> None:
    changed = date(2024, 2, 1)
    posts = (eg.Assignment("王", "村支书", "甲", until=changed), eg.Assignment("李", "村支书", "甲", since=changed))
    editions = (towns.scheme(head="村支书"), towns.scheme(head="村支书", since=changed))
    records = tuple(a.record for a in eg.assess_season(editions, towns.facts(TWO, assignments=posts)))
    assert counter.at(last("甲", records)).value is True


@pytest.mark.parametrize(
    "counter",
    [eg.streak(LAST, 2, **DECLARED), in_year(2), of_last(2, 3)],
    ids=KINDS,
)
def test_a_ruling_settles_what_a_counter_leaves_open(counter: eg.Condition) -> None:
    months = {"2024-01": scored(LEVEL), "2024-02": scored(LOW)}
    ruling = eg.Ruling("甲", date(2024, 2, 3), counter, holds=True, by="指挥部", why="?", scheme="town")
    for rulings, expected in (((), None), ((ruling,), True)):
        facts = towns.facts(months, rulings=rulings)
        records = tuple(a.record for a in eg.assess_season(towns.scheme(), facts))
        assert counter.at(last("甲", records)).value is expected


@pytest.mark.parametrize("counter", [eg.streak(LAST, 1, **DECLARED), in_year(1), of_last(1, 1)], ids=KINDS)
@pytest.mark.parametrize(("score", "expected"), [(LOW, True), (HIGH, False), (LEVEL, None), (AWAY, False)])
def test_this_round_itself_counts_first(counter: eg.Condition, score: object, expected: object) -> None:
    assert told(counter, {"2024-01": score}) is expected


# ---- within a year
def test_the_count_is_of_every_round_of_the_year_running_or_not() -> None:
    assert told(in_year(2), {"2024-01": LOW, "2024-02": HIGH, "2024-09": LOW}) is True
    assert told(in_year(3), {"2024-01": LOW, "2024-02": HIGH, "2024-09": LOW}) is False


def test_a_round_in_which_it_does_not_hold_is_no_time() -> None:
    assert told(in_year(1), {"2024-01": LOW, "2024-02": HIGH}) is False


def test_the_count_begins_anew_with_the_year() -> None:
    assert told(in_year(2), {"2024-12": LOW, "2025-01": LOW}) is False
    assert told(in_year(2), {"2024-12": LOW, "2025-01": LOW, "2025-02": LOW}) is True


def test_a_round_counts_in_the_year_in_which_it_ends() -> None:
    days = [date(2024, 12, 25), date(2025, 1, 2), date(2025, 1, 9)]  # weeks that end on 27 December, 3 and 10 January
    seen = tuple(
        eg.Inspection(unit, day, towns.CHANNEL, stated=eg.points(score))
        for day in days
        for unit, score in {"甲": "70", "乙": "90"}.items()
    )
    scheme = towns.scheme(cadence=eg.week(ends="friday"))
    records = tuple(
        a.record
        for a in eg.assess_season(
            scheme, towns.facts({}, units=(eg.Unit("甲", "甲", "村"), eg.Unit("乙", "乙", "村")), inspections=seen)
        )
    )
    assert [r.round.label for r in records] == ["2024-12-21~27", "2024-12-28~2025-01-03", "2025-01-04~10"]
    assert in_year(2).at(last("甲", records[:2])).value is False
    assert in_year(2).at(last("甲", records)).value is True


def test_another_span_than_the_year_may_be_named() -> None:
    scores = {"2024-01": LOW, "2024-03": LOW, "2024-04": LOW}
    in_quarter = eg.cumulative(LAST, 2, within=eg.quarter(), **COUNTED)
    assert told(in_quarter, {k: scores[k] for k in ("2024-01", "2024-03")}) is True
    assert told(in_quarter, scores) is False


@pytest.mark.parametrize(("repeat", "fires"), [("once", [2]), ("each", [2, 3, 4, 5]), ("every k", [2, 4])])
def test_it_is_told_as_often_as_declared(repeat: Any, fires: list[int]) -> None:
    found = [n for n in range(1, 6) if told(in_year(2, repeat=repeat), months(*[LOW] * n)) is True]
    assert found == fires


def test_rounds_not_held_or_without_the_unit_change_nothing() -> None:
    assert told(in_year(2), {"2024-01": LOW, "2024-02": AWAY, "2024-05": LOW}) is True


def test_pending_rounds_leave_the_count_open_where_it_matters() -> None:
    assert told(in_year(2), months(LEVEL, LOW)) is None
    assert told(in_year(2), months(LOW, LEVEL)) is None
    assert told(in_year(2), months(LEVEL, LOW, LOW)) is True
    assert told(in_year(2, repeat="once"), months(LEVEL, LOW, LOW)) is None
    assert told(in_year(3), months(LEVEL, LOW)) is False


# ---- k of the last m
def test_k_of_the_last_m_rounds_this_one_among_them() -> None:
    assert told(of_last(2, 3), months(LOW, HIGH, LOW)) is True
    assert told(of_last(2, 3), months(LOW, HIGH, HIGH, LOW)) is False
    assert told(of_last(2, 3), months(LOW, LOW, HIGH)) is False


def test_fewer_rounds_than_m_may_be_enough() -> None:
    assert told(of_last(2, 3), months(LOW, LOW)) is True
    assert told(of_last(2, 3), months(LOW)) is False


@pytest.mark.parametrize(("unheld", "expected"), [("break", False), ("skip", True), ("decide", None)])
def test_a_round_that_was_not_held_ends_the_look_back_takes_no_place_or_opens_it(unheld: Any, expected: object) -> None:
    assert told(of_last(2, 3, unheld=unheld), {"2024-01": LOW, "2024-03": LOW}) is expected


@pytest.mark.parametrize(("absent", "expected"), [("break", False), ("skip", True), ("decide", None)])
def test_a_round_without_the_unit_ends_the_look_back_takes_no_place_or_opens_it(absent: Any, expected: object) -> None:
    assert told(of_last(2, 3, absent=absent), months(LOW, AWAY, LOW)) is expected


def test_a_skipped_round_takes_none_of_the_m_places() -> None:
    assert told(of_last(2, 2, absent="skip"), months(LOW, AWAY, LOW)) is True


def test_an_open_gap_is_no_question_where_nothing_beyond_it_could_matter() -> None:
    assert told(of_last(2, 3, absent="decide"), months(HIGH, AWAY, LOW)) is False
    assert told(of_last(2, 3, absent="decide"), months(LOW, AWAY, LOW, LOW)) is True


def test_pending_rounds_among_the_m_leave_it_open_where_they_matter() -> None:
    assert told(of_last(2, 3), months(LEVEL, LOW)) is None
    assert told(of_last(2, 3), months(LOW, LEVEL)) is None
    assert told(of_last(2, 3), months(LEVEL, LOW, LOW)) is True
    assert told(of_last(2, 3), months(HIGH, LEVEL)) is False


def test_once_is_not_told_again_while_the_round_before_met_it_too() -> None:
    once = of_last(2, 3, repeat="once")
    assert told(once, months(LOW, LOW)) is True
    assert told(once, months(LOW, LOW, LOW)) is False
    assert told(once, months(LOW, LOW, HIGH, LOW)) is True  # 2 of 3 now; the month before it did not hold
    assert told(once, months(LOW, HIGH)) is False


@pytest.mark.parametrize(("unheld", "expected"), [("break", True), ("skip", False), ("decide", None)])
def test_once_is_told_again_where_a_gap_ended_the_count(unheld: Any, expected: object) -> None:
    """In January and in March 甲 was last; February was not held."""
    once = of_last(1, 1, repeat="once", unheld=unheld)
    assert told(once, {"2024-01": LOW, "2024-03": LOW}) is expected


@pytest.mark.parametrize(("absent", "expected"), [("break", True), ("skip", False)])
def test_once_looks_past_an_absence_that_is_skipped(absent: Any, expected: object) -> None:
    assert told(of_last(1, 1, repeat="once", absent=absent), months(LOW, AWAY, LOW)) is expected


def test_once_is_told_again_by_a_new_edition_that_counts_anew() -> None:
    editions = (towns.scheme(), towns.scheme(since=date(2024, 2, 1)))
    records = tuple(a.record for a in eg.assess_season(editions, towns.facts(TWO)))
    for declared, expected in (("restart", True), ("carry", False)):
        assert of_last(1, 1, repeat="once", editions=declared).at(last("甲", records)).value is expected


def test_once_is_open_where_the_round_before_is() -> None:
    once = of_last(2, 3, repeat="once")
    assert told(once, months(LEVEL, LOW, LOW)) is None
    assert told(once, months(LOW, AWAY, LOW, LOW)) is True


def test_k_is_m_at_most() -> None:
    with pytest.raises(eg.SchemeError, match="3 of the last 2 rounds can never be: k is m at most"):
        of_last(3, 2)


@pytest.mark.parametrize("missing", ["unheld", "absent", "repeat", "editions", "heads"])
def test_k_of_last_has_no_default_either(missing: str) -> None:
    declared = {name: value for name, value in DECLARED.items() if name != missing}
    with pytest.raises(TypeError, match=missing):
        eg.k_of_last(LAST, 2, 3, **declared)


def test_every_k_is_no_choice_for_k_of_last() -> None:
    with pytest.raises(eg.SchemeError, match="choose one of 'once', 'each'"):
        of_last(2, 3, repeat="every k")


# ---- from then on
@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((LOW, LOW), True),
        ((LOW, LOW, HIGH), True),
        ((LOW, HIGH), False),
        ((LOW, LOW, AWAY), True),
        ((LOW, LEVEL), None),
        ((LOW, LOW, LEVEL), True),
        ((LOW, LEVEL, HIGH), None),
    ],
)
def test_a_count_that_lasts_holds_from_then_on(scores: tuple[Any, ...], expected: object) -> None:
    assert told(in_year(2, repeat="from then on"), months(*scores)) is expected


def test_a_count_that_lasts_begins_anew_with_the_year() -> None:
    lasting = in_year(2, repeat="from then on")
    assert told(lasting, {"2023-11": LOW, "2023-12": LOW, "2024-01": HIGH}) is False


def test_only_cumulative_counts_last() -> None:
    with pytest.raises(eg.SchemeError, match="choose one of 'once', 'each', 'every k'"):
        eg.streak(LAST, 2, **{**DECLARED, "repeat": "from then on"})


# ---- counters of counters
def test_a_counter_may_count_another() -> None:
    """Twice running in a year, and that for the second time: talks are counted as they are called for."""
    run = eg.streak(LAST, 2, **{**DECLARED, "repeat": "once"})
    twice = eg.cumulative(run, 2, within=eg.year(), **COUNTED)
    assert told(twice, months(LOW, LOW, HIGH, LOW, LOW)) is True
    assert told(twice, months(LOW, LOW, LOW, LOW)) is False


def test_k_of_last_is_proposed_once_in_the_first_round_of_all() -> None:
    assert told(of_last(1, 2, repeat="once"), months(LOW)) is True
    assert told(of_last(1, 2, repeat="once"), months(LOW, LOW)) is False


@pytest.mark.parametrize("holds", [True, False])
def test_a_round_before_that_was_open_counts_as_it_was_ruled(holds: bool) -> None:
    """In January 甲 and 乙 share the last place: open, until the committee ruled on the very counter."""
    cut = eg.bottom(1, ties="decide")
    counter = eg.k_of_last(cut, 1, 1, **{**DECLARED, "repeat": "once"})
    ruling = eg.Ruling("甲", date(2024, 1, 9), counter, holds, "镇党委", "会议研究", scheme="town")
    scores = {"2024-01": {"甲": "70", "乙": "70", "丙": "90"}, "2024-02": {"甲": "70", "乙": "80", "丙": "90"}}
    january, february = eg.assess_season(towns.scheme(), towns.facts(scores, rulings=(ruling,)))
    assert counter.at(eg.Place("甲", february.record, (january.record,))).value is (not holds)
    open_then = eg.assess(towns.scheme(), towns.month_of("2024-01"), towns.facts(scores)).record
    assert counter.at(eg.Place("甲", february.record, (open_then,))).value is None


def test_any_board_that_an_earlier_round_lacks_leaves_the_unit_absent_in_it() -> None:
    board = eg.Board("榜", (eg.Tier("黑榜", LAST, "sanction"),), rest="其他")
    facts = towns.facts({f"2024-0{m}": {"甲": "70", "乙": "90"} for m in (1, 2, 3)})
    records = [
        eg.assess(towns.scheme(boards=boards), towns.month_of(f"2024-0{m}"), facts).record
        for m, boards in ((1, (board,)), (2, ()), (3, (board,)))
    ]
    place = eg.Place("甲", records[2], tuple(records[:2]))
    assert eg.streak(eg.sanctioned(), 2, **{**DECLARED, "absent": "skip"}).at(place).value is True
    assert eg.streak(eg.sanctioned(), 2, **{**DECLARED, "absent": "break"}).at(place).value is False
