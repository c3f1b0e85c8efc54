"""Maps: points and outlines out and in, every fault of a file located, and two datums never in one."""

import gzip
import json
import os
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner
from hypothesis import given, strategies as st

import envgov as eg
from desks import Desk, opened
from envgov.cli import envgov
from envgov.exchange import records
from envgov.exchange.geojson import datum_of, issues_to_geojson, read_outlines, read_points, units_to_geojson
from envgov.facts.position import Datum

LOUXING = Path(__file__).parents[2] / "docs" / "examples" / "louxing"
CHINA = Path(__file__).parents[3] / "shared" / "data" / "cn_county_boundaries" / "district.geojson.gz"
GRID = eg.Grid([eg.Unit("v1", "甲村", "村"), eg.Unit("v2", "乙村", "村")])
SQUARE = [[112, 27], [113, 27], [113, 28], [112, 28], [112, 27]]
HOLE = [[112.2, 27.2], [112.2, 27.4], [112.4, 27.4], [112.4, 27.2], [112.2, 27.2]]
TOLD = {"id": "W1", "place": "甲村", "found": "2024-05-01"}
DAY = date(2024, 5, 31)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "map.geojson"


def point(at: Any = (112.5, 27.5), **told: Any) -> dict[str, Any]:
    geometry = None if at is None else {"type": "Point", "coordinates": list(at)}
    return {"type": "Feature", "geometry": geometry, "properties": {**TOLD, **told}}


def outline(coordinates: Any, code: str = "v1", kind: str = "Polygon") -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": {"code": code}}


def written(file: Path, *features: Any, **members: Any) -> Path:
    data = {"type": "FeatureCollection", "datum": "WGS84", **members, "features": list(features)}
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def points_in(file: Path, *features: Any, **members: Any) -> list[eg.Issue]:
    return list(read_points(written(file, *features, **members), GRID).values())


def faults(read: Any, *given: Any, **more: Any) -> list[str]:
    with pytest.raises(eg.InputError) as caught:
        read(*given, **more)
    return [str(fault) for fault in caught.value.faults]


# -- points in
def test_a_point_is_an_issue_that_was_found(file: Path) -> None:
    told = {
        "category": "垃圾",
        "description": "路边",
        "source": "巡查",
        "responsible": ["v1", "环卫办"],
        "weather": "晴",
    }
    [issue] = points_in(file, point(**told))
    assert issue == eg.Issue(
        "W1",
        "v1",
        (eg.Event(eg.EventKind.FOUND, date(2024, 5, 1)),),
        ("v1", "环卫办"),
        (),
        "垃圾",
        "路边",
        "巡查",
        eg.Position("112.5", "27.5", "WGS84"),
    )


def test_a_coordinate_is_read_as_it_is_written_and_its_height_passed_over(file: Path) -> None:
    file.write_text('{"datum": "GCJ-02", "features": [' + json.dumps(point((112.1234567, 27, 88.5))) + "]}", "utf-8")
    [issue] = read_points(file, GRID).values()
    assert issue.position == eg.Position(Decimal("112.1234567"), 27, "GCJ-02")


def test_digits_beyond_a_tenth_of_a_millimetre_are_rounded(file: Path) -> None:
    [issue] = points_in(file, point((112.12345678949, 27)))
    assert issue.position == eg.Position("112.123456789", 27, "WGS84")


def test_the_id_may_be_that_of_the_feature_and_a_number(file: Path) -> None:
    given = point()
    del given["properties"]["id"]
    assert points_in(file, {**given, "id": 17})[0].id == "17"


def test_an_issue_may_have_no_point(file: Path) -> None:
    [issue] = points_in(file, point(None))
    assert issue.position is None


