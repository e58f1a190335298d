"""Small frames to watch, written as they are read: county, year, value."""

from __future__ import annotations

import polars as pl

from junheng.monitoring.alarms.material import Material
from junheng.monitoring.direction import directions
from junheng.monitoring.measured import Measured
from junheng.monitoring.observed import MEASURES, room_expression
from junheng.monitoring.schools import sizes
from junheng.standards.library import load_standard

STANDARD = load_standard("CN/youzhi_2017")
AREA, BACKBONE = "teaching_area_per_pupil", "backbone_teachers_per_100"
INDICATORS = tuple(STANDARD.resources)


def measure(
    values, *, county="330101", name=AREA, kind="cv", stage="primary", limit=0.5, operator="at_most", unknown=()
):
    """Rows of one measure: year → value, each year with its limit (one for all, or by year)."""
    limits = limit if isinstance(limit, dict) else dict.fromkeys(values, limit)
    rows = pl.DataFrame(
        [
            {
                "county_code": county, "school_year": year, "kind": kind, "stage": stage, "part": "balance",
                "name": name, "value": value, "operator": operator, "limit": limits[year], "room": None,
                "outcome": "unknown" if value is None or year in unknown else _outcome(value, operator, limits[year]),
            }
            for year, value in values.items()
        ],
        schema=MEASURES,
    )  # fmt: skip
    return rows.with_columns(room=room_expression(pl.col("value"), pl.col("operator"), pl.col("limit")))


def _outcome(value, operator, limit):
    if limit is None:
        return None
    passes = value <= limit if operator == "at_most" else value >= limit if operator == "at_least" else value < limit
    return "met" if passes else "unmet"


def counties(outcomes, *, county="330101", name="合成一县"):
    """year → outcome."""
    return pl.DataFrame(
        [
            {
                "county_code": county, "county_name": name, "school_year": year, "outcome": outcome, "schools": 4,
                "met": 3, "unmet": 1, "unknown": 0, "pupils": 1000,
            }
            for year, outcome in outcomes.items()
        ]
    )  # fmt: skip


def school(code, year, **given):
    """A row of a school: in scope, 100 pupils in 3 classes, in a village, everything met."""
    row = {
        "county_code": "330101", "school_code": code, "stage": "primary", "school_year": year,
        "school_name": f"{code}小学", "town": "东镇", "school_kind": "211", "location": "rural", "operator": "county",
        "boarding": 0, "pupils": 100, "classes": 3, "boarders": 0, "migrant_pupils": 0, "left_behind_pupils": 0,
        "classes_over_55": 0, "classes_over_65": 0, "left_out": None, "outcome": "met",
    }  # fmt: skip
    for name in INDICATORS:
        row |= {
            f"{name}__value": 10.0,
            f"{name}__limit": 5.0,
            f"{name}__operator": "at_least",
            f"{name}__outcome": "met",
        }
    return row | given


def schools(rows):
    kinds = {"left_out": pl.Int64, "town": pl.String, "location": pl.String, "pupils": pl.Int64, "classes": pl.Int64}
    numbers = ("boarders", "migrant_pupils", "left_behind_pupils", "classes_over_55", "classes_over_65")
    kinds |= dict.fromkeys(numbers, pl.Int64) | {f"{name}__value": pl.Float64 for name in INDICATORS}
    return pl.DataFrame(rows, schema_overrides=kinds, infer_schema_length=None)


def material(year, *, measures=None, verdicts=None, parts=None, rows=None):
    """What the warnings of a year are found from; what is not given is empty or quiet."""
    watched = schools(rows if rows is not None else [school("s1", year)]).lazy()
    measured = pl.concat(measures) if measures else pl.DataFrame(schema=MEASURES)
    none = pl.DataFrame(schema=dict.fromkeys(("county_code", "part", "outcome"), pl.String) | {"school_year": pl.Int64})
    return Material(
        year=year,
        standard=STANDARD,
        counties=(verdicts if verdicts is not None else counties({year: "met"})).lazy(),
        parts=(parts if parts is not None else none).lazy(),
        schools=watched,
        moved=directions(measured.lazy()),
        traits=Measured(STANDARD).traits().lazy(),
        sizes=sizes(watched),
    )
