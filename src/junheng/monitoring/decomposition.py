"""泰尔指数的分解: how much of the inequality of school resources lies between counties and how much within them.

Row i (a school's stage) has nᵢ pupils and the value vᵢ per pupil; yᵢ = nᵢvᵢ is what it has. With Y = Σyᵢ, N = Σnᵢ:

    T = Σᵢ (yᵢ/Y) ln((yᵢ/Y) / (nᵢ/N))            0 · ln 0 = 0
    T = Σ_g (Y_g/Y) ln((Y_g/Y) / (N_g/N))  +  Σ_g (Y_g/Y) T_g        between groups + within groups, exactly

Groups are nested: provinces, counties in them, 城区/镇区/乡村 in those. Written F(group) = y ln((y/Y)/(n/N)), every
component is the difference of ΣF over two neighbouring levels, divided by Y, so that they add up to T.
Source: H. Theil, Economics and Information Theory, 1967, and the nested form in A. F. Shorrocks, Econometrica 1980
(named from general knowledge; see the page on inequality).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from junheng.monitoring.schools import measured

# What is this small is what floats leave of zero: nothing that can be measured.
_NOTHING = 1e-14
_CELL = ["school_year", "stage", "indicator"]


def decomposition(schools: pl.LazyFrame, indicators: Sequence[str]) -> pl.DataFrame:
    """The Theil index T of each indicator, stage and year over all schools given, and its parts.

    Args:
        schools: see ``Observed.schools``.
        indicators: resources per pupil.

    Returns:
        school_year, stage, indicator, schools (rows that count), excluded (in scope; without pupils or without a
        value), counties, pupils, mean (weighted by pupils), total, between_provinces, between_counties (of the same
        province), within_counties, between_locations (within counties), within_locations; and ``share_<part>`` of
        total (blank where total is 0). total = between_provinces + between_counties + within_counties;
        within_counties = between_locations + within_locations. Blank where nobody has anything.
    """
    return _assembled(schools, indicators, _nation)


def county_inequality(schools: pl.LazyFrame, indicators: Sequence[str]) -> pl.DataFrame:
    """The Theil index within each county.

    Returns:
        county_code, school_year, stage, indicator, schools, excluded, pupils, mean, theil, between_locations,
        within_locations (theil is their sum), contribution (the county's part of within_counties of all the schools
        given: its share of what there is × theil).
    """
    return _assembled(schools, indicators, _counties)


def _one(schools: pl.LazyFrame, name: str) -> pl.LazyFrame:
    value, pupils = pl.col(f"{name}__value"), pl.col("pupils").cast(pl.Float64)
    counts = value.is_finite() & (value >= 0) & (pl.col("pupils") > 0)
    return schools.filter(pl.col("left_out").is_null()).select(
        "school_year",
        "stage",
        "county_code",
        pl.col("location").cast(pl.String),
        pl.lit(name).alias("indicator"),
        counts.fill_null(False).alias("counts"),
        pl.when(counts).then(pupils).alias("n"),
        pl.when(counts).then(pupils * value).alias("y"),
    )


def _assembled(
    schools: pl.LazyFrame, indicators: Sequence[str], finish: Callable[[pl.LazyFrame], pl.LazyFrame]
) -> pl.DataFrame:
    schools, indicators = measured(schools, indicators)
    return pl.concat(pl.collect_all([finish(_levels(_one(schools, name))) for name in indicators]))


def _levels(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Per county and location: sums, and Σ y ln(y/n) of the rows; what has nothing adds nothing."""
    y, n = pl.col("y"), pl.col("n")
    own = pl.when(y > 0).then(y * (y / n).log()).otherwise(0.0)
    return rows.group_by(*_CELL, "county_code", "location").agg(
        y=y.sum(),
        n=n.sum(),
        rows=own.filter(pl.col("counts")).sum(),
        schools=pl.col("counts").sum().cast(pl.Int64),
        excluded=(~pl.col("counts")).sum().cast(pl.Int64),
    )


def _share_of(y: pl.Expr, part: pl.Expr) -> pl.Expr:
    return pl.when(y > 0).then(pl.when((part / y).abs() > _NOTHING).then(part / y).otherwise(0.0))


def _f(y: pl.Expr, n: pl.Expr) -> pl.Expr:
    """y ln(y/n), 0 where there is nothing."""
    return pl.when((y > 0) & (n > 0)).then(y * (y / n).log()).otherwise(0.0)


_SUMS = ("y", "n", "rows", "schools", "excluded")


def _by_county(cells: pl.LazyFrame) -> pl.LazyFrame:
    located = cells.with_columns(locations=_f(pl.col("y"), pl.col("n")))
    return (
        located.group_by(*_CELL, "county_code")
        .agg(pl.col(*_SUMS, "locations").sum())
        .with_columns(counties=_f(pl.col("y"), pl.col("n")))
    )


def _nation(cells: pl.LazyFrame) -> pl.LazyFrame:
    by_county = _by_county(cells)
    counted = (pl.col("schools") > 0).sum().cast(pl.Int64).alias("number")
    by_province = (
        by_county.group_by(*_CELL, pl.col("county_code").str.slice(0, 2))
        .agg(pl.col(*_SUMS, "locations", "counties").sum(), counted)
        .with_columns(provinces=_f(pl.col("y"), pl.col("n")))
    )
    whole = by_province.group_by(_CELL).agg(pl.col(*_SUMS, "number", "locations", "counties", "provinces").sum())
    y = pl.col("y")
    parts = {
        "total": pl.col("rows") - _f(y, pl.col("n")),
        "between_provinces": pl.col("provinces") - _f(y, pl.col("n")),
        "between_counties": pl.col("counties") - pl.col("provinces"),
        "within_counties": pl.col("rows") - pl.col("counties"),
        "between_locations": pl.col("locations") - pl.col("counties"),
        "within_locations": pl.col("rows") - pl.col("locations"),
    }
    shares = {f"share_{name}": pl.when(pl.col("total") > 0).then(pl.col(name) / pl.col("total")) for name in parts}
    del shares["share_total"]
    return (
        whole.select(
            *_CELL, "schools", "excluded", counties="number", pupils=pl.col("n").cast(pl.Int64),
            mean=pl.when(pl.col("n") > 0).then(y / pl.col("n")),
            **{name: _share_of(y, part) for name, part in parts.items()},
        )
        .with_columns(**shares)
        .sort(_CELL)
    )  # fmt: skip


def _counties(cells: pl.LazyFrame) -> pl.LazyFrame:
    by_county = _by_county(cells)
    y = pl.col("y")
    parts = {
        "theil": pl.col("rows") - pl.col("counties"),
        "between_locations": pl.col("locations") - pl.col("counties"),
        "within_locations": pl.col("rows") - pl.col("locations"),
    }
    whole = y.sum().over(_CELL)
    return by_county.select(
        "county_code", *_CELL, "schools", "excluded", pupils=pl.col("n").cast(pl.Int64),
        mean=pl.when(pl.col("n") > 0).then(y / pl.col("n")),
        **{name: _share_of(y, part) for name, part in parts.items()},
        contribution=pl.when(whole > 0).then(parts["theil"] / whole),
    ).sort("county_code", *_CELL)  # fmt: skip