def test_every_fault_of_every_feature_is_told_at_once(file: Path) -> None:
    found = faults(
        points_in,
        file,
        point(),
        "nothing",
        point(id="W9", found="1 May", place="丁村"),
        {"type": "Feature", "geometry": {"type": "LineString"}, "properties": None},
        point(("112", "27"), id="W2"),
        point((112,), id="W3"),
        point((True, 27), id="W4"),
        point((1e20, 27), id="W5"),
        point((27.5, 112.5), id="W6"),
        point((27.5, 85.5), id="W7"),
        point((200, 300), id="W8"),
        point(),
    )
    head = "map.geojson, row"
    degrees, pair = "write degrees such as 112.00", "write [112.00, 27.73]"
    assert found == [
        f'{head} 2, type: this is no feature; write {{"type": "Feature", ...}}',
        f"{head} 3, properties.place: the grid has no such unit (found '丁村'); add it to the grid, or correct the name",
        f"{head} 3, properties.found: this is not a day (found '1 May'); write it as 2017-05-31",
        f'{head} 4, geometry: a point is wanted; write {{"type": "Point", ...}}, or null',
        f"{head} 4, properties.id: this property is needed; add it",
        f"{head} 4, properties.place: this property is needed; add it",
        f"{head} 4, properties.found: this property is needed; add it",
        f"{head} 5, geometry.coordinates: '112' is no number of degrees; {degrees}",
        f"{head} 6, geometry.coordinates: a longitude and a latitude are wanted; {pair}",
        f"{head} 7, geometry.coordinates: True is no number of degrees; {degrees}",
        (
            f"{head} 8, geometry.coordinates: 1E+20: a number of points has at most 12 digits before and 9 after the decimal "
            f"point; {degrees}"
        ),
        (
            f"{head} 9, geometry.coordinates: there is no such point (found '[27.5, 112.5]'); longitude and latitude are "
            "swapped: longitude comes first"
        ),
        (
            f"{head} 10, geometry.coordinates: this lies in the Arctic (found '[27.5, 85.5]'); put longitude first, and "
            "latitude second"
        ),
        (
            f"{head} 11, geometry.coordinates: there is no such point (found '[200, 300]'); write degrees, longitude first, "
            "such as [112.00, 27.73]"
        ),
        f"{head} 12, id: this id is already that of feature 1 (found 'W1'); give each its own",
    ]


def test_a_name_that_two_units_have_is_told(file: Path) -> None:
    two = eg.Grid([eg.Unit("v1", "甲村", "村"), eg.Unit("v2", "甲村", "村")])
    [told] = faults(read_points, written(file, point()), two)
    assert "2 units are called '甲村'" in told
    [told] = faults(read_outlines, written(file, outline([SQUARE], "甲村")), two)
    assert told.startswith("map.geojson, row 1, properties.code: 2 units are called '甲村'")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "map.geojson: this is not JSON: "),
        ("[]", "map.geojson: this is no collection of features; "),
        ('{"type": "Point", "coordinates": [1, 2]}', "map.geojson: this is no collection of features; "),
        ("[" * 100_000, "map.geojson: this is not JSON: "),
        ("\ufeff\ufffe", "map.geojson: this is not JSON: "),
    ],
)
def test_a_file_that_is_no_map_is_told_as_such(file: Path, text: str, told: str) -> None:
    file.write_text(text, encoding="utf-8")
    [fault] = faults(read_points, file, GRID)
    assert fault.startswith(told)


def test_a_file_in_another_encoding_or_too_large_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("{}", encoding="utf-16")
    assert faults(read_points, file, GRID) == ["map.geojson: this is UTF-16 text; save it as “CSV UTF-8”"]
    monkeypatch.setattr(records, "MAX_BYTES", 10)
    file.write_text('{"a": 12345}', encoding="utf-8")
    assert faults(read_points, file, GRID) == ["map.geojson: the file has more than 10 bytes; split it"]


def test_not_a_number_is_no_number(file: Path) -> None:
    [told] = faults(points_in, file, point((float("nan"), 27)))
    assert "'NaN' is no number of degrees" in told


@pytest.mark.parametrize("id", ["P\n1", "x" * 491])
def test_an_id_that_no_ledger_can_keep_is_told(file: Path, id: str) -> None:
    [told] = faults(points_in, file, point(id=id))
    assert told.startswith("map.geojson, row 1, properties.id: this is no id (found ")


