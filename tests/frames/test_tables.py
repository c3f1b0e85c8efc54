"""Tables are refused where no facts could be in them: one error, with sample rows."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pytest

import envgov as eg
from envgov.errors import InputError
from envgov.frames import Maxima, Tables, read_tables, tables_of
from envgov.frames.soundness import refuse_unsound
from frames.scored import in_duckdb

DAY = date(2024, 5, 1)
UNITS: dict[str, list[Any]] = {"unit": ["甲", "乙", "镇"], "level": ["村", "村", "镇"], "parent": ["镇", "镇", None]}
VISITS: dict[str, list[Any]] = {
    "id": ["1", "2"],
    "unit": ["甲", "乙"],
    "day": [DAY, DAY],
    "channel": ["督导", "督导"],
    "stated": [855, None],
}


def given(places: int = 1, maxima: Maxima | None = None, units: Any = UNITS, **more: Any) -> Tables:
    tables = {"units": units, **more}
    return read_tables({n: pl.DataFrame(t, strict=False) for n, t in tables.items()}, places=places, maxima=maxima)


def visits(**columns: list[Any]) -> dict[str, list[Any]]:
    return {name: column for name, column in {**VISITS, **columns}.items() if column}


def stated(tables: Tables) -> list[Any]:
    return tables["inspections"].collect("polars").sort("id")["stated"].to_list()


def faults(call: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        call()
    return [str(fault) for fault in caught.value.faults]


def unsound(**more: Any) -> str:
    told = faults(lambda: refuse_unsound(given(**more)))
    assert len(told) == 1, told
    return told[0]


# --- rows ---


def test_a_table_of_sound_rows_is_accepted() -> None:
    refuse_unsound(given(inspections=VISITS))


def test_an_empty_cell_is_shown_with_its_row() -> None:
    assert unsound(inspections=visits(channel=["督导", None])) == (
        "inspections, channel: this cell is empty, in 1 row (found '2, 乙, 2024-05-01, None, None'); fill it, or leave "
        "the row out"
    )


def test_a_unit_that_is_null_is_an_empty_cell() -> None:
    assert "inspections, unit: this cell is empty, in 2 rows" in unsound(inspections=visits(unit=[None, None]))


def test_an_unknown_unit_is_shown() -> None:
    assert unsound(inspections=visits(unit=["甲", "丙"])) == (
        "inspections, unit: the units have no such code (found '丙'); add it to the units, or correct it"
    )


@pytest.mark.parametrize(("since", "until"), [(date(2024, 5, 2), None), (None, DAY)])
def test_what_happened_while_the_unit_was_not_there_is_shown(since: date | None, until: date | None) -> None:
    units = {**UNITS, "since": [since, None, None], "until": [until, None, None]}
    assert "the unit is not there on that day (found '甲, 2024-05-01')" in unsound(units=units, inspections=VISITS)


def test_an_inspection_that_is_given_twice_is_shown() -> None:
    assert unsound(inspections=visits(id=["1", "1"])) == (
        "inspections, id: this is given more than once (found '1'); give each its own"
    )


def test_inspections_need_no_id() -> None:
    refuse_unsound(given(inspections=visits(id=[])))


def test_ids_may_be_numbers() -> None:
    found = {"inspection": [2, 3], "item": ["垃圾", "污水"], "deduction": [1, 1]}
    assert unsound(inspections=visits(id=[1, 2]), findings=found) == (
        "findings, inspection: there is no such inspection (found '3'); add the inspection, or correct its id"
    )


def test_points_beyond_the_declared_maximum_are_shown() -> None:
    told = unsound(maxima=Maxima(points=854), inspections=VISITS)
    assert told.startswith("inspections, stated: farther from 0 than the declared maximum of 854 units")


def test_more_findings_of_one_inspection_than_declared_are_refused() -> None:
    found = {"inspection": ["2"] * 3, "item": ["垃圾"] * 3, "deduction": [1] * 3}
    refuse_unsound(given(maxima=Maxima(findings=3), inspections=VISITS, findings=found))
    assert unsound(maxima=Maxima(findings=2), inspections=VISITS, findings=found) == (
        "findings: more findings of one inspection than the declared maximum of 2 (found '3'); declare what the tables have"
    )


def test_more_units_than_declared_are_refused() -> None:
    refuse_unsound(given(maxima=Maxima(units=3)))
    assert unsound(maxima=Maxima(units=2)) == (
        "units: more units than the declared maximum of 2 (found '3'); declare what the tables have"
    )


def test_a_code_that_is_empty_text_is_an_empty_cell() -> None:
    units = {**UNITS, "unit": ["甲", "", "镇"]}
    assert unsound(units=units).startswith("units, unit: this cell is empty, in 1 row (found")


def test_returns_say_whether_they_were_late() -> None:
    owed = {"what": ["日报"], "owed_by": ["甲"], "due": [DAY], "came": [DAY]}
    assert faults(lambda: given(duties=owed)) == ["duties, late: this column is missing; give it: true and false"]


@pytest.mark.parametrize(
    ("table", "row", "problem"),
    [
        ("findings", {"inspection": ["2"], "item": ["垃圾"], "deduction": [-1]}, "a deduction below 0"),
        ("findings", {"inspection": ["3"], "item": ["垃圾"], "deduction": [1]}, "there is no such inspection"),
        ("findings", {"inspection": ["1"], "item": ["垃圾"], "deduction": [1]}, "findings and a stated score"),
        ("stated_ranks", {"unit": ["甲"], "day": [DAY], "channel": ["a"], "rank": [0], "of": [3]}, "no rank in a list"),
        ("stated_ranks", {"unit": ["甲"], "day": [DAY], "channel": ["a"], "rank": [4], "of": [3]}, "no rank in a list"),
        (
            "surveys",
            {"unit": ["甲"], "day": [DAY], "channel": ["a"], "asked": [3], "answered": [4], "satisfied": [1]},
            "each contains the next",
        ),
        ("tasks", {"name": ["改厕"], "unit": ["甲"], "progress": [1001], "day": [DAY]}, "no progress in per cent"),
        (
            "assignments",
            {"who": ["张"], "role": ["长"], "place": ["甲"], "since": [DAY], "until": [DAY]},
            "it ends before",
        ),
    ],
)
def test_what_no_facts_could_be_is_shown(table: str, row: dict[str, list[Any]], problem: str) -> None:
    assert problem in unsound(inspections=VISITS, **{table: row})


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    ("kind", "n"), [(pl.UInt64, 2**63), (pl.Int128, 2**63), (pl.Int128, -(2**63)), (pl.UInt64, 2**64 - 1)]
)
@pytest.mark.parametrize(("table", "column"), [("inspections", "stated"), ("surveys", "asked")])
def test_numbers_that_no_column_holds_are_shown(table: str, column: str, kind: Any, n: int, engine: str) -> None:
    row = {"unit": ["甲"], "day": [DAY], "channel": ["督导"]}
    row |= {"asked": [9], "answered": [4], "satisfied": [1]} if table == "surveys" else {"id": ["1"]}
    frame = pl.DataFrame(row).with_columns(pl.lit(n, kind).alias(column))
    tables: dict[str, Any] = {"units": pl.DataFrame(UNITS), table: frame}
    if engine == "duckdb":
        session = duckdb.connect()
        plain = session.from_arrow(frame.drop(column).to_arrow())
        wide = f"CAST({n} AS {'UBIGINT' if kind == pl.UInt64 else 'HUGEINT'}) AS {column}"
        tables = {"units": session.from_arrow(pl.DataFrame(UNITS).to_arrow()), table: plain.project(f"*, {wide}")}
    [told] = faults(lambda: read_tables(tables, places=1))
    problem = f"{table}, {column}: farther from 0 than {2**63 - 1}, the most that a column holds"
    assert told.startswith(f"{problem} (found '{n}')")


@pytest.mark.parametrize("kind", [pl.UInt64, pl.Int128])
def test_numbers_of_a_wider_type_are_taken_as_far_as_a_column_holds_them(kind: Any) -> None:
    wide = pl.DataFrame(visits(stated=[855, 9])).with_columns(pl.col("stated").cast(kind))
    tables = read_tables({"units": pl.DataFrame(UNITS), "inspections": wide}, places=1)
    assert stated(tables) == [855, 9]


ISSUES: dict[str, list[Any]] = {"id": ["a", "b"], "place": ["甲", "乙"]}


def events(*rows: tuple[str, int, str]) -> dict[str, list[Any]]:
    issue, position, what = map(list, zip(*rows, strict=True))
    return {"issue": issue, "position": position, "day": [DAY] * len(rows), "what": what}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ([("b", 0, "found"), ("b", 1, "accepted")], []),
        (
            [("b", 0, "found"), ("b", 1, "Accepted")],
            ["events, what: there is no such kind of event (found 'Accepted'); the kinds are found, fixed on the spot"],
        ),
        (
            [("b", 0, "found"), ("b", 0, "accepted")],
            ["events, issue, position: this is given more than once (found 'b, 0'); give each its own"],
        ),
        (
            [("b", 0, "found"), ("c", 0, "found")],
            ["events, issue: there is no such issue (found 'c'); add the issue, or correct its id"],
        ),
        ([], ["issues, id: no event at position 0 is 'found' (found 'b'); give the issue with all its events"]),
        (
            [("b", 1, "found"), ("b", 0, "relapsed")],
            ["issues, id: no event at position 0 is 'found' (found 'b'); give the issue with all its events"],
        ),
        (
            [("b", 0, "found"), ("b", -1, "relapsed")],
            ["events, position: a position below 0 or above 4194301, in 1 row"],
        ),
        ([("b", 0, "found"), ("b", 7, "accepted")], []),
        ([("b", 0, "found"), *(("b", n, "extended") for n in range(1, 40))], []),
        (
            [("b", 0, "found"), *(("b", n, "extended") for n in range(1, 40)), ("b", 38, "extended")],
            ["events, issue, position: this is given more than once (found 'b, 38'); give each its own"],
        ),
        (
            [("b", 0, "found"), ("b", 1, "claimed"), ("b", 1, "claimed"), ("b", 3, "rectified"), ("b", 3, "accepted")],
            ["events, issue, position: this is given more than once (found 'b, 1; b, 3'); give each its own"],
        ),
    ],
)
def test_events_are_looked_through(more: list[tuple[str, int, str]], told: list[str], engine: str) -> None:
    tables = given(issues=ISSUES, events=events(("a", 0, "found"), *more))
    tables = in_duckdb(tables) if engine == "duckdb" else tables
    found: list[str] = []
    if told:
        found = faults(lambda: refuse_unsound(tables))
    else:
        refuse_unsound(tables)
    assert [fault.startswith(start) for fault, start in zip(found, told, strict=True)] == [True] * len(told), found


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("n", [3, 20])
def test_days_of_events_that_run_backwards_are_shown(n: int, engine: str) -> None:
    rows = events(("a", 0, "found"), *(("b", at, "extended" if at else "found") for at in range(n)))
    tables = given(issues=ISSUES, events={**rows, "day": [DAY] * n + [DAY - timedelta(2)]})
    tables = in_duckdb(tables) if engine == "duckdb" else tables
    [told] = faults(lambda: refuse_unsound(tables))
    assert told.startswith("events, day: days run backwards")
    assert f"(found 'b, {n - 1}, 2024-04-29, 2024-05-01')" in told


@pytest.mark.parametrize("more", [[("a", 1, "claimed")], [("b", 9, "claimed")]])
def test_days_of_events_run_forwards_by_position_whatever_the_order_of_rows(more: list[tuple[str, int, str]]) -> None:
    rows = events(*more, ("a", 0, "found"), ("b", 0, "found"))
    refuse_unsound(given(issues=ISSUES, events={**rows, "day": [DAY + timedelta(1), DAY, DAY + timedelta(1)][:3]}))


def test_an_issue_that_is_given_twice_is_shown() -> None:
    issues = {"id": ["a", "a"], "place": ["甲", "乙"]}
    told = unsound(issues=issues, events=events(("a", 0, "found")))
    assert told.startswith("issues, id: this is given more than once (found 'a')")


def test_issues_without_any_events_are_shown() -> None:
    assert "no event at position 0 is 'found' (found 'a; b')" in unsound(issues=ISSUES)


@pytest.mark.parametrize(("position", "is_sound"), [(4_194_301, True), (4_194_302, False), (1_700_000_000, False)])
def test_a_position_is_a_small_number(position: int, is_sound: bool) -> None:
    tables = given(issues=ISSUES, events=events(("a", 0, "found"), ("b", 0, "found"), ("b", position, "claimed")))
    if is_sound:
        refuse_unsound(tables)
        return
    (told,) = faults(lambda: refuse_unsound(tables))
    assert told.startswith("events, position: a position below 0 or above 4194301, in 1 row")


def test_more_residents_than_declared_are_refused() -> None:
    asked = {"unit": ["甲"], "day": [DAY], "channel": ["电话"], "asked": [2**62], "answered": [1], "satisfied": [0]}
    assert unsound(surveys=asked).startswith("surveys, asked: more residents than the declared maximum of 1000000")


def test_a_day_without_end_is_told_as_it_stands() -> None:
    session = duckdb.connect()
    units = session.sql("SELECT '甲' AS unit, '村' AS level, DATE 'infinity' AS until")
    (told,) = faults(lambda: refuse_unsound(read_tables({"units": units}, places=1)))
    assert told.startswith("units, until: a day before the year 1900 or after 2199, in 1 row")
    assert "infinity" in told


@pytest.mark.parametrize("table", ["responsible", "handed"])
def test_what_is_told_of_an_issue_that_there_is_not_is_shown(table: str) -> None:
    of = {"issue": ["c"], "who": ["张"], **({"position": [0]} if table == "handed" else {})}
    assert unsound(**{table: of}).startswith(f"{table}, issue: there is no such issue (found 'c')")


def test_an_issue_id_that_is_empty_is_an_empty_cell() -> None:
    begun = events(("a", 0, "found"))
    told = unsound(issues={"id": ["a", ""], "place": ["甲", "乙"]}, events=begun)
    assert told.startswith("issues, id: this cell is empty, in 1 row")


def test_a_parent_that_is_no_unit_is_shown() -> None:
    assert "units, parent: no unit has this code (found '县')" in unsound(units={**UNITS, "parent": ["镇", "镇", "县"]})


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    ("village", "town", "is_sound"),
    [
        ((DAY, None), (DAY, None), True),
        ((None, None), (DAY, None), False),
        ((DAY - timedelta(1), None), (DAY, None), False),
        ((None, DAY), (None, DAY), True),
        ((None, None), (None, DAY), False),
        ((None, DAY + timedelta(1)), (None, DAY), False),
    ],
)
def test_a_parent_is_there_as_long_as_its_unit(village: Any, town: Any, is_sound: bool, engine: str) -> None:
    years = dict(zip(("since", "until"), map(list, zip(village, town, strict=True)), strict=True))
    units = pl.DataFrame({"unit": ["甲", "镇"], "level": ["村", "镇"], "parent": ["镇", None], **years}, strict=False)
    units = units.with_columns(pl.col("since", "until").cast(pl.Date))
    tables = given(units=units)
    tables = in_duckdb(tables) if engine == "duckdb" else tables
    made = [
        eg.Unit("甲", "甲", "村", "镇", since=village[0], until=village[1]),
        eg.Unit("镇", "镇", "镇", since=town[0], until=town[1]),
    ]
    if is_sound:
        refuse_unsound(tables)
        eg.Grid(made)
        return
    problem = "the parent does not exist throughout the unit's own years"
    (told,) = faults(lambda: refuse_unsound(tables))
    assert told.startswith(f"units, parent: {problem} (found '甲, 镇')")
    with pytest.raises(InputError, match=problem):
        eg.Grid(made)


def test_units_above_themselves_are_shown() -> None:
    told = unsound(units={**UNITS, "parent": ["镇", "镇", "甲"]})
    assert told.startswith("units, parent: more than 8 units in a line, or units above themselves (found '乙; 甲; 镇')")


def test_a_line_of_units_may_be_as_long_as_declared() -> None:
    refuse_unsound(given(maxima=Maxima(depth=2)))


def test_a_line_of_units_that_is_longer_than_declared_is_shown() -> None:
    assert "more than 1 units in a line" in unsound(maxima=Maxima(depth=1))


# --- what facts become ---


def test_facts_are_copied_with_their_points_in_units_of_the_last_place() -> None:
    grid = eg.Grid([eg.Unit("甲", "甲村", "村")])
    seen = [
        eg.Inspection("甲", DAY, "督导", findings=(eg.Finding("垃圾", Decimal("0.25")),)),
        eg.Inspection("甲", DAY, "督导", stated=Decimal(9)),
    ]
    tables = tables_of(eg.Facts(grid, inspections=seen))
    assert tables.places == 2
    assert stated(tables) == [None, 900]
    assert tables["findings"].collect("polars")["deduction"].to_list() == [25]


CHINA = datetime.fromisoformat("2024-05-01T17:00:00+08:00")


@pytest.mark.parametrize(
    ("after", "came"),
    [
        (None, None),
        (timedelta(0), date(2024, 5, 2)),
        (timedelta(hours=7), date(2024, 5, 2)),
        (timedelta(hours=8), date(2024, 5, 3)),
    ],
)
def test_a_return_came_by_the_first_midnight_after_it(after: timedelta | None, came: date | None) -> None:
    given_in = None if after is None else eg.Submission("日报", "甲", (CHINA + after).astimezone(UTC))
    facts = eg.Facts(eg.Grid([eg.Unit("甲", "甲村", "村")]), duties=[eg.Duty("日报", "甲", CHINA, given_in)])
    row = tables_of(facts)["duties"].select("due", "came", "late").collect("polars").row(0)
    assert row == (DAY, came, after is not None and after > timedelta(0))
