"""What a kind of computation is.

Most kinds are quotients: a top and a bottom, built from the amount, the base and the pupils of a row (or of summed
rows). ``quotient`` says it once for expressions and for exact fractions alike; decisions near a limit use the latter.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

import narwhals.stable.v2 as nw

from junheng.standards.formula import Formula

Quantity = TypeVar("Quantity", nw.Expr, Fraction)


@dataclass(frozen=True)
class Inputs(Generic[Quantity]):
    """What a quotient is built from; all as engine expressions, or all as exact fractions."""

    amount: Quantity
    base: Quantity
    pupils: Quantity


@dataclass(frozen=True)
class Kind:
    """A kind that gives no quotient of its own (years, lists, bundles) is handled by the module that knows its rows."""

    name: str
    needs: frozenset[str]
    words: str  # the formula in Chinese, for the explanation and the manual
    per_pupils: bool = False  # a row without pupils has no value
    endless_over_zero: bool = False  # nothing for some pupils is an infinite value, not a missing one
    spans: bool = False  # looks at several years: the worst of them, or their mean
    counts: bool = False  # a limit of 0 or 1 is our way of counting (rooms had ÷ rooms needed), never printed
    of_one_room: bool = False  # the amount is the size of one room, the same for every stage that uses it
    levels: frozenset[str] = frozenset({"stage", "school", "county_stage", "county"})

    def quotient(self, formula: Formula, inputs: Inputs[Quantity]) -> tuple[Quantity, Quantity]:
        """Top and bottom of the value, in the indicator's unit."""
        raise NotImplementedError(self.name)
