"""How far a forecast may be off: from the errors of back-tests, without assuming a distribution (split conformal).

The error of a forecast f of a value y is ln((y + ½) ÷ (f + ½)); the half keeps small schools finite. Of n errors of
one kind (level, stage or grade, horizon, size of the forecast) from one year, the interval of 80 % reaches from the
⌊(n + 1) · 0.1⌋th smallest to the ⌈(n + 1) · 0.9⌉th. Errors of one year have causes in common, so the widest of the
years forecast from counts: pooled, they would claim too much. The worst of K years is still no bound of the next, and
the fewer the less: the ends move out by 1/K of themselves (about what Student's t adds to the normal for K years).
Where no single year has enough errors of a size, all sizes are taken together; where these are too few too, there is
no interval: years put together would be enough in number only.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

NOMINAL = (80, 95)
BACKTEST, EXTRAPOLATED = "backtest", "extrapolated"
BOUNDS = tuple(f"{end}_{nominal}" for nominal in NOMINAL for end in ("low", "high"))


def log_error(actual: pl.Expr, forecast: pl.Expr) -> pl.Expr:
    return ((actual + 0.5) / (forecast + 0.5)).log()


def calibrate(errors: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The bounds of log errors by ``key``, horizon and size; size −1 is all sizes together.

    Args:
        errors: key, origin, horizon, size, error.

    Returns:
        key, horizon, size, low_80, high_80, low_95, high_95 (blank where there are too few errors).
    """
    errors = errors.select(*key, "origin", "horizon", "size", "error").sort("error")
    by_size = _bounds(errors, [*key, "horizon", "size"])
    of_all = _bounds(errors, [*key, "horizon"]).with_columns(size=pl.lit(-1, pl.Int32))
    return pl.concat([by_size, of_all.select(by_size.columns)])


def _bounds(errors: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The widest bounds of any origin that has enough errors, moved out by one part in the number of such origins."""
    ends = []
    for bound in BOUNDS:
        low, end = bound.startswith("low"), pl.col(bound)
        widest = end.min() if low else end.max()
        further = widest.abs() / end.count()
        ends.append((widest - further if low else widest + further).alias(bound))
    return _ranked(errors, [*key, "origin"]).group_by(key).agg(ends)


def _ranked(errors: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The ranks of errors that come sorted: groups keep the order of their rows."""
    ordered = pl.col("error")
    found = []
    for nominal in NOMINAL:
        tail = (100 - nominal) / 200
        rank = ((pl.len() + 1) * tail + 1e-9).floor().cast(pl.Int64)
        enough = rank >= 1
        low, high = ordered.get((rank - 1).clip(0)), ordered.get(pl.len().cast(pl.Int64) - rank.clip(1))
        found += [
            pl.when(enough).then(low).alias(f"low_{nominal}"),
            pl.when(enough).then(high).alias(f"high_{nominal}"),
        ]
    return errors.group_by(key).agg(found)


def bounded(
    forecast: pl.DataFrame, calibrated: pl.DataFrame, key: Sequence[str], pupils: str = "pupils"
) -> pl.DataFrame:
    """``forecast`` with low_80 … high_95 and ``interval_from``.

    Beyond the last horizon that was tested, the bounds of that one are widened by the square root of the ratio of the
    horizons, as errors that add up year by year would; ``interval_from`` says so.

    Args:
        forecast: key, horizon, size and the forecast value; the order is kept.
    """
    farthest = calibrated.filter(pl.col("low_80").is_not_null()).group_by(key).agg(tested=pl.col("horizon").max())
    found = forecast.join(farthest, on=list(key), how="left", maintain_order="left")
    found = found.with_columns(looked=pl.min_horizontal("horizon", "tested"))
    looked = calibrated.rename({"horizon": "looked"})
    for size, suffix in ((pl.col("size"), "_own"), (pl.lit(-1, pl.Int32), "_all")):
        found = found.with_columns(size_looked=size).join(
            looked.rename({"size": "size_looked"} | {bound: f"{bound}{suffix}" for bound in BOUNDS}),
            on=[*key, "looked", "size_looked"],
            how="left",
            maintain_order="left",
        )
    wider = (pl.col("horizon") / pl.col("looked")).sqrt()
    ends = []
    for bound in BOUNDS:
        error = pl.coalesce(f"{bound}_own", f"{bound}_all") * wider
        end = ((pl.col(pupils) + 0.5) * error.exp() - 0.5).clip(0.0)
        nearer = pl.min_horizontal(end, pupils) if bound.startswith("low") else pl.max_horizontal(end, pupils)
        ends.append(pl.when(error.is_not_null()).then(nearer).alias(bound))
    basis = pl.when(pl.col("horizon") > pl.col("tested")).then(pl.lit(EXTRAPOLATED)).otherwise(pl.lit(BACKTEST))
    # 95 % may come from all sizes where 80 % comes from a size of its own: the wider one never ends inside.
    found = found.with_columns(ends).with_columns(
        pl.when(pl.col("low_95").is_not_null()).then(pl.min_horizontal("low_80", "low_95")).alias("low_95"),
        pl.when(pl.col("high_95").is_not_null()).then(pl.max_horizontal("high_80", "high_95")).alias("high_95"),
    )
    found = found.with_columns(interval_from=pl.when(pl.col("low_80").is_not_null()).then(basis))
    return found.select(*forecast.columns, *BOUNDS, "interval_from")
