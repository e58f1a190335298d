"""All stages together exceed what the whole school filed: 各学段之和大于全校."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Options: ``column`` (of the stages), ``whole`` (of the school). Parts: ``part``, ``part_label``, ``whole``."""
    column, whole = check.word("column"), check.word("whole")
    label = check.column(filed, "stage_year", column).label.zh
    check.column(filed, "school_year", whole)
    keys = ["school_code", "school_year"]
    stages = filed.dataset["stage_year"].unique([*keys, "stage"], keep="first")
    summed = stages.group_by(keys).agg(part=pl.col(column).sum())
    wrong = filed.frame("school_year").join(summed, on=keys).filter(pl.col("part") > pl.col(whole)).sort("row")
    for row, part, total in wrong.select("row", "part", whole).iter_rows():
        parts = {
            "part": filed.shown("stage_year", column, part),
            "part_label": label,
            "whole": filed.shown("school_year", whole, total),
        }
        yield Fault("school_year", row, whole, parts)
