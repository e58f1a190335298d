"""Rosters for tests: a person is said by what differs from an ordinary teacher."""

from __future__ import annotations

from random import Random
from typing import Any

import polars as pl

from junheng.tables.catalogue import roster_tables
from junheng.tables.dataset import Dataset

TABLES = roster_tables()
YEAR = 2025
_TEACHER = {
    "school_year": YEAR,
    "school_code": "A",
    "sex": "female",
    "birth_year": 1985,
    "teaching_since": 2008,
    "at_school_since": 2010,
    "attendance": "own",
    "post": "fulltime",
    "on_post": True,
    "stage": "primary",
    "subject": "chinese",
    "degree": "bachelor",
    "title": "middle",
    "backbone_level": "no",
    "certificate": True,
    "training_hours": 360,
}


def person(number: object, **differs: Any) -> dict[str, Any]:
    return {**_TEACHER, "staff_no": f"T{number}", **differs}


def a_class(name: object, pupils: int | None, grade: int = 1, school: str = "A", **differs: Any) -> dict[str, Any]:
    stage = "primary" if grade <= 6 else "junior"
    row = {"school_code": school, "school_year": YEAR, "stage": stage, "grade": grade, "class_name": str(name)}
    return {**row, "pupils": pupils, **differs}


def rosters(*people: dict[str, Any], classes: Any = (), schools: Any = ()) -> Dataset:
    rows = {"teacher": list(people), "class": list(classes), "school": list(schools)}
    frames = {name: pl.DataFrame(rows[name], schema=TABLES[name].schema) for name in rows}
    return Dataset(TABLES, frames, name="花名册")


def any_roster(seed: int) -> Dataset:
    """People of few schools with blanks everywhere and many listed twice."""
    rng = Random(seed)

    def some(*values: Any) -> Any:
        return rng.choice((*values, *values, *values, None))

    people = {}
    for _ in range(300):
        row = person(
            rng.randrange(200),
            school_code=rng.choice("ABCD"),
            school_year=rng.choice((2024, 2025)),
            at_school_since=some(2010, 2015, 2020),
            attendance=rng.choice(("own", "own", "own", "visiting")),
            post=rng.choice(("fulltime", "fulltime", "fulltime", "worker", "temporary")),
            on_post=rng.random() < 0.9,
            stage=rng.choice(("primary", "primary", "junior", "junior", None if seed % 2 else "junior")),
            subject=some("pe", "music", "chinese"),
            degree=rng.choice(("doctor", "bachelor", "secondary", "below_secondary", None if seed % 3 else "bachelor")),
            title=some("senior", "professor", "middle"),
            backbone_level=some("no", "county", "nation"),
            certificate=some(True, False),
            training_hours=some(0, 359, 360, 500),
        )
        people[row["school_year"], row["staff_no"], row["school_code"]] = row
    return rosters(*people.values())
