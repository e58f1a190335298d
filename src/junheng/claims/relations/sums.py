"""The parts of a whole together, in the unit of the whole."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import add

from junheng.claims.agree import Estimate
from junheng.claims.lookup import value_of
from junheng.claims.mention import Mention
from junheng.claims.relations.whole_and_parts import Whole
from junheng.claims.units import NO_UNIT


def same_unit(total: Mention, part: Mention) -> bool:
    return total.figure.unit.base == part.figure.unit.base and (
        total.figure.unit.word == part.figure.unit.word or total.figure.unit.base in ("money", "area", "person", "book")
    )


def value_in(total: Mention, part: Mention) -> Estimate | None:
    """A part in the total's base unit; one without a unit is in the total's: 66.3万平方米(幼儿园6.4万)."""
    value = value_of(part)
    if value is None or part.figure.unit != NO_UNIT:
        return value
    unit, numeral = total.figure.unit, part.figure.numeral
    if unit.counted and numeral.step == 1:
        return Estimate(value.value, value.value, value.value)
    return value.times(unit.factor)


def summed(whole: Whole) -> Estimate | None:
    """The parts together in the total's own unit; None when one is masked."""
    values = [value_in(whole.total, part) for part in whole.parts]
    known = [value for value in values if value is not None]
    if len(known) != len(values):
        return None
    return reduce(add, known).times(Fraction(1, whole.total.figure.unit.factor))
