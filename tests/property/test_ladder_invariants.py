"""Streaks, combinators and ladders: invariant 10, and references written from the docstrings' words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given, strategies as st

import envgov as eg
from envgov.testing import strategies as own, words
from envgov.testing.histories import LAST
from envgov.testing.strategies import Field, Month

RUNG: dict[str, Any] = {"unheld": "break", "absent": "break", "editions": "carry", "heads": "carry"}
GAPS_AND_RESTARTS: tuple[tuple[Any, ...], ...] = tuple(product(words.GAPS, words.GAPS, words.ON, words.ON))


def ask(condition: eg.Condition, months: Sequence[Month], rulings: Iterable[eg.Ruling] = ()) -> object:
    *earlier, now = own.records_of(months, rulings)
    return condition.at(eg.Place("甲", now, tuple(earlier))).value


# --- the reference: every way in which what is open may turn out ---


SETTLED = {"break": ("break",), "skip": ("skip",), "decide": ("break", "skip")}


def worlds_of(months: Sequence[Month], unheld: str, absent: str, editions: str, heads: str) -> Iterator[list[bool]]:
    """In each possible world, whether it held in each of the rounds that are looked back on, newest first."""
    ways = {"yes": ("yes",), "no": ("no",), "open": ("yes", "no"), "absent": SETTLED[absent]}
    outcomes = [ways[month.outcome] for month in months]
    gaps = [("skip",), *(SETTLED[unheld] if later.missed else ("skip",) for later in months[:-1])]
    unknown = [n > 0 and heads == "restart" and not (months[0].head and m.head) for n, m in enumerate(months)]
    who = [SETTLED["decide"] if is_unknown else ("skip",) for is_unknown in unknown]
    size = len(months)
    for world in product(*outcomes, *gaps, *who):
        taken = []
        for n, month in enumerate(months):
            other_edition = editions == "restart" and month.edition != months[0].edition
            other_head = heads == "restart" and not unknown[n] and month.head != months[0].head
            if other_edition or other_head or "break" in (world[n], world[size + n], world[2 * size + n]):
                break
            if world[n] != "skip":
                taken.append(world[n] == "yes")
        yield taken


def runs(*declared: Any) -> set[int]:
    """How many rounds running it may have held, the newest included, counted in each possible world."""
    return {[*taken, False].index(False) for taken in worlds_of(*declared)}


def fires(length: int, k: int, repeat: str) -> bool:
    return (
        length
        in {"once": {k}, "each": set(range(k, 99)), "every k": set(range(k, 99, k)), "from then on": set(range(k, 99))}[
            repeat
        ]
    )


@given(own.months(), st.integers(1, 3))
def test_a_streak_answers_as_its_words_say_under_every_declaration(months: list[Month], k: int) -> None:
    for unheld, absent, editions, heads in GAPS_AND_RESTARTS:
        lengths = runs(months, unheld, absent, editions, heads)
        for repeat in words.REPEATS:
            answers = {fires(length, k, repeat) for length in lengths}
            gaps: dict[str, Any] = {"unheld": unheld, "absent": absent, "repeat": repeat}
            condition = eg.streak(LAST, k, **gaps, editions=editions, heads=heads)
            assert ask(condition, months) == (answers.pop() if len(answers) == 1 else None), condition


def settled(answers: set[bool]) -> bool | None:
    return answers.pop() if len(answers) == 1 else None


def k_of(months: Sequence[Month], k: int, m: int, *declared: Any) -> bool | None:
    """Whether it held now and k times at least among the m rounds taken, in every possible world."""
    return settled({taken[:1] == [True] and sum(taken[:m]) >= k for taken in worlds_of(months, *declared)})


def looks_back_to(n: int, months: Sequence[Month], unheld: str, absent: str, editions: str, heads: str) -> set[bool]:
    """Whether it goes as far as the month n, over absences alone, in every possible world."""
    now, ways = months[0], [SETTLED[absent]] * (n - 1)
    for later, month in pairwise(months[: n + 1]):
        ways += [SETTLED[unheld]] * later.missed
        ways += [("break",)] * (editions == "restart" and month.edition != now.edition)
        if heads == "restart":
            known = month.head and now.head
            ways.append((("break",) if month.head != now.head else ("skip",)) if known else SETTLED["decide"])
    return {"break" not in world for world in product(*ways)}


@given(own.months(max_size=4), st.sampled_from(((1, 1), (1, 2), (2, 2), (2, 3), (3, 4))))
def test_k_of_last_answers_as_its_words_say_under_every_declaration(months: list[Month], km: tuple[int, int]) -> None:
    earlier = [n for n, month in enumerate(months) if n and month.outcome != "absent"]
    for unheld, absent, editions, heads in GAPS_AND_RESTARTS:
        declared = unheld, absent, editions, heads
        more: dict[str, Any] = {"unheld": unheld, "absent": absent, "editions": editions, "heads": heads}
        met = k_of(months, *km, *declared)
        assert ask(eg.k_of_last(LAST, *km, repeat="each", **more), months) is met
        before = {k_of(months[earlier[0] :], *km, *declared)} if earlier else {False}
        ways = looks_back_to(earlier[0], months, *declared) if earlier else {True}
        answers = {reaches and met_before for reaches in ways for met_before in before}
        again = answers.pop() if len(answers) == 1 else None
        once = False if met is False or again is True else None if None in (met, again) else True
        assert ask(eg.k_of_last(LAST, *km, repeat="once", **more), months) is once


WITHIN: tuple[tuple[eg.Cadence, int], ...] = ((eg.year(), 4), (eg.half_year(), 4), (eg.quarter(), 1), (eg.month(), 1))
"""How many months of each lie behind the newest, April 2024, it included."""


@given(own.months(max_size=6), st.integers(1, 3), st.sampled_from(WITHIN))
def test_cumulative_counts_within_its_span_as_its_words_say(
    months: list[Month], k: int, within: tuple[eg.Cadence, int]
) -> None:
    cadence, size = within
    back = [0]
    for month in months[:-1]:
        back.append(back[-1] + 1 + month.missed)
    inside = [month for month, n in zip(months, back, strict=True) if n < size]
    for editions, heads in product(words.ON, words.ON):
        worlds = list(worlds_of(inside, "skip", "skip", editions, heads))
        for repeat in words.COUNTED:
            lasting = repeat == "from then on"
            counts = {sum(taken) if taken[0] or lasting else 0 for taken in worlds}
            condition = eg.cumulative(LAST, k, within=cadence, repeat=repeat, editions=editions, heads=heads)
            assert ask(condition, months) is settled({fires(count, k, repeat) for count in counts}), condition


def test_a_count_goes_on_across_a_round_that_ends_in_the_year_though_it_began_before() -> None:
    lasts = {date(2023, 12, 27): "甲", date(2024, 1, 3): "甲", date(2024, 1, 10): "甲"}
    facts = eg.Facts(
        eg.Grid([eg.Unit(u, u, "村") for u in "甲乙"]),
        inspections=[
            eg.Inspection(u, day, words.CHANNEL, stated=70 if u == last else 80)
            for day, last in lasts.items()
            for u in "甲乙"
        ],
    )
    third = eg.cumulative(
        eg.bottom(1, ties="include"), 2, within=eg.year(), repeat="each", editions="carry", heads="carry"
    )
    ladder = eg.Ladder((eg.Rung("约谈", third, ()),), publish="every rung")
    scheme = evolve(Field({}, (), {}).scheme(ladders=(ladder,)), cadence=eg.week(ends="tuesday"))
    proposed = [[m.subject for m in a.measures] for a in eg.assess_season(scheme, facts)]
    assert proposed == [[], ["甲"], ["甲"]]


def test_a_count_whose_head_is_unknown_is_sure_where_both_ways_agree() -> None:
    yes = Month("yes", missed=False, edition="版", head="张三")
    second = eg.cumulative(LAST, 2, within=eg.year(), repeat="once", editions="carry", heads="restart")
    assert ask(second, [yes, yes._replace(head=""), yes]) is False  # the first time, or the third


@given(own.months(), own.cumulatives(st.just(LAST)) | own.ks_of_last(st.just(LAST)), st.booleans())
def test_a_ruling_on_a_counter_settles_it_where_it_is_open(
    months: list[Month], condition: eg.Condition, holds: bool
) -> None:
    answer = ask(condition, months)
    ruling = eg.Ruling("甲", date(2024, 4, 30), condition, holds, "领导小组", "研究决定", scheme="scheme")
    assert ask(condition, months, [ruling]) == (holds if answer is None else answer)


@given(own.months(), own.streaks(st.just(LAST)), st.data())
def test_a_ruling_on_an_earlier_round_counts_as_if_the_rules_had_said_so(
    months: list[Month], condition: eg.streak, data: st.DataObject
) -> None:
    i, holds = data.draw(st.integers(0, len(months) - 1)), data.draw(st.booleans())
    then = own.records_of(months)[-1 - i].round.start
    open_ = [*months[:i], months[i]._replace(outcome="open"), *months[i + 1 :]]
    plain = [*months[:i], months[i]._replace(outcome="yes" if holds else "no"), *months[i + 1 :]]
    ruling = eg.Ruling("甲", then, LAST, holds, "领导小组", "研究决定", scheme="scheme")
    assert ask(condition, open_, [ruling]) == ask(condition, plain)


@given(own.months(), own.streaks(st.just(LAST)), st.booleans())
def test_a_ruling_on_a_streak_settles_it_where_it_is_open(
    months: list[Month], condition: eg.streak, holds: bool
) -> None:
    answer = ask(condition, months)
    ruling = eg.Ruling("甲", date(2024, 4, 30), condition, holds, "领导小组", "研究决定", scheme="scheme")
    assert ask(condition, months, [ruling]) == (holds if answer is None else answer)


@given(own.months(max_size=4), own.months(max_size=3), own.streaks(st.just(LAST)), st.booleans())
def test_10_a_round_in_which_it_did_not_hold_ends_what_went_before(
    months: list[Month], older: list[Month], condition: eg.streak, missed: bool
) -> None:
    no = months[-1]._replace(outcome="no", missed=missed)
    assert ask(condition, [*months, no, *older]) == ask(condition, [*months, no])


def test_a_streak_ends_at_an_earlier_edition_that_had_no_such_figure() -> None:
    *_, then, now = own.records_of([Month("yes", missed=False, edition="版", head="张三")] * 2)
    rate = eg.Ranking("整改率", 1, now.standings)
    condition = eg.streak(eg.below(61, of="整改率"), 2, repeat="each", **RUNG)
    place = eg.Place("甲", eg.Record(now.scheme, now.round, "新版", (*now.rankings, rate)), (then,))
    assert condition.at(place).value is False


def ladder(ks: Iterable[int], repeat: Any, publish: Any = "every rung") -> eg.Ladder:
    rungs = (eg.Rung(f"第{k}次", eg.streak(LAST, k, repeat=repeat, **RUNG), ()) for k in sorted(ks))
    return eg.Ladder(tuple(rungs), publish=publish)


def reached(ladder: eg.Ladder, length: int) -> int:
    """How many rungs up a run of that many months leads; 0 where none is called for."""
    *earlier, now = own.records_of([Month("yes", missed=False, edition="版", head="张三")] * length)
    calls = ladder.climb(eg.Place("甲", now, tuple(earlier)))
    return max((ladder.rungs.index(call.rung) + 1 for call in calls), default=0)


@given(
    st.sets(st.integers(1, 6), min_size=1, max_size=3),
    st.sampled_from(words.REPEATS),
    st.sampled_from(("every rung", "highest")),
)
def test_10_until_a_ladder_fires_a_longer_run_never_lowers_the_rung(ks: set[int], repeat: str, publish: str) -> None:
    steps = ladder(ks, repeat, publish)
    levels = [reached(steps, length) for length in range(1, 9)]
    until = levels if repeat == "each" else levels[: min(ks)]
    assert until == sorted(until)
    assert levels[min(ks) - 1] == 1
    if repeat == "each":
        assert levels == [sum(k <= length for k in ks) for length in range(1, 9)]


def test_10_exception_after_it_fired_a_ladder_that_fires_once_is_silent() -> None:
    assert [reached(ladder([1, 3], "once"), length) for length in (1, 2, 3, 4)] == [1, 0, 2, 0]


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_10_a_break_takes_the_ladder_back_to_its_first_rung(rows: int) -> None:
    month = Month("yes", missed=False, edition="版", head="张三")
    broken = [month, month._replace(outcome="no"), *[month] * rows]
    *earlier, now = own.records_of(broken)
    calls = ladder([1, 2, 3], "each").climb(eg.Place("甲", now, tuple(earlier)))
    assert [call.rung.measure for call in calls] == ["第1次"]


COLUMN = st.lists(st.sampled_from((Decimal(70), Decimal(80))), min_size=3, max_size=3)


@given(st.lists(COLUMN, min_size=1, max_size=6))
def test_10_a_season_proposes_the_rung_that_its_run_of_last_places_reaches(season: list[list[Decimal]]) -> None:
    when = eg.bottom(1, ties="include")
    rungs = tuple(eg.Rung(str(k), eg.streak(when, k, repeat="each", **RUNG), ()) for k in (1, 2, 3))
    scheme = Field({}, (), {}).scheme(ladders=(eg.Ladder(rungs, publish="highest"),))
    days = [
        date(2023, 11, 30),
        date(2023, 12, 31),
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 1),
    ]
    facts = eg.Facts(
        eg.Grid([eg.Unit(u, u, "村") for u in "甲乙丙"]),
        inspections=[
            eg.Inspection(u, day, words.CHANNEL, stated=score)
            for day, column in zip(days, season, strict=False)
            for u, score in zip("甲乙丙", column, strict=True)
        ],
    )
    run = dict.fromkeys("甲乙丙", 0)
    for column, assessment in zip(season, eg.assess_season(scheme, facts), strict=True):
        for unit, score in zip("甲乙丙", column, strict=True):
            run[unit] = run[unit] + 1 if score == min(column) < max(column) else 0
        expected = {(unit, str(min(length, 3))) for unit, length in run.items() if length}
        assert {(m.subject, m.rung) for m in assessment.measures} == expected


# --- combinators and ladders, over answers given outright ---


@frozen
class said:
    """A condition of its own kind: the answer that it was made with."""

    value: bool | None

    def at(self, place: eg.Place) -> eg.Reason:
        return eg.Reason(self, self.value, (place.unit,))


SOMEWHERE = eg.Place("甲", own.records_of([Month("yes", missed=False, edition="版", head="张三")])[0], ())
ANSWERS = st.sampled_from((True, False, None))


def worlds(values: Iterable[bool | None]) -> Iterator[tuple[bool, ...]]:
    """Every way in which the open ones may be decided."""
    return product(*((True, False) if value is None else (value,) for value in values))


@pytest.mark.parametrize(("combine", "holds"), [(eg.all_of, all), (eg.any_of, any)])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_combination_is_open_only_where_its_open_parts_make_the_difference(
    combine: Any, holds: Any, size: int
) -> None:
    for values in product((True, False, None), repeat=size):
        answers = {holds(world) for world in worlds(values)}
        expected = answers.pop() if len(answers) == 1 else None
        assert combine(*map(said, values)).at(SOMEWHERE).value is expected, values


@st.composite
def ladders(draw: st.DrawFn) -> eg.Ladder:
    names = ["白单", "黄单", "红单", "约谈"][: draw(st.integers(1, 4))]
    others = st.lists(st.sampled_from(names), max_size=2).map(tuple)
    rungs = []
    for name in names:
        supersedes = tuple(other for other in draw(others) if other != name)
        rungs.append(eg.Rung(name, said(draw(ANSWERS)), (), supersedes=supersedes))
    return eg.Ladder(tuple(rungs), publish=draw(st.sampled_from(("every rung", "highest"))))


@given(ladders())
def test_a_ladder_proposes_what_is_called_for_and_neither_superseded_nor_below_the_highest(steps: eg.Ladder) -> None:
    values = {rung.measure: rung.when.value for rung in steps.rungs if isinstance(rung.when, said)}
    held = [i for i, rung in enumerate(steps.rungs) if values[rung.measure]]
    superseded = {name for i in held for name in steps.rungs[i].supersedes}
    expected = [
        (rung.measure, values[rung.measure])
        for i, rung in enumerate(steps.rungs)
        if values[rung.measure] is not False
        and rung.measure not in superseded
        and (steps.publish == "every rung" or all(i >= j for j in held))
    ]
    assert [(call.rung.measure, call.reason.value) for call in steps.climb(SOMEWHERE)] == expected


@given(own.cases())
def test_every_measure_names_its_rung_once_and_repeats_what_the_rung_answered(case: own.Case) -> None:
    for assessment in case.season:
        identities = [measure.identity for measure in assessment.measures]
        assert len(set(identities)) == len(identities)
        by_name = {rung.measure: rung for steps in case.judging(assessment).ladders for rung in steps.rungs}
        for m in assessment.measures:
            rung = by_name[m.rung]
            assert (m.reason.rule, m.to, m.by, m.amount) == (rung.when, rung.to, rung.by, rung.amount)
            assert m.pending is (m.reason.value is None)
            assert m.reason.value is not False


@given(st.lists(st.sampled_from(("甲", "甲组")), min_size=1, max_size=3))
def test_an_issue_below_two_units_of_the_field_is_the_nearest_ones(places: list[str]) -> None:
    day = date(2024, 2, 1)
    facts = eg.Facts(
        eg.Grid([eg.Unit("甲", "甲", "村"), eg.Unit("甲组", "一组", "组", "甲")]),
        issues=[eg.Issue(str(n), place, (eg.Event(eg.EventKind.FOUND, day),)) for n, place in enumerate(places)],
    )
    rung = eg.Rung("督办", eg.happened("found", during="ever"), ())
    ladder = eg.Ladder((rung,), subject="issue", publish="every rung")
    scheme = evolve(Field({}, (), {}).scheme(ladders=(ladder,)), levels=("村", "组"))
    measures = eg.assess(scheme, eg.month().round_of(day), facts).measures
    assert sorted((m.subject, m.owed_by) for m in measures) == [(str(n), (place,)) for n, place in enumerate(places)]
