"""A class whose grade is not of its stage: 年级与学段不符."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Options: ``table``, ``grade``, ``stages`` (stage → [low, high]). Parts: ``grade``, ``stage`` and the two."""
    table, grade = check.word("table"), check.word("grade")
    check.columns(filed, table, [grade, "stage"])
    stages = check.options["stages"]
    assert isinstance(stages, dict)
    for stage, (low, high) in stages.items():
        wrong = filed.frame(table).filter(pl.col("stage") == stage, ~pl.col(grade).is_between(low, high))
        for row, value in wrong.select("row", grade).iter_rows():
            parts = {"grade": value, "stage": filed.shown(table, "stage", stage), "low": low, "high": high}
            yield Fault(table, row, grade, parts)
