"""A value outside what is ever seen: 数值少见，请核对单位."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed, amount


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Options: ``columns`` of ``table``, ``column``, ``low``, ``high``. Parts: ``value``, ``low``, ``high``."""
    for entry in check.entries("columns"):
        table, column = str(entry["table"]), str(entry["column"])
        check.column(filed, table, column)
        if not filed.has(table):
            continue
        low, high = (amount(entry.get(name), check.code, name) for name in ("low", "high"))
        beyond = [pl.col(column) < low] if low is not None else []
        beyond += [pl.col(column) > high] if high is not None else []
        for row, value in filed.frame(table).filter(pl.any_horizontal(beyond)).select("row", column).iter_rows():
            parts = {
                "value": filed.shown(table, column, value),
                "low": filed.shown(table, column, low) or "不限",
                "high": filed.shown(table, column, high) or "不限",
            }
            yield Fault(table, row, column, parts)
