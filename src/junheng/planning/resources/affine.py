"""An amount of filed columns as a function of the decisions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from junheng.indicators.amounts import exact_amount
from junheng.indicators.conditions import holds
from junheng.planning.resources.statement import Affine, Row
from junheng.standards.formula import Amount


def affine(amount: Amount, row: Row, effects: Mapping[int, Mapping[str, Fraction]]) -> Affine | None:
    """An amount of one row after the decisions; None where it is not known."""
    constant = exact_amount(amount, row)
    if constant is None:
        return None
    counted = [term for term in amount.terms(row.get("stage")) if holds(term.where, row)]
    factors = {}
    for number, columns in effects.items():
        factor = sum((term.sign * columns.get(term.column, Fraction(0)) for term in counted), Fraction(0))
        if factor:
            factors[number] = factor
    return Affine(constant, factors)
