"""GeoJSON in: features of blocks and schools become rows of the tables and outlines by block."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng.intake.cells import Raw
from junheng.intake.errors import FileMissingError, FileUnreadableError
from junheng.intake.sheet import Sheet
from junheng.intake.wording import compact
from junheng.planning.zoning.errors import NotGeoJsonError
from junheng.planning.zoning.geometry import Shape
from junheng.tables.model import Tables

STAGES = ("primary", "junior")
_MOST_FEATURES = 100_000
_EXACT = 10**15  # whole numbers from here on are not told apart as floats
WEST, EAST, SOUTH, NORTH = 70, 140, 0, 60  # degrees that China lies within, as the tables have it


@dataclass(frozen=True)
class Map:
    """Features as they came: rows of tables with the number of the feature, and outlines in degrees by block."""

    file: str
    rows: Mapping[str, list[tuple[int, dict[str, Raw]]]]
    outlines: Mapping[str, Shape]

    def sheets(self, tables: Tables) -> list[Sheet]:
        """The rows as sheets whose row numbers are those of the features, one later for the heads."""
        found = []
        for name, rows in self.rows.items():
            table = tables[name]
            columns = list(table.columns)
            lines: list[list[Raw]] = [[table.columns[column].header for column in columns]]
            lines += [[row.get(column) for column in columns] for _, row in rows]
            found.append(Sheet(self.file, table.label.zh, table.label.zh, lines))
        return found

    def feature(self, table: str, row: int) -> int:
        """Number of the feature (from 1) that row ``row`` (from 1, with heads) of a table's sheet came from."""
        return self.rows[table][row - 2][0]


def read_map(path: Path, tables: Tables) -> Map:
    """Read blocks (polygons or points with ``block_code``) and schools (points with ``school_code``).

    Properties are the columns of the tables; those of a stage have its name before them: ``primary_pupils``,
    ``junior_classes``, ``primary_school_code`` for the school of today.

    Raises:
        NotGeoJsonError: no FeatureCollection, or a feature that is neither; with its number.
    """
    document = _load(path)
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise NotGeoJsonError(file=path.name, place="", reason="不是 FeatureCollection")
    if len(features) > _MOST_FEATURES:
        raise NotGeoJsonError(file=path.name, place="", reason=f"要素超过 {_MOST_FEATURES} 个")
    if document.get("crs") and "CRS84" not in str(document["crs"]) and "4326" not in str(document["crs"]):
        raise NotGeoJsonError(file=path.name, place="", reason="坐标系不是 WGS84")
    rows: dict[str, list[tuple[int, dict[str, Raw]]]] = {"block": [], "pupils": [], "school": [], "seats": []}
    outlines: dict[str, Shape] = {}
    drawn: dict[str, int] = {}
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            raise NotGeoJsonError(
                file=path.name, place=f"第 {number} 个要素", reason="不是有属性（properties）的 Feature"
            )
        shape = _shape(path.name, number, feature.get("geometry"))
        is_school = "school_name" in properties or ("school_code" in properties and "block_code" not in properties)
        if not is_school and properties.get("block_code") in (None, ""):
            reason = "属性里没有 block_code（地块）或 school_code（学校）"
            raise NotGeoJsonError(file=path.name, place=f"第 {number} 个要素", reason=reason)
        if is_school and shape.geom_type != "Point":
            raise NotGeoJsonError(file=path.name, place=f"第 {number} 个要素", reason="学校须是点（Point）")
        own, of_stage = ("school", "seats") if is_school else ("block", "pupils")
        row = _columns(tables, own, properties)
        if shape.geom_type == "Point":
            row |= {"lon": round(shape.x, 9), "lat": round(shape.y, 9)}
        else:
            code = _code(properties["block_code"])
            if code in drawn:
                both = f"第 {drawn[code]} 个和第 {number} 个要素"
                raise NotGeoJsonError(file=path.name, place=both, reason=f"都是地块 {code} 的边界，不知道以哪个为准")
            drawn[code], outlines[code] = number, shape
        rows[own].append((number, row))
        for stage in STAGES:
            given = {
                name.removeprefix(f"{stage}_"): value
                for name, value in properties.items()
                if name.startswith(f"{stage}_") and value is not None
            }
            if given:
                key = f"{own}_code"
                keyed = {**_columns(tables, of_stage, given), key: _raw(properties[key]), "stage": stage}
                rows[of_stage].append((number, keyed))
    return Map(path.name, {name: found for name, found in rows.items() if found}, outlines)


def _load(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise FileMissingError(file=path)
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileUnreadableError(file=path.name, reason=error.strerror or "系统拒绝访问") from error
    except (ValueError, RecursionError) as error:
        raise NotGeoJsonError(file=path.name, place="", reason="不是 JSON 文本，或文件没有传完") from error
    if not isinstance(document, dict):
        raise NotGeoJsonError(file=path.name, place="", reason="不是 FeatureCollection")
    return document


def _shape(file: str, number: int, geometry: object) -> Shape:
    """The geometry of a feature, sound and within the world."""
    import shapely
    from shapely.geometry import shape

    place = f"第 {number} 个要素"
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Point", "Polygon", "MultiPolygon"):
        reason = f"几何类型是 {kind or '空'}，须是 Polygon、MultiPolygon 或 Point"
        raise NotGeoJsonError(file=file, place=place, reason=reason)
    try:
        found = shapely.force_2d(shape(geometry))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError) as error:
        raise NotGeoJsonError(file=file, place=place, reason="坐标不完整或写法不对") from error
    if found.is_empty or not all(map(_is_finite, found.bounds)):
        raise NotGeoJsonError(file=file, place=place, reason="没有坐标")
    west, south, east, north = found.bounds
    if west < WEST or east > EAST or south < SOUTH or north > NORTH:
        reason = "坐标不在我国的经纬度范围（东经 70～140，北纬 0～60），多半是平面坐标，或经纬度写反了"
        raise NotGeoJsonError(file=file, place=place, reason=reason)
    if not found.is_valid:
        reason = f"边界不正常（{shapely.is_valid_reason(found)}），多半是自相交"
        raise NotGeoJsonError(file=file, place=place, reason=reason)
    return found


def _code(value: object) -> str:
    """A code as the tables keep it, however it was typed: ``１２ `` is 12, and so is the number 12.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return compact(str(value)).lstrip("'`").removesuffix(".0")


def _is_finite(value: float) -> bool:
    return value == value and abs(value) != float("inf")


def _columns(tables: Tables, table: str, properties: Mapping[str, object]) -> dict[str, Raw]:
    return {name: _raw(properties[name]) for name in tables[table].columns if properties.get(name) is not None}


def _raw(value: object) -> Raw:
    """A property as a cell: whole numbers and texts as they are, flags by their words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and abs(value) >= _EXACT:
        return str(value)
    if isinstance(value, int | float):
        return float(value)
    return str(value)
