"""The ground that a zoning is checked on: ways, neighbours and home blocks, worked out again from the filed rows.

Nothing here is taken from the planner's town: rows are looked up by code, distances and common borders are measured
anew. Only the definitions are shared (what counts as touching, what a blank cell of the rules stands for).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from itertools import chain
from typing import Any

from junheng.planning.zoning.geometry import EARTH, LEAST_BORDER, TOLERANCE
from junheng.planning.zoning.inputs import Inputs
from junheng.planning.zoning.rules import Rule

_SLACK = 0.01  # of the limits of touching, so that the last digit of a measurement decides nothing
_AS_NEAR = 0.01  # metres
_ROUNDING = 1  # metres by which two roundings of a straight way may differ

Point = tuple[float, float]


class Ground:
    """Blocks and schools by code.

    Attributes:
        blocks, schools: code → filed row.
        beside: block → the blocks that touch it and can be reached from it.
        homes: school → the block it stands in; several where its gate lies on a border.
    """

    def __init__(self, inputs: Inputs) -> None:
        self.blocks = {str(row["block_code"]): row for row in inputs.rows("block")}
        self.schools = {str(row["school_code"]): row for row in inputs.rows("school")}
        self._filed = {(r["block_code"], r["school_code"]): Decimal(r["way"]) for r in inputs.rows("travel")}
        self._middle = self._middle_of(inputs)
        self._outlines = {code: self._flat(shape) for code, shape in inputs.outlines.items() if code in self.blocks}
        self._places = {code: self._place(row) for code, row in (self.blocks | self.schools).items()}
        self._places |= {code: self._inside(code) for code in self.blocks if self._places[code] is None}
        self.beside = self._beside(inputs)
        self.homes = {code: self._homes(code, row) for code, row in self.schools.items()}

    def way_holds(self, rule: Rule, block: str, school: str, stated: int) -> bool:
        """Whether a stated way (whole metres or seconds) is what was filed, or the straight line times the detour."""
        if self._filed:
            way = self._filed.get((block, school))
            return way is not None and stated == math.floor(way * rule.steps + Decimal("0.5"))
        here, there = self._places[block], self._places[school]
        if here is None or there is None:
            return False
        return abs(math.dist(here, there) * float(rule.detour) - stated) <= _ROUNDING

    @staticmethod
    def _middle_of(inputs: Inputs) -> Point | None:
        """The middle of all degrees that were filed; None where places are plane coordinates."""
        rows = [*inputs.rows("block"), *inputs.rows("school")]
        at = [(float(r["lon"]), float(r["lat"])) for r in rows if r["lon"] is not None and r["lat"] is not None]
        for west, south, east, north in (shape.bounds for shape in inputs.outlines.values()):
            at += [(west, south), (east, north)]
        if not at:
            return None
        lons, lats = sorted(lon for lon, _ in at), sorted(lat for _, lat in at)
        return (lons[0] + lons[-1]) / 2, (lats[0] + lats[-1]) / 2

    def _metres(self, lon: float, lat: float) -> Point:
        assert self._middle is not None
        degree = EARTH * math.pi / 180
        return (lon - self._middle[0]) * degree * math.cos(math.radians(self._middle[1])), (
            lat - self._middle[1]
        ) * degree

    def _flat(self, shape: Any) -> Any:  # noqa: ANN401
        import numpy as np
        import shapely

        return shapely.transform(shape, lambda at: np.array([self._metres(*place) for place in at.tolist()]))

    def _place(self, row: Mapping[str, Any]) -> Point | None:
        names = ("x", "y") if self._middle is None else ("lon", "lat")
        if any(row[name] is None for name in names):
            return None
        first, second = (float(row[name]) for name in names)
        return (first, second) if self._middle is None else self._metres(first, second)

    def _inside(self, block: str) -> Point | None:
        """The middle of an outline; where that lies outside of it, a point inside."""
        outline = self._outlines.get(block)
        if outline is None:
            return None
        at = outline.centroid
        at = at if outline.covers(at) else outline.representative_point()
        return at.x, at.y

    def _beside(self, inputs: Inputs) -> dict[str, set[str]]:
        pairs = set(map(frozenset, self._with_common_border()))
        for row in inputs.rows("neighbour"):
            pair = frozenset((row["block_code"], row["neighbour_code"]))
            pairs = pairs - {pair} if row["linked"] is False else pairs | {pair}
        found: dict[str, set[str]] = {code: set() for code in self.blocks}
        for one, other in map(sorted, pairs):
            found[one].add(other)
            found[other].add(one)
        return found

    def _with_common_border(self) -> list[tuple[str, str]]:
        """Pairs of outlines with enough common border: measured from both sides, the longer counts."""
        order = sorted(self._outlines, key=lambda code: (self._outlines[code].bounds[0], code))
        near = TOLERANCE * (1 + _SLACK)
        wide = {code: self._outlines[code].buffer(near) for code in order}
        found = []
        for number, one in enumerate(order):
            _, south, east, north = wide[one].bounds
            for other in order[number + 1 :]:
                box = self._outlines[other].bounds
                if box[0] > east:
                    break
                if box[1] > north or box[3] < south:
                    continue
                both = ((one, other), (other, one))
                common = max(self._outlines[a].boundary.intersection(wide[b]).length for a, b in both)
                if common >= LEAST_BORDER * (1 - _SLACK):
                    found.append((one, other))
        return found

    def _homes(self, code: str, row: Mapping[str, Any]) -> set[str]:
        if row["block_code"] is not None:
            return {str(row["block_code"])}
        gate = self._places[code]
        if gate is None:
            return set()
        from shapely import Point as Gate

        around = {b for b, outline in self._outlines.items() if outline.distance(Gate(gate)) <= _AS_NEAR}
        apart = {b: math.dist(gate, at) for b in self.blocks if (at := self._places[b]) is not None}
        least = min(apart.values(), default=math.inf)
        return around or {b for b, far in apart.items() if far <= least + _AS_NEAR}


def flooded(ground: Ground, zone: set[str], school: str) -> bool:
    """Pour water on one block of a zone: does all of it get wet, and does it reach the school's block?"""
    dry = set(zone)
    at_school = set(chain.from_iterable({home} | ground.beside[home] for home in ground.homes[school]))
    wet = [dry.pop()]
    while wet:
        for near in ground.beside[wet.pop()] & dry:
            dry.remove(near)
            wet.append(near)
    return bool(zone & at_school) and not dry
