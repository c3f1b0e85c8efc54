"""Positions: degrees with their datum, in facts, tables and the ledger."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

import envgov as eg
from desks import DISPATCHED, Desk, opened
from envgov.season_csv.written import write_ledger

GRID = "编码,名称,级别\n甲,甲村,村\n"
AT = eg.Position("112.0012", "27.730", "GCJ-02")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return opened(tmp_path)


def season(folder: Path, head: str, cells: str) -> eg.Facts:
    (folder / "grid.csv").write_text(GRID, encoding="utf-8")
    text = f"问题编号,位置,发现日期{head}\nW1,甲,2024-05-01{cells}\n"
    (folder / "issues.csv").write_text(text, encoding="utf-8")
    return eg.read_season(folder)


def test_a_position_is_exact_and_has_its_datum() -> None:
    assert (AT.lon, AT.lat, AT.datum) == (Decimal("112.0012"), Decimal("27.73"), "GCJ-02")
    assert eg.Position(112, 27, "WGS84") != eg.Position(112, 27, "GCJ-02")
    assert eg.Position(-180, 90, "WGS84").lat == 90


@pytest.mark.parametrize(
    ("lon", "lat", "datum", "told"),
    [
        ("180.1", "27", "WGS84", "lon=180.1: give degrees from -180 to 180"),
        ("27.73", "112", "WGS84", "lat=112: give degrees from -90 to 90; are longitude and latitude swapped?"),
        ("112", "27", "BD-09", "'datum' must be in ('WGS84', 'GCJ-02')"),
    ],
)
def test_what_is_no_position_is_refused(lon: str, lat: str, datum: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        eg.Position(lon, lat, datum)  # type: ignore[arg-type]


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="is a float"):
        eg.Position(112.0012, 27.73, "WGS84")  # type: ignore[arg-type]


def test_a_table_has_it_in_three_columns_and_gets_it_back(tmp_path: Path) -> None:
    facts = season(tmp_path, ",经度,纬度,坐标系", ",112.0012,27.73,gcj02")
    assert facts.issues[0].position == AT
    write_ledger(facts, tmp_path / "out")
    assert "经度,纬度,坐标系" in (tmp_path / "out" / "issues.csv").read_text(encoding="utf-8-sig")
    assert eg.read_season(tmp_path / "out") == facts
    write_ledger(season(tmp_path, "", ""), tmp_path / "without")
    assert "经度" not in (tmp_path / "without" / "issues.csv").read_text(encoding="utf-8-sig")


def test_a_position_without_its_datum_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(
        eg.InputError, match=r"a position has lon, lat and datum \(WGS84 or GCJ-02\): fill in all three"
    ):
        season(tmp_path, ",经度,纬度", ",112,27")


def test_a_datum_that_nobody_knows_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(eg.InputError, match=r"坐标系: this is no datum \(found '百度'\); write one of WGS84, WGS-84"):
        season(tmp_path, ",经度,纬度,坐标系", ",112,27,百度")


def test_a_clerk_enters_and_sees_it_and_a_list_that_says_otherwise_is_a_fault(desk: Desk) -> None:
    desk.do("add W1 --place 甲村 --position 112.0012 27.73 GCJ-02 --day 2024-05-01")
    assert "坐标：112.0012, 27.73（GCJ-02）" in desk.do("show W1")
    with desk.ledger() as ledger:
        assert ledger.issue("W1").position == AT
    table = "问题编号,位置,发现日期,经度,纬度,坐标系\nW1,v1,2024-05-01,112.0013,27.73,GCJ-02\n"
    folder = desk.folder / "season"
    folder.mkdir()
    (folder / "grid.csv").write_text("编码,名称,级别\nv1,甲村,村\n", encoding="utf-8")
    (folder / "issues.csv").write_text(table, encoding="utf-8")
    assert "position is Position(" in desk.refused(f"import {folder}")


def test_a_clerk_who_swaps_them_is_told(desk: Desk) -> None:
    told = desk.misunderstood("add W1 --place 甲村 --position 27.73 112.0012 WGS84 --day 2024-05-01")
    assert told == "lat=112.0012: give degrees from -90 to 90; are longitude and latitude swapped?"


def test_an_issue_without_a_position_is_stored_as_it_was(desk: Desk) -> None:
    desk.do("add W1 --place 甲村 --day 2024-05-01", DISPATCHED)
    assert "position" not in desk.data("show W1")["issues"][0]["issue"]
    assert "坐标" not in desk.do("show W1")


def test_a_position_in_another_datum_than_the_others_of_the_ledger_is_refused(desk: Desk) -> None:
    hostile = '{"position":{"datum":"WGS84"}}'
    desk.do(f"add W1 --place 甲村 --description {hostile} --day 2024-05-01")
    desk.do("add W2 --place 甲村 --position 112 27 GCJ-02 --day 2024-05-01")
    desk.do("add W3 --place 甲村 --position 112 28 GCJ-02 --day 2024-05-01")
    assert desk.refused("add W4 --place 甲村 --position 112 27 WGS84 --day 2024-05-01") == (
        "1 fault:\nthis is in WGS84, and the positions of the ledger are in GCJ-02; have it made again in GCJ-02: nothing "
        "here shifts coordinates"
    )
    with desk.ledger() as ledger:
        assert [issue.id for issue in ledger.issues()] == ["W1", "W2", "W3"]
