"""学校×指标矩阵: what each school has of each indicator, shaded by how far it is from the limit.

A table of links, not a drawing: every figure is a door, and it prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from junheng.base.terms import Label

Number = Decimal | Fraction | float | int

# Value as a share of the limit, from below: the step that a share under this bound falls into. 85 % is where
# the national standard's tolerance for the rest of the indicators begins.
_STEPS = (
    (Fraction(70, 100), "b5"),
    (Fraction(80, 100), "b4"),
    (Fraction(85, 100), "b3"),
    (Fraction(95, 100), "b2"),
    (Fraction(1), "b1"),
    (Fraction(110, 100), "a1"),
    (Fraction(125, 100), "a2"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """An indicator: its name, unit, limit and page."""

    label: str | Label
    unit: str | Label = ""
    limit: Number | None = None
    direction: str = "at_least"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A school's value; ``limit`` where it is not the column's (another stage), ``absent`` why there is none."""

    value: Number | None
    digits: int | None = 2
    outcome: str | None = None
    href: str = ""
    absent: str | None = None
    limit: Number | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A school with its cells in the order of the columns."""

    label: str | Label
    cells: Sequence[Cell]
    href: str = ""
    outcome: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """What ``components/matrix.html`` shows."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    corner: str | Label = ""

    @property
    def lines(self) -> Iterator[tuple[Row, list[tuple[Cell, str]]]]:
        for row in self.rows:
            yield row, [(cell, shade(cell, column)) for cell, column in zip(row.cells, self.columns, strict=True)]


def shade(cell: Cell, column: Column) -> str:
    """``b5`` (far below) … ``b1``, ``a1`` … ``a3`` (well above), ``none`` where nothing can be compared."""
    limit = cell.limit if cell.limit is not None else column.limit
    value = cell.value
    if value is None or limit is None or limit == 0:
        return "none"
    if isinstance(value, float) and not isfinite(value):
        return "a3" if column.direction == "at_least" else "b5"
    if column.direction == "at_most":
        if value == 0:
            return "a3"
        value, limit = limit, value
    share = _exact(value) / _exact(limit)
    return next((step for bound, step in _STEPS if share < bound), "a3")


def _exact(value: Number) -> Fraction:
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
