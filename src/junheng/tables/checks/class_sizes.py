"""Pupils that cannot sit in the classes as their sizes are filed: 学生数与班额分布矛盾."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from junheng.tables.checks import Check, Fault, Filed


@dataclass(frozen=True)
class Band:
    """One class-size band: its column and the sizes it covers (no upper end: open)."""

    column: str
    low: int
    high: int | None


def bands_of(check: Check) -> list[Band]:
    """The declared bands, from small classes to large ones."""
    return [
        Band(str(entry["column"]), int(str(entry["low"])), int(str(entry["high"])) if "high" in entry else None)
        for entry in check.entries("bands")
    ]


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows whose pupils lie outside what the bands allow, or whose largest class is in no filled band.

    Options: ``table``, ``pupils``, ``largest``, ``bands``; ``text_largest``. Sentence parts: ``pupils``, ``low``,
    ``high``; ``largest``, ``band``.
    """
    table, pupils, largest = check.word("table"), check.word("pupils"), check.word("largest")
    bands = bands_of(check)
    check.columns(filed, table, [pupils, largest, *(band.column for band in bands)])
    names = [band.column for band in bands]
    open_ended = [band.column for band in bands if band.high is None]
    rows = (
        filed.frame(table)
        .filter(pl.all_horizontal(pl.col(name).is_not_null() for name in names))
        .with_columns(
            least=pl.sum_horizontal(pl.col(band.column) * band.low for band in bands),
            most=pl.sum_horizontal(pl.col(band.column) * (band.high or 0) for band in bands),
            has_open=pl.any_horizontal(pl.col(name) > 0 for name in open_ended) if open_ended else pl.lit(value=False),
        )
    )
    above = ~pl.col("has_open") & (pl.col(pupils) > pl.col("most"))
    for row, count, low, high, endless in (
        rows.filter((pl.col(pupils) < pl.col("least")) | above)
        .select("row", pupils, "least", "most", "has_open")
        .iter_rows()
    ):
        yield Fault(table, row, pupils, {"pupils": count, "low": low, "high": "不限" if endless else high})
    filled = [pl.when(pl.col(band.column) > 0).then(pl.lit(at)) for at, band in reversed(list(enumerate(bands)))]
    told = rows.filter(pl.col(largest).is_not_null()).with_columns(top=pl.coalesce(filled))
    for row, size, number in told.select("row", largest, "top").iter_rows():
        band = bands[number] if number is not None else None
        if band is None or size < band.low or (band.high is not None and size > band.high):
            label = filed.table(table).columns[band.column].label.zh if band else "没有班级"
            yield Fault(table, row, largest, {"largest": size, "band": label}, check.word("text_largest"))
