"""Issues, events and findings are looked through where they are gathered anyway: what no facts could be is refused all the same."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import envgov as eg
from envgov.errors import InputError
from envgov.frames import Maxima, Tables, assess, assessment, soundness
from envgov.frames.days import DAYS
from envgov.frames.engine import frame_of, sample
from envgov.frames.soundness import refuse_unsound
from frames import test_tables as wrong
from frames.scored import in_duckdb

MONTH = eg.month().round_of(wrong.DAY)
LISTED = wrong.visits(stated=[None, None])
FOUND = {"inspection": ["1", "2"], "item": ["垃圾", "污水"], "deduction": [5, 10]}
SCHEME = eg.Scheme(
    "both",
    ("村",),
    eg.month(),
    date(2024, 1, 1),
    eg.Source("test"),
    scoring=eg.deductions(100, "督导", several="mean"),
    ranking=eg.RankBy(places=1, breakers=(eg.count_issues(eg.overdue(), by="place"),)),
)
ENGINES = pytest.mark.parametrize("engine", ["polars", "duckdb"])


def tables(engine: str = "polars", **more: Any) -> Tables:
    events = wrong.events(("a", 0, "found"), ("b", 0, "found"))
    rows = {"inspections": LISTED, "findings": FOUND, "issues": wrong.ISSUES, "events": events, **more}
    made = wrong.given(**rows)
    return in_duckdb(made) if engine == "duckdb" else made


def faults_of(made: Tables) -> list[str]:
    return wrong.faults(lambda: assess(SCHEME, [MONTH], made).standings)


@ENGINES
def test_sound_tables_are_looked_through_once(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []
    monkeypatch.setattr(assessment, "refuse_unsound", lambda _, but: asked.append(set(but)))
    monkeypatch.setattr(soundness, "refuse_unsound", lambda _: pytest.fail("looked through again"))
    assert len(assess(SCHEME, [MONTH], tables(engine)).to_polars()["standings"]) == 2
    assert asked == [{"events", "findings", "issues"}]


@ENGINES
@pytest.mark.parametrize(
    "more",
    [
        {"findings": {**FOUND, "inspection": ["1", "3"]}},
        {"findings": {**FOUND, "inspection": ["1", None]}},
        {
            "findings": {**FOUND, "inspection": ["1", ""]},
            "inspections": wrong.visits(id=["1", ""], stated=[None, None]),
        },
        {"findings": {**FOUND, "deduction": [5, -1]}},
        {"findings": {**FOUND, "item": ["垃圾", None]}},
        {"findings": FOUND, "inspections": wrong.visits(stated=[None, 1])},
        {"findings": FOUND, "maxima": Maxima(findings=0)},
        {"events": wrong.events(("a", 0, "found"))},
        {"events": wrong.events(("a", 0, "found"), ("b", 0, "found"), ("c", 0, "found"))},
        {"events": wrong.events(("a", 0, "found"), ("b", 0, "found"), ("b", 0, "claimed"))},
        {"events": wrong.events(("a", 0, "found"), ("b", 0, "found"), ("b", -1, "claimed"))},
        {"events": wrong.events(("a", 0, "found"), ("b", 0, "claimed"))},
        {"events": wrong.events(("a", 0, "found"), ("b", 0, "found"), ("b", 1, "gone"))},
        {"events": wrong.events(("a", 0, "found"), ("b", 0, "found"), *[("b", 20, "claimed")] * 2)},
        {"issues": {"id": ["a", "b", "b"], "place": ["甲", "乙", "乙"]}},
        {"issues": {"id": ["a", "b"], "place": ["甲", "丁"]}},
        {"issues": {"id": ["a", "b"], "place": ["甲", None]}},
        {"issues": {"id": ["a", "b"], "place": ["甲", "乙"], "source": ["", None]}},
        {"issues": {"id": ["a", ""], "place": ["甲", "乙"]}},
        {
            "issues": {"id": ["a", "b"], "place": ["甲", "丁"]},
            "events": wrong.events(("a", 0, "found"), ("b", 0, "found"), ("b", 9, "claimed")),
        },
        {
            "issues": {"id": ["a", "b", "b"], "place": ["甲", "乙", "乙"]},
            "events": wrong.events(("a", 0, "found"), ("b", 0, "found"), ("c", 0, "found")),
        },
        {"events": wrong.events(("a", 0, "found"), ("c", 0, "found")), "inspections": wrong.visits(unit=["甲", "丁"])},
    ],
)
def test_tables_are_refused_for_the_same_faults_as_if_nothing_was_decided(more: dict[str, Any], engine: str) -> None:
    assert faults_of(tables(engine, **more)) == wrong.faults(lambda: refuse_unsound(tables(engine, **more)))


@ENGINES
def test_days_that_run_backwards_are_refused(engine: str) -> None:
    rows = wrong.events(("a", 0, "found"), ("b", 0, "found"), ("b", 1, "claimed"))
    [told] = faults_of(tables(engine, events={**rows, "day": [wrong.DAY, wrong.DAY, wrong.DAY - timedelta(1)]}))
    assert told.startswith("events, day: days run backwards")


@ENGINES
def test_who_is_named_twice_for_an_issue_owes_it_once(engine: str) -> None:
    scheme = evolve(SCHEME, scoring=eg.count_issues(eg.in_state("open"), by="responsible"), ranking=eg.RankBy(0))
    owed = {"issue": ["a", "a", "b"], "who": ["甲", "甲", "乙"]}
    found = assess(scheme, [MONTH], tables(engine, responsible=owed)).to_polars()["standings"]
    assert set(found.select("unit", "score").rows()) == {("甲", 1), ("乙", 1)}


def test_numbers_on_which_the_engine_stops_are_told_as_faults_of_the_table() -> None:
    found = {"inspection": ["1", "1"], "item": ["垃圾", "污水"], "deduction": [2**63 - 1, 2**63 - 1]}
    [told] = faults_of(tables("duckdb", findings=found))
    assert told.startswith("findings, deduction: farther from 0 than the declared maximum")


def test_an_engine_that_stops_on_sound_tables_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space is left")

    result = assess(SCHEME, [MONTH], tables())
    monkeypatch.setattr(assessment, "_parts", full)
    with pytest.raises(OSError, match="no space is left"):
        result.standings  # noqa: B018 - the plan runs when it is asked for


@ENGINES
@pytest.mark.parametrize("column", ["day", "due"])
@pytest.mark.parametrize("day", [-800_000, -25_568, 84_006, DAYS + 19_850], ids=["BC", "1899", "2200", "13507"])
def test_days_that_no_season_has_are_refused(column: str, day: int, engine: str) -> None:
    rows = pl.DataFrame(wrong.events(("a", 0, "found"), ("b", 0, "found"))).with_columns(due=pl.lit(wrong.DAY))
    days = pl.Series([day, day]).cast(pl.Int32).cast(pl.Date)
    [told] = faults_of(tables(engine, events=rows.with_columns(days.alias(column)).to_dict(as_series=True)))
    assert told.startswith(f'events, {column}: a day before the year 1900 or after 2199, in 2 rows (found "a, 0, ')


@ENGINES
@pytest.mark.parametrize("day", [-25_567, 84_005], ids=["1900", "2199"])
def test_the_first_and_the_last_day_of_those_years_are_sound(day: int, engine: str) -> None:
    since = pl.Series([day]).cast(pl.Int32).cast(pl.Date)
    slips = pl.DataFrame({"unit": ["甲"], "slip": ["白单"], "day": since}).to_dict(as_series=True)
    assert assess(SCHEME, [MONTH], tables(engine, slips=slips)).standings is not None


def test_a_message_shows_the_first_of_the_rows_whatever_their_order() -> None:
    assert sample(frame_of(pl.DataFrame({"n": [3, 1, 2], "what": ["c", "b", "a"]}))) == "1, b; 2, a; 3, c"


EVENTS = st.tuples(
    st.sampled_from("abc"), st.integers(-1, 3), st.sampled_from(["found", "claimed", "gone"]), st.integers(0, 2)
)


def is_sound(events: list[tuple[str, int, str, int]]) -> bool:
    for issue in "ab":
        its = sorted((position, what, day) for id_, position, what, day in events if id_ == issue)
        positions, days = [position for position, *_ in its], [day for *_, day in its]
        if not its or its[0][:2] != (0, "found") or len(set(positions)) < len(its) or days != sorted(days):
            return False
    return all(issue != "c" and what != "gone" for issue, _, what, _ in events)


@given(st.lists(EVENTS, max_size=3).map(lambda rows: [("a", 0, "found", 1), ("b", 0, "found", 0), *rows]), st.data())
def test_events_are_refused_if_and_only_if_they_are_no_lives_of_issues(
    rows: list[tuple[str, int, str, int]], data: st.DataObject
) -> None:
    rows = data.draw(st.permutations(rows[data.draw(st.integers(0, 1)) :]))
    issue, position, what, day = (list(column) for column in zip(*rows, strict=True))
    days = [wrong.DAY + timedelta(n) for n in day]
    made = tables(events={"issue": issue, "position": position, "day": days, "what": what})
    try:
        assess(SCHEME, [MONTH], made).standings  # noqa: B018 - the plan runs when it is asked for
        refused = False
    except InputError:
        refused = True
    assert refused is not is_sound(rows)
