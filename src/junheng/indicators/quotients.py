"""Values of the kinds that are quotients, on any frame of rows: ``<id>__value`` and ``<id>__absent``.

``<id>__top`` and ``<id>__bottom`` stay beside them: where they are whole numbers, outcomes are decided by them.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from junheng.base.terms import Absence
from junheng.engine.protocol import Frame
from junheng.indicators.amounts import amount_expression
from junheng.indicators.conditions import condition_expression
from junheng.indicators.kind import Inputs
from junheng.indicators.kinds import all_kinds
from junheng.standards.indicator import Indicator


def with_values(rows: Frame, indicators: Mapping[str, Indicator], split: set[str]) -> Frame:
    """Add value and absence of each quotient to the rows it is computed on."""
    quotients = {name: i for name, i in indicators.items() if i.formula.kind != "some_of"}
    if not quotients:
        return rows
    # Tops and bottoms are columns of their own: an expression used twice is built and planned twice.
    parts: dict[str, nw.Expr] = {}
    for name, indicator in quotients.items():
        parts |= _quotient_columns(name, indicator, nw.col("share") if name in split else None)
    values: dict[str, nw.Expr] = {}
    for name, indicator in quotients.items():
        values |= _value_columns(name, indicator, shared_out=name in split)
    scratch = [column for column in parts if column.endswith("__applies")]
    return rows.with_columns(**parts).with_columns(**values).drop(*scratch)


def _quotient_columns(name: str, indicator: Indicator, share: nw.Expr | None) -> dict[str, nw.Expr]:
    formula = indicator.formula
    amount = amount_expression(formula.amount)
    pupils = nw.col("pupils").cast(nw.Float64)
    inputs = Inputs(amount if share is None else amount * share, amount_expression(formula.base), pupils)
    top, bottom = all_kinds()[formula.kind].quotient(formula, inputs)
    columns = {f"{name}__top": top, f"{name}__bottom": bottom}
    if formula.where:
        columns[f"{name}__applies"] = condition_expression(formula.where)
    return columns


def _value_columns(name: str, indicator: Indicator, *, shared_out: bool) -> dict[str, nw.Expr]:
    kind = all_kinds()[indicator.formula.kind]
    top, bottom = nw.col(f"{name}__top"), nw.col(f"{name}__bottom")
    divisible = bottom > 0
    value: nw.Expr = nw.when(divisible).then(top / bottom)
    missing = nw.when(top.is_null() | bottom.is_null()).then(nw.lit(str(Absence.NOT_FILED)))
    absent = missing.otherwise(nw.when(~divisible).then(nw.lit(str(Absence.NO_BASE))))
    if kind.endless_over_zero:
        endless = (bottom == 0) & (top > 0)
        value = nw.when(endless).then(nw.lit(float("inf"))).otherwise(value)
        absent = missing.otherwise(nw.when(~divisible & ~endless).then(nw.lit(str(Absence.NO_BASE))))
    if kind.per_pupils or shared_out:  # what is shared out by pupils means nothing in a stage without any
        absent = nw.when(nw.col("pupils") == 0).then(nw.lit(str(Absence.NO_PUPILS))).otherwise(absent)
        value = nw.when(nw.col("pupils") > 0).then(value)
    if indicator.formula.where:
        applies = nw.col(f"{name}__applies")
        open_or_not = nw.when(applies.is_null()).then(nw.lit(str(Absence.NOT_FILED)))
        absent = nw.when(applies).then(absent).otherwise(open_or_not.otherwise(nw.lit(str(Absence.NOT_APPLICABLE))))
        value = nw.when(applies).then(value)
    return {f"{name}__value": value, f"{name}__absent": absent}
