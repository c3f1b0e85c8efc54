"""Scores in columns, by hand: what decides, what is refused before any work, what is looked at before any result."""

import importlib
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

import duckdb
import narwhals.stable.v2 as nw
import polars as pl
import pytest
from attrs import evolve, frozen
from hypothesis import assume, example, given, strategies as st

import envgov as eg
import envgov.frames
from envgov.errors import InputError, SchemeError
from envgov.frames import FramesError, Maxima, tables_of
from envgov.frames.engine import floor_div, frame_of, half_up, small_table, whole
from envgov.frames.number import Number, constant_of, decided, number, order_of
from envgov.frames.rounds import Rounds
from envgov.frames.scoring import column_of
from envgov.frames.sheet import Plan, Sheet, sheet_of
from envgov.frames.soundness import refuse_checked
from envgov.policy.scoring.rule import Better
from envgov.policy.term import term
from envgov.reason import Absent
from envgov.testing.fields import Field
from frames import scored

MAY = eg.month().round_of(date(2024, 5, 1))
JUNE = eg.month().round_of(date(2024, 6, 1))
GRID = eg.Grid([eg.Unit("镇", "某镇", "镇"), *(eg.Unit(code, code, "村", "镇") for code in "甲乙丙")])
SCHEME = Field({}, (), {}).scheme()


def visit(unit: str, day: int, score: str, month: int = 5, channel: str = "督导") -> eg.Inspection:
    return eg.Inspection(unit, date(2024, month, day), channel, stated=Decimal(score))


def found(unit: str, day: int, *lost: tuple[str, str]) -> eg.Inspection:
    findings = tuple(eg.Finding(item, Decimal(points)) for item, points in lost)
    return eg.Inspection(unit, date(2024, 5, day), "督导", findings=findings)


def sheet(
    seen: Iterable[eg.Inspection] = (),
    rounds: tuple[eg.Round, ...] = (MAY,),
    maxima: Maxima | None = None,
    **facts: Any,
) -> Sheet:
    tables = tables_of(eg.Facts(GRID, inspections=seen, **facts))
    return sheet_of(SCHEME, Rounds(rounds), Plan(evolve(tables, maxima=maxima or tables.maxima)))


def scores(rule: eg.ScoringRule, on: Sheet) -> dict[Any, object]:
    return scored.by_frames(rule, on)


STATED = eg.stated("督导", several="mean")


@frozen
class Absently:
    """Nobody has a number: all are exempt, or none is assessed."""

    exempt: bool
    better: ClassVar[Better] = "higher"

    def scores(self, units: Any, evidence: Any) -> Any:
        raise NotImplementedError

    def column(self, sheet: Sheet) -> Number:
        return constant_of(sheet, 0, whole(2 if self.exempt else 1))


# --- exact numbers ---


def test_a_mean_of_thirds_is_exact() -> None:
    on = sheet([visit("甲", 1, "85"), visit("甲", 2, "85"), visit("甲", 3, "86")])
    assert scores(STATED, on)[0, "甲"] == Fraction(256, 3)


def test_halves_are_rounded_away_from_zero_below_it_too() -> None:
    on = sheet()
    names = [decided(on, "half", constant_of(on, Fraction(x)), 0) for x in ("5/2", "-5/2", "-7/3", "0")]
    assert [scored.rows_of(on)[0][name] for name in names] == [3, -3, -2, 0]


def test_nothing_is_decided_for_who_is_not_assessed() -> None:
    on = sheet()
    name = decided(on, STATED, column_of(STATED, on), 1)
    assert {row[name] for row in scored.rows_of(on)} == {None}


def test_fractions_that_nearly_meet_keep_their_order() -> None:
    on = sheet(
        [
            *(visit("甲", day, "0" if day > 1 else "1") for day in range(1, 11)),
            *(visit("乙", day, "0" if day > 1 else "1") for day in range(1, 12)),
        ]
    )
    x = column_of(STATED, on)
    name = order_of(on, STATED, x)
    by_unit = {row["unit"]: row[name] for row in scored.rows_of(on)}
    assert by_unit["甲"] > by_unit["乙"]  # 1/10 and 1/11
    assert by_unit["丙"] is None


def test_a_rule_that_is_asked_twice_is_computed_once() -> None:
    on = sheet([visit("甲", 1, "85")])
    assert column_of(STATED, on) is column_of(eg.stated("督导", several="mean"), on)


# --- which facts count ---


def test_caps_hold_for_each_inspection_item_by_item() -> None:
    rubric = eg.Rubric(100, (eg.Item("垃圾", 5),))
    on = sheet([found("甲", 1, ("垃圾", "3"), ("垃圾", "4"), ("污水", "10"))])
    assert scores(eg.deductions(rubric, several="mean"), on)[0, "甲"] == 85


