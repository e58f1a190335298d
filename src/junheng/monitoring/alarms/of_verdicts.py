"""Warnings about verdicts: of the county, of a part, of one measure; and data that are no longer there."""

from __future__ import annotations

import polars as pl

from junheng.base.exact import NEAR
from junheng.base.outcome import Outcome
from junheng.monitoring.alarms.material import Material, found
from junheng.monitoring.declared import WarningRule
from junheng.monitoring.schools import PASSES

_UNMET, _UNKNOWN = str(Outcome.UNMET), str(Outcome.UNKNOWN)


def verdict_lost(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """The county passed the year before and no longer does; ``count`` is how many of its limits moved."""
    return _lost(material, material.counties, [])


def part_lost(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """A part was met the year before and no longer is; ``count`` is how many limits of it moved."""
    found_parts = _lost(material, material.parts, ["part"])
    return found_parts.with_columns(kind=pl.lit("part"), name="part")


def _lost(material: Material, frame: pl.LazyFrame, of: list[str]) -> pl.LazyFrame:
    key = ["county_code", *of]
    now = frame.filter((pl.col("school_year") == material.year) & (pl.col("outcome") == _UNMET))
    before = frame.filter((pl.col("school_year") == material.year - 1) & pl.col("outcome").is_in(PASSES))
    moved = material.moved_now.filter("limit_moved").group_by(key).agg(pl.len().cast(pl.Int64).alias("count"))
    lost = now.join(before.select(*key, was="outcome"), on=key).join(moved, on=key, how="left")
    years = {"first_year": pl.col("school_year") - 1, "now": pl.col("outcome"), "count": pl.col("count").fill_null(0)}
    return found(lost, kind=pl.lit("verdict"), name=pl.lit("verdict"), **years)


def measure_lost(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """A measure passed the year before and misses its limit now, though not because the limit moved."""
    return _measures_lost(material, rule, ~_by_limit())


def limit_moved(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """A measure misses its limit now that it would have missed the year before as well."""
    return _measures_lost(material, rule, _by_limit())


def _measures_lost(material: Material, rule: WarningRule, which: pl.Expr) -> pl.LazyFrame:
    lost = pl.col("last_outcome").is_in(PASSES) & (pl.col("outcome") == _UNMET)
    frame = material.moved_now.filter(lost & pl.col("kind").is_in(list(rule.measures)) & which)
    return found(frame, **_beside())


def _beside() -> dict[str, pl.Expr]:
    return {
        "first_year": pl.col("school_year") - 1,
        "was": pl.col("last_outcome"),
        "now": pl.col("outcome"),
        "before": pl.col("last_value"),
    }


def _by_limit() -> pl.Expr:
    """Whether the limit moved and last year's value misses the new one."""
    value, limit, operator = pl.col("last_value"), pl.col("limit"), pl.col("operator")
    # Within the last digits of a float the two are equal: 0.45 said twice is the same limit.
    off = NEAR * limit.abs()
    missed = (
        pl.when(operator == "at_least")
        .then(value < limit - off)
        .when(operator == "at_most")
        .then(value > limit + off)
        .when(operator == "above")
        .then(value <= limit + off)
        .otherwise(value >= limit - off)
    )
    return pl.col("limit_moved") & missed.fill_null(False)


def data_gone(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """A measure was judged the year before and cannot be now."""
    known = pl.col("last_outcome").is_not_null() & (pl.col("last_outcome") != _UNKNOWN)
    gone = known & pl.col("last_value").is_not_null() & (pl.col("outcome") == _UNKNOWN)
    frame = material.moved_now.filter(gone & pl.col("kind").is_in(list(rule.measures)))
    # A value that rests on the schools that filed is partial: it is not said.
    return found(frame, **_beside(), value=pl.lit(None))


def county_gone(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """A county was judged the year before, and nothing of it is there now."""
    of_year = material.counties.filter(pl.col("school_year") == material.year)
    before = material.counties.filter(pl.col("school_year") == material.year - 1)
    gone = before.join(of_year, on="county_code", how="anti")
    year = {"school_year": pl.lit(material.year), "first_year": pl.col("school_year")}
    return found(gone, kind=pl.lit("verdict"), name=pl.lit("verdict"), was=pl.col("outcome"), **year)
