"""Back-tests: forecasts from earlier years held against what came, by method, horizon and size."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from junheng.base.terms import Label
from junheng.monitoring.forecast.cohort import Past
from junheng.monitoring.forecast.faults import TooShortToTestError
from junheng.monitoring.forecast.intervals import NOMINAL, bounded, calibrate, log_error
from junheng.monitoring.forecast.misses import COUNTY, METHODS, SCHOOL, SIZES, WHOLE, Misses, misses
from junheng.monitoring.forecast.panel import Panel
from junheng.monitoring.forecast.settings import Settings

ALL_SIZES = "all"


@dataclass(frozen=True)
class Backtest:
    """How well forecasts would have done.

    Attributes:
        table: level (school, county, whole), method, horizon, size (``all`` or of schools the class of the forecast),
            n, mape (mean of |error| ÷ actual), wape (Σ|error| ÷ Σ actual), median_ape, bias (Σ error ÷ Σ actual; above
            zero: too many were forecast), and of the cohort model coverage_80, coverage_95 with coverage_n, the number
            of forecasts they were measured on.
        origins: the years forecast from.
        notes: what it does not show.
    """

    table: pl.DataFrame
    origins: tuple[int, ...]
    notes: tuple[Label, ...]


def backtest_panel(panel: Panel, horizons: int, settings: Settings, name: str = "") -> Backtest:
    """Back-test on a panel.

    Raises:
        TooShortToTestError: no two school years in a row with another after them.
    """
    years = panel.years
    if not origins_of(panel):
        raise TooShortToTestError(name=name or "数据", count=len(years), years="、".join(map(str, years)))
    past = Past(panel)
    held = misses(past, origins_of(panel), horizons, settings)
    table = _errors(held.totals).join(
        _coverage(held), on=["level", "method", "horizon", "size"], how="left", maintain_order="left"
    )
    return Backtest(table, held.origins, tuple(_notes(panel, held)))


def origins_of(panel: Panel) -> list[int]:
    """Years with a move before them and a year after."""
    years = panel.years
    return [year for year in years[1:-1] if year - 1 in years]


def _errors(totals: pl.DataFrame) -> pl.DataFrame:
    found = []
    for method in METHODS:
        error = pl.col(method) - pl.col("actual")
        relative = (error.abs() / pl.col("actual")).filter(pl.col("actual") > 0)
        measures = {
            "n": pl.len(),
            "mape": relative.mean(),
            "wape": error.abs().sum() / pl.col("actual").sum(),
            "median_ape": relative.median(),
            "bias": error.sum() / pl.col("actual").sum(),
        }
        found += [each.with_columns(method=pl.lit(method)) for each in _by_size(totals, measures)]
    order = {level: place for place, level in enumerate((SCHOOL, COUNTY, WHOLE))}
    return (
        pl.concat(found)
        .sort(
            pl.col("level").replace_strict(order, return_dtype=pl.Int32),
            "size_class",
            pl.col("method").replace_strict({m: i for i, m in enumerate(METHODS)}, return_dtype=pl.Int32),
            "horizon",
        )
        .select("level", "method", "horizon", _size_words().alias("size"), "n", "mape", "wape", "median_ape", "bias")
    )


def _by_size(totals: pl.DataFrame, measures: dict[str, pl.Expr]) -> list[pl.DataFrame]:
    """Measures by level and horizon: of all sizes (class −1), and of schools by class too."""
    together = totals.group_by("level", "horizon").agg(**measures).with_columns(size_class=pl.lit(-1, pl.Int32))
    schools = totals.filter(pl.col("level") == SCHOOL).rename({"size": "size_class"})
    apart = schools.group_by("level", "horizon", "size_class").agg(**measures)
    return [together, apart.select(together.columns)]


def _size_words() -> pl.Expr:
    bounds = SIZES[SCHOOL]
    words = {-1: ALL_SIZES, 0: f"<{bounds[0]}", len(bounds): f"≥{bounds[-1]}"}
    words |= {place: f"{bounds[place - 1]}–{bounds[place] - 1}" for place in range(1, len(bounds))}
    return pl.col("size_class").replace_strict(words, return_dtype=pl.String)


def _coverage(held: Misses) -> pl.DataFrame:
    """Share of what came that lay inside the interval known beforehand: made of errors that were over by the origin."""
    key = ["level", "stage"]
    errors = held.totals.with_columns(error=log_error(pl.col("actual"), pl.col("cohort")))
    found = []
    for origin in held.origins:
        known = errors.filter(pl.col("origin") + pl.col("horizon") <= origin)
        if known.is_empty():
            continue
        said = bounded(errors.filter(pl.col("origin") == origin), calibrate(known, key), key, "cohort")
        tested = said.filter(pl.col("interval_from") == "backtest")
        inside = [
            pl.col("actual").is_between(f"low_{nominal}", f"high_{nominal}").alias(f"inside_{nominal}")
            for nominal in NOMINAL
        ]
        found.append(tested.select("level", "horizon", "size", *inside))
    if not found:
        schema = {"level": pl.String, "method": pl.String, "horizon": pl.Int32, "size": pl.String}
        return pl.DataFrame(schema=schema | {f"coverage_{c}": pl.Float64 for c in NOMINAL} | {"coverage_n": pl.UInt32})
    measures = {f"coverage_{nominal}": pl.col(f"inside_{nominal}").mean() for nominal in NOMINAL}
    table = pl.concat(_by_size(pl.concat(found), measures | {"coverage_n": pl.len()}))
    return table.select(
        "level",
        pl.lit("cohort").alias("method"),
        "horizon",
        _size_words().alias("size"),
        *measures,
        "coverage_n",
    )


def _notes(panel: Panel, held: Misses) -> list[Label]:
    origins = held.origins
    counties = panel.units["county_code"].n_unique()
    notes = [
        Label(
            f"从 {origins[0]}～{origins[-1]} 各学年分别往后预测，只用到当年为止的填报数；"
            f"{panel.years[0]}—{panel.years[-1]} 学年，{counties} 个县，{panel.units.height} 个学校学段。",
            f"Forecast from each of {origins[0]}–{origins[-1]} with what was filed until then; "
            f"{panel.years[0]}–{panel.years[-1]}, {counties} counties, {panel.units.height} stages of schools.",
        ),
        Label(
            "后来撤并、没有填报的学校不在学校一级的误差里；它们的学生去了别的学校，那里的误差照算。",
            "Schools that closed or did not file later have no errors of their own; their pupils count elsewhere.",
        ),
    ]
    if len(origins) < 4:
        notes.append(
            Label(
                f"只有 {len(origins)} 个起点：同一年里各校的误差有共同原因，学校再多也只是这几年的经验，区间可能偏窄。",
                f"Only {len(origins)} origins: errors of one year have causes in common; intervals may be too narrow.",
            )
        )
    return notes