def test_deductions_never_go_below_zero() -> None:
    on = sheet([found("甲", 1, ("垃圾", "30"))])
    assert scores(eg.deductions(20, several="mean"), on)[0, "甲"] == 0


def test_the_latest_day_counts_in_each_of_spans_that_overlap() -> None:
    rule = eg.to_date(eg.year(), eg.stated("督导", several="latest"))
    on = sheet([visit("甲", 1, "80"), visit("甲", 9, "90", month=6)], rounds=(MAY, JUNE))
    assert (scores(rule, on)[0, "甲"], scores(rule, on)[1, "甲"]) == (80, 90)


def test_days_are_found_in_many_rounds_too() -> None:
    days = tuple(eg.day().round_of(date(2024, 3, 1) + timedelta(n)) for n in range(100))
    on = sheet([visit("甲", 1, "80"), visit("甲", 2, "90")], rounds=days)
    known = {key: value for key, value in scores(STATED, on).items() if isinstance(value, Fraction)}
    assert known == {(61, "甲"): 80, (62, "甲"): 90}


def test_a_quarter_of_monthly_ranks_whose_lists_differ_is_exact() -> None:
    quarter = eg.quarter().round_of(MAY.start)
    ranks = [
        eg.StatedRank("甲", date(2024, month, 1), "无人机", rank, of)
        for month, rank, of in ((4, 1, 11), (5, 2, 151), (6, 3, 7))
    ]
    rule = eg.mean_over(eg.month(), eg.stated_rank("无人机", several="best"), absent="skip", unheld="skip")
    on = sheet(rounds=(quarter,), stated_ranks=ranks, maxima=Maxima(listed=200, lists=1))
    assert scores(rule, on)[0, "甲"] == (Fraction(1, 11) + Fraction(2, 151) + Fraction(3, 7)) / 3


def test_no_finer_round_leaves_everybody_not_assessed() -> None:
    week = Rounds((eg.day().round_of(MAY.start),))
    on = sheet_of(SCHEME, week, Plan(tables_of(eg.Facts(GRID))))
    rule = eg.mean_over(eg.month(), STATED, absent="skip", unheld="skip")
    assert set(scores(rule, on).values()) == {Absent.NOT_ASSESSED}


def test_weights_of_many_parts_are_exact() -> None:
    parts = [eg.Part(n, eg.constant(n)) for n in range(1, 15)]
    rule = eg.weighted(*parts, absent="renormalise")
    assert scores(rule, sheet())[0, "甲"] == Fraction(1015, 105)


@pytest.mark.parametrize(("score", "points"), [("85", 8), ("95", 10), ("89", Fraction(19, 2)), ("10", 2)])
def test_points_fall_short_of_a_target_down_to_the_floor(score: str, points: Fraction) -> None:
    rule = eg.to_target(STATED, 90, full=10, slope=Decimal("0.5") if score == "89" else Decimal("0.4"), floor=2)
    assert scores(rule, sheet([visit("甲", 1, score)]))[0, "甲"] == points


def test_a_target_of_fewer_is_missed_from_above() -> None:
    rule = eg.to_target(eg.count_findings(), 1, full=10, slope=2, floor=0)
    on = sheet([found("甲", 1, ("垃圾", "1"), ("污水", "1")), found("乙", 1)])
    assert scores(rule, on) == {(0, "甲"): 8, (0, "乙"): 10, (0, "丙"): Absent.NOT_ASSESSED}


def test_parts_of_different_denominators_add_up_exactly() -> None:
    """Over 2 and 3 visits: their product is the one denominator row by row."""
    many = Maxima(visits=60)
    seen = [visit("甲", day, "1" if day == 1 else "0") for day in (1, 2)]
    seen += [visit("甲", day, "1" if day == 1 else "0", channel="巡查") for day in (1, 2, 3)]
    rule = eg.total(STATED, eg.stated("巡查", several="mean"), absent="not assessed")
    assert scores(rule, sheet(seen, maxima=many))[0, "甲"] == Fraction(5, 6)


@pytest.mark.parametrize(
    ("absent", "score"), [("zero", 27), ("renormalise", 90), ("not assessed", Absent.NOT_ASSESSED)]
)
def test_an_absent_part_means_what_the_rule_declares(absent: Any, score: object) -> None:
    rule = eg.weighted(eg.Part(30, STATED), eg.Part(70, eg.stated("巡查", several="mean")), absent=absent)
    assert scores(rule, sheet([visit("甲", 1, "90")]))[0, "甲"] == score


