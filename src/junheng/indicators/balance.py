"""校际差异系数: how alike the schools of a county are, indicator by indicator.

With Pᵢ pupils and value Xᵢ in row i:  X̄ = ΣPᵢXᵢ / ΣPᵢ,  S² = ΣPᵢ(Xᵢ − X̄)² / ΣPᵢ,  cv = S / X̄.
Source: the published worked example and the definitions beside it (``cv-worked-example``); see standards.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import narwhals.stable.v2 as nw

from junheng.base.terms import Absence

COUNTY_STAGE = ("county_code", "stage")
MEASURES = ("schools", "absent", "mean", "sd", "cv", "plain_cv")


def county_balance(values: nw.LazyFrame[Any], indicators: Sequence[str], *, weighted: bool) -> nw.LazyFrame[Any]:
    """Return the 差异系数 of each county, stage and indicator, side by side.

    Args:
        values: rows in scope: county_code, stage, pupils, and per indicator ``<id>__value``, ``<id>__absent``.
        indicators: their ids.
        weighted: whether the standard weights by pupils; ``plain_cv`` is always the unweighted value, for comparison.

    Returns:
        Rows county_code, stage and per indicator ``<id>__schools`` (rows that count), ``__absent`` (rows in scope
        whose value is missing; rows without pupils have no weight and are not missing), ``__mean``, ``__sd`` (unit of
        the indicator), ``__cv``, ``__plain_cv`` (no unit; null when the mean is 0 or a value is endless). With
        absent > 0 the figures are partial and no verdict may rest on them.
    """
    if not indicators:
        return values.select(*COUNTY_STAGE).unique()
    weight = nw.col("pupils").cast(nw.Float64) if weighted else nw.lit(1.0)
    prepared = values.with_columns(**{f"{i}__weight": _counted(i, weight) for i in indicators})
    firsts: dict[str, nw.Expr] = {}
    for i in indicators:
        value, own = nw.col(f"{i}__value"), nw.col(f"{i}__weight")
        missing = nw.col(f"{i}__absent").is_in([str(Absence.NOT_FILED), str(Absence.NO_BASE)])
        firsts |= {
            f"{i}__schools": (~own.is_null()).cast(nw.Int64).sum(),
            f"{i}__absent": missing.cast(nw.Int64).sum(),
            f"{i}__total": own.sum(),
            f"{i}__weighted": (own * value).sum(),
            f"{i}__plain": nw.when(~own.is_null()).then(value).sum(),
        }
    totals = prepared.group_by(*COUNTY_STAGE).agg(**firsts)
    means: dict[str, nw.Expr] = {}
    for i in indicators:
        means[f"{i}__mean"] = _over(nw.col(f"{i}__weighted"), nw.col(f"{i}__total"))
        means[f"{i}__plain_mean"] = _over(nw.col(f"{i}__plain"), nw.col(f"{i}__schools"))
    totals = totals.with_columns(**means)
    # Two passes: ΣPX² − X̄² loses digits exactly where schools are nearly alike.
    spreads: dict[str, nw.Expr] = {}
    for i in indicators:
        value, own = nw.col(f"{i}__value"), nw.col(f"{i}__weight")
        plain = (value - nw.col(f"{i}__plain_mean")) ** 2
        spreads[f"{i}__spread"] = (own * (value - nw.col(f"{i}__mean")) ** 2).sum()
        spreads[f"{i}__plain_spread"] = nw.when(~own.is_null()).then(plain).sum()
    means_only = totals.select(*COUNTY_STAGE, *means)
    spread = prepared.join(means_only, on=list(COUNTY_STAGE)).group_by(*COUNTY_STAGE).agg(**spreads)
    result: dict[str, nw.Expr] = {}
    for i in indicators:
        sd, plain_sd = (
            nw.when(~nw.col(f"{i}__{mean}").is_null()).then(
                _over(nw.col(f"{i}__{spread}"), nw.col(f"{i}__{count}")).sqrt()
            )
            for mean, spread, count in (("mean", "spread", "total"), ("plain_mean", "plain_spread", "schools"))
        )
        result |= {
            f"{i}__sd": sd,
            f"{i}__cv": _over(sd, nw.col(f"{i}__mean")),
            f"{i}__plain_cv": _over(plain_sd, nw.col(f"{i}__plain_mean")),
        }
    columns = [f"{i}__{measure}" for i in indicators for measure in MEASURES]
    joined = totals.join(spread, on=list(COUNTY_STAGE), how="left").with_columns(**result)
    return joined.select(*COUNTY_STAGE, *columns)


def _counted(indicator: str, weight: nw.Expr) -> nw.Expr:
    return nw.when(~nw.col(f"{indicator}__value").is_null() & (nw.col("pupils") > 0)).then(weight)


def _over(top: nw.Expr, bottom: nw.Expr) -> nw.Expr:
    # An endless value (生机比 without a computer) has no mean, and what has no mean has no 差异系数.
    return nw.when((bottom > 0) & top.is_finite()).then(top / bottom)


def exact_cv_squared(rows: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """The square of the 差异系数, exactly, from (weight, value) of each row; None when it cannot be computed."""
    total = sum((weight for weight, _ in rows), Fraction(0))
    if total <= 0:
        return None
    mean = sum((weight * value for weight, value in rows), Fraction(0)) / total
    if mean == 0:
        return None
    spread = sum((weight * (value - mean) ** 2 for weight, value in rows), Fraction(0)) / total
    return spread / mean**2
