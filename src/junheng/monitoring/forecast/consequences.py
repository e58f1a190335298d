"""What forecast pupils mean for classes, places and teachers when nothing else changes."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from junheng.monitoring.forecast.grades import ALL_GRADES, column

_SUMS = ("pupils", "classes_today", "classes_needed", "places", "places_short", "teachers_today", "teachers_needed",
         "teachers_short")  # fmt: skip


def consequences(
    schools: pl.DataFrame,
    projected: pl.DataFrame,
    today: pl.DataFrame,
    limits: Mapping[str, int],
    pupils_per_teacher: Mapping[str, float],
) -> pl.DataFrame:
    """A row per school, stage and forecast year.

    Args:
        schools: unit, county_code, school_code, stage, school_year, pupils, method. Those to be opened (``new``) have
            no classes and teachers today, and the county's ratio of pupils to teachers.
        projected: unit, year, grade_1 … grade_9.
        today: school_code, stage, pupils, classes, teachers, as filed in the base year.
        limits: pupils a class may have, by stage.
        pupils_per_teacher: a ratio declared by stage; elsewhere each school keeps today's.

    Returns:
        class_limit, class_size (with today's classes), classes_needed (each grade by itself, no class above the limit),
        places (today's classes × limit), places_short, teachers_needed, teachers_short. Blank is what cannot be said.
    """
    by_stage = pl.col("stage")
    limit = by_stage.replace_strict(dict(limits), default=None, return_dtype=pl.Int64)
    declared = by_stage.replace_strict(dict(pupils_per_teacher), default=None, return_dtype=pl.Float64)
    found = schools.select("unit", "county_code", "school_code", "stage", "school_year", "pupils", "method")
    found = found.join(_rounded(projected), on=["unit", "school_year"], how="left", maintain_order="left")
    about = today.select(
        "school_code",
        "stage",
        pl.col("pupils").cast(pl.Float64).alias("pupils_today"),
        pl.col("classes").alias("classes_today"),
        pl.col("teachers").alias("teachers_today"),
    )
    found = found.join(about, on=["school_code", "stage"], how="left", maintain_order="left")
    is_new = pl.col("method") == "new"
    found = found.with_columns(
        pl.when(is_new).then(0).otherwise(pl.col(name)).alias(name) for name in ("classes_today", "teachers_today")
    )
    known = pl.col("pupils_today").is_not_null() & (pl.col("teachers_today") > 0)
    own = pl.when(known).then(pl.col("pupils_today") / pl.col("teachers_today"))
    told = pl.when(known).then(pl.col("pupils_today")).sum(), pl.when(known).then(pl.col("teachers_today")).sum()
    of_county = pl.when(told[1] > 0).then(told[0] / told[1]).over("county_code", "stage", "school_year")
    ratio = pl.coalesce(declared, pl.when(is_new).then(of_county).otherwise(own))
    count = pl.col("pupils").round(mode="half_away_from_zero")
    classes = [(pl.col(column(grade)) / pl.col("class_limit")).ceil() for grade in ALL_GRADES]
    is_graded = pl.any_horizontal(pl.col(column(grade)).is_not_null() for grade in ALL_GRADES)
    found = found.with_columns(class_limit=limit)
    found = found.with_columns(
        class_size=pl.when(pl.col("classes_today") > 0).then(pl.col("pupils") / pl.col("classes_today")),
        classes_needed=pl.when(is_graded & limit.is_not_null()).then(pl.sum_horizontal(classes)).cast(pl.Int64),
        places=pl.col("classes_today") * pl.col("class_limit"),
        teachers_needed=pl.when(ratio > 0).then((count / ratio - 1e-9).ceil()).cast(pl.Int64),
    )
    return found.select(
        "county_code",
        "school_code",
        "stage",
        "school_year",
        "pupils",
        "classes_today",
        "class_limit",
        "class_size",
        "classes_needed",
        "places",
        (count.cast(pl.Int64) - pl.col("places")).clip(0).alias("places_short"),
        "teachers_today",
        "teachers_needed",
        (pl.col("teachers_needed") - pl.col("teachers_today")).clip(0).alias("teachers_short"),
    )


def _rounded(projected: pl.DataFrame) -> pl.DataFrame:
    names = [column(grade) for grade in ALL_GRADES]
    return projected.select(
        "unit",
        pl.col("year").alias("school_year"),
        *(pl.col(name).round(mode="half_away_from_zero") for name in names),
    )


def by_county(found: pl.DataFrame) -> pl.DataFrame:
    """The sums of a county and stage; blank where a school is: a sum without it would be too small."""
    sums = [pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name) for name in _SUMS]
    return found.group_by("county_code", "stage", "school_year", maintain_order=True).agg(sums)
