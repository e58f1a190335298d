"""What anybody would say without a model: as many as last year, or on along a straight line."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

LINE_YEARS = 5


def last_value(filed: pl.DataFrame, key: Sequence[str], origin: int) -> pl.DataFrame:
    """key, last: the pupils of ``origin``.

    Args:
        filed: key, year, pupils.
    """
    return filed.filter(pl.col("year") == origin).select(*key, last="pupils")


def lines(filed: pl.DataFrame, key: Sequence[str], origin: int) -> pl.DataFrame:
    """key, slope, middle_year, middle: the least-squares line through the last years; level where there is one only."""
    known = filed.filter(pl.col("year").is_between(origin - LINE_YEARS + 1, origin) & pl.col("pupils").is_not_null())
    x, y = (pl.col("year") - origin).cast(pl.Float64), pl.col("pupils")
    n = pl.len()
    slope = ((x * y).sum() - x.sum() * y.sum() / n) / (x.pow(2).sum() - x.sum().pow(2) / n)
    return known.group_by(key).agg(
        slope=pl.when(n > 1).then(slope).otherwise(0.0), middle_year=x.mean(), middle=y.mean()
    )


def on_the_line(ahead: int) -> pl.Expr:
    """The line ``ahead`` years after the origin, never below zero."""
    return (pl.col("middle") + pl.col("slope") * (ahead - pl.col("middle_year"))).clip(0.0)