@pytest.mark.parametrize("value", [{"name": "x"}, [{"name": "x"}], [["x"]], True])
@pytest.mark.parametrize("name", ["responsible", "category", "id"])
def test_what_is_no_text_is_no_name(file: Path, name: str, value: Any) -> None:
    told = faults(points_in, file, point(**{name: value}))
    assert told[0] == (
        f"map.geojson, row 1, properties.{name}: this is no text (found {str(value)!r}); write a text, a number, or a list "
        'of texts such as ["甲村", "乙村"]'
    )


# -- the datum
def test_a_file_that_does_not_say_its_datum_is_asked_for_it(file: Path) -> None:
    given = {"type": "FeatureCollection", "features": [point()]}
    file.write_text(json.dumps(given), encoding="utf-8")
    assert faults(read_points, file, GRID) == [
        (
            "map.geojson: the file does not say in which datum its coordinates are; ask whoever made it, and say so: datum "
            "WGS84, or GCJ-02 where it comes from a map of China"
        )
    ]
    [issue] = read_points(file, GRID, "GCJ-02").values()
    assert issue.position is not None
    assert issue.position.datum == "GCJ-02"


def test_a_file_that_says_another_datum_than_was_said_is_refused(file: Path) -> None:
    written(file, point(), datum="gcj02")
    assert faults(read_points, file, GRID, "WGS84") == [
        (
            "map.geojson, datum: the file is in GCJ-02, and WGS84 is wanted (found 'gcj02'); have it made again in WGS84: "
            "nothing here shifts coordinates"
        )
    ]


@pytest.mark.parametrize(
    ("crs", "datum"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "WGS84"),
        ("urn:ogc:def:crs:EPSG::4326", "WGS84"),
        ("urn:ogc:def:crs:EPSG::4490", "WGS84"),
        ("GCJ-02", "GCJ-02"),
    ],
)
def test_the_crs_of_older_files_says_the_datum(file: Path, crs: str, datum: str) -> None:
    given = {"crs": {"type": "name", "properties": {"name": crs}}, "features": [point()]}
    file.write_text(json.dumps(given), encoding="utf-8")
    [issue] = read_points(file, GRID).values()
    assert issue.position is not None
    assert issue.position.datum == datum


def test_a_datum_that_nobody_knows_is_told(file: Path) -> None:
    for datum in ("BD-09", "not WGS84"):
        [told] = faults(points_in, file, point(), datum=datum)
        assert told.startswith(f"map.geojson, datum: this datum is not known (found {datum!r}); write one of WGS84, ")


def test_issues_of_two_datums_are_in_no_one_map() -> None:
    datums: tuple[Datum, ...] = ("WGS84", "GCJ-02")
    one, other = (
        eg.Issue(id, "v1", (eg.Event(eg.EventKind.FOUND, DAY),), position=eg.Position(112, 27, datum))
        for id, datum in zip(("W1", "W2"), datums, strict=True)
    )
    third = evolve(one, id="W3")
    assert datum_of([evolve(one, position=None)]) is None
    assert datum_of([one, third]) == "WGS84"
    assert faults(issues_to_geojson, [one, other, third], GRID, DAY) == [
        (
            "the position of this issue is in GCJ-02 (found 'W2'); give it in WGS84, as the others are: nothing here shifts "
            "coordinates"
        )
    ]


# -- points out
def test_an_issue_is_a_point_with_what_the_public_may_know() -> None:
    issue = eg.Issue(
        "W1",
        "v1",
        (
            eg.Event(eg.EventKind.FOUND, date(2024, 5, 1), by="网格员李四", evidence=("李四家.jpg",)),
            eg.Event(eg.EventKind.DISPATCHED, date(2024, 5, 2), due=date(2024, 5, 8), to=("王五",), note="电话王五"),
            eg.Event(eg.EventKind.RECTIFIED, date(2024, 6, 1), by="王五"),
        ),
        category="垃圾",
        description="王五门前",
        source="李四来电",
        position=eg.Position("112.1234567", "27.73", "GCJ-02"),
    )
    data = issues_to_geojson([issue], GRID, DAY)
    assert data == {
        "type": "FeatureCollection",
        "datum": "GCJ-02",
        "features": [
            {
                "type": "Feature",
                "id": "W1",
                "geometry": {"type": "Point", "coordinates": [112.1234567, 27.73]},
                "properties": {
                    "id": "W1",
                    "place": "v1",
                    "place_name": "甲村",
                    "category": "垃圾",
                    "state": "open",
                    "found": "2024-05-01",
                    "due": "2024-05-08",
                    "closed": None,
                    "overdue": True,
                },
            }
        ],
    }


