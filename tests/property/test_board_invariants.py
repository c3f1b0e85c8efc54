"""Boards over random schemes and fields: invariants 1, 2, 3, 8 and 13."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import envgov as eg
from envgov.testing import strategies as own, words
from envgov.testing.strategies import Field

PLUS = st.integers(1, 3000).map(lambda hundredths: Decimal(hundredths) / 100)
SIDE = {"praise": 1, None: 0, "sanction": -1}


def tiers(assessment: eg.Assessment) -> dict[tuple[str, str], str]:
    return {(p.board, p.unit): p.tier for p in assessment.record.placements}


def judged(case: own.Case, assessment: eg.Assessment) -> list[str]:
    """The assessed units, or where nothing is ranked, the field without those who are exempt."""
    if case.judging(assessment).scoring is not None:
        return [s.unit for s in assessment.record.standings]
    exempt = {absence.unit for absence in assessment.record.absences}
    return [unit.code for unit in assessment.units if unit.code not in exempt]


@given(own.cases())
def test_1_each_board_puts_each_assessed_unit_in_one_tier_of_its_own(case: own.Case) -> None:
    for assessment in case.season:
        record, boards = assessment.record, case.judging(assessment).boards
        placed = [(p.board, p.unit) for p in record.placements]
        expected = [(board.id, unit) for board in boards for unit in judged(case, assessment)]
        assert sorted(placed) == sorted(expected)
        names = {board.id: {eg.PENDING, board.rest, *(t.name for t in board.tiers)} for board in boards}
        assert all(p.tier in names[p.board] for p in record.placements)


@given(own.cases())
def test_1_the_first_tier_that_holds_takes_the_unit_and_one_that_is_open_leaves_it_pending(case: own.Case) -> None:
    season = case.season
    records = [assessment.record for assessment in season]
    for i, (assessment, record) in enumerate(zip(season, records, strict=True)):
        for board in case.judging(assessment).boards:
            sides = {tier.name: tier.side for tier in board.tiers}
            for unit in judged(case, assessment):
                fit = None if board.small_field == "refuse" else board
                place = eg.Place(unit, record, tuple(records[:i]), fit=fit)
                answers = [(tier.when.at(place).value, tier.name) for tier in board.tiers]
                met = [(held, name) for held, name in answers if held is not False]
                expected = board.rest if not met else eg.PENDING if met[0][0] is None else met[0][1]
                side = sides.get(expected)
                certain = [n for n, (held, _) in enumerate(met) if held]
                ends = [name for _, name in met[: certain[0] + 1]] if certain else [*(n for _, n in met), board.rest]
                outcomes = tuple(eg.Outcome(name, sides.get(name)) for name in ends) if expected == eg.PENDING else ()
                assert record.tier(board.id, unit) == eg.Placement(
                    board.id, unit, record.round, expected, side, outcomes
                )


@given(own.schemes().flatmap(lambda scheme: st.tuples(st.just(scheme), own.editions(scheme))), st.integers(-40, 40))
def test_each_round_is_judged_by_the_newest_edition_of_its_day(editions: tuple[eg.Scheme, eg.Scheme], n: int) -> None:
    newer = editions[1]
    for day in (newer.since, newer.since + timedelta(n)):
        round = newer.cadence.round_of(day)
        days = {"first day": round.start, "last day": round.end - timedelta(1)}
        in_force = [edition for edition in editions if edition.since <= days[edition.judged_on]]
        assert eg.in_force(editions[::-1], round) is (in_force[-1] if in_force else None)


@given(own.cases())
def test_each_assessment_is_by_the_edition_in_force(case: own.Case) -> None:
    for assessment in case.season:
        judging = eg.in_force(case.editions, assessment.record.round)
        assert judging is not None
        assert assessment.edition == judging.edition


# --- 2: names are labels ---


def relabelled(case: own.Case, names: dict[str, str]) -> own.Case:
    """The same town under other codes, which stand in another order."""
    facts = case.facts

    def moved(values: Iterable[Any], *fields: str) -> list[Any]:
        return [evolve(value, **{name: names[getattr(value, name)] for name in fields}) for value in values]

    owed = [
        evolve(d, owed_by=names[d.owed_by], submission=d.submission and evolve(d.submission, by=names[d.submission.by]))
        for d in facts.duties
    ]
    return case._replace(
        facts=eg.Facts(
            eg.Grid(evolve(u, code=names[u.code], parent=u.parent and names[u.parent]) for u in facts.grid.units),
            inspections=moved(facts.inspections, "unit"),
            issues=(
                evolve(i, responsible=tuple(names.get(who, who) for who in i.responsible))
                for i in moved(facts.issues, "place")
            ),
            surveys=moved(facts.surveys, "unit"),
            stated_ranks=moved(facts.stated_ranks, "unit"),
            outputs=moved(facts.outputs, "unit"),
            bodies=facts.bodies,
            assignments=moved(facts.assignments, "place"),
            duties=owed,
            rulings=moved(facts.rulings, "unit"),
            tasks=moved(facts.tasks, "unit"),
            acceptances=moved(facts.acceptances, "unit"),
        )
    )


@given(own.cases(), st.randoms(use_true_random=False))
def test_2_other_codes_change_nothing_but_the_codes(case: own.Case, random: Any) -> None:
    codes = [unit.code for unit in case.facts.grid.units]
    names = dict(zip(codes, random.sample(codes, len(codes)), strict=True))
    was, now = case.season, relabelled(case, names).season
    for before, after in zip(was, now, strict=True):
        for ranking, other in zip(before.record.rankings, after.record.rankings, strict=True):
            assert {s._replace(unit=names[s.unit]) for s in ranking.standings} == set(other.standings)
        assert {a._replace(unit=names[a.unit]) for a in before.record.absences} == set(after.record.absences)
        assert {(b, names[u]): t for (b, u), t in tiers(before).items()} == tiers(after)
        proposed = {(m.rung, names.get(m.subject, m.subject), m.to, m.pending) for m in before.measures}
        assert proposed == {(m.rung, m.subject, m.to, m.pending) for m in after.measures}
        noted = {n._replace(units=tuple(sorted(names[u] for u in n.units))) for n in before.notes}
        assert noted == {n._replace(units=tuple(sorted(n.units))) for n in after.notes}


# --- 3: to do better is never to fare worse ---


@st.composite
def boards_of_rank_and_threshold(draw: st.DrawFn, size: int) -> eg.Board:
    """Praise for the best and the good, sanctions for the last and the bad, in any order; the lists fit the field."""
    small: Any = draw(st.sampled_from(("refuse", "none", "fewer", "share")))
    n = st.integers(1, max(1, size // 2) if small == "refuse" else 6)
    percent = st.sampled_from(("25", "50") if small == "refuse" else ("30", "60", "99.5"))
    tie, limit, rounding = st.sampled_from(words.TIES), own.marks(60, 100), st.just("down")
    good = st.one_of(
        st.builds(eg.top, n, ties=tie),
        st.builds(eg.top_share, percent, ties=tie, rounding=rounding),
        st.builds(eg.at_least, limit),
        st.builds(eg.above_mean),
    )
    bad = st.one_of(
        st.builds(eg.bottom, n, ties=tie),
        st.builds(eg.bottom_share, percent, ties=tie, rounding=rounding),
        st.builds(eg.below, limit),
        st.builds(eg.below_mean),
    )
    made = [
        eg.Tier(name, draw(good) if praise else draw(bad), "praise" if praise else "sanction")
        for name, praise in (("一", draw(st.booleans())), ("二", draw(st.booleans())), ("三", draw(st.booleans())))
    ]
    return eg.Board("榜", tuple(made), "其他", small, Decimal(40) if small == "share" else None)


def sides(board: eg.Board, place: eg.Place) -> tuple[int, int]:
    """The worst and the best side for a unit, whatever a person decides about what is open."""
    out = []
    for kind in (False, True):
        held = [
            (reason if (reason := tier.when.at(place).value) is not None else kind == (tier.side == "praise"), tier)
            for tier in board.tiers
        ]
        out.append(next((SIDE[tier.side] for value, tier in held if value), 0))
    return out[0], out[1]


@settings(max_examples=max(200, settings().max_examples))
@given(own.fields(min_assessed=2), PLUS, st.just(0) | own.marks(0, 9), st.data())
def test_3_a_better_score_never_moves_a_unit_from_praise_towards_sanction(
    field: Field, plus: Decimal, tolerance: Decimal, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(sorted(field.assessed)))
    board = data.draw(boards_of_rank_and_threshold(len(field.assessed)))
    raised = field.mapped({**field.scores, unit: field.assessed[unit] + plus})
    fit = None if board.small_field == "refuse" else board
    records = (f.assess(tolerance=tolerance).record for f in (field, raised))
    before, after = (sides(board, eg.Place(unit, record, (), fit=fit)) for record in records)
    assert after[0] >= before[0]
    assert after[1] >= before[1]


def of_two(better_one: int) -> eg.Assessment:
    scores: own.Scores = {"甲": Decimal(80), "乙": Decimal(better_one)}
    board = eg.Board("榜", (eg.Tier("红榜", eg.top(2, ties="include"), "praise"),), "其他")
    return Field(scores, (), dict.fromkeys(scores, "涉农")).assess(boards=(board,))


def test_3_a_list_as_long_as_its_group_would_drop_a_unit_that_draws_level_and_is_refused() -> None:
    with pytest.raises(eg.SchemeError, match="needs a group of 3 units, and the field has 2"):
        of_two(79)


def test_3_exception_a_board_that_asks_a_streak_may_drop_a_unit_that_did_better() -> None:
    once = eg.streak(
        eg.top(1, ties="include"), 1, unheld="skip", absent="skip", repeat="once", editions="carry", heads="carry"
    )
    board = eg.Board("榜", (eg.Tier("新秀", once, "praise"),), "其他")
    months = {date(2024, 1, 5): (90, 80), date(2024, 2, 5): (99, 80)}
    facts = eg.Facts(
        eg.Grid([eg.Unit(u, u, "村") for u in "甲乙"]),
        inspections=[
            eg.Inspection(u, day, words.CHANNEL, stated=Decimal(score))
            for day, scores in months.items()
            for u, score in zip("甲乙", scores, strict=True)
        ],
    )
    scheme = Field({}, (), {}).scheme(boards=(board,))
    assert [tiers(a)["榜", "甲"] for a in eg.assess_season(scheme, facts)] == ["新秀", "其他"]


# --- 8: groups ---


@given(own.fields(min_assessed=1), own.fields(min_assessed=1), st.sampled_from(("competition", "dense")))
def test_8_what_another_group_scored_changes_nothing(field: Field, other: Field, method: str) -> None:
    board = eg.Board("榜", (eg.Tier("红榜", eg.top(1, ties="break")), eg.Tier("黄榜", eg.below(80))), "其他")
    mine, theirs = field.scores, {f"外{u}": x for u, x in other.scores.items()}
    alone = field._replace(groups=dict.fromkeys(mine, words.GROUPS[0]))
    with_them = alone.mapped({**mine, **theirs})
    both = with_them._replace(groups={u: words.GROUPS[0] if u in mine else words.GROUPS[1] for u in with_them.scores})
    record = both.assess(grouped=True, boards=(board,), method=method).record
    here = alone.assess(grouped=True, boards=(board,), method=method).record
    assert {s for s in record.standings if s.unit in mine} == set(here.standings)
    assert {p for p in record.placements if p.unit in mine} == set(here.placements)
    assert all(s.size == len([u for u in mine if mine[u] is not None]) for s in here.standings)


def test_8_exception_a_group_that_is_too_small_for_a_list_refuses_the_round_of_all() -> None:
    scores: own.Scores = {unit: Decimal(90 - i) for i, unit in enumerate("甲乙丙丁戊")}
    groups = dict.fromkeys("甲乙丙", "涉农") | dict.fromkeys("丁戊", "城区")
    board = eg.Board(
        "榜", (eg.Tier("红榜", eg.top(2, ties="include")), eg.Tier("黑榜", eg.bottom(1, ties="include"))), "-"
    )
    with pytest.raises(eg.SchemeError, match="needs a group of 3 units, and group '城区' has 2 units"):
        Field(scores, (), groups).assess(grouped=True, boards=(board,))


# --- 13: reasons ---


def leaves(reason: eg.Reason) -> Iterator[object]:
    """What a reason rests on; gaps, shortened lists and tallies say what was read from several of these."""
    for ground in reason.because:
        if isinstance(ground, eg.Reason):
            yield from leaves(ground)
        elif not isinstance(ground, eg.Gap | eg.Shortened | eg.Tally):
            yield ground


def recorded(case: own.Case, season: eg.Season) -> set[object]:
    """Facts, rulings and places as recorded; issues as they stood when a round ended."""
    facts, records = case.facts, [assessment.record for assessment in season]
    out: set[object] = {*facts.rulings, *facts.grid.units, *facts.bodies}
    out.update(facts.inspections, facts.surveys, facts.stated_ranks, facts.outputs)
    out.update(facts.duties, facts.tasks, facts.acceptances)
    for record in records:
        out.update(record.placements, *(ranking.standings for ranking in record.rankings))
    days = {event.day for issue in facts.issues for event in issue.events}
    out.update(issue.as_of(day) for issue in facts.issues for day in days)
    return out


@given(own.cases())
def test_13_the_leaves_of_every_reason_are_facts_rulings_and_places_as_recorded(case: own.Case) -> None:
    season = case.season
    known = recorded(case, season)
    for assessment in season:
        for measure in assessment.measures:
            assert set(leaves(measure.reason)) <= known
        for unit in assessment.units[:3]:
            assert set(leaves(assessment.explain(unit.code))) <= known | {assessment.record.round}


@given(own.cases())
def test_13_explain_gives_the_answers_that_were_recorded(case: own.Case) -> None:
    for assessment in case.season:
        record, scheme = assessment.record, case.judging(assessment)
        for unit in assessment.units:
            reason = assessment.explain(unit.code)
            parts = [ground for ground in reason.because if isinstance(ground, eg.Reason)]
            assert reason.because[0] == unit
            standing = record.ranking().of(unit.code)
            assert reason.value == (standing or record.absence(unit.code))
            if record.absence(unit.code) is not None:
                told = [part.value for part in parts if part.rule in (scheme.scoring, scheme.exempt)]
                assert isinstance(told[0], eg.Absent)
                continue
            for board in scheme.boards:
                told = [part.value for part in parts if part.rule == board]
                assert told == [p.tier for p in record.placements if (p.board, p.unit) == (board.id, unit.code)]
            by_name = {
                rung.measure: rung for ladder in scheme.ladders if ladder.subject == "unit" for rung in ladder.rungs
            }
            rungs = [part for part in parts if isinstance(part.rule, eg.Rung) and part.rule.measure in by_name]
            assert len(rungs) == len(by_name)
            proposed = [(rung_of(part).measure, part.because[0]) for part in rungs if part.value is not False]
            assert proposed == [(m.rung, m.reason) for m in assessment.measures if m.subject == unit.code]


def rung_of(part: eg.Reason) -> eg.Rung:
    assert isinstance(part.rule, eg.Rung)
    return part.rule


@given(own.cases())
def test_13_explain_gives_the_measures_about_issues_that_were_proposed(case: own.Case) -> None:
    for assessment in case.season:
        told = [
            (rung_of(part).measure, getattr(part.because[0], "id", None), part.because[1])
            for unit in assessment.units
            for part in assessment.explain(unit.code).because
            if isinstance(part, eg.Reason) and isinstance(part.rule, eg.Rung) and len(part.because) == 2
        ]
        proposed = [(m.rung, m.subject, m.reason) for m in assessment.measures if m.about == "issue"]
        assert sorted(told, key=repr) == sorted(proposed, key=repr)


@given(own.cases(), st.sampled_from(("zh", "en")))
def test_13_every_reason_note_and_scheme_has_words(case: own.Case, language: Any) -> None:
    for edition in case.editions:
        assert eg.describe(edition, language=language)
    for assessment in list(case.season)[-2:]:
        assert assessment.table(language)
        assert all(assessment.remarks(language))
        for unit in assessment.units[:2]:
            assert eg.narrate(assessment.explain(unit.code), language=language)
