"""Rows of yearly amounts beside those of the year just before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl


def beside_year_before(
    frame: pl.DataFrame, keys: Sequence[str], year: str, columns: Sequence[str]
) -> list[dict[str, Any]]:
    """Every row with ``<column>_before`` and ``row_before``; these are None where the year before was not filed.

    Args:
        frame: rows with their number as ``row``.
        keys: the columns that name whose year it is, without ``year`` itself.
    """
    kept = frame.select("row", *keys, year, *dict.fromkeys(columns))
    before = kept.unique([*keys, year], keep="first").with_columns(pl.col(year) + 1)
    joined = kept.join(before, on=[*keys, year], how="left", suffix="_before", maintain_order="left")
    return joined.to_dicts()