def test_an_issue_of_later_is_not_in_it_and_one_without_a_position_has_no_point() -> None:
    issues = [eg.Issue(id, "v9", (eg.Event(eg.EventKind.FOUND, day),)) for id, day in (("b", DAY), ("a", DAY))]
    later = eg.Issue("c", "v1", (eg.Event(eg.EventKind.FOUND, date(2024, 6, 1)),))
    data = issues_to_geojson([*issues, later], GRID, DAY)
    assert [(f["id"], f["geometry"], f["properties"]["place_name"]) for f in data["features"]] == [
        ("a", None, "v9"),
        ("b", None, "v9"),
    ]
    assert "datum" not in data


DEGREES = st.integers(-179_999_999_999, 179_999_999_999).map(lambda n: Decimal(n) / 10**9)


@given(DEGREES, DEGREES.map(lambda lon: lon / 2), st.sampled_from(["WGS84", "GCJ-02"]))
def test_a_position_comes_back_equal(tmp_path_factory: pytest.TempPathFactory, lon: Any, lat: Any, datum: Any) -> None:
    at = eg.Position(round(lon, 9), round(lat, 9), datum)
    issue = eg.Issue("W1", "v1", (eg.Event(eg.EventKind.FOUND, DAY),), position=at)
    file = tmp_path_factory.getbasetemp() / "back.geojson"
    file.write_text(json.dumps(issues_to_geojson([issue], GRID, DAY)), encoding="utf-8")
    if 73 <= at.lat <= 90 and 3 <= at.lon <= 54:  # what looks swapped is asked about
        return
    assert list(read_points(file, GRID).values()) == [issue]


# -- outlines
def rings(file: Path, *features: Any) -> Any:
    return read_outlines(written(file, *features), GRID).of


def test_an_outline_is_turned_to_the_left_around_its_unit_and_to_the_right_around_a_hole(file: Path) -> None:
    for square in (SQUARE, SQUARE[::-1]):
        for hole in (HOLE, HOLE[::-1]):
            [[outer, inner]] = rings(file, outline([square, hole]))["v1"]
            assert [[float(x), float(y)] for x, y in outer] == SQUARE
            assert [[float(x), float(y)] for x, y in inner] == HOLE


def test_units_are_written_with_their_outlines_and_those_without_one_have_no_geometry(file: Path) -> None:
    outlines = read_outlines(written(file, outline([SQUARE])), GRID)
    data = units_to_geojson(GRID, outlines)
    assert data["datum"] == "WGS84"
    assert data["features"] == [
        {
            "type": "Feature",
            "id": "v1",
            "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
            "properties": {"code": "v1", "name": "甲村", "level": "村", "parent": None},
        },
        {
            "type": "Feature",
            "id": "v2",
            "geometry": None,
            "properties": {"code": "v2", "name": "乙村", "level": "村", "parent": None},
        },
    ]
    file.write_text(json.dumps(data), encoding="utf-8")
    assert read_outlines(file, GRID).of["v1"] == outlines.of["v1"]


def test_a_unit_of_several_parts_is_a_multipolygon(file: Path) -> None:
    island = [[x + 5, y] for x, y in SQUARE]
    outlines = read_outlines(written(file, outline([[SQUARE], [island]], kind="MultiPolygon")), GRID)
    [first, _] = units_to_geojson(GRID, outlines)["features"]
    assert first["geometry"] == {"type": "MultiPolygon", "coordinates": [[SQUARE], [island]]}


