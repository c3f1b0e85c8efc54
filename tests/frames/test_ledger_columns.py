"""Numbers from the ledger and the other books: in columns, on Polars and DuckDB, the same as of objects."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import polars as pl
from hypothesis import HealthCheck, given, settings, strategies as st

import envgov as eg
from envgov.facts.round import Round
from envgov.frames import Tables, tables_of
from envgov.frames.number import EXEMPT, NOT_ASSESSED
from envgov.frames.rounds import Rounds
from envgov.frames.scoring import column_of
from envgov.frames.sheet import KEYS, Plan, Sheet, units_on
from envgov.policy.scoring.rule import ScoringRule
from envgov.season import rounds_through
from envgov.testing import strategies as own, words

ABSENT = {NOT_ASSESSED: eg.Absent.NOT_ASSESSED, EXEMPT: eg.Absent.EXEMPT}
Values = dict[tuple[int, str], object]


def on_duckdb(tables: Tables) -> Tables:
    session = duckdb.connect()
    native = {name: frame.to_native().collect().to_arrow() for name, frame in tables.frames.items()}
    frames = {name: nw.from_native(session.from_arrow(table)) for name, table in native.items()}
    return Tables(frames, places=tables.places, maxima=tables.maxima)


def sheet_on(tables: Tables, rounds: Sequence[Round]) -> Sheet:
    spans = Rounds(rounds)
    return Sheet(Plan(tables), spans, units_on(spans, tables).select(*KEYS, "since", "until"))


def in_columns(rules: Sequence[ScoringRule], tables: Tables, rounds: Sequence[Round]) -> list[Values]:
    sheet = sheet_on(tables, rounds)
    numbers = [column_of(rule, sheet) for rule in rules]
    rows: pl.DataFrame = sheet.frame.collect("polars").to_native()
    assert set(rows.schema.values()) <= {pl.Int64(), pl.String(), pl.Date(), pl.Boolean()}
    for check in sheet.plan.checks:
        assert check.rows.collect("polars").to_native().is_empty(), check.problem
    out = []
    for x in numbers:
        values: Values = {}
        for row in rows.iter_rows(named=True):
            per = 1 if x.per is None else row[x.per]
            value = ABSENT.get(row[x.state], Fraction(row[x.num], x.scale * per))
            assert row[x.state] in ABSENT or x.low <= value <= x.high  # type: ignore[operator]
            assert 1 <= per <= x.most
            assert x.whole is None or x.whole % per == 0
            values[row["round"], row["unit"]] = value
        out.append(values)
    return out


def by_objects(rule: ScoringRule, facts: eg.Facts, rounds: Sequence[Round]) -> Values:
    values: Values = {}
    for n, round in enumerate(rounds):
        evidence = facts.during(round)
        units = [unit.code for unit in evidence.grid.units]
        values |= {(n, unit): reason.value for unit, reason in rule.scores(units, evidence).items()}
    return values


def assert_same(rules: Sequence[ScoringRule], facts: eg.Facts, rounds: Sequence[Round]) -> None:
    tables = tables_of(facts)
    expected = [by_objects(rule, facts, rounds) for rule in rules]
    assert in_columns(rules, tables, rounds) == expected
    assert in_columns(rules, on_duckdb(tables), rounds) == expected


EMPTY, BY, CALL_BACK = st.sampled_from(words.EMPTY), st.sampled_from(words.BY), st.sampled_from((None, words.CALL_BACK))
OF_ISSUES = st.one_of(
    st.builds(eg.count_issues, own.issue_conditions(), by=BY),
    st.builds(eg.rate, own.issue_conditions(), own.issue_conditions(), by=BY, empty=EMPTY),
)
OF_BOOKS = st.one_of(
    st.builds(eg.satisfaction, CALL_BACK, among=st.sampled_from(("answered", "asked")), empty=EMPTY),
    st.builds(eg.count_answers, CALL_BACK),
    st.builds(
        eg.count_duties,
        st.sampled_from((None, words.RETURN)),
        which=st.sampled_from(("late", "missing", "late or missing")),
    ),
    st.builds(eg.amount, st.just(words.WORK), empty=st.sampled_from(("not assessed", "zero"))),
    st.just(eg.progress()),
    st.just(eg.accepted()),
)


@st.composite
def rounds_in(draw: st.DrawFn) -> tuple[Round, ...]:
    """Rounds of a cadence; or with holes, or to date, or some of them twice."""
    cadence = draw(own.cadences())
    scheme = eg.Scheme("s", levels=("村",), cadence=cadence, since=date(2023, 1, 1), source=eg.Source("办法"))
    first = draw(st.sampled_from((date(2023, 10, 31), date(2023, 12, 15), date(2024, 1, 1))))
    rounds = rounds_through([scheme], first, draw(st.sampled_from((date(2024, 1, 31), date(2024, 4, 1)))))[:40]
    match draw(st.sampled_from(("as they are", "with holes", "to date", "twice"))):
        case "with holes":
            return rounds[::2]
        case "to date":
            return tuple(Round(rounds[n // 3 * 3].start, round.end, "至今") for n, round in enumerate(rounds))
        case "twice":
            return (*rounds[1:], *rounds)
        case _:
            return rounds


SLOW = settings(suppress_health_check=list(HealthCheck), max_examples=max(5, settings().max_examples // 3))


@SLOW
@given(own.seasons(), rounds_in(), st.lists(OF_ISSUES, min_size=1, max_size=2))
def test_issues_are_counted_in_columns_as_of_objects(
    facts: eg.Facts, rounds: tuple[Round, ...], rules: list[Any]
) -> None:
    assert_same(rules, facts, rounds)


@SLOW
@given(own.seasons(), rounds_in(), st.lists(OF_BOOKS, min_size=1, max_size=3))
def test_the_other_books_are_counted_in_columns_as_of_objects(
    facts: eg.Facts, rounds: tuple[Round, ...], rules: list[Any]
) -> None:
    assert_same(rules, facts, rounds)
