"""Rows that say they are the same row: 主键重复, in every table."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Each row of a repeated key. Sentence parts: ``key``, ``count``, ``others`` (the other rows' cells)."""
    for table, frame in filed.dataset.frames.items():
        keys = list(filed.table(table).key)
        if not keys or frame.select(keys).is_duplicated().sum() == 0:
            continue
        twice = frame.with_row_index("row").filter(pl.struct(keys).is_duplicated())
        for key, group in twice.group_by(keys, maintain_order=True):
            rows = group["row"].to_list()
            shown = " ".join(
                filed.shown(table, name, value) or str(value) for name, value in zip(keys, key, strict=True)
            )
            for row in rows:
                others = "、".join(filed.cell(table, other, keys[0]) for other in rows[:6] if other != row)
                yield Fault(
                    table, row, keys[0], {"key": shown, "count": len(rows), "others": others or "同表"}, cause=table
                )
