"""The list of classes must agree with what the stage says of them: 班级表与班数、班额分布、学生数核对."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed
from junheng.tables.checks.class_sizes import bands_of


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Stage rows that differ from their filed classes. Options: ``bands``. Parts: ``filed``, ``found``, ``what``."""
    keys = ["school_code", "school_year", "stage"]
    bands = bands_of(check)
    check.columns(filed, "stage_year", [band.column for band in bands])
    if not filed.has("class"):
        return
    size = pl.col("pupils")
    counts = [
        size.is_between(band.low if number else 0, band.high or 10_000).sum().alias(f"listed_{band.column}")
        for number, band in enumerate(bands)
    ]
    listed = filed.dataset["class"].group_by(keys).agg(
        *counts, listed_classes=pl.len(), listed_pupils=size.sum(), listed_largest_class=size.max()
    )  # fmt: skip
    if "class" in filed.rejected:
        listed = listed.join(filed.rejected["class"].select(keys), on=keys, how="anti")
    names = ["classes", "pupils", "largest_class", *(band.column for band in bands)]
    columns = check.columns(filed, "stage_year", names)
    rows = filed.frame("stage_year").join(listed, on=keys).sort("row")
    for column in columns:
        name = column.name
        wrong = rows.filter(pl.col(name) != pl.col(f"listed_{name}"))
        for row, stated, found in wrong.select("row", name, f"listed_{name}").iter_rows():
            yield Fault(
                "stage_year", row, name, {"filed": stated, "found": found, "what": column.label.zh}, cause="class"
            )
