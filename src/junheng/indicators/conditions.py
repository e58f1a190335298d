"""Conditions of a standard, as expressions and on single rows. A blank is neither: it leaves a condition open."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any

import narwhals.stable.v2 as nw

from junheng.standards.formula import Condition, Range


def condition_expression(condition: Condition) -> nw.Expr:
    """True, false, or null where a blank leaves it open (three-valued and). Flags are 0/1 in row frames."""
    parts = [_part(nw.col(column), wanted) for column, wanted in condition.items()]
    return reduce(lambda left, right: left & right, parts) if parts else nw.lit(True)


def _part(column: nw.Expr, wanted: bool | Range | tuple[str, ...]) -> nw.Expr:
    if isinstance(wanted, bool):
        return column == int(wanted)
    if isinstance(wanted, tuple):
        # is_in says false for a blank on some engines; a blank must stay open.
        return nw.when(~column.is_null()).then(column.is_in(wanted))
    number = column.cast(nw.Float64)
    bounds = [
        (wanted.at_least, number.__ge__),
        (wanted.at_most, number.__le__),
        (wanted.above, number.__gt__),
        (wanted.below, number.__lt__),
    ]
    held = [compare(float(bound)) for bound, compare in bounds if bound is not None]
    return reduce(lambda left, right: left & right, held)


def holds(condition: Condition, row: Mapping[str, Any]) -> bool | None:
    """The same on one row, exactly: true, false, or None where a blank leaves it open."""
    answers = [_holds(wanted, row.get(column)) for column, wanted in condition.items()]
    if False in answers:
        return False
    return None if None in answers else True


def _holds(wanted: bool | Range | tuple[str, ...], value: str | int | Decimal | None) -> bool | None:
    if value is None:
        return None
    if isinstance(wanted, bool):
        return bool(value) is wanted
    if isinstance(wanted, tuple):
        return value in wanted
    return wanted.holds(Fraction(value))
