"""学区图: blocks in the colours of their schools, the schools as points. No tiles, no boundaries but those given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians
from typing import Any

from junheng.reporting.charts.theme import ACCENT, CONFIG, HALO, INK, SCHEMA, Language, Spec

_HEIGHT = 440
# Light enough for dark names on them; neighbours never have the same one while these last.
_COLOURS = ("#cfe3e0", "#f3dcb8", "#d9d5ec", "#f2cfc3", "#d3e2b9", "#cdd9ec", "#eccfe0", "#e4e0d3")
_NAMED = 80  # schools; more names than these cover each other
Feature = Mapping[str, Any]


def zone_map(
    blocks: Sequence[Feature], schools: Sequence[Mapping[str, Any]], *, description: str, language: Language = "zh"
) -> Spec:
    """Blocks and schools as they lie.

    Args:
        blocks: features of GeoJSON with ``school_code`` and what the tooltip shows (``block``, ``school``, ``way``,
            ``pupils``) among their properties.
        schools: name, x, y in the coordinates of the features.
    """
    points = [point for block in blocks for point in points_of(block["geometry"])]
    points += [(school["x"], school["y"]) for school in schools]
    narrow = across(points)
    colours = _colours(blocks)
    drawn = [
        {
            "type": "Feature",
            "geometry": {**block["geometry"], "coordinates": scaled(block["geometry"]["coordinates"], narrow)},
            "properties": {**block["properties"], "colour": colours.get(block["properties"]["school_code"], "#eeeeee")},
        }
        for block in blocks
    ]
    named = [
        {**school, "x": school["x"] * narrow, "said": school["name"] if len(schools) <= _NAMED else ""}
        for school in schools
    ]
    words = {
        "zh": {"block": "地块", "school": "学校", "pupils": "学生", "way": "路程"},
        "en": {"block": "Block", "school": "School", "pupils": "Pupils", "way": "Way"},
    }[language]
    place: Spec = {
        "longitude": {"field": "x", "type": "quantitative"},
        "latitude": {"field": "y", "type": "quantitative"},
    }
    name: Spec = {"type": "text", "dy": -9, "fontSize": 11}
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": "container",
        "height": _HEIGHT,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": CONFIG,
        "projection": {"type": "identity", "reflectY": True},
        "layer": [
            {
                "data": {"values": drawn},
                "mark": {"type": "geoshape", "stroke": "#ffffff", "strokeWidth": 0.7},
                "encoding": {
                    "color": {"field": "properties.colour", "type": "nominal", "scale": None, "legend": None},
                    "tooltip": [{"field": f"properties.{key}", "title": title} for key, title in words.items()],
                },
            },
            {
                "data": {"values": named},
                "mark": {"type": "point", "size": 70, "filled": True, "color": ACCENT, "stroke": "#ffffff"},
                "encoding": {**place, "tooltip": [{"field": "name", "title": words["school"]}]},
            },
            *(
                {"data": {"values": named}, "mark": mark, "encoding": {**place, "text": {"field": "said"}}}
                for mark in (name | HALO, name | {"color": INK})
            ),
        ],
    }


def across(points: Sequence[tuple[float, float]]) -> float:
    """How much narrower a degree of longitude is than one of latitude here; 1 for coordinates in metres."""
    if not points or any(abs(x) > 180 or abs(y) > 90 for x, y in points):
        return 1.0
    return cos(radians(sum(y for _, y in points) / len(points)))


def points_of(geometry: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    """Every corner of a geometry."""

    def walk(found: Any) -> Iterator[tuple[float, float]]:  # noqa: ANN401 - GeoJSON nests as it likes
        if found and isinstance(found[0], int | float):
            yield float(found[0]), float(found[1])
        else:
            for part in found:
                yield from walk(part)

    yield from walk(geometry["coordinates"])


def scaled(found: Any, narrow: float) -> Any:  # noqa: ANN401 - GeoJSON nests as it likes
    """Coordinates with their longitudes made narrower."""
    if found and isinstance(found[0], int | float):
        return [found[0] * narrow, found[1]]
    return [scaled(part, narrow) for part in found]


def _colours(blocks: Sequence[Feature]) -> dict[str, str]:
    """A colour a school, so that zones that touch differ: each takes the least used one that no neighbour has."""
    corners: dict[tuple[float, float], set[str]] = {}
    for block in blocks:
        for x, y in points_of(block["geometry"]):
            corners.setdefault((round(x, 6), round(y, 6)), set()).add(block["properties"]["school_code"])
    beside: dict[str, set[str]] = {}
    for schools in corners.values():
        for school in schools:
            beside.setdefault(school, set()).update(schools - {school})
    found: dict[str, str] = {}
    for school in sorted(beside):
        taken = {found.get(other) for other in beside[school]}
        free = [colour for colour in _COLOURS if colour not in taken] or list(_COLOURS)
        used = Counter(found.values())
        found[school] = min(free, key=lambda colour: used[colour])
    return found
