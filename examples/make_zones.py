"""Make the example of zoning: ``python examples/make_zones.py [--seed N]``; writes zones.xlsx and zones.geojson.

A county town that does not exist: 200 blocks as polygons, 12 schools (one planned), two stages. The zones of today are
those of the nearest school, so some schools are overfull and others half empty, as after years of building.
"""

from __future__ import annotations

import argparse
import json
from math import ceil
from pathlib import Path

import numpy as np
import polars as pl
from shapely import MultiPoint, Polygon, box, voronoi_polygons
from shapely.geometry import mapping

from junheng.planning.zoning.geometry import Plane
from junheng.planning.zoning.inputs import write_inputs
from junheng.tables.catalogue import planning_tables

SEED = 7
HERE = Path(__file__).parent
LON, LAT = 115.0, 32.0  # somewhere on the plain; no real town
WIDE, HIGH = 7_000, 5_000  # metres
BLOCKS = 200
PRIMARY, JUNIOR, NINE_YEAR = 7, 3, 2
COUNTY_CODE = "990103"  # no real county can have it
NAMES = ("东关", "西关", "南门", "北门", "河滨", "文昌", "新城", "城南", "城东", "开发区", "湖畔", "育才")

Rows = list[dict[str, object]]


def make_places(random: np.random.Generator) -> np.ndarray:
    """Middles of the blocks: dense in the old town, sparse outside, pushed apart until they are of like size."""
    old = random.normal((2_600, 2_500), (900, 700), (BLOCKS // 2, 2))
    new = random.uniform((0, 0), (WIDE, HIGH), (BLOCKS - BLOCKS // 2, 2))
    places = np.clip(np.vstack([old, new]), 40, (WIDE - 40, HIGH - 40))
    for _ in range(3):
        places = np.array([(p.centroid.x, p.centroid.y) for p in outlines_of(places)])
    return places


def outlines_of(places: np.ndarray) -> list[Polygon]:
    """The part of the town that is nearest to each place."""
    town = box(0, 0, WIDE, HIGH)
    cells = voronoi_polygons(MultiPoint(places), extend_to=town, ordered=True)
    return [cell.intersection(town) for cell in cells.geoms]


def make(seed: int) -> tuple[dict[str, pl.DataFrame], dict[str, object]]:
    random = np.random.default_rng(seed)
    places = make_places(random)
    codes = [f"D{number:03d}" for number in range(1, BLOCKS + 1)]
    plane = Plane(LON, LAT)
    outlines = [plane.degrees(outline) for outline in outlines_of(places)]
    density = np.exp(-np.hypot(*(places - (3_400, 2_600)).T) / 2_500)
    primary = random.poisson(48 * density / density.mean())
    junior = random.poisson(primary * 0.5)
    kinds = ["primary"] * PRIMARY + ["junior"] * JUNIOR + ["nine_year"] * NINE_YEAR
    at = random.choice(BLOCKS, len(kinds), replace=False, p=density / density.sum())
    gates = places[at] + random.uniform(-30, 30, (len(kinds), 2))
    schools: Rows = []
    seats: Rows = []
    takes = {"primary": [k for k, kind in enumerate(kinds) if kind != "junior"],
             "junior": [k for k, kind in enumerate(kinds) if kind != "primary"]}  # fmt: skip
    planned = len(kinds) - 1
    for number, (kind, gate) in enumerate(zip(kinds, gates, strict=True)):
        lon, lat = degrees(plane, gate)
        word = {"primary": "小学", "junior": "初级中学", "nine_year": "学校"}[kind]
        schools.append(
            {
                "school_code": school_code(number),
                "school_name": f"示例县{NAMES[number]}{word}",
                "status": "new" if number == planned else "open",
                "nine_year": kind == "nine_year",
                "other_pupils": 0,
                "opening_cost": 68_000_000 if number == planned else None,
                "lon": lon,
                "lat": lat,
            }
        )
    zones: dict[str, np.ndarray] = {}
    for stage, pupils, size in (("primary", primary, 45), ("junior", junior, 50)):
        far = np.hypot(*(places[:, None] - gates[None, takes[stage]]).transpose(2, 0, 1))
        standing = [k for k in takes[stage] if k != planned]
        zones[stage] = np.array(standing)[far[:, [takes[stage].index(k) for k in standing]].argmin(axis=1)]
        total = pupils.sum() * 1.15 / len(standing)
        for k in takes[stage]:
            classes = ceil(total * random.uniform(0.8, 1.2) / size)
            seats.append({"school_code": school_code(k), "stage": stage, "classes": classes})
    blocks: Rows = [{"block_code": code, "block_name": f"{code[1:]} 号街坊"} for code in codes]
    pupils_rows: Rows = []
    for stage, pupils in (("primary", primary), ("junior", junior)):
        for block, code in enumerate(codes):
            count = int(pupils[block])
            pupils_rows.append(
                {
                    "block_code": code,
                    "stage": stage,
                    "pupils": count,
                    "siblings": int(random.binomial(count, 0.15)),
                    "school_code": school_code(int(zones[stage][block])),
                }
            )
    rule: Rows = [
        {"stage": "primary", "longest_way": 3_000, "longest_is_firm": False, "note": "示例"},
        {"stage": "junior", "longest_way": 5_000, "longest_is_firm": False, "note": "示例"},
    ]
    tables = planning_tables("zoning")
    rows = {"block": blocks, "pupils": pupils_rows, "school": schools, "seats": seats, "rule": rule}
    frames = {name: pl.DataFrame(found, schema=tables[name].schema) for name, found in rows.items()}
    return frames, collection(codes, outlines, frames)


def degrees(plane: Plane, at: np.ndarray) -> tuple[float, float]:
    from shapely import Point

    point = plane.degrees(Point(*at))
    return point.x, point.y


def school_code(number: int) -> str:
    return f"{COUNTY_CODE}{number + 1:04d}"


def collection(codes: list[str], outlines: list[Polygon], frames: dict[str, pl.DataFrame]) -> dict[str, object]:
    """The same as one map: blocks with their pupils, schools with their classes."""
    features: Rows = []
    filed = {(row["block_code"], row["stage"]): row for row in frames["pupils"].iter_rows(named=True)}
    for code, outline in zip(codes, outlines, strict=True):
        properties: dict[str, object] = {"block_code": code}
        for stage in ("primary", "junior"):
            row = filed[code, stage]
            properties |= {f"{stage}_{name}": row[name] for name in ("pupils", "siblings", "school_code")}
        features.append({"type": "Feature", "properties": properties, "geometry": mapping(outline)})
    classes = {(row["school_code"], row["stage"]): row["classes"] for row in frames["seats"].iter_rows(named=True)}
    for row in frames["school"].iter_rows(named=True):
        properties = {name: row[name] for name in ("school_code", "school_name", "status", "nine_year", "other_pupils")}
        if row["opening_cost"] is not None:
            properties["opening_cost"] = float(row["opening_cost"]) / 10_000  # filed in 万元, as the tables are
        for stage in ("primary", "junior"):
            if (row["school_code"], stage) in classes:
                properties[f"{stage}_classes"] = classes[row["school_code"], stage]
        point = {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]}
        features.append({"type": "Feature", "properties": properties, "geometry": point})
    return {"type": "FeatureCollection", "features": features}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("-o", "--output", type=Path, default=HERE, help="folder")
    chosen = arguments.parse_args()
    frames, features = make(chosen.seed)
    write_inputs(chosen.output / "zones.xlsx", frames=frames, title="学区划片输入（示例县城，合成数据）")
    text = json.dumps(features, ensure_ascii=False, separators=(",", ":"))
    (chosen.output / "zones.geojson").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
