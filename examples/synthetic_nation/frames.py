"""Frames with the tables' own columns and types, made of columns of numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset

THOUSANDTHS = pl.Decimal(38, 3)  # the finest figure that is filed; exact before it is widened


def typed(table: str, filed: Mapping[str, object] | pl.DataFrame) -> pl.DataFrame:
    """The columns in the table's order and types, blank where nothing is given, in the order of its key."""
    definition = load_tables()[table]
    frame = filed if isinstance(filed, pl.DataFrame) else pl.DataFrame(dict(filed))
    columns = []
    for name, column in definition.columns.items():
        if name not in frame.columns:
            columns.append(pl.lit(None, column.type.polars).alias(name))
        elif isinstance(column.type.polars, pl.Decimal):
            columns.append(pl.col(name).cast(THOUSANDTHS).cast(column.type.polars))
        elif column.type.polars == pl.Date() and frame.schema[name] == pl.String():
            columns.append(pl.col(name).str.to_date())
        else:
            columns.append(pl.col(name).cast(column.type.polars))
    return frame.select(columns).sort(definition.key)


def blanked(table: str, frame: pl.DataFrame, blank: Mapping[str, np.ndarray]) -> pl.DataFrame:
    """The frame, blank where ``blank`` says that nobody filed a value."""
    return frame.with_columns(
        pl.when(~pl.Series(cells)).then(pl.col(name)).alias(name) for name, cells in blank.items() if cells.any()
    )


def dataset(frames: Mapping[str, pl.DataFrame], name: str) -> Dataset:
    tables = load_tables()
    whole = {table: frames.get(table, tables[table].empty()) for table in tables.tables}
    return Dataset(tables, whole, name=name)
