"""A column that should stand beside others holds their sum: 小计填进了分项栏，重复计算."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed
from junheng.tables.finding import Severity


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows where ``column`` is the sum of ``of`` and not zero. Sentence parts: ``value``, ``of``, ``sum``.

    Small numbers coincide, so only from ``error_from`` rows on is it 错误, and never in a row that explains itself.
    """
    table, column, names = check.word("table"), check.word("column"), check.words("of")
    parts = check.columns(filed, table, names)
    check.column(filed, table, column)
    same = filed.frame(table).filter(
        pl.col(column) > 0,
        pl.all_horizontal(pl.col(name).is_not_null() for name in names),
        pl.col(column) == pl.sum_horizontal(pl.col(name) for name in names),
    )
    error_from = check.amount("error_from")
    systematic = error_from is not None and same.height >= error_from
    note = pl.col("note") if "note" in same.columns else pl.lit(None)
    for values in same.select("row", note.is_not_null().alias("explained"), column, *names).iter_rows():
        row, explained, value, *filed_parts = values
        told = " + ".join(f"{part.label.zh} {amount}" for part, amount in zip(parts, filed_parts, strict=True))
        severity = Severity.ERROR if systematic and not explained else None
        yield Fault(table, row, column, {"value": value, "of": told, "sum": value}, severity=severity)
