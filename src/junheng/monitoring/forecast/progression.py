"""Grade progression: what share of a grade is found a grade higher a year later, school by school."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from junheng.monitoring.forecast.credibility import raw, shrunk
from junheng.monitoring.forecast.grades import FOLLOWED
from junheng.monitoring.forecast.moves import sums
from junheng.monitoring.forecast.settings import Settings


def with_progression(base: pl.DataFrame, moved: pl.DataFrame, units: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """``base`` with ``ratio_<g>`` (of the grade below) and ``rate_<g>`` (of the county's grade below): 2–6, 8, 9.

    A grade has a rate, and no ratio, where its pupils come from other schools: it has more than ``settings.jump`` times
    the pupils of the grade below. A ratio is 0 where a school ends below the grade. All others are pulled: schools
    towards those of their county and kind of place (城乡分类), these towards the nation's.

    Args:
        base: a row per unit with county, place, stage.
        moved: ``moves.moves`` of the years that count.
    """
    own = sums(moved, ["unit"], FOLLOWED).join(units.select("unit", "county", "place", "location"), on="unit")
    for grade in FOLLOWED:
        before, after = pl.col(f"from_{grade}"), pl.col(f"to_{grade}")
        own = own.with_columns(
            pl.when((after > settings.jump * before) & (after > 0)).then(after).alias(f"joined_{grade}"),
            ((before > 0) & (after == 0)).alias(f"ends_{grade}"),
        )
    county = own.group_by("county").agg(pl.col(f"from_{g}").sum().alias(f"county_{g}") for g in FOLLOWED)
    regular = own.with_columns(_regular(own.columns))
    places = _by_place(regular)
    pulled = shrunk(regular, ["place"], places, FOLLOWED).select("unit", *(f"ratio_{g}" for g in FOLLOWED))
    found = base.join(pulled, on="unit", how="left", maintain_order="left")
    odd = own.select("unit", *(f"{what}_{g}" for what in ("joined", "ends") for g in FOLLOWED))
    found = found.join(odd, on="unit", how="left", maintain_order="left")
    found = found.join(county, on="county", how="left", maintain_order="left")
    by_place = places.select("place", *(pl.col(f"ratio_{g}").alias(f"place_{g}") for g in FOLLOWED))
    found = found.join(by_place, on="place", how="left", maintain_order="left")
    ends = [pl.col(f"ends_{g}").fill_null(False) for g in FOLLOWED]
    whole = {g: pl.col(f"place_{g}").mean() for g in FOLLOWED}
    return found.with_columns(
        *(
            pl.when(end)
            .then(0.0)
            .when(pl.col(f"joined_{g}").is_null())
            .then(pl.coalesce(f"ratio_{g}", f"place_{g}", whole[g], pl.lit(1.0)))
            .alias(f"ratio_{g}")
            for g, end in zip(FOLLOWED, ends, strict=True)
        ),
        *(
            pl.when(pl.col(f"county_{g}") > 0).then(pl.col(f"joined_{g}") / pl.col(f"county_{g}")).alias(f"rate_{g}")
            for g in FOLLOWED
        ),
    ).drop(f"{what}_{g}" for what in ("joined", "ends", "county", "place") for g in FOLLOWED)


def _regular(columns: Sequence[str]) -> list[pl.Expr]:
    """The sums of schools whose grade neither ends nor lives on others; of the rest blank."""
    found = []
    for grade in FOLLOWED:
        odd = pl.col(f"joined_{grade}").is_not_null() | pl.col(f"ends_{grade}")
        found += [
            pl.when(~odd).then(pl.col(f"{what}_{grade}")).alias(f"{what}_{grade}")
            for what in ("from", "to", "squares", "moves")
            if f"{what}_{grade}" in columns
        ]
    return found


def _by_place(own: pl.DataFrame) -> pl.DataFrame:
    """County and kind of place, pulled towards the kind of place in the nation."""
    places = own.group_by("place", "location").agg(_sums())
    nation = raw(places.group_by("location").agg(_sums()), FOLLOWED)
    return shrunk(places, ["location"], nation, FOLLOWED)


def _sums() -> list[pl.Expr]:
    """Of groups: what schools differ by within a group stands for the noise of its ratio."""
    found = []
    for grade in FOLLOWED:
        before, after = pl.col(f"from_{grade}"), pl.col(f"to_{grade}")
        some = before > 0
        found += [
            before.sum(),
            after.sum(),
            (after.pow(2) / before).filter(some).sum().alias(f"squares_{grade}"),
            some.sum().alias(f"moves_{grade}"),
        ]
    return found