def test_children_that_were_assessed_count_unrounded() -> None:
    seen = [visit("甲", 1, "80"), visit("甲", 2, "81"), visit("甲", 3, "81"), visit("乙", 1, "90")]
    towns = sheet_of(evolve(SCHEME, levels=("镇",)), Rounds((MAY,)), Plan(tables_of(eg.Facts(GRID, inspections=seen))))
    assert scores(eg.mean_of_children(STATED), towns) == {(0, "镇"): (Fraction(242, 3) + 90) / 2}


@pytest.mark.parametrize(("empty", "answer"), [("exempt", Absent.EXEMPT), ("not assessed", Absent.NOT_ASSESSED)])
def test_a_unit_is_exempt_where_all_its_children_are(empty: Any, answer: object) -> None:
    towns = sheet_of(evolve(SCHEME, levels=("镇",)), Rounds((MAY,)), Plan(tables_of(eg.Facts(GRID))))
    assert scores(eg.mean_of_children(Absently(empty == "exempt")), towns) == {(0, "镇"): answer}


def test_who_has_no_children_is_not_assessed() -> None:
    on = sheet([visit("甲", 1, "80")])
    assert set(scores(eg.mean_of_children(STATED), on).values()) == {Absent.NOT_ASSESSED}


def test_more_children_than_declared_are_refused() -> None:
    tables = evolve(tables_of(eg.Facts(GRID)), maxima=Maxima(children=2))
    towns = sheet_of(evolve(SCHEME, levels=("镇",)), Rounds((MAY,)), Plan(tables))
    column_of(eg.mean_of_children(STATED), towns)
    assert refused(towns).startswith("units: more than the declared maximum of 2 units right below one (found '0, 镇')")


def test_a_veto_needs_more_than_nothing() -> None:
    on = sheet([visit("甲", 1, "80"), found("甲", 1), visit("乙", 1, "80"), found("乙", 1, ("垃圾", "1"))])
    rule = eg.veto(STATED, eg.count_findings(), to=0)
    assert scores(rule, on) == {(0, "甲"): 80, (0, "乙"): 0, (0, "丙"): Absent.NOT_ASSESSED}


@pytest.mark.parametrize(("since", "there"), [(MAY.start, True), (MAY.start + timedelta(1), False)])
def test_a_unit_is_in_the_field_from_its_first_day(since: date, there: bool) -> None:
    grid = eg.Grid([eg.Unit("甲", "甲", "村", since=since)])
    on = sheet_of(SCHEME, Rounds((MAY,)), Plan(tables_of(eg.Facts(grid))))
    assert bool(scored.rows_of(on)) is there


@pytest.mark.parametrize(
    ("absent", "unheld", "score"),
    [
        ("skip", "skip", 80),
        ("zero", "skip", 40),
        ("not assessed", "skip", Absent.NOT_ASSESSED),
        ("skip", "not assessed", Absent.NOT_ASSESSED),
    ],
)
def test_a_quarter_counts_its_months_as_it_declares(absent: Any, unheld: Any, score: object) -> None:
    """April and May were held, and the unit was seen in April alone; June was not held."""
    quarter = eg.quarter().round_of(MAY.start)
    on = sheet([visit("甲", 1, "80", month=4), visit("乙", 1, "90", month=5)], rounds=(quarter,))
    assert scores(eg.mean_over(eg.month(), STATED, absent=absent, unheld=unheld), on)[0, "甲"] == score


def test_a_sheet_of_some_is_a_field_of_its_own() -> None:
    on = sheet([visit("甲", 1, "90"), visit("乙", 1, "80"), visit("丙", 1, "70")])
    rest = on.only(nw.col("unit") != nw.lit("甲"))
    assert scores(eg.rank_in(STATED, places=1), rest) == {(0, "乙"): 1, (0, "丙"): 2}


# --- what is refused before any work ---


@term("own")
@frozen(repr=False)
class own:
    """A locality's own rule."""

    better: ClassVar[Better] = "higher"

    def scores(self, units: Any, evidence: Any) -> Any:
        raise NotImplementedError


@term("own_in_columns")
@frozen(repr=False)
class own_in_columns(own):
    def column(self, sheet: Sheet) -> Number:
        return number(sheet, self, whole(7), whole(0), (7, 7), scale=2)


def test_a_kind_without_a_columnar_form_is_refused_by_name() -> None:
    with pytest.raises(FramesError, match="the kind 'own' has no columnar form: give it a method column"):
        column_of(eg.total(own(), absent="zero"), sheet())


def test_a_kind_may_bring_its_own_columnar_form() -> None:
    assert scores(eg.total(own_in_columns(), absent="zero"), sheet())[0, "甲"] == Fraction(7, 2)


