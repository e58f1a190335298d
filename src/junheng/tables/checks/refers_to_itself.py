"""A row that names itself as its parent: 所属主校区填成了自己."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows of ``table`` whose ``column`` is their own ``key`` or a row with a parent. Parts: ``value``, ``why``."""
    table, column, key = check.word("table"), check.word("column"), check.word("key")
    check.columns(filed, table, [column, key])
    frame = filed.frame(table)
    children = frame.filter(pl.col(column).is_not_null())[key].to_list()
    for row, own, parent in frame.filter(pl.col(column).is_not_null()).select("row", key, column).iter_rows():
        if own == parent:
            yield Fault(table, row, column, {"value": parent, "why": "就是本行自己"})
        elif parent in children:
            yield Fault(table, row, column, {"value": parent, "why": "本身也是校区，不是主校区"})
