"""A stage that a school of this kind cannot have: 办学类型与学段不符."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed


def stages_of_schools(filed: Filed) -> pl.DataFrame:
    """``school_code, school_kind, stages`` of the schools whose kind says which stages they have."""
    codes = filed.table("school").columns["school_kind"].codes
    stages = {code.code: list(code.stages) for code in codes.codes.values() if code.stages} if codes else {}
    kinds = pl.DataFrame(
        {"school_kind": list(stages), "stages": list(stages.values())},
        schema={"school_kind": pl.String, "stages": pl.List(pl.String)},
    )
    schools = filed.dataset["school"].unique("school_code", keep="first", maintain_order=True)
    return schools.join(kinds, on="school_kind", maintain_order="left")


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Stage rows outside the kind's stages (``codes.csv``). Sentence parts: ``stage``, ``kind``, ``stages``."""
    schools = stages_of_schools(filed).select("school_code", "school_kind", "stages")
    wrong = (
        filed.frame("stage_year")
        .join(schools, on="school_code")
        .filter(~pl.col("stage").is_in(pl.col("stages")))
        .sort("row")
    )
    for row, stage, kind, stages in wrong.select("row", "stage", "school_kind", "stages").iter_rows():
        parts = {
            "stage": filed.shown("stage_year", "stage", stage),
            "kind": filed.shown("school", "school_kind", kind),
            "stages": "、".join(filed.shown("stage_year", "stage", item) for item in stages),
        }
        yield Fault("stage_year", row, "stage", parts, cause=str(kind))
