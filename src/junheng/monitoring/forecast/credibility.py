"""Ratios of small schools, pulled towards those of schools like them: Bühlmann–Straub credibility.

A school's ratio r = Σ to ÷ Σ from is noisy where ``from`` is small. With σ² the noise of one pupil's worth of a ratio
from year to year, and τ² how much true ratios differ between schools of one group, the best linear estimate is

    (Σ to + k · R) ÷ (Σ from + k),   k = σ² ÷ τ²,

R being the ratio of the group. Both variances are estimated from the same moves by sums of squares (Bühlmann and
Straub 1970, in any textbook of actuarial credibility); nothing is set by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import polars as pl


def prior_weight(own: pl.DataFrame, groups: Sequence[str], name: object) -> float:
    """k: how many pupils the ratio of the group is worth; infinite where the schools of a group do not differ.

    Args:
        own: sums of moves by school, see ``moves.sums``, with the columns ``groups``.

    With a single move a school the noise cannot be seen; one as large as that of independent persons is assumed.
    """
    before, after = pl.col(f"from_{name}"), pl.col(f"to_{name}")
    some = own.lazy().filter(before > 0)
    by_group = some.group_by(groups).agg(
        n=pl.len(),
        before=before.sum(),
        after=after.sum(),
        before_squares=before.pow(2).sum(),
        of_schools=(after.pow(2) / before).sum(),
        within=(pl.col(f"squares_{name}") - after.pow(2) / before).sum(),
        free=(pl.col(f"moves_{name}") - 1).clip(0).sum(),
    )
    found = by_group.select(
        within=pl.col("within").sum(),
        free=pl.col("free").sum(),
        groups=pl.len(),
        n=pl.col("n").sum(),
        between=(pl.col("of_schools") - pl.col("after").pow(2) / pl.col("before")).sum(),
        spread=(pl.col("before") - pl.col("before_squares") / pl.col("before")).sum(),
        ratio=pl.col("after").sum() / pl.col("before").sum(),
    ).collect()
    within, free, groups_count, n, between, spread, ratio = found.row(0)
    if not n or not spread:
        return inf
    noise = max(within, 0.0) / free if free else ratio
    differ = (between - (n - groups_count) * noise) / spread
    return noise / differ if differ > 0 else inf


def shrunk(own: pl.DataFrame, groups: Sequence[str], parent: pl.DataFrame, names: Sequence[object]) -> pl.DataFrame:
    """``own`` with ``ratio_<x>``: pulled towards ``parent_ratio_<x>`` of its group; that alone where nothing was seen.

    Args:
        own: sums of moves with the columns ``groups``.
        parent: a row per group with ``ratio_<x>``.
    """
    joined = own.join(
        parent.select(*groups, *(pl.col(f"ratio_{x}").alias(f"parent_{x}") for x in names)),
        on=list(groups),
        how="left",
        maintain_order="left",
    )
    found = []
    for name in names:
        weight = prior_weight(own, groups, name)
        before, after, above = pl.col(f"from_{name}"), pl.col(f"to_{name}"), pl.col(f"parent_{name}")
        pulled = above if weight == inf else (after + weight * above) / (before + weight)
        known = pl.when((before > 0) & above.is_not_null()).then(pulled).otherwise(above)
        found.append(known.alias(f"ratio_{name}"))
    return joined.with_columns(found).drop(f"parent_{x}" for x in names)


def raw(own: pl.DataFrame, names: Sequence[object]) -> pl.DataFrame:
    """``own`` with ``ratio_<x>`` as it is; blank without pupils."""
    return own.with_columns(
        pl.when(pl.col(f"from_{x}") > 0).then(pl.col(f"to_{x}") / pl.col(f"from_{x}")).alias(f"ratio_{x}")
        for x in names
    )
