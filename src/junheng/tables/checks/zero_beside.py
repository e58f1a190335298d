"""A zero that cannot stand beside another amount: 有学生而没有班."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows where ``zero`` is 0 and ``beside`` is not. Options: ``pairs``. Parts: ``beside``, ``beside_label``."""
    for pair in check.entries("pairs"):
        table, zero, beside = str(pair["table"]), str(pair["zero"]), str(pair["beside"])
        label = check.columns(filed, table, [zero, beside])[1].label.zh
        wrong = filed.frame(table).filter(pl.col(zero) == 0, pl.col(beside) > 0)
        for row, amount in wrong.select("row", beside).iter_rows():
            parts = {"beside": filed.shown(table, beside, amount), "beside_label": label}
            yield Fault(table, row, zero, parts, cause=f"{zero}:{beside}")
