"""The filing of a year to come under today's resources: forecast pupils, and everything else as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from junheng.base.terms import Stage
from junheng.tables.dataset import Dataset
from junheng.tables.school_years import YEAR_STARTS


def with_closures(dataset: Dataset, closes: Mapping[str, int]) -> Dataset:
    """``dataset`` with planned closures in its register: by school, the first school year without pupils."""
    if not closes:
        return dataset
    days = {school: date(year, *YEAR_STARTS) for school, year in closes.items()}
    planned = pl.col("school_code").replace_strict(days, default=None, return_dtype=pl.Date)
    school = dataset["school"].with_columns(closed_on=pl.coalesce(planned, "closed_on"))
    return replace(dataset, frames={**dataset.frames, "school": school}, snapshot="", parts={})


# What a school has, whoever learns there: teachers and classes. All else that is filed of a stage describes its pupils.
_RESOURCES = ("classes", "backbone_teachers", "visiting_pe_arts_teachers", "certified_teachers")


def future_dataset(dataset: Dataset, base: int, year: int, pupils: pl.DataFrame) -> Dataset:
    """``dataset`` as it would be filed in ``year`` if only the pupils changed.

    Blank is what a forecast does not say: bands of class sizes, the largest class, pupils by origin, results. Schools
    without a forecast keep their row with pupils blank; those with none left are gone. Senior pupils stay as many.

    Args:
        pupils: school_code, stage, pupils of the year; rounded here.
    """
    frames = dict(dataset.frames)
    for name, frame in dataset.frames.items():
        if ("school_year" in frame.columns and "school_code" in frame.columns) or name == "county_year":
            frames[name] = frame.filter(pl.col("school_year") == base).with_columns(
                pl.lit(year, pl.Int64).alias("school_year")
            )
    frames["stage_year"] = _stages(frames["stage_year"], pupils)
    frames["class"] = frames["class"].clear()
    frames["school"] = frames["school"].filter(
        ~pl.col("school_code").is_in(_ended(frames["stage_year"], dataset["stage_year"], base).implode())
    )
    return replace(dataset, frames=frames, origins={}, snapshot="", parts={})


def _stages(filed: pl.DataFrame, pupils: pl.DataFrame) -> pl.DataFrame:
    kept = {"school_code", "school_year", "stage"} | set(_RESOURCES)
    kept |= {name for name in filed.columns if name == "teachers" or name.startswith("teachers_")}
    kinds = filed.schema
    said = pupils.select(
        "school_code", "stage", pl.col("pupils").round(mode="half_away_from_zero").cast(pl.Int64).alias("said")
    )
    joined = filed.join(said, on=["school_code", "stage"], how="left", maintain_order="left")
    is_senior = pl.col("stage") == Stage.SENIOR
    blank = [pl.lit(None, kinds[name]).alias(name) for name in filed.columns if name not in kept | {"pupils"}]
    return joined.with_columns(
        pl.when(is_senior).then(pl.col("pupils")).otherwise(pl.col("said")).alias("pupils"), *blank
    ).select(filed.columns)


def _ended(later: pl.DataFrame, filed: pl.DataFrame, base: int) -> pl.Series:
    """Schools that had pupils and will have none in any stage: they do not stay open for nobody."""
    had = filed.filter((pl.col("school_year") == base) & (pl.col("pupils") > 0))["school_code"].unique()
    none = later.group_by("school_code").agg(empty=(pl.col("pupils") == 0).all() & (pl.col("pupils").null_count() == 0))
    return none.filter("empty" & pl.col("school_code").is_in(had.implode()))["school_code"]
