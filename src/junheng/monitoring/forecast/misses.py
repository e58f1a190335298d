"""By how much forecasts from earlier years missed: the material of intervals and of the back-test table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from junheng.monitoring.forecast.baselines import last_value, lines, on_the_line
from junheng.monitoring.forecast.cohort import Past, project
from junheng.monitoring.forecast.grades import ALL_GRADES, column, total_of_grades
from junheng.monitoring.forecast.settings import Settings
from junheng.monitoring.forecast.totals import project_totals

SCHOOL, COUNTY, WHOLE, GRADE = "school", "county", "whole", "grade"
METHODS = ("cohort", "last", "linear")
# Sizes by the pupils forecast: what is known when an interval is to be given.
SIZES: dict[str, tuple[int, ...]] = {
    SCHOOL: (50, 100, 200, 500, 1000, 2000),
    GRADE: (10, 20, 50, 100, 200, 500),
    COUNTY: (5_000, 20_000),
    WHOLE: (),
}
_MOST_GRADED = 20_000  # schools that the errors of grades are taken from, evenly drawn


@dataclass(frozen=True)
class Misses:
    """Forecasts from past years and what came.

    Attributes:
        totals: level, key, stage, origin, horizon, actual, cohort, last, linear, size: one row per school, county or
            whole, stage, origin and horizon of which forecast and filing are both known.
        grades: key (grade), origin, horizon, actual, cohort, size; of an even draw of schools where there are many.
        origins: the years forecast from.
    """

    totals: pl.DataFrame
    grades: pl.DataFrame
    origins: tuple[int, ...]


def misses(past: Past, origins: Sequence[int], horizons: int, settings: Settings) -> Misses:
    """Forecast from every origin with what was filed until then, and hold it against what was filed later."""
    panel = past.panel
    units = panel.units.select("unit", "county", "stage")
    filed = panel.rows.select("unit", "year", "pupils")
    by_county = _sums(filed.join(units, on="unit"), ["county", "stage"])
    whole = _sums(by_county, ["stage"])
    totals, grades = [], []
    step = -(-panel.units.height // _MOST_GRADED)
    drawn = panel.rows.filter(pl.col("unit") % step == 0)
    for origin in origins:
        years = min(horizons, panel.years[-1] - origin)
        if years < 1:
            continue
        projected = project(past, origin, years, settings)
        pupils = with_totals(past, projected, origin, years, settings).join(units, on="unit")
        of_counties = pupils.group_by("county", "stage", "year").agg(pl.col("pupils").sum())
        of_whole = of_counties.group_by("stage", "year").agg(pl.col("pupils").sum())
        totals += [
            *_held(SCHOOL, pupils, filed, ["unit"], origin, years, units),
            *_held(COUNTY, of_counties, by_county, ["county", "stage"], origin, years),
            *_held(WHOLE, of_whole, whole, ["stage"], origin, years),
        ]
        grades.append(_held_grades(projected, drawn, origin))
    return Misses(
        totals=pl.concat(totals) if totals else pl.DataFrame(schema=_TOTALS),
        grades=pl.concat(grades) if grades else pl.DataFrame(schema=_GRADES),
        origins=tuple(origins),
    )


_TOTALS = {
    "level": pl.String(),
    "stage": pl.String(),
    "origin": pl.Int32(),
    "horizon": pl.Int32(),
    "actual": pl.Float64(),
    **dict.fromkeys(METHODS, pl.Float64()),
    "size": pl.Int32(),
}
_GRADES = {
    "grade": pl.Int32(),
    "origin": pl.Int32(),
    "horizon": pl.Int32(),
    "actual": pl.Float64(),
    "cohort": pl.Float64(),
    "size": pl.Int32(),
}


def with_totals(past: Past, projected: pl.DataFrame, origin: int, years: int, settings: Settings) -> pl.DataFrame:
    """unit, year, pupils: of graded units and of those that file totals only."""
    graded = projected.select("unit", "year", pupils=total_of_grades())
    return pl.concat([graded, project_totals(past, projected, origin, years, settings)])


def _sums(frame: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Pupils by key and year; blank where one of them is: a sum without it would be too small."""
    own = pl.col("pupils")
    return frame.group_by(*key, "year").agg(pl.when(own.null_count() == 0).then(own.sum()).alias("pupils"))


def _held(
    level: str,
    forecast: pl.DataFrame,
    filed: pl.DataFrame,
    key: list[str],
    origin: int,
    years: int,
    about: pl.DataFrame | None = None,
) -> Iterator[pl.DataFrame]:
    """Forecasts of one level with what came and what the baselines said, a frame a horizon."""
    # Where a part of the base year is unknown, a sum of what is known would be held against more.
    base = last_value(filed, key, origin).filter(pl.col("last").is_not_null())
    base = base.join(lines(filed, key, origin), on=key)
    if about is not None:
        base = base.join(about.select("unit", "stage"), on="unit")
    for ahead in range(1, years + 1):
        came = filed.filter((pl.col("year") == origin + ahead) & pl.col("pupils").is_not_null())
        said = forecast.filter(pl.col("year") == origin + ahead).select(*key, cohort="pupils")
        found = said.join(came.select(*key, actual="pupils"), on=key).join(base, on=key)
        yield found.select(
            pl.lit(level).alias("level"),
            "stage",
            pl.lit(origin, pl.Int32).alias("origin"),
            pl.lit(ahead, pl.Int32).alias("horizon"),
            "actual",
            "cohort",
            "last",
            on_the_line(ahead).alias("linear"),
            size_class(level, pl.col("cohort")).alias("size"),
        )


def _held_grades(projected: pl.DataFrame, drawn: pl.DataFrame, origin: int) -> pl.DataFrame:
    both = projected.join(drawn, on=["unit", "year"], suffix="_filed")
    found = []
    for grade in ALL_GRADES:
        said, came = pl.col(column(grade)), pl.col(f"{column(grade)}_filed")
        held = both.filter(said.is_not_null() & came.is_not_null() & ((said > 0) | (came > 0)))
        found.append(
            held.select(
                pl.lit(grade, pl.Int32).alias("grade"),
                pl.lit(origin, pl.Int32).alias("origin"),
                (pl.col("year") - origin).cast(pl.Int32).alias("horizon"),
                came.alias("actual"),
                said.alias("cohort"),
                size_class(GRADE, said).alias("size"),
            )
        )
    return pl.concat(found)


def size_class(level: str, pupils: pl.Expr) -> pl.Expr:
    """How many of the level's bounds the forecast reaches."""
    found = pl.lit(0, pl.Int32)
    for bound in SIZES[level]:
        found = found + (pupils >= bound).cast(pl.Int32)
    return found
