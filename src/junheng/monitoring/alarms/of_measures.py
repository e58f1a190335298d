"""Warnings about the course of one measure: near its limit, heading across it, worse year after year."""

from __future__ import annotations

import polars as pl

from junheng.base.exact import NEAR
from junheng.base.outcome import Outcome
from junheng.monitoring.alarms.material import Material, found
from junheng.monitoring.declared import WarningRule
from junheng.monitoring.direction import KEY, WORSENING
from junheng.monitoring.schools import PASSES


def near(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """A measure passes with less than ``share`` to spare.

    What is to spare is counted as a share of the limit; of a percentage that must reach at least so much, as a share
    of what lies between the limit and 100 % where that is less, because 99 % of at least 95 % is not near (and 14 % of
    at least 10 % is not either). A limit of 100 % leaves nothing to spare by its nature, and grades (3 of 4) have
    nothing between them: neither warns.
    """
    limit, most = pl.col("limit"), pl.col("highest")
    span = pl.col("operator").is_in(["at_least", "above"]) & most.is_not_null() & (limit < most)
    of_rest = pl.when(span).then((pl.col("value") - limit) / (most - limit))
    spare = pl.max_horizontal(pl.col("room"), of_rest)
    full = (most.is_not_null() & (limit >= most)).fill_null(False)
    frame = material.moved_now.filter(pl.col("kind").is_in(list(rule.measures)) & pl.col("outcome").is_in(PASSES))
    frame = frame.join(material.traits, on=["kind", "name"], how="left").with_columns(amount=spare)
    # A value that is exactly at its limit may lie off it in the last digit of a float.
    close = (pl.col("amount") >= -NEAR) & (pl.col("amount") < _share(rule))
    return found(frame.filter(close & ~full & ~pl.col("whole").fill_null(False)), now=pl.col("outcome"))


def crossing(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """A measure that is met gets worse, at a pace that takes it across its limit within ``years``.

    One that is tolerated (余项容许) is across it already.
    """
    frame = material.moved_now.filter(
        pl.col("kind").is_in(list(rule.measures))
        & (pl.col("outcome") == str(Outcome.MET))
        & (pl.col("direction") == WORSENING)
        & pl.col("limit").is_not_null()
    )
    left = (pl.col("value") - pl.col("limit")).abs() / pl.col("slope").abs()
    frame = frame.with_columns(amount=left).filter(pl.col("amount") <= (rule.years or 0))
    return found(frame, now=pl.col("outcome"))


def declining(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """A measure got worse ``years`` years running, each time by more than ``share`` of its limit.

    Without a limit, of the value it had. Less than that is taken for rounding.
    """
    years = rule.years or 1
    scale = pl.when(pl.col("limit") != 0).then(pl.col("limit").abs()).otherwise(pl.col("last_value").abs())
    worse = pl.col("gain") < -_share(rule) * scale
    recent = material.moved.filter(
        pl.col("school_year").is_between(material.year - years + 1, material.year)
        & pl.col("kind").is_in(list(rule.measures))
    )
    runs = (
        recent.group_by(KEY)
        .agg(
            worse.fill_null(False).sum().alias("worse"),
            pl.col("last_value").sort_by("school_year").first().alias("before"),
            pl.col("gain").sum().alias("amount"),
        )
        .filter(pl.col("worse") == years)
        .drop("worse")
    )
    frame = material.moved_now.join(runs, on=list(KEY), how="inner", nulls_equal=True)
    return found(frame, first_year=pl.col("school_year") - years, count=pl.lit(years), now=pl.col("outcome"))


def _share(rule: WarningRule) -> float:
    return float(rule.share or 0)
