"""A number of a person that looks like an identity number, which must not be filed: 身份证号."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed

_LIKE = r"^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$"


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Options: ``columns`` of ``table`` and ``column``. No parts of the sentence: it must not say the number."""
    for entry in check.entries("columns"):
        table, column = str(entry["table"]), str(entry["column"])
        check.column(filed, table, column)
        for row in filed.frame(table).filter(pl.col(column).str.contains(_LIKE))["row"].to_list():
            yield Fault(table, row, column)
