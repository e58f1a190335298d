"""A column that should stand beside others holds their sum: 小计填进了分项栏，重复计算."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows where ``column`` is the sum of ``of`` and not zero. Sentence parts: ``value``, ``of``, ``sum``."""
    table, column, names = check.word("table"), check.word("column"), check.words("of")
    parts = check.columns(filed, table, names)
    check.column(filed, table, column)
    same = filed.frame(table).filter(
        pl.col(column) > 0,
        pl.all_horizontal(pl.col(name).is_not_null() for name in names),
        pl.col(column) == pl.sum_horizontal(pl.col(name) for name in names),
    )
    for values in same.select("row", column, *names).iter_rows():
        row, value, *filed_parts = values
        told = " + ".join(f"{part.label.zh} {amount}" for part, amount in zip(parts, filed_parts, strict=True))
        yield Fault(table, row, column, {"value": value, "of": told, "sum": value})
