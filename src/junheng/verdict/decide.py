"""Outcomes in bulk: far from a limit the engine's float decides, near it the exact fraction does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.base.exact import NEAR, half_up
from junheng.base.outcome import Outcome
from junheng.base.terms import Absence
from junheng.standards.indicator import Indicator
from junheng.standards.limit import Graded
from junheng.standards.model import Compare
from junheng.verdict.limits import RowLimit, possible_limits, with_limits

Row = Mapping[str, Any]
Exact = Callable[[str, Indicator, Row], Fraction | None]


def decide(
    frame: pl.DataFrame,
    indicators: Mapping[str, Indicator],
    *,
    exact: Exact,
    compare: Compare,
    whole: Collection[str] = (),
    rest: Fraction | None = None,
) -> pl.DataFrame:
    """Add ``<id>__outcome`` (and ``__limit``, ``__operator``) to rows that have ``<id>__value`` and ``<id>__absent``.

    Rows that an indicator does not concern get a null outcome. A row without a limit to hold against is unknown.

    Args:
        exact: the value of one indicator in one row as a fraction; asked only near a limit.
        compare: whether values are compared as they are or as printed.
        whole: the indicators whose top and bottom are whole numbers; floats hold those exactly, so that no row of
            theirs needs ``exact``.
        rest: the share of the limit that an unmet indicator must still reach to be tolerated, if the standard has one.
    """
    if not indicators:
        return frame
    frame = with_limits(frame, indicators)
    by_whole = {name: digits for name in whole if (digits := _limit_digits(indicators[name])) is not None}
    if compare.mode == "printed":
        by_whole = {}
    frame = frame.with_columns(
        _outcome(name, _sides_of_whole(name, by_whole[name]) if name in by_whole else _sides(name), rest).alias(
            f"{name}__outcome"
        )
        for name in indicators
    )
    near = frame.select(_near(name, compare, rest, by_whole.get(name)).alias(name) for name in indicators)
    for name, indicator in indicators.items():
        undecided = near[name]
        if f"{name}__open" in frame.columns:
            judged = pl.col(f"{name}__value").is_finite() & pl.col(f"{name}__outcome").is_not_null()
            undecided = undecided | frame.select((pl.col(f"{name}__open") & judged).fill_null(False)).to_series()
            frame = frame.drop(f"{name}__open")
        if undecided.any():
            frame = _decide_exactly(frame, undecided, name, indicator, exact, compare, rest)
    return frame


Sides = tuple[pl.Expr, pl.Expr]


def _sides(name: str) -> Sides:
    """What is compared: the value and its limit."""
    return pl.col(f"{name}__value"), pl.col(f"{name}__limit")


def _sides_of_whole(name: str, digits: int) -> Sides:
    """The same multiplied out, in whole numbers: top × 10ᵈ against limit × 10ᵈ × bottom."""
    scale = 10**digits
    bottom = pl.col(f"{name}__bottom")
    # An endless ratio has nothing below the line; one times its limit still lies below it.
    return pl.col(f"{name}__top") * scale, (pl.col(f"{name}__limit") * scale).round() * bottom


def _limit_digits(indicator: Indicator) -> int | None:
    """Decimals of the indicator's limits; None where one of them is interpolated and need not end."""
    digits = 0
    for threshold in indicator.thresholds:
        for limit in (*threshold.primary, *threshold.junior, *threshold.all):
            if isinstance(limit.value, Graded):
                return None
            if limit.value is not None:
                digits = max(digits, -int(limit.value.as_tuple().exponent))
    return digits


def _outcome(name: str, sides: Sides, rest: Fraction | None) -> pl.Expr:
    value, limit = sides
    operator = pl.col(f"{name}__operator")
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
        # Multiplied out, so that whole numbers stay whole.
        lower = operator.is_in(["at_least", "above"])
        top, bottom = rest.numerator, rest.denominator
        tolerated = pl.when(lower).then(bottom * value >= top * limit).otherwise(top * value <= bottom * limit)
    return (
        pl.when(pl.col(f"{name}__absent") == str(Absence.NOT_APPLICABLE))
        .then(None)
        .when(pl.col(f"{name}__value").is_null() | pl.col(f"{name}__limit").is_null())
        .then(pl.lit(str(Outcome.UNKNOWN)))
        .when(met)
        .then(pl.lit(str(Outcome.MET)))
        .when(tolerated)
        .then(pl.lit(str(Outcome.TOLERATED)))
        .otherwise(pl.lit(str(Outcome.UNMET)))
    )


def _near(name: str, compare: Compare, rest: Fraction | None, whole_digits: int | None) -> pl.Expr:
    """Whether a value is so close to its limit (or to the tolerated share of it) that a float may decide wrongly."""
    value, limit = _sides(name)
    tolerance = pl.max_horizontal(limit.abs(), pl.lit(1.0)) * NEAR
    if compare.mode == "printed":
        tolerance = pl.max_horizontal(tolerance, pl.lit(10.0 ** -(compare.digits or 0)))
    near = (value - limit).abs() <= tolerance
    if rest is not None:
        share = float(rest)
        near = near | ((value - share * limit).abs() <= tolerance) | ((share * value - limit).abs() <= tolerance)
    near = near & value.is_finite()
    if whole_digits is not None:
        # Only whole numbers too large for a float are left to decide.
        sides = _sides_of_whole(name, whole_digits)
        factor = rest.denominator if rest is not None else 1
        near = near & (pl.max_horizontal(side.abs() for side in sides) * factor >= 2.0**53)
    return near


def _decide_exactly(
    frame: pl.DataFrame,
    near: pl.Series,
    name: str,
    indicator: Indicator,
    exact: Exact,
    compare: Compare,
    rest: Fraction | None,
) -> pl.DataFrame:
    # Many rows share their numbers (no class too large, rooms as many as needed): each combination is decided once.
    keys = _inputs_of(indicator, frame.columns)
    rows = frame.select(keys).with_row_index("__place").filter(near)
    cases = rows.group_by(keys, maintain_order=True).agg(pl.col("__place"))
    found = [
        str(outcome_of(row, indicator, exact(name, indicator, row), compare, rest))
        for row in cases.select(keys).iter_rows(named=True)
    ]
    decided = cases.select("__place", found=pl.Series(found, dtype=pl.String)).explode("__place")
    outcome = frame[f"{name}__outcome"].clone().scatter(decided["__place"], decided["found"])
    return frame.with_columns(outcome.alias(f"{name}__outcome"))


def _inputs_of(indicator: Indicator, columns: Sequence[str]) -> list[str]:
    """The columns that the exact value and the limit of a row depend on.

    A check that sums rows depends on its county (and stage), whatever the row itself holds.
    """
    named = indicator.columns() | {"pupils", "pupils_primary", "pupils_junior", "pupils_senior", "stage"}
    if indicator.level in ("county", "county_stage"):
        named |= {"county_code", *(column for column in columns if column.endswith("__value"))}
    return [column for column in columns if column in named]


def outcome_of(
    row: Row, indicator: Indicator, value: Fraction | None, compare: Compare, rest: Fraction | None
) -> Outcome:
    """The outcome of one row, exactly; unknown where a blank leaves open which limit holds and it matters."""
    if value is None:
        return Outcome.UNKNOWN
    found = {
        hold_against(value, limit, compare, rest) if limit else Outcome.UNKNOWN
        for limit in possible_limits(indicator, row)
    }
    return found.pop() if len(found) == 1 else Outcome.UNKNOWN


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
