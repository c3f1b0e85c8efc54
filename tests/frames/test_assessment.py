"""From tables to decisions: frames assess what `assess_season` assesses, exactly."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from attrs import frozen
from hypothesis import HealthCheck, assume, given, settings

import envgov as eg
from envgov.errors import FieldError
from envgov.frames import FramesError, Maxima, Result, assess, read_tables, tables_of
from envgov.frames.places import Places
from envgov.policy.term import term
from envgov.season import rounds_of
from envgov.testing import strategies as own
from envgov.testing.cases import Case
from frames.scored import in_duckdb
from frames.towns import towns
from frames.worlds import STANDING, World


def decided(scheme: eg.Scheme, facts: eg.Facts, engine: str) -> dict[str, set[tuple[Any, ...]]]:
    tables = tables_of(facts)
    result = assess(scheme, rounds_of(scheme, facts), tables if engine == "polars" else in_duckdb(tables))
    return {
        "standings": rows(result.standings),
        "absences": rows(result.absences),
        "placements": rows(result.placements),
        "measures": rows(result.measures),
    }


def rows(native: Any) -> set[tuple[Any, ...]]:
    if native is None:
        return set()
    frame = native.collect() if hasattr(native, "collect") else native.pl()
    return set(frame.rows())


def by_objects(world: World) -> dict[str, set[tuple[Any, ...]]]:
    boards = {board.id: board.names for board in world.scheme.boards}
    return {
        "standings": {
            (n, s.unit, r.figure, int(r.shown(s).scaleb(r.places)), r.places, *(getattr(s, what) for what in STANDING))
            for n, record in world.held
            for r in record.rankings
            for s in r.standings
        },
        "absences": {
            (n, a.unit, a.group, a.why is eg.Absent.EXEMPT) for n, record in world.held for a in record.absences
        },
        "placements": {
            (n, p.unit, p.board, p.tier, p.side, sum(2 ** boards[p.board].index(o.tier) for o in p.outcomes))
            for n, record in world.held
            for p in record.placements
        },
        "measures": {
            (world.at[m.round], m.unit, m.rung, m.pending, None if m.about == "unit" else m.subject)
            for assessment in world.season
            for m in assessment.measures
        },
    }


def agree(scheme: eg.Scheme, facts: eg.Facts, engine: str) -> None:
    world = World(scheme, facts)
    assume(world.held)
    try:
        found = decided(scheme, facts, engine)
    except FramesError as refused:
        assert REFUSED.search(str(refused))  # noqa: PT017 - such schemes are refused by name
    else:
        assert found == by_objects(world)


REFUSED = re.compile("possible overflow|tolerance|is ruled on about an issue")


@settings(max_examples=max(5, settings().max_examples // 4), suppress_health_check=list(HealthCheck))
@given(case=towns())
def test_frames_assess_towns_whose_numbers_tie_as_objects_do(case: tuple[eg.Scheme, eg.Facts]) -> None:
    agree(*case, "polars")


@settings(max_examples=max(2, settings().max_examples // 20), suppress_health_check=list(HealthCheck))
@given(case=towns())
def test_duckdb_assesses_towns_as_objects_do(case: tuple[eg.Scheme, eg.Facts]) -> None:
    agree(*case, "duckdb")


@settings(max_examples=max(5, settings().max_examples // 6), suppress_health_check=list(HealthCheck))
@given(case=own.cases())
def test_frames_assess_schemes_of_the_whole_vocabulary_as_objects_do(case: Case) -> None:
    assume(not case.former)
    agree(case.scheme, case.facts, "polars")


def town(*scores: str, groups: str = "甲甲甲甲") -> eg.Facts:
    """Villages 0, 1, 2 ... with stated scores in January 2024; "" is none."""
    units = [eg.Unit(str(n), f"{n}村", "村", None, frozenset({groups[n]})) for n in range(len(scores))]
    seen = [eg.Inspection(str(n), JANUARY, "督导", stated=Decimal(x)) for n, x in enumerate(scores) if x]
    return eg.Facts(eg.Grid(units), inspections=seen)


def monthly(**more: Any) -> eg.Scheme:
    given: dict[str, Any] = {
        "id": "monthly",
        "levels": ("村",),
        "cadence": eg.month(),
        "since": date(2023, 1, 1),
        "source": eg.Source("办法"),
        "scoring": eg.stated("督导", several="mean", better="higher"),
        "ranking": eg.RankBy(1),
    }
    return eg.Scheme(**given | more)


JANUARY = date(2024, 1, 1)
MONTH = eg.month().round_of(JANUARY)


def result_of(scheme: eg.Scheme, facts: eg.Facts) -> Result:
    return assess(scheme, [MONTH], tables_of(facts))


def test_equal_scores_share_a_rank_and_the_next_counts_those_ahead() -> None:
    standings = result_of(monthly(), town("90", "80", "90", "")).standings.collect()
    assert set(standings.select("unit", "score", "rank", "tied").rows()) == {
        ("0", 900, 1, 2),
        ("2", 900, 1, 2),
        ("1", 800, 3, 1),
    }


def test_who_has_no_score_is_absent_and_not_exempt() -> None:
    assert rows(result_of(monthly(), town("90", "80", "")).absences) == {(0, "2", "", False)}


def test_a_round_in_which_nobody_was_assessed_was_not_held() -> None:
    result = result_of(monthly(), town("", ""))
    assert rows(result.standings) == rows(result.absences) == set()


def test_a_scheme_that_neither_ranks_nor_proposes_has_no_tables_of_it() -> None:
    result = result_of(monthly(scoring=None, ranking=None), town("90"))
    assert result.standings is result.placements is result.measures is None


def test_a_tolerance_is_refused_by_name() -> None:
    with pytest.raises(FramesError, match="within a tolerance have no columnar form"):
        result_of(monthly(ranking=eg.RankBy(1, tolerance="0.5")), town("90"))


def test_a_round_before_the_scheme_is_in_force_is_refused() -> None:
    with pytest.raises(eg.SchemeError, match="applies since 2025-01-01, and not to 2024-01"):
        result_of(monthly(since=date(2025, 1, 1)), town("90"))


def test_no_round_at_all_is_refused() -> None:
    with pytest.raises(eg.SchemeError, match="give one round at least"):
        assess(monthly(), [], tables_of(town("90")))


def test_a_list_that_has_no_room_on_the_grid_is_refused() -> None:
    ladder = eg.Ladder((eg.Rung("约谈", eg.bottom(3, ties="include"), ("村支书",)),), publish="every rung")
    with pytest.raises(FieldError, match="needs a group of 4 units, and the field has 3 units"):
        result_of(monthly(ladders=(ladder,)), town("90", "80", "70")).standings  # noqa: B018


def test_a_list_that_has_no_room_among_those_assessed_is_refused() -> None:
    ladder = eg.Ladder((eg.Rung("约谈", eg.bottom(3, ties="include"), ("村支书",)),), publish="every rung")
    with pytest.raises(FieldError, match="the field has 2 assessed units"):
        result_of(monthly(ladders=(ladder,)), town("90", "80", "", "")).measures  # noqa: B018


def test_ordinal_ranks_name_whom_no_breaker_tells_apart() -> None:
    by = eg.RankBy(1, method="ordinal", breakers=(eg.stated("次", several="mean", better="higher"),))
    with pytest.raises(FieldError, match=r"level after every breaker of score.*0, 0; 0, 1"):
        result_of(monthly(ranking=by), town("90", "90", "80")).standings  # noqa: B018


def test_a_unit_below_none_of_the_level_within_which_units_are_ranked_is_refused() -> None:
    with pytest.raises(eg.SchemeError, match="ranked within their 镇, and some lie below none"):
        result_of(monthly(ranking=eg.RankBy(1, within="镇")), town("90")).standings  # noqa: B018


@term("odd")
@frozen(repr=False)
class odd:
    """A locality's own condition, without a columnar form."""

    def at(self, place: eg.Place) -> eg.Reason:
        return eg.Reason(self, value=place.standing() is None, because=())


