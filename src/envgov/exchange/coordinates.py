"""GeoJSON as it comes (RFC 7946): its features one by one, its points and rings, and the datum in which they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from envgov.codec import as_written
from envgov.errors import Fault, InputError
from envgov.exact import MAX_PLACES, points
from envgov.exchange.records import read_bounded
from envgov.facts.position import NAMES, Datum, Position
from envgov.texts import UnreadableError, decode

_CRS: Mapping[str, Datum] = {"CRS84": "WGS84", "EPSG:4326": "WGS84", "EPSG:4490": "WGS84", **NAMES}
"""How a file of before RFC 7946 names its datum, from the end of its name; 4490 is CGCS2000."""
_CHINA = (Decimal(73), Decimal(136)), (Decimal(3), Decimal(54))
Ring = tuple[tuple[Decimal, Decimal], ...]


class Feature(NamedTuple):
    """One feature of a file, with its number from 1."""

    number: int
    id: object
    properties: Mapping[str, Any]
    geometry: object


class Source:
    """One reading of one file; every fault is noted with the number of its feature and the path in it.

    `datum` is that in which the file is, where somebody says so; it never overrides what the file says itself.

    Raises:
        InputError: it is no such file, or its datum is not known, or another than was said.
        OSError: it cannot be opened.
    """

    def __init__(self, file: str | Path, datum: Datum | None) -> None:
        self.path = Path(file)
        self.faults: list[Fault] = []
        data = self._data()
        self.datum = self._datum(data, datum)
        self._features = data["features"]

    def features(self) -> Iterator[Feature]:
        for number, data in enumerate(self._features, 1):
            if not isinstance(data, dict) or data.get("type") != "Feature":
                self.note("this is no feature", 'write {"type": "Feature", ...}', number, "type")
                continue
            properties = data.get("properties")
            yield Feature(
                number, data.get("id"), properties if isinstance(properties, dict) else {}, data.get("geometry")
            )

    def note(self, problem: str, remedy: str, row: int | None = None, path: str = "", value: object = None) -> None:
        found = None if value is None else str(value)
        self.faults.append(Fault(problem, remedy, self.path.name, row, path, found))

    def finish(self) -> None:
        """Raises:
        InputError: something was noted.
        """
        if self.faults:
            raise InputError(self.faults)

    def point(self, feature: Feature) -> Position | None:
        """Where the feature lies; None where it says nowhere, or what it says was noted."""
        geometry = feature.geometry
        if geometry is None:
            return None
        if not isinstance(geometry, dict) or geometry.get("type") != "Point":
            self.note("a point is wanted", 'write {"type": "Point", ...}, or null', feature.number, "geometry")
            return None
        at = self._point(geometry.get("coordinates"), feature.number, "geometry.coordinates")
        return None if at is None else Position(*at, self.datum)

    def polygons(self, feature: Feature) -> tuple[tuple[Ring, ...], ...]:
        """The rings of each of its polygons, the outer one first; empty where they were noted.

        They are turned as RFC 7946 has them, to the left around what they enclose: many files of before are not.
        """
        geometry = feature.geometry if isinstance(feature.geometry, dict) else {}
        path, given = "geometry.coordinates", geometry.get("coordinates")
        before = len(self.faults)
        found: tuple[tuple[Ring, ...], ...]
        if geometry.get("type") == "Polygon":
            found = (self._rings(given, feature.number, path),)
        elif geometry.get("type") == "MultiPolygon":
            parts = self._list(given, feature.number, path)
            found = tuple(self._rings(part, feature.number, f"{path}[{n}]") for n, part in enumerate(parts, 1))
        else:
            self.note("an outline is wanted", "give a Polygon or a MultiPolygon", feature.number, "geometry")
            return ()
        return () if len(self.faults) > before else found

    def _rings(self, given: object, number: int, path: str) -> tuple[Ring, ...]:
        rings = self._list(given, number, path)
        return tuple(_turned(self._ring(ring, number, f"{path}[{n}]"), left=n == 1) for n, ring in enumerate(rings, 1))

    def _ring(self, given: object, number: int, path: str) -> Ring:
        before = len(self.faults)
        places = self._list(given, number, path)
        ring = [self._point(place, number, f"{path}[{n}]") for n, place in enumerate(places, 1)]
        if len(self.faults) == before:
            if len(ring) < 4:
                self.note("a ring has at least four points", "give them all, the first again as the last", number, path)
            elif ring[0] != ring[-1]:
                self.note("the ring is not closed", "give its first point again as the last", number, path)
        return tuple(place for place in ring if place is not None)

    def _list(self, given: object, number: int, path: str) -> Sequence[object]:
        if isinstance(given, list) and given:
            return given
        self.note("a list of coordinates is wanted", "write [ ... ]", number, path)
        return ()

    def _point(self, given: object, number: int, path: str) -> tuple[Decimal, Decimal] | None:
        if not isinstance(given, list) or not 2 <= len(given) <= 3:
            self.note("a longitude and a latitude are wanted", "write [112.00, 27.73]", number, path)
            return None
        try:
            lon, lat = (points(_number(each), MAX_PLACES) for each in given[:2])
        except (TypeError, ValueError) as error:
            self.note(str(error), "write degrees such as 112.00", number, path)
            return None
        if not _is_on_earth(lon, lat):
            swapped = "longitude and latitude are swapped: longitude comes first"
            remedy = swapped if _is_on_earth(lat, lon) else "write degrees, longitude first, such as [112.00, 27.73]"
            self.note("there is no such point", remedy, number, path, f"[{lon}, {lat}]")
            return None
        if _is_in_china(lat, lon) and not _is_in_china(lon, lat):
            self.note(
                "this lies in the Arctic", "put longitude first, and latitude second", number, path, f"[{lon}, {lat}]"
            )
            return None
        return lon, lat

    def _data(self) -> dict[str, Any]:
        data: object = None
        try:
            data = json.loads(decode(read_bounded(self.path)), parse_float=as_written, parse_constant=str)
        except UnreadableError as error:
            self.note(error.problem, error.remedy)
        except (ValueError, RecursionError) as error:
            self.note(f"this is not JSON: {error}", "correct the file at that place")
        else:
            if isinstance(data, dict) and isinstance(data.get("features"), list):
                return data
            self.note("this is no collection of features", 'write {"type": "FeatureCollection", "features": [ ... ]}')
        raise InputError(self.faults)

    def _datum(self, data: Mapping[str, Any], said: Datum | None) -> Datum:
        path, named = _named_datum(data)
        stated = None
        if named is not None:
            written = named.upper().replace("::", ":")
            ends = path != "datum"  # a member `datum` is the name alone
            found = (datum for name, datum in _CRS.items() if written == name or (ends and written.endswith(name)))
            stated = next(found, None)
            if stated is None:
                self.note("this datum is not known", f"write one of {', '.join(NAMES)}", None, path, named)
                raise InputError(self.faults)
        if stated is None and said is None:
            remedy = "ask whoever made it, and say so: datum WGS84, or GCJ-02 where it comes from a map of China"
            self.note("the file does not say in which datum its coordinates are", remedy)
            raise InputError(self.faults)
        if stated is not None and said is not None and stated != said:
            remedy = f"have it made again in {said}: nothing here shifts coordinates"
            self.note(f"the file is in {stated}, and {said} is wanted", remedy, None, path, named)
            raise InputError(self.faults)
        datum = stated or said
        assert datum is not None, "one of the two is there"
        return datum


def _named_datum(data: Mapping[str, Any]) -> tuple[str, str | None]:
    """How the file names its datum, and where; None where it does not."""
    if "datum" in data:
        return "datum", str(data["datum"])
    crs = data.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return "crs.properties.name", None if name is None else str(name)


def _number(given: object) -> Decimal | int:
    if isinstance(given, Decimal | int) and not isinstance(given, bool):
        return given
    raise TypeError(f"{given!r:.40} is no number of degrees")


def _is_on_earth(lon: Decimal, lat: Decimal) -> bool:
    return -180 <= lon <= 180 and -90 <= lat <= 90


def _is_in_china(lon: Decimal, lat: Decimal) -> bool:
    (west, east), (south, north) = _CHINA
    return west <= lon <= east and south <= lat <= north


def _turned(ring: Ring, *, left: bool) -> Ring:
    """The ring with what it encloses to its left, or to its right: it begins where it began."""
    twice = sum(x * v - u * y for (x, y), (u, v) in pairwise(ring))
    return ring if (twice >= 0) is left else ring[::-1]
