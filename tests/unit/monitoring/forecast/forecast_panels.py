"""Small counties over some years, from grades typed in a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from junheng.monitoring.forecast.panel import Panel, panel_of
from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset

TABLES = load_tables()
Grades = Mapping[tuple[str, int], Sequence[int | None]]


def dataset_of(grades: Grades, about: Mapping[str, Mapping[str, Any]] | None = None, **columns: Any) -> Dataset:
    """Schools and their stages by (school, year) → pupils from grade 1, or from grade 7 for codes that begin with J.

    Args:
        about: of the register, by school.
        columns: the same for every row of the stages.
    """
    stages, schools = [], {}
    for (school, year), pupils in grades.items():
        junior = school.startswith("J")
        first = 7 if junior else 1
        row = {f"grade_{first + place}": count for place, count in enumerate(pupils)}
        known = [count for count in pupils if count is not None]
        total = sum(known) if len(known) == len(pupils) else None
        named = {
            "school_code": school,
            "school_year": year,
            "stage": "junior" if junior else "primary",
            "pupils": total,
        }
        stages.append(named | row | columns)
        schools[school] = {"school_code": school, "school_name": school, "county_code": "330101", "location": "town"}
        schools[school] |= {"town": "镇", "school_kind": "311" if junior else "211"} | dict(
            (about or {}).get(school, {})
        )
    return filled({"school": list(schools.values()), "stage_year": stages})


def filled(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Dataset:
    frames = {
        name: pl.DataFrame(
            [{column: row.get(column) for column in table.schema} for row in rows.get(name, ())], schema=table.schema
        )
        for name, table in TABLES.tables.items()
    }
    return Dataset(TABLES, frames, name="小县")


def panel(grades: Grades, about: Mapping[str, Mapping[str, Any]] | None = None) -> Panel:
    return panel_of(dataset_of(grades, about))


def steady(school: str, years: range, pupils: Sequence[int]) -> dict[tuple[str, int], Sequence[int]]:
    """The same grades every year."""
    return {(school, year): pupils for year in years}


def day(year: int) -> date:
    return date(year, 9, 1)
