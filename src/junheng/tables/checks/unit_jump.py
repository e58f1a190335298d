"""A value ten thousand times that of a sister year: 万元与元混填."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.base.exact import plain
from junheng.tables.checks import Check, Fault, Filed, listed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows whose amount is about ``times`` that of the year filed before, or the other way round.

    Options: ``places`` of ``table``, ``columns`` and ``year`` (the column of the year); ``times``, ``margin``.
    Sentence parts: ``value``, ``year``, ``before``, ``before_year``, ``times``, ``other`` (the other cell).
    """
    for place in check.entries("places"):
        table, year, names = str(place["table"]), str(place["year"]), listed(place["columns"])
        check.columns(filed, table, [year, *names])
        if not filed.has(table):
            continue
        times, margin = check.amount("times"), check.amount("margin")
        assert times is not None
        assert margin is not None
        low, high = float(times / margin), float(times * margin)
        keys = [name for name in filed.table(table).key if name != year]
        frame = filed.frame(table).sort(*keys, year)
        amounts = {name: pl.col(name).cast(pl.Float64) for name in names}
        spread = frame.group_by(keys).agg(
            ((amount.max() / amount.filter(amount > 0).min()) >= low).alias(name) for name, amount in amounts.items()
        )
        for name in (name for name in names if spread[name].any()):
            rows = frame.filter(amounts[name] > 0).with_columns(
                before=pl.col(name).shift(1).over(keys),
                before_year=pl.col(year).shift(1).over(keys),
                before_row=pl.col("row").shift(1).over(keys),
            )
            ratio = amounts[name] / pl.col("before").cast(pl.Float64)
            jumps = rows.with_columns(ratio=ratio).filter(
                pl.col("ratio").is_between(low, high) | (1 / pl.col("ratio")).is_between(low, high)
            )
            for row, value, now, before, then, other, ratio_found in jumps.select(
                "row", name, year, "before", "before_year", "before_row", "ratio"
            ).iter_rows():
                parts = {
                    "value": filed.shown(table, name, value),
                    "year": now,
                    "before": filed.shown(table, name, before),
                    "before_year": then,
                    "times": plain(round(max(ratio_found, 1 / ratio_found)), 0),
                    "other": filed.cell(table, other, name) or f"{then} 年",
                }
                yield Fault(table, row, name, parts)
