"""Results on a map (专题图)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from math import isfinite
from typing import Any, NamedTuple

import altair as alt

from envgov.charts.style import ABSENT_SHADE, INK, PALE, dressed, grounds_of, labels_of, named, told
from envgov.charts.tiers import shades_of
from envgov.charts.words import CHART_WORDS
from envgov.errors import EnvGovError, Fault, InputError
from envgov.results.assessment import Assessment, Season
from envgov.results.table import WORDS, Language

ROOM_FOR_NAMES = 40
NAMED = 10
Ring = list[tuple[float, float]]


class Feature(NamedTuple):
    """A shape, and the code of its unit; a shape of no unit of the field has "" for it."""

    code: str
    polygons: list[list[Ring]]


def draw_map(
    assessment: Assessment,
    geojson: Mapping[str, Any],
    key: str,
    *,
    board: str | None = None,
    language: Language = "zh",
) -> alt.LayerChart:
    """Each unit in the shade of its score, or of its tier on a board, on the shapes of a GeoJSON FeatureCollection.

    The property `key` of a feature is the code of its unit; other properties are not shown. Who is not assessed is
    white and bears the word; shapes of no unit of the field are bare outlines; units without a shape are named below
    the title. Names stand on a map of at most 40 shapes. The coordinates are taken as they are: GCJ-02 is not WGS84.

    Raises:
        InputError: no feature names a unit, one is named twice, or one that is named has no polygon.
        EnvGovError: there is no such board, or, without one, nothing is ranked.
    """
    words, texts = CHART_WORDS[language], WORDS[language]
    names = labels_of((unit.code, unit.name) for unit in assessment.units)
    features = _features(geojson, key, names)
    if board is None and not assessment.record.rankings:
        raise EnvGovError(f"{assessment.scheme} ranks nobody, and there are no scores to map: name a board")
    shapes = [_shape(feature, names, assessment, board, language) for feature in features]
    groups = {which: [shape for shape in shapes if shape["sort"] == which] for which in ("valued", "absent", "other")}
    legend = alt.Legend() if groups["valued"] else None  # one of nothing is infinitely large
    if board is None:
        scale = alt.Scale(range=["#f7e7c6", "#5a2a12"])
        color = alt.Color("value:Q", scale=scale, title=words["score"], legend=legend)
    else:
        shades = shades_of(Season((assessment,)), board, language)
        valued = {tier: shade for tier, shade in shades.items() if shade != ABSENT_SHADE}
        scale = alt.Scale(domain=list(valued), range=list(valued.values()))
        color = alt.Color("value:N", scale=scale, title=told(board), legend=legend)
    tips = [
        alt.Tooltip("unit:N", title=words["unit"]),
        alt.Tooltip("text:N", title=words["tier" if board else "score"]),
    ]
    layers: list[alt.Chart] = [
        _geo(groups["other"]).mark_geoshape(fill=None, stroke=PALE, strokeWidth=0.6),
        _geo(groups["absent"]).mark_geoshape(fill=ABSENT_SHADE, stroke=INK, strokeWidth=0.8, strokeDash=[3, 3]),
        _geo(groups["valued"]).mark_geoshape(stroke=INK, strokeWidth=0.8).encode(color=color, tooltip=tips),
    ]
    if len(features) <= ROOM_FOR_NAMES:
        places = alt.Chart(alt.InlineData(values=[_label(shape) for shape in shapes if shape["sort"] != "other"]))
        lettered = places.encode(longitude="longitude:Q", latitude="latitude:Q", text="label:N")
        layers += named(lettered, lineBreak="\n", fontSize=11)
    chart = alt.LayerChart(layer=layers, projection=alt.Projection(type="mercator"), width=460, height=460)
    shown = {feature.code for feature in features}
    missing = [name for code, name in names.items() if code not in shown]
    size = texts.size.format(len(assessment.record.standings), len(names) - len(assessment.record.standings))
    said = [*grounds_of([assessment], language), *([size] if assessment.record.rankings else [])]
    if groups["absent"]:
        said.append(words["white"].format(texts.joint.join(dict.fromkeys(shape["text"] for shape in groups["absent"]))))
    if missing:
        more = "…" if len(missing) > NAMED else ""
        said.append(words["no shape"].format(texts.joint.join(missing[:NAMED]) + more))
    what = board or words["score"]
    title = f"{assessment.title or assessment.scheme}{texts.colon}{what}  {assessment.record.round.label}"
    return dressed(chart, title, said)


def _features(geojson: Mapping[str, Any], key: str, names: Mapping[str, str]) -> list[Feature]:
    """The shapes, those of the field's units by their codes.

    Raises:
        InputError: all that is wrong with them.
    """
    given = geojson.get("features") if geojson.get("type") == "FeatureCollection" else None
    if not isinstance(given, list):
        raise InputError([Fault("this is no GeoJSON FeatureCollection", "give one, as a dict", column="type")])
    faults: list[Fault] = []
    features: list[Feature] = []
    found = Counter[str]()
    known: set[str] = set()
    for n, feature in enumerate(given, 1):
        code = ""
        try:
            properties = feature["properties"] or {}
            known.update(properties)
            code = str(properties.get(key, ""))
            features.append(Feature(code if code in names else "", _polygons(feature["geometry"])))
        except (AttributeError, KeyError, TypeError, ValueError):  # what is no unit's need not be a shape
            if code in names:
                faults.append(
                    Fault(
                        "a unit's shape is no polygon",
                        "give a Polygon or a MultiPolygon",
                        row=n,
                        column="geometry",
                        value=code,
                    )
                )
        found[code] += 1
    faults += [
        Fault("several features are of one unit", "join them into one MultiPolygon", column=key, value=code)
        for code in names
        if found[code] > 1
    ]
    if not faults and not names.keys() & found.keys():
        remedy = f"name another; there is {', '.join(sorted(known)) or 'none'}"
        faults = [Fault("no feature has the code of a unit in this property", remedy, column=key)]
    if faults:
        raise InputError(faults)
    return features


def _polygons(geometry: Mapping[str, Any]) -> list[list[Ring]]:
    """The rings of each polygon, the outer one clockwise: on a globe the other way round is all the rest of it.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    nested = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
    polygons = [[[(float(x), float(y)) for x, y, *_ in ring] for ring in rings] for rings in nested]
    flat = [number for rings in polygons for ring in rings for point in ring for number in point]
    if not flat or not all(map(isfinite, flat)):
        raise ValueError("no coordinates")
    return [
        [ring if (_area(ring) < 0) is (n == 0) else ring[::-1] for n, ring in enumerate(rings)] for rings in polygons
    ]


