"""What early warnings are found from, and the columns each of them fills."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from junheng.standards.model import Standard

FOUND = {
    "county_code": pl.String(),
    "school_year": pl.Int64(),
    "kind": pl.String(),
    "stage": pl.String(),
    "part": pl.String(),
    "name": pl.String(),
    "first_year": pl.Int64(),
    "was": pl.String(),
    "now": pl.String(),
    "before": pl.Float64(),
    "value": pl.Float64(),
    "operator": pl.String(),
    "limit": pl.Float64(),
    "amount": pl.Float64(),
    "count": pl.Int64(),
}


@dataclass(frozen=True)
class Material:
    """What was observed, for the warnings of one year.

    Attributes:
        counties, parts, schools: see ``Observed``.
        moved: see ``directions``.
        traits: see ``Measured.traits``.
        sizes: see ``sizes``.
    """

    year: int
    standard: Standard
    counties: pl.LazyFrame
    parts: pl.LazyFrame
    schools: pl.LazyFrame
    moved: pl.LazyFrame
    traits: pl.LazyFrame
    sizes: pl.LazyFrame

    @property
    def moved_now(self) -> pl.LazyFrame:
        return self.moved.filter(pl.col("school_year") == self.year)


def found(frame: pl.LazyFrame, **columns: pl.Expr) -> pl.LazyFrame:
    """A frame of warnings: the columns given, those of the frame that are theirs, blanks for the others."""
    names = frame.collect_schema().names()
    given = {name: pl.col(name) for name in FOUND if name in names} | columns
    return frame.select(given.get(name, pl.lit(None)).cast(kind).alias(name) for name, kind in FOUND.items())
