"""Outcomes in bulk: far from a limit the engine's float decides, near it the exact fraction does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.base.exact import NEAR, half_up
from junheng.base.outcome import Outcome
from junheng.base.terms import Absence
from junheng.standards.model import Compare, Indicator
from junheng.verdict.limits import RowLimit, limit_for, with_limits

Row = Mapping[str, Any]
Exact = Callable[[str, Indicator, Row], Fraction | None]


def decide(
    frame: pl.DataFrame,
    indicators: Mapping[str, Indicator],
    *,
    exact: Exact,
    compare: Compare,
    rest: Fraction | None = None,
) -> pl.DataFrame:
    """Add ``<id>__outcome`` (and ``__limit``, ``__operator``) to rows that have ``<id>__value`` and ``<id>__absent``.

    Rows that an indicator does not concern get a null outcome. A row without a limit to hold against is unknown.

    Args:
        exact: the value of one indicator in one row as a fraction; asked only near a limit.
        compare: whether values are compared as they are or as printed.
        rest: the share of the limit that an unmet indicator must still reach to be tolerated, if the standard has one.
    """
    if not indicators:
        return frame
    frame = with_limits(frame, indicators)
    frame = frame.with_columns(_outcome(name, rest).alias(f"{name}__outcome") for name in indicators)
    near = frame.select(_near(name, compare, rest).alias(name) for name in indicators)
    for name, indicator in indicators.items():
        if near[name].any():
            frame = _decide_exactly(frame, near[name], name, indicator, exact, compare, rest)
    return frame


def _outcome(name: str, rest: Fraction | None) -> pl.Expr:
    value, limit, operator = pl.col(f"{name}__value"), pl.col(f"{name}__limit"), pl.col(f"{name}__operator")
    met = (
        pl.when(operator == "at_least")
        .then(value >= limit)
        .when(operator == "at_most")
        .then(value <= limit)
        .when(operator == "above")
        .then(value > limit)
        .otherwise(value < limit)
    )
    tolerated = pl.lit(False)
    if rest is not None:
        lower = operator.is_in(["at_least", "above"])
        tolerated = pl.when(lower).then(value >= float(rest) * limit).otherwise(float(rest) * value <= limit)
    return (
        pl.when(pl.col(f"{name}__absent") == str(Absence.NOT_APPLICABLE))
        .then(None)
        .when(value.is_null() | limit.is_null())
        .then(pl.lit(str(Outcome.UNKNOWN)))
        .when(met)
        .then(pl.lit(str(Outcome.MET)))
        .when(tolerated)
        .then(pl.lit(str(Outcome.TOLERATED)))
        .otherwise(pl.lit(str(Outcome.UNMET)))
    )


def _near(name: str, compare: Compare, rest: Fraction | None) -> pl.Expr:
    """Whether a value is so close to its limit (or to the tolerated share of it) that a float may decide wrongly."""
    value, limit = pl.col(f"{name}__value"), pl.col(f"{name}__limit")
    tolerance = pl.max_horizontal(limit.abs(), pl.lit(1.0)) * NEAR
    if compare.mode == "printed":
        tolerance = pl.max_horizontal(tolerance, pl.lit(10.0 ** -(compare.digits or 0)))
    near = (value - limit).abs() <= tolerance
    if rest is not None:
        share = float(rest)
        near = near | ((value - share * limit).abs() <= tolerance) | ((share * value - limit).abs() <= tolerance)
    return near & value.is_finite()


def _decide_exactly(
    frame: pl.DataFrame,
    near: pl.Series,
    name: str,
    indicator: Indicator,
    exact: Exact,
    compare: Compare,
    rest: Fraction | None,
) -> pl.DataFrame:
    places = near.arg_true()
    found = [
        str(outcome_of(row, indicator, exact(name, indicator, row), compare, rest))
        for row in frame[places].iter_rows(named=True)
    ]
    outcome = frame[f"{name}__outcome"].clone().scatter(places, pl.Series(found, dtype=pl.String))
    return frame.with_columns(outcome.alias(f"{name}__outcome"))


def outcome_of(
    row: Row, indicator: Indicator, value: Fraction | None, compare: Compare, rest: Fraction | None
) -> Outcome:
    """The outcome of one row, exactly."""
    limit = limit_for(indicator, row)
    if value is None or limit is None:
        return Outcome.UNKNOWN
    return hold_against(value, limit, compare, rest)


def hold_against(value: Fraction, limit: RowLimit, compare: Compare, rest: Fraction | None) -> Outcome:
    """Hold one exact value against one limit."""
    shown = as_compared(value, compare)
    if limit.met_by(shown):
        return Outcome.MET
    if rest is not None and limit.nearly_met_by(shown, rest):
        return Outcome.TOLERATED
    return Outcome.UNMET


def as_compared(value: Fraction, compare: Compare) -> Fraction:
    """The value as the standard compares it: as it is, or rounded the way it is printed."""
    if compare.mode == "exact":
        return value
    return Fraction(half_up(value, compare.digits or 0))