def _area(ring: Ring) -> float:
    """Twice the area of a ring, negative where it goes clockwise."""
    return sum(x * b - a * y for (x, y), (a, b) in pairwise(ring))


def _middle(polygons: list[list[Ring]]) -> tuple[float, float]:
    """The middle of the largest polygon's box: where a label stands."""
    largest = max((rings[0] for rings in polygons), key=lambda ring: abs(_area(ring)))
    x, y = zip(*largest, strict=True)
    return (min(x) + max(x)) / 2, (min(y) + max(y)) / 2


def _shape(
    feature: Feature, names: Mapping[str, str], assessment: Assessment, board: str | None, language: Language
) -> dict[str, Any]:
    """A feature as the chart has it, with nothing of what the caller's had beside its coordinates."""
    shape: dict[str, Any] = {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": feature.polygons},
        "sort": "other",
    }
    if not feature.code:
        return shape
    shape["unit"] = names[feature.code]
    shape["longitude"], shape["latitude"] = _middle(feature.polygons)
    record, words = assessment.record, WORDS[language]
    if (absence := record.absence(feature.code)) is not None:
        return shape | {"sort": "absent", "text": words.absent[absence.why]}
    if board is not None:
        placement = record.tier(board, feature.code)
        assert placement is not None, "a board places whoever is not absent"
        tier = told(words.tier(placement.tier))
        return shape | {"sort": "valued", "text": tier, "value": tier}
    standing = record.standing(feature.code)
    assert standing is not None, "whoever is not absent is ranked"
    text = str(record.ranking().shown(standing))
    return shape | {"sort": "valued", "text": text, "value": float(text)}


def _label(shape: Mapping[str, Any]) -> dict[str, Any]:
    return {name: shape[name] for name in ("longitude", "latitude")} | {"label": f"{shape['unit']}\n{shape['text']}"}


def _geo(shapes: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=shapes))