@term("even")
@frozen(repr=False)
class even:
    """One with a columnar form."""

    def at(self, place: eg.Place) -> eg.Reason:
        return eg.Reason(self, value=place.standing() is not None, because=())

    def columns(self, places: Places) -> Any:
        return places.assessed


def board_of(when: Any) -> eg.Scheme:
    return monthly(boards=(eg.Board("榜", (eg.Tier("红榜", when, "praise"),), "其他"),))


def test_a_condition_without_columnar_form_is_refused_by_name() -> None:
    with pytest.raises(FramesError, match="the kind 'odd' has no columnar form: give it a method columns"):
        result_of(board_of(odd()), town("90"))


def test_a_condition_with_a_method_columns_is_asked_for_them() -> None:
    placements = result_of(board_of(even()), town("90", "")).placements
    assert rows(placements) == {(0, "0", "榜", "红榜", "praise", 0)}


def test_every_column_of_the_register_holds_whole_numbers_conditions_days_or_keys() -> None:
    counter = eg.streak(
        eg.bottom(1, ties="decide"), 2, unheld="break", absent="skip", repeat="every k", editions="carry", heads="carry"
    )
    ladder = eg.Ladder((eg.Rung("约谈", counter, ("村支书",)),), publish="every rung")
    result = result_of(monthly(ladders=(ladder,)), town("90", "80"))
    part = result.parts[0]
    types = {kind for frame in (part.standings, part.decided) for kind in frame.collect_schema().dtypes()}
    assert types <= {nw.Int64, nw.Boolean, nw.Date, nw.String}


