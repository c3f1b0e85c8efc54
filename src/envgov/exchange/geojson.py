"""Issues as points and units as outlines: GeoJSON (RFC 7946) out and in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from attrs import frozen

from envgov.errors import Fault, InputError, UnknownUnitError
from envgov.exchange.coordinates import Feature, Ring, Source
from envgov.exchange.records import read_id
from envgov.facts.grid import Grid
from envgov.facts.issue import Event, EventKind, Issue
from envgov.facts.position import Datum
from envgov.results.assessment import Assessment
from envgov.season_csv.cells import read_code, read_day, read_list
from envgov.texts import UnreadableError

T = TypeVar("T")
Data = dict[str, Any]


@frozen
class Outlines:
    """The outlines (边界) of units by their codes, each some polygons, all in one datum."""

    datum: Datum
    of: Mapping[str, tuple[tuple[Ring, ...], ...]]


def datum_of(issues: Iterable[Issue]) -> Datum | None:
    """The one datum of all positions of the issues; None where none has a position.

    Raises:
        InputError: some are in one datum, and some in the other.
    """
    ids: dict[Datum, list[str]] = defaultdict(list)
    for issue in issues:
        if issue.position is not None:
            ids[issue.position.datum].append(issue.id)
    if len(ids) < 2:
        return next(iter(ids), None)
    few, many = sorted(ids, key=lambda datum: (len(ids[datum]), datum))
    remedy = f"give it in {many}, as the others are: nothing here shifts coordinates"
    raise InputError(Fault(f"the position of this issue is in {few}", remedy, value=id) for id in sorted(ids[few]))


def issues_to_geojson(issues: Iterable[Issue], grid: Grid, on: date) -> Data:
    """The issues found by the end of a day, as they stood then, in id order: each a point, or without geometry.

    Properties are what the public may know: id, place (code and name), category, state, the days found, due and
    closed, and whether it is overdue. Descriptions, sources, evidence and who did what are not among them: a person may
    be named there. The member `datum` says in which datum the points are.

    Raises:
        InputError: positions are in both datums.
    """
    stood = [then for issue in sorted(issues, key=lambda issue: issue.id) if (then := issue.as_of(on)) is not None]
    return _collection(datum_of(stood), [_issue_feature(issue, grid, on) for issue in stood])


def units_to_geojson(grid: Grid, outlines: Outlines, assessment: Assessment | None = None) -> Data:
    """The units with their outlines, in code order; where an assessment is given, those of its field, as it placed them.

    Properties are code, name, level and parent; of an assessment its scheme, edition and round, the unit's group, rank,
    score as it is published, why it has none (absent), and its tier on each board. A unit without an outline has no
    geometry. The member `synthetic` says what is made up.
    """
    features = [_unit_feature(code, grid, outlines) for code in sorted(_codes(grid, assessment))]
    collection = _collection(outlines.datum, features)
    if assessment is not None:
        placed = _placed(assessment)
        for feature in features:
            feature["properties"] |= placed[feature["id"]]
        if assessment.synthetic:
            collection["synthetic"] = assessment.synthetic
    return collection


def read_points(file: str | Path, grid: Grid, datum: Datum | None = None) -> Mapping[int, Issue]:
    """The issues that a file of points tells of, by the numbers of its features: each was found, and no more.

    Properties are `id` (or the id of the feature), `place` (the code of a unit, or a name unique in the grid), `found` (a
    day), and where they are there `category`, `description`, `source` and `responsible` (a list, or names with 、
    between). Others are passed over. `datum` says in which datum a file is that does not say it itself.

    Raises:
        InputError: every fault, with the number of the feature and the path in it; the datum of the file is not known, or
            not the one that was said.
        OSError: the file cannot be opened.
    """
    source = Source(file, datum)
    issues: dict[int, Issue] = {}
    first: dict[str, int] = {}
    for feature in source.features():
        before = len(source.faults)
        position = source.point(feature)
        told = _Told(source, feature)
        id = told.needed("id", lambda text: read_id(read_code(text)))
        place = told.needed("place", lambda name: _code(grid, name))
        found = told.needed("found", read_day)
        responsible = told.given("responsible", read_list) or ()
        if id is not None and first.setdefault(id, feature.number) != feature.number:
            source.note(
                f"this id is already that of feature {first[id]}", "give each its own", feature.number, "id", id
            )
        if id is None or place is None or found is None or len(source.faults) > before:
            continue
        event = Event(EventKind.FOUND, found)
        category, description, origin = (told.given(name, str) or "" for name in ("category", "description", "source"))
        issues[feature.number] = Issue(id, place, (event,), responsible, (), category, description, origin, position)
    source.finish()
    return issues


def read_outlines(file: str | Path, grid: Grid, datum: Datum | None = None, key: str = "code") -> Outlines:
    """The outlines of the units of a grid; features of other places are passed over.

    `key` is the property that names the unit, by its code or by a name unique in the grid; without geometry it has no outline. Rings are closed; which way
    they turn does not matter. `datum` is as in `read_points`.

    Raises:
        InputError: every fault, as `read_points` tells them; no feature is of a unit of the grid.
        OSError: the file cannot be opened.
    """
    source = Source(file, datum)
    of: dict[str, tuple[tuple[Ring, ...], ...]] = {}
    first: dict[str, int] = {}
    for feature in source.features():
        named = feature.properties.get(key)
        try:
            code = None if named is None else grid.code_of(str(named))
        except UnknownUnitError as error:
            source.note(str(error), "name it by its code", feature.number, f"properties.{key}", named)
            continue
        if code is None or feature.geometry is None:
            continue
        if code in first:
            problem = f"the outline of this unit is already in feature {first[code]}"
            source.note(problem, "give one feature with all its polygons", feature.number, f"properties.{key}", named)
            continue
        first[code] = feature.number
        of[code] = source.polygons(feature)
    if not first and not source.faults:
        source.note("no feature is of a unit of the grid", f"say which property has the code; {key!r} has not")
    source.finish()
    return Outlines(source.datum, of)


class _Told:
    """What the properties of one feature say; what cannot be read is noted."""

    def __init__(self, source: Source, feature: Feature) -> None:
        self.source, self.feature = source, feature
        self.properties = {"id": feature.id, **feature.properties}

    def given(self, name: str, read: Callable[[str], T]) -> T | None:
        value = self.properties.get(name)
        if not all(_is_plain(each) for each in (value if isinstance(value, list) else [value])):
            remedy = 'write a text, a number, or a list of texts such as ["甲村", "乙村"]'
            self.source.note("this is no text", remedy, self.feature.number, f"properties.{name}", value)
            return None
        text = "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value).strip()
        if not text:
            return None
        try:
            return read(text)
        except UnreadableError as error:
            self.source.note(error.problem, error.remedy, self.feature.number, f"properties.{name}", text)
            return None

    def needed(self, name: str, read: Callable[[str], T]) -> T | None:
        before = len(self.source.faults)
        found = self.given(name, read)
        if found is None and len(self.source.faults) == before:
            self.source.note("this property is needed", "add it", self.feature.number, f"properties.{name}")
        return found


def _is_plain(value: object) -> bool:
    return value is None or (isinstance(value, str | int | Decimal) and not isinstance(value, bool))


def _code(grid: Grid, named: str) -> str:
    try:
        code = grid.code_of(named)
    except UnknownUnitError as error:
        raise UnreadableError(str(error), "name it by its code") from None
    if code is None:
        raise UnreadableError("the grid has no such unit", "add it to the grid, or correct the name")
    return code


# -- out
def _collection(datum: Datum | None, features: list[Data]) -> Data:
    told = {} if datum is None else {"datum": datum}
    return {"type": "FeatureCollection", **told, "features": features}


def _feature(id: str, geometry: Data | None, properties: Data) -> Data:
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": properties}


def _issue_feature(issue: Issue, grid: Grid, on: date) -> Data:
    at = issue.position
    properties = {
        "id": issue.id,
        "place": issue.place,
        "place_name": grid[issue.place].name if issue.place in grid else issue.place,
        "category": issue.category,
        "state": issue.state.value,
        "found": _day(issue.found),
        "due": _day(issue.due),
        "closed": _day(issue.closed),
        "overdue": issue.is_overdue(on),
    }
    geometry = None if at is None else {"type": "Point", "coordinates": _degrees((at.lon, at.lat))}
    return _feature(issue.id, geometry, properties)


def _unit_feature(code: str, grid: Grid, outlines: Outlines) -> Data:
    unit, polygons = grid[code], outlines.of.get(code, ())
    drawn = [[[_degrees(place) for place in ring] for ring in rings] for rings in polygons]
    geometry: Data | None = {"type": "MultiPolygon", "coordinates": drawn} if drawn else None
    if len(drawn) == 1:
        geometry = {"type": "Polygon", "coordinates": drawn[0]}
    return _feature(code, geometry, {"code": code, "name": unit.name, "level": unit.level, "parent": unit.parent})


def _codes(grid: Grid, assessment: Assessment | None) -> Iterator[str]:
    units = grid.units if assessment is None else assessment.units
    return (unit.code for unit in units)


def _placed(assessment: Assessment) -> Mapping[str, Data]:
    """Of each unit of the field, what was decided about it."""
    record = assessment.record
    tiers: dict[str, dict[str, str]] = defaultdict(dict)
    for placement in record.placements:
        tiers[placement.unit][placement.board] = placement.tier
    of_all = {"scheme": assessment.scheme, "edition": record.edition, "round": record.round.label}
    found: dict[str, Data] = {}
    for row in assessment.rows():
        placed: Data = {
            **of_all,
            "group": row.group,
            "rank": None,
            "score": None,
            "absent": row.absent and row.absent.value,
        }
        if row.standing is not None:
            placed |= {"rank": row.standing.rank, "score": float(record.ranking().shown(row.standing))}
        found[row.unit.code] = {**placed, "tiers": tiers[row.unit.code]}
    return found


def _degrees(place: tuple[Decimal, Decimal]) -> list[float]:
    """Of twelve digits at most, which a float tells as they are."""
    return [float(each) for each in place]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
