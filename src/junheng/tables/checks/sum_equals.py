"""A total must equal the sum of its parts: 合计等于分项之和."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed, asked_of


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows whose parts, all filed, miss the total, or whose filed parts already exceed it.

    Options: ``table``, ``total``, ``parts``. A part not asked of the row but filed counts too (五四制's grade 6).
    Sentence parts: ``total``, ``sum``, ``difference``.
    """
    table, total, names = check.word("table"), check.word("total"), check.words("parts")
    check.column(filed, table, total)
    parts = check.columns(filed, table, names)
    whole = pl.all_horizontal(pl.col(part.name).is_not_null() | ~asked_of(part) for part in parts)
    filed_any = pl.any_horizontal(pl.col(part.name).is_not_null() for part in parts)
    summed = pl.sum_horizontal(pl.col(name) for name in names)
    wrong = (
        filed.frame(table)
        .with_columns(whole=whole, filed_any=filed_any, summed=summed)
        .filter(
            pl.col(total).is_not_null(),
            pl.col("filed_any"),
            (pl.col("whole") & (pl.col("summed") != pl.col(total))) | (pl.col("summed") > pl.col(total)),
        )
    )
    for row, stated, found in wrong.select("row", total, "summed").iter_rows():
        shown = {
            "total": filed.shown(table, total, stated),
            "sum": filed.shown(table, total, found),
            "difference": filed.shown(table, total, abs(stated - found)),
        }
        yield Fault(table, row, total, shown)