def test_a_figure_of_the_same_rule_ranks_as_the_score_does() -> None:
    figure = eg.Figure("再排", eg.stated("督导", several="mean", better="higher"), eg.RankBy(1))
    standings = result_of(monthly(figures=(figure,)), town("90", "80", "90")).standings.collect()
    assert set(standings.filter(figure="再排").select("unit", "score", "rank").rows()) == {
        ("0", 900, 1),
        ("1", 800, 3),
        ("2", 900, 1),
    }


def test_findings_are_counted_in_the_month_and_in_the_year() -> None:
    lost = (eg.Finding("垃圾", Decimal(1)), eg.Finding("垃圾", Decimal(1)))
    seen = [eg.Inspection("0", JANUARY, "督导", lost), eg.Inspection("0", date(2024, 2, 1), "督导", lost[:1])]
    facts = eg.Facts(eg.Grid([eg.Unit("0", "0村", "村")]), inspections=seen)
    count = eg.count_findings("垃圾")
    scheme = monthly(scoring=count, figures=(eg.Figure("本年", eg.to_date(eg.year(), count), eg.RankBy(0)),))
    months = [MONTH, eg.month().round_of(date(2024, 2, 1))]
    standings = assess(scheme, months, tables_of(facts)).standings.collect()
    assert set(standings.select("round", "figure", "score").rows()) == {
        (0, "score", 20),
        (0, "本年", 2),
        (1, "score", 10),
        (1, "本年", 3),
    }


def test_a_mean_of_exact_scores_whose_denominators_differ_too_much_is_refused() -> None:
    below = eg.Rung("约谈", eg.below_mean(), ("村支书",))
    scheme = monthly(ranking=eg.RankBy(1, rank_on="exact"), ladders=(eg.Ladder((below,), publish="every rung"),))
    tables = tables_of(town("90", "80"), Maxima(visits=60))
    with pytest.raises(FramesError, match="possible overflow: the mean of exact scores whose denominators differ"):
        assess(scheme, [MONTH], tables)


def test_a_board_without_room_for_its_lists_lists_nobody() -> None:
    tiers = (
        eg.Tier("红榜", eg.top(2, ties="include"), "praise"),
        eg.Tier("黑榜", eg.bottom(2, ties="include"), "sanction"),
    )
    scheme = monthly(boards=(eg.Board("榜", tiers, "其他", "none"),))
    placements = result_of(scheme, town("90", "80", "70")).placements.collect()
    assert set(placements.select("unit", "tier").rows()) == {("0", "其他"), ("1", "其他"), ("2", "其他")}


@pytest.mark.parametrize(
    ("first", "other"), [(MONTH, MONTH), (MONTH, eg.Round(date(2024, 1, 15), date(2024, 2, 15), "later"))]
)
def test_rounds_that_have_a_day_in_common_are_refused(first: eg.Round, other: eg.Round) -> None:
    with pytest.raises(ValueError, match=rf"rounds have no day in common: 2024-01 and {other.label} do"):
        assess(monthly(), [other, first], tables_of(town("80")))


@pytest.mark.parametrize("name", [None, ""])
def test_units_are_ranked_within_others_that_have_no_name(name: str | None) -> None:
    units = {"unit": ["甲", "乙", "一", "二"], "level": ["镇", "镇", "村", "村"], "parent": [None, None, "甲", "乙"]}
    seen = {"id": ["1", "2"], "unit": ["一", "二"], "day": [JANUARY] * 2, "channel": ["督导"] * 2, "stated": [80, 70]}
    named = pl.DataFrame(units).with_columns(name=pl.lit(name, pl.String))
    tables = read_tables({"units": named, "inspections": pl.DataFrame(seen)}, places=0)
    found = assess(monthly(ranking=eg.RankBy(0, within="镇")), [MONTH], tables).standings
    assert set(found.select("unit", "group", "rank").rows()) == {("一", "甲", 1), ("二", "乙", 1)}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_units_of_another_town_class_or_round_are_never_ranked_together(engine: str) -> None:
    above = [eg.Unit(code, f"{code}镇", "镇") for code in "东西"]
    villages = [
        eg.Unit(town.code + its, f"{its}村", "村", town.code, frozenset({its})) for town in above for its in "甲乙"
    ]
    months = [MONTH, eg.month().round_of(date(2024, 2, 1))]
    seen = [
        eg.Inspection(unit.code, month.start, "督导", stated=Decimal(10 * n + at))
        for at, unit in enumerate(villages)
        for n, month in enumerate(months)
    ]
    scheme = monthly(groups=("甲", "乙"), ranking=eg.RankBy(0, within="镇"))
    tables = tables_of(eg.Facts(eg.Grid([*above, *villages]), inspections=seen))
    found = assess(scheme, months, in_duckdb(tables) if engine == "duckdb" else tables).to_polars()["standings"]
    alone = {(n, unit.code, 1, 1, 0) for unit in villages for n in range(2)}
    assert set(found.select("round", "unit", "rank", "tied", "behind").rows()) == alone
