"""前后对照: two judgements side by side, of two years or of a county before and after planned changes."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from junheng.verdict.judgement import Judgement


@dataclass(frozen=True)
class Comparison:
    """What changed between two judgements by the same kind of standard.

    Attributes:
        counties: county_code, before, after (outcomes).
        parts: county_code, part, before, after.
        balance: county_code, stage, indicator, cv_before, cv_after, change, limit (of the later), before, after.
        rows: school_code, school_name, stage, before, after: only schools whose outcome changed; a school that is on
            one side only, or out of scope there, has no outcome on that side.
    """

    counties: pl.DataFrame
    parts: pl.DataFrame
    balance: pl.DataFrame
    rows: pl.DataFrame


def compare(before: Judgement, after: Judgement) -> Comparison:
    """Put two judgements side by side."""
    keys = ["county_code", "stage", "indicator"]
    old = before.balance.select(*keys, cv_before="cv", before="outcome")
    new = after.balance.select(*keys, cv_after="cv", limit="limit", after="outcome")
    balance = new.join(old, on=keys, how="full", coalesce=True, maintain_order="left")
    balance = balance.with_columns(change=pl.col("cv_after") - pl.col("cv_before")).select(
        *keys, "cv_before", "cv_after", "change", "limit", "before", "after"
    )
    return Comparison(
        counties=_side_by_side(before.counties, after.counties, ["county_code"]),
        parts=_side_by_side(before.parts, after.parts, ["county_code", "part"]),
        balance=balance,
        rows=_changed_rows(before, after),
    )


def _side_by_side(old: pl.DataFrame, new: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    joined = new.select(*keys, after="outcome").join(
        old.select(*keys, before="outcome"), on=keys, how="full", coalesce=True, maintain_order="left"
    )
    return joined.select(*keys, "before", "after")


def _changed_rows(before: Judgement, after: Judgement) -> pl.DataFrame:
    keys = ["school_code", "stage"]
    old = before.rows.select(*keys, name_before="school_name", before="outcome")
    new = after.rows.select(*keys, "school_name", after="outcome")
    joined = new.join(old, on=keys, how="full", coalesce=True, maintain_order="left")
    changed = joined.filter(pl.col("before").ne_missing(pl.col("after")))
    name = pl.coalesce("school_name", "name_before")
    return changed.select("school_code", name.alias("school_name"), "stage", "before", "after")