def test_faults_of_outlines_are_told_with_their_path(file: Path) -> None:
    open_ring = SQUARE[:-1]
    found = faults(
        rings,
        file,
        outline([open_ring]),
        outline([SQUARE], "v9"),
        outline([[SQUARE], [[[112, 27], [113, 27], [112, 27]]]], "v2", "MultiPolygon"),
        outline([SQUARE], "乙村"),
    )
    assert found == [
        "map.geojson, row 1, geometry.coordinates[1]: the ring is not closed; give its first point again as the last",
        (
            "map.geojson, row 3, geometry.coordinates[2][1]: a ring has at least four points; give them all, the first again "
            "as the last"
        ),
        (
            "map.geojson, row 4, properties.code: the outline of this unit is already in feature 3 (found '乙村'); give one "
            "feature with all its polygons"
        ),
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (outline([]), "geometry.coordinates: a list of coordinates is wanted"),
        (outline([SQUARE, 7]), "geometry.coordinates[2]: a list of coordinates is wanted"),
        (outline([SQUARE], kind="Point"), "geometry: an outline is wanted; give a Polygon or a MultiPolygon"),
        (outline([[[200, 27], *SQUARE]]), "geometry.coordinates[1][1]: there is no such point"),
        ({**outline([SQUARE]), "geometry": 7}, "geometry: an outline is wanted"),
    ],
)
def test_what_is_no_outline_is_told(file: Path, given: Any, told: str) -> None:
    assert any(told in fault for fault in faults(rings, file, given))


def test_a_file_without_any_unit_of_the_grid_is_told(file: Path) -> None:
    given = {"type": "Feature", "properties": {"name": "甲村"}, "geometry": outline([SQUARE])["geometry"]}
    [told] = faults(rings, file, given)
    assert told == "map.geojson: no feature is of a unit of the grid; say which property has the code; 'code' has not"
    assert list(read_outlines(file, GRID, key="name").of) == ["v1"]


def test_the_counties_of_china_are_read_and_turned_right(tmp_path: Path) -> None:
    if not CHINA.exists() and not os.environ.get("CI"):
        pytest.skip("the counties of China are not beside the checkout (../shared/data/cn_county_boundaries)")
    file = tmp_path / "counties.geojson"
    file.write_bytes(gzip.decompress(CHINA.read_bytes()))
    codes = [feature["properties"].get("gb") for feature in json.loads(file.read_bytes())["features"]]
    some = [code for code in codes if code][::40]
    grid = eg.Grid(eg.Unit(code, code, "县") for code in some)
    outlines = read_outlines(file, grid, key="gb")  # its crs is EPSG 4490: CGCS2000
    assert outlines.datum == "WGS84"
    assert set(outlines.of) == set(some)
    for polygons in outlines.of.values():
        for outer, *holes in polygons:
            assert area(outer) > 0
            assert all(area(hole) < 0 for hole in holes)


def area(ring: Any) -> Decimal:
    return sum((x * v - u * y for (x, y), (u, v) in pairwise(ring)), Decimal(0))


# -- an assessment on a map
def square_at(code: str, n: int) -> dict[str, Any]:
    return outline([[[x + n / 10, y] for x, y in SQUARE]], code)


def test_a_round_is_written_as_a_map_with_rank_score_and_tier(file: Path) -> None:
    written(file, *(square_at(code, n) for n, code in enumerate(("双江", "蛇形山"))))
    scheme = str(LOUXING / "townships.toml")
    words = ["map", str(file), "--season", str(LOUXING), "--scheme", scheme, "--round", "2017-05"]
    result = CliRunner().invoke(envgov, words)
    assert result.exit_code == 0, result.output
    placed = {feature["properties"]["name"]: feature for feature in json.loads(result.stdout)["features"]}
    first, last = placed["双江"], placed["蛇形山"]
    assert first["properties"] | {"parent": None} == {
        "code": first["id"],
        "name": "双江",
        "level": "乡镇",
        "parent": None,
        "scheme": "louxing-townships",
        "edition": first["properties"]["edition"],
        "round": "2017-05",
        "group": "",
        "rank": 1,
        "score": 87.28,
        "absent": None,
        "tiers": {},
    }
    assert (last["properties"]["rank"], last["properties"]["score"]) == (6, 86.31)
    assert last["geometry"]["type"] == "Polygon"
    assert placed["杉山"]["geometry"] is None


