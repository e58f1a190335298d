"""Entrants: how many begin grade 1 in a county, which schools they go to, and who takes in whom for grade 7."""

from __future__ import annotations

import polars as pl

from junheng.monitoring.forecast.credibility import raw, shrunk
from junheng.monitoring.forecast.grades import FIRST, JUNIOR_FIRST, column
from junheng.monitoring.forecast.moves import OWN, POOL, last, sums
from junheng.monitoring.forecast.panel import Panel
from junheng.monitoring.forecast.settings import Settings

ENTERED = (FIRST, JUNIOR_FIRST)


def growth(
    moved: pl.DataFrame, units: pl.DataFrame, opened: pl.DataFrame, settings: Settings, origin: int
) -> pl.DataFrame:
    """Yearly growth of the entrants: place, ``growth_<g>`` of the county, ``drift_<g>`` of the place.

    A place's drift is its growth beside its county's, so that countryside and town can go apart. Counties are pulled
    towards the nation, the drift of a place towards that of such places in the nation.

    Args:
        opened: the entrants of schools in their first year, as moves from 0: a school that opens takes from others.
    """
    recent = last(pl.concat([moved.select(opened.columns), opened]), origin, settings.growth_moves)
    placed = recent.join(units.select("unit", "county", "place", "location"), on="unit")
    counties = _yearly(placed, ["county"]).with_columns(all=pl.lit(0))
    nation = raw(_again(counties, ["all"]), ENTERED)
    found = shrunk(counties, ["all"], nation, ENTERED).select("county", *(f"ratio_{g}" for g in ENTERED))
    places = _yearly(placed, ["county", "place", "location"])
    of_places = shrunk(places, ["location"], raw(_again(places, ["location"]), ENTERED), ENTERED)
    return (
        of_places.select("county", "place", *(pl.col(f"ratio_{g}").alias(f"drift_{g}") for g in ENTERED))
        .join(found.rename({f"ratio_{g}": f"growth_{g}" for g in ENTERED}), on="county")
        .drop("county")
    )


def _yearly(placed: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Sums by group over its moves, each year's total being one move."""
    yearly = placed.group_by([*by, "year"]).agg(pl.col(f"{what}_{g}").sum() for g in ENTERED for what in ("from", "to"))
    return sums(yearly, by, ENTERED)


def _again(own: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    return own.group_by(by).agg(pl.col(f"{what}_{g}").sum() for g in ENTERED for what in ("from", "to"))


def opened(panel: Panel) -> pl.DataFrame:
    """The entrants of units in their first filed year, where their county had filed the year before."""
    rows = panel.rows.join(panel.units.select("unit", "county"), on="unit")
    began = rows.group_by("unit").agg(pl.col("year").min())
    county_began = rows.group_by("county").agg(pl.col("year").min().alias("county_began"))
    first = rows.join(began, on=["unit", "year"]).join(county_began, on="county")
    known = first.filter(pl.col("year") > pl.col("county_began"))
    found = [pl.col("unit"), pl.col("year") - 1]
    for grade in ENTERED:
        some = pl.col(column(grade)) > 0
        found += [pl.when(some).then(0.0).alias(f"from_{grade}")]
        found += [pl.when(some).then(pl.col(column(grade))).alias(f"to_{grade}")]
    return known.select(found)


def shares(panel: Panel, origin: int, settings: Settings) -> pl.DataFrame:
    """unit, ``share_1`` and ``share_7``: its mean share of its county's entrants in the last years it filed."""
    rows = panel.rows.filter(pl.col("year") > origin - settings.share_years)
    rows = rows.join(panel.units.select("unit", "county"), on="unit")
    found = []
    for grade in ENTERED:
        own = pl.col(column(grade))
        of_county = own.sum().over("county", "year")
        found.append(pl.when(of_county > 0).then(own / of_county).alias(f"share_{grade}"))
    shared = rows.select("unit", *found)
    return shared.group_by("unit").agg(pl.col(f"share_{g}").mean() for g in ENTERED)


def pool_ratios(moved: pl.DataFrame, origin: int, settings: Settings) -> pl.DataFrame:
    """county, ``ratio_pool``: grade 7 of a county for each pupil of its grade 6 a year before."""
    recent = last(moved, origin, settings.moves).with_columns(all=pl.lit(0))
    own = sums(recent, ["county", "all"], [POOL])
    nation = raw(own.group_by("all").agg(pl.col(f"{what}_{POOL}").sum() for what in ("from", "to")), [POOL])
    return shrunk(own, ["all"], nation, [POOL]).select("county", f"ratio_{POOL}")


def own_ratios(moved: pl.DataFrame, origin: int, settings: Settings) -> pl.DataFrame:
    """unit, ``ratio_own``: grade 7 of a nine-year school for each pupil of its own grade 6.

    Schools that take in more than ``settings.jump`` times their own leavers are left out: they draw on the county.
    """
    recent = last(moved, origin, settings.moves)
    own = sums(recent, ["unit"], [OWN])
    before, after = pl.col(f"from_{OWN}"), pl.col(f"to_{OWN}")
    own = own.filter((before > 0) & (after > 0) & (after <= settings.jump * before)).with_columns(all=pl.lit(0))
    nation = raw(own.group_by("all").agg(before.sum(), after.sum()), [OWN])
    return shrunk(own, ["all"], nation, [OWN]).select("unit", f"ratio_{OWN}")
