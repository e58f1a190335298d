"""走势: where each measure of a county is going, year by year.

The value moves because the county does; the limit moves because the standard does. So change and slope are of the
value, ``room_change`` is beside them, and ``limit_moved`` says where the two differ for the standard's sake.

Least squares over the filed years tᵢ with values xᵢ among the latest few:  slope = Σ(tᵢ − t̄)(xᵢ − x̄) / Σ(tᵢ − t̄)².
A year that is not filed, or whose value is partial (the outcome is 无法判定), is no point of the line.
"""

from __future__ import annotations

import polars as pl

from junheng.base.outcome import Outcome
from junheng.monitoring.declared import DirectionRule, direction_rule
from junheng.monitoring.observed import ROWS

KEY = ("county_code", "kind", "stage", "part", "name")
IMPROVING, STEADY, WORSENING = "improving", "steady", "worsening"
DIRECTIONS = {IMPROVING: "好转", STEADY: "平稳", WORSENING: "变差"}
COLUMNS = (
    "county_code", "school_year", "kind", "stage", "part", "name", "value", "operator", "limit", "room", "outcome",
    "last_value", "last_outcome", "change", "gain", "room_change", "limit_moved", "points", "first_year", "slope",
    "direction",
)  # fmt: skip


def directions(measures: pl.LazyFrame, rule: DirectionRule | None = None) -> pl.LazyFrame:
    """Add to the measures how they moved.

    Args:
        measures: see ``Observed.measures``; one row per year and measure.

    Returns:
        In order of county, measure and year, beside the columns of ``measures``: last_value, last_outcome (of the
        school year before; blank on a gap or where a value is partial), change (value − last_value, in the measure's
        unit), gain (change, positive where it is for the better), room_change, limit_moved (the limit or its operator
        differs from the year before), points and first_year (of the line), slope (the measure's unit a year),
        direction: improving, steady, worsening; blank with too few points or where nothing says which way is good.
    """
    rule = rule or direction_rule()
    known = pl.col("value").is_finite() & pl.col("outcome").ne_missing(str(Outcome.UNKNOWN))
    frame = measures.sort(*KEY, "school_year", nulls_last=False).with_columns(
        # Numbers the runs of one measure, so that looking back a row never looks into another.
        run=pl.struct(KEY).rle_id(),
        known=pl.when(known).then("value"),
        good=_good(pl.col("kind"), pl.col("operator")),
    )
    frame = _beside_last_year(frame)
    frame = _line(frame, rule.window)
    reach = pl.when(pl.col("limit") != 0).then(pl.col("limit").abs()).otherwise(pl.col("level").abs())
    pace = pl.when((reach > 0) & (pl.col("points") >= rule.points)).then(pl.col("slope") * pl.col("good") / reach)
    band = float(rule.dead_band)
    direction = (
        pl.when((pl.col("slope") == 0) & (pl.col("points") >= rule.points) & pl.col("good").is_not_null())
        .then(pl.lit(STEADY))
        .when(pace > band)
        .then(pl.lit(IMPROVING))
        .when(pace < -band)
        .then(pl.lit(WORSENING))
        .when(pace.is_not_null())
        .then(pl.lit(STEADY))
    )
    return frame.with_columns(gain=pl.col("change") * pl.col("good"), direction=direction).select(COLUMNS)


def _good(kind: pl.Expr, operator: pl.Expr) -> pl.Expr:
    """+1 where more is better, −1 where less is; rows that miss a check are better fewer."""
    return (
        pl.when(operator.is_in(["at_least", "above"]))
        .then(1.0)
        .when(operator.is_in(["at_most", "below"]) | (kind == ROWS))
        .then(-1.0)
    )


def _back(column: str, rows: int) -> pl.Expr:
    """``column`` of the row ``rows`` before, where that is one of the same measure."""
    return pl.when(pl.col("run").shift(rows) == pl.col("run")).then(pl.col(column).shift(rows))


def _beside_last_year(frame: pl.LazyFrame) -> pl.LazyFrame:
    year_before = _back("school_year", 1) == pl.col("school_year") - 1
    moved = _back("limit", 1).ne_missing(pl.col("limit")) | _back("operator", 1).ne_missing(pl.col("operator"))
    frame = frame.with_columns(
        last_value=pl.when(year_before).then(_back("known", 1)),
        last_outcome=pl.when(year_before).then(_back("outcome", 1)),
        last_room=pl.when(year_before & _back("known", 1).is_not_null()).then(_back("room", 1)),
        limit_moved=(year_before & moved).fill_null(False),
    )
    return frame.with_columns(
        change=pl.col("known") - pl.col("last_value"),
        room_change=pl.when(pl.col("known").is_not_null()).then(pl.col("room") - pl.col("last_room")),
    )


def _line(frame: pl.LazyFrame, window: int) -> pl.LazyFrame:
    """points, first_year, level (mean) and slope of the least-squares line that ends in each row's year."""
    # Years count back from the row's own, so that nothing large is ever squared; the row itself is 0 years back.
    within = range(window)
    frame = frame.with_columns(
        **{f"t{i}": pl.when((t := _back("school_year", i) - pl.col("school_year")) > -window).then(t) for i in within},
    ).with_columns(
        **{f"x{i}": pl.when(pl.col(f"t{i}").is_not_null()).then(_back("known", i)) for i in within},
    )
    frame = frame.with_columns(
        **{f"t{i}": pl.when(pl.col(f"x{i}").is_not_null()).then(f"t{i}").cast(pl.Float64) for i in within}
    )
    times, values = [f"t{i}" for i in within], [f"x{i}" for i in within]
    frame = frame.with_columns(
        points=pl.sum_horizontal(pl.col(times).is_not_null()), time=_mean(times), level=_mean(values)
    )
    top = pl.sum_horizontal(
        (pl.col(t) - pl.col("time")) * (pl.col(x) - pl.col("level")) for t, x in zip(times, values, strict=True)
    )
    bottom = pl.sum_horizontal((pl.col(t) - pl.col("time")) ** 2 for t in times)
    earliest = pl.col("school_year") + pl.min_horizontal(times).cast(pl.Int64)
    # The line ends in the row's year: a year without a value has none.
    ends = pl.col("known").is_not_null()
    return frame.with_columns(
        points=pl.when(ends).then("points").otherwise(0).cast(pl.Int64),
        first_year=pl.when(ends).then(earliest),
        slope=pl.when(ends & (bottom > 0)).then(top / bottom),
    )


def _mean(columns: list[str]) -> pl.Expr:
    return pl.mean_horizontal(*columns, ignore_nulls=True)
