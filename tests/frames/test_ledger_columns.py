"""Numbers from the ledger and the other books: in columns, on Polars and DuckDB, the same as of objects."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, ClassVar

import attrs
import duckdb
import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import envgov as eg
from envgov.facts.duty import CHINA
from envgov.facts.round import Round
from envgov.frames import FramesError, Maxima, Tables, assess, tables_of
from envgov.frames.asked import read
from envgov.frames.days import courses_of
from envgov.frames.number import EXEMPT, NOT_ASSESSED
from envgov.frames.rounds import Rounds
from envgov.frames.scoring import column_of
from envgov.frames.sheet import KEYS, Plan, Sheet, units_on
from envgov.frames.store import Store
from envgov.policy.scoring.rule import ScoringRule
from envgov.season import rounds_through
from envgov.testing import strategies as own, words
from envgov.testing.ledger import LIVES

ABSENT = {NOT_ASSESSED: eg.Absent.NOT_ASSESSED, EXEMPT: eg.Absent.EXEMPT}
Values = dict[tuple[int, str], object]


def on_duckdb(tables: Tables) -> Tables:
    session = duckdb.connect()
    native = {name: frame.to_native().collect().to_arrow() for name, frame in tables.frames.items()}
    frames = {name: nw.from_native(session.from_arrow(table)) for name, table in native.items()}
    return Tables(frames, places=tables.places, maxima=tables.maxima)


def sheet_on(tables: Tables, rounds: Sequence[Round]) -> Sheet:
    spans = Rounds(tuple(rounds))
    return Sheet(Plan(tables, Store(tables.units)), spans, units_on(spans, tables).select(*KEYS, "since", "until"))


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


SLOW = settings(suppress_health_check=list(HealthCheck), max_examples=max(5, settings().max_examples // 6))


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


def life(id_: str, after: Sequence[tuple[eg.EventKind, int]]) -> eg.Issue:
    """Found in December, due on the last day of January, and what happened so many days after that."""
    due = date(2024, 1, 31)
    events = [eg.Event(eg.EventKind.FOUND, date(2023, 12, 20), due=due)]
    for what, days in after:
        later = due + timedelta(45) if what is eg.EventKind.EXTENDED else None
        slip = words.SLIPS[0] if what is eg.EventKind.SLIPPED else ""
        day = max(due + timedelta(days), events[-1].day)
        events.append(eg.Event(what, day, due=later, slip=slip))
    return eg.Issue(id_, "甲", tuple(events), ("乙",))


def every_life() -> eg.Facts:
    villages = [eg.Unit(code, f"{code}村", "村") for code in "甲乙"]
    return eg.Facts(eg.Grid(villages), issues=[life(str(n), after) for n, after in enumerate(LIVES)])


WEEKS = [eg.week(ends="sunday").round_of(date(2023, 12, 18) + timedelta(7 * n)) for n in range(14)]


@pytest.mark.parametrize(
    "when",
    [
        eg.all_of(eg.in_state("open"), eg.due(during="round")),
        eg.any_of(eg.in_state("suspended"), eg.on_time("closed")),
        eg.not_(eg.on_time("rectified")),
        eg.due(during="ever"),
        eg.not_closed_on_time(during="round"),
        eg.not_closed_on_time(during="ever"),
        eg.overdue(1),
        eg.overdue(30),
        eg.happened("rejected", 2, during="round"),
        eg.happened("rejected", 2, during="ever"),
        eg.slipped(words.SLIPS[0], during="round"),
        eg.slipped(words.SLIPS[0], during="ever"),
    ],
)
@pytest.mark.parametrize("by", words.BY)
def test_every_life_is_counted_week_by_week_as_of_objects(when: Any, by: Any) -> None:
    rule, facts = eg.count_issues(when, by=by), every_life()
    expected = by_objects(rule, facts, WEEKS)
    assert len(set(expected.values())) > 1
    assert in_columns([rule], tables_of(facts), WEEKS) == [expected]


@pytest.mark.parametrize("by", words.BY)
def test_duckdb_counts_every_life_as_objects_do(by: Any) -> None:
    rule, facts = eg.count_issues(eg.not_closed_on_time(during="round"), by=by), every_life()
    assert in_columns([rule], on_duckdb(tables_of(facts)), WEEKS) == [by_objects(rule, facts, WEEKS)]


@pytest.mark.parametrize("by", words.BY)
@pytest.mark.parametrize("given_as", [lambda tables: tables, on_duckdb], ids=["polars", "duckdb"])
def test_many_short_rounds_beside_one_long_one_are_counted_as_of_objects(by: Any, given_as: Any) -> None:
    days = [Round(date(2024, 1, 15) + timedelta(n), date(2024, 1, 16) + timedelta(n), str(n)) for n in range(30)]
    rounds = [*days, Round(date(2023, 12, 1), date(2024, 4, 1), "一冬")]
    assert [len(course) for course in courses_of(Rounds(tuple(rounds)))] == [30, 1]
    rule, facts = eg.count_issues(eg.overdue(1), by=by), every_life()
    expected = by_objects(rule, facts, rounds)
    assert expected[30, "甲" if by == "place" else "乙"] not in (0, 1)
    assert in_columns([rule], given_as(tables_of(facts)), rounds) == [expected]


@pytest.mark.parametrize("by", words.BY)
@pytest.mark.parametrize("during", ["round", "ever"])
def test_an_issue_of_many_events_is_counted_as_of_objects(by: Any, during: Any) -> None:
    often = [(what, 3 * n - 15) for n in range(6) for what in (eg.EventKind.SUSPENDED, eg.EventKind.RESUMED)]
    facts = eg.Facts(every_life().grid, issues=[life("1", often)])
    rule = eg.count_issues(eg.happened("suspended", 2, during=during), by=by)
    expected = by_objects(rule, facts, WEEKS)
    assert len(set(expected.values())) > 1
    assert in_columns([rule], tables_of(facts), WEEKS) == [expected]


@pytest.mark.parametrize("which", ["late", "missing", "late or missing"])
@pytest.mark.parametrize("what", [None, "日报"])
def test_a_return_of_midnight_is_late_and_not_missing_and_one_of_a_minute_later_is_both(which: Any, what: Any) -> None:
    due = datetime(2024, 1, 31, 17, tzinfo=CHINA)
    times = (None, timedelta(0), timedelta(minutes=1), timedelta(hours=7), timedelta(hours=7, minutes=1))
    duties = [
        eg.Duty(name, "甲", due, None if late is None else eg.Submission(name, "甲", due + late))
        for late in times
        for name in ("日报", "周报")
    ]
    facts = eg.Facts(eg.Grid([eg.Unit("甲", "甲村", "村")]), duties=duties)
    rounds = [eg.month().round_of(due.date()), Round(date(2024, 1, 1), date(2024, 3, 1), "至今")]
    in_january, to_date = {"late": (2, 3), "missing": (2, 1), "late or missing": (4, 4)}[which]
    each = 2 if what is None else 1
    expected = {(0, "甲"): Fraction(in_january * each), (1, "甲"): Fraction(to_date * each)}
    rule = eg.count_duties(what, which=which)
    assert in_columns([rule], tables_of(facts), rounds) == [expected] == [by_objects(rule, facts, rounds)]


def test_an_acceptance_that_passed_and_one_that_failed_on_the_latest_day_are_refused() -> None:
    day = date(2024, 1, 10)
    facts = eg.Facts(
        eg.Grid([eg.Unit("甲", "甲村", "村"), eg.Unit("乙", "乙村", "村")]),
        acceptances=[
            eg.UnitAcceptance("甲", day, passed=True),
            eg.UnitAcceptance("甲", day, passed=False),
            eg.UnitAcceptance("乙", day, passed=False),
            eg.UnitAcceptance("乙", date(2024, 1, 11), passed=True),
        ],
    )
    sheet = sheet_on(tables_of(facts), [eg.month().round_of(day)])
    column_of(eg.accepted(), sheet)
    (check,) = sheet.plan.checks
    assert (check.table, check.problem) == ("acceptances", "passed and failed on one day")
    assert check.rows.collect("polars").rows() == [(0, "甲")]


def test_more_issues_than_the_declared_maximum_are_refused() -> None:
    found = eg.Event(eg.EventKind.FOUND, date(2024, 1, 10))
    facts = eg.Facts(
        eg.Grid([eg.Unit("甲", "甲村", "村")]), issues=[eg.Issue(id_, "甲", (found,)) for id_ in ("1", "2")]
    )
    sheet = sheet_on(tables_of(facts, Maxima(counted=1)), [eg.month().round_of(found.day)])
    column_of(eg.count_issues(eg.in_state("open"), by="place"), sheet)
    (check,) = sheet.plan.checks
    assert check.problem == "more than the declared maximum of 1 issues of one unit"
    assert check.rows.collect("polars").rows() == [(0, "甲")]


OPEN = eg.count_issues(eg.in_state("open"), by="place")


@pytest.mark.parametrize(
    "engine", [pytest.param(lambda tables: tables, id="polars"), pytest.param(on_duckdb, id="duckdb")]
)
def test_one_plan_counts_issues_of_towns_and_of_the_villages_below_them(engine: Callable[[Tables], Tables]) -> None:
    grid = eg.Grid([eg.Unit("镇", "某镇", "镇"), *(eg.Unit(code, code, "村", "镇") for code in "甲乙")])
    found = eg.Event(eg.EventKind.FOUND, date(2024, 1, 10))
    issues = [eg.Issue(str(n), place, (found,)) for n, place in enumerate(("镇", "甲", "甲", "甲", "乙"))]
    scheme = eg.Scheme(
        "s",
        levels=("镇",),
        cadence=eg.month(),
        since=date(2024, 1, 1),
        source=eg.Source("办法"),
        scoring=OPEN,
        ranking=eg.RankBy(places=0),
        figures=(eg.Figure("below", eg.mean_of_children(OPEN), eg.RankBy(places=0)),),
    )
    result = assess(scheme, [eg.month().round_of(found.day)], engine(tables_of(eg.Facts(grid, issues=issues))))
    told = result.to_polars()["standings"].select("figure", "unit", "score").rows()
    assert sorted(told) == [("below", "镇", 2), ("score", "镇", 5)]


@attrs.frozen
class late_by_far:
    """A locality's own condition, with its columnar form, and without."""

    kind: ClassVar[str] = "late_by_far"
    subject: ClassVar[str] = "issue"
    has_form: bool

    def at(self, place: Any) -> eg.Reason:
        return eg.overdue(30).at(place)

    def __getattr__(self, name: str) -> Any:
        if name == "read" and self.has_form:
            return lambda reading: read(eg.overdue(30), reading)
        raise AttributeError(name)


def test_a_condition_of_ones_own_is_counted_by_its_columnar_form_and_refused_without_one() -> None:
    day = date(2024, 1, 1)
    issue = eg.Issue("1", "甲", (eg.Event(eg.EventKind.FOUND, day, due=day),))
    facts = eg.Facts(eg.Grid([eg.Unit("甲", "甲村", "村")]), issues=[issue])
    months = [eg.month().round_of(date(2024, month, 1)) for month in (1, 2)]
    with_form, without = (eg.count_issues(late_by_far(has), by="place") for has in (True, False))
    assert in_columns([with_form], tables_of(facts), months) == [{(0, "甲"): Fraction(1), (1, "甲"): Fraction(1)}]
    with pytest.raises(FramesError, match="the kind 'late_by_far' has no columnar form"):
        column_of(without, sheet_on(tables_of(facts), months))
