"""Two dates in the wrong order: 撤并早于建校."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows of ``table`` where ``first`` is after ``last``. Sentence parts: ``first``, ``first_label``, ``last``."""
    table, first, last = check.word("table"), check.word("first"), check.word("last")
    label = check.columns(filed, table, [first, last])[0].label.zh
    wrong = filed.frame(table).filter(pl.col(first) > pl.col(last))
    for row, early, late in wrong.select("row", first, last).iter_rows():
        yield Fault(table, row, last, {"first": early, "first_label": label, "last": late})
