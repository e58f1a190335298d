"""阶段目标: how many counties shall pass by when, beside how many do.

Reached means that the county passes by this program's verdict; recognition itself is an act of the authorities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from junheng.base.exact import NEAR
from junheng.base.outcome import Outcome
from junheng.intake.read import read_file
from junheng.monitoring.errors import NoTargetsError, TargetRegionError, TargetsRefusedError
from junheng.monitoring.schools import PASSES
from junheng.tables.catalogue import target_tables
from junheng.tables.finding import blocking

NATION = "CN"
_UNKNOWN = str(Outcome.UNKNOWN)
_REGION = re.compile(r"(\d\d){1,3}", re.ASCII)
REACHED, LOST, BEHIND, DUE_LATER = "reached", "lost", "behind", "due_later"
OPEN, NO_DATA = "open", "no_data"
STATES = {
    REACHED: "已达标",
    LOST: "达标后又未达标",
    OPEN: "无法判定",
    BEHIND: "到期未达标",
    DUE_LATER: "未到期",
    NO_DATA: "没有判定",
}


@dataclass(frozen=True)
class Targets:
    """What was planned.

    Attributes:
        shares: region (CN, or the beginning of county codes), target_year, share (per cent).
        counties: county_code, county_name, recognise_by.
    """

    shares: pl.DataFrame
    counties: pl.DataFrame

    def within(self, region: str) -> Targets:
        """What was planned for a region and what lies in it: a part of the counties says nothing of a wider plan."""
        own = pl.col("region").replace(NATION, "").str.starts_with(region)
        return Targets(self.shares.filter(own), self.counties.filter(pl.col("county_code").str.starts_with(region)))


def read_targets(path: str | Path) -> Targets:
    """Read a workbook of targets, a folder of CSV files or one of them.

    Raises:
        TargetsRefusedError: cells that do not read.
        NoTargetsError: no row in it.
        TargetRegionError: a share of no region.
        JunhengError: the file as a whole cannot be read.
    """
    reading = read_file(Path(path), target_tables())
    if errors := blocking(reading.findings):
        raise TargetsRefusedError(name=Path(path).name, findings=errors)
    shares, counties = reading.dataset["target_share"], reading.dataset["target_county"]
    if shares.is_empty() and counties.is_empty():
        raise NoTargetsError(name=Path(path).name)
    for row, region in enumerate(shares["region"]):
        if region != NATION and not _REGION.fullmatch(region):
            cell = reading.dataset.cell("target_share", row, "region")
            raise TargetRegionError(name=Path(path).name, cell=cell, region=region)
    return Targets(
        shares.select("region", "target_year", pl.col("share").cast(pl.Float64)),
        counties.select("county_code", "county_name", "recognise_by"),
    )


def progress(targets: Targets, counties: pl.DataFrame) -> pl.DataFrame:
    """The curve of progress: planned and actual, region by region and year by year.

    Args:
        counties: see ``Observed.counties``.

    Returns:
        region, school_year, planned_share (per cent; blank in years without a target: nothing is filled in between),
        planned_counties (that shall pass by then, by the list of counties; blank without a list), counties, passed,
        unknown, share (per cent; blank before the year is judged), gap (share − planned_share), needed (counties that
        lack to the planned share).
    """
    regions = targets.shares["region"].unique().to_list() or [NATION]
    return pl.concat([_of_region(targets, counties, region) for region in sorted(regions)])


def _of_region(targets: Targets, counties: pl.DataFrame, region: str) -> pl.DataFrame:
    within = "" if region == NATION else region
    own = counties.filter(pl.col("county_code").str.starts_with(within))
    listed = targets.counties.filter(pl.col("county_code").str.starts_with(within))
    actual = own.group_by("school_year").agg(
        pl.len().cast(pl.Int64).alias("counties"),
        pl.col("outcome").is_in(PASSES).sum().cast(pl.Int64).alias("passed"),
        (pl.col("outcome") == _UNKNOWN).sum().cast(pl.Int64).alias("unknown"),
    )
    planned = targets.shares.filter(pl.col("region") == region).select(school_year="target_year", planned_share="share")
    years = pl.concat([actual["school_year"], planned["school_year"], listed["recognise_by"]]).unique().sort()
    frame = years.to_frame("school_year").join(planned, on="school_year", how="left")
    frame = frame.join(actual, on="school_year", how="left").sort("school_year")
    by_then = [(listed["recognise_by"] <= year).sum() if listed.height else None for year in frame["school_year"]]
    share = pl.col("passed") / pl.col("counties") * 100
    # 98.4 % of 2625 counties are 2583, and in floats a little more.
    whole = (pl.col("planned_share") * pl.col("counties") / 100 - NEAR).ceil().cast(pl.Int64)
    return frame.with_columns(
        region=pl.lit(region),
        planned_counties=pl.Series(by_then, dtype=pl.Int64),
        share=share,
        gap=share - pl.col("planned_share"),
        needed=(whole - pl.col("passed")).clip(lower_bound=0),
    ).select(
        "region", "school_year", "planned_share", "planned_counties", "counties", "passed", "unknown", "share", "gap",
        "needed",
    )  # fmt: skip


def due(targets: Targets, counties: pl.DataFrame) -> pl.DataFrame:
    """Each county of the list: whether it is where it shall be.

    Returns:
        county_code, county_name, recognise_by, first_passed (the first school year that it passed), last_year and
        outcome (of the latest judged), state: reached, lost (passed once, not met now), behind (due by the latest
        judged year and never passed), open (passed once or is due, and cannot be judged now), due_later, no_data;
        years_behind (0 where it is not behind). The furthest behind first.
    """
    passes = pl.col("outcome").is_in(PASSES)
    of_county = (
        counties.sort("school_year")
        .group_by("county_code")
        .agg(
            pl.col("school_year").filter(passes).min().alias("first_passed"),
            pl.col("school_year").last().alias("last_year"),
            pl.col("outcome").last(),
            pl.col("county_name").last().alias("name"),
        )
    )
    latest = counties["school_year"].max()
    joined = targets.counties.join(of_county, on="county_code", how="left")
    overdue = pl.col("recognise_by") <= pl.lit(latest, pl.Int64)
    state = (
        pl.when(passes.fill_null(False))
        .then(pl.lit(REACHED))
        .when(pl.col("last_year").is_null())
        .then(pl.lit(NO_DATA))
        .when((pl.col("outcome") == _UNKNOWN) & (pl.col("first_passed").is_not_null() | overdue))
        .then(pl.lit(OPEN))
        .when(pl.col("first_passed").is_not_null())
        .then(pl.lit(LOST))
        .when(overdue)
        .then(pl.lit(BEHIND))
        .otherwise(pl.lit(DUE_LATER))
    )
    joined = joined.with_columns(state=state, county_name=pl.coalesce("name", "county_name"))
    late = pl.col("state").is_in([BEHIND, LOST, OPEN, NO_DATA]) & overdue
    years = pl.when(late).then(pl.lit(latest, pl.Int64) - pl.col("recognise_by")).otherwise(0)
    return (
        joined.with_columns(years_behind=years)
        .sort("years_behind", "county_code", descending=[True, False])
        .select(
            "county_code",
            "county_name",
            "recognise_by",
            "first_passed",
            "last_year",
            "outcome",
            "state",
            "years_behind",
        )
    )
