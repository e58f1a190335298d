"""校际差异系数达标: each coefficient against its limit, or their mean against one (by the standard's rule)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.base.exact import NEAR, sum_of_roots_at_most
from junheng.base.outcome import Outcome
from junheng.indicators.balance import MEASURES, exact_cv_squared
from junheng.indicators.compute import stage_order
from junheng.indicators.exact import exact_value
from junheng.standards.model import Standard

# A coefficient this close to its limit is worth a warning: published tables print three decimals.
NEAR_LIMIT = 0.0005
KEY = ("county_code", "stage")
COMPOSITE = "composite"


def judge_balance(balance: pl.DataFrame, rows: pl.DataFrame, standard: Standard) -> pl.DataFrame:
    """Return the coefficients in long form with limits and outcomes.

    Args:
        balance: see ``county_balance``.
        rows: the judged rows, for decisions near a limit.

    Returns:
        county_code, stage, indicator, schools, absent, mean, sd, cv, plain_cv, limit, near, outcome. Where the mean
        decides there is one more row per county and stage with the indicator ``composite`` and the mean in ``cv``.
    """
    rule = standard.balance_rule
    names = [c.removesuffix("__cv") for c in balance.columns if c.endswith("__cv")]
    if rule is None or not names:
        return _empty()
    long = pl.concat([_one_indicator(balance, name, standard) for name in names])
    if rule.rule == "mean":
        long = pl.concat([long, _composite(long, standard, len(names))])
    long = long.sort("county_code", stage_order(), maintain_order=True)
    outcome = (
        pl.when(pl.col("limit").is_null())
        .then(None)
        .when((pl.col("absent") > 0) | pl.col("cv").is_null())
        .then(pl.lit(str(Outcome.UNKNOWN)))
        .when(pl.col("cv") <= pl.col("limit"))
        .then(pl.lit(str(Outcome.MET)))
        .otherwise(pl.lit(str(Outcome.UNMET)))
    )
    long = long.with_columns(outcome=outcome, near=(pl.col("cv") - pl.col("limit")).abs() < NEAR_LIMIT)
    return _decide_near_rows_exactly(long, rows, standard, names)


def _one_indicator(balance: pl.DataFrame, name: str, standard: Standard) -> pl.DataFrame:
    limits = standard.resources[name].balance
    limit: pl.Expr = pl.lit(None, pl.Float64)
    if limits and standard.balance_rule and standard.balance_rule.rule == "each":
        for stage in standard.stages:
            own = limits[0].limit(stage)
            limit = pl.when(pl.col("stage") == stage).then(float(own) if own is not None else None).otherwise(limit)
    measures = [pl.col(f"{name}__{measure}").alias(measure) for measure in MEASURES]
    return balance.select(*KEY, pl.lit(name).alias("indicator"), *measures, limit.alias("limit"))


def _composite(long: pl.DataFrame, standard: Standard, count: int) -> pl.DataFrame:
    """The plain mean of the coefficients; absent as soon as one of them is."""
    assert standard.balance_rule is not None
    limits = standard.balance_rule.limits
    limit: pl.Expr = pl.lit(None, pl.Float64)
    for stage in standard.stages:
        own = limits[0].limit(stage) if limits else None
        limit = pl.when(pl.col("stage") == stage).then(float(own) if own is not None else None).otherwise(limit)
    complete, plain_complete = (pl.col(column).count() == count for column in ("cv", "plain_cv"))
    return (
        long.group_by(KEY, maintain_order=True)
        .agg(
            schools=pl.col("schools").min(),
            absent=pl.col("absent").max(),
            cv=pl.when(complete).then(pl.col("cv").sum() / count),
            plain_cv=pl.when(plain_complete).then(pl.col("plain_cv").sum() / count),
        )
        .with_columns(
            pl.lit(COMPOSITE).alias("indicator"),
            pl.lit(None, pl.Float64).alias("mean"),
            pl.lit(None, pl.Float64).alias("sd"),
            limit.alias("limit"),
        )
        .select(long.columns)
    )


def _decide_near_rows_exactly(
    long: pl.DataFrame, rows: pl.DataFrame, standard: Standard, names: Sequence[str]
) -> pl.DataFrame:
    close = (pl.col("cv") - pl.col("limit")).abs() <= NEAR
    found = long.with_row_index("__row").filter(close & (pl.col("absent") == 0))
    if found.is_empty():
        return long
    outcomes = []
    for row in found.iter_rows(named=True):
        here = rows.filter(
            (pl.col("county_code") == row["county_code"])
            & (pl.col("stage") == row["stage"])
            & pl.col("left_out").is_null()
        )
        limit = _exact_limit(standard, row["indicator"], row["stage"])
        wanted = names if row["indicator"] == COMPOSITE else [row["indicator"]]
        squares = [cv_squared(name, here.iter_rows(named=True), standard) for name in wanted]
        known = [square for square in squares if square is not None]
        if limit is None or len(known) < len(squares):
            outcomes.append(Outcome.UNKNOWN)
        else:
            met = sum_of_roots_at_most(known, limit * len(known))
            outcomes.append(Outcome.MET if met else Outcome.UNMET)
    outcome = long["outcome"].clone().scatter(found["__row"], pl.Series([str(o) for o in outcomes], dtype=pl.String))
    return long.with_columns(outcome.alias("outcome"))


def _exact_limit(standard: Standard, indicator: str, stage: str) -> Fraction | None:
    assert standard.balance_rule is not None
    limits = standard.balance_rule.limits if indicator == COMPOSITE else standard.resources[indicator].balance
    limit = limits[0].limit(stage) if limits else None
    return Fraction(limit) if limit is not None else None


def cv_squared(name: str, rows: Iterable[dict[str, Any]], standard: Standard) -> Fraction | None:
    """The square of one coefficient, exactly, from the rows of one county and stage in scope."""
    pairs = []
    for row in rows:
        value = exact_value(name, standard.resources[name], standard, row)
        if value is not None and row["pupils"]:
            pairs.append((Fraction(row["pupils"]) if standard.weighted else Fraction(1), value))
    return exact_cv_squared(pairs)


def contributions(rows: pl.DataFrame, name: str, mean: float, *, weighted: bool = True) -> pl.DataFrame:
    """Each row's share of S² of one indicator, largest first: who drives the coefficient.

    Args:
        rows: judged rows of one county and stage in scope.
        mean: the county mean.

    Returns:
        school_code, school_name, pupils, value, share (0 … 1; shares add up to 1).
    """
    value = pl.col(f"{name}__value")
    counted = rows.filter(value.is_not_null() & (pl.col("pupils") > 0))
    weight = pl.col("pupils") if weighted else pl.lit(1)
    part = weight * (value - mean) ** 2
    share = pl.when(part.sum() > 0).then(part / part.sum()).otherwise(0.0)
    return counted.select("school_code", "school_name", "pupils", value=value, share=share).sort(
        "share", descending=True, maintain_order=True
    )


def _empty() -> pl.DataFrame:
    numbers = {m: pl.Int64 if m in ("schools", "absent") else pl.Float64 for m in MEASURES}
    schema = {"county_code": pl.String, "stage": pl.String, "indicator": pl.String, **numbers, "limit": pl.Float64}
    return pl.DataFrame(schema={**schema, "outcome": pl.String, "near": pl.Boolean})
