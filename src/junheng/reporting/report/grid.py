"""The grid of a table: where each cell begins and which places it covers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.reporting.report.blocks import Cell, Table


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a row: a cell that begins here, or goes on from the row above."""

    cell: Cell
    column: int
    goes_on: bool

    @property
    def spans_rows(self) -> bool:
        return self.cell.rows > 1


def slots(table: Table) -> Iterator[list[Slot]]:
    """Row by row, from left to right, every place exactly once."""
    from_above: dict[int, tuple[Cell, int]] = {}  # column → cell that goes on here, rows that it still covers
    for row in table.rows:
        cells = iter(row)
        places: list[Slot] = []
        column = 0
        while column < len(table.widths):
            goes_on = column in from_above
            if goes_on:
                cell, left = from_above.pop(column)
            else:
                cell = next(cells)
                left = cell.rows
            if left > 1:
                from_above[column] = (cell, left - 1)
            places.append(Slot(cell, column, goes_on))
            column += cell.columns
        yield places
