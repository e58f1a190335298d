"""A part may not be larger than its whole: 其中数不大于总数."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed, listed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows where the filed parts together exceed the whole.

    Options: ``pairs``, each of ``table``, ``part`` and ``whole`` (one column or several that are added up).
    Sentence parts: ``part``, ``part_label``, ``whole``, ``whole_label``.
    """
    for pair in check.entries("pairs"):
        table, parts, wholes = str(pair["table"]), listed(pair["part"]), listed(pair["whole"])
        part_columns, whole_columns = check.columns(filed, table, parts), check.columns(filed, table, wholes)
        if not filed.has(table):
            continue
        wrong = (
            filed.frame(table)
            .with_columns(
                part=pl.sum_horizontal(pl.col(name) for name in parts),
                whole=pl.sum_horizontal(pl.col(name) for name in wholes),
            )
            .filter(pl.all_horizontal(pl.col(name).is_not_null() for name in wholes), pl.col("part") > pl.col("whole"))
        )
        part_label = "、".join(column.label.zh for column in part_columns) + ("之和" if len(parts) > 1 else "")
        whole_label = "、".join(column.label.zh for column in whole_columns) + ("之和" if len(wholes) > 1 else "")
        for row, part, whole in wrong.select("row", "part", "whole").iter_rows():
            shown = {
                "part": filed.shown(table, parts[0], part),
                "part_label": part_label,
                "whole": filed.shown(table, wholes[0], whole),
                "whole_label": whole_label,
            }
            yield Fault(table, row, parts[0], shown, cause=f"{'+'.join(parts)}>{'+'.join(wholes)}")
