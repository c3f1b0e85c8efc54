"""Conditions at a place: cuts with ties under each rule, thresholds, Kleene's logic, streaks."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve, frozen

import envgov as eg
import towns

# 乙, 丙, 丁 tie across both the second place from the top and the second from the bottom
TIED = {"甲": "90", "乙": "85", "丙": "85", "丁": "85", "戊": "80"}


def answers(condition: eg.Condition, scores: dict[str, Any], **changes: Any) -> str:
    """The units for which it holds; those for which it is pending bear a question mark."""
    record = towns.assess(scores, **changes).record
    found = {unit: condition.at(eg.Place(unit, record, ())).value for unit in sorted(scores, key=list(scores).index)}
    return "".join(unit + ("?" if value is None else "") for unit, value in found.items() if value is not False)


@pytest.mark.parametrize(
    ("ties", "first_two", "last_two"),
    [("include", "甲乙丙丁", "乙丙丁戊"), ("exclude", "甲", "戊"), ("decide", "甲乙?丙?丁?", "乙?丙?丁?戊")],
)
def test_a_tie_across_the_cut_is_in_or_out_or_pending_as_declared(ties: Any, first_two: str, last_two: str) -> None:
    assert answers(eg.top(2, ties=ties), TIED) == first_two
    assert answers(eg.bottom(2, ties=ties), TIED) == last_two


def test_a_tie_that_ends_at_the_cut_is_no_question() -> None:
    for ties in ("include", "exclude", "break", "decide"):
        assert answers(eg.top(4, ties=ties), TIED) == "甲乙丙丁"


@pytest.mark.parametrize(
    ("second", "first_two", "last_two"),
    [
        ({"乙": "3", "丙": "2", "丁": "1"}, "甲乙", "丁戊"),
        ({"乙": "3", "丙": "3", "丁": "1"}, "甲乙?丙?", "丁戊"),
        ({"乙": "3", "丙": "1", "丁": "1"}, "甲乙", "丙?丁?戊"),
        ({"乙": "3", "丙": "2", "丁": None}, "甲乙?丙?丁?", "乙?丙?丁?戊"),
    ],
)
def test_breakers_settle_the_cut_and_leave_what_stays_level_pending(
    second: dict[str, Any], first_two: str, last_two: str
) -> None:
    scheme = towns.scheme(ranking=eg.RankBy(places=1, breakers=(eg.stated("现场", several="mean"),)))
    facts = towns.facts({"2024-05": TIED}, inspections=towns.stated("2024-05", second, "现场"))
    record = eg.assess(scheme, towns.month_of("2024-05"), facts).record
    for condition, expected in (
        (eg.top(2, ties="break"), first_two),
        (eg.bottom(2, ties="break"), last_two),
    ):
        found = {unit: condition.at(eg.Place(unit, record, ())).value for unit in TIED}
        assert "".join(u + ("?" if v is None else "") for u, v in found.items() if v is not False) == expected


def test_exclude_names_nobody_when_more_than_n_share_the_worst_score() -> None:
    scores = {"甲": "90", "乙": "80", "丙": "80", "丁": "80"}
    assert answers(eg.bottom(2, ties="exclude"), scores) == ""


@pytest.mark.parametrize("ties", ["include", "exclude", "break", "decide"])
@pytest.mark.parametrize("units", ["甲", "甲乙丙"])
def test_a_group_that_is_all_one_tie_has_neither_first_nor_last(ties: Any, units: str) -> None:
    scores = dict.fromkeys(units, "80")
    assert answers(eg.top(1, ties=ties), scores) == answers(eg.bottom(1, ties=ties), scores) == ""


def test_at_least_includes_its_number_and_below_does_not() -> None:
    scores = {"甲": "80.1", "乙": "80", "丙": "79.9", "丁": None}
    assert answers(eg.at_least(80), scores) == "甲乙"
    assert answers(eg.below("80"), scores) == "丙"


def test_thresholds_judge_the_published_number() -> None:
    assert answers(eg.below(80), {"甲": "79.95", "乙": "79.94"}) == "乙"


def test_a_unit_that_was_not_assessed_meets_no_condition_of_place() -> None:
    scores = {"甲": "90", "乙": None, "丙": "70"}
    for condition in (eg.top(9, ties="include"), eg.bottom(9, ties="include"), eg.at_least(0), eg.below(100)):
        assert "乙" not in answers(condition, scores)


def test_a_further_figure_is_asked_by_its_name() -> None:
    figure = eg.Figure("满意度", eg.stated("回访", several="mean"), eg.RankBy(places=0))
    facts = towns.facts(
        {"2024-05": {"甲": "90", "乙": "80"}}, inspections=towns.stated("2024-05", {"甲": "60", "乙": "95"}, "回访")
    )
    record = eg.assess(towns.scheme(figures=(figure,)), towns.month_of("2024-05"), facts).record
    place = eg.Place("甲", record, ())
    assert eg.bottom(1, of="满意度", ties="include").at(place).value is True
    assert eg.bottom(1, ties="include").at(place).value is False


YES, NO, OPEN = eg.at_least(0), eg.below(0), eg.top(1, ties="decide")


@pytest.mark.parametrize(
    ("parts", "every", "some"),
    [
        ((YES, YES), True, True),
        ((YES, NO), False, True),
        ((NO, NO), False, False),
        ((YES, OPEN), None, True),
        ((NO, OPEN), False, None),
        ((OPEN, OPEN), None, None),
    ],
)
def test_pending_parts_follow_kleene(parts: tuple[eg.Condition, ...], every: object, some: object) -> None:
    record = towns.assess({"甲": "90", "乙": "90", "丙": "80"}).record
    place = eg.Place("甲", record, ())
    assert OPEN.at(place).value is None
    assert eg.all_of(*parts).at(place).value is every
    assert eg.any_of(*parts).at(place).value is some


@pytest.mark.parametrize("combine", [eg.all_of, eg.any_of])
def test_a_combination_of_nothing_is_refused_and_so_is_what_is_no_condition(combine: Any) -> None:
    with pytest.raises(ValueError, match="parts"):
        combine()
    with pytest.raises(eg.SchemeError, match=r"parts: 5 does not answer at\(\)"):
        combine(5)


def test_a_combination_may_be_varied_and_ruled_on() -> None:
    varied = evolve(eg.all_of(YES, OPEN), parts=(OPEN, OPEN))
    assert varied == eg.all_of(OPEN, OPEN)
    ruling = eg.Ruling("甲", date(2024, 5, 3), varied, holds=True, by="指挥部", why="?")
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "90", "丙": "80"}}, rulings=(ruling,))
    record = eg.assess(towns.scheme(), towns.month_of("2024-05"), facts).record
    assert varied.at(eg.Place("甲", record, ())).value is True


def test_a_ruling_for_another_scheme_settles_nothing() -> None:
    for scheme, expected in (("town", True), ("", True), ("county", None)):
        ruling = eg.Ruling("甲", date(2024, 5, 3), OPEN, holds=True, by="指挥部", why="?", scheme=scheme)
        facts = towns.facts({"2024-05": {"甲": "90", "乙": "90", "丙": "80"}}, rulings=(ruling,))
        record = eg.assess(towns.scheme(), towns.month_of("2024-05"), facts).record
        assert OPEN.at(eg.Place("甲", record, ())).value is expected


def test_placed_holds_of_the_tier_and_is_pending_while_the_placement_is() -> None:
    board = eg.Board("榜", (eg.Tier("红榜", eg.top(1, ties="decide")),), rest="其他")
    record = towns.assess({"甲": "90", "乙": "90", "丙": "80", "丁": None}, boards=(board,)).record
    found = {unit: eg.placed("榜", "其他").at(eg.Place(unit, record, ())).value for unit in "甲丙丁"}
    assert found == {"甲": None, "丙": True, "丁": False}


# ---- rulings
def test_a_ruling_settles_the_very_condition_that_was_open_and_is_among_the_grounds() -> None:
    open_cut = eg.bottom(1, ties="decide")
    scores = {"甲": "90", "乙": "80", "丙": "80"}
    ruling = eg.Ruling("乙", date(2024, 5, 20), open_cut, holds=True, by="指挥部", why="现场复查")
    other = eg.Ruling("丙", date(2024, 4, 30), open_cut, holds=True, by="指挥部", why="上月")
    facts = towns.facts({"2024-05": scores}, rulings=(ruling, other))
    record = eg.assess(towns.scheme(), towns.month_of("2024-05"), facts).record
    assert open_cut.at(eg.Place("乙", record, ())) == eg.Reason(open_cut, True, (record.standings[2], ruling))
    assert open_cut.at(eg.Place("丙", record, ())).value is None
    assert eg.bottom(1, ties="break").at(eg.Place("乙", record, ())).value is None


def test_a_ruling_does_not_overturn_what_the_rules_decide() -> None:
    cut = eg.bottom(1, ties="decide")
    ruling = eg.Ruling("甲", date(2024, 5, 20), cut, holds=True, by="指挥部", why="?")
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "80"}}, rulings=(ruling,))
    record = eg.assess(towns.scheme(), towns.month_of("2024-05"), facts).record
    assert cut.at(eg.Place("甲", record, ())).value is False


# ---- streaks
LAST = eg.bottom(1, ties="decide")
DECLARED: dict[str, Any] = {
    "unheld": "break",
    "absent": "break",
    "repeat": "each",
    "editions": "carry",
    "heads": "carry",
}
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


@pytest.mark.parametrize("answer", [True, eg.Reason(None, "yes", ()), None])
def test_a_condition_that_answers_what_none_may_is_refused(answer: object) -> None:
    @eg.term("town.wrong")
    @frozen(repr=False)
    class wrong:
        def at(self, _: eg.Place) -> Any:
            return answer

    board = eg.Board("榜", (eg.Tier("黑榜", wrong()),), rest="其他")
    with pytest.raises(eg.SchemeError, match=r"town.wrong\(\) answered .* for 甲: a Reason of True, False or None"):
        towns.assess({"甲": "90", "乙": "80"}, boards=(board,))


@pytest.mark.parametrize("missing", ["unheld", "absent", "repeat", "editions", "heads"])
def test_what_posts_depend_on_has_no_default(missing: str) -> None:
    declared = {name: value for name, value in DECLARED.items() if name != missing}
    with pytest.raises(TypeError, match=missing):
        eg.streak(LAST, 2, **declared)


@pytest.mark.parametrize("make", [eg.top, eg.bottom])
def test_the_tie_rule_has_no_default_and_its_choices_are_named(make: Any) -> None:
    with pytest.raises(TypeError, match="ties"):
        make(3)
    with pytest.raises(eg.SchemeError, match="choose one of 'include', 'exclude', 'break', 'decide'"):
        make(3, ties="random")
    with pytest.raises(eg.SchemeError, match=r"n=0: give a whole number from 1 up"):
        make(0, ties="include")
