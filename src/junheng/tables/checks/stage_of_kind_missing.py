"""A stage that a school of this kind must have was not filed: 缺少应有学段的数据."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed
from junheng.tables.checks.stage_not_of_kind import stages_of_schools


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """School years without a row for one of the kind's stages. Sentence parts: ``stage``, ``kind``, ``year``."""
    keys = ["school_code", "school_year"]
    schools = stages_of_schools(filed).select("school_code", "school_kind", "stages")
    filed_stages = filed.dataset["stage_year"].select(*keys, "stage")
    if (rejected := filed.rejected.get("stage_year")) is not None:
        filed_stages = pl.concat([filed_stages, rejected.select(*keys, "stage")])
        unsure = rejected.filter(pl.any_horizontal(pl.col(*keys, "stage").is_null()))["school_code"].to_list()
        schools = schools.filter(~pl.col("school_code").is_in(unsure), pl.lit(None not in unsure))
    missing = (
        filed.frame("school_year")
        .select("row", *keys)
        .join(schools, on="school_code")
        .explode("stages")
        .rename({"stages": "stage"})
        .join(filed_stages, on=[*keys, "stage"], how="anti")
        .sort("row", "stage")
    )
    for row, year, kind, stage in missing.select("row", "school_year", "school_kind", "stage").iter_rows():
        parts = {
            "stage": filed.shown("stage_year", "stage", stage),
            "kind": filed.shown("school", "school_kind", kind),
            "year": year,
        }
        yield Fault("school_year", row, "school_code", parts, cause=str(stage))
