"""Outlines and points: to the plane and back, which blocks touch, what lies where, zones in one outline.

Coordinates of files are WGS84 degrees, longitude first. Lengths are measured in a plane laid through the middle of the
county (equirectangular); over 100 km that is right to about one part in a thousand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

EARTH = 6_371_008.8  # mean radius, metres
TOLERANCE = 1.0  # metres within which two outlines count as one line: digitised borders never fit exactly
LEAST_BORDER = 5.0  # metres of common border from which blocks touch; a corner alone makes no neighbours
_DIGITS = 6  # decimals of degrees written, about 0.1 m

Shape = Any  # a shapely geometry, in the plane
Place = tuple[float, float]


class Plane:
    """The plane of one county, around its middle."""

    def __init__(self, lon: float, lat: float) -> None:
        self._lon, self._lat, self._east = lon, lat, EARTH * math.cos(math.radians(lat))

    @classmethod
    def around(cls, places: Sequence[Place]) -> Plane:
        """Around the middle of the range of (lon, lat) places."""
        lons, lats = zip(*places, strict=True)
        return cls((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)

    def metres(self, lon: float, lat: float) -> Place:
        return math.radians(lon - self._lon) * self._east, math.radians(lat - self._lat) * EARTH

    def flat(self, shape: Shape) -> Shape:
        """A shape in degrees, in metres."""
        import shapely

        return shapely.transform(shape, lambda at: _columns(at, self._lon, self._lat, self._east, EARTH))

    def degrees(self, shape: Shape) -> Shape:
        """A shape in metres, in degrees rounded to what is written."""
        import numpy as np
        import shapely

        def back(at: Any) -> Any:  # noqa: ANN401
            lon = np.degrees(at[:, 0] / self._east) + self._lon
            return np.round(np.column_stack([lon, np.degrees(at[:, 1] / EARTH) + self._lat]), _DIGITS)

        return shapely.transform(shape, back)


def _columns(at: Any, lon: float, lat: float, east: float, north: float) -> Any:  # noqa: ANN401
    import numpy as np

    return np.column_stack([np.radians(at[:, 0] - lon) * east, np.radians(at[:, 1] - lat) * north])


def touching(outlines: Mapping[str, Shape]) -> list[tuple[str, str]]:
    """Pairs of blocks with ``LEAST_BORDER`` metres of common border at least, within ``TOLERANCE``."""
    from shapely import STRtree

    codes = list(outlines)
    shapes = [outlines[code] for code in codes]
    wide = [shape.buffer(TOLERANCE) for shape in shapes]
    tree = STRtree(shapes)
    found = []
    for first, shape in enumerate(wide):
        for second in sorted(tree.query(shape, predicate="intersects").tolist()):
            if first < second and shapes[second].boundary.intersection(shape).length >= LEAST_BORDER:
                found.append((codes[first], codes[second]))
    return found


def overlapping(outlines: Mapping[str, Shape], share: float = 0.01) -> list[tuple[str, str]]:
    """Pairs of blocks of which more than ``share`` of the smaller lies in the other."""
    from shapely import STRtree

    codes = list(outlines)
    shapes = [outlines[code] for code in codes]
    tree = STRtree(shapes)
    found = []
    for first, shape in enumerate(shapes):
        for second in sorted(tree.query(shape, predicate="intersects").tolist()):
            if first < second:
                common = shape.intersection(shapes[second]).area
                if common > share * min(shape.area, shapes[second].area):
                    found.append((codes[first], codes[second]))
    return found


def inside_point(outline: Shape) -> Place:
    """The middle of an outline, or a point inside where the middle is not."""
    middle = outline.centroid
    at = middle if outline.covers(middle) else outline.representative_point()
    return float(at.x), float(at.y)


def around_point(place: Place, outlines: Mapping[str, Shape]) -> str | None:
    """The block whose outline holds a place; the first by order where several do."""
    from shapely import Point

    at = Point(place)
    return next((code for code, outline in outlines.items() if outline.covers(at)), None)


def dissolved(outlines: Iterable[Shape]) -> Shape:
    """One outline around all; borders inside, and slivers within the tolerance, are gone."""
    from shapely import unary_union

    joined = unary_union([outline.buffer(TOLERANCE / 2, join_style="mitre") for outline in outlines])
    return joined.buffer(-TOLERANCE / 2, join_style="mitre")
