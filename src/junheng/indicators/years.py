"""Series over fiscal years (三个增长, 两个比例): each year against the one before, the worst of the last years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import narwhals.stable.v2 as nw

from junheng.base.terms import Absence
from junheng.indicators.amounts import amount_expression, exact_amount
from junheng.standards.model import Formula, Indicator


def last_year(day: date) -> int:
    """The last fiscal year that is over on ``day``: on 31 December the year counts."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def yearly_worst(finance: nw.LazyFrame[Any], checks: Mapping[str, Indicator], day: date) -> nw.LazyFrame[Any]:
    """county_code, ``<id>__value``, ``<id>__absent``: the lowest change of the last ``formula.years`` fiscal years.

    The years are fixed by ``day`` (a county cannot pass by leaving the last one out); a year that is not filed, or
    whose change cannot be computed, leaves the value absent.
    """
    last = last_year(day)
    amounts: dict[str, nw.Expr] = {}
    for name, check in checks.items():
        amounts[f"{name}__amount"] = amount_expression(check.formula.amount)
        based = check.formula.base.columns()
        amounts[f"{name}__base"] = amount_expression(check.formula.base) if based else nw.lit(1.0)
    own = finance.select("county_code", "fiscal_year", **amounts)
    before = own.select(
        "county_code",
        nw.col("fiscal_year") + 1,
        **{f"{column}_before": nw.col(column) for column in amounts},
    )
    joined = own.filter(nw.col("fiscal_year") <= last).join(before, on=["county_code", "fiscal_year"], how="left")
    worst: dict[str, nw.Expr] = {}
    for name, check in checks.items():
        recent = nw.col("fiscal_year") > last - _years(check.formula)
        change = nw.when(recent).then(_change(name, check.formula))
        worst[f"{name}__worst"] = change.min()
        worst[f"{name}__known"] = (~change.is_null()).cast(nw.Int64).sum()
    summed = joined.group_by("county_code").agg(**worst)
    values: dict[str, nw.Expr] = {}
    for name, check in checks.items():
        complete = nw.col(f"{name}__known") >= _years(check.formula)
        values[f"{name}__value"] = nw.when(complete).then(nw.col(f"{name}__worst"))
        values[f"{name}__absent"] = nw.when(~complete).then(nw.lit(str(Absence.NOT_FILED)))
    return summed.select("county_code", **values)


def _years(formula: Formula) -> int:
    return formula.years or 3


def _change(name: str, formula: Formula) -> nw.Expr:
    if formula.kind == "grows_faster":
        return _growth(f"{name}__amount") - _growth(f"{name}__base")
    return _ratio(f"{name}__amount", f"{name}__base") - _ratio(f"{name}__amount_before", f"{name}__base_before")


def _growth(column: str) -> nw.Expr:
    now, before = nw.col(column), nw.col(f"{column}_before")
    return nw.when(before > 0).then((now - before) * 100 / before)


def _ratio(top: str, bottom: str) -> nw.Expr:
    return nw.when(nw.col(bottom) > 0).then(nw.col(top) / nw.col(bottom))


@dataclass(frozen=True, slots=True)
class YearChange:
    """One year of a series: what the amount (and base) was, and the change against the year before."""

    year: int
    change: Fraction | None


def exact_changes(rows: Sequence[Mapping[str, Any]], formula: Formula, day: date) -> list[YearChange]:
    """The change of each of the last years, exactly; ``rows`` are one county's finance rows."""
    by_year = {row["fiscal_year"]: row for row in rows}
    last = last_year(day)
    years = range(last - _years(formula) + 1, last + 1)
    return [YearChange(year, _exact_change(by_year.get(year), by_year.get(year - 1), formula)) for year in years]


def _exact_change(now: Mapping[str, Any] | None, before: Mapping[str, Any] | None, formula: Formula) -> Fraction | None:
    if now is None or before is None:
        return None
    tops = exact_amount(formula.amount, now), exact_amount(formula.amount, before)
    has_base = bool(formula.base.columns())
    bases = (exact_amount(formula.base, now), exact_amount(formula.base, before)) if has_base else (Fraction(1),) * 2
    (top, top_before), (base, base_before) = tops, bases
    if top is None or top_before is None or base is None or base_before is None:
        return None
    if formula.kind == "grows_faster":
        if top_before <= 0 or base_before <= 0:
            return None
        return (top - top_before) * 100 / top_before - (base - base_before) * 100 / base_before
    return top / base - top_before / base_before if base > 0 and base_before > 0 else None
