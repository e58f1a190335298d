"""A column that must be filled for rows of a certain sort: 某类行须填某列."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Options: ``cases`` of ``table``, ``column`` and ``when`` (column → values). Sentence parts: ``because``."""
    for case in check.entries("cases"):
        table, column, when = str(case["table"]), str(case["column"]), case["when"]
        assert isinstance(when, dict)
        columns = check.columns(filed, table, [column, *when])
        such = pl.all_horizontal(pl.col(name).is_in(values) for name, values in when.items())
        for row in filed.frame(table).filter(such, pl.col(column).is_null())["row"].to_list():
            values = filed.dataset[table].row(row, named=True)
            reasons = [
                f"{other.label.zh}为“{filed.shown(table, other.name, values[other.name])}”" for other in columns[1:]
            ]
            yield Fault(table, row, column, {"because": "、".join(reasons)}, cause=f"{column}:{'+'.join(when)}")
