"""Results come back in the kind in which the facts were given, and go to Parquet whole or not at all."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import envgov as eg
from envgov.errors import InputError
from envgov.frames import Result, Table, assess, read_parquet, read_state, read_tables, write_parquet

DAY = date(2024, 1, 9)
MONTH = eg.month().round_of(DAY)
UNITS = {"unit": ["甲", "乙", "丙"], "level": ["村"] * 3}
VISITS: dict[str, list[Any]] = {
    "id": ["1", "2"],
    "unit": ["甲", "乙"],
    "day": [DAY, DAY],
    "channel": ["督导"] * 2,
    "stated": [855, 912],
}
SCHEME = eg.Scheme(
    id="monthly",
    levels=("村",),
    cadence=eg.month(),
    since=date(2023, 1, 1),
    source=eg.Source("办法"),
    scoring=eg.stated("督导", several="mean", better="higher"),
    ranking=eg.RankBy(1),
    boards=(eg.Board("榜", (eg.Tier("红榜", eg.at_least(90), "praise"),), "其他"),),
)
RANKED = {("甲", 855, 2), ("乙", 912, 1)}
SHOWN = ["unit", "score", "rank"]


def result(units: Any, visits: Any) -> Result:
    return assess(SCHEME, [MONTH], read_tables({"units": units, "inspections": visits}, places=1))


def in_polars(**columns: list[Any]) -> Result:
    return result(pl.DataFrame(UNITS), pl.DataFrame({**VISITS, **columns}))


def test_frames_of_polars_come_back_computed() -> None:
    found = in_polars().standings
    assert isinstance(found, pl.DataFrame)
    assert set(found.select(SHOWN).rows()) == RANKED


def test_lazy_frames_of_polars_come_back_lazy() -> None:
    found = result(pl.LazyFrame(UNITS), pl.LazyFrame(VISITS)).standings
    assert isinstance(found, pl.LazyFrame)
    assert set(found.select(SHOWN).collect().rows()) == RANKED


def test_frames_of_pandas_come_back_as_frames_of_pandas() -> None:
    found = result(pd.DataFrame(UNITS), pd.DataFrame(VISITS)).standings
    assert isinstance(found, pd.DataFrame)
    assert set(found[SHOWN].itertuples(index=False, name=None)) == RANKED


def test_tables_of_pyarrow_come_back_as_tables_of_pyarrow() -> None:
    found = result(pa.table(UNITS), pa.table(VISITS)).standings
    assert isinstance(found, pa.Table)
    assert {tuple(row.values()) for row in found.select(SHOWN).to_pylist()} == RANKED


def test_relations_of_duckdb_come_back_as_relations() -> None:
    session = duckdb.connect()
    found = result(session.from_arrow(pa.table(UNITS)), session.from_arrow(pa.table(VISITS))).standings
    assert isinstance(found, duckdb.DuckDBPyRelation)
    assert set(found.select(*SHOWN).fetchall()) == RANKED


def test_every_table_is_had_in_polars() -> None:
    found = in_polars().to_polars()
    assert {name: table.height for name, table in found.items()} == {
        "rounds": 1,
        "standings": 2,
        "absences": 1,
        "placements": 2,
    }


def test_every_table_is_had_in_pandas() -> None:
    assert in_polars().to_pandas()["absences"].to_dict("records") == [
        {"round": 0, "unit": "丙", "group": "", "is_exempt": False}
    ]


def test_rounds_are_told_by_their_days_and_label() -> None:
    assert in_polars().to_polars()["rounds"].rows() == [(0, date(2024, 1, 1), date(2024, 2, 1), "2024-01")]


def test_what_speaks_arrow_takes_a_table_as_it_is() -> None:
    table = in_polars().tables["placements"]
    assert set(pa.table(table).column("tier").to_pylist()) == {"红榜", "其他"}


# --- what is unsound is told before any result ---


def test_tables_are_looked_through_before_there_is_a_result() -> None:
    with pytest.raises(InputError, match="the units have no such code") as told:
        in_polars(unit=["甲", "丁"], channel=["督导", None]).placements  # noqa: B018
    assert len(told.value.faults) == 2


def test_an_inspection_given_twice_is_told_of_relations_too() -> None:
    session = duckdb.connect()
    twice = pa.table({**VISITS, "id": ["1", "1"]})
    with pytest.raises(InputError, match=r"inspections, id: this is given more than once \(found '1'\)"):
        result(session.from_arrow(pa.table(UNITS)), session.from_arrow(twice)).standings  # noqa: B018


# --- Parquet ---


def folder_of(path: Path, **columns: list[Any]) -> Path:
    pl.DataFrame(UNITS).write_parquet(path / "units.parquet")
    (path / "inspections.parquet").mkdir()
    for n, row in enumerate(pl.DataFrame({**VISITS, **columns}).iter_slices(1)):
        row.write_parquet(path / "inspections.parquet" / f"{n}.parquet")
    return path


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_parquet_goes_in_and_comes_out(tmp_path: Path, engine: str) -> None:
    session = duckdb.connect() if engine == "duckdb" else None
    tables = read_parquet(folder_of(tmp_path), places=1, session=session)
    write_parquet(assess(SCHEME, [MONTH], tables).tables, tmp_path / "out" / "january")
    written = tmp_path / "out" / "january"
    assert set(pl.read_parquet(written / "standings.parquet").select(SHOWN).rows()) == RANKED
    assert {path.stem for path in written.iterdir()} == {"rounds", "standings", "absences", "placements"}


def test_what_is_no_parquet_is_named(tmp_path: Path) -> None:
    (tmp_path / "units.parquet").write_text("unit,level")
    with pytest.raises(InputError, match=r"units\.parquet: this is not read as Parquet: .*; write it anew"):
        read_parquet(tmp_path, places=1)


@pytest.mark.parametrize(
    ("stated", "kind", "told"),
    [
        ("91.2", pl.String, "the column is String, and in 0.parquet Int64"),
        (91.2, pl.Float64, "the column is Float64, and in 0.parquet Int64"),
        (912, pl.Int32, "the column is Int32, and in 0.parquet Int64"),
        (None, None, "the column is missing, and in 0.parquet Int64"),
    ],
)
def test_files_of_one_table_that_differ_are_refused_whatever_reads_them(
    stated: Any, kind: Any, told: str, tmp_path: Path
) -> None:
    second = folder_of(tmp_path) / "inspections.parquet" / "1.parquet"
    row = pl.read_parquet(second).drop("stated")
    if kind is not None:
        row = row.with_columns(stated=pl.lit(stated, kind))
    row.write_parquet(second)
    for session in (None, duckdb.connect()):
        with pytest.raises(InputError) as found:
            read_parquet(tmp_path, places=1, session=session)
        assert [(f.file, f.column, f.problem) for f in found.value.faults] == [
            ("inspections.parquet/1.parquet", "stated", told)
        ]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("one", ["0", "1"])
def test_files_of_one_table_may_differ_in_what_is_not_read(one: str, engine: str, tmp_path: Path) -> None:
    file = folder_of(tmp_path) / "inspections.parquet" / f"{one}.parquet"
    found = pl.read_parquet(file)
    found.select(*reversed(found.columns)).with_columns(note=pl.lit("雨")).write_parquet(file)
    tables = read_parquet(tmp_path, places=1, session=duckdb.connect() if engine == "duckdb" else None)
    standings = assess(SCHEME, [MONTH], tables).to_polars()["standings"]
    assert set(standings.select(SHOWN).rows()) == RANKED


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("name", ["a*b", "a[1]", "a?"])
def test_a_folder_is_no_pattern(name: str, engine: str, tmp_path: Path) -> None:
    for beside in ("axb", "a1", name):
        (tmp_path / beside).mkdir()
        folder_of(tmp_path / beside, stated=[855, 912] if beside == name else [1, 2])
    session = duckdb.connect() if engine == "duckdb" else None
    standings = assess(SCHEME, [MONTH], read_parquet(tmp_path / name, places=1, session=session)).to_polars()[
        "standings"
    ]
    assert set(standings.select(SHOWN).rows()) == RANKED


def test_a_folder_without_parquet_is_named(tmp_path: Path) -> None:
    folder_of(tmp_path)
    (tmp_path / "findings.parquet" / "m=1").mkdir(parents=True)
    pl.DataFrame({"inspection": ["1"]}).write_parquet(tmp_path / "findings.parquet" / "m=1" / "0.parquet")
    with pytest.raises(InputError, match=r"findings\.parquet: no Parquet lies in this folder; put the files"):
        read_parquet(tmp_path, places=1)
    with pytest.raises(InputError, match=r"none: there is no such folder"):
        read_parquet(tmp_path / "none", places=1)


def test_what_reads_no_parquet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"session is a connection of DuckDB or a session of Spark.*work\.db"):
        read_parquet(folder_of(tmp_path), places=1, session="work.db")
    with pytest.raises(TypeError, match=r"session is a connection of DuckDB or a session of Spark.*work\.db"):
        read_state(tmp_path, session="work.db")


def test_nothing_is_written_of_tables_that_are_unsound(tmp_path: Path) -> None:
    tables = read_parquet(folder_of(tmp_path, unit=["甲", "丁"]), places=1)
    with pytest.raises(InputError):
        write_parquet(assess(SCHEME, [MONTH], tables).tables, tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"units.parquet", "inspections.parquet"}


def test_nothing_is_left_where_a_table_cannot_be_written(tmp_path: Path) -> None:
    tables = in_polars().tables
    with pytest.raises(OSError, match="a/b"):
        write_parquet({**tables, "a/b/c": tables["rounds"]}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError, match="is there already: remove it, or name another folder"):
        write_parquet(in_polars().tables, tmp_path)


def test_a_table_of_frames_is_no_more_than_its_frame() -> None:
    table = in_polars().tables["rounds"]
    assert isinstance(table, Table)
    assert table.to_polars().height == len(table.to_pandas()) == 1
