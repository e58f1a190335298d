"""Rows of a school that was closed or not yet open on 1 September of the year: 已撤并或未开办的学校仍有数据."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed
from junheng.tables.school_years import YEAR_STARTS


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Options: ``tables``; ``text_opened`` for schools not yet open. Parts: ``year``, ``day``, ``school_cell``."""
    schools = filed.frame("school").select(
        "school_code", "opened_on", "closed_on", school_row=pl.col("row")
    ).unique("school_code", keep="first", maintain_order=True)  # fmt: skip
    for table in check.words("tables"):
        check.columns(filed, table, ["school_code", "school_year"])
        if not filed.has(table):
            continue
        rows = filed.frame(table).join(schools, on="school_code").with_columns(
            day=pl.date(pl.col("school_year"), *YEAR_STARTS)
        ).sort("row")  # fmt: skip
        for row, year, closed, school in rows.filter(pl.col("closed_on") <= pl.col("day")).select(
            "row", "school_year", "closed_on", "school_row"
        ).iter_rows():  # fmt: skip
            cell = filed.cell("school", school, "closed_on") or "学校名录"
            parts = {"year": year, "day": closed, "school_cell": cell}
            yield Fault(table, row, "school_year", parts, cause=cell)
        for row, year, opened, school in rows.filter(pl.col("opened_on") > pl.col("day")).select(
            "row", "school_year", "opened_on", "school_row"
        ).iter_rows():  # fmt: skip
            cell = filed.cell("school", school, "opened_on") or "学校名录"
            parts = {"year": year, "day": opened, "school_cell": cell}
            yield Fault(table, row, "school_year", parts, check.word("text_opened"), cause=cell)
