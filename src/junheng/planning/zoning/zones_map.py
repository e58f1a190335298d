"""GeoJSON out: each zone as one outline, and the blocks with their schools; WGS84, longitude first."""

from __future__ import annotations

from typing import Any

from junheng.planning.zoning.figures import Facts
from junheng.planning.zoning.geometry import dissolved


def feature_collection(facts: Facts) -> dict[str, Any] | None:
    """A FeatureCollection of zones, blocks and schools; None where no block has degrees.

    Zones are dissolved outlines, or the points of their blocks where there are no outlines.
    """
    town = facts.town
    if town.plane is None:
        return None
    features = [_zone(facts, row) for row in facts.rows() if row["blocks"]]
    for stage, schools in facts.schools.items():
        for block, school in enumerate(map(int, schools)):
            geometry = _block(facts, block)
            if geometry is None or school < 0:
                continue
            row = town.pupils[stage][block]
            properties = {
                "kind": "block",
                "stage": stage,
                "block_code": town.blocks[block]["block_code"],
                "block_name": town.blocks[block]["block_name"],
                "school_code": town.schools[school]["school_code"],
                "school_code_before": row["school_code"],
                "pupils": int(row["pupils"]),
            }
            features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    for school in sorted(facts.open_schools):
        row = town.schools[school]
        if row["lon"] is not None and row["lat"] is not None:
            at = [round(float(row["lon"]), 6), round(float(row["lat"]), 6)]
            properties = {"kind": "school", "school_code": row["school_code"], "school_name": row["school_name"]}
            features.append(
                {"type": "Feature", "geometry": {"type": "Point", "coordinates": at}, "properties": properties}
            )
    return {"type": "FeatureCollection", "features": features}


def _zone(facts: Facts, row: dict[str, object]) -> dict[str, Any]:
    town, stage = facts.town, str(row["stage"])
    school = town.school(str(row["school_code"]))
    blocks = [block for block, own in enumerate(facts.schools[stage]) if own == school]
    properties = {"kind": "zone"} | {
        name: row[name] for name in ("stage", "school_code", "school_name", "blocks", "pupils", "seats")
    }
    return {"type": "Feature", "geometry": _zone_geometry(facts, blocks), "properties": properties}


def _zone_geometry(facts: Facts, blocks: list[int]) -> dict[str, Any] | None:
    from shapely import MultiPoint
    from shapely.geometry import mapping

    town = facts.town
    assert town.plane is not None
    if all(block in town.outlines for block in blocks):
        shape = town.plane.degrees(dissolved([town.outlines[block] for block in blocks]))
    else:
        shape = town.plane.degrees(MultiPoint([place for block in blocks if (place := town.places[block])]))
    return None if shape.is_empty else _plain(mapping(shape))


def _block(facts: Facts, block: int) -> dict[str, Any] | None:
    from shapely import Point
    from shapely.geometry import mapping

    town = facts.town
    assert town.plane is not None
    shape = town.outlines.get(block)
    if shape is None:
        place = town.places[block]
        if place is None:
            return None
        shape = Point(place)
    return _plain(mapping(town.plane.degrees(shape)))


def _plain(geometry: Any) -> dict[str, Any]:  # noqa: ANN401
    """Tuples as lists, so that what is written reads back as it was."""

    def lists(value: Any) -> Any:  # noqa: ANN401
        return [lists(item) for item in value] if isinstance(value, list | tuple) else value

    return {"type": geometry["type"], "coordinates": lists(geometry["coordinates"])}
