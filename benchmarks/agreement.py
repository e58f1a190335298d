"""Whether two answers are the same, before anything is timed."""

from __future__ import annotations

from typing import Any

import polars as pl

from benchmarks.question import INDICATORS

MOST = 1e-9
ROW_KEY, BALANCE_KEY = ("county_code", "school_code", "stage"), ("county_code", "stage", "indicator")
ROW_VALUES = ("pupils", "left_out", *(f"{name}__value" for name in INDICATORS))
ROW_WORDS = ("outcome", *(f"{name}__outcome" for name in INDICATORS))
BALANCE_VALUES = ("schools", "absent", "mean", "sd", "cv", "plain_cv", "limit")

Answer = tuple[Any, Any]


def largest_difference(ours: Answer, theirs: Answer) -> float:
    """The largest relative difference of any number in two answers.

    Raises:
        ValueError: the answers differ in a row, an outcome, a blank, or in a number by more than 1e-9.
    """
    return max(
        _compare(ours[0], theirs[0], ROW_KEY, ROW_VALUES, ROW_WORDS),
        _compare(ours[1], theirs[1], BALANCE_KEY, BALANCE_VALUES, ("outcome",)),
    )


def _compare(
    ours: object, theirs: object, key: tuple[str, ...], values: tuple[str, ...], words: tuple[str, ...]
) -> float:
    left, right = (_table(frame, key, values, words) for frame in (ours, theirs))
    if not left.select(key).equals(right.select(key)):
        raise ValueError(f"rows differ: {left.height} and {right.height}")
    for column in (*words, *values):
        unequal = left[column].is_null() != right[column].is_null()
        if column in words:
            unequal |= left[column].ne_missing(right[column])
        if unequal.any():
            place = int(unequal.arg_true()[0])
            raise ValueError(f"{column} differs in {unequal.sum()} rows, first {left.row(place)} {right.row(place)}")
    sizes = [pl.max_horizontal(left[c].abs(), right[c].abs(), pl.lit(1e-300)).alias(c) for c in values]
    found = left.select((pl.col(c) - right[c]).abs() / size for c, size in zip(values, sizes, strict=True))
    largest = max((float(column.max() or 0.0) for column in found), default=0.0)  # type: ignore[arg-type]  # floats
    if largest > MOST:
        raise ValueError(f"numbers differ by {largest:.1e}")
    return largest


def _table(frame: Any, key: tuple[str, ...], values: tuple[str, ...], words: tuple[str, ...]) -> pl.DataFrame:  # noqa: ANN401
    """In one order and one type; pandas writes a blank as NaN."""
    return (
        pl.DataFrame(frame)
        .select(
            pl.col(*key, *words).cast(pl.String),
            pl.col(*values).cast(pl.Float64).fill_nan(None),
        )
        .sort(key)
    )
