"""复查材料: what is known of a recognised county in the years since its recognition, year by year.

Whether a title is kept is for people to decide; a year that was not judged is a gap in the evidence and said to be one.
"""

from __future__ import annotations

import polars as pl

from junheng.base.outcome import Outcome
from junheng.monitoring.schools import PASSES

HELD, FAILED, MENDED, OPEN, NOT_JUDGED = "held", "failed", "mended", "open", "not_judged"
STATES = {HELD: "保持", FAILED: "未达标", MENDED: "整改后达标", OPEN: "无法判定", NOT_JUDGED: "没有判定"}


def recheck(standing: pl.DataFrame, moved: pl.DataFrame, recognised: pl.DataFrame) -> pl.DataFrame:
    """One row per recognised county and school year since.

    Args:
        standing: see ``standings``.
        moved: see ``directions``.
        recognised: county_code, county_name, recognised_on (blank: not recognised, left out).

    Returns:
        county_code, county_name, recognised_on, school_year (every one from the recognition to the latest judged),
        years_since, outcome, state (held, failed, mended: passes after a year that did not; open: cannot be judged;
        not_judged), failed (ids of the measures that are not met), first_failed (the first year since that did not
        pass).
    """
    last = standing["school_year"].max()
    known = recognised.filter(pl.col("recognised_on").is_not_null())
    if last is None or known.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    # A school year has begun by September: one that is recognised in spring belongs to the year before.
    begun = pl.col("recognised_on").dt.year() - (pl.col("recognised_on").dt.month() < 9).cast(pl.Int32)
    years = known.with_columns(since=begun.cast(pl.Int64)).with_columns(
        school_year=pl.int_ranges("since", pl.lit(last, pl.Int64) + 1)
    )
    rows = years.filter(pl.col("school_year").list.len() > 0).explode("school_year")
    unmet = moved.filter(pl.col("outcome") == str(Outcome.UNMET)).group_by("county_code", "school_year")
    failed = unmet.agg(pl.col("name").unique(maintain_order=True).alias("failed"))
    key = ["county_code", "school_year"]
    joined = rows.join(standing.select(*key, "outcome"), on=key, how="left").join(failed, on=key, how="left")
    below = (pl.col("outcome") == str(Outcome.UNMET)).fill_null(False)
    joined = joined.sort(key).with_columns(
        first_failed=pl.col("school_year").filter(below).min().over("county_code"),
        earlier=below.cast(pl.Int64).cum_sum().over("county_code") > 0,
    )
    passes = pl.col("outcome").is_in(PASSES)
    state = (
        pl.when(pl.col("outcome").is_null())
        .then(pl.lit(NOT_JUDGED))
        .when(below)
        .then(pl.lit(FAILED))
        .when(passes & pl.col("earlier"))
        .then(pl.lit(MENDED))
        .when(passes)
        .then(pl.lit(HELD))
        .otherwise(pl.lit(OPEN))
    )
    return joined.with_columns(
        state=state, years_since=pl.col("school_year") - pl.col("since"), failed=pl.col("failed").fill_null([])
    ).select(pl.col(name).cast(kind) for name, kind in _SCHEMA.items())


_SCHEMA = {
    "county_code": pl.String(),
    "county_name": pl.String(),
    "recognised_on": pl.Date(),
    "school_year": pl.Int64(),
    "years_since": pl.Int64(),
    "outcome": pl.String(),
    "state": pl.String(),
    "failed": pl.List(pl.String()),
    "first_failed": pl.Int64(),
}