def test_numbers_that_might_overflow_are_refused_with_the_maxima() -> None:
    with pytest.raises(FramesError, match=r"possible overflow.*Maxima\(points=1000000000000000000"):
        column_of(STATED, sheet(maxima=Maxima(points=10**18)))


def test_a_place_too_many_might_overflow() -> None:
    on = sheet(maxima=Maxima(points=10**12, visits=100))
    x = column_of(STATED, on)
    with pytest.raises(FramesError, match="possible overflow"):
        decided(on, STATED, x, 5)


def test_the_limit_itself_is_no_overflow() -> None:
    on = sheet()
    assert number(on, "limit", whole(2**62), whole(0), (0, 2**62)).high == 2**62
    with pytest.raises(FramesError):
        number(on, "limit", whole(0), whole(0), (-(2**62) - 1, 0))


# --- what is looked at before any result ---


def refused(on: Sheet) -> str:
    with pytest.raises(InputError) as caught:
        refuse_checked(on.plan)
    return str(caught.value.faults[0])


def test_more_inspections_than_declared_are_refused() -> None:
    on = sheet([visit("甲", 1, "85"), visit("甲", 2, "85")], maxima=Maxima(visits=1))
    column_of(STATED, on)
    assert refused(on) == (
        "inspections: more than the declared maximum of 1 inspections of one unit (found '0, 甲'); declare the maximum "
        "that the tables have"
    )


def test_different_stated_scores_in_one_round_are_refused() -> None:
    on = sheet([visit("甲", 1, "85"), visit("甲", 2, "86")])
    column_of(eg.stated_else("督导", eg.constant(1)), on)
    assert refused(on).startswith("inspections: different stated scores in '督导' in one round (found '0, 甲')")


def test_equal_stated_scores_in_one_round_are_none() -> None:
    on = sheet([visit("甲", 1, "85"), visit("甲", 2, "85")])
    assert scores(eg.stated_else("督导", eg.constant(1)), on) == {(0, "甲"): 85, (0, "乙"): 1, (0, "丙"): 1}
    refuse_checked(on.plan)


@pytest.mark.parametrize("designations", [(), ("涉农", "城区")])
def test_each_unit_has_one_of_the_groups(designations: tuple[str, ...]) -> None:
    grid = eg.Grid([eg.Unit("甲", "甲", "村", designations=frozenset(designations))])
    on = sheet_of(evolve(SCHEME, groups=("涉农", "城区")), Rounds((MAY,)), Plan(tables_of(eg.Facts(grid))))
    with pytest.raises(SchemeError, match="each unit has one of the groups 涉农, 城区; correct its designations: 甲"):
        refuse_checked(on.plan)


# --- the engines ---


@pytest.mark.parametrize(("x", "by", "down", "rounded"), [(7, 2, 3, 4), (-7, 2, -4, -4), (6, 3, 2, 2), (-1, 3, -1, 0)])
@pytest.mark.parametrize("spark", [False, True])
def test_whole_numbers_are_divided_exactly(x: int, by: int, down: int, rounded: int, spark: bool) -> None:
    assert quotients(x, by, spark=spark) == (down, rounded)


@given(x=st.integers(-(2**61), 2**61), by=st.integers(1, 2**20) | st.integers(1, 2**60), spark=st.booleans())
@example(x=2**53 + 1, by=1, spark=True)
@example(x=3 * (2**53 + 1), by=3, spark=True)
def test_great_numbers_are_divided_exactly_though_spark_divides_in_doubles(x: int, by: int, spark: bool) -> None:
    half = abs(2 * x) + by
    rounded = half // (2 * by) * (-1 if x < 0 else 1)
    assume(half <= 2**62)
    assert quotients(x, by, spark=spark, most=2**61) == (x // by, rounded)


def quotients(x: int, by: int, **engine: Any) -> tuple[int, int]:
    frame = nw.from_native(pl.LazyFrame({"x": [x], "by": [by]}))
    number, over = nw.col("x"), nw.col("by")
    made = frame.select(down=floor_div(number, over, **engine), half=half_up(number, over, **engine))
    (found,) = made.collect("polars").rows()
    return found


@pytest.mark.parametrize("missing", ["narwhals", "polars"])
def test_the_missing_extra_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ModuleNotFoundError, match=r"^frames need their extra: .*'envgov\[frames\]'$"):
        importlib.reload(envgov.frames)


def test_a_text_in_a_small_table_may_hold_quotes() -> None:
    session = duckdb.connect()
    beside = frame_of(session.sql("select 1"))
    rows = [("it's", None, True, 3)]
    made = small_table(beside, {"a": str, "b": date, "c": bool, "d": int}, rows)
    assert made.collect("polars").rows() == rows
