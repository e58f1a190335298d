"""差异来源: which schools drive which coefficient, by their share of S²."""

from __future__ import annotations

import polars as pl

from junheng.verdict.balance import COMPOSITE, contributions
from junheng.verdict.judgement import Judgement

_SCHEMA = {
    **dict.fromkeys(("county_code", "stage", "indicator", "school_code", "school_name"), pl.String),
    "place": pl.Int64,
    "pupils": pl.Int64,
    "value": pl.Float64,
    "mean": pl.Float64,
    "share": pl.Float64,
}


def drivers(judgement: Judgement, most: int = 10) -> pl.DataFrame:
    """The schools with the largest share of S² of each coefficient.

    Args:
        most: how many schools per county, stage and indicator.

    Returns:
        county_code, stage, indicator, school_code, school_name, place (1 is the largest share), pupils, value, mean
        (of the county, in the indicator's unit), share (0 … 1).
    """
    found = []
    for row in judgement.balance.iter_rows(named=True):
        if row["indicator"] == COMPOSITE or row["mean"] is None:
            continue
        here = judgement.in_scope.filter(
            (pl.col("county_code") == row["county_code"]) & (pl.col("stage") == row["stage"])
        )
        top = contributions(here, row["indicator"], row["mean"], weighted=judgement.standard.weighted).head(most)
        named = {name: pl.lit(row[name]) for name in ("county_code", "stage", "indicator", "mean")}
        place = pl.int_range(1, top.height + 1, dtype=pl.Int64)
        found.append(top.with_columns(**named, place=place).select(pl.col(c).cast(t) for c, t in _SCHEMA.items()))
    return pl.concat(found) if found else pl.DataFrame(schema=_SCHEMA)
