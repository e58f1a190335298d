"""Values of county-level checks: from the county's own row, from rows summed, from series over years.

All checks that read the same rows are computed in one pass over them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import narwhals.stable.v2 as nw

from junheng.base.terms import Absence
from junheng.engine.protocol import Frame, Frames
from junheng.indicators.amounts import amount_expression
from junheng.indicators.conditions import condition_expression
from junheng.indicators.kind import Inputs
from junheng.indicators.kinds import all_kinds
from junheng.indicators.quotients import with_values
from junheng.indicators.rows import Rows
from junheng.indicators.years import CHANGES, yearly_values
from junheng.standards.indicator import Indicator

YEARLY = (*CHANGES, "yearly_share")
EXTREMES = ("lowest", "highest")
Checks = Mapping[str, Indicator]


def county_values(frames: Frames, rows: Rows, checks: Checks, key: Sequence[str], year: int, day: date) -> Frame:
    """One row per county (or county and stage, by ``key``) with ``<id>__value`` and ``<id>__absent`` of each check."""
    whole = rows.counties
    if "stage" in key:
        whole = rows.stages.select(*key).unique().join(rows.counties, on="county_code", how="left")
    own: dict[str, Indicator] = {}
    since: dict[str, Indicator] = {}
    batches: dict[tuple[str, str], dict[str, Indicator]] = {}
    for name, check in checks.items():
        kind, over = check.formula.kind, check.formula.over
        if kind == "years_since":
            since[name] = check
        elif not over and kind not in EXTREMES:
            own[name] = check
        else:
            group = "years" if kind in YEARLY else kind if kind in EXTREMES else "sum"
            batches.setdefault((group, over or "stages"), {})[name] = check
    # A county's own columns need no pupils; the kinds that ask for them are refused by the standard's check.
    whole = with_values(whole.with_columns(pupils=nw.lit(1)), own, set()) if own else whole
    if since:
        whole = whole.with_columns(**_years_since(since, day))
    for (group, over), batch in batches.items():
        source = _source(frames, rows, over, year)
        if group == "years":
            found = yearly_values(source, batch, day)
        elif group == "sum":
            found = _summed(source, batch, key)
        else:
            found = _extreme(source, batch, key)
        whole = whole.join(found, on=list(key), how="left")
    unfiled = {
        f"{name}__absent": nw.when(nw.col(f"{name}__value").is_null() & nw.col(f"{name}__absent").is_null())
        .then(nw.lit(str(Absence.NOT_FILED)))
        .otherwise(nw.col(f"{name}__absent"))
        for name in checks
    }
    return whole.with_columns(**unfiled) if unfiled else whole


def _source(frames: Frames, rows: Rows, over: str, year: int) -> Frame:
    if over in ("stages", "schools"):
        return rows.stages if over == "stages" else rows.schools
    return frames[over] if over == "finance_year" else frames[over].filter(nw.col("school_year") == year)


def _summed(source: Frame, checks: Checks, key: Sequence[str]) -> Frame:
    """Amount and base summed over the rows that a check concerns, then the quotient of the sums.

    A row that may be concerned but leaves a blank leaves the county's value absent. Where rows are schools or stages
    and a check concerns none of them, it is not applicable; elsewhere no rows means nothing was filed.
    """
    prepared: dict[str, nw.Expr] = {}
    totals: dict[str, nw.Expr] = {}
    for name, check in checks.items():
        formula = check.formula
        applies = condition_expression(formula.where) if formula.where else ~nw.col(key[0]).is_null()
        base = amount_expression(formula.base) if formula.base.columns() else nw.lit(1.0)
        prepared |= {
            f"{name}__applies": applies,
            f"{name}__amount": amount_expression(formula.amount),
            f"{name}__base": base,
        }
        applies, amount, base = (nw.col(f"{name}__{part}") for part in ("applies", "amount", "base"))
        concerned = applies.fill_null(True)
        blank = concerned & (applies.is_null() | amount.is_null() | base.is_null())
        totals |= {
            f"{name}__amount": nw.when(concerned).then(amount).sum(),
            f"{name}__base": nw.when(concerned).then(base).sum(),
            f"{name}__blank": blank.cast(nw.Int64).sum(),
            f"{name}__concerned": concerned.cast(nw.Int64).sum(),
        }
    summed = source.select(*key, **prepared).group_by(*key).agg(**totals)
    values: dict[str, nw.Expr] = {}
    for name, check in checks.items():
        formula = check.formula
        known, some = nw.col(f"{name}__blank") == 0, nw.col(f"{name}__concerned") > 0
        inputs = Inputs(nw.col(f"{name}__amount"), nw.col(f"{name}__base"), nw.lit(1.0))
        top, bottom = all_kinds()[formula.kind].quotient(formula, inputs)
        # A county without any row of a stage has not filed it; one without village schools has none to fund.
        schools = formula.over in ("stages", "schools", "") and "stage" not in formula.where
        nothing = Absence.NOT_APPLICABLE if schools else Absence.NOT_FILED
        no_base = nw.when(bottom <= 0).then(nw.lit(str(Absence.NO_BASE)))
        values[f"{name}__top"], values[f"{name}__bottom"] = top, bottom
        values[f"{name}__value"] = nw.when(known & some & (bottom > 0)).then(top / bottom)
        values[f"{name}__absent"] = (
            nw.when(~known)
            .then(nw.lit(str(Absence.NOT_FILED)))
            .otherwise(nw.when(~some).then(nw.lit(str(nothing))).otherwise(no_base))
        )
    return summed.select(*key, **values)


def _extreme(source: Frame, checks: Checks, key: Sequence[str]) -> Frame:
    totals: dict[str, nw.Expr] = {}
    values: dict[str, nw.Expr] = {}
    for name, check in checks.items():
        amount = amount_expression(check.formula.amount)
        blank = amount.is_null()
        if check.formula.where:
            applies = condition_expression(check.formula.where)
            concerned = applies.fill_null(True)
            amount, blank = nw.when(concerned).then(amount), concerned & (applies.is_null() | blank)
        totals[f"{name}__worst"] = amount.min() if check.formula.kind == "lowest" else amount.max()
        totals[f"{name}__blank"] = blank.cast(nw.Int64).sum()
        known = nw.col(f"{name}__blank") == 0
        values[f"{name}__value"] = nw.when(known).then(nw.col(f"{name}__worst"))
        values[f"{name}__absent"] = nw.when(~known).then(nw.lit(str(Absence.NOT_FILED)))
    return source.group_by(*key).agg(**totals).select(*key, **values)


def _years_since(checks: Checks, day: date) -> dict[str, nw.Expr]:
    values: dict[str, nw.Expr] = {}
    for name, check in checks.items():
        since = nw.col(check.formula.amount.all[0].column)
        month_day = since.dt.month().cast(nw.Int64) * 100 + since.dt.day().cast(nw.Int64)
        not_yet = (month_day > day.month * 100 + day.day).cast(nw.Int64)
        values[f"{name}__value"] = (nw.lit(day.year) - since.dt.year().cast(nw.Int64) - not_yet).cast(nw.Float64)
        values[f"{name}__absent"] = nw.when(since.is_null()).then(nw.lit(str(Absence.NOT_FILED)))
    return values
