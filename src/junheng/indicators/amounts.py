"""Amounts: signed sums of filed columns, as expressions and exactly on one row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

import narwhals.stable.v2 as nw

from junheng.indicators.conditions import condition_expression, holds
from junheng.standards.formula import Amount, Term


def amount_expression(amount: Amount) -> nw.Expr:
    """The amount of each row as Float64; null as soon as one of its columns, or a condition on them, is blank."""
    if amount.primary or amount.junior:
        by_stage = nw.when(nw.col("stage") == "primary").then(_sum(amount.terms("primary")))
        return by_stage.otherwise(_sum(amount.terms("junior")))
    return _sum(amount.all)


def _sum(terms: Iterable[Term]) -> nw.Expr:
    return reduce(add, (_term(term) for term in terms), nw.lit(0.0))


def _term(term: Term) -> nw.Expr:
    value = nw.col(term.column).cast(nw.Float64) * term.sign
    if term.granted:
        value = value.fill_null(0.0)
    if not term.where:
        return value
    counts = condition_expression(term.where)
    if term.granted:
        return nw.when(counts.fill_null(False)).then(value).otherwise(nw.lit(0.0))
    return nw.when(~counts.is_null()).then(nw.when(counts).then(value).otherwise(nw.lit(0.0)))


def exact_amount(amount: Amount, row: Mapping[str, Any]) -> Fraction | None:
    """The same for one row, exactly; None as soon as one of its columns is blank."""
    total = Fraction(0)
    for term in amount.terms(row.get("stage")):
        counts = holds(term.where, row)
        if counts is False or (counts is None and term.granted):
            continue
        if counts is None:
            return None
        value = row[term.column]
        if value is None and term.granted:
            continue
        if value is None:
            return None
        total += term.sign * exact(value)
    return total


def exact(value: Decimal | float | int | str | bool) -> Fraction:
    """A filed number as a fraction. Frames keep filed numbers as Decimal or int, so nothing is lost."""
    return Fraction(int(value)) if isinstance(value, bool) else Fraction(value)
