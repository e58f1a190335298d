"""Moves from one year to the next: how many pupils there were, and how many of them a year later a grade higher."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from junheng.monitoring.forecast.grades import FIRST, FOLLOWED, JUNIOR_FIRST, column
from junheng.monitoring.forecast.panel import Panel

POOL, OWN, TOTAL = "pool", "own", "total"


def moves(panel: Panel) -> pl.DataFrame:
    """A row per unit and year that another follows: unit, year (the earlier), ``from_<g>`` and ``to_<g>``.

    For a grade that follows another: pupils of the grade below, and of the grade a year later. For grades 1 and 7: the
    entrants of both years; for ``total`` all pupils of both. A pair with a blank is blank on both sides. Units that
    open have no move, those that close none after their last.
    """
    follows = (pl.col("unit").shift(-1) == pl.col("unit")) & (pl.col("year").shift(-1) == pl.col("year") + 1)
    pairs: dict[object, tuple[str, str]] = {grade: (column(grade - 1), column(grade)) for grade in FOLLOWED}
    pairs |= {grade: (column(grade), column(grade)) for grade in (FIRST, JUNIOR_FIRST)}
    found = []
    for name, (before, after) in {**pairs, TOTAL: ("pupils", "pupils")}.items():
        later = pl.col(after).shift(-1)
        known = pl.col(before).is_not_null() & later.is_not_null()
        found += [
            pl.when(known).then(pl.col(before)).alias(f"from_{name}"),
            pl.when(known).then(later).alias(f"to_{name}"),
        ]
    return panel.rows.select("unit", "year", follows.alias("follows"), *found).filter("follows").drop("follows")


def own_moves(panel: Panel) -> pl.DataFrame:
    """Of schools with both stages: unit (the junior one), year, grade 6 of the school and its grade 7 a year later."""
    rows = panel.rows.join(panel.units.select("unit", "school", "stage"), on="unit")
    leavers = rows.filter(pl.col("stage") == "primary").select("school", "year", from_own=column(6))
    entrants = rows.filter(pl.col("stage") == "junior").select(
        "unit", "school", pl.col("year") - 1, to_own=column(JUNIOR_FIRST)
    )
    pairs = entrants.join(leavers, on=["school", "year"]).drop_nulls(["from_own", "to_own"])
    return pairs.select("unit", "year", "from_own", "to_own")


def county_moves(panel: Panel) -> pl.DataFrame:
    """By county and year: grade 6 of its schools and their grade 7 a year later (``pool``).

    A year in which a school did not file the grade says nothing of the county.
    """
    rows = panel.rows.join(panel.units.select("unit", "county", "stage"), on="unit")

    def whole(stage: str, grade: int) -> pl.DataFrame:
        own = pl.col(column(grade))
        found = rows.filter(pl.col("stage") == stage).group_by("county", "year")
        return found.agg(pl.when(own.null_count() == 0).then(own.sum()).alias("pupils"))

    leavers = whole("primary", 6).rename({"pupils": f"from_{POOL}"})
    entrants = whole("junior", JUNIOR_FIRST).with_columns(pl.col("year") - 1).rename({"pupils": f"to_{POOL}"})
    return leavers.join(entrants, on=["county", "year"]).drop_nulls()


def last(frame: pl.DataFrame, origin: int, count: int) -> pl.DataFrame:
    """The last ``count`` moves that were over in ``origin``."""
    return frame.filter(pl.col("year").is_between(origin - count, origin - 1))


def sums(frame: pl.DataFrame, by: Sequence[str], names: Sequence[object]) -> pl.DataFrame:
    """Sums over moves: ``from_<x>``, ``to_<x>``, ``squares_<x>`` (of to² ÷ from) and ``moves_<x>`` (with pupils)."""
    found: list[pl.Expr] = []
    for name in names:
        before, after = pl.col(f"from_{name}"), pl.col(f"to_{name}")
        some = before > 0
        found += [
            before.sum(),
            after.sum(),
            (after.pow(2) / before).filter(some).sum().alias(f"squares_{name}"),
            some.sum().alias(f"moves_{name}"),
        ]
    return frame.group_by(by, maintain_order=False).agg(found)
