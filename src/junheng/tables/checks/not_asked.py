"""Cells filled in rows that the column is not asked of: 不该填的格填了数, which no indicator will use."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed, asked_of


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Options: ``except`` (columns that other rows may fill too). Zeros are fine. Parts: ``label``, ``value``."""
    allowed = check.words("except")
    for table, definition in filed.dataset.tables.tables.items():
        for column in definition.columns.values():
            if not column.required_when or column.name in allowed or not column.type.is_number:
                continue
            filled = filed.frame(table).filter(~asked_of(column), pl.col(column.name) > 0)
            for row, value in filled.select("row", column.name).iter_rows():
                yield Fault(table, row, column.name, {"value": filed.shown(table, column.name, value)})
