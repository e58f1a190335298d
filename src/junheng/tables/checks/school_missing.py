"""An open school without a row in the latest year: 漏报学校."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed
from junheng.tables.school_years import reference_day


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Schools of the list that were open and filed nothing in ``in`` in its latest year. Parts: ``year``, ``in``.

    Campuses that the statistics do not count are filed with their main school and may be absent.
    """
    table = check.word("in")
    if not filed.has(table) or not filed.has("school"):
        return
    year = filed.dataset[table]["school_year"].max()
    assert isinstance(year, int)
    day = reference_day(year)
    present = filed.dataset[table].filter(pl.col("school_year") == year)["school_code"].to_list()
    if table in filed.rejected:
        present += filed.rejected[table]["school_code"].drop_nulls().to_list()
    absent = filed.frame("school").filter(
        ~pl.col("school_code").is_in(present),
        pl.col("closed_on").is_null() | (pl.col("closed_on") > day),
        pl.col("opened_on").is_null() | (pl.col("opened_on") <= day),
        pl.col("counted").is_null() | pl.col("counted"),
    )
    for row in absent["row"].to_list():
        yield Fault("school", row, "school_code", {"year": year, "in": filed.table(table).label.zh}, cause=table)
