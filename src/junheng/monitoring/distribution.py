"""分布: how a measure is spread over counties, an indicator over schools, and how many counties pass."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from junheng.base.outcome import Outcome
from junheng.monitoring.schools import PASSES, measured

REGIONS = {"nation": 0, "province": 2, "city": 4, "county": 6}
_QUANTILES = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}
_UNMET, _UNKNOWN = str(Outcome.UNMET), str(Outcome.UNKNOWN)


def group_of(by: str) -> pl.Expr:
    """The region a county counts in: the beginning of its code; the nation is blank."""
    return pl.col("county_code").str.slice(0, REGIONS[by])


def _spread(value: pl.Expr) -> list[pl.Expr]:
    """Linear between the two nearest of the sorted values, like a spreadsheet's PERCENTILE.INC."""
    quantiles = [value.quantile(at, interpolation="linear").alias(name) for name, at in _QUANTILES.items()]
    return [value.min().alias("lowest"), *quantiles, value.max().alias("highest")]


def distribution(measures: pl.LazyFrame, by: str = "nation") -> pl.LazyFrame:
    """Each measure over the counties of a region and year, every county counting once.

    Returns:
        group, school_year, kind, stage, name, counties, known, missing, lowest, p10, p25, p50, p75, p90, highest,
        mean, passed, failed, unknown. A partial value (无法判定) is missing.
    """
    known = pl.col("value").is_finite() & pl.col("outcome").ne_missing(_UNKNOWN)
    value = pl.when(known).then("value")
    key = ["group", "school_year", "kind", "stage", "name"]
    return (
        measures.with_columns(group=group_of(by), value=value)
        .group_by(key)
        .agg(
            pl.len().cast(pl.Int64).alias("counties"),
            pl.col("value").count().cast(pl.Int64).alias("known"),
            pl.col("value").null_count().cast(pl.Int64).alias("missing"),
            *_spread(pl.col("value")),
            pl.col("value").mean().alias("mean"),
            *_outcomes(),
        )
        .sort(key)
    )


def _outcomes() -> list[pl.Expr]:
    outcome = pl.col("outcome")
    return [
        outcome.is_in(PASSES).sum().cast(pl.Int64).alias("passed"),
        (outcome == _UNMET).sum().cast(pl.Int64).alias("failed"),
        (outcome == _UNKNOWN).sum().cast(pl.Int64).alias("unknown"),
    ]


def histogram(ranked: pl.LazyFrame, bins: int = 20) -> pl.DataFrame:
    """Bars of the ranked values of each year: school_year, from, to, counties. Equal width, the same for all years.

    Args:
        ranked: see ``ranking``; what is not ranked is in no bar.
    """
    values = ranked.filter(pl.col("rank").is_not_null()).select("school_year", "value").collect()
    schema = {"school_year": pl.Int64, "from": pl.Float64, "to": pl.Float64, "counties": pl.Int64}
    if values.is_empty():
        return pl.DataFrame(schema=schema)
    low, high = values["value"].min(), values["value"].max()
    width = ((high - low) / bins) or 1.0  # type: ignore[operator]  # floats, the frame not being empty
    count = bins if high > low else 1  # type: ignore[operator]
    place = ((pl.col("value") - low) / width).floor().cast(pl.Int64).clip(0, count - 1)
    counted = values.group_by("school_year", place.alias("bar")).agg(pl.len().cast(pl.Int64).alias("counties"))
    bars = values.select("school_year").unique().join(pl.DataFrame({"bar": range(count)}), how="cross")
    joined = bars.join(counted, on=["school_year", "bar"], how="left").sort("school_year", "bar")
    return joined.select(
        "school_year",
        (low + pl.col("bar") * width).alias("from"),
        (low + (pl.col("bar") + 1) * width).alias("to"),
        pl.col("counties").fill_null(0),
    )


def school_distribution(schools: pl.LazyFrame, indicators: Sequence[str], by: str) -> pl.DataFrame:
    """Each resource indicator over the rows of schools in scope, by a column of theirs or by province.

    Returns:
        school_year, stage, indicator, group, schools, known, pupils (of the known), mean (weighted by pupils),
        lowest, p10 … p90, highest (every school counts once), passed_share (of the known).
    """
    schools, indicators = measured(schools, indicators)
    in_scope = schools.filter(pl.col("left_out").is_null())
    group = group_of(by) if by in REGIONS else pl.col(by).cast(pl.String)
    found = []
    for name in indicators:
        value = pl.when(pl.col(f"{name}__value").is_finite() & (pl.col("pupils") > 0)).then(f"{name}__value")
        frame = in_scope.select(
            "school_year", "stage", group.alias("group"), "pupils", outcome=f"{name}__outcome", value=value
        )
        pupils = pl.when(pl.col("value").is_not_null()).then("pupils")
        found.append(
            frame.group_by("school_year", "stage", "group").agg(
                pl.lit(name).alias("indicator"),
                pl.len().cast(pl.Int64).alias("schools"),
                pl.col("value").count().cast(pl.Int64).alias("known"),
                pupils.sum().alias("pupils"),
                pl.when(pupils.sum() > 0).then((pupils * pl.col("value")).sum() / pupils.sum()).alias("mean"),
                *_spread(pl.col("value")),
                pl.when(pl.col("value").count() > 0)
                .then((pl.col("outcome").is_in(PASSES) & pl.col("value").is_not_null()).sum() / pl.col("value").count())
                .alias("passed_share"),
            )
        )
    order = ["school_year", "stage", "indicator", "group"]
    return pl.concat(pl.collect_all(found)).select(*order, pl.exclude(order)).sort(order)


def pass_shares(counties: pl.LazyFrame, by: str = "nation") -> pl.LazyFrame:
    """Counties that pass, by region and year.

    Returns:
        group, school_year, counties, passed, failed, unknown, share (passed of counties; 0 to 1), schools,
        schools_met, schools_share.
    """
    return (
        counties.group_by(group_of(by).alias("group"), "school_year")
        .agg(
            pl.len().cast(pl.Int64).alias("counties"),
            *_outcomes(),
            pl.col("schools").cast(pl.Int64).sum(),
            pl.col("met").cast(pl.Int64).sum().alias("schools_met"),
        )
        .with_columns(
            share=pl.col("passed") / pl.col("counties"),
            schools_share=pl.when(pl.col("schools") > 0).then(pl.col("schools_met") / pl.col("schools")),
        )
        .sort("group", "school_year")
    )
