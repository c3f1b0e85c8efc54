"""Tables are taken in of any kind, and refused for what their columns are: one error, with sample rows."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from envgov.frames import Maxima, read_tables
from envgov.frames.soundness import refuse_unsound
from frames.test_tables import DAY, UNITS, VISITS, faults, given, stated, visits

# --- kinds of tables ---


@pytest.mark.parametrize(
    "made", [pl.DataFrame, pl.LazyFrame, pa.table, lambda t: pd.DataFrame(t).astype({"stated": "Int64"})]
)
def test_tables_in_memory_are_read_whatever_made_them(made: Any) -> None:
    tables = read_tables({"units": pl.DataFrame(UNITS), "inspections": made(VISITS)}, places=1)
    assert stated(tables) == [855, None]


def test_relations_of_duckdb_stay_in_their_session() -> None:
    session = duckdb.connect()
    relations = {"units": session.from_arrow(pa.table(UNITS)), "inspections": session.from_arrow(pa.table(VISITS))}
    tables = read_tables(relations, places=1)
    refuse_unsound(tables)
    assert stated(tables) == [855, None]
    assert tables["findings"].implementation.is_duckdb()


def test_tables_of_two_engines_are_refused() -> None:
    relation = duckdb.connect().from_arrow(pa.table(VISITS))
    told = faults(lambda: read_tables({"units": pl.DataFrame(UNITS), "inspections": relation}, places=1))
    assert told == ["inspections: the table is of duckdb, and the units are of polars; hand all over in one"]


def test_tables_of_two_connections_are_refused() -> None:
    tables = {
        name: duckdb.connect().from_arrow(pa.table(rows)) for name, rows in (("units", UNITS), ("inspections", VISITS))
    }
    told = faults(lambda: read_tables(tables, places=1))
    assert told == ["inspections: the table is of another connection than the units; read all in one session"]


def test_a_table_of_another_name_is_refused() -> None:
    (told,) = faults(lambda: given(visits=VISITS))
    assert told.startswith("there is no table of that name (found 'visits'); the names are units, designations")


def test_there_is_no_assessing_without_units() -> None:
    told = faults(lambda: read_tables({"inspections": pl.DataFrame(VISITS)}, places=1))
    assert told == ["units: this table is missing; give it: whatever is assessed is in it"]


def test_codes_of_units_may_be_whole_numbers() -> None:
    units = {"unit": [1, 2], "level": ["村", "镇"], "parent": [2, None]}
    tables = given(units=units, inspections=visits(unit=[1, 1]))
    refuse_unsound(tables)
    assert tables["inspections"].collect("polars")["unit"].to_list() == [1, 1]


def test_codes_that_are_text_in_one_table_and_numbers_in_another_are_refused() -> None:
    (told,) = faults(lambda: given(inspections=visits(unit=[1, 1])))
    assert told.startswith("inspections, unit: the column is of type Int64 (found '1; 1'); give text")


# --- columns ---


def test_a_column_that_is_missing_is_named() -> None:
    assert faults(lambda: given(inspections=visits(day=[]))) == [
        "inspections, day: this column is missing; give it: days"
    ]


def test_a_column_that_may_be_missing_is_empty() -> None:
    assert stated(given(inspections=visits(stated=[]))) == [None, None]


def test_columns_that_are_not_read_are_left_out() -> None:
    table = given(inspections={**VISITS, "weather": ["晴", "雨"]})["inspections"]
    assert table.collect_schema().names() == ["id", "unit", "day", "channel", "stated"]


def test_float_points_are_refused_with_sample_rows_and_the_reason() -> None:
    (told,) = faults(lambda: given(inspections=visits(stated=[85.5, float("nan")])))
    assert told == (
        "inspections, stated: the column is of type Float64 (found '85.5; nan'); give whole numbers in units of 1 "
        "decimals, decimals or text: a float holds 0.1 only nearly, and a whole number beside an empty cell becomes "
        "one in pandas"
    )


@pytest.mark.parametrize("points", [["85.5", "-7"], [Decimal("85.5"), Decimal("-7.0")]])
def test_points_are_read_from_text_and_decimals(points: list[Any]) -> None:
    assert stated(given(2, inspections=visits(stated=points))) == [8550, -700]


def test_text_points_may_be_whole() -> None:
    assert stated(given(0, inspections=visits(stated=["85", "7"]))) == [85, 7]


@pytest.mark.parametrize("points", ["85.55", "八十五", "", "1e3", "85.", "1" * 19])
def test_points_that_are_no_plain_numbers_of_these_places_are_refused(points: str) -> None:
    (told,) = faults(lambda: given(1, inspections=visits(stated=[points, "1"])))
    assert told.startswith("inspections, stated: no number written like 85 or 85.5, of 18 digits at most")


def test_midnights_are_days() -> None:
    table = given(inspections=visits(day=[datetime(2024, 5, 1), datetime(2024, 5, 2)]))["inspections"]  # noqa: DTZ001 - a moment without a zone is what is given
    assert table.collect("polars")["day"].to_list() == [DAY, DAY + timedelta(1)]


def test_moments_are_no_days() -> None:
    (told,) = faults(lambda: given(inspections=visits(day=[datetime(2024, 5, 1, 9), None])))  # noqa: DTZ001 - a moment without a zone is what is given
    assert told == (
        "inspections, day: moments, where days are wanted (found '2024-05-01 09:00:00'); give the day alone"
    )


@pytest.mark.parametrize("clock", [(0, 0, 0, 500_000), (23, 59, 59)])
def test_moments_just_after_and_just_before_midnight_are_no_days(clock: tuple[int, ...]) -> None:
    moment = datetime(2024, 5, 1, *clock)  # type: ignore[arg-type,misc,unused-ignore] # noqa: DTZ001 - a moment without a zone is what is given
    (told,) = faults(lambda: given(inspections=visits(day=[moment, None])))
    assert told.startswith("inspections, day: moments, where days are wanted")
    session = duckdb.connect()
    seen = session.from_arrow(pl.DataFrame(visits(day=[moment, None])).to_arrow())
    (told,) = faults(lambda: read_tables({"units": session.from_arrow(pa.table(UNITS)), "inspections": seen}, places=1))
    assert told.startswith("inspections, day: moments, where days are wanted")


@pytest.mark.parametrize("places", [-1, 18])
def test_decimals_that_no_column_holds_are_refused(places: int) -> None:
    (told,) = faults(lambda: given(places))
    assert told == f"points have no such number of decimals (found '{places}'); give places from 0 to 17"


def test_moments_of_a_time_zone_are_no_days() -> None:
    (told,) = faults(lambda: given(inspections=visits(day=[datetime(2024, 5, 1, tzinfo=UTC)] * 2)))
    assert "give days without a time zone: whose day is it?" in told


def test_text_is_no_day() -> None:
    (told,) = faults(lambda: given(inspections=visits(day=["2024-05-01"] * 2)))
    assert "inspections, day: the column is of type String (found '2024-05-01; 2024-05-01'); give days" in told


def test_categories_are_text() -> None:
    frame = pl.DataFrame(VISITS).with_columns(pl.col("channel").cast(pl.Categorical))
    tables = read_tables({"units": pl.DataFrame(UNITS), "inspections": frame}, places=1)
    assert tables["inspections"].collect_schema()["channel"] == nw.String


@pytest.mark.parametrize("places", [1.5, "1", None])
def test_decimals_are_a_whole_number(places: Any) -> None:
    told = faults(lambda: given(places=places, inspections=VISITS))
    assert told == [f"points have no such number of decimals (found {repr(places)!r}); give places from 0 to 17"]


@pytest.mark.parametrize("most", [1e9, "10", True])
def test_maxima_are_whole_numbers(most: Any) -> None:
    with pytest.raises(TypeError, match=r"points=.*: give a whole number"):
        Maxima(points=most)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_table_of_which_no_column_is_readable_is_told(engine: str) -> None:
    rows: dict[str, Any] = {
        "units": pl.DataFrame(UNITS),
        "designations": pl.DataFrame({"unit": [1], "designation": [2]}),
    }
    if engine == "duckdb":
        session = duckdb.connect()
        rows = {name: session.from_arrow(table.to_arrow()) for name, table in rows.items()}
    assert faults(lambda: read_tables(rows, places=1)) == [
        "designations, unit: the column is of type Int64 (found '1'); give text",
        "designations, designation: the column is of type Int64 (found '2'); give text",
    ]


@pytest.mark.parametrize(
    "empty",
    [
        pl.DataFrame({"inspection": [], "item": [], "deduction": []}),
        pa.table({"inspection": [], "item": [], "deduction": []}),
        pd.DataFrame({"inspection": [], "item": [], "deduction": []}),
        pd.DataFrame({"inspection": [], "item": [], "deduction": []}, dtype="float64"),
    ],
)
def test_a_table_without_rows_is_empty_whatever_its_types(empty: Any) -> None:
    rows = {"units": pl.DataFrame(UNITS), "inspections": pl.DataFrame(VISITS), "findings": empty}
    tables = read_tables(rows, places=1)
    refuse_unsound(tables)
    assert tables["findings"].collect("polars").rows() == []


def test_a_column_of_pandas_that_holds_values_of_two_types_is_told() -> None:
    mixed = pd.DataFrame({"unit": ["甲", 1], "level": ["村", "村"]})
    (told,) = faults(lambda: read_tables({"units": mixed}, places=1))
    assert told.startswith("units: no table with a type for each column: ")


def test_a_type_that_frames_do_not_know_is_no_empty_column() -> None:
    session = duckdb.connect()
    units = session.from_arrow(pa.table(UNITS))
    seen = session.sql("SELECT uuid() AS id, '甲' AS unit, DATE '2024-05-01' AS day, '督导' AS channel")
    (told,) = faults(lambda: read_tables({"units": units, "inspections": seen}, places=1))
    assert told.startswith("inspections, id: the column is of type Unknown (found '")


def test_a_column_without_a_value_is_empty_whatever_its_type() -> None:
    frame = pd.DataFrame({**VISITS, "stated": [None, None]}).astype({"stated": "float64"})
    assert stated(read_tables({"units": pl.DataFrame(UNITS), "inspections": frame}, places=1)) == [None, None]
