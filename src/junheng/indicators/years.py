"""Series over fiscal years (三个增长, 两个比例, 全额拨付): each of the last years, their worst or their mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import narwhals.stable.v2 as nw

from junheng.base.exact import growth
from junheng.base.terms import Absence
from junheng.indicators.amounts import amount_expression, exact_amount
from junheng.standards.formula import Formula
from junheng.standards.indicator import Indicator

# Changes against the year before; the other kinds of series look at each year by itself.
CHANGES = ("grows_faster", "rises")


def last_year(day: date) -> int:
    """The last fiscal year that is over on ``day``: on 31 December the year counts."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def years_of(formula: Formula, day: date) -> range:
    """The fiscal years that a series is judged on, fixed by ``day``: none is escaped by leaving it out."""
    last = last_year(day)
    return range(last - (formula.years or 3) + 1, last + 1)


def yearly_values(finance: nw.LazyFrame[Any], checks: Mapping[str, Indicator], day: date) -> nw.LazyFrame[Any]:
    """county_code, ``<id>__value``, ``<id>__absent``: the lowest of the last fiscal years, or their mean.

    A year that is not filed, or that cannot be computed, leaves the value absent.
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
    totals: dict[str, nw.Expr] = {}
    for name, check in checks.items():
        recent = nw.col("fiscal_year") >= years_of(check.formula, day).start
        value = nw.when(recent).then(_value(name, check.formula))
        totals[f"{name}__found"] = value.min() if check.formula.span == "each" else value.mean()
        totals[f"{name}__known"] = (~value.is_null()).cast(nw.Int64).sum()
        totals[f"{name}__nothing"] = (recent & _nothing_to_share(name, check.formula)).cast(nw.Int64).sum()
    summed = joined.group_by("county_code").agg(**totals)
    values: dict[str, nw.Expr] = {}
    for name, check in checks.items():
        known, nothing = nw.col(f"{name}__known"), nw.col(f"{name}__nothing")
        complete = known + nothing >= len(years_of(check.formula, day))
        unconcerned = nw.when(known == 0).then(nw.lit(str(Absence.NOT_APPLICABLE)))
        values[f"{name}__value"] = nw.when(complete).then(nw.col(f"{name}__found"))
        values[f"{name}__absent"] = nw.when(~complete).then(nw.lit(str(Absence.NOT_FILED))).otherwise(unconcerned)
    return summed.select("county_code", **values)


def _value(name: str, formula: Formula) -> nw.Expr:
    if formula.kind == "grows_faster":
        return _growth(f"{name}__amount") - _growth(f"{name}__base")
    if formula.kind == "yearly_share":
        return _ratio(f"{name}__amount", f"{name}__base") * 100
    return _ratio(f"{name}__amount", f"{name}__base") - _ratio(f"{name}__amount_before", f"{name}__base_before")


def _nothing_to_share(name: str, formula: Formula) -> nw.Expr:
    """A year with nothing to take a share of, and nothing taken: it asks nothing. Something of nothing is a slip."""
    if formula.kind != "yearly_share":
        return nw.lit(False)
    return ((nw.col(f"{name}__amount") == 0) & (nw.col(f"{name}__base") == 0)).fill_null(False)


def _growth(column: str) -> nw.Expr:
    now, before = nw.col(column), nw.col(f"{column}_before")
    return nw.when(before > 0).then((now - before) * 100 / before)


def _ratio(top: str, bottom: str) -> nw.Expr:
    return nw.when(nw.col(bottom) > 0).then(nw.col(top) / nw.col(bottom))


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """One year of a series, exactly: the filed amounts, those of the year before, and what is held to the limit.

    ``base`` is 1 where the formula has none. ``before`` amounts are None for kinds that look at each year by itself.
    """

    year: int
    amount: Fraction | None
    base: Fraction | None
    amount_before: Fraction | None
    base_before: Fraction | None
    value: Fraction | None
    concerned: bool = True


def exact_years(rows: Sequence[Mapping[str, Any]], formula: Formula, day: date) -> list[FiscalYear]:
    """Each of the last years, earliest first; ``rows`` are one county's finance rows."""
    by_year = {row["fiscal_year"]: row for row in rows}
    return [_exact_year(year, by_year.get(year), by_year.get(year - 1), formula) for year in years_of(formula, day)]


def exact_yearly(rows: Sequence[Mapping[str, Any]], formula: Formula, day: date) -> Fraction | None:
    """The lowest of the last years, or their mean; None as soon as one that concerns the county is not known."""
    values = [year.value for year in exact_years(rows, formula, day) if year.concerned]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    return min(known) if formula.span == "each" else sum(known, Fraction(0)) / len(known)


def _exact_year(
    year: int, now: Mapping[str, Any] | None, before: Mapping[str, Any] | None, formula: Formula
) -> FiscalYear:
    before = before if formula.kind in CHANGES else None
    amount, amount_before = (exact_amount(formula.amount, row) if row else None for row in (now, before))
    based = bool(formula.base.columns())
    base, base_before = (
        (exact_amount(formula.base, row) if row else None) if based else Fraction(1) for row in (now, before)
    )
    value: Fraction | None
    if formula.kind == "grows_faster":
        value = _difference(growth(amount, amount_before), growth(base, base_before))
    elif formula.kind == "rises":
        value = _difference(_exact_ratio(amount, base), _exact_ratio(amount_before, base_before))
    else:
        share = _exact_ratio(amount, base)
        value = None if share is None else share * 100
    nothing = formula.kind == "yearly_share" and amount == base == 0
    return FiscalYear(year, amount, base, amount_before, base_before, value, concerned=not nothing)


def _difference(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left - right


def _exact_ratio(top: Fraction | None, bottom: Fraction | None) -> Fraction | None:
    return None if top is None or bottom is None or bottom <= 0 else top / bottom
