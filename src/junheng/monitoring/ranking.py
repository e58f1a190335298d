"""排名: counties by one measure, in the nation and in their province. Equal values share a rank; blanks have none."""

from __future__ import annotations

import polars as pl

from junheng.base.outcome import Outcome
from junheng.monitoring.measured import SHARE, SHARE_OF_SCHOOLS

_UNKNOWN = str(Outcome.UNKNOWN)


def ranking(
    measures: pl.LazyFrame, counties: pl.LazyFrame, kind: str, name: str, stage: str | None = None
) -> pl.LazyFrame:
    """Rank the counties of each year by a measure, the best first.

    Args:
        measures, counties: see ``Observed``.
        kind: cv, check, rows; or ``share`` with the name ``met_share``: the share of schools that pass.

    Returns:
        school_year, rank, of (counties with a value), province_rank, province_of, county_code, county_name, province,
        value, room, outcome. A value that is missing, or partial (无法判定), is not ranked; it stands last.
    """
    if (kind, name) == (SHARE, SHARE_OF_SCHOOLS):
        frame = _shares(counties)
    else:
        same_stage = pl.col("stage").is_null() if stage is None else pl.col("stage") == stage
        frame = measures.filter((pl.col("kind") == kind) & (pl.col("name") == name) & same_stage)
    known = pl.col("value").is_finite() & pl.col("outcome").ne_missing(_UNKNOWN)
    if kind == SHARE:
        known = pl.col("value").is_not_null()
    more_is_better = (pl.col("operator").is_in(["at_least", "above"])).fill_null(False)
    names = counties.select("county_code", "school_year", "county_name")
    best = pl.when(known).then(pl.when(more_is_better).then(-pl.col("value")).otherwise(pl.col("value")))
    year, province = ["school_year"], ["school_year", "province"]
    return (
        frame.select("county_code", "school_year", "value", "operator", "room", "outcome")
        .join(names, on=["county_code", "school_year"], how="left")
        .with_columns(province=pl.col("county_code").str.slice(0, 2), best=best)
        .with_columns(
            rank=pl.col("best").rank("min").over(year).cast(pl.Int64),
            of=pl.col("best").count().over(year).cast(pl.Int64),
            province_rank=pl.col("best").rank("min").over(province).cast(pl.Int64),
            province_of=pl.col("best").count().over(province).cast(pl.Int64),
        )
        .sort("school_year", "rank", "county_code", nulls_last=True)
        .select(
            "school_year", "rank", "of", "province_rank", "province_of", "county_code", "county_name", "province",
            "value", "room", "outcome",
        )
    )  # fmt: skip


def _shares(counties: pl.LazyFrame) -> pl.LazyFrame:
    """The share of rows of school and stage that pass; what cannot be judged counts as a row that does not."""
    return counties.select(
        "county_code",
        "school_year",
        pl.when(pl.col("schools") > 0).then(pl.col("met") / pl.col("schools")).alias("value"),
        pl.lit("at_least").alias("operator"),
        pl.lit(None, pl.Float64).alias("room"),
        "outcome",
    )
