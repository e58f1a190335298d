"""三层均衡视图: between regions, between schools, between groups of pupils (区域之间、学校之间、群体之间)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from junheng.base.outcome import Outcome
from junheng.monitoring.decomposition import decomposition
from junheng.monitoring.observed import CV
from junheng.monitoring.schools import PASSES, measured
from junheng.tables.catalogue import load_tables

_CELL = ["school_year", "stage", "indicator"]
_POINT = "218"
# 群体: how a row belongs to a group (by the school), or how many of its pupils do.
SCHOOL_GROUPS = {
    "location": ("城乡", {"urban": "城区", "town": "镇区", "rural": "乡村"}),
    "boarding": ("寄宿制", {"1": "寄宿制学校", "0": "非寄宿制学校"}),
    "teaching_point": ("教学点", {"1": "教学点", "0": "其他学校"}),
    "operator": ("举办者", {}),
}
PUPIL_GROUPS = {"boarders": "寄宿生", "migrant_pupils": "随迁子女", "left_behind_pupils": "留守儿童"}


@dataclass(frozen=True)
class Layers:
    """The three views; every row is of one school_year, stage and indicator.

    Attributes:
        regions: group (code of the region below), schools, pupils, mean (weighted by pupils), ratio (mean ÷ the mean
            of all), passed_share (of rows with an outcome).
        schools: counties, cv_known, cv_median, cv_highest, cvs_over (counties above the limit), theil,
            within_counties, share_within_counties.
        groups: grouping (location, boarding, teaching_point, operator: by the school; boarders, migrant_pupils,
            left_behind_pupils: by the pupils of each school), group, schools, known (rows that filed how many),
            pupils (of the group), mean (what a pupil of the group finds at school), ratio, passed_share.
    """

    regions: pl.DataFrame
    schools: pl.DataFrame
    groups: pl.DataFrame


def layers(schools: pl.LazyFrame, measures: pl.LazyFrame, indicators: Sequence[str], digits: int) -> Layers:
    """Look at the same indicators by region, school and group.

    Args:
        digits: of the codes of the regions compared: 2 provinces, 4 cities, 6 counties.
    """
    watched, named = measured(schools, indicators)
    in_scope = watched.filter(pl.col("left_out").is_null())
    regions, groups = [], []
    for name in named:
        rows = _rows(in_scope, name)
        regions.append(_means(rows, pl.col("county_code").str.slice(0, digits), name))
        groups += [_means(rows, pl.col(column), name).with_columns(grouping=pl.lit(column)) for column in SCHOOL_GROUPS]
        groups += [_of_pupils(rows, column, name) for column in PUPIL_GROUPS]
    collected = pl.collect_all([*regions, *groups])
    first = pl.concat(collected[: len(regions)]).select(*_CELL, pl.exclude(_CELL)).sort(*_CELL, "group")
    last = pl.concat(collected[len(regions) :], how="diagonal").select(
        *_CELL, "grouping", pl.exclude(*_CELL, "grouping")
    )
    return Layers(first, _between_schools(schools, measures, indicators), last.sort(*_CELL, "grouping", "group"))


def _rows(in_scope: pl.LazyFrame, name: str) -> pl.LazyFrame:
    counts = pl.col(f"{name}__value").is_finite() & (pl.col("pupils") > 0)
    return in_scope.select(
        "school_year", "stage", "county_code",
        pl.col("location").cast(pl.String), pl.col("operator").cast(pl.String), pl.col("boarding").cast(pl.String),
        (pl.col("school_kind") == _POINT).cast(pl.Int8).cast(pl.String).alias("teaching_point"),
        *PUPIL_GROUPS,
        pl.lit(name).alias("indicator"),
        pl.when(counts).then(pl.col("pupils").cast(pl.Float64)).alias("weight"),
        pl.when(counts).then(f"{name}__value").alias("value"),
        pl.col(f"{name}__outcome").alias("outcome"),
    )  # fmt: skip


def _mean(weight: pl.Expr) -> pl.Expr:
    return pl.when(weight.sum() > 0).then((weight * pl.col("value")).sum() / weight.sum())


def _passed_share() -> pl.Expr:
    judged = pl.col("outcome").is_not_null() & (pl.col("outcome") != str(Outcome.UNKNOWN))
    return pl.when(judged.sum() > 0).then(pl.col("outcome").is_in(PASSES).sum() / judged.sum()).alias("passed_share")


def _means(rows: pl.LazyFrame, group: pl.Expr, name: str) -> pl.LazyFrame:
    weight = pl.col("weight")
    grouped = rows.group_by(*_CELL, group.alias("group")).agg(
        pl.len().cast(pl.Int64).alias("schools"),
        weight.count().cast(pl.Int64).alias("known"),
        weight.sum().cast(pl.Int64).alias("pupils"),
        _mean(weight).alias("mean"),
        _passed_share(),
        total=(weight * pl.col("value")).sum(),
    )
    of_all = pl.col("total").sum().over(_CELL) / pl.col("pupils").sum().over(_CELL)
    return grouped.with_columns(ratio=pl.when(of_all > 0).then(pl.col("mean") / of_all)).drop("total")


def _of_pupils(rows: pl.LazyFrame, column: str, name: str) -> pl.LazyFrame:
    """What a pupil of a group that is spread over the schools finds on average: schools weighted by such pupils."""
    own = pl.when(pl.col("value").is_not_null()).then(pl.col(column).cast(pl.Float64))
    mean = _mean(own)
    return rows.group_by(_CELL).agg(
        pl.lit(column).alias("grouping"),
        pl.lit(column).alias("group"),
        pl.len().cast(pl.Int64).alias("schools"),
        own.count().cast(pl.Int64).alias("known"),
        pl.when(own.count() > 0).then(own.sum()).cast(pl.Int64).alias("pupils"),
        mean.alias("mean"),
        pl.when(_mean(pl.col("weight")) > 0).then(mean / _mean(pl.col("weight"))).alias("ratio"),
    )


def _between_schools(schools: pl.LazyFrame, measures: pl.LazyFrame, indicators: Sequence[str]) -> pl.DataFrame:
    coefficients = measures.filter((pl.col("kind") == CV) & pl.col("name").is_in(list(indicators)))
    known = pl.when(pl.col("outcome").ne_missing(str(Outcome.UNKNOWN))).then("value")
    spread = coefficients.group_by("school_year", "stage", pl.col("name").alias("indicator")).agg(
        pl.len().cast(pl.Int64).alias("counties"),
        known.count().cast(pl.Int64).alias("cv_known"),
        known.median().alias("cv_median"),
        known.max().alias("cv_highest"),
        (pl.col("outcome") == str(Outcome.UNMET)).sum().cast(pl.Int64).alias("cvs_over"),
    )
    parts = decomposition(schools, indicators)
    parts = parts.select(*_CELL, "within_counties", "share_within_counties", theil="total")
    return spread.collect().join(parts, on=_CELL, how="left").sort(_CELL)


def group_label(grouping: str, group: str | None) -> str:
    """What a group is called in Chinese."""
    if grouping in PUPIL_GROUPS:
        return PUPIL_GROUPS[grouping]
    words = SCHOOL_GROUPS[grouping][1] or {
        code.code: code.label.zh for code in load_tables().code_lists[grouping].codes.values()
    }
    return "（未填）" if group is None else words.get(group, group)
