"""县界: outlines of counties out of a GeoJSON file that somebody sent, checked feature by feature, and made small.

What is kept is only what was understood: the code of a county and its rings, on a grid so coarse that a page bears it.
A grid moves the same corner of two neighbours to the same place, so that no gap opens between them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from junheng.web.monitoring.errors import BoundariesUnreadableError

Ring = list[list[float]]
Outlines = dict[str, list[list[Ring]]]  # code of the county → polygons → rings, the outer first

# Where public files write the code of a county.
NAMES = ("county_code", "adcode", "code", "gb", "id", "代码", "行政区划代码")  # zh: data
_CODE = 6
_MOST_FEATURES = 10_000
_MOST_POINTS = 3_000_000  # of a file
_WEST, _EAST, _SOUTH, _NORTH = 70, 140, 0, 60  # degrees that China lies within
_GRIDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1)  # degrees; the finest that is small enough is taken
_FEWEST = 4  # points of a ring, the last the same as the first


def read_outlines(content: bytes, file: str) -> Outlines:
    """The outlines of a FeatureCollection by county; parts of one county in several features are put together.

    Raises:
        BoundariesUnreadableError: it is none, or a feature is not what it should be; with its number.
    """
    features = _features(content, file)
    found: Outlines = {}
    points = 0
    for number, feature in enumerate(features, start=1):
        place = _("第 %(number)s 个要素") % {"number": number}
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            raise BoundariesUnreadableError(file=file, place=place, reason=_("不是有属性（properties）的 Feature"))
        code = code_of(feature["properties"])
        if not code:
            continue  # a province's own outline, an island without a code: nothing of a county
        polygons = _polygons(feature.get("geometry"), file, place)
        points += sum(len(ring) for polygon in polygons for ring in polygon)
        if points > _MOST_POINTS:
            reason = _("坐标点超过 %(most)s 个，请先简化边界") % {"most": _MOST_POINTS}
            raise BoundariesUnreadableError(file=file, place=place, reason=reason)
        found.setdefault(code, []).extend(polygons)
    return found


def code_of(properties: Mapping[str, Any]) -> str:
    """The county's code among the properties of a feature, however it was typed; empty where there is none."""
    for name in NAMES:
        value = properties.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            continue
        if isinstance(value, float) and not value.is_integer():
            continue
        text = str(int(value)) if isinstance(value, int | float) else value.strip().removesuffix(".0")
        text = text.removeprefix("156") if len(text) == _CODE + 3 else text  # of public maps: the country before it
        if len(text) == _CODE and text.isascii() and text.isdigit():
            return text
    return ""


def _features(content: bytes, file: str) -> list[Any]:
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BoundariesUnreadableError(file=file, place="", reason=_("不是 JSON 文本，或文件没有传完")) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise BoundariesUnreadableError(file=file, place="", reason=_("不是 FeatureCollection"))
    if len(features) > _MOST_FEATURES:
        raise BoundariesUnreadableError(
            file=file, place="", reason=_("要素超过 %(most)s 个") % {"most": _MOST_FEATURES}
        )
    crs = str(document.get("crs") or "")
    if crs and "CRS84" not in crs and "4326" not in crs and "4490" not in crs:
        raise BoundariesUnreadableError(file=file, place="", reason=_("坐标系须是 WGS84 或 CGCS2000 的经纬度"))
    return features


def _no_number(name: str) -> float:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _polygons(geometry: object, file: str, place: str) -> list[list[Ring]]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        reason = _("几何类型是 %(kind)s，须是 Polygon 或 MultiPolygon") % {"kind": kind or _("空")}
        raise BoundariesUnreadableError(file=file, place=place, reason=reason)
    filed = geometry.get("coordinates")
    polygons = [filed] if kind == "Polygon" else filed
    try:
        return [[_ring(ring) for ring in _filled(polygon)] for polygon in _filled(polygons)]
    except _OutsideError as error:
        reason = _("坐标不在我国的经纬度范围（东经 70～140，北纬 0～60），多半是平面坐标，或经纬度写反了")
        raise BoundariesUnreadableError(file=file, place=place, reason=reason) from error
    except (ValueError, TypeError, OverflowError) as error:
        raise BoundariesUnreadableError(file=file, place=place, reason=_("坐标不完整或写法不对")) from error


class _OutsideError(Exception):
    """A point lies where China does not."""


def _filled(found: object) -> list[Any]:
    if not isinstance(found, list) or not found:
        raise ValueError
    return found


def _ring(found: object) -> Ring:
    ring = []
    for point in _filled(found):
        if not isinstance(point, list) or len(point) < 2 or any(isinstance(part, bool | str) for part in point):
            raise ValueError
        x, y = float(point[0]), float(point[1])
        if not (isfinite(x) and isfinite(y)):
            raise ValueError
        if not (_WEST <= x <= _EAST and _SOUTH <= y <= _NORTH):
            raise _OutsideError
        ring.append([x, y])
    if len(ring) < _FEWEST or ring[0] != ring[-1]:
        raise ValueError
    return ring


def made_small(outlines: Outlines, most: int) -> Outlines:
    """The outlines on the finest grid that leaves at most ``most`` points; on the coarsest where none does."""
    small = outlines
    for grid in _GRIDS:
        small = {code: list(_on_grid(polygons, grid)) for code, polygons in outlines.items()}
        if count_points(small.values()) <= most:
            break
    return small


def count_points(outlines: Iterable[list[list[Ring]]]) -> int:
    return sum(len(ring) for polygons in outlines for polygon in polygons for ring in polygon)


def _on_grid(polygons: list[list[Ring]], grid: float) -> Iterator[list[Ring]]:
    kept = []
    for polygon in polygons:
        rings = [ring for ring in (_ring_on_grid(ring, grid) for ring in polygon) if len(ring) >= _FEWEST]
        if rings:
            kept.append(rings)
    # An island that vanishes is no loss; a county that does would be.
    yield from kept or [polygon[:1] for polygon in polygons[:1]]


def _ring_on_grid(ring: Ring, grid: float) -> Ring:
    found: Ring = []
    for x, y in ring:
        point = [round(round(x / grid) * grid, 4), round(round(y / grid) * grid, 4)]
        if not found or point != found[-1]:
            found.append(point)
    return found
