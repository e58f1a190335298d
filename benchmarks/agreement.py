"""Whether two answers are the same, before anything is timed."""

from __future__ import annotations

from typing import Any

import polars as pl

from benchmarks.question import INDICATORS

MOST = 1e-12
ROW_KEY, BALANCE_KEY = ("county_code", "school_code", "stage"), ("county_code", "stage", "indicator")
ROW_VALUES = ("pupils", "left_out", *(f"{name}__value" for name in INDICATORS))
ROW_WORDS = ("outcome", *(f"{name}__outcome" for name in INDICATORS))
BALANCE_VALUES = ("schools", "absent", "mean", "sd", "cv", "plain_cv", "limit")
# A spread is made of differences from the mean: between schools nearly alike its own digits are those of the mean.
BESIDE = {"sd": pl.col("mean"), "cv": pl.lit(1.0), "plain_cv": pl.lit(1.0)}

Answer = tuple[Any, Any]


class DisagreementError(ValueError):
    """Two answers are not the same: where, and what each says."""


def largest_difference(ours: Answer, theirs: Answer) -> float:
    """The largest relative difference of any number in two answers.

    Raises:
        DisagreementError: they differ in a row, an outcome, a blank, or in a number by more than 1e-12.
    """
    return max(
        difference(ours[0], theirs[0], ROW_KEY, ROW_VALUES, ROW_WORDS),
        difference(ours[1], theirs[1], BALANCE_KEY, BALANCE_VALUES, ("outcome",)),
    )


def difference(
    ours: object, theirs: object, key: tuple[str, ...], values: tuple[str, ...], words: tuple[str, ...] = ()
) -> float:
    """The same of two tables with the same keys, one column after the other.

    Raises:
        DisagreementError: see ``largest_difference``.
    """
    left, right = (_table(frame, key, values, words) for frame in (ours, theirs))
    if not left.select(key).equals(right.select(key)):
        raise DisagreementError(f"rows differ: {left.height} and {right.height}")
    for column in (*words, *values):
        unequal = left[column].is_null() != right[column].is_null()
        if column in words:
            unequal |= left[column].ne_missing(right[column])
        _refuse(unequal, column, left, right)
    largest = 0.0
    for column in values:
        sizes = pl.max_horizontal(pl.col(column).abs(), right[column].abs(), BESIDE.get(column, pl.lit(0.0)))
        # Endless values are alike where both are; their difference is no number.
        far = (pl.col(column) - right[column]).abs().fill_nan(0.0) / pl.max_horizontal(sizes, pl.lit(1e-300))
        found = left.select(far).to_series()
        _refuse(found.fill_null(0.0) > MOST, column, left, right)
        largest = max(largest, float(found.max() or 0.0))  # type: ignore[arg-type]  # floats
    return largest


def _refuse(unequal: pl.Series, column: str, left: pl.DataFrame, right: pl.DataFrame) -> None:
    if unequal.any():
        place = int(unequal.arg_true()[0])
        raise DisagreementError(f"{column} differs in {unequal.sum()} rows, first {left.row(place)} {right.row(place)}")


def _table(frame: Any, key: tuple[str, ...], values: tuple[str, ...], words: tuple[str, ...]) -> pl.DataFrame:  # noqa: ANN401
    """In one order and one type; pandas writes a blank as NaN."""
    return (
        pl.DataFrame(frame)
        .select(
            *(pl.col(name).cast(pl.String) for name in (*key, *words)),
            *(pl.col(name).cast(pl.Float64).fill_nan(None) for name in values),
        )
        .sort(key)
    )
