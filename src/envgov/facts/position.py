"""Where on the ground something is (坐标)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Literal, get_args

from attrs import Attribute, field, frozen
from attrs.validators import in_

from envgov.exact import as_points

Datum = Literal["WGS84", "GCJ-02"]
DATUMS: tuple[Datum, ...] = get_args(Datum)


NAMES: Mapping[str, Datum] = {
    "WGS84": "WGS84",
    "WGS-84": "WGS84",
    "CGCS2000": "WGS84",
    "GCJ-02": "GCJ-02",
    "GCJ02": "GCJ-02",
}
"""How a datum may be written. CGCS2000, that of China's surveys, lies less than a metre off WGS84, and is read as it."""


def _within(bound: int) -> Callable[[object, Attribute[Decimal], Decimal], None]:
    def check(_: object, attribute: Attribute[Decimal], value: Decimal) -> None:
        if not -bound <= value <= bound:
            swapped = "; are longitude and latitude swapped?" if bound == 90 else ""
            raise ValueError(f"{attribute.name}={value}: give degrees from -{bound} to {bound}{swapped}")

    return check


@frozen
class Position:
    """A point on the ground, in degrees east (`lon`) and north (`lat`), and the datum in which they are told.

    GCJ-02 is what maps in China show: it lies some hundred metres off WGS84, which satellites and GeoJSON use, and
    otherwise in each place. Nothing here turns one into the other, and a position without its datum is none.
    """

    lon: Decimal = field(converter=as_points, validator=_within(180))
    lat: Decimal = field(converter=as_points, validator=_within(90))
    datum: Datum = field(validator=in_(DATUMS))
