"""A value that changed a great deal since the year before: 跨年变化过大."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.base.exact import plain
from junheng.tables.checks import Check, Fault, Filed, amount, listed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows that differ from the year just before by more than ``share`` of it.

    Options: ``share``; ``below`` (a ratio from which on it is another check's business); ``places`` of ``table``,
    ``year``, ``columns`` and ``floor`` (smaller differences are noise). Parts: ``value``, ``before``, ``before_year``,
    ``change``, ``percent``.
    """
    share, below = check.amount("share"), check.amount("below")
    assert share is not None
    for place in check.entries("places"):
        table, year, names = str(place["table"]), str(place["year"]), listed(place["columns"])
        check.columns(filed, table, [year, *names])
        if not filed.has(table):
            continue
        floor = amount(place.get("floor"), check.code, "floor") or 0
        keys = [name for name in filed.table(table).key if name != year]
        frame = filed.frame(table).sort(*keys, year)
        amounts = {name: pl.col(name).cast(pl.Float64) for name in names}
        spread = frame.group_by(keys).agg(
            (amount.max() - amount.min() > float(share) * amount.min()).alias(name) for name, amount in amounts.items()
        )
        for name in (name for name in names if spread[name].any()):
            rows = frame.with_columns(
                before=pl.col(name).shift(1).over(keys),
                then=pl.col(year).shift(1).over(keys),
                now=amounts[name],
            ).with_columns(was=pl.col("before").cast(pl.Float64))
            step = (pl.col("now") - pl.col("was")).abs()
            changed = rows.filter(
                pl.col("then") == pl.col(year) - 1,
                pl.col("was") > 0,
                step > float(share) * pl.col("was"),
                step >= float(floor),
            )
            if below is not None:
                ratio = pl.max_horizontal(pl.col("now") / pl.col("was"), pl.col("was") / pl.col("now"))
                changed = changed.filter((pl.col("now") == 0) | (ratio < float(below)))
            for row, value, before, then, now, was in changed.select(
                "row", name, "before", "then", "now", "was"
            ).iter_rows():
                parts = {
                    "value": filed.shown(table, name, value),
                    "before": filed.shown(table, name, before),
                    "before_year": then,
                    "change": "增加" if now > was else "减少",
                    "percent": plain(abs(now - was) / was * 100, 0),
                }
                yield Fault(table, row, name, parts)
