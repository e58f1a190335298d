"""One thing under two spellings (城关镇 / 城关 镇), which grouping would take for two."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed
from junheng.tables.units import spelling


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows with the rarer spelling. Options: ``places`` of ``table`` and ``column``. Parts: ``value``, ``usual``."""
    for place in check.entries("places"):
        table, column = str(place["table"]), str(place["column"])
        check.column(filed, table, column)
        if not filed.has(table):
            continue
        counts = dict(filed.dataset[table][column].drop_nulls().value_counts().iter_rows())
        groups: dict[str, list[str]] = {}
        for word in counts:
            groups.setdefault(spelling(word), []).append(word)
        for words in groups.values():
            usual, *rare = sorted(words, key=lambda word: (-counts[word], word))
            if not rare:
                continue
            for row, word in filed.frame(table).filter(pl.col(column).is_in(rare)).select("row", column).iter_rows():
                yield Fault(table, row, column, {"value": word, "usual": usual}, cause=usual)
