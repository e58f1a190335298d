"""An amount per pupil far from anything seen: 生均值离谱，多半是单位填错."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.base.exact import plain
from junheng.tables.checks import Check, Fault, Filed
from junheng.tables.finding import Severity


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows of ``table`` (a school's year) whose amount per pupil lies outside [``low``, ``high``] in kept units.

    Options: ``column``; ``minus`` (a column taken off first); ``when_positive`` (only rows where this one is > 0);
    ``impossible_low``, ``impossible_high``: beyond these it is an error, with ``text_impossible``; zero never is.
    Sentence parts: ``value``, ``pupils``, ``per_pupil``, ``unit``, ``low``, ``high``.
    """
    table, column = check.word("table"), check.word("column")
    unit = check.column(filed, table, column).unit
    minus = str(check.options.get("minus", ""))
    positive = str(check.options.get("when_positive", ""))
    check.columns(filed, table, [name for name in (minus, positive) if name])
    low, high = check.amount("low"), check.amount("high")
    least, most = check.amount("impossible_low"), check.amount("impossible_high")
    amount = pl.col(column).cast(pl.Float64) - (pl.col(minus).cast(pl.Float64) if minus else 0)
    rows = (
        filed.frame(table)
        .join(filed.pupils(), on=["school_code", "school_year"])
        .with_columns(per_pupil=amount / pl.col("all_pupils"))
        .filter(pl.col("per_pupil") >= 0, pl.col(positive) > 0 if positive else pl.lit(value=True))
    )
    beyond = [pl.col("per_pupil") < float(low)] if low is not None else []
    beyond += [pl.col("per_pupil") > float(high)] if high is not None else []
    odd = rows.filter(pl.any_horizontal(beyond)).sort("row")
    for row, value, pupils, share in odd.select("row", column, "all_pupils", "per_pupil").iter_rows():
        impossible = share > 0 and (
            (least is not None and share < float(least)) or (most is not None and share > float(most))
        )
        parts = {
            "value": filed.shown(table, column, value),
            "pupils": pupils,
            "per_pupil": plain(share, 2 if abs(share) >= 0.01 or not share else 6),
            "unit": unit,
            "low": low,
            "high": high,
        }
        text = check.word("text_impossible") if impossible else ""
        yield Fault(table, row, column, parts, text, Severity.ERROR if impossible else None)
