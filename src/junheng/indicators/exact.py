"""The value of one row as an exact fraction, from the filed numbers themselves: what decides near a limit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from junheng.base.terms import Stage
from junheng.indicators.amounts import exact, exact_amount
from junheng.indicators.conditions import holds
from junheng.indicators.kind import Inputs
from junheng.indicators.kinds import all_kinds
from junheng.standards.formula import Formula
from junheng.standards.indicator import Indicator
from junheng.standards.model import Split, Standard

Row = Mapping[str, Any]


def exact_share(row: Row, split: Split | None) -> Fraction | None:
    """The share of this stage in what is filed for its whole school: pupils × weight over all stages."""
    weights = split.weights if split else {}
    weighted = {}
    for stage in Stage:
        pupils = row[f"pupils_{stage}"]
        if pupils is None:
            return None
        weighted[stage.value] = pupils * Fraction(weights.get(stage.value, 1))
    total = sum(weighted.values(), Fraction(0))
    return weighted[row["stage"]] / total if total > 0 else None


def exact_value(name: str, indicator: Indicator, standard: Standard, row: Row) -> Fraction | None:
    """The value of a stage- or school-level indicator, or of one county's own columns; None when it is absent."""
    formula = indicator.formula
    if holds(formula.where, row) is not True:
        return None
    amount = exact_amount(formula.amount, row)
    shared_out = standard.split is not None and name in standard.split.indicators
    if shared_out and not row["pupils"]:
        return None
    if amount is not None and shared_out:
        share = exact_share(row, standard.split)
        amount = None if share is None else amount * share
    base = exact_amount(formula.base, row) if formula.base.columns() else Fraction(0)
    return exact_quotient(formula, amount, base, row.get("pupils"))


def exact_quotient(
    formula: Formula, amount: Fraction | None, base: Fraction | None, pupils: int | None
) -> Fraction | None:
    kind = all_kinds()[formula.kind]
    if amount is None or base is None or (kind.per_pupils and not pupils):
        return None
    if formula.kind == "funded_as" and pupils is None:  # a school without pupils is still funded as the smallest
        return None
    top, bottom = kind.quotient(formula, Inputs(amount, base, exact(pupils or 0)))
    return top / bottom if bottom > 0 else None


def exact_sum(indicator: Indicator, rows: Iterable[Row]) -> Fraction | None:
    """The value of a check that sums rows over a county; None as soon as one row it concerns has a blank."""
    formula = indicator.formula
    amount, base, any_row = Fraction(0), Fraction(0), False
    for row in rows:
        applies = holds(formula.where, row)
        if applies is False:
            continue
        own, below = exact_amount(formula.amount, row), exact_amount(formula.base, row)
        if applies is None or own is None or below is None:
            return None
        amount, base, any_row = amount + own, base + below, True
    return exact_quotient(formula, amount, base, None) if any_row else None