def test_a_map_shows_one_scheme(file: Path) -> None:
    written(file, square_at("双江", 0))
    result = CliRunner().invoke(envgov, ["map", str(file), "--season", str(LOUXING)])
    assert result.exit_code == 2
    assert "a map shows one scheme, and there are " in result.stderr


def test_absent_units_tiers_and_what_is_made_up_are_on_the_map(file: Path) -> None:
    scheme = eg.Scheme(
        "s",
        ("村",),
        eg.month(),
        date(2024, 1, 1),
        eg.Source("办法"),
        scoring=eg.stated("督导", several="mean"),
        ranking=eg.RankBy(1),
        boards=(eg.Board("colour", (eg.Tier("红", eg.at_least(90)),), rest="黄", small_field="none"),),
    )
    seen = [eg.Inspection("v1", date(2024, 5, 2), "督导", stated="95.5")]
    facts = eg.Facts(GRID, inspections=seen, synthetic="均为虚构")
    assessment = eg.assess_season(scheme, facts).latest
    data = units_to_geojson(GRID, read_outlines(written(file, outline([SQUARE])), GRID), assessment)
    one, other = (feature["properties"] for feature in data["features"])
    assert (one["rank"], one["score"], one["tiers"]) == (1, 95.5, {"colour": "红"})
    assert (other["rank"], other["score"], other["absent"], other["tiers"]) == (None, None, "not assessed", {})
    assert data["synthetic"] == "均为虚构"


# -- the ledger
def test_the_points_of_a_map_are_entered_and_written_again(tmp_path: Path, file: Path) -> None:
    desk = opened(tmp_path)
    written(file, point(), point((112.6, 27.6), id="W2", place="v2"), datum="GCJ-02")
    assert desk.do(f"import {file}").startswith("新录入问题2件")
    data = json.loads(desk.do("map --on 2024-05-31"))
    assert [f["geometry"]["coordinates"] for f in data["features"]] == [[112.5, 27.5], [112.6, 27.6]]
    assert data["datum"] == "GCJ-02"
    out = tmp_path / "out.geojson"
    desk.do(f"map --on 2024-05-31 -o {out}")
    assert json.loads(out.read_bytes()) == data
    assert desk.do(f"import {file}").startswith("新录入问题0件、办理记录0条；此前已有2件")


def test_a_map_in_another_datum_than_the_ledger_is_refused(tmp_path: Path, file: Path) -> None:
    desk: Desk = opened(tmp_path)
    desk.do("add W1 --place 甲村 --position 112.5 27.5 WGS84 --day 2024-05-01")
    written(file, point(id="W2"), datum="GCJ-02")
    assert desk.refused(f"import {file}") == (
        "1 fault:\nmap.geojson: this is in GCJ-02, and the positions of the ledger are in WGS84; have it made again in "
        "WGS84: nothing here shifts coordinates"
    )
    assert "the file is in GCJ-02, and WGS84 is wanted" in desk.refused(f"import {file} --datum WGS84")


def test_each_source_has_its_own_options(tmp_path: Path, file: Path) -> None:
    desk = opened(tmp_path)
    written(file, point())
    table, requests = tmp_path / "list.csv", tmp_path / "requests.json"
    for empty in (table, requests):
        empty.write_text("[]", encoding="utf-8")
    for line in (
        f"{table}",
        f"{table} --datum WGS84 --layout {table}",
        f"{file} --elsewhere t",
        f"{tmp_path} --datum WGS84",
        f"{tmp_path} --layout {table}",
        f"{requests}",
        f"{requests} --datum WGS84 --elsewhere t",
    ):
        told = desk.misunderstood(f"import {line}")
        assert told == (
            "SOURCE is a season's folder, a workbook (.xlsx, --problems), a list with its --layout, a map (.geojson, "
            "--datum), or service requests (.json or .xml, with --elsewhere, --place)"
        )
    assert desk.do(f"import {requests} --elsewhere 青石镇").startswith("新录入问题0件")
