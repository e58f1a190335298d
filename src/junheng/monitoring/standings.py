"""各县各年: the verdict of each county and year beside the year before, and the measure that is tightest."""

from __future__ import annotations

import polars as pl

from junheng.base.outcome import Outcome
from junheng.monitoring.direction import IMPROVING, STEADY, WORSENING
from junheng.monitoring.observed import CHECK, CV
from junheng.monitoring.schools import PASSES

_KEY = ("county_code", "school_year")


def standings(counties: pl.LazyFrame, moved: pl.LazyFrame, traits: pl.LazyFrame) -> pl.LazyFrame:
    """One row per county and year.

    Args:
        counties: see ``Observed.counties``.
        moved: see ``directions``.
        traits: see ``Measured.traits``.

    Returns:
        county_code, county_name, province, school_year, outcome, last_outcome (of the school year before; blank where
        that was not judged), schools, met, unmet, unknown (rows of school and stage), met_share (0 to 1), pupils,
        cvs_over and checks_failed (measures that are 未达标), improving, steady, worsening (measures by direction),
        tightest_kind, _stage, _name and _room (the least room of any measure; what passes and cannot be better – 100 %
        of 100 %, a grade that is reached – is none, nor is a value that is partial: 无法判定).
    """
    last = counties.select("county_code", pl.col("school_year") + 1, last_outcome="outcome")
    missed = pl.col("outcome") == str(Outcome.UNMET)
    counts = [
        (missed & (pl.col("kind") == CV)).sum().alias("cvs_over"),
        (missed & (pl.col("kind") == CHECK)).sum().alias("checks_failed"),
        *((pl.col("direction") == word).sum().alias(word) for word in (IMPROVING, STEADY, WORSENING)),
    ]
    full = (pl.col("value") >= pl.col("highest")) | pl.col("whole")
    best = (pl.col("outcome").is_in(PASSES) & full).fill_null(False)
    partial = pl.col("outcome").eq_missing(str(Outcome.UNKNOWN))
    measured = moved.join(traits, on=["kind", "name"], how="left", maintain_order="left")
    measured = measured.with_columns(room=pl.when(~best & ~partial).then("room"))
    least = pl.col("room").arg_min()
    tightest = [
        pl.when(pl.col("room").count() > 0).then(pl.col(column).get(least)).alias(f"tightest_{column}")
        for column in ("kind", "stage", "name", "room")
    ]
    by_county = measured.group_by(_KEY).agg(*counts, *tightest)
    return (
        counties.join(last, on=_KEY, how="left")
        .join(by_county, on=_KEY, how="left")
        .select(
            "county_code", "county_name", pl.col("county_code").str.slice(0, 2).alias("province"), "school_year",
            "outcome", "last_outcome", "schools", "met", "unmet", "unknown",
            pl.when(pl.col("schools") > 0).then(pl.col("met") / pl.col("schools")).alias("met_share"),
            "pupils",
            *(pl.col(name).fill_null(0) for name in ("cvs_over", "checks_failed", IMPROVING, STEADY, WORSENING)),
            "tightest_kind", "tightest_stage", "tightest_name", "tightest_room",
        )
        .sort(_KEY)
    )  # fmt: skip
