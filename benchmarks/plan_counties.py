"""Counties for the resource planner: complete, without error, and unequal enough that the 差异系数 stand in the way."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.generate import make_counties
from junheng.standards.library import load_standard
from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement

COUNTY = "990000"
DAY = date(2025, 12, 31)
MORE = 1.2  # so many times the schools are drawn that enough of them have filed everything
DEGREES = ("teachers_doctor", "teachers_master", "teachers_bachelor", "teachers_associate", "teachers_secondary")
ARTS = ("teachers_pe", "teachers_music", "teachers_fine_arts", "teachers_arts")
OF_SCHOOL = ("teaching_area", "sports_ground_area", "equipment_value", "multimedia_classrooms", "computers", "books")

Reals = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


def make_county(schools: int, seed: int, spread: float = 0.35) -> Dataset:
    """One county with so many schools, each with everything filed.

    Args:
        spread: how unequal: the standard deviation of the logarithms of the factors by which each amount of each
            school is multiplied. At 0.35 most coefficients of 2017 begin between 0.4 and 0.7, at 0.2 most are kept.
    """
    drawn = int(schools * MORE) + 10
    frames = make_counties(1, seed, schools=(drawn, drawn))
    own = _complete(frames)[:schools]
    for name in ("school", "school_year", "stage_year"):
        frames[name] = frames[name].filter(pl.col("school_code").is_in(own))
    rng = np.random.default_rng([seed, 1])
    frames["stage_year"] = _stages(rng, frames["stage_year"], spread)
    frames["school_year"] = _schools(rng, frames["school_year"], spread)
    tables = load_tables()
    return Dataset(tables, {name: frames.get(name, table.empty()) for name, table in tables.tables.items()})


def judged(schools: int, seed: int, spread: float = 0.35, standard: str = "CN/youzhi_2017") -> Judgement:
    """The judgement of such a county."""
    return judge(make_county(schools, seed, spread), load_standard(standard), DAY)


def _complete(frames: dict[str, pl.DataFrame]) -> list[str]:
    """The schools that left nothing blank that others file, and have pupils in each stage; in order."""
    lacking = set(frames["stage_year"].filter(pl.col("pupils").fill_null(0) == 0)["school_code"])
    for name in ("school_year", "stage_year"):
        frame = frames[name]
        senior = pl.col("stage") == "senior" if "stage" in frame.columns else pl.lit(False)
        for column in frame.columns:
            blank = frame.filter(pl.col(column).is_null())
            if blank.height < frame.height / 20:
                lacking |= set(blank["school_code"])
            elif name == "stage_year" and blank.filter(~senior).height < frame.height / 20:
                lacking |= set(blank.filter(~senior)["school_code"])
    return [code for code in frames["school"]["school_code"] if code not in lacking]


def _stages(rng: np.random.Generator, frame: pl.DataFrame, spread: float) -> pl.DataFrame:
    """Teachers by one factor a stage; backbone and arts teachers by one more. Parts stay within their whole."""

    def times(name: str, factor: Reals) -> Numbers:
        filed = frame[name].fill_null(0).cast(pl.Float64).to_numpy()
        return np.round(filed * factor).astype(np.int64)

    def factors() -> Reals:
        return np.exp(rng.normal(0, spread, frame.height))

    own = factors()
    changed: dict[str, Numbers] = {name: times(name, own) for name in DEGREES}
    changed["teachers_bachelor"] += 1  # no stage is without a teacher
    teachers = np.sum([changed[name] for name in DEGREES], axis=0)
    changed["teachers"] = changed["certified_teachers"] = changed["teachers_360_hours"] = teachers
    changed["backbone_teachers"] = np.minimum(times("backbone_teachers", own * factors()), teachers)
    arts = own * factors()
    for parts, factor in ((("teachers_mid_title", "teachers_senior_title"), own), (ARTS, arts)):
        left = teachers
        for name in parts:
            changed[name] = np.minimum(times(name, factor), left)
            left = left - changed[name]
    compulsory = pl.col("stage") != "senior"
    return frame.with_columns(
        pl.when(compulsory).then(pl.Series(name, values).cast(frame.schema[name])).alias(name)
        for name, values in changed.items()
    )


def _schools(rng: np.random.Generator, frame: pl.DataFrame, spread: float) -> pl.DataFrame:
    """What is filed for the whole school, each amount by a factor of its own."""
    changed: dict[str, Any] = {}
    for name in OF_SCHOOL:
        factor = pl.Series(np.exp(rng.normal(0, spread, frame.height)))
        places = 0 if frame.schema[name].is_integer() else 2
        changed[name] = (frame[name].cast(pl.Float64) * factor).round(places).cast(frame.schema[name])
    return frame.with_columns(**changed).with_columns(pl.max_horizontal("building_area", "teaching_area"))
