"""比较: the same indicators by group of schools (城乡, 乡镇, 办学类型), weighted by pupils like the county mean."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from junheng.base.outcome import Outcome
from junheng.verdict.errors import NotInJudgementError
from junheng.verdict.judgement import Judgement

GroupBy = Literal["location", "town", "school_kind", "operator", "boarding"]


def compare_groups(judgement: Judgement, by: GroupBy) -> pl.DataFrame:
    """Compare groups of schools in scope, indicator by indicator.

    Returns:
        county_code, stage, group, indicator, schools, pupils, mean (unit of the indicator), lowest, highest, missed
        (schools below the limit, tolerated ones included), unknown. A blank group is kept as a group of its own.
    """
    if by not in get_args(GroupBy):
        raise NotInJudgementError(what="分组", name=by, known="可用的分组：" + "、".join(get_args(GroupBy)))
    rows = judgement.in_scope.with_columns(group=pl.col(by).cast(pl.String))
    key = ["county_code", "stage", "group"]
    found = []
    for name in judgement.standard.resources:
        if f"{name}__value" not in rows.columns:
            continue
        value, outcome = pl.col(f"{name}__value"), pl.col(f"{name}__outcome")
        counted = value.is_not_null() & (pl.col("pupils") > 0)
        weight = pl.when(counted).then(pl.col("pupils").cast(pl.Float64))
        found.append(
            rows.group_by(key).agg(
                indicator=pl.lit(name),
                schools=pl.len().cast(pl.Int64),
                pupils=pl.col("pupils").sum(),
                mean=pl.when(weight.sum() > 0).then((weight * value).sum() / weight.sum()),
                lowest=value.min(),
                highest=value.max(),
                missed=outcome.is_in([str(Outcome.UNMET), str(Outcome.TOLERATED)]).sum().cast(pl.Int64),
                unknown=(outcome == str(Outcome.UNKNOWN)).sum().cast(pl.Int64),
            )
        )
    return pl.concat(found).sort("county_code", "stage", "indicator", "group") if found else pl.DataFrame()
