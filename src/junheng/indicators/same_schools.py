"""差异系数 of a part of the schools: of rows that were computed before, such as those of schools open in two years."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw
import polars as pl

from junheng.indicators.balance import county_balance


def coefficients(rows: pl.LazyFrame, indicators: Sequence[str], *, weighted: bool) -> pl.LazyFrame:
    """county_code, stage, indicator, cv of the rows given.

    Args:
        rows: county_code, stage, pupils and per indicator ``<id>__value``; a blank value is left out.
    """
    prepared = rows.with_columns(pl.lit(None, pl.String).alias(f"{name}__absent") for name in indicators)
    wide: pl.LazyFrame = county_balance(nw.from_native(prepared), indicators, weighted=weighted).to_native()
    named = wide.select("county_code", "stage", *(pl.col(f"{name}__cv").alias(name) for name in indicators))
    return named.unpivot(index=["county_code", "stage"], variable_name="indicator", value_name="cv")
