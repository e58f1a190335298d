"""Read the rows of Parquet files as one lazy frame, whatever version of the table each was written with."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from junheng.tables.dataset import Part
from junheng.tables.model import Table


def scan(table: Table, parts: Sequence[Part]) -> pl.LazyFrame:
    """The rows of ``parts``: the columns of ``table`` in its order, blank where a file is older than a column."""
    if not parts:
        return table.empty().lazy()
    schema = {**table.schema, "county_code": pl.String()}
    whole = [part.file for part in parts if not part.narrowed]
    frames = [_scan(whole, schema)] if whole else []
    for part in parts:
        if part.narrowed:
            county = pl.col("county_code")
            kept = county.str.starts_with(part.within) & ~county.is_in(part.without)
            frames.append(_scan([part.file], schema).filter(kept))
    return pl.concat(frames).select(*table.schema)


def _scan(files: Sequence[str], schema: dict[str, pl.DataType]) -> pl.LazyFrame:
    return pl.scan_parquet(
        list(files),
        schema=schema,
        missing_columns="insert",
        extra_columns="ignore",
        hive_partitioning=False,
        glob=False,
    )
