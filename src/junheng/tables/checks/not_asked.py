"""Cells filled in rows that the column is not asked of: 不该填的格填了数, which no indicator will use."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed, asked_of


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Options: ``except`` (columns that other rows may fill too). Zeros are fine. Parts: ``label``, ``value``."""
    allowed = check.words("except")
    for table, definition in filed.dataset.tables.tables.items():
        such = {
            column.name: ~asked_of(column) & (pl.col(column.name) > 0)
            for column in definition.columns.values()
            if column.required_when and column.name not in allowed and column.type.is_number
        }
        if not such or not filed.has(table):
            continue
        frame = filed.frame(table)
        counts = frame.select(condition.sum().alias(name) for name, condition in such.items()).row(0, named=True)
        for name in (name for name, count in counts.items() if count):
            for row, value in frame.filter(such[name]).select("row", name).iter_rows():
                yield Fault(table, row, name, {"value": filed.shown(table, name, value)})
